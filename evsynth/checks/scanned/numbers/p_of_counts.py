"""The P value of a row of counts by the usual tests: chi-square, Yates, Fisher, and the trend over categories."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, children, own_groups, size, spot, table_lines, whole_number
from evsynth.checks.scanned.numbers.methods_said import another_p, tests, weighted
from evsynth.checks.scanned.numbers.percentages import misfits
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import chi_square_tail, normal_size
from evsynth.reanalyse.ranks import ranked_grades
from evsynth.reanalyse.result import ceiling, meets
from evsynth.reanalyse.spans import exactly, span
from evsynth.reanalyse.tables import table_tests
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("P_OF_COUNTS",)

_EVENT = Expression(
    r"death|died|mortal|surviv|relaps|recurr|progress|exacerbat|event|transplant|hospitali|fracture|infarct", re.I
)

SEVERAL = 3
"""So many rows of a table, and more than half of them, with another P mean that another test was used."""

FAR = 0.03
"""Least distance in Z of a printed P from every usual test: nearer ones may come from another variant of a test."""


class Counted(NamedTuple):
    """The counts of one row by group, with the sizes of the groups."""

    line: Line
    counts: tuple[int, ...]
    sizes: tuple[int, ...]
    quote: tuple[int, int]


def p_of_counts(reading: Reading) -> Iterator[Finding]:
    """Recompute the P of rows of counts, and of categories under a heading that prints the P."""
    bad = misfits(reading)
    lines = table_lines(reading)
    judged: dict[int, list[Finding]] = {}
    decided: Counter[int] = Counter()
    for index, line in enumerate(lines):
        p = line.p.figure("p") if line.p is not None else None
        if p is None or line.p is None or line.marked or weighted(line.table):
            continue
        if another_p(line.table, line.p.spot.column, f"{line.label} {line.p.text}"):
            continue
        below = children(lines, line)
        own = counted(reading, line)
        heads = line.table.columns[line.p.spot.column].label if line.p.spot.column is not None else ""
        if own is not None and len(own.counts) > 2 and re.search(r"\bvs?\b|versus|[a-z]-[a-z]", heads, re.I):
            continue
        if own is None and below and not line.cells:
            members = [counted(reading, x) for x in below]
        elif own is not None:
            members = [own]
        else:
            continue
        if any(m is None for m in members) or any((x.line.table.index, x.line.row.index) in bad for x in members if x):
            continue
        found = [m for m in members if m is not None]
        if len({m.sizes for m in found}) != 1:
            continue
        judged.setdefault(line.table.index, []).extend(_row(reading, line, p, found, siblings(reading, lines, index)))
        decided[line.table.index] += not p.printed.bound
    for table, findings in judged.items():
        if len(findings) < SEVERAL or len(findings) * 2 <= decided[table]:
            yield from findings  # otherwise the P values are of another test


def counted(reading: Reading, line: Line) -> Counted | None:
    """Give the counts of a row, where every group prints one and its size is known."""
    cells = own_groups(reading, line)
    if len(cells) < 2 or any(c.sort not in ("count percent", "fraction", "count") for c in cells):
        return None
    counts, sizes, figures = [], [], []
    for cell in cells:
        count, of, percent = cell.figure("count"), cell.figure("of"), cell.figure("percent")
        number = whole_number(count.printed) if count is not None else None
        found = size(reading, cell)
        total = whole_number(of.printed) if of is not None else found.patients if found is not None else None
        if count is None or number is None or total is None or number > total or (percent is None and of is None):
            return None
        counts.append(number)
        sizes.append(total)
        figures += [f for f in (count, of, percent) if f is not None]
    return Counted(line, tuple(counts), tuple(sizes), spot(*figures))


def siblings(reading: Reading, lines: tuple[Line, ...], index: int) -> list[Counted]:
    """Give the categories after a first one that carries the P of all: they stand at the same level and print none."""
    first = lines[index]
    own = counted(reading, first)
    found: list[Counted] = []
    for line in lines[index + 1 :]:
        same = line.table == first.table and line.row.parent == first.row.parent and line.row.level == first.row.level
        if not same or line.p is not None:
            break
        made = counted(reading, line)
        if made is None or own is None or len(made.sizes) != len(own.sizes):
            break
        found.append(made)
    return found


def possible(found: list[Counted]) -> dict[str, float]:
    """Give the P values of every usual test of one row (against its complement) or of all categories together."""
    tried: dict[str, float] = {}
    sizes = found[0].sizes
    if len(found) == 1:
        table = [found[0].counts, tuple(n - k for n, k in zip(sizes, found[0].counts, strict=True))]
        return table_tests(table)
    rows = [m.counts for m in found]
    rest = tuple(n - sum(column) for n, column in zip(sizes, zip(*rows, strict=True), strict=True))
    for table in [rows, [*rows, rest]] if any(rest) and min(rest) >= 0 else [rows]:
        tried.update(table_tests(table))
        if len(sizes) == 2:
            grades = list(zip(*table, strict=True))
            try:
                tried["rank test of the categories"] = ranked_grades(grades[0], grades[1]).p
                tried["trend over the categories"] = _trend(table)
            except (ValueError, ZeroDivisionError):
                continue
    return tried


def _trend(table: list[tuple[int, ...]]) -> float:
    """Give the P of the Cochran-Armitage trend with the scores 1, 2, 3 ...."""
    totals = [sum(row) for row in table]
    n, events = sum(totals), sum(row[0] for row in table)
    mean = sum(i * t for i, t in enumerate(totals)) / n
    statistic = sum(i * row[0] for i, row in enumerate(table)) - mean * events
    variance = events * (n - events) / n / n * sum(t * (i - mean) ** 2 for i, t in enumerate(totals))
    return chi_square_tail(statistic**2 / variance, 1)


def agrees(p: Printed, values: dict[str, float]) -> bool:
    """Say whether the printed P is one of the values, or one rounded up to nines only."""
    if ceiling(p) and max(values.values()) > float(p.value):
        return True
    if least(p) and min(values.values()) < float(p.value):
        return True
    return any(meets(p, exactly(value)) for value in values.values())


def least(p: Printed) -> bool:
    """Say whether a P is the smallest that its digits print (0.001): it is often written for anything below."""
    return not p.bound and p.decimals >= 3 and p.value * 10**p.decimals == 1


def _caption(line: Line) -> str:
    return line.table.caption.text.lower() if line.table.caption is not None else ""


def distance(p: Printed, values: dict[str, float]) -> float:
    """Give the least distance in Z between a printed P and the values."""
    ends = [normal_size(min(1.0, max(1e-12, x))) for x in span(p) if math.isfinite(x)]
    ends += [9.0] if p.bound in ("<", "≤") else [0.0] if p.bound else []
    sizes = [normal_size(min(1.0, max(1e-12, v))) for v in values.values()]
    return min(max(min(ends) - s, s - max(ends), 0.0) for s in sizes)


def _row(reading: Reading, line: Line, p: Figure, found: list[Counted], others: list[Counted]) -> Iterator[Finding]:
    tried = possible(found)
    if not tried or agrees(p.printed, tried):
        return
    if others:
        together = possible([*found, *others])
        if agrees(p.printed, together) or distance(p.printed, together) < FAR:
            return
    far = distance(p.printed, tried)
    said_, by = tests(reading), [k * value for value in tried.values() for k in range(2, 13)]
    timed = said_.survival and _EVENT.search(line.label) and "baseline" not in _caption(line)
    if (
        far < FAR
        or (far < 1 and (said_.adjusted or said_.paired or timed))
        or (said_.multiple and agrees(p.printed, {str(v): min(1.0, v) for v in by}))
    ):
        return
    given = " and ".join(", ".join(f"{k} of {n}" for k, n in zip(m.counts, m.sizes, strict=True)) for m in found[:4])
    said = "; ".join(f"{name} {value:.3g}" for name, value in tried.items())
    yield reading.finding(
        "P_OF_COUNTS", "inconsistent", f"{line.name}: P {p.printed} is inconsistent with {given}: {said}",
        "patients with missing values, or a test that is not named, may explain it",
        quotes=(*(m.quote for m in found), (p.start, p.end)),
        computed=tuple((name, f"{value:.4g}") for name, value in tried.items()),
    )  # fmt: skip
