"""A reported result beside its recomputation.

A recomputation is *exact* where the printed inputs, taken as they stand, give the printed digits under either rounding
of halves; *within rounding* where some values that print like the inputs (or some data the route leaves open, such as
ties) give them; *discrepant* where no such values do, under any route the paper could have used; *not recomputable*
where what is printed does not decide. A route that could have been used but lacks an input keeps a result from being
discrepant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from evsynth.model.finding import KeyPath
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span

Verdict = Literal["exact", "within rounding", "discrepant", "not recomputable"]
Kind = Literal[
    "counts", "means", "ranks", "correlation", "change", "regression", "ratio", "statistic", "percentages", "stated",
    "other",
]  # fmt: skip
"""What a route to a P value starts from."""

VERDICTS: tuple[Verdict, ...] = ("exact", "within rounding", "discrepant", "not recomputable")


NOTHING = Span(math.nan, math.nan)
"""The span of a route that no values can satisfy."""


class Attempt(NamedTuple):
    """One route tried.

    `point` follows from the printed digits as they stand, `span` from all values that print so. `missing` names what
    the route lacks. A route that does not decide (`binding` false) approximates, or gives another quantity, and is only
    shown. `kind` is what the route starts from. `reads` are the numbers an explanation reads differently (identifier
    and text).
    """

    route: str
    point: float | None = None
    span: Span | None = None
    missing: str = ""
    binding: bool = True
    note: str = ""
    inputs: tuple[str, ...] = ()
    kind: Kind = "other"
    reads: tuple[tuple[str, str], ...] = ()


class Recomputed(NamedTuple):
    """One reported number of one value, and what its recomputation gives.

    `low` to `high` are the values the chosen route allows (None where unbounded, both None where it allows none or
    nothing was computed); `point` is its value from the printed digits, where it has one.
    """

    study: str
    value: str
    path: KeyPath
    quantity: str
    reported: str
    point: float | None
    low: float | None
    high: float | None
    route: str
    tolerance: str
    verdict: Verdict
    missing: str
    note: str
    inputs: tuple[str, ...]
    tried: tuple[Attempt, ...]

    @property
    def recomputed(self) -> str:
        """The recomputed value or interval in words, with four significant digits."""
        if self.low is None or self.high is None:
            bound = f"{self.low:.4g} or more" if self.low is not None else ""
            return f"{self.high:.4g} or less" if self.high is not None else bound
        if self.low == self.high:
            return f"{self.low:.4g}"
        ends = f"{self.low:.4g} to {self.high:.4g}"
        return ends if self.point is None else f"{self.point:.4g} ({ends})"


class Judged(NamedTuple):
    """A verdict with the attempt it rests on."""

    verdict: Verdict
    attempt: Attempt | None
    missing: str


CEILING = "a printed p of nines only is also read as 'greater than' (programs print >0.999 for 1)"


def meets(reported: Printed, values: Span) -> bool:
    """Say whether a value of `values` prints as reported. Allows for the last digit of floating point."""
    slack = 1e-9 * max(1.0, abs(float(reported.value)))
    low, high, open_ = reported.interval()
    if open_:
        return (high is None or values.low < float(high)) and (low is None or values.high > float(low))
    return (high is None or values.low <= float(high) + slack) and (low is None or values.high >= float(low) - slack)


def guarded(route: str, attempts: Iterator[Attempt], kind: Kind = "other") -> Iterator[Attempt]:
    """Give the attempts; a route that refuses its inputs becomes one that lacks usable ones, with its reason."""
    try:
        for attempt in attempts:
            yield attempt if attempt.kind != "other" else attempt._replace(kind=kind)
    except ValueError as problem:
        yield Attempt(route, missing=f"usable numbers: {problem}")


def ceiling(reported: Printed) -> bool:
    """Say whether a p value is printed as nines only, such as 0.999."""
    digits = reported.text.lstrip("0.")
    return not reported.bound and reported.decimals >= 2 and set(digits) == {"9"} and reported.value < 1


def judge(reported: Printed, attempts: tuple[Attempt, ...], *, p_value: bool = False) -> Judged:
    """Compare a reported number with every attempt."""
    decided = [a for a in attempts if a.binding and a.span is not None and not a.missing]
    lacking = [a for a in attempts if a.binding and a.missing]
    for attempt in decided:
        if attempt.point is not None and meets(reported, Span(attempt.point, attempt.point)):
            return Judged("exact", attempt, "")
    for attempt in decided:
        if attempt.span is not None and meets(reported, attempt.span):
            return Judged("within rounding", attempt, "")
        if p_value and ceiling(reported) and attempt.span is not None and attempt.span.high > float(reported.value):
            return Judged("within rounding", attempt._replace(note=CEILING), "")
    if lacking or not decided:
        missing = "; ".join(dict.fromkeys(a.missing for a in lacking)) or "no route from what is printed"
        return Judged("not recomputable", decided[0] if decided else None, missing)
    return Judged("discrepant", min(decided, key=lambda a: _distance(reported, a)), "")


def _distance(reported: Printed, attempt: Attempt) -> float:
    span = attempt.span
    if span is None or math.isnan(span.low):
        return math.inf
    value = float(reported.value)
    return max(span.low - value, value - span.high, 0.0)
