"""A ratio of two geometric means told beside them: "mean titres were 257 and 132 IU/L (ratio 1.95)".

The ratio of two geometric means is that of the two numbers. Lists of three with two ratios are read against the first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BRACKET = r"(?:\s?[(\[](?!ratio|GM)[^()\[\]]{0,50}[)\]])?"
_UNIT = r"(?:\s?[A-Za-zµ%][A-Za-zµ./·0-9]{0,9}(?:[*.·× ][a-z]/m?L)?)?"
_WORDS = r"(?:\s(?!and|vs|versus)[a-z]+){0,6}?"
_PAIR = Expression(
    rf"(?<![\w.,/<>=≥≤±-])(?P<list>{_N}{_BRACKET}(?:{_UNIT}{_WORDS}(?:, | and | vs\.? | versus |,? compared "
    rf"with ){_N}{_BRACKET}){{1,2}})"
    rf"{_UNIT}{_WORDS}\s?[(\[,;]\s?(?P<name>(?:geometric mean |GM |GMT |GMC )?ratios?|"
    rf"GMRs?)(?:\s?[(\[]GMR[)\]])?[,:]?\s?(?:of |was |= ?)?"
    rf"(?P<r>{_N})(?![\d%]|\.\d)", re.I,
)  # fmt: skip
_FOLD = Expression(
    rf"\bfrom (?P<list>{_N}{_BRACKET}{_UNIT}{_WORDS} to {_N}{_BRACKET}){_UNIT}{_WORDS}\s?[(\[,;]\s?(?:an? |the "
    rf")?(?:geometric )?(?:mean )?"
    rf"(?:fold[- ](?:rise|increase|change)|GMFR)[,:]?\s?(?:of |was |= ?)?(?P<r>{_N})(?![\d%]|\.\d)", re.I,
)  # fmt: skip
_GEOMETRIC = Expression(r"\bgeometric|\bGM[TCR]s?\b|\bAUC|\bC ?max|\btrough|\btit(?:re|er)s?\b", re.I)
_OTHER = Expression(r"adjust|model|covari|median|odds|hazard|relative risk|risk ratio|baseline-|incidence", re.I)
_NUMBER = Expression(rf"(?<![\w.,-]){_N}")
_BRACKETED = Expression(r"[(\[][^()\[\]]*[)\]]")
NEAR, FAR = 0.06, 5.0
"""Share by which the ratio may be off (few samples missing), and how far off it is of other values."""


def geometric_means(reading: Reading) -> Iterator[Finding]:
    """Check the first ratio after a list of two or three geometric means.

    Left alone: adjusted and modelled ratios, medians, and ratios of events.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _FOLD.finditer(line.words) if "fold" in line.words else ():
            yield from _judged(reading, line, match)
        if "ratio" not in line.words.lower() and "GMR" not in line.words:
            continue
        if not _GEOMETRIC.search(line.words) or _OTHER.search(line.words):
            continue
        for match in _PAIR.finditer(line.words):
            yield from _judged(reading, line, match)


def _judged(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    text = _BRACKETED.sub(lambda m: " " * len(m[0]), match["list"])
    values = [span(Printed.parse(m[0])) for m in _NUMBER.finditer(text)]
    told = span(Printed.parse(match["r"]))
    if len(values) < 2 or any(v.low <= 0 for v in values) or told.low <= 0:
        return
    pairs = [(a, b) for i, a in enumerate(values) for b in values[i + 1 :]]
    made = [Span(a.low / b.high, a.high / b.low) for x, y in pairs for a, b in ((x, y), (y, x))]
    if any(m.low * (1 - NEAR) <= told.high and told.low <= m.high * (1 + NEAR) for m in made):
        return
    nearest = min(made, key=lambda m: abs(math.log(m.middle / told.middle)))
    if len(values) == 2 and not 1 / FAR <= told.middle / nearest.middle <= FAR:
        return
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"a ratio of {match['r']} is inconsistent with the values before it, which make {nearest.middle:.3g}",
        "an adjusted ratio may be meant; otherwise one of the numbers is misprinted",
        quotes=(line.piece(match),), computed=(("ratio", f"{nearest.middle:.4g}"),),
    )  # fmt: skip
