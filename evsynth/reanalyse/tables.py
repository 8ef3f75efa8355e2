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

from evsynth.reanalyse.distributions import chi_square_tail

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
    expected = _expected(kept)
    total = sum(map(sum, kept))
    pairs = [(o, e) for row, line in zip(kept, expected, strict=True) for o, e in zip(row, line, strict=True)]
    df = (len(kept) - 1) * (len(kept[0]) - 1)
    statistic = sum((o - e) ** 2 / e for o, e in pairs)
    found = {PEARSON: chi_square_tail(statistic, df)}
    if len(kept) == len(kept[0]) == 2:
        (a, b), (c, d) = kept
        margins = (a + b) * (c + d) * (a + c) * (b + d)
        corrected = total * max(0.0, abs(a * d - b * c) - total / 2) ** 2 / margins
        found[YATES] = chi_square_tail(corrected, 1)
        found[FISHER] = fisher(a, b, c, d)
        found[N_MINUS_1] = chi_square_tail(statistic * (total - 1) / total, 1)
    elif len(kept[0]) == 2 and (exact := freeman_halton(kept)) is not None:
        found[FISHER] = exact
    ratio = 2 * sum(o * math.log(o / e) for o, e in pairs if o)
    found[LIKELIHOOD] = chi_square_tail(max(ratio, 0.0), df)
    return found


def fisher(a: int, b: int, c: int, d: int) -> float:
    """Give the exact two-sided P of a 2 x 2 table: the tables at most as probable as the observed one.

    Weights of tables follow from one another as fractions of the observed one, so that nothing overflows; a table
    counts as equally probable within one part in 10^7, as programs do.
    """
    ties, mass, extreme = 1 + 1e-7, 1.0, 1.0
    for step in (1, -1):
        w, x, y, z, v = 1.0, a, b, c, d
        while min(y, z) > 0 if step > 0 else min(x, v) > 0:
            if step > 0:
                w *= y * z / ((x + 1) * (v + 1))
            else:
                w *= x * v / ((y + 1) * (z + 1))
            x, y, z, v = x + step, y - step, z - step, v + step
            mass += w
            if w <= ties:
                extreme += w
            if w < 1e-18 * mass:
                break
    return min(1.0, extreme / mass)


def smallest_expected(table: Sequence[Sequence[int]]) -> float:
    """Give the smallest expected count, by which papers choose between chi-square and Fisher."""
    return min(min(row) for row in _expected(_with_patients(table)))


def _expected(table: Table) -> list[list[float]]:
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(columns)
    return [[sum(row) * column / total for column in columns] for row in table]


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
