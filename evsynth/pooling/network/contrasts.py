"""Check pairwise contrasts between treatments, and gather them by study.

A study of d arms gives d(d - 1)/2 contrasts, all of them needed: their variances ``v_ij = a_i + a_j`` tell how they are
correlated. Within a study the contrasts must add up (A-B plus B-C is A-C); what is left over by rounding is spread by
least squares and stays in Q. Rücker 2012, doi 10.1002/jrsm.1058; Rücker & Schwarzer 2014, doi 10.1002/sim.6236.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError

ADDS_UP = 0.05
"""Largest gap, in units of the smallest standard error of the study, by which contrasts may fail to add up.

Printed digits leave gaps of this order, which move Q by less than 0.003; a wrong sign or a wrong arm leaves far more.
"""

_DEFINITE = 1e-10


class StudyContrasts(NamedTuple):
    """One study: its treatments (places in the network), all pairs ``(i, j)`` of places in ``arms``, estimates of arm i
    against arm j, and standard errors. ``rows`` are the places in the input.
    """

    label: str
    arms: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    te: FloatArray
    se: FloatArray
    rows: tuple[int, ...]


class Contrasts(NamedTuple):
    """All studies of a network, treatments sorted by name without regard to case."""

    treatments: tuple[str, ...]
    studies: tuple[StudyContrasts, ...]

    @property
    def m(self) -> int:
        """Return the number of pairwise contrasts."""
        return sum(len(study.pairs) for study in self.studies)


class Spread(NamedTuple):
    """The contrasts of a study against its first arm: estimate, covariance, what does not add up (weighted sum of
    squares), and the weights of the pairwise contrasts, reduced for the other arms.
    """

    y: FloatArray
    covariance: FloatArray
    misfit: float
    weights: FloatArray


def check_contrasts(
    te: npt.ArrayLike,
    se: npt.ArrayLike,
    treat1: Sequence[str],
    treat2: Sequence[str],
    studlab: Sequence[object],
) -> Contrasts:
    """Return checked contrasts: ``te`` of treat1 against treat2 with standard error ``se``, one row per pair.

    Raises InputError, all problems at once, for values that are not finite, se <= 0, a treatment against itself, a
    study with missing or repeated pairs, contrasts that do not add up, or standard errors no arms can have.
    """
    effects, errors = _vector(te, "TE"), _vector(se, "seTE")
    first, second, study = [str(t) for t in treat1], [str(t) for t in treat2], [str(s) for s in studlab]
    sizes = {len(effects), len(errors), len(first), len(second), len(study)}
    if len(sizes) != 1:
        raise InputError([f"TE, seTE, treat1, treat2 and studlab have different lengths: {sorted(sizes)}"])
    problems = []
    for row in range(len(effects)):
        where = f"study {study[row]!r}, {first[row]} against {second[row]}"
        if not math.isfinite(effects[row]):
            problems.append(f"{where}: TE = {float(effects[row])!r} is not a finite number")
        if not (math.isfinite(errors[row]) and errors[row] > 0):
            problems.append(f"{where}: seTE = {float(errors[row])!r} must be a finite number > 0")
        if first[row] == second[row]:
            problems.append(f"{where}: a treatment is compared with itself")
    if not len(effects):
        problems.append("no contrasts given")
    if problems:
        raise InputError(problems)
    treatments = tuple(sorted({*first, *second}, key=lambda name: (name.casefold(), name)))
    place = {name: number for number, name in enumerate(treatments)}
    found = []
    for label in dict.fromkeys(study):
        rows = [row for row in range(len(study)) if study[row] == label]
        arms = sorted({place[side[row]] for row in rows for side in (first, second)})
        pairs = [(arms.index(place[first[row]]), arms.index(place[second[row]])) for row in rows]
        wrong = _pair_problems(label, [treatments[arm] for arm in arms], pairs)
        if wrong:
            problems.extend(wrong)
            continue
        one = StudyContrasts(label, tuple(arms), tuple(pairs), effects[rows], errors[rows], tuple(rows))
        problems.extend(_sum_problems(one))
        found.append(one)
    if problems:
        raise InputError(problems)
    return Contrasts(treatments, tuple(found))


def spread(study: StudyContrasts, tau2: float) -> Spread:
    """Return a study's basic contrasts with every pairwise variance raised by ``tau2``.

    With ``V`` the matrix of pairwise variances and J centring, ``-1/2 J V J`` is the pseudo-inverse of the Laplacian
    whose off-diagonal elements, with the sign changed, are the weights reduced for multi-arm studies.
    """
    d = len(study.arms)
    v = np.zeros((d, d))
    incidence = np.zeros((len(study.pairs), d))
    for row, (i, j) in enumerate(study.pairs):
        v[i, j] = v[j, i] = study.se[row] ** 2 + tau2
        incidence[row, i], incidence[row, j] = 1.0, -1.0
    if d == 2:
        sign = incidence[:, 0]
        return Spread(-sign * study.te, v[:1, 1:].copy(), 0.0, np.array([1.0 / v[0, 1]]))
    # Covariance of (arm 2 - arm 1, arm 3 - arm 1, ...).
    basic = 0.5 * (v[1:, :1] + v[:1, 1:] - v[1:, 1:])
    inverse = np.linalg.inv(basic)
    laplacian = np.zeros((d, d))
    laplacian[1:, 1:] = inverse
    laplacian[0, 1:] = laplacian[1:, 0] = -inverse.sum(axis=0)
    laplacian[0, 0] = inverse.sum()
    weights = np.array([-laplacian[i, j] for i, j in study.pairs])
    y = basic @ (incidence[:, 1:].T @ (weights * study.te))
    left = study.te - incidence[:, 1:] @ y
    return Spread(y, basic, math.fsum(weights * left * left), weights)


def _pair_problems(label: str, arms: list[str], pairs: list[tuple[int, int]]) -> list[str]:
    seen = [frozenset(pair) for pair in pairs]
    problems = []
    for pair in dict.fromkeys(seen):
        if seen.count(pair) > 1:
            names = " and ".join(arms[i] for i in sorted(pair))
            problems.append(f"study {label!r}: {names} are compared {seen.count(pair)} times; give one contrast")
    for i in range(len(arms)):
        for j in range(i + 1, len(arms)):
            if frozenset((i, j)) not in seen:
                problems.append(f"study {label!r}: the contrast of {arms[i]} and {arms[j]} is missing")
    return problems


def _sum_problems(study: StudyContrasts) -> list[str]:
    if len(study.arms) == 2:
        return []
    d = len(study.arms)
    v, te = np.zeros((d, d)), np.zeros((d, d))
    for row, (i, j) in enumerate(study.pairs):
        v[i, j] = v[j, i] = study.se[row] ** 2
        te[i, j], te[j, i] = study.te[row], -study.te[row]
    basic = 0.5 * (v[1:, :1] + v[:1, 1:] - v[1:, 1:])
    values = np.linalg.eigvalsh(basic / np.sqrt(np.outer(np.diag(basic), np.diag(basic))))
    if values[0] < _DEFINITE:
        errors = ", ".join(f"{se:g}" for se in study.se)
        return [f"study {study.label!r}: standard errors {errors} cannot belong to contrasts of independent arms"]
    gap = max(abs(te[i, j] + te[j, k] - te[i, k]) for i in range(d) for j in range(d) for k in range(d))
    if gap > ADDS_UP * float(study.se.min()):
        return [f"study {study.label!r}: its contrasts do not add up; round trips miss by up to {gap:g}"]
    return []


def _vector(values: npt.ArrayLike, name: str) -> FloatArray:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError([f"{name} must hold numbers only: {error}"]) from error
    if array.ndim != 1:
        raise InputError([f"{name} must be one-dimensional, not of shape {array.shape!r}"])
    return array
