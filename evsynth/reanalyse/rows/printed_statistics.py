"""P from a statistic printed with it: t, Z, chi-square, U, rho, Wilcoxon's r, or a coefficient or ratio with limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evsynth.model.observation import Observation
from evsynth.reanalyse.correlation import correlation_p, exact_spearman, normal_p, patients_that_fit
from evsynth.reanalyse.distributions import chi_square_tail, normal_two_sided
from evsynth.reanalyse.facts import Facts, Number
from evsynth.reanalyse.means import p_range, paired_t, two_sided
from evsynth.reanalyse.ranks import mann_whitney, ranked_grades, tie_share, wilcoxon_p
from evsynth.reanalyse.ratios import p_from_interval
from evsynth.reanalyse.regression import t_from_interval
from evsynth.reanalyse.result import NOTHING, Attempt, Kind, guarded
from evsynth.reanalyse.rows.named_tests import families, tests_of
from evsynth.reanalyse.rows.terms import least_df, least_to_most, level_of, residual_df, symmetric
from evsynth.reanalyse.spans import Span, exactly, falling

TIMES = "times to event, or the curve with numbers at risk and the events of both groups"
EXACT_PAIRS_LIKELY = 25
"""Up to here programs often print the exact P of the signed-rank test, which r does not give."""

RATIOS = ("hazard_ratio", "odds_ratio", "risk_ratio")
Grades = tuple[tuple[int, int], ...]


def from_printed_statistics(o: Observation, facts: Facts) -> Iterator[Attempt]:
    """Give every route to P from a statistic that is printed for the same quantity."""
    for name, route, kind in _ROUTES:
        yield from guarded(name, route(o, facts), kind)


def _from_t(o: Observation, facts: Facts) -> Iterator[Attempt]:
    t = facts.number(o, "t")
    if t is None:
        return
    df, source = residual_df(o, facts)
    if df is None:
        yield Attempt("t and df", missing=f"degrees of freedom ({source})", inputs=(t.name,))
        return
    point, values = two_sided(float(t.printed), df), p_range(t.span, exactly(df))
    yield Attempt(f"t on {df} df ({source})", point, values, inputs=(t.name,))
    if source == "n1 + n2 - 2":
        fewest = min(n for arm in _arms(o, facts) if (n := facts.arm_patients(o.cohort, arm)) is not None) - 1
        welch = p_range(t.span, Span(float(max(1, fewest)), float(df)))
        yield Attempt(f"t on Welch's degrees of freedom ({fewest} to {df})", None, welch, inputs=(t.name,))
    elif source != "printed":
        yield from _fewer(o, facts, t.span, df)


def _arms(o: Observation, facts: Facts) -> tuple[str, ...]:
    contrast = facts.contrast(o)
    return contrast.arms if contrast else ()


def _fewer(o: Observation, facts: Facts, t: Span, df: int) -> Iterator[Attempt]:
    """Say on which smaller degrees of freedom a P fits that the derived ones do not give."""
    p = o.statistics.get("p")
    if p is None or p.bound or p_range(t, exactly(df)).meets(Number(p, o, "p").span):
        return
    fits = [d for d in range(least_df(df), df) if p_range(t, exactly(d)).meets(Number(p, o, "p").span)]
    if fits:
        note = f"explains: on {least_to_most(tuple(fits))} df it fits (fewer patients, or further predictors)"
        yield Attempt("fewer degrees of freedom", binding=False, note=note)


def _from_interval(o: Observation, facts: Facts) -> Iterator[Attempt]:
    found = facts.interval(o, "b")
    if found is None:
        return
    b, lower, upper = found
    names = (b.name, lower.name, upper.name)
    df, source = residual_df(lower.observation, facts)
    if df is None:
        yield Attempt("B and its interval", missing=f"degrees of freedom ({source})", inputs=names)
        return
    if not symmetric(lower.observation):
        yield Attempt("B and its interval", missing=f"a symmetric interval (it is {lower.observation.about.ci_method})")
        return
    level = level_of(lower.observation, facts)
    t = t_from_interval(b.span, lower.span, upper.span, df, level)
    p = two_sided(_point_t(b, lower, upper, df, level), df)
    yield Attempt(f"B and its interval on {df} df ({source})", p, p_range(t, exactly(df)), inputs=names)
    if source != "printed":
        yield from _fewer(o, facts, t, df)


def _point_t(b: Number, lower: Number, upper: Number, df: float, level: float) -> float:
    point = [exactly(float(n.printed)) for n in (b, lower, upper)]
    return t_from_interval(point[0], point[1], point[2], df, level).middle


def _from_z(o: Observation, facts: Facts) -> Iterator[Attempt]:
    z = facts.number(o, "z")
    if z is not None:
        values = falling(normal_two_sided, z.span.absolute())
        yield Attempt("Z, normal distribution", normal_two_sided(float(z.printed)), values, inputs=(z.name,))


def _from_chi2(o: Observation, facts: Facts) -> Iterator[Attempt]:
    statistic = facts.number(o, "chi2")
    if statistic is None:
        return
    printed = facts.number(o, "df")
    contrast = facts.contrast(o)
    levels = max(2, len(o.about.variables))
    df = int(printed.printed.value) if printed else (levels - 1) * (len(contrast.arms) - 1) if contrast else 0
    if df < 1:
        yield Attempt("chi-square and df", missing="degrees of freedom", inputs=(statistic.name,))
        return
    size = Span(max(0.0, statistic.span.low), statistic.span.high)
    point = chi_square_tail(float(statistic.printed), df)
    yield Attempt(
        f"chi-square on {df} df", point, falling(lambda x: chi_square_tail(x, df), size), inputs=(statistic.name,)
    )


def _from_ratio(o: Observation, facts: Facts) -> Iterator[Attempt]:
    another = "log-rank" in families(o.about.test)
    for name in RATIOS:
        if facts.number(o, name, anywhere=another) is None:
            continue
        found = facts.interval(next(x for x in facts.same_quantity(o) if name in x.statistics), name)
        if found is None:
            if not another:
                yield Attempt(f"{name.replace('_', ' ')} and its interval", missing="the confidence interval")
            continue
        ratio, lower, upper = found
        level = level_of(lower.observation, facts)
        values = p_from_interval(ratio.span, lower.span, upper.span, level)
        ends = [exactly(float(n.printed)) for n in (ratio, lower, upper)]
        point = p_from_interval(ends[0], ends[1], ends[2], level)
        names = (ratio.name, lower.name, upper.name)
        route = f"{name.replace('_', ' ')} and its interval, Wald on the log scale"
        note = "the log-rank test is another test; adjusted or weighted, it need not agree" if another else ""
        if not symmetric(lower.observation):
            yield Attempt(route, missing=f"a symmetric interval (it is {lower.observation.about.ci_method})")
            continue
        yield Attempt(route, point.middle, values, binding=not another, note=note, inputs=names)
    if another:
        yield Attempt("log-rank test", missing=TIMES)


def _from_rho(o: Observation, facts: Facts) -> Iterator[Attempt]:
    rho = facts.number(o, "rho")
    if rho is None:
        return
    n = facts.patients(o)
    if n is None or n < 3:
        yield Attempt("rho and the number of patients", missing="the number of patients", inputs=(rho.name,))
        return
    point = correlation_p(exactly(float(rho.printed)), n).middle
    fit = ""
    p = o.statistics.get("p")
    if p is not None and not p.bound and not correlation_p(rho.span, n).meets(Number(p, o, "p").span):
        others = patients_that_fit(rho.span, Number(p, o, "p").span, 10 * n)
        fit = f"the printed P is that of {least_to_most(others)} patients" if others else ""
    yield Attempt(f"rho, t on {n - 2} df (n = {n})", point, correlation_p(rho.span, n), note=fit, inputs=(rho.name,))
    exact = exact_spearman(rho.span, n)
    if exact is not None:
        yield Attempt(f"rho, exact distribution (n = {n}, no ties)", exact.middle, exact, inputs=(rho.name,))
    normal = normal_p(rho.span, n)
    yield Attempt(f"rho, normal approximation (n = {n})", normal.middle, normal, binding=n < 20, inputs=(rho.name,))


def _from_effect_size(o: Observation, facts: Facts) -> Iterator[Attempt]:
    r = facts.number(o, "effect_size", anywhere=True)
    if r is None:
        return
    n = facts.patients(o)
    if n is None:
        yield Attempt("Wilcoxon r = Z/√N", missing="the number of patients", inputs=(r.name,))
        return
    for number, what in ((n, "pairs"), (2 * n, "measurements")):
        point = wilcoxon_p(exactly(float(r.printed)), number).middle
        route = f"Wilcoxon r = Z/√N with N = {number} {what}"
        yield Attempt(route, point, wilcoxon_p(r.span, number), inputs=(r.name,))
    if n <= EXACT_PAIRS_LIKELY:
        yield Attempt("exact signed-rank P", missing="the patients' changes (so few pairs often get an exact P)")
    p = o.statistics.get("p")
    if p is not None and not p.bound:
        fewer = [m for m in range(1, n) if wilcoxon_p(r.span, m).meets(Number(p, o, "p").span)]
        if fewer:
            note = f"explains: r taken over {least_to_most(tuple(fewer))} pairs, those that changed"
            yield Attempt("r over the pairs that changed", binding=False, note=note, inputs=(r.name,))


def _from_mean_change(o: Observation, facts: Facts) -> Iterator[Attempt]:
    """The paired t of a mean change, from its SD or its interval; a rank test of the changes may have been used."""
    change, n = facts.number(o, "mean_change"), facts.patients(o)
    if change is None or n is None or n < 2:
        return
    sd, named = facts.number(o, "sd"), tests_of(o, facts)
    found = facts.interval(o, "mean_change")
    if sd is None and (found is None or not symmetric(found[1].observation)):
        return
    names: tuple[str, ...]
    if sd is not None:
        test = paired_t(change.span, sd.span, n)
        route, names = f"paired t from mean change and SD, {n} pairs", (change.name, sd.name)
        point, values = test.p, test.p_span
    else:
        assert found is not None
        _, lower, upper = found
        level = level_of(lower.observation, facts)
        t = t_from_interval(change.span, lower.span, upper.span, n - 1, level)
        route, names = f"paired t from mean change and interval, {n} pairs", (change.name, lower.name, upper.name)
        point, values = two_sided(_point_t(change, lower, upper, n - 1, level), n - 1), p_range(t, exactly(n - 1))
    yield Attempt(route, point, values, inputs=names)
    if "t" not in named or named & {"wilcoxon", "mann-whitney"}:
        yield Attempt("rank test of the changes", missing="the patients' changes (the test may be rank-based)")


def _from_u(o: Observation, facts: Facts) -> Iterator[Attempt]:
    u, contrast = facts.number(o, "u"), facts.contrast(o)
    if u is None or contrast is None or len(contrast.arms) != 2:
        return
    n1, n2 = (facts.arm_patients(o.cohort, arm) for arm in contrast.arms)
    if n1 is None or n2 is None:
        yield Attempt("Mann-Whitney U", missing="the patients of both groups", inputs=(u.name,))
        return
    names, groups = (u.name,), f"{n1} and {n2} patients"
    try:
        found = mann_whitney(u.span, n1, n2)
    except ValueError as problem:
        yield Attempt("Mann-Whitney U", note=str(problem), span=NOTHING, inputs=names)
        return
    grades = [facts.grades(o, arm) for arm in contrast.arms]
    if grades[0] and grades[1]:
        yield from grade_tests(grades[0], grades[1])
        return
    yield Attempt(f"U, {groups}, normal, no ties", found.normal, exactly(found.normal), inputs=names)
    corrected = exactly(found.corrected)
    yield Attempt(f"U, {groups}, normal with continuity correction, no ties", found.corrected, corrected, inputs=names)
    if found.exact is not None:
        yield Attempt(f"U, {groups}, exact, no ties", found.exact, exactly(found.exact), inputs=names)
    p, note = o.statistics.get("p"), "ties make P smaller than without ties, never larger"
    if p is not None and not p.bound and 0 < float(p) < found.normal:
        share = tie_share(float(p), float(u.printed), n1, n2)
        note += f"; the printed P needs ties of Σ(t³−t)/(N³−N) = {share:.2g}"
    yield Attempt(f"U, {groups}, any ties", None, Span(0.0, found.bound), note=note, inputs=names)


def grade_tests(one: Grades, two: Grades) -> Iterator[Attempt]:
    """Give the Mann-Whitney P of two groups whose patients are counted grade by grade."""
    found = ranked_grades([k for _, k in one], [k for _, k in two])
    route = "Mann-Whitney from the patients in each grade, ties known"
    note = f"U = {found.u:g}"
    yield Attempt(route, found.p, exactly(found.p), note=note, kind="ranks")
    corrected = exactly(found.p_corrected)
    yield Attempt(f"{route}, continuity correction", found.p_corrected, corrected, note=note, kind="ranks")


_ROUTES: tuple[tuple[str, Callable[[Observation, Facts], Iterator[Attempt]], Kind], ...] = (
    ("t", _from_t, "statistic"),
    ("B and its interval", _from_interval, "regression"),
    ("Z", _from_z, "statistic"),
    ("chi-square", _from_chi2, "statistic"),
    ("ratio and its interval", _from_ratio, "ratio"),
    ("rho", _from_rho, "correlation"),
    ("Wilcoxon r", _from_effect_size, "change"),
    ("mean change", _from_mean_change, "change"),
    ("Mann-Whitney U", _from_u, "ranks"),
)
