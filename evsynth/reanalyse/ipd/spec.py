"""The short file that names the columns of a table of patients (one patient a row) and the analyses wanted."""

from __future__ import annotations

from pydantic import Field, model_validator

from evsynth.model.form import Form, Id, Words


class Pair(Form):
    """One measure before and after treatment."""

    measure: Words = Field(description="Its name in the results and figures.")
    before: Words = Field(description="Column of the first visit.")
    after: Words = Field(description="Column of the last visit.")


class Visits(Form):
    """One measure at baseline and at several visits, each compared with baseline; P values are Bonferroni-adjusted."""

    measure: Words = Field(description="Its name in the results and figures.")
    baseline: Words
    visits: tuple[Words, ...] = Field(min_length=1, description="Columns of the later visits.")


class Comparison(Form):
    """Two groups compared."""

    group: Words = Field(description="Column with the group.")
    first: Words = Field(description="Value of the column for the first group; every other patient is in the second.")
    continuous: tuple[Words, ...] = ()
    categorical: tuple[Words, ...] = ()


class Regression(Form):
    """A multiple linear regression; the outcome may be the change of a pair."""

    outcome: Words = Field(description="A column, or 'change of MEASURE' for a measure under `pairs`.")
    predictors: tuple[Words, ...] = Field(min_length=1)


class Weighting(Form):
    """Inverse probability of treatment weighting with a logistic propensity score, and the survival of both groups."""

    treatment: Words = Field(description="Column with the treatment.")
    treated: Words = Field(description="Value of the column for the treated group.")
    covariates: tuple[Words, ...] = Field(min_length=1)
    time: Words
    event: Words = Field(description="Column that is 1 for an event and 0 for a censored time.")
    stabilised: bool = Field(description="Multiply weights by the share of the group; stated, never assumed.")
    truncate: float | None = Field(None, gt=0, lt=0.5, description="Share of each tail at which weights are truncated.")
    ties: Words = Field("efron", pattern="^(efron|breslow)$", description="Handling of tied event times in Cox.")


class IpdSpec(Form):
    """What to analyse."""

    study: Id
    pairs: tuple[Pair, ...] = ()
    visits: tuple[Visits, ...] = ()
    comparison: Comparison | None = None
    correlate_changes: bool = Field(False, description="Spearman matrix of the changes of all pairs.")
    regression: Regression | None = None
    weighting: Weighting | None = None
    level: float = Field(95, gt=50, lt=100, description="Confidence level in percent.")
    replicates: int = Field(10_000, ge=100, description="Bootstrap replicates.")
    seed: int = Field(description="Seed of the bootstrap; the same seed gives the same interval.")

    @model_validator(mode="after")
    def _change_is_a_pair(self) -> IpdSpec:
        wanted = self.regression.outcome if self.regression else ""
        measures = {p.measure for p in self.pairs}
        if wanted.startswith("change of ") and wanted.removeprefix("change of ") not in measures:
            raise ValueError(f"regression.outcome: {wanted!r} names no measure of `pairs`: {sorted(measures)}")
        return self
