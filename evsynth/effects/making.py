"""Puts an effect together from what a measure computed, or says why an input gives none."""

from __future__ import annotations

from evsynth.effects.leaves import leaves
from evsynth.effects.measures import HasEffect
from evsynth.effects.prints import Asked
from evsynth.model.effect import Effect, Leaf, Unusable
from evsynth.model.observation import Observation


def effect(
    asked: Asked,
    measure: str,
    measured: HasEffect,
    *,
    shown: tuple[float, float, float],
    interval: str,
    counts: tuple[tuple[int, int], ...],
    used: tuple[tuple[Observation, tuple[str, ...]], ...],
    patients: tuple[int, ...] = (),
    more: tuple[Leaf, ...] = (),
    notes: tuple[str, ...] = (),
) -> Effect:
    """Make an effect. `shown` is estimate and limits on the reader's scale, `used` the values with their statistics.

    `patients` are those behind an effect that has no counts, `more` leaves that are no statistic of a value used.
    """
    first = used[0][0]
    at = asked.wanted.at or first.about.at or "any-time"
    return Effect(
        id=f"{asked.study.study}/{asked.cohort.cohort}/{asked.group}/{asked.wanted.variable}/{at}:{measure}",
        study=asked.study.study,
        cohort=asked.cohort.cohort,
        group=asked.group,
        label=asked.label,
        measure=measure,
        scale=measured.scale,
        y=measured.y,
        v=measured.v,
        estimate=shown[0],
        lower=shown[1],
        upper=shown[2],
        interval_method=interval,
        events=tuple(x for x, _ in counts),
        totals=tuple(n for _, n in counts) or patients,
        formula=measured.formula,
        notes=(*notes, *measured.notes),
        estimand=asked.estimand(first),
        leaves=tuple(dict.fromkeys((*_leaves(asked, used), *more))),
    )


def unusable(
    asked: Asked,
    code: str,
    reason: str,
    values: tuple[Observation, ...] = (),
) -> Unusable:
    """Say why an input gives no effect, with what is printed."""
    shown = "; ".join(f"{v.printed or _unprinted(v)} ({v.where})" for v in values) or "nothing is printed for it"
    return Unusable(
        study=asked.study.study,
        cohort=asked.cohort.cohort,
        group=asked.group,
        label=asked.label,
        code=code,
        reason=reason,
        shown=shown,
        estimand=asked.estimand(values[0] if values else None),
        leaves=_leaves(asked, tuple((v, tuple(v.statistics)) for v in values)),
    )


def _unprinted(value: Observation) -> str:
    return value.unquoted.why if value.unquoted else "not printed"


def nothing(asked: Asked, group: str, wanted: str, log: list[str]) -> Unusable:
    """Say what is printed instead where `wanted` is not: a percentage alone, another statistic, or nothing."""
    any_print = asked.candidates(group, ())
    log += any_print.log
    values = any_print.values
    missing = next(
        (
            m
            for m in asked.study.not_reported
            if m.variable == asked.wanted.variable
            and m.arm in (None, group)
            and m.cohort in (None, asked.cohort.cohort)
        ),
        None,
    )
    if missing is not None and not values:
        return unusable(asked, "NOT_REPORTED", f"{missing.why} ({missing.where}); this is not a zero.")
    if any("percent" in v.statistics for v in values):
        return unusable(asked, "PERCENT_ONLY", f"A percentage is printed, but no {wanted}.", values)
    if values:
        return unusable(
            asked, "OTHER_STATISTIC", f"The {wanted} is not printed; what is printed gives no effect.", values
        )
    return unusable(asked, "NOT_PRINTED", f"The {wanted} is not printed.")


def _leaves(asked: Asked, used: tuple[tuple[Observation, tuple[str, ...]], ...]) -> tuple[Leaf, ...]:
    found = [
        leaf
        for value, statistics in used
        for leaf in leaves(asked.study, asked.observations, asked.sources, value, statistics)
    ]
    return tuple(dict.fromkeys(found))


def denominator(asked: Asked, value: Observation, arm: str, total: int) -> tuple[Leaf, ...]:
    """Give the leaves of a denominator that is not printed with its count: the value that prints the size of the arm.

    Where none prints it, the number stands in the description of the arm only, and its leaf is not quoted.
    """
    if "of" in value.statistics:
        return ()
    printed = asked.patients(arm) if value.about.patients is None else None
    if printed is not None:
        return leaves(asked.study, asked.observations, asked.sources, printed, ("count",))
    name = f"{asked.study.study}/{asked.cohort.cohort}/{arm}.patients"
    return (Leaf(name, "patients", str(total), False, None, None, "description of the arm", "", ""),)
