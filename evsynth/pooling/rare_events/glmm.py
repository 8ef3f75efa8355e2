"""Generalised linear mixed models for counts in two arms, or in one: no continuity correction anywhere.

    UM.FS      study baselines free, effects normal                     odds or rate ratio
    UM.RS      baselines and effects normal, independent                odds or rate ratio
    UM.RS.cor  the same, correlated                                     odds or rate ratio
    CM.EL      conditional on the margins: noncentral hypergeometric (rates: binomial), effects normal
    CM.AL      the binomial approximation of CM.EL for rare events      odds ratio
    PLO, IRLN  one arm: logit proportions, log rates

Stijnen 2010, doi 10.1002/sim.4040; Jackson 2018, doi 10.1002/sim.7588. Estimates are logs (logits). With one
arm ``expit`` or ``exp`` of the estimate is the *median* study. The number of free baselines grows with the
number of studies in UM.FS, which then understates tau2; the others do not have that fault.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

import numpy.typing as npt
from scipy.stats import chi2

from evsynth.effects.measures.escalc import escalc
from evsynth.pooling.guard import InputError, check_choice, check_counts, check_effects, check_level
from evsynth.pooling.rare_events.climb import Summit, climb_jointly, climb_profile, climb_without_heterogeneity
from evsynth.pooling.rare_events.climb_two import climb_two, climb_two_laplace
from evsynth.pooling.rare_events.glmm_result import Glmm, Interval, Method, Prediction, Shared, glmm_result
from evsynth.pooling.rare_events.homogeneity import Test
from evsynth.pooling.rare_events.kernels import FreeBaselines, Kernel, conditional, one_arm
from evsynth.pooling.rare_events.tables import DoubleZero, LeftOut, TwoArms, few_events, left_out, uninformative

Model = Literal["UM.FS", "UM.RS", "UM.RS.cor", "CM.EL", "CM.AL"]
Optimiser = Literal["profile (Newton, Brent)", "joint (L-BFGS-B)"]
OPTIMISERS: tuple[Optimiser, ...] = get_args(Optimiser)
Integration = Literal["quadrature", "laplace"]


def two_arm_glmm(
    tables: TwoArms,
    *,
    model: Model,
    interval: Interval,
    prediction: Prediction,
    level: float,
    method: Method = "ML",
    optimiser: Optimiser = "profile (Newton, Brent)",
    double_zero: DoubleZero = "exclude",
    integration: Integration = "quadrature",
) -> Glmm:
    """Fit two arms (from ``check_two_arms`` or ``check_two_rates``); look at ``converged`` before using it.

    ``double_zero="keep"`` keeps double-zero studies where they say something (UM.RS); elsewhere they carry
    nothing and are listed in ``left_out`` either way. Laplace's approximation is there to reproduce glmer's
    UM.RS only (code LAPLACE). Raises InputError when fewer than two studies are informative, and when an arm
    has no events or nothing but events: the likelihood then has no maximum.
    """
    level = _options(interval, prediction, level, method, optimiser)
    check_choice("model", model, get_args(Model))
    check_choice("double_zero", double_zero, get_args(DoubleZero))
    check_choice("integration", integration, get_args(Integration))
    if tables.rates and model == "CM.AL":
        raise InputError(["CM.AL approximates CM.EL for counts; for rates CM.EL is as simple: use it"])
    random = model.startswith("UM.RS")
    empty = uninformative(tables)
    keep = double_zero == "keep" and random
    codes = [*few_events(tables)]
    gone: tuple[LeftOut, ...] = ()
    if empty.any() and not keep:
        gone = left_out(tables, empty, "DOUBLE_ZERO: no information about a ratio in this model, or excluded as asked")
        codes.append("DOUBLE_ZERO_EXCLUDED")
    elif empty.any():
        codes.append("DOUBLE_ZERO_KEPT")
    used = tables if keep else tables.take(~empty)
    _demand(used)
    measure = "IRR" if tables.rates else "OR"
    columns = dict(
        zip(("x1i", "t1i", "x2i", "t2i") if used.rates else ("ai", "n1i", "ci", "n2i"), used[:4], strict=True)
    )
    own = escalc(measure, columns, add=0.5, to="only0", drop00=True, undefined="exclude").v
    events = int(used.x1.sum() + used.x2.sum())
    shared = (interval, prediction, level, method, own, events, used.labels, gone)
    if random:
        return _two_random(used, model, measure, integration, optimiser, codes, shared)
    if integration == "laplace":
        raise InputError(["Laplace's approximation is offered for UM.RS only, to reproduce others"])
    kernel: Kernel = FreeBaselines(used) if model == "UM.FS" else conditional(used, exact=model == "CM.EL")
    return _finish(_fit(kernel, method, optimiser), kernel, model, measure, optimiser, codes, shared)


def one_arm_glmm(
    events: npt.ArrayLike,
    totals: npt.ArrayLike,
    *,
    measure: Literal["PLO", "IRLN"],
    interval: Interval,
    prediction: Prediction,
    level: float,
    method: Method = "ML",
    optimiser: Optimiser = "profile (Newton, Brent)",
    labels: Sequence[str] | None = None,
) -> Glmm:
    """Fit logit proportions (``PLO``, totals are patients) or log rates (``IRLN``, totals are person-time).

    Raises InputError for fewer than two studies and when there is no event at all (or nothing but events).
    """
    level = _options(interval, prediction, level, method, optimiser)
    check_choice("measure", measure, ("PLO", "IRLN"))
    rates = measure == "IRLN"
    if rates:
        checked = check_effects(events, totals, labels=labels, minimum=2)
        x, n, names = checked.y, checked.v, checked.labels
        if bool(((x < 0) | (x != x.round())).any()):
            raise InputError([f"events {x.tolist()!r} must be whole numbers >= 0"])
    else:
        x, n, names = check_counts(events, totals, labels=labels, minimum=2)
    if x.sum() == 0 or (not rates and x.sum() == n.sum()):
        raise InputError([f"{int(x.sum())} events in {n.sum():g}: the likelihood has no maximum; use an exact bound"])
    kernel = one_arm(x, n, rates=rates)
    own = escalc(measure, {"xi": x, "ti" if rates else "ni": n}, add=0.5, to="only0", undefined="exclude").v
    few = ("FEW_EVENTS",) if x.sum() < 10 else ()
    shared = (interval, prediction, level, method, own, int(x.sum()), names, ())
    return _finish(_fit(kernel, method, optimiser), kernel, measure, measure, optimiser, list(few), shared)


def _options(interval: str, prediction: str, level: float, method: str, optimiser: str) -> float:
    check_choice("interval", interval, get_args(Interval))
    check_choice("prediction", prediction, get_args(Prediction))
    check_choice("method", method, get_args(Method))
    check_choice("optimiser", optimiser, OPTIMISERS)
    return check_level(level)


def _demand(tables: TwoArms) -> None:
    if len(tables.x1) < 2:
        raise InputError([f"{len(tables.x1)} informative study given; this needs at least 2"])
    for arm, x, n in ((1, tables.x1, tables.n1), (2, tables.x2, tables.n2)):
        if x.sum() == 0 or (not tables.rates and x.sum() == n.sum()):
            word = "no events" if x.sum() == 0 else "nothing but events"
            raise InputError([f"arm {arm} has {word} in any study: the ratio has no maximum-likelihood estimate"])


def _fit(kernel: Kernel, method: Method, optimiser: Optimiser) -> Summit:
    if method == "EE":
        return climb_without_heterogeneity(kernel)
    return climb_profile(kernel) if optimiser == OPTIMISERS[0] else climb_jointly(kernel)


def _finish(
    summit: Summit, kernel: Kernel, model: str, measure: str, optimiser: str, codes: list[str], shared: Shared
) -> Glmm:
    place, equal = summit.place, climb_without_heterogeneity(kernel).place
    saturated = math.fsum(kernel.saturated()) + math.fsum(kernel.constant())
    q = max(0.0, 2 * (saturated - equal.at.total))
    test = Test(q, kernel.k - 1, float(chi2.sf(q, kernel.k - 1)))
    spread = None if summit.variance_tau is None else 2 * place.tau * math.sqrt(summit.variance_tau)
    return glmm_result(
        model, measure, place.mu, summit.variance_mu, place.tau**2, spread, None, None, place.at.total, test, optimiser,
        summit.check, codes, shared,
    )  # fmt: skip


def _two_random(
    tables: TwoArms,
    model: str,
    measure: str,
    integration: str,
    optimiser: str,
    codes: list[str],
    shared: Shared,
) -> Glmm:
    correlated, method = model == "UM.RS.cor", shared[3]
    if optimiser != OPTIMISERS[0]:
        raise InputError([f"{model} is climbed by Newton only; its second route is another model"])
    if integration == "laplace":
        psi, height, v = climb_two_laplace(tables, correlated=correlated)
        check, codes = None, [*codes, "LAPLACE"]
    else:
        found = climb_two(tables, correlated=correlated, heterogeneity=method == "ML")
        psi, height, v, check = found.psi, found.log_likelihood, found.variance_theta, found.check
    tau2 = float(psi[3] ** 2 + psi[4] ** 2)
    rho = float(psi[3] / math.sqrt(tau2)) if correlated and tau2 > 0 else None
    name = "Newton, damped" if check else "BFGS, Nelder-Mead"
    return glmm_result(
        model, measure, float(psi[1]), v, tau2, None, float(psi[2] ** 2), rho, height, None, name, check, codes, shared
    )
