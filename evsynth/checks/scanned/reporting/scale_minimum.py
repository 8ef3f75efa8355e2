"""Rows of a graded item lie below the lowest grade that the methods give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("BELOW_LOWEST_GRADE",)

_GRADED = Expression(
    r"\b(?:graded|scored|rated|scoring|grading)\b[^.;]{0,80}?\b(?:scale|score|grade)?\s*(?:of|from|between)\s+"
    r"(?P<low>[1-9])\s*(?:-|to|and)\s*(?P<high>[2-9]|10)\b",
    re.I,
)
_ZERO = Expression(
    r"(?<![=:] )(?<![=:])\b0\s*(?:=|:|for|if|\(|\))|\b(?:score|grade)d?(?: of| as)? 0\b|\bzero\b|\babsent\b|\bnone\b",
    re.I,
)
_EACH = Expression(
    r"\b(?:each|every|all)(?: of)?(?: the)?(?: \w+)? (?:lobes?|zones?|levels?|lungs?|joints?|segments?|"
    r"sites?|regions?)\b",
    re.I,
)
_ITEM = Expression(r"[a-z]{4,}", re.I)
_SIMILAR = 2


def scale_minimum(reading: Reading) -> Iterator[Finding]:
    """Find rows of graded items that a lowest grade above 0 excludes.

    The sentence that gives the grades, or one of the two before it, must list the item, with each place graded, and
    the row names it in at least two words. A mean at the lowest grade needs an SD of 0; below it nothing fits.
    Left alone: scales on which 0 is mentioned anywhere near.
    """
    said = list(lines(reading, ("methods",)))
    for index, line in enumerate(said):
        match = _GRADED.search(line.words)
        if match is None or int(match["low"]) >= int(match["high"]):
            continue
        near = [x for x in said[max(0, index - 2) : index + 2] if x.section == line.section]
        if any(_ZERO.search(x.words) for x in near) or not any(_EACH.search(x.words) for x in near):
            continue
        yield from _rows(reading, line, match, near)
        return


def _rows(reading: Reading, line: Line, match: re.Match[str], near: list[Line]) -> Iterator[Finding]:
    low = int(match["low"])
    listed = " ".join(x.words for x in near).lower()
    wrong = []
    for row in table_lines(reading):
        words = [w.lower() for w in _ITEM.findall(row.name)]
        words = [w for w in words if w not in ("mean", "median", "score", "total")]
        if len(words) < _SIMILAR or not re.search(r"[\s-]+".join(map(re.escape, words)), listed):
            continue
        for cell in row.cells:
            centre, sd = cell.figure("mean"), cell.figure("sd")
            if centre is None:
                continue
            values = span(centre.printed)
            if values.high < low or (values.high <= low + 0.05 and sd is not None and span(sd.printed).low > 0.5):
                wrong.append((row, cell))
    if wrong:
        row, cell = wrong[0]
        yield reading.finding(
            "BELOW_LOWEST_GRADE", "inconsistent",
            f"{row.name}: {cell.text} cannot be reached when every place is graded {match['low']} to {match['high']}",
            "places without the lesion may have counted 0, a grade that the methods do not give, or the rows may count "
            "something else",
            quotes=((cell.start, cell.end), line.piece(match)),
            computed=(("lowest possible mean", str(low)),),
        )  # fmt: skip
