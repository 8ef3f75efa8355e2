"""One group: how many of the patients had the event, with the exact interval of the study itself."""

from __future__ import annotations

from evsynth.effects import making
from evsynth.effects.measures import MeasureError, proportion
from evsynth.effects.prints import Asked
from evsynth.model.effect import Effect, Unusable
from evsynth.model.pool import Pool


def effect(asked: Asked, pool: Pool, log: list[str]) -> Effect | Unusable:
    """Make a proportion. A percentage without a count gives no effect: no count is guessed from it."""
    arm = asked.wanted.arm
    if arm is None:
        return making.unusable(asked, "INPUT", "A proportion needs an arm.")
    found = asked.candidates(arm, ("count",))
    log += found.log
    if found.conflict:
        return making.unusable(asked, "CONFLICT", f"Unresolved: {found.conflict}.", found.values)
    if not found.values:
        return making.nothing(asked, arm, "count", log)
    value = found.values[0]
    total, origin = asked.denominator(value, arm)
    log.append(f"{asked.label}: {origin}")
    if total is None:
        return making.unusable(asked, "NO_DENOMINATOR", f"The count has no denominator: {origin}.", found.values)
    events = int(value.statistics["count"].value)
    try:
        measured = proportion(float(value.statistics["count"]), total)
    except MeasureError as error:
        return making.unusable(asked, "IMPOSSIBLE", f"{error}.", found.values)
    level = float(pool.choices.level)
    lower, upper = exact_interval(events, total, level)
    notes = () if "percent" not in value.statistics else _percent(value.statistics["percent"].text, events, total)
    return making.effect(
        asked, "proportion", measured, shown=(events / total, lower, upper), interval="Clopper-Pearson",
        counts=((events, total),), used=((value, ("count", "of")),),
        more=making.denominator(asked, value, arm, total), notes=notes,
    )  # fmt: skip


def exact_interval(events: int, total: int, level: float) -> tuple[float, float]:
    """Give the Clopper-Pearson interval (Clopper & Pearson 1934, 10.1093/biomet/26.4.404) as shares."""
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(events, total, alpha=1 - level / 100, method="beta")
    return (0.0 if events == 0 else float(lower)), (1.0 if events == total else float(upper))


def _percent(printed: str, events: int, total: int) -> tuple[str, ...]:
    from evsynth.model.printed import Printed

    if Printed.parse(printed).interval().holds(100 * events / total):
        return ()
    return (f"PERCENT_DISAGREES: {printed}% is printed, {events}/{total} is {100 * events / total:.1f}%",)
