"""Pools with one study, or two, left out, and the pool as it grew study by study."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling.fast.backend import Asked
from evsynth.pooling.fast.bounds import Bounds, FastInterval, bounds, p_values
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import Fits, fit_subsets
from evsynth.pooling.guard import Effects, FloatArray, InputError, check_effects
from evsynth.pooling.heterogeneity import inconsistency
from evsynth.pooling.intervals import wald

Mark = tuple[tuple[int, ...], tuple[int, ...], str]

ONE_STUDY = "ONE_STUDY"
MULTIPLE_MAXIMA = "TAU2_MULTIPLE_MAXIMA"


class Refit(NamedTuple):
    """A pool of some of the studies: ``left_out`` and ``added`` are studies counted from 1, () where not meant.

    ``se`` is that of the named interval. One study alone has tau2 = 0 and a Wald interval only: bounds of any other
    are None, and the code is ONE_STUDY. I2 in percent, from tau2 and from Q.
    """

    left_out: tuple[int, ...]
    added: tuple[int, ...]
    label: str
    k: int
    mean: float
    se: float | None
    lower: float | None
    upper: float | None
    p: float | None
    tau2: float
    q: float
    q_p: float
    i2_from_tau2: float
    i2_from_q: float | None
    codes: tuple[str, ...]


class LeaveTwoOut(NamedTuple):
    """All pairs left out: ``first`` and ``second`` are studies counted from 1, arrays of shape (k (k - 1)/2,)."""

    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]
    fits: Fits
    bounds: Bounds
    p: FloatArray

    def extremes(self) -> tuple[tuple[int, int, float], tuple[int, int, float]]:
        """Return the pairs (first, second, mean) whose absence gives the lowest and the highest mean."""
        places = int(self.fits.mean.argmin()), int(self.fits.mean.argmax())
        low, high = ((int(self.first[i]), int(self.second[i]), float(self.fits.mean[i])) for i in places)
        return low, high

    def crossing(self, null: float = 0.0) -> int:
        """Return how many intervals hold the null value."""
        return int(((self.bounds.lower <= null) & (self.bounds.upper >= null)).sum())


def leave_one_out(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, interval: FastInterval, level: float,
    labels: Sequence[str] | None = None, backend: Asked = "auto",
) -> tuple[Refit, ...]:  # fmt: skip
    """Return the pool without study 1, without study 2, and so on. Raises InputError for fewer than two studies."""
    effects = check_effects(y, v, labels=labels, minimum=2)
    k = len(effects.y)
    inside = 1.0 - np.eye(k)
    marks: list[Mark] = [((place + 1,), (), effects.labels[place]) for place in range(k)]
    return _refits(effects, inside, marks, estimator=estimator, interval=interval, level=level, backend=backend)


def cumulative(
    y: npt.ArrayLike, v: npt.ArrayLike, *, order: Sequence[int] | None = None, estimator: FastEstimator,
    interval: FastInterval, level: float, labels: Sequence[str] | None = None, backend: Asked = "auto",
) -> tuple[Refit, ...]:  # fmt: skip
    """Return the pools of the first study, the first two, and so on, in ``order`` (studies counted from 1; None keeps
    the order given). Lau et al. 1992, doi 10.1056/NEJM199207233270406. Raises InputError.
    """
    effects = check_effects(y, v, labels=labels)
    k = len(effects.y)
    places = list(range(1, k + 1)) if order is None else [int(place) for place in order]
    if sorted(places) != list(range(1, k + 1)):
        raise InputError([f"order = {places!r} must hold each study from 1 to {k} once"])
    inside = np.zeros((k, k))
    for step, place in enumerate(places):
        inside[step:, place - 1] = 1.0
    marks: list[Mark] = [((), (place,), effects.labels[place - 1]) for place in places]
    return _refits(effects, inside, marks, estimator=estimator, interval=interval, level=level, backend=backend)


def leave_two_out(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, interval: FastInterval, level: float,
    backend: Asked = "auto",
) -> LeaveTwoOut:  # fmt: skip
    """Return the pools without every pair of studies. Raises InputError for fewer than four studies."""
    effects = check_effects(y, v, minimum=4)
    k = len(effects.y)
    first, second = (np.array(side) for side in zip(*combinations(range(k), 2), strict=True))
    inside = np.ones((len(first), k), dtype=np.uint8)
    inside[np.arange(len(first)), first] = 0
    inside[np.arange(len(first)), second] = 0
    fits = fit_subsets(effects.y, effects.v, inside, estimator=estimator, backend=backend)
    found = bounds(fits, interval=interval, level=level)
    return LeaveTwoOut(first + 1, second + 1, fits, found, p_values(fits, found))


def _refits(
    effects: Effects, inside: FloatArray, marks: list[Mark], *,
    estimator: FastEstimator, interval: FastInterval, level: float, backend: Asked,
) -> tuple[Refit, ...]:  # fmt: skip
    sizes = inside.sum(axis=1)
    several = np.flatnonzero(sizes > 1)
    rows: dict[int, Refit] = {}
    if len(several):
        fits = fit_subsets(effects.y, effects.v, inside[several], estimator=estimator, backend=backend)
        found = bounds(fits, interval=interval, level=level)
        p = p_values(fits, found)
        for place, row in enumerate(several):
            members = inside[row] > 0
            k, tau2, q = int(sizes[row]), float(fits.tau2[place]), float(fits.q[place])
            i2 = inconsistency(effects.y[members], effects.v[members], tau2=tau2)
            rows[int(row)] = Refit(
                *marks[row], k, float(fits.mean[place]), float(found.se[place]), float(found.lower[place]),
                float(found.upper[place]), float(p[place]), tau2, q, float(chi2.sf(q, k - 1)), i2.i2_from_tau2,
                i2.i2_from_q, (MULTIPLE_MAXIMA,) if fits.modes[place] > 1 else (),
            )  # fmt: skip
    for row in np.flatnonzero(sizes == 1):
        members = inside[row] > 0
        alone = wald(effects.y[members], effects.v[members], tau2=0.0, level=level)
        one = Refit(*marks[row], 1, alone.mean, None, None, None, None, 0.0, 0.0, 1.0, 0.0, None, (ONE_STUDY,))
        if interval == "wald":
            one = one._replace(se=alone.se, lower=alone.lower, upper=alone.upper, p=alone.p)
        rows[int(row)] = one
    return tuple(rows[row] for row in range(len(marks)))
