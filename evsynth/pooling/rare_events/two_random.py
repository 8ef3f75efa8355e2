"""The likelihood of the model with random baselines and random effects (UM.RS), with exact derivatives.

Study i has baseline ``alpha + s u`` and effect ``theta + r u + t z`` with u, z standard normal; arm 1 at
baseline + effect/2, arm 2 at baseline - effect/2. ``r = 0`` makes both independent; then ``t`` is tau.
Jackson 2018, doi 10.1002/sim.7588 (model 4 and its bivariate kin); van Houwelingen 1993, doi
10.1002/sim.4780122405. Double-zero studies say something here: their baseline is low.

The integral over (u, z) is taken around each study's mode, in coordinates in which the curvature there is one,
by the trapezoidal rule on the box outside which the integrand is below exp(-40) of its peak.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.arms import Arm
from evsynth.pooling.rare_events.tables import TwoArms

DROP = 40.0
NAMES = ("alpha", "theta", "s", "r", "t")


class Likelihood(NamedTuple):
    """Total log-likelihood, gradient and Hessian in (alpha, theta, s, r, t)."""

    total: float
    gradient: FloatArray
    hessian: FloatArray


class RandomBaselines:
    """The likelihood of one set of tables."""

    def __init__(self, tables: TwoArms) -> None:
        self.arms = (Arm(tables.x1, tables.n1, tables.rates), Arm(tables.x2, tables.n2, tables.rates))
        self.k = len(tables.x1)
        self.constant = math.fsum(self.arms[0].constant() + self.arms[1].constant())
        self._modes = np.zeros((self.k, 2))

    def exact(self, psi: FloatArray, *, nodes: int) -> Likelihood:
        """Return the likelihood by quadrature with ``nodes`` squared points per study."""
        mode, root = self._shape(psi)
        box = self._box(psi, mode, root)
        steps = np.linspace(0.0, 1.0, nodes)
        axes = [box[:, j, 0, None] + (box[:, j, 1] - box[:, j, 0])[:, None] * steps for j in (0, 1)]
        w = np.stack(np.broadcast_arrays(axes[0][:, :, None], axes[1][:, None, :]), axis=-1).reshape(self.k, -1, 2)
        b = mode[:, None, :] + np.einsum("kij,kmj->kmi", root, w)
        u, z = b[..., 0], b[..., 1]
        one, two = (
            arm.slopes(self._predictor(psi, u, z, sign)) for arm, sign in zip(self.arms, (0.5, -0.5), strict=True)
        )
        logs = one.value + two.value - 0.5 * (u * u + z * z)
        total = logsumexp(logs, axis=1)
        share = np.exp(logs - total[:, None])
        gradient, hessian = self._louis(share, u, z, one.first, two.first, one.second, two.second)
        area = np.prod((box[:, :, 1] - box[:, :, 0]) / (nodes - 1), axis=1) * np.abs(np.linalg.det(root))
        value = math.fsum(total + np.log(area)) - self.k * math.log(2 * math.pi) + self.constant
        return Likelihood(value, gradient, hessian)

    def laplace(self, psi: FloatArray) -> float:
        """Return Laplace's approximation (one quadrature point), to reproduce others."""
        mode, root = self._shape(psi)
        peak = self._height(psi, mode)
        return math.fsum(peak + np.log(np.abs(np.linalg.det(root)))) + self.constant

    @staticmethod
    def _predictor(psi: FloatArray, u: FloatArray, z: FloatArray, sign: float) -> FloatArray:
        alpha, theta, s, r, t = psi
        return np.asarray(alpha + s * u + sign * (theta + r * u + t * z))

    def _height(self, psi: FloatArray, b: FloatArray) -> FloatArray:
        u, z = b[..., 0], b[..., 1]
        one, two = (
            arm.slopes(self._predictor(psi, u, z, sign)) for arm, sign in zip(self.arms, (0.5, -0.5), strict=True)
        )
        return np.asarray(one.value + two.value - 0.5 * (u * u + z * z))

    def _bend(self, psi: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Gradient and negative Hessian of the log integrand in (u, z)."""
        _, _, s, r, t = psi
        slope, curve = -b.copy(), np.broadcast_to(np.eye(2), (self.k, 2, 2)).copy()
        for arm, sign in zip(self.arms, (0.5, -0.5), strict=True):
            at = arm.slopes(self._predictor(psi, b[:, 0], b[:, 1], sign))
            way = np.array([s + sign * r, sign * t])
            slope += at.first[:, None] * way
            curve -= at.second[:, None, None] * np.outer(way, way)
        return slope, curve

    def _shape(self, psi: FloatArray) -> tuple[FloatArray, FloatArray]:
        b = self._modes
        height = self._height(psi, b)
        for _ in range(200):
            slope, curve = self._bend(psi, b)
            step = np.linalg.solve(curve, slope[..., None])[..., 0]
            if float(np.abs(step).max()) <= 1e-12:
                break
            new = b + step
            risen = self._height(psi, new)
            for _ in range(40):
                worse = risen < height - 1e-12 * (1 + np.abs(height))
                if not worse.any():
                    break
                step = np.where(worse[:, None], step / 2, step)
                new = b + step
                risen = self._height(psi, new)
            b, height = new, risen
        self._modes = b
        root = np.linalg.inv(np.linalg.cholesky(self._bend(psi, b)[1])).transpose(0, 2, 1)
        return b, root

    def _box(self, psi: FloatArray, mode: FloatArray, root: FloatArray) -> FloatArray:
        floor = self._height(psi, mode) - DROP
        widest = math.sqrt(2 * DROP) / np.linalg.svd(root, compute_uv=False)[:, -1]  # the prior's own curvature is 1
        box = np.empty((self.k, 2, 2))
        for axis in (0, 1):
            for end, sign in enumerate((-1.0, 1.0)):
                near, far, other = np.zeros(self.k), widest.copy(), np.zeros(self.k)
                for _ in range(6):
                    middle = np.where(near == 0, np.minimum(0.5 * (near + far), 10.0), 0.5 * (near + far))
                    top, other = self._ridge(psi, mode, root, axis, sign * middle, other)
                    inside = top > floor
                    near, far = np.where(inside, middle, near), np.where(inside, far, middle)
                box[:, axis, end] = sign * far
        return box

    def _ridge(
        self, psi: FloatArray, mode: FloatArray, root: FloatArray, axis: int, at: FloatArray, other: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """The highest log integrand along a line of constant whitened coordinate, and where on the line."""
        w = np.empty((self.k, 2))
        w[:, axis] = at
        for _ in range(3):
            w[:, 1 - axis] = other
            slope, curve = self._bend(psi, mode + np.einsum("kij,kj->ki", root, w))
            way = root[:, :, 1 - axis]
            down = np.einsum("ki,kij,kj->k", way, curve, way)
            other = other + np.clip((slope * way).sum(axis=1) / down, -3.0, 3.0)
        w[:, 1 - axis] = other
        return self._height(psi, mode + np.einsum("kij,kj->ki", root, w)), other

    @staticmethod
    def _louis(
        share: FloatArray, u: FloatArray, z: FloatArray, s1: FloatArray, s2: FloatArray, c1: FloatArray, c2: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        both, half, bent, mixed = s1 + s2, (s1 - s2) / 2, c1 + c2, (c1 - c2) / 2
        first = np.stack((both, half, both * u, half * u, half * z))
        mean = np.einsum("km,ikm->ik", share, first)
        away = (first - mean[:, :, None]) * np.sqrt(share)
        hessian = np.einsum("ikm,jkm->ij", away, away, optimize=True)
        one = np.ones_like(u)
        base = (one, one / 2, u, u / 2, z / 2)
        signed = (False, True, False, True, True)
        for i in range(5):
            for j in range(i, 5):
                # Arms differ in the sign of the effect columns: equal signs add the curvatures, others subtract them.
                curve = bent if signed[i] == signed[j] else 2 * mixed
                extra = float((share * curve * base[i] * base[j]).sum())
                hessian[i, j] += extra
                if i != j:
                    hessian[j, i] += extra
        return mean.sum(axis=1), hessian
