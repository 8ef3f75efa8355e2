"""How many patients rose, fell or stayed, as a sentence tells it, against the two columns with a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cases import (
    COUNT,
    ROLES,
    SUBSET,
    Cases,
    Measured,
    case_lists,
    number,
    of_name,
    pairs,
)
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_UP = r"rose|rising|increas\w+|improv\w+|higher|raised|more|went up|gained"
_DOWN = r"fell|falling|decreas\w+|declin\w+|lower|lowered|reduced|tapered|less|dropped|went down|worsened|deteriorat\w+"
_SAME = r"unchanged|stable|the same|identical|did not change"
_WHO = rf"(?P<all>all|every|each|both)?\s*(?:of )?(?:the )?(?P<n>\d+|{COUNT})?\b"
_MOVED = Expression(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<same>{_SAME}))\b(?P<mid>[^.;:()]{{0,60}}?)\bin\s+{_WHO}"
    r"(?!\s*(?:%|points|months|weeks|years|days|mg|of \d+ |of the \w+ (?:patients )?(?:with|on|treated)))", re.I,
)  # fmt: skip
_NOBODY = Expression(
    rf"\b(?:nobody|no one|no patient|none(?: of (?:the|them)[a-z ]*)?)\b[^.;:()]{{0,40}}?\b(?:(?P<up>{_UP})|"
    rf"(?P<down>{_DOWN}))\b(?P<mid>[^.;:()]{{0,50}})", re.I,
)  # fmt: skip
_AMOUNT = Expression(
    r"\d|\b(?:at least|more than|less than|by half|relevant\w*|significant\w*|markedly|slightly|substantial\w*|dose|"
    r"temporar\w*|relative|absolute|clinically|of (?:that|this) \w+|such|sustained|relevant|prespecified|"
    r"defined|initial(?:ly)?|transient\w*|needed (?:an?|other))\b", re.I,
)  # fmt: skip
_MEASURED = Expression(
    r"\b(?:measured|remeasured|repeated|available|recorded|determined|obtained|assessed)\b[^.;:()]{0,30}?\b(?:in|for)\s+all\b"
    rf"(?:\s+(?:of\s+)?(?:the\s+)?(?P<n>\d+|{COUNT})\b)?", re.I,
)  # fmt: skip
_TIME = Expression(r"\b(?:month|week|year|day)s?\s+\d+\b|\b\d+\s*(?:months?|weeks?|years?|days?|mo|wk)\b", re.I)
_SLIGHT = Expression(r",\s*by (?:one|two|a few|\d+)[^,]{0,30},")


def case_courses(reading: Reading) -> Iterator[Finding]:
    """Count the rows that rise, fall and stay between two columns, and compare with what a sentence counts.

    The variable is that of the sentence, or of the sentence before. Left alone: amounts ("by at least 10%"), subsets.
    """
    for cases in case_lists(reading):
        known = list(pairs(cases))
        for line in lines(reading, ROLES):
            yield from _gaps(reading, cases, line)
            if not SUBSET.search(line.words):
                for pair in known:
                    yield from _line(reading, cases, line, pair)


def _line(reading: Reading, cases: Cases, line: Line, pair: tuple[Measured, Measured]) -> Iterator[Finding]:
    first, later = pair
    found = [m for m in of_name(cases, line.words) if m.time]
    if {m.words for m in found} != {first.words} or None in first.numbers:
        return
    times = {m[0] for m in re.finditer(r"\d+", " ".join(_TIME.findall(line.words)))}
    own = set(re.findall(r"\d+", later.column.label))
    if times and own and not times & own:
        return  # another time
    steps = [(a, b) for a, b in zip(first.numbers, later.numbers, strict=True) if a is not None and b is not None]
    counts = {
        "up": [(a.start, b.end) for a, b in steps if b.value > a.value],
        "down": [(a.start, b.end) for a, b in steps if b.value < a.value],
        "same": [(a.start, b.end) for a, b in steps if b.value == a.value],
    }
    text = _SLIGHT.sub(lambda m: " " * len(m[0]), line.words)
    for match in _MOVED.finditer(text):
        middle = _TIME.sub("", match["mid"])
        if _AMOUNT.search(middle) or not (match["all"] or match["n"]):
            continue
        way = next(w for w in ("up", "down", "same") if match[w])
        rows = counts[way]
        said = len(steps) if match["all"] else int(number(match["n"]))
        if match["all"] == "both" or said > len(steps) or said == len(rows):
            continue
        if re.search(r"improv|worse|deteri", match[0], re.I) and said == len(counts["down" if way == "up" else "up"]):
            continue
        others = [s for w, spots in counts.items() if w != way for s in spots]
        yield _finding(reading, line, match, f"{len(rows)} of the rows", pair, rows if said < len(rows) else others)
        return
    for match in _NOBODY.finditer(text):
        way = "up" if match["up"] else "down"
        if counts[way] and not _AMOUNT.search(_TIME.sub("", match[0])):
            yield _finding(reading, line, match, f"{len(counts[way])} of the rows", pair, counts[way])
            return


def _finding(
    reading: Reading,
    line: Line,
    match: re.Match[str],
    found: str,
    pair: tuple[Measured, Measured],
    rows: list[Spot],
) -> Finding:
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"'{' '.join(match[0].split())}' is inconsistent with {found} of '{pair[0].column.label}' and "
        f"'{pair[1].column.label}' that do so",
        "another time may be meant; otherwise a row or the sentence is misprinted",
        quotes=(line.piece(match), *rows),
    )  # fmt: skip


def _gaps(reading: Reading, cases: Cases, line: Line) -> Iterator[Finding]:
    """Find a measurement said to be there in all patients, where a row has none."""
    match = _MEASURED.search(line.words)
    if match is None or (match["n"] and int(number(match["n"])) != len(cases.labels)):
        return
    again = re.search(r"remeasur|repeat|again|twice|second", line.words, re.I)
    for one in of_name(cases, line.words[: match.start() + 20]):
        if None not in one.numbers or (one.time == "first") == bool(again):
            continue
        cells = [
            cases.table.cell(r.index, one.column.index)
            for r, n in zip((r for r in cases.table.rows if not r.bare), one.numbers, strict=True)
            if n is None
        ]
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"'{' '.join(match[0].split())}' is inconsistent with the column '{one.column.label}', which has no number "
            f"in {len(cells)} of {len(one.numbers)} rows",
            "the number may have been left out of the table",
            quotes=(line.piece(match), *((c.start, max(c.end, c.start + 1)) for c in cells)),
        )  # fmt: skip


__all__ = ["CODES", "case_courses"]
