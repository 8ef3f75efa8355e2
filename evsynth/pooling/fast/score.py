"""Likelihoods of tau2 of pooled means: score, its derivative (observed information) and height, for a block at once.

With ``w = 1/(v + tau2)``, ``W = sum w``, ``r = y - mu``:

    2 score       = sum w^2 r^2 - W                              (+ sum w^2 / W for REML)
    2 derivative  = -2 sum w^3 r^2 + 2 (sum w^2 r)^2 / W + sum w^2   (- 2 sum w^3 / W + (sum w^2)^2 / W^2 for REML)

Viechtbauer 2005, doi 10.3102/10769986030003261. Units: tau2 is in squared units of ``y``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from evsynth.pooling.fast.block import Block
from evsynth.pooling.fast.maximum import Indices
from evsynth.pooling.guard import FloatArray

SEPARABLE = 1e8
"""Above this ratio of squared effect to variance, moments around 0 lose the sign: evaluate each point instead."""


class Means(NamedTuple):
    """The likelihoods (``maximum.Likelihoods``) of a block of pooled means; ``restricted`` for REML."""

    block: Block
    restricted: bool

    def columns(self, chosen: Indices) -> Means:
        """Return the likelihoods of the chosen pools."""
        return Means(self.block.columns(chosen), self.restricted)

    def scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score on the grid; for subsets of one data set as one product of members with sums."""
        one = self.block.inside is not None and self.block.y.shape[1] == grid.shape[1] == 1
        if one and float((self.block.y**2).max()) < SEPARABLE * float(self.block.v.min()):
            return self._moments(grid)
        return self.exact_scan(grid)

    def exact_scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score, point by point."""
        full = np.broadcast_to(grid, (len(grid), len(self.block.sizes)))
        return np.array([self._score(row) for row in full])

    def score_and_slope(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return twice the score and twice its derivative."""
        w, y = self.block.weights(tau2), self.block.y
        total = w.sum(axis=0)
        weighted = w * (y - _dot(w, y) / total)
        squares, cross = _dot(w, w), _dot(w, weighted)
        value = _dot(weighted, weighted) - total
        weighted *= weighted
        slope = -2.0 * _dot(w, weighted) + 2.0 * cross * cross / total + squares
        if self.restricted:
            value += squares / total
            slope += (squares * squares / total - 2.0 * _dot(w, w * w)) / total
        return value, slope

    def height(self, tau2: FloatArray) -> FloatArray:
        """Return the log-likelihood without its constants."""
        w = self.block.weights(tau2)
        total = w.sum(axis=0)
        rss = (w * (self.block.y - _dot(w, self.block.y) / total) ** 2).sum(axis=0)
        inside = 1.0 if self.block.inside is None else self.block.inside
        value = (inside * np.log(self.block.v + tau2)).sum(axis=0) + rss
        return np.asarray(-0.5 * (value + np.log(total) if self.restricted else value), dtype=np.float64)

    def _score(self, tau2: FloatArray) -> FloatArray:
        w, y = self.block.weights(tau2), self.block.y
        total = w.sum(axis=0)
        residual = y - _dot(w, y) / total
        residual *= w
        value = _dot(residual, residual) - total
        if self.restricted:
            value += _dot(w, w) / total
        return np.asarray(value, dtype=np.float64)

    def _moments(self, grid: FloatArray) -> FloatArray:
        y, inside = self.block.y, np.asarray(self.block.inside, dtype=np.float64)
        w = 1.0 / (self.block.v + grid[:, 0])
        table = np.stack([w, w * y, w * w, w * w * y, (w * y) ** 2])
        sums = np.matmul(table.transpose(0, 2, 1).reshape(-1, len(w)), inside).reshape(5, len(grid), -1)
        total, first, squares, cross, second = sums
        mean = first / total
        value = second - mean * (2.0 * cross - mean * squares) - total
        return np.asarray(value + squares / total if self.restricted else value, dtype=np.float64)


def _dot(one: FloatArray, two: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("ij,ij->j", one, np.broadcast_to(two, one.shape)), dtype=np.float64)
