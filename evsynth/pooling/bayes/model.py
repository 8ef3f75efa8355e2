"""The Bayesian normal-normal model: posterior of mu, tau, a new study's effect, and each study's own effect.

Given tau everything is normal (``quadrature``), so mu, a new effect and the shrunken effects are mixtures of normals
over the posterior of tau. No sampling, no seed. Roever 2020, doi 10.18637/jss.v093.i06. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.bayes.priors import TauPrior
from evsynth.pooling.bayes.quadrature import MuPrior, Posterior, given_tau, log_likelihood, posterior
from evsynth.pooling.bayes.summary import Mixture, Summary
from evsynth.pooling.guard import Effects, FloatArray, InputError, check_effects, check_level

CHANGE = 1e-10
"""Relative change of the normalising constant with twice the panels beyond which the quadrature is not trusted."""


class ShrunkStudy(NamedTuple):
    """A study's own effect after shrinkage towards the mean, beside what it reported (``y``, ``se``)."""

    label: str
    y: float
    se: float
    effect: Summary


class Evidence(NamedTuple):
    """Marginal likelihood p(y) and Bayes factors for tau = 0 and mu = 0 against the model (above 1: for the zero).

    None where a prior that has to be proper is not, or is not normalised.
    """

    marginal_likelihood: float | None
    tau_zero: float | None
    mu_zero: float | None


class NormalNormal(NamedTuple):
    """Posterior of mu, tau, and the effect in a new study. ``probability_below_zero`` is of mu.

    Every Summary has the equal-tailed and the shortest interval; name the one you print. ``codes``:
    QUADRATURE_NOT_CONVERGED, MOMENTS_DO_NOT_EXIST (some means or standard deviations are None).
    """

    model: str
    k: int
    labels: tuple[str, ...]
    prior: str
    prior_scale: float | None
    prior_source: str
    mu_prior: MuPrior | None
    mu: Summary
    tau: Summary
    new_study: Summary
    studies: tuple[ShrunkStudy, ...]
    probability_below_zero: float
    evidence: Evidence
    quadrature_nodes: int
    quadrature_change: float
    level: float
    codes: tuple[str, ...]


def bayes(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    tau_prior: TauPrior,
    mu_prior: MuPrior | None,
    level: float,
    labels: Sequence[str] | None = None,
) -> NormalNormal:
    """Return the posterior under ``tau_prior`` and a normal prior of mu, or a flat one (``mu_prior=None``).

    Needs two studies with flat mu, one otherwise. Raises InputError for fewer, for a prior of mu that is not proper,
    and when the posterior is improper: with flat mu the uniform prior of tau on (0, inf) needs three studies.
    """
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=1 if mu_prior else 2)
    _check_mu(mu_prior)
    found = posterior(effects, tau_prior, mu_prior)
    nodes, weights = found.nodes, found.masses
    if found.atom:
        nodes, weights = np.concatenate(([0.0], nodes)), np.concatenate(([found.atom], weights))
    means, variances = given_tau(nodes, effects, mu_prior)
    mu, new = Mixture(weights, means, np.sqrt(variances)), Mixture(weights, means, np.sqrt(variances + nodes**2))
    # Flat mu: mu | tau spreads like tau. A normal prior bounds it; a new study still spreads like tau.
    spreading = (found.moment_exists(1), found.moment_exists(2))
    bounded = (True, True) if mu_prior else spreading
    codes: tuple[str, ...] = ("QUADRATURE_NOT_CONVERGED",) if found.change > CHANGE else ()
    codes += () if all(spreading) else ("MOMENTS_DO_NOT_EXIST",)
    where = "flat mu" if mu_prior is None else f"mu ~ normal({mu_prior.mean:g}, {mu_prior.sd:g})"
    parameters = dict(tau_prior.parameters)
    return NormalNormal(
        model=f"Bayesian normal-normal, {where}",
        k=len(effects.y),
        labels=effects.labels,
        prior=tau_prior.described,
        prior_scale=parameters.get("scale"),
        prior_source=tau_prior.source,
        mu_prior=mu_prior,
        mu=mu.summary(level, moments=bounded),
        tau=found.summary(level),
        new_study=new.summary(level, moments=spreading),
        studies=_shrink(nodes, mu, effects, level),
        probability_below_zero=float(mu.below(np.zeros(1))[0]),
        evidence=_evidence(found),
        quadrature_nodes=len(nodes),
        quadrature_change=found.change,
        level=level,
        codes=codes,
    )


