"""The Bayesian normal-normal model with the prior that the pools use: flat mu, half-normal tau. More in ``bayes``."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy.typing as npt

from evsynth.pooling.bayes.model import NormalNormal, bayes
from evsynth.pooling.bayes.priors import half_normal
from evsynth.pooling.guard import InputError


def normal_normal(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    prior_scale: float,
    level: float,
    labels: Sequence[str] | None = None,
) -> NormalNormal:
    """Return the posterior under tau ~ half-normal(prior_scale), mu flat. Works from two studies.

    Raises InputError for fewer (with one study a flat prior on mu leaves tau at its prior), or a scale that is not > 0.
    The scale is in the units of ``y`` and must be chosen for it (Roever 2021, doi 10.1002/jrsm.1475).
    """
    if not (math.isfinite(prior_scale) and prior_scale > 0):
        raise InputError([f"prior_scale = {prior_scale!r} must be a finite number > 0, in the units of y"])
    return bayes(y, v, tau_prior=half_normal(prior_scale), mu_prior=None, level=level, labels=labels)
