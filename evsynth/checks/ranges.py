"""Scores lie inside their instrument, quartiles in order, limits around their estimate, and labels fit the glyphs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from evsynth.checks.registry import Case
from evsynth.model.finding import Alternative, Finding
from evsynth.model.observation import Observation

CODES = ("NUMBER_IMPOSSIBLE", "OUTSIDE_INSTRUMENT", "OUT_OF_ORDER", "LABEL_CONTRADICTS")

_POSSIBLE: dict[str, tuple[int | None, int | None]] = {
    "p": (0, 1), "rho": (-1, 1), "effect_size": (-1, 1), "adjusted_r_squared": (None, 1), "percent": (0, 100),
    "level": (0, 100), "percent_reduction": (None, 100),
    **dict.fromkeys(
        ("count", "of", "sd", "se", "u", "chi2", "df", "hazard_ratio", "odds_ratio", "risk_ratio", "analysed"),
        (0, None),
    ),
}  # fmt: skip
"""What a statistic can be, whatever it is of."""

_WHOLE = ("count", "of", "analysed")

_LEVELS = ("mean", "median", "q1", "q3", "minimum", "maximum", "centre")
_ORDERED = (
    ("minimum", "q1", "median", "q3", "maximum"),
    *(("lower", name, "upper") for name in ("hazard_ratio", "odds_ratio", "risk_ratio", "b", "median_change")),
    ("lower", "mean_change", "upper"),
    ("minimum", "mean", "maximum"),
    ("minimum", "centre", "maximum"),
)
_ALONE = ("mean", "median", "percent", "rho", "beta", "value", "change_of_medians")
"""Statistics that limits belong to only where nothing else is printed with them that limits usually belong to."""


def ranges(case: Case) -> Iterator[Finding]:
    """Check one value at a time; a change is not compared with the range of a score."""
    limits = _limits(case)
    for observation in case.extraction.observations:
        yield from _impossible(case, observation)
        outside = list(_instrument(case, observation, limits))
        yield from outside
        if not outside:  # one cause, one finding
            yield from _order(case, observation)
        yield from _label(case, observation)


def _impossible(case: Case, o: Observation) -> Iterator[Finding]:
    for statistic, number in o.statistics.items():
        lowest, highest = _POSSIBLE.get(statistic, (None, None))
        interval = number.interval()
        below = lowest is not None and interval.high is not None and interval.high < lowest
        above = highest is not None and interval.low is not None and interval.low > highest
        half = statistic in _WHOLE and number.value != number.value.to_integral_value()
        if below or above or half:
            what = "a whole number" if half else f"at least {lowest}" if below else f"at most {highest}"
            yield case.finding(
                "NUMBER_IMPOSSIBLE", "error", (*o.path, statistic),
                f"{o.variable or 'value'} in {o.group or 'the study'}: {statistic} {number} must be {what}",
                "a point or a sign may have been lost, or the number belongs to another column",
                about=(o,),
            )  # fmt: skip


def _limits(case: Case) -> dict[str, tuple[str, Decimal, Decimal | None]]:
    instruments = {i.instrument: i for i in case.review.instruments}
    found = {}
    for variable in case.extraction.study.variables:
        instrument = instruments.get(variable.instrument or "")
        if instrument:
            highest = Decimal(instrument.highest) if instrument.highest else None
            found[variable.variable] = (instrument.name, Decimal(instrument.lowest), highest)
    return found


def _instrument(
    case: Case, o: Observation, limits: dict[str, tuple[str, Decimal, Decimal | None]]
) -> Iterator[Finding]:
    if o.variable not in limits or o.about.arm is None:
        return
    name, lowest, highest = limits[o.variable]
    for statistic in _LEVELS:
        number = o.statistics.get(statistic)
        if number is None or number.bound:
            continue
        interval = number.interval()
        below = interval.high is not None and interval.high < lowest
        above = highest is not None and interval.low is not None and interval.low > highest
        if below or above:
            span = f"{lowest} to {highest}" if highest is not None else f"{lowest} upwards"
            yield case.finding(
                "OUTSIDE_INSTRUMENT", "error", (*o.path, statistic),
                f"{o.variable} in {o.group}: {statistic} {number} lies outside {name} ({span})",
                "a sign or a change may have been printed in the column of a score; the value is not used",
                about=(o,), alternatives=_without_sign(o, statistic, lowest, highest),
            )  # fmt: skip


def _without_sign(o: Observation, statistic: str, lowest: Decimal, highest: Decimal | None) -> tuple[Alternative, ...]:
    """A negative score read without its sign, where it then stands inside its range and its quartiles."""
    number = o.statistics[statistic]
    value = -number.value
    q1, q3 = o.statistics.get("q1"), o.statistics.get("q3")
    inside = value >= lowest and (highest is None or value <= highest)
    between = (q1 is None or q1.value <= value) and (q3 is None or value <= q3.value)
    if number.value >= 0 or not inside or not between:
        return ()
    text = f"{value:.{number.decimals}f}"
    return (Alternative(text, "the sign may be a misprint", ((o.name(statistic), text),)),)


def _order(case: Case, o: Observation) -> Iterator[Finding]:
    for chain in (*_ORDERED, *_around(o)):
        present = [name for name in chain if name in o.statistics and not o.statistics[name].bound]
        for low, high in pairwise(present):
            above, below = o.statistics[low].interval().low, o.statistics[high].interval().high
            if above is not None and below is not None and above > below:
                yield case.finding(
                    "OUT_OF_ORDER", "error", (*o.path, high),
                    f"{o.variable or o.group}: {high} {o.statistics[high]} is below {low} {o.statistics[low]}",
                    "two numbers may be exchanged, or one may belong to another row",
                    about=(o,), alternatives=_exchanged(o, low, high, present),
                )  # fmt: skip
                return


def _around(o: Observation) -> tuple[tuple[str, ...], ...]:
    """Give the one statistic that the limits of a value belong to where `_ORDERED` has none of it, between them."""
    usual = {name for low, name, high in (c for c in _ORDERED if len(c) == 3) if (low, high) == ("lower", "upper")}
    alone = [name for name in _ALONE if name in o.statistics]
    if len(alone) != 1 or usual & set(o.statistics):
        return ()
    upper, share = o.statistics.get("upper"), o.statistics.get("percent")
    if share is not None and upper is not None and upper.value <= 1 < share.value:
        return ()  # a percentage, and limits of a proportion
    return (("lower", alone[0], "upper"),)


def _exchanged(o: Observation, low: str, high: str, chain: list[str]) -> tuple[Alternative, ...]:
    """The two numbers exchanged, where everything is in order then."""
    swap = {low: high, high: low}
    values = [o.statistics[swap.get(name, name)].value for name in chain]
    if values != sorted(values):
        return ()
    reads = ((o.name(low), o.statistics[high].text), (o.name(high), o.statistics[low].text))
    return (Alternative(f"{low} {o.statistics[high]}, {high} {o.statistics[low]}", "the two exchanged", reads),)


def _label(case: Case, o: Observation) -> Iterator[Finding]:
    label = (o.about.label or "").lower()
    says_median = "median" in label or "iqr" in label
    says_mean = "mean" in label or "s.d" in label
    contradicts = (says_median and not says_mean and "mean" in o.statistics and "sd" in o.statistics) or (
        says_mean and not says_median and "median" in o.statistics
    )
    if contradicts:
        yield case.finding(
            "LABEL_CONTRADICTS", "inconsistent", (*o.path, "label"),
            f"{o.variable}: the label {o.about.label!r} is inconsistent with the way {o.printed!r} is printed",
            "the label may have been carried over from another version of the table; the statistic follows the glyphs",
            about=(o,),
        )  # fmt: skip
