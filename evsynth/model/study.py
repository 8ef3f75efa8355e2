"""The file of one study: who was studied, what was measured, and every number it prints, as it is printed.

Report < study < cohort: several reports describe one study, one study may hold several cohorts, and cohorts of
different studies may share patients. Nothing is ever overwritten; prints that conflict stand side by side and a
resolution names the one in use.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from evsynth.model.form import Form, Id, Number, Plain, Words
from evsynth.model.printed import Printed
from evsynth.model.values import QUALIFIERS, STATISTICS, Passage, Unquoted

Design = Literal[
    "randomised",
    "non-randomised comparison",
    "single-arm before–after",
    "single-arm series",
    "cross-sectional",
]


class Report(Form):
    """One document about the study, held as a source or not."""

    source: Id = Field(description="Identifier of the source in corpora/sources.")
    journal: Words | None = Field(None, description="The journal of the study, where this document names one.")
    note: Words | None = None


class Component(Form):
    """A co-treatment given to part of an arm."""

    treatment: Words
    value: Id | None = Field(None, description="Identifier of the value that prints its share.")
    share: Words | None = Field(None, description="The share in words, when no value prints it.")


class Arm(Form):
    """A group of patients: a treatment arm, a whole single-arm cohort, or a subgroup."""

    arm: Id
    label: Words = Field(description="The group as the paper names it.")
    role: Literal["treated", "comparator", "whole", "subgroup", "screened"] = Field(
        description="What the group is in the design."
    )
    within: Id | None = Field(None, description="The arm of which this is a part.")
    patients: int | None = Field(None, ge=0, description="Number of patients, as far as printed.")
    treatment: Words | None = None
    components: tuple[Component, ...] = Field((), description="Co-treatments inside the arm, each with its share.")


class Partition(Form):
    """Groups that split another group; says whether they are exclusive and whether they add up to the whole."""

    of: Id
    parts: tuple[Id, ...] = Field(min_length=2)
    exclusive: bool = True
    exhaustive: bool
    because: Words


class Adjustment(Form):
    """How an effect was adjusted or weighted."""

    adjustment: Id
    method: Words = Field(description="In a few words; it stands in captions.")
    details: Words | None = None
    covariates: tuple[Words, ...] = ()
    estimand: Literal["ATE", "ATT", "ATO", "conditional", "unstated"]
    standard_error: Literal["robust", "bootstrap", "model", "unstated"]
    effective_n: Plain | None = Field(None, description="Effective sample size, as printed.")
    balance_shown: bool | None = Field(None, description="Whether balance after weighting is shown.")


class Contrast(Form):
    """A comparison, a change, a correlation or a model that numbers may belong to."""

    contrast: Id
    kind: Literal["between arms", "within arm", "between arms of changes", "correlation", "regression"]
    arms: tuple[Id, ...] = Field(min_length=1, description="The arm, or the arms in the order they are interpreted.")
    from_: Id | None = Field(None, alias="from", description="Earlier timepoint of a change.")
    to: Id | None = Field(None, description="Later timepoint of a change.")
    printed_as: Words | None = Field(None, description="The pair in the order in which it is printed, if it differs.")
    test: Words | None = Field(None, description="Test named by the paper for this contrast.")
    adjustment: Id | None = None
    note: Words | None = None


class Overlap(Form):
    """A cohort of this or another study that may share patients with this one."""

    study: Id
    cohort: Id
    because: Words


class Cohort(Form):
    """Patients followed together."""

    cohort: Id
    label: Words
    design: Design
    condition: Words
    sites: tuple[Words, ...] = ()
    window: Words | None = Field(None, description="Calendar time of enrolment, as printed.")
    patients: int | None = Field(None, ge=0)
    arms: tuple[Arm, ...] = Field(min_length=1)
    partitions: tuple[Partition, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    may_overlap: tuple[Overlap, ...] = ()


class Timepoint(Form):
    """When something was measured; variable follow-up has a lowest and a highest month, and its definition."""

    at: Id
    label: Words
    lowest_months: Number | None = None
    highest_months: Number | None = None
    definition: Words | None = None


class Variable(Form):
    """Something measured or counted, under the paper's own word and the definition that decides what may be pooled."""

    variable: Id
    label: Words = Field(description="The paper's own word for it.")
    kind: Literal["count", "category", "ordinal", "continuous", "score", "time to event", "method"]
    unit: Words | None = None
    drug: Words | None = Field(None, description="Drug that a dose is of.")
    instrument: Id | None = Field(None, description="Instrument in review.yaml whose range and direction apply.")
    outcome: Id | None = Field(None, description="Outcome in review.yaml that it measures.")
    definition: Words | None = Field(None, description="Definition as the paper gives it.")
    integer: bool = Field(False, description="True if single patients can only have whole numbers.")


