"""A measure is unchanged by the text, and got better or worse by the legend of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("LEGEND_CONTRADICTS",)

_UNCHANGED = Expression(
    r"(?:^|[.;,]\s|\b(?:and|while|whereas|but)\s)(?P<what>[A-Za-z][\w-]*(?:[ -][\w-]+){0,5}?) (?:was|were|remained|"
    r"stayed) (?:\w+ly )?unchanged\b|\b(?:no changes?|unchanged) (?:was |were )?(?:seen |found |observed )?in (?:the )?"
    r"(?P<which>[A-Za-z][\w-]*(?:[ -][\w-]+){0,4})",
    re.I,
)
_MOVED = Expression(
    r"\b(?:(?:non-?)?significant )?(?P<how>improvements?|worsening|deterioration|increases?|decreases?|reductions?) "
    r"(?:of|in) (?:the )?(?P<what>[A-Za-z][\w-]*(?:[ -][\w-]+){0,4}?) (?:was|were) (?:seen|found|observed|noted)\b",
    re.I,
)
_PLAIN = subjects("score scores extent level levels value values")


def legend_unchanged(reading: Reading) -> Iterator[Finding]:
    """Hold 'X was unchanged' of the results against 'improvements of X were seen' in a legend.

    A concern, as a change that is not significant is often called none; a note where the legend itself calls it not
    significant: then only the words differ. Left alone: legends about another measure, and
    measures of one common word.
    """
    document = reading.document
    for line in lines(reading, ("results",)):
        for said in _UNCHANGED.finditer(line.words):
            what = subjects(said["what"] or said["which"]) - _PLAIN
            for moved in (m for x in document.legends for m in _MOVED.finditer(document.prose, x.start, x.end)):
                if not what or len(what & (subjects(moved["what"]) - _PLAIN)) < min(2, len(what)):
                    continue
                plainly = re.match(r"non-?significant", moved[0], re.I)
                yield reading.finding(
                    "LEGEND_CONTRADICTS", "note" if plainly else "concern",
                    f"'{' '.join(said[0].split()).strip('.,; ')}' in the text, and '{' '.join(moved[0].split())}' in "
                    "the legend",
                    "a change that is not significant may be called none in one place and named in the other",
                    quotes=(line.piece(said), (moved.start(), moved.end())),
                )  # fmt: skip
                return
