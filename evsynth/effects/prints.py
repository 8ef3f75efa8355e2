"""The printed numbers one effect is made from, found for one input of a pool."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.effects.candidates import Candidates, candidates
from evsynth.model.effect import Estimand
from evsynth.model.observation import Observation
from evsynth.model.pool import Input
from evsynth.model.review import Review
from evsynth.model.source import Sidecar
from evsynth.model.study import Arm, Cohort, Contrast, Study, Timepoint, Variable
from evsynth.text.extraction import Extraction


class Asked(NamedTuple):
    """One input of a pool with the study it points into."""

    wanted: Input
    study: Study
    observations: tuple[Observation, ...]
    cohort: Cohort
    sources: dict[str, Sidecar]
    review: Review

    def candidates(self, group: str, needed: tuple[str, ...]) -> Candidates:
        """Find the values of a group that print what is needed."""
        return candidates(self.study, self.observations, self.sources, self.wanted, group, needed)

    @property
    def group(self) -> str:
        """The arm, the contrast, or the two arms joined."""
        w = self.wanted
        return w.arm or w.contrast or " vs ".join(w.arms or ())

    @property
    def label(self) -> str:
        """The study, and the cohort and group where the study has several."""
        parts = []
        if len(self.study.cohorts) > 1:
            parts.append(self.cohort.cohort)
        arms = [a for a in self.cohort.arms if a.role not in ("screened",)]
        if len(arms) > 1 and self.wanted.arm:
            parts.append(self.arm(self.wanted.arm).label)
        return f"{self.study.label} ({', '.join(parts)})" if parts else self.study.label

    def arm(self, name: str) -> Arm:
        """Give an arm of the cohort."""
        return next(a for a in self.cohort.arms if a.arm == name)

    def contrast(self) -> Contrast | None:
        """Give the contrast that is asked for, if one is."""
        return next((c for c in self.cohort.contrasts if c.contrast == self.wanted.contrast), None)

    def denominator(self, value: Observation, arm: str) -> tuple[int | None, str]:
        """Give the number of patients a count is out of, and where it comes from."""
        printed = value.statistics.get("of")
        if printed is not None and not printed.bound:
            return int(printed.value), "denominator printed with the count"
        if value.about.denominator == "unknown":
            return None, "its denominator is not printed"
        if value.about.patients is not None:
            return value.about.patients, "denominator: patients the value is about"
        patients = next((a.patients for a in self.cohort.arms if a.arm == arm), None)
        return (
            patients,
            f"denominator: patients of the arm {arm!r}" if patients is not None else "no denominator",
        )

    def patients(self, arm: str) -> Observation | None:
        """Give the value that prints the number of patients of an arm (variable `patients`), best source first."""
        known = next((a.patients for a in self.cohort.arms if a.arm == arm), None)
        wanted = self.wanted.model_copy(update={"variable": "patients", "at": None, "value": None})
        found = candidates(self.study, self.observations, self.sources, wanted, arm, ("count",)).values
        return next((o for o in found if o.statistics["count"].value == known), None)

    def estimand(self, value: Observation | None) -> Estimand:
        """Say what an effect from this input is an effect of."""
        variable = next((v for v in self.study.variables if v.variable == self.wanted.variable), None)
        contrast = self.contrast()
        kind = contrast.kind if contrast else "between arms" if self.wanted.arms else "one arm"
        name = (value.about.adjustment if value else None) or (contrast.adjustment if contrast else None)
        adjustment = next((a for a in self.study.adjustments if a.adjustment == name), None)
        at = self.wanted.at or (value.about.at if value else None) or (contrast.to if contrast else None)
        time = next((t for t in self.study.timepoints if t.at == at), None)
        return Estimand(
            design=self.cohort.design,
            contrast=kind,
            outcome=(variable.outcome if variable else None) or "",
            definition=(variable.definition if variable else None) or "",
            instrument=(variable.instrument if variable else None) or "",
            timepoint=_when(time) if time else at or "",
            population=(value.about.population if value else None) or "",
            adjustment=adjustment.method if adjustment else "none",
            target=adjustment.estimand if adjustment else "",
            unit=_unit(value, variable),
            balance_shown=adjustment.balance_shown if adjustment else None,
        )


def _unit(value: Observation | None, variable: Variable | None) -> str:
    """Give the unit as printed, and the drug a dose is of."""
    unit = (value.about.unit if value else None) or (variable.unit if variable else None) or ""
    drug = (value.about.drug if value else None) or (variable.drug if variable else None) or ""
    return f"{unit} {drug}".strip() if drug.lower() not in unit.lower() else unit


def _when(time: Timepoint) -> str:
    """Say when, by its months where they are given: a label such as "last visit" hides what differs."""
    low, high = time.lowest_months, time.highest_months
    if low is None or high is None:
        return (
            time.label if low is None and high is None else f"{low} months or later" if low else f"up to {high} months"
        )
    return f"{low} months" if low == high else f"{low} to {high} months"


def ask(wanted: Input, extraction: Extraction, sources: dict[str, Sidecar], review: Review) -> Asked:
    """Point an input at its study."""
    cohort = next(c for c in extraction.study.cohorts if c.cohort == wanted.cohort)
    return Asked(wanted, extraction.study, extraction.observations, cohort, sources, review)
