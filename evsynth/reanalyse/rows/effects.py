"""Every route to a printed effect: ratios, coefficients, statistics, changes, and the R² of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.reanalyse import ratios, regression
from evsynth.reanalyse.changes import difference, percent_reduction
from evsynth.reanalyse.correlation import rho_from_p
from evsynth.reanalyse.distributions import chi_square_size, normal_size
from evsynth.reanalyse.facts import Facts, Number
from evsynth.reanalyse.hazards import hazard_from_log_rank, log_rank_variance
from evsynth.reanalyse.ranks import ranked_grades, wilcoxon_r
from evsynth.reanalyse.result import NOTHING, Attempt, guarded
from evsynth.reanalyse.rows.named_tests import tests_of
from evsynth.reanalyse.rows.terms import least_df, least_to_most, level_of, predictors, residual_df, symmetric
from evsynth.reanalyse.spans import Span, exactly, over, span

Route = Callable[[Observation, str, Facts], Iterator[Attempt]]


def effect_attempts(o: Observation, statistic: str, facts: Facts) -> tuple[Attempt, ...]:
    """Give every attempt at an effect; never empty."""
    route, missing = ROUTES[statistic]
    return tuple(guarded(statistic.replace("_", " "), route(o, statistic, facts))) or (
        Attempt("none", missing=missing),
    )


def _point(number: Number) -> Span:
    return exactly(float(number.printed))


def _ratio(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    limits = facts.interval(o, statistic)
    if limits is not None:
        _, lower, upper = limits
        values = ratios.ratio_from_interval(lower.span, upper.span)
        point = ratios.ratio_from_interval(_point(lower), _point(upper))
        wald = symmetric(lower.observation)
        names = (lower.name, upper.name)
        yield Attempt("geometric middle of the interval", point.middle, values, binding=wald, inputs=names)
    cells = _cells(o, facts) if statistic in ("odds_ratio", "risk_ratio") else None
    if cells is not None:
        value = ratios.odds_ratio(cells) if statistic == "odds_ratio" else ratios.risk_ratio(cells)
        contrast = facts.contrast(o)
        if value is not None:
            adjusted = bool(o.about.adjustment or (contrast and contrast.adjustment))
            for route, ratio in _directions(cells, statistic, value):
                yield Attempt(route, ratio, exactly(ratio), binding=not adjusted)
    if statistic == "hazard_ratio":
        yield from _from_log_rank(o, facts)


def _directions(cells: ratios.Cells, statistic: str, value: float) -> Iterator[tuple[str, float]]:
    """Give the ratio in both directions, for the event and for its absence: papers print any of them."""
    yield "counts of both groups", value
    yield "counts of both groups, in the other direction", 1 / value
    other = ratios.Cells(cells.others_1, cells.events_1, cells.others_2, cells.events_2)
    absence = ratios.risk_ratio(other) if statistic == "risk_ratio" else None
    if absence is not None:
        yield "counts without the event", absence
        yield "counts without the event, in the other direction", 1 / absence


def _cells(o: Observation, facts: Facts) -> ratios.Cells | None:
    contrast = facts.contrast(o)
    if contrast is None or len(contrast.arms) != 2 or o.about.variable is None:
        return None
    found = []
    for arm in contrast.arms:
        value = facts.in_arm(o, arm, o.about.variable, ("count",))
        of = value.statistics.get("of") if value else None
        n = int(of.value) if of is not None else facts.patients(value) if value else None
        if value is None or n is None:
            return None
        count = int(value.statistics["count"].value)
        found += [count, n - count]
    return ratios.Cells(*found)


def _from_log_rank(o: Observation, facts: Facts) -> Iterator[Attempt]:
    contrast, cells = facts.contrast(o), _cells(o, facts)
    tests = [x for x in facts.same_quantity(o) if "p" in x.statistics and "log-rank" in tests_of(x, facts)]
    tests = [x for x in tests if "hazard_ratio" not in x.statistics and not x.statistics["p"].bound]
    if not tests or contrast is None:
        return
    name = tests[0].name("p")
    if cells is None:
        lacking = "events of both groups (for the log-rank route)"
        yield Attempt("log-rank P and events (Tierney 2007)", missing=lacking, binding=False, inputs=(name,))
        return
    n1, n2 = cells.events_1 + cells.others_1, cells.events_2 + cells.others_2
    p = tests[0].statistics["p"]
    variance = log_rank_variance(cells.events_1 + cells.events_2, n1, n2)
    found = hazard_from_log_rank(span(p), float(p), variance)
    note = "approximate and not adjusted; its direction is not in P"
    route = "log-rank P and events (Tierney 2007)"
    yield Attempt(route, found.ratio, found.span, binding=False, note=note, inputs=(name,))


def _coefficient(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    limits = facts.interval(o, "b")
    if limits is not None:
        _, lower, upper = limits
        values, point = regression.middle(lower.span, upper.span), regression.middle(_point(lower), _point(upper))
        wald = symmetric(lower.observation)
        yield Attempt("middle of the interval", point.middle, values, binding=wald, inputs=(lower.name, upper.name))


def _beta(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    b = facts.number(o, "b")
    own = Number(o.statistics["beta"], o, "beta")
    for other in facts.same_quantity(o)[1:]:
        if b is None or other.where == o.where or not {"b", "beta"} <= set(other.statistics):
            continue
        if other.statistics["b"].same_print(b.printed) and other.statistics["beta"].same_print(own.printed):
            continue
        there = Number(other.statistics["b"], other, "b"), Number(other.statistics["beta"], other, "beta")
        ratio = regression.inverse_ratio(there[0].span, there[1].span)
        exact = regression.inverse_ratio(_point(there[0]), _point(there[1]))
        if ratio is None or exact is None:
            continue
        note = "B/β is SD(y)/SD(x), the same for one pair of variables in the same patients"
        route = f"B divided by the B/β of {other.where}"
        values = over(lambda x, y: x / y, b.span, ratio)
        yield Attempt(
            route, float(b.printed) / exact.middle, values, note=note, inputs=(b.name, *(n.name for n in there))
        )


def _t(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    b, lower, upper = (facts.number(o, name) for name in ("b", "lower", "upper"))
    if b is None or lower is None or upper is None or not symmetric(lower.observation):
        return
    df, source = residual_df(o, facts)
    level, names = level_of(o, facts), (b.name, lower.name, upper.name)
    p = facts.number(o, "p")
    line = regression.Line(b.span, lower.span, upper.span, span(o.statistics["t"]), p.span if p else None, level)
    together = "B, interval, t and P"
    if df is None:
        fits = regression.fitting_df(line, range(1, 301))
        note = f"{together} fit on {least_to_most(fits)} df" if fits else f"no df from 1 to 300 fits {together}"
        if not fits:
            yield Attempt("B and its interval on any df", span=NOTHING, note=note, inputs=names)
        yield Attempt("B and its interval", missing=f"degrees of freedom ({source})", note=note, inputs=names)
        return
    values = regression.t_from_interval(b.span, lower.span, upper.span, df, level)
    note = f"{together} fit on {df} df"
    if not regression.fitting_df(line, range(df, df + 1)):
        fits = regression.fitting_df(line, range(least_df(df), df))
        none = f"no df from {least_df(df)} to {df} fits {together}"
        note = f"{together} fit on {least_to_most(fits)} df" if fits else none
    point = regression.t_from_interval(_point(b), _point(lower), _point(upper), df, level).middle
    yield Attempt(f"B and its interval on {df} df ({source})", point, values, note=note, inputs=names)


def _r_squared(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    contrast, n = facts.contrast(o), facts.patients(o)
    if contrast is None or n is None:
        return
    tables: dict[str, list[Observation]] = {}
    for x in facts.observations:
        if x.about.contrast == contrast.contrast and x.cohort == o.cohort and {"beta", "t"} <= set(x.statistics):
            tables.setdefault(x.where.partition(",")[0], []).append(x)
    for table, lines in tables.items():
        k = predictors(lines[0], facts)
        if k is None or n - k - 1 < 1:
            continue
        pairs = tuple((span(x.statistics["beta"]), span(x.statistics["t"])) for x in lines)
        least = regression.least_adjusted_r_squared(pairs, n, k)
        f = regression.f_from_adjusted(span(o.statistics[statistic]), n, k)
        note = f"only a bound: β and t of each term need at least so much; model F between {f.low:.3g} and {f.high:.3g}"
        names = tuple(x.name(s) for x in lines for s in ("beta", "t"))
        route = f"least R² that β and t of {table} allow (n = {n}, {k} predictors)"
        yield Attempt(route, None, Span(least, 1.0), note=note, inputs=names)


def _effect_size(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    p, n = facts.number(o, "p"), facts.patients(o)
    if p is None or n is None:
        return
    for number, what in ((n, "pairs"), (2 * n, "measurements")):
        values = wilcoxon_r(p.span, number)
        point = None if p.printed.bound else wilcoxon_r(_point(p), number).middle
        values = Span(values.low, min(values.high, 1.0))
        if float(o.statistics[statistic]) < 0:
            values, point = Span(-values.high, -values.low), None if point is None else -point
        note = "P is a bound, so r is one too" if p.printed.bound else ""
        yield Attempt(f"r = Z/√N from P with N = {number} {what}", point, values, note=note, inputs=(p.name,))


def _rho(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    p, n = facts.number(o, "p"), facts.patients(o)
    yield Attempt("rank correlation", missing="the patients' values of both variables")
    if p is not None and n is not None and n > 3 and not p.printed.bound:
        route = f"|rho| that the printed P needs (n = {n})"
        values = rho_from_p(p.span, n)
        yield Attempt(route, rho_from_p(_point(p), n).middle, values, binding=False, inputs=(p.name,))


def _u(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    contrast = facts.contrast(o)
    if contrast is None or len(contrast.arms) != 2:
        return
    one, two = (facts.grades(o, arm) for arm in contrast.arms)
    if one and two:
        first, second = [k for _, k in one], [k for _, k in two]
        u = ranked_grades(first, second).u
        for value in (u, sum(first) * sum(second) - u):
            yield Attempt("U from the patients in each grade", value, exactly(value))


def _z(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    p = facts.number(o, "p")
    if p is not None and not p.printed.bound and p.span.low > 0:
        sizes = sorted(normal_size(q) for q in p.span)
        sign = -1 if float(o.statistics["z"]) < 0 else 1
        ends = sorted(sign * s for s in sizes)
        yield Attempt("|Z| from P", sign * normal_size(float(p.printed)), Span(ends[0], ends[1]), inputs=(p.name,))


def _chi2(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    p = facts.number(o, "p")
    df = facts.number(o, "df")
    if p is None or df is None or p.printed.bound or p.span.low <= 0:
        return
    d = int(df.printed.value)
    if d < 1:
        raise ValueError(f"chi-square needs at least one degree of freedom, not {d}")
    values = Span(chi_square_size(p.span.high, d), chi_square_size(p.span.low, d))
    yield Attempt(f"chi-square from P on {d} df", chi_square_size(float(p.printed), d), values, inputs=(p.name,))


def _visits(o: Observation, facts: Facts, names: tuple[str, ...]) -> tuple[Number, Number] | None:
    contrast = facts.contrast(o)
    if contrast is None or contrast.kind != "within arm" or o.about.variable is None:
        return None
    after = contrast.to or o.about.at
    visits = [facts.visit(contrast.arms[0], o.cohort, o.about.variable, at, o) for at in (contrast.from_, after)]
    for name in names:
        numbers = [Number(v.statistics[name], v, name) for v in visits if v and name in v.statistics]
        if len(numbers) == 2:
            return numbers[0], numbers[1]
    return None


def _mean_change(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    found = _visits(o, facts, ("mean",) if statistic == "mean_change" else ("median",))
    if found is not None:
        before, after = found
        point = float(after.printed.value - before.printed.value)
        what = "means" if statistic == "mean_change" else "medians"
        values = difference(after.span, before.span)
        yield Attempt(f"difference of the two {what}", point, values, inputs=(before.name, after.name))


def _median_change(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    yield Attempt("median of the changes", missing="the patients' changes")
    found = _visits(o, facts, ("median",))
    if found is not None:
        before, after = found
        point = float(after.printed.value - before.printed.value)
        values, names = difference(after.span, before.span), (before.name, after.name)
        note = "another quantity: the difference of two medians is not the median of the differences"
        yield Attempt("difference of the two medians", point, values, binding=False, note=note, inputs=names)


def _reduction(o: Observation, statistic: str, facts: Facts) -> Iterator[Attempt]:
    found = _visits(o, facts, ("mean", "median", "centre"))
    if found is not None and found[0].span.low > 0:
        before, after = found
        point = percent_reduction(_point(before), _point(after)).middle
        values = percent_reduction(before.span, after.span)
        yield Attempt("100 (1 - after/before)", point, values, inputs=(before.name, after.name))


def interval_missing(o: Observation) -> str:
    """Say what the interval of a median change needs."""
    how = o.about.ci_method or "its method"
    return f"the patients' changes ({how}; a bootstrap also needs its seed)"


def reported_interval(lower: Printed, upper: Printed) -> str:
    """Give an interval as printed."""
    return f"{lower.text} to {upper.text}"


ROUTES: dict[str, tuple[Route, str]] = {
    "hazard_ratio": (_ratio, "the confidence interval, or log-rank P and events of both groups"),
    "odds_ratio": (_ratio, "the confidence interval, or counts of both groups"),
    "risk_ratio": (_ratio, "the confidence interval, or counts of both groups"),
    "b": (_coefficient, "the confidence interval"),
    "beta": (_beta, "the standard deviations of both variables, or B and β of the term in a second place"),
    "t": (_t, "B with its confidence interval"),
    "rho": (_rho, "the patients' values of both variables"),
    "effect_size": (_effect_size, "P or Z, and the number of patients"),
    "u": (_u, "the patients' values, or the patients in each grade"),
    "z": (_z, "an exact P"),
    "chi2": (_chi2, "an exact P and the degrees of freedom"),
    "adjusted_r_squared": (_r_squared, "β and t of every term, and the number of patients"),
    "mean_change": (_mean_change, "the means at both visits"),
    "change_of_medians": (_mean_change, "the medians at both visits"),
    "median_change": (_median_change, "the patients' changes"),
    "percent_reduction": (_reduction, "the values at both visits"),
}
"""The route to every effect, and what is missing where it cannot start."""
