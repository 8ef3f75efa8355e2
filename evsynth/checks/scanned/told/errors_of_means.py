"""A standard error, or an interval, of a mean against its standard deviation and size: SE = SD / √n.

"48.6 (SD 21.0, SEM 3.0; n = 49)", "27.2 ng/mL (SD 12.0, n = 144; 95% CI 25.2 to 29.2)", "± 0.10 (n = 64) ... the
standard errors were 0.0125 in each case", and the standard error of a difference of two means.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.told_measures import Measure, told_measures
from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size, t_size
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("STANDARD_ERROR", "INTERVAL_OF_MEANS", "OUT_OF_ORDER")

ROOM, WIDE = 0.08, 0.25
"""Shares by which a standard error, and an interval, may be off beyond rounding."""

_CUE = Expression(r"\bS\.?E\.?M?\.?\b|\bs\.e\.|standard error|\bCI\b|confidence", re.I)
_SPREAD = Expression(r"\bS\.?D\b|\bs\.d\.|standard deviation|±", re.I)
_OTHER = Expression(
    r"adjust|least[- ]squares|\bLS\b|model|estimat(?!ed glom)|predict|weighted|cluster|robust|"
    r"bootstrap|geometric|median|"
    r"regress|coefficient|imput|pooled|standardi[sz]ed", re.I,
)  # fmt: skip
_TIED = Expression(
    r"[\s(\[,;:]*(?:\d\d(?:\.\d)?\s?%\s?-?\s?)?(?:CI|C\.I\.|confidence (?:interval|"
    r"limits))[)\]]?(?:\s?[:=,]|\s(?:of|from|was))?\s?[(\[]?\s?"
)
_BASE = Expression(r"(?:\bper|\bevery|/)\s?$", re.I)
"""Before the base of a rate, or the step of a ratio: "1.86 per 5 mm Hg"."""
_BETA = Expression(r"\b(?:std\.?|standardi[sz]ed)\s?(?:beta|β|coefficients?)[^;.\d]{0,12}$", re.I)
"""Before a standardised coefficient: the interval beside it may be that of the other one."""
_EACH = Expression(r"\b(?:each|both|either|all|every|respectively)\b|\bstandard errors\b|\bS\.?E\.?M?\.?s\b", re.I)
_DIFFERENCE = Expression(r"\bdiffer\w*\b|\bgap\b", re.I)


def errors_of_means(reading: Reading) -> Iterator[Finding]:
    """Check standard errors and intervals of means told with their standard deviation and size."""
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        words = line.words
        if not _CUE.search(words):
            continue
        found = told_measures(words)
        for one in found:
            yield from _around(reading, line, one)
        if _OTHER.search(words):
            continue
        for one in found:
            if one.se is not None and one.sd is None and one.low is not None and one.high is not None:
                yield from _interval(reading, line, one, one.low, one.high, span(one.se.printed))
            if one.sd is None or one.size is None or one.size < 2 or one.sd.printed.value <= 0:
                continue
            s = span(one.sd.printed)
            made = Span(s.low / math.sqrt(one.size), s.high / math.sqrt(one.size))
            if one.se is not None:
                yield from _error(reading, line, one, one.se, made)
            if one.low is not None and one.high is not None:
                yield from _interval(reading, line, one, one.low, one.high, made)
        yield from _shared(reading, line, found)


def _error(reading: Reading, line: Line, one: Measure, se: Told, made: Span) -> Iterator[Finding]:
    own = span(se.printed)
    if own.low <= made.high * (1 + ROOM) and made.low * (1 - ROOM) <= own.high:
        return
    assert one.sd is not None
    yield _finding(
        reading, "STANDARD_ERROR", f"a standard error of {se.printed}", line, (se, one.sd),
        f"a standard deviation of {one.sd.printed} in {one.size}, which gives {made.middle:.3g}",
    )  # fmt: skip


def _interval(reading: Reading, line: Line, one: Measure, low: Told, high: Told, made: Span) -> Iterator[Finding]:
    a, b, v = span(low.printed), span(high.printed), span(one.value.printed)
    half = Span((b.low - a.high) / 2, (b.high - a.low) / 2)
    skew = abs((a.middle + b.middle) / 2 - v.middle)
    spread = one.se if one.sd is None else one.sd
    if half.high <= 0 or made.low <= 0 or spread is None or skew > 0.1 * half.high + (v.high - v.low):
        return
    tail = (1 - one.level / 100) / 2
    sizes = (normal_size(2 * tail), t_size(2 * tail, max(1.0, (one.size or 9) - 1.0)))
    if half.low <= made.high * max(sizes) * (1 + WIDE) and made.low * min(sizes) * (1 - WIDE) <= half.high:
        return
    width = 2 * made.middle * max(sizes)
    yield _finding(
        reading, "INTERVAL_OF_MEANS", f"the interval {low.printed} to {high.printed}", line, (low, spread),
        f"a standard {'error' if one.sd is None else 'deviation'} of {spread.printed}"
        f"{f' in {one.size}' if one.size else ''}, which gives one {width:.3g} wide", to=high,
    )  # fmt: skip


def _around(reading: Reading, line: Line, one: Measure) -> Iterator[Finding]:
    """Check that a value lies in the interval right behind it."""
    if one.low is None or one.high is None or one.value.unit == "%" != one.high.unit:
        return
    if _BASE.search(one.value.before) or _BETA.search(one.value.before):
        return
    if not _TIED.fullmatch(line.words, one.value.stop, one.low.start):
        return
    own, low, high = span(one.value.printed), span(one.low.printed), span(one.high.printed)
    if low.middle > high.middle or (own.high >= low.low and own.low <= high.high):
        return
    mirrored = Span(-own.high, -own.low)
    if one.value.printed.value > 0 and mirrored.high >= low.low and mirrored.low <= high.high:
        return  # "a reduction of 1.9 (-4.2 to -0.4)"
    yield reading.finding(
        "OUT_OF_ORDER", "error", f"{one.value.printed} lies outside its interval, {one.low.printed} to "
        f"{one.high.printed}",
        "the interval may be that of another value; otherwise a sign or a digit is misprinted",
        quotes=((line.start + one.value.start, line.start + one.value.end),
                (line.start + one.low.start, line.start + one.high.end)),
    )  # fmt: skip


def _shared(reading: Reading, line: Line, found: tuple[Measure, ...]) -> Iterator[Finding]:
    """Check a standard error told once for all groups, and one of the difference of two."""
    sized = [m for m in found if m.sd is not None and m.size]
    loose = [
        t for t in told_numbers(line.words)
        if t.part == "se" and t not in [m.se for m in sized] and sized and t.start > sized[-1].end
    ]  # fmt: skip
    if len(loose) != 1 or not sized:
        return
    se, own = loose[0], span(loose[0].printed)
    errors = [float(m.sd.printed) / math.sqrt(m.size) for m in sized if m.sd is not None and m.size]
    lead = re.split(r"[;:]\s|\.\s(?=[A-Z])", line.words[: se.start])[-1]
    if len(sized) == 2 and _DIFFERENCE.search(lead):
        made = math.hypot(*errors)
        if own.high < made * (1 - 2 * ROOM) or own.low > made * (1 + 2 * ROOM):
            yield _finding(
                reading, "STANDARD_ERROR", f"a standard error of {se.printed} of the difference", line,
                (se, *(m.sd for m in sized if m.sd is not None)), f"the two groups, which give {made:.3g}",
            )  # fmt: skip
        return
    alike = all(abs(a - b) < 0.02 * a for a, b in pairwise(errors))
    if alike and _EACH.search(lead + se.after[:40]) and not (
        own.low <= errors[0] * (1 + 2 * ROOM) and errors[0] * (1 - 2 * ROOM) <= own.high
    ):  # fmt: skip
        sd = sized[0].sd
        assert sd is not None
        yield _finding(
            reading, "STANDARD_ERROR", f"a standard error of {se.printed}", line, (se, sd),
            f"a standard deviation of {sd.printed} in {sized[0].size}, which gives {errors[0]:.3g}",
        )  # fmt: skip


def _finding(
    reading: Reading, code: str, what: str, line: Line, quoted: tuple[Told, ...], than: str, to: Told | None = None
) -> Finding:
    first = quoted[0]
    return reading.finding(
        code, "inconsistent", f"{what} is inconsistent with {than}",
        "one may be of a model or of fewer patients; otherwise SD and SE are exchanged or a digit is misprinted",
        quotes=(
            (line.start + first.start, line.start + (to or first).end),
            *((line.start + t.start, line.start + t.end) for t in quoted[1:]),
        ),
    )  # fmt: skip
