"""Trim and fill: how many studies would make the funnel symmetric, and what the pool would be with them.

The k0 most extreme studies on one side are trimmed, the mean is refitted, and k0 re-estimated from the ranks of the
distances from that mean, until it no longer changes; then mirror images of the trimmed studies are added. With T the
sum of the ranks of |distance| on the studied side and r the number of studies beyond every distance on the other side:

    L0 = (4 T - k(k+1)) / (2k - 1),    Q0 = k - 1/2 - sqrt(2k^2 - 4T + 1/4),    R0 = r - 1

Duval & Tweedie 2000, doi 10.1111/j.0006-341X.2000.00455.x and doi 10.1080/01621459.2000.10473905. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, norm

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects, check_level
from evsynth.pooling.heterogeneity import inconsistency
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.small_study.regression import Method, estimate_tau2, line

Estimator = Literal["L0", "R0", "Q0"]
Side = Literal["left", "right"]

ROUNDS = 100
CAVEAT = Caveat(
    "how far the pooled estimate would move if asymmetry came from the suppression of the most extreme studies on "
    "one side",
    "the estimate without bias: it assumes that cause, it often adds studies where heterogeneity alone made the "
    "asymmetry, "
    "and the added studies are invented; never a headline",
)


class TrimAndFill(NamedTuple):
    """Missing studies ``k0`` on one ``side``, and the pool of the ``k`` studies with them.

    ``k0_se`` is None where its formula fails (few studies). ``p_k0`` tests "no study is missing on that side"; only R0
    has it. ``filled_y`` and ``filled_v`` are the mirror images.
    """

    estimator: Estimator
    method: Method
    side: Side
    side_from: str
    k0: int
    k0_se: float | None
    p_k0: float | None
    k: int
    mean: float
    se: float
    statistic: float
    p: float
    lower: float
    upper: float
    level: float
    tau2: float
    i2_from_tau2: float
    i2_from_q: float | None
    q: float
    q_p: float
    filled_y: tuple[float, ...]
    filled_v: tuple[float, ...]
    rounds: int
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def trimfill(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    method: Method,
    estimator: Estimator,
    side: Side | None = None,
    level: float = 0.95,
    measure: str | None = None,
    few: Few = "refuse",
    labels: Sequence[str] | None = None,
) -> TrimAndFill:
    """Trim and fill. ``side=None`` takes the side from the slope of the regression on the standard error (``method``).

    The interval is Wald's. Raises InputError for proportions, too few studies, equal estimates, equal variances when
    the side is to be found, or when the iteration has no solution (Q0 needs 4T <= 2k^2 + 1/4) or does not settle.
    """
    check_choice("method", method, get_args(Method))
    check_choice("estimator", estimator, get_args(Estimator))
    level, effects = check_level(level), check_effects(y, v, labels=labels)
    codes = gate(len(effects.y), measure=measure, few=few)
    if float(np.ptp(effects.y)) == 0:
        raise InputError([f"every estimate is {float(effects.y[0])!r}, so there is nothing to trim"])
    origin = "given"
    if side is None:
        origin = f"slope of the regression on the standard error ({method})"
        x = np.sqrt(effects.v)
        tau2 = estimate_tau2(effects.y, effects.v, x, method=method).value
        side = "right" if line(effects.y, effects.v, x, tau2).slope < 0 else "left"
    check_choice("side", side, get_args(Side))
    flip = -1.0 if side == "right" else 1.0
    order = np.argsort(flip * effects.y, kind="stable")
    ordered, variances = flip * effects.y[order], effects.v[order]
    k0, se, centre, rounds = _iterate(ordered, variances, method, estimator)
    k = len(ordered)
    filled = flip * (2 * centre - ordered[k - k0 :])
    all_y, all_v = np.concatenate((effects.y, filled)), np.concatenate((effects.v, variances[k - k0 :]))
    fitted = estimate_tau2(all_y, all_v, None, method=method)
    fit = line(all_y, all_v, None, fitted.value)
    spread = math.sqrt(fit.intercept_variance)
    reach = float(norm.isf((1 - level) / 2)) * spread
    q = line(all_y, all_v, None, 0.0).rss
    inconsistent = inconsistency(all_y, all_v, tau2=fitted.value)
    return TrimAndFill(
        estimator, method, side, origin, k0, se, 0.5 ** (k0 + 1) if estimator == "R0" else None,
        len(all_y), fit.intercept, spread, fit.intercept / spread, float(2 * norm.sf(abs(fit.intercept / spread))),
        fit.intercept - reach, fit.intercept + reach, level, fitted.value,
        inconsistent.i2_from_tau2, inconsistent.i2_from_q, q, float(chi2.sf(q, len(all_y) - 1)),
        tuple(map(float, filled)), tuple(map(float, variances[k - k0 :])), rounds,
        CAVEAT.shows, CAVEAT.cannot_show, codes if fitted.certified else (*codes, "TAU2_NOT_CERTIFIED"),
    )  # fmt: skip


def _iterate(
    y: FloatArray, v: FloatArray, method: Method, estimator: Estimator
) -> tuple[int, float | None, float, int]:
    k0, k = 0, len(y)
    for rounds in range(1, ROUNDS + 1):
        if k - k0 < 2:
            raise InputError([f"{estimator} trims {k0} of {k} studies, so no mean can be fitted to the rest"])
        tau2 = estimate_tau2(y[: k - k0], v[: k - k0], None, method=method).value
        centre = line(y[: k - k0], v[: k - k0], None, tau2).intercept
        distance = y - centre
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(distance), kind="stable")] = np.arange(1, k + 1)
        before, (k0, se) = k0, _missing(distance, ranks, k, estimator)
        if k0 == before:
            return k0, se, centre, rounds
    raise InputError([f"trim and fill with {estimator} did not settle in {ROUNDS} rounds"])


def _missing(distance: FloatArray, ranks: FloatArray, k: int, estimator: Estimator) -> tuple[int, float | None]:
    if estimator == "R0":
        below = ranks[distance < 0]
        run = k - int(below.max()) if len(below) else k
        found = float(run - 1)
        return max(0, round(found)), math.sqrt(2 * max(0.0, found) + 2)
    t = float(ranks[distance > 0].sum())
    if estimator == "L0":
        found = (4 * t - k * (k + 1)) / (2 * k - 1)
        return max(0, round(found)), _error(4, _variance_of_t(found, k), (2 * k - 1) ** 2)
    inner = 2 * k * k - 4 * t + 0.25
    if inner < 0:
        raise InputError([f"Q0 has no solution: the rank sum {t:g} exceeds (2k^2 + 1/4)/4 with k = {k}"])
    found = k - 0.5 - math.sqrt(inner)
    width = (k - 0.5) ** 2 - found * (2 * k - found - 1)
    return max(0, round(found)), _error(2, _variance_of_t(found, k), width)


def _error(factor: float, variance: float, width: float) -> float | None:
    # The variance of T is an approximation that can come out negative with few studies: no standard error then.
    return factor * math.sqrt(variance / width) if variance >= 0 and width > 0 else None


def _variance_of_t(k0: float, k: int) -> float:
    return (
        k * (k + 1) * (2 * k + 1) + 10 * k0**3 + 27 * k0**2 + 17 * k0 - 18 * k * k0**2 - 18 * k * k0 + 6 * k * k * k0
    ) / 24
