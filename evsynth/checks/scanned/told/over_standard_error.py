"""An estimate, its standard error and its test: t or z is their quotient, a Wald chi-square its square.

"b = 0.90, SE 0.30, Wald 9.0", "a coefficient of -2.1 (standard error 0.7), z = -3.0", and the interval of an estimate,
which is about two standard errors on each side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.statistics_of_rows import caption_of, groups
from evsynth.checks.scanned.facts.statistics_told import Told
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size, t_size
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("STANDARD_ERROR",)

_ESTIMATES = ("coefficient", "estimate", "d")
_OTHER = Expression(
    r"\b(?:robust|bootstrap\w*|standardi[sz]ed (?:beta|β|coefficient)|stand\.? β|bayes\w*|respectively|score "
    r"test|likelihood ratio|"
    r"permutation|random effect|variance component)\b", re.I,
)  # fmt: skip
ROOM = 0.03
"""Share by which a quotient of rounded numbers may be off beyond what prints so."""
FEWEST = 4.0
"""Degrees of freedom, at least, of a t interval."""


def over_standard_error(reading: Reading) -> Iterator[Finding]:
    """Check every estimate that is told with its standard error, and a test or an interval."""
    for told in groups(reading):
        group, line = told.told, told.line
        estimate = next((group[name] for name in _ESTIMATES if name in group), None)
        if "se" not in group or estimate is None or _OTHER.search(caption_of(told)):
            continue
        yield from _tested(reading, line, estimate, group)
        if told.table is None:
            yield from _limited(reading, line, estimate, group["se"])


def _tested(reading: Reading, line: Line, estimate: Told, group: dict[str, Told]) -> Iterator[Finding]:
    error = span(group["se"].value)
    if error.low <= 0 or estimate.bound or group["se"].bound:
        return
    size = span(estimate.value).absolute()
    made = Span(size.low / error.high, size.high / error.low)
    for name in ("t", "z", "wald"):
        test = group.get(name)
        if test is None or test.bound:
            continue
        own = span(test.value).absolute()
        square = Span(made.low**2, made.high**2)
        fits = ([square] if "df" in group or test.df else [made, square]) if name == "wald" else [made]
        if any(own.low <= m.high * (1 + ROOM) and m.low <= own.high * (1 + ROOM) for m in fits):
            continue
        shown = fits[-1]
        yield reading.finding(
            "STANDARD_ERROR", "inconsistent",
            f"{test.name.strip()} {test.value} is inconsistent with {estimate.value} and its standard error "
            f"{group['se'].value}, which give {shown.low:.3g} to {shown.high:.3g}",
            "the spread may be a standard deviation, or the test another one",
            quotes=((line.start + min(estimate.start, test.start), line.start + max(estimate.end, test.end, group[
                "se"].end)),),
            computed=(("estimate / SE", f"{made.low:.4g} to {made.high:.4g}"),),
        )  # fmt: skip


def _limited(reading: Reading, line: Line, estimate: Told, error: Told) -> Iterator[Finding]:
    """Check the interval that follows an estimate and its standard error."""
    for e in effects(line):
        if e.value is None or e.value.text != estimate.value.text or not (e.named and 0.8 < e.level < 1):
            continue
        if not estimate.start <= e.start - line.start <= estimate.end or e.low.value >= e.high.value:
            continue
        low, high, own = span(e.low), span(e.high), span(error.value)
        half = Span((high.low - low.high) / 2, (high.high - low.high) / 2 + (low.high - low.low) / 2)
        most = t_size(1 - e.level, FEWEST)
        if own.low <= 0 or (half.low <= most * own.high and normal_size(1 - e.level) * own.low <= half.high):
            continue
        yield reading.finding(
            "STANDARD_ERROR", "inconsistent",
            f"the interval {e.low} to {e.high} is inconsistent with a standard error of {error.value}, of which "
            f"it holds "
            f"{half.low / own.high:.2g} to {half.high / own.low:.2g} on each side",
            "the spread may be a standard deviation; otherwise a limit or the standard error is misprinted",
            quotes=((line.start + min(estimate.start, error.start), max(line.start + error.end, e.end)),),
        )  # fmt: skip
