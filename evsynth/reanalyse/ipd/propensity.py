"""Inverse probability of treatment weights from a logistic propensity score, and the balance they make.

    e(x) = P(treated | x), logistic regression by maximum likelihood (statsmodels)
    ATE weight  1/e for the treated, 1/(1 - e) for the others;  stabilised: times the share of the group
    SMD         (m1 - m0)/sqrt((s1^2 + s0^2)/2), s from the unweighted groups before and after;  effective n  (sum
    w)^2/sum w^2

Rosenbaum & Rubin 1983; Austin & Stuart 2015, doi 10.1002/sim.6607; Kish 1965. Truncation sets weights beyond the given
quantiles to these quantiles (Cole & Hernan 2008). Refuses (ValueError) a single group, or a score that separates the
groups.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Propensity(NamedTuple):
    """Coefficients (constant first) and the score of every patient."""

    terms: tuple[str, ...]
    coefficients: tuple[float, ...]
    score: Floats


class Balance(NamedTuple):
    """Standardised mean difference of one covariate before and after weighting."""

    covariate: str
    before: float
    after: float


class Weights(NamedTuple):
    """Weights, their extremes, and the effective number of patients of each group."""

    weights: Floats
    smallest: float
    largest: float
    effective_treated: float
    effective_others: float


def propensity(treated: NDArray[np.bool_], covariates: dict[str, Floats]) -> Propensity:
    """Fit the score."""
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationError, PerfectSeparationWarning

    if treated.all() or not treated.any():
        raise ValueError("weighting needs treated and other patients")
    design = np.column_stack([np.ones(len(treated)), *covariates.values()])
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(f"the covariates {', '.join(covariates)} determine each other")
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            fit = sm.Logit(treated.astype(float), design).fit(disp=0, maxiter=100, tol=1e-12)
        except (ConvergenceWarning, PerfectSeparationWarning, PerfectSeparationError, np.linalg.LinAlgError) as problem:
            raise ValueError("the covariates separate the groups; the propensity score does not exist") from problem
    coefficients = tuple(float(x) for x in fit.params)
    return Propensity(("constant", *covariates), coefficients, np.asarray(fit.predict(design), dtype=float))


def weigh(treated: NDArray[np.bool_], score: Floats, *, stabilised: bool, truncate: float | None = None) -> Weights:
    """Give ATE weights."""
    weights = np.where(treated, 1 / score, 1 / (1 - score))
    if stabilised:
        share = float(treated.mean())
        weights = weights * np.where(treated, share, 1 - share)
    if truncate is not None:
        low, high = np.quantile(weights, [truncate, 1 - truncate])
        weights = np.clip(weights, low, high)
    effective = [effective_number(weights[treated]), effective_number(weights[~treated])]
    return Weights(weights, float(weights.min()), float(weights.max()), *effective)


def effective_number(weights: Floats) -> float:
    """Give Kish's effective number of patients.

    >>> effective_number(np.ones(7))
    7.0
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def balance(treated: NDArray[np.bool_], covariates: dict[str, Floats], weights: Floats) -> tuple[Balance, ...]:
    """Give the standardised mean difference of every covariate before and after weighting."""
    found = []
    for name, values in covariates.items():
        spread = float(np.sqrt((values[treated].var(ddof=1) + values[~treated].var(ddof=1)) / 2))
        before = float(values[treated].mean() - values[~treated].mean())
        after = float(
            np.average(values[treated], weights=weights[treated])
            - np.average(values[~treated], weights=weights[~treated])
        )
        found.append(Balance(name, before / spread if spread else 0.0, after / spread if spread else 0.0))
    return tuple(found)
