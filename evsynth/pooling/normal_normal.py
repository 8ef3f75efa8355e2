"""Bayesian normal-normal model with a flat prior on mu and a half-normal prior on tau, by deterministic
quadrature.

Given tau, everything is normal: ``mu | tau ~ N(mu(tau), 1/W(tau))``, and the marginal likelihood of tau is
the restricted likelihood. So p(tau | y) is proportional to ``prior(tau) exp(l_REML(tau^2))``, and mu, a new
study's effect and each study's own effect are mixtures of normals over it. No sampling, no seed. Roever 2020,
doi 10.18637/jss.v093.i06; Roever 2021, doi 10.1002/jrsm.1475 (prior scales). Scale: that of ``y``; the
prior's scale is in the same units and must be chosen for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import Effects, FloatArray, InputError, check_effects, check_level
from evsynth.pooling.likelihood import log_likelihoods
from evsynth.pooling.posterior import ORDER, Mixture, Panels, Summary, panels, summarise, within

PANELS = 48
"""Panels of 20 nodes; ``quadrature_change`` in the result is what doubling them does to the normalising
constant.
"""

REACH = 9.0
"""The prior's tail beyond 9 scales is 2e-19."""


class ShrunkStudy(NamedTuple):
    """A study's own effect after shrinkage towards the mean, beside what it reported (``y``, ``se``)."""

    label: str
    y: float
    se: float
    effect: Summary


class NormalNormal(NamedTuple):
    """Posterior of mu, tau, and the effect in a new study. ``probability_below_zero`` is of mu.

    Every Summary has the equal-tailed and the shortest interval; name the one you print.
    """

    model: str
    k: int
    labels: tuple[str, ...]
    prior: str
    prior_scale: float
    mu: Summary
    tau: Summary
    new_study: Summary
    studies: tuple[ShrunkStudy, ...]
    probability_below_zero: float
    quadrature_nodes: int
    quadrature_change: float
    level: float
    codes: tuple[str, ...]


def normal_normal(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    prior_scale: float,
    level: float,
    labels: Sequence[str] | None = None,
) -> NormalNormal:
    """Return the posterior under tau ~ half-normal(prior_scale), mu flat. Works from two studies.

    Raises InputError for fewer (with one study a flat prior on mu leaves tau at its prior), or a scale that
    is not > 0.
    """
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=2)
    if not (math.isfinite(prior_scale) and prior_scale > 0):
        raise InputError([f"prior_scale = {prior_scale!r} must be a finite number > 0, in the units of y"])
    grid = _grid(effects, prior_scale, PANELS)
    log_peak, total = _normalise(grid, effects, prior_scale)
    finer = _grid(effects, prior_scale, 2 * PANELS)
    other_peak, other_total = _normalise(finer, effects, prior_scale)
    change = abs(math.expm1(other_peak - log_peak + math.log(other_total / total)))
    weights = grid.weights * np.exp(_log_density(grid.nodes, effects, prior_scale) - log_peak) / total
    means, variances = _given_tau(grid.nodes, effects)
    mu = Mixture(weights, means, np.sqrt(variances))
    new = Mixture(weights, means, np.sqrt(variances + grid.nodes**2))
    return NormalNormal(
        model="Bayesian normal-normal, flat mu",
        k=len(effects.y),
        labels=effects.labels,
        prior="half-normal",
        prior_scale=prior_scale,
        mu=mu.summary(level),
        tau=_tau(grid, effects, prior_scale, log_norm=log_peak + math.log(total), level=level),
        new_study=new.summary(level),
        studies=_shrink(grid.nodes, mu, effects, level),
        probability_below_zero=mu.below(0.0),
        quadrature_nodes=len(grid.nodes),
        quadrature_change=change,
        level=level,
        codes=("QUADRATURE_NOT_CONVERGED",) if change > 1e-10 else (),
    )


def _grid(effects: Effects, scale: float, count: int) -> Panels:
    smallest = 0.1 * min(math.sqrt(float(effects.v.min())), scale)
    return panels(smallest, REACH * scale, count=count)


def _log_density(tau: FloatArray, effects: Effects, scale: float) -> FloatArray:
    prior = 0.5 * math.log(2 / math.pi) - math.log(scale) - 0.5 * (tau / scale) ** 2
    return np.asarray(prior + log_likelihoods(tau**2, effects.y, effects.v, likelihood="REML"), dtype=np.float64)


def _normalise(grid: Panels, effects: Effects, scale: float) -> tuple[float, float]:
    heights = _log_density(grid.nodes, effects, scale)
    peak = float(heights.max())
    return peak, math.fsum(grid.weights * np.exp(heights - peak))


def _given_tau(tau: FloatArray, effects: Effects) -> tuple[FloatArray, FloatArray]:
    w = 1.0 / (effects.v[:, None] + tau[None, :] ** 2)
    total = w.sum(axis=0)
    return (w * effects.y[:, None]).sum(axis=0) / total, 1.0 / total


def _tau(grid: Panels, effects: Effects, scale: float, *, log_norm: float, level: float) -> Summary:
    def densities(tau: FloatArray) -> FloatArray:
        return np.asarray(np.exp(_log_density(tau, effects, scale) - log_norm), dtype=np.float64)

    masses = grid.weights * densities(grid.nodes)
    steps = np.concatenate(([0.0], np.cumsum(masses.reshape(-1, ORDER).sum(axis=1))))

    def below(tau: float) -> float:
        place = min(int(np.searchsorted(grid.edges, tau, side="right")) - 1, len(steps) - 2)
        return float(steps[place]) + within(float(grid.edges[place]), tau, densities)

    def density(tau: float) -> float:
        return float(densities(np.array([tau]))[0])

    mean = math.fsum(masses * grid.nodes)
    sd = math.sqrt(math.fsum(masses * (grid.nodes - mean) ** 2))
    ends = (0.0, float(grid.edges[-1]))
    return summarise(mean, sd, below, density, ends=ends, level=level)


def _shrink(tau: FloatArray, mu: Mixture, effects: Effects, level: float) -> tuple[ShrunkStudy, ...]:
    # theta_i | tau: weight B = v/(v + tau^2) on mu(tau), the rest on y; the variance of mu adds B^2/W.
    found = []
    for label, estimate, variance in zip(effects.labels, effects.y, effects.v, strict=True):
        towards = variance / (variance + tau**2)
        means = estimate + towards * (mu.means - estimate)
        sds = np.sqrt(towards * tau**2 + (towards * mu.sds) ** 2)
        effect = Mixture(mu.weights, means, sds).summary(level)
        found.append(ShrunkStudy(label, float(estimate), math.sqrt(float(variance)), effect))
    return tuple(found)
