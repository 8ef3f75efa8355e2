"""How far a number of ours is from a reference's.

The error is ``|ours - theirs| / max(|theirs|, unit)``: relative, except where a number is small beside its own ``unit``
- a mean beside its standard error, tau2 beside the smallest sampling variance - and a relative error means nothing.
A number that one side has and the other has not is infinitely far away.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from validation.case import Case, number


class Compared(NamedTuple):
    """One number compared: what was computed, which quantity, in which case, and how far apart."""

    method: str
    quantity: str
    case: str
    error: float


Topic = Callable[[Case], Iterator[Compared]]


def gap(ours: Any, theirs: Any, unit: float = 0.0) -> float:
    """Return how far ``ours`` is from ``theirs``, relative to the larger of ``|theirs|`` and ``unit``."""
    one, other = number(ours), number(theirs)
    if one is None or other is None:
        return 0.0 if one is other else math.inf
    if one == other:
        return 0.0
    if math.isinf(one) or math.isinf(other):
        return math.inf
    scale = max(abs(other), abs(unit))
    return abs(one - other) / scale if scale > 0 else math.inf


class Sheet:
    """Comparisons of one case under one method; each call returns one of them."""

    def __init__(self, case: Case, method: str) -> None:
        """Name the case and the method that the comparisons are about."""
        self.case, self.method = case, method

    def row(self, quantity: str, ours: Any, theirs: Any, unit: float = 0.0) -> Compared:
        """Compare two numbers."""
        return Compared(self.method, quantity, self.case.id, gap(ours, theirs, unit))

    def rows(self, quantity: str, ours: Any, theirs: Any, unit: Any = 0.0) -> Iterator[Compared]:
        """Compare two columns, one by one; columns of unequal length are infinitely far apart."""
        one, other = list(ours), list(theirs) if hasattr(theirs, "__len__") else [theirs]
        units = list(unit) if hasattr(unit, "__len__") else [unit] * len(one)
        if len(one) != len(other):
            yield Compared(self.method, quantity, self.case.id, math.inf)
            return
        for a, b, scale in zip(one, other, units, strict=True):
            yield self.row(quantity, a, b, scale)

    def same(self, quantity: str, ours: object, theirs: object) -> Compared:
        """Compare what must be identical: names, counts, flags."""
        return Compared(self.method, quantity, self.case.id, 0.0 if ours == theirs else math.inf)
