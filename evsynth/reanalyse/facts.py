"""Finds the printed numbers a route needs: the same quantity elsewhere, the arms of a comparison, the patients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.model.review import Instrument
from evsynth.model.study import Cohort, Contrast, Study, Variable
from evsynth.reanalyse.spans import Span, span


class Number(NamedTuple):
    """A printed number with the value it belongs to."""

    printed: Printed
    observation: Observation
    statistic: str

    @property
    def name(self) -> str:
        """Identifier of the number."""
        return self.observation.name(self.statistic)

    @property
    def span(self) -> Span:
        """The values that print so."""
        return span(self.printed)


@dataclass(frozen=True)
class Facts:
    """A study with its values, and the instruments of the review where they are given."""

    study: Study
    observations: tuple[Observation, ...]
    instruments: tuple[Instrument, ...] = ()

    @cached_property
    def _by_quantity(self) -> dict[tuple[object, ...], list[Observation]]:
        found: dict[tuple[object, ...], list[Observation]] = {}
        for o in self.observations:
            found.setdefault(_quantity(o), []).append(o)
        return found

    def cohort(self, observation: Observation) -> Cohort | None:
        """Give the cohort of a value."""
        return next((c for c in self.study.cohorts if c.cohort == observation.cohort), None)

    def contrast(self, observation: Observation) -> Contrast | None:
        """Give the contrast of a value."""
        cohort = self.cohort(observation)
        found = cohort.contrasts if cohort else ()
        return next((c for c in found if c.contrast == observation.about.contrast), None)

    def variable(self, observation: Observation) -> Variable | None:
        """Give what a value is about."""
        return next((v for v in self.study.variables if v.variable == observation.about.variable), None)

    def arm_patients(self, cohort: str | None, arm: str | None) -> int | None:
        """Give the patients of an arm, as far as printed."""
        for c in self.study.cohorts:
            if c.cohort == cohort:
                return next((a.patients for a in c.arms if a.arm == arm), None)
        return None

    def patients(self, observation: Observation) -> int | None:
        """Give the patients a value is about: as analysed, as stated, or those of its one arm."""
        analysed = observation.statistics.get("analysed")
        if analysed is not None and not analysed.bound:
            return int(analysed.value)
        if observation.about.patients is not None:
            return observation.about.patients
        if observation.about.population or observation.about.denominator == "unknown":
            return None
        contrast = self.contrast(observation)
        arm = contrast.arms[0] if contrast and len(contrast.arms) == 1 else observation.about.arm
        return self.arm_patients(observation.cohort, arm)

    def same_quantity(self, observation: Observation) -> tuple[Observation, ...]:
        """Give every value about the same quantity: itself first, then those printed in the same place, then others."""
        found = [o for o in self._by_quantity.get(_quantity(observation), ()) if o is not observation]
        found.sort(key=lambda o: o.where != observation.where)
        return (observation, *found)

    def number(self, observation: Observation, statistic: str, *, anywhere: bool = False) -> Number | None:
        """Give a statistic of the same quantity, from the same place or, where allowed, from any."""
        for o in self.same_quantity(observation):
            if o.where == observation.where or anywhere:
                printed = o.statistics.get(statistic)
                if printed is not None:
                    return Number(printed, o, statistic)
        return None

    def interval(self, observation: Observation, statistic: str) -> tuple[Number, Number, Number] | None:
        """Give a statistic with its limits: from the same place, or from a place that prints the same statistic."""
        own = self.number(observation, statistic)
        if own is None:
            return None
        lower, upper = self.number(observation, "lower"), self.number(observation, "upper")
        if lower is not None and upper is not None:
            return own, lower, upper
        for o in self.same_quantity(observation):
            there = o.statistics.get(statistic)
            if there is not None and there.same_print(own.printed) and {"lower", "upper"} <= set(o.statistics):
                return own, Number(o.statistics["lower"], o, "lower"), Number(o.statistics["upper"], o, "upper")
        return None

    def in_arm(self, like: Observation, arm: str, variable: str, needed: Iterable[str]) -> Observation | None:
        """Give the value of an arm for a variable at the time of `like` with all of `needed`, nearest in the report."""
        names = tuple(needed)
        found = [
            o
            for o in self.observations
            if o.cohort == like.cohort
            and o.about.arm == arm
            and o.about.variable == variable
            and (o.about.at == like.about.at or like.about.at is None)
            and all(name in o.statistics for name in names)
            and _same_patients(o, like)
        ]
        return max(found, key=lambda o: _shared(o.where, like.where), default=None)

    def visit(
        self, arm: str, cohort: str | None, variable: str, at: str | None, like: Observation
    ) -> Observation | None:
        """Give the value of an arm for a variable at a visit, nearest in the report to `like`."""
        found = [
            o
            for o in self.observations
            if o.cohort == cohort and o.about.arm == arm and o.about.variable == variable and o.about.at == at
            if _same_patients(o, like)
        ]
        return max(found, key=lambda o: _shared(o.where, like.where), default=None)

    def grades(self, like: Observation, arm: str) -> tuple[tuple[int, int], ...] | None:
        """Give (grade, patients) of an arm where an ordered scale is printed grade by grade, completely."""
        variable = like.about.variable
        for categories in self.study.categories:
            names = categories.variables
            if not (variable and categories.exclusive and categories.exhaustive):
                continue
            if not all(n.startswith(f"{variable}-") and n[len(variable) + 1 :].isdigit() for n in names):
                continue
            cells = [self.in_arm(like, arm, n, ("count",)) for n in names]
            counted = [
                (int(n[len(variable) + 1 :]), int(c.statistics["count"].value))
                for n, c in zip(names, cells, strict=True)
                if c
            ]
            if len(counted) == len(names) and sum(k for _, k in counted) == self.arm_patients(like.cohort, arm):
                return tuple(sorted(counted))
        return None


def _quantity(o: Observation) -> tuple[object, ...]:
    about = o.about
    pair = frozenset((about.variable, about.with_)) if about.with_ else (about.variable, about.variables)
    return (o.cohort, about.arm, about.contrast, pair, about.term, about.category, about.at, about.population)


def _same_patients(one: Observation, other: Observation) -> bool:
    """Say whether two values are about the same patients of their groups: all of them, or the same part, unweighted."""
    weighted = one.about.adjustment is not None and one.about.adjustment != other.about.adjustment
    cited = one.about.basis == "external" or one.about.patients == 1
    return one.about.population == other.about.population and not weighted and not cited


def _shared(one: str, two: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
