"""Tests of funnel asymmetry for two-by-two tables, most of them made so that the log odds ratio is not tied to its
error.

Cells a, b (events, none) of n1 and c, d of n2; n = n1 + n2, m1 = a + c, m0 = b + d. Each is a weighted line (see
``regression``), tested by t with k - 2 degrees of freedom, or a rank correlation:

    Harbord   (a - m1 n1/n)/V on 1/sqrt(V), weights V = n1 n2 m1 m0/(n^2 (n - 1))     doi 10.1002/sim.2380
    Peters    log OR on 1/n, weights m1 m0/n                                          doi 10.1001/jama.295.6.676
    Macaskill log OR on n, weights 1/v                                                doi 10.1002/sim.698
    Deeks     log OR on 1/sqrt(ESS), weights ESS = 4 n1 n2/n                          doi 10.1016/j.jclinepi.2005.01.016
    Egger     log OR on its standard error, weights 1/v                               doi 10.1136/bmj.315.7109.629
    Thompson  the same with a residual tau2 (DL), standard error by the model         Thompson & Sharp 1999
    Begg      rank correlation of standardised log OR and v                           doi 10.2307/2533446
    Schwarzer rank correlation of (a - E)/sqrt(Var) and 1/Var, both of the non-central hypergeometric distribution at
    the
              Mantel-Haenszel odds ratio                                              doi 10.1002/sim.2588

Tables without events, or without non-events, say nothing about an odds ratio and are left out with a code. 0.5 is
added to the cells of a table with a zero for log OR and v, and for the Mantel-Haenszel odds ratio, with a code.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln
from scipy.stats import t as student

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_counts
from evsynth.pooling.small_study.egger import CAVEAT as LINE
from evsynth.pooling.small_study.gate import Few, gate
from evsynth.pooling.small_study.rank import CAVEAT as RANK
from evsynth.pooling.small_study.rank import rank_correlation
from evsynth.pooling.small_study.regression import estimate_tau2, line
from evsynth.pooling.weighting import weighted_mean

Method = Literal["Egger", "Begg", "Harbord", "Peters", "Macaskill", "Deeks", "Schwarzer", "Thompson"]

CORRECTED = "ZERO_CELLS_CORRECTED"
LEFT_OUT = "TABLES_WITHOUT_EVENTS_LEFT_OUT"


class TableTest(NamedTuple):
    """A test of asymmetry. ``bias`` is the slope (rank tests: Kendall's S) with its standard error ``se``.

    ``df`` None means the normal distribution. ``left_out`` holds the places (from 1) of tables without events or
    non-events; ``corrected`` those to whose cells 0.5 was added.
    """

    method: Method
    k: int
    bias: float
    se: float
    statistic: float
    df: int | None
    p: float
    tau2: float | None
    left_out: tuple[int, ...]
    corrected: tuple[int, ...]
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


class _Tables(NamedTuple):
    a: FloatArray
    b: FloatArray
    c: FloatArray
    d: FloatArray


def metabias(
    ai: npt.ArrayLike,
    bi: npt.ArrayLike,
    ci: npt.ArrayLike,
    di: npt.ArrayLike,
    *,
    method: Method,
    few: Few = "refuse",
    labels: Sequence[str] | None = None,
) -> TableTest:
    """Test two-by-two tables for funnel asymmetry on the log odds ratio scale.

    Raises InputError for counts that are not whole, too few tables after those without events are left out, or a
    predictor that is the same in every study.
    """
    check_choice("method", method, get_args(Method))
    tables, left_out = _tables(ai, bi, ci, di, labels)
    tied = method in ("Egger", "Begg", "Thompson", "Macaskill")
    codes = gate(len(tables.a), measure="OR", few=few, uses_se=tied)
    zero = (tables.a == 0) | (tables.b == 0) | (tables.c == 0) | (tables.d == 0)
    half = 0.5 * zero
    a, b, c, d = (cells + half for cells in tables)
    uses_correction = method in ("Egger", "Begg", "Thompson", "Macaskill", "Peters", "Deeks", "Schwarzer")
    kept = [place for place in range(1, len(left_out) + 1) if not left_out[place - 1]]
    corrected = tuple(p for p, z in zip(kept, zero, strict=True) if z) if uses_correction else ()
    codes += ((CORRECTED,) if corrected else ()) + ((LEFT_OUT,) if left_out.any() else ())
    y, v = np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    out = tuple(int(place) for place in np.flatnonzero(left_out) + 1)
    if method in ("Begg", "Schwarzer"):
        pair = _begg(y, v) if method == "Begg" else _schwarzer(tables, _mantel_haenszel(_Tables(a, b, c, d)))
        rank = rank_correlation(*pair, exact=False, caveat=RANK, codes=codes)
        return TableTest(method, rank.k, rank.s, rank.se, rank.z, None, rank.p, None, out, corrected, *RANK, rank.codes)
    response, variance, x = _line_inputs(method, tables, y, v)
    tau2 = estimate_tau2(response, variance, x, method="DL").value if method == "Thompson" else None
    fit = line(response, variance, x, tau2 or 0.0)
    k = len(x)
    factor = 1.0 if method == "Thompson" else math.sqrt(fit.rss / (k - 2))
    if factor == 0:
        raise InputError(["the line fits every study exactly, so there is no residual error to test the slope against"])
    se = factor * math.sqrt(fit.slope_variance)
    p = float(min(1.0, 2 * student.sf(abs(fit.slope / se), k - 2)))
    return TableTest(method, k, fit.slope, se, fit.slope / se, k - 2, p, tau2, out, corrected, *LINE, codes)


def _line_inputs(
    method: Method, tables: _Tables, y: FloatArray, v: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    n1, n2, m1, m0 = tables.a + tables.b, tables.c + tables.d, tables.a + tables.c, tables.b + tables.d
    n = n1 + n2
    if method == "Harbord":
        variance = n1 * n2 * m1 * m0 / (n * n * (n - 1))
        return (tables.a - n1 * m1 / n) / variance, 1 / variance, 1 / np.sqrt(variance)
    if method == "Peters":
        return y, n / (m1 * m0), 1 / n
    if method == "Macaskill":
        return y, v, n
    if method == "Deeks":
        size = 4 * n1 * n2 / n
        return y, 1 / size, 1 / np.sqrt(size)
    return y, v, np.sqrt(v)


def _begg(y: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray]:
    fit = weighted_mean(y, v, 0.0)
    return (y - fit.mean) / np.sqrt(v - fit.se**2), v


def _mantel_haenszel(t: _Tables) -> float:
    n = t.a + t.b + t.c + t.d
    return math.fsum(t.a * t.d / n) / math.fsum(t.b * t.c / n)


def _schwarzer(tables: _Tables, ratio: float) -> tuple[FloatArray, FloatArray]:
    moments = [_hypergeometric(int(a), int(b), int(c), int(d), ratio) for a, b, c, d in zip(*tables, strict=True)]
    mean, variance = np.array([m for m, _ in moments]), np.array([s for _, s in moments])
    return (tables.a - mean) / np.sqrt(variance), 1 / variance


def _hypergeometric(a: int, b: int, c: int, d: int, ratio: float) -> tuple[float, float]:
    """Return mean and variance of a given the margins and an odds ratio, summed over the support."""
    n1, n2, m1 = a + b, c + d, a + c
    u = np.arange(max(0, m1 - n2), min(n1, m1) + 1, dtype=np.float64)
    logs = u * math.log(ratio) - (gammaln(u + 1) + gammaln(n1 - u + 1) + gammaln(m1 - u + 1) + gammaln(n2 - m1 + u + 1))
    shares = np.exp(logs - logs.max())
    shares /= math.fsum(shares)
    mean = math.fsum(shares * u)
    return mean, math.fsum(shares * (u - mean) ** 2)


def _tables(
    ai: npt.ArrayLike, bi: npt.ArrayLike, ci: npt.ArrayLike, di: npt.ArrayLike, labels: Sequence[str] | None
) -> tuple[_Tables, npt.NDArray[np.bool_]]:
    cells = [np.asarray(x, dtype=np.float64) for x in (ai, bi, ci, di)]
    if len({x.shape for x in cells}) > 1 or cells[0].ndim != 1:
        raise InputError([f"the four cells must be lists of equal length, not of shapes {[x.shape for x in cells]!r}"])
    a, b, c, d = cells
    check_counts(a, a + b, labels=labels)
    check_counts(c, c + d, labels=labels)
    out = (a + c == 0) | (b + d == 0)
    return _Tables(*(x[~out] for x in cells)), out
