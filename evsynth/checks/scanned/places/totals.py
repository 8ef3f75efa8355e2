"""The number of patients: that of the abstract against the text and its tables, and groups that add up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import is_whole, whole_number
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("TOTAL_DIFFERS", "GROUPS", "GROUPS_UNEXPLAINED")

NEARLY = 0.8
"""Share of the patients that two groups hold at least, where the rest is to be explained."""

_PEOPLE = Expression(
    r"\s*(?:[a-z0-9-]+\s){0,4}?(?:patients|participants|children|adults|subjects|women|men|infants|people|persons|individuals|"
    r"neonates|volunteers|cases|out-?patients|in-?patients|adolescents)\b", re.I,
)  # fmt: skip
_THOUSANDS = Expression(r"(?<![\d.,])[1-9]\d{0,2}[ \u2009\u202f\u00a0]$")
_PART = Expression(
    r"\b(?:of (?:whom|these|them|which)|died|death|had|developed|received|assigned|"
    r"with(?:out)? (?!out)\b.{0,30}\bgroup|analy[sz]ed|"
    r"complet|event|underwent transpl|allocated|treated with|per group|each group|in the|missing|screened|"
    r"assessed|approached)\b", re.I,
)  # fmt: skip


def totals(reading: Reading) -> Iterator[Finding]:
    """Compare the first number of patients of the abstract with all numbers of the rest; add up groups of tables."""
    yield from _abstract(reading)
    yield from _columns(reading)
    yield from _unexplained(reading)


def _abstract(reading: Reading) -> Iterator[Finding]:
    document = reading.document
    first = _first(reading)
    if first is None:
        return
    number = whole_number(first.printed)
    if number is None or number < 10:
        return
    inside = [s for s in document.sections if s.role == "abstract"]
    rest = "".join(
        document.plain[s.start : s.end] for s in document.sections
        if s.role in ("methods", "results", "body") or (s.role == "table")
    )  # fmt: skip
    rest += " ".join(f"{p.text}" for t in document.tables for p in (t.caption, *t.notes) if p is not None)
    if not rest.strip() or re.search(rf"(?<![\d.,])(?:{number}|{number:,})(?![\d]|[.,]\d)", rest):
        return
    said = _main(reading)
    if said is None:
        return
    other, place = said
    if other == number or any(
        re.search(rf"(?<![\d.,])(?:{other}|{other:,})(?![\d]|[.,]\d)", document.plain[s.start : s.end]) for s in inside
    ):
        return
    yield reading.finding(
        "TOTAL_DIFFERS", "inconsistent",
        f"{number} patients in the abstract are inconsistent with {other} in the text; {number} is not printed there",
        "digits may have been exchanged; or the abstract counts patients at another step", quotes=(
            (first.start, first.end), place,
        ),
    )  # fmt: skip


def _first(reading: Reading) -> Figure | None:
    """Give the first number of people that the methods or results of the abstract print as that of the study."""
    for r in reading.reported:
        if r.spot.role != "abstract" or r.sort not in ("group size", "count") or len(r.figures) != 1:
            continue
        section = reading.document.sections[r.spot.section]
        if section.part in ("background", "conclusion"):
            continue
        figure = r.figures[0]
        after = reading.document.prose[figure.end : figure.end + 60]
        if _THOUSANDS.search(reading.document.prose[: figure.start][-6:]):
            return None  # "12 486": the number begins before the figure
        sentence = reading.document.sentence_at(r.start)
        words = reading.document.prose[sentence.start : sentence.end] if sentence is not None else ""
        if not _PEOPLE.match(after):
            continue
        return figure if not _PART.search(words[: figure.start - (sentence.start if sentence else 0)]) else None
    return None


def _main(reading: Reading) -> tuple[int, tuple[int, int]] | None:
    """Give the number that the columns of a table add up to and the text prints as well, with where it is printed."""
    document = reading.document
    for table in document.tables:
        parts = {
            c.n.start: c.n for c in table.columns[1:] if c.n is not None and not is_whole(c) and c.statistic is None
        }
        whole = [c.n for c in table.columns[1:] if c.n is not None and is_whole(c)]
        sums = {sum(int(f.printed.value) for f in parts.values())} if len(parts) > 1 else set()
        sums |= {int(f.printed.value) for f in whole} | ({int(table.n.printed.value)} if table.n else set())
        for total in sorted(sums, reverse=True):
            for section in document.sections:
                if section.role in ("methods", "results", "body"):
                    match = re.search(rf"(?<![\d.,]){total}(?![\d]|[.,]\d)", document.prose[section.body : section.end])
                    if match:
                        return total, (section.body + match.start(), section.body + match.end())
    return None


def _unexplained(reading: Reading) -> Iterator[Finding]:
    """Find two groups that hold nearly all patients of the study, where nothing says what became of the rest."""
    total = study_size(reading)
    for table in reading.document.tables:
        heads = [c for c in table.columns[1:] if c.n is not None and c.statistic is None]
        parts = {c.n.start: c.n for c in heads if c.n is not None and not is_whole(c)}
        found = sum(int(f.printed.value) for f in parts.values())
        if total is None or len(parts) != 2 or not NEARLY * total <= found < total or any(is_whole(c) for c in heads):
            continue
        rest = total - found
        word = "|".join([str(rest), *(w for w, n in NUMBER_WORDS.items() if n == rest)])
        told = rf"\b(?:{word})\s+(?:\w+\s+){{0,3}}(?:patients|participants|children|adults|women|men|were|had|did)\b"
        if re.search(told, reading.document.plain, re.I) or re.search(
            rf"\b(?:missing|excluded|lost|not available|unavailable|neither|both)\b[^.]{{0,50}}\b(?:{word})\b",
            reading.document.plain, re.I,
        ):  # fmt: skip
            continue
        yield reading.finding(
            "GROUPS_UNEXPLAINED", "concern",
            f"groups of {' + '.join(f.printed.text for f in parts.values())} = {found} leave {rest} of {total} "
            f"patients, "
            "and nothing is said of them", "they may belong to none of the groups, or lack data",
            quotes=tuple((f.start, f.end) for f in parts.values()),
        )  # fmt: skip
        return


def _columns(reading: Reading) -> Iterator[Finding]:
    """Add up the group sizes of a table that also has a column of all patients."""
    for table in reading.document.tables:
        heads = [c for c in table.columns[1:] if c.n is not None and c.statistic is None]
        whole = {c.n.start: c.n for c in heads if is_whole(c) and c.n is not None}
        parts = {c.n.start: c.n for c in heads if not is_whole(c) and c.n is not None}
        if len(whole) != 1 or len(parts) < 2:
            continue
        total, found = next(iter(whole.values())), sum(int(f.printed.value) for f in parts.values())
        if found == int(total.printed.value) or found > 1.5 * float(total.printed.value):
            continue
        short = found < int(total.printed.value) and len(parts) == 2
        yield reading.finding(
            "GROUPS_UNEXPLAINED" if short else "GROUPS",
            "concern" if short else "inconsistent",
            f"groups of {' + '.join(f.printed.text for f in parts.values())} = {found} are inconsistent with "
            f"{total.printed} patients in all",
            "the patients left over may belong to none of the groups" if short else "a patient may be counted in "
                                                                                    "two groups",
            quotes=((total.start, total.end), *((f.start, f.end) for f in parts.values())),
            computed=(("sum", str(found)),),
        )  # fmt: skip
