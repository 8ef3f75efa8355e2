"""P values of a table of counts by the usual tests: Pearson's chi-square, Yates' correction, Fisher's exact test.

    chi2 = sum (O - E)^2 / E                            Pearson 1900
    chi2 = N (max(0, |ad - bc| - N/2))^2 / margins      Yates 1934, 2 x 2 only
    p    = sum of P(table) <= P(observed)               Fisher 1934; Freeman & Halton 1951 for r x c
    G    = 2 sum O ln(O/E)                              likelihood ratio (shown by SPSS beside the others)
    (N - 1)/N chi2                                      'N - 1' or linear-by-linear, 2 x 2 only

Rows and columns without patients are left out, as programs do. Refuses (no tests) where fewer than two rows or columns
are left, and leaves the exact test of a large r x c table out rather than sampling it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.stats import chi2 as chi_square
from scipy.stats import fisher_exact

Table = tuple[tuple[int, ...], ...]

PEARSON = "Pearson chi-square"
YATES = "chi-square with Yates correction"
FISHER = "Fisher exact test, two-sided"
LIKELIHOOD = "likelihood-ratio chi-square"
N_MINUS_1 = "N-1 chi-square"

TABLES = 200_000
"""Largest number of tables an exact r x c test enumerates."""


def table_tests(table: Sequence[Sequence[int]]) -> dict[str, float]:
    """Give the P value of every test that applies to a table of counts (groups in columns).

    >>> {name: round(p, 3) for name, p in table_tests([(8, 4), (20, 11)]).items() if name == PEARSON}
    {'Pearson chi-square': 0.894}
    """
    kept = _with_patients(table)
    if len(kept) < 2 or len(kept[0]) < 2:
        return {}
    observed = np.array(kept, dtype=float)
    total = float(observed.sum())
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / total
    df = (observed.shape[0] - 1) * (observed.shape[1] - 1)
    statistic = float(((observed - expected) ** 2 / expected).sum())
    found = {PEARSON: float(chi_square.sf(statistic, df))}
    if observed.shape == (2, 2):
        determinant = abs(observed[0, 0] * observed[1, 1] - observed[0, 1] * observed[1, 0])
        margins = float(np.prod(observed.sum(axis=0)) * np.prod(observed.sum(axis=1)))
        corrected = total * max(0.0, float(determinant) - total / 2) ** 2 / margins
        found[YATES] = float(chi_square.sf(corrected, 1))
        found[FISHER] = min(1.0, float(fisher_exact(np.array(kept))[1]))
        found[N_MINUS_1] = float(chi_square.sf(statistic * (total - 1) / total, 1))
    elif observed.shape[1] == 2 and (exact := freeman_halton(kept)) is not None:
        found[FISHER] = exact
    positive = observed > 0
    ratio = 2 * float((observed[positive] * np.log(observed[positive] / expected[positive])).sum())
    found[LIKELIHOOD] = float(chi_square.sf(max(ratio, 0.0), df))
    return found


def smallest_expected(table: Sequence[Sequence[int]]) -> float:
    """Give the smallest expected count, by which papers choose between chi-square and Fisher."""
    observed = np.array(_with_patients(table), dtype=float)
    return float((np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()).min())


def freeman_halton(table: Table) -> float | None:
    """Give the exact two-sided P of a table with two columns, or None where it has too many possible tables."""
    rows = [sum(row) for row in table]
    first = sum(row[0] for row in table)
    if math.prod(n + 1 for n in rows[:-1]) > TABLES:
        return None
    denominator = math.comb(sum(rows), first)
    observed = math.prod(math.comb(n, row[0]) for n, row in zip(rows, table, strict=True))
    # Integers are exact: a table as probable as the observed one always counts.
    extreme = sum(weight for weight in _weights(rows, first) if weight <= observed)
    return extreme / denominator


def _weights(rows: Sequence[int], left: int) -> Iterator[int]:
    if len(rows) == 1:
        if 0 <= left <= rows[0]:
            yield math.comb(rows[0], left)
        return
    for here in range(max(0, left - sum(rows[1:])), min(rows[0], left) + 1):
        ways = math.comb(rows[0], here)
        for rest in _weights(rows[1:], left - here):
            yield ways * rest


def _with_patients(table: Sequence[Sequence[int]]) -> Table:
    if any(cell < 0 for row in table for cell in row):
        raise ValueError(f"a count cannot be negative: {table!r}")
    rows = [tuple(int(cell) for cell in row) for row in table if sum(row) > 0]
    columns = [j for j in range(len(rows[0])) if sum(row[j] for row in rows) > 0] if rows else []
    return tuple(tuple(row[j] for j in columns) for row in rows)
