"""What every measure returns, and the error it raises."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

Scale = Literal["natural", "log", "logit"]


class MeasureError(ValueError):
    """Numbers from which an effect cannot be computed: says which value, and what to do instead."""


class MeasuredEffect(NamedTuple):
    """An effect ``y`` with sampling variance ``v`` on its analysis scale, the formula used, and what must be
    printed with it.

    Each note starts with a stable code: ``CORRECTED: 0.5 added to every cell``.
    """

    y: float
    v: float
    scale: Scale
    formula: str
    notes: tuple[str, ...]


class HasEffect(Protocol):
    """Anything a pool can use: ``MeasuredEffect`` and the richer results of single measures."""

    @property
    def y(self) -> float: ...
    @property
    def v(self) -> float: ...
    @property
    def scale(self) -> Scale: ...
    @property
    def formula(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
