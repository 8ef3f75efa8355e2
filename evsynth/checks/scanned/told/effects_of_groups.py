"""An effect size d, told in any order with two means and their standard deviations, or the one of both.

"31.0 in controls and 27.0 after training (SD 8.0 in both groups), Cohen's d = 0.50"; "22.8 (6.1) [96 assessed], 20.1
(6.3) [98 assessed]; standardised mean difference 0.44" where "mean (SD)" stands in the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.told_measures import Measure, told_measures
from evsynth.checks.scanned.facts.told_numbers import told_numbers
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("STANDARDISED_DIFFERENCE",)

ROOM = 0.12
"""Share by which it may be off: corrections of small samples, rounding of the standard deviations."""

_CUE = Expression(r"[Cc]ohen|[Hh]edges|SMD|tandardi[sz]ed|ffect size|\b[dg] ?=")
_OTHER = Expression(
    r"adjust|ANCOVA|covarian|least|model|within|paired|repeated|chang|baseline|pre-|correct|\beta|"
    r"meta-|respons|follow-up|"
    r"before", re.I,
)  # fmt: skip


def effects_of_groups(reading: Reading) -> Iterator[Finding]:
    """Check the one effect size of a sentence against the only two means before it."""
    around = ""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        words, said = line.words, around
        around = words
        if not _CUE.search(words) or _OTHER.search(words):
            continue
        effects = [t for t in told_numbers(words) if t.part == "effect"]
        if len(effects) != 1:
            continue
        told = effects[0]
        found = [m for m in told_measures(words, said) if m.value.start < told.start]
        with_sd = [m for m in found if m.sd is not None]
        pair = with_sd if len(with_sd) == 2 else _of_one_spread(found)
        if (
            pair is None
            or len(pair) != 2
            or (pair[0].value.unit != pair[1].value.unit and pair[0].value.unit and pair[1].value.unit)
        ):
            continue
        spreads = [span(m.sd.printed) for m in pair if m.sd is not None]
        if any(s.low <= 0 for s in spreads):
            continue
        a, b = (span(m.value.printed) for m in pair)
        ends = sorted((abs(a.low - b.high), abs(a.high - b.low)))
        low = 0.0 if a.meets(b) else ends[0] / max(s.high for s in spreads)
        high = ends[1] / min(s.low for s in spreads)
        own = span(told.printed).absolute()
        if low * (1 - ROOM) - 0.005 <= own.high and own.low <= high * (1 + ROOM) + 0.005:
            continue
        start = line.start
        yield reading.finding(
            "STANDARDISED_DIFFERENCE", "inconsistent",
            f"an effect size of {told.printed} is inconsistent with {pair[0].value.printed} and "
            f"{pair[1].value.printed}, which differ by {low:.2f} to {high:.2f} standard deviations",
            "it may come from a model, from changes, or be of another kind; otherwise a number is misprinted",
            quotes=((start + told.start, start + told.end),
                    *((start + m.value.start, start + m.value.end) for m in pair)),
            computed=(("difference / SD", f"{low:.2f} to {high:.2f}"),),
        )  # fmt: skip


def _of_one_spread(found: list[Measure]) -> list[Measure] | None:
    """Give two means that share a standard deviation: it stands behind the second and is said to be of both."""
    spread = [m for m in found if m.sd is not None]
    if len(spread) != 1 or len(found) < 2 or found[-1] is not spread[0]:
        return None
    sd = spread[0].sd
    if sd is None or not re.search(r"\b(?:both|each|either|common|pooled|all|two)\b", sd.before[-40:] + sd.after[:30]):
        return None
    return [found[-2]._replace(sd=sd), found[-1]]
