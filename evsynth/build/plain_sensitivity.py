"""Sensitivity analyses of plain studies: what the answer hangs on, with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy.typing as npt

from evsynth.build.found import Draw, Found
from evsynth.build.plain_table import Studies, in_table, plain_effect
from evsynth.effects.measures.scales import AnalysisScale
from evsynth.model.effect import Effect
from evsynth.pooling.guard import InputError, check_effects, check_level
from evsynth.pooling.sensitivity.examination import PARTS, Examination, Part, examine
from evsynth.report.curve_figure import draw_curve
from evsynth.report.sensitivity_account import sensitivity_account
from evsynth.report.sensitivity_figures import draw_baujat, draw_gosh, draw_grown, draw_left_out


def sensitivity(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    estimator: str = "REML",
    interval: str = "hksj",
    level: float = 0.95,
    parts: Sequence[Part] = PARTS,
    seed: int = 1,
    labels: Sequence[str] | None = None,
    measure: str = "effect",
    scale: AnalysisScale = "natural",
) -> Found:
    """Ask what a pool of effects `y` with variances `v` hangs on.

    `parts` are leave-one-out, leave-two-out, cumulative, influence, gosh (all subsets; sampled with `seed` beyond 22
    studies) and curve (every estimator, interval and study left out). Raises InputError as `pool` does.
    """
    if scale not in get_args(AnalysisScale):
        raise InputError([f"scale = {scale!r} is not known; choose one of {', '.join(get_args(AnalysisScale))}"])
    check_level(level)
    checked = check_effects(y, v, labels=labels, minimum=2)
    names = [label or f"Study {i}" for i, label in enumerate(checked.labels, 1)]
    rows = zip(checked.y, checked.v, names, strict=True)
    effects = tuple(plain_effect(float(a), float(b), name, measure, scale, level) for a, b, name in rows)
    return examined(effects, "Sensitivity of the pooled effect", estimator, interval, level, parts=parts, seed=seed)


def examine_studies(
    studies: Studies, *, estimator: str, interval: str, level: float, parts: Sequence[Part] = PARTS, seed: int = 1,
    order: str | None = None,
) -> Found:  # fmt: skip
    """Examine the studies of a table; `order` names the column that orders the cumulative pool. Raises Problems."""
    places: list[int] | None = None
    if order is not None:
        values = studies.column(order)
        places = [i + 1 for i in sorted(range(len(values)), key=lambda i: (values[i], i))]
    try:
        return examined(studies.effects, f"Sensitivity: {studies.title}", estimator, interval, level, parts=parts,
                        seed=seed, order=places).noted(studies.notes)  # fmt: skip
    except InputError as error:
        raise in_table(studies.table, error) from None


def examined(
    effects: tuple[Effect, ...], title: str, estimator: str, interval: str, level: float, *,
    parts: Sequence[Part] = PARTS, seed: int = 1, order: Sequence[int] | None = None,
) -> Found:  # fmt: skip
    """Examine effects and tell it. Raises InputError."""
    found = examine(
        [e.y for e in effects], [e.v for e in effects], estimator=estimator, interval=interval, level=level,
        labels=[e.label for e in effects], order=order, parts=parts, seed=seed,
    )  # fmt: skip
    measure, scale = effects[0].measure, effects[0].scale
    return Found(sensitivity_account(found, title=title, measure=measure, scale=scale), _drawn(found, title, effects))


def _drawn(found: Examination, title: str, effects: tuple[Effect, ...]) -> dict[str, Draw]:
    measure, scale = effects[0].measure, effects[0].scale
    drawn: dict[str, Draw] = {}
    if found.left_one:
        drawn["leave-one-out"] = lambda: draw_left_out(found, title=title, measure=measure, scale=scale)
    if found.grown:
        drawn["cumulative"] = lambda: draw_grown(found, title=title, measure=measure, scale=scale)
    if found.baujat:
        drawn["baujat"] = lambda: draw_baujat(found, title=title)
    if found.gosh is not None:
        drawn["gosh"] = lambda: draw_gosh(found, title=title, measure=measure, scale=scale)
    if found.curve is not None:
        drawn["specification-curve"] = lambda: draw_curve(found, title=title, measure=measure, scale=scale)
    return drawn
