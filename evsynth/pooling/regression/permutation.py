"""Permutation test of moderators: the pairing of effects and moderators is exchanged, tau2 estimated again each time.

Follmann & Proschan 1999, doi 10.1111/j.0006-341X.1999.00732.x; Higgins & Thompson 2004, doi 10.1002/sim.1752. All
distinct arrangements are fitted when there are at most ``most`` of them (rows of X that are equal are not told apart);
the p-values are then exact. Otherwise arrangements are drawn with a seed, p = (b + 1)/(m + 1) (Phipson & Smyth 2010,
doi 10.2202/1544-6115.1585) and ``error`` is its Monte Carlo standard error. Without moderators (an intercept alone) the
signs of the effects are flipped instead. A statistic counts as extreme when it is as large as the observed one up to
TIE. For many arrangements of one moderator the compiled code of ``pooling.fast`` is faster.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.regression.many import ManyEstimator, Statistics, fit_many, statistics
from evsynth.pooling.regression.model import Regression

TIE = math.sqrt(float(np.finfo(float).eps))
AT_ONCE = 2_000_000
"""Numbers per array."""

Places = npt.NDArray[np.intp]


class PermutedCoefficient(NamedTuple):
    """A coefficient's observed statistic, the share of arrangements as extreme, and its Monte Carlo error (or 0)."""

    name: str
    statistic: float
    p: float
    error: float


class Permutation(NamedTuple):
    """A permutation test; ``omnibus`` is that of all moderators together. ``exact``: every arrangement was fitted."""

    coefficients: tuple[PermutedCoefficient, ...]
    omnibus: PermutedCoefficient | None
    arrangements: int
    exact: bool
    seed: int | None


def permutation_test(found: Regression, *, most: int, sample: int, seed: int) -> Permutation:
    """Test the coefficients of ``found`` (all but the intercept) and their omnibus test by permutation.

    ``most`` is the largest number of arrangements that is enumerated; beyond it ``sample`` are drawn with ``seed``.

    Raises InputError for a fixed tau2, given weights, a perfect fit, or an estimator that is not fitted in bulk.
    """
    estimator = _estimator(found)
    design, k = found.design, found.k
    alone = len(design.names) == 1 and design.intercept == 0
    chosen = [0] if alone else [at for at in range(len(design.names)) if at != design.intercept]
    rows = design.rows(np.eye(len(design.names)))[chosen]
    count = 2**k if alone else _count(design.matrix)
    exact = count <= most
    total = count if exact else sample
    observed = _fit(found.y[None, :], found.v[None, :], found, rows, estimator)
    single, joint = np.zeros(len(chosen), dtype=np.int64), 0
    size = max(1, AT_ONCE // (k * len(design.names) ** 2))
    blocks = _blocks(found, alone, exact=exact, sample=sample, seed=seed, size=size)
    for y, v in blocks:
        there = _fit(y, v, found, rows, estimator)
        single += (np.abs(there.single) >= np.abs(observed.single) - TIE).sum(axis=0)
        joint += int((there.joint >= observed.joint - TIE).sum())
    coefficients = tuple(
        _result(design.names[at], float(value), int(extreme), total, exact=exact)
        for at, value, extreme in zip(chosen, observed.single[0], single, strict=True)
    )
    omnibus = None if alone else _result("omnibus", float(observed.joint[0]), joint, total, exact=exact)
    return Permutation(coefficients, omnibus, total, exact, None if exact else seed)


def _estimator(found: Regression) -> ManyEstimator:
    if found.tau2 is None or "WEIGHTS_GIVEN" in found.codes:
        raise InputError(["a permutation test needs tau2 estimated and weights 1/(v + tau2)"])
    if found.scale == 0:
        raise InputError(["the moderators fit the effects perfectly; there is no statistic to permute"])
    estimator = found.tau2.estimator
    for known in get_args(ManyEstimator):
        if known == estimator:
            return known  # type: ignore[no-any-return]
    raise InputError([f"estimator {estimator!r} is not fitted in bulk; use {', '.join(get_args(ManyEstimator))}"])


def _fit(y: FloatArray, v: FloatArray, found: Regression, rows: FloatArray, estimator: ManyEstimator) -> Statistics:
    tau2 = fit_many(y, v, found.design.basis, estimator=estimator)
    return statistics(y, v, found.design.basis, tau2, rows=rows, test=found.test)


def _result(name: str, statistic: float, extreme: int, total: int, *, exact: bool) -> PermutedCoefficient:
    if exact:
        return PermutedCoefficient(name, statistic, extreme / total, 0.0)
    p = (extreme + 1) / (total + 1)
    return PermutedCoefficient(name, statistic, p, math.sqrt(p * (1.0 - p) / total))


def _classes(matrix: FloatArray) -> Places:
    return np.asarray(np.unique(matrix, axis=0, return_inverse=True)[1], dtype=np.intp).ravel()


def _count(matrix: FloatArray) -> int:
    classes = _classes(matrix)
    count = math.factorial(len(classes))
    for size in np.bincount(classes):
        count //= math.factorial(int(size))
    return count


def _blocks(
    found: Regression, alone: bool, *, exact: bool, sample: int, seed: int, size: int
) -> Iterator[tuple[FloatArray, FloatArray]]:
    k, generator = found.k, np.random.default_rng(seed)
    if alone:
        for signs in _signs(k, exact=exact, sample=sample, generator=generator, size=size):
            yield found.y * signs, np.broadcast_to(found.v, signs.shape)
        return
    if not exact:
        for start in range(0, sample, size):
            drawn = np.array([generator.permutation(k) for _ in range(min(size, sample - start))])
            yield found.y[drawn], found.v[drawn]
        return
    classes = _classes(found.design.matrix)
    places = np.argsort(classes, kind="stable")
    every = _arrangements(tuple(int(n) for n in np.bincount(classes)))
    while block := list(itertools.islice(every, size)):
        order = np.argsort(np.array(block), axis=1, kind="stable")  # which study goes to each row of X, class by class
        paired = np.empty_like(order)
        paired[:, places] = order
        yield found.y[paired], found.v[paired]


def _signs(k: int, *, exact: bool, sample: int, generator: np.random.Generator, size: int) -> Iterator[FloatArray]:
    total = 2**k if exact else sample
    for start in range(0, total, size):
        stop = min(total, start + size)
        if exact:
            bits = (np.arange(start, stop)[:, None] >> np.arange(k)) & 1
        else:
            bits = generator.integers(0, 2, size=(stop - start, k))
        yield np.asarray(1.0 - 2.0 * bits, dtype=np.float64)


def _arrangements(left: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if not any(left):
        yield ()
        return
    for kind, number in enumerate(left):
        if number:
            rest = (*left[:kind], number - 1, *left[kind + 1 :])
            for tail in _arrangements(rest):
                yield (kind, *tail)
