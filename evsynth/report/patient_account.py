"""The analyses of a table of patients in words, as JSON, and as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evsynth.reanalyse.ipd.analyse import Analysis, Table, WeightedResult, number
from evsynth.reanalyse.ipd.curves import numbers_at_risk
from evsynth.reanalyse.ipd.spec import IpdSpec
from evsynth.report.drawing import Picture
from evsynth.report.patient_figures import Box, BoxPair, Cell, Imbalance, box_plots, heat_map, love_plot
from evsynth.report.survival_figure import Steps, draw_survival, ticks


def lines(found: Analysis, spec: IpdSpec) -> list[str]:
    """Give the whole analysis as a statistician writes it."""
    return [*_pairs(found, spec), *_visits(found), *_groups(found), *_correlations(found), *_model(found, spec),
            *(_weighted(found.weighted, spec) if found.weighted else ())]  # fmt: skip


def _pairs(found: Analysis, spec: IpdSpec) -> Iterator[str]:
    if found.pairs:
        yield (
            f"Before and after (Wilcoxon signed-rank, r = |Z|/√pairs; median change with {spec.level:g}% bootstrap "
            f"interval, {spec.replicates:,} replicates, seed {spec.seed})"
        )
    for p in found.pairs:
        gate = ""
        if p.normality is not None:
            gate = f"; Shapiro-Wilk of the changes P {_p(p.normality.p)}, {'' if p.normality.normal else 'not '}normal"
        exact = f", exact P {_p(p.test.p_exact)}" if p.test.p_exact is not None else ""
        yield (
            f"  {p.measure}: {p.test.pairs} pairs, {p.test.changed} changed; median change {p.change.median:.4g} "
            f"({p.change.lower:.4g} to {p.change.upper:.4g}), Z {p.test.z:.3f}, P {_p(p.test.p)}{exact}, "
            f"r {p.test.r:.3f}{gate}"
        )


def _visits(found: Analysis) -> Iterator[str]:
    if found.visits:
        yield "Visits against baseline (Wilcoxon signed-rank, Bonferroni over the visits)"
    for v in found.visits:
        for visit, test, adjusted in zip(v.visits, v.tests, v.adjusted, strict=True):
            yield f"  {v.measure}, {visit}: {test.pairs} pairs, Z {test.z:.3f}, P {_p(test.p)}, adjusted {_p(adjusted)}"


def _groups(found: Analysis) -> Iterator[str]:
    if found.continuous or found.categorical:
        yield "Two groups"
    for name, rank in found.continuous:
        exact = f", exact {_p(rank.p_exact)}" if rank.p_exact is not None else ""
        size = f"{rank.n1} and {rank.n2}"
        yield f"  {name}: Mann-Whitney U {rank.smaller_u:g} ({size}), Z {rank.z:.3f}, P {_p(rank.p)}{exact}"
    for name, table in found.categorical:
        yield f"  {name}: {table.test}, P {_p(table.p)} (smallest expected count {table.smallest_expected:.3g})"


def _correlations(found: Analysis) -> Iterator[str]:
    if found.correlations:
        yield "Spearman correlations of the changes"
    for c in found.correlations:
        yield f"  {c.one} and {c.two}: ρ {c.rho:.3f}, P {_p(c.p)} ({c.patients} patients)"


def _model(found: Analysis, spec: IpdSpec) -> Iterator[str]:
    model = found.regression
    if model is None or spec.regression is None:
        return
    yield (
        f"Linear regression of {spec.regression.outcome}: {model.patients} patients, adjusted R² "
        f"{model.adjusted_r_squared:.3f}, F {model.f:.3f}, P {_p(model.f_p)}"
    )
    for t in model.terms:
        beta = f", β {t.beta:.3f}" if t.beta is not None else ""
        yield f"  {t.term}: B {t.b:.4g} ({t.lower:.4g} to {t.upper:.4g}){beta}, t {t.t:.3f}, P {_p(t.p)}"


def _weighted(w: WeightedResult, spec: IpdSpec) -> Iterator[str]:
    weights = w.weights
    yield f"Weighted comparison: {w.patients} patients, {w.left_out} left out for missing values"
    yield (
        f"  weights {weights.smallest:.3g} to {weights.largest:.3g}; effective patients "
        f"{weights.effective_treated:.1f} treated, {weights.effective_others:.1f} others"
    )
    for b in w.balance:
        yield f"  {b.covariate}: standardised difference {b.before:.3f} before, {b.after:.3f} after"
    yield f"  log-rank: weighted P {_p(w.log_rank.p)}, crude P {_p(w.log_rank_crude.p)}"
    for name, model in (("weighted, robust error", w.cox), ("crude", w.cox_crude)):
        for h in model.hazards:
            yield f"  Cox, {name}: hazard ratio {h.ratio:.3f} ({h.lower:.3f} to {h.upper:.3f}), P {_p(h.p)}"
    yield "  the robust error takes the weights as known; the estimation of the propensity score is not in it"


def _p(p: float) -> str:
    return "<0.0001" if p < 0.0001 else f"{p:.3g}"


def figures(table: Table, found: Analysis, spec: IpdSpec) -> dict[str, Picture]:
    """Give the figures the analyses have, by name."""
    made = {}
    if found.pairs:
        pairs = [
            BoxPair(r.measure, box(number(table, p.before)), box(number(table, p.after)), r.test.p)
            for p, r in zip(spec.pairs, found.pairs, strict=True)
        ]
        made["before-after"] = box_plots(pairs, title="Before and after treatment", visits=("before", "after"))
    if len(found.correlations) > 1:
        cells = [Cell(c.one, c.two, c.rho, c.p) for c in found.correlations]
        made["correlations"] = heat_map(cells, title="Correlation of the changes")
    if found.weighted is not None and spec.weighting is not None:
        balance = [Imbalance(b.covariate, b.before, b.after) for b in found.weighted.balance]
        made["balance"] = love_plot(balance, title="Balance before and after weighting")
        made["survival"] = _survival(table, found.weighted, spec)
    return made


def _survival(table: Table, w: WeightedResult, spec: IpdSpec) -> Picture:
    import numpy as np

    wanted = spec.weighting
    assert wanted is not None
    time = number(table, wanted.time)
    first = np.array([str(v) == wanted.treated for v in table[wanted.treatment]])
    curves = []
    at = ticks(float(time[w.included].max()))
    for label, group, curve in ((wanted.treated, first, w.curves[0]), ("others", ~first, w.curves[1])):
        own = time[group & w.included]
        numbers = tuple(f"{n:.0f}" for n in numbers_at_risk(own, np.array(at)))
        steps = (tuple(map(float, curve.times)), tuple(map(float, curve.survival)))
        curves.append(Steps(label, *steps, float(own.max()), numbers))
    hazard = w.cox.hazards[0]
    notes = (
        f"Weighted Kaplan-Meier curves. Weighted hazard ratio {hazard.ratio:.2f} "
        f"({spec.level:g}% CI {hazard.lower:.2f} to {hazard.upper:.2f}, robust), weighted log-rank P "
        f"{_p(w.log_rank.p)}. Numbers at risk are patients, not weights.",
    )
    return draw_survival(curves, name="survival", title="Survival, weighted", unit=wanted.time, notes=notes)


def box(values: Any) -> Box:
    """Give the box of the values that are known (quartiles by linear interpolation)."""
    import numpy as np

    known = np.sort(values[np.isfinite(values)])
    q1, median, q3 = (float(x) for x in np.quantile(known, [0.25, 0.5, 0.75]))
    reach = 1.5 * (q3 - q1)
    inside = known[(known >= q1 - reach) & (known <= q3 + reach)]
    beyond = tuple(float(v) for v in known if v < q1 - reach or v > q3 + reach)
    return Box(q1, median, q3, float(inside[0]), float(inside[-1]), beyond)


def as_json(found: Analysis) -> dict[str, Any]:
    """Give everything as JSON; curves as lists of times, numbers at risk and survival."""
    weighted = found.weighted
    return {
        "pairs": [{"measure": p.measure, **p.test._asdict(), "change": p.change._asdict(),
                   "normality": p.normality._asdict() if p.normality else None} for p in found.pairs],
        "visits": [{"measure": v.measure, "visits": [{"visit": n, **t._asdict(), "adjusted": a} for n, t, a in
                                                     zip(v.visits, v.tests, v.adjusted, strict=True)]}
                   for v in found.visits],
        "continuous": [{"column": name, **test._asdict()} for name, test in found.continuous],
        "categorical": [{"column": name, **test._asdict()} for name, test in found.categorical],
        "correlations": [c._asdict() for c in found.correlations],
        "regression": None if found.regression is None else {
            **found.regression._asdict(), "terms": [t._asdict() for t in found.regression.terms]},
        "weighted": None if weighted is None else {
            "patients": weighted.patients, "left_out": weighted.left_out,
            "propensity": dict(zip(weighted.propensity.terms, weighted.propensity.coefficients, strict=True)),
            "effective": [weighted.weights.effective_treated, weighted.weights.effective_others],
            "weights": [weighted.weights.smallest, weighted.weights.largest],
            "balance": [b._asdict() for b in weighted.balance],
            "curves": [_curve(c) for c in weighted.curves],
            "log_rank": weighted.log_rank._asdict(), "log_rank_crude": weighted.log_rank_crude._asdict(),
            "cox": [h._asdict() for h in weighted.cox.hazards],
            "cox_crude": [h._asdict() for h in weighted.cox_crude.hazards],
        },
    }  # fmt: skip


def _curve(curve: Any) -> dict[str, Sequence[float]]:
    return {
        "time": [float(t) for t in curve.times], "at_risk": [float(n) for n in curve.at_risk],
        "survival": [float(s) for s in curve.survival],
    }  # fmt: skip
