"""Run every reference case through its topic; a case that the engine refuses, or that nothing compares, is kept too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evsynth.effects.measures.effect import MeasureError
from evsynth.pooling.guard import InputError
from validation.case import Case
from validation.comparison import Compared
from validation.topics import TOPICS


class Run(NamedTuple):
    """All comparisons; cases refused by the engine (with its reason) or by both; functions that no topic compares."""

    compared: list[Compared]
    refused: list[tuple[Case, str]]
    refused_by_both: list[Case]
    accepted_here_only: list[Case]
    not_compared: dict[str, int]


def run(cases: Iterable[Case]) -> Run:
    """Compare every case."""
    found = Run([], [], [], [], {})
    for case in cases:
        topic = TOPICS.get(case.function)
        if topic is None:
            found.not_compared[case.function] = found.not_compared.get(case.function, 0) + 1
            continue
        try:
            rows = list(topic(case))
        except (InputError, MeasureError) as error:
            (
                found.refused.append((case, str(error)))
                if case.output is not None
                else found.refused_by_both.append(case)
            )
            continue
        if case.output is None:
            found.accepted_here_only.append(case)
        found.compared.extend(rows)
    return found
