"""A coefficient of a logistic, Cox or Poisson model and its ratio: the ratio is e to the coefficient.

"a regression coefficient B of 0.69 and an odds ratio of 1.99", "β = -0.36 (HR 0.70)".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.statistics_of_rows import caption_of, groups
from evsynth.checks.scanned.facts.statistics_told import Told
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_OTHER = Expression(
    r"\b(?:standardi[sz]ed|linear regression|correlation|log ?2|log ?10|per \d|for every \d|points? on|score|"
    r"respectively|"
    r"adjusted for|after adjust\w+|unadjusted|crude|sensitivity|mean difference)\b", re.I,
)  # fmt: skip
_GAP = Expression(
    r"^[\s,;:()\[\]]*(?:(?:and|with|or|giving|i\.e\.|that is|corresponding|equivalent|to|an?|the|its|SE|S\.E\.|"
    r"standard|error|"
    r"entered|Wald|df|p|P|z|χ2|χ²|adjusted|<|=|[\d.]+|95% ?CI|-|crude)[\s,;:()\[\]=<]*)*$"
)
ROOM = 0.01


def exponentiated(reading: Reading) -> Iterator[Finding]:
    """Compare each ratio with the coefficient told right before or behind it."""
    for told in groups(reading):
        b, ratio = told.told.get("coefficient"), told.told.get("ratio")
        if b is None or ratio is None or ratio.bound or b.bound or ratio.percent or float(ratio.value) <= 0:
            continue
        first, second = (b, ratio) if b.start < ratio.start else (ratio, b)
        near = told.table is not None or _near(told.line.words[first.end : second.start])
        if re.search("mean|likelihood", ratio.name) or not near or _OTHER.search(caption_of(told)):
            continue
        yield from _judged(reading, told.line.start, b, ratio)


def _near(gap: str) -> bool:
    return len(gap) < 70 and _GAP.match(gap.replace("\n", " ")) is not None


def _judged(reading: Reading, start: int, b: Told, ratio: Told) -> Iterator[Finding]:
    own, values = span(ratio.value), span(b.value)
    if max(abs(values.low), abs(values.high)) > 8 or not b.value.decimals or not ratio.value.decimals:
        return
    made = Span(math.exp(values.low), math.exp(values.high))
    turned = Span(math.exp(-values.high), math.exp(-values.low))
    if any(own.low <= m.high * (1 + ROOM) and m.low * (1 - ROOM) <= own.high for m in (made,)):
        return
    sign = " (with the other sign it would)" if own.meets(turned) else ""
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"{ratio.name.strip()} {ratio.value} is inconsistent with a coefficient of {b.value}, e to which is "
        f"{made.low:.3g} to {made.high:.3g}{sign}",
        "the ratio may be for another step of the variable, or of another model; otherwise one of both is misprinted",
        quotes=((start + min(b.start, ratio.start), start + max(b.end, ratio.end)),),
        computed=(("e to the coefficient", f"{made.low:.4g} to {made.high:.4g}"),),
    )  # fmt: skip
