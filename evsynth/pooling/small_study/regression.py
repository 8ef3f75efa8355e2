"""Weighted straight lines: y on one predictor (or on none), with weights 1/(v + tau2) and tau2 estimated or fixed.

With ``w = 1/(v + tau2)``, ``W = sum w``, weighted means ``xm, ym`` and ``S = sum w (x - xm)^2``:

    slope = sum w (x - xm)(y - ym) / S,    intercept = ym - slope xm,    det X'WX = W S
    DL:   tau2 = max(0, (Q - (k - p)) / (W - sum w h)),  w = 1/v, leverages h = w (1/W + (x - xm)^2/S)
    ML:   l(tau2) = -1/2 [k log 2 pi + sum log(v + tau2) + sum w r^2];     REML: l - 1/2 [log det X'WX - p log 2 pi]
    score = 1/2 [sum w^2 r^2 - sum w  (+ sum w h for REML)]

DerSimonian & Laird 1986, doi 10.1016/0197-2456(86)90046-2; Thompson & Sharp 1999,
doi 10.1002/(SICI)1097-0258(19991030)18:20<2693::AID-SIM235>3.0.CO;2-V. The predictor is centred at its weighted mean
and divided by its largest distance from it, so sample sizes of 1e5 lose no digits.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.optimize import brentq

from evsynth.pooling.guard import FloatArray, InputError

Method = Literal["EE", "DL", "ML", "REML"]

GRID = 400
"""Points of the scan over tau2, evenly spaced in its logarithm."""

LIVE_INTERVALS = 20_000
"""Give up bounding, and say so, when more intervals than this remain undecided at one depth."""


class Line(NamedTuple):
    """Intercept and slope at one tau2, their variances and covariance for residual variance 1, weighted residual
    sum.
    """

    intercept: float
    slope: float
    intercept_variance: float
    slope_variance: float
    covariance: float
    rss: float
    weights: FloatArray
    residuals: FloatArray
    leverages: FloatArray


class Tau2(NamedTuple):
    """tau2, and for ML and REML the residual score and in words how the global maximum was secured."""

    method: Method
    value: float
    log_likelihood: float | None
    score: float | None
    certificate: str
    certified: bool


def line(y: FloatArray, v: FloatArray, x: FloatArray | None, tau2: float) -> Line:
    """Return the weighted line; with ``x`` None the weighted mean (slope 0). Raises InputError for a constant x."""
    w = 1.0 / (v + tau2)
    total = math.fsum(w)
    ym = math.fsum(w * y) / total
    ym += math.fsum(w * (y - ym)) / total
    if x is None:
        residuals = y - ym
        rss = math.fsum(w * residuals**2)
        return Line(ym, 0.0, 1 / total, 0.0, 0.0, rss, w, residuals, w / total)
    xm = math.fsum(w * x) / total
    xm += math.fsum(w * (x - xm)) / total
    far = x - xm
    spread = math.fsum(w * far**2)
    check_varies(x)
    slope = math.fsum(w * far * (y - ym)) / spread
    residuals = (y - ym) - slope * far
    correction = math.fsum(w * far * residuals) / spread
    slope, residuals = slope + correction, residuals - correction * far
    rss = math.fsum(w * residuals**2)
    variance = 1 / spread
    leverages = w * (1 / total + far**2 / spread)
    base = 1 / total + xm * xm / spread
    return Line(ym - slope * xm, slope, base, variance, -xm / spread, rss, w, residuals, leverages)


def check_varies(x: FloatArray) -> None:
    """Assert that the predictor is not the same in every study. Raises InputError."""
    if float(np.ptp(x)) <= 1e-12 * float(np.abs(x).max()):
        raise InputError([f"the predictor is {float(x[0])!r} in every study, so no slope can be estimated"])


def estimate_tau2(y: FloatArray, v: FloatArray, x: FloatArray | None, *, method: Method) -> Tau2:
    """Estimate the residual between-study variance around the line. Needs more studies than coefficients."""
    p = 1 if x is None else 2
    if method == "EE":
        return Tau2(method, 0.0, None, None, "fixed at 0", True)
    if x is not None:
        check_varies(x)
        x = (x - x.mean()) / float(np.abs(x - x.mean()).max())
    if method == "DL":
        fit = line(y, v, x, 0.0)
        freedom = math.fsum(fit.weights * (1.0 - fit.leverages))
        return Tau2(method, max(0.0, (fit.rss - (len(y) - p)) / freedom), None, None, "closed form", True)
    return _maximise(y, v, x, p, method)


def _maximise(y: FloatArray, v: FloatArray, x: FloatArray | None, p: int, method: Method) -> Tau2:
    def slope(tau2: float) -> float:
        fit = line(y, v, x, tau2)
        terms = fit.weights * (fit.weights * fit.residuals**2 - 1.0)
        return 0.5 * math.fsum([*terms, *(fit.weights * fit.leverages if method == "REML" else ())])

    far, grid = _grid(y, v, x, p, method)
    signs = _scores(grid, y, v, x, method)
    found = [0.0] if slope(0.0) <= 0 else []
    for left, right, up, down in zip(grid[:-1], grid[1:], signs[:-1], signs[1:], strict=True):
        if up > 0 >= down and slope(float(left)) > 0 >= slope(float(right)):
            found.append(float(brentq(slope, left, right, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=500)))
    heights = _heights(np.array(found), y, v, x, p, method)
    best = int(heights.argmax())
    tau2, height = found[best], float(heights[best])
    certified, words = _certify(tau2, height, grid, y, v, x, p, method)
    words = f"{len(found)} local maximum(s); {words}; beyond tau2 = {far:.3g} a bound keeps the likelihood lower"
    return Tau2(method, tau2, height, slope(tau2), words, certified)


def _at_once(
    tau2: FloatArray, y: FloatArray, v: FloatArray, x: FloatArray | None
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    # weights, residuals, leverages: studies in rows, tau2 in columns; log det X'WX per column.
    w = 1.0 / (v[:, None] + tau2[None, :])
    total = w.sum(axis=0)
    residuals = y[:, None] - (w * y[:, None]).sum(axis=0) / total
    if x is None:
        return w, residuals, w / total, np.log(total)
    far = x[:, None] - (w * x[:, None]).sum(axis=0) / total
    spread = (w * far**2).sum(axis=0)
    residuals = residuals - (w * far * residuals).sum(axis=0) / spread * far
    return w, residuals, w * (1 / total + far**2 / spread), np.log(total) + np.log(spread)


def _scores(tau2: FloatArray, y: FloatArray, v: FloatArray, x: FloatArray | None, method: Method) -> FloatArray:
    w, residuals, leverages, _ = _at_once(tau2, y, v, x)
    value = w * (w * residuals**2 - 1.0) + (w * leverages if method == "REML" else 0.0)
    return np.asarray(0.5 * value.sum(axis=0), dtype=np.float64)


def _heights(
    tau2: FloatArray,
    y: FloatArray,
    v: FloatArray,
    x: FloatArray | None,
    p: int,
    method: Method,
    low: FloatArray | None = None,
) -> FloatArray:
    # With `low`, an upper bound on [low, tau2]: sum log(v + tau2) rises, the other two terms fall with tau2.
    w, residuals, _, log_det = _at_once(tau2, y, v, x)
    logs = np.log(v[:, None] + (tau2 if low is None else low)[None, :]).sum(axis=0)
    value = -0.5 * (len(y) * math.log(2 * math.pi) + logs + (w * residuals**2).sum(axis=0))
    if method == "REML":
        value = value - 0.5 * (log_det - p * math.log(2 * math.pi))
    return np.asarray(value, dtype=np.float64)


def _grid(y: FloatArray, v: FloatArray, x: FloatArray | None, p: int, method: Method) -> tuple[float, FloatArray]:
    far = float(np.ptp(y)) ** 2 + float(v.max())
    determinant = math.log(len(y)) + (0.0 if x is None else math.log(math.fsum((x - x.mean()) ** 2)))
    while True:
        grid = np.concatenate(([0.0], np.geomspace(1e-6 * float(v.min()), far, GRID)))
        # rss >= 0 and w >= 1/(max v + tau2): det X'WX >= det X'X / (max v + tau2)^p. The bound falls with tau2 (k > p).
        bound = -0.5 * (len(y) * math.log(2 * math.pi) + math.fsum(np.log(v + far)))
        if method == "REML":
            bound += 0.5 * p * (math.log(float(v.max()) + far) + math.log(2 * math.pi)) - 0.5 * determinant
        if bound < float(_heights(grid, y, v, x, p, method).max()):
            return far, grid
        far *= 4.0


def _certify(
    tau2: float,
    height: float,
    grid: FloatArray,
    y: FloatArray,
    v: FloatArray,
    x: FloatArray | None,
    p: int,
    method: Method,
) -> tuple[bool, str]:
    margin = 0.01 * (tau2 + float(v.min()))
    near, past = max(0.0, tau2 - margin), tau2 + margin
    edges = np.unique(np.concatenate((grid, [near, past])))
    low, high, examined = edges[:-1], edges[1:], 0
    outside = (high <= near) | (low >= past)
    low, high = low[outside], high[outside]
    while len(low):
        examined += len(low)
        alive = _heights(high, y, v, x, p, method, low) >= height
        low, high = low[alive], high[alive]
        middle = 0.5 * (low + high)
        low, high = np.concatenate((low, middle)), np.concatenate((middle, high))
        if len(low) > LIVE_INTERVALS or bool((high <= low).any()):
            return False, f"scan of {len(grid)} points only: bounds left {len(low)} intervals undecided"
    local = np.linspace(near, past, 65)
    if bool((_heights(local, y, v, x, p, method) > height + 1e-9 * (1 + abs(height))).any()):
        return False, "a point near the maximum lies higher; tau2 is not a maximum"
    return True, f"branch and bound ({examined} intervals) excluded all tau2 outside [{near:.6g}, {past:.6g}]"
