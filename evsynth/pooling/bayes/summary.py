"""Summaries of a posterior on the line or half-line: mode, median, equal-tailed and shortest intervals.

Quantiles are roots of the distribution function, found for many shares at once by Newton's method inside a bracket. The
shortest interval is where the densities at its two ends agree, or starts at 0; every sign change of their difference
over the lower-tail share is followed, and the shortest of the intervals taken, so that two modes do not mislead it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import ndtr

from evsynth.pooling.guard import FloatArray

SCAN = 12
"""Lower-tail shares at which the search for the shortest interval starts."""
GUESSES = 33
"""Points at which a distribution function is known before its quantiles are bracketed."""
NEGLIGIBLE = 1e-19
"""Mixture components below this share of the total are dropped when distribution functions are inverted."""

Curve = Callable[[FloatArray], FloatArray]


class Summary(NamedTuple):
    """A posterior: mean, standard deviation (None where they do not exist), median, two intervals of the same level,
    mode.

    ``lower, upper`` is the equal-tailed interval, ``shortest_*`` the shortest one (highest density, for one mode).
    """

    mean: float | None
    sd: float | None
    median: float
    lower: float
    upper: float
    shortest_lower: float
    shortest_upper: float
    level: float
    mode: float


class Mixture(NamedTuple):
    """A mixture of normals: weights that sum to 1, means, standard deviations."""

    weights: FloatArray
    means: FloatArray
    sds: FloatArray

    def below(self, value: FloatArray) -> FloatArray:
        """Return the probability below each value."""
        return np.asarray(ndtr((value[:, None] - self.means) / self.sds) @ self.weights)

    def density(self, value: FloatArray) -> FloatArray:
        """Return the density at each value."""
        z = (value[:, None] - self.means) / self.sds
        return np.asarray(np.exp(-0.5 * z * z) @ (self.weights / self.sds)) / math.sqrt(2 * math.pi)

    def summary(self, level: float, *, moments: tuple[bool, bool] = (True, True)) -> Summary:
        """Return moments (None where ``moments`` says that they do not exist), quantiles and intervals."""
        keep = self.weights >= NEGLIGIBLE
        short = Mixture(self.weights[keep], self.means[keep], self.sds[keep])
        mean = math.fsum(self.weights * self.means)
        variance = math.fsum(self.weights * (self.sds**2 + (self.means - mean) ** 2)) if moments[1] else math.inf
        unit = math.exp(float(short.weights @ np.log(short.sds)) / float(short.weights.sum()))

        def quantiles(shares: FloatArray) -> FloatArray:
            ends = [mean - unit, mean + unit]
            while float(short.below(np.array(ends[:1]))[0]) > shares.min():
                ends[0] -= 2 * (mean - ends[0])
            while float(short.below(np.array(ends[1:]))[0]) < shares.max():
                ends[1] += 2 * (ends[1] - mean)
            grid = np.linspace(ends[0], ends[1], GUESSES)
            known = short.below(grid)
            place = np.clip(np.searchsorted(known, shares) - 1, 0, GUESSES - 2)
            return invert(short.below, short.density, shares, grid[place], grid[place + 1])

        values = (mean if moments[0] else None, math.sqrt(variance) if moments[1] else None)

        def between(ends: FloatArray) -> float:
            below = short.below(ends)
            return float(below[1] - below[0])

        return summarise(values, quantiles, short.density, between, level=level, from_zero=False)


def invert(below: Curve, density: Curve, shares: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return where a distribution function takes each share, by Newton steps kept inside [low, high]."""
    low, high = low.copy(), high.copy()
    at, done = 0.5 * (low + high), np.zeros(len(shares), dtype=bool)
    for _ in range(200):
        miss = below(at) - shares
        low, high = np.where(miss < 0, at, low), np.where(miss >= 0, at, high)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = miss / density(at)
        tiny = np.isfinite(step) & (np.abs(step) <= 1e-15 * np.abs(at))
        done |= tiny | (np.abs(miss) <= 1e-16) | (high - low <= 4e-16 * np.abs(at))
        if bool(done.all()):
            break
        newton = at - step
        inside = np.isfinite(newton) & (newton > low) & (newton < high)
        at = np.where(done, at, np.where(inside, newton, 0.5 * (low + high)))
    return at


