"""Permutation tests of a pooled mean (sign flips) and of a slope (orders of the moderator), over all of them.

Follmann & Proschan 1999, doi 10.1111/j.0006-341X.1999.00732.x; Higgins & Thompson 2004, doi 10.1002/sim.1752. Under the
null hypothesis the signs of the effects, or the pairing of moderator and effects, are exchangeable; tau2 is estimated
again in every one. p is the share of all arrangements, the observed one among them, whose statistic is at least as
large in absolute value; differences up to ``TIE`` count as equal, as in R's metafor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.axis import points
from evsynth.pooling.fast.backend import Asked, Backend, choose
from evsynth.pooling.fast.block import ELEMENTS, standardise
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import Fits, fit_many
from evsynth.pooling.fast.maximum import bounds, maximise
from evsynth.pooling.fast.orders import count_orders, orders
from evsynth.pooling.fast.slopes import Line, Slopes, dersimonian_laird
from evsynth.pooling.guard import Effects, FloatArray, InputError, check_choice, check_effects

TIE = math.sqrt(float(np.finfo(float).eps))
"""Statistics closer than this are equal."""

MOST = 50_000_000
"""Arrangements beyond this are refused; ask for a sample."""

Statistic = Literal["wald", "hksj"]
SlopeEstimator = Literal["FE", "DL", "ML", "REML"]


class PermutationTest(NamedTuple):
    """A permutation test. ``statistic`` is estimate / standard error in the data as observed.

    ``exact`` says that all arrangements were fitted; then ``p`` has no error. Otherwise ``p = (b + 1)/(m + 1)``
    (Phipson & Smyth 2010, doi 10.2202/1544-6115.1585), and ``p_error`` is its Monte-Carlo standard error.
    """

    hypothesis: str
    estimator: FastEstimator
    kind: Statistic
    estimate: float
    statistic: float
    p: float
    p_error: float
    arrangements: int
    as_extreme: int
    exact: bool
    seed: int | None
    multimodal: int
    backend: Backend


def sign_flips(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, statistic: Statistic, backend: Asked = "auto",
    sample: int | None = None, seed: int | None = None,
) -> PermutationTest:  # fmt: skip
    """Test that the mean is 0 by flipping the signs of the effects: all ``2^k`` of them, or a seeded sample.

    A flip of every sign changes the sign of the statistic only, so half of them are fitted. Raises InputError for
    fewer than two studies, too many arrangements, or a sample without a seed.
    """
    check_choice("statistic", statistic, get_args(Statistic))
    effects = check_effects(y, v, minimum=2)
    k = len(effects.y)
    total = _total(2**k, sample, seed)
    observed = fit_many(effects.y[None], effects.v[None], estimator=estimator, backend="numpy")
    reference = float(_ratio(observed, statistic)[0])
    extreme = multimodal = 0
    used = choose(backend, studies=total * k)
    for flips in _flips(k, sample, seed):
        rows = flips * effects.y
        found = fit_many(rows, np.broadcast_to(effects.v, rows.shape), estimator=estimator, backend=used)
        extreme += _count(_ratio(found, statistic), reference)
        multimodal += found.multimodal
    if sample is None:
        extreme, multimodal = 2 * extreme, 2 * multimodal
    return _test("mean = 0", estimator, statistic, float(observed.mean[0]), reference, extreme, total, sample is None,
                 seed, multimodal, used)  # fmt: skip


def slope_orders(
    y: npt.ArrayLike, v: npt.ArrayLike, x: npt.ArrayLike, *, estimator: SlopeEstimator, statistic: Statistic,
    backend: Asked = "auto", sample: int | None = None, seed: int | None = None,
) -> PermutationTest:  # fmt: skip
    """Test that the slope on ``x`` is 0 by every distinct order of ``x``, or a seeded sample of orders.

    Raises InputError for fewer than three studies, a moderator that is constant or not finite, too many orders, or a
    sample without a seed.
    """
    check_choice("statistic", statistic, get_args(Statistic))
    check_choice("estimator", estimator, get_args(SlopeEstimator))
    effects = check_effects(y, v, minimum=3)
    moderator = _check_moderator(x, len(effects.y))
    total = _total(count_orders(moderator), sample, seed)
    spread = float(moderator.std())
    scaled = (moderator - moderator.mean()) / spread
    used = choose(backend, studies=total * len(effects.y))
    fitter = _SlopeFitter(effects, estimator, used)
    slope, observed, _ = fitter.fit(scaled[None], statistic)
    reference = float(observed[0])
    extreme = multimodal = 0
    for rows in orders(scaled) if sample is None else _shuffles(scaled, sample, seed):
        _, ratios, several = fitter.fit(rows, statistic)
        extreme += _count(ratios, reference)
        multimodal += several
    return _test("slope = 0", estimator, statistic, float(slope[0]) / spread, reference, extreme, total,
                 sample is None, seed, multimodal, used)  # fmt: skip


class _SlopeFitter:
    def __init__(self, effects: Effects, estimator: SlopeEstimator, backend: Backend) -> None:
        self.estimator, self.backend = estimator, backend
        self.y, self.v, self.units = standardise(effects.y[:, None], effects.v[:, None])
        self.least, self.end = bounds(self.y, self.v, coefficients=2)

    def fit(self, rows: FloatArray, statistic: Statistic) -> tuple[FloatArray, FloatArray, int]:
        """Return slopes in the units of y, statistics, and how many likelihoods had several maxima."""
        parts = [self._part(rows[s : s + self._width]) for s in range(0, len(rows), self._width)]
        slope, precision, rss = (np.concatenate([part[0][place] for part in parts]) for place in range(3))
        ratio = slope * np.sqrt(precision)
        if statistic == "hksj":
            ratio = ratio / np.sqrt(rss / (len(self.y) - 2))
        return self.units.errors(slope), ratio, sum(part[1] for part in parts)

    @property
    def _width(self) -> int:
        return 8192 if self.backend == "numba" else max(1, ELEMENTS // len(self.y))

    def _part(self, rows: FloatArray) -> tuple[Line, int]:
        model = Slopes(self.y, self.v, np.ascontiguousarray(rows.T), self.estimator == "REML")
        if self.estimator in ("FE", "DL"):
            return model.line(0.0 if self.estimator == "FE" else dersimonian_laird(model)), 0
        if self.backend == "numpy":
            found = maximise(model, least=self.least, end=self.end)
            return model.line(found.tau2), int((found.modes > 1).sum())
        from evsynth.pooling.fast import compiled

        grid = points(self.least, self.end)[0][:, 0]
        y, v, out, lines = self.y[:, 0], self.v[:, 0], np.empty((len(rows), 2)), np.empty((len(rows), 3))
        compiled.slopes(y, v, rows, grid, float(self.least[0]), model.restricted, out)
        compiled.lines(y, v, rows, out[:, 0], lines)
        return Line(*lines.T), int((out[:, 1] > 1).sum())


def _check_moderator(x: npt.ArrayLike, k: int) -> FloatArray:
    moderator = np.asarray(x, dtype=np.float64)
    if moderator.shape != (k,):
        raise InputError([f"x has shape {moderator.shape!r}; it needs one value for each of {k} studies"])
    bad = np.flatnonzero(~np.isfinite(moderator))
    if len(bad):
        raise InputError([f"study {i + 1}: moderator x = {float(moderator[i])!r} is not a finite number" for i in bad])
    if float(np.ptp(moderator)) == 0.0:
        raise InputError([f"x = {float(moderator[0])!r} in every study; a slope needs values that differ"])
    return moderator


def _total(arrangements: int, sample: int | None, seed: int | None) -> int:
    if sample is None:
        if arrangements > MOST:
            raise InputError([f"{arrangements} arrangements are too many to fit all; give sample and seed"])
        return arrangements
    if sample < 1 or seed is None:
        raise InputError([f"sample = {sample!r}, seed = {seed!r}: a sample needs a size of at least 1 and a seed"])
    return sample


def _flips(k: int, sample: int | None, seed: int | None) -> Iterator[FloatArray]:
    random = np.random.Generator(np.random.PCG64(seed))
    total = 2 ** (k - 1) if sample is None else sample
    for start in range(0, total, 65_536):
        size = min(65_536, total - start)
        if sample is None:
            bits = (np.arange(start, start + size)[:, None] >> np.arange(k)) & 1
        else:
            bits = random.integers(0, 2, size=(size, k))
        yield np.where(bits == 1, -1.0, 1.0)


def _shuffles(values: FloatArray, sample: int, seed: int | None) -> Iterator[FloatArray]:
    random = np.random.Generator(np.random.PCG64(seed))
    for start in range(0, sample, 65_536):
        rows = np.broadcast_to(values, (min(65_536, sample - start), len(values)))
        yield np.ascontiguousarray(random.permuted(rows, axis=1))


def _ratio(found: Fits, statistic: Statistic) -> FloatArray:
    ratio = found.mean / found.se
    if statistic == "wald":
        return ratio
    zero = found.factor == 0
    return np.where(zero, np.sign(ratio) * np.inf, ratio / np.sqrt(np.where(zero, 1.0, found.factor)))


def _count(ratios: FloatArray, reference: float) -> int:
    return int((np.abs(ratios) >= abs(reference) - TIE).sum())


def _test(
    hypothesis: str, estimator: FastEstimator, kind: Statistic, estimate: float, reference: float, extreme: int,
    total: int, exact: bool, seed: int | None, multimodal: int, backend: Backend,
) -> PermutationTest:  # fmt: skip
    p = extreme / total if exact else (extreme + 1) / (total + 1)
    error = 0.0 if exact else math.sqrt(p * (1 - p) / (total + 1))
    return PermutationTest(hypothesis, estimator, kind, estimate, reference, p, error, total, extreme, exact,
                           None if exact else seed, multimodal, backend)  # fmt: skip
