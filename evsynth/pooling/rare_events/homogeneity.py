"""Tests over 2x2 tables: Cochran-Mantel-Haenszel for association, Breslow-Day and Tarone for homogeneity.

    CMH           (|sum(a - E)| - c)^2 / sum V,  c = 1/2 or 0,  V hypergeometric       Mantel & Haenszel 1959
    Breslow-Day   sum (a - A)^2 / W, A the count expected under the pooled odds ratio  Breslow & Day 1980
    Tarone        Breslow-Day less (sum(a - A))^2 / sum W                              doi 10.1093/biomet/72.1.91

``1/W = 1/A + 1/B + 1/C + 1/D``. Tables with an empty margin carry nothing and are not counted.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.stats import chi2

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.tables import TwoArms


class Test(NamedTuple):
    """A chi-square test."""

    statistic: float
    df: int
    p: float


def association(tables: TwoArms, *, continuity: bool) -> Test | None:
    """Return the CMH test with 1 df (the person-time analogue for rates); None when no table can vary."""
    x, n = tables.x1 + tables.x2, tables.n1 + tables.n2
    expected = x * tables.n1 / n
    if tables.rates:
        variance = x * (tables.n1 / n) * (tables.n2 / n)
    else:
        variance = np.where(n > 1, x * (n - x) * (tables.n1 / n) * (tables.n2 / n) / np.maximum(n - 1, 1), 0.0)
    total = math.fsum(variance)
    if total <= 0:
        return None
    away = abs(math.fsum(tables.x1 - expected)) - (0.5 if continuity else 0.0)
    statistic = away * away / total  # as in metafor: not cut at 0 when the correction exceeds the difference
    return Test(statistic, 1, float(chi2.sf(statistic, 1)))


def homogeneity(tables: TwoArms, odds_ratio: float) -> tuple[Test, Test] | None:
    """Return the Breslow-Day and Tarone tests; None with fewer than two tables that can vary."""
    x, n = tables.x1 + tables.x2, tables.n1 + tables.n2
    able = (x > 0) & (x < n)
    if able.sum() < 2:
        return None
    x1, n1, n2, x = tables.x1[able], tables.n1[able], tables.n2[able], x[able]
    expected = expected_count(n1, n2, x, odds_ratio)
    inverse = 1 / expected + 1 / (n1 - expected) + 1 / (x - expected) + 1 / (n2 - x + expected)
    away = x1 - expected
    breslow = math.fsum(away * away * inverse)
    tarone = breslow - math.fsum(away) ** 2 / math.fsum(1 / inverse)
    df = int(able.sum()) - 1
    return Test(breslow, df, float(chi2.sf(breslow, df))), Test(tarone, df, float(chi2.sf(tarone, df)))


def expected_count(n1: FloatArray, n2: FloatArray, x: FloatArray, odds_ratio: float | FloatArray) -> FloatArray:
    """Return the events expected in arm 1 given the margins and an odds ratio > 0 (the root within the margins).

    ``(1 - OR) A^2 + L A - OR n1 x = 0`` with ``L = OR (n1 + x) + n2 - x``, by the form that does not cancel.
    """
    linear = odds_ratio * (n1 + x) + n2 - x
    product = odds_ratio * n1 * x
    root = np.sqrt(np.maximum(linear**2 + 4 * (1 - odds_ratio) * product, 0.0))
    negative = linear < 0  # then OR < 1
    below = np.where(negative, 1.0, linear + root)
    return np.asarray(
        np.where(negative, (root - linear) / np.where(negative, 2 * (1 - odds_ratio), 1.0), 2 * product / below)
    )
