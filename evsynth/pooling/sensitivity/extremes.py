"""The lowest and highest pooled mean over combinations too many to pool: a search from inside, bounds from outside.

From inside: start at the combinations that are extreme at fixed tau2 (exact, below), then change one study at a time
while that helps. From outside: for tau2 in [a, b] every weight lies between ``1/(v + b)`` and ``1/(v + a)``, and the
largest weighted mean over all choices of effects and weights is found exactly by Dinkelbach's method for ratios
(1967, doi 10.1287/mnsc.13.7.492), because each study can be chosen by itself; the maximum over the pieces of
[0, infinity) bounds every combination at every tau2, whatever its estimator.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.backend import Asked
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import fit_many
from evsynth.pooling.guard import FloatArray

PIECES = 400
"""Pieces of the line of tau2."""

STARTS = 8
"""Combinations of the sample from which a search starts, beside those that are extreme at fixed tau2."""

Choices = npt.NDArray[np.intp]
Values = tuple[tuple[tuple[float, float], ...], ...]


class Extremes(NamedTuple):
    """Lowest and highest mean found, the choice of each study there (0 is the headline), and bounds that hold for all
    combinations; found and bound are equal when every combination was pooled. ``how`` says it in words.
    """

    lowest: float
    highest: float
    lowest_choice: tuple[int, ...]
    highest_choice: tuple[int, ...]
    bound_low: float
    bound_high: float
    how: str


def search(
    values: Values, data: Callable[[Choices], tuple[FloatArray, FloatArray]], sample: Choices, means: FloatArray, *,
    estimator: FastEstimator, backend: Asked,
) -> Extremes:  # fmt: skip
    """Return the extremes found from a ``sample`` of choices with their ``means``, and the bounds."""

    def pooled(choices: Choices) -> FloatArray:
        return fit_many(*data(choices), estimator=estimator, backend=backend).mean

    best = {}
    bound = {}
    for sign in (-1.0, 1.0):
        bound[sign], fixed = _outside(values, sign, zero=estimator == "FE")
        order = np.argsort(-sign * means, kind="stable")[:STARTS]
        starts = np.unique(np.vstack([sample[order], fixed]), axis=0)
        best[sign] = max((_climb(start, values, pooled, sign) for start in starts), key=lambda pair: sign * pair[0])
    low, high = best[-1.0], best[1.0]
    how = f"search from {STARTS} of {len(sample)} sampled combinations and those extreme at fixed tau2; bounds for all"
    return Extremes(low[0], high[0], tuple(map(int, low[1])), tuple(map(int, high[1])), bound[-1.0], bound[1.0], how)


def _climb(
    start: Choices, values: Values, pooled: Callable[[Choices], FloatArray], sign: float
) -> tuple[float, Choices]:
    here, height = start, float(pooled(start[None])[0])
    while True:
        moves = []
        for study, options in enumerate(values):
            for option in range(len(options)):
                if option != here[study]:
                    moved = here.copy()
                    moved[study] = option
                    moves.append(moved)
        heights = pooled(np.array(moves))
        place = int((sign * heights).argmax())
        if sign * heights[place] <= sign * height:
            return height, here
        here, height = moves[place], float(heights[place])


def _outside(values: Values, sign: float, *, zero: bool) -> tuple[float, Choices]:
    width = max(len(options) for options in values)
    table = np.array([[*options, *[options[0]] * (width - len(options))] for options in values])
    y, v = sign * table[..., 0], table[..., 1]
    least, spread = float(v.min()), float(np.ptp(y)) ** 2 + float(v.max())
    ends = least * np.expm1(np.linspace(0.0, np.log1p(1e6 * spread / least), PIECES))
    pieces = [(0.0, 0.0)] if zero else list(zip(ends, [*ends[1:], np.inf], strict=True))
    tops, choices = [], []
    for low, high in pieces:
        # Without limit, weights times (tau2 + smallest variance) rise towards 1.
        open_ended = not np.isfinite(high)
        one, other = (low + least) / (v + low), np.ones_like(v) if open_ended else (low + least) / (v + high)
        lower, upper = np.minimum(one, other), np.maximum(one, other)
        mean = float(y.min())
        for _ in range(200):
            excess = y - mean
            gain = np.where(excess > 0, upper, lower) * excess
            option = gain.argmax(axis=1)
            rows = np.arange(len(y))
            weight = np.where(excess > 0, upper, lower)[rows, option]
            new = float((weight * y[rows, option]).sum() / weight.sum())
            if new <= mean:
                break
            mean = new
        tops.append(mean)
        choices.append(option)
    return sign * max(tops), np.unique(np.array(choices), axis=0)
