"""A pool file: what is asked, of which values, with every choice that can change the answer written out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from evsynth.model.choices import FITTING, Choices
from evsynth.model.form import Form, Id, Words

Measure = Literal[
    "proportion",
    "log odds ratio",
    "log risk ratio",
    "risk difference",
    "hazard ratio",
    "mean change",
    "percent reduction",
    "median change",
]
Claim = Literal["treatment effect", "rate in treated patients", "change in treated patients"]


class Input(Form):
    """One place in one study that a pool draws on."""

    study: Id
    cohort: Id
    variable: Id
    at: Id | None = None
    arm: Id | None = Field(None, description="The arm of a one-group measure.")
    arms: tuple[Id, Id] | None = Field(
        None, description="Treated and comparator arm of a two-group measure from counts."
    )
    contrast: Id | None = Field(None, description="The contrast of an effect that is printed as such.")
    value: Id | None = Field(None, description="The one value to use where several would fit.")

    @model_validator(mode="after")
    def _one_group(self) -> Input:
        if sum(x is not None for x in (self.arm, self.arms, self.contrast)) != 1:
            raise ValueError("an input names exactly one of arm, arms and contrast; leave the others out")
        if self.arms is not None and self.arms[0] == self.arms[1]:
            raise ValueError(f"arms: {self.arms[0]!r} is compared with itself; name two arms")
        return self


class Override(Form):
    """A refusal set aside by the reviewers; printed in every caption and part of the estimate's identifier."""

    code: Words
    because: Words


class Pool(Form):
    """One pool."""

    pool: Id
    title: Words
    question: Words
    claim: Claim = Field(description="What the number would be cited for.")
    outcome: Id = Field(description="Outcome in review.yaml.")
    measure: Measure
    plan: Literal["pool", "single study", "tabulate"] = Field(description="What the reviewers decided beforehand.")
    because: Words = Field(description="Why, as a methodologist would defend it.")
    inputs: tuple[Input, ...] = Field(min_length=1)
    choices: Choices
    overrides: tuple[Override, ...] = ()

    @field_validator("pool")
    @classmethod
    def _name_is_free(cls, name: str) -> str:
        if name == "index.html":
            raise ValueError("'index.html' is the name of the page; give the pool another one")
        return name

    @model_validator(mode="after")
    def _model_fits_measure(self) -> Pool:
        model = self.choices.model
        if model == "none" and self.plan == "pool":
            raise ValueError("a pool needs a model; name one under `choices`, or plan to tabulate")
        fits = FITTING.get(model, ())
        if model != "none" and (self.measure not in fits if fits else self.measure == "proportion"):
            suited = "binomial-normal" if self.measure == "proportion" else "random effects or common effect"
            words = f"write model: {suited}"
            raise ValueError(f"the model {model!r} does not go with the measure {self.measure!r}; {words}")
        return self
