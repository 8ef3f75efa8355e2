"""Every subset of the studies of one data set, or a seeded sample of them, in an order in which neighbours are alike.

GOSH (graphical display of study heterogeneity): Olkin, Dahabreh & Trikalinos 2012, doi 10.1002/jrsm.1053. Subsets
have two studies or more. A subset is an integer whose bit i is set when study i (from 0) is a member; all of them
come in Gray code, where each differs from the one before by one study (Gray 1953, US patent 2,632,058).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.backend import Asked, choose
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import Fits, SubsetFitter, fits
from evsynth.pooling.guard import FloatArray, InputError, check_effects

ALL = 22
"""All subsets of up to so many studies are fitted at once (4 million, about 300 MB); beyond, a sample must be asked
for.
"""

Members = npt.NDArray[np.uint8]


class Subsets(NamedTuple):
    """Fits of subsets. ``codes`` (m,) hold the members as bits; ``sample`` is None when they are all there are, else
    how many were drawn (with replacement, uniformly from the subsets of two studies or more) with which seed.
    """

    studies: int
    codes: npt.NDArray[np.uint64]
    fits: Fits
    sample: tuple[int, int] | None

    def holding(self, study: int) -> npt.NDArray[np.bool_]:
        """Return which subsets hold a study (counted from 1)."""
        if not 1 <= study <= self.studies:
            raise InputError([f"study = {study!r} must lie from 1 to {self.studies}"])
        return ((self.codes >> np.uint64(study - 1)) & np.uint64(1)).astype(np.bool_)


def all_subsets(y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, backend: Asked = "auto") -> Subsets:
    """Fit all ``2^k - k - 1`` subsets of two studies or more. Raises InputError, also beyond ``ALL`` studies."""
    effects = check_effects(y, v, minimum=2)
    k = len(effects.y)
    if k > ALL:
        raise InputError([f"{k} studies have {2**k - k - 1} subsets; ask for a sample of them (sampled_subsets)"])
    codes = np.arange(2**k, dtype=np.uint64)
    codes ^= codes >> np.uint64(1)
    sizes = _count(codes, k)
    several = sizes > 1
    return _fit(effects.y, effects.v, (codes[several], sizes[several]), estimator, backend, None)


def sampled_subsets(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, sample: int, seed: int, backend: Asked = "auto"
) -> Subsets:
    """Fit ``sample`` subsets drawn with replacement and equal probability from all of two studies or more (k <= 64).

    The same seed gives the same subsets (PCG64). Raises InputError.
    """
    effects = check_effects(y, v, minimum=2)
    k = len(effects.y)
    if k > 64:
        raise InputError([f"{k} studies given; subsets are held in 64 bits"])
    if sample < 1:
        raise InputError([f"sample = {sample!r} must be at least 1"])
    random = np.random.Generator(np.random.PCG64(seed))
    codes = np.zeros(0, dtype=np.uint64)
    while len(codes) < sample:
        drawn = random.integers(0, 2**k - 1, size=sample, dtype=np.uint64, endpoint=True)
        codes = np.concatenate((codes, drawn[_count(drawn, k) > 1]))[:sample]
    return _fit(effects.y, effects.v, (codes, _count(codes, k)), estimator, backend, (sample, seed))


def members(codes: npt.NDArray[np.uint64], k: int) -> Members:
    """Return membership (m, k) of 0 and 1."""
    octets = codes.astype("<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(octets, axis=1, count=k, bitorder="little")


def _fit(
    y: FloatArray, v: FloatArray, counted: tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]],
    estimator: FastEstimator, backend: Asked, sample: tuple[int, int] | None,
) -> Subsets:  # fmt: skip
    codes, sizes = counted[0], counted[1].astype(np.intp)
    k, used = len(y), choose(backend, studies=len(codes) * len(y))
    fitter = SubsetFitter(y, v, estimator, used)
    out = np.empty((6, len(codes)))
    for rows in chunks(len(codes), fitter.width):
        out[:, rows] = fitter.fit(members(codes[rows], k), sizes[rows])
    return Subsets(k, codes, fits(out, estimator, used, sizes), sample)


def chunks(total: int, width: int) -> Iterator[slice]:
    """Yield consecutive slices that cover ``range(total)``."""
    for start in range(0, total, width):
        yield slice(start, min(start + width, total))


def _count(codes: npt.NDArray[np.uint64], k: int) -> npt.NDArray[np.uint8]:
    table = np.zeros(1, dtype=np.uint8)
    for _ in range(16):
        table = np.concatenate((table, table + np.uint8(1)))
    count = np.zeros(len(codes), dtype=np.uint8)
    for shift in range(0, k, 16):
        count += table[(codes >> np.uint64(shift)) & np.uint64(0xFFFF)]
    return count
