"""Refuse inputs that a pooling function would otherwise turn into a wrong number without a word.

Every public function of this folder passes its arrays through here first. All problems of one call are
reported at once, one per line, each naming the study (1-based, with its label when one was given) and the
value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

LARGEST, FINEST, WIDEST = 1e150, 1e-300, 1e300
"""Bounds of the size of an effect and of its variance; beyond them arithmetic in double precision overflows."""


class InputError(ValueError):
    """Inputs that cannot be pooled. ``problems`` holds one sentence per problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Effects(NamedTuple):
    """Checked effects on the analysis scale: estimates ``y``, sampling variances ``v``, a label per study."""

    y: FloatArray
    v: FloatArray
    labels: tuple[str, ...]


class Counts(NamedTuple):
    """Checked counts: ``events`` out of ``totals``, one label per study."""

    events: FloatArray
    totals: FloatArray
    labels: tuple[str, ...]


def check_effects(
    y: npt.ArrayLike, v: npt.ArrayLike, *, labels: Sequence[str] | None = None, minimum: int = 1
) -> Effects:
    """Return ``y`` and ``v`` as float arrays: equal lengths, finite, ``v > 0``, at least ``minimum`` studies.

    Raises InputError otherwise. A variance of zero is refused because it would silently become the whole
    answer.
    """
    estimates, variances = _floats(y, "y"), _floats(v, "v")
    names = _labels(labels, len(estimates), len(variances), ("y", "v"))
    problems = []
    for place, (estimate, variance) in enumerate(zip(estimates, variances, strict=True), start=1):
        study = _study(place, names[place - 1])
        if not math.isfinite(estimate):
            problems.append(f"{study}: estimate y = {estimate!r} is not a finite number")
        elif abs(estimate) > LARGEST:
            problems.append(f"{study}: estimate y = {estimate!r} is beyond ±{LARGEST:g}; choose a larger unit")
        if not math.isfinite(variance):
            problems.append(f"{study}: variance v = {variance!r} is not a finite number")
        elif variance <= 0:
            problems.append(f"{study}: variance v = {variance!r} must be > 0")
        elif not FINEST <= variance <= WIDEST:
            problems.append(f"{study}: variance v = {variance!r} must lie from {FINEST:g} to {WIDEST:g}")
    _enough(len(estimates), minimum, problems)
    if problems:
        raise InputError(problems)
    return Effects(np.array(estimates), np.array(variances), names)


def check_counts(
    events: npt.ArrayLike, totals: npt.ArrayLike, *, labels: Sequence[str] | None = None, minimum: int = 1
) -> Counts:
    """Return counts as float arrays: whole numbers, ``totals > 0``, ``0 <= events <= totals``.

    Raises InputError.
    """
    happened, among = _floats(events, "events"), _floats(totals, "totals")
    names = _labels(labels, len(happened), len(among), ("events", "totals"))
    problems = []
    for place, (x, n) in enumerate(zip(happened, among, strict=True), start=1):
        study = _study(place, names[place - 1])
        if not (math.isfinite(n) and n == int(n) and n > 0):
            problems.append(f"{study}: total {n!r} must be a whole number > 0")
        elif not (math.isfinite(x) and x == int(x) and 0 <= x <= n):
            problems.append(f"{study}: events {x!r} must be a whole number from 0 to {int(n)}")
    _enough(len(happened), minimum, problems)
    if problems:
        raise InputError(problems)
    return Counts(np.array(happened), np.array(among), names)


def check_level(level: float) -> float:
    """Return the confidence level as a fraction between 0 and 1 (0.95, not 95). Raises InputError."""
    if not 0.0 < level < 1.0:
        hint = f"; did you mean {level / 100!r}?" if 1 < level < 100 else ""
        raise InputError([f"level = {level!r} must lie in (0, 1){hint}"])
    return float(level)


def check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    """Assert that an option has one of its allowed values. Raises InputError that lists them."""
    if value not in allowed:
        raise InputError([f"{name} = {value!r} is not known; choose one of {', '.join(map(repr, allowed))}"])


def _floats(values: npt.ArrayLike, name: str) -> list[float]:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError([f"{name} must hold numbers only: {error}"]) from error
    if array.ndim != 1:
        raise InputError([f"{name} must be one-dimensional, not of shape {array.shape!r}"])
    return [float(value) for value in array]


def _labels(labels: Sequence[str] | None, first: int, second: int, names: tuple[str, str]) -> tuple[str, ...]:
    if first != second:
        raise InputError([f"{names[0]} has {first} values but {names[1]} has {second}"])
    if labels is None:
        return ("",) * first
    if len(labels) != first:
        raise InputError([f"labels has {len(labels)} values but {names[0]} has {first}"])
    return tuple(labels)


def _study(place: int, label: str) -> str:
    return f"study {place} ({label!r})" if label else f"study {place}"


def _enough(k: int, minimum: int, problems: list[str]) -> None:
    if k < minimum:
        problems.append(f"{k} {'study' if k == 1 else 'studies'} given; this needs at least {minimum}")
