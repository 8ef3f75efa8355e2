"""A contour-enhanced funnel as values: where the studies lie, which band of p each is in, and the lines to draw.

Contours of p around ``null`` are straight: ``null -+ z se`` (Peters 2008, doi 10.1016/j.jclinepi.2007.11.010). The
region in which ``level`` of the studies is expected around ``centre`` without heterogeneity is ``centre -+ z se``
(Sterne & Egger 2001, doi 10.1016/S0895-4356(01)00377-8). Drawing is not done here. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from evsynth.pooling.guard import InputError, check_effects, check_level
from evsynth.pooling.small_study.gate import Caveat, Few, gate

CAVEAT = Caveat(
    "where studies lie by size and by statistical significance, and whether gaps fall where results are not "
    "significant",
    "publication bias by itself: readers agree poorly on funnels, and heterogeneity or the measure also makes gaps",
)


class Point(NamedTuple):
    """A study: estimate, standard error, two-sided p against the null, and the band of p, as (above, up to)."""

    label: str
    y: float
    se: float
    p: float
    band: tuple[float, float]


class Line(NamedTuple):
    """A pair of straight lines from (start, se 0) to (left, se_max) and (right, se_max)."""

    p: float
    start: float
    left: float
    right: float


class Funnel(NamedTuple):
    """Points, contours of p around ``null``, and the expected region around ``centre`` (None without a centre)."""

    points: tuple[Point, ...]
    contours: tuple[Line, ...]
    expected: Line | None
    null: float
    se_max: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def funnel(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    centre: float | None = None,
    null: float = 0.0,
    contours: Sequence[float] = (0.1, 0.05, 0.01),
    level: float = 0.95,
    measure: str | None = None,
    few: Few = "warn",
    labels: Sequence[str] | None = None,
) -> Funnel:
    """Return the values of a contour-enhanced funnel. ``contours`` are two-sided p-values, largest first.

    Raises InputError for proportions, contours that are not falling in (0, 1), or a centre that is not finite.
    """
    level, effects = check_level(level), check_effects(y, v, labels=labels)
    codes = gate(len(effects.y), measure=measure, few=few, minimum=1)
    cuts = tuple(float(p) for p in contours)
    if not all(0 < p < 1 for p in cuts) or any(a <= b for a, b in pairwise(cuts)):
        raise InputError([f"contours = {cuts!r} must be p-values in (0, 1), largest first"])
    for name, value in (("centre", centre), ("null", null)):
        if value is not None and not math.isfinite(value):
            raise InputError([f"{name} = {value!r} must be a finite number"])
    errors = np.sqrt(effects.v)
    p_values = 2 * norm.sf(np.abs(effects.y - null) / errors)
    edges = (1.0, *cuts, 0.0)
    points = []
    for label, estimate, error, p in zip(effects.labels, effects.y, errors, p_values, strict=True):
        band = next((low, high) for high, low in pairwise(edges) if p > low or low == 0.0)
        points.append(Point(label, float(estimate), float(error), float(p), band))
    top = float(errors.max())
    lines = tuple(_line(p, null, top) for p in cuts)
    expected = None if centre is None else _line(1 - level, centre, top)
    return Funnel(tuple(points), lines, expected, null, top, *CAVEAT, codes)


def _line(p: float, start: float, se: float) -> Line:
    reach = float(norm.isf(p / 2)) * se
    return Line(p, start, start - reach, start + reach)