def joint_density(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    tau_prior: TauPrior,
    mu_prior: MuPrior | None,
    mu: npt.ArrayLike,
    tau: npt.ArrayLike,
) -> FloatArray:
    """Return the joint posterior density of (mu, tau), a row per mu and a column per tau. Raises InputError as
    ``bayes``.
    """
    effects = check_effects(y, v, minimum=1 if mu_prior else 2)
    _check_mu(mu_prior)
    rows, columns = np.asarray(mu, dtype=np.float64), np.asarray(tau, dtype=np.float64)
    if (
        rows.ndim != 1
        or columns.ndim != 1
        or not np.isfinite(rows).all()
        or not (np.isfinite(columns) & (columns >= 0)).all()
    ):
        raise InputError(["mu and tau must be lists of finite numbers, tau >= 0"])
    found = posterior(effects, tau_prior, mu_prior)
    means, variances = given_tau(columns, effects, mu_prior)
    z2 = (rows[:, None] - means) ** 2 / variances
    heights = found.density(columns)
    return np.asarray(heights * np.exp(-0.5 * z2) / np.sqrt(2 * math.pi * variances), dtype=np.float64)


def _check_mu(prior: MuPrior | None) -> None:
    if prior is not None and not (math.isfinite(prior.mean) and math.isfinite(prior.sd) and prior.sd > 0):
        raise InputError([f"mu_prior = {tuple(prior)!r} needs a finite mean and a finite standard deviation > 0"])


def _shrink(tau: FloatArray, mu: Mixture, effects: Effects, level: float) -> tuple[ShrunkStudy, ...]:
    # theta_i | tau: weight B = v/(v + tau^2) on mu(tau), the rest on y; the variance of mu adds B^2/W.
    found = []
    for label, estimate, variance in zip(effects.labels, effects.y, effects.v, strict=True):
        towards = variance / (variance + tau**2)
        means = estimate + towards * (mu.means - estimate)
        sds = np.sqrt(variance * (tau**2 / (variance + tau**2)) + (towards * mu.sds) ** 2)
        effect = Mixture(mu.weights, means, sds).summary(level)
        found.append(ShrunkStudy(label, float(estimate), math.sqrt(float(variance)), effect))
    return tuple(found)


def _evidence(found: Posterior) -> Evidence:
    normalised = found.prior.proper and found.prior.normalised
    at_zero = float(log_likelihood(np.zeros(1), found.effects, found.mu_prior)[0])
    tau_zero = math.exp(at_zero - found.log_evidence) if normalised else None
    if not normalised or found.mu_prior is None:
        return Evidence(None, tau_zero, None)
    # mu = 0: the same integral with mu fixed, a normal prior of no width; by Savage-Dickey, posterior over prior
    # density.
    means, variances = given_tau(found.nodes, found.effects, found.mu_prior)
    height = Mixture(found.masses, means, np.sqrt(variances)).density(np.zeros(1))[0]
    if found.atom:
        mean, variance = given_tau(np.zeros(1), found.effects, found.mu_prior)
        height += found.atom * math.exp(-0.5 * float(mean[0] ** 2 / variance[0])) / math.sqrt(2 * math.pi * variance[0])
    prior = math.exp(-0.5 * (found.mu_prior.mean / found.mu_prior.sd) ** 2) / (
        math.sqrt(2 * math.pi) * found.mu_prior.sd
    )
    return Evidence(math.exp(found.log_evidence), tau_zero, height / prior)
