"""What every pool over a set of 2x2 tables gives back, and what is common to them: corrections, Q, the interval.

Cochran's Q here is that of the studies' own estimates around the pooled one.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.stats import chi2, norm

from evsynth.pooling.guard import FloatArray, InputError, check_choice
from evsynth.pooling.rare_events.homogeneity import Test
from evsynth.pooling.rare_events.tables import LeftOut, TwoArms, left_out, uninformative

RATIOS = ("OR", "RR", "IRR")


class Heterogeneity(NamedTuple):
    """Cochran's Q around the pooled estimate over the ``k`` studies that have an estimate; I2 and H2 from Q."""

    q: float
    df: int
    p: float
    i2_q: float
    h2_q: float
    k: int
    without_estimate: tuple[LeftOut, ...]


class StratifiedPool(NamedTuple):
    """A Mantel-Haenszel or Peto pool on the analysis scale (log for ratios), and the tests over its tables.

    ``tables`` are the ones it was computed from, after any correction. ``left_out`` lists studies that were
    dropped, or that carry no weight, each with its reason.
    """

    model: str
    measure: str
    scale: Literal["log", "natural"]
    variance: str
    k: int
    estimate: float
    se: float
    z: float
    p: float
    lower: float
    upper: float
    level: float
    heterogeneity: Heterogeneity | None
    association: Test | None
    breslow_day: Test | None
    tarone: Test | None
    left_out: tuple[LeftOut, ...]
    tables: TwoArms
    codes: tuple[str, ...]


def prepared(
    tables: TwoArms, *, add: float, to: str, drop00: bool
) -> tuple[TwoArms, tuple[LeftOut, ...], tuple[str, ...]]:
    """Return the tables after ``drop00`` and a correction, what was dropped, and codes."""
    empty, codes = uninformative(tables), []
    gone: tuple[LeftOut, ...] = ()
    if drop00 and empty.any():
        gone = left_out(tables, empty, "DROPPED_DOUBLE_ZERO: left out by drop00")
        tables, codes = tables.take(~empty), ["DOUBLE_ZERO_DROPPED"]
    if to != "none" or add != 0:
        tables = _corrected(tables, add, to)
        codes.append("CORRECTED")
    if not len(tables.x1):
        raise InputError(["no study is left to pool"])
    return tables, gone, tuple(codes)


def around(y: FloatArray, v: FloatArray, centre: float, absent: tuple[LeftOut, ...]) -> Heterogeneity | None:
    """Return Cochran's Q of the studies' own estimates around ``centre``; None with fewer than two estimates."""
    if len(y) < 2:
        return None
    q, df = math.fsum((y - centre) ** 2 / v), len(y) - 1
    return Heterogeneity(
        q, df, float(chi2.sf(q, df)), max(0.0, 100 * (q - df) / q) if q else 0.0, q / df, len(y), absent
    )


def finish(
    model: str,
    measure: str,
    variance: str,
    estimate: float,
    se: float,
    level: float,
    spread: Heterogeneity | None,
    association_test: Test | None,
    tests: tuple[Test, Test] | None,
    gone: tuple[LeftOut, ...],
    used: TwoArms,
    codes: tuple[str, ...],
) -> StratifiedPool:
    """Return the pool with its Wald interval and test."""
    half = se * float(norm.isf((1 - level) / 2))
    few = ("FEW_STUDIES",) if len(used.x1) < 5 else ()
    return StratifiedPool(
        model=model,
        measure=measure,
        scale="log" if measure in RATIOS or measure == "PETO" else "natural",
        variance=variance,
        k=len(used.x1),
        estimate=estimate,
        se=se,
        z=estimate / se,
        p=2 * float(norm.sf(abs(estimate) / se)),
        lower=estimate - half,
        upper=estimate + half,
        level=level,
        heterogeneity=spread,
        association=association_test,
        breslow_day=tests[0] if tests else None,
        tarone=tests[1] if tests else None,
        left_out=gone,
        tables=used,
        codes=tuple(dict.fromkeys((*codes, *few))),
    )


def _corrected(tables: TwoArms, add: float, to: str) -> TwoArms:
    x1, n1, x2, n2 = tables[:4]
    zero = (x1 == 0) | (x2 == 0)
    if not tables.rates:
        zero |= (x1 == n1) | (x2 == n2)
    rules = {
        "only0": zero,
        "only-zero": zero,
        "all": np.ones_like(zero),
        "if0all": np.full_like(zero, bool(zero.any())),
    }
    check_choice("to", to, tuple(rules))
    extra = np.where(rules[to], add, 0.0)
    more = 0.0 if tables.rates else 2 * extra
    return TwoArms(x1 + extra, n1 + more, x2 + extra, n2 + more, tables.labels, tables.rates)
