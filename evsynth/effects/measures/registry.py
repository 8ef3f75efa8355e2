"""Every measure by name: those of ``escalc``, ratios and effects as reported, and the functions for one study.

Names in capitals are what ``evsynth pool --measure`` accepts. ``compute`` takes one study's ``inputs`` in their order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from evsynth.effects.measures.effect import HasEffect, MeasuredEffect, MeasureError
from evsynth.effects.measures.escalc import AS_REPORTED, FORMULAS, unknown_measure
from evsynth.effects.measures.formula import Formula
from evsynth.effects.measures.hazard_ratio import log_hazard_ratio
from evsynth.effects.measures.mean_change import mean_change, mean_change_before_after
from evsynth.effects.measures.one_study import OneEffect, measure_one
from evsynth.effects.measures.proportion import logit_proportion, proportion
from evsynth.effects.measures.scales import AnalysisScale
from evsynth.effects.measures.two_by_two import log_odds_ratio, log_risk_ratio, risk_difference


class Measure(NamedTuple):
    """A measure: its name in print, its analysis scale, the numbers it needs (or one of ``others``), the function."""

    title: str
    scale: AnalysisScale
    inputs: tuple[str, ...]
    compute: Callable[..., HasEffect | OneEffect]
    others: tuple[tuple[str, ...], ...] = ()


def named(name: str) -> Measure:
    """Return a measure of a table. Raises MeasureError that lists the known ones.

    >>> named("OR").inputs
    ('ai', 'bi', 'ci', 'di')
    """
    if name not in MEASURES or name in _ONE_STUDY:
        raise unknown_measure(name)
    return MEASURES[name]


def _of(name: str, formula: Formula) -> Measure:
    first, *others = formula.family.inputs

    def compute(*numbers: float) -> OneEffect:
        return measure_one(name, dict(zip(first, numbers, strict=True)))

    return Measure(formula.title, formula.scale, first, compute, tuple(others))


def _as_given(y: float, v: float) -> MeasuredEffect:
    """Return an effect that is given with its variance. Raises MeasureError for v <= 0 and what is not finite."""
    if not (abs(y) < float("inf") and 0 < v < float("inf")):
        raise MeasureError(f"yi = {y!r}, vi = {v!r}: needs finite numbers and vi > 0")
    return MeasuredEffect(y, v, "natural", "as given", ())


_ONE_GROUP = ("events", "total")
_TWO_GROUPS = ("events_1", "total_1", "events_2", "total_2")
_PAIRED = ("before", "sd_before", "after", "sd_after", "patients")
_ONE_STUDY = {
    "hazard_ratio": Measure("hazard ratio", "log", ("estimate", "lower", "upper"), log_hazard_ratio),
    "logit_proportion": Measure("proportion (logit)", "logit", _ONE_GROUP, logit_proportion),
    "mean_change": Measure("mean change", "natural", ("mean", "sd", "patients"), mean_change),
    "mean_change_before_after": Measure(
        "mean change (before, after)", "natural", _PAIRED, mean_change_before_after
    ),
    "odds_ratio": Measure("odds ratio", "log", _TWO_GROUPS, log_odds_ratio),
    "proportion": Measure("proportion", "natural", _ONE_GROUP, proportion),
    "risk_difference": Measure("risk difference", "natural", _TWO_GROUPS, risk_difference),
    "risk_ratio": Measure("risk ratio", "log", _TWO_GROUPS, log_risk_ratio),
}  # fmt: skip
_REPORTED = {
    "GEN": Measure("effect as given", "natural", AS_REPORTED["GEN"][0], _as_given, AS_REPORTED["GEN"][1:]),
    "HR": Measure("hazard ratio", "log", AS_REPORTED["HR"][0], log_hazard_ratio, AS_REPORTED["HR"][1:]),
}
MEASURES: dict[str, Measure] = dict(
    sorted({**{name: _of(name, one) for name, one in FORMULAS.items()}, **_REPORTED, **_ONE_STUDY}.items())
)
