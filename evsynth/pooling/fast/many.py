"""Fit thousands of pools at once: separate pools in the rows of arrays, or subsets of one data set.

The numbers are those of ``random_effects.pool`` to 1e-12 (tau2 relative to tau2 + the smallest variance); what is not
done here is the certificate by branch and bound and PyMARE's value beside each. The global maximum is looked for in
every pool by a scan (``maximum``), and ``modes`` counts the local maxima of each.
"""

from __future__ import annotations

import math
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling.fast.axis import points
from evsynth.pooling.fast.backend import Asked, Backend, choose
from evsynth.pooling.fast.block import ELEMENTS, Block, Units, standardise
from evsynth.pooling.fast.estimate import FastEstimator, closed_form, generalised_q, paule_mandel
from evsynth.pooling.fast.maximum import bounds, maximise
from evsynth.pooling.fast.score import Means
from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects

QUANTILES = ("PM", "EB", "PMM")
"""Estimators that set the generalised Q to its mean or median."""

SHOWN = 5
"""Problems named in a refusal; the rest are counted."""


class Fits(NamedTuple):
    """Fits of m pools, arrays of shape (m,) in the units of ``y``.

    ``se`` is Wald's; ``factor = sum w (y - mu)^2 / (n - 1)`` multiplies its square for HKSJ; ``q`` is Cochran's;
    ``modes`` counts local maxima of the likelihood (1 for other estimators); ``sizes`` are studies per pool.
    """

    estimator: FastEstimator
    backend: Backend
    tau2: FloatArray
    mean: FloatArray
    se: FloatArray
    factor: FloatArray
    q: FloatArray
    modes: npt.NDArray[np.uint8]
    sizes: npt.NDArray[np.intp]

    @property
    def multimodal(self) -> int:
        """Return how many likelihoods had more than one maximum."""
        return int((self.modes > 1).sum())


