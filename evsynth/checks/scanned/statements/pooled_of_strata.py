"""A pooled estimate against the estimates of the strata told before it: a weighted mean lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("INTERVAL_SAID",)

_POOLED = Expression(
    r"\b(?:inverse-variance|mantel-? ?haenszel|fixed-effects?|random-effects?|meta-analytic|pooled|combined|summary|"
    r"stratum-weighted|pooling)\b[^.;()\d]{0,60}$", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"\b(?:all|other|further|published|trials|studies|adjusted|pairwise|network|sensitivity|risk of bias|pooled "
    r"(?:in|from|data)|"
    r"combined (?:with|therapy|treatment|endpoint|outcome|group))\b", re.I,
)  # fmt: skip


def pooled_of_strata(reading: Reading) -> Iterator[Finding]:
    """Find the pooled estimate of a sentence that lies outside all estimates of strata told before it."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"ool|ombin|ummar|inverse|antel|meta-analytic|-effect", line.words):
            continue
        found = [e for e in effects(line) if e.value is not None and e.low.value < e.high.value]
        for index, e in enumerate(found):
            strata = found[:index]
            lead = e.before[-90:]
            if index < 2 or index + 1 < len(found) or not _POOLED.search(lead) or _OTHER.search(lead):
                continue
            yield from _judged(reading, line, strata, e)


def _judged(reading: Reading, line: Line, strata: list[Effect], pooled: Effect) -> Iterator[Finding]:
    kinds = {e.kind for e in strata if e.kind != "other"}
    values = [float(e.value) for e in strata if e.value is not None]
    if len(kinds) > 1 or len({e.unit for e in (*strata, pooled)}) > 1 or pooled.value is None:
        return
    own = float(pooled.value)
    if any(_POOLED.search(e.before[-90:]) for e in strata) or min(values) <= own <= max(values):
        return
    yield reading.finding(
        "INTERVAL_SAID", "inconsistent",
        f"a pooled estimate of {own:g} is inconsistent with those pooled, which are {min(values):g} to "
        f"{max(values):g}: a "
        "weighted mean lies between them",
        "other studies or strata may be pooled as well; otherwise a number is misprinted",
        quotes=(pooled.spot, *(e.spot for e in strata)),
    )  # fmt: skip
