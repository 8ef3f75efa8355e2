"""Mixed-effects meta-regression: effects on any design, tau2 by any estimator, every choice named.

    y_i ~ N(x_i'beta, v_i + tau2),   beta = (X'WX)^-1 X'W y,   w = 1/(v + tau2)

With given ``weights`` (or ``weights="equal"``) beta is their least-squares fit and its covariance the sandwich
``(X'AX)^-1 X'A (V + tau2) A X (X'AX)^-1``; tau2 and the Knapp-Hartung factor stay those of the model. R2 is the share
of tau2 that the moderators take away (Raudenbush 1994; percent, cut at 0; for FE the share of Q per degree of
freedom). Where there was nothing to take away it is 0, with the code R2_NOTHING_TO_EXPLAIN. Thompson & Higgins 2002,
doi 10.1002/sim.1187; Viechtbauer et al. 2015, doi 10.1037/met0000023.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects, check_level
from evsynth.pooling.heterogeneity import (
    ENGINE_TOLERANCE,
    ENGINES_DISAGREE,
    CochranQ,
    Inconsistency,
    InconsistencyInterval,
    Tau2,
    cochran_q,
    estimate_tau2,
    inconsistency,
    inconsistency_interval,
)
from evsynth.pooling.regression.design import Design, make_design
from evsynth.pooling.regression.inference import (
    Combination,
    Inference,
    JointTest,
    Test,
    combine,
    joint_test,
    model_factor,
    sandwich_factor,
)
from evsynth.pooling.tau2.estimate import Estimator, estimate
from evsynth.pooling.tau2.fit_statistics import FitStatistics, fit_statistics
from evsynth.pooling.tau2.least_squares import LeastSquares, intercept, least_squares
from evsynth.pooling.tau2_interval import Tau2Interval, q_profile

FEW = "FEW_STUDIES_PER_COEFFICIENT"
NOTHING_TO_EXPLAIN = "R2_NOTHING_TO_EXPLAIN"
PERFECT_FIT = "MODERATORS_FIT_PERFECTLY"
NARROWER = "KNHA_NARROWER_THAN_WALD"
TAU2_ZERO = "TAU2_ZERO"
TAU2_GIVEN = "TAU2_GIVEN_NOT_ESTIMATED"
OWN_WEIGHTS = "WEIGHTS_GIVEN"

PER_COEFFICIENT = 10
"""Studies per moderator coefficient that a meta-regression should have (Cochrane Handbook 10.11.4)."""


class Regression(NamedTuple):
    """A fitted meta-regression; ``coefficients`` and ``covariance`` are on the scale of the columns asked for.

    ``codes`` are stable warning codes, each once. ``scale`` is the factor on the covariance (1 for z and t).
    """

    model: str
    k: int
    labels: tuple[str, ...]
    coefficients: tuple[Combination, ...]
    covariance: FloatArray
    test: Test
    df: int | None
    scale: float
    tau2: Tau2 | None
    tau2_value: float
    tau2_interval: Tau2Interval
    tau2_without: float | None
    r2: float | None
    q: CochranQ
    inconsistency: Inconsistency
    inconsistency_interval: InconsistencyInterval
    omnibus: JointTest
    statistics: FitStatistics
    weights: tuple[float, ...]
    level: float
    codes: tuple[str, ...]
    design: Design
    y: FloatArray
    v: FloatArray
    inference: Inference

    def coefficient(self, name: str) -> Combination:
        """Return the coefficient of that column. Raises InputError for an unknown name."""
        for found in self.coefficients:
            if found.name == name:
                return found
        raise InputError([f"{name!r} is not a column; there are {', '.join(self.design.names)}"])


def regress(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    x: npt.ArrayLike,
    *,
    names: Sequence[str],
    estimator: Estimator,
    test: Test,
    level: float,
    labels: Sequence[str] | None = None,
    tested: Sequence[str] | None = None,
    tau2: float | None = None,
    tau2_weights: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | Literal["equal"] | None = None,
) -> Regression:
    """Fit ``y`` with sampling variances ``v`` on the columns of ``x`` (an intercept is a column of ones).

    ``tested`` names the columns of the omnibus test (all but the intercept by default). ``tau2`` fixes it instead of
    estimating. ``tau2_weights`` are those of GENQ and GENQM; ``weights`` are those of the coefficients, when not
    ``1/(v + tau2)`` (metafor's ``weights`` are both).

    Raises InputError for not more studies than columns, columns that others determine (named), values that are not
    finite, v <= 0, or an unknown choice.
    """
    check_choice("test", test, get_args(Test))
    check_choice("estimator", estimator, get_args(Estimator))
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=2)
    design = make_design(x, names)
    k, p = design.matrix.shape
    if k != len(effects.y):
        raise InputError([f"y has {len(effects.y)} values but the moderators have {k} rows"])
    for_tau2, own = _weights(tau2_weights, effects.y), _weights(weights, effects.y)
    between = None
    if tau2 is None:
        between = estimate_tau2(effects.y, effects.v, estimator=estimator, basis=design.basis, weights=for_tau2)
    elif not (math.isfinite(tau2) and tau2 >= 0):
        raise InputError([f"tau2 = {tau2!r} must be a finite number >= 0"])
    value = between.value if between is not None else float(tau2 or 0.0)
    fit = least_squares(effects.y, 1.0 / (effects.v + value), design.basis)
    inference, residuals, shares = _inference(fit, effects.y, effects.v + value, design, own, test=test, level=level)
    q = cochran_q(effects.y, effects.v, basis=design.basis)
    interval = q_profile(effects.y, effects.v, level=level, basis=design.basis)
    without, r2 = _explained(effects.y, effects.v, estimator, value, q, for_tau2, fixed=tau2 is not None)
    rows = design.rows(np.eye(p))
    chosen = _chosen(design, tested)
    coefficients = tuple(combine(inference, row, name=name) for row, name in zip(rows, design.names, strict=True))
    codes = (
        *((FEW,) if k < PER_COEFFICIENT * max(1, p - (design.intercept is not None)) else ()),
        *design.codes,
        *((TAU2_GIVEN,) if between is None else between.codes),
        *((TAU2_ZERO,) if value == 0 and between is not None and estimator != "FE" else ()),
        *((OWN_WEIGHTS,) if own is not None else _engine_codes(between, fit, design)),
        *((NOTHING_TO_EXPLAIN,) if without == 0 and estimator != "FE" and p > 1 else ()),
        *interval.codes,
        *((NARROWER,) if 0 < inference.scale < 1 else ()),
        *((PERFECT_FIT,) if inference.scale == 0 else ()),
    )
    reach = rows @ inference.factor
    return Regression(
        model=f"normal-normal with moderators, tau2 {'by ' + estimator if between is not None else 'given'}",
        k=k,
        labels=effects.labels,
        coefficients=coefficients,
        covariance=inference.scale * (reach @ reach.T),
        test=test,
        df=None if test == "z" else k - p,
        scale=inference.scale,
        tau2=between,
        tau2_value=value,
        tau2_interval=interval,
        tau2_without=without,
        r2=r2,
        q=q,
        inconsistency=inconsistency(effects.y, effects.v, tau2=value, basis=design.basis),
        inconsistency_interval=inconsistency_interval(
            effects.y, effects.v, tau2_interval=(interval.lower, interval.upper), basis=design.basis
        ),
        omnibus=joint_test(inference, rows[chosen], names=tuple(design.names[at] for at in chosen)),
        statistics=fit_statistics(
            effects.y,
            effects.v,
            design.basis,
            tau2=value,
            estimated=between is not None and estimator != "FE",
            residuals=residuals,
        ),
        weights=tuple(100.0 * float(share) / math.fsum(shares) for share in shares),
        level=level,
        codes=tuple(dict.fromkeys(codes)),
        design=design,
        y=effects.y,
        v=effects.v,
        inference=inference,
    )


def contrast(
    found: Regression, rows: npt.ArrayLike, *, names: Sequence[str]
) -> tuple[tuple[Combination, ...], JointTest]:
    """Return linear combinations ``L beta`` (one row each, in the columns of the design) and their joint test.

    Raises InputError for a wrong number of columns, numbers that are not finite, or rows that depend on each other.
    """
    matrix = check_rows(found.design, rows)
    if len(names) != len(matrix):
        raise InputError([f"{len(matrix)} rows but {len(names)} names"])
    inside = found.design.rows(matrix)
    single = tuple(combine(found.inference, row, name=name) for row, name in zip(inside, names, strict=True))
    return single, joint_test(found.inference, inside, names=tuple(names))


def check_rows(design: Design, rows: npt.ArrayLike) -> FloatArray:
    """Return rows as an array with the columns of ``design``. Raises InputError."""
    matrix = np.asarray(rows, dtype=np.float64)
    if matrix.ndim != 2 or matrix.shape[1] != len(design.names):
        raise InputError(
            [f"rows must have {len(design.names)} columns ({', '.join(design.names)}), not {matrix.shape!r}"]
        )
    bad = np.argwhere(~np.isfinite(matrix))
    if len(bad):
        raise InputError(
            [f"row {i + 1}: {design.names[j]} = {float(matrix[i, j])!r} is not a finite number" for i, j in bad]
        )
    return matrix


def _inference(
    fit: LeastSquares,
    y: FloatArray,
    total: FloatArray,
    design: Design,
    own: FloatArray | None,
    *,
    test: Test,
    level: float,
) -> tuple[Inference, FloatArray | None, FloatArray]:
    k, p = design.matrix.shape
    scale = fit.rss / (k - p)
    if _perfect(fit, y):
        scale = 0.0
    scale = {"z": 1.0, "t": 1.0, "knha": scale, "adhoc": max(1.0, scale)}[test]
    if own is None:
        return Inference(fit.coefficients, model_factor(fit.root), scale, test, k - p, level), None, fit.weights
    other = least_squares(y, own, design.basis)
    reach = np.linalg.solve(other.root, (other.unit * np.sqrt(own * total)[:, None]).T)
    factor = sandwich_factor(np.asarray(reach, dtype=np.float64))
    inference = Inference(other.coefficients, factor, scale, test, k - p, level)
    return inference, other.residuals, own


def _perfect(fit: LeastSquares, y: FloatArray) -> bool:
    # Residuals of rounding alone: the moderators reproduce every effect.
    return bool((np.abs(fit.residuals) <= 8 * np.finfo(float).eps * max(1e-300, float(np.abs(y).max()))).all())


def _explained(
    y: FloatArray,
    v: FloatArray,
    estimator: Estimator,
    value: float,
    q: CochranQ,
    weights: FloatArray | None,
    *,
    fixed: bool,
) -> tuple[float | None, float | None]:
    if fixed:
        return None, None
    if estimator == "FE":
        before = cochran_q(y, v)
        ratio = before.q / before.df
        return 0.0, max(0.0, 100.0 * (ratio - q.q / q.df) / ratio) if ratio > 0 else 0.0
    alone = estimate(y, v, intercept(len(y)), estimator=estimator, weights=weights).value
    return alone, max(0.0, 100.0 * (alone - value) / alone) if alone > 0 else 0.0


def _chosen(design: Design, tested: Sequence[str] | None) -> list[int]:
    if tested is None:
        every = [at for at in range(len(design.names)) if at != design.intercept]
        return every or [0]
    unknown = [name for name in tested if name not in design.names]
    if unknown or not tested:
        asked = ", ".join(map(repr, unknown)) or "nothing"
        raise InputError([f"tested: {asked} is not a column; there are {', '.join(design.names)}"])
    return [design.names.index(name) for name in dict.fromkeys(tested)]


def _weights(weights: npt.ArrayLike | Literal["equal"] | None, y: FloatArray) -> FloatArray | None:
    if weights is None:
        return None
    if isinstance(weights, str):
        check_choice("weights", weights, ("equal",))
        return np.ones(len(y))
    try:
        return check_effects(y, weights).v
    except InputError as error:
        raise InputError([problem.replace("variance v", "weight") for problem in error.problems]) from error


def _engine_codes(between: Tau2 | None, fit: LeastSquares, design: Design) -> tuple[str, ...]:
    if between is None:
        return ()
    theirs = np.array(between.engine.coefficients)
    error = 1.0 / float(np.sqrt((fit.weights[:, None] * design.basis**2).sum(axis=0)).max())
    off = float(np.abs(theirs - fit.coefficients).max())
    return (ENGINES_DISAGREE,) if off > 1e3 * ENGINE_TOLERANCE * (error + float(np.abs(theirs).max())) else ()
