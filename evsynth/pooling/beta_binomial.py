"""Pool single-arm proportions with the beta-binomial model by maximum likelihood: the second choice after the
GLMM.

``p_i ~ Beta(a, b)``; the mean ``pi = a/(a + b)`` and the overdispersion ``rho = 1/(a + b + 1)``. Unlike the
GLMM's, its back-transformed centre is the *mean* study probability. Griffiths 1973, doi 10.2307/2529131; Kuss
2015, doi 10.1002/sim.6383. Fitted over (logit pi, log rho/(1 - rho)) by L-BFGS-B from several starts, exact
gradient.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import betaln, digamma, expit, gammaln, logit
from scipy.stats import beta, binom, norm

from evsynth.pooling.guard import Counts, FloatArray, InputError, check_counts, check_level

BOUNDS = (-14.0, 15.0)
"""logit rho. Below, log gammas cancel and the data count as binomial; above, all studies are at 0 or 1."""

NO_OVERDISPERSION = 1e-9
"""rho = 0 is the answer when the plain binomial log-likelihood comes this close to the beta-binomial one."""

GRADIENT_TOLERANCE = 1e-5
"""Gradient times standard error."""


class BetaBinomial(NamedTuple):
    """A beta-binomial pool.

    ``mean_*`` are the mean study probability and its Wald interval taken on the logit.

    ``prediction_*`` are plug-in Beta quantiles: they ignore that a and b are estimated, and are too narrow
    for few studies.
    """

    model: str
    k: int
    labels: tuple[str, ...]
    logit_mean: float
    se: float
    rho: float
    mean_probability: float
    mean_lower: float
    mean_upper: float
    prediction_lower: float
    prediction_upper: float
    log_likelihood: float
    events: int
    total: int
    crude_rate: float
    optimiser: str
    converged: bool
    why_not: tuple[str, ...]
    level: float


def beta_binomial(
    events: npt.ArrayLike, totals: npt.ArrayLike, *, level: float, labels: Sequence[str] | None = None
) -> BetaBinomial:
    """Fit the model; look at ``converged`` before using it. Raises InputError as ``binomial_normal`` does."""
    level, counts = check_level(level), check_counts(events, totals, labels=labels, minimum=2)
    happened, among = int(counts.events.sum()), int(counts.totals.sum())
    if happened in (0, among):
        raise InputError([f"{happened} of {among} had the event: no maximum; use an exact bound"])
    place, binomial = _climb(counts, float(logit(happened / among)))
    information, gradient = _information(place, counts), _loss(place, counts)[1]
    se, scaled = _standard_error(information, gradient)
    failed = {
        "gradient not zero": scaled > GRADIENT_TOLERANCE,
        "curvature not negative": not math.isfinite(se),
        "overdispersion at its upper limit": bool(place[1] >= BOUNDS[1] - 1e-6),
    }
    a, b, rho = _shape(place)
    tail = (1 - level) / 2
    new = float(beta.ppf(tail, a, b)), float(beta.isf(tail, a, b))
    if binomial:
        p = happened / among
        se, rho, new, failed = 1 / math.sqrt(among * p * (1 - p)), 0.0, (p, p), {}
    half = se * float(norm.isf(tail))
    return BetaBinomial(
        model="beta-binomial (maximum likelihood)",
        k=len(counts.events),
        labels=counts.labels,
        logit_mean=float(place[0]),
        se=se,
        rho=rho,
        mean_probability=float(expit(place[0])),
        mean_lower=float(expit(place[0] - half)),
        mean_upper=float(expit(place[0] + half)),
        prediction_lower=new[0],
        prediction_upper=new[1],
        log_likelihood=_binomial(counts) if binomial else -_loss(place, counts)[0],
        events=happened,
        total=among,
        crude_rate=happened / among,
        optimiser="L-BFGS-B from 4 starts",
        converged=not any(failed.values()),
        why_not=tuple(words for words, bad in failed.items() if bad),
        level=level,
    )


def _shape(place: FloatArray) -> tuple[float, float, float]:
    rho = float(expit(place[1]))
    size = math.exp(-float(place[1]))  # a + b = (1 - rho)/rho
    pi = float(expit(place[0]))
    return pi * size, (1.0 - pi) * size, rho


def _loss(place: FloatArray, counts: Counts) -> tuple[float, FloatArray]:
    x, n = counts.events, counts.totals
    a, b, _ = _shape(place)
    coefficients = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    value = math.fsum(coefficients + betaln(x + a, n - x + b) - betaln(a, b))
    both = digamma(a + b) - digamma(n + a + b)
    by_a = math.fsum(digamma(x + a) - digamma(a) + both)
    by_b = math.fsum(digamma(n - x + b) - digamma(b) + both)
    by_centre = (by_a - by_b) * a * b / (a + b)
    by_spread = -(by_a * a + by_b * b)
    return -value, np.array([-by_centre, -by_spread])


def _binomial(counts: Counts) -> float:
    p = counts.events.sum() / counts.totals.sum()
    return math.fsum(binom.logpmf(counts.events, counts.totals, p))


def _climb(counts: Counts, centre: float) -> tuple[FloatArray, bool]:
    """Return the highest point, and whether the plain binomial is as high (then that is the point)."""
    found = [
        minimize(
            _loss,
            np.array([centre, spread]),
            args=(counts,),
            jac=True,
            method="L-BFGS-B",
            bounds=[(None, None), BOUNDS],
            options={"ftol": 1e-16, "gtol": 1e-10, "maxiter": 1000},
        )
        for spread in (-8.0, -4.0, -2.0, 0.0)
    ]
    best = min(found, key=lambda result: float(result.fun))
    if best.x[1] <= BOUNDS[0] + 1e-6 or _binomial(counts) >= -float(best.fun) - NO_OVERDISPERSION:
        return np.array([centre, BOUNDS[0]]), True
    return np.asarray(best.x, dtype=np.float64), False


def _information(place: FloatArray, counts: Counts) -> FloatArray:
    # Central differences of the exact gradient: error about 1e-9 relative, ample for a standard error.
    step = 1e-4
    rows = []
    for direction in np.eye(2):
        ahead, behind = place + step * direction, place - step * direction
        rows.append((_loss(ahead, counts)[1] - _loss(behind, counts)[1]) / (2 * step))
    return np.asarray(0.5 * (np.array(rows) + np.array(rows).T), dtype=np.float64)


def _standard_error(information: FloatArray, gradient: FloatArray) -> tuple[float, float]:
    a, b, d = float(information[0, 0]), float(information[0, 1]), float(information[1, 1])
    if a <= 0 or a * d - b * b <= 0:
        return math.nan, math.inf
    se = math.sqrt(d / (a * d - b * b))
    return se, max(abs(float(gradient[0])) / math.sqrt(a), abs(float(gradient[1])) / math.sqrt(d))
