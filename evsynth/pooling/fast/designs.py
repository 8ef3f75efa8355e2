"""Regressions on any moderators, fitted to many subsets of the studies at once: likelihoods and estimates of tau2.

The design is orthonormalised first (QR with weights 1/v), so that raw years lose no digits; coefficients and their
covariance are given back for the design as it was. ``P = W - W X (X'WX)^-1 X'W``; Viechtbauer 2005,
doi 10.3102/10769986030003261; Raudenbush 2009 in Cooper, Hedges & Valentine, ISBN 978-0-87154-163-5.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from evsynth.pooling.fast.axis import far
from evsynth.pooling.fast.maximum import Indices, maximise
from evsynth.pooling.guard import FloatArray, InputError

DesignEstimator = Literal["FE", "DL", "HE", "SJ", "PM", "EB", "ML", "REML"]


class DesignFits(NamedTuple):
    """Regressions on m subsets: tau2 (m,), coefficients (m, p), covariance (m, p, p) without small-sample factor,
    that ``factor = r'Wr/(n - p)`` (m,), ``q`` the residual Q at tau2 = 0, and ``modes``.
    """

    tau2: FloatArray
    coefficients: FloatArray
    covariance: FloatArray
    factor: FloatArray
    q: FloatArray
    modes: FloatArray


class Designs(NamedTuple):
    """The likelihoods (``maximum.Likelihoods``): ``y``, ``v`` (k, 1), design ``x`` (k, p), ``inside`` (k, m)."""

    y: FloatArray
    v: FloatArray
    x: FloatArray
    inside: FloatArray
    restricted: bool

    def columns(self, chosen: Indices) -> Designs:
        """Return the likelihoods of the chosen subsets."""
        return self._replace(inside=self.inside[:, chosen])

    def scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score on the grid."""
        return self.exact_scan(grid)

    def exact_scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score, point by point."""
        full = np.broadcast_to(grid, (len(grid), self.inside.shape[1]))
        return np.array([self.score_and_slope(row)[0] for row in full])

    def score_and_slope(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return twice the score and twice its derivative."""
        w = self.inside / (self.v + tau2)
        inverse, _, residual = self.solve(w)
        q = w * residual
        value = (q * q).sum(axis=0) - w.sum(axis=0)
        along = (w * q).T @ self.x
        slope = -2.0 * ((w * q * q).sum(axis=0) - np.einsum("mp,mpq,mq->m", along, inverse, along))
        slope += (w * w).sum(axis=0)
        if self.restricted:
            second = inverse @ self._moments(w * w)
            value += np.trace(second, axis1=1, axis2=2)
            slope += np.einsum("mpq,mqp->m", second, second)
            slope -= 2.0 * np.einsum("mpq,mqp->m", inverse, self._moments(w**3))
        return value, slope

    def height(self, tau2: FloatArray) -> FloatArray:
        """Return the log-likelihood without its constants."""
        w = self.inside / (self.v + tau2)
        inverse, _, residual = self.solve(w)
        value = (self.inside * np.log(self.v + tau2)).sum(axis=0) + (w * residual * residual).sum(axis=0)
        if self.restricted:
            value = value - np.linalg.slogdet(inverse)[1]
        return np.asarray(-0.5 * value, dtype=np.float64)

    def solve(self, w: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return ``(X'WX)^-1`` (m, p, p), coefficients (m, p) and residuals (k, m)."""
        inverse = np.asarray(np.linalg.inv(self._moments(w)), dtype=np.float64)
        coefficients = np.einsum("mpq,mq->mp", inverse, (w * self.y).T @ self.x)
        residual = self.y - self.x @ coefficients.T
        # Once more on the residuals: the coefficients' own rounding goes.
        step = np.einsum("mpq,mq->mp", inverse, (w * residual).T @ self.x)
        return inverse, coefficients + step, residual - self.x @ step.T

    def _moments(self, w: FloatArray) -> FloatArray:
        p = self.x.shape[1]
        squares = (self.x[:, :, None] * self.x[:, None, :]).reshape(len(self.x), p * p)
        return np.asarray((w.T @ squares).reshape(-1, p, p), dtype=np.float64)


def fit_designs(
    y: FloatArray, v: FloatArray, x: FloatArray, inside: FloatArray, *, estimator: DesignEstimator
) -> DesignFits:
    """Fit the regression on design ``x`` (k, p), intercept included, to the subsets ``inside`` (m, k) of 0 and 1.

    Arrays have been checked (``guard``). Raises InputError when a subset does not carry its coefficients: too few
    studies, or collinear moderators.
    """
    p = x.shape[1]
    unit = float(v.min())
    root = np.sqrt(unit / v)
    orthonormal, triangle = np.linalg.qr(x * root[:, None])
    constant = orthonormal.T @ root
    intercept = float(np.abs(orthonormal @ constant - root).max()) < 1e-12
    centre = float(np.average(y, weights=1.0 / v)) if intercept else 0.0
    design = orthonormal / root[:, None]
    _carried(inside, orthonormal, p)
    model = Designs(((y - centre) / np.sqrt(unit))[:, None], (v / unit)[:, None], design, inside.T, estimator == "REML")
    tau2, modes = _tau2(model, estimator)
    w = model.inside / (model.v + tau2)
    inverse, coefficients, residual = model.solve(w)
    q = model.inside / model.v * model.solve(model.inside / model.v)[2] ** 2
    back = np.linalg.inv(triangle)
    return DesignFits(
        unit * tau2,
        np.sqrt(unit) * coefficients @ back.T + centre * (back @ constant),
        unit * back @ inverse @ back.T,
        (w * residual * residual).sum(axis=0) / (inside.sum(axis=1) - p),
        q.sum(axis=0),
        modes,
    )


def _carried(inside: FloatArray, orthonormal: FloatArray, p: int) -> None:
    for place, members in enumerate(inside, start=1):
        if members.sum() <= p:
            raise InputError([f"subset {place}: {int(members.sum())} studies for {p} coefficients; needs more"])
        values = np.linalg.svd(orthonormal[members > 0], compute_uv=False)
        if values[-1] < 1e-10 * values[0]:
            raise InputError([f"subset {place}: its studies make the moderators collinear"])


def _tau2(model: Designs, estimator: DesignEstimator) -> tuple[FloatArray, FloatArray]:
    m, p = model.inside.shape[1], model.x.shape[1]
    size, ones = model.inside.sum(axis=0), np.ones(m)
    if estimator in ("ML", "REML"):
        least = model.v.min(axis=0)
        end = far(model.v.max(axis=0), np.ptp(model.y, axis=0), coefficients=p)
        found = maximise(model, least=least, end=end)
        return found.tau2, found.modes.astype(np.float64)
    if estimator == "FE":
        return np.zeros(m), ones
    if estimator in ("PM", "EB"):
        return _generalised(model, size - p), ones
    w = model.inside / model.v if estimator == "DL" else model.inside
    inverse, _, residual = model.solve(w)
    if estimator == "SJ":
        rough = (residual * residual * model.inside).sum(axis=0) / size
        spread = model.inside / (model.v + rough)
        return rough * (spread * model.solve(spread)[2] ** 2).sum(axis=0) / (size - p), ones
    rss = (w * residual * residual).sum(axis=0)
    trace = w.sum(axis=0) - np.einsum("mpq,mqp->m", inverse, model._moments(w * w))
    # E(rss) = tr(PV) + tau2 tr(P): tr(PV) is n - p for weights 1/v.
    expected = size - p
    if estimator == "HE":
        expected = (w * model.v).sum(axis=0) - np.einsum("mpq,mqp->m", inverse, model._moments(w * model.v))
    return np.maximum(0.0, (rss - expected) / trace), ones


def _generalised(model: Designs, target: FloatArray) -> FloatArray:
    tau2 = np.zeros(len(target))
    for _ in range(200):
        w = model.inside / (model.v + tau2)
        weighted = w * model.solve(w)[2]
        slope = (weighted * weighted).sum(axis=0)
        q = (weighted * weighted / np.where(w > 0, w, 1.0)).sum(axis=0)
        new = np.maximum(0.0, tau2 + (q / target - 1.0) * q / np.where(slope > 0, slope, 1.0))
        moved = np.abs(new - tau2)
        tau2 = new
        if bool((moved <= 1e-14 * (tau2 + float(model.v.min()))).all()):
            break
    return tau2
