"""Ratios and differences in cells that print all of it: "HR 0.78 [0.46; 0.95]", the P in the cell or its own column.

Read here are the cells that the reader of tables leaves, with a semicolon, a name or square brackets. A cell that names
nothing is a ratio where its head says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.numbers.p_of_counts import least
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import body, content, head, is_p, is_ratio, words_of
from evsynth.checks.scanned.told.effects_and_p import distance
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("RATIO_P", "DIFFERENCE_P", "RATIO_INTERVAL", "DIFFERENCE_INTERVAL", "OUT_OF_ORDER")

_NUMBER = r"[-−–+]?\s?\d+(?:[.·]\d+)?"
_CELL = Expression(
    rf"^\s*(?P<name>[A-Za-z][A-Za-z ,-]{{1,30}}?[,:=]?\s)?(?P<v>{_NUMBER})\s*(?P<unit>%|points?|pp)?\s*"
    rf"[(\[]\s*(?:95\s?%\s?CI[,:]?\s*)?(?P<low>{_NUMBER})\s*(?:;|,|to|–|-)\s*(?P<high>{_NUMBER})\s*%?\s*[)\]]"
    r"(?:[,;]?\s*[Pp]\s?(?P<p>[=<>]\s?0?[.·]\d+))?\s*[*†‡a-d]?\s*$"
)
_RATIO = Expression(r"\b(?:[acs]?(?:HR|OR|RR|IRR|PR)|(?:hazard|odds|risk|rate|prevalence) ratio|relative risk)\b")
_DIFFERENCE = Expression(r"\b(?:MD|RD|ARR)\b|\bdifference|Δ")
_OTHER = Expression(
    r"\b9[09]\s?%|credible|bayes|bootstrap|IQR|quartile|range|interaction|trend|non-?inferior|one-sided|bonferroni|"
    r"corrected|median|hodges|log-?rank|permutation|adjusted p|wilcoxon|mann", re.I,
)  # fmt: skip
ASKEW, NEAR = 0.35, 0.8
"""Further from the middle than this share of half the width; least distance of P, in Z."""

_SIZES = Expression(r"\breduction|\bdecrease\b|\bdecline\b|\bloss\b", re.I)
"""Sizes of falls may be printed without the sign that their limits have."""
EVEN, MOST = 0.1, (3, 0.7)
"""A value so near the middle is that of a symmetric interval; so many, and such a share, of a table."""


_NAMED_ROW = Expression(r"\bC\.?I\.?\b|\bCrI\b|\bconfidence\b", re.I)


class Shown(NamedTuple):
    """An estimate with its limits and P as a cell prints them."""

    ratio: bool
    value: Printed
    low: Printed
    high: Printed
    p: Printed | None
    quote: tuple[int, int]


def effect_cells(reading: Reading) -> Iterator[Finding]:
    """Check the place of each estimate in its interval, and its P against both.

    Left alone: differences that are read as medians with quartiles, because the methods announce these.
    """
    medians = [(r.start, r.end) for r in reading.reported if r.sort.startswith("median") and r.spot.table is not None]
    known = [(r.start, r.end) for r in reading.reported if r.figure("lower") is not None and r.spot.table is not None]
    for table in reading.document.tables:
        if _OTHER.search(words_of(table)):
            continue
        signed = _signed(reading, table)
        for row in body(table):
            name = row.stem or row.label.text
            for shown in _shown(reading, table, row):
                if not shown.ratio and any(a < shown.quote[1] and shown.quote[0] < b for a, b in medians):
                    continue
                if not any(a < shown.quote[1] and shown.quote[0] < b for a, b in known):
                    yield from judged(reading, name, shown)
                signed.pop(shown.quote[0], None)
            for cell in row.cells[1:]:
                for start in [s for s in signed if cell.start <= s < cell.end]:
                    yield from judged(reading, name, signed.pop(start), signed=True)


def _signed(reading: Reading, table: Table) -> dict[int, Shown]:
    """Give the cells with a limit below 0, by place, of a table where most such cells print a middle and its limits.

    What has limits below 0 is no ratio, whatever the heads say; quartiles and ranges seldom lie evenly about a centre.
    Where labels of rows name an interval of confidence, the other rows print none.
    """
    found: dict[int, Shown] = {}
    named = any(_NAMED_ROW.search(row.label.text) for row in body(table))
    for row in body(table):
        if named and not _NAMED_ROW.search(row.label.text):
            continue
        for cell in row.cells[1:]:
            match = _CELL.match(reading.document.plain[cell.start : cell.end]) if "-" in cell.text else None
            if match is None or match["name"] or _SIZES.search(words_of(table)):
                continue
            value, low, high = (Printed.parse(_plain(match[k])) for k in ("v", "low", "high"))
            if low.value < 0 and low.value < high.value and value.decimals == low.decimals:
                start = cell.start + match.start("v")
                found[start] = Shown(False, value, low, high, None, (start, cell.start + match.end("high")))
    even = sum(_off(s) <= EVEN for s in found.values())
    return found if even >= MOST[0] and even >= MOST[1] * len(found) else {}


def _off(s: Shown) -> float:
    """Give how far a value lies from the middle of its limits, as a share of half their width."""
    low, high = float(s.low), float(s.high)
    return abs(2 * float(s.value) - low - high) / (high - low)


def _shown(reading: Reading, table: Table, row: Row) -> Iterator[Shown]:
    found = []
    for i, cell in enumerate(row.cells[1:], start=1):
        match = _CELL.match(reading.document.plain[cell.start : cell.end]) if cell.text else None
        if match is not None and i < len(table.columns):
            found.append((i, cell, match))
    ps = [i for i in range(1, min(len(row.cells), len(table.columns))) if is_p(table.columns[i])]
    for i, cell, match in found:
        ratio = bool(_RATIO.search(match["name"] or "")) or (not match["name"] and is_ratio(table.columns[i]))
        if not ratio and not _DIFFERENCE.search(match["name"] or head(table, i)):
            continue
        p = Printed.parse(re.sub(r"[\s=]", "", match["p"].replace("·", "."))) if match["p"] else None
        end = cell.start + match.end("high")
        if p is None and len(found) == 1 and len(ps) == 1 and ps[0] > i:
            beside = content(reading, row.cells[ps[0]])
            if len(beside.numbers) == 1 and beside.shape in ("#", "<#", "=#", ">#"):
                p, end = beside.numbers[0].printed, beside.numbers[0].end
        value, low, high = (Printed.parse(_plain(match[k])) for k in ("v", "low", "high"))
        if low.value < high.value:
            yield Shown(ratio, value, low, high, p, (cell.start + match.start("v"), end))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace("·", ".").replace("−", "-").replace("–", "-").lstrip("+")


def judged(reading: Reading, name: str, s: Shown, *, signed: bool = False) -> Iterator[Finding]:
    """Hold an estimate against its interval, and its P against both; `signed` says that a lost sign is none."""
    if s.ratio and (s.low.value <= 0 or s.value.value <= 0):
        return
    if not s.low.value <= s.value.value <= s.high.value:
        if signed or not s.low.value <= -s.value.value <= s.high.value:
            yield reading.finding(
                "OUT_OF_ORDER", "error", f"{name}: {s.value} lies outside its interval, {s.low} to {s.high}",
                "a sign or a digit may have been lost, or the interval belongs to another number", quotes=(s.quote,),
            )  # fmt: skip
        return
    value, low, high = (_scaled(s.ratio, span(x)) for x in (s.value, s.low, s.high))
    middle, half = Span((low.low + high.low) / 2, (low.high + high.high) / 2), (high.middle - low.middle) / 2
    off = max(value.low - middle.high, middle.low - value.high, 0.0) / max(half, 1e-9)
    if off > ASKEW:
        centre = math.exp(middle.middle) if s.ratio else middle.middle
        yield reading.finding(
            "RATIO_INTERVAL" if s.ratio else "DIFFERENCE_INTERVAL", "inconsistent",
            f"{name}: {s.value} is inconsistent with the middle of its interval, {s.low} to {s.high}"
            f"{' on the log scale' if s.ratio else ''}, {centre:.3g}",
            "profile, exact or bootstrap intervals need not be symmetric; otherwise one of the numbers is misprinted",
            quotes=(s.quote,), computed=(("middle", f"{centre:.4g}"),),
        )  # fmt: skip
        return
    if s.p is None or not 0 <= float(s.p) <= 1:
        return
    error = Span(max(1e-9, (high.low - low.high) / 2 / 1.96 / 1.08), (high.high - low.low) / 2 / 1.96)
    size = Span(min(value.low, middle.low), max(value.high, middle.high)).absolute()
    follows = Span(normal_two_sided(size.high / error.low), normal_two_sided(size.low / error.high))
    if meets(s.p, follows) or distance(s.p, follows) <= NEAR or (least(s.p) and follows.low < float(s.p)):
        return
    yield reading.finding(
        "RATIO_P" if s.ratio else "DIFFERENCE_P", "inconsistent",
        f"{name}: {s.value} ({s.low} to {s.high}) is inconsistent with P {s.p}: the interval gives "
        f"{follows.low:.2g} to {follows.high:.2g}",
        "P may come from another test (log-rank, likelihood ratio, exact) or another model than the interval",
        quotes=(s.quote,), computed=(("P from the interval", f"{follows.low:.4g} to {follows.high:.4g}"),),
    )  # fmt: skip


def _scaled(ratio: bool, values: Span) -> Span:
    return Span(math.log(max(values.low, 1e-9)), math.log(max(values.high, 1e-9))) if ratio else values
