"""Columns that compare two groups: the estimate against its standard error, its limits, its P and the two groups."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import (
    Content,
    Number,
    adjusted,
    body,
    content,
    is_difference,
    is_limits,
    is_p,
    is_ratio,
    words_of,
)
from evsynth.checks.scanned.tabled.factors import shared_p
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("STANDARD_ERROR", "DIFFERENCE_P", "RATIO_P", "DIFFERENCE_TOLD")

NEAR = 0.6
"""A P of another test lies this near, in Z, to that of the interval."""

_LIMITED = Expression(r"#[(\[]?(?:9[05]%CI[:,]?)?(?:#to#|#-#|#,#|#;#)[)\]]?")
_PAIR = Expression(r"[(\[]?(?:#to#|#-#|#,#|#;#)[)\]]?")
_OTHER = Expression(
    r"\b9[09](?:\.\d)?\s*%|non-?inferior|one-sided|equivalence|bonferroni|credible|interaction|trend|heterogen|"
    r"corrected|"
    r"bootstrap|hodges|median difference|difference (?:in|between|of) (?:the )?medians", re.I,
)  # fmt: skip
_RANKED = Expression(r"\b(?:hodges|median difference|difference (?:in|between|of) (?:the )?medians|bootstrap)", re.I)
_CHANGE = Expression(r"^(?:mean |median )?(?:change|Δ|paired difference)", re.I)
_SIZE = Expression(r"(?:^|[ ,/(])(?:n|N|[Nn]o\.?(?: of (?:patients|participants|subjects))?)\)?$")
"""The head of a column that says how many there are."""
_TEST = frozenset({"z", "t", "f", "u", "w", "chi2", "df"})
_SE = Expression(r"±\s*SE|\(SE[M]?\)|\bSEM?\b|standard error", re.I)
_SD = Expression(r"±\s*SD|\(SD\)|standard deviation", re.I)


class Compared(NamedTuple):
    """One row of a comparing column."""

    row: Row
    estimate: Number
    se: Number | None
    low: Number | None
    high: Number | None
    p: Number | None

    @property
    def quote(self) -> tuple[int, int]:
        """The piece from the estimate to the last of its numbers."""
        found = [n for n in (self.estimate, self.se, self.low, self.high, self.p) if n is not None]
        return min(n.start for n in found), max(n.end for n in found)


def comparisons(reading: Reading) -> Iterator[Finding]:
    """Check every column of differences or ratios, row by row; rows are held against their neighbours first."""
    for table in reading.document.tables:
        rows = list(body(table))
        for column in table.columns[1:]:
            changed = _is_only_change(table, column)
            if is_p(column) or is_limits(column) or not (is_difference(column) or is_ratio(column) or changed):
                continue
            found = [c for row in rows if (c := _compared(reading, table, column, row)) is not None]
            yield from _standard_errors(reading, table, column, found)
            ranked = changed or _RANKED.search(words_of(table))
            if ranked and not _OTHER.search(_RANKED.sub("", words_of(table))):
                for one in found:
                    yield from _null(reading, one)
            elif not _OTHER.search(words_of(table)):
                ratio = is_ratio(column) and not is_difference(column)
                own = [one for one in found if not _of_factor(reading, table, one, found)]
                wrong = [f for one in own for f in _p(reading, one, ratio)]
                if len(wrong) <= max(1, len(own) // 3):
                    yield from wrong
            if is_difference(column) and not is_ratio(column) and not adjusted(words_of(table)):
                yield from _of_groups(reading, table, column, found)


def _compared(reading: Reading, table: Table, column: Column, row: Row) -> Compared | None:
    own = content(reading, table.cell(row.index, column.index))
    if not own.numbers or any(n.printed.bound for n in own.numbers[:1]):
        return None
    se = low = high = p = None
    if own.shape == "#±#" or (own.shape == "#(#)" and _SE.search(column.label)):
        se = own.numbers[1] if not _SD.search(column.label) else None
    elif len(own.numbers) == 3 and _LIMITED.fullmatch(own.shape):
        low, high = own.numbers[1:]
    elif own.shape != "#":
        return None
    for later in table.columns[column.index + 1 :]:
        cell = content(reading, table.cell(row.index, later.index))
        if is_limits(later) and low is None and _PAIR.fullmatch(cell.shape):
            low, high = cell.numbers
        elif is_p(later):
            p = cell.numbers[0] if len(cell.numbers) == 1 and re.fullmatch(r"[<>=≤≥]?#[*†‡§a-d]?", cell.shape) else None
            break
        elif (
            is_difference(later)
            or is_ratio(later)
            or (later.statistic and later.statistic not in _TEST and not is_limits(later))
        ):
            break
    return Compared(row, own.numbers[0], se, low, high, p)


def _is_only_change(table: Table, column: Column) -> bool:
    """Say whether a column prints changes with limits and no other of the table does: then the P after it is theirs."""
    changes = [c for c in table.columns[1:] if c.heads and _CHANGE.match(c.heads[-1].text.strip())]
    return changes == [column] and re.search(r"\bCI\b|confidence", column.label) is not None


def _null(reading: Reading, one: Compared) -> Iterator[Finding]:
    """Hold only the null against P, with room: the interval is that of another estimate, but of the same test."""
    if one.low is None or one.high is None or one.p is None or one.high.value <= one.low.value:
        return
    room = 0.04 * (one.high.value - one.low.value)
    inside = one.low.value + room < 0 < one.high.value - room
    outside = one.low.value - room > 0 or one.high.value + room < 0
    p = one.p.value
    if (inside and p < 0.04 and one.p.printed.bound not in (">", "≥")) or (
        outside and p > 0.065 and one.p.printed.bound not in ("<", "≤")
    ):
        yield reading.finding(
            "DIFFERENCE_P", "inconsistent",
            f"{one.row.stem}: {one.estimate.printed} ({one.low.printed} to {one.high.printed}) is inconsistent with P "
            f"{one.p.printed}: the interval {'includes' if inside else 'excludes'} 0",
            "P may come from another test, or another row; otherwise a sign or a digit is misprinted",
            quotes=(one.quote,),
        )  # fmt: skip


def _of_factor(reading: Reading, table: Table, one: Compared, found: list[Compared]) -> bool:
    """Say whether the P may be that of a factor with several levels: printed once, or in every row."""
    if one.p is None:
        return False
    near = [x for x in found if x is not one and abs(x.row.index - one.row.index) <= 8]
    column = next(c.index for c in table.columns if _holds(table, one.row, c.index, one.p))
    if shared_p(table, one.row.index, column, table.cell(one.row.index, column).text):
        return True
    levels = [x for x in near if x.row.parent == one.row.parent and x.row.parent is not None]
    run = [x for x in levels if x.p is None and x.estimate.value != 1]
    references = sum(
        bool(re.match(r"(?:1(?:\.0+)?|ref\w*\.?)\b", c.text.strip(), re.I))
        for r in table.rows if abs(r.index - one.row.index) <= 4 for c in r.cells[1:]
    )  # fmt: skip
    return bool(run) or (
        references > 0 and any(x.p is None and abs(x.row.index - one.row.index) <= 3 for x in near if x.low is not None)
    )


def _holds(table: Table, row: Row, column: int, number: Number) -> bool:
    cell = table.cell(row.index, column)
    return cell.start <= number.start < cell.end


def _standard_errors(reading: Reading, table: Table, column: Column, found: list[Compared]) -> Iterator[Finding]:
    """Find a standard error that its own 95% interval rules out, where it fits in the other rows."""
    ratios = []
    for one in found:
        if one.se is None or one.low is None or one.high is None or one.se.value <= 0:
            continue
        half = Span(
            (span(one.high.printed).low - span(one.low.printed).high) / 2,
            (span(one.high.printed).high - span(one.low.printed).low) / 2,
        )
        se = span(one.se.printed)
        ratios.append((one, Span(max(0.0, half.low) / se.high, half.high / max(1e-12, se.low))))
    fit = [x for x in ratios if x[1].high >= 1.5 and x[1].low <= 3.3]
    wrong = [x for x in ratios if x not in fit]
    if not fit or len(wrong) > len(fit):
        return
    for one, ratio in wrong:
        if one.se is None or one.low is None or one.high is None:
            continue
        yield reading.finding(
            "STANDARD_ERROR", "inconsistent",
            f"{one.row.stem}: standard error {one.se.printed} is inconsistent with the interval {one.low.printed} to "
            f"{one.high.printed}, whose half width is {ratio.middle:.2g} standard errors; in other rows it is about 2",
            "a standard deviation may have been printed for the standard error",
            quotes=((one.estimate.start, one.se.end), (one.low.start, one.high.end)),
        )  # fmt: skip


def _p(reading: Reading, one: Compared, ratio: bool) -> Iterator[Finding]:
    """Compare P with estimate and interval, on the scale on which the interval is symmetric."""
    if one.low is None or one.high is None or one.p is None:
        return
    spans = [span(n.printed) for n in (one.estimate, one.low, one.high)]
    if ratio:
        if any(s.low <= 0 for s in spans):
            return
        spans = [Span(math.log(s.low), math.log(s.high)) for s in spans]
    estimate, low, high = spans
    width = Span(high.low - low.high, high.high - low.low)
    if width.low <= 0 or not low.low <= estimate.middle <= high.high:
        return
    if abs(estimate.middle - (low.middle + high.middle) / 2) > 0.15 * width.middle:
        return  # another method, or another finding
    size = estimate.absolute()
    zs = [s * 2 * z / w for s in size for w in width for z in (1.96, 2.15)]
    follows = Span(normal_two_sided(max(zs)), normal_two_sided(min(zs)))
    if meets(one.p.printed, follows) or _apart(one.p, follows) <= NEAR:
        return
    if one.p.printed.decimals <= 3 and one.p.value == 10.0**-one.p.printed.decimals and follows.low < one.p.value:
        return  # "0.001" for anything smaller
    null = 1.0 if ratio else 0.0
    outside = not one.low.value <= null <= one.high.value
    yield reading.finding(
        "RATIO_P" if ratio else "DIFFERENCE_P", "inconsistent",
        f"{one.row.stem}: {one.estimate.printed} ({one.low.printed} to {one.high.printed}) is inconsistent with P "
        f"{one.p.printed}: the interval gives {follows.low:.2g} to {follows.high:.2g}; the interval "
        f"{'excludes' if outside else 'includes'} {null:g}",
        "P may come from another test, or another row; otherwise a digit or a zero is misprinted",
        quotes=(one.quote,), computed=(("P from the interval", f"{follows.low:.4g} to {follows.high:.4g}"),),
    )  # fmt: skip


def _apart(p: Number, follows: Span) -> float:
    values = Span(0.0, p.value) if p.printed.bound in ("<", "≤") else span(p.printed)
    z = Span(normal_size(min(1.0, values.high)), normal_size(max(1e-15, values.low)))
    reach = Span(normal_size(min(1.0, follows.high)), normal_size(max(1e-15, follows.low)))
    return max(z.low - reach.high, reach.low - z.high, 0.0)


def _of_groups(reading: Reading, table: Table, column: Column, found: list[Compared]) -> Iterator[Finding]:
    """Find a difference that is not that of the two groups beside it, where it is in most other rows."""
    groups = [
        c for c in table.columns[1 : column.index]
        if not (is_p(c) or is_limits(c) or is_difference(c) or is_ratio(c) or c.statistic or _SIZE.search(c.label))
    ]  # fmt: skip
    if len(groups) != 2:
        return
    fit, wrong, ways = 0, [], []
    for one in found:
        pair = [content(reading, table.cell(one.row.index, c.index)) for c in groups]
        values = [_centres(c) for c in pair]
        if not all(values):
            continue
        apart = [
            Span(span(a.printed).low - span(b.printed).high, span(a.printed).high - span(b.printed).low)
            for a, b in zip(*values, strict=False)
        ]
        told = span(one.estimate.printed).absolute()
        slack = 2.0 * 10.0**-one.estimate.printed.decimals
        if any(_close(told, d.absolute(), slack) for d in apart):
            fit += 1
            ways.append((one, pair, one.estimate.value * apart[0].middle > 0))
        elif all(_far(told, d.absolute(), slack) for d in apart):
            wrong.append((one, pair, apart))
    yield from _sign(reading, [w for w in ways if w[0].estimate.value])
    if fit < 2 or len(wrong) > 1 or not wrong:
        return
    one, pair, apart = wrong[0]
    gives = apart[0 if pair[0].numbers[0].printed.decimals else -1].absolute().middle
    said = " and ".join(" ".join(reading.document.text[c.numbers[0].start : c.numbers[-1].end].split()) for c in pair)
    yield reading.finding(
        "DIFFERENCE_TOLD", "inconsistent",
        f"{one.row.stem}: a difference of {one.estimate.printed} is inconsistent with {said}, which differ by "
        f"{gives:.4g}; in {fit} other rows the difference is that of the groups",
        "patients with both measurements, or another model, may be meant",
        quotes=((one.estimate.start, one.estimate.end), *((c.numbers[0].start, c.numbers[-1].end) for c in pair)),
    )  # fmt: skip


def _sign(reading: Reading, ways: list[tuple[Compared, list[Content], bool]]) -> Iterator[Finding]:
    """Find the one difference whose sign is that of neither its groups nor its limits, as in all other rows."""
    for straight in (True, False):
        odd = [w for w in ways if w[2] is not straight]
        if len(odd) != 1 or len(ways) < 3:
            continue
        one, pair, _ = odd[0]
        if one.low is None or one.high is None or not one.low.value <= -one.estimate.value <= one.high.value:
            continue
        if one.low.value <= one.estimate.value <= one.high.value:
            continue
        yield reading.finding(
            "DIFFERENCE_TOLD", "inconsistent",
            f"{one.row.stem}: a difference of {one.estimate.printed} is inconsistent with its groups and with its "
            f"limits, "
            f"{one.low.printed} to {one.high.printed}; its sign is the other one",
            "a sign may have been lost", quotes=(one.quote, *((c.numbers[0].start, c.numbers[-1].end) for c in pair)),
        )  # fmt: skip
        return


def _centres(cell: Content) -> list[Number]:
    """Give the numbers of a group that a difference can be about: its mean, or its percentage."""
    n = cell.numbers
    if cell.shape in ("#±#", "#", "#%", "#(SD#)") or cell.shape.startswith("#(#)["):
        return [n[0]]
    if cell.shape == "#(#)" and n[0].printed.decimals:
        return [n[0]]  # a mean with its SD, or a percentage with its count
    if cell.shape in ("#(#)", "#(#%)"):
        return [n[0], n[1]]
    if cell.shape in ("#/#(#)", "#/#(#%)"):
        return [n[2], n[2]]
    return []


def _close(one: Span, two: Span, slack: float) -> bool:
    return one.low - slack <= two.high and two.low <= one.high + slack


def _far(told: Span, apart: Span, slack: float) -> bool:
    return not _close(told, apart, 3 * slack + 0.1 * max(told.high, apart.high))
