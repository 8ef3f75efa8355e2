"""Intervals of proportions that print their counts, in text and in cells of tables, against the usual intervals.

"46/52; 88.5 (77.0-94.6)", "88.5% (46 of 52; 95% CI 77.0 to 94.6)", "31/50 (62%, 95% CI 47 to 75)". Any of the Wald,
Wilson, Agresti-Coull and exact intervals will do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.distributions import normal_size
from evsynth.reanalyse.proportion_intervals import one_proportion
from evsynth.reanalyse.result import meets
from evsynth.scan.parts import Cell
from evsynth.text.expressions import Expression

CODES = ("PROPORTION_INTERVAL",)

_N = r"\d+(?:[.·]\d+)?"
_KN = (
    r"(?<![\d.,·/])(?P<k>\d{1,3}(?:,\d{3})+|\d+)\s*(?:/|of(?: the)?|out of(?: the)?|in|among)\s*"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?![.·]?\d)"
)
_WHO = r"(?:\s(?!and\b|or\b)[a-z-]+){0,4}?"
_CI = (
    r"(?:(?:95(?:\.0)?\s?%?\s?-?\s?)?(?:C\.?I\.?(?:\s?\(?95\s?%?\)?)?|confidence interval|confidence limits)"
    r"\s?[,:=]?\s*(?:of |from |was )?)?"
    rf"[(\[]?\s*(?P<lo>{_N})\s*%?\s*(?:-|–|to|,|;|and)\s*(?P<hi>{_N})(?![\d.·]*\s?/)"
)
_P = rf"(?P<p>{_N})\s*(?:%|per cent|percent)\s*"
_PATTERNS = (
    Expression(rf"{_KN}{_WHO}\s*[,;(\[=:]+\s*(?P<p>{_N})\s*%?\s*[,;(\[]+\s*{_CI}\s*%?\s*[)\]]", re.I),
    Expression(rf"{_KN}{_WHO}\s+(?P<p>{_N})\s*%?\s*[(\[]\s*{_CI}\s*%?\s*[)\]]", re.I),
    Expression(rf"{_P}[(\[]\s*{_KN}{_WHO}\s*[)\],;\[(]+\s*{_CI}\s*%?\s*(?:[)\],;.]|$)", re.I),
    Expression(rf"{_P}[(\[]\s*{_CI}\s*%?\s*[)\];,]+\s*[(\[]?\s*{_KN}", re.I),
)
_FRACTION = Expression(r"(?P<k>\d{1,6})\s?/\s?(?P<n>\d{1,6})")
_INTERVAL = Expression(rf"(?P<p>{_N})\s*%?\s*[(\[]\s*(?P<lo>{_N})\s*%?\s*(?:-|–|to|,|;)\s*(?P<hi>{_N})\s*%?\s*[)\]]")
_OTHER = Expression(
    r"adjusted|weighted|estimat|Kaplan|cumulative|pooled|bootstrap|cluster|imput|model|predicted|credible|Bayes|"
    r"(?:80|90|99)\s?%\s?(?:CI|conf)|\bIQR|quartile|range", re.I,
)  # fmt: skip
_ANYWHERE = Expression(r"\b(?:80|90|99) ?% (?:CI|confidence)|Bayes|credible|one-sided", re.I)
SLACK = 1.0
"""Percentage points by which a printed limit may lie outside the range of the usual intervals."""
WIDE = 1.15
"""An interval so many times as wide as the widest, on both sides, allows for clusters or is of a higher level."""


class Limits(NamedTuple):
    """The least and the largest limit that the usual intervals of a proportion give, in percent."""

    low: tuple[float, float]
    high: tuple[float, float]


def proportion_intervals(reading: Reading) -> Iterator[Finding]:
    """Check every proportion of sentences and cells that prints count, size and interval."""
    if _ANYWHERE.search(reading.document.prose):
        return
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if not _OTHER.search(line.words) and re.search(r"\d\s*%?\s*(?:-|–|to|,|;|and)\s*\d", line.words):
            yield from _pieces(reading, line.words.replace("\n", " "), line.start)
    for table in reading.document.tables:
        if table.caption is not None and _OTHER.search(table.caption.text):
            continue
        for row in table.rows:
            for cell in row.cells[1:]:
                if (of := _FRACTION.fullmatch(cell.text.strip())) is not None:
                    yield from _apart(reading, of, cell, row.cells[1:])
                elif "/" in cell.text and cell.text.count(".") + cell.text.count("·") > 1:
                    yield from _pieces(reading, reading.document.plain[cell.start : cell.end], cell.start)


def _apart(reading: Reading, of: re.Match[str], own: Cell, cells: tuple[Cell, ...]) -> Iterator[Finding]:
    """Check "83/181" in one cell against "45.9 (38.8 to 53.1)" in the next of its row."""
    later = [c for c in cells if c.start > own.start and c.text.strip()]
    match = _INTERVAL.fullmatch(reading.document.plain[later[0].start : later[0].end].strip()) if later else None
    if match is not None:
        parts = match.groupdict() | of.groupdict()
        yield from _proportion(reading, parts, ((own.start, own.end), (later[0].start, later[0].end)))


def _pieces(reading: Reading, words: str, offset: int) -> Iterator[Finding]:
    seen: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(words):
            if match.start("lo") not in seen:
                seen.add(match.start("lo"))
                yield from _proportion(reading, match.groupdict(), ((offset + match.start(), offset + match.end()),))


def _proportion(reading: Reading, match: dict[str, str], quotes: tuple[Spot, ...]) -> Iterator[Finding]:
    """Check one proportion by its printed parts: count k, size n, percentage p, limits lo and hi."""
    count, of = (int(match[g].replace(",", "")) for g in ("k", "n"))
    printed = Printed.parse(match["p"].replace("·", "."))
    if of < 5 or count > of or not meets(printed, percent_span(count, of)):
        return  # another check says so
    limits = limits_of(count, of)
    low, high = (float(match[g].replace("·", ".")) for g in ("lo", "hi"))
    half = [0.51 * 10.0 ** -len(match[g].replace("·", ".").partition(".")[2]) + SLACK for g in ("lo", "hi")]
    inside = (
        limits.low[0] - half[0] <= low <= limits.low[1] + half[0]
        and limits.high[0] - half[1] <= high <= limits.high[1] + half[1]
    )
    if inside or low >= high or high > 100:
        return
    wider = high - low > WIDE * (limits.high[1] - limits.low[0])
    if wider and low < limits.low[0] and high > limits.high[1]:
        return
    yield reading.finding(
        "PROPORTION_INTERVAL", "inconsistent",
        f"{low:g} to {high:g} is inconsistent with {count} of {of}; the usual intervals run from "
        f"{limits.low[0]:.1f}-{limits.low[1]:.1f} to {limits.high[0]:.1f}-{limits.high[1]:.1f}",
        "an interval that allows for clusters is wider; otherwise a limit is misprinted",
        quotes=quotes,
        computed=(("lower limits", f"{limits.low[0]:.2f} to {limits.low[1]:.2f}"),
                  ("upper limits", f"{limits.high[0]:.2f} to {limits.high[1]:.2f}")),
    )  # fmt: skip


def limits_of(count: int, of: int) -> Limits:
    """Give the span of the Wald, Wilson, Agresti-Coull and Clopper-Pearson limits, in percent."""
    z, share, wilson = normal_size(0.05), count / of, one_proportion(count, of)
    wide = z * (share * (1 - share) / of) ** 0.5
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    near = z * (centre * (1 - centre) / (of + z * z)) ** 0.5
    lows = [max(0.0, share - wide), wilson.low, max(0.0, centre - near), _exact(count, of, lower=True)]
    highs = [min(1.0, share + wide), wilson.high, min(1.0, centre + near), _exact(count, of, lower=False)]
    return Limits((100 * min(lows), 100 * max(lows)), (100 * min(highs), 100 * max(highs)))


def _exact(count: int, of: int, *, lower: bool) -> float:
    """Give the Clopper-Pearson limit by halving (Clopper & Pearson 1934)."""
    if (lower and count == 0) or (not lower and count == of):
        return 0.0 if lower else 1.0
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        tail = _at_least(count, of, middle) if lower else 1 - _at_least(count + 1, of, middle)
        low, high = (middle, high) if (tail < 0.025) is lower else (low, middle)
    return (low + high) / 2


def _at_least(count: int, of: int, share: float) -> float:
    """Give P(X >= count) of a binomial."""
    if share <= 0 or share >= 1:
        return float(share >= 1 or count <= 0)
    logs = math.log(share), math.log1p(-share)
    whole = math.lgamma(of + 1)
    return sum(
        math.exp(whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * logs[0] + (of - k) * logs[1])
        for k in range(count, of + 1)
    )
