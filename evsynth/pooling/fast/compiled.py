"""The same search as ``maximum`` and ``estimate``, compiled by Numba: one pool after the other in registers.

Import this module only where Numba is installed. Nothing is reordered by the compiler (no fast-math): results do not
depend on the processor's vector width.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.axis import STEP
from evsynth.pooling.fast.maximum import CONVERGED, FINER, INTERPOLATIONS, ROUNDS
from evsynth.pooling.fast.score import SEPARABLE
from evsynth.pooling.guard import FloatArray

Function = TypeVar("Function", bound=Callable[..., Any])
numba: Any = importlib.import_module("numba")

GENERALISED_Q, ML, REML, DL, HS, HSK, HE, SJ = 1, 2, 3, 4, 5, 6, 7, 8
"""How tau2 is estimated; 0 leaves it at 0. Those from DL on are closed forms."""

REFRESH = 512
"""Subsets after which running sums are taken afresh, so that rounding cannot pile up."""


def compiled(function: Function) -> Function:
    """Return the function compiled to machine code, kept in the package's cache."""
    done: Function = numba.njit(cache=True, error_model="numpy")(function)
    return done


def within(function: Function) -> Function:
    """Return the function compiled into its callers: passing arrays would cost more than the arithmetic."""
    done: Function = numba.njit(cache=True, error_model="numpy", forceinline=True)(function)
    return done


@within
def _line(y: FloatArray, v: FloatArray, x: FloatArray, n: int, tau2: float) -> tuple[float, ...]:
    total = first = middle = 0.0
    for i in range(n):
        w = 1.0 / (v[i] + tau2)
        total += w
        first += w * y[i]
        middle += w * x[i]
    mean, middle = first / total, middle / total
    precision = slope = 0.0
    for i in range(n):
        wz = (x[i] - middle) / (v[i] + tau2)
        precision += wz * (x[i] - middle)
        slope += wz * (y[i] - mean)
    return total, mean, middle, precision, slope / precision


@within
def _score_line(
    y: FloatArray, v: FloatArray, x: FloatArray, n: int, tau2: float, restricted: bool
) -> tuple[float, float]:
    total, mean, middle, precision, slope = _line(y, v, x, n, tau2)
    value = third = cross = along = squares = across = mixed = cubes = twisted = 0.0
    for i in range(n):
        w = 1.0 / (v[i] + tau2)
        z = x[i] - middle
        wz = w * z
        residual = w * (y[i] - mean - slope * z)
        value += residual * residual
        wr = w * residual
        third += wr * residual
        cross += wr
        along += wr * z
        squares += w * w
        across += wz * wz
        mixed += w * wz
        cubes += w * w * w
        twisted += wz * wz * w
    change = -2.0 * (third - cross * cross / total - along * along / precision) + squares
    value -= total
    if restricted:
        one, two = squares / total, across / precision
        value += one + two
        change += one * one + two * two + 2.0 * mixed * mixed / (total * precision)
        change -= 2.0 * (cubes / total + twisted / precision)
    return value, change


@within
def _score(
    y: FloatArray, v: FloatArray, x: FloatArray, n: int, tau2: float, restricted: bool, line: bool
) -> tuple[float, float]:
    if line:
        return _score_line(y, v, x, n, tau2, restricted)
    total = first = 0.0
    for i in range(n):
        w = 1.0 / (v[i] + tau2)
        total += w
        first += w * y[i]
    mean = first / total
    value = cross = third = squares = cubes = 0.0
    for i in range(n):
        w = 1.0 / (v[i] + tau2)
        residual = w * (y[i] - mean)
        value += residual * residual
        cross += w * residual
        third += w * residual * residual
        squares += w * w
        cubes += w * w * w
    slope = -2.0 * third + 2.0 * cross * cross / total + squares
    value -= total
    if restricted:
        value += squares / total
        slope += (squares * squares / total - 2.0 * cubes) / total
    return value, slope


@compiled
def _height(y: FloatArray, v: FloatArray, x: FloatArray, n: int, tau2: float, restricted: bool, line: bool) -> float:
    if line:
        total, mean, middle, precision, slope = _line(y, v, x, n, tau2)
        value = np.log(total) + np.log(precision) if restricted else 0.0
        for i in range(n):
            value += np.log(v[i] + tau2) + (y[i] - mean - slope * (x[i] - middle)) ** 2 / (v[i] + tau2)
        return -0.5 * value
    total = first = 0.0
    for i in range(n):
        w = 1.0 / (v[i] + tau2)
        total += w
        first += w * y[i]
    mean = first / total
    value = 0.0
    for i in range(n):
        value += np.log(v[i] + tau2) + (y[i] - mean) ** 2 / (v[i] + tau2)
    if restricted:
        value += np.log(total)
    return -0.5 * value


