"""Where the reference has an answer and evsynth refuses on purpose: the reason, in the reader's words."""

from __future__ import annotations

SAME = "effects that agree exactly, or equal standard errors, carry no test"
EMPTY = "nobody, or everybody, had the event in an arm: not pooled on that scale"
EXPECTED: tuple[tuple[str, str], ...] = (
    ("1 study given", "one study cannot show heterogeneity; it is reported, not pooled"),
    ("1 studies given", "one study cannot show heterogeneity; it is reported, not pooled"),
    ("2 studies given; ", "two studies leave no degree of freedom"),
    ("is not a finite number", "a missing or infinite value is never dropped silently"),
    ("must be > 0", "a variance of 0 would become the whole answer"),
    ("studies cannot carry", "as many coefficients as studies fit anything"),
    ("not positive definite", "no data have such a covariance; nothing is moved to the nearest that exists"),
    ("there is no column", "the reference file does not hold the column that it used"),
    (" rows but there are ", "the reference file holds rows that its fit left out"),
    ("cannot be ranked", SAME),
    ("fits every study exactly", SAME),
    ("standard errors are equal", SAME),
    ("measure 'R2F' is not known", "variance with fixed predictors: not offered, see docs/methods/measures.md"),
    ("measure 'ZR2F' is not known", "variance with fixed predictors: not offered, see docs/methods/measures.md"),
    ("an arm has no events, or nothing but events", EMPTY),
    ("one ranking are equal", SAME),
    ("no study has both events and non-events", EMPTY),
    ("variance of the pooled", EMPTY),
)


def why_refused(reason: str) -> str | None:
    """Return why this refusal is intended, None where it is not."""
    return next((why for text, why in EXPECTED if text in reason), None)
