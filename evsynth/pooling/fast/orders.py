"""Every distinct order of a list of values, in blocks, and how many there are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray

BLOCK = 7
"""Places of a block: up to 7! = 5040 orders that share what comes before."""

Places = npt.NDArray[np.uint8]


def count_orders(values: FloatArray) -> int:
    """Return the number of distinct orders, ``k! / prod(ties!)``."""
    ties = np.unique(values, return_counts=True)[1]
    return math.factorial(len(values)) // math.prod(math.factorial(int(tie)) for tie in ties)


def orders(values: FloatArray) -> Iterator[FloatArray]:
    """Yield arrays (rows, k): every distinct order of ``values`` once."""
    levels, ties = np.unique(values, return_counts=True)
    for head, left in _heads(tuple(int(tie) for tie in ties), max(0, len(values) - BLOCK)):
        tails = _tails(left)
        rows = np.empty((len(tails), len(values)))
        rows[:, : len(head)] = levels[list(head)]
        rows[:, len(head) :] = levels[tails]
        yield rows


def _heads(left: tuple[int, ...], places: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    if places == 0:
        yield (), left
        return
    for level, count in enumerate(left):
        if count:
            rest = (*left[:level], count - 1, *left[level + 1 :])
            for head, remaining in _heads(rest, places - 1):
                yield (level, *head), remaining


def _tails(left: tuple[int, ...]) -> Places:
    # Levels that are used up do not matter: compute for the others, so that few different blocks are kept.
    used = [level for level, count in enumerate(left) if count]
    found = _arrangements(tuple(left[level] for level in used))
    return np.array(used, dtype=np.uint8)[found] if used else found


@cache
def _arrangements(left: tuple[int, ...]) -> Places:
    if sum(left) == 0:
        return np.zeros((1, 0), dtype=np.uint8)
    parts = []
    for level, count in enumerate(left):
        if count:
            rest = _arrangements((*left[:level], count - 1, *left[level + 1 :]))
            parts.append(np.hstack((np.full((len(rest), 1), level, dtype=np.uint8), rest)))
    return np.vstack(parts)
