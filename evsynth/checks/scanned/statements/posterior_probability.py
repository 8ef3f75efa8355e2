"""A posterior probability of an effect against the posterior median and credible interval told with it.

"posterior median -3.2% (95% CrI -7.0 to 0.6), a 95% probability of any reduction": more than half where the median says
so, and about what a normal distribution in the interval gives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.text.expressions import Expression

CODES = ("INTERVAL_SAID",)

_SAID = Expression(
    r"(?:(?P<a>\d+(?:\.\d+)?)\s?%\s(?:posterior\s)?(?:probability|chance)|(?:probability|chance)(?: \([^()]*\))? "
    r"(?:of|that)\s"
    r"(?P<what>[^.;()\d]{3,90}?)\s(?:was|is|were|of|=|,)\s?(?P<b>\d+(?:\.\d+)?)\s?(?P<c>%)?)"
    r"(?P<after>[^.;()\d]{0,60})", re.I,
)  # fmt: skip
_DOWN = Expression(r"\b(?:reduc\w+|decreas\w+|lower\w*|fewer|less|below|smaller|shorter|fall)\b|<", re.I)
_UP = Expression(r"\b(?:increas\w+|higher|more|above|greater|longer|rise|larger|excess|harm)\b|>", re.I)
_SIZE = Expression(
    r"\b(?:clinically|important|meaningful|at least|larger than|margin|minimal\w*|threshold|relevant|moderate|"
    r"severe)\b",
    re.I,
)
FAR = 0.08


def posterior_probability(reading: Reading) -> Iterator[Finding]:
    """Check probabilities of any effect against the one credible interval of the sentence."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"probability|chance", line.words) or not re.search(
            r"posterior|credible|CrI|[Bb]ayes", line.words
        ):
            continue
        found = [e for e in effects(line) if e.value is not None and e.low.value < e.high.value]
        said = list(_SAID.finditer(line.words))
        if len(found) == 1 and len(said) == 1 and not _SIZE.search(said[0][0]):
            yield from _judged(reading, line, found[0], said[0])


def _judged(reading: Reading, line: Line, e: Effect, said: re.Match[str]) -> Iterator[Finding]:
    assert e.value is not None
    ratio = e.kind == "ratio"
    low, value, high = (float(x) for x in (e.low, e.value, e.high))
    if ratio:
        if low <= 0:
            return
        low, value, high = math.log(low), math.log(value), math.log(high)
    error = (high - low) / (2 * normal_size(1 - e.level))
    tail = normal_two_sided(value / error) / 2
    below = tail if value > 0 else 1 - tail
    text = said["a"] or said["b"]
    told = float(text) / (100 if said["a"] or said["c"] else 1)
    words = (said["what"] or "") + (said["after"] or "")
    down, up = _DOWN.search(words), _UP.search(words)
    if not 0 <= told <= 1 or (down and up):
        return
    fits = [below] if down else [1 - below] if up else [below, 1 - below]
    if any(abs(told - x) <= FAR for x in fits):
        return
    yield reading.finding(
        "INTERVAL_SAID", "inconsistent",
        f"a probability of {text}{'%' if said['a'] or said['c'] else ''} is inconsistent with {e.value} ({e.low} "
        f"to {e.high}), "
        f"which gives about {100 * fits[0]:.0f}%",
        "the distribution may be far from normal, or another effect be meant; otherwise a number is misprinted",
        quotes=(line.piece(said), e.spot), computed=(("probability", f"{fits[0]:.3g}"),),
    )  # fmt: skip
