"""Fail-safe N: how many null studies would undo a result. A count of imagined studies, not evidence about real ones.

Rosenthal 1979 (doi 10.1037/0033-2909.86.3.638), Stouffer's sum of z:  N = (sum z / z_alpha)^2 - k, one-sided
Orwin 1983 (doi 10.3102/10769986008002157):                           N = k (m - target) / target
Rosenberg 2005 (doi 10.1111/j.0014-3820.2005.tb01004.x), w = 1/v:     N = [(sum w y / z_{alpha/2})^2 - sum w] / mean w
General: the N that brings the random-effects mean to p = alpha, the N studies of variance harmonic mean v averaging 0
with the same between-study variance as the k; that of the k + N is then
tau2 (n - 2)/(n - 1) + k N m^2 / (n (n - 1)), n = k + N, from the two within-group sums and the one between.

All are rounded up to a whole number, the smallest that suffices; 0 when the result is not significant (or not beyond
the target) to begin with.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import norm

from evsynth.pooling.guard import Effects, InputError, check_choice, check_effects
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.small_study.regression import Method, estimate_tau2, line

Type = Literal["Rosenthal", "Orwin", "Rosenberg", "General"]

CAVEAT = Caveat(
    "how many studies of average size and no effect would have to be added to undo significance (Orwin: to halve the "
    "mean)",
    "whether any study is missing: unpublished results need not average zero, and a large N proves nothing "
    "(the Cochrane Handbook advises against it)",
)
MOST = 1e9


class FailSafe(NamedTuple):
    """Fail-safe N, what it started from (``estimate``, one- or two-sided ``p``), and the exact value before rounding
    up.
    """

    type: Type
    n: int
    exact_n: float
    k: int
    alpha: float | None
    estimate: float | None
    p: float | None
    target: float | None
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def fsn(
    y: npt.ArrayLike,
    v: npt.ArrayLike | None,
    *,
    type: Type,
    alpha: float = 0.05,
    target: float | None = None,
    method: Method = "REML",
    measure: str | None = None,
    few: Few = "refuse",
) -> FailSafe:
    """Return fail-safe N. ``v=None`` is for Orwin only: unweighted mean. ``target`` is for Orwin; by default half
    the mean.

    ``method`` estimates tau2 for General. Raises InputError for proportions, too few studies, a target of 0 or beyond 0
    from the mean, alpha outside (0, 0.5).
    """
    check_choice("type", type, get_args(Type))
    check_choice("method", method, get_args(Method))
    if not 0 < alpha < 0.5:
        raise InputError([f"alpha = {alpha!r} must lie in (0, 0.5)"])
    if v is None and type != "Orwin":
        raise InputError([f"type = {type!r} needs sampling variances"])
    effects = check_effects(y, np.ones(len(np.atleast_1d(np.asarray(y)))) if v is None else v)
    k = len(effects.y)
    codes = gate(k, measure=measure, few=few, minimum=2, uses_se=False)
    if type == "Orwin":
        found, estimate, target = _orwin(effects, target)
        return _result(type, found, k, None, estimate, None, target, codes)
    if target is not None:
        raise InputError([f"target = {target!r} belongs to type 'Orwin', not {type!r}"])
    if type == "Rosenthal":
        total = math.fsum(effects.y / np.sqrt(effects.v))
        found = (total / float(norm.isf(alpha))) ** 2 - k
        return _result(type, found, k, alpha, None, float(norm.sf(abs(total) / math.sqrt(k))), None, codes)
    tau2 = 0.0 if type == "Rosenberg" else estimate_tau2(effects.y, effects.v, None, method=method).value
    fit = line(effects.y, effects.v, None, tau2)
    p = float(2 * norm.sf(abs(fit.intercept) / math.sqrt(fit.intercept_variance)))
    if type == "Rosenberg":
        weight = 1 / fit.intercept_variance
        found = ((fit.intercept * weight / float(norm.isf(alpha / 2))) ** 2 - weight) / (weight / k)
    else:
        found = _general(effects, fit.intercept, tau2, float(norm.isf(alpha / 2)))
    return _result(type, found, k, alpha, fit.intercept, p, None, codes)


def _result(
    type: Type,
    found: float,
    k: int,
    alpha: float | None,
    estimate: float | None,
    p: float | None,
    target: float | None,
    codes: tuple[str, ...],
) -> FailSafe:
    # A whole number up to rounding error is that number, not the next one.
    whole = round(found)
    n = max(0, whole if abs(found - whole) <= 1e-9 * max(1.0, abs(found)) else math.ceil(found))
    return FailSafe(type, n, max(0.0, found), k, alpha, estimate, p, target, CAVEAT.shows, CAVEAT.cannot_show, codes)


def _orwin(effects: Effects, target: float | None) -> tuple[float, float, float]:
    mean = line(effects.y, effects.v, None, 0.0).intercept
    wanted = mean / 2 if target is None else target
    if wanted == 0 or (mean != 0 and wanted * mean < 0):
        raise InputError([f"target = {wanted!r} must lie on the same side of 0 as the mean {mean!r}, and not at 0"])
    if not math.isfinite(wanted):
        raise InputError([f"target = {wanted!r} must be a finite number"])
    return len(effects.y) * (mean - wanted) / wanted, mean, wanted


def _general(effects: Effects, mean: float, tau2: float, critical: float) -> float:
    k, typical = len(effects.y), len(effects.y) / math.fsum(1 / effects.v)

    def excess(n: float) -> float:
        total = k + n
        spread = tau2 * max(0.0, total - 2) / (total - 1) + k * n * mean**2 / (total * (total - 1)) if n > 0 else tau2
        w, added = 1 / (effects.v + spread), n / (typical + spread)
        return abs(math.fsum(w * effects.y)) / math.sqrt(math.fsum(w) + added) - critical

    if excess(0.0) <= 0:
        return 0.0
    if excess(MOST) > 0:
        raise InputError([f"fail-safe N exceeds {MOST:g}"])
    return float(brentq(excess, 0.0, MOST, xtol=1e-9, rtol=1e-12))
