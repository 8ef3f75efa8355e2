"""Marginal likelihood of the binomial-normal model, with exact derivatives, by adaptive quadrature.

Study i has ``x_i ~ Binomial(n_i, p_i)`` and ``logit p_i = mu + tau z_i`` with standard normal ``z_i``. The
integrand is log-concave in z. For every study its mode is found, then the window outside which it is below
exp(-40) of its peak, and the trapezoidal rule is used on that window: for analytic functions that vanish at
both ends it converges exponentially in the number of nodes (Trefethen & Weideman 2014, doi
10.1137/130932132). Adaptive Gauss-Hermite needs fewer nodes where the integrand looks normal, but had not
converged with 200 where it does not (0 of 50 000 beside 5 of 20, tau = 8.8).

Derivatives are expectations under the same rule (Louis 1982, doi 10.1111/j.2517-6161.1982.tb01203.x):

    l_i'  = E[g'],   l_i'' = E[g''] + Cov(g'),   g' = (x - n p, (x - n p) z)
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import expit, gammaln, logsumexp

from evsynth.pooling.guard import Counts, FloatArray

DROP = 40.0
"""The window ends where the log integrand is this far below its peak: exp(-40) is 4e-18."""


class Marginal(NamedTuple):
    """Log-likelihood (binomial coefficients included), gradient in (mu, tau), and Hessian in (mu, tau)."""

    log_likelihood: float
    gradient: FloatArray
    hessian: FloatArray


def enough_nodes(tau: float) -> int:
    """Return a number of nodes that resolves a study at 0 or n events: the sharpest feature in z has width
    1/tau.
    """
    return 32 * math.ceil(1.0 + 1.5 * tau)


def marginal(mu: float, tau: float, counts: Counts, *, nodes: int) -> Marginal:
    """Evaluate the marginal likelihood at mu and tau >= 0 (in logits), with that many nodes per study."""
    x, n = counts.events, counts.totals
    low, high = _window(mu, tau, x, n)
    step = (high - low) / (nodes - 1)
    z = low[:, None] + step[:, None] * np.arange(nodes)
    eta = mu + tau * z
    log_terms = _log_integrand(eta, z, x[:, None], n[:, None])
    log_sum = logsumexp(log_terms, axis=1)
    share = np.exp(log_terms - log_sum[:, None])
    p = expit(eta)
    slope, curve = x[:, None] - n[:, None] * p, -n[:, None] * p * (1.0 - p)
    by_mu = (share * slope).sum(axis=1)
    by_tau = (share * slope * z).sum(axis=1)
    centred_mu, centred_tau = slope - by_mu[:, None], slope * z - by_tau[:, None]
    mu_mu = math.fsum((share * (curve + centred_mu**2)).sum(axis=1))
    mu_tau = math.fsum((share * (curve * z + centred_mu * centred_tau)).sum(axis=1))
    tau_tau = math.fsum((share * (curve * z * z + centred_tau**2)).sum(axis=1))
    coefficients = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    return Marginal(
        math.fsum(log_sum + np.log(step) - 0.5 * math.log(2 * math.pi) + coefficients),
        np.array([math.fsum(by_mu), math.fsum(by_tau)]),
        np.array([[mu_mu, mu_tau], [mu_tau, tau_tau]]),
    )


def _log_integrand(eta: FloatArray, z: FloatArray, x: FloatArray, n: FloatArray) -> FloatArray:
    return np.asarray(x * eta - n * np.logaddexp(0.0, eta) - 0.5 * z * z, dtype=np.float64)


def _window(mu: float, tau: float, x: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    mode = _modes(mu, tau, x, n)
    floor = _log_integrand(mu + tau * mode, mode, x, n) - DROP
    ends = []
    for sign in (-1.0, 1.0):
        near, far = np.zeros_like(x), np.full_like(x, math.sqrt(2 * DROP))  # curvature is at most -1
        for _ in range(12):
            middle = 0.5 * (near + far)
            z = mode + sign * middle
            inside = _log_integrand(mu + tau * z, z, x, n) > floor
            near, far = np.where(inside, middle, near), np.where(inside, far, middle)
        ends.append(mode + sign * far)
    return ends[0], ends[1]


def _modes(mu: float, tau: float, x: FloatArray, n: FloatArray) -> FloatArray:
    # The slope tau (x - n p) - z falls in z; its root lies in [tau (x - n), tau x]: Newton, else bisection.
    low, high = tau * (x - n), tau * x
    z = np.zeros_like(x)
    for _ in range(200):
        p = expit(mu + tau * z)
        slope = tau * (x - n * p) - z
        low, high = np.where(slope > 0, z, low), np.where(slope > 0, high, z)
        new = z + slope / (1.0 + tau * tau * n * p * (1.0 - p))
        new = np.where((new >= low) & (new <= high), new, 0.5 * (low + high))
        if bool((np.abs(new - z) <= 1e-6).all()):
            break
        z = new
    return np.asarray(new, dtype=np.float64)
