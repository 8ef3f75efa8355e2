"""A sentence lists time points and says how many there are: 'at baseline and weeks 4, 8 and 12 (five assessments)'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("VISITS_MISCOUNTED",)

_SAID = Expression(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2]) (?:\w+ "
    r")?(?:visits|assessments|occasions|time ?-?points|measurements|examinations|times)\b",
    re.I,
)
_UNIT = r"(?:days?|weeks?|months?|years?|hours?|h)"
_NUMBERS = r"[0-9]+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)[0-9]+(?![0-9.]))*"
_POINTS = Expression(
    rf"\b{_UNIT}\s+(?P<after>{_NUMBERS})(?!\s*{_UNIT})\b|(?<![0-9.,])(?P<before>{_NUMBERS})[ -]{_UNIT}\b", re.I
)
_NAMED = Expression(
    r"\b(?:baseline|admission|screening|enrolment|enrollment|discharge|randomi[sz]ation|end of (?:treatment|"
    r"study)|last follow-?up)\b",
    re.I,
)
_EVERY = Expression(
    r"\bevery\b|\beach\b|\bthereafter\b|\bwithin\b|\bper\b|\bfor [0-9]+|\bup to\b|\buntil\b|\bevery\b|"
    r"\bapart\b|\binterval",
    re.I,
)


def counted_visits(reading: Reading) -> Iterator[Finding]:
    """Count the listed time points against the number in words.

    Left alone: sentences with 'every', 'until', 'thereafter' or 'for', whose visits are not all listed, and lists of
    fewer than three points.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        said = _SAID.search(line.words)
        if said is None or _EVERY.search(line.words):
            continue
        points = sum(
            len(re.findall(r"[0-9]+", m["after"] or m["before"]))
            for m in _POINTS.finditer(line.words)
            if not _inside(m, said)
        )
        points += len({m[0].lower() for m in _NAMED.finditer(line.words)})
        count = int(said["count"]) if said["count"].isdigit() else NUMBER_WORDS[said["count"].lower()]
        behind = _POINTS.search(line.words, said.end(), said.end() + 40)
        if behind is not None and len(re.findall(r"[0-9]+", behind["after"] or behind["before"])) == count:
            continue  # "one 6-week visit, or 2 visits at 2 and 6 weeks"
        if points >= 3 and points != count:
            yield reading.finding(
                "VISITS_MISCOUNTED", "inconsistent",
                f"'{said[0]}' is inconsistent with the {points} time points listed",
                "a visit without assessment may be listed, or one that is not listed counted",
                quotes=(line.whole,), computed=(("time points", str(points)),),
            )  # fmt: skip


def _inside(match: re.Match[str], said: re.Match[str]) -> bool:
    return match.start() < said.end() and said.start() < match.end()
