"""Fits a pool of two arms from their counts as its choices say: Mantel-Haenszel, Peto, mixed models, beta-binomial.

No study needs an effect of its own, so zero cells stay as they are. Every study that says nothing about a ratio is
named, and so is what each model does with it. The shares shown beside the studies are weights where a model has them
(Mantel-Haenszel, Peto) and shares of patients where it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

from evsynth.model.effect import Effect
from evsynth.model.estimate import Companion, Figures
from evsynth.model.pool import Pool
from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.pooled import Pooled, back, warned
from evsynth.pooling.rare_events.beta_binomial_arms import BetaBinomialArms, beta_binomial_arms
from evsynth.pooling.rare_events.beta_binomial_arms import Measure as ArmMeasure
from evsynth.pooling.rare_events.glmm import Model as GlmmModel
from evsynth.pooling.rare_events.glmm import two_arm_glmm
from evsynth.pooling.rare_events.glmm_result import Glmm, Interval, Prediction
from evsynth.pooling.rare_events.mantel_haenszel import CountMeasure, mantel_haenszel
from evsynth.pooling.rare_events.peto import peto
from evsynth.pooling.rare_events.stratified import StratifiedPool
from evsynth.pooling.rare_events.tables import LeftOut, TwoArms, check_two_arms

SHORT = {"log odds ratio": "OR", "log risk ratio": "RR", "risk difference": "RD", "log rate ratio": "IRR"}
"""What the measures of a pool are called by the models of counts."""

GLMMS: dict[str, GlmmModel] = {
    "glmm-conditional": "CM.EL",
    "glmm-conditional-approximate": "CM.AL",
    "glmm-fixed-studies": "UM.FS",
    "glmm-random-studies": "UM.RS",
}

WEIGHTED = ("mantel-haenszel", "peto")
"""Models that have weights; the others have none."""

Fitted = StratifiedPool | Glmm | BetaBinomialArms


def fit(asked: Pool, effects: tuple[Effect, ...], level: float) -> Pooled:
    """Fit the counts of `effects`. Raises InputError for impossible counts or a model that has no answer for them."""
    arms = [[e.events[0], e.totals[0], e.events[1], e.totals[1]] for e in effects]
    columns = [[row[i] for row in arms] for i in range(4)]
    return fit_tables(asked, check_two_arms(*columns, labels=[e.label for e in effects]), level)


def fit_tables(asked: Pool, tables: TwoArms, level: float) -> Pooled:
    """Fit checked counts or rates. Raises InputError as `fit`."""
    model, short = asked.choices.model, SHORT[asked.measure]
    found = _found(asked, tables, short, level)
    if not isinstance(found, StratifiedPool):
        _demand_converged(found)
    to = back("natural" if short == "RD" else "log")
    companions = () if model == "mantel-haenszel" else _beside(tables, short, level)
    weights = _weights(model, short, tables)
    return Pooled("pooled", _figures(found, asked, tables, level), _fitted(found, asked), weights, tuple(
        c._replace(estimate=to(c.estimate or 0.0), lower=to(c.lower or 0.0), upper=to(c.upper or 0.0))
        for c in companions
    ), warned(_codes(found)))  # fmt: skip


def _found(asked: Pool, tables: TwoArms, short: str, level: float) -> Fitted:
    choices = asked.choices
    if choices.model == "mantel-haenszel":
        return mantel_haenszel(tables, cast(CountMeasure, short), level=level)
    if choices.model == "beta-binomial":
        if short not in get_args(ArmMeasure):
            raise InputError(["the beta-binomial model is for patients, not for person-time; use a glmm model"])
        return beta_binomial_arms(tables, cast(ArmMeasure, short), level=level)
    if short not in ("OR", "IRR"):
        raise InputError([f"the model {choices.model!r} gives odds ratios (or rate ratios), not {short}"])
    if choices.model == "peto":
        if short == "IRR":
            raise InputError(["Peto's method is for patients, not for person-time"])
        return peto(tables, level=level)
    predict = "V" if choices.prediction == "none" else choices.prediction
    found = two_arm_glmm(
        tables, model=GLMMS[choices.model], interval=cast(Interval, choices.interval),
        prediction=cast(Prediction, predict), level=level,
        double_zero="keep" if choices.model == "glmm-random-studies" else "exclude",
    )  # fmt: skip
    return found._replace(prediction=None) if choices.prediction == "none" else found


def _demand_converged(found: Glmm | BetaBinomialArms) -> None:
    """Refuse a maximum that is not proven to be one: nothing else answers in its place unasked."""
    if isinstance(found, Glmm):
        why = found.convergence.why_not if found.convergence else ("not checked",)
    else:
        why = found.why_not
    if not found.converged:
        words = "ask for another model by name, for example mantel-haenszel"
        raise InputError([f"{found.model} did not converge: {'; '.join(why)}; {words}"])


def _figures(found: Fitted, asked: Pool, tables: TwoArms, level: float) -> Figures:
    scale = "natural" if asked.measure == "risk difference" else "log"
    to = back(scale)
    spread = found.heterogeneity if isinstance(found, StratifiedPool) else None
    mixed = found if isinstance(found, Glmm) else None
    q = (spread.q, spread.df, spread.p) if spread else (None, None, None)
    new = mixed.prediction if mixed else None
    df = f" with {mixed.df} df" if mixed and mixed.df is not None else ""
    return Figures(
        measure=asked.measure, scale=scale, estimate=to(found.estimate), lower=to(found.lower), upper=to(found.upper),
        level=100 * level, interval=f"{asked.choices.interval}{df}", p=found.p,
        tau2=mixed.tau2 if mixed else None, tau2_lower=None, tau2_upper=None,
        i2_tau2=mixed.i2_tau2 if mixed else None, i2_q=spread.i2_q if spread else None, q=q[0], q_df=q[1], q_p=q[2],
        prediction=new.name if new else "none", prediction_lower=to(new.lower) if new else None,
        prediction_upper=to(new.upper) if new else None,
        events=int(tables.x1.sum() + tables.x2.sum()),
        total=None if tables.rates else int((tables.n1 + tables.n2).sum()),
    )  # fmt: skip


def _fitted(found: Fitted, asked: Pool) -> dict[str, str]:
    said = {"model": f"{asked.choices.model}: {found.model}"}
    if isinstance(found, StratifiedPool):
        said |= {"variance": found.variance, "zero cells": "as they are, no correction"}
        if found.breslow_day:
            test = found.breslow_day
            said["odds ratios alike"] = f"Breslow-Day chi² {test.statistic:.4g}, {test.df} df, P={test.p:.3g}"
    elif isinstance(found, Glmm):
        check = found.convergence
        said |= {"method": found.method, "optimiser": found.optimiser, "zero cells": "as they are, no correction"}
        if check:
            said["convergence"] = (
                f"{check.nodes} quadrature nodes, doubling them moves the likelihood by "
                f"{check.change_on_doubling_nodes:.1e}, scaled gradient {check.scaled_gradient:.1e}, "
                "highest on the profile over τ"
            )
        if found.q_lrt:
            test = found.q_lrt
            said["heterogeneity"] = f"likelihood ratio chi² {test.statistic:.4g}, {test.df} df, P={test.p:.3g}"
    else:
        said |= {
            "optimiser": found.optimiser, "overdispersion": f"rho = {found.rho:.4g}",
            "mean risks": f"{found.mean_1:.4g} and {found.mean_2:.4g}", "zero cells": "as they are, no correction",
        }  # fmt: skip
    if found.left_out:
        said["left out"] = "; ".join(_left(one) for one in found.left_out)
    said["interval"] = f"{asked.choices.interval}, {'natural' if asked.measure == 'risk difference' else 'log'} scale"
    return said


def _left(one: LeftOut) -> str:
    return f"{one.label or f'study {one.study}'} ({one.because})"


def _codes(found: Fitted) -> tuple[str, ...]:
    return found.codes


def _beside(tables: TwoArms, short: str, level: float) -> tuple[Companion, ...]:
    """Give the Mantel-Haenszel pool of the same counts on the analysis scale, where it has one."""
    try:
        found = mantel_haenszel(tables, cast(CountMeasure, short), level=level)
    except InputError:
        return ()
    method = f"{found.model}, {found.variance}, no correction"
    return (Companion("Mantel-Haenszel", found.estimate, found.lower, found.upper, method),)


def _weights(model: str, short: str, tables: TwoArms) -> tuple[float, ...]:
    """Give weights in percent; shares of patients (or person-time) for models without weights."""
    x1, n1, x2, n2 = tables[:4]
    n = n1 + n2
    if model == "peto":
        x = x1 + x2
        raw: FloatArray = n1 * n2 * x * (n - x) / (n * n * (n - 1))
    elif model == "mantel-haenszel":
        products = {"OR": (n1 - x1) * x2 / n, "RR": n1 * x2 / n, "RD": n1 * n2 / n, "IRR": n1 * x2 / n}
        raw = products[short]
    else:
        raw = n
    total = float(raw.sum())
    return _percent([float(w) for w in raw], total)


def _percent(raw: Sequence[float], total: float) -> tuple[float, ...]:
    return tuple(100.0 * w / total for w in raw)
