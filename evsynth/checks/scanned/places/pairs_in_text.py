"""Two results of a sentence that are those of a row but for one number; and the sizes of two groups and their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import is_whole, key, own_groups, table_lines
from evsynth.checks.scanned.places.row_in_text import sentences
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_SORTS = ("mean sd", "count percent", "fraction", "median quartiles", "median range")
SHARED = 6
"""Least number of significant digits of the numbers that are the same, so that chance is ruled out."""

_INTEGER = Expression(r"(?<![\w.,·/<>=≥≤-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w·/%-]|[.,]\d| ?%)")
_UNIT = Expression(
    r"\s*(?:years?|months?|weeks?|days?|hours?|h\b|min|mg|g\b|ml|mm|cm|kg|points?|centres?|centers?|hospitals?|IU)",
    re.I,
)


def pairs_in_text(reading: Reading) -> Iterator[Finding]:
    """Compare pairs of results, whatever they are called, and the numbers of patients in two groups."""
    rows = [(x, own_groups(reading, x)) for x in table_lines(reading)]
    two = [(x, cells) for x, cells in rows if len(cells) == 2 and cells[0].sort == cells[1].sort in _SORTS]
    for told in sentences(reading):
        items = [r for r in told.items if r.sort in _SORTS]
        if len(items) == 2 and items[0].sort == items[1].sort:
            near = []
            for line, cells in two:
                caption = line.table.caption.text if line.table.caption is not None else ""
                said = f"{line.label} {caption if all(r.figure('of') for r in items) else ''}"
                if cells[0].sort == items[0].sort and key(said) & told.words:
                    near += [d] if (d := _one_differs(items, cells)) is not None else []
            exact = any(_one_differs(items, cells) is None and _same(items, cells) for _, cells in two)
            if len(near) == 1 and not exact:
                yield _finding(reading, *near[0], "the row of the same numbers")
    yield from _sizes(reading)


def _paired(items: list[Reported], cells: tuple[Reported, ...]) -> list[tuple[Figure, Figure]]:
    return [
        (f, g) for r, c in zip(items, cells, strict=True) for f in r.figures if (g := c.figure(f.statistic)) is not None
    ]


def _same(items: list[Reported], cells: tuple[Reported, ...]) -> bool:
    pairs = _paired(items, cells)
    return bool(pairs) and all(f.printed.agrees(g.printed) for f, g in pairs)


def _one_differs(items: list[Reported], cells: tuple[Reported, ...]) -> tuple[Figure, Figure] | None:
    pairs = _paired(items, cells)
    wrong = [(f, g) for f, g in pairs if not f.printed.agrees(g.printed)]
    same = [f for f, g in pairs if f.printed.same_print(g.printed)]
    digits = sum(f.printed.significant_digits for f in same)
    if {f.statistic for f, _ in wrong} == {"count", "percent"} and len(wrong) == 2:
        of_one = sum(any(f is w for w, _ in wrong) for f in items[0].figures) in (0, 2)
        return wrong[0] if of_one and len(same) == len(pairs) - 2 and digits >= SHARED else None
    return wrong[0] if len(wrong) == 1 and len(same) == len(pairs) - 1 >= 3 and digits >= SHARED else None


def _sizes(reading: Reading) -> Iterator[Finding]:
    """Compare a sentence of three numbers, all and two groups in their order, with the heads of the tables."""
    heads: dict[tuple[int, int], tuple[Figure, Figure]] = {}
    for table in reading.document.tables:
        parts = {
            c.n.start: c.n for c in table.columns[1:] if c.n is not None and c.statistic is None and not is_whole(c)
        }
        if len(parts) == 2:
            one, two = parts.values()
            heads.setdefault((int(one.printed.value), int(two.printed.value)), (one, two))
    if len(heads) != 1:
        return
    (sizes, figures) = next(iter(heads.items()))
    for told in sentences(reading):
        if told.reading.document.role_at(told.sentence.start) not in ("abstract", "results", "body"):
            continue
        found = [
            m for m in _INTEGER.finditer(told.text) if not _UNIT.match(told.text[m.end() :]) and not _year(m[0])
        ]  # fmt: skip
        values = [int(m[0].replace(",", "")) for m in found]
        if (
            len(values) != 3
            or values[0] != sum(sizes)
            or len(set(values[1:]) & set(sizes)) != 1
            or sizes[0] == sizes[1]
        ):
            continue
        index = next(i for i in (1, 2) if values[i] not in sizes)
        other = next(i for i in (0, 1) if sizes[i] not in values)
        if index - 1 != other or abs(values[index] - sizes[other]) > 0.3 * sizes[other]:
            continue
        start = told.sentence.start + found[index].start()
        yield _at(reading, start, start + len(found[index][0]), values[index], figures[other], "the head of the table")


def _year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text))


def _finding(reading: Reading, said: Figure, printed: Figure, where: str) -> Finding:
    return _at(reading, said.start, said.end, said.printed.text, printed, where)


def _at(reading: Reading, start: int, end: int, said: object, printed: Figure, where: str) -> Finding:
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent", f"{said} in the text is inconsistent with {printed.printed} in {where}",
        "the sentence may be about other patients; otherwise one of both is misprinted",
        quotes=((start, end), (printed.start, printed.end)),
    )  # fmt: skip


__all__ = ["CODES", "pairs_in_text"]
