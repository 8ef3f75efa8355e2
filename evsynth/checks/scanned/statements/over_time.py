"""'The use of the app declined' against "72% in the first month and 81% in the twelfth": two values at two times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.compared import DOWN, UP
from evsynth.checks.scanned.facts.concluding import before_conclusion, stems
from evsynth.checks.scanned.facts.measured import Measured, measured, same_unit
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("DIRECTION_CONTRADICTS",)

_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365, "visit": 30, "cycle": 21, "session": 7}
_UNIT = r"(?P<unit{}>days?|weeks?|months?|years?|visits?|cycles?|sessions?)"
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "ninth": 9, "tenth": 10,
    "twelfth": 12, "last": 99, "final": 99,
}  # fmt: skip
_COUNT = r"\d{1,3}|" + "|".join(word for word, value in NUMBER_WORDS.items() if 1 <= value <= 24)
_TIME = Expression(
    r"\b(?P<start>at (?:the )?(?:baseline|start|outset|entry|enrolment|inclusion)|beforehand|before (?:the )?"
    r"(?:treatment|start|training|course|intervention|surgery|operation)|initially)\b"
    rf"|\b(?:in|at|during|for) the (?P<ordinal>{'|'.join(_ORDINALS)})(?: {_UNIT.format(1)})?\b"
    rf"|\b(?:at|after|by|in) (?:about )?(?P<n>{_COUNT}) {_UNIT.format(2)}\b"
    rf"|\b(?:at|in|by) {_UNIT.format(3)} (?P<n2>\d{{1,3}})\b|\bin (?P<year>(?:19|20)\d\d)\b", re.I,
)  # fmt: skip
_MOVED = Expression(
    rf"\b(?:(?P<up>{UP})|(?P<down>{DOWN}))\b(?=\s*(?:[.,;)]|$|over|during|with time|throughout|through|steadily|"
    r"further|"
    r"gradually|in the course|from year|from month|year by year|markedly\s*[.,;]|significantly\s*[.,;]))", re.I,
)  # fmt: skip
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|may|might|could|should|would|whether|if|previous\w*|earlier|et al|literature|risk of|"
    r"rate of (?:decline|fall)|than|compared|can|when|patients (?:who|whose)|those (?:who|whose|with))\b", re.I,
)  # fmt: skip
_LEAD = Expression(
    r"^\W*(?:(?:while|whereas|although|though|but|and|thus|hence|however|so|conclusions?:?|in conclusion,?)\s+)*", re.I
)
_JOINED = Expression(r"\b(?:and|to|vs\.?|versus|against|compared with|but|then)\b|,", re.I)


class _Course(NamedTuple):
    """A value at an earlier and at a later time of one thing: the words about it."""

    about: frozenset[str]
    early: Measured
    late: Measured
    spots: tuple[Spot, Spot]
    line: Line


def over_time(reading: Reading) -> Iterator[Finding]:
    """Compare a verb of change without numbers with every pair of values at two times that speaks of its subject.

    The first time must be the beginning (baseline, first month, before). All pairs about the subject must go the other
    way. Left alone: denials, hedges, comparisons of groups, sentences with more than two values.
    """
    found: list[_Course] | None = None
    known: frozenset[str] = frozenset()
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        for clause in clauses(line):
            moved = list(_MOVED.finditer(clause.words))
            if len(moved) != 1 or _SKIP.search(clause.words) or measured(clause).values:
                continue
            subject = _LEAD.sub("", clause.words[: moved[0].start()])
            if found is None:
                found = list(_courses(reading))
                known = frozenset[str]().union(*(stems(x.words) for x in before_conclusion(reading)))
            about = stems(subject) & known
            if not about or len(subject.split()) > 9 or "," in subject:
                continue
            told = [c for c in found if about <= c.about]
            if told and all((c.late.value.value > c.early.value.value) != bool(moved[0]["up"]) for c in told):
                first = told[0]
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join((subject + moved[0][0]).split())}' is inconsistent with {first.early.value} and later "
                    f"{first.late.value}",
                    "another time, or a change for the better on a turned scale, may be meant",
                    quotes=(clause.piece(moved[0]), *(s for c in told for s in c.spots)),
                )  # fmt: skip


def _courses(reading: Reading) -> Iterator[_Course]:
    for line in before_conclusion(reading):
        if not re.search(r"\d", line.words):
            continue
        every = measured(line).values
        for clause in clauses(line):
            words = clause.words.replace("\n", " ")
            times = [(t, m) for m in _TIME.finditer(words) if (t := _when(m)) is not None]
            if len(times) != 2 or times[0][0] == times[1][0]:
                continue
            values = [v for v in measured(clause).values if not any(m.start() <= v.start < m.end() for _, m in times)]
            if len(values) != 2 or not same_unit(*values) or values[0].value == values[1].value:
                continue
            if sum(same_unit(v, values[0]) for v in every) > 2:
                continue  # a later value is told as well
            if not _JOINED.search(words[values[0].end : values[1].start]):
                continue
            ordered = [m.start() for _, m in times]
            each = all(a > v.end and a - v.end < 45 for a, v in zip(ordered, values, strict=True)) and (
                ordered[0] < values[1].start
            )
            ahead = all(a < v.start and v.start - a < 70 for a, v in zip(ordered, values, strict=True)) and (
                ordered[1] > values[0].end
            )
            if not (each or ahead):
                continue
            late_first = times[0][0] > times[1][0]
            early, late = values[::-1] if late_first else values
            start = times[1] if late_first else times[0]
            if start[0] > 1 and start[1]["year"] is None and start[1]["ordinal"] is None:
                continue
            spots = tuple((clause.start + v.start, clause.start + v.end) for v in (early, late))
            yield _Course(stems(words), early, late, (spots[0], spots[1]), clause)


def _when(match: re.Match[str]) -> float | None:
    """Give a time on a scale that only its own kind is compared on."""
    if match["start"]:
        return 0.0
    if match["year"]:
        return float(match["year"])
    if match["ordinal"]:
        return float(_ORDINALS[match["ordinal"].lower()])
    number = (match["n"] or match["n2"]).lower()
    unit = (match["unit2"] or match["unit3"]).lower().rstrip("s")
    return float(NUMBER_WORDS.get(number) or number) * _UNITS[unit]
