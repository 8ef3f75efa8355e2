"""Sums over whole numbers below a count, by a few weighted points where the terms vary slowly.

``sum_i sum_{j < c_i} f(j)`` is ``sum_j w_j f(j)``, with ``w_j`` the number of counts above j. Below 256 every j is a
point. Beyond, blocks of constant weight and of at most a quarter of their distance from zero are summed by the
Gauss rule of the discrete uniform distribution with ten points (discrete Chebyshev polynomials; Gautschi 2004,
Orthogonal Polynomials, 1.5.2): for the functions used here, which are singular left of zero only, the relative
error is below 1e-15.
"""

from __future__ import annotations

import numpy as np

from evsynth.pooling.guard import FloatArray

SINGLE, POINTS, RATIO = 256, 10, 1.25


def points_below(counts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return points j and weights w so that ``sum w f(j)`` is the double sum over the counts."""
    ordered = np.sort(counts)
    top = int(ordered[-1])
    first = np.arange(min(top, SINGLE), dtype=np.float64)
    places, weights = [first], [len(counts) - np.searchsorted(ordered, first, side="right").astype(np.float64)]
    edges = sorted({float(c) for c in ordered if c > SINGLE})
    start = float(SINGLE)
    while start < top:
        end = min(np.ceil(start * RATIO), next(edge for edge in edges if edge > start))
        more = float((counts > start).sum())
        at, weight = _gauss(int(end - start))
        places.append(start + at)
        weights.append(more * weight)
        start = float(end)
    return np.concatenate(places), np.concatenate(weights)


def _gauss(size: int) -> tuple[FloatArray, FloatArray]:
    """Points and weights of the Gauss rule for the sum over 0, ..., size - 1."""
    if size <= POINTS:
        return np.arange(size, dtype=np.float64), np.ones(size)
    k = np.arange(1, POINTS, dtype=np.float64)
    off = np.sqrt((size**2 - k**2) / (4.0 * (4.0 - 1.0 / k**2)))
    values, vectors = np.linalg.eigh(np.diag(off, 1) + np.diag(off, -1))
    return (size - 1) / 2 + values, size * vectors[0] ** 2
