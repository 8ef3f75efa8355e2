"""The marginal likelihood of study effects ``e = mu + tau z``, ``z`` standard normal, with exact derivatives.

Every study's integrand is log-concave in z: its mode is found, then the window outside which it is below
exp(-40) of its peak, and the trapezoidal rule is used on that window (exponential convergence: Trefethen &
Weideman 2014, doi 10.1137/130932132). Gradient and Hessian in (mu, tau, baseline) are expectations under the
same rule (Louis 1982, doi 10.1111/j.2517-6161.1982.tb01203.x).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.kernels import Kernel

DROP = 40.0
LOG_ROOT_2PI = 0.5 * math.log(2 * math.pi)


class Marginal(NamedTuple):
    """Per study: log-likelihood (constants included), gradient (k, 3) and Hessian (k, 3, 3) in (mu, tau, b)."""

    value: FloatArray
    gradient: FloatArray
    hessian: FloatArray

    @property
    def total(self) -> float:
        """The log-likelihood of all studies."""
        return math.fsum(self.value)


def enough_nodes(tau: float) -> int:
    """Return a number of nodes: the sharpest feature in z, a study at 0 or all events, has width 1/tau."""
    return 32 * math.ceil(1.0 + tau)


def marginal(mu: float, tau: float, b: FloatArray, kernel: Kernel, *, nodes: int) -> Marginal:
    """Evaluate the marginal likelihood and its derivatives at mu, tau >= 0 and baselines b."""
    low, high = _window(mu, tau, b, kernel)
    step = (high - low) / (nodes - 1)
    z = low[:, None] + step[:, None] * np.arange(nodes)
    at = kernel.terms(mu + tau * z, b)
    logs = at.value - 0.5 * z * z
    total = logsumexp(logs, axis=1)
    share = np.exp(logs - total[:, None])
    first = np.stack((at.e, at.e * z, at.b), axis=-1)
    mean = np.einsum("km,kmi->ki", share, first)
    away = first - mean[:, None, :]
    second = np.einsum("km,kmi,kmj->kij", share, away, away)
    for (i, j), part in (
        ((0, 0), at.ee), ((0, 1), at.ee * z), ((1, 1), at.ee * z * z), ((0, 2), at.eb), ((1, 2), at.eb * z),
        ((2, 2), at.bb),
    ):  # fmt: skip
        extra = (share * part).sum(axis=1)
        second[:, i, j] += extra
        if i != j:
            second[:, j, i] += extra
    return Marginal(total + np.log(step) - LOG_ROOT_2PI + kernel.constant(), mean, second)


def _window(mu: float, tau: float, b: FloatArray, kernel: Kernel) -> tuple[FloatArray, FloatArray]:
    mode = _modes(mu, tau, b, kernel)

    def height(z: FloatArray) -> FloatArray:
        return np.asarray(kernel.terms((mu + tau * z)[:, None], b).value[:, 0] - 0.5 * z * z)

    floor = height(mode) - DROP
    ends = []
    for sign in (-1.0, 1.0):
        near, far = np.zeros(kernel.k), np.full(kernel.k, math.sqrt(2 * DROP))  # curvature is at most -1
        for _ in range(6):
            middle = 0.5 * (near + far)
            inside = height(mode + sign * middle) > floor
            near, far = np.where(inside, middle, near), np.where(inside, far, middle)
        ends.append(mode + sign * far)
    return ends[0], ends[1]


def _modes(mu: float, tau: float, b: FloatArray, kernel: Kernel) -> FloatArray:
    z = np.zeros(kernel.k)
    low, high = np.full(kernel.k, -np.inf), np.full(kernel.k, np.inf)
    for _ in range(100):
        at = kernel.terms((mu + tau * z)[:, None], b)
        slope = tau * at.e[:, 0] - z
        low, high = np.where(slope > 0, z, low), np.where(slope > 0, high, z)
        new = z + np.clip(slope / (1.0 - tau * tau * at.ee[:, 0]), -4.0, 4.0)
        outside = (new <= low) | (new >= high)
        new = np.where(outside & np.isfinite(low) & np.isfinite(high), 0.5 * (low + high), new)
        if bool((np.abs(new - z) <= 1e-4).all()):
            return np.asarray(new)
        z = new
    return z
