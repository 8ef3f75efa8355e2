"""Whether any data print as a study's summaries of whole-number scores, for instruments with both ends of the range."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.model.finding import KeyPath
from evsynth.model.observation import Observation
from evsynth.model.review import Instrument
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.feasible import STEPS, Feasibility, Summary, feasible
from evsynth.reanalyse.feasible_pairs import PairFeasibility, Wanted, feasible_pairs
from evsynth.text.extraction import Extraction

_SUMMARIES = ("median", "q1", "q3", "mean", "sd", "minimum", "maximum")


class FeasibleValue(NamedTuple):
    """One printed summary and whether any data print so."""

    study: str
    value: str
    path: KeyPath
    summary: Summary
    result: Feasibility


class FeasibleChange(NamedTuple):
    """One change within a group and whether any pairs print so; `values` are before, after and change."""

    study: str
    values: tuple[str, str, str]
    path: KeyPath
    result: PairFeasibility


def feasible_values(
    extraction: Extraction, instruments: tuple[Instrument, ...], *, steps: int = STEPS
) -> tuple[FeasibleValue, ...]:
    """Decide every summary of a study's scores, alone."""
    facts = Facts(extraction.study, extraction.observations, instruments)
    found = []
    for o in facts.observations:
        summary = summary_of(o, facts)
        if summary is not None:
            found.append(FeasibleValue(o.study, o.id, o.path, summary, feasible(summary, steps=steps)))
    return tuple(found)


def feasible_changes(
    extraction: Extraction, instruments: tuple[Instrument, ...], *, seed: int, steps: int
) -> tuple[FeasibleChange, ...]:
    """Search pairs for every printed median change with the summaries of both visits, the P and the effect size."""
    facts = Facts(extraction.study, extraction.observations, instruments)
    found, seen = [], set()
    for o in facts.observations:
        contrast = facts.contrast(o)
        key = (o.cohort, o.about.contrast, o.about.variable)
        if contrast is None or contrast.kind != "within arm" or "median_change" not in o.statistics or key in seen:
            continue
        visits = [
            facts.visit(contrast.arms[0], o.cohort, o.about.variable or "", at, o)
            for at in (contrast.from_, contrast.to)
        ]
        complete = [v for v in visits if v is not None]
        summaries = [s for v in complete if (s := summary_of(v, facts)) is not None]
        if len(summaries) < 2:
            continue
        seen.add(key)
        p, r = (facts.number(o, name, anywhere=True) for name in ("p", "effect_size"))
        wanted = Wanted(o.statistics["median_change"], p.printed if p else None, r.printed if r else None)
        result = feasible_pairs(summaries[0], summaries[1], wanted, seed=seed, steps=steps)
        found.append(FeasibleChange(o.study, (complete[0].id, complete[1].id, o.id), o.path, result))
    return tuple(found)


def summary_of(o: Observation, facts: Facts) -> Summary | None:
    """Give what a value prints of whole-number scores, or None where range, patients or summary are not known."""
    variable, n = facts.variable(o), facts.patients(o)
    if variable is None or o.about.arm is None or n is None or n < 2 or o.about.unit:
        return None
    instrument = next((i for i in facts.instruments if i.instrument == variable.instrument), None)
    printed = {name: o.statistics[name] for name in _SUMMARIES if name in o.statistics}
    if instrument is None or instrument.highest is None or not instrument.integer or not printed:
        return None
    return Summary(n, int(float(instrument.lowest)), int(float(instrument.highest)), **printed)
