"""Networks of rare binary events by the conditional likelihood (NCH), without a zero-cell correction.

Given the events of a study in all its arms, their split follows Fisher's non-central hypergeometric distribution; its
likelihood is maximised. Stijnen 2010, doi 10.1002/sim.4040. ``exact``, or the ``multinomial`` approximation for rare
events, ``P(arm) ~ n exp(theta)``, which estimates risk ratios rather than odds ratios and is what netmeta 3.3 in R
prints as NCH. Assumes one true odds ratio per comparison (common effect). Scale: log odds ratio.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from scipy.stats import binom

from evsynth.pooling.guard import FloatArray, InputError, check_choice
from evsynth.pooling.network.arm_counts import ArmCounts, Read, SparseFit, read_arms, sparse_fit

NOT_CONVERGED = "LIKELIHOOD_NOT_CONVERGED"
RARE_EVENTS_ASSUMED = "RARE_EVENTS_ASSUMED"

ConditionalLikelihood = Literal["exact", "multinomial"]
Moments = tuple[float, FloatArray, FloatArray]

CONVERGED = 1e-9
"""Largest score, in events, that counts as zero."""

INFINITE = 15.0
"""A log odds ratio beyond this, or an information below 1e-6, means that the likelihood has no maximum."""


def conditional_likelihood(
    studlab: Sequence[object],
    treat: Sequence[str],
    event: npt.ArrayLike,
    n: npt.ArrayLike,
    *,
    likelihood: ConditionalLikelihood,
    level: float = 0.95,
) -> SparseFit:
    """Fit the network by the conditional likelihood (NCH), exact or approximate, one row per arm.

    Raises InputError for counts that are not whole, a study of one arm, a network that falls apart, or a treatment
    whose estimate is infinite (no events, or events only, wherever it was given).
    """
    check_choice("likelihood", likelihood, get_args(ConditionalLikelihood))
    read = read_arms(studlab, treat, event, n)
    size, split = len(read.treatments), _split if likelihood == "exact" else _multinomial
    theta = np.zeros(size)
    value, slope, curve = _likelihood(read, theta, split)
    for _ in range(100):
        try:
            step = np.linalg.solve(curve[1:, 1:], slope[1:])
        except np.linalg.LinAlgError:
            break
        length = 1.0
        while length > 1e-10:
            trial = theta.copy()
            trial[1:] += length * step
            found = _likelihood(read, trial, split)
            if found[0] >= value - 1e-12 * (1 + abs(value)):
                break
            length *= 0.5
        done = float(np.max(np.abs(step))) < 1e-13
        theta, (value, slope, curve) = trial, found
        if done or float(np.max(np.abs(theta))) > 2 * INFINITE:
            break
    score = float(np.max(np.abs(slope[1:])))
    values = np.linalg.eigvalsh(curve[1:, 1:])
    if float(np.max(np.abs(theta))) > INFINITE or values[0] < 1e-6:
        raise InputError([f"the likelihood has no maximum: an effect of {_worst(read, theta)} runs to infinity"])
    cov = np.zeros((size, size))
    cov[1:, 1:] = np.linalg.inv(curve[1:, 1:])
    codes = []
    if likelihood == "multinomial":
        codes.append(RARE_EVENTS_ASSUMED)
    if score > CONVERGED:
        codes.append(NOT_CONVERGED)
    method = f"NCH: non-central hypergeometric, {likelihood}, common effect"
    return sparse_fit(method, read, theta, cov, None, value, score, codes=codes, level=level)


def _likelihood(read: Read, theta: FloatArray, split: Callable[[ArmCounts, FloatArray], Moments]) -> Moments:
    """Return the conditional log-likelihood, its score and information in the treatment effects (log odds)."""
    size = len(theta)
    value, slope, curve = 0.0, np.zeros(size), np.zeros((size, size))
    for study in read.studies:
        arms = list(study.arms)
        log_p, mean, cov = split(study, theta[arms])
        value += log_p
        slope[arms] += study.events - mean
        curve[np.ix_(arms, arms)] += cov
    return value, slope, curve


def _multinomial(study: ArmCounts, effect: FloatArray) -> Moments:
    total = float(study.events.sum())
    weight = study.patients * np.exp(effect - effect.max())
    p = weight / weight.sum()
    ways = math.lgamma(total + 1) - math.fsum(math.lgamma(x + 1) for x in study.events)
    log_p = ways + math.fsum(study.events * np.log(p))
    return log_p, total * p, total * (np.diag(p) - np.outer(p, p))


def _split(study: ArmCounts, effect: FloatArray) -> Moments:
    """Return log P of the split observed, and mean and covariance of the events per arm, given their total.

    Binomials with logit ``effect + shift`` for any shift have the same conditional distribution; the shift that makes
    the expected total equal the observed one keeps every number in range.
    """
    total = int(study.events.sum())
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if float(study.patients @ expit(effect - effect.mean() + middle)) < total:
            low = middle
        else:
            high = middle
    p = expit(effect - effect.mean() + 0.5 * (low + high))
    d = len(effect)
    sizes = [int(n) for n in study.patients]
    masses = [binom.pmf(np.arange(min(total, n) + 1), n, chance) for n, chance in zip(sizes, p, strict=True)]
    times = [mass * np.arange(len(mass)) for mass in masses]
    squares = [mass * np.arange(len(mass)) ** 2 for mass in masses]

    def at_total(parts: list[FloatArray]) -> float:
        joint = parts[0]
        for part in parts[1:]:
            joint = np.convolve(joint, part)[: total + 1]
        return float(joint[total])

    whole = at_total(masses)
    mean = np.array([at_total([times[j] if j == i else masses[j] for j in range(d)]) for i in range(d)]) / whole
    second = np.zeros((d, d))
    for i in range(d):
        for j in range(i, d):
            own = squares if i == j else times
            chosen = [own[a] if a in (i, j) else masses[a] for a in range(d)]
            second[i, j] = second[j, i] = at_total(chosen) / whole
    log_p = sum(math.log(mass[int(x)]) for mass, x in zip(masses, study.events, strict=True)) - math.log(whole)
    return log_p, mean, second - np.outer(mean, mean)


def _worst(read: Read, theta: FloatArray) -> str:
    return read.treatments[int(np.argmax(np.abs(theta - np.median(theta))))]
