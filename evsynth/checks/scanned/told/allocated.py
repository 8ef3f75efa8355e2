"""Patients allocated to groups whose sizes stand in brackets: the groups add up to those allocated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.counts import NUMBER, Count, counts, value
from evsynth.model.finding import Finding

CODES = ("GROUPS",)

_ALLOCATED = re.compile(r"\b(?:randomi[sz]ed|(?:randomly )?(?:assigned|allocated|divided)|split)\b", re.I)
_TOTAL = re.compile(
    rf"(?P<n>{NUMBER})\s(?:[a-z-]+\s){{0,6}}?(?:patients|participants|subjects|children|infants|women|men|adults|people|"
    r"volunteers|students|individuals|neonates|boys|girls)\b", re.I,
)  # fmt: skip
_SIZE = re.compile(r"[(\[,;]\s?[nN]\s?=\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s?[)\];,]")
_LOOSE = re.compile(
    r"exclu|withdr|lost|drop|complet|analy|evaluable|each|per group|stratum|cohort|screened|respectively|"
    r"control groups?,|"
    r"healthy|reference|non-?randomi|observ|declin|refus|subgroup|of whom|cross-?over|data|"
    r"only|study \d|phase|experiment",
    re.I,
)  # fmt: skip


def allocated(reading: Reading) -> Iterator[Finding]:
    """Check "120 women were randomised to A (n = 60) or B (n = 58)"."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        verb = _ALLOCATED.search(line.words)
        sizes = list(_SIZE.finditer(line.words))
        if verb is None or not 2 <= len(sizes) <= 4 or _LOOSE.search(line.words):
            continue
        totals = [m for m in _TOTAL.finditer(line.words) if m.start() < sizes[0].start()]
        parts = [value(m["n"]) for m in sizes]
        told = [c for c in counts(line.words) if (c.start, c.end) not in [m.span("n") for m in sizes]]
        if len(totals) != 1 or len(told) != 1 or told[0].start != totals[0].start("n"):
            continue
        total = told[0].value
        if sum(parts) == total or any(part >= total for part in parts) or abs(sum(parts) - total) > 0.25 * total:
            continue
        if verb.start() > sizes[0].start() or len(set(re.findall(r"\bor\b|\band\b|,", line.words[verb.end() :]))) == 0:
            continue
        first = Count(total, line.start + told[0].start, line.start + told[0].end)
        yield reading.finding(
            "GROUPS", "inconsistent",
            f"the groups, {' + '.join(map(str, parts))} = {sum(parts)}, are inconsistent with {total} allocated",
            "a group, or patients who left before treatment, may not be told",
            quotes=(first.spot, *((line.start + m.start("n"), line.start + m.end("n")) for m in sizes)),
            computed=(("sum", str(sum(parts))),),
        )  # fmt: skip
