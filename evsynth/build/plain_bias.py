"""Small-study effects of plain studies: every method that suits them, and a contour-enhanced funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy.typing as npt

from evsynth.build.found import Draw, Found
from evsynth.build.plain_table import Studies, in_table
from evsynth.effects.measures.scales import AnalysisScale
from evsynth.pooling.guard import InputError
from evsynth.pooling.small_study.survey import Survey, survey
from evsynth.pooling.small_study.trim_and_fill import TrimAndFill
from evsynth.report.bias_account import bias_account
from evsynth.report.funnel_figure import draw_funnel

PROPORTION_SCALES = ("logit", "probit", "arcsine", "double arcsine")
"""Scales that lead back to a proportion."""

Favoured = Literal["greater", "less"]


def bias(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    short: str = "GEN",
    level: float = 0.95,
    favoured: Favoured | None = None,
    patients: npt.ArrayLike | None = None,
    labels: Sequence[str] | None = None,
    measure: str = "effect",
    scale: AnalysisScale = "natural",
) -> Found:
    """Look for small-study effects among effects `y` with variances `v`: tests, adjusted estimates, funnel.

    `short` is the measure (OR, SMD, …): some tie an effect to its standard error. `favoured` is the direction that
    selection would favour (default: that of the pooled effect). Raises InputError for proportions and for fewer than
    ten studies, with the reason.
    """
    found = survey(
        y, v, measure=_short(short, measure, scale), level=level, favoured=favoured, patients=patients, labels=labels
    )
    return surveyed(found, "Small-study effects", measure, scale, level)


def survey_studies(studies: Studies, *, level: float, favoured: Favoured | None) -> Found:
    """Survey the studies of a table. Raises Problems."""
    sizes = [sum(e.totals) for e in studies.effects]
    patients = sizes if all(sizes) else None
    if patients is None and "ni" in studies.table.columns:
        patients = [int(n) for n in studies.table.numbers("ni")]
    try:
        found = survey(
            [e.y for e in studies.effects], [e.v for e in studies.effects],
            measure=_short(studies.short, studies.measure, studies.effects[0].scale), level=level,
            favoured=favoured, tables=studies.tables, patients=patients, labels=studies.labels,
        )  # fmt: skip
    except InputError as error:
        raise in_table(studies.table, error) from None
    title = f"Small-study effects: {studies.title}"
    return surveyed(found, title, studies.measure, studies.effects[0].scale, level).noted(studies.notes)


def _short(short: str, measure: str, scale: str) -> str:
    """Give the measure as the gate knows it: proportions are told by their words and scales, too."""
    return "proportion" if measure == "proportion" or scale in PROPORTION_SCALES else short


def surveyed(found: Survey, title: str, measure: str, scale: str, level: float) -> Found:
    """Tell a survey and draw its funnels."""
    told = bias_account(found, title=title, measure=measure, scale=scale)
    drawn: dict[str, Draw] = {
        "funnel": lambda: draw_funnel(found.funnel, title=title, measure=measure, scale=scale, confidence=level)
    }
    filled = next((a.result for a in found.adjusted if a.name == "Trim and fill L0"), None)
    if isinstance(filled, TrimAndFill) and filled.k0:
        drawn["funnel-filled"] = lambda: draw_funnel(
            found.funnel, title=title, measure=measure, scale=scale, confidence=level, filled=filled
        )
    return Found(told, drawn)
