"""Exact distribution of a generalised Q: ``Q = y'Py`` when the effects are normal with variances ``v + tau2``.

``Q`` is a weighted sum of independent chi-squared(1) variables (Biggerstaff & Jackson 2008, doi 10.1002/sim.3428;
Jackson 2013, doi 10.1002/jrsm.1081). With ``d_i = a_i (v_i + tau2)`` and ``U`` the orthonormal columns of
``sqrt(a) B``, its Laplace transform is

    M(s) = prod (1 + 2 s d_i)^-1/2  det[ U' diag(1 + 2 s d)^-1 U ]^-1/2

so no eigenvalues are needed. Its inversion ``F(q) = (1/2 pi i) integral e^(sq) M(s)/s ds`` runs along a hyperbola:
all singularities lie on the negative real axis or at 0, so the vertical line of Imhof 1961
(doi 10.1093/biomet/48.3-4.419) and Davies 1980 (doi 10.2307/2346911) may be bent to the left, where ``e^(sq)`` decays
(Weideman & Trefethen 2007, doi 10.1090/S0025-5718-07-01945-X). The vertex is the saddle point; the midpoint rule then
converges geometrically, also when variances differ by a factor of 1e8.

The determinant of p columns is a product of p pivots; each has an argument between -pi and 0 because the eigenvalues
interlace, so the principal square root of each pivot is the right branch.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray

Complex = npt.NDArray[np.complex128]

NODES, STEP = 140, 0.09
"""Points on the upper half of the hyperbola and their spacing, which reach e^12 times its scale."""

WIDEST = 1.5
"""Largest scale of the hyperbola in units of the width of the saddle."""

SMALLEST = 1e-60
"""A q below this part of the smallest ``d_i`` at tau2 = 0 has a probability below 1e-30, as a chi-squared(1) would."""

AT_ONCE = 400_000
"""Complex numbers per array; more values of tau2 are done in parts."""


class QDistribution(NamedTuple):
    """Cumulative probability of Q at ``q`` and its derivative by tau2, for each tau2 asked for."""

    probability: FloatArray
    slope: FloatArray


def distribution(q: float, tau2: FloatArray, v: FloatArray, weights: FloatArray, unit: FloatArray) -> QDistribution:
    """Return P(Q <= q) and d/dtau2 of it at every tau2, for weights ``a`` and orthonormal columns of ``sqrt(a) B``.

    Absolute error about 1e-14. ``q <= 0``, and a ``q`` smaller than every scale of the data, have probability 0.
    """
    if q <= SMALLEST * float((weights * v).min()):
        return QDistribution(np.zeros(len(tau2)), np.zeros(len(tau2)))
    parts = np.array_split(tau2, math.ceil(len(tau2) * NODES * len(v) / AT_ONCE))
    found = [_distribution(q, part, v, weights, unit) for part in parts if len(part)]
    return QDistribution(*(np.concatenate(values) for values in zip(*found, strict=True)))


def _distribution(q: float, tau2: FloatArray, v: FloatArray, weights: FloatArray, unit: FloatArray) -> QDistribution:
    spread = weights * (v + tau2[:, None])  # (tau2, studies)
    s, step = _hyperbola(q, spread, 1.0 - np.einsum("ij,ij->i", unit, unit))
    factor = 1.0 / (1.0 + 2.0 * s[:, :, None] * spread[:, None, :])  # (tau2, nodes, studies)
    transform = np.prod(np.sqrt(factor), axis=2)
    pull = 2.0 * s[:, :, None] * weights * factor  # d log(1 + 2 s d)/d tau2
    logarithm = -0.5 * pull.sum(axis=2)
    pivots, moved = _pivots(factor, pull, unit)
    for pivot, change in zip(pivots, moved, strict=True):
        transform = transform / np.sqrt(pivot)
        logarithm = logarithm - 0.5 * change / pivot
    kernel = np.exp(s * q) / s * step
    probability = np.real((transform * kernel).sum(axis=1))
    slope = np.real((transform * logarithm * kernel).sum(axis=1))
    return QDistribution(np.clip(probability, 0.0, 1.0), np.asarray(slope, dtype=np.float64))


def _hyperbola(q: float, spread: FloatArray, spare: FloatArray) -> tuple[Complex, Complex]:
    # s(x) = s0 + scale (sin a (1 - cosh x) + i cos a sinh x), a = 30 degrees; the lower half is the conjugate of the
    # upper, hence Re and the factor 2. The saddle of e^(sq) M(s)/s only steers the contour, so the determinant is
    # approximated by the spare part of each study.
    low = np.full(len(spread), 1.0 / q)
    high = low * (1.0 + 0.5 * spread.shape[1])
    for _ in range(30):
        middle = 0.5 * (low + high)
        past = q - 1.0 / middle - (spare * spread / (1.0 + 2.0 * middle[:, None] * spread)).sum(axis=1) > 0
        low, high = np.where(past, low, middle), np.where(past, middle, high)
    vertex = 0.5 * (low + high)
    ratio = 2.0 * spread / (1.0 + 2.0 * vertex[:, None] * spread)
    width = 1.0 / np.sqrt(vertex**-2 + 0.5 * (spare * ratio**2).sum(axis=1))
    scale = np.minimum(vertex, WIDEST * width)[:, None]
    x = STEP * (np.arange(NODES) + 0.5)
    s = vertex[:, None] + scale * (0.5 * (1.0 - np.cosh(x)) + 1j * math.sqrt(0.75) * np.sinh(x))
    speed = scale * (math.sqrt(0.75) * np.cosh(x) + 0.5j * np.sinh(x))
    return s, speed * (STEP / np.pi)


def _pivots(factor: Complex, pull: Complex, unit: FloatArray) -> tuple[list[Complex], list[Complex]]:
    # Elimination without exchanges on G = U' diag(factor) U and its derivative, (tau2, nodes, p, p).
    p = unit.shape[1]
    products = (unit[:, :, None] * unit[:, None, :]).reshape(len(unit), p * p)
    shape = (*factor.shape[:2], p, p)
    matrix, moved = (factor @ products).reshape(shape), (-(factor * pull) @ products).reshape(shape)
    pivots, changes = [], []
    for column in range(p):
        pivot, change = matrix[..., column, column], moved[..., column, column]
        pivots.append(pivot)
        changes.append(change)
        row, moved_row = matrix[..., column, :], moved[..., column, :]
        outer = row[..., :, None] * row[..., None, :]
        mixed = moved_row[..., :, None] * row[..., None, :] + row[..., :, None] * moved_row[..., None, :]
        over = pivot[..., None, None]
        moved = moved - mixed / over + outer * (change[..., None, None] / over**2)
        matrix = matrix - outer / over
    return pivots, changes
