"""How a measure is described: its title, its scale, the columns it may be computed from, its variances."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from evsynth.effects.measures.columns import Data, FloatArray
from evsynth.effects.measures.scales import AnalysisScale

Pair = tuple[FloatArray, FloatArray]
Compute = Callable[[Data, str, bool], Pair]


class Family(NamedTuple):
    """What measures of one kind share.

    ``inputs`` lists alternative sets of columns; ``prepare`` checks them and adds what is derived. ``cells`` are
    the columns a zero-cell rule applies to; ``groups`` the pairs of which both zero makes a double zero.
    ``complete`` computes, after a correction, what depends on the cells.
    """

    inputs: tuple[tuple[str, ...], ...]
    prepare: Callable[[Data], Data]
    cells: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    complete: Callable[[Data], Data] = lambda data: data


class Formula(NamedTuple):
    """One measure. ``vtypes`` are the named variances, the first is the default; ``words`` is the formula."""

    title: str
    scale: AnalysisScale
    family: Family
    compute: Compute
    words: str
    vtypes: tuple[str, ...] = ("LS",)
    warnings: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()
    inputs: tuple[tuple[str, ...], ...] = ()