class Categories(Form):
    """Variables that list the levels of one thing; says whether a patient can be in several of them."""

    label: Words
    variables: tuple[Id, ...] = Field(min_length=2)
    exclusive: bool = Field(description="False for multi-response lists (no sum check).")
    exhaustive: bool = Field(description="True if every patient is in one of them.")
    note: Words | None = None


class NotReported(Form):
    """Something the paper mentions without giving its number. Never a zero."""

    variable: Id
    cohort: Id | None = None
    arm: Id | None = None
    source: Id
    where: Words
    quote: Words
    why: Words


class NotUsed(Form):
    """Numbers of a source that are read and left out of the extraction, with the reason."""

    source: Id
    quote: Words = Field(
        description="Verbatim, and long enough to occur once in the source. Every number in it that no value takes is "
        "accounted for."
    )
    because: Words = Field(description="Why none of these numbers is a result of the study.")


class Resolution(Form):
    """The decision between prints that conflict, or about one that cannot be used as it stands."""

    about: tuple[Id, ...] = Field(min_length=1, description="Identifiers of the values concerned.")
    relation: Literal["conflict", "same quantity", "misplaced", "mislabelled", "unusable"]
    use: Id | None = Field(None, description="The value in use; leave out if none can be used.")
    read_as: dict[str, Plain] = Field(
        default_factory=dict,
        description="Keys of the value in use that are read differently: `arm: b` moves it to another arm, "
        "`centre: mean` names an unlabelled statistic, `count: 12` reads another number.",
    )
    rule: Words = Field(description="The rule by which it was decided.")
    because: Words
    by: Words
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")

    @model_validator(mode="after")
    def _choice_is_listed(self) -> Resolution:
        if self.use and self.use not in self.about:
            raise ValueError(f"use: {self.use!r} is not among `about`; list every value the decision concerns")
        if self.relation == "unusable" and self.use:
            raise ValueError("an unusable value cannot be in use; leave `use` out")
        if self.read_as and not self.use:
            raise ValueError("read_as: says how the value in use is read; name it under `use`")
        for key, text in self.read_as.items():
            if key not in STATISTICS and key not in QUALIFIERS:
                raise ValueError(f"read_as: {key!r} is not a key of a value; use keys such as arm, percent or centre")
            if key in STATISTICS and text not in STATISTICS:
                Printed.parse(text)
        return self


class Passes(Form):
    """How the extraction was made: two independent passes and their reconciliation."""

    first: Words
    second: Words
    compared: int = Field(description="Numbers that were compared.")
    disagreements: int
    reconciled: Words = Field(description="What they were and how they were settled.")


class Study(Form):
    """One study file."""

    study: Id
    label: Words = Field(description="Short name for tables and forest plots, for example 'Chen 2022'.")
    title: Words
    authors: tuple[Words, ...] = Field(min_length=1)
    year: Plain
    journal: Words | None = None
    volume: Plain | None = None
    pages: Plain | None = None
    doi: str | None = None
    pmid: Plain | None = None
    pmcid: str | None = None
    registration: Words | None = None
    reports: tuple[Report, ...] = ()
    extraction: Passes | None = None
    cohorts: tuple[Cohort, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    timepoints: tuple[Timepoint, ...] = ()
    variables: tuple[Variable, ...] = ()
    categories: tuple[Categories, ...] = ()
    passages: tuple[Passage, ...] = ()
    unquoted: tuple[Unquoted, ...] = ()
    not_reported: tuple[NotReported, ...] = ()
    not_used: tuple[NotUsed, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
