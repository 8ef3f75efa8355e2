"""Every reported result of a study beside its recomputation from the printed numbers.

A result is a P value, an effect, a test statistic, a change, a percentage, or a count that others determine. Each gives
one row per print, recomputable or not; where several usual tests could have been used every one is tried and named, and
a result is discrepant only when none of them, under any rounding, gives it. Prints are taken as they stand: decisions
of the reviewer (`resolutions`) are not applied, so that a row shows what the paper itself says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.model.review import Instrument
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.result import Attempt, Recomputed, judge
from evsynth.reanalyse.rows.counts import (
    category_rows,
    component_rows,
    derived_rows,
    grade_rows,
    group_rows,
    percent_attempts,
)
from evsynth.reanalyse.rows.effects import ROUTES, effect_attempts, interval_missing, reported_interval
from evsynth.reanalyse.rows.p_values import explanation, p_attempts
from evsynth.text.extraction import Extraction


def reanalyse(extraction: Extraction, instruments: tuple[Instrument, ...] = ()) -> tuple[Recomputed, ...]:
    """Give one row for every reported result of a study, in the order of its file, then sums of groups and scores."""
    facts = Facts(extraction.study, extraction.observations, instruments)
    rows: list[Recomputed] = []
    for o in facts.observations:
        if _is_method(o, facts):
            continue
        rows.extend(_rows(o, facts))
    for make in (derived_rows, group_rows, category_rows, component_rows, grade_rows):
        for row in make(facts):
            rows.append(_row(row.observation, row.quantity, row.reported, row.attempts))
    return tuple(rows)


def _is_method(o: Observation, facts: Facts) -> bool:
    variable = facts.variable(o)
    return variable is not None and variable.kind == "method"


def _rows(o: Observation, facts: Facts) -> Iterator[Recomputed]:
    for statistic, printed in o.statistics.items():
        if statistic == "p":
            attempts = p_attempts(o, facts)
            yield _row(o, "p", printed, attempts)
        elif statistic == "percent":
            yield _row(o, "percent", printed, percent_attempts(o, facts))
        elif statistic in ROUTES:
            yield _row(o, statistic, printed, effect_attempts(o, statistic, facts))
    lower, upper = o.statistics.get("lower"), o.statistics.get("upper")
    if lower is not None and upper is not None and "median_change" in o.statistics:
        attempt = Attempt("bootstrap", missing=interval_missing(o))
        yield _row(o, "interval", lower, (attempt,))._replace(reported=reported_interval(lower, upper))


def _row(o: Observation, quantity: str, reported: Printed, attempts: tuple[Attempt, ...]) -> Recomputed:
    judged = judge(reported, attempts, p_value=quantity == "p")
    chosen = judged.attempt or Attempt("none")
    note = chosen.note
    if judged.verdict == "discrepant" and quantity == "p":
        note = explanation(reported, attempts) or note
    if judged.verdict == "not recomputable" and judged.attempt is not None:
        note = "; ".join(dict.fromkeys(a.route for a in attempts if a.binding and not a.missing)) + " would not give it"
    return Recomputed(
        study=o.study,
        value=o.id,
        path=o.path,
        quantity=quantity,
        reported=reported.text,
        point=chosen.point,
        low=_finite(chosen.span.low if chosen.span else None),
        high=_finite(chosen.span.high if chosen.span else None),
        route=chosen.route,
        tolerance=_tolerance(chosen),
        verdict=judged.verdict,
        missing=judged.missing,
        note=note,
        inputs=chosen.inputs,
        tried=attempts,
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _tolerance(attempt: Attempt) -> str:
    if attempt.span is None:
        return ""
    if attempt.span.low == attempt.span.high:
        return "rounding of the reported digits"
    return (
        "rounding of the reported digits and of the inputs"
        if attempt.point is not None
        else "what the inputs leave open"
    )
