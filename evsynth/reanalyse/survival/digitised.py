"""The file of one digitised curve: image, calibration of both axes, clicks, numbers at risk, events.

A click is a pair of pixels; two points on each axis turn it into (time, survival). Clicks are cleaned as a curve
demands: sorted by time, survival within 0 to 1 and never rising, starting at (0, 1).
Refuses (ValueError) an axis whose two points are one, and fewer than two clicks.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, StringConstraints
from scipy.optimize import isotonic_regression

from evsynth.model.form import Form, Id, Words

Floats = NDArray[np.float64]


class Axis(Form):
    """Two points of an axis: where they are on the image, and what they stand for."""

    pixel_1: float
    value_1: float
    pixel_2: float
    value_2: float


class AtRisk(Form):
    """Patients at risk printed under the curve."""

    time: float = Field(ge=0)
    patients: int = Field(ge=0)


class SurvivalAt(Form):
    """Survival printed for one time."""

    time: float = Field(ge=0)
    survival: float = Field(ge=0, le=1, description="As a share: 0.81 for 81%.")


class Group(Form):
    """One curve of the figure."""

    arm: Id
    clicks: tuple[tuple[float, float], ...] = Field(min_length=2, description="(x, y) in pixels.")
    at_risk: tuple[AtRisk, ...] = ()
    patients: int = Field(ge=1, description="Patients at time zero.")
    events: int | None = Field(None, ge=0, description="Total events of the group, where printed.")
    median: float | None = Field(None, gt=0, description="Median survival, where printed.")
    survival_at: tuple[SurvivalAt, ...] = Field((), description="Survival at a time, where printed.")


class PrintedRatio(Form):
    """A hazard ratio with its limits as printed with the figure."""

    ratio: float = Field(gt=0)
    lower: float = Field(gt=0)
    upper: float = Field(gt=0)


class CurveFile(Form):
    """One digitisation of one figure."""

    study: Id
    figure: Words
    image: Words | None = Field(None, description="Name of the image beside this file, where it may be kept.")
    image_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    digitised_by: Words
    time_unit: Words
    x: Axis
    y: Axis
    percent: bool = Field(False, description="True if the survival axis is in percent.")
    incidence: bool = Field(False, description="True if the curve rises: it shows events, not survival.")
    groups: tuple[Group, ...] = Field(min_length=1, max_length=4)
    hazard_ratio: PrintedRatio | None = Field(None, description="First group against the second, where printed.")


class Points(NamedTuple):
    """A cleaned curve."""

    time: Floats
    survival: Floats


def points(file: CurveFile, group: Group) -> Points:
    """Turn clicks into a curve."""
    x, y = np.array(group.clicks, dtype=float).T
    time, survival = _scale(x, file.x, "x"), _scale(y, file.y, "y")
    survival = survival / 100 if file.percent else survival
    return clean(time, 1 - survival if file.incidence else survival)


def clean(time: Floats, survival: Floats) -> Points:
    """Sort, clip and make a curve that never rises, starting at (0, 1).

    Repeated times keep their lowest survival; clicks that rise are averaged with their neighbours (isotonic least
    squares), because taking the lower one each time would bend the whole curve downwards.
    """
    if len(time) < 2 or not (np.isfinite(time).all() and np.isfinite(survival).all()):
        raise ValueError("a curve needs at least two finite points")
    order = np.lexsort((-survival, np.maximum(time, 0)))
    t, s = np.maximum(time[order], 0.0), np.clip(survival[order], 0.0, 1.0)
    last = np.concatenate([t[1:] != t[:-1], [True]])
    t, s = t[last], s[last]
    after = t > 0
    level = np.asarray(isotonic_regression(s[after], increasing=False).x) if after.any() else s[after]
    return Points(np.concatenate([[0.0], t[after]]), np.concatenate([[1.0], level]))


def _scale(pixels: Floats, axis: Axis, name: str) -> Floats:
    if axis.pixel_1 == axis.pixel_2 or axis.value_1 == axis.value_2:
        raise ValueError(f"the two points of axis {name} must differ: {axis!r}")
    return axis.value_1 + (pixels - axis.pixel_1) * (axis.value_2 - axis.value_1) / (axis.pixel_2 - axis.pixel_1)
