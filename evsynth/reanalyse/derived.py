"""Standard errors and spreads of changes that a paper does not print, by every route its numbers allow.

    SE of a log ratio    (ln U - ln L)/(2 z);   |ln ratio|/z(P/2)
    SE of B              (U - L)/(2 t(df));     |B/t|;   |B|/t(P/2; df)
    SE of a mean change  (U - L)/(2 t(n - 1));  |change|/t(P/2; n - 1);  SD of the change/sqrt(n)
    SD of a change       sqrt(s1^2 + s2^2 - 2 r s1 s2) over r = 0.5, 0.7, 0.8, 0.9
    hazard ratio         exp(± Z/sqrt V) from log-rank P and events (Tierney 2007), beside the printed one
    events of a group    whole numbers that an odds ratio, both sizes and all events allow (Di Pietrantonj 2006)

Routes are shown side by side with what rounding allows; `agree` says whether their spans share a value. A bound of P
gives no standard error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.model.finding import KeyPath
from evsynth.model.observation import Observation
from evsynth.reanalyse import ratios, regression
from evsynth.reanalyse.changes import change_grid
from evsynth.reanalyse.distributions import t_size
from evsynth.reanalyse.facts import Facts, Number
from evsynth.reanalyse.result import Attempt, guarded
from evsynth.reanalyse.rows.effects import effect_attempts
from evsynth.reanalyse.rows.printed_statistics import RATIOS
from evsynth.reanalyse.rows.terms import level_of, residual_df
from evsynth.reanalyse.spans import Span, exactly, over
from evsynth.text.extraction import Extraction


class Derived(NamedTuple):
    """A quantity that is not printed, by several routes."""

    study: str
    value: str
    path: KeyPath
    quantity: str
    routes: tuple[Attempt, ...]
    agree: bool


def derive(extraction: Extraction) -> tuple[Derived, ...]:
    """Give standard errors of ratios, coefficients and mean changes, spreads of changes, and ratios by other routes."""
    facts = Facts(extraction.study, extraction.observations)
    rows: list[Derived] = []
    for o in facts.observations:
        for name in RATIOS:
            if name in o.statistics:
                rows.extend(
                    _row(
                        o,
                        f"standard error of the log {name.replace('_', ' ')}",
                        tuple(guarded("ratio", _ratio(o, name, facts))),
                    )
                )
        if "hazard_ratio" in o.statistics:
            rows.extend(_row(o, "hazard ratio", tuple(guarded("log-rank", _hazard(o, facts)))))
        if "odds_ratio" in o.statistics:
            rows.extend(
                _row(o, "events of the first group", tuple(guarded("odds ratio", _table(o, facts))), agree=False)
            )
        if "mean_change" in o.statistics:
            rows.extend(_row(o, "standard error of the mean change", tuple(guarded("change", _mean_change(o, facts)))))
        if "b" in o.statistics:
            rows.extend(_row(o, "standard error of B", tuple(guarded("B", _coefficient(o, facts)))))
        if "mean" in o.statistics and "sd" in o.statistics:
            rows.extend(
                _row(o, "standard deviation of the change", tuple(guarded("change", _change(o, facts))), agree=False)
            )
    return tuple(rows)


def _row(o: Observation, quantity: str, routes: tuple[Attempt, ...], *, agree: bool = True) -> Iterator[Derived]:
    spans = [a.span for a in routes if a.span is not None]
    if spans:
        together = agree and max(s.low for s in spans) <= min(s.high for s in spans)
        yield Derived(o.study, o.id, o.path, quantity, routes, together)


def _ratio(o: Observation, name: str, facts: Facts) -> Iterator[Attempt]:
    found, p = facts.interval(o, name), facts.number(o, "p")
    if found is not None:
        ratio, lower, upper = found
        level = level_of(lower.observation, facts)
        point = ratios.log_standard_error(exactly(float(lower.printed)), exactly(float(upper.printed)), level)
        values = ratios.log_standard_error(lower.span, upper.span, level)
        yield Attempt("confidence interval", point.middle, values, inputs=(lower.name, upper.name))
    if p is not None:
        ratio = Number(o.statistics[name], o, name)
        spread = ratios.log_error_from_p(ratio.span, p.span)
        centre = ratios.log_error_from_p(exactly(float(ratio.printed)), exactly(float(p.printed)))
        if spread is None or centre is None:
            yield Attempt("P", missing="an exact P", inputs=(p.name,))
        else:
            yield Attempt("P", centre.middle, spread, inputs=(ratio.name, p.name))


def _coefficient(o: Observation, facts: Facts) -> Iterator[Attempt]:
    b, t, p = Number(o.statistics["b"], o, "b"), facts.number(o, "t"), facts.number(o, "p")
    found = facts.interval(o, "b")
    df, source = residual_df(found[1].observation if found else o, facts)
    if found is not None and df is not None:
        _, lower, upper = found
        level = level_of(lower.observation, facts)
        point = regression.standard_error(exactly(float(lower.printed)), exactly(float(upper.printed)), df, level)
        values = regression.standard_error(lower.span, upper.span, df, level)
        yield Attempt(
            f"confidence interval on {df} df ({source})", point.middle, values, inputs=(lower.name, upper.name)
        )
    if t is not None and not t.span.low <= 0 <= t.span.high:
        values = over(lambda x, y: abs(x / y), b.span, t.span)
        yield Attempt("t", abs(float(b.printed) / float(t.printed)), values, inputs=(b.name, t.name))
    if p is not None and df is not None and not p.printed.bound and p.span.low > 0 and p.span.high < 1:
        critical = [t_size(q, df) for q in p.span]
        point_t = t_size(float(p.printed), df)
        values = over(lambda x, c: abs(x) / c, b.span, exactly(critical[0])._replace(high=critical[1]))
        yield Attempt(f"P on {df} df ({source})", abs(float(b.printed)) / point_t, values, inputs=(b.name, p.name))


def _change(o: Observation, facts: Facts) -> Iterator[Attempt]:
    cohort, n = facts.cohort(o), facts.patients(o)
    for contrast in cohort.contrasts if cohort else ():
        if contrast.kind != "within arm" or contrast.arms[0] != o.about.arm or contrast.from_ != o.about.at:
            continue
        after = facts.visit(contrast.arms[0], o.cohort, o.about.variable or "", contrast.to, o)
        if after is None or "sd" not in after.statistics or n is None:
            continue
        names = (o.name("sd"), after.name("sd"))
        for spread in change_grid(float(o.statistics["sd"]), float(after.statistics["sd"]), n):
            note = f"standard error of the mean change {spread.se:.4g}"
            yield Attempt(f"r = {spread.r:g}", spread.sd, exactly(spread.sd), note=note, inputs=names)


def _hazard(o: Observation, facts: Facts) -> Iterator[Attempt]:
    """The printed ratio first, then what the log-rank test of the same comparison approximates."""
    ratio = Number(o.statistics["hazard_ratio"], o, "hazard_ratio")
    others = [a for a in effect_attempts(o, "hazard_ratio", facts) if "log-rank" in a.route and a.point is not None]
    if others:
        yield Attempt("as printed", float(ratio.printed), ratio.span, inputs=(ratio.name,))
    for attempt in others:
        away = float(ratio.printed) > 1 and attempt.point is not None and attempt.span is not None
        if away and attempt.span is not None and attempt.point:
            turned = Span(1 / attempt.span.high, 1 / attempt.span.low)
            yield attempt._replace(point=1 / attempt.point, span=turned)
        else:
            yield attempt


def _table(o: Observation, facts: Facts) -> Iterator[Attempt]:
    """Only where the counts themselves are not printed: sizes of both groups and the events of both together."""
    contrast = facts.contrast(o)
    if contrast is None or len(contrast.arms) != 2 or contrast.adjustment or o.about.variable is None:
        return
    n1, n2 = (facts.arm_patients(o.cohort, arm) for arm in contrast.arms)
    whole = [a.arm for c in facts.study.cohorts if c.cohort == o.cohort for a in c.arms if a.role == "whole"]
    together = [facts.in_arm(o, arm, o.about.variable, ("count",)) for arm in whole]
    if n1 is None or n2 is None or not together or together[0] is None:
        return
    events, ratio = int(together[0].statistics["count"].value), Number(o.statistics["odds_ratio"], o, "odds_ratio")
    for cells in ratios.two_by_two(ratio.span, n1, n2, events):
        note = f"{cells.events_1}/{n1} against {cells.events_2}/{n2}"
        names = (ratio.name, together[0].name("count"))
        yield Attempt("odds ratio and margins", float(cells.events_1), exactly(cells.events_1), note=note, inputs=names)


def _mean_change(o: Observation, facts: Facts) -> Iterator[Attempt]:
    change, n = Number(o.statistics["mean_change"], o, "mean_change"), facts.patients(o)
    if n is None or n < 2:
        return
    df, p, sd, t = n - 1, facts.number(o, "p"), facts.number(o, "sd"), facts.number(o, "t")
    found = facts.interval(o, "mean_change")
    if found is not None:
        _, lower, upper = found
        level = level_of(lower.observation, facts)
        point = regression.standard_error(exactly(float(lower.printed)), exactly(float(upper.printed)), df, level)
        values = regression.standard_error(lower.span, upper.span, df, level)
        yield Attempt(f"confidence interval on {df} df", point.middle, values, inputs=(lower.name, upper.name))
    if t is not None and not t.span.low <= 0 <= t.span.high:
        values = over(lambda x, y: abs(x / y), change.span, t.span)
        yield Attempt("t", abs(float(change.printed) / float(t.printed)), values, inputs=(change.name, t.name))
    if p is not None and not p.printed.bound and p.span.low > 0 and p.span.high < 1:
        sizes = [t_size(q, df) for q in p.span]
        values = over(lambda x, c: abs(x) / c, change.span, Span(min(sizes), max(sizes)))
        point_t = t_size(float(p.printed), df)
        yield Attempt(f"P on {df} df", abs(float(change.printed)) / point_t, values, inputs=(change.name, p.name))
    if sd is not None:
        root = math.sqrt(n)
        values = Span(sd.span.low / root, sd.span.high / root)
        yield Attempt("SD of the change", float(sd.printed) / root, values, inputs=(sd.name,))
