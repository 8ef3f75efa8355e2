"""Two arms counted in every study: checked, and sorted by what each table can say.

A study without events in both arms (or with events only) carries no information about a ratio when its own
baseline is free: conditional and fixed-baseline models and Mantel-Haenszel ratios give it no weight. It is
informative for risk differences, and for models in which the baselines come from a distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError, check_counts, check_effects

BoolArray = npt.NDArray[np.bool_]
DoubleZero = Literal["keep", "exclude"]


class TwoArms(NamedTuple):
    """Events and totals (or person-times) of arm 1 and arm 2; ``rates`` says which."""

    x1: FloatArray
    n1: FloatArray
    x2: FloatArray
    n2: FloatArray
    labels: tuple[str, ...]
    rates: bool

    def take(self, rows: BoolArray | npt.NDArray[np.intp]) -> TwoArms:
        """Return the studies in ``rows``."""
        names = tuple(np.array(self.labels, dtype=object)[rows].tolist())
        return TwoArms(self.x1[rows], self.n1[rows], self.x2[rows], self.n2[rows], names, self.rates)


class LeftOut(NamedTuple):
    """A study that did not enter, or entered without weight: its 1-based number, its label, and why."""

    study: int
    label: str
    because: str


def check_two_arms(
    events_1: npt.ArrayLike,
    totals_1: npt.ArrayLike,
    events_2: npt.ArrayLike,
    totals_2: npt.ArrayLike,
    *,
    labels: Sequence[str] | None = None,
    minimum: int = 1,
) -> TwoArms:
    """Return checked counts: whole numbers, 0 <= events <= totals, totals > 0, in both arms. Raises InputError."""
    problems: list[str] = []
    arms = []
    for arm, (events, totals) in enumerate(((events_1, totals_1), (events_2, totals_2)), start=1):
        try:
            arms.append(check_counts(events, totals, labels=labels, minimum=minimum))
        except InputError as error:
            problems.extend(f"arm {arm}: {problem}" for problem in error.problems)
    if problems:
        raise InputError(problems)
    one, two = arms
    if len(one.events) != len(two.events):
        raise InputError([f"arm 1 has {len(one.events)} studies but arm 2 has {len(two.events)}"])
    return TwoArms(one.events, one.totals, two.events, two.totals, one.labels, False)


def check_two_rates(
    events_1: npt.ArrayLike,
    times_1: npt.ArrayLike,
    events_2: npt.ArrayLike,
    times_2: npt.ArrayLike,
    *,
    labels: Sequence[str] | None = None,
    minimum: int = 1,
) -> TwoArms:
    """Return checked counts over person-time: whole events >= 0, times > 0. Raises InputError."""
    problems: list[str] = []
    arms = []
    for arm, (events, times) in enumerate(((events_1, times_1), (events_2, times_2)), start=1):
        try:
            checked = check_effects(events, times, labels=labels, minimum=minimum)
        except InputError as error:
            words = [p.replace("estimate y", "events").replace("variance v", "person-time") for p in error.problems]
            problems.extend(f"arm {arm}: {word}" for word in words)
            continue
        whole = (checked.y == np.floor(checked.y)) & (checked.y >= 0)
        problems.extend(
            f"arm {arm}: study {i + 1}: events {float(checked.y[i])!r} must be a whole number >= 0"
            for i in np.flatnonzero(~whole)
        )
        arms.append(checked)
    if problems:
        raise InputError(problems)
    one, two = arms
    if len(one.y) != len(two.y):
        raise InputError([f"arm 1 has {len(one.y)} studies but arm 2 has {len(two.y)}"])
    return TwoArms(one.y, one.v, two.y, two.v, one.labels, True)


def uninformative(tables: TwoArms) -> BoolArray:
    """Return which studies say nothing about a ratio: no events at all, or (for counts) nothing but events."""
    nothing = (tables.x1 == 0) & (tables.x2 == 0)
    if tables.rates:
        return np.asarray(nothing)
    return np.asarray(nothing | ((tables.x1 == tables.n1) & (tables.x2 == tables.n2)))


def left_out(tables: TwoArms, rows: BoolArray, because: str) -> tuple[LeftOut, ...]:
    """Return the studies in ``rows`` with the same reason."""
    return tuple(LeftOut(int(i) + 1, tables.labels[i], because) for i in np.flatnonzero(rows).tolist())


def few_events(tables: TwoArms) -> tuple[str, ...]:
    """Return the code FEW_EVENTS when there are fewer than ten events in all."""
    return ("FEW_EVENTS",) if tables.x1.sum() + tables.x2.sum() < 10 else ()
