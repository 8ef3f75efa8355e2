"""The pool of a review under every admissible reading of its discrepant numbers: a multiverse of its data.

Each reading gives one effect (or several of one study, which then read so together) another y and v. Pools of effects
with variances take the fast path of `branches`, over every combination up to 5,000; other models are fitted again for
every combination up to `REFITTED`, beyond that for one reading at a time, and the result says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple, cast

import numpy as np

from evsynth.model.effect import Effect
from evsynth.model.estimate import Figures
from evsynth.model.pool import Pool
from evsynth.pooling.fast.bounds import FastInterval
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.guard import InputError
from evsynth.pooling.pooled import back
from evsynth.pooling.sensitivity.branches import Alternative, branch, multiverse

REFITTED = 200
"""Combinations up to here are all fitted with a model that has no fast path."""

SEED = 1
Fit = Callable[[tuple[Effect, ...]], Figures]


class Reading(NamedTuple):
    """An admissible reading: the finding that admits it, in words, and the effects as they then are, by identifier.

    `why_not` says why it makes no branch; then there are no effects.
    """

    study: str
    code: str
    value: str
    because: str
    reads: tuple[tuple[str, str], ...]
    effects: dict[str, Effect]
    why_not: str = ""


class Alone(NamedTuple):
    """The pool with one reading and all else as used, on the reader's scale; no numbers where it is no branch."""

    reading: Reading
    estimate: float | None
    lower: float | None
    upper: float | None


class DataBranches(NamedTuple):
    """All readings with their pools, the number of data sets, and the range of the pooled effect over them.

    Numbers are on the reader's scale; `crossing` of the `listed` intervals hold no effect (None without a null).
    `how` says how the range was found.
    """

    readings: tuple[Alone, ...]
    combinations: int
    listed: int
    lowest: float
    highest: float
    lower: float
    upper: float
    crossing: int | None
    how: str

    @property
    def branches(self) -> tuple[Alone, ...]:
        """The readings that move the pool."""
        return tuple(one for one in self.readings if one.estimate is not None)


def data_branches(asked: Pool, effects: tuple[Effect, ...], readings: Sequence[Reading], fit: Fit) -> DataBranches:
    """Pool `effects` under every combination of `readings`. `fit` fits the model of the pool.

    Without a reading that moves an effect there is one data set: the headline.
    """
    moved = [_moving(effects, reading) for reading in readings]
    alone = tuple(_alone(effects, reading, fit) for reading in moved)
    live = [one.reading for one in alone if one.estimate is not None]
    null = None if asked.measure == "proportion" else 0.0
    to = back(effects[0].scale)
    if len(effects) > 1 and _fast(asked, live):
        found = _multiverse(asked, effects, live, null)
    else:
        found = _refitted(effects, live, fit, to(null) if null is not None else None)
    return found._replace(readings=alone)


def _moving(effects: tuple[Effect, ...], reading: Reading) -> Reading:
    """Keep what moves an effect beyond rounding noise; say why a reading is no branch."""
    if reading.why_not:
        return reading
    kept: dict[str, Effect] = {}
    for effect in effects:
        other = reading.effects.get(effect.id)
        if other is not None and not _same(effect, other):
            kept[effect.id] = other
    return reading._replace(effects=kept, why_not="" if kept else "does not move the effect")


def _same(one: Effect, other: Effect) -> bool:
    if (one.events, one.totals) != (other.events, other.totals):
        return False
    if math.isnan(one.y) or math.isnan(other.y):
        return math.isnan(one.y) and math.isnan(other.y)
    try:
        made = branch([one.y, one.y], [one.v, one.v], [Alternative(1, other.y, other.v, "")])
    except InputError:
        return (one.y, one.v) == (other.y, other.v)
    return bool(made.same)


