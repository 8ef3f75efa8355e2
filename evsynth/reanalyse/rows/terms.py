"""The lines of a regression: its terms, its residual degrees of freedom, and the level of its intervals."""

from __future__ import annotations

import re

from evsynth.model.observation import Observation
from evsynth.reanalyse.facts import Facts

_NOT_SYMMETRIC = re.compile(r"bootstrap|profile|exact|credib|bayes|posterior|percentile|bca|quantile", re.IGNORECASE)

CONSTANTS = frozenset(("constant", "intercept"))


def predictors(o: Observation, facts: Facts) -> int | None:
    """Give the number of predictors: those of the table the value stands in, or the covariates of its adjustment."""
    contrast = facts.contrast(o)
    if contrast is None:
        return None
    named = {
        other.about.term
        for other in facts.observations
        if other.about.contrast == o.about.contrast and other.cohort == o.cohort and other.about.term not in CONSTANTS
        if other.about.term is not None and _table(other) == _table(o)
    }
    covariates = next((a.covariates for a in facts.study.adjustments if a.adjustment == contrast.adjustment), ())
    return max(len(named), len(covariates)) or None


def residual_df(o: Observation, facts: Facts) -> tuple[int | None, str]:
    """Give the degrees of freedom behind a printed t, and where they come from or what is missing."""
    printed = facts.number(o, "df")
    if printed is not None and not printed.printed.bound:
        df = int(printed.printed.value)
        return (df, "printed") if df >= 1 else (None, f"printed as {df}")
    contrast = facts.contrast(o)
    if contrast is None:
        return None, "no comparison is named"
    if contrast.kind == "regression":
        n, k = facts.patients(o), predictors(o, facts)
        if n is None or k is None:
            return None, "patients or predictors are not printed"
        return (n - k - 1, f"n = {n}, {k} predictors") if n - k - 1 >= 1 else (None, f"{n} patients, {k} predictors")
    if contrast.kind == "between arms" and len(contrast.arms) == 2:
        sizes = [facts.arm_patients(o.cohort, arm) for arm in contrast.arms]
        known = [s for s in sizes if s is not None]
        return (sum(known) - 2, "n1 + n2 - 2") if len(known) == 2 else (None, "patients of both groups")
    n = facts.patients(o)
    return (n - 1, "pairs - 1") if n is not None and n > 1 else (None, "the number of pairs")


def level_of(o: Observation, facts: Facts) -> float:
    """Give the confidence level as a fraction: printed with the interval, or 0.95."""
    printed = facts.number(o, "level")
    return float(printed.printed.value) / 100 if printed is not None else 0.95


def least_df(df: int) -> int:
    """Give the fewest degrees of freedom that missing values and unlisted predictors explain: seven tenths of them."""
    return max(2, -(-7 * df // 10))


def least_to_most(numbers: tuple[int, ...]) -> str:
    """Give ascending numbers of patients or degrees of freedom as '7' or '7 to 12'."""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


def symmetric(o: Observation) -> bool:
    """Say whether the interval of a value can be estimate ± a multiple of its error, as far as its method is named."""
    return not _NOT_SYMMETRIC.search(o.about.ci_method or "")


def _table(o: Observation) -> str:
    return o.where.partition(",")[0]
