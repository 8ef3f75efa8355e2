"""A design matrix that is safe to compute with: checked, orthonormal inside, on the asked scale outside.

The columns of ``X`` are orthogonalised in extended precision, the intercept first, so that every other column is
centred and scaled before any arithmetic: ``X = B R`` with orthonormal ``B``. Models are fitted on ``B`` and
coefficients returned as ``beta = R^-1 gamma``. Raw calendar years, or years times a group, lose no digits that way;
normal equations on them lose 7. Numbers of ``X`` must be finite; a column that the others determine is refused by
name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError

COLLINEAR = 1e-10
"""Refused: what the other columns leave of a column, relative to its spread, when it is this small or smaller."""

NEARLY_COLLINEAR = 1e-3
"""Warned of below this."""

NEARLY = "MODERATORS_NEARLY_COLLINEAR"

Extended = npt.NDArray[np.longdouble]


class Design(NamedTuple):
    """Columns as asked for (``matrix``, ``names``), the orthonormal ``basis``, and ``back`` with beta = back gamma.

    ``intercept`` is the place of a constant column, None without one.
    """

    names: tuple[str, ...]
    matrix: FloatArray
    basis: FloatArray
    back: Extended
    intercept: int | None
    codes: tuple[str, ...]

    def rows(self, rows: npt.ArrayLike) -> FloatArray:
        """Return rows given in the columns of ``matrix`` (new studies, contrasts) in terms of the basis."""
        return np.asarray(np.asarray(rows, dtype=np.longdouble) @ self.back, dtype=np.float64)


def make_design(x: npt.ArrayLike, names: Sequence[str]) -> Design:
    """Check ``x`` (one row per study, one column per name) and orthogonalise it.

    Raises InputError for a wrong shape, numbers that are not finite, repeated names, not more rows than columns, and
    columns that others determine, naming them.
    """
    matrix, labels = _checked(x, names)
    k, p = matrix.shape
    constant = [at for at in range(p) if matrix[0, at] != 0 and bool((matrix[:, at] == matrix[0, at]).all())]
    order = (constant[:1] or []) + [at for at in range(p) if at not in constant[:1]]
    columns = matrix[:, order].astype(np.longdouble)
    sizes = np.array([_length(column) for column in columns.T])
    left = np.zeros((p, p), dtype=np.longdouble)
    basis = np.zeros((k, p), dtype=np.longdouble)
    problems, nearly = [], False
    for place in range(p):
        rest, first = columns[:, place].copy(), 1 if constant and place else 0
        own = _length(rest - basis[:, :first] @ (basis[:, :first].T @ rest)) if first else sizes[place]
        for _ in range(3):
            for earlier in range(place):
                share = basis[:, earlier] @ rest
                left[earlier, place] += share
                rest = rest - share * basis[:, earlier]
        length = _length(rest)
        if own <= 1e-15 * sizes[place] or length <= COLLINEAR * own:
            problems.append(_determined(place, order, labels, left, sizes))
            continue
        nearly = nearly or bool(length < NEARLY_COLLINEAR * own)
        left[place, place] = length
        basis[:, place] = rest / length
    if problems:
        raise InputError(problems)
    back = np.zeros((p, p), dtype=np.longdouble)
    back[order] = _inverse(left)
    return Design(
        labels,
        matrix,
        np.asarray(basis, dtype=np.float64),
        back,
        constant[0] if constant else None,
        (NEARLY,) if nearly else (),
    )


def _checked(x: npt.ArrayLike, names: Sequence[str]) -> tuple[FloatArray, tuple[str, ...]]:
    try:
        matrix = np.asarray(x, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError([f"moderators must hold numbers only: {error}"]) from error
    if matrix.ndim != 2 or matrix.shape[1] == 0:
        raise InputError(
            [f"moderators must have one row per study and one column per name, not shape {matrix.shape!r}"]
        )
    labels = tuple(names)
    if len(labels) != matrix.shape[1]:
        raise InputError([f"{matrix.shape[1]} columns but {len(labels)} names: {', '.join(map(repr, labels))}"])
    problems = [
        f"the name {name!r} stands for {labels.count(name)} columns"
        for name in dict.fromkeys(labels)
        if labels.count(name) > 1
    ]
    bad = np.argwhere(~np.isfinite(matrix))
    problems += [
        f"study {row + 1}: {labels[column]} = {float(matrix[row, column])!r} is not a finite number"
        for row, column in bad
    ]
    if not problems and matrix.shape[0] <= matrix.shape[1]:
        problems.append(
            f"{matrix.shape[0]} studies cannot carry {matrix.shape[1]} coefficients; this needs more studies"
        )
    if problems:
        raise InputError(problems)
    return matrix, labels


def _determined(place: int, order: list[int], labels: tuple[str, ...], left: Extended, sizes: Extended) -> str:
    name = labels[order[place]]
    if sizes[place] == 0:
        return f"{name} is 0 in every study; leave it out"
    known = [at for at in range(place) if left[at, at] > 0]
    share = np.zeros(place, dtype=np.longdouble)
    for at in reversed(known):
        share[at] = (left[at, place] - left[at, at + 1 : place] @ share[at + 1 :]) / left[at, at]
    others = [labels[order[at]] for at in known if abs(share[at]) * sizes[at] > 1e-8 * sizes[place]]
    return f"{name} is determined by {' and '.join(others)}; leave one of them out"


def _inverse(upper: Extended) -> Extended:
    p = len(upper)
    inverse = np.zeros((p, p), dtype=np.longdouble)
    for column in range(p):
        inverse[column, column] = 1 / upper[column, column]
        for row in range(column - 1, -1, -1):
            inner = upper[row, row + 1 : column + 1] @ inverse[row + 1 : column + 1, column]
            inverse[row, column] = -inner / upper[row, row]
    return inverse


def _length(column: Extended) -> np.longdouble:
    scale = np.abs(column).max()
    if scale == 0 or not math.isfinite(float(scale)):
        return np.longdouble(0)
    return np.longdouble(scale * np.sqrt(((column / scale) ** 2).sum()))
