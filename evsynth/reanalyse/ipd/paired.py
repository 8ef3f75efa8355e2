"""Before and after: Wilcoxon signed-rank test, r = Z/sqrt(N), and a bootstrap interval of the median change.

    W = sum of ranks of |d| where d > 0, zeros left out, ties by mean ranks
    Z = (W - n(n+1)/4)/sqrt(n(n+1)(2n+1)/24 - sum(t^3 - t)/48),   n = changes that are not zero
    r = |Z|/sqrt(N),   N = pairs

Wilcoxon 1945; tie correction Lehmann 1975; no continuity correction, as SPSS prints it. `p_exact` is given without ties
and zeros up to 50 pairs. The interval is the percentile bootstrap of patients (Efron & Tibshirani 1993), seeded.
Refuses (ValueError) data in which no change differs from zero.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata, shapiro, wilcoxon

Floats = NDArray[np.float64]

EXACT_PAIRS = 50


class SignedRank(NamedTuple):
    """The test: pairs used, changes not zero, W+, Z (negative where values fell), P, exact P where it exists, r."""

    pairs: int
    changed: int
    w: float
    z: float
    p: float
    p_exact: float | None
    r: float


class MedianChange(NamedTuple):
    """Median of the changes with its bootstrap interval, and how it was made."""

    median: float
    lower: float
    upper: float
    replicates: int
    seed: int


class Normality(NamedTuple):
    """Shapiro-Wilk W and P; the gate between means and medians at 0.05."""

    w: float
    p: float
    normal: bool


def complete(*columns: Floats) -> tuple[Floats, ...]:
    """Keep the patients that have every value."""
    present = np.all([np.isfinite(c) for c in columns], axis=0)
    return tuple(c[present] for c in columns)


def signed_rank(before: Floats, after: Floats) -> SignedRank:
    """Test the changes of complete pairs."""
    first, last = complete(before, after)
    changes = last - first
    moved = changes[changes != 0]
    n = len(moved)
    if n == 0:
        raise ValueError(f"none of the {len(changes)} changes differs from zero; the signed-rank test has no data")
    ranks = rankdata(np.abs(moved))
    w = float(ranks[moved > 0].sum())
    _, sizes = np.unique(ranks, return_counts=True)
    variance = n * (n + 1) * (2 * n + 1) / 24 - float((sizes.astype(float) ** 3 - sizes).sum()) / 48
    z = (w - n * (n + 1) / 4) / math.sqrt(variance)
    untied = n == len(changes) and bool((sizes == 1).all()) and n <= EXACT_PAIRS
    exact = float(wilcoxon(moved, method="exact").pvalue) if untied else None
    return SignedRank(len(changes), n, w, z, 2 * float(norm.sf(abs(z))), exact, abs(z) / math.sqrt(len(changes)))


def median_change(
    before: Floats, after: Floats, *, seed: int, replicates: int = 10_000, level: float = 0.95
) -> MedianChange:
    """Give the median of the changes and its percentile bootstrap interval."""
    first, last = complete(before, after)
    changes = last - first
    if len(changes) < 2:
        raise ValueError(f"a bootstrap needs at least two pairs, not {len(changes)!r}")
    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, len(changes), size=(replicates, len(changes)))
    medians = np.median(changes[drawn], axis=1)
    tail = (1 - level) / 2
    lower, upper = np.quantile(medians, [tail, 1 - tail])
    return MedianChange(float(np.median(changes)), float(lower), float(upper), replicates, seed)


def normality(values: Floats) -> Normality:
    """Give the Shapiro-Wilk test; refuses fewer than three values and values that are all the same."""
    (present,) = complete(values)
    if len(present) < 3 or np.ptp(present) == 0:
        raise ValueError("Shapiro-Wilk needs at least three values that differ")
    result = shapiro(present)
    return Normality(float(result.statistic), float(result.pvalue), float(result.pvalue) >= 0.05)


def bonferroni(p_values: tuple[float, ...]) -> tuple[float, ...]:
    """Give P values multiplied by their number, at most 1.

    >>> bonferroni((0.01, 0.4, 0.2))
    (0.03, 1.0, 0.6000000000000001)
    """
    return tuple(min(1.0, p * len(p_values)) for p in p_values)
