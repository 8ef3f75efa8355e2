"""Two groups compared by their counts: log odds ratio, log risk ratio, risk difference."""

from __future__ import annotations

import math
from collections.abc import Callable

from evsynth.effects import making
from evsynth.effects.measures import MeasureError, log_odds_ratio, log_risk_ratio, risk_difference
from evsynth.effects.measures.counts import To
from evsynth.effects.measures.effect import MeasuredEffect, Scale
from evsynth.effects.prints import Asked
from evsynth.model.choices import COUNT_MODELS
from evsynth.model.effect import Effect, Leaf, Unusable
from evsynth.model.observation import Observation
from evsynth.model.pool import Pool

_COMPUTE: dict[str, Callable[..., MeasuredEffect]] = {
    "log odds ratio": log_odds_ratio,
    "log risk ratio": log_risk_ratio,
    "risk difference": risk_difference,
}


_SCALE: dict[str, Scale] = {"log odds ratio": "log", "log risk ratio": "log", "risk difference": "natural"}


def effect(asked: Asked, pool: Pool, log: list[str]) -> Effect | Unusable:
    """Make a two-group effect; the first arm is the treated one. Zero cells are corrected only if the pool says so."""
    if asked.wanted.arms is None:
        return making.unusable(asked, "INPUT", "A comparison of counts needs two arms.")
    used: list[Observation] = []
    counts: list[tuple[int, int]] = []
    sizes: list[Leaf] = []
    for arm in asked.wanted.arms:
        found = asked.candidates(arm, ("count",))
        log += found.log
        if found.conflict:
            return making.unusable(asked, "CONFLICT", f"Unresolved: {found.conflict}.", found.values)
        if not found.values:
            return making.nothing(asked, arm, f"count in {arm}", log)
        total, origin = asked.denominator(found.values[0], arm)
        log.append(f"{asked.label}, {arm}: {origin}")
        if total is None:
            return making.unusable(asked, "NO_DENOMINATOR", f"{arm}: {origin}.", found.values)
        used.append(found.values[0])
        if found.values[0].statistics["count"].decimals:
            reason = f"{arm}: {found.values[0].statistics['count']} is not a whole number of patients."
            return making.unusable(asked, "IMPOSSIBLE", reason, found.values)
        sizes += making.denominator(asked, found.values[0], arm, total)
        counts.append((int(found.values[0].statistics["count"].value), total))
    (a, n1), (c, n2) = counts
    correct = pool.choices.correction != "none"
    to: To = "only-zero" if correct else "none"
    try:
        measured = _COMPUTE[pool.measure](a, n1, c, n2, add=0.5 if correct else 0.0, to=to)
    except MeasureError as error:
        if pool.choices.model in COUNT_MODELS and _possible(a, n1, c, n2):
            # Counts without an effect of their own: y and v are not numbers, and the model needs neither.
            measured = MeasuredEffect(math.nan, math.nan, _SCALE[pool.measure], f"counts only: {error}", ())
            return _made(asked, pool, measured, counts, used, sizes)
        return making.unusable(
            asked, "ZERO_CELL" if 0 in (a, c, n1 - a, n2 - c) else "IMPOSSIBLE", f"{error}.", tuple(used)
        )
    return _made(asked, pool, measured, counts, used, sizes)


def _made(
    asked: Asked,
    pool: Pool,
    measured: MeasuredEffect,
    counts: list[tuple[int, int]],
    used: list[Observation],
    sizes: list[Leaf],
) -> Effect:
    return making.effect(
        asked, pool.measure, measured, shown=_shown(measured, float(pool.choices.level)), interval="Wald",
        counts=tuple(counts), used=tuple((value, ("count", "of")) for value in used),
        more=tuple(sizes),
    )  # fmt: skip


def _possible(a: int, n1: int, c: int, n2: int) -> bool:
    return 0 <= a <= n1 and 0 <= c <= n2 and min(n1, n2) > 0


def _shown(measured: MeasuredEffect, level: float) -> tuple[float, float, float]:
    from statistics import NormalDist

    if math.isnan(measured.y):
        return math.nan, math.nan, math.nan
    half = NormalDist().inv_cdf(0.5 + level / 200) * math.sqrt(measured.v)
    low, high = measured.y - half, measured.y + half
    if measured.scale == "log":
        return math.exp(measured.y), math.exp(low), math.exp(high)
    return measured.y, low, high
