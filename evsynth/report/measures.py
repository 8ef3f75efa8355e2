"""The words and the axis of each measure: what a reader calls it, where no effect is, and how it is counted."""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal["ratio", "share", "percent", "number"]


class Words(NamedTuple):
    """How a measure is written.

    `unit` says what the stored number is: a ratio; a share of 1 that is printed as a percentage; a percentage already;
    or a number in the unit of the variable. `no_effect` is None where the measure compares nothing. `below` and `above`
    say what an estimate on that side of no effect means; they name no winner.
    """

    name: str
    short: str
    unit: Unit
    no_effect: float | None
    below: str
    above: str


_MEASURES = {
    "hazard ratio": Words(
        "hazard ratio", "HR", "ratio", 1.0, "lower hazard when treated", "higher hazard when treated"
    ),
    "log odds ratio": Words("odds ratio", "OR", "ratio", 1.0, "lower odds when treated", "higher odds when treated"),
    "log risk ratio": Words("risk ratio", "RR", "ratio", 1.0, "lower risk when treated", "higher risk when treated"),
    "risk difference": Words(
        "risk difference", "RD", "share", 0.0, "lower risk when treated", "higher risk when treated"
    ),
    "log rate ratio": Words(
        "rate ratio", "Rate ratio", "ratio", 1.0, "lower rate when treated", "higher rate when treated"
    ),
    "log ratio of means": Words("ratio of means", "RoM", "ratio", 1.0, "lower when treated", "higher when treated"),
    "ratio": Words("ratio", "Ratio", "ratio", 1.0, "lower", "higher"),
    "mean difference": Words("mean difference", "MD", "number", 0.0, "lower when treated", "higher when treated"),
    "standardised mean difference": Words(
        "standardised mean difference", "SMD", "number", 0.0, "lower when treated", "higher when treated"
    ),
    "correlation": Words("correlation", "r", "number", 0.0, "negative", "positive"),
    "effect": Words("effect", "Effect", "number", 0.0, "lower", "higher"),
    "proportion": Words("proportion", "Proportion", "share", None, "", ""),
    "mean change": Words("mean change", "Mean change", "number", 0.0, "decrease", "increase"),
    "median change": Words("median change", "Median change", "number", 0.0, "decrease", "increase"),
    "percent reduction": Words("percentage reduction", "Reduction", "percent", 0.0, "increase", "reduction"),
}


def words(measure: str) -> Words:
    """Give the words of `measure`; a measure not known here is a plain number under its own name.

    >>> words("log odds ratio").name
    'odds ratio'
    """
    return _MEASURES.get(measure) or Words(measure, measure, "number", 0.0, "lower", "higher")
