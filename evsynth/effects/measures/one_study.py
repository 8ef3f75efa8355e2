"""Every measure for one study, from keyword numbers: the scalar face of ``escalc``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.measures.escalc import escalc
from evsynth.effects.measures.scales import AnalysisScale


class OneEffect(NamedTuple):
    """An effect of one study on its analysis scale; the fields are those of ``MeasuredEffect``."""

    y: float
    v: float
    scale: AnalysisScale
    formula: str
    notes: tuple[str, ...]


def measure_one(
    measure: str,
    numbers: Mapping[str, float],
    *,
    add: float = 0.0,
    to: str = "none",
    vtype: str | None = None,
    correct: bool = True,
) -> OneEffect:
    """Return one study's effect. Raises MeasureError; AV variances need several studies and are refused.

    >>> found = measure_one("MD", {"m1i": 10, "sd1i": 2, "n1i": 20, "m2i": 8, "sd2i": 3, "n2i": 20})
    >>> round(found.y, 6), round(found.v, 6)
    (2.0, 0.65)
    """
    if vtype in ("AV", "AVHO"):
        raise MeasureError(f"vtype = {vtype!r} averages over studies; with one study use the default")
    found = escalc(measure, dict(numbers), add=add, to=to, vtype=vtype, correct=correct)
    if len(found.y) != 1:
        raise MeasureError(f"one number per name is needed; {len(found.y)} studies were given: use escalc")
    return OneEffect(float(found.y[0]), float(found.v[0]), found.scale, found.formula, found.notes)