@within
def _polish(
    y: FloatArray, v: FloatArray, x: FloatArray, n: int, low: float, high: float, tau2: float,
    least: float, restricted: bool, line: bool,
) -> float:  # fmt: skip
    for _ in range(ROUNDS):
        value, slope = _score(y, v, x, n, tau2, restricted, line)
        if value > 0:
            low = tau2
        else:
            high = tau2
        new = tau2 - value / slope if slope < 0 else -1.0
        if not low <= new <= high:
            new = np.sqrt((low + least) * (high + least)) - least
        moved = abs(new - tau2)
        tau2 = new
        if moved <= CONVERGED * (tau2 + least):
            break
    return max(tau2, 0.0)


@compiled
def _dip(
    y: FloatArray, v: FloatArray, x: FloatArray, n: int, grid: FloatArray, heights: FloatArray, g: int, least: float,
    restricted: bool, line: bool,
) -> float:  # fmt: skip
    # A maximum hidden between points around a dip towards 0, looked for on finer points; -1 where there is none.
    here, after, before = heights[g], heights[g + 1], heights[g - 1]
    curvature = before - 2 * here + after
    if curvature == 0 or (here - (after - before) ** 2 / (8 * curvature)) * np.sign(here) >= 0.5 * abs(here):
        return -1.0
    left = max(grid[g - 1], 0.0)
    width = grid[g + 1] - left
    last = _score(y, v, x, n, left, restricted, line)[0]
    for part in range(1, FINER + 1):
        place = left + width * part / FINER
        value = _score(y, v, x, n, place, restricted, line)[0]
        if last > 0 and value <= 0:
            low = left + width * (part - 1) / FINER
            return _polish(y, v, x, n, low, place, 0.5 * (low + place), least, restricted, line)
        last = value
    return -1.0


@within
def _summit(
    y: FloatArray, v: FloatArray, x: FloatArray, n: int, grid: FloatArray, heights: FloatArray,
    count: int, least: float, restricted: bool, line: bool,
) -> tuple[float, int]:  # fmt: skip
    # heights: (tau2 + least) * 2 score at grid[0 .. count]; grid[1] is 0, grid[0] lies below.
    best, tau2, modes = -np.inf, 0.0, 0
    if heights[1] <= 0:
        modes = 1
    # Most scores fall through 0 once, or nowhere: a first, cheap look says whether and where to look closely.
    falls = dips = 0
    for g in range(1, count):
        before, here, after = heights[g - 1], heights[g], heights[g + 1]
        falls += (here > 0) & (after <= 0)
        dips += ((here > 0) & (here <= after) & (here <= before)) | ((here <= 0) & (here >= after) & (here >= before))
    if dips == 0 and falls == 0:
        return 0.0, modes
    first, end = 1, count
    if dips == 0 and falls == 1:
        while heights[first + 1] > 0 or heights[first] <= 0:
            first += 1
        end = first + 1
    step = np.log((grid[2] + least) / least)
    for g in range(first, end):
        here, after, before = heights[g], heights[g + 1], heights[g - 1]
        root = -1.0
        if here > 0 and after <= 0:
            further = min(g + 2, count)
            drop, bend, twist = here - after, before - 2 * here + after, 0.0
            if further > g + 1:
                twist = heights[further] - before - 3 * (after - here)
            share = here / drop
            for _ in range(INTERPOLATIONS):
                share = here / (drop + (1 - share) * (bend / 2 + (1 + share) * twist / 6))
                share = min(max(share, 0.0), 1.0)
            low, high = grid[g], grid[g + 1]
            ahead = share * step  # exp(ahead) to 1e-6, enough for a start
            start = (low + least) * (1 + ahead * (1 + ahead / 2 * (1 + ahead / 3 * (1 + ahead / 4)))) - least
            if g > 1 and before > 0 and heights[further] <= 0:
                low, high = grid[g - 1], grid[further]
            root = _polish(y, v, x, n, low, high, start, least, restricted, line)
        elif abs(here) <= abs(after) and abs(here) <= abs(before) and before * here > 0 and here * after > 0:
            root = _dip(y, v, x, n, grid, heights, g, least, restricted, line)
        if root >= 0.0:
            if modes == 0:
                tau2 = root
            else:
                if modes == 1:
                    best = _height(y, v, x, n, tau2, restricted, line)
                top = _height(y, v, x, n, root, restricted, line)
                if top > best:
                    best, tau2 = top, root
            modes += 1
    return tau2, modes


