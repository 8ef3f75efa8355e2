"""The tetrachoric correlation of a 2x2 table: the correlation of two normal variables cut at thresholds.

    P(X < h, Y < k) = a/N with Phi(h) = (a + b)/N, Phi(k) = (a + c)/N

Pearson 1900, doi 10.1098/rsta.1900.0022. The bivariate normal integral is Plackett's: ``Phi(h) Phi(k)`` plus
the density integrated over the correlation, in ``asin r``, by Gauss-Legendre with 96 nodes. The variance is
the delta method under multinomial sampling, which for this saturated model is the inverse Fisher information.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(96)


def tetrachoric(a: float, b: float, c: float, d: float) -> tuple[float, float]:
    """Return the correlation and its variance; (nan, nan) when a cell is zero: it would be -1 or 1, or undefined."""
    if min(a, b, c, d) <= 0:
        return math.nan, math.nan
    n = a + b + c + d
    h, k = float(ndtri((a + b) / n)), float(ndtri((a + c) / n))

    def surplus(angle: float) -> float:
        return _joint(h, k, angle) - a / n

    edge = math.pi / 2 - 1e-9
    r = math.sin(brentq(surplus, -edge, edge, xtol=1e-15, rtol=1e-14))
    root = math.sqrt(1 - r * r)
    density = math.exp(-(h * h - 2 * r * h * k + k * k) / (2 * root * root)) / (2 * math.pi * root)
    by_row, by_column = float(ndtr((k - r * h) / root)), float(ndtr((h - r * k) / root))
    slopes = np.array([1 - by_row - by_column, -by_row, -by_column, 0.0]) / density
    p = np.array([a, b, c, d]) / n
    return r, float((p * slopes**2).sum() - (p * slopes).sum() ** 2) / n


def _joint(h: float, k: float, angle: float) -> float:
    t = 0.5 * angle * (_NODES + 1)
    sine, cosine = np.sin(t), np.cos(t)
    inner = np.exp(-(h * h - 2 * h * k * sine + k * k) / (2 * cosine * cosine))
    return float(ndtr(h) * ndtr(k)) + 0.5 * angle * float((_WEIGHTS * inner).sum()) / (2 * math.pi)
