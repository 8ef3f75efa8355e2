"""'60.7% and 81.2%, that is, compliance dropped by 20.5 points': a verb of change whose number is the difference.

That the number is the difference of the two values before it says that they are meant; only the verb is turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.compared import DOWN, UP
from evsynth.checks.scanned.facts.measured import measured
from evsynth.checks.scanned.facts.told_values import Value, Values, neighbours, told_values
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_BY = Expression(
    rf"\b(?:(?:(?P<up>{UP}|went up|was up)|(?P<down>{DOWN}|went down|was down))\b[^.;()]{{0,40}}?\s(?:by|of)|"
    r"(?P<noun>(?P<nup>rise|increase|gain|growth)|(?P<ndown>fall|drop|decline|decrease|reduction|loss)) (?:of|by))\s"
    r"(?:an? |about |some |only |mean |median |average |almost |nearly |roughly |of )*$", re.I,
)  # fmt: skip
_EARLY = Expression(
    r"\b(?:before|baseline|pre-?\w*|initial\w*|at first|at entry|first|earlier|previous\w*|start|beforehand)\b", re.I
)
_LATE = Expression(
    r"\b(?:after\w*|later|post-?\w*|final\w*|last|end|second|follow-?up|now|subsequent\w*|latest)\b", re.I
)
_AGAINST = Expression(r"\b(?:vs?|versus|against|compared|than|placebo|controls?|usual|arms?|groups?)\b", re.I)
_BESIDE = Expression(
    r"\s?[A-Za-z%]{0,8}(?:\s[A-Z]?[a-z]{1,3})?\s(?:with|without|on|in(?! (?:x{4}|\d{4})\b)|among|"
    r"under|for)\b",
    re.I,
)
_THRESHOLD = Expression(
    r"(?:\s[\w%/-]+){0,3}\s(?:or (?:more|greater|larger|above|less|better|worse)|and (?:more|above|over))\b", re.I
)
"""Behind a number that is a criterion, not a change that was seen: "a gain of 0.1 logMAR or more"."""
_TURNED = Expression(r"\b(?:not|no|relative|respectively|less|worse|better)\b", re.I)


def moved_by(reading: Reading) -> Iterator[Finding]:
    """Hold a verb with a number against the two values next before it, in its sentence or the one before.

    Left alone: values of two groups, of which either may be first, values told in the other order of time, and criteria
    ("or more").
    """
    before: Line | None = None
    for line in lines(reading, ("abstract", "results", "body", "conclusion", "discussion")):
        if re.search(rf"\b(?:{UP}|{DOWN}|up|down|gain|growth|loss)\b[^.;]*\d", line.words, re.I):
            yield from _of(reading, line, before)
        before = line


def _of(reading: Reading, line: Line, before: Line | None) -> Iterator[Finding]:
    sentence = measured(line)
    for step in sentence.values:
        lead = sentence.words[max(0, step.start - 90) : step.start]
        verb = _BY.search(lead)
        if (
            verb is None
            or _TURNED.search(verb[0])
            or not step.value.value
            or _THRESHOLD.match(sentence.words, step.end)
        ):
            continue
        at = step.start - len(lead) + verb.start()
        for place in (line, before):
            if place is None or place.section != line.section:
                continue
            told = told_values(place)
            pairs = [(a, b) for a, b in neighbours(told) if place is not line or b.end <= at]
            if not pairs:
                continue
            one, two = pairs[-1]
            moved = _moved(told, one, two, place, at)
            if moved is None or abs(abs(moved) - float(step.value.value)) > 0.6 * 10.0**-step.value.decimals:
                break
            if (moved > 0) != bool(verb["up"] or verb["nup"]):
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join((verb[0] + step.value.text).split())}' is inconsistent with {one.read.value} and then "
                    f"{two.read.value}",
                    "the two values may stand in the other order than that of time",
                    quotes=(
                        (line.start + at, line.start + step.end),
                        *((place.start + v.start, place.start + v.end) for v in (one, two)),
                    ),
                )  # fmt: skip
            break


def _moved(told: Values, one: Value, two: Value, place: Line, at: int) -> float | None:
    """Give the change from the earlier to the later value; None where they may be those of two groups."""
    around = told.words[max(0, one.start - 60) : min(len(told.words), two.end + 60)]
    between = told.words[one.end : two.start]
    groups = _BESIDE.match(between) and _BESIDE.match(told.words[two.end : two.end + 30])
    if groups and not re.search(rf"{_EARLY.pattern}|{_LATE.pattern}", between, re.I):
        return None  # "182 g on irrigated and 161 g on dry plots"
    if _AGAINST.search(around) or len(between) > 60 or one.number == two.number:
        return None
    behind = re.split(r"[,;.]", told.words[two.end : two.end + 45])[0]
    turned = (_LATE.search(between) and _EARLY.search(behind)) or (
        _LATE.search(told.words[max(0, one.start - 30) : one.start]) and _EARLY.search(between)
        and not _EARLY.search(told.words[max(0, one.start - 30) : one.start])
    )  # fmt: skip
    return (one.number - two.number) if turned else (two.number - one.number)
