"""Limits of agreement that do not stand around their bias: "bias 1.3 mmol/L (limits of agreement -0.8 to 1.4)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import SIGNED, number
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_INTERVAL",)

_UNIT = r"(?:\s?(?:%|[A-Za-zµ°][A-Za-zµ./²0-9]{0,9}(?:\s(?:Hg|H2O|points?))?))?"
_BIAS = rf"\b(?:bias|mean difference|average difference)\b[^.;()\[\]\d]{{0,40}}?[(\[]?\s?(?P<b>{SIGNED})(?![\d]|\.\d)"
_LIMITS = (
    rf"\b(?:limits? of agreement|LoAs?)\b[^.;\d]{{0,30}}?[(\[:,=]?\s?(?P<low>{SIGNED}){_UNIT}\s?(?:to|and|-|,|;)\s?"
    rf"(?P<high>{SIGNED})(?![\d%]|\.\d)"
)
_FIRST = Expression(rf"{_BIAS}(?:[^.;]|\.(?=\d)){{0,90}}?{_LIMITS}", re.I)
_LAST = Expression(
    rf"{_LIMITS}(?:[^.;\d]|(?<=\d)\.(?=\d)){{0,40}}?(?:around|about|with|for)\s(?:an?|the)\s{_BIAS}", re.I
)
_OTHER = Expression(
    r"\blog|ratio|non-?parametric|percentile|regress|heterosced|proportional|geometric|median|repeatab", re.I
)
ROOM = 0.06
"""Share of the width by which the middle of the limits may be off."""


def limits_of_agreement(reading: Reading) -> Iterator[Finding]:
    """Compare the middle of limits of agreement with the bias told with them.

    Left alone: ratios, logarithms, percentiles and limits that change with the mean; sentences with several biases.
    """
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if not re.search(r"limits? of agreement|\bLoAs?\b", line.words, re.I) or _OTHER.search(line.words):
            continue
        found = [*_FIRST.finditer(line.words)] or [*_LAST.finditer(line.words)]
        for match in found:
            if re.search(r"\bbias|difference\b", match[0][4:-4], re.I) and match[0].lower().count("bias") > 1:
                continue
            bias, low, high = (span(number(match[k])) for k in ("b", "low", "high"))
            width = high.middle - low.middle
            middle = Span((low.low + high.low) / 2, (low.high + high.high) / 2)
            if width <= 0 or Span(middle.low - ROOM * width, middle.high + ROOM * width).meets(bias):
                continue
            if abs(abs(bias.middle) - abs(middle.middle)) <= ROOM * width or abs(bias.middle) > 3 * width:
                continue  # the bias is told by its size, or is of something else
            yield reading.finding(
                "DIFFERENCE_INTERVAL", "inconsistent",
                f"a bias of {match['b']} is inconsistent with the middle of its limits of agreement, {match['low']} to "
                f"{match['high']}, {middle.middle:.4g}",
                "limits of percentiles need not stand around the bias; otherwise one of the numbers is misprinted",
                quotes=(line.piece(match),), computed=(("middle", f"{middle.middle:.4g}"),),
            )  # fmt: skip
