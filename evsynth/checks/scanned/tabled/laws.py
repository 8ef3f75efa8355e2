"""Laws of columns that the other rows of a table show: one column is the sum, product or multiple of others.

    before + change = after,   SE * t = B,   S + I + R = tested,   mmol/L * 18 = mg/dL,   reduction * NNT = 100

No head is asked for: where a law holds in all rows but one, and so many rows with so many digits would not fit by
chance, the one row holds a wrong number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.checks.scanned.tabled.roles import roles
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_OWN = Expression(r"[*†‡§#¶]|\bn\s*=|\bmedian|adjusted|weighted|\bmissing|not (?:measured|tested|available)", re.I)
_UNIT = Expression(r"\b[a-zµμ]{1,5}\d?/[a-zµμ]{1,4}\b|\b(?:kg|lb|cm|inch|kPa|mmHg|kcal|kJ|°C|°F|µg|mg|ng)\b", re.I)
_CHANGE = Expression(r"\bchanges?\b|^Δ|\b(?:increase|decrease|reduction|gain|loss)\b", re.I)
_APART = Expression(r"\bdifferences?\b|\b(?:ARR|RD)\b", re.I)
_LEFT_OUT = frozenset({"p", "limits", "quartiles", "range", "df"})
CHANCE = 2e-3
"""Largest chance that a law fits its rows by accident, times the laws and rows tried in the table."""
NAMED = 0.1
"""The same where heads say that one column is the difference of two changes, or the change between two values."""
SCALES = (1.0, 100.0, 1000.0, 10000.0, 100000.0)
MOST = 9
"""Tables with more columns of numbers are not tried: they are seldom made of laws, and the trials grow fast."""


class _Column(NamedTuple):
    """The first number of each row of a column; None where a row prints none."""

    place: int
    values: tuple[Number | None, ...]


class _Law(NamedTuple):
    """A law: its kind, the columns of its parts, that of its whole, and the scale."""

    kind: str
    parts: tuple[int, ...]
    whole: int | None
    scale: float

    @property
    def alike(self) -> tuple[str, int, bool, float]:
        """What laws of one kind share."""
        return self.kind, len(self.parts), self.whole is None, self.scale


def laws(reading: Reading) -> Iterator[Finding]:
    """Find the one row that breaks a law of its columns which all other rows keep."""
    for table in reading.document.tables:
        rows = [row for row in body(table) if len(row.cells) > 2 and not roles(row.label.text).whole]
        if not 3 <= len(rows) <= 60:
            continue
        columns = [c for c in (_column(reading, table, rows, i) for i in range(1, len(table.columns))) if c is not None]
        if 2 <= len(columns) <= MOST:
            yield from _judged(reading, table, rows, {c.place: c.values for c in columns})


def _column(reading: Reading, table: Table, rows: list[Row], index: int) -> _Column | None:
    said = roles(table.columns[index].heads[-1].text if table.columns[index].heads else "")
    if said.roles[:1] and said.roles[0] in _LEFT_OUT:
        return None
    found: list[Number | None] = []
    for row in rows:
        cell = content(reading, table.cell(row.index, index))
        plain = cell.numbers and cell.shape.startswith("#") and not cell.numbers[0].printed.bound
        found.append(cell.numbers[0] if plain and cell.shape[1:2] not in ("-", "/") else None)
    return _Column(index, tuple(found)) if sum(n is not None for n in found) >= 3 else None


def _laws(values: dict[int, tuple[Number | None, ...]]) -> Iterator[_Law]:
    names = sorted(values)
    for one, two in combinations(names, 2):
        yield _Law("ratio", (one, two), None, 1.0)
        for scale in SCALES[:2]:
            yield _Law("product", (one, two), None, scale)
        for whole in names:
            if whole not in (one, two):
                yield _Law("sum", (one, two), whole, 1.0)
                for scale in SCALES:
                    yield _Law("product", (one, two), whole, scale)
    for parts in combinations(names, 3):
        for whole in names:
            if whole not in parts:
                yield _Law("sum", parts, whole, 1.0)


def _judged(
    reading: Reading, table: Table, rows: list[Row], values: dict[int, tuple[Number | None, ...]]
) -> Iterator[Finding]:
    tried = list(_laws(values))
    best: tuple[float, _Law, int, float] | None = None
    for law in tried:
        found = _broken(law, values)
        if found is None:
            continue
        broken, chance, gives = found
        named = _named(table, law)
        chance *= len(rows) * (1 if named else sum(x.alike == law.alike for x in tried))
        if chance < (NAMED if named else CHANCE) and (best is None or chance < best[0]):
            best = (chance, law, broken, gives)
    if best is None or _OWN.search(rows[best[2]].label.text):
        return
    _, law, broken, gives = best
    used = [n for i in (*law.parts, law.whole) if i is not None and (n := values[i][broken]) is not None]
    heads = [table.columns[i].label or f"column {i + 1}" for i in (*law.parts, law.whole) if i is not None]
    if law.kind == "ratio" and not all(_UNIT.search(h) for h in heads):
        return
    said, fits = _said(law, heads), sum(all(values[i][k] is not None for i in law.parts) for k in range(len(rows))) - 1
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"{rows[broken].stem or rows[broken].label.text}: {', '.join(str(n.printed) for n in used)} do not keep to "
        f"what holds in the {fits} other rows, {said}; it gives {gives:.4g}",
        "one of the numbers of this row is misprinted, or it is of other patients than the others",
        quotes=tuple((n.start, n.end) for n in used), computed=(("value", f"{gives:.6g}"),),
    )  # fmt: skip


def _named(table: Table, law: _Law) -> bool:
    """Say whether the heads name a law: a difference of two changes, or a change and two values that are none."""
    if law.kind != "sum" or len(law.parts) != 2 or law.whole is None:
        return False
    heads = [table.columns[i].heads[-1].text if table.columns[i].heads else "" for i in (*law.parts, law.whole)]
    changes = [bool(_CHANGE.search(h)) for h in heads]
    apart = [bool(_APART.search(h)) for h in heads]
    if sum(apart) == 1:
        return all(c for c, a in zip(changes, apart, strict=True) if not a) or not any(changes)
    return sum(apart) == 0 and sum(changes) == 1


def _said(law: _Law, heads: list[str]) -> str:
    if law.kind == "ratio":
        return f"'{heads[0]}' as a multiple of '{heads[1]}'"
    joined = (" + " if law.kind == "sum" else " x ").join(f"'{h}'" for h in heads[: len(law.parts)])
    if law.whole is None:
        return f"{joined} = {law.scale:g}"
    return f"{joined} = " + (f"{law.scale:g} x " if law.scale != 1 else "") + f"'{heads[-1]}'"


def _broken(law: _Law, values: dict[int, tuple[Number | None, ...]]) -> tuple[int, float, float] | None:
    """Give the one row that breaks a law, the chance that the others keep it by accident, and what the law gives."""
    used = [values[i] for i in (*law.parts, law.whole) if i is not None]
    rows = [
        (k, [span(n.printed) for n in numbers if n is not None])
        for k, numbers in enumerate(zip(*used, strict=True))
        if all(n is not None for n in numbers)
    ]
    if len(rows) < 3 + (law.kind == "ratio"):
        return None
    if law.kind != "sum" and any(s.low <= 0 for _, spans in rows for s in spans):
        return None
    sides = [(k, *_sides(law, spans)) for k, spans in rows]
    if law.kind == "ratio":
        found = _constant(sides)
        if found is None:
            return None
        sides = found
    bad = [(k, left, right) for k, left, right in sides if not left.meets(right)]
    if len(bad) != 1:
        return None
    k, left, right = bad[0]
    gap = max(left.low - right.high, right.low - left.high)
    if gap <= 2 * ((left.high - left.low) + (right.high - right.low)) or (law.kind != "sum" and gap < 0.04):
        return None
    kept = [spans for j, spans in rows if j != k]
    spreads = [_spread(law.kind, [spans[i] for spans in kept]) for i in range(len(law.parts))]
    # A whole that goes with one part, as a later measurement does, leaves the others to fit by chance.
    least = min(max(spreads[:i] + spreads[i + 1 :]) for i in range(len(spreads)))
    chance = 1.0
    for j, a, b in sides:
        if j != k:
            width = (a.high - a.low) + (b.high - b.low)
            exact = law.kind == "sum" and width == len(used) and a.middle == b.middle
            chance *= min(1.0, (1.0 if exact else width) / max(least, 1e-12))
    if law.kind == "sum" and not _counts_exceed(used, k):
        return None
    gives = right.middle if law.kind == "sum" else math.exp(right.middle)
    return k, chance, gives


def _counts_exceed(used: list[tuple[Number | None, ...]], row: int) -> bool:
    """Say whether parts that are counts are more than their whole; others may be missing. True for what is no count."""
    column = [n for numbers in used for n in numbers if n is not None]
    if any(n.printed.decimals or n.value < 0 or str(n.printed)[:1] in "+-" for n in column):
        return True
    *parts, whole = (numbers[row] for numbers in used)
    return sum(n.value for n in parts if n is not None) > (whole.value if whole is not None else 0)


def _sides(law: _Law, spans: list[Span]) -> tuple[Span, Span]:
    """Give both sides of a law in one row; products as logarithms."""
    n = len(law.parts)
    if law.kind == "sum":
        return spans[n], Span(sum(s.low for s in spans[:n]), sum(s.high for s in spans[:n]))
    logs = [Span(math.log(s.low), math.log(s.high)) for s in spans]
    if law.kind == "ratio":
        return logs[0], logs[1]
    left = logs[n] if len(logs) > n else Span(0.0, 0.0)
    shift = math.log(law.scale)
    return Span(left.low + shift, left.high + shift), Span(sum(s.low for s in logs[:n]), sum(s.high for s in logs[:n]))


def _constant(sides: list[tuple[int, Span, Span]]) -> list[tuple[int, Span, Span]] | None:
    """Shift the right sides by the factor that all rows but one allow; None where there is none, or it is near 1."""
    for k, _, _ in sides:
        kept = [(a, b) for j, a, b in sides if j != k]
        low, high = max(a.low - b.high for a, b in kept), min(a.high - b.low for a, b in kept)
        if low <= high and abs(low + high) > 0.1:
            middle = (low + high) / 2
            return [(j, a, Span(b.low + middle, b.high + middle)) for j, a, b in sides]
    return None


def _spread(kind: str, spans: list[Span]) -> float:
    middles = [s.middle if kind == "sum" else math.log(s.middle) for s in spans]
    return max(middles) - min(middles)


__all__ = ["CODES", "laws"]
