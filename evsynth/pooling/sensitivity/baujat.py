"""Coordinates of the Baujat plot: what a study adds to heterogeneity, and what it does to the mean.

    heterogeneity   (y_i - mu)^2 / (v_i + tau2)
    influence       (mu - mu(-i))^2 / V(-i), tau2 estimated again without study i; V(-i) the squared standard error

Baujat et al. 2002, doi 10.1002/sim.1221, with tau2 = 0 (estimator FE); for random effects as in R's metafor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import fit_subsets
from evsynth.pooling.guard import InputError, check_choice, check_effects
from evsynth.pooling.sensitivity.influence import Test


class BaujatPoint(NamedTuple):
    """One study (counted from 1) in the plot."""

    study: int
    label: str
    heterogeneity: float
    influence: float


def baujat(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, test: Test, labels: Sequence[str] | None = None
) -> tuple[BaujatPoint, ...]:
    """Return the coordinates of every study. Raises InputError for fewer than three studies, and under ``hksj`` when
    the studies left agree exactly (a standard error of 0).
    """
    check_choice("test", test, get_args(Test))
    effects = check_effects(y, v, labels=labels, minimum=3)
    k = len(effects.y)
    fits = fit_subsets(effects.y, effects.v, np.vstack([np.ones(k), 1.0 - np.eye(k)]), estimator=estimator)
    mean, tau2 = float(fits.mean[0]), float(fits.tau2[0])
    variances = fits.se[1:] ** 2 * (fits.factor[1:] if test == "hksj" else 1.0)
    if bool((variances == 0).any()):
        place = int(np.flatnonzero(variances == 0)[0]) + 1
        raise InputError([f"without study {place} the others agree exactly: the HKSJ standard error is 0"])
    across = (effects.y - mean) ** 2 / (effects.v + tau2)
    along = (mean - fits.mean[1:]) ** 2 / variances
    rows = zip(range(1, k + 1), effects.labels, across, along, strict=True)
    return tuple(BaujatPoint(study, label, float(one), float(two)) for study, label, one, two in rows)
