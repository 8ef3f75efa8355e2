"""Check the data of a model with dependent effects: estimates, sampling covariance, design matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError

DEFINITE = 1e-10
"""Smallest eigenvalue of the correlation matrix of V that is accepted: below it, contrasts have no variance."""

RANK = 1e-10
"""Smallest singular value, relative to the largest, of the design matrix with columns scaled to length 1."""

_SYMMETRIC = 1e-8


class Data(NamedTuple):
    """Checked ``y`` (k), ``v`` (k, k) positive definite, ``x`` (k, p) of full rank, names of its columns, labels."""

    y: FloatArray
    v: FloatArray
    x: FloatArray
    names: tuple[str, ...]
    labels: tuple[str, ...]


def check_data(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    x: npt.ArrayLike | None,
    *,
    names: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
) -> Data:
    """Return checked data; ``v`` may be a vector of variances or a matrix, ``x`` None means an intercept.

    Raises InputError for a value that is not finite, a variance <= 0, a matrix that is not symmetric or not positive
    definite (naming the estimates involved), collinear columns, or no more estimates than coefficients.
    """
    estimates = _numbers(y, "y", 1)
    k = len(estimates)
    if k == 0:
        raise InputError(["no estimates given"])
    texts = tuple(labels) if labels is not None else ("",) * k
    if len(texts) != k:
        raise InputError([f"labels has {len(texts)} values but y has {k}"])
    problems = [
        f"{place(i, texts)}: y = {float(value)!r} is not a finite number"
        for i, value in enumerate(estimates)
        if not math.isfinite(value)
    ]
    if problems:
        raise InputError(problems)
    matrix = check_covariance(v, size=k, labels=texts)
    design, columns = _design(x, k, names)
    return Data(estimates, matrix, design, columns, texts)


def check_covariance(v: npt.ArrayLike, *, size: int, labels: Sequence[str] | None = None) -> FloatArray:
    """Return V as a (size, size) matrix, symmetric and positive definite. Raises InputError."""
    texts = tuple(labels) if labels is not None else ("",) * size
    given = np.asarray(v)
    matrix = _numbers(v, "V", 2 if given.ndim == 2 else 1)
    if matrix.shape not in ((size,), (size, size)):
        raise InputError([f"V has shape {matrix.shape!r} but there are {size} estimates"])
    variances = matrix if matrix.ndim == 1 else np.diag(matrix)
    problems = []
    for i, value in enumerate(variances):
        if not math.isfinite(value):
            problems.append(f"{place(i, texts)}: variance v = {float(value)!r} is not a finite number")
        elif value <= 0:
            problems.append(f"{place(i, texts)}: variance v = {float(value)!r} must be > 0")
    if problems:
        raise InputError(problems)
    if matrix.ndim == 1:
        return np.diag(matrix)
    if not np.isfinite(matrix).all():
        i, j = (int(part[0]) for part in np.nonzero(~np.isfinite(matrix)))
        raise InputError([f"V[{i + 1}, {j + 1}] = {float(matrix[i, j])!r} is not a finite number"])
    root = np.sqrt(variances)
    correlation = matrix / np.outer(root, root)
    off = np.abs(correlation - correlation.T)
    if off.max() > _SYMMETRIC:
        i, j = (int(part) for part in np.unravel_index(int(off.argmax()), off.shape))
        pair = f"V[{i + 1}, {j + 1}] = {float(matrix[i, j])!r} but V[{j + 1}, {i + 1}] = {float(matrix[j, i])!r}"
        raise InputError([f"V is not symmetric: {pair}"])
    values, vectors = np.linalg.eigh((correlation + correlation.T) / 2)
    if values[0] < DEFINITE:
        involved = np.flatnonzero(np.abs(vectors[:, 0]) > 0.1)
        who = ", ".join(place(int(i), texts) for i in involved[:6]) + (" ..." if len(involved) > 6 else "")
        least = f"smallest eigenvalue of its correlation matrix {values[0]:.3g}, among {who}"
        raise InputError(
            [f"V is not positive definite: {least}; lower correlations, or drop estimates that repeat others"]
        )
    return np.asarray((matrix + matrix.T) / 2, dtype=np.float64)


def place(index: int, labels: Sequence[str]) -> str:
    """Return how an estimate is called in messages (1-based, with its label if it has one)."""
    return f"estimate {index + 1} ({labels[index]!r})" if labels[index] else f"estimate {index + 1}"


def _design(x: npt.ArrayLike | None, k: int, names: Sequence[str] | None) -> tuple[FloatArray, tuple[str, ...]]:
    if x is None:
        if names is not None and len(names) != 1:
            raise InputError([f"{len(names)} names of coefficients given, but without X there is the intercept only"])
        return _ranked(np.ones((k, 1)), tuple(names or ("intercept",)))
    design = _numbers(x, "X", 2)
    if design.shape[0] != k:
        raise InputError([f"X has {design.shape[0]} rows but there are {k} estimates"])
    columns = tuple(names) if names is not None else tuple(f"x{j + 1}" for j in range(design.shape[1]))
    if len(columns) != design.shape[1]:
        raise InputError([f"{len(columns)} names given for {design.shape[1]} columns of X"])
    wrong = [
        f"X: column {columns[j]!r} of estimate {i + 1} is {float(design[i, j])!r}, not a finite number"
        for i, j in zip(*np.nonzero(~np.isfinite(design)), strict=True)
    ]
    if wrong:
        raise InputError(wrong)
    return _ranked(design, columns)


def _ranked(design: FloatArray, columns: tuple[str, ...]) -> tuple[FloatArray, tuple[str, ...]]:
    k, p = design.shape
    length = np.sqrt((design**2).sum(axis=0))
    zero = [columns[j] for j in range(p) if length[j] == 0]
    if zero:
        raise InputError([f"X: column {name!r} is all zero" for name in zero])
    if k <= p:
        raise InputError([f"{k} estimates cannot carry {p} coefficients and a variance; this needs at least {p + 1}"])
    _, values, rows = np.linalg.svd(design / length)
    if values[-1] < RANK * values[0]:
        involved = [columns[j] for j in range(p) if abs(rows[-1, j]) > 1e-3]
        raise InputError([f"X: columns {', '.join(map(repr, involved))} are collinear"])
    return design, columns


def _numbers(values: npt.ArrayLike, name: str, dimensions: int) -> FloatArray:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError([f"{name} must hold numbers only: {error}"]) from error
    if array.ndim != dimensions:
        raise InputError([f"{name} must have {dimensions} dimension(s), not shape {array.shape!r}"])
    return array
