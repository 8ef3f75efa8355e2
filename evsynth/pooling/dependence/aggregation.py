"""One effect per study from several: the mean of its estimates, with the variance that their correlation gives.

With V the covariance of a study's estimates (``rho`` between any two, 0 for independent ones):

    weighted     (1'V^-1 y)/(1'V^-1 1), variance 1/(1'V^-1 1)
    unweighted   mean y, variance 1'V 1/m^2

The first is the best combination when V is right, and can weigh an estimate negatively when V is not (code
``NEGATIVE_AGGREGATION_WEIGHT``); the second is Borenstein 2009's composite (chapter 24, doi 10.1002/9780470743386).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import InputError, check_effects

NEGATIVE_WEIGHT = "NEGATIVE_AGGREGATION_WEIGHT"


class Aggregated(NamedTuple):
    """One effect per cluster, in the order in which clusters first appear; ``sizes`` counts their estimates."""

    clusters: tuple[Hashable, ...]
    y: tuple[float, ...]
    v: tuple[float, ...]
    sizes: tuple[int, ...]
    codes: tuple[str, ...]


def aggregate(
    y: npt.ArrayLike, v: npt.ArrayLike, cluster: Sequence[Hashable], *, rho: float, weighted: bool
) -> Aggregated:
    """Combine the estimates of every cluster.

    Raises InputError for a correlation outside [-1, 1], labels that do not fit, or a V that is not positive definite.
    """
    effects = check_effects(y, v)
    labels = list(cluster)
    if len(labels) != len(effects.y):
        raise InputError([f"cluster has {len(labels)} values but y has {len(effects.y)}"])
    if not (math.isfinite(rho) and -1 <= rho <= 1):
        raise InputError([f"rho = {rho!r} must lie in [-1, 1]"])
    names = tuple(dict.fromkeys(labels))
    means, variances, sizes, codes = [], [], [], []
    for name in names:
        rows = np.array([at for at, label in enumerate(labels) if label == name])
        root = np.sqrt(effects.v[rows])
        covariance = rho * np.outer(root, root)
        np.fill_diagonal(covariance, effects.v[rows])
        if float(np.linalg.eigvalsh(covariance / np.outer(root, root)).min()) < 1e-12:
            raise InputError([f"cluster {name!r}: {len(rows)} estimates with rho = {rho!r} have no valid covariance"])
        weights = np.linalg.solve(covariance, np.ones(len(rows))) if weighted else np.ones(len(rows))
        if (weights < 0).any():
            codes.append(NEGATIVE_WEIGHT)
        weights = weights / weights.sum()
        means.append(float(weights @ effects.y[rows]))
        variances.append(float(weights @ covariance @ weights))
        sizes.append(len(rows))
    return Aggregated(names, tuple(means), tuple(variances), tuple(sizes), tuple(dict.fromkeys(codes)))
