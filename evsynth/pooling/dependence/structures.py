"""Covariance structures of correlated random effects, with exact first and second derivatives.

``G[i, j] = tau_i tau_j R[i, j]`` for the levels of an inner factor. The coordinates are chosen so that both
the value zero of a variance and the values -1 and 1 of a correlation are ordinary smooth points, never limits at
infinity: ``tau`` itself, ``rho = sin(angle)``, for CAR ``rho = exp(-c^2)``, and for UN the spherical
coordinates of Pinheiro & Bates 1996, doi 10.1007/BF00140873. tau >= 0.

    ID    one tau2, no correlation                 DIAG  a tau2 per level, no correlation
    CS    one tau2, one rho                        HCS   a tau2 per level, one rho
    AR    one tau2, rho^|i - j| by order of level  HAR   a tau2 per level, rho^|i - j|
    CAR   one tau2, rho^|time difference|          UN    a tau2 per level, a rho per pair
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple, get_args

import numpy as np

from evsynth.pooling.guard import FloatArray, InputError

Struct = Literal["ID", "DIAG", "CS", "HCS", "AR", "HAR", "CAR", "UN"]
STRUCTS: tuple[Struct, ...] = get_args(Struct)


class Structure(NamedTuple):
    """A structure over ``len(positions)`` levels; positions are ranks of the levels, or their times for CAR."""

    name: Struct
    positions: tuple[float, ...]

    @property
    def scales(self) -> int:
        """Return the number of variances."""
        return len(self.positions) if self.name in ("DIAG", "HCS", "HAR", "UN") else 1

    @property
    def correlations(self) -> int:
        """Return the number of correlations (0 for one level)."""
        levels = len(self.positions)
        if levels == 1 or self.name in ("ID", "DIAG"):
            return 0
        return levels * (levels - 1) // 2 if self.name == "UN" else 1


class Covariance(NamedTuple):
    """``g`` (J, J), its first derivatives (P, J, J) and second derivatives (P, P, J, J) in the coordinates."""

    g: FloatArray
    first: FloatArray
    second: FloatArray


def covariance(structure: Structure, theta: FloatArray) -> Covariance:
    """Return G and its derivatives at the coordinates: the taus first, then the angles."""
    levels, scales = len(structure.positions), structure.scales
    size = scales + structure.correlations
    member = np.ones((1, levels)) if scales == 1 else np.eye(levels)
    tau = theta[:scales] @ member
    r, r1, r2 = _correlation(structure, theta[scales:])
    outer = np.outer(tau, tau)
    first = np.zeros((size, levels, levels))
    second = np.zeros((size, size, levels, levels))
    sides = [np.outer(member[s], tau) + np.outer(tau, member[s]) for s in range(scales)]
    for s in range(scales):
        first[s] = sides[s] * r
        for u in range(scales):
            second[s, u] = (np.outer(member[s], member[u]) + np.outer(member[u], member[s])) * r
        for c in range(size - scales):
            second[s, scales + c] = second[scales + c, s] = sides[s] * r1[c]
    for c in range(size - scales):
        first[scales + c] = outer * r1[c]
        for d in range(size - scales):
            second[scales + c, scales + d] = outer * r2[c, d]
    return Covariance(outer * r, first, second)


def correlations(structure: Structure, angles: FloatArray) -> tuple[float, ...]:
    """Return the correlations that the angles stand for; for UN the pairs (1, 2), (1, 3), ..., (2, 3), ..."""
    if not structure.correlations:
        return ()
    if structure.name == "CAR":
        return (math.exp(-(float(angles[0]) ** 2)),)
    if structure.name != "UN":
        return (math.sin(float(angles[0])),)
    r = _correlation(structure, angles)[0]
    return tuple(float(value) for value in r[np.triu_indices(len(r), 1)])


def angles_of(structure: Structure, rho: tuple[float, ...]) -> FloatArray:
    """Return the angles of given correlations. Raises InputError outside [-1, 1] or if UN is not a correlation
    matrix.
    """
    if len(rho) != structure.correlations:
        raise InputError([f"rho has {len(rho)} values but {structure.name} has {structure.correlations}"])
    low = 0.0 if structure.name == "CAR" else -1.0
    wrong = [value for value in rho if not low <= value <= 1.0]
    if wrong or (structure.name == "CAR" and 0.0 in rho):
        raise InputError([f"rho = {wrong[0] if wrong else 0.0!r} is outside the range of {structure.name}"])
    if structure.name == "CAR":
        return np.array([math.sqrt(-math.log(rho[0]))])
    if structure.name != "UN":
        return np.array([math.asin(value) for value in rho])
    levels = len(structure.positions)
    r = np.eye(levels)
    r[np.triu_indices(levels, 1)] = rho
    r = np.triu(r) + np.triu(r, 1).T
    try:
        factor = np.linalg.cholesky(r)
    except np.linalg.LinAlgError as error:
        raise InputError([f"rho = {rho!r} is not a positive definite correlation matrix"]) from error
    angles = []
    for j in range(1, levels):
        rest = 1.0
        for c in range(j):
            angles.append(math.asin(max(-1.0, min(1.0, factor[j, c] / rest))))
            rest *= math.cos(angles[-1])
    return np.array(angles)


def _correlation(structure: Structure, angles: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    levels, size = len(structure.positions), structure.correlations
    r, r1, r2 = np.eye(levels), np.zeros((size, levels, levels)), np.zeros((size, size, levels, levels))
    if size == 0:
        return r, r1, r2
    if structure.name == "UN":
        return _spherical(levels, angles)
    places = np.array(structure.positions)
    distance = np.abs(places[:, None] - places[None, :])
    if structure.name == "CAR":
        c = float(angles[0])
        r = np.exp(-c * c * distance)
        r1[0] = -2 * c * distance * r
        r2[0, 0] = (4 * c * c * distance**2 - 2 * distance) * r
        return r, r1, r2
    power = distance if structure.name in ("AR", "HAR") else np.where(distance > 0, 1.0, 0.0)
    rho, slope = math.sin(float(angles[0])), math.cos(float(angles[0]))
    r = rho**power
    by_rho = np.where(power >= 1, power * rho ** np.maximum(power - 1, 0), 0.0)
    by_rho2 = np.where(power >= 2, power * (power - 1) * rho ** np.maximum(power - 2, 0), 0.0)
    r1[0] = by_rho * slope
    r2[0, 0] = by_rho2 * slope * slope - by_rho * rho
    return r, r1, r2


def _spherical(levels: int, angles: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    # Row j of the Cholesky factor is (sin a1, cos a1 sin a2, ..., cos a1 ... cos aj): products of one factor per angle.
    size = len(angles)
    u = np.zeros((levels, levels))
    u1, u2 = np.zeros((size, levels, levels)), np.zeros((size, size, levels, levels))
    u[0, 0] = 1.0
    start = 0
    for j in range(1, levels):
        own = range(start, start + j)
        for c in range(j + 1):
            value = [_factor(float(angles[a]), a - start, c) for a in own]
            u[j, c] = math.prod(f[0] for f in value)
            for a in own:
                u1[a, j, c] = _product(value, {a - start: 1})
                for b in own:
                    u2[a, b, j, c] = _product(value, {a - start: 2} if a == b else {a - start: 1, b - start: 1})
        start += j
    r1 = np.array([d @ u.T + u @ d.T for d in u1])
    r2 = np.zeros((size, size, levels, levels))
    for a in range(size):
        for b in range(size):
            r2[a, b] = u2[a, b] @ u.T + u @ u2[a, b].T + u1[a] @ u1[b].T + u1[b] @ u1[a].T
    return u @ u.T, r1, r2


def _factor(angle: float, place: int, column: int) -> tuple[float, float, float]:
    """Return the factor of one angle in one column of a row, and its first two derivatives."""
    if place < column:
        return math.cos(angle), -math.sin(angle), -math.cos(angle)
    if place == column:
        return math.sin(angle), math.cos(angle), -math.sin(angle)
    return 1.0, 0.0, 0.0


def _product(value: list[tuple[float, float, float]], orders: dict[int, int]) -> float:
    return math.prod(f[orders.get(place, 0)] for place, f in enumerate(value))
