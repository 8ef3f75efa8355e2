"""Two groups: Mann-Whitney U with all ties, and chi-square or Fisher's exact test by the expected counts.

    U = R1 - n1(n1+1)/2,  Z without continuity correction, tie-corrected (as SPSS prints it)
    categorical: Fisher's exact test where an expected count is below 5, Pearson's chi-square otherwise

Mann & Whitney 1947; Fisher 1934; Cochran 1954. Refuses (ValueError) empty groups and values that are all the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu, norm, rankdata

from evsynth.reanalyse.tables import FISHER, PEARSON, smallest_expected, table_tests

EXACT = 1000


class RankTest(NamedTuple):
    """U of the first group, the smaller U, Z, P without and with continuity correction, exact P without ties."""

    n1: int
    n2: int
    u: float
    smaller_u: float
    z: float
    p: float
    p_corrected: float
    p_exact: float | None


class TableTest(NamedTuple):
    """The test chosen by the smallest expected count, its P, and every other test beside it."""

    test: str
    p: float
    smallest_expected: float
    tried: dict[str, float]


def rank_test(one: NDArray[np.float64], two: NDArray[np.float64]) -> RankTest:
    """Compare two groups by ranks."""
    first, second = one[np.isfinite(one)], two[np.isfinite(two)]
    n1, n2 = len(first), len(second)
    if not n1 or not n2:
        raise ValueError(f"both groups need patients, not {n1!r} and {n2!r}")
    ranks = rankdata(np.concatenate([first, second]))
    total = n1 + n2
    _, sizes = np.unique(ranks, return_counts=True)
    ties = float((sizes.astype(float) ** 3 - sizes).sum()) / (total * (total - 1))
    variance = n1 * n2 / 12 * (total + 1 - ties)
    if variance <= 0:
        raise ValueError("all values are the same; ranks do not differ")
    u = float(ranks[:n1].sum()) - n1 * (n1 + 1) / 2
    gap = u - n1 * n2 / 2
    z = gap / math.sqrt(variance)
    corrected = max(0.0, abs(gap) - 0.5) / math.sqrt(variance)
    untied = bool((sizes == 1).all()) and n1 * n2 <= EXACT
    exact = float(mannwhitneyu(first, second, method="exact").pvalue) if untied else None
    p, p_corrected = (2 * float(norm.sf(x)) for x in (abs(z), corrected))
    return RankTest(n1, n2, u, min(u, n1 * n2 - u), z, p, min(1.0, p_corrected), exact)


def table_test(table: Sequence[Sequence[int]]) -> TableTest:
    """Compare groups (columns) by a table of counts."""
    tried = table_tests(table)
    if not tried:
        raise ValueError(f"a table needs two rows and two columns with patients: {table!r}")
    least = smallest_expected(table)
    name = FISHER if least < 5 and FISHER in tried else PEARSON
    return TableTest(name, tried[name], least, tried)


def counts(group_first: NDArray[np.bool_], values: Sequence[object]) -> list[tuple[int, int]]:
    """Count each level in the first and the second group, in the order of its text."""
    present = [(bool(g), str(v)) for g, v in zip(group_first, values, strict=True) if not _absent(v)]
    levels = sorted({v for _, v in present})
    return [(sum(g and v == x for g, v in present), sum(not g and v == x for g, v in present)) for x in levels]


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or value == ""