def _alone(effects: tuple[Effect, ...], reading: Reading, fit: Fit) -> Alone:
    if reading.why_not:
        return Alone(reading, None, None, None)
    try:
        figures = fit(_replaced(effects, reading))
    except InputError as error:
        said = reading._replace(why_not=f"the model gives no answer: {'; '.join(error.problems)}", effects={})
        return Alone(said, None, None, None)
    return Alone(reading, figures.estimate, figures.lower, figures.upper)


def _fast(asked: Pool, live: list[Reading]) -> bool:
    usual = asked.choices.model in ("random effects", "common effect") and asked.measure != "proportion"
    return usual and asked.choices.overlap != "covariance" and all(len(reading.effects) == 1 for reading in live)


def _multiverse(asked: Pool, effects: tuple[Effect, ...], live: list[Reading], null: float | None) -> DataBranches:
    places = {e.id: i for i, e in enumerate(effects, 1)}
    others = [
        Alternative(places[name], e.y, e.v, reading.because) for reading in live for name, e in reading.effects.items()
    ]
    estimator = "FE" if asked.choices.model == "common effect" else asked.choices.estimator
    made = branch([e.y for e in effects], [e.v for e in effects], others)
    found = multiverse(
        made, estimator=cast(FastEstimator, estimator),
        interval=cast(FastInterval, asked.choices.interval.replace(" ", "-")),
        level=float(asked.choices.level) / 100, seed=SEED,
    )  # fmt: skip
    to = back(effects[0].scale)
    ends = (found.extremes.lowest, found.extremes.highest, np.min(found.bounds.lower), np.max(found.bounds.upper))
    lowest, highest, lower, upper = (to(float(x)) for x in ends)
    listed = len(found.choices)
    how = f"all {listed} data sets pooled" if listed == found.combinations else (
        f"{listed} of {found.combinations} data sets drawn with seed {SEED}; extremes: {found.extremes.how}"
    )  # fmt: skip
    crossing = found.crossing if null is not None else None
    return DataBranches((), found.combinations, listed, lowest, highest, lower, upper, crossing, how)


def _refitted(effects: tuple[Effect, ...], live: list[Reading], fit: Fit, null: float | None) -> DataBranches:
    """Fit the model again: every combination of readings of different effects, or one reading at a time."""
    groups = _groups(live)
    total = math.prod(len(group) + 1 for group in groups)
    every: Iterator[tuple[Reading | None, ...]] = product(*([None, *group] for group in groups))
    if total > REFITTED:
        every = iter([(), *((reading,) for reading in live)])
    figures = []
    for chosen in every:
        data = effects
        for reading in chosen:
            data = data if reading is None else _replaced(data, reading)
        try:
            figures.append(fit(data))
        except InputError:
            continue
    means, lower, upper = ([getattr(f, name) for f in figures] for name in ("estimate", "lower", "upper"))
    crossing = None if null is None else sum(f.lower <= null <= f.upper for f in figures)
    how = f"all {total} data sets fitted" if total <= REFITTED else (
        f"one reading at a time, {len(figures)} of {total} data sets; combinations were not fitted"
    )  # fmt: skip
    failed = (total if total <= REFITTED else len(live) + 1) - len(figures)
    how += f"; {failed} gave no answer" if failed else ""
    return DataBranches((), total, len(figures), min(means), max(means), min(lower), max(upper), crossing, how)


def _groups(live: list[Reading]) -> list[list[Reading]]:
    """Gather readings that touch the same effects: of these only one can hold at a time."""
    groups: list[tuple[set[str], list[Reading]]] = []
    for reading in live:
        names, members = set(reading.effects), [reading]
        for group in [g for g in groups if g[0] & names]:
            names |= group[0]
            members = [*group[1], *members]
            groups.remove(group)
        groups.append((names, members))
    return [members for _, members in groups]


def _replaced(effects: tuple[Effect, ...], reading: Reading) -> tuple[Effect, ...]:
    return tuple(reading.effects.get(e.id, e) for e in effects)
