"""Flaws of design that one sentence of the methods states: no washout, a reference read with the result at hand, ..."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.facts.flaws_of_design import FLAWS
from evsynth.checks.scanned.prose import lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding

CODES = (
    "ANALYSED_AS_TREATED", "REFERENCE_NOT_BLIND", "NO_WASHOUT", "CONTROLS_SELECTED", "CONDITIONED_ON_FUTURE",
    "UNITS_NOT_INDEPENDENT", "STOPPED_ON_RESULTS", "CONFOUNDED_BY_INDICATION",
)  # fmt: skip


def stated_flaws(reading: Reading) -> Iterator[Finding]:
    """Find sentences that state a flaw of design, each kind once.

    Left alone: sentences that give the reason or the remedy, limitations that a discussion owns up to, and papers that
    name a method for it.
    """
    for flaw in FLAWS:
        for line in lines(reading, ("abstract", "methods", "results", "body")):
            found = flaw.stated.search(line.words)
            if found is None or flaw.spared.search(line.words):
                continue
            if not says(reading, flaw.needs) or says(reading, flaw.answered):
                break
            yield reading.finding(
                flaw.code, "concern", f"{flaw.message}: '{' '.join(found[0].split())}'", flaw.hint, quotes=(line.whole,)
            )  # fmt: skip
            break
