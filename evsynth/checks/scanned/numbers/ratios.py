"""Ratios and differences with interval and P: the interval says what P is about, and where the estimate lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.admissible import asymmetry
from evsynth.checks.scanned.facts.quartiles_announced import quartiles_announced
from evsynth.checks.scanned.identity import spot
from evsynth.checks.scanned.numbers.p_of_counts import least
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import head
from evsynth.checks.scanned.tabled.factors import shared_p
from evsynth.model.finding import Alternative, Finding
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.ratios import p_from_interval, ratio_from_interval
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("RATIO_P", "RATIO_INTERVAL", "DIFFERENCE_P")

_INTERACTION = Expression(r"interaction|heterogen|subgroup|\btrend\b", re.I)
RATIOS = ("hazard_ratio", "odds_ratio", "risk_ratio")
NEAR = 0.6
"""A P of another test (log-rank, likelihood ratio, exact) lies this near, in Z, to that of the interval."""

BETWEEN, AGREEING = 0.1, 2
"""Least distance where interval and P are on two sides of 5%, in a column so many other rows of which fit exactly."""

SKEWED = 0.3
"""More asymmetric on the log scale than this share of half the width: exact and profile intervals seldom are."""


def ratios(reading: Reading) -> Iterator[Finding]:
    """Check ratios and differences that tables print with their interval."""
    for r in reading.reported:
        if r.spot.table is None:
            continue  # running text is read by told.effects
        name = next((n for n in RATIOS if r.figure(n) is not None), None)
        if name is not None:
            if not _of_factor(reading, r) and not _of_interaction(reading, r):
                yield from _ratio(reading, r, name)
        elif _is_difference(r) and not _of_interaction(reading, r):
            yield from _difference(reading, r)


def _is_difference(r: Reported) -> bool:
    return r.measure in ("mean_difference", "difference") or r.figure("mean_difference") is not None


def _of_interaction(reading: Reading, r: Reported) -> bool:
    """Say whether the P of a row stands under "P for interaction": it is that of two subgroups, not of the estimate."""
    p = r.figure("p")
    if p is None or r.spot.table is None or r.spot.row is None:
        return False
    table = reading.document.tables[r.spot.table]
    places = [i for i, c in enumerate(table.rows[r.spot.row].cells) if c.start <= p.start < c.end]
    return any(_INTERACTION.search(head(table, i)) for i in places)


def _of_factor(reading: Reading, r: Reported) -> bool:
    """Say whether the P of a row is printed again in its neighbours: that of a factor with several levels."""
    p = r.figure("p")
    if p is None or r.spot.table is None or r.spot.row is None:
        return False
    table = reading.document.tables[r.spot.table]
    cells = [(i, c) for i, c in enumerate(table.rows[r.spot.row].cells) if c.start <= p.start < c.end]
    return any(shared_p(table, r.spot.row, i, c.text) for i, c in cells)


def _ratio(reading: Reading, r: Reported, name: str) -> Iterator[Finding]:
    estimate, lower, upper, p = r.figure(name), r.figure("lower"), r.figure("upper"), r.figure("p")
    if estimate is None or lower is None or upper is None or _level(r) != 0.95:
        return
    values = [span(f.printed) for f in (estimate, lower, upper)]
    if any(v.low <= 0 for v in values) or any(f.printed.bound for f in (estimate, lower, upper)):
        return
    e, low, high = (float(f.printed) for f in (estimate, lower, upper))
    if not low < high or not low <= e <= high:
        return  # OUT_OF_ORDER says so
    what, words = r.variable.text if r.variable is not None else "estimate", name.replace("_", " ")
    centre = ratio_from_interval(values[1], values[2])
    if not values[0].meets(centre) and asymmetry(estimate.printed, lower.printed, upper.printed) > SKEWED:
        yield reading.finding(
            "RATIO_INTERVAL", "inconsistent",
            f"{what}: {words} {estimate.printed} is inconsistent with the middle of {lower.printed} to "
            f"{upper.printed} on the log scale, {centre.middle:.3g}",
            "profile, exact or bootstrap intervals need not be symmetric; otherwise one of the numbers is misprinted",
            quotes=(spot(estimate, lower, upper),), computed=(("middle", f"{centre.middle:.6g}"),),
        )  # fmt: skip
        return
    if p is None:
        return
    follows = p_from_interval(values[0], values[1], values[2])
    near = BETWEEN if (low <= 1 <= high) == (float(p.printed) < 0.05) and _exact(reading, r, name) else NEAR
    if (
        meets(p.printed, follows)
        or _distance(p, follows) <= near
        or (least(p.printed) and follows.low < float(p.printed))
    ):
        return
    yield _finding(reading, r, (estimate, lower, upper, p), follows, f"{what}: {words}", "RATIO_P")


def _exact(reading: Reading, r: Reported, name: str) -> bool:
    """Say whether the P of the other rows of a column is that of their intervals: then no other test was used."""
    fits = others = 0
    for x in reading.reported:
        if x is r or (x.spot.table, x.spot.column) != (r.spot.table, r.spot.column):
            continue
        four = [x.figure(n) for n in (name, "lower", "upper", "p")]
        if any(f is None or (f.printed.bound and f.statistic != "p") for f in four):
            continue
        e, low, high, p = (f.printed for f in four if f is not None)
        if p.bound or min(float(v) for v in (e, low, high)) <= 0:
            continue
        fit = meets(p, p_from_interval(span(e), span(low), span(high)))
        fits, others = fits + fit, others + (not fit)
    return fits >= AGREEING and fits >= 3 * others


def _difference(reading: Reading, r: Reported) -> Iterator[Finding]:
    name = "mean_difference" if r.figure("mean_difference") is not None else "value"
    estimate, lower, upper, p = r.figure(name), r.figure("lower"), r.figure("upper"), r.figure("p")
    if estimate is None or lower is None or upper is None or p is None or _level(r) != 0.95:
        return
    e, low, high = (span(f.printed) for f in (estimate, lower, upper))
    width = Span(max(0.0, upper and high.low - low.high), high.high - low.low)
    if width.low <= 0 or not low.low <= e.middle <= high.high:
        return
    # t on few degrees of freedom and the normal distribution both are allowed.
    sizes = [abs(x) * 2 * z / w for x in e for w in width for z in (1.96, 2.1)]
    follows = Span(normal_two_sided(max(sizes)), normal_two_sided(min(sizes)))
    if (
        meets(p.printed, follows)
        or _distance(p, follows) <= NEAR
        or (least(p.printed) and follows.low < float(p.printed))
    ):
        return
    if r.spot.table is not None and r.spot.row is not None:
        table = reading.document.tables[r.spot.table]
        if quartiles_announced(reading, table, " ".join(c.text for c in table.rows[r.spot.row].cells)):
            return
    what = r.variable.text if r.variable is not None else "difference"
    yield _finding(reading, r, (estimate, lower, upper, p), follows, f"{what}: difference", "DIFFERENCE_P")


def _finding(
    reading: Reading, r: Reported, figures: tuple[Figure, ...], follows: Span, what: str, code: str
) -> Finding:
    estimate, lower, upper, p = figures
    null = 0.0 if code == "DIFFERENCE_P" else 1.0
    outside = not float(lower.printed) <= null <= float(upper.printed)
    says = f"; the interval {'excludes' if outside else 'includes'} {null:g}"
    return reading.finding(
        code, "inconsistent",
        f"{what} {estimate.printed} ({lower.printed} to {upper.printed}) is inconsistent with P {p.printed}: the "
        f"interval gives {follows.low:.2g} to {follows.high:.2g}{says}",
        "P may come from another test (log-rank, likelihood ratio, exact) or another model than the interval",
        quotes=(spot(*figures),), computed=(("P from the interval", f"{follows.low:.4g} to {follows.high:.4g}"),),
        alternatives=(Alternative("the P is misprinted", "estimate and interval agree"),),
    )  # fmt: skip


def _distance(p: Figure, follows: Span) -> float:
    values = span(p.printed)
    if p.printed.bound in ("<", "≤"):
        values = Span(0.0, float(p.printed))
    z = Span(normal_size(min(1.0, values.high)), normal_size(max(1e-15, values.low)))
    reach = Span(normal_size(min(1.0, follows.high)), normal_size(max(1e-15, follows.low)))
    return max(z.low - reach.high, reach.low - z.high, 0.0)


def _level(r: Reported) -> float:
    level = r.figure("level")
    return float(level.printed) / 100 if level is not None else 0.95
