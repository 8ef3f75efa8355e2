"""Rows of one table that print the same numbers under different labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.identity import Line, key, size, spot, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("REPEATED_ROW", "REPEATED_TRIPLET")

_SORTS = ("mean sd", "mean se", "median quartiles", "median range", "estimate", "coefficient", "centre spread")
DIGITS = 7
"""Least number of significant digits two cells share before chance is ruled out; twice as many for whole numbers."""


def rows(reading: Reading) -> Iterator[Finding]:
    """Compare every two rows of a table, whole rows first, then cell by cell."""
    lines = table_lines(reading)
    for table in reading.document.tables:
        own = [x for x in lines if x.table == table and x.cells]
        for one, two in combinations(own, 2):
            if _same_label(one, two):
                continue
            found = _whole(reading, one, two) or _counts(reading, one, two)
            if found is not None:
                yield found
            else:
                yield from _cells(reading, one, two)


def _same_label(one: Line, two: Line) -> bool:
    a, b = key(one.label), key(two.label)
    return a == b or not a or not b or bool(_AS_OTHER.search(two.label) or _AS_OTHER.search(one.label))


NEIGHBOURS, COUNTED = 1, 15
"""How near rows of counts stand, and how large their counts are, before equal counts are taken for a copied row."""

_AS_OTHER = Expression(
    r"\b(?:per protocol|intention|sensitivity|complete[- ]case|model [0-9A-Z]|unadjusted|adjusted|overall|total)\b",
    re.I,
)


def _numbers(cell: Reported) -> tuple[str, ...]:
    return tuple(f"{f.statistic} {f.printed.text}" for f in cell.figures)


def _digits(cell: Reported) -> int:
    texts = {f.printed.text for f in cell.figures if f.statistic != "p"}
    whole = all("." not in t and "·" not in t for t in texts)
    count = sum(len(re.sub(r"[^0-9]", "", t).lstrip("0")) for t in texts)
    return count // 2 if whole else count


def _whole(reading: Reading, one: Line, two: Line) -> Finding | None:
    a, b = ([c for c in x.cells if c.sort in _SORTS] for x in (one, two))
    if len(a) < 2 or len(a) != len(b) or any(_numbers(x) != _numbers(y) for x, y in zip(a, b, strict=True)):
        return None
    ps = [x.p.figure("p") if x.p is not None else None for x in (one, two)]
    same_p = ps[0] is not None and ps[1] is not None and not ps[0].printed.bound and ps[0].printed == ps[1].printed
    if sum(map(_digits, a)) < (DIGITS // 2 if same_p else 2 * DIGITS):
        return None
    places = tuple((x[0].start, x[-1].end) for x in (a, b))
    return reading.finding(
        "REPEATED_ROW", "inconsistent",
        f"the row {two.name} is inconsistent with a row of its own: it prints the numbers of {one.name}",
        "one of the two rows may have been copied over the other", quotes=places[::-1],
    )  # fmt: skip


def _counts(reading: Reading, one: Line, two: Line) -> Finding | None:
    """Find neighbouring rows whose counts are the same in every group, and large enough for chance to be unlikely."""
    a, b = ([c for c in x.cells if c.sort in ("count percent", "fraction")] for x in (one, two))
    if len(a) < 2 or len(a) != len(b) or any(_numbers(x) != _numbers(y) for x, y in zip(a, b, strict=True)):
        return None
    counts = [int(f.printed.value) for c in a if (f := c.figure("count")) is not None]
    of = [size(reading, c) for c in a]
    parted = one.row.parent is not None or two.row.parent is not None or abs(one.row.index - two.row.index) > NEIGHBOURS
    whole = any(s is not None and (n == s.patients or 2 * n == s.patients) for n, s in zip(counts, of, strict=False))
    if len(counts) != len(a) or min(counts) < COUNTED or len(set(counts)) == 1 or parted or whole:
        return None
    ps = [x.p.figure("p") if x.p is not None else None for x in (one, two)]
    same_p = ps[0] is not None and ps[1] is not None and ps[0].printed.text == ps[1].printed.text
    if not same_p and (len(a) < 3 or any(ps)):
        return None
    if key(one.name) & key(two.name):
        return None  # one of the two may be a part of the other
    places = tuple((x.cells[0].start, x.cells[-1].end) for x in (two, one))
    return reading.finding(
        "REPEATED_ROW", "inconsistent",
        f"the row {two.name} is inconsistent with a row of its own: it prints the counts of {one.name} in every group",
        "the same patients may have both, or the counts be equal by chance; otherwise one row was copied",
        quotes=places,
    )  # fmt: skip


def _same_p_after(one: Line, two: Line, a: Reported, b: Reported) -> bool:
    """Say whether the cells after two estimates print one exact P of several digits."""
    after = [
        line.table.cell(line.row.index, (cell.spot.column or 0) + 1).text for line, cell in ((one, a), (two, b))
    ]  # fmt: skip
    return after[0] == after[1] and bool(re.fullmatch(r"0?[.·]\d{3,}", after[0]))


def _cells(reading: Reading, one: Line, two: Line) -> Iterator[Finding]:
    for a in one.cells:
        for b in two.cells:
            same = a.sort in _SORTS and len(a.figures) >= 3 and a.spot.column == b.spot.column
            enough = DIGITS - 1 if _same_p_after(one, two, a, b) else DIGITS
            if same and _numbers(a) == _numbers(b) and _digits(a) >= enough and not _one_model(one, two):
                figures = [spot(*x.figures) for x in (a, b)]
                yield reading.finding(
                    "REPEATED_TRIPLET", "inconsistent",
                    f"{two.name} prints {' '.join(b.text.split())}, the same numbers as {one.name} in the same column",
                    "one of the two cells may have been copied from the other row; which is not known",
                    quotes=(figures[1], figures[0]),
                )  # fmt: skip
                return


def _one_model(one: Line, two: Line) -> bool:
    """Say whether two labels are the two levels of one thing, of which an estimate can be the same."""
    a, b = key(one.name), key(two.name)
    return len(a & b) * 2 >= max(len(a), len(b))
