"""Printed values: a passage of a source, and the numbers in it in the order they are printed."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from evsynth.model.form import Form, Id, Plain, Words
from evsynth.model.printed import Printed

STATISTICS = (
    "count", "percent", "of",
    "mean", "sd", "se", "median", "q1", "q3", "minimum", "maximum",
    "centre", "spread",
    "mean_change", "median_change", "change_of_medians", "percent_reduction",
    "lower", "upper", "level",
    "hazard_ratio", "odds_ratio", "risk_ratio",
    "rho", "effect_size", "b", "beta", "t", "u", "z", "chi2", "df", "adjusted_r_squared",
    "p", "value", "value_to", "analysed",
)  # fmt: skip
"""Every statistic a value may hold, in one list; the keys of `Statistics`."""


class Statistics(Form):
    """The numbers of one value. Write them in the order they are printed."""

    _order: tuple[str, ...] = PrivateAttr(default=())

    @model_validator(mode="wrap")
    @classmethod
    def _keep_order(cls, data: Any, handler: ModelWrapValidatorHandler[Statistics]) -> Statistics:
        value = handler(data)
        if isinstance(data, dict):
            value._order = tuple(key for key in data if key in STATISTICS and data[key] is not None)
        return value

    def statistics(self) -> dict[str, Printed]:
        """Give the numbers by statistic, in the order they are written in the file."""
        return {name: getattr(self, name) for name in self._order}

    count: Printed | None = Field(None, description="Patients (or events) with the feature.")
    percent: Printed | None = Field(None, description="Percentage, without the percent sign.")
    of: Printed | None = Field(None, description="Denominator, only if it is printed.")
    mean: Printed | None = None
    sd: Printed | None = Field(None, description="Standard deviation.")
    se: Printed | None = Field(None, description="Standard error.")
    median: Printed | None = None
    q1: Printed | None = Field(None, description="First quartile.")
    q3: Printed | None = Field(None, description="Third quartile.")
    minimum: Printed | None = None
    maximum: Printed | None = None
    centre: Printed | None = Field(None, description="Centre whose kind (mean or median) is not labelled.")
    spread: Printed | None = Field(None, description="Spread whose kind (SD, SE, IQR) is not labelled.")
    mean_change: Printed | None = None
    median_change: Printed | None = Field(None, description="Median of the patients' changes.")
    change_of_medians: Printed | None = Field(None, description="Difference of two medians; not the median change.")
    percent_reduction: Printed | None = Field(None, description="'65% lower' is 65. Carries no variance.")
    lower: Printed | None = Field(None, description="Lower confidence limit.")
    upper: Printed | None = Field(None, description="Upper confidence limit.")
    level: Printed | None = Field(None, description="Confidence level in percent.")
    hazard_ratio: Printed | None = None
    odds_ratio: Printed | None = None
    risk_ratio: Printed | None = None
    rho: Printed | None = Field(None, description="Spearman's rank correlation.")
    effect_size: Printed | None = Field(None, description="Wilcoxon effect size r = Z/√N.")
    b: Printed | None = Field(None, description="Unstandardised regression coefficient.")
    beta: Printed | None = Field(None, description="Standardised regression coefficient.")
    t: Printed | None = None
    u: Printed | None = Field(None, description="Mann-Whitney U.")
    z: Printed | None = None
    chi2: Printed | None = None
    df: Printed | None = None
    adjusted_r_squared: Printed | None = None
    p: Printed | None = Field(None, description="P value; an inequality keeps its sign: <0.001.")
    value: Printed | None = Field(None, description="Any other single number (a dose, a threshold, a year).")
    value_to: Printed | None = Field(None, description="Upper end of a printed range that starts at `value`.")
    analysed: Printed | None = Field(None, description="Patients analysed, where printed and not those of the arm.")


class Qualifiers(Form):
    """Who, what, when and how: may stand once on a passage for all its values."""

    cohort: Id | None = None
    arm: Id | None = None
    contrast: Id | None = None
    variable: Id | None = None
    variables: tuple[Id, ...] = Field((), description="For merged rows: one number for several variables together.")
    with_: Id | None = Field(None, alias="with", description="Second variable of a correlation.")
    term: Id | None = Field(None, description="Term of a regression.")
    at: Id | None = None
    category: Words | None = Field(None, description="Level of a categorical variable.")
    unit: Words | None = None
    drug: Words | None = Field(None, description="Drug that a dose is of, as printed.")
    label: Words | None = Field(None, description="Label as printed, where it matters or contradicts the glyphs.")
    test: Words | None = Field(None, description="Test behind the P value, or 'unknown'.")
    population: Words | None = Field(None, description="Who was analysed, if not the whole arm.")
    patients: int | None = Field(None, ge=0, description="Patients the value is about, if not those of the arm.")
    denominator: Literal["unknown"] | None = Field(None, description="The percentage has a denominator not printed.")
    direction: Literal["better", "worse", "unknown"] | None = None
    direction_basis: Words | None = None
    ci_method: Words | None = Field(None, description="How the interval was made, for example bootstrap.")
    replicates: Plain | None = Field(None, description="Bootstrap replicates.")
    adjustment: Id | None = None
    printed_as: Words | None = Field(None, description="Order of the pair as printed, where reversed.")
    interpreted_as: Words | None = Field(None, description="Order of the pair as understood.")
    basis: Literal["printed", "prose", "external"] | None = Field(
        None, description="prose: a zero only in words; external: cited from another study."
    )
    cites: Plain | None = Field(None, description="Reference number of the study a cited number is from.")
    note: Words | None = None


QUALIFIERS = tuple(name for name in Qualifiers.model_fields if name not in ("patients", "variables"))
"""The qualifiers that are words; a resolution may read them differently."""


class Value(Qualifiers, Statistics):
    """The numbers of one printed piece of a passage."""

    printed: Words = Field(description="The verbatim piece that holds exactly these numbers, in this order.")
    id: Id | None = Field(None, description="A name, needed only where a resolution or a pool refers to it.")


class Passage(Qualifiers):
    """A verbatim piece of a source and the values printed in it, left to right."""

    source: Id
    where: Words = Field(description="Where it is printed, for a reader: section, table and row, legend.")
    quote: Words = Field(description="Verbatim, contiguous, and long enough to occur once in the source.")
    values: tuple[Value, ...] = Field(min_length=1)


class Unquoted(Qualifiers, Statistics):
    """A number without a quote: derived from others, only in a figure, or not shown."""

    id: Id | None = None
    why: Literal["derived", "figure only", "data not shown", "source not held"]
    where: Words | None = None
    formula: Words | None = None
    inputs: tuple[Id, ...] = Field((), description="Identifiers of the values the formula uses.")
    factor: Words | None = Field(None, description="Conversion factor used, with its source.")
    assumption: Words | None = None
    because: Words | None = None

    @model_validator(mode="after")
    def _derivation_is_stated(self) -> Unquoted:
        if self.why == "derived" and not (self.formula and self.inputs and (self.assumption or self.because)):
            raise ValueError("a derived value needs `formula`, `inputs` and `assumption`; say how it follows")
        return self
