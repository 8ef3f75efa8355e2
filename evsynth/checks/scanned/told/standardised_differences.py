"""A standardised mean difference (Cohen's d, Hedges' g) against the means and standard deviations told with it.

The difference over any mean of the two standard deviations, or one of them, will do, and Hedges' correction of small
samples. Left alone: repeated measures, models, and effect sizes of other kinds (eta squared, r).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.measured import Measured, Sentence, measured, same_unit
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("STANDARDISED_DIFFERENCE",)

_D = Expression(
    r"(?:standardi[sz]ed (?:mean )?(?:difference|effect(?: size)?)|\bSMD|[Cc]ohen.{0,2}s? d|[Hh]edges.{1,3}g|"
    r"\beffect size(?: \(?d\)?)?|\bd(?= ?=))(?: \([A-Za-z]{1,4}\))?(?:,? ?(?:=|:|of|was|,) ?){0,2}\s?"
    r"(?P<v>[-−]?\d?[.·]\d+|\d)(?![\d]|[.·]\d)"
)
_MODELLED = Expression(
    r"adjust|ANCOVA|covarian|least|model|within|paired|repeated|change|baseline|pre-|correct|eta|pooled|meta", re.I
)
ROOM = 0.12
"""Share by which it may be off: corrections of small samples, rounding of the standard deviations."""


def standardised_differences(reading: Reading) -> Iterator[Finding]:
    """Check every standardised difference that follows two means with standard deviations in its sentence."""
    for line in lines(reading, ("abstract", "results", "body")):
        words = line.words.replace("\n", " ")
        if not re.search(r"standardi|SMD|ohen|edges|effect size|\bd ?=", words):
            continue
        found = list(_D.finditer(words))
        if not found:
            continue
        sentence = measured(line)
        for at, match in enumerate(found):
            start = found[at - 1].end() if at else 0
            pair = _pair(sentence, start, match.start())
            if pair is None or _MODELLED.search(words[start : match.end()]):
                continue
            own = span(Printed.parse(match["v"].replace("·", ".").replace("−", "-"))).absolute()
            low, high = _made(*pair)
            if low * (1 - ROOM) - 0.005 <= own.high and own.low <= high * (1 + ROOM) + 0.005:
                continue
            one, two = pair
            gives = f"{low:.2f}" if round(low, 2) == round(high, 2) else f"{low:.2f} to {high:.2f}"
            yield reading.finding(
                "STANDARDISED_DIFFERENCE", "inconsistent",
                f"a standardised difference of {match['v']} is inconsistent with {one.value} (SD {one.spread}) and "
                f"{two.value} (SD {two.spread}), which give {gives}",
                "it may come from a model, from changes, or be of another kind; otherwise a number is misprinted",
                quotes=((line.start + match.start(), line.start + match.end()),
                        (line.start + one.start, line.start + two.end)),
                computed=(("difference / SD", gives),),
            )  # fmt: skip


def _pair(sentence: Sentence, start: int, end: int) -> tuple[Measured, Measured] | None:
    """Give the only two means with standard deviations between two places."""
    found = [v for v in sentence.values if start <= v.start < end and v.spread is not None and v.spread_kind != "se"]
    if len(found) != 2 or not same_unit(found[0], found[1]) or not all(v.spread and v.spread.value for v in found):
        return None
    bare = [v for v in found if v.spread_kind == ""]
    return None if len(bare) == 2 and not re.search(r"\bSD|±|standard dev", sentence.words) else (found[0], found[1])


def _made(one: Measured, two: Measured) -> tuple[float, float]:
    """Give the least and the largest difference over the standard deviation, over what prints so."""
    assert one.spread is not None
    assert two.spread is not None
    a, b, s, t = (span(x) for x in (one.value, two.value, one.spread, two.spread))
    apart = sorted((abs(a.low - b.high), abs(a.high - b.low)))
    if a.meets(b):
        apart[0] = 0.0
    return apart[0] / max(s.high, t.high), apart[1] / max(1e-9, min(s.low, t.low))
