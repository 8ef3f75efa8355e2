"""What all subsets of the studies say: spread of the pooled mean and of heterogeneity, and which studies split them.

GOSH: Olkin, Dahabreh & Trikalinos 2012, doi 10.1002/jrsm.1053. Every subset of two studies or more counts once; a
sample (for many studies) estimates the same numbers, and each comes with its Monte-Carlo standard error.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.backend import Asked
from evsynth.pooling.fast.block import ELEMENTS
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.subsets import Subsets, all_subsets, chunks, members, sampled_subsets
from evsynth.pooling.guard import FloatArray, InputError, check_effects

SHARES = (0.025, 0.25, 0.5, 0.75, 0.975)

MULTIPLE_MAXIMA = "TAU2_MULTIPLE_MAXIMA"


class Estimated(NamedTuple):
    """A number over all subsets and its Monte-Carlo standard error, 0 when all subsets were fitted."""

    value: float
    error: float


class Split(NamedTuple):
    """Mean of the pooled means (and of I2) of the subsets with a study and of those without."""

    study: int
    mean_with: Estimated
    mean_without: Estimated
    i2_with: Estimated
    i2_without: Estimated


class Gosh(NamedTuple):
    """Summary of the subsets. ``quantiles`` of the pooled mean are at ``SHARES``; ``lowest`` and ``highest`` are of
    the subsets fitted (a sample does not reach the extremes of all). ``below_zero`` is the share of pooled means
    below 0. I2 in percent, from tau2. ``multimodal``: subsets whose likelihood has several maxima.
    """

    subsets: Subsets
    i2: FloatArray
    mean: Estimated
    quantiles: tuple[Estimated, ...]
    lowest: float
    highest: float
    below_zero: Estimated
    median_i2: Estimated
    splits: tuple[Split, ...]
    multimodal: int
    codes: tuple[str, ...]


def gosh(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, sample: int | None = None, seed: int | None = None,
    backend: Asked = "auto",
) -> Gosh:  # fmt: skip
    """Return the summary over all subsets, or over a seeded ``sample`` of them.

    Raises InputError for fewer than three studies, too many for all subsets, or a sample without a seed.
    """
    effects = check_effects(y, v, minimum=3)
    if sample is None:
        found = all_subsets(effects.y, effects.v, estimator=estimator, backend=backend)
    elif seed is None:
        raise InputError(["a sample of subsets needs a seed"])
    else:
        found = sampled_subsets(effects.y, effects.v, estimator=estimator, sample=sample, seed=seed, backend=backend)
    exact = sample is None
    means, i2 = found.fits.mean, inconsistency_of(found, effects.v)
    ordered = np.sort(means)
    splits = []
    for study in range(1, len(effects.y) + 1):
        held = found.holding(study)
        sides = [_average(values[side], exact) for values in (means, i2) for side in (held, ~held)]
        splits.append(Split(study, *sides))
    return Gosh(
        subsets=found,
        i2=i2,
        mean=_average(means, exact),
        quantiles=tuple(_quantile(ordered, share, exact) for share in SHARES),
        lowest=float(ordered[0]),
        highest=float(ordered[-1]),
        below_zero=_share(int((means < 0).sum()), len(means), exact),
        median_i2=_quantile(np.sort(i2), 0.5, exact),
        splits=tuple(splits),
        multimodal=found.fits.multimodal,
        codes=(MULTIPLE_MAXIMA,) if found.fits.multimodal else (),
    )


def inconsistency_of(found: Subsets, v: FloatArray) -> FloatArray:
    """Return I2 of every subset in percent, from tau2: ``100 tau2/(tau2 + s2)`` with the typical variance s2."""
    w, i2 = 1.0 / v, np.empty(len(found.codes))
    for rows in chunks(len(found.codes), max(1, ELEMENTS // len(v))):
        inside = members(found.codes[rows], len(v)).T * w[:, None]
        # W^2 - sum w^2 = 2 sum_(i > j) w_i w_j, summed so that a dominant weight cannot cancel.
        before = np.cumsum(inside, axis=0)
        pairs = 2.0 * np.einsum("ij,ij->j", inside[1:], before[:-1])
        typical = (found.fits.sizes[rows] - 1) * before[-1] / pairs
        i2[rows] = 100.0 * found.fits.tau2[rows] / (found.fits.tau2[rows] + typical)
    return i2


def _average(values: FloatArray, exact: bool) -> Estimated:
    if not len(values):
        raise InputError(["the sample is too small: it has no subset on one side of a study"])
    value = float(values.mean())
    spread = float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 and not exact else 0.0
    return Estimated(value, spread)


def _share(count: int, total: int, exact: bool) -> Estimated:
    # A share of 0 or 1 in a sample is not certain: one more of each kind is counted for its error.
    share = (count + 1) / (total + 2)
    return Estimated(count / total, 0.0 if exact else math.sqrt(share * (1 - share) / total))


def _quantile(ordered: FloatArray, share: float, exact: bool) -> Estimated:
    # The error of a sample quantile: half the distance of the order statistics one standard error of the share away.
    value = float(np.interp(share * (len(ordered) - 1), np.arange(len(ordered)), ordered))
    if exact:
        return Estimated(value, 0.0)
    step = math.sqrt(share * (1 - share) / len(ordered))
    ends = np.clip([share - step, share + step], 0.0, 1.0) * (len(ordered) - 1)
    low, high = np.interp(ends, np.arange(len(ordered)), ordered)
    return Estimated(value, 0.5 * float(high - low))
