"""Rows of a graded item lie below the lowest grade that the methods give."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import size, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.statistics import Reported
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
_PLACES = Expression(
    r"\b(?P<n>two|three|four|five|six|[2-9])\s(?:lung\s|anatomical\s)?(?:lobes|zones|regions|levels|segments)\b"
)
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_BOTH_LUNGS = Expression(r"\b(?:right and left|left and right|both) lungs?\b")
LOBES = 5
"""Lobes of both lungs."""
_ITEM = Expression(r"[a-z]{4,}", re.I)
_SIMILAR = 2
MANY = 1000
"""Patients that a group is taken to have where no number is told: fewer would allow a smaller SD only."""


def scale_minimum(reading: Reading) -> Iterator[Finding]:
    """Find rows of graded items that a lowest grade above 0 excludes.

    The sentence that gives the grades, or one of the two before it, must list the item, with each place graded, and
    the row names it in at least two words. Where a row lies above the highest grade, rows are sums over the places,
    and the lowest is that many times the lowest grade. A mean at the lowest grade needs an SD of 0, one above it by d
    an SD of at most d √n; below it nothing fits.
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
    listed = " ".join(x.words for x in near).lower()
    cells = [(row, cell) for row in table_lines(reading) if _is_listed(row.name, listed) for cell in row.cells]
    places = _summed_over(listed, int(match["high"]), [cell for _, cell in cells])
    low = int(match["low"]) * places
    wrong = [(row, cell, why) for row, cell in cells if (why := _impossible(reading, cell, low)) is not None]
    if wrong:
        told = "; ".join(f"{row.name}: {cell.text} ({why})" for row, cell, why in wrong)
        yield reading.finding(
            "BELOW_LOWEST_GRADE", "inconsistent",
            f"cannot be reached when every place is graded {match['low']} to {match['high']}"
            + (f" and {places} are summed" if places > 1 else "") + f": {told}",
            "places without the lesion may have counted 0, a grade that the methods do not give, or the rows may count "
            "something else",
            quotes=(*((cell.start, cell.end) for _, cell, _ in wrong), line.piece(match)),
            computed=(("lowest possible mean", str(low)), *((cell.text, why) for _, cell, why in wrong)),
        )  # fmt: skip


def _summed_over(listed: str, high: int, cells: list[Reported]) -> int:
    """Give the places whose grades are summed in a row: of a row above the highest grade; 1 where none is above it."""
    means = [mean for cell in cells if (mean := cell.figure("mean")) is not None]
    if not any(span(mean.printed).low > high for mean in means):
        return 1
    counted = _PLACES.search(listed)
    if counted is not None:
        return NUMBERS[counted["n"]] if counted["n"] in NUMBERS else int(counted["n"])
    return LOBES if "lobe" in listed and _BOTH_LUNGS.search(listed) else 1


def _is_listed(name: str, listed: str) -> bool:
    words = [w.lower() for w in _ITEM.findall(name)]
    words = [w for w in words if w not in ("mean", "median", "score", "total")]
    return len(words) >= _SIMILAR and re.search(r"[\s-]+".join(map(re.escape, words)), listed) is not None


def _impossible(reading: Reading, cell: Reported, low: int) -> str | None:
    """Say why no values of `low` or more have this mean and SD: one value far off gives (mean - low) √n, and no more.

    Without a number of patients one of a large group is taken.
    """
    mean, sd = cell.figure("mean"), cell.figure("sd")
    if mean is None:
        return None
    highest = span(mean.printed).high
    if highest < low:
        return f"the mean is below {low}"
    if sd is None:
        return None
    group = size(reading, cell)
    patients = group.patients if group is not None and group.patients > 1 else MANY
    most = (highest - low) * math.sqrt(patients)
    return f"an SD of at most {most:.3g} is possible" if span(sd.printed).low > most + 1e-9 else None
