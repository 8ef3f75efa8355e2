"""A meta-regression and a comparison of subgroups, told: coefficients, what they explain, and what they cannot show."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evsynth.pooling.pooled import back, warned
from evsynth.pooling.regression.model import Regression
from evsynth.pooling.regression.permutation import Permutation
from evsynth.pooling.regression.prediction import predict
from evsynth.pooling.regression.subgroups import Subgroup, Subgroups
from evsynth.report.account import Account, Cell, Grid
from evsynth.report.axis import Axis, axis, plain_axis
from evsynth.report.drawing import GREY, Picture, Write
from evsynth.report.ladder import STUDY, Ladder, Rung, draw_ladder
from evsynth.report.measures import words
from evsynth.report.numbers import decimal, interval, journal, level, p_value, with_interval
from evsynth.report.plane import Plane
from evsynth.report.sensitivity_figures import headed

TESTS = {"knha": "Knapp-Hartung, t with {df} df", "z": "Wald, normal", "t": "t with {df} df", "adhoc": "Knapp-Hartung, "
         "factor at least 1, t with {df} df"}  # fmt: skip
INTERCEPT = "Intercept"
OBSERVED = (
    "Studies were not randomised to their characteristics: a slope over studies is an association between studies, "
    "open to confounding and to the ecological fallacy, and says nothing about patients inside a study."
)


def regression_account(
    found: Regression, *, title: str, formula: str, scale: str, permuted: Permutation | None = None
) -> Account:
    """Tell a meta-regression. Coefficients are on the analysis scale; for logs their ratios stand beside them."""
    test = TESTS[found.test].format(df=found.df)
    fitted = {
        "model": found.model,
        "moderators": formula,
        "estimator": f"{found.tau2.estimator if found.tau2 else 'given'}, τ² = {found.tau2_value:.4g}",
        "certificate": (found.tau2.certificate if found.tau2 else "") or "closed form",
        "tests": test,
        "residual heterogeneity": f"QE = {decimal(found.q.q, 2)} on {found.q.df} df, {p_value(found.q.p)}; "
        f"I² (from τ²) = {decimal(found.inconsistency.i2_from_tau2, 1)}%",
        "τ² interval": f"{found.tau2_interval.lower:.4g} to {found.tau2_interval.upper:.4g} "
        f"({found.tau2_interval.method})",
        "explained": "" if found.r2 is None else f"R² = {decimal(found.r2, 1)}% of τ² = {found.tau2_without:.4g} "
        "without moderators",
    }  # fmt: skip
    columns: tuple[str, ...] = ("term", "estimate", "se", "lower", "upper", "P")
    rows: list[tuple[Cell, ...]] = [(c.name, c.estimate, c.se, c.lower, c.upper, c.p) for c in found.coefficients]
    ratio = scale == "log"
    if ratio:
        columns = (*columns, "ratio", "ratio lower", "ratio upper")
        rows = [
            (*row, *(_exp(x) for x in (c.estimate, c.lower, c.upper)))
            for row, c in zip(rows, found.coefficients, strict=True)
        ]
    tables = [Grid("coefficients", columns, tuple(rows), f"On the {scale} scale; {level(found.level)} intervals.")]
    if permuted is not None:
        how = "all arrangements" if permuted.exact else f"a sample with seed {permuted.seed}"
        tests = (*permuted.coefficients, *((permuted.omnibus,) if permuted.omnibus else ()))
        tables.append(
            Grid("permutation test", ("term", "statistic", "P", "Monte-Carlo error"),
                 tuple((c.name, c.statistic, c.p, c.error) for c in tests),
                 f"{permuted.arrangements} arrangements, {how}.")
        )  # fmt: skip
    told = zip(found.labels, found.y, found.v, predict(found, found.design.matrix), found.weights, strict=True)
    tables.append(
        Grid("studies", ("study", "y", "v", "fitted", "lower", "upper", "weight"), tuple(
            (label, float(y), float(v), at.mean.estimate, at.mean.lower, at.mean.upper, weight)
            for label, y, v, at, weight in told
        ))
    )  # fmt: skip
    omnibus = found.omnibus
    df = f"{omnibus.df1}" if omnibus.df2 is None else f"{omnibus.df1} and {omnibus.df2}"
    name = "QM" if omnibus.distribution == "chi-squared" else "F"
    shown = "not defined" if omnibus.statistic is None else decimal(omnibus.statistic, 2)
    headline = f"Moderators together: {name} = {shown} on {df} df, {p_value(omnibus.p)}; k = {found.k}"
    per = found.k / max(1, len(found.coefficients) - 1)
    return Account(
        title, headline, fitted, tuple(tables),
        "How the pooled effect differs between studies that differ in the moderators, and how much of the "
        f"heterogeneity goes with it ({decimal(per, 1)} studies for each coefficient).",
        OBSERVED, warned(found.codes), ("permutation",) if permuted else (),
    )  # fmt: skip


def subgroups_account(
    found: Subgroups, *, title: str, column: str, scale: str, measure: str, estimator: str, confidence: float
) -> Account:
    """Tell a comparison of subgroups on the reader's scale."""
    to = back(scale)
    rows = tuple(
        (g.name, g.k, to(g.estimate), to(g.lower), to(g.upper), g.p, g.tau2, _codes(g.codes)) for g in found.groups
    )
    test = found.test
    df = f"{test.df1} df" if test.df2 is None else f"{test.df1} and {test.df2} df"
    value = "not defined" if test.statistic is None else decimal(test.statistic, 2)
    one = found.between == "pooled"
    fitted = {
        "model": f"subgroups by {column}, {'one τ² for all' if one else 'a τ² for each'}, {estimator}",
        "test": f"subgroups compared by {'QM' if test.distribution == 'chi-squared' else 'F'} = {value} on {df}",
    }
    said = "; ".join(
        f"{g.name} {with_interval(to(g.estimate), to(g.lower), to(g.upper), measure)}" for g in found.groups
    )
    codes = tuple(dict.fromkeys((*found.codes, *(code for g in found.groups for code in g.codes))))
    return Account(
        title, f"{said}. Test of difference: {p_value(test.p)}", fitted,
        (Grid("subgroups", ("subgroup", "k", "estimate", "lower", "upper", "P", "tau2", "warnings"), rows,
              f"{level(confidence)} intervals."),),
        "Whether the pooled effects of the subgroups differ more than chance would let them.",
        "A difference inside one subgroup and none in another is no difference between them: only the test of "
        "difference compares them. " + OBSERVED,
        warned(codes), ("subgroups compared",),
    )  # fmt: skip


