"""On which side a printed result lies: better, worse or neither for the treated patients, or not to be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from evsynth.model.estimate import Answer, Estimate
from evsynth.model.observation import Observation
from evsynth.model.study import Cohort
from evsynth.report.measures import words

Direction = Literal["better", "worse", "neither", "not told"]
Better = Literal["higher", "lower"]

_RATIOS = ("hazard_ratio", "odds_ratio", "risk_ratio")
_CHANGES = ("mean_change", "median_change", "change_of_medians")
_LEVELS = ("percent", "count", "mean", "median", "centre")


class Pair(NamedTuple):
    """Values of the treated and of the other arm, and the shares of their counts where both print one."""

    one: Observation
    other: Observation
    share: tuple[float, float] | None


def of_result(o: Observation, better: Better, cohort: Cohort | None) -> Direction:
    """Give the direction of one value: as the paper states it, else by its ratio to 1 or its change from 0.

    A ratio or a difference of changes is read in the order of the arms of its contrast; where these are printed with
    the comparator first, the other way round. A P value alone has no direction.
    """
    if o.about.direction in ("better", "worse"):
        return "better" if o.about.direction == "better" else "worse"
    contrast = next((c for c in cohort.contrasts if c.contrast == o.about.contrast), None) if cohort else None
    roles = {a.arm: a.role for a in cohort.arms} if cohort else {}
    turned = (
        contrast is not None
        and len(contrast.arms) == 2
        and (roles.get(contrast.arms[0]), roles.get(contrast.arms[1])) == ("comparator", "treated")
    )
    for names, middle in ((_RATIOS, 1.0), (_CHANGES, 0.0), (("percent_reduction",), 0.0)):
        for name in names:
            number = o.statistics.get(name)
            if number is None:
                continue
            away = float(number) - middle
            if name == "percent_reduction":
                away = -away
            return _side(-away if turned else away, better)
    return "not told"


def of_pair(pair: Pair, better: Better) -> Direction:
    """Give the direction of two values: percentages, means or medians as printed, counts out of their patients."""
    if pair.share is not None:
        return _side(pair.share[0] - pair.share[1], better)
    for name in _LEVELS:
        one, other = pair.one.statistics.get(name), pair.other.statistics.get(name)
        if name != "count" and one is not None and other is not None and not one.bound and not other.bound:
            return _side(float(one) - float(other), better)
    return "not told"


def pairs(values: tuple[Observation, ...], cohort: Cohort) -> Iterator[Pair]:
    """Pair the values of a treated and a comparator arm for one variable at one time in one place."""
    roles = {a.arm: a.role for a in cohort.arms}
    sizes = {a.arm: a.patients for a in cohort.arms}
    for i, one in enumerate(values):
        for other in values[i + 1 :]:
            same_place = one.where.partition(",")[0] == other.where.partition(",")[0]
            if one.variable != other.variable or one.about.at != other.about.at or not same_place:
                continue
            mine, theirs = roles.get(one.about.arm or ""), roles.get(other.about.arm or "")
            if {mine, theirs} == {"treated", "comparator"}:
                first, second = (one, other) if mine == "treated" else (other, one)
                yield Pair(first, second, _shares(first, second, sizes))


def _shares(one: Observation, other: Observation, sizes: dict[str, int | None]) -> tuple[float, float] | None:
    found = []
    for o in (one, other):
        count, of = o.statistics.get("count"), o.statistics.get("of")
        total = float(of) if of is not None else sizes.get(o.about.arm or "")
        if count is None or count.bound or not total:
            return None
        found.append(float(count) / float(total))
    return found[0], found[1]


def of_answer(answer: Answer, better: Better) -> Direction:
    """Give the direction of a pooled estimate; a refusal has none, nor has a proportion, which compares nothing."""
    result, about = answer.result, words(answer.pool.measure)
    if not isinstance(result, Estimate) or about.no_effect is None:
        return "not told"
    away = result.figures.estimate - about.no_effect
    return _side(-away if answer.pool.measure == "percent reduction" else away, better)


def holds_no_effect(answer: Answer) -> bool:
    """Say whether the interval of an estimate holds no effect."""
    result, about = answer.result, words(answer.pool.measure)
    if not isinstance(result, Estimate) or about.no_effect is None:
        return False
    return result.figures.lower <= about.no_effect <= result.figures.upper


def _side(away: float, better: Better) -> Direction:
    if away == 0:
        return "neither"
    return "better" if (away < 0) == (better == "lower") else "worse"
