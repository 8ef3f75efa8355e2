"""Begg & Mazumdar's rank correlation test of funnel asymmetry, with Kendall's tau-b, exact or by the normal limit.

Estimates are standardised, ``(y - m)/sqrt(v - 1/sum(1/v))`` with the common-effect mean m, and ranked against v.
Begg & Mazumdar 1994, doi 10.2307/2533446; Kendall 1938, doi 10.1093/biomet/30.1-2.81. Exact p: the distribution of the
number of concordant pairs over all orders, two-sided by doubling the smaller tail. With ties there is no exact
distribution: the tie-corrected normal limit is used, without continuity correction, and said.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from evsynth.pooling.guard import FloatArray, InputError, check_effects
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.weighting import weighted_mean

CAVEAT = Caveat(
    "whether estimates and their variances rise or fall together in rank",
    "asymmetry that is not monotone, or small: the power is low even with 25 studies (Begg & Mazumdar 1994); "
    "nor why there is asymmetry",
)
TIES = "TIES_NORMAL_APPROXIMATION"


class Kendall(NamedTuple):
    """Concordant minus discordant pairs ``s`` with its standard deviation ``se``, tau-b, and whether there are ties."""

    s: float
    se: float
    tau: float
    ties: bool


class RankTest(NamedTuple):
    """A rank correlation test; ``exact`` says which distribution gave ``p``; ``z`` is s/se, without correction."""

    k: int
    tau: float
    s: float
    se: float
    z: float
    p: float
    exact: bool
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def ranktest(
    y: npt.ArrayLike, v: npt.ArrayLike, *, exact: bool = True, measure: str | None = None, few: Few = "refuse"
) -> RankTest:
    """Return Begg & Mazumdar's test. Raises InputError for proportions, too few studies, or when one ranking is all
    ties.
    """
    effects = check_effects(y, v)
    codes = gate(len(effects.y), measure=measure, few=few, minimum=2)
    fit = weighted_mean(effects.y, effects.v, 0.0)
    standardised = (effects.y - fit.mean) / np.sqrt(effects.v - fit.se**2)
    if float(np.ptp(effects.y)) == 0:
        raise InputError([f"every estimate is {float(effects.y[0])!r}, so they cannot be ranked"])
    return rank_correlation(standardised, effects.v, exact=exact, caveat=CAVEAT, codes=codes)


def rank_correlation(x: FloatArray, y: FloatArray, *, exact: bool, caveat: Caveat, codes: tuple[str, ...]) -> RankTest:
    """Return Kendall's test of association between two rankings, with the words and codes of the caller."""
    found, k = kendall(x, y), len(x)
    if exact and not found.ties:
        p = exact_p(round((found.s + k * (k - 1) / 2) / 2), k)
    else:
        p = float(min(1.0, 2 * norm.sf(abs(found.s / found.se))))
        codes += (TIES,) if exact else ()
    used = exact and not found.ties
    z = found.s / found.se
    return RankTest(k, found.tau, found.s, found.se, z, p, used, caveat.shows, caveat.cannot_show, codes)


def kendall(x: FloatArray, y: FloatArray) -> Kendall:
    """Return Kendall's S, its tie-corrected standard deviation, and tau-b. Raises InputError when a ranking is
    constant.
    """
    n = len(x)
    s = float((np.sign(x[:, None] - x) * np.sign(y[:, None] - y)).sum()) / 2
    t, u = (np.unique(values, return_counts=True)[1].astype(np.float64) for values in (x, y))
    pairs = n * (n - 1)
    two_x, two_y = float((t * (t - 1)).sum()), float((u * (u - 1)).sum())
    if pairs in (two_x, two_y):
        raise InputError(["all values of one ranking are equal, so there is no rank correlation"])
    variance = (
        n * (n - 1) * (2 * n + 5) - float((t * (t - 1) * (2 * t + 5)).sum()) - float((u * (u - 1) * (2 * u + 5)).sum())
    ) / 18
    variance += two_x * two_y / (2 * pairs)
    if n > 2:
        three = float((t * (t - 1) * (t - 2)).sum()) * float((u * (u - 1) * (u - 2)).sum())
        variance += three / (9 * pairs * (n - 2))
    tau = 2 * s / math.sqrt((pairs - two_x) * (pairs - two_y))
    return Kendall(s, math.sqrt(variance), tau, two_x + two_y > 0)


def exact_p(concordant: int, n: int) -> float:
    """Return the two-sided p of a number of concordant pairs among all orders of n, doubling the smaller tail."""
    # By symmetry the smaller tail is at most half way: P(T <= m) with m the nearer end. Recursion over n: the share of
    # orders with t concordant pairs is the mean of the n shares with t, t-1, ..., t-n+1 among n-1.
    most = n * (n - 1) // 2
    m = min(concordant, most - concordant)
    shares = np.zeros(m + 1)
    shares[0] = 1.0
    for size in range(2, n + 1):
        total = np.cumsum(shares)
        total[size:] = total[size:] - total[:-size]
        shares = total / size
    return float(min(1.0, 2 * math.fsum(shares)))
