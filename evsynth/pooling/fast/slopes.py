"""Likelihoods of tau2 in regressions on one moderator, for many orders of the moderator at once.

One data set ``y``, ``v``; column j of ``x`` is the moderator of regression j. With ``z = x`` minus its weighted mean,
intercept and slope are orthogonal, ``S = sum w z^2``, and all of ``tr P``, ``tr PP``, ``y'PPy``, ``y'PPPy`` are sums
(``P = W - W X (X'WX)^-1 X'W``; Viechtbauer 2005, doi 10.3102/10769986030003261):

    2 score       = y'PPy - tr P                      (ML: - tr W)
    2 derivative  = -2 y'PPPy + tr PP                 (ML: + tr WW)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evsynth.pooling.fast.maximum import Indices
from evsynth.pooling.guard import FloatArray


class Line(NamedTuple):
    """The weighted regression at a tau2: slope, ``S = sum w z^2`` (its inverse squared standard error), rss."""

    slope: FloatArray
    precision: FloatArray
    rss: FloatArray


class Slopes(NamedTuple):
    """The likelihoods (``maximum.Likelihoods``): ``y`` and ``v`` (k, 1), ``x`` (k, m), ``restricted`` for REML."""

    y: FloatArray
    v: FloatArray
    x: FloatArray
    restricted: bool

    def columns(self, chosen: Indices) -> Slopes:
        """Return the likelihoods of the chosen regressions."""
        return self._replace(x=self.x[:, chosen])

    def line(self, tau2: FloatArray | float) -> Line:
        """Return the fitted line of every regression."""
        w = np.broadcast_to(1.0 / (self.v + tau2), self.x.shape)
        _, _, precision, slope, residual = self._fit(w)
        return Line(slope, precision, _dot(w * residual, residual))

    def scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score on the grid (points, 1), as products of the moderators with sums."""
        w = 1.0 / (self.v + grid[:, 0])
        w2, y = w * w, self.y
        total, first, squares, cross = w.sum(0), (w * y).sum(0), w2.sum(0), (w2 * y).sum(0)
        second = (w2 * y * y).sum(0)
        one = np.stack([w, w * y, w2, w2 * y]).transpose(0, 2, 1).reshape(-1, len(w))
        s1, sxy, b1, c1 = np.matmul(one, self.x).reshape(4, len(grid), -1)
        two = np.stack([w, w2]).transpose(0, 2, 1).reshape(-1, len(w))
        s2, b2 = np.matmul(two, self.x * self.x).reshape(2, len(grid), -1)
        total, first, squares, cross, second = (s[:, None] for s in (total, first, squares, cross, second))
        middle = s1 / total
        precision = s2 - middle * s1
        slope = (sxy - middle * first) / precision
        level = (first - slope * s1) / total
        value = second - 2 * (level * cross + slope * c1) + level * (level * squares + 2 * slope * b1)
        value += slope * slope * b2 - total
        if self.restricted:
            value += squares / total + (b2 - middle * (2 * b1 - middle * squares)) / precision
        return np.asarray(value, dtype=np.float64)

    def exact_scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score, point by point."""
        full = np.broadcast_to(grid, (len(grid), self.x.shape[1]))
        return np.array([self.score_and_slope(row)[0] for row in full])

    def score_and_slope(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return twice the score and twice its derivative."""
        w = 1.0 / (self.v + tau2)
        total, z, precision, _, residual = self._fit(w)
        q, w2, wz = w * residual, w * w, w * z
        value = _dot(q, q) - total
        wq = w * q
        slope = -2.0 * (_dot(wq, q) - wq.sum(axis=0) ** 2 / total - _dot(wq, z) ** 2 / precision)
        squares = w2.sum(axis=0)
        slope += squares
        if self.restricted:
            one, two, mixed = squares / total, _dot(wz, wz) / precision, _dot(w2, z)
            value += one + two
            slope -= 2.0 * (_dot(w2, w) / total + _dot(wz * wz, w) / precision)
            slope += one * one + two * two + 2.0 * mixed * mixed / (total * precision)
        return value, slope

    def height(self, tau2: FloatArray) -> FloatArray:
        """Return the log-likelihood without its constants."""
        w = 1.0 / (self.v + tau2)
        total, _, precision, _, residual = self._fit(w)
        value = np.log(self.v + tau2).sum(axis=0) + _dot(w * residual, residual)
        if self.restricted:
            value = value + np.log(total) + np.log(precision)
        return np.asarray(-0.5 * value, dtype=np.float64)

    def _fit(self, w: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
        total = w.sum(axis=0)
        z = self.x - _dot(w, self.x) / total
        wz = w * z
        precision = _dot(wz, z)
        slope = _dot(wz, np.broadcast_to(self.y, w.shape)) / precision
        mean = _dot(w, np.broadcast_to(self.y, w.shape)) / total
        return total, z, precision, slope, self.y - mean - slope * z


def dersimonian_laird(line: Slopes) -> FloatArray:
    """Return the moment estimate ``(Q - (k - 2)) / tr P`` at tau2 = 0, truncated at 0."""
    w = np.broadcast_to(1.0 / line.v, line.x.shape)
    total, z, precision, _, residual = line._fit(w)
    trace = total - (w * w).sum(axis=0) / total - _dot(w * z, w * z) / precision
    q = _dot(w * residual, residual)
    return np.asarray(np.maximum(0.0, (q - (len(line.y) - 2)) / trace), dtype=np.float64)


def _dot(one: FloatArray, two: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("ij,ij->j", one, two), dtype=np.float64)
