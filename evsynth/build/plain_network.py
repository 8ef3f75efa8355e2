"""Network meta-analysis of a plain table: one row per comparison, or one row per arm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple, cast, get_args

import numpy.typing as npt

from evsynth.build.found import Draw, Found
from evsynth.build.plain_table import NAMES, in_table
from evsynth.model.finding import Finding, Place, Problems
from evsynth.pooling.guard import InputError
from evsynth.pooling.network.arms import ArmMeasure, pairwise
from evsynth.pooling.network.fitting import NetworkFit, fit_network
from evsynth.pooling.network.funnel import comparison_adjusted
from evsynth.pooling.network.heterogeneity import TauMethod
from evsynth.pooling.network.ranking import ModelName, SmallValues, p_scores
from evsynth.report.funnel_figure import draw_adjusted_funnel
from evsynth.report.network_account import draw_against, network_account
from evsynth.report.network_figure import draw_network
from evsynth.text.table import Table

WORDS = {"OR": "log odds ratio", "RR": "log risk ratio", "RD": "risk difference", "MD": "mean difference",
         "ROM": "log ratio of means", "IRR": "log rate ratio", "HR": "hazard ratio"}  # fmt: skip
"""The words of the pools for the measures of a network; others are plain effects."""

RATIOS = ("OR", "RR", "IRR", "ROM", "HR")


class Networked(NamedTuple):
    """What is asked of a network. `reference` None is the first treatment by name."""

    reference: str | None = None
    model: ModelName = "random"
    small_values: SmallValues = "desirable"
    method_tau: str = "REML"
    level: float = 0.95
    correction: bool = False
    leave_out: bool = False


def network(
    effects: npt.ArrayLike,
    errors: npt.ArrayLike,
    treatments_1: Sequence[str],
    treatments_2: Sequence[str],
    studies: Sequence[str],
    *,
    reference: str | None = None,
    small_values: SmallValues = "desirable",
    measure: str = "effect",
    level: float = 0.95,
    title: str = "Network meta-analysis",
) -> Found:
    """Compare several treatments from pairwise effects (treatment 1 against 2) with standard errors.

    A study of more than two arms brings every pair. `measure` is OR, RR, IRR, ROM or HR for logarithms of ratios, else
    a difference. Raises InputError for data that cannot be used and a network that falls apart.
    """
    asked = Networked(reference, small_values=small_values, level=level)
    found = fit_network(effects, errors, treatments_1, treatments_2, studies, method_tau="REML", level=level)
    return _told(found, measure, title, asked, ())


def network_of(table: Table, measure: str, asked: Networked) -> Found:
    """Compare the treatments of a table. Raises Problems.

    Rows are comparisons (study, treat1, treat2, yi, sei or vi) or arms (study, treatment, and event and n, event and
    time, or mean, sd and n).
    """
    label = next((c for c in NAMES if c in table.columns), "study")
    studies = _filled(table, label)
    notes: tuple[str, ...] = ()
    try:
        method = _method(asked.method_tau)
        if "treat1" in table.columns:
            table.needs("treat2", "yi")
            errors = "sei" if "sei" in table.columns else "vi"
            table.needs(errors)
            raw = table.numbers(errors)
            se = raw if errors == "sei" else [_root(x, table) for x in raw]
            first, second = _treatments(table, "treat1", "treat2")
            found = fit_network(table.numbers("yi"), se, first, second, studies,
                                method_tau=method, level=asked.level)  # fmt: skip
        else:
            table.needs("treatment")
            if measure not in get_args(ArmMeasure):
                known = ", ".join(get_args(ArmMeasure))
                raise InputError([f"measure {measure!r} is not made from arms; choose one of {known}"])
            given = [c for c in ("event", "n", "time", "mean", "sd") if c in table.columns]
            pairs = pairwise(
                studies, _treatments(table, "treatment")[0], {c: table.numbers(c) for c in given},
                measure=cast(ArmMeasure, measure), add=0.5 if asked.correction else 0.0,
                to="only0" if asked.correction else "none", exclude_uninformative=asked.leave_out,
            )  # fmt: skip
            notes = pairs.codes
            found = fit_network(pairs.TE, pairs.seTE, pairs.treat1, pairs.treat2, pairs.studlab, method_tau=method,
                                level=asked.level)  # fmt: skip
        name = WORDS.get(measure, measure).removeprefix("log ")
        title = f"Network meta-analysis: {name}, {PurePath(table.file).name}"
        return _told(found, measure, title, asked, notes)
    except InputError as error:
        raise in_table(table, error) from None


def _filled(table: Table, column: str) -> list[str]:
    """Give a column of names without blanks around them. Raises Problems for empty cells."""
    table.needs(column)
    found = [text.strip() for text in table.texts(column)]
    at = table.columns.index(column) + 1
    empty = [
        Finding("TABLE_VALUE", "error", table.file, Place(table.file, row.line, at), f"{column} is empty", "name it")
        for row, text in zip(table.rows, found, strict=True)
        if not text
    ]
    if empty:
        raise Problems(tuple(empty))
    return found


def _treatments(table: Table, *columns: str) -> tuple[list[str], ...]:
    """Give columns of treatments. Raises Problems for one treatment in two spellings, which would be two nodes."""
    found = tuple(_filled(table, column) for column in columns)
    spelt: dict[str, str] = {}
    for column, names in zip(columns, found, strict=True):
        for row, name in zip(table.rows, names, strict=True):
            first = spelt.setdefault(" ".join(name.casefold().split()), name)
            if first != name:
                place = Place(table.file, row.line, table.columns.index(column) + 1)
                words = f"{column} is {name!r}, elsewhere {first!r}: two spellings would be two treatments"
                raise Problems((Finding("TABLE_VALUE", "error", table.file, place, words, "spell them alike"),))
    return found


def _told(found: NetworkFit, short: str, title: str, asked: Networked, notes: tuple[str, ...]) -> Found:
    measure = WORDS.get(short, "effect")
    scale = "log" if short in RATIOS else "natural"
    model: ModelName = asked.model
    reference = asked.reference or found.treatments[0]
    told = network_account(
        found, title=title, measure=measure, scale=scale, model=model, small_values=asked.small_values,
        reference=reference, notes=("comparison-adjusted funnel",),
    )  # fmt: skip
    if notes:
        told = told._replace(fitted={**told.fitted, "data": "; ".join(notes)})
    order = [s.treatment for s in p_scores(found, model=model, small_values=asked.small_values)]
    points = comparison_adjusted(found, order=order, model=model)
    drawn: dict[str, Draw] = {
        "against-reference": lambda: draw_against(found, title=title, measure=measure, scale=scale, model=model,
                                                  reference=reference, order=order),
        "network": lambda: draw_network(found.geometry, title=title, order=order),
    }  # fmt: skip
    if any(not p.alone for p in points):
        drawn["adjusted-funnel"] = lambda: draw_adjusted_funnel(
            points, title=title, measure=measure, scale=scale, confidence=asked.level
        )
    return Found(told, drawn)


def _method(name: str) -> TauMethod:
    if name not in get_args(TauMethod):
        raise InputError(
            [f"estimator {name!r} is not known in networks; choose one of {', '.join(get_args(TauMethod))}"]
        )
    return cast(TauMethod, name)


def _root(x: float, table: Table) -> float:
    if x <= 0:
        raise in_table(table, InputError([f"variance vi = {x!r} must be > 0"]))
    return float(x**0.5)
