"""Which printed values an input of a pool means, after resolutions, with everything set aside along the way."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from evsynth.model.observation import Observation
from evsynth.model.pool import Input
from evsynth.model.resolved import resolved
from evsynth.model.source import Sidecar
from evsynth.model.study import Study

GRADES = ("primary", "abstract", "record", "secondary")


class Candidates(NamedTuple):
    """Values that fit an input, best first; `conflict` is set where unresolved prints disagree."""

    values: tuple[Observation, ...]
    conflict: str
    log: tuple[str, ...]


def candidates(
    study: Study,
    observations: tuple[Observation, ...],
    sources: dict[str, Sidecar],
    wanted: Input,
    group: str,
    needed: tuple[str, ...],
) -> Candidates:
    """Find the values of `group` (an arm or a contrast) that hold every statistic in `needed`.

    Values are read as their resolutions say. What a resolution sets aside leaves, and so does what is cited from
    elsewhere, about one patient, or printed only as a bound. Prints that remain and whose rounding intervals meet
    agree: the best source comes first (primary, abstract, record, secondary), then the most digits, then the place in
    the file. Prints that disagree on a needed statistic are an unresolved conflict.
    """
    log: list[str] = []
    fitting = [o for o in resolved(study, observations) if _fits(o, wanted, group, needed)]
    aside = _set_aside(study)
    kept = []
    for observation in fitting:
        if observation.id in aside:
            log.append(f"{observation.study}/{observation.id} set aside: {aside[observation.id]}")
        elif observation.about.basis == "external":
            log.append(f"{observation.study}/{observation.id} set aside: cited from another study")
        elif observation.about.patients == 1:
            log.append(f"{observation.study}/{observation.id} set aside: one patient")
        elif any(observation.statistics[name].bound for name in needed):
            log.append(f"{observation.study}/{observation.id} set aside: printed as a bound, not as a number")
        else:
            kept.append(observation)
    kept.sort(key=lambda o: _rank(o, sources, needed))
    for statistic in needed:
        if not all(a.statistics[statistic].agrees(b.statistics[statistic]) for a, b in combinations(kept, 2)):
            shown = "; ".join(f"{o.statistics[statistic]} ({o.where})" for o in kept)
            return Candidates(tuple(kept), f"{statistic} is printed differently: {shown}", tuple(log))
    return Candidates(tuple(kept), "", tuple(log))


def _fits(observation: Observation, wanted: Input, group: str, needed: tuple[str, ...]) -> bool:
    if wanted.value is not None and observation.id != wanted.value:
        return False
    return (
        observation.cohort == wanted.cohort
        and observation.about.variable == wanted.variable
        and observation.group == group
        and (wanted.at is None or observation.about.at == wanted.at)
        and not observation.about.with_
        and not observation.about.term
        and all(name in observation.statistics for name in needed)
    )


def _set_aside(study: Study) -> dict[str, str]:
    aside = {}
    for resolution in study.resolutions:
        for value in resolution.about:
            if value != resolution.use and resolution.relation in ("conflict", "misplaced", "unusable"):
                aside[value] = f"{resolution.relation}: {resolution.because}"
    return aside


def _rank(observation: Observation, sources: dict[str, Sidecar], needed: tuple[str, ...]) -> tuple[int, int, str]:
    sidecar = sources.get(observation.source or "")
    grade = GRADES.index(sidecar.grade) if sidecar else len(GRADES)
    digits = sum(observation.statistics[name].decimals for name in needed)
    return grade, -digits, f"{observation.path[0]}{observation.path[1]:>6}{observation.path[-1]:>6}"
