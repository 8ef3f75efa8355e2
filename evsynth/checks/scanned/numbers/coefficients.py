"""One line of a linear regression: B in the middle of its interval, and t, beta and P of one story."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import spot
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.regression import Line, fitting_df, middle, p_from_t, t_from_interval
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("REGRESSION_INTERVAL", "REGRESSION_T", "P_OF_REGRESSION", "REGRESSION_SIGNS")

_RESPECTIVELY = Expression(r"\s?(?:,|and\b)[^;()]{0,40}?\brespectively\b", re.I)
_INDIRECT = Expression(r"\b(?:indirect|mediat\w+|bootstrap\w*|bias-corrected|percentile|credible|posterior)\b", re.I)
"""Words of sentences whose intervals are not symmetric."""
DEGREES = range(5, 400)
"""Degrees of freedom tried where the number of patients is not known; otherwise half of them to all."""


def coefficients(reading: Reading) -> Iterator[Finding]:
    """Check every coefficient that is printed with an interval, t, beta or P."""
    total = study_size(reading)
    degrees = range(max(3, total // 2), max(4, total - 1)) if total is not None and total > 8 else DEGREES
    logistic = {
        t.index for t in reading.document.tables
        if t.caption is not None and any(w in t.caption.text.lower() for w in ("logistic", "cox", "poisson"))
    }  # fmt: skip
    for r in reading.reported:
        b = r.figure("b")
        if b is None or r.spot.table in logistic or r.spot.role in ("discussion", "background", "conclusion"):
            continue
        if _inside(r):
            yield from _line(reading, r, b, degrees, bent=_bent(reading, r))


def _inside(r: Reported) -> bool:
    lower, b, upper = r.figure("lower"), r.figure("b"), r.figure("upper")
    if lower is None or b is None or upper is None:
        return True
    return float(lower.printed) < float(upper.printed) and float(lower.printed) <= float(b.printed) <= float(
        upper.printed
    )


def _askew(r: Reported) -> bool | None:
    """Say whether a coefficient lies beside the middle of its interval; None where it has none."""
    lower, b, upper = r.figure("lower"), r.figure("b"), r.figure("upper")
    if lower is None or b is None or upper is None:
        return None
    centre, half = middle(span(lower.printed), span(upper.printed)), (float(upper.printed) - float(lower.printed)) / 2
    return not span(b.printed).meets(centre) and abs(float(b.printed) - centre.middle) > 0.05 * half


def _bent(reading: Reading, r: Reported) -> bool:
    """Say whether intervals of the text are of a kind that is not symmetric: half of them lie so, or words say it."""
    if r.spot.table is not None:
        return False
    sentence = reading.document.sentence_at(r.start)
    if sentence is not None and _INDIRECT.search(reading.document.prose, sentence.start, sentence.end):
        return True
    told = [found for x in reading.reported if x.spot.table is None and (found := _askew(x)) is not None]
    return sum(told) > 1 and 2 * sum(told) >= len(told)


def _line(reading: Reading, r: Reported, b: Figure, degrees: range, *, bent: bool) -> Iterator[Finding]:
    lower, upper, t, p, beta = (r.figure(name) for name in ("lower", "upper", "t", "p", "beta"))
    if p is not None and _RESPECTIVELY.match(reading.document.prose, p.end):
        p = None  # the first of several P values
    figures = [f for f in (b, lower, upper, beta, t, p) if f is not None]
    what = r.variable.text if r.variable is not None else "coefficient"
    signs = [(f, math.copysign(1, float(f.printed))) for f in (b, beta, t) if f is not None and float(f.printed)]
    if len({sign for _, sign in signs}) > 1:
        said = ", ".join(f"{f.statistic} {f.printed}" for f, _ in signs)
        yield reading.finding(
            "REGRESSION_SIGNS", "error", f"{what}: {said} must have one sign", "a minus sign may have been lost",
            quotes=(spot(*figures),),
        )  # fmt: skip
        return
    if lower is not None and upper is not None:
        centre = middle(span(lower.printed), span(upper.printed))
        if _askew(r):
            if bent:
                return
            yield reading.finding(
                "REGRESSION_INTERVAL", "inconsistent",
                f"{what}: B {b.printed} is inconsistent with the middle of {lower.printed} to {upper.printed}, "
                f"{centre.middle:.4g}",
                "a bootstrap interval need not be symmetric; otherwise one number is misprinted",
                quotes=(spot(*figures),), computed=(("middle", f"{centre.middle:.6g}"),),
            )  # fmt: skip
            return
    if t is not None and p is not None:
        values = _p_of(span(t.printed), degrees)
        if not meets(p.printed, values):
            yield reading.finding(
                "P_OF_REGRESSION", "inconsistent",
                f"{what}: P {p.printed} is inconsistent with t {t.printed}, which gives {values} on "
                f"{degrees.start} to {degrees.stop - 1} degrees of freedom",
                "P may belong to another row; otherwise t or P is misprinted",
                quotes=(spot(*figures),), computed=(("P", str(values)),),
            )  # fmt: skip
            return
    if lower is None or upper is None or (t is None and p is None):
        return
    sides = Line(span(b.printed), span(lower.printed), span(upper.printed), span(t.printed) if t else None,
                 span(p.printed) if p else None)  # fmt: skip
    tried = degrees[:: max(1, len(degrees) // 8)]  # neighbours hardly differ; the slack below covers them
    if not fitting_df(sides, range(tried.start, tried.stop, tried.step)):
        large = t_from_interval(span(b.printed), span(lower.printed), span(upper.printed), degrees.stop)
        small = t_from_interval(span(b.printed), span(lower.printed), span(upper.printed), degrees.start)
        if t is not None and _near(span(t.printed), large, small, 0.02):
            return  # the last digit of rounded software output
        if t is None and p is not None and _near_p(p, large, small, degrees):
            return
        yield reading.finding(
            "REGRESSION_T", "inconsistent",
            f"{what}: B {b.printed} ({lower.printed} to {upper.printed}) is inconsistent with "
            + " and ".join(f"{f.statistic} {f.printed}" for f in (t, p) if f is not None),
            "a robust or bootstrap standard error may explain it; otherwise one number is misprinted",
            quotes=(spot(*figures),), computed=(("t", f"{large}"),),
        )  # fmt: skip


def _p_of(t: Span, degrees: range) -> Span:
    ends = [p_from_t(t, float(df)) for df in (degrees.start, degrees.stop - 1)]
    return Span(min(e.low for e in ends), max(e.high for e in ends))


def _near(t: Span, large: Span, small: Span, share: float) -> bool:
    low, high = min(large.low, small.low), max(large.high, small.high)
    slack = share * max(abs(low), abs(high)) + 0.01
    return low - slack <= t.high and t.low <= high + slack


def _near_p(p: Figure, large: Span, small: Span, degrees: range) -> bool:
    both = Span(min(large.low, small.low) - 0.1, max(large.high, small.high) + 0.1)
    return meets(p.printed, _p_of(both, degrees))
