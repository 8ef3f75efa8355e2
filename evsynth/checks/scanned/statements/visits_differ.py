"""Abstract and methods list different visits: "3, 6 and 12 months" and "1, 3, 6 and 12 months"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("VISITS_DIFFER",)

_UNIT = r"(?:days?|weeks?|months?|years?)"
_NUMBERS = r"[0-9]{1,3}(?:\s*,\s*(?:and\s+)?[0-9]{1,3}|\s+and\s+[0-9]{1,3}|\s*/\s*[0-9]{1,3}){1,9}"
_LIST = Expression(
    rf"\b(?:(?:baseline|admission|enrolment|enrollment)(?:\s*,\s*(?:and\s+)?(?:at\s+)?|"
    rf"\s+and\s+(?:at\s+)?(?:after\s+)?))?"
    rf"(?:(?P<unit>{_UNIT})\s+(?P<numbers>{_NUMBERS})|(?P<numbers2>{_NUMBERS})\s*-?\s*(?P<unit2>{_UNIT}))(?![0-9])",
    re.I,
)
_VISIT = Expression(
    r"\b(?:visit|assess|follow(?:ed)?[- ]?up|seen|measured|evaluated|examined|collected|reviewed)\w*", re.I
)
_OTHER = Expression(
    r"\b(?:survival (?:at|rate)|mortality|dose|taper|previous|prior|earlier|aged?|subset|except|blood|laborator|CT|"
    r"HRCT|imaging|questionnaire|"
    r"only)\w*",
    re.I,
)


class Visits(NamedTuple):
    """The time points of a list, and where it stands."""

    points: frozenset[int]
    unit: str
    line: Line
    start: int
    end: int


def visits_differ(reading: Reading) -> Iterator[Finding]:
    """Compare the list of visits in the abstract with that in the methods, once.

    Judged where each part has one such list (three points or more, of one unit) and one holds all of the other. Left
    alone: times of survival, of doses, and of single examinations.
    """
    abstract, methods = _lists(reading, "abstract"), _lists(reading, "methods")
    if len({v.points for v in abstract}) != 1 or not methods:
        return
    one = abstract[0]
    same = [v for v in methods if v.unit == one.unit]
    if not same or any(v.points == one.points for v in same) or len({v.points for v in same}) != 1:
        return
    two = same[0]
    if one.points < two.points or two.points < one.points:
        missing = ", ".join(str(p) for p in sorted(one.points ^ two.points))
        yield reading.finding(
            "VISITS_DIFFER", "note",
            f"abstract and methods list different visits: {one.unit} {missing} stands in one of them only",
            "the abstract may name only the visits whose results are reported",
            quotes=((one.start, one.end), (two.start, two.end)),
        )  # fmt: skip


def _lists(reading: Reading, part: str) -> list[Visits]:
    found = []
    for line in lines(reading, ("abstract",) if part == "abstract" else ("methods", "body")):
        role = reading.document.sections[line.section].part
        if part == "abstract" and role not in ("methods", "abstract"):
            continue
        for match in _LIST.finditer(line.words):
            near = line.words[max(0, match.start() - 90) : match.end() + 40]
            points = frozenset(int(n) for n in re.findall(r"[0-9]+", match["numbers"] or match["numbers2"])) - {0}
            if len(points) >= 3 and _VISIT.search(near) and not _OTHER.search(near[50:]):
                unit = (match["unit"] or match["unit2"]).lower().rstrip("s")
                start, end = line.piece(match)
                found.append(Visits(points, unit, line, start, end))
    return found
