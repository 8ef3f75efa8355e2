"""The file `corpora/screening/screening.yaml`: how a review screens, and for which reasons full texts are excluded."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evsynth.model.form import Form, Id, Words

Stage = Literal["abstract", "retrieval", "full-text"]
STAGES: tuple[Stage, ...] = ("abstract", "retrieval", "full-text")


class Reason(Form):
    """One reason for excluding a full text. A report that fails on several counts has the first that applies."""

    reason: Id
    label: Words = Field(description="As the flow diagram prints it.")


class Screening(Form):
    """How records are screened."""

    reviewers: int = Field(2, ge=1, le=5, description="How many people decide on each record, at each stage.")
    criteria: tuple[Words, ...] = Field((), description="What is shown while screening; default: eligibility.")
    reasons: tuple[Reason, ...] = Field(min_length=1, description="In order of precedence.")
