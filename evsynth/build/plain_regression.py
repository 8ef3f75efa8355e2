"""Meta-regressions and subgroups of plain studies: by formula over the columns of a table, or over arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from evsynth.build.found import Draw, Found
from evsynth.build.plain import Asked
from evsynth.build.plain_table import Studies, in_table, plain_effect
from evsynth.effects.measures.scales import AnalysisScale
from evsynth.model.effect import Effect
from evsynth.pooling.engine import Estimator
from evsynth.pooling.guard import InputError, check_effects, check_level
from evsynth.pooling.regression.formula import FormulaDesign, from_formula
from evsynth.pooling.regression.inference import Test
from evsynth.pooling.regression.model import Regression, regress
from evsynth.pooling.regression.permutation import permutation_test
from evsynth.pooling.regression.prediction import predict
from evsynth.pooling.regression.subgroups import Between, subgroups
from evsynth.report.regression_account import (
    draw_bubbles,
    draw_coefficients,
    draw_subgroups,
    regression_account,
    subgroups_account,
)

TESTS: dict[str, Test] = {"hksj": "knha", "modified hksj": "adhoc", "wald": "z"}
"""Tests of coefficients by the name of the interval."""

MOST, SAMPLE, SEED = 50_000, 10_000, 1
"""A permutation test takes every arrangement up to the first number, else a sample of the second with this seed."""


def meta_regression(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    data: Mapping[str, Sequence[Any]],
    formula: str,
    *,
    estimator: str = "REML",
    interval: str = "hksj",
    level: float = 0.95,
    permute: bool = False,
    labels: Sequence[str] | None = None,
    scale: AnalysisScale = "natural",
    measure: str = "effect",
) -> Found:
    """Regress effects `y` with variances `v` on columns of `data` by a formula such as "dose + year".

    `interval` hksj tests by Knapp-Hartung, wald by the normal. Text columns are categories. Raises InputError for
    unknown columns, missing values, too few studies, and moderators that determine each other.
    """
    effects = _effects(y, v, labels, measure, scale, level)
    asked = Asked(estimator=estimator, interval=interval, level=level)
    return _regressed(effects, data, formula, asked, f"Meta-regression on {formula}", permute=permute)


def regress_studies(studies: Studies, formula: str, asked: Asked, *, permute: bool = False) -> Found:
    """Regress the studies of a table on its columns. Raises Problems."""
    title = f"{studies.title}: meta-regression on {formula.strip().removeprefix('~').strip()}"
    try:
        found = _regressed(studies.effects, studies.columns(), formula, asked, title, permute=permute)
    except InputError as error:
        raise in_table(studies.table, error) from None
    return found.noted(studies.notes)


def compare_subgroups(studies: Studies, column: str, asked: Asked, *, between: Between) -> Found:
    """Pool each group of a column of a table and test the difference. Raises Problems."""
    groups = [str(value) for value in studies.table.texts(column)] if column in studies.table.columns else []
    studies.table.needs(column)
    title = f"{studies.title}, by {column}"
    try:
        found = _compared(studies.effects, groups, asked, title, column, between)
    except InputError as error:
        raise in_table(studies.table, error) from None
    return found.noted(studies.notes)


def _regressed(
    effects: tuple[Effect, ...], data: Mapping[str, Sequence[Any]], formula: str, asked: Asked, title: str, *,
    permute: bool,
) -> Found:  # fmt: skip
    design = from_formula(formula, data)
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    if len(design.matrix) != len(effects):
        raise InputError([f"{len(effects)} effects, but the columns have {len(design.matrix)} rows"])
    found = regress(
        y, v, design.matrix, names=design.names, estimator=cast(Estimator, asked.estimator), test=_test(asked),
        level=asked.level, labels=labels,
    )  # fmt: skip
    permuted = permutation_test(found, most=MOST, sample=SAMPLE, seed=SEED) if permute else None
    scale, measure = effects[0].scale, effects[0].measure
    told = regression_account(found, title=title, formula=design.formula, scale=scale, permuted=permuted)
    drawn: dict[str, Draw] = {}
    one = _single(design, data)
    if one is not None:
        line = _line(found, design, one, [float(x) for x in data[one]])
        drawn["bubbles"] = lambda: draw_bubbles(
            found, [float(x) for x in data[one]], line, title=title, name=one, measure=measure, scale=scale
        )
    drawn["coefficients"] = lambda: draw_coefficients(found, title=title, scale=scale)
    return Found(told, drawn)


def _single(design: FormulaDesign, data: Mapping[str, Sequence[Any]]) -> str | None:
    """Give the one number that a design rests on, where a line over it can be drawn."""
    if len(design.columns) != 1 or len(design.names) != 2:
        return None
    (name,) = design.columns
    values = data[name]
    numbers = all(isinstance(x, int | float | np.number) for x in values)
    return name if numbers and len(set(map(float, values))) > 2 else None


def _line(
    found: Regression, design: FormulaDesign, name: str, values: list[float]
) -> list[tuple[float, float, float, float]]:
    grid = [float(x) for x in np.linspace(min(values), max(values), 61)]
    rows = predict(found, design.rows({name: grid}))
    return [(x, at.mean.estimate, at.mean.lower, at.mean.upper) for x, at in zip(grid, rows, strict=True)]


def _compared(
    effects: tuple[Effect, ...], groups: Sequence[str], asked: Asked, title: str, column: str, between: Between
) -> Found:
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    blank = [i for i, group in enumerate(groups) if not group.strip()]
    if blank:
        raise InputError([f"study {i + 1} ({labels[i]!r}): {column} is empty" for i in blank])
    found = subgroups(
        y, v, groups, estimator=cast(Estimator, asked.estimator), test=_test(asked), tau2=between, level=asked.level,
        labels=labels,
    )  # fmt: skip
    scale, measure = effects[0].scale, effects[0].measure
    told = subgroups_account(
        found, title=title, column=column, scale=scale, measure=measure, estimator=asked.estimator,
        confidence=asked.level,
    )  # fmt: skip
    shown = [(e.estimate, e.lower, e.upper) for e in effects]
    return Found(told, {"subgroups": lambda: draw_subgroups(
        found, labels, groups, shown, title=title, measure=measure, scale=scale, confidence=asked.level,
    )})  # fmt: skip


def _effects(
    y: npt.ArrayLike, v: npt.ArrayLike, labels: Sequence[str] | None, measure: str, scale: str, level: float
) -> tuple[Effect, ...]:
    check_level(level)
    checked = check_effects(y, v, labels=labels, minimum=2)
    names = [label or f"Study {i}" for i, label in enumerate(checked.labels, 1)]
    rows = zip(checked.y, checked.v, names, strict=True)
    return tuple(plain_effect(float(a), float(b), name, measure, scale, level) for a, b, name in rows)


def _test(asked: Asked) -> Test:
    name = asked.interval or "hksj"
    if name not in TESTS:
        raise InputError([f"interval = {name!r} is not known here; choose one of {', '.join(TESTS)}"])
    if asked.prediction not in (None, "V", "none"):
        raise InputError([f"prediction = {asked.prediction!r} belongs to a pool, not to moderators or subgroups"])
    return TESTS[name]
