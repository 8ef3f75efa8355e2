"""Regression tests of funnel asymmetry: Egger's and its variants by model and predictor.

The effect is regressed on a predictor of size: its standard error (``sei``; Egger 1997, doi 10.1136/bmj.315.7109.629),
its variance (``vi``), the total sample size (``ni``; Macaskill 2001, doi 10.1002/sim.698), or its inverse (``ninv``;
Peters 2006, doi 10.1001/jama.295.6.676) or their roots (``sqrtni``, ``sqrtninv``). Model ``lm`` weighs by 1/v and
estimates a multiplicative dispersion (t with k - 2 degrees of freedom); model ``rma`` adds a residual between-study
variance (Sterne & Egger 2005, doi 10.1002/0470870168.ch6), tested by z or Knapp-Hartung's t. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import norm
from scipy.stats import t as student

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects, check_level
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.small_study.regression import Line, Method, check_varies, estimate_tau2, line

Model = Literal["lm", "rma"]
Predictor = Literal["sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"]
Test = Literal["z", "knha"]

VANISHING: tuple[Predictor, ...] = ("sei", "vi", "ninv", "sqrtninv")
"""Predictors that go to 0 as a study grows: the intercept is then the effect in an infinitely large study."""

CAVEAT = Caveat(
    "whether estimates change with the size of the studies, along a straight line in the predictor",
    "why they change: selective reporting, real differences between small and large studies, and chance look alike; "
    "a test without a significant result does not show that nothing is missing",
)


class Asymmetry(NamedTuple):
    """A regression test. ``intercept``, ``slope`` with standard errors; the test is of the slope.

    ``limit`` (with interval) is the intercept where the predictor vanishes in large studies, otherwise None.
    ``df`` None means the normal distribution. ``tau2`` is None and ``dispersion`` given for ``lm``; the reverse for
    ``rma``.
    """

    model: Model
    method: Method | None
    test: str
    predictor: Predictor
    k: int
    intercept: float
    intercept_se: float
    slope: float
    slope_se: float
    statistic: float
    df: int | None
    p: float
    limit: float | None
    limit_lower: float | None
    limit_upper: float | None
    tau2: float | None
    dispersion: float | None
    certificate: str
    level: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def regtest(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    model: Model,
    predictor: Predictor,
    method: Method = "REML",
    test: Test = "z",
    ni: npt.ArrayLike | None = None,
    level: float = 0.95,
    measure: str | None = None,
    few: Few = "refuse",
    labels: Sequence[str] | None = None,
) -> Asymmetry:
    """Test for funnel asymmetry by regression. ``method`` and ``test`` belong to model ``rma`` and are not used by
    ``lm``.

    Raises InputError for proportions, fewer than ten studies (``few="refuse"``) or three, a predictor that is the
    same in every study, sample sizes that are missing or not > 0, or a perfect fit, which leaves no error to test
    against.
    """
    for name, value, allowed in (
        ("model", model, get_args(Model)),
        ("predictor", predictor, get_args(Predictor)),
        ("method", method, get_args(Method)),
        ("test", test, get_args(Test)),
    ):
        check_choice(name, value, allowed)
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=1)
    k = len(effects.y)
    codes = gate(k, measure=measure, few=few, uses_se=predictor in ("sei", "vi"))
    x = predictor_values(predictor, effects.v, ni)
    check_varies(x)
    tau2: float | None = None
    df: int | None = k - 2
    certificate = ""
    if model == "lm":
        fit = line(effects.y, effects.v, x, 0.0)
        factor = math.sqrt(fit.rss / (k - 2))
    else:
        found = estimate_tau2(effects.y, effects.v, x, method=method)
        tau2, certificate = found.value, found.certificate
        codes += () if found.certified else ("TAU2_NOT_CERTIFIED",)
        fit = line(effects.y, effects.v, x, tau2)
        factor = 1.0 if test == "z" else math.sqrt(fit.rss / (k - 2))
        df = None if test == "z" else k - 2
    _check_error(fit, effects.y, factor)
    slope_se, intercept_se = factor * math.sqrt(fit.slope_variance), factor * math.sqrt(fit.intercept_variance)
    statistic = fit.slope / slope_se
    tail, reach = (norm, norm.isf((1 - level) / 2)) if df is None else (student(df), student.isf((1 - level) / 2, df))
    limit = fit.intercept if predictor in VANISHING else None
    return Asymmetry(
        model=model,
        method=None if model == "lm" else method,
        test="t" if model == "lm" else test,
        predictor=predictor,
        k=k,
        intercept=fit.intercept,
        intercept_se=intercept_se,
        slope=fit.slope,
        slope_se=slope_se,
        statistic=statistic,
        df=df,
        p=float(min(1.0, 2 * tail.sf(abs(statistic)))),
        limit=limit,
        limit_lower=None if limit is None else limit - float(reach) * intercept_se,
        limit_upper=None if limit is None else limit + float(reach) * intercept_se,
        tau2=tau2,
        dispersion=factor if model == "lm" else None,
        certificate=certificate,
        level=level,
        shows=CAVEAT.shows,
        cannot_show=CAVEAT.cannot_show,
        codes=codes,
    )


def predictor_values(predictor: Predictor, v: FloatArray, ni: npt.ArrayLike | None) -> FloatArray:
    """Return the predictor per study. Raises InputError for sample sizes that are missing or not > 0."""
    if predictor in ("sei", "vi"):
        return np.sqrt(v) if predictor == "sei" else v
    if ni is None:
        raise InputError([f"predictor = {predictor!r} needs the total sample sizes ni"])
    sizes = np.asarray(ni, dtype=np.float64)
    if sizes.shape != v.shape:
        raise InputError([f"ni has shape {sizes.shape!r} but there are {len(v)} studies"])
    wrong = [
        f"study {place}: sample size {float(n)!r} must be a finite number > 0"
        for place, n in enumerate(sizes, start=1)
        if not (math.isfinite(n) and n > 0)
    ]
    if wrong:
        raise InputError(wrong)
    root = np.sqrt(sizes) if predictor.startswith("sqrt") else sizes
    return np.asarray(1.0 / root if predictor.endswith("inv") else root, dtype=np.float64)


def _check_error(fit: Line, y: FloatArray, factor: float) -> None:
    scale = math.sqrt(math.fsum(fit.weights * (y - y.mean()) ** 2) + math.fsum(fit.weights * y**2) * 1e-8)
    if not factor * math.sqrt(len(y)) > 1e-10 * scale:
        raise InputError(["the line fits every study exactly, so there is no residual error to test the slope against"])