@within
def _summary(y: FloatArray, v: FloatArray, n: int, tau2: float) -> tuple[float, float, float]:
    # Dividing twice is faster than keeping the weights: the divisions overlap with the sums.
    total = first = 0.0
    for i in range(n):
        w = 1.0 / (v[i] + tau2)
        total += w
        first += w * y[i]
    mean = first / total
    rss = 0.0
    for i in range(n):
        rss += (y[i] - mean) ** 2 / (v[i] + tau2)
    return mean, total, rss


@within
def _generalised(y: FloatArray, v: FloatArray, n: int, target: float, least: float) -> float:
    tau2 = 0.0
    for _ in range(200):
        total = first = q = slope = 0.0
        for i in range(n):
            w = 1.0 / (v[i] + tau2)
            total += w
            first += w * y[i]
        mean = first / total
        for i in range(n):
            w = 1.0 / (v[i] + tau2)
            q += w * (y[i] - mean) ** 2
            slope += (w * (y[i] - mean)) ** 2
        if slope == 0:
            return 0.0
        new = max(0.0, tau2 + (q / target - 1.0) * q / slope)
        moved = abs(new - tau2)
        tau2 = new
        if moved <= 1e-9 * (tau2 + least):
            break
    return tau2


@within
def _closed(y: FloatArray, v: FloatArray, n: int, how: int) -> float:
    # The closed forms of ``estimate``, by their place in CLOSED; n - 1 and n as there.
    if how >= HE:
        plain = within = squares = 0.0
        for i in range(n):
            plain += y[i]
            within += v[i]
        plain /= n
        for i in range(n):
            squares += (y[i] - plain) ** 2
        if how == HE:
            return max(0.0, squares / (n - 1) - within / n)
        rough = squares / n
        return rough * _summary(y, v, n, rough)[2] / (n - 1)
    _, total, q = _summary(y, v, n, 0.0)
    if how == HS:
        return max(0.0, (q - n) / total)
    if how == HSK:
        return max(0.0, (q * n / (n - 1) - n) / total)
    before = pairs = 0.0
    for i in range(n):
        pairs += before / v[i]
        before += 1.0 / v[i]
    return max(0.0, (q - (n - 1)) * total / (2.0 * pairs))


@compiled
def _scan(
    y: FloatArray, v: FloatArray, n: int, grid: FloatArray, heights: FloatArray, sums: FloatArray, count: int,
    least: float, restricted: bool, separable: bool,
) -> None:  # fmt: skip
    # Every point at once: the points are the inner loop, so that the processor works on several of them. Where the
    # moments around 0 keep the sign (``separable``) one division per study and point is enough.
    total, first, squares, cross, second = sums[0], sums[1], sums[2], sums[3], sums[4]
    for g in range(count + 1):
        total[g] = first[g] = squares[g] = cross[g] = second[g] = 0.0
    for i in range(n):
        yi, vi = y[i], v[i]
        for g in range(count + 1):
            w = 1.0 / (vi + grid[g])
            wy = w * yi
            total[g] += w
            first[g] += wy
            squares[g] += w * w
            cross[g] += w * wy
            second[g] += wy * wy
    for g in range(count + 1):
        mean = first[g] / total[g]
        first[g] = mean
        second[g] -= mean * (2.0 * cross[g] - mean * squares[g])
    if not separable:
        for g in range(count + 1):
            second[g] = 0.0
        for i in range(n):
            yi, vi = y[i], v[i]
            for g in range(count + 1):
                residual = (yi - first[g]) / (vi + grid[g])
                second[g] += residual * residual
    for g in range(count + 1):
        value = second[g] - total[g]
        if restricted:
            value += squares[g] / total[g]
        heights[g] = value * (grid[g] + least)


