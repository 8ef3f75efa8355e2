"""A percentage and the interval printed with it, where no counts stand beside them: the limits must lie as they do.

Each limit gives a number of patients, Wilson's n = z² L (1 - L) / (p - L)² (doi 10.1080/01621459.1927.10502953); both
give nearly one number, or the limits lie at equal distances (normal). A limit that gives many times the number of the
other is not of this percentage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.proportion_intervals import Z
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("PROPORTION_INTERVAL",)

_OTHER = Expression(
    r"reduc|efficac|effective|differ|chang|increas|decreas|relative|excess|heritab|explain|attribut|I2|I²|heterogen|"
    r"median|quartile|IQR|\brange|points|surviv|cumulative|kaplan|adjust|weight|bootstrap|credible|bayes|pooled|"
    r"meta-|model|predicted|(?:80|90|99)\s?%\s?(?:CI|conf)|mean\b|fraction|cover|lower|higher|less|more|ratio|"
    r"improve|fall|fell|rose|gain|loss", re.I,
)  # fmt: skip
TIMES = 3.0
"""So many times the number of the other limit is beyond exact intervals and those with a correction."""
EQUAL = 0.35
"""A normal interval that was cut off or rounded has limits equally far but for this share of the larger distance."""
FEW = 8.0
"""Least number of patients with and without the finding: the limits of fewer lie very unevenly."""


def share_intervals(reading: Reading) -> Iterator[Finding]:
    """Check every percentage with an interval that a sentence of plain shares tells."""
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if "%" not in line.words:
            continue
        for e in effects(line):
            percent = e.unit.strip().startswith("%") or e.limit_unit == "%"
            if (
                not percent
                or e.value is None
                or e.value.bound
                or e.level != 0.95
                or not (e.named or _named(line.words))
            ):
                continue
            if _OTHER.search(line.words[max(0, e.start - line.start - 120) : e.start - line.start]) is None:
                yield from _judged(reading, e, e.value)


def _named(words: str) -> bool:
    return re.search(r"\bCI\b|confidence", words) is not None


def _judged(reading: Reading, e: Effect, value: Printed) -> Iterator[Finding]:
    p, low, high = (Span(*(x / 100 for x in span(v))) for v in (value, e.low, e.high))
    if not 0.02 < low.low < low.high < p.low or not p.high < high.low < high.high < 0.98:
        return
    below = Span(_number(low.low, p.high), _number(low.high, p.low))
    above = Span(_number(high.high, p.low), _number(high.low, p.high))
    least = min(below.low, above.low)
    if least * min(p.low, 1 - p.high) < FEW:
        return
    apart = max(below.low / above.high, above.low / below.high)
    down, up = Span(p.low - low.high, p.high - low.low), Span(high.low - p.high, high.high - p.low)
    even = Span(down.low * (1 - EQUAL), down.high / (1 - EQUAL)).meets(up)
    if apart < TIMES or even:
        return
    yield reading.finding(
        "PROPORTION_INTERVAL", "inconsistent",
        f"{value}% is inconsistent with its interval, {e.low} to {e.high}: the lower limit is that of about "
        f"{below.middle:.0f} patients, the upper of about {above.middle:.0f}",
        "an interval from a model or by resampling may lie otherwise; otherwise one of the three is misprinted",
        quotes=(e.spot,), computed=(("patients", f"{below.middle:.0f} and {above.middle:.0f}"),),
    )  # fmt: skip


def _number(limit: float, share: float) -> float:
    """Give the number of patients of which a share has a Wilson limit there."""
    return Z * Z * limit * (1 - limit) / max((share - limit) ** 2, 1e-12)
