"""All, both or none of several intervals are said to exclude no effect, and one of those told behind does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.levels import other_level
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_CONTRADICTS",)

_INTERVALS = (
    r"(?:(?:of the )?(?:\d\d ?% )?(?:confidence |credible )?(?:intervals|CIs|associations|estimates|"
    r"effects|ratios|differences|comparisons|of these|of them|of the \w+))"
)
_OUT = (
    r"(?:exclud(?:ed|ing|e)|did not (?:include|contain|cross|cover)|lay (?:entirely |wholly )?(?:above|below)|"
    r"(?:was|were|is|are) (?:statistically )?significant\b)"
)
_IN = (
    r"(?:includ(?:ed|ing|e)|contain(?:ed|ing)?|cross(?:ed|ing)?|spann(?:ed|ing)|(?:was|were|is|are) (?:not "
    r"(?:statistically )?significant|non-?significant)\b)"
)
_SAID = Expression(
    rf"\b(?:(?P<all>all|both|each|every)\s{_INTERVALS}[^.;()\d]{{0,40}}?\s(?:(?P<out>{_OUT})|(?P<in>{_IN}))|"
    rf"(?P<none>none|neither)\s{_INTERVALS}[^.;()\d]{{0,40}}?\s(?:(?P<nout>{_OUT})|(?P<nin>{_IN})))", re.I,
)  # fmt: skip
_EXCEPT = Expression(
    r"\b(?:except|apart|other than|besides|but|save|although|secondary|previous\w*|trials|studies|bonferroni|"
    r"corrected)\b",
    re.I,
)


def all_intervals(reading: Reading) -> Iterator[Finding]:
    """Hold every interval of a sentence against what is said of all, or none, of them."""
    if other_level(reading):
        return
    for line in lines(reading, ("abstract", "results", "body")):
        match = _SAID.search(line.words)
        if match is None or _EXCEPT.search(line.words):
            continue
        told = [e for e in effects(line) if e.start >= line.start + match.end() and e.low.value < e.high.value]
        kinds = {e.kind for e in told}
        if len(told) < 2 or len(kinds - {"other"}) != 1 or not kinds <= {"ratio", "difference", "other"}:
            continue
        null = 1.0 if "ratio" in kinds else 0.0
        if any(e.level < 0.94 or e.p is not None for e in told) or (null and min(float(e.low) for e in told) <= 0):
            continue
        outside = bool(match["out"] or match["nin"])
        wrong = [e for e in told if _side(e, null) not in (outside, None)]
        if wrong and len(wrong) < len(told):
            yield reading.finding(
                "ALL_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with "
                f"{', '.join(f'{e.low} to {e.high}' for e in wrong)}",
                "an exception may be meant; otherwise a limit or the word is misprinted",
                quotes=(line.piece(match), *(e.spot for e in wrong)),
            )  # fmt: skip


def _side(e: Effect, null: float) -> bool | None:
    """Say whether an interval excludes a value; None where a limit rounds to it."""
    if any(abs(float(x) - null) < 0.6 * 10.0**-x.decimals for x in (e.low, e.high)):
        return None
    return not float(e.low) <= null <= float(e.high)
