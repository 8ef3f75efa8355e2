"""The posterior of tau as Gauss-Legendre panels, spaced geometrically from far below the standard errors to far above.

``p(tau | y)`` is proportional to prior times likelihood, mu integrated out exactly: with ``w = 1/(v + tau^2)``, and
a normal prior of mu (mean m0, variance s0^2) entering like one more study that tau does not widen,

    W = sum w + 1/s0^2,  mu(tau) = (sum w y + m0/s0^2)/W,
    log p(y | tau) = -1/2 [sum log 2 pi (v + tau^2) + log 2 pi s0^2 - log 2 pi/W + sum w (y - mu)^2 + (m0 - mu)^2/s0^2]

without the s0 terms for flat mu. The density falls with a known power of tau, which says whether it can be normalised,
which moments exist, and how far the panels must reach. Priors of log tau^2 put mass at values of tau where the
likelihood is constant; that mass is taken from their distribution function.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.optimize import brentq

from evsynth.pooling.bayes.priors import TauPrior
from evsynth.pooling.bayes.summary import Summary, invert, peak, summarise
from evsynth.pooling.guard import Effects, FloatArray, InputError

ORDER = 20
"""Gauss-Legendre nodes per panel."""
STEP = 0.6
"""Width of a panel in log tau; halving it changes the normalising constant by less than 1e-13 (it is checked every
time).
"""
POINTS, SHARES = leggauss(ORDER)
FAR, NEAR = 1e17, 1e-9
"""Panels reach this many times the largest scale when the density falls with a power; mass below NEAR is an atom at
0.
"""


class MuPrior(NamedTuple):
    """A normal prior of mu. ``None`` in its place means a flat prior."""

    mean: float
    sd: float


class Posterior(NamedTuple):
    """The posterior of tau on nodes, with mu given tau; ``log_evidence`` is log p(y) up to the prior's normalisation.

    ``atom`` is the mass below ``edges[0]`` (priors of log tau^2), otherwise ``edges[0]`` is 0. ``power`` is the
    exponent with which the density falls.
    """

    effects: Effects
    prior: TauPrior
    mu_prior: MuPrior | None
    edges: FloatArray
    nodes: FloatArray
    masses: FloatArray
    atom: float
    log_evidence: float
    power: float
    change: float

    def density(self, tau: FloatArray) -> FloatArray:
        """Return the posterior density of tau."""
        return np.asarray(np.exp(self._log(tau) - self.log_evidence), dtype=np.float64)

    def _log(self, tau: FloatArray) -> FloatArray:
        likelihood = log_likelihood(tau, self.effects, self.mu_prior)
        return np.asarray(self.prior.log_density(tau, self.effects.v) + likelihood, dtype=np.float64)

    def moment_exists(self, order: int) -> bool:
        """Return whether the posterior moment of tau of this order is finite."""
        return self.power > order + 1

    def quantiles(self, shares: FloatArray) -> FloatArray:
        """Return the values of tau below which these shares of the posterior lie."""
        steps = self._steps()
        place = np.clip(np.searchsorted(steps, shares, side="left") - 1, 0, len(self.edges) - 2)
        start, low, high = steps[place], self.edges[place], self.edges[place + 1]

        def below(tau: FloatArray) -> FloatArray:
            return np.asarray(start + self._within(low, tau), dtype=np.float64)

        found = invert(below, self.density, shares, low, high)
        found = np.where(shares >= below(high), high, found)
        inside_atom = shares <= self.atom
        if bool(inside_atom.any()):
            found[inside_atom] = [self._atom_quantile(float(share)) for share in shares[inside_atom]]
        return np.where(shares <= 0, 0.0, found)

    def summary(self, level: float) -> Summary:
        """Return moments, median, intervals and mode of tau."""
        mean = math.fsum(self.masses * self.nodes) if self.moment_exists(1) else None
        sd = None
        if mean is not None and self.moment_exists(2):
            sd = math.sqrt(math.fsum(self.masses * (self.nodes - mean) ** 2) + self.atom * mean**2)
        return summarise(
            (mean, sd),
            self.quantiles,
            self._finite_density,
            self._between,
            level=level,
            from_zero=True,
            mode=self._mode(),
        )

    def _between(self, ends: FloatArray) -> float:
        steps, below = self._steps(), []
        for tau in ends:
            place = min(max(int(np.searchsorted(self.edges, tau, side="right")) - 1, 0), len(self.edges) - 2)
            low = self.edges[place : place + 1]
            below.append(float(steps[place]) + float(self._within(low, np.array([max(float(tau), float(low[0]))]))[0]))
        return below[1] - below[0]

    def _finite_density(self, tau: FloatArray) -> FloatArray:
        return self.density(np.maximum(tau, self.edges[0]))

    def _steps(self) -> FloatArray:
        return np.concatenate(([self.atom], self.atom + np.cumsum(self.masses.reshape(-1, ORDER).sum(axis=1))))

    def _atom_quantile(self, share: float) -> float:
        inside, edge = self.prior.below, float(self.edges[0])
        if inside is None or share <= 0:
            return 0.0
        wanted = share / self.atom * inside(edge)
        return float(brentq(lambda tau: inside(tau) - wanted, 0.0, edge, xtol=1e-300, rtol=1e-14, maxiter=2000))

    def _within(self, low: FloatArray, high: FloatArray) -> FloatArray:
        half = 0.5 * (high - low)
        tau = (0.5 * (low + high))[:, None] + half[:, None] * POINTS
        return np.asarray(half * (self.density(tau.ravel()).reshape(tau.shape) @ SHARES), dtype=np.float64)

    def _mode(self) -> float:
        heights = self._log(self.nodes)
        top = int(heights.argmax())
        low, high = (0.0 if top == 0 else float(self.nodes[top - 1])), float(self.nodes[min(top + 1, len(heights) - 1)])
        if top == 0 and float(self._log(np.array([low]))[0]) >= heights[0]:
            return 0.0
        return peak(self._log, np.array([low, float(self.nodes[top]), high]))


def posterior(effects: Effects, prior: TauPrior, mu_prior: MuPrior | None) -> Posterior:
    """Integrate. Raises InputError when the posterior is improper, naming the number of studies it would need."""
    power = prior.tail + len(effects.y) - (1 if mu_prior is None else 0)
    if power <= 1:
        needed = len(effects.y) + math.floor(1 - power) + 1
        flat = "flat" if mu_prior is None else "normal"
        raise InputError(
            [
                f"with {len(effects.y)} studies, a {flat} prior of mu and tau ~ {prior.described} the posterior is "
                f"improper "
                f"(it falls like tau^-{power:g}); it needs {needed} studies, or a proper prior of tau"
            ]
        )
    first, other = (_integrate(effects, prior, mu_prior, power, step) for step in (STEP, STEP / 2))
    return first._replace(change=abs(math.expm1(other.log_evidence - first.log_evidence)))


def _integrate(effects: Effects, prior: TauPrior, mu_prior: MuPrior | None, power: float, step: float) -> Posterior:
    edges = _edges(effects, prior, mu_prior, step)
    half, middle = 0.5 * np.diff(edges), 0.5 * (edges[1:] + edges[:-1])
    nodes = (middle[:, None] + half[:, None] * POINTS).ravel()
    weights = (half[:, None] * SHARES).ravel()
    logs = prior.log_density(nodes, effects.v) + log_likelihood(nodes, effects, mu_prior)
    atom = 0.0
    at_zero = float(log_likelihood(np.zeros(1), effects, mu_prior)[0])
    peak = max(float(logs.max()), at_zero)
    if prior.below is not None:
        atom = prior.below(float(edges[0])) * math.exp(at_zero - peak)
    masses = weights * np.exp(logs - peak)
    total = math.fsum(masses) + atom
    return Posterior(
        effects, prior, mu_prior, edges, nodes, masses / total, atom / total, peak + math.log(total), power, 0.0
    )


def _edges(effects: Effects, prior: TauPrior, mu_prior: MuPrior | None, step: float) -> FloatArray:
    least, largest = math.sqrt(float(effects.v.min())), math.sqrt(float(effects.v.max()))
    spread = max(largest, float(np.ptp(effects.y)))
    if mu_prior is not None:
        spread = max(spread, float(np.abs(effects.y - mu_prior.mean).max()))
    known = prior.scale if math.isfinite(prior.scale) else spread
    low = 0.1 * min(least, known)
    high = prior.reach if math.isfinite(prior.reach) else FAR * max(spread, known)
    if prior.below is not None:
        low = NEAR * least
        high = min(high, FAR * max(spread, known))
    high = max(high, 4 * low)
    count = max(12, math.ceil(math.log(high / low) / step)) + 1
    edges = np.geomspace(low, high, count)
    return edges if prior.below is not None else np.concatenate(([0.0], edges))


def log_likelihood(tau: FloatArray, effects: Effects, mu_prior: MuPrior | None) -> FloatArray:
    """Return log p(y | tau), mu integrated out. For flat mu the constant is that of a prior density of 1."""
    w, total, mu = _weights(tau, effects, mu_prior)
    value = np.log(w).sum(axis=0) - len(effects.y) * math.log(2 * math.pi) + math.log(2 * math.pi) - np.log(total)
    value = value - (w * (effects.y[:, None] - mu) ** 2).sum(axis=0)
    if mu_prior is not None:
        value = value - math.log(2 * math.pi * mu_prior.sd**2) - ((mu_prior.mean - mu) / mu_prior.sd) ** 2
    return np.asarray(0.5 * value, dtype=np.float64)


def given_tau(tau: FloatArray, effects: Effects, mu_prior: MuPrior | None) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of mu given tau."""
    _, total, mu = _weights(tau, effects, mu_prior)
    return mu, 1.0 / total


def _weights(tau: FloatArray, effects: Effects, mu_prior: MuPrior | None) -> tuple[FloatArray, FloatArray, FloatArray]:
    w = 1.0 / (effects.v[:, None] + tau[None, :] ** 2)
    extra = 0.0 if mu_prior is None else mu_prior.sd**-2
    total = w.sum(axis=0) + extra
    # Measured from one estimate, so that effects far from 0 lose no digits.
    base = float(effects.y[0])
    shift = 0.0 if mu_prior is None else (mu_prior.mean - base) * extra
    return w, total, base + ((w * (effects.y[:, None] - base)).sum(axis=0) + shift) / total
