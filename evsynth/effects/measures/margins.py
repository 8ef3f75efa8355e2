"""The 2x2 table behind a printed association and its margins: odds ratio, phi or chi-square with N, n1 and x.

With first-row total ``n1``, first-column total ``x`` and ``N`` patients the table has one unknown, ``a``:

    odds ratio   the root in range of (1 - OR) a^2 + (N - n1 - x + OR (n1 + x)) a - OR n1 x = 0
    phi          a = (n1 x + phi sqrt(n1 (N - n1) x (N - x)))/N
    chi-square   phi = sqrt(chi2/N); Yates-corrected: |a - n1 x/N| N - N/2 in place of it; positive unless told

Bonett 2007, doi 10.1037/0003-066X.62.3.254. ``a`` is rounded to a whole number; the table's own statistic is
given back beside the printed one, so that a reconstruction that does not fit is seen.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.effects.measures.columns import FloatArray, demand, demand_at_most, demand_counts, read_columns
from evsynth.effects.measures.effect import MeasureError

Statistic = Literal["ori", "ri", "x2i"]


class Tables(NamedTuple):
    """The cells, what ``a`` was before rounding, and the statistic that the rounded table has."""

    ai: FloatArray
    bi: FloatArray
    ci: FloatArray
    di: FloatArray
    before_rounding: FloatArray
    statistic: FloatArray


def reconstruct_tables(
    statistic: Statistic,
    value: npt.ArrayLike,
    ni: npt.ArrayLike,
    n1i: npt.ArrayLike,
    n2i: npt.ArrayLike,
    *,
    yates: bool = True,
) -> Tables:
    """Return the tables. ``n1i`` is the first row total, ``n2i`` the first *column* total, ``ni`` everybody.

    ``yates`` says that chi-squares are continuity-corrected; their sign is that of ``value`` (a negative one
    stands for a negative association). Raises MeasureError for impossible margins, and where no table fits.
    """
    if statistic not in ("ori", "ri", "x2i"):
        raise MeasureError(f"statistic {statistic!r} is not known; choose 'ori', 'ri' or 'x2i'")
    data = read_columns({"value": value, "ni": ni, "n1i": n1i, "n2i": n2i}, ("value", "ni", "n1i", "n2i"))
    demand_counts(data, ("ni", "n1i", "n2i"), least=1)
    demand_at_most(data, "n1i", "ni")
    demand_at_most(data, "n2i", "ni")
    v, n, row, column = data["value"], data["ni"], data["n1i"], data["n2i"]
    if statistic == "ori":
        demand({"ori": v}, lambda odds: odds > 0, "must be > 0")
    if statistic == "ri":
        demand({"ri": v}, lambda r: np.abs(r) <= 1, "must lie in [-1, 1]")
    root = np.sqrt(row * (n - row) * column * (n - column))
    if statistic == "ori":
        a = _from_odds(v, n, row, column)
    elif statistic == "ri":
        a = (row * column + v * root) / n
    else:
        away = np.sqrt(np.abs(v) / n) * root + (n / 2 if yates else 0.0)
        a = (row * column + np.sign(v) * away) / n
    cell = np.round(a)
    fits = (cell >= np.maximum(0, row + column - n)) & (cell <= np.minimum(row, column))
    demand({"value": np.where(fits, v, np.nan)}, np.isfinite, "fits no table with these margins")
    b, c, d = row - cell, column - cell, n - row - column + cell
    return Tables(cell, b, c, d, a, _again(statistic, cell, b, c, d, yates=yates))


def _from_odds(odds: FloatArray, n: FloatArray, row: FloatArray, column: FloatArray) -> FloatArray:
    # The stable root: 2 OR n1 x / (B + sqrt(B^2 + 4 OR (1 - OR) n1 x)) with B the linear coefficient.
    linear = n - row - column + odds * (row + column)
    product = odds * row * column
    return np.asarray(2 * product / (linear + np.sqrt(linear**2 + 4 * (1 - odds) * product)))


def _again(statistic: str, a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray, *, yates: bool) -> FloatArray:
    n, cross = a + b + c + d, a * d - b * c
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        if statistic == "ori":
            found = np.where(b * c > 0, a * d / (b * c), np.inf)
        elif statistic == "ri":
            found = cross / np.sqrt(margins)
        else:
            less = n / 2 if yates else 0.0
            found = np.sign(cross) * n * np.maximum(np.abs(cross) - less, 0) ** 2 / margins
    return np.asarray(found)
