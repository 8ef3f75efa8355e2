"""An effect is called confirmed in the sentence, or the one before, that finds no difference between the groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CONTRAST_OF_SIGNIFICANCE",)

_NULL = Expression(
    r"\b(?:although|though|despite|while|whereas|but|however)\b[^.;]{0,90}?\b(?:between|of) (?:the )?(?:two |both )?"
    r"(?:groups|arms)\b[^.;]{0,60}?\b(?:no (?:statistical(?:ly)? )?significan\w+|not (?:statistically )?"
    r"(?:significant\w*|differ\w*)|non-?significant)|"
    r"\b(?:although|though|despite|but|however)\b[^.;]{0,40}?\b(?:no|not|non-?)\s?(?:statistical(?:ly)? )?"
    r"significan\w+\b[^.;]{0,60}?\b(?:between|of) (?:the )?(?:two |both )?(?:groups|arms)\b",
    re.I,
)
_WITHIN = Expression(
    r"\bcompared (?:with|to) (?:the )?(?:baseline|pre-?treatment)|\bfrom baseline\b|\bwithin (?:the )?group", re.I
)
_CONFIRMED = Expression(
    r"\b(?:further |thus |clearly |also |strongly )*(?:confirm(?:s|ed|ing)?|demonstrat(?:es|ed|ing)|prove[sd]?|"
    r"show(?:s|ed|ing)? (?:that )?|indicat(?:es|ed|ing)|suggest(?:s|ed|ing)?)\b[^.;]{0,50}?\b(?:the |an? |its )?"
    r"(?:[\w-]+ )?(?:effects?|efficacy|benefits?|superiority|effectiveness|activity) of\b",
    re.I,
)


def confirmed_despite_null(reading: Reading) -> Iterator[Finding]:
    """Find an effect concluded from a change within a group where the results find no difference between the groups.

    A concern, once. The conclusion stands in the next sentences, or in a discussion about the same measure. Left alone:
    such sentences without a conclusion about an effect.
    """
    told = list(lines(reading, ("results", "discussion", "abstract", "conclusion")))
    for index, line in enumerate(told):
        null = _NULL.search(line.words)
        within = _WITHIN.search(line.words)
        if null is None or within is None:
            continue
        measure = subjects(line.words[: min(null.start(), within.start())]) - _PLAIN
        for place, later in enumerate(told[index:]):
            found = _CONFIRMED.search(later.words)
            near = place < 3 and later.section == line.section
            about = later.role in ("discussion", "conclusion") and len(measure & subjects(later.words)) > 1
            if found and (near or about) and not (place == 0 and found.start() < null.start()):
                if _hedged(later, found):
                    continue
                yield reading.finding(
                    "CONTRAST_OF_SIGNIFICANCE", "concern",
                    "an effect is concluded from a change within one group, although the groups did not differ "
                        "significantly",
                    "the groups may be too small to show it; a change within a group has other explanations, which "
                    "is why there was another group",
                    quotes=(line.piece(null), later.piece(found)),
                )  # fmt: skip
                return


_PLAIN = subjects("combination therapy group patients treatment improved improvement significantly increased decreased")
"""Words that name no measure."""


def _hedged(line: Line, found: re.Match[str]) -> bool:
    return bool(
        re.search(
            r"\b(?:no|not|lack|absence|limited|may|might)\b", line.words[max(0, found.start() - 24) : found.end()]
        )
    )
