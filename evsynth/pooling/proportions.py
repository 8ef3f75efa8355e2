"""Pool single-arm proportions with the binomial-normal model (logit GLMM) by maximum likelihood.

No continuity correction: studies with 0 or n events enter as they are. ``expit(mu)`` is the *median* study
probability, not the mean. Stijnen 2010, doi 10.1002/sim.4040; Schwarzer 2019, doi 10.1002/jrsm.1348; Lin &
Chu 2020, doi 10.1097/EDE.0000000000001232. Scale: mu, se, tau2 in logits; probabilities in [0, 1].

The fit is the profile over tau: Newton in mu (the likelihood is log-concave in mu), scan and Brent's root in
tau. What was checked afterwards is in the result. ``second optimiser`` climbs both parameters at once
(L-BFGS-B) as an independent route.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize
from scipy.special import expit, logit
from scipy.stats import norm, t

from evsynth.pooling.binomial_likelihood import Marginal, enough_nodes, marginal
from evsynth.pooling.guard import Counts, InputError, check_choice, check_counts, check_level
from evsynth.pooling.prediction import PredictionInterval, predict

Optimiser = Literal["profile (Newton, Brent)", "joint (L-BFGS-B)"]
OPTIMISERS: tuple[Optimiser, ...] = ("profile (Newton, Brent)", "joint (L-BFGS-B)")
GlmmInterval = Literal["wald", "t"]
GlmmPrediction = Literal["normal", "V", "HTS"]

MOST_DOUBLINGS = 5
TAU_SCAN = (0.0, *np.geomspace(1e-3, 20.0, 50).tolist())
"""tau in logits. Beyond 20 logits every study would be at 0 or 1; a profile still rising there has no
maximum.
"""

NODES_TOLERANCE = 1e-11
"""Log-likelihood change, relative to 1 + |l|, on doubling the nodes: rounding of a sum over studies, nothing
left to gain.
"""

GRADIENT_TOLERANCE = 1e-6
"""Gradient times standard error, so the parameter is within 1e-6 standard errors of the root."""


FLAT = 1e-10
"""Range of the profile over the scan, relative to 1 + |l|: at or below it, tau is not identified."""


class Convergence(NamedTuple):
    """What was checked. ``converged`` needs every one; ``why_not`` names those that failed."""

    converged: bool
    nodes: int
    change_on_doubling_nodes: float
    scaled_gradient: float
    curvature_negative: bool
    highest_on_profile: bool
    why_not: tuple[str, ...]


class BinomialNormal(NamedTuple):
    """A binomial-normal pool.

    ``median_*`` are back-transformed: the median study, its interval, its prediction interval.
    """

    model: str
    k: int
    labels: tuple[str, ...]
    mu: float
    se: float
    tau2: float
    interval: GlmmInterval
    df: int | None
    lower: float
    upper: float
    prediction: PredictionInterval | None
    log_likelihood: float
    median_probability: float
    median_lower: float
    median_upper: float
    prediction_lower: float | None
    prediction_upper: float | None
    events: int
    total: int
    crude_rate: float
    optimiser: Optimiser
    convergence: Convergence
    level: float
    codes: tuple[str, ...]


def binomial_normal(
    events: npt.ArrayLike,
    totals: npt.ArrayLike,
    *,
    interval: GlmmInterval,
    prediction: GlmmPrediction,
    level: float,
    optimiser: Optimiser = "profile (Newton, Brent)",
    labels: Sequence[str] | None = None,
) -> BinomialNormal:
    """Fit the model to ``events`` out of ``totals``; look at ``convergence.converged`` before using it.

    Raises InputError for fewer than two studies, impossible counts, and when nobody or everybody had the
    event (then the likelihood has no maximum: ``exact.upper_bound`` answers).
    """
    check_choice("interval", interval, get_args(GlmmInterval))
    check_choice("prediction", prediction, get_args(GlmmPrediction))
    check_choice("optimiser", optimiser, OPTIMISERS)
    level, counts = check_level(level), check_counts(events, totals, labels=labels, minimum=2)
    happened, among, k = int(counts.events.sum()), int(counts.totals.sum()), len(counts.events)
    if happened in (0, among):
        raise InputError([f"{happened} of {among} had the event: the logit has no maximum; use an exact bound"])
    scan = _scan(counts)
    mu, tau = _profile(counts, scan) if optimiser == OPTIMISERS[0] else _joint(counts)
    top, convergence = _check(mu, tau, counts, scan)
    se = math.sqrt(max(0.0, float(_covariance(top.hessian, tau))))
    df = k - 1 if interval == "t" else None
    half = se * float(norm.isf((1 - level) / 2) if df is None else t.isf((1 - level) / 2, df))
    new = predict(mu, tau2=tau * tau, wald_se=se, hksj_se=se, k=k, level=level)
    found = new.named(prediction)
    return BinomialNormal(
        model="binomial-normal (logit, maximum likelihood)",
        k=k,
        labels=counts.labels,
        mu=mu,
        se=se,
        tau2=tau * tau,
        interval=interval,
        df=df,
        lower=mu - half,
        upper=mu + half,
        prediction=found,
        log_likelihood=top.log_likelihood,
        median_probability=float(expit(mu)),
        median_lower=float(expit(mu - half)),
        median_upper=float(expit(mu + half)),
        prediction_lower=float(expit(found.lower)) if found else None,
        prediction_upper=float(expit(found.upper)) if found else None,
        events=happened,
        total=among,
        crude_rate=happened / among,
        optimiser=optimiser,
        convergence=convergence,
        level=level,
        codes=(*(("FEW_STUDIES",) if k < 5 else ()), *(("TAU2_ZERO",) if tau == 0 else ()), *new.codes),
    )


def _crude_logit(counts: Counts) -> float:
    return float(logit(counts.events.sum() / counts.totals.sum()))


def _best_mu(tau: float, mu: float, counts: Counts) -> tuple[float, Marginal]:
    """Newton with halving: for a given tau the log-likelihood is concave in mu."""
    nodes = enough_nodes(tau)
    at = marginal(mu, tau, counts, nodes=nodes)
    for _ in range(100):
        step = -float(at.gradient[0] / at.hessian[0, 0])
        if abs(step) <= 1e-13 * (1.0 + abs(mu)):
            break
        step = max(-2.0, min(2.0, step))
        new = marginal(mu + step, tau, counts, nodes=nodes)
        while abs(step) > 1e-9 and new.log_likelihood < at.log_likelihood:
            step /= 2
            new = marginal(mu + step, tau, counts, nodes=nodes)
        mu, at = mu + step, new
    return mu, at


def _scan(counts: Counts) -> list[tuple[float, float, Marginal]]:
    mu, found = _crude_logit(counts), []
    for tau in TAU_SCAN:
        mu, at = _best_mu(tau, mu, counts)
        found.append((tau, mu, at))
    return found


def _profile(counts: Counts, scan: list[tuple[float, float, Marginal]]) -> tuple[float, float]:
    """Return (mu, tau) at the highest of all the local maxima of the profile: tau = 0, and every sign change
    of its slope.
    """
    candidates = [(scan[0][1], 0.0)]
    for left, right in pairwise(scan[1:]):
        if left[2].gradient[1] > 0 >= right[2].gradient[1]:
            candidates.append(_root(left, right, counts))
    heights = [marginal(mu, tau, counts, nodes=enough_nodes(tau)).log_likelihood for mu, tau in candidates]
    return candidates[int(np.argmax(heights))]


def _root(
    left: tuple[float, float, Marginal], right: tuple[float, float, Marginal], counts: Counts
) -> tuple[float, float]:
    start = left[1]

    def slope(tau: float) -> float:
        return float(_best_mu(tau, start, counts)[1].gradient[1])

    low, high = left[0], right[0]
    tau = float(brentq(slope, low, high, xtol=1e-14, rtol=1e-14, maxiter=200))
    return _best_mu(tau, start, counts)[0], tau


def _joint(counts: Counts) -> tuple[float, float]:
    def loss(place: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        mu, tau = float(place[0]), float(place[1])
        at = marginal(mu, tau, counts, nodes=enough_nodes(tau))
        return -at.log_likelihood, -at.gradient

    options = {"ftol": 1e-16, "gtol": 1e-10, "maxiter": 1000}
    start, bounds = np.array([_crude_logit(counts), 0.5]), [(None, None), (0.0, TAU_SCAN[-1])]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return float(found.x[0]), float(found.x[1])


def _covariance(hessian: npt.NDArray[np.float64], tau: float) -> float:
    """Variance of mu from the observed information of (mu, tau); at tau = 0 the two do not mix."""
    a, b, d = -hessian[0, 0], -hessian[0, 1], -hessian[1, 1]
    if tau == 0 or a * d - b * b <= 0:
        return float(1.0 / a)
    return float(d / (a * d - b * b))


def _check(
    mu: float, tau: float, counts: Counts, scan: list[tuple[float, float, Marginal]]
) -> tuple[Marginal, Convergence]:
    nodes, change = enough_nodes(tau), math.inf
    at = marginal(mu, tau, counts, nodes=nodes)
    for _ in range(MOST_DOUBLINGS):
        finer = marginal(mu, tau, counts, nodes=2 * nodes)
        change = abs(finer.log_likelihood - at.log_likelihood) / (1.0 + abs(finer.log_likelihood))
        nodes, at = 2 * nodes, finer
        if change <= NODES_TOLERANCE:
            break
    information = -at.hessian
    negative = bool(information[0, 0] > 0 and (tau == 0 or np.linalg.det(information) > 0))
    if tau == 0:
        gradient = abs(float(at.gradient[0])) / math.sqrt(information[0, 0])
        negative = negative and bool(information[1, 1] >= 0)
    else:
        scale = np.sqrt(np.abs(np.diag(information)))
        gradient = float(np.max(np.abs(at.gradient) / np.where(scale > 0, scale, 1.0)))
    slack = 1e-7 * (1 + abs(at.log_likelihood))
    highest = all(other.log_likelihood <= at.log_likelihood + slack for _, _, other in scan)
    highest = highest and bool(scan[-1][2].gradient[1] <= 0)
    heights = [other.log_likelihood for _, _, other in scan]
    flat = max(heights) - min(heights) <= FLAT * (1 + abs(at.log_likelihood))
    checks = {
        "profile flat: tau is not identified (studies of one patient each say nothing about it)": not flat,
        "quadrature not converged": change <= NODES_TOLERANCE,
        "gradient not zero": gradient <= GRADIENT_TOLERANCE,
        "curvature not negative": negative,
        "profile higher elsewhere, or still rising at tau = 20": highest,
    }
    why_not = tuple(words for words, passed in checks.items() if not passed)
    return at, Convergence(not why_not, nodes, change, gradient, negative, highest, why_not)
