"""Data branches: values that a failed check admits beside the one that was used, and the pools of every combination.

A finding such as "the printed p does not fit the printed interval" leaves two admissible effects of that study. Each
is a branch; all branches of all studies multiply. Up to ``FULL`` combinations all are pooled and listed; beyond,
a seeded sample is listed, and the lowest and highest pooled mean are still found: by pooling every combination where
there are up to ``ENUMERATED``, else by search, beside bounds that no combination can exceed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.backend import Asked
from evsynth.pooling.fast.bounds import Bounds, FastInterval, bounds
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import Fits, fit_many
from evsynth.pooling.guard import Effects, FloatArray, InputError, check_effects
from evsynth.pooling.sensitivity.extremes import Extremes, search

FULL = 5_000
"""Combinations up to here are all listed."""

ENUMERATED = 1_048_576
"""Combinations up to here are all pooled to find the extremes."""

TOLERANCE = 1e-9
"""An alternative that moves y by less than this share of its standard error, and v by less than this share of v, is
rounding noise and no branch.
"""

SAMPLED = "BRANCHES_SAMPLED"
SEARCHED = "EXTREMES_SEARCHED"
Choices = npt.NDArray[np.intp]


class Alternative(NamedTuple):
    """Another admissible effect of a study (counted from 1), and the finding that admits it."""

    study: int
    y: float
    v: float
    because: str


class Branches(NamedTuple):
    """For every study the admissible (y, v): the headline first. ``same`` lists alternatives that are no branch."""

    effects: Effects
    values: tuple[tuple[tuple[float, float], ...], ...]
    because: tuple[tuple[str, ...], ...]
    same: tuple[Alternative, ...]

    @property
    def combinations(self) -> int:
        """Return the number of data sets."""
        return math.prod(len(options) for options in self.values)

    def data(self, choices: Choices) -> tuple[FloatArray, FloatArray]:
        """Return y and v, (m, k), of choices (m, k): 0 is the headline."""
        width = max(len(options) for options in self.values)
        table = np.array([[*options, *[options[0]] * (width - len(options))] for options in self.values])
        picked = table[np.arange(len(self.values)), choices]
        return picked[..., 0], picked[..., 1]


class Multiverse(NamedTuple):
    """Pools of the listed combinations (the headline is row 0), how many intervals hold the null, and the extremes.

    Codes: BRANCHES_SAMPLED (not all combinations are listed), EXTREMES_SEARCHED (lowest and highest mean come from a
    search; ``extremes.bound_low`` and ``bound_high`` hold for all combinations).
    """

    branches: Branches
    combinations: int
    choices: Choices
    fits: Fits
    bounds: Bounds
    crossing: int
    extremes: Extremes
    seed: int | None
    codes: tuple[str, ...]


def branch(y: npt.ArrayLike, v: npt.ArrayLike, alternatives: Sequence[Alternative]) -> Branches:
    """Return the branches of a data set. Raises InputError for an unknown study or a value that cannot be pooled."""
    effects = check_effects(y, v, minimum=2)
    values = [[(float(one), float(two))] for one, two in zip(effects.y, effects.v, strict=True)]
    because: list[list[str]] = [["as used"] for _ in values]
    same, problems = [], []
    for other in alternatives:
        if not 1 <= other.study <= len(values):
            problems.append(f"study {other.study} of an alternative must lie from 1 to {len(values)}")
        elif not (math.isfinite(other.y) and math.isfinite(other.v) and other.v > 0):
            problems.append(f"study {other.study}: alternative y = {other.y!r}, v = {other.v!r} cannot be pooled")
        elif any(_alike(other, known) for known in values[other.study - 1]):
            same.append(other)
        else:
            values[other.study - 1].append((other.y, other.v))
            because[other.study - 1].append(other.because)
    if problems:
        raise InputError(problems)
    return Branches(effects, tuple(map(tuple, values)), tuple(map(tuple, because)), tuple(same))


def multiverse(
    branches: Branches, *, estimator: FastEstimator, interval: FastInterval, level: float, null: float = 0.0,
    seed: int | None = None, backend: Asked = "auto",
) -> Multiverse:  # fmt: skip
    """Return the pools of all combinations, or of a seeded sample of ``FULL`` of them. Raises InputError."""
    total = branches.combinations
    codes = []
    if total <= FULL:
        choices = next(_grids(branches, FULL))
    elif seed is None:
        raise InputError([f"{total} combinations are more than {FULL}: a sample needs a seed"])
    else:
        choices = _sample(branches, FULL, seed)
        codes.append(SAMPLED)
    fits = fit_many(*branches.data(choices), estimator=estimator, backend=backend)
    found = bounds(fits, interval=interval, level=level)
    crossing = int(((found.lower <= null) & (found.upper >= null)).sum())
    if total <= ENUMERATED:
        extremes = _enumerate(branches, choices, fits, total, estimator, backend)
    else:
        extremes = search(branches.values, branches.data, choices, fits.mean, estimator=estimator, backend=backend)
        codes.append(SEARCHED)
    return Multiverse(branches, total, choices, fits, found, crossing, extremes, seed, tuple(codes))


def _alike(other: Alternative, known: tuple[float, float]) -> bool:
    return (
        abs(other.y - known[0]) <= TOLERANCE * math.sqrt(known[1]) and abs(other.v - known[1]) <= TOLERANCE * known[1]
    )


def _grids(branches: Branches, width: int) -> Iterator[Choices]:
    sizes = tuple(len(options) for options in branches.values)
    for start in range(0, branches.combinations, width):
        codes = np.arange(start, min(start + width, branches.combinations))
        yield np.stack(np.unravel_index(codes, sizes), axis=1)


def _sample(branches: Branches, size: int, seed: int) -> Choices:
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = np.stack([random.integers(0, len(options), size=size) for options in branches.values], axis=1)
    drawn[0] = 0
    return drawn


def _enumerate(
    branches: Branches, choices: Choices, fits: Fits, total: int, estimator: FastEstimator, backend: Asked
) -> Extremes:
    found: list[tuple[float, Choices]] = []
    parts: Iterator[tuple[Choices, FloatArray]]
    if total <= FULL:
        parts = iter([(choices, fits.mean)])
    else:
        parts = (
            (part, fit_many(*branches.data(part), estimator=estimator, backend=backend).mean)
            for part in _grids(branches, 65_536)
        )
    for part, means in parts:
        found += [(float(means[place]), part[place]) for place in (int(means.argmin()), int(means.argmax()))]
    low, high = min(found, key=lambda pair: pair[0]), max(found, key=lambda pair: pair[0])
    how = f"all {total} combinations pooled"
    return Extremes(low[0], high[0], tuple(map(int, low[1])), tuple(map(int, high[1])), low[0], high[0], how)
