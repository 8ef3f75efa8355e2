"""Groups were compared prospectively, and how their size was chosen is told nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.groups_with_sizes import groups_with_sizes
from evsynth.checks.scanned.prose import says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SAMPLE_SIZE_UNEXPLAINED",)

_TOLD = Expression(
    r"\bsample[- ]sizes?\b|\bpower(?:ed)?\b[^.;]{0,40}\b(?:calculat\w+|analys[ie]s|detect\w*|show|of \d|\d\d ?%)|"
    r"\b\d\d ?% (?:statistical )?power\b|\b(?:pilot|feasibility|exploratory|proof[- ]of[- ]concept|phase (?:1|I)\b)|"
    r"\bconvenience\b|\ball (?:eligible|consecutive)\b|\bnumber of (?:patients|participants|subjects) (?:was|needed|"
    r"required|to be)",
    re.I,
)
_PROSPECTIVE = Expression(r"\bprospective(?:ly)?\b|\brandomi[sz]ed\b[^.]{0,60}\b(?:to|trial)\b", re.I)
_TESTED = Expression(r"(?<![A-Za-z])[Pp]\s?[-\s]?(?:values?)?\s?[=<>]\s?0?\.\d")


def sample_size(reading: Reading) -> Iterator[Finding]:
    """Find a prospective comparison of groups in a full text that never speaks of its sample size or power.

    A concern. Left alone: pilot and exploratory studies, and those that took every eligible patient.
    """
    if reading.document.kind != "full text" or says(reading, _TOLD, ("title", "abstract", "methods", "results")):
        return
    if not says(reading, _PROSPECTIVE, ("title", "abstract", "methods")) or not says(reading, _TESTED, ("results",)):
        return
    for groups in sorted(groups_with_sizes(reading), key=lambda g: min(g.sizes))[:1]:
        yield reading.finding(
            "SAMPLE_SIZE_UNEXPLAINED", "concern",
            f"groups of {' and '.join(map(str, groups.sizes))} are compared, and how their size was chosen is not told",
            "it may stand in a protocol or registration; without it a difference that is not significant says little",
            quotes=groups.spots,
        )  # fmt: skip
