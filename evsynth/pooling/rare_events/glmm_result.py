"""What a mixed model for counts gives back, and how its interval, prediction and I2 are made."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from scipy.stats import norm, t

from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.prediction import PredictionInterval, predict
from evsynth.pooling.rare_events.climb import Check
from evsynth.pooling.rare_events.homogeneity import Test
from evsynth.pooling.rare_events.tables import LeftOut

Method = Literal["ML", "EE"]
Interval = Literal["wald", "t"]
Prediction = Literal["normal", "V", "HTS"]


class Glmm(NamedTuple):
    """A fitted model. ``estimate`` is a log odds ratio, log rate ratio, logit or log rate.

    ``sigma2`` and ``rho`` belong to models with random baselines. ``q_lrt`` tests homogeneity: twice the
    log-likelihood of the saturated over the equal-effects model. ``i2_tau2`` uses the typical variance of the
    studies' own estimates, which alone need 0.5 added to zero cells.
    """

    model: str
    measure: str
    method: Method
    k: int
    labels: tuple[str, ...]
    estimate: float
    se: float
    interval: Interval
    df: int | None
    p: float
    lower: float
    upper: float
    level: float
    tau2: float
    se_tau2: float | None
    sigma2: float | None
    rho: float | None
    prediction: PredictionInterval | None
    log_likelihood: float
    q_lrt: Test | None
    i2_tau2: float | None
    h2_tau2: float | None
    events: int
    left_out: tuple[LeftOut, ...]
    optimiser: str
    convergence: Check | None
    codes: tuple[str, ...]

    @property
    def converged(self) -> bool:
        """Whether every check was passed; with Laplace's approximation nothing is checked, so False."""
        return self.convergence is not None and self.convergence.converged


Shared = tuple[Interval, Prediction, float, Method, FloatArray, int, tuple[str, ...], tuple[LeftOut, ...]]
"""Interval, prediction, level, method, the studies' own variances, events, labels, studies left out."""


def glmm_result(
    model: str,
    measure: str,
    estimate: float,
    v: float,
    tau2: float,
    se_tau2: float | None,
    sigma2: float | None,
    rho: float | None,
    height: float,
    test: Test | None,
    optimiser: str,
    check: Check | None,
    codes: list[str],
    shared: Shared,
) -> Glmm:
    """Return the result. Raises InputError when there is no standard error: the maximum is not a proper one."""
    interval, prediction, level, method, own, events, labels, gone = shared
    if not (math.isfinite(v) and v > 0):
        why = "; ".join(check.why_not) if check else "curvature not negative"
        raise InputError(
            [f"{model} has no standard error for these data ({why}): its likelihood has no proper maximum"]
        )
    k, se = len(labels), math.sqrt(v)
    df = k - 1 if interval == "t" else None
    tail = (1 - level) / 2
    half = se * float(norm.isf(tail) if df is None else t.isf(tail, df))
    p = 2 * float(norm.sf(abs(estimate) / se) if df is None else t.sf(abs(estimate) / se, df))
    new = predict(estimate, tau2=tau2, wald_se=se, hksj_se=se, k=k, level=level)
    weights = 1 / own[own > 0]
    i2 = h2 = None
    if len(weights) > 1:
        typical = (len(weights) - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum())
        i2, h2 = float(100 * tau2 / (tau2 + typical)), float(tau2 / typical + 1)
    found = (*codes, *(("FEW_STUDIES",) if k < 5 else ()), *(("TAU2_ZERO",) if tau2 == 0 and method == "ML" else ()))
    failed = ("NOT_CONVERGED",) if check is not None and not check.converged else ()
    return Glmm(
        model, measure, method, k, labels, estimate, se, interval, df, p, estimate - half, estimate + half, level, tau2,
        se_tau2, sigma2, rho, new.named(prediction) if method == "ML" else None, height, test, i2, h2, events, gone,
        optimiser, check, tuple(dict.fromkeys((*found, *(new.codes if method == "ML" else ()), *failed))),
    )  # fmt: skip
