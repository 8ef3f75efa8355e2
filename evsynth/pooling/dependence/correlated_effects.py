"""Correlated and hierarchical effects: several estimates per study, over a grid of assumed correlations.

For each rho: V with that correlation within studies, a three-level model (study, estimate within study), and CR2 robust
tests with Satterthwaite degrees of freedom clustered by study. Pustejovsky & Tipton 2022, doi
10.1007/s11121-021-01246-3. What is reported should not hang on rho: look at all of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.dependence.cluster_robust import Robust, robust_fit
from evsynth.pooling.dependence.marginal import Method
from evsynth.pooling.dependence.multivariate import MultivariateFit, fit_multivariate
from evsynth.pooling.dependence.sampling_covariance import sampling_covariance
from evsynth.pooling.guard import InputError

GRID = (0.2, 0.4, 0.6, 0.8)


class AtRho(NamedTuple):
    """The fit and its robust tests at one assumed correlation within studies."""

    rho: float
    fit: MultivariateFit
    robust: Robust


def over_rho(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    X: npt.ArrayLike | None = None,
    *,
    cluster: Sequence[Hashable],
    method: Method,
    rhos: Sequence[float] = GRID,
    level: float = 0.95,
    names: Sequence[str] | None = None,
) -> tuple[AtRho, ...]:
    """Return the fits in the order of ``rhos``. Raises InputError, also for no rho at all."""
    if not rhos:
        raise InputError(["no rho is given"])
    rows = len(np.asarray(v))
    columns = {"study": cluster, "estimate": list(range(rows))}
    found = []
    for rho in rhos:
        covariance = sampling_covariance(v, cluster=cluster, rho=rho)
        fit = fit_multivariate(
            y,
            covariance,
            X,
            random="~ 1 | study/estimate",
            columns=columns,
            method=method,
            test="t",
            level=level,
            names=names,
        )
        robust = robust_fit(fit, cluster=cluster, adjust="CR2", dfs="satterthwaite", level=level)
        found.append(AtRho(rho, fit, robust))
    return tuple(found)
