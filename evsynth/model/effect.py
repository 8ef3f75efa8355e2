"""One study's effect on the analysis scale, and the printed numbers it was made from."""

from __future__ import annotations

from typing import NamedTuple


class Leaf(NamedTuple):
    """A printed (or derived) number an effect uses; `quoted` says whether it stands in a quote."""

    id: str
    statistic: str
    text: str
    quoted: bool
    source: str | None
    grade: str | None
    where: str
    quote: str
    printed: str


class Estimand(NamedTuple):
    """What an effect is an effect of. Effects that differ here are not pooled."""

    design: str
    contrast: str
    outcome: str
    definition: str
    instrument: str
    timepoint: str
    population: str
    adjustment: str
    target: str
    unit: str = ""
    balance_shown: bool | None = None


class Effect(NamedTuple):
    """One study's contribution.

    `y` and `v` are estimate and variance on `scale`; `estimate`, `lower` and `upper` are on the scale a reader knows,
    with the study's own interval of `level` percent. `events` and `totals` hold counts of one or two arms.
    """

    id: str
    study: str
    cohort: str
    group: str
    label: str
    measure: str
    scale: str
    y: float
    v: float
    estimate: float
    lower: float
    upper: float
    interval_method: str
    events: tuple[int, ...]
    totals: tuple[int, ...]
    formula: str
    notes: tuple[str, ...]
    estimand: Estimand
    leaves: tuple[Leaf, ...]


class Unusable(NamedTuple):
    """An input that gives no effect, with the reason as a stable code and in words, and what is printed."""

    study: str
    cohort: str
    group: str
    label: str
    code: str
    reason: str
    shown: str
    estimand: Estimand | None
    leaves: tuple[Leaf, ...]


class Selection(NamedTuple):
    """What a pool selected: effects, unusable inputs, and everything decided on the way."""

    effects: tuple[Effect, ...]
    unusable: tuple[Unusable, ...]
    log: tuple[str, ...]
