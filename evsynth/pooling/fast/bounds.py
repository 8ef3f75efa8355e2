"""Confidence bounds and p-values for many fits at once, each interval under its name.

    wald           mu +- z se
    t              mu +- t(n - 1) se                     metafor's test="t"
    hksj           mu +- t(n - 1) se sqrt(q)             Hartung & Knapp 2001, doi 10.1002/sim.791
    modified-hksj  mu +- t(n - 1) se sqrt(max(1, q))     Knapp & Hartung 2003, doi 10.1002/sim.1482

``q`` is ``Fits.factor``. Scale: that of ``y``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from evsynth.pooling.fast.many import Fits
from evsynth.pooling.guard import FloatArray, check_choice, check_level

FastInterval = Literal["wald", "t", "hksj", "modified-hksj"]


class Bounds(NamedTuple):
    """Bounds (m,) of a named interval and its standard error. ``se`` of 0 (all effects equal) gives zero width."""

    interval: FastInterval
    level: float
    lower: FloatArray
    upper: FloatArray
    se: FloatArray


def bounds(fits: Fits, *, interval: FastInterval, level: float) -> Bounds:
    """Return the bounds of every fit. Raises InputError for an unknown interval or a level outside (0, 1)."""
    check_choice("interval", interval, get_args(FastInterval))
    level = check_level(level)
    se = fits.se
    if interval == "hksj":
        se = se * np.sqrt(fits.factor)
    elif interval == "modified-hksj":
        se = se * np.sqrt(np.maximum(1.0, fits.factor))
    half = se * quantiles(fits, interval=interval, level=level)
    return Bounds(interval, level, fits.mean - half, fits.mean + half, se)


def quantiles(fits: Fits, *, interval: FastInterval, level: float) -> FloatArray | float:
    """Return the two-sided quantile of every fit: one number for the normal, by studies for t."""
    tail = (1.0 - level) / 2
    if interval == "wald":
        return -float(ndtri(tail))
    present = np.bincount(fits.sizes, minlength=1)
    sizes = np.flatnonzero(present)
    table = np.zeros(len(present))
    table[sizes] = -stdtrit(sizes - 1, tail)
    return table[fits.sizes]


def p_values(fits: Fits, found: Bounds) -> FloatArray:
    """Return two-sided p-values of mean = 0. A standard error of 0 gives 0, or 1 when the mean is 0 too."""
    zero = found.se == 0
    ratio = np.abs(fits.mean) / np.where(zero, 1.0, found.se)
    tail = ndtr(-ratio) if found.interval == "wald" else stdtr(fits.sizes - 1, -ratio)
    return np.asarray(np.where(zero, (fits.mean == 0).astype(np.float64), 2.0 * tail), dtype=np.float64)
