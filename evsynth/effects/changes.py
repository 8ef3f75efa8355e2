"""Changes within one group: a mean change with its spread gives an effect; medians and percentages give none."""

from __future__ import annotations

import math
from statistics import NormalDist

from evsynth.effects import making
from evsynth.effects.measures import MeasuredEffect, MeasureError, mean_change
from evsynth.effects.prints import Asked
from evsynth.model.effect import Effect, Unusable
from evsynth.model.observation import Observation
from evsynth.model.pool import Pool

_NEEDED = {"median change": ("median_change",), "percent reduction": ("percent_reduction",)}


def mean(asked: Asked, pool: Pool, log: list[str]) -> Effect | Unusable:
    """Make a mean change from its standard deviation and the patients measured twice."""
    group = asked.group
    found = asked.candidates(group, ("mean_change", "sd"))
    log += found.log
    if found.conflict:
        return making.unusable(asked, "CONFLICT", f"Unresolved: {found.conflict}.", found.values)
    if not found.values:
        return _no_variance(asked, log)
    value = found.values[0]
    contrast = asked.contrast()
    arm = asked.wanted.arm or (contrast.arms[0] if contrast else "")
    analysed = value.statistics.get("analysed")
    total, origin = (
        (int(analysed.value), "patients analysed, as printed") if analysed else asked.denominator(value, arm)
    )
    log.append(f"{asked.label}: {origin}")
    if total is None:
        return making.unusable(asked, "NO_DENOMINATOR", f"Patients measured twice: {origin}.", found.values)
    try:
        measured: MeasuredEffect = mean_change(
            float(value.statistics["mean_change"]), float(value.statistics["sd"]), total
        )
    except MeasureError as error:
        return making.unusable(asked, "IMPOSSIBLE", f"{error}.", found.values)
    half = NormalDist().inv_cdf(0.5 + float(pool.choices.level) / 200) * math.sqrt(measured.v)
    return making.effect(
        asked, "mean change", measured, shown=(measured.y, measured.y - half, measured.y + half), interval="Wald",
        counts=(), patients=(total,), used=((value, ("mean_change", "sd", "analysed")),),
        more=() if analysed else making.denominator(asked, value, arm, total),
    )  # fmt: skip


def without_variance(asked: Asked, pool: Pool, log: list[str]) -> Effect | Unusable:
    """Show a median change or a percentage reduction; neither has a variance that a pool could use."""
    found = asked.candidates(asked.group, _NEEDED[pool.measure])
    log += found.log
    if found.conflict:
        return making.unusable(asked, "CONFLICT", f"Unresolved: {found.conflict}.", found.values)
    if not found.values:
        return _no_variance(asked, log)
    return making.unusable(asked, "NO_VARIANCE", _why(found.values[0]), (found.values[0],))


def _why(value: Observation) -> str:
    """Say why a printed change carries no variance."""
    if "percent_reduction" in value.statistics:
        return "A percentage reduction without the absolute values has no variance."
    if "median_change" in value.statistics and "bootstrap" in (value.about.ci_method or "").lower():
        return "A median change with a bootstrap interval has no standard error that a normal model could use."
    if "median_change" in value.statistics:
        return "A median change has no standard error that a normal model could use."
    if "median" in value.statistics:
        return "Medians before and after are printed, not the changes of the patients with their spread."
    return "The values are printed without a spread of the changes."


def _no_variance(asked: Asked, log: list[str]) -> Unusable:
    printed = asked.candidates(asked.group, ())
    log += printed.log
    values = tuple(v for v in printed.values if v.statistics.keys() - {"p", "effect_size", "z"})
    if not values:
        values = _before_and_after(asked)
    if not values:
        return making.nothing(asked, asked.group, "change with a spread", log)
    values = tuple(sorted(values, key=lambda v: "median_change" not in v.statistics))  # the change itself first
    return making.unusable(asked, "NO_VARIANCE", _why(values[0]), values[:2])


def _before_and_after(asked: Asked) -> tuple[Observation, ...]:
    """Give what an arm's values are before and after, where the change itself is not printed."""
    contrast = asked.contrast()
    if contrast is None or contrast.kind != "within arm":
        return ()
    found = asked._replace(wanted=asked.wanted.model_copy(update={"at": None})).candidates(contrast.arms[0], ())
    before = [v for v in found.values if v.about.at == contrast.from_][:1]
    after = [v for v in found.values if v.about.at not in (None, contrast.from_)][:1]
    return (*before, *after) if before and after else ()
