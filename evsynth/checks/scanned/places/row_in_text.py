"""A row of a table told in a sentence: counts, means and P of the same variable and groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, group_key, key, names, ordered, own_groups, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Quoted
from evsynth.scan.parts import Figure, Sentence
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ROLES = ("abstract", "results", "body", "figure legend", "conclusion")
_SUBSET = Expression(
    r"\b(?:among|in (?:the )?(?:patients|those|participants|children|women|men|subgroup)|of (?:these|those|whom|"
    r"them|the \d+)|subgroup|stratum|per protocol|sensitivity analys[ie]s|counted as|when |after adjust|adjusted|"
    r"weighted|imput)",
    re.I,
)
_TIMES = Expression(
    r"\b(?:at|after|by|week|month|day|year)s?\s+(\d+)|\b(\d+)[ -](?:h|hours?|days?|weeks?|months?|years?)\b", re.I
)
_VERSUS = Expression(r"\s*(?:[a-zA-Z%/()]{0,12}\s*)?(?:vs?\.?|versus)\s*", re.I)
_TABLE = Expression(r"\bTables?\s*(S?\d+)", re.I)
_ONE_FACTOR = Expression(r"\b(?:univaria\w+|unadjusted|crude|simple linear|bivaria\w+)\b", re.I)
_GENERIC = frozenset(
    "change baseline follow up week month day hour h d primary outcome endpoint all other event any yes".split()
)


class Told(NamedTuple):
    """A sentence, its words, and the results in it."""

    reading: Reading
    sentence: Sentence
    text: str
    words: frozenset[str]
    items: tuple[Reported, ...]


def row_in_text(reading: Reading) -> Iterator[Finding]:
    """Compare the sentences of this document, and of those related, with the rows of its tables."""
    lines = [x for x in table_lines(reading) if x.cells and set(ordered(x.name)) - _GENERIC and not x.marked]
    done: set[int] = set()
    for source in (reading, *reading.related):
        for told in sentences(source):
            for finding in _compared(reading, told, lines):
                if finding.quotes[0].start not in done:
                    done.add(finding.quotes[0].start or 0)
                    yield finding


def sentences(reading: Reading) -> Iterator[Told]:
    """Give the sentences of results and abstracts that print something."""
    found: dict[int, list[Reported]] = {}
    for r in reading.reported:
        if r.spot.table is None and r.spot.sentence is not None and r.spot.role in _ROLES:
            found.setdefault(r.spot.sentence, []).append(r)
    for index, items in found.items():
        sentence = reading.document.sentences[index]
        text = reading.document.prose[sentence.start : sentence.end]
        yield Told(reading, sentence, text, key(text), tuple(sorted(items, key=lambda r: r.start)))


def _compared(reading: Reading, told: Told, lines: list[Line]) -> Iterator[Finding]:
    named = [x for x in lines if names(x.name, told.text)]
    with_b = [x for x in named if any(c.figure("b") is not None for c in x.cells)]
    if len(with_b) == 1:
        yield from _estimate(reading, told, with_b[0])
    fits = [x for x in named if _same_time(x, told)]
    fits = [x for x in fits if not any(set(ordered(x.name)) < set(ordered(y.name)) for y in fits)]
    if len({ordered(x.name) for x in fits}) != 1:
        return
    if len(fits) == 1:
        yield from _cited_p(reading, told, fits[0])
    if _SUBSET.search(told.text) or _of_others(told, fits):
        return
    every = (list(_groups(reading, told, fits, statistic)) for statistic in ("count", "mean", "percent"))
    yield from next((found for found in every if found), [])  # count and percentage have one cause
    yield from _single(reading, told, fits)
    if len(fits) == 1:
        yield from _p_beside(reading, told, fits[0])


def _of_others(told: Told, fits: list[Line]) -> bool:
    """Say whether the denominators of the sentence are others than those of the rows: it is about other patients."""
    said = [int(f.printed.value) for r in told.items if (f := r.figure("of")) is not None]
    own = [[int(f.printed.value) for c in x.cells if (f := c.figure("of")) is not None] for x in fits]
    return len(said) > 1 and all(len(cells) == len(said) and cells != said for cells in own)


def _same_time(line: Line, told: Told) -> bool:
    label = {a or b for a, b in _TIMES.findall(line.row.label.text)}
    said = {a or b for a, b in _TIMES.findall(told.text)}
    return not label or not said or bool(label & said)


def _groups(reading: Reading, told: Told, fits: list[Line], statistic: str) -> Iterator[Finding]:
    """Compare the two numbers of a sentence about two groups with those of a row: one the same, the other not."""
    figures = [f for r in told.items if (f := _main(r, statistic)) is not None and not f.printed.bound]
    figures = figures or _compared_with(told)
    if len(figures) != 2 or not _of_two_groups(reading, told, figures, fits):
        return
    candidates = []
    for line in fits:
        cells = own_groups(reading, line)
        numbers = [f for c in cells if (f := c.figure(statistic)) is not None]
        if len(cells) != 2 or len(numbers) != 2:
            continue
        candidates.append(numbers)
    if not candidates:
        return
    for numbers in candidates:
        if all(a.printed.agrees(b.printed) for a, b in zip(figures, numbers, strict=True)):
            return
        if all(a.printed.agrees(b.printed) for a, b in zip(figures, numbers[::-1], strict=True)):
            return
    if len(candidates) != 1:
        return
    numbers = candidates[0]
    same = [a.printed.same_print(b.printed) for a, b in zip(figures, numbers, strict=True)]
    if sum(same) != 1:
        return
    wrong = same.index(False)
    if len(re.sub(r"[^0-9]", "", figures[1 - wrong].printed.text).lstrip("0")) < 2:
        return
    yield _finding(reading, told, fits[0], figures[wrong], numbers[wrong])


def _compared_with(told: Told) -> list[Figure]:
    """Give the two numbers of "10.58 v. 14.23", where a sentence compares only these."""
    pairs = [[f for name in ("value", "value_to") if (f := r.figure(name)) is not None] for r in told.items]
    found = [p for p in pairs if len(p) == 2 and _VERSUS.fullmatch(told.reading.document.prose[p[0].end : p[1].start])]
    return found[0] if len(found) == 1 else []


def _of_two_groups(reading: Reading, told: Told, figures: list[Figure], fits: list[Line]) -> bool:
    """Say whether two numbers of a sentence are those of two groups: both named, or told "respectively"."""
    between = told.reading.document.prose[figures[0].end : figures[1].start]
    if len(between) > 90 or ";" in between:
        return False
    heads = [c.group.text for x in fits for c in own_groups(reading, x) if c.group is not None] if fits else []
    named = bool(heads) and all(names(h, told.text) or group_key(h) in told.text.lower() for h in heads)
    return "respectively" in told.text or named or bool(_VERSUS.fullmatch(between))


def _main(r: Reported, statistic: str) -> Figure | None:
    if statistic == "count" and r.sort == "value" and r.measure == "respectively" and r.figures:
        return r.figures[0] if not r.figures[0].printed.decimals else None
    if statistic == "count" and r.sort not in ("count", "count percent", "fraction", "group size"):
        return None
    if statistic == "mean" and r.sort == "centre spread":
        return r.figure("centre")
    if statistic == "percent" and r.sort not in ("percent", "count percent"):
        return None
    return r.figure(statistic) or (
        r.figures[0] if statistic == "count" and r.sort == "count" and len(r.figures) == 1 else None
    )


def _cited_p(reading: Reading, told: Told, line: Line) -> Iterator[Finding]:
    """Compare the one P of a sentence that cites the table with the P of the row."""
    p = line.p.figure("p") if line.p is not None else None
    found = [(r, f) for r in told.items if (f := r.figure("p")) is not None]
    if len(found) == 1 and _named_otherwise(told, found[0][1]):
        return
    if p is None or len(found) != 1 or told.reading is not reading:
        return
    _, said = found[0]
    cited = {m[1] for m in _TABLE.finditer(told.text)}
    clause = told.text[: said.start - told.sentence.start]
    clause = clause[
        max(clause.rfind(";"), clause.rfind(" whereas "), clause.rfind(" while "), clause.rfind(" but ")) + 1 :
    ]
    if line.table.number not in cited or said.printed.agrees(p.printed) or not names(line.name, clause):
        return
    others = [
        x for x in table_lines(reading) if x.table == line.table and x.p is not None and x.row.index != line.row.index
    ]
    if any(
        key(x.name) & key(clause)
        and (q := x.p.figure("p") if x.p else None) is not None
        and q.printed.agrees(said.printed)
        for x in others
    ):
        return
    if _SUBSET.search(clause):
        return
    yield _finding(reading, told, line, said, p)


def _single(reading: Reading, told: Told, fits: list[Line]) -> Iterator[Finding]:
    """Compare one summary of a sentence with the cells of the row: one number of it the same, another not."""
    for r in told.items:
        if r.sort not in ("mean sd", "median quartiles", "count percent") or len(r.figures) < 2:
            continue
        cells = [c for x in fits for c in x.cells if c.sort == r.sort]
        if r.group is not None and any(c.group is not None for c in cells):
            cells = [c for c in cells if c.group is not None and group_key(c.group.text) == group_key(r.group.text)]
        if r.group is None and len({c.spot.column for c in cells}) > 1:
            continue  # all patients, or one of the groups: not said
        pairs = [[(f, g) for f in r.figures if (g := c.figure(f.statistic)) is not None] for c in cells]
        if any(all(f.printed.agrees(g.printed) for f, g in found) for found in pairs):
            continue
        near = [found for found in pairs if any(f.printed.same_print(g.printed) and _telling(f) for f, g in found)]
        wrong = [(f, g) for f, g in near[0] if not f.printed.agrees(g.printed)] if len(near) == 1 else []
        if len(wrong) == 1 and len(near[0]) == len(r.figures):
            yield _finding(reading, told, fits[0], *wrong[0])


def _telling(figure: Figure) -> bool:
    """Say whether a number has digits enough not to be the same by chance."""
    return figure.printed.significant_digits >= 2 + (figure.statistic == "percent")


def _p_beside(reading: Reading, told: Told, line: Line) -> Iterator[Finding]:
    """Compare the one exact P of a sentence whose other numbers are those of the row."""
    p = line.p.figure("p") if line.p is not None else None
    found = [f for r in told.items if (f := r.figure("p")) is not None]
    cells = own_groups(reading, line)
    if p is None or len(found) != 1 or found[0].printed.agrees(p.printed) or len(cells) != 2:
        return
    mains = [[f for f in c.figures if f.statistic in ("count", "percent", "mean", "median")] for c in cells]
    said = [f for r in told.items for f in r.figures if f.statistic in ("count", "percent", "mean", "median", "value")]
    if _named_otherwise(told, found[0]):
        return
    for x in table_lines(reading):
        q = x.p.figure("p") if x.p is not None and x.table == line.table and x.row.index != line.row.index else None
        own = [f for c in own_groups(reading, x) for f in c.figures] if q and q.printed.agrees(found[0].printed) else []
        if own and any(f.printed.same_print(g.printed) and _telling(f) for f in said for g in own):
            return  # the P of another row that the sentence tells too
    if all(any(f.printed.same_print(g.printed) and _telling(f) for f in said for g in main) for main in mains):
        yield _finding(reading, told, line, found[0], p)


def _named_otherwise(told: Told, p: Figure) -> bool:
    """Say whether an abbreviation of its own stands before the P: "17 (33.3%) and 17 (37.8%), respectively; CR P"."""
    return re.search(r"[;,(]\s*[A-Z][A-Za-z]*[A-Z]\s$", told.text[: p.start - told.sentence.start]) is not None


def _estimate(reading: Reading, told: Told, line: Line) -> Iterator[Finding]:
    """Compare the one B of a sentence, with its interval and P, with the only B of the row."""
    found = [r for r in told.items if r.figure("b") is not None]
    cells = [c for c in line.cells if c.figure("b") is not None]
    if len(found) != 1 or len(cells) != 1 or _ONE_FACTOR.search(told.text) or len(key(line.name)) < 2:
        return
    pairs = [(f, g) for f in found[0].figures if (g := cells[0].figure(f.statistic)) is not None]
    wrong = [(f, g) for f, g in pairs if not f.printed.agrees(g.printed)]
    if len(wrong) < 2 or wrong[0][0].statistic != "b":
        return
    f, g = wrong[0]
    made = _finding(reading, told, line, f, g)
    if told.reading is reading:
        more = tuple(reading.quoted(x.start, x.end) for pair in wrong[1:] for x in pair)
        made = made._replace(quotes=(*made.quotes, *more))
    yield made


def _finding(reading: Reading, told: Told, line: Line, said: Figure, printed: Figure) -> Finding:
    text = told.reading.document.text
    inside = told.reading is reading
    other = Quoted(told.reading.document.id, said.start, said.end, text[said.start : said.end])
    where = f"table {line.table.number}" if line.table.number else "the table"
    quotes = ((said.start, said.end), (printed.start, printed.end)) if inside else ((printed.start, printed.end),)
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{line.name}: {said.statistic} {said.printed} in the text is inconsistent with {printed.printed} in {where}",
        "the sentence may be about other patients; otherwise one of both is misprinted",
        quotes=quotes, others=() if inside else (other,),
    )  # fmt: skip


__all__ = ["CODES", "row_in_text"]
