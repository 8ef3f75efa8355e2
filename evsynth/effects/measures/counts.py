"""Check counts, and correct zero cells only when asked to, by the rule that was named."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from evsynth.effects.measures.effect import MeasureError

To = Literal["none", "only-zero", "all"]
"""Which studies ``add`` is added to: none; only those with a zero cell (in all their cells); all."""


def check_count(name: str, events: float, total: float) -> tuple[float, float]:
    """Return events and total as whole floats, 0 <= events <= total, total > 0. Raises MeasureError."""
    for part, value in (("events", events), ("total", total)):
        if not (math.isfinite(value) and value == int(value) and value >= 0):
            raise MeasureError(f"{name}: {part} {value!r} must be a whole number >= 0")
    if total == 0 or events > total:
        raise MeasureError(f"{name}: {events:g} events among {total:g} is impossible")
    return float(events), float(total)


def correct(
    cells: Sequence[float], names: Sequence[str], *, add: float, to: To
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Return the cells, corrected if asked, and a note if they were.

    Raises MeasureError for a zero cell left uncorrected.
    """
    if to not in ("none", "only-zero", "all"):
        raise MeasureError(f"to = {to!r} is not known; choose 'none', 'only-zero' or 'all'")
    if not (math.isfinite(add) and add >= 0) or (add > 0) != (to != "none"):
        raise MeasureError(f"add = {add!r} with to = {to!r}: name both the correction and where it goes, or neither")
    zero = [name for name, cell in zip(names, cells, strict=True) if cell == 0]
    if to == "all" or (zero and to == "only-zero"):
        return tuple(cell + add for cell in cells), (f"CORRECTED: {add:g} added to every cell ({to})",)
    if zero:
        raise MeasureError(
            f"no {' and no '.join(zero)}: undefined without a correction; use a binomial model, "
            "or ask for one with add=0.5, to='only-zero'"
        )
    return tuple(cells), ()
