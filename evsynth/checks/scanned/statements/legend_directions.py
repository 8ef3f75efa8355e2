"""'All scores increased' in a legend against a sentence on the decrease of what one of its panels shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.legend_claims import shortened
from evsynth.model.finding import Finding
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


def legend_directions(reading: Reading) -> Iterator[Finding]:
    """Compare 'all scores increased' in a legend with a sentence on the decrease of what one of its panels shows.

    The panel must be named in the sentence in full. Left alone: legends that speak of improvement.
    """
    plain = reading.document.plain
    for legend in reading.document.legends:
        swept = _ALL_MOVED.search(plain, legend.start, legend.end)
        if swept is None:
            continue
        names = re.findall(
            r"\([A-Z]\)\W*(?:Changes? (?:in|of) )?(?:the )?([A-Z0-9][^.;()]{2,60})\.", plain[legend.start : legend.end]
        )
        for line in lines(reading, ("results", "abstract", "body")):
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
