"""Build the covariance matrix V of sampling errors of estimates from the same patients.

``V[i, j] = r[i, j] sqrt(v_i v_j)``, r = 0 between clusters (and between subgroups of a cluster, which share nobody).
Within, r is a product of what is given:

    outcomes     rho for two different ``obs`` (or any two estimates without ``obs``); with ``type`` too, rho[0] for two
                 obs of one type and rho[1] for two types (two instruments, two sources)
    times        phi^|t_i - t_j|
    groups       the groups compared, with their sizes: (1/w)/sqrt((1/w_i1 + 1/w_i2)(1/w_j1 + 1/w_j2)) for a shared
                 group of size w, negative if it is the first group here and the second there. Two comparisons with one
                 control group are the usual case; Gleser & Olkin 2009, in Cooper, Hedges & Valentine (eds).

The correlations are assumptions: repeat with others (``over_rho`` in ``correlated_effects``). V must be positive
definite; a combination that is not is refused, never repaired.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt

from evsynth.pooling.dependence.inputs import check_covariance
from evsynth.pooling.dependence.random_terms import level_index
from evsynth.pooling.guard import FloatArray, InputError

Labels = Sequence[Hashable]


def sampling_covariance(
    v: npt.ArrayLike,
    *,
    cluster: Labels,
    rho: float | tuple[float, float] | None = None,
    subgroup: Labels | None = None,
    obs: Labels | None = None,
    type: Labels | None = None,
    time: npt.ArrayLike | None = None,
    phi: float | None = None,
    groups: tuple[Labels, Labels] | None = None,
    sizes: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    labels: Sequence[str] | None = None,
) -> FloatArray:
    """Return V (k, k). ``rho`` is a pair if both ``obs`` and ``type`` are given.

    Raises InputError for values out of range, parts given without their partner, or a V that is not positive definite
    (for example two estimates of one cluster with the same obs, type and time).
    """
    variances = np.asarray(v, dtype=np.float64)
    k = len(variances)
    index, _ = level_index(cluster, name="cluster", rows=k)
    r = (index[:, None] == index[None, :]).astype(np.float64)
    if subgroup is not None:
        r *= _same(subgroup, "subgroup", k)
    if rho is not None:
        r *= _outcomes(rho, obs, type, k)
    elif obs is not None or type is not None:
        raise InputError(["obs or type is given, but no rho"])
    if (time is None) != (phi is None):
        raise InputError(["time and phi are needed together"])
    if time is not None and phi is not None:
        r *= _times(time, phi, k)
    if (groups is None) != (sizes is None):
        raise InputError(["groups and sizes are needed together"])
    if groups is not None and sizes is not None:
        r *= _shared_groups(groups, sizes, k)
    if rho is None and time is None and groups is None:
        raise InputError(["nothing says how estimates of a cluster correlate: give rho, time and phi, or groups"])
    np.fill_diagonal(r, 1.0)
    check_covariance(variances, size=k, labels=labels)
    return check_covariance(r * np.sqrt(np.outer(variances, variances)), size=k, labels=labels)


def _same(values: Labels, name: str, k: int) -> FloatArray:
    index, _ = level_index(values, name=name, rows=k)
    return np.asarray(index[:, None] == index[None, :], dtype=np.float64)


def _outcomes(rho: float | tuple[float, float], obs: Labels | None, kind: Labels | None, k: int) -> FloatArray:
    pair: tuple[float, ...] = rho if isinstance(rho, tuple) else (rho,)
    wrong = [value for value in pair if not -1.0 <= value <= 1.0]
    if wrong:
        raise InputError([f"rho = {wrong[0]!r} must lie in [-1, 1]"])
    if (len(pair) == 2) != (obs is not None and kind is not None):
        raise InputError([f"rho = {rho!r}: a pair is needed if both obs and type are given, one number otherwise"])
    if obs is not None and kind is not None:
        one = _same(kind, "type", k)
        return np.where(one == 1, np.where(_same(obs, "obs", k) == 1, 1.0, pair[0]), pair[1])
    if obs is None and kind is None:
        return np.full((k, k), pair[0])
    named = _same(obs, "obs", k) if obs is not None else _same(kind or (), "type", k)
    return np.where(named == 1, 1.0, pair[0])


def _times(time: npt.ArrayLike, phi: float, k: int) -> FloatArray:
    places = np.asarray(time, dtype=np.float64)
    if places.shape != (k,) or not np.isfinite(places).all():
        raise InputError([f"time must hold {k} finite numbers"])
    if not 0.0 <= phi <= 1.0:
        raise InputError([f"phi = {phi!r} must lie in [0, 1]"])
    return np.asarray(phi ** np.abs(places[:, None] - places[None, :]), dtype=np.float64)


def _shared_groups(groups: tuple[Labels, Labels], sizes: tuple[npt.ArrayLike, npt.ArrayLike], k: int) -> FloatArray:
    first, second = (list(side) for side in groups)
    w = [np.asarray(side, dtype=np.float64) for side in sizes]
    if not len(first) == len(second) == len(w[0]) == len(w[1]) == k:
        raise InputError([f"groups and sizes must hold {k} values each"])
    problems = [
        f"estimate {i + 1}: size of group {part + 1} is {float(w[part][i])!r}, must be > 0"
        for part in (0, 1)
        for i in range(k)
        if not (math.isfinite(w[part][i]) and w[part][i] > 0)
    ]
    problems += [f"estimate {i + 1} compares {first[i]!r} with itself" for i in range(k) if first[i] == second[i]]
    if problems:
        raise InputError(problems)
    signed = [(first, 1.0, w[0]), (second, -1.0, w[1])]
    shared = np.zeros((k, k))
    for here, sign, own in signed:
        for there, other, theirs in signed:
            equal = np.array([[a == b for b in there] for a in here], dtype=np.float64)
            shared += equal * sign * other / np.sqrt(np.outer(own, theirs))
    total = 1.0 / w[0] + 1.0 / w[1]
    return np.asarray(shared / np.sqrt(np.outer(total, total)), dtype=np.float64)
