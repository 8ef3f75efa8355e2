"""tau2 by every estimator for a block of pools: closed forms, the generalised Q of Paule and Mandel, likelihoods.

With ``w = 1/v``, ``Q = sum w (y - mu)^2`` and n studies in a pool, truncated at 0:

    FE    0 by assumption
    DL    (Q - (n - 1)) / (W - sum w^2 / W)           DerSimonian & Laird 1986, doi 10.1016/0197-2456(86)90046-2
    HE    variance of y - mean of v                   Hedges & Olkin 1985, doi 10.1016/C2009-0-03396-0
    HS    (Q - n) / W                                 Schmidt & Hunter 2015, doi 10.4135/9781483398105
    HSk   HS with Q n/(n - 1)                         Brannick et al. 2019, doi 10.1177/1094428117741966
    SJ    t0 sum w0 (y - mu0)^2 / (n - 1)             Sidik & Jonkman 2005, doi 10.1111/j.1467-9876.2005.00489.x
          with t0 = sum (y - mean)^2 / n and w0 = 1/(v + t0); no truncation
    PM    Q(tau2) = n - 1, with w = 1/(v + tau2)      Paule & Mandel 1982, doi 10.6028/jres.087.022
    EB    the same root                               Morris 1983, doi 10.1080/01621459.1983.10477920
    PMM   Q(tau2) = median of chi-squared(n - 1)      the median in place of the mean of Q
    ML, REML   global maximum of the likelihood       Viechtbauer 2005, doi 10.3102/10769986030003261
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.stats import chi2

from evsynth.pooling.fast.block import Block
from evsynth.pooling.guard import FloatArray

Closed = Literal["FE", "DL", "HE", "HS", "HSk", "SJ"]
FastEstimator = Literal["FE", "DL", "HE", "HS", "HSk", "SJ", "PM", "EB", "PMM", "ML", "REML"]

ROUNDS = 200
"""Newton on 1/Q climbs from the left without overshooting; three to six rounds are usual."""


def closed_form(block: Block, estimator: Closed) -> FloatArray:
    """Return tau2 by an estimator that needs no iteration."""
    n = block.sizes
    if estimator == "FE":
        return np.zeros(len(n))
    if estimator in ("HE", "SJ"):
        inside = np.ones((len(block.y), len(n))) if block.inside is None else block.inside
        mean = (inside * block.y).sum(axis=0) / n
        squares = (inside * (block.y - mean) ** 2).sum(axis=0)
        if estimator == "HE":
            return _positive(squares / (n - 1) - (inside * block.v).sum(axis=0) / n)
        rough = squares / n
        return np.asarray(rough * generalised_q(block, rough)[0] / (n - 1), dtype=np.float64)
    q, _, w = generalised_q(block, np.zeros(len(n)))
    total = w.sum(axis=0)
    if estimator == "HS":
        return _positive((q - n) / total)
    if estimator == "HSk":
        return _positive((q * n / (n - 1) - n) / total)
    # W - sum w^2 / W = 2 sum_(i > j) w_i w_j / W: summed so that a dominant weight cannot cancel.
    pairs = np.einsum("ij,ij->j", w[1:], np.cumsum(w[:-1], axis=0))
    return _positive((q - (n - 1)) * total / (2.0 * pairs))


def paule_mandel(block: Block, *, least: FloatArray, median: bool = False) -> FloatArray:
    """Return the root of ``Q(tau2) = target``, 0 where Q(0) is below it.

    ``1/Q`` is concave in tau2 around a fixed mean and a straight line for equal variances, so Newton's method on it
    approaches the root from the left.
    """
    target = chi2.median(block.sizes - 1) if median else block.sizes - 1
    tau2 = np.zeros(len(block.sizes))
    active = np.arange(len(tau2))
    floor = np.broadcast_to(least, tau2.shape)
    part, here, goal = block, tau2.copy(), target
    for _ in range(ROUNDS):
        if not len(active):
            break
        q, slope, _ = generalised_q(part, here)
        flat = slope == 0  # all effects equal: Q is 0 everywhere
        new = np.where(flat, 0.0, here + (q / goal - 1.0) * q / np.where(flat, 1.0, -slope))
        new = np.maximum(new, 0.0)
        tau2[active] = new
        moving = np.abs(new - here) > 1e-9 * (new + floor[active])
        here = new
        if not moving.all():
            active, here, goal = active[moving], here[moving], goal[moving]
            part = part.columns(np.flatnonzero(moving))
    return tau2


def generalised_q(block: Block, tau2: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ``sum w (y - mu)^2``, its derivative ``-sum w^2 (y - mu)^2``, and the weights."""
    w = block.weights(tau2)
    residual = block.y - (w * block.y).sum(axis=0) / w.sum(axis=0)
    weighted = w * residual
    q = np.einsum("ij,ij->j", weighted, residual)
    return q, -np.einsum("ij,ij->j", weighted, weighted), w


def _positive(values: FloatArray) -> FloatArray:
    return np.asarray(np.maximum(0.0, values), dtype=np.float64)
