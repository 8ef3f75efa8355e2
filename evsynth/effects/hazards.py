"""A hazard ratio as printed, with its interval and what rounding does to it."""

from __future__ import annotations

from evsynth.effects import making
from evsynth.effects.measures import MeasureError, log_hazard_ratio
from evsynth.effects.prints import Asked
from evsynth.model.effect import Effect, Unusable
from evsynth.model.pool import Pool
from evsynth.model.printed import Printed


def effect(asked: Asked, pool: Pool, log: list[str]) -> Effect | Unusable:
    """Make a log hazard ratio from estimate and confidence limits; the level is taken as 95 where it is not printed."""
    contrast = asked.wanted.contrast
    if contrast is None:
        return making.unusable(asked, "INPUT", "A hazard ratio needs a contrast.")
    found = asked.candidates(contrast, ("hazard_ratio", "lower", "upper"))
    log += found.log
    if found.conflict:
        return making.unusable(asked, "CONFLICT", f"Unresolved: {found.conflict}.", found.values)
    if not found.values:
        return making.nothing(asked, contrast, "hazard ratio with its confidence interval", log)
    value = found.values[0]
    if "bootstrap" in (value.about.ci_method or "").lower():
        reason = "A bootstrap interval need not be symmetric; no standard error is derived from it."
        return making.unusable(asked, "NO_VARIANCE", reason, found.values)
    s = value.statistics
    assumed = () if "level" in s else ("LEVEL_ASSUMED: the confidence level is not printed; 95% is assumed",)
    level = float(s["level"]) if "level" in s else 95.0
    try:
        measured = log_hazard_ratio(
            float(s["hazard_ratio"]), float(s["lower"]), float(s["upper"]), level=level / 100,
            estimate_range=_range(s["hazard_ratio"]), lower_range=_range(s["lower"]), upper_range=_range(s["upper"]),
        )  # fmt: skip
    except MeasureError as error:
        return making.unusable(asked, "IMPOSSIBLE", f"{error}.", found.values)
    return making.effect(
        asked, "hazard ratio", measured,
        shown=(float(s["hazard_ratio"]), float(s["lower"]), float(s["upper"])), interval=f"as printed, {level:g}%",
        counts=(), used=((value, ("hazard_ratio", "level", "lower", "upper")),), notes=assumed,
    )  # fmt: skip


def _range(number: Printed) -> tuple[float, float] | None:
    interval = number.interval()
    if interval.low is None or interval.high is None or interval.low <= 0:
        return None
    return float(interval.low), float(interval.high)
