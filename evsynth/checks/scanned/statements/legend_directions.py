"""'All scores increased' in a legend against a sentence on the decrease of what one of its panels shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.legend_claims import shortened
from evsynth.model.finding import Finding
from evsynth.scan.parts import Legend
from evsynth.text.expressions import Expression

CODES = ("LEGEND_CONTRADICTS",)

_ALL_MOVED = Expression(
    r"\ball (?:of )?(?:the )?(?:\w+ ){0,4}?(?:indicators|scales|scores|parameters|measures|outcomes|variables|"
    r"values|markers)\b"
    r"[^.;]{0,40}?\b(?:(?P<up>increas\w+|rose)|(?P<down>decreas\w+|declin\w+|fell|reduc\w+))\b",
    re.I,
)
_MOVED_IN = Expression(
    r"\b(?:(?P<up>increases?|rise)|(?P<down>decreases?|reductions?|declines?|fall)) in (?:the )?"
    r"(?P<what>[^.;(]{3,90}?)(?=\s+(?:at|than|after|from|over|with|whereas|and an?)\b|[.;(]|$)",
    re.I,
)
_GROUPS = Expression(
    r"\bthan (?:those|that|the|in|with|patients)\b|\bbetween (?:the )?(?:two |both )?groups|"
    r"\bcompared (?:with|to) (?:the )?(?:control|placebo|other|those|patients)|\b(?:versus|vs)\b",
    re.I,
)
"""A comparison of groups, which says nothing of the way over time that the legend tells."""
_ALL_BETTER = Expression(
    r"\b(?:all|every|each)(?: of)?(?: the)? (?:\w+ ){0,3}?(?:indicators?|scales?|scores?|instruments?|measures?|"
    r"outcomes?)\b[^.;]{0,40}?\bimprov\w+",
    re.I,
)
_FIGURE = Expression(r"\bFig(?:ure|\.)?\s*(?P<number>S?\d{1,2})\b", re.I)
_LESS_IS_BETTER = Expression(
    r"\bHAM-?[AD]\b|\bHamilton\b|\bMYOACT\b|\bMITAX\b|\bVAS\b|\bpain\b|\b(?:fatigue|disability|depression|anxiety|"
    r"severity|damage|dyspn\w+)\b|\bPHQ-?9\b|\bGAD-?7\b|\bHAQ\b|\bSGRQ\b|\bmMRC\b|\bDAS-?28\b|\bPASI\b|\bDLQI\b",
    re.I,
)
"""Scales on which less is better, as a panel may name them."""


def legend_directions(reading: Reading) -> Iterator[Finding]:
    """Compare 'all scores increased' in a legend with a sentence on the decrease of what one of its panels shows.

    The panel must be named in the sentence in full; and "all scores improved" of the text is held against panels of
    scales on which less is better. Left alone: legends that speak of improvement, and sentences that compare groups.
    """
    plain = reading.document.plain
    for legend in reading.document.legends:
        swept = _ALL_MOVED.search(plain, legend.start, legend.end)
        if swept is None:
            continue
        names = re.findall(
            r"\([A-Z]\)\W*(?:Changes? (?:in|of) )?(?:the )?([A-Z0-9][^.;()]{2,60})\.", plain[legend.start : legend.end]
        )
        yield from _all_better(reading, legend, swept, names)
        for line in lines(reading, ("results", "abstract", "body")):
            if _GROUPS.search(line.words):
                continue
            for match in _MOVED_IN.finditer(line.words):
                shown = [
                    n for n in names if re.search(rf"(?<![A-Za-z0-9-]){re.escape(n)}(?![A-Za-z0-9-])", match["what"])
                ]
                if shown and bool(match["up"]) != bool(swept["up"]):
                    yield reading.finding(
                        "LEGEND_CONTRADICTS", "inconsistent",
                        f"'{shortened(match[0])}' is inconsistent with the legend of Figure {legend.number}: "
                        f"'{shortened(swept[0])}' (a panel shows {', '.join(shown)})",
                        "the legend may mean improvement, which is a decrease on some scales",
                        quotes=(line.piece(match), (swept.start(), swept.end())),
                    )  # fmt: skip
                    break


def _all_better(reading: Reading, legend: Legend, swept: re.Match[str], names: list[str]) -> Iterator[Finding]:
    """Hold "all scales improved (Figure 2)" against "all increased" where a panel shows a scale of less is better."""
    less = [n for n in names if _LESS_IS_BETTER.search(n)]
    if not swept["up"] or not less or len(less) == len(names):
        return
    for line in lines(reading, ("results", "abstract", "body")):
        better = _ALL_BETTER.search(line.words)
        cited = {m["number"] for m in _FIGURE.finditer(line.words)}
        if better and legend.number in cited:
            yield reading.finding(
                "LEGEND_CONTRADICTS", "inconsistent",
                f"'{shortened(better[0])}' is inconsistent with the legend of Figure {legend.number}: "
                f"'{shortened(swept[0])}': of {', '.join(less)}, which panels show, less is better",
                "the legend may mean improvement, which is a decrease on some scales",
                quotes=(line.piece(better), (swept.start(), swept.end())),
            )  # fmt: skip
            return
