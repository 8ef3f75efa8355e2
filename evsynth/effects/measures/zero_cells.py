"""What is done about zero cells, by a rule that was named: nothing, a correction somewhere, or a study left out.

    none       nothing is added; a study whose measure is then undefined is refused, or excluded with a reason
    only0      ``add`` goes to every cell of the studies that have a zero
    if0all     ``add`` goes to every cell of every study as soon as one study has a zero
    all        ``add`` goes to every cell of every study
    drop00     studies without events (or with events only) in both groups are excluded, with a reason

Nothing is added by default. ``usual_rule`` names what R's metafor adds for each measure, to reproduce it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.effects.measures.columns import Data
from evsynth.effects.measures.effect import MeasureError

Rule = Literal["none", "only0", "if0all", "all"]
RULES: tuple[str, ...] = get_args(Rule)
BoolArray = npt.NDArray[np.bool_]


class Corrected(NamedTuple):
    """Cells after the rule, and the rows that were changed by it."""

    data: Data
    changed: BoolArray


def check_rule(add: float, to: str) -> Rule:
    """Return the rule (``only-zero`` is another name of ``only0``). Raises MeasureError unless both are named."""
    rule = "only0" if to == "only-zero" else to
    if rule not in RULES:
        raise MeasureError(f"to = {to!r} is not known; choose one of {', '.join(map(repr, RULES))}")
    if not (np.isfinite(add) and add >= 0):
        raise MeasureError(f"add = {add!r} must be a number >= 0")
    if (add > 0) != (rule != "none"):
        raise MeasureError(f"add = {add!r} with to = {to!r}: name both the correction and where it goes, or neither")
    return rule  # type: ignore[return-value]


def correct_cells(data: Data, cells: Sequence[str], *, add: float, to: Rule, skip: BoolArray) -> Corrected:
    """Return the data with ``add`` in the cells that the rule names; rows in ``skip`` neither count nor change."""
    zero = np.zeros_like(skip)
    for name in cells:
        zero |= data[name] == 0
    zero &= ~skip
    rows = {
        "none": np.zeros_like(zero),
        "only0": zero,
        "if0all": np.full_like(zero, bool(zero.any())),
        "all": np.ones_like(zero),
    }[to] & ~skip
    changed = {name: np.where(rows, data[name] + add, data[name]) for name in cells}
    return Corrected({**data, **changed}, rows)


def usual_rule(measure: str) -> tuple[float, Rule]:
    """Return (add, to) as metafor's ``escalc`` has it by default for a measure."""
    unneeded = ("AS", "PHI", "ZPHI", "RTET", "ZTET", "PAS", "PFT", "IRS", "IRFT", "IRSD")
    return (0.0, "none") if measure in unneeded else (0.5, "only0")
