"""The global maximum of the likelihood of tau2 for every pool of a block, by NumPy.

Scan the score (``axis``), take every sign change, polish it by Newton's method on the score with the observed
information inside a bracket that always holds the root, compare the heights where there are several. A dip towards
zero between points without a sign change is looked at again, 32 times finer: two roots may hide in it.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol, Self

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.axis import far, points
from evsynth.pooling.guard import FloatArray

CONVERGED = 1e-8
"""A Newton step below this share of tau2 + smallest variance leaves an error of about its square."""

INTERPOLATIONS = 2
"""Rounds to solve the cubic through four points of the scan, from which Newton starts."""

ROUNDS = 80
"""Halving a bracket that often reaches the last bit; Newton needs three or four rounds."""

FINER = 32
"""Points between two neighbours of a dip."""

Indices = npt.NDArray[np.intp]


class Likelihoods(Protocol):
    """Likelihoods of tau2 of m pools side by side; arguments of shape (m,) unless said otherwise."""

    def columns(self, chosen: Indices) -> Self:
        """Return the likelihoods of the chosen pools."""

    def scan(self, grid: FloatArray) -> FloatArray:
        """Return twice the score at a grid (points, m or 1), good enough for signs; shape (points, m)."""

    def exact_scan(self, grid: FloatArray) -> FloatArray:
        """Return the same, each point evaluated by itself."""

    def score_and_slope(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return twice the score and twice its derivative."""

    def height(self, tau2: FloatArray) -> FloatArray:
        """Return the log-likelihood up to a constant of each pool."""


class Maxima(NamedTuple):
    """The global maximum of each pool and the number of its local maxima."""

    tau2: FloatArray
    modes: npt.NDArray[np.uint8]


class _Brackets(NamedTuple):
    pools: Indices
    low: FloatArray
    high: FloatArray
    start: FloatArray


def maximise(pools: Likelihoods, *, least: FloatArray, end: FloatArray) -> Maxima:
    """Return the global maximum over tau2 >= 0 of every pool.

    ``least`` and ``end``, shape (m,) or (1,): smallest variance and ``axis.far`` of each pool (or of all of them).
    """
    grid, _ = points(least, end)
    heights = pools.scan(grid)
    heights *= grid + least
    grid = np.broadcast_to(grid, heights.shape)
    floor = np.broadcast_to(least, heights.shape[1:])
    falls = (heights[1:-1] > 0) & (heights[2:] <= 0)
    at_zero = heights[1] <= 0
    modes = falls.sum(axis=0) + at_zero
    tau2 = np.zeros(heights.shape[1])
    some = np.flatnonzero(falls.any(axis=0))
    first = _brackets(grid, heights, floor, falls.argmax(axis=0)[some], some)
    tau2[first.pools] = _polish(pools, first, floor)
    hidden = _hidden(pools, grid, heights, floor)
    several = np.union1d(np.flatnonzero(modes > 1), hidden.pools)
    if len(several):
        cell, pool = np.nonzero(falls[:, several])
        found = _join(_brackets(grid, heights, floor, cell, several[pool]), hidden)
        zeros = several[at_zero[several]]
        owners = np.concatenate((found.pools, zeros))
        places = np.concatenate((_polish(pools, found, floor), np.zeros(len(zeros))))
        tops = pools.columns(owners).height(places)
        order = np.lexsort((tops, owners))
        tau2[owners[order]] = places[order]  # the highest of each pool is written last
        modes[several] = np.bincount(owners, minlength=len(modes))[several]
    return Maxima(tau2, modes.astype(np.uint8))


def bounds(y: FloatArray, v: FloatArray, *, coefficients: int = 1) -> tuple[FloatArray, FloatArray]:
    """Return ``least`` and ``end`` of columns ``y`` and ``v``."""
    return v.min(axis=0), far(v.max(axis=0), np.ptp(y, axis=0), coefficients=coefficients)


def _brackets(grid: FloatArray, heights: FloatArray, floor: FloatArray, cells: Indices, pools: Indices) -> _Brackets:
    # The cell g lies between rows g + 1 and g + 2 (row 0 is the point below 0); start by a cubic through four rows.
    cell = cells + 1
    before, here, after = (heights[cell + shift, pools] for shift in (-1, 0, 1))
    further = np.minimum(cell + 2, len(grid) - 1)
    drop, bend = here - after, before - 2 * here + after
    twist = np.where(further > cell + 1, heights[further, pools] - before - 3 * (after - here), 0.0)
    share = here / drop
    for _ in range(INTERPOLATIONS):
        share = np.clip(here / (drop + (1 - share) * (bend / 2 + (1 + share) * twist / 6)), 0.0, 1.0)
    low, high, least = grid[cell, pools], grid[cell + 1, pools], floor[pools]
    start = (low + least) * (1.0 + (high - low) / (low + least)) ** share - least
    # Signs next to a root may be rounding: widen by a cell where the neighbours agree.
    wide = (heights[further, pools] <= 0) & (before > 0) & (cell > 1)
    low = np.where(wide, grid[cell - 1, pools], low)
    high = np.where(wide, grid[further, pools], high)
    return _Brackets(pools, low, high, start)


def _polish(pools: Likelihoods, found: _Brackets, floor: FloatArray) -> FloatArray:
    answer = found.start.copy()
    active = np.arange(len(answer))
    part, low, high, least = pools.columns(found.pools), found.low, found.high, floor[found.pools]
    here = answer.copy()
    for _ in range(ROUNDS):
        if not len(active):
            break
        value, slope = part.score_and_slope(here)
        rising = value > 0
        low, high = np.where(rising, here, low), np.where(rising, high, here)
        usable = slope < 0
        step = -value / np.where(usable, slope, -1.0)
        new = here + step
        safe = usable & (new >= low) & (new <= high)
        new = np.where(safe, new, np.sqrt((low + least) * (high + least)) - least)
        answer[active] = new
        moving = np.abs(new - here) > CONVERGED * (new + least)
        here = new
        if not moving.all():
            active = active[moving]
            low, high, here, least = low[moving], high[moving], here[moving], least[moving]
            part = part.columns(np.flatnonzero(moving))
    return np.maximum(answer, 0.0)


def _hidden(pools: Likelihoods, grid: FloatArray, heights: FloatArray, floor: FloatArray) -> _Brackets:
    before, here, after = heights[:-2], heights[1:-1], heights[2:]
    size = np.abs(here)
    curvature = before - 2 * here + after
    vertex = here - (after - before) ** 2 / (8 * np.where(curvature == 0, 1.0, curvature))
    dips = (before * here > 0) & (here * after > 0) & (size <= np.abs(before)) & (size <= np.abs(after))
    cells, owners = np.nonzero(dips & (vertex * np.sign(here) < 0.5 * size))
    none = np.zeros(0)
    if not len(owners):
        return _Brackets(np.zeros(0, dtype=np.intp), none, none, none)
    share = np.linspace(0.0, 1.0, FINER + 1)[:, None]
    fine = np.maximum(grid[cells, owners], 0.0) * (1 - share) + grid[cells + 2, owners] * share
    values = pools.columns(owners).exact_scan(fine) * (fine + floor[owners])
    cell, place = np.nonzero((values[:-1] > 0) & (values[1:] <= 0))
    low, high = fine[cell, place], fine[cell + 1, place]
    return _Brackets(owners[place], low, high, 0.5 * (low + high))


def _join(one: _Brackets, two: _Brackets) -> _Brackets:
    if not len(two.pools):
        return one
    return _Brackets(*(np.concatenate(pair) for pair in zip(one, two, strict=True)))