def summarise(
    moments: tuple[float | None, float | None],
    quantiles: Curve,
    density: Curve,
    between: Callable[[FloatArray], float],
    *,
    level: float,
    from_zero: bool,
    mode: float | None = None,
) -> Summary:
    """Return a summary from a quantile function, density, and mass between two points; ``from_zero`` allows an
    interval that starts at 0.
    """
    tail = 1.0 - level
    shares = np.linspace(0.0, tail, SCAN + 1)
    shares[0], shares[-1] = (0.0 if from_zero else 1e-9 * tail), tail * (1 - 1e-9)
    all_at = quantiles(np.concatenate((shares, shares + level, [0.5, tail / 2, 1 - tail / 2])))
    median, lower, upper = map(float, all_at[-3:])
    heights = density(all_at)
    slopes = heights[: SCAN + 1] - heights[SCAN + 1 : 2 * SCAN + 2]

    def both(at: FloatArray) -> FloatArray:
        # Densities at the ends, and their slopes by central differences (they steer Newton's step, no result uses
        # them).
        h = 1e-5 * (at[1] - at[0])
        values = density(np.concatenate((at, at + h, at - h)))
        return np.concatenate((values[:2], (values[2:4] - values[4:]) / (2 * h)))

    def polished(left: float, right: float) -> FloatArray | None:
        # Newton's method for: both densities equal, `level` between the ends.
        at = quantiles(np.array([0.5 * (left + right), 0.5 * (left + right) + level]))
        for _ in range(30):
            f = both(at)
            inside = float(between(at)) - level
            determinant = f[0] * f[3] - f[1] * f[2]
            if determinant == 0:
                return None
            gap = f[0] - f[1]
            step = np.array([f[3] * inside + f[1] * gap, f[2] * inside + f[0] * gap]) / determinant
            if not float(np.abs(step).max()) < 0.25 * float(at[1] - at[0]):
                return None
            at = np.asarray(at + step, dtype=np.float64)
            if float(np.abs(step).max()) <= 1e-11 * float(at[1] - at[0]):
                return at
        return None

    def imbalance(share: float) -> float:
        # d(width)/d(share) has the sign of density(lower) - density(upper).
        ends = density(quantiles(np.array([share, share + level])))
        return float(ends[0] - ends[1])

    stops, pairs = ([float(shares[0])] if slopes[0] >= 0 else []), list[FloatArray]()
    for left, right, before, after in zip(shares, shares[1:], slopes, slopes[1:], strict=False):
        if before < 0 <= after:
            ends = float(left), float(right)
            found = polished(*ends)
            if found is not None:
                pairs.append(found)
                continue
            crosses = imbalance(ends[0]) < 0 < imbalance(ends[1])
            stops.append(float(brentq(imbalance, *ends, xtol=1e-15, rtol=1e-13)) if crosses else ends[1])
    if not stops and not pairs:
        stops.append(float(shares[-1]))
    pairs += [quantiles(np.array([share, share + level])) for share in stops]
    shortest = min(((float(a), float(b)) for a, b in pairs), key=lambda pair: pair[1] - pair[0])
    if mode is None:
        mode = peak(density, np.unique(all_at))
    return Summary(*moments, median, lower, upper, *shortest, level, mode)


def peak(density: Curve, grid: FloatArray) -> float:
    """Return where a density is highest between the neighbours of the highest point of a grid (to about 1e-8)."""
    heights = density(grid)
    top = int(heights.argmax())
    low, high = float(grid[max(0, top - 1)]), float(grid[min(len(grid) - 1, top + 1)])

    def negative(at: float) -> float:
        return -float(density(np.array([at]))[0])

    found = minimize_scalar(negative, bounds=(low, high), method="bounded", options={"xatol": 1e-9 * (high - low)})
    return float(found.x) if -found.fun >= heights[top] else float(grid[top])
