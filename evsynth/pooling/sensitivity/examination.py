"""Everything that a pool's answer may hang on, examined at once: studies, order, subsets, and analysis choices.

Each part is there where it is defined: leaving one out from 3 studies, two out from 4, subsets and influence from 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, cast, get_args

import numpy.typing as npt

from evsynth.pooling.fast.bounds import FastInterval
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.subsets import ALL
from evsynth.pooling.guard import InputError, check_choice, check_effects, check_level
from evsynth.pooling.random_effects import IntervalRule, RandomEffects, pool
from evsynth.pooling.sensitivity.baujat import BaujatPoint, baujat
from evsynth.pooling.sensitivity.gosh import Gosh, gosh
from evsynth.pooling.sensitivity.influence import Influence, influence
from evsynth.pooling.sensitivity.leave_out import LeaveTwoOut, Refit, cumulative, leave_one_out, leave_two_out
from evsynth.pooling.sensitivity.specification import Curve, specification_curve

Part = Literal["leave-one-out", "leave-two-out", "cumulative", "influence", "gosh", "curve"]
PARTS: tuple[Part, ...] = get_args(Part)

ESTIMATORS: tuple[FastEstimator, ...] = ("REML", "ML", "DL", "PM", "HE", "SJ", "HS", "FE")
"""Estimators of the specification curve; the headline's comes first. FE is the common-effect model."""

INTERVALS: tuple[FastInterval, ...] = ("hksj", "modified-hksj", "wald")

SAMPLE = 200_000
"""Subsets that are drawn where there are too many to pool them all."""

FEWEST: dict[Part, int] = {
    "leave-one-out": 3, "leave-two-out": 4, "cumulative": 2, "influence": 3, "gosh": 3, "curve": 3,
}  # fmt: skip
"""Studies that each part needs."""

MOST: dict[Part, int] = {"leave-two-out": 500}
"""Studies up to which a part is done; beyond, the pairs alone would fill the memory."""


class Examination(NamedTuple):
    """The headline and each part; None where a part was not asked for or is not defined (`missing` says why)."""

    headline: RandomEffects
    estimator: FastEstimator
    interval: FastInterval
    level: float
    labels: tuple[str, ...]
    left_one: tuple[Refit, ...] | None
    left_two: LeaveTwoOut | None
    grown: tuple[Refit, ...] | None
    order: tuple[int, ...]
    influence: Influence | None
    baujat: tuple[BaujatPoint, ...] | None
    gosh: Gosh | None
    curve: Curve | None
    missing: tuple[str, ...]


def examine(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    estimator: str,
    interval: str,
    level: float,
    labels: Sequence[str] | None = None,
    order: Sequence[int] | None = None,
    parts: Sequence[Part] = PARTS,
    seed: int = 1,
    null: float = 0.0,
) -> Examination:
    """Examine effects `y` with variances `v`. `order` (studies from 1) is that of the cumulative pool.

    Subsets are all pooled up to 22 studies and sampled with `seed` beyond. Raises InputError for an unknown estimator
    or interval, and for data that cannot be pooled.
    """
    check_choice("estimator", estimator, get_args(FastEstimator))
    rule = interval.replace(" ", "-")
    check_choice("interval", rule, [name for name in get_args(FastInterval) if name != "t"])
    for part in parts:
        check_choice("part", part, PARTS)
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=2)
    fast, kind = cast(FastEstimator, estimator), cast(FastInterval, rule)
    names = tuple(label or f"study {i}" for i, label in enumerate(effects.labels, 1))
    k = len(names)
    wanted = {part for part in parts if FEWEST[part] <= k <= MOST.get(part, k)}
    missing = tuple(
        f"{part} needs {FEWEST[part]} studies, not {k}" if k < FEWEST[part]
        else f"{part} is done up to {MOST[part]} studies, not {k}"
        for part in parts
        if part not in wanted
    )  # fmt: skip
    data = (effects.y, effects.v)
    test: Literal["wald", "hksj"] = "wald" if kind == "wald" else "hksj"
    asked = {"estimator": fast, "interval": kind, "level": level, "labels": names}
    estimators = (fast, *(e for e in ESTIMATORS if e != fast))
    intervals = (kind, *(i for i in INTERVALS if i != kind))
    given = tuple(order) if order is not None else tuple(range(1, k + 1))
    pair: tuple[Influence, tuple[BaujatPoint, ...]] | None = None
    if "influence" in wanted:
        try:
            pair = (
                influence(*data, estimator=fast, test=test, labels=names),
                baujat(*data, estimator=fast, test=test, labels=names),
            )
        except InputError as error:
            missing += error.problems
    return Examination(
        headline=pool(*data, estimator=fast, interval=cast(IntervalRule, rule), prediction="V", level=level,
                      labels=names),
        estimator=fast, interval=kind, level=level, labels=names,
        left_one=leave_one_out(*data, **asked) if "leave-one-out" in wanted else None,  # type: ignore[arg-type]
        left_two=leave_two_out(*data, estimator=fast, interval=kind, level=level)
        if "leave-two-out" in wanted else None,
        grown=cumulative(*data, order=given, **asked) if "cumulative" in wanted else None,  # type: ignore[arg-type]
        order=given,
        influence=pair[0] if pair else None,
        baujat=pair[1] if pair else None,
        gosh=_gosh(data, fast, seed) if "gosh" in wanted else None,
        curve=specification_curve([("as used", *data)], estimators=estimators, intervals=intervals, leave_out=1,
                                  level=level, null=null) if "curve" in wanted else None,
        missing=missing,
    )  # fmt: skip


def _gosh(data: tuple[npt.ArrayLike, npt.ArrayLike], estimator: FastEstimator, seed: int) -> Gosh:
    if len(data[0]) <= ALL:  # type: ignore[arg-type]
        return gosh(*data, estimator=estimator)
    return gosh(*data, estimator=estimator, sample=SAMPLE, seed=seed)
