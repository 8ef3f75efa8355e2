"""Run the analyses a spec names on a table of patients (one patient a row)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from evsynth.reanalyse.ipd.associations import Correlation, LinearModel, linear_model, spearman_matrix
from evsynth.reanalyse.ipd.cox import CoxModel, cox
from evsynth.reanalyse.ipd.curves import Curve, LogRank, kaplan_meier, log_rank
from evsynth.reanalyse.ipd.groups import RankTest, TableTest, counts, rank_test, table_test
from evsynth.reanalyse.ipd.paired import (
    MedianChange,
    Normality,
    SignedRank,
    bonferroni,
    median_change,
    normality,
    signed_rank,
)
from evsynth.reanalyse.ipd.propensity import Balance, Propensity, Weights, balance, propensity, weigh
from evsynth.reanalyse.ipd.spec import IpdSpec, Weighting

Floats = NDArray[np.float64]
Table = Mapping[str, Any]
"""Columns by name: a pandas DataFrame or a dict of sequences."""


class PairResult(NamedTuple):
    """One measure before and after."""

    measure: str
    test: SignedRank
    change: MedianChange
    normality: Normality | None


class VisitResult(NamedTuple):
    """One measure at the visits, each against baseline, with P before and after Bonferroni."""

    measure: str
    visits: tuple[str, ...]
    tests: tuple[SignedRank, ...]
    adjusted: tuple[float, ...]


class WeightedResult(NamedTuple):
    """The weighted comparison of survival. Curves are of the treated, then the others; `included` marks rows used."""

    patients: int
    left_out: int
    propensity: Propensity
    weights: Weights
    balance: tuple[Balance, ...]
    curves: tuple[Curve, Curve]
    log_rank: LogRank
    log_rank_crude: LogRank
    cox: CoxModel
    cox_crude: CoxModel
    included: NDArray[np.bool_]


class Analysis(NamedTuple):
    """Everything a spec asked for."""

    pairs: tuple[PairResult, ...]
    visits: tuple[VisitResult, ...]
    continuous: tuple[tuple[str, RankTest], ...]
    categorical: tuple[tuple[str, TableTest], ...]
    correlations: tuple[Correlation, ...]
    regression: LinearModel | None
    weighted: WeightedResult | None


def analyse(table: Table, spec: IpdSpec) -> Analysis:
    """Run every analysis of the spec. Raises ValueError naming a column that is absent or not a number."""
    level = spec.level / 100
    pairs = []
    changes: dict[str, Floats] = {}
    for pair in spec.pairs:
        before, after = number(table, pair.before), number(table, pair.after)
        changes[pair.measure] = after - before
        change = median_change(before, after, seed=spec.seed, replicates=spec.replicates, level=level)
        present = changes[pair.measure][np.isfinite(changes[pair.measure])]
        gate = normality(present) if len(present) >= 3 and np.ptp(present) > 0 else None
        pairs.append(PairResult(pair.measure, signed_rank(before, after), change, gate))
    visits = []
    for series in spec.visits:
        first = number(table, series.baseline)
        tests = tuple(signed_rank(first, number(table, name)) for name in series.visits)
        visits.append(VisitResult(series.measure, series.visits, tests, bonferroni(tuple(t.p for t in tests))))
    continuous, categorical = _comparison(table, spec)
    regression = None
    if spec.regression is not None:
        name = spec.regression.outcome
        change_of = name.removeprefix("change of ")
        outcome = changes[change_of] if name.startswith("change of ") else number(table, name)
        regression = linear_model(outcome, {p: number(table, p) for p in spec.regression.predictors}, level)
    return Analysis(
        pairs=tuple(pairs),
        visits=tuple(visits),
        continuous=continuous,
        categorical=categorical,
        correlations=spearman_matrix(changes) if spec.correlate_changes else (),
        regression=regression,
        weighted=weighted(table, spec.weighting, level) if spec.weighting is not None else None,
    )


def weighted(table: Table, spec: Weighting, level: float = 0.95) -> WeightedResult:
    """Run the propensity score, the weights, the curves, the log-rank tests and the Cox models."""
    ties = cast(Literal["efron", "breslow"], spec.ties)
    covariates = _covariates(table, spec.covariates)
    time, event = number(table, spec.time), number(table, spec.event)
    treated = np.array([str(v) == spec.treated for v in column(table, spec.treatment)])
    known = np.all([np.isfinite(c) for c in (time, event, *covariates.values())], axis=0)
    time, event, treated = time[known], event[known], treated[known]
    covariates = {name: values[known] for name, values in covariates.items()}
    score = propensity(treated, covariates)
    found = weigh(treated, score.score, stabilised=spec.stabilised, truncate=spec.truncate)
    w, exposure = found.weights, {spec.treatment: treated.astype(float)}
    return WeightedResult(
        patients=len(time),
        left_out=int((~known).sum()),
        propensity=score,
        weights=found,
        balance=balance(treated, covariates, w),
        curves=(
            kaplan_meier(time[treated], event[treated], w[treated], level),
            kaplan_meier(time[~treated], event[~treated], w[~treated], level),
        ),
        log_rank=log_rank(time, event, treated, w),
        log_rank_crude=log_rank(time, event, treated),
        cox=cox(time, event, exposure, w, ties=ties, level=level),
        cox_crude=cox(time, event, exposure, ties=ties, level=level),
        included=known,
    )


def column(table: Table, name: str) -> list[Any]:
    """Give a column; an unknown name is answered with the names there are."""
    if name not in table:
        raise ValueError(f"there is no column {name!r}; the columns are {', '.join(map(str, table))}")
    return list(table[name])


def number(table: Table, name: str) -> Floats:
    """Give a column as numbers, missing values as NaN."""
    values = []
    for row, value in enumerate(column(table, name), start=1):
        try:
            values.append(float("nan") if value is None or value == "" else float(value))
        except (TypeError, ValueError):
            raise ValueError(f"column {name!r}, patient {row}: {value!r} is not a number") from None
    return np.array(values, dtype=float)


def _comparison(
    table: Table, spec: IpdSpec
) -> tuple[tuple[tuple[str, RankTest], ...], tuple[tuple[str, TableTest], ...]]:
    wanted = spec.comparison
    if wanted is None:
        return (), ()
    first = np.array([str(v) == wanted.first for v in column(table, wanted.group)])
    continuous = []
    for name in wanted.continuous:
        values = number(table, name)
        continuous.append((name, rank_test(values[first], values[~first])))
    tables = ((name, counts(first, column(table, name))) for name in wanted.categorical)
    return tuple(continuous), tuple((name, table_test(cells)) for name, cells in tables)


def _covariates(table: Table, names: Iterable[str]) -> dict[str, Floats]:
    """Give covariates as numbers; words give one indicator for each level but the first in sorted order."""
    found: dict[str, Floats] = {}
    for name in names:
        values = column(table, name)
        if _words(values):
            levels = sorted({str(v) for v in values})
            for level in levels[1:]:
                found[f"{name}: {level}"] = np.array([float(str(v) == level) for v in values])
        else:
            found[name] = number(table, name)
    return found


def _words(values: Sequence[Any]) -> bool:
    def is_word(value: Any) -> bool:
        try:
            float(value)
        except (TypeError, ValueError):
            return value not in (None, "")
        return False

    return any(is_word(v) for v in values)