def draw_subgroups(
    found: Subgroups, labels: Sequence[str], groups: Sequence[str], shown: Sequence[tuple[float, float, float]], *,
    title: str, measure: str, scale: str, confidence: float,
) -> Picture:  # fmt: skip
    """Draw the studies under their subgroups, each with its diamond."""
    to = back(scale)
    rungs: list[Rung] = []
    for group in found.groups:
        rungs.append(Rung(group.name, kind="heading"))
        inside = [i for i, name in enumerate(groups) if name == group.name]
        rungs += [Rung(labels[i], *shown[i]) for i in inside]
        rungs.append(
            Rung(f"Pooled, k = {group.k}", to(group.estimate), to(group.lower), to(group.upper), "pooled", _tau(group))
        )
    test = f"Test of difference between subgroups: {p_value(found.test.p)}"
    kind = "one τ² for all subgroups" if found.between == "pooled" else "a τ² for each subgroup"
    return draw_ladder(
        Ladder("subgroups", title, measure, ("Study", "τ²"), tuple(rungs), None, (f"{test}; {kind}.",),
               level(confidence))
    )  # fmt: skip


def draw_coefficients(found: Regression, *, title: str, scale: str) -> Picture:
    """Draw the coefficients; those of logs as ratios."""
    ratio = scale == "log"
    to = back(scale) if ratio else float
    rungs = tuple(
        Rung(c.name, to(c.estimate), to(c.lower), to(c.upper), more=p_value(c.p).removeprefix("P").removeprefix("="))
        for c in found.coefficients
        if c.name != INTERCEPT
    )
    measure = "ratio" if ratio else "effect"
    note = "Per unit of a number, against the reference of a category; " + (
        "as ratios." if ratio else "analysis scale."
    )
    return draw_ladder(
        Ladder("coefficients", title, measure, ("Moderator", "P"), rungs, None, (note,), level(found.level))
    )


