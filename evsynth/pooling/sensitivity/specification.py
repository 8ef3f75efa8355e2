"""The specification curve: the pool under every combination of analysis choices, data branches and studies left out.

Simonsohn, Simmons & Nelson 2020, doi 10.1038/s41562-020-0912-z; for meta-analyses Voracek, Kossmeier & Tran 2019,
doi 10.1027/2151-2604/a000357. Axes: data branch x estimator of tau2 x studies left out x interval. Pools are fitted
once for each estimator; intervals are cheap. Printed first is the headline, never the extreme.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.backend import Asked, choose
from evsynth.pooling.fast.bounds import FastInterval, bounds, p_values
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import Fits, fit_subsets
from evsynth.pooling.guard import FloatArray, InputError, check_effects, check_level


class Specification(NamedTuple):
    """One specification: branch (0 is the headline's data), studies left out (counted from 1), choices, answer."""

    branch: int
    left_out: tuple[int, ...]
    estimator: FastEstimator
    interval: FastInterval
    mean: float
    lower: float
    upper: float
    p: float


class Axis(NamedTuple):
    """What one axis moves: for each level the median of the pooled means and the share of intervals that hold the
    null; ``shift`` is the distance of the highest and the lowest of those medians.
    """

    name: str
    levels: tuple[str, ...]
    medians: tuple[float, ...]
    crossing: tuple[float, ...]
    shift: float


class Curve(NamedTuple):
    """All specifications. ``fits[branch][estimator]`` holds one fit for each set of studies left out (the first: none).

    ``lower`` and ``upper`` are over all intervals. ``axes`` come in the order of what they move, largest first.
    """

    level: float
    null: float
    branches: tuple[str, ...]
    estimators: tuple[FastEstimator, ...]
    intervals: tuple[FastInterval, ...]
    left_out: tuple[tuple[int, ...], ...]
    fits: tuple[tuple[Fits, ...], ...]
    specifications: int
    headline: Specification
    lowest: Specification
    highest: Specification
    lower: float
    upper: float
    crossing: int
    axes: tuple[Axis, ...]

    def specification(self, branch: int, estimator: FastEstimator, interval: FastInterval, left: int) -> Specification:
        """Return one specification; ``left`` is a place in ``left_out``."""
        fits = self.fits[branch][self.estimators.index(estimator)]
        one = _one(fits, left)
        found = bounds(one, interval=interval, level=self.level)
        return Specification(branch, self.left_out[left], estimator, interval, float(one.mean[0]),
                             float(found.lower[0]), float(found.upper[0]), float(p_values(one, found)[0]))  # fmt: skip


class _Tally:
    def __init__(self, levels: int) -> None:
        self.crossing, self.total = np.zeros(levels), np.zeros(levels)

    def add(self, level: int, crossing: int, total: int) -> None:
        self.crossing[level] += crossing
        self.total[level] += total


def specification_curve(
    data: Sequence[tuple[str, npt.ArrayLike, npt.ArrayLike]], *, estimators: Sequence[FastEstimator],
    intervals: Sequence[FastInterval], leave_out: int, level: float, null: float = 0.0, backend: Asked = "auto",
) -> Curve:  # fmt: skip
    """Return the curve over ``data`` (name, y, v; the headline's first), estimators and intervals (the headline's
    first), and every set of up to ``leave_out`` studies left out.

    Raises InputError for an empty axis, a level named twice, data sets of different sizes, or fewer than
    ``leave_out + 2`` studies.
    """
    level = check_level(level)
    for name, axis in (("data", [d[0] for d in data]), ("estimators", estimators), ("intervals", intervals)):
        if not axis or len(set(axis)) != len(axis):
            raise InputError([f"{name} = {list(axis)!r} must hold each level once, and at least one"])
    checked = [check_effects(y, v, minimum=leave_out + 2) for _, y, v in data]
    k = len(checked[0].y)
    if leave_out < 0 or any(len(effects.y) != k for effects in checked):
        raise InputError(["leave_out must be 0 or more, and every data set must have the same studies"])
    sets = [held for count in range(leave_out + 1) for held in combinations(range(1, k + 1), count)]
    inside = np.ones((len(sets), k), dtype=np.uint8)
    for row, held in enumerate(sets):
        inside[row, [study - 1 for study in held]] = 0
    used = choose(backend, studies=inside.size * len(data) * len(estimators))
    fits = tuple(
        tuple(fit_subsets(e.y, e.v, inside, estimator=estimator, backend=used) for estimator in estimators)
        for e in checked
    )
    data_axis, estimator_axis, left_axis, interval_axis = (
        _Tally(size) for size in (len(data), len(estimators), len(sets), len(intervals))
    )
    lower, upper, crossing = np.inf, -np.inf, 0
    for place, of_branch in enumerate(fits):
        for column, one in enumerate(of_branch):
            for rule, interval in enumerate(intervals):
                found = bounds(one, interval=interval, level=level)
                lower, upper = min(lower, float(found.lower.min())), max(upper, float(found.upper.max()))
                holds = (found.lower <= null) & (found.upper >= null)
                count = int(holds.sum())
                crossing += count
                data_axis.add(place, count, len(sets))
                estimator_axis.add(column, count, len(sets))
                left_axis.crossing += holds
                left_axis.total += 1
                interval_axis.add(rule, count, len(sets))
    means = np.array([[one.mean for one in row] for row in fits])
    total = means.size * len(intervals)
    names = tuple(name for name, _, _ in data)
    left = tuple(_words(held) for held in sets)
    axes = [
        _axis("data", names, means, 0, data_axis),
        _axis("estimator", tuple(estimators), means, 1, estimator_axis),
        _axis("left out", left, means, 2, left_axis),
        Axis("interval", tuple(intervals), (float(np.median(means)),) * len(intervals),
             tuple(map(float, interval_axis.crossing / interval_axis.total)), 0.0),
    ]  # fmt: skip
    axes.sort(key=lambda axis: -axis.shift)
    none = Specification(0, (), estimators[0], intervals[0], 0.0, 0.0, 0.0, 1.0)
    curve = Curve(level, null, names, tuple(estimators), tuple(intervals), tuple(sets), fits, total, none, none, none,
                  lower, upper, crossing, tuple(axes))  # fmt: skip
    places = [0, int(means.argmin()), int(means.argmax())]
    chosen = zip(*(axis.tolist() for axis in np.unravel_index(places, means.shape)), strict=True)
    told = [curve.specification(b, estimators[e], intervals[0], s) for b, e, s in chosen]
    return curve._replace(headline=told[0], lowest=told[1], highest=told[2])


def _axis(name: str, levels: tuple[str, ...], means: FloatArray, dimension: int, tally: _Tally) -> Axis:
    medians = np.median(np.moveaxis(means, dimension, 0).reshape(means.shape[dimension], -1), axis=1)
    shares = tally.crossing / tally.total
    return Axis(name, levels, tuple(map(float, medians)), tuple(map(float, shares)), float(np.ptp(medians)))


def _one(fits: Fits, at: int) -> Fits:
    part = slice(at, at + 1)
    return fits._replace(
        tau2=fits.tau2[part], mean=fits.mean[part], se=fits.se[part], factor=fits.factor[part], q=fits.q[part],
        modes=fits.modes[part], sizes=fits.sizes[part],
    )  # fmt: skip


def _words(held: tuple[int, ...]) -> str:
    return "none" if not held else "study " + " and ".join(map(str, held))
