"""Pools of tables with one study left out, or added one after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np

from evsynth.pooling.guard import InputError
from evsynth.pooling.rare_events.tables import TwoArms

Fit = TypeVar("Fit")


class Step(NamedTuple):
    """Which study (1-based) was left out or added, its label, and why no pool exists, if none does."""

    study: int
    label: str
    refused: str | None


def leave_one_out(tables: TwoArms, pool: Callable[[TwoArms], Fit]) -> list[tuple[Step, Fit | None]]:
    """Return the pool without each study in turn; a refusal is kept with its words."""
    every = np.arange(len(tables.x1))
    return [_try(tables, place, every[every != place], pool) for place in range(len(every))]


def cumulate(tables: TwoArms, pool: Callable[[TwoArms], Fit]) -> list[tuple[Step, Fit | None]]:
    """Return the pool of the first study, the first two, and so on, in the order given."""
    return [_try(tables, place, np.arange(place + 1), pool) for place in range(len(tables.x1))]


def _try(
    tables: TwoArms, place: int, rows: np.ndarray[tuple[int], np.dtype[np.intp]], pool: Callable[[TwoArms], Fit]
) -> tuple[Step, Fit | None]:
    label = tables.labels[place]
    if not len(rows):
        return Step(place + 1, label, "no study is left"), None
    try:
        return Step(place + 1, label, None), pool(tables.take(rows))
    except InputError as error:
        return Step(place + 1, label, str(error)), None