def draw_bubbles(
    found: Regression, moderator: Sequence[float], line: Sequence[tuple[float, float, float, float]], *, title: str,
    name: str, measure: str, scale: str,
) -> Picture:  # fmt: skip
    """Draw the studies over one moderator, with the fitted line and its band; areas are weights.

    `line` holds moderator, mean, lower and upper on the analysis scale.
    """
    to, about = back(scale), words(measure)
    ys = [to(float(y)) for y in found.y]
    band = [to(x) for row in line for x in row[1:]]
    vertical = axis(measure, ys, [x for x in band if math.isfinite(x)])
    low, high = min(moderator), max(moderator)
    pad = 0.04 * ((high - low) or 1.0)
    plane = Plane(64.0, 58.0, 330.0, 230.0, _snug(low - pad, high + pad), vertical)
    top, parts = headed(title, 380.0)
    plane = plane._replace(top=top)
    parts += plane.frame(name, f"{about.short}{' (logarithmic)' if vertical.log else ''}")
    if about.no_effect is not None and vertical.low <= about.no_effect <= vertical.high:
        ends = [(plane.x.low, about.no_effect), (plane.x.high, about.no_effect)]
        parts += plane.line(ends, width=0.7, colour=GREY)
    upper = [(row[0], to(row[3])) for row in line]
    lower = [(row[0], to(row[2])) for row in line]
    parts += plane.line(upper, width=0.7, colour=STUDY, dashes=(3.0, 2.0))
    parts += plane.line(lower, width=0.7, colour=STUDY, dashes=(3.0, 2.0))
    parts += plane.line([(row[0], to(row[1])) for row in line], width=1.3, colour=STUDY)
    heaviest = max(found.weights)
    order = sorted(range(found.k), key=lambda i: -found.weights[i])
    for i in order:
        radius = 2.0 + 7.0 * math.sqrt(found.weights[i] / heaviest)
        if plane.inside(moderator[i], ys[i]):
            parts.append(plane.dot(moderator[i], ys[i], radius, "#9fc3e6", edge=STUDY, width=0.8))
    slope = found.coefficients[-1]
    effect = (
        f"ratio per unit {journal(math.exp(slope.estimate), 'ratio')} "
        f"({interval(math.exp(slope.lower), math.exp(slope.upper), 'ratio')})"
        if scale == "log"
        else f"slope {with_interval(slope.estimate, slope.lower, slope.upper, 'effect')}"
    )
    foot = plane.top + plane.height + 46
    parts.append(Write(12, foot, f"{effect}, {p_value(slope.p)}; areas are weights.", size=8.0, colour=GREY))
    text = f"{title}: {about.name} of {found.k} studies over {name}, with the fitted line. {effect}."
    return Picture("bubbles", 410.0, foot + 10, title, text, tuple(parts))


def _snug(low: float, high: float) -> Axis:
    """Give an axis whose ends are those of the data and whose ticks are round."""
    full = plain_axis(low, high)
    ticks = tuple(tick for tick in full.ticks if low <= tick[0] <= high)
    return full._replace(low=low, high=high, ticks=ticks)


def _exp(x: float) -> float:
    return math.exp(x) if x < 700 else math.inf


def _tau(group: Subgroup) -> str:
    return decimal(group.tau2, 3)


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)
