"""p-uniform and p-uniform*: the effect at which significant results are no more significant than they should be.

Studies with ``z = y/se`` beyond 1.96 in the direction of the effect are taken as published whatever they found. At the
true effect d their conditional p-values ``q = Phi((d - y)/se)/Phi((d - 1.96 se)/se)`` are uniform:

    P      sum q = k/2; interval from the Irwin-Hall distribution, tests from its normal limit
    LNP    sum -ln q = k; interval and tests from gamma(k)
    ML     maximum of the likelihood of y truncated at 1.96 se; interval and tests from its ratio

van Assen, van Aert & Wicherts 2015, Psychological Methods 20, 293; van Aert, Wicherts & van Assen 2016, doi
10.1177/1745691616650874. p-uniform* has a tau2 and also uses the studies that are not significant, truncated on the
other side; its likelihood is maximised over both (van Aert & van Assen, preprint 2018). Tests: of no effect, of
selection (p-uniform: against the common-effect mean of all studies), and of tau2 = 0 (p-uniform*: half of chi-squared).
p-uniform overestimates when effects differ between studies (van Aert 2016).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import log_ndtr
from scipy.stats import chi2, gamma, norm

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.weighting import weighted_mean

PMethod = Literal["P", "LNP", "ML"]
Side = Literal["right", "left"]

CAVEAT = Caveat(
    "what the effect would be if significance alone decided what was published",
    "selection by anything else; p-uniform overestimates when effects differ between studies",
)
UNBOUNDED = "P_UNIFORM_INTERVAL_UNBOUNDED"
REACH = 60.0
"""How many of the largest standard errors from 0 a bound is looked for; beyond it is infinite."""


class PUniform(NamedTuple):
    """p-uniform: its estimate and interval (bounds can be infinite), and the tests of no effect and of selection."""

    k: int
    significant: int
    method: PMethod
    estimate: float
    lower: float
    upper: float
    effect_statistic: float
    effect_p: float
    selection_statistic: float
    selection_p: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


class PUniformStar(NamedTuple):
    """p-uniform*: estimate and tau2 where the likelihood is highest, and the ratio tests of no effect and tau2 = 0."""

    k: int
    significant: int
    estimate: float
    tau2: float
    log_likelihood: float
    effect_statistic: float
    effect_p: float
    tau2_statistic: float
    tau2_p: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def p_uniform(
    y: npt.ArrayLike, v: npt.ArrayLike, *, method: PMethod, side: Side, measure: str | None = None, few: Few = "refuse"
) -> PUniform:
    """Estimate from the significant studies on one side alone, at two-sided 5 % and a level of 95 %.

    Raises InputError for proportions, too few studies, or no significant study on that side.
    """
    check_choice("method", method, get_args(PMethod))
    checked, se, critical, sign = _directed(y, v, side)
    codes = gate(len(checked), measure=measure, few=few)
    inside = checked > critical
    k = int(inside.sum())
    if k == 0:
        raise InputError([f"no study is significant on the side {side!r}; p-uniform has nothing to work with"])
    common = weighted_mean(checked, se * se, 0.0).mean
    y1, s1, c1 = checked[inside], se[inside], critical[inside]

    def log_q(d: float) -> FloatArray:
        return np.asarray(log_ndtr((d - y1) / s1) - log_ndtr((d - c1) / s1), dtype=np.float64)

    def height(d: float) -> float:
        return float((norm.logpdf(y1, d, s1) - log_ndtr((d - c1) / s1)).sum())

    reach = REACH * float(se.max()) + float(np.abs(checked).max())
    if method == "ML":
        top = float(minimize_scalar(lambda d: -height(d), bounds=(-reach, reach), method="bounded",
                                    options={"xatol": 1e-14 * reach, "maxiter": 5000}).x)  # fmt: skip
        top = _root(lambda d: _slope(d, y1, s1, c1), top - 1e-3 * float(s1.min()), top + 1e-3 * float(s1.min()), top)
        drop = float(chi2.isf(0.05, 1)) / 2
        lower = _root(lambda d: height(d) - height(top) + drop, -reach, top, -math.inf)
        upper = _root(lambda d: height(d) - height(top) + drop, top, reach, math.inf)
        effect, selection = (2 * (height(top) - height(at)) for at in (0.0, common))
        found = (top, lower, upper, effect, float(chi2.sf(effect, 1)), selection, float(chi2.sf(selection, 1)))
    elif method == "LNP":
        total = _falling(lambda d: float(-log_q(d).sum()), reach)
        estimate, one, two = total(k), total(float(gamma.ppf(0.975, k))), total(float(gamma.ppf(0.025, k)))
        effect, selection = (float(-log_q(at).sum()) for at in (0.0, common))
        found = (estimate, min(one, two), max(one, two), effect, float(gamma.sf(effect, k)), selection,
                 float(gamma.cdf(selection, k)))  # fmt: skip
    else:
        total = _falling(lambda d: float(-np.exp(log_q(d)).sum()), reach)
        low = irwin_hall_quantile(0.025, k)
        one, two = total(-low), total(low - k)
        scale = math.sqrt(12 / k)
        effect, selection = (scale * (float(np.exp(log_q(at)).sum()) - k / 2) for at in (0.0, common))
        found = (
            total(-k / 2),
            min(one, two),
            max(one, two),
            effect,
            float(norm.cdf(effect)),
            selection,
            float(norm.sf(selection)),
        )
    if not all(math.isfinite(bound) for bound in found[:3]):
        codes = (*codes, UNBOUNDED)
    middle, lower, upper = (sign * value for value in found[:3])
    return PUniform(
        len(checked), k, method, middle, min(lower, upper), max(lower, upper), *found[3:], *CAVEAT, codes
    )  # fmt: skip


def p_uniform_star(
    y: npt.ArrayLike, v: npt.ArrayLike, *, side: Side, measure: str | None = None, few: Few = "refuse"
) -> PUniformStar:
    """Estimate the effect and tau2 from all studies. Raises InputError as ``p_uniform`` does."""
    checked, se, critical, sign = _directed(y, v, side)
    codes = gate(len(checked), measure=measure, few=few)
    inside = checked > critical
    if not inside.any():
        raise InputError([f"no study is significant on the side {side!r}; p-uniform* has nothing to work with"])
    flip = np.where(inside, 1.0, -1.0)

    def height(mean: float, tau: float) -> float:
        total = np.sqrt(se * se + tau * tau)
        return float((norm.logpdf(checked, mean, total) - log_ndtr(flip * (mean - critical) / total)).sum())

    spread = float(np.std(checked)) + float(se.min())
    starts = [(mean, tau) for mean in (float(checked.mean()), 0.0, float(checked[inside].mean())) for tau in (0.1, 1)]
    fits = [
        minimize(lambda p: -height(p[0] * spread, abs(p[1]) * spread), (mean / spread, tau), method="Nelder-Mead",
                 options={"xatol": 1e-11, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000})
        for mean, tau in starts
    ]  # fmt: skip
    best = min(fits, key=lambda fit: float(fit.fun))
    mean, tau, top = best.x[0] * spread, abs(best.x[1]) * spread, -float(best.fun)
    alone = -float(minimize_scalar(lambda m: -height(m * spread, 0.0), bracket=(mean / spread, 0.0), tol=1e-12).fun)
    if alone >= top:
        tau, top = 0.0, alone
        mean = float(minimize_scalar(lambda m: -height(m * spread, 0.0), bracket=(mean / spread, 0.0), tol=1e-12).x)
        mean *= spread
    null = max(
        -float(minimize_scalar(lambda t: -height(0.0, abs(t) * spread), bracket=(a, b), tol=1e-12).fun)
        for a, b in ((0.0, 0.3), (0.5, 1.5), (1.0, 5.0))
    )
    effect, between = max(0.0, 2 * (top - null)), max(0.0, 2 * (top - alone))
    return PUniformStar(
        len(checked), int(inside.sum()), sign * mean, tau * tau, top, effect, float(chi2.sf(effect, 1)), between,
        float(chi2.sf(between, 1)) / 2, *CAVEAT, codes,
    )  # fmt: skip


def irwin_hall_quantile(probability: float, k: int) -> float:
    """Return the lower quantile of a sum of k uniforms, its distribution summed in exact fractions.

    >>> round(irwin_hall_quantile(0.025, 2), 9)
    0.223606798
    """

    def below(x: float) -> float:
        at = Fraction(x)
        terms = ((-1) ** j * math.comb(k, j) * (at - j) ** k for j in range(math.floor(at) + 1))
        return float(sum(terms, Fraction(0)) / math.factorial(k)) - probability

    return float(brentq(below, 0.0, k / 2, xtol=1e-15 * k, rtol=1e-15))


def _directed(y: npt.ArrayLike, v: npt.ArrayLike, side: Side) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    check_choice("side", side, get_args(Side))
    effects = check_effects(y, v, minimum=2)
    sign, se = 1.0 if side == "right" else -1.0, np.sqrt(effects.v)
    return sign * effects.y, se, float(norm.isf(0.025)) * se, sign


def _slope(d: float, y: FloatArray, s: FloatArray, c: FloatArray) -> float:
    ratio = np.exp(norm.logpdf((d - c) / s) - log_ndtr((d - c) / s))
    return float(((y - d) / s**2 - ratio / s).sum())


def _root(function: Callable[[float], float], low: float, high: float, otherwise: float) -> float:
    if function(low) * function(high) > 0:
        return otherwise
    return float(brentq(function, low, high, xtol=1e-300, rtol=1e-14, maxiter=500))


def _falling(function: Callable[[float], float], reach: float) -> Callable[[float], float]:
    """Return the root in d of ``function(d) = value`` for a function that falls; infinite where it is out of reach."""

    def root(value: float) -> float:
        for far in (reach, 100 * reach):
            low, high = function(-far) - value, function(far) - value
            if low * high <= 0:
                return _root(lambda d: function(d) - value, -far, far, math.nan)
        return -math.inf if function(-reach) < value else math.inf

    return root
