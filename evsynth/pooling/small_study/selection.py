"""Selection models fitted by maximum likelihood: what the mean would be if studies were seen with a chance that
depends on p.

The likelihoods are in ``selection_likelihood``, the search for their maximum and its checks in ``selection_search``.
Scale: that of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, norm

from evsynth.pooling.guard import InputError, check_choice, check_effects, check_level
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.small_study.regression import estimate_tau2, line
from evsynth.pooling.small_study.selection_likelihood import Beta, Data, Selection, Steps
from evsynth.pooling.small_study.selection_search import Convergence, search

Type = Literal["stepfun", "beta"]
Alternative = Literal["greater", "less"]

CAVEAT = Caveat(
    "what mean and heterogeneity go with the data if the chance of being seen depends on the p-value in the stated "
    "form",
    "that selection happened in that form, or at all; with few studies per interval the weights are hardly "
    "estimable, and "
    "the likelihood ratio test has little power",
)


class Parameter(NamedTuple):
    """A selection parameter: a relative chance of being seen (step), or a shape (beta); Wald interval on its log
    scale.
    """

    name: str
    value: float
    se: float | None
    lower: float | None
    upper: float | None


class SelectionModel(NamedTuple):
    """A fitted selection model beside the same model without selection (``unadjusted_*``, ML)."""

    type: Type
    alternative: Alternative
    steps: tuple[float, ...]
    counts: tuple[int, ...]
    k: int
    mean: float
    se: float
    lower: float
    upper: float
    p: float
    tau2: float
    tau2_se: float | None
    parameters: tuple[Parameter, ...]
    log_likelihood: float
    unadjusted_mean: float
    unadjusted_tau2: float
    unadjusted_log_likelihood: float
    lrt: float
    lrt_df: int
    lrt_p: float
    convergence: Convergence
    level: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def selmodel(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    type: Type,
    steps: Sequence[float] = (),
    alternative: Alternative = "greater",
    level: float = 0.95,
    measure: str | None = None,
    few: Few = "refuse",
    labels: Sequence[str] | None = None,
) -> SelectionModel:
    """Fit a selection model. ``steps`` are the cut-points of one-sided p for ``stepfun`` (1 is added), e.g. (0.025,).

    ``alternative`` is the direction that selection favours. Raises InputError for proportions, too few studies,
    cut-points that are not increasing in (0, 1), an interval of p without studies (its weight cannot be estimated),
    and when no maximum exists (a weight runs to 0 or infinity).
    """
    check_choice("type", type, get_args(Type))
    check_choice("alternative", alternative, get_args(Alternative))
    level, effects = check_level(level), check_effects(y, v, labels=labels)
    codes = gate(len(effects.y), measure=measure, few=few, minimum=3)
    flip = 1.0 if alternative == "greater" else -1.0
    # Fitted in units of the median standard error, so that steps and tolerances mean the same on every scale.
    unit = math.sqrt(float(np.median(effects.v)))
    data = Data(flip * effects.y / unit, effects.v / unit**2)
    cuts = _steps(type, steps)
    model: Selection = Steps(data, cuts) if type == "stepfun" else Beta(data)
    counts = model.counts if isinstance(model, Steps) else ()
    empty = [f"({low:g}, {high:g}]" for low, high, n in zip((0.0, *cuts), cuts, counts, strict=False) if not n]
    if empty:
        raise InputError(
            [f"no study has a p-value in {', '.join(empty)}, so its weight cannot be estimated; merge steps"]
        )
    plain = estimate_tau2(data.y, data.v, None, method="ML")
    start = line(data.y, data.v, None, plain.value)
    top = search(model, start.intercept, plain.value)
    found, covariance = top.at, top.covariance
    reach = float(norm.isf((1 - level) / 2))
    mean, se = flip * unit * found[0], unit * math.sqrt(covariance[0, 0])
    base = -len(data.y) * math.log(unit)
    lrt = max(0.0, 2 * (top.value - (plain.log_likelihood or 0.0)))
    parameters = tuple(
        _parameter(name, found[2 + place], covariance[2 + place, 2 + place], reach)
        for place, name in enumerate(model.names)
    )
    codes += () if top.convergence.converged else ("SELECTION_MODEL_NOT_CONVERGED",)
    codes += () if top.tau2_free else ("TAU2_ZERO",)
    return SelectionModel(
        type, alternative, cuts, counts, len(data.y), mean, se, mean - reach * se, mean + reach * se,
        float(2 * norm.sf(abs(mean / se))), unit**2 * found[1],
        unit**2 * math.sqrt(covariance[1, 1]) if top.tau2_free else None, parameters, top.value + base,
        flip * unit * start.intercept, unit**2 * plain.value, (plain.log_likelihood or 0.0) + base,
        lrt, len(model.names), float(chi2.sf(lrt, len(model.names))), top.convergence, level,
        CAVEAT.shows, CAVEAT.cannot_show, codes,
    )  # fmt: skip


def _steps(type: Type, steps: Sequence[float]) -> tuple[float, ...]:
    if type == "beta":
        if steps:
            raise InputError(["steps belong to type 'stepfun'"])
        return ()
    cuts = tuple(float(s) for s in steps if s != 1.0)
    inside = all(0 < s < 1 for s in cuts) and all(a < b for a, b in pairwise(cuts))
    if not cuts or not inside:
        raise InputError([f"steps = {tuple(steps)!r} must be increasing p-values in (0, 1), at least one"])
    return (*cuts, 1.0)


def _parameter(name: str, log: float, variance: float, reach: float) -> Parameter:
    value, se = math.exp(log), math.sqrt(variance)
    return Parameter(name, value, value * se, math.exp(log - reach * se), math.exp(log + reach * se))
