"""Columns of numbers, one row per study: read, checked, every problem naming its study and its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from evsynth.effects.measures.effect import MeasureError

FloatArray = npt.NDArray[np.float64]
Columns = Mapping[str, npt.ArrayLike]
Data = dict[str, FloatArray]


def read_columns(columns: Columns, names: Sequence[str]) -> Data:
    """Return the named columns as float arrays of one length (a single number is one study).

    Raises MeasureError for a missing column, unequal lengths, text, and numbers that are not finite.
    """
    missing = [name for name in names if name not in columns]
    if missing:
        raise MeasureError(f"missing {', '.join(missing)}; given {', '.join(columns) or 'nothing'}")
    data: Data = {}
    for name in names:
        try:
            array = np.atleast_1d(np.asarray(columns[name], dtype=np.float64))
        except (TypeError, ValueError) as error:
            raise MeasureError(f"{name} must hold numbers only: {error}") from error
        if array.ndim != 1:
            raise MeasureError(f"{name} must be one-dimensional, not of shape {array.shape!r}")
        data[name] = array
    lengths = {name: len(array) for name, array in data.items()}
    if len(set(lengths.values())) > 1:
        raise MeasureError(f"columns of unequal length: {lengths!r}")
    demand(data, np.isfinite, "must be a finite number")
    return data


def demand(
    data: Mapping[str, FloatArray],
    holds: Callable[[FloatArray], npt.ArrayLike],
    words: str,
    *,
    labels: Sequence[str] = (),
) -> None:
    """Assert that a condition holds for every number. Raises MeasureError, one line per offending number."""
    problems = []
    for name, array in data.items():
        for place in np.flatnonzero(~np.asarray(holds(array), dtype=bool)):
            problems.append(f"{study(int(place), labels)}: {name} = {float(array[place])!r} {words}")
    if problems:
        raise MeasureError("\n".join(problems))


def demand_counts(data: Data, names: Sequence[str], *, least: int = 0) -> None:
    """Assert that columns hold whole numbers of at least ``least``. Raises MeasureError."""
    chosen = {name: data[name] for name in names}
    demand(chosen, lambda value: (value >= least) & (value == np.floor(value)), f"must be a whole number >= {least}")


def demand_positive(data: Data, names: Sequence[str]) -> None:
    """Assert that columns hold numbers > 0. Raises MeasureError."""
    demand({name: data[name] for name in names}, lambda value: value > 0, "must be > 0")


def demand_at_most(data: Data, part: str, whole: str) -> None:
    """Assert that one column nowhere exceeds another. Raises MeasureError."""
    problems = [
        f"{study(int(i), ())}: {part} = {data[part][i]:g} exceeds {whole} = {data[whole][i]:g}"
        for i in np.flatnonzero(data[part] > data[whole])
    ]
    if problems:
        raise MeasureError("\n".join(problems))


def study(place: int, labels: Sequence[str]) -> str:
    """Return the words for a row: its 1-based number, with its label when there is one."""
    label = labels[place] if labels else ""
    return f"study {place + 1} ({label!r})" if label else f"study {place + 1}"