@compiled
def rows(y: FloatArray, v: FloatArray, how: int, target: float, out: FloatArray) -> None:
    """Fill ``out`` (6, m) for pools in the rows of ``y`` and ``v`` (m, k): tau2, mean, W, rss, Q, modes.

    ``how`` is one of the names above; ``target`` is for the generalised Q. Rows are centred and scaled by a power
    of two as ``block.standardise`` does, and the answers scaled back.
    """
    n = y.shape[1]
    size = 64
    grid, heights, sums = np.empty(size), np.empty(size), np.empty((5, size))
    ys, vs = np.empty(n), np.empty(n)
    for j in range(y.shape[0]):
        total = centre = 0.0
        least = v[j, 0]
        for i in range(n):
            least = min(least, v[j, i])
            total += 1.0 / v[j, i]
            centre += y[j, i] / v[j, i]
        centre /= total
        unit = math.ldexp(1.0, -(math.frexp(least)[1] // 2))
        least *= unit * unit
        most, low, high = 0.0, np.inf, -np.inf
        for i in range(n):
            ys[i], vs[i] = (y[j, i] - centre) * unit, v[j, i] * unit * unit
            most, low, high = max(most, vs[i]), min(low, ys[i]), max(high, ys[i])
        tau2, modes = 0.0, 1
        if how >= DL:
            tau2 = _closed(ys, vs, n, how)
        elif how == GENERALISED_Q:
            tau2 = _generalised(ys, vs, n, target, least)
        elif how:
            reach = np.log1p(max(most, 0.75 * (high - low) ** 2) / least)
            count = max(3, int(np.ceil(reach / STEP)))
            if count + 2 > size:
                size = 2 * count
                grid, heights, sums = np.empty(size), np.empty(size), np.empty((5, size))
            ratio = np.exp(reach / count)
            place = least / ratio
            for g in range(count + 2):
                grid[g] = place - least
                place *= ratio
            grid[1] = 0.0
            separable = max(low * low, high * high) < SEPARABLE * least
            _scan(ys, vs, n, grid, heights, sums, count + 1, least, how == REML, separable)
            tau2, modes = _summit(ys, vs, ys, n, grid, heights, count + 1, least, how == REML, False)
        mean, total, rss = _summary(ys, vs, n, tau2)
        out[0, j], out[1, j], out[2, j] = tau2 / (unit * unit), mean / unit + centre, total * unit * unit
        out[3, j], out[4, j], out[5, j] = rss, _summary(ys, vs, n, 0.0)[2], modes


@compiled
def subsets(
    y: FloatArray, v: FloatArray, inside: npt.NDArray[np.uint8], grid: FloatArray, how: int, targets: FloatArray,
    out: FloatArray,
) -> None:  # fmt: skip
    """Fill ``out`` (6, m) as ``rows`` does, for subsets ``inside`` (m, k) of one data set on one ``grid`` (points,).

    The sums of the scan are carried from one subset to the next by the studies that changed: order them so that few
    do (a Gray code). ``targets`` (k + 1,): the target of the generalised Q for each size.
    """
    k, points = len(y), len(grid)
    least = v.min()
    tables, sums, heights = np.empty((k, 5, points)), np.zeros((5, points)), np.empty(points)
    for i in range(k):
        for g in range(points):
            w = 1.0 / (v[i] + grid[g])
            tables[i, 0, g], tables[i, 1, g], tables[i, 2, g] = w, w * y[i], w * w
            tables[i, 3, g], tables[i, 4, g] = w * w * y[i], (w * y[i]) ** 2
    separable = (y**2).max() < SEPARABLE * least
    scanned = how in (ML, REML)
    before = np.zeros(k, dtype=np.uint8)
    ys, vs, spare = np.empty(k), np.empty(k), np.empty((5, points))
    for j in range(len(inside)):
        n = 0
        fresh = j % REFRESH == 0
        if fresh and scanned:
            sums[:] = 0.0
            before[:] = 0
        for i in range(k):
            if inside[j, i]:
                ys[n], vs[n] = y[i], v[i]
                n += 1
            if scanned and inside[j, i] != before[i]:
                sign = 1.0 if inside[j, i] else -1.0
                flat, entry = sums.reshape(-1), tables[i].reshape(-1)
                for g in range(5 * points):
                    flat[g] += sign * entry[g]
                before[i] = inside[j, i]
        tau2, modes = 0.0, 1
        if how >= DL:
            tau2 = _closed(ys, vs, n, how)
        elif how == GENERALISED_Q:
            tau2 = _generalised(ys, vs, n, targets[n], least)
        elif how:
            if separable:
                total, first, squares, cross, second = sums[0], sums[1], sums[2], sums[3], sums[4]
                for g in range(points):
                    mean = first[g] / total[g]
                    value = second[g] - mean * (2.0 * cross[g] - mean * squares[g]) - total[g]
                    if how == REML:
                        value += squares[g] / total[g]
                    heights[g] = value * (grid[g] + least)
            else:
                _scan(ys, vs, n, grid, heights, spare, points - 1, least, how == REML, False)
            tau2, modes = _summit(ys, vs, ys, n, grid, heights, points - 1, least, how == REML, False)
        out[0, j] = tau2
        out[1, j], out[2, j], out[3, j] = _summary(ys, vs, n, tau2)
        out[4, j] = out[3, j] if tau2 == 0.0 else _summary(ys, vs, n, 0.0)[2]
        out[5, j] = modes


@compiled
def slopes(
    y: FloatArray, v: FloatArray, x: FloatArray, grid: FloatArray, least: float, restricted: bool, out: FloatArray
) -> None:
    """Fill ``out`` (m, 2) with tau2 and its modes for regressions of ``y`` on each row of ``x`` (m, k)."""
    # Each inner loop below reads few arrays, so that the compiler can prove them apart and use vector instructions.
    n, points = len(y), len(grid)
    one, two, fixed = np.empty((n, 4 * points)), np.empty((n, 2 * points)), np.zeros((5, points))
    for i in range(n):
        for g in range(points):
            w = 1.0 / (v[i] + grid[g])
            one[i, g], one[i, points + g] = w, w * y[i]
            one[i, 2 * points + g], one[i, 3 * points + g] = w * w, w * w * y[i]
            two[i, g], two[i, points + g] = w, w * w
            fixed[0, g] += w
            fixed[1, g] += w * y[i]
            fixed[2, g] += w * w
            fixed[3, g] += w * w * y[i]
            fixed[4, g] += (w * y[i]) ** 2
    inverse, mean, squares, cross = 1.0 / fixed[0], fixed[1] / fixed[0], fixed[2].copy(), fixed[3].copy()
    # With the mean taken out, what does not depend on the order is the score of the mean alone.
    alone = fixed[4] - mean * (2.0 * cross - mean * squares) - fixed[0]
    if restricted:
        alone += squares * inverse
    scale = grid + least
    first, second = np.empty(4 * points), np.empty(2 * points)
    s1, sxy, b1, c1 = first[:points], first[points : 2 * points], first[2 * points : 3 * points], first[3 * points :]
    s2, b2 = second[:points], second[points:]
    heights, extra = np.empty(points), np.empty(points)
    for j in range(len(x)):
        xs = x[j]
        first[:] = 0.0
        second[:] = 0.0
        for i in range(n):
            xi, entry = xs[i], one[i]
            for g in range(4 * points):
                first[g] += entry[g] * xi
            xi, entry = xi * xi, two[i]
            for g in range(2 * points):
                second[g] += entry[g] * xi
        for g in range(points):  # the weighted mean of x
            extra[g] = s1[g] * inverse[g]
        for g in range(points):  # sum w z^2
            s2[g] -= extra[g] * s1[g]
        for g in range(points):  # sum w z y
            sxy[g] -= mean[g] * s1[g]
        for g in range(points):  # sum w^2 z^2
            b2[g] -= extra[g] * (2.0 * b1[g] - extra[g] * squares[g])
        for g in range(points):  # sum w^2 (y - mean)
            heights[g] = cross[g] - mean[g] * squares[g]
        for g in range(points):  # sum w^2 x (y - mean)
            c1[g] -= mean[g] * b1[g]
        for g in range(points):  # sum w^2 z (y - mean)
            c1[g] -= extra[g] * heights[g]
        for g in range(points):  # the slope
            sxy[g] /= s2[g]
        for g in range(points):
            heights[g] = alone[g] + sxy[g] * (sxy[g] * b2[g] - 2.0 * c1[g])
        if restricted:
            for g in range(points):
                heights[g] += b2[g] / s2[g]
        for g in range(points):
            heights[g] *= scale[g]
        out[j, 0], out[j, 1] = _summit(y, v, xs, n, grid, heights, points - 1, least, restricted, True)


@compiled
def lines(y: FloatArray, v: FloatArray, x: FloatArray, tau2: FloatArray, out: FloatArray) -> None:
    """Fill ``out`` (m, 3) with slope, its precision and the weighted residual sum of squares at each tau2."""
    n = len(y)
    for j in range(len(x)):
        _, mean, middle, precision, slope = _line(y, v, x[j], n, tau2[j])
        rss = 0.0
        for i in range(n):
            rss += (y[i] - mean - slope * (x[j, i] - middle)) ** 2 / (v[i] + tau2[j])
        out[j, 0], out[j, 1], out[j, 2] = slope, precision, rss
