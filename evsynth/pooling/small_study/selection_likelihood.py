"""Log-likelihoods of selection models: a normal random-effects model whose studies were seen with chance w(p).

With p the one-sided p-value of a study and ``eta^2 = v + tau2``, a study's density is
``w(p) phi((y - mu)/eta)/eta / A``, where ``A = integral of w(p(y)) phi((y - mu)/eta)/eta dy``. Parameters are
``(mu, tau2, log of the selection parameters)``. Everything is analytic, so that derivatives of the gradient can be
taken by the complex step, to the last bits.

- step (Hedges 1992, doi 10.1214/ss/1177011364; Vevea & Hedges 1995, doi 10.1007/BF02294384): w is constant between
  cut-points of p, 1 in the first interval. A is a sum of normal probabilities.
- beta (Citkowicz & Vevea 2017, doi 10.1037/met0000119): ``w = p^(a-1) (1-p)^(b-1)`` with p held to [1e-5, 1 - 1e-5]
as in
  that paper (without the bound A is infinite for small a). A by Gauss-Legendre panels over the z-scale.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from numpy.polynomial.legendre import leggauss
from scipy.special import erfc, log_ndtr, ndtr, ndtri

from evsynth.pooling.guard import FloatArray

Values = npt.NDArray[np.complex128] | FloatArray

EDGE = 1e-5
"""Bound of p in the beta model (Citkowicz & Vevea 2017)."""
PIECES, NODES = 12, 14
"""Panels of Gauss-Legendre nodes over z from -4.26 to 4.26 in the beta model; doubling them changes 1e-13 or less."""


class Selection(Protocol):
    """A weight function with its normalising constant: value and gradient of the log-likelihood."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the selection parameters."""

    def value_and_gradient(self, at: Values) -> tuple[complex, Values]:
        """Return the log-likelihood and its gradient at (mu, tau2, log selection parameters), real or complex."""


class Data(NamedTuple):
    """Estimates with their sampling variances, turned so that small p means a large positive estimate."""

    y: FloatArray
    v: FloatArray


class Steps:
    """A step function of p with cut-points ``steps``, the last of them 1."""

    def __init__(self, data: Data, steps: tuple[float, ...]) -> None:
        self.data = data
        self.names = tuple(f"delta {place}" for place in range(2, len(steps) + 1))
        z = data.y / np.sqrt(data.v)
        self.cuts = -ndtri(np.array(steps[:-1]))
        self.interval = np.searchsorted(-self.cuts, -z, side="left")
        self.counts = tuple(int((self.interval == j).sum()) for j in range(len(steps)))

    def value_and_gradient(self, at: Values) -> tuple[complex, Values]:
        y, root = self.data.y, np.sqrt(self.data.v)
        mu, tau2, delta = at[0], at[1], np.concatenate((np.ones(1), np.exp(at[2:])))
        eta = np.sqrt(self.data.v + tau2)
        c = (root[:, None] * self.cuts - mu) / eta[:, None]
        # P(p in interval j) is the difference of upper tails at its two ends, in the tail where both are small.
        upper = _below(-c)
        zero, one = np.zeros((len(y), 1)), np.ones((len(y), 1))
        masses = np.diff(np.concatenate((zero, upper, one), axis=1), axis=1)
        phi = np.exp(-0.5 * c * c) / math.sqrt(2 * math.pi)
        by_mu = np.diff(np.concatenate((zero, phi / eta[:, None], zero), axis=1), axis=1)
        by_eta = np.diff(np.concatenate((zero, phi * c / eta[:, None], zero), axis=1), axis=1)
        total = masses @ delta
        r = (y - mu) / eta
        value = (
            np.log(delta)[self.interval] - 0.5 * math.log(2 * math.pi) - np.log(eta) - 0.5 * r * r - np.log(total)
        ).sum()
        g_mu = (r / eta - (by_mu @ delta) / total).sum()
        g_tau2 = (((r * r - 1) / eta - (by_eta @ delta) / total) / (2 * eta)).sum()
        counts = np.array(self.counts[1:], dtype=np.float64)
        g_delta = counts - (masses[:, 1:] * delta[1:] / total[:, None]).sum(axis=0)
        return value, np.concatenate((np.array([g_mu, g_tau2]), g_delta))


