"""Limit meta-analysis: the pooled effect if every study were infinitely large.

``y_i = b + sqrt(v_i + tau2) (a + e_i)`` with e standard normal: a is the small-study effect. Given tau2 this is a
weighted line on ``sqrt(v + tau2)``. As v goes to 0 the expected effect goes to ``b + tau a``, the adjusted mean,
with variance ``Var b + tau2 Var a + 2 tau Cov``; study i goes to ``limit_i = m + sqrt(tau2/(v_i + tau2)) (y_i -
m)``, m the adjusted mean. Q (Cochran) splits in the part that Egger's line explains (1 degree of freedom) and the
rest (k - 2). Ruecker, Schwarzer, Carpenter, Binder & Schumacher 2011, doi 10.1093/biostatistics/kxq046. Scale: that
of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, norm

from evsynth.pooling.guard import check_choice, check_effects, check_level
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.small_study.regression import Method, check_varies, estimate_tau2, line

CAVEAT = Caveat(
    "what the pooled effect would be in studies of unlimited size, if size acts along a line in the standard error",
    "that selection caused the difference; with few studies, or studies of similar size, the adjusted mean is very "
    "imprecise, and large heterogeneity is partly taken for a small-study effect",
)


class Limit(NamedTuple):
    """Adjusted mean with interval, small-study effect ``a`` and slope ``b``, limits by study, and the split of Q."""

    method: Method
    k: int
    tau2: float
    unadjusted: float
    mean: float
    se: float
    lower: float
    upper: float
    p: float
    b: float
    a: float
    a_se: float
    a_p: float
    limits: tuple[float, ...]
    q: float
    q_p: float
    q_small: float
    q_small_p: float
    q_rest: float
    q_rest_p: float
    level: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def limitmeta(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    method: Method = "REML",
    level: float = 0.95,
    measure: str | None = None,
    few: Few = "refuse",
    labels: Sequence[str] | None = None,
) -> Limit:
    """Return the limit meta-analysis with tau2 of the usual random-effects model (``method``).

    Raises InputError for proportions, too few studies, or studies of one size.
    """
    check_choice("method", method, get_args(Method))
    level, effects = check_level(level), check_effects(y, v, labels=labels)
    k = len(effects.y)
    codes = gate(k, measure=measure, few=few)
    check_varies(effects.v)
    found = estimate_tau2(effects.y, effects.v, None, method=method)
    tau = math.sqrt(found.value)
    fit = line(effects.y, effects.v, np.sqrt(effects.v + found.value), found.value)
    mean = fit.intercept + tau * fit.slope
    se = math.sqrt(fit.intercept_variance + found.value * fit.slope_variance + 2 * tau * fit.covariance)
    reach, a_se = float(norm.isf((1 - level) / 2)) * se, math.sqrt(fit.slope_variance)
    q = line(effects.y, effects.v, None, 0.0).rss
    rest = line(effects.y, effects.v, np.sqrt(effects.v), 0.0).rss
    limits = mean + np.sqrt(found.value / (effects.v + found.value)) * (effects.y - mean)
    return Limit(
        method, k, found.value, line(effects.y, effects.v, None, found.value).intercept,
        mean, se, mean - reach, mean + reach,
        float(2 * norm.sf(abs(mean / se))), fit.intercept, fit.slope, a_se, float(2 * norm.sf(abs(fit.slope / a_se))),
        tuple(map(float, limits)), q, float(chi2.sf(q, k - 1)),
        max(0.0, q - rest), float(chi2.sf(max(0.0, q - rest), 1)),
        rest, float(chi2.sf(rest, k - 2)), level, *CAVEAT, codes if found.certified else (*codes, "TAU2_NOT_CERTIFIED"),
    )  # fmt: skip
