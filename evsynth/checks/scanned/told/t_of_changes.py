"""The t or P of one mean change, or of two means, against their standard deviations and sizes, told in any order.

"Mean change was -5.0 (SD 10.0, n = 100; paired t test, P < 0.001)"; "31.2 (SD 6.1, n = 40) in cases and 24.9 (SD 6.4, n
= 42) in controls; t = 4.56, df = 80".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.told_measures import Measure, told_measures
from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import t_two_sided
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC", "P_OF_MEANS")

ROOM = 0.2
"""Share by which a t may be off: another test, a few missing values."""

_T = Expression(r"(?<![A-Za-z])t\s?(?:\([^()]{1,8}\)\s?)?(?:=|of|was)\s?$|(?<![A-Za-z])t\s?[(]\d+[)]\s?=\s?$")
_CHANGE = Expression(
    r"\b(?:chang\w*|difference|gain|loss|reduction|increase|decrease|improvement|fall|rise|drop)\b", re.I
)
_OTHER = Expression(
    r"adjust|ANCOVA|covarian|least[- ]squares|model|one-sided|one-tailed|trend|interaction|wilcoxon|"
    r"mann|median|bonferroni|corrected|"
    r"groups differ|between[- ]groups?|welch|regress|cluster|bootstrap|rank", re.I,
)  # fmt: skip
_PAIRED = Expression(r"paired|within|before|after|baseline|pre-|cross-?over", re.I)


def t_of_changes(reading: Reading) -> Iterator[Finding]:
    """Check the one t, and the one P of a change, of sentences with standard deviations and sizes."""
    for line in lines(reading, ("abstract", "results", "body")):
        words = line.words
        if _OTHER.search(words) or not re.search(r"\bSD\b|S\.D\.|s\.d\.|standard dev|±", words):
            continue
        numbers = told_numbers(words)
        sized = [m for m in told_measures(words) if m.sd is not None and m.size and m.sd.printed.value > 0]
        ts = [t for t in numbers if _T.search(t.before[-30:])]
        ps = [t for t in numbers if t.part == "p"]
        if len(sized) == 1 and len(ts) + len(ps) <= 2 and (_CHANGE.search(words[: sized[0].value.start][-70:])):
            made = _one(sized[0])
            if len(ts) == 1:
                yield from _t(reading, line, ts[0], made, sized)
            elif (
                len(ps) == 1
                and ps[0].start > sized[0].value.start
                and not re.search(r"\band\b", words[sized[0].end : ps[0].start])
            ):
                yield from _p(reading, line, ps[0], made, sized[0])
        elif len(sized) == 2 and len(ts) == 1 and ts[0].start > sized[1].value.start and not _PAIRED.search(words):
            yield from _t(reading, line, ts[0], _two(*sized), sized)


def _one(m: Measure) -> Span:
    assert m.sd is not None
    v, s, n = span(m.value.printed).absolute(), span(m.sd.printed), m.size or 1
    return Span(v.low / s.high * math.sqrt(n), v.high / s.low * math.sqrt(n))


def _two(one: Measure, two: Measure) -> Span:
    errors = [float(m.sd.printed) ** 2 / (m.size or 1) for m in (one, two) if m.sd is not None]
    a, b = span(one.value.printed), span(two.value.printed)
    ends = sorted((abs(a.low - b.high), abs(a.high - b.low)))
    return Span(0.0 if a.meets(b) else ends[0] / math.sqrt(sum(errors)), ends[1] / math.sqrt(sum(errors)))


def _t(reading: Reading, line: Line, t: Told, made: Span, sized: list[Measure]) -> Iterator[Finding]:
    own = span(t.printed).absolute()
    if own.low <= made.high * (1 + ROOM) and made.low * (1 - ROOM) <= own.high:
        return
    yield reading.finding(
        "P_OF_STATISTIC", "inconsistent",
        f"t = {t.printed} is inconsistent with the means, standard deviations and sizes beside it, "
        f"which give {made.middle:.3g}",
        "the test may be another one, or of fewer patients; otherwise one of the numbers is misprinted",
        quotes=((line.start + t.start, line.start + t.end),
                (line.start + sized[0].value.start, line.start + sized[-1].end)),
    )  # fmt: skip


def _p(reading: Reading, line: Line, p: Told, made: Span, m: Measure) -> Iterator[Finding]:
    if not 0 < p.printed.value <= 1 or m.size is None:
        return
    bound = re.search(r"[<>≤≥]\s?$", line.words[: p.start])
    low, high = t_two_sided(made.high, m.size - 1.0), t_two_sided(made.low, m.size - 1.0)
    own = float(p.printed)
    if bound is not None:
        wrong = (bound[0].strip() in "<≤" and low > 5 * own) or (bound[0].strip() in ">≥" and high < own / 5)
    else:
        wrong = own > 5 * high + 0.03 or own < low / 5 - 0.002
    if wrong:
        yield reading.finding(
            "P_OF_MEANS", "inconsistent",
            f"P {p.printed} is inconsistent with a change of {m.value.printed} with its standard "
            f"deviation in {m.size}, which give {low:.2g} to {high:.2g}",
            "the P may be that of a comparison of groups; otherwise one of the numbers is misprinted",
            quotes=((line.start + p.start, line.start + p.end), (line.start + m.value.start, line.start + m.end)),
        )  # fmt: skip