def fit_many(y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, backend: Asked = "auto") -> Fits:
    """Fit m pools of k studies each: ``y`` and ``v`` of shape (m, k).

    Raises InputError for fewer than two studies, values that are not finite or v <= 0, naming pool and study.
    """
    check_choice("estimator", estimator, get_args(FastEstimator))
    effects, variances = check_rows(y, v)
    used = choose(backend, studies=effects.size)
    m, k = effects.shape
    out = np.empty((6, m))
    if used == "numba":
        from evsynth.pooling.fast import compiled

        target = float(_target(estimator, np.array([float(k)]))[0]) if estimator in QUANTILES else math.inf
        compiled.rows(np.ascontiguousarray(effects), np.ascontiguousarray(variances), _how(estimator), target, out)
        return fits(_finish(out, np.full(m, float(k))), estimator, used, np.full(m, k))
    width = max(1, ELEMENTS // k)
    for start in range(0, m, width):
        rows = slice(start, min(start + width, m))
        ys, vs, units = standardise(np.ascontiguousarray(effects[rows].T), np.ascontiguousarray(variances[rows].T))
        block = Block(ys, vs, None, np.full(ys.shape[1], float(k)))
        out[:, rows] = _restore(_numpy(block, estimator, *bounds(ys, vs)), units)
    return fits(out, estimator, used, np.full(m, k))


def fit_subsets(
    y: npt.ArrayLike, v: npt.ArrayLike, inside: npt.ArrayLike, *, estimator: FastEstimator, backend: Asked = "auto"
) -> Fits:
    """Fit subsets of one data set: ``inside`` of shape (m, k) is true for the members, two or more in each.

    Consecutive subsets that differ by few studies are faster. Raises InputError.
    """
    check_choice("estimator", estimator, get_args(FastEstimator))
    effects = check_effects(y, v, minimum=2)
    members = np.asarray(inside)
    if members.ndim != 2 or members.shape[1] != len(effects.y):
        raise InputError(
            [f"inside has shape {members.shape!r}; it needs one column for each of {len(effects.y)} studies"]
        )
    members = (members != 0).view(np.uint8)
    sizes = members.sum(axis=1, dtype=np.intp)
    if len(sizes) and int(sizes.min()) < 2:
        place = int(sizes.argmin())
        raise InputError([f"subset {place + 1} holds {int(sizes[place])} of the studies; this needs at least 2"])
    used = choose(backend, studies=members.size)
    fitter = SubsetFitter(effects.y, effects.v, estimator, used)
    width = fitter.width
    out = np.empty((6, len(members)))
    for start in range(0, len(members), width):
        rows = slice(start, start + width)
        out[:, rows] = fitter.fit(members[rows], sizes[rows])
    return fits(out, estimator, used, sizes)


class SubsetFitter:
    """Fits chunks of subsets of one data set; what does not depend on the subset is prepared once."""

    def __init__(self, y: FloatArray, v: FloatArray, estimator: FastEstimator, backend: Backend) -> None:
        self.estimator, self.backend = estimator, backend
        self.y, self.v, self.units = standardise(y[:, None], v[:, None])
        self.least, self.end = bounds(self.y, self.v)
        self.width = 8192 if backend == "numba" else max(1, ELEMENTS // len(y))

    def fit(self, members: npt.NDArray[np.uint8], studies: npt.NDArray[np.intp]) -> FloatArray:
        """Return (6, m) for members (m, k), so many ``studies`` each: tau2, mean, Wald se, factor, Q, modes."""
        sizes = studies.astype(np.float64)
        block = Block(self.y, self.v, None, sizes)
        if self.backend == "numpy":
            block = block._replace(inside=np.ascontiguousarray(members.T, dtype=np.float64))
            return _restore(_numpy(block, self.estimator, self.least, self.end), self.units)
        from evsynth.pooling.fast import compiled

        out = np.empty((6, len(members)))
        how, targets = _how(self.estimator), np.zeros(len(self.y) + 1)
        if self.estimator in QUANTILES:
            targets[1:] = _target(self.estimator, np.arange(1.0, len(self.y) + 1))
        grid = points(self.least, self.end)[0][:, 0]
        compiled.subsets(self.y[:, 0], self.v[:, 0], members, grid, how, targets, out)
        return _restore(_finish(out, sizes), self.units)


def fits(out: FloatArray, estimator: FastEstimator, backend: Backend, sizes: npt.NDArray[np.intp]) -> Fits:
    """Return the rows of ``out`` (6, m) under their names."""
    return Fits(estimator, backend, out[0], out[1], out[2], out[3], out[4], out[5].astype(np.uint8), sizes)


def check_rows(y: npt.ArrayLike, v: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return ``y`` and ``v`` as (m, k) arrays, finite, v > 0, k >= 2. Raises InputError naming pool and study."""
    try:
        effects, variances = np.asarray(y, dtype=np.float64), np.asarray(v, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError([f"y and v must hold numbers only: {error}"]) from error
    if effects.ndim != 2 or effects.shape != variances.shape:
        raise InputError([f"y has shape {effects.shape!r}, v {variances.shape!r}; both need (pools, studies)"])
    bad = ~(np.isfinite(variances) & (variances > 0))
    if effects.shape[1] >= 2 and not bad.any() and bool(np.isfinite(effects).all()):
        return effects, variances
    problems = [
        f"pool {pool + 1}, study {study + 1}: estimate y = {float(effects[pool, study])!r} is not a finite number"
        for pool, study in np.argwhere(~np.isfinite(effects))[:SHOWN]
    ]
    problems += [
        f"pool {pool + 1}, study {study + 1}: variance v = {float(variances[pool, study])!r} must be finite and > 0"
        for pool, study in np.argwhere(bad)[:SHOWN]
    ]
    rest = int((~np.isfinite(effects)).sum() + bad.sum()) - len(problems)
    if rest > 0:
        problems.append(f"and {rest} more")
    if effects.shape[1] < 2:
        problems.append(f"{effects.shape[1]} studies in each pool given; this needs at least 2")
    raise InputError(problems)


def _numpy(block: Block, estimator: FastEstimator, least: FloatArray, end: FloatArray) -> FloatArray:
    out = np.ones((6, len(block.sizes)))
    if estimator in ("ML", "REML"):
        out[0], out[5] = maximise(Means(block, estimator == "REML"), least=least, end=end)
    elif estimator in QUANTILES:
        out[0] = paule_mandel(block, least=least, median=estimator == "PMM")
    else:
        out[0] = closed_form(block, estimator)  # type: ignore[arg-type]
    rss, _, w = generalised_q(block, out[0])
    total = w.sum(axis=0)
    out[1], out[2], out[3] = (w * block.y).sum(axis=0) / total, total, rss
    out[4] = generalised_q(block, np.zeros(len(block.sizes)))[0]
    return _finish(out, block.sizes)


def _finish(out: FloatArray, sizes: FloatArray) -> FloatArray:
    out[2] = 1.0 / np.sqrt(out[2])
    out[3] /= sizes - 1
    return out


def _restore(out: FloatArray, units: Units) -> FloatArray:
    out[0] = units.variances(out[0])
    out[1] = units.effects(out[1])
    out[2] = units.errors(out[2])
    return out


def _how(estimator: FastEstimator) -> int:
    from evsynth.pooling.fast import compiled

    names = {
        "FE": 0, "PM": compiled.GENERALISED_Q, "EB": compiled.GENERALISED_Q, "PMM": compiled.GENERALISED_Q,
        "ML": compiled.ML, "REML": compiled.REML, "DL": compiled.DL, "HS": compiled.HS, "HSk": compiled.HSK,
        "HE": compiled.HE, "SJ": compiled.SJ,
    }  # fmt: skip
    return names[estimator]


def _target(estimator: FastEstimator, sizes: FloatArray) -> FloatArray:
    return np.asarray(chi2.median(sizes - 1) if estimator == "PMM" else sizes - 1, dtype=np.float64)
