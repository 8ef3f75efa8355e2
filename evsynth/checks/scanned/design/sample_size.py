"""Groups were compared prospectively, and how their size was chosen is told nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.groups_with_sizes import SizedGroups, groups_with_sizes
from evsynth.checks.scanned.prose import lines, says
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
_OTHERS = Expression(
    r"\b(?:warranted|needed|required|necessary|should|future|further|previous\w*|earlier|published|other|confirm\w*)\b",
    re.I,
)
_BY_TRAIT = Expression(
    r"\b(?:categori[sz]ed|classified|divided|stratified|grouped|split|dichotomi[sz]ed|separated)\b[^.;]{0,60}?"
    r"\b(?:groups?|subgroups|categories|cohorts|those|strata)\b|"
    r"\b(?:according to|based on|by)\b[^.;]{3,60}?\b(?:status|profiles?|antibod\w+|genotypes?|phenotypes?|sex|age|"
    r"severity|levels?|patterns?|stages?|tertiles?|quartiles?|quintiles?|median)\b",
    re.I,
)
_BY_TREATMENT = Expression(
    r"\b(?:randomi[sz]\w*|allocat\w+|assigned to (?:receive|the (?:intervention|treatment|control))|received|receiving|"
    r"treated|treatments?|therap\w+)\b",
    re.I,
)
_TESTED = Expression(r"(?<![A-Za-z])[Pp]\s?[-\s]?(?:values?)?\s?[=<>]\s?0?\.\d")


def sample_size(reading: Reading) -> Iterator[Finding]:
    """Find a prospective comparison of groups in a full text that never speaks of its sample size or power.

    A concern. Left alone: pilot and exploratory studies, those that took every eligible patient, words on
    studies still to come, and groups that a trait of the patients formed: nobody chose their sizes.
    """
    if reading.document.kind != "full text" or says(reading, _TOLD, ("title", "abstract", "methods", "results")):
        return
    own = [x for x in lines(reading, ("title", "abstract", "methods")) if not _OTHERS.search(x.words)]
    prospective = any(_PROSPECTIVE.search(x.words) for x in own)
    if not prospective or not says(reading, _TESTED, ("results",)):
        return
    chosen = [g for g in groups_with_sizes(reading) if not _formed_by_trait(reading, g)]
    for groups in sorted(chosen, key=lambda g: min(g.sizes))[:1]:
        yield reading.finding(
            "SAMPLE_SIZE_UNEXPLAINED", "concern",
            f"groups of {' and '.join(map(str, groups.sizes))} are compared, and how their size was chosen is not told",
            "it may stand in a protocol or registration; without it a difference that is not significant says little",
            quotes=groups.spots,
        )  # fmt: skip


def _formed_by_trait(reading: Reading, groups: SizedGroups) -> bool:
    """Say whether the sentence with the sizes divides patients by what they are, and names no treatment."""
    at = groups.spots[0][0]
    words = next((x.words for x in lines(reading) if x.start <= at < x.end), "")
    return bool(_BY_TRAIT.search(words)) and not _BY_TREATMENT.search(words)
