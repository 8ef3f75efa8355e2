"""A mean change within one group, in its own units: from the change itself, or from means before and after.

A within-group change is not a treatment effect: regression to the mean, natural course, co-therapy and
survivorship are in it.
"""

from __future__ import annotations

import math

from evsynth.effects.measures.effect import MeasuredEffect, MeasureError


def mean_change(mean: float, sd: float, patients: float) -> MeasuredEffect:
    """Return a mean change from its mean, the standard deviation *of the changes*, and the patients measured
    twice.

    Raises MeasureError unless sd > 0 and there are two patients or more. An sd is not a standard error: se =
    sd/sqrt(n).
    """
    _check(mean=mean, sd=sd, patients=patients)
    return MeasuredEffect(float(mean), sd * sd / patients, "natural", "y = mean; v = sd^2/n", ())


def mean_change_before_after(
    before: float, sd_before: float, after: float, sd_after: float, patients: float, *, correlation: float
) -> MeasuredEffect:
    """Return after - before, with an assumed or derived correlation between them, which has no default.

    Raises MeasureError unless -1 < correlation < 1, sd > 0, and there are two patients or more.
    """
    _check(mean=after - before, sd=sd_before, patients=patients)
    _check(mean=after - before, sd=sd_after, patients=patients)
    if not -1 < correlation < 1:
        raise MeasureError(f"correlation {correlation!r} must lie in (-1, 1)")
    v = (sd_before**2 + sd_after**2 - 2 * correlation * sd_before * sd_after) / patients
    formula = "y = after - before; v = (s1^2 + s2^2 - 2 r s1 s2)/n"
    note = f"CORRELATION_GIVEN: r = {correlation:g}; repeat with r = 0.5, 0.7, 0.8, 0.9"
    return MeasuredEffect(float(after - before), v, "natural", formula, (note,))


def _check(*, mean: float, sd: float, patients: float) -> None:
    if not math.isfinite(mean):
        raise MeasureError(f"mean {mean!r} is not a finite number")
    if not (math.isfinite(sd) and sd > 0):
        raise MeasureError(f"standard deviation {sd!r} must be > 0")
    if not (math.isfinite(patients) and patients == int(patients) and patients >= 2):
        raise MeasureError(f"patients {patients!r} must be a whole number >= 2")
