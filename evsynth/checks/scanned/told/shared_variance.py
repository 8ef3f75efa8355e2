"""A share of variance that a correlation explains: it is the square of the coefficient.

"r = 0.62, so that impairment explained 38% of the variance", "r = 0.62 (R² = 0.38)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.statistics_told import Told, statistics_told
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("R_SQUARED",)

_SHARE = Expression(
    r"(?<![\w.])(?P<v>\d+(?:\.\d+)?)\s?(?:%|per cent|percent)\s(?:of\s)?(?:the\s)?(?:\w+\s){0,4}?(?:variance|"
    r"variation|variability)\b|"
    r"\b(?:variance|variation|variability)\b(?:\s[a-z()]+){0,8}?[\s:=(,]{1,3}(?P<w>\d+(?:\.\d+)?)\s?(?:%|per "
    r"cent|percent)|"
    r"\bexplain(?:s|ed|ing)?\s(?:\w+\s){0,3}?(?P<x>\d+(?:\.\d+)?)\s?(?:%|per cent)\b", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"\b(?:model|predictors|multiple|multivaria\w+|stepwise|together|combined|adjusted|additional|further|"
    r"partial|components?|"
    r"factors?|hierarchical|principal|spearman|rank|kendall|coefficient of variation|residual)\b", re.I,
)  # fmt: skip
ROOM = 0.006


def shared_variance(reading: Reading) -> Iterator[Finding]:
    """Compare the one correlation of a sentence with the share of variance, or the R squared, told behind it."""
    for line in lines(reading, ("abstract", "results", "body", "discussion")):
        words = line.words.replace("\n", " ")
        if "r" not in words or not re.search(r"varia|R\s?[²2^-]|explain", words) or _OTHER.search(words):
            continue
        told = statistics_told(words)
        found = [x for x in told if x.role == "r" and not x.percent and abs(float(x.value)) <= 1]
        if len(found) != 1:
            continue
        share, square = list(_SHARE.finditer(words)), [x for x in told if x.role == "r2"]
        if len(share) + len(square) != 1:
            continue
        yield from _judged(reading, line.start, found[0], share, square)


def _judged(reading: Reading, start: int, r: Told, share: list[re.Match[str]], square: list[Told]) -> Iterator[Finding]:
    if share:
        text = share[0]["v"] or share[0]["w"] or share[0]["x"]
        own, at, said = span(Printed.parse(text)), share[0].span(), f"{text}%"
        own = Span(own.low / 100, own.high / 100)
    else:
        own, at, said = span(square[0].value), (square[0].start, square[0].end), f"{square[0].value}"
        own = Span(own.low / 100, own.high / 100) if square[0].percent else own
    low, high = (x**2 for x in span(r.value).absolute())
    if own.low - ROOM <= high and low <= own.high + ROOM:
        return
    yield reading.finding(
        "R_SQUARED", "inconsistent",
        f"{said} of the variance is inconsistent with a correlation of {r.value}, the square of which is "
        f"{float(r.value) ** 2:.2g}",
        "the share may be that of a model with other variables; otherwise one of both is misprinted",
        quotes=((start + r.start, start + r.end), (start + at[0], start + at[1])),
        computed=(("r squared", f"{low:.4g} to {high:.4g}"),),
    )  # fmt: skip