class Beta:
    """A beta density of p with shapes a and b, unnormalised; both 1 means no selection."""

    names = ("a", "b")

    def __init__(self, data: Data) -> None:
        self.data = data
        z = np.clip(data.y / np.sqrt(data.v), -float(-ndtri(EDGE)), float(-ndtri(EDGE)))
        self.log_p, self.log_q = log_ndtr(-z), log_ndtr(z)
        points, shares = leggauss(NODES)
        self.end = float(-ndtri(EDGE))
        edges = np.linspace(-self.end, self.end, PIECES + 1)
        half, middle = 0.5 * np.diff(edges), 0.5 * (edges[1:] + edges[:-1])
        self.z = (middle[:, None] + half[:, None] * points).ravel()
        self.shares = (half[:, None] * shares).ravel()
        self.node_p, self.node_q = log_ndtr(-self.z), log_ndtr(self.z)

    def value_and_gradient(self, at: Values) -> tuple[complex, Values]:
        y, root = self.data.y, np.sqrt(self.data.v)
        mu, tau2, a, b = at[0], at[1], np.exp(at[2]), np.exp(at[3])
        eta = np.sqrt(self.data.v + tau2)
        s = (root / eta)[:, None]
        u = s * self.z - (mu / eta)[:, None]
        weight = np.exp((a - 1) * self.node_p + (b - 1) * self.node_q)
        density = self.shares * s * np.exp(-0.5 * u * u) / math.sqrt(2 * math.pi) * weight
        # Beyond the bounds of p the weight is constant: (mass of the normal there) times the weight at the bound.
        ends = []
        for sign in (1.0, -1.0):
            c = (sign * self.end * root - mu) / eta
            log_p, log_q = float(log_ndtr(-sign * self.end)), float(log_ndtr(sign * self.end))
            height = np.exp((a - 1) * log_p + (b - 1) * log_q)
            phi = np.exp(-0.5 * c * c) / math.sqrt(2 * math.pi)
            ends.append(
                (_below(-sign * c) * height, sign * phi / eta * height, sign * phi * c / eta * height, log_p, log_q)
            )
        total = density.sum(axis=1) + ends[0][0] + ends[1][0]
        by_mu = (density * u / eta[:, None]).sum(axis=1) + ends[0][1] + ends[1][1]
        by_eta = (density * (u * u - 1) / eta[:, None]).sum(axis=1) + ends[0][2] + ends[1][2]
        by_a = (density * self.node_p).sum(axis=1) + sum(mass * log_p for mass, _, _, log_p, _ in ends)
        by_b = (density * self.node_q).sum(axis=1) + sum(mass * log_q for mass, _, _, _, log_q in ends)
        r = (y - mu) / eta
        chosen = (a - 1) * self.log_p + (b - 1) * self.log_q
        value = (chosen - 0.5 * math.log(2 * math.pi) - np.log(eta) - 0.5 * r * r - np.log(total)).sum()
        g_mu = (r / eta - by_mu / total).sum()
        g_tau2 = (((r * r - 1) / eta - by_eta / total) / (2 * eta)).sum()
        g_a = a * (self.log_p - by_a / total).sum()
        g_b = b * (self.log_q - by_b / total).sum()
        return value, np.array([g_mu, g_tau2, g_a, g_b])


def _below(x: Values) -> Values:
    # Phi for real or complex arguments; scipy's ndtr takes reals only.
    if np.iscomplexobj(x):
        return np.asarray(0.5 * erfc(-x / math.sqrt(2)))
    return np.asarray(ndtr(x))
