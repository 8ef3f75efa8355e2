"""'A difference of 0.87 mm (95% CI 0.12 to 1.62), did not reach significance': the word that follows its interval."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.levels import above, below, other_level
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_ADVERB = r"(?:(?:statistically|again|also|still|clearly|therefore|thus|however|highly) )?"
_BEHIND = Expression(
    rf"[\s)\]%]*(?:[,;]\s(?:p\s?[<=>]\s?0?\.\d+\)?,?\s)?)?(?:(?:and|but|a (?:difference|change|finding|result)|an "
    rf"(?:effect|increase|"
    rf"association)|that|which|this|it|all|both)[\s,]+){{0,3}}(?:"
    rf"(?P<no>(?:(?:did|does) not|failed to|fell short of|(?:was|were) far from) (?:quite )?(?:reach|attain|"
    rf"achiev)\w*\s"
    rf"(?:the level of )?(?:(?:statistical|conventional) )?significance|(?:was|were|is|are|being) {_ADVERB}not "
    rf"{_ADVERB}significant\b|"
    rf"(?:was|were|is|are|being) {_ADVERB}(?:non-?significant|insignificant))|"
    rf"(?P<yes>(?:was|were|is|are|being) {_ADVERB}significant\b|(?:reach|attain|achiev)ed (?:(?:statistical|"
    rf"conventional) )?"
    rf"significance))\b(?! (?:only|for|in|after|at|when|on)\b)", re.I,
)  # fmt: skip
_SKIP = Expression(
    r"\b(?:non-?inferior\w*|equivalen\w*|interaction|heterogeneity|trend|bonferroni|corrected|correction|"
    r"one-?sided|bayes\w*|"
    r"credible|holm|hochberg|hierarch\w*|gatekeep\w*|clinically|medians?|IQR|quartiles?)\b", re.I,
)  # fmt: skip


_DENIED = Expression(r"\b(?:neither|none of|no)\b[^;]*$", re.I)
"""Before the estimate: the words of significance are denied of all that is listed."""


def said_behind(reading: Reading) -> Iterator[Finding]:
    """Compare words of significance with the interval they follow, where that holds, or excludes, no effect.

    Left alone: tests of non-inferiority or interaction, corrected levels, limits that touch the value of no effect,
    and intervals whose own P stands right behind them: that is judged in their place.
    """
    if other_level(reading):
        return
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        if "significan" not in line.words or _SKIP.search(line.words):
            continue
        for e in effects(line):
            match = _BEHIND.match(line.words, max(e.end, e.p_end) - line.start)
            if match is None or e.value is None or not 0.94 < e.level < 0.96:
                continue
            side = _excludes(e)
            if side is None or side != (match["no"] is not None) or _DENIED.search(line.words[: e.start - line.start]):
                continue
            yield _finding(reading, line, e, match)


def _excludes(e: Effect) -> bool | None:
    """Say whether an interval, and its P if it has one, exclude no effect; None where that is open."""
    if e.kind not in ("ratio", "difference") or not e.strict or e.low.value >= e.high.value:
        return None
    null = 1.0 if e.kind == "ratio" else 0.0
    low, high = float(e.low), float(e.high)
    if e.p is not None:
        return True if below(e.p) else False if above(e.p) else None
    if low in (null,) or high in (null,):
        return None
    return not low < null < high


def _finding(reading: Reading, line: Line, e: Effect, match: re.Match[str]) -> Finding:
    said = re.sub(r"^[\s)\],;%]+", "", match[0])
    shown = f"P {e.p}" if e.p is not None else f"{e.low} to {e.high}"
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(said.split())}' is inconsistent with {shown}, which stands before it",
        "another level, or a correction for several tests, may be meant; otherwise the word or a limit is misprinted",
        quotes=((e.start, line.start + match.end()),), computed=(("alpha", "0.05"),),
    )  # fmt: skip
