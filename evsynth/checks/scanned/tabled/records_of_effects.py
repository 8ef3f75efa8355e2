"""Ratios and differences whose limits and P stand in columns or rows of their own, against their middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import words_of
from evsynth.checks.scanned.tabled.effect_cells import Shown, judged
from evsynth.checks.scanned.tabled.records import records
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATIO_P", "DIFFERENCE_P", "RATIO_INTERVAL", "DIFFERENCE_INTERVAL", "OUT_OF_ORDER")

_OTHER = Expression(
    r"\b9[09](?:\.\d)?\s?%|credible|bayes|bootstrap|interaction|trend|non-?inferior|one-sided|bonferroni|corrected|"
    r"median|hodges|log-?rank|permutation|adjusted p|wilcoxon|mann|exact|profile|fisher|\bper\b.{0,20}rate", re.I,
)  # fmt: skip


def records_of_effects(reading: Reading) -> Iterator[Finding]:
    """Check the estimates that the reader of single results leaves."""
    known = [(r.start, r.end) for r in reading.reported if r.figure("lower") is not None and r.spot.table is not None]
    for record in records(reading):
        ends, ratio, difference = record.pair("limits"), record.one("ratio"), record.one("difference")
        value = ratio or difference
        if ends is None or value is None or (ratio and difference) or _OTHER.search(words_of(record.table)):
            continue
        if any(n.printed.bound for n in (value, *ends)) or not ends[0].value < ends[1].value:
            continue
        p = record.one("p")
        numbers = (value, *ends) if p is None else (value, *ends, p)
        quote = record.spot(*numbers)
        if not any(a < quote[1] and quote[0] < b for a, b in known):
            shown = Shown(
                ratio is not None, value.printed, ends[0].printed, ends[1].printed, p.printed if p else None, quote
            )
            yield from judged(reading, record.label or "row", shown)


__all__ = ["CODES", "records_of_effects"]
