"""Those alive and those dead at one time make all: 34% alive and 76% dead, or 18 dead and 112 alive of 120, cannot be.

Also a median that was not reached, of a curve that has fallen below one half.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.passages import passages
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("SURVIVAL_CONTRADICTS",)

_ABOUT = Expression(r"\b(?:alive|surviv\w+|living|not (?:yet )?(?:been )?reached)\b", re.I)
_THAT_IS = (
    r"(?:i\.e\.,?|that is,?|in other words|meaning(?: that)?|so that|hence|thus|therefore|whereas|while|and "
    r"the (?:other|remaining)|the (?:other|remaining))"
)
_ALIVE = Expression(
    r"\b(?:surviv\w+|alive)\b[^⟨;.]{0,50}?⟨p(\d+)⟩|⟨p(\d+)⟩ (?:[a-z-]+ ){0,6}?(?:surviv(?:ed|ing)|"
    r"alive)\b",
    re.I,
)
_DEAD = Expression(
    r"⟨p(\d+)⟩ (?:of (?:the |all |these )*(?:⟨c\d+⟩ )?[a-z]+ )?(?:[a-z-]+ ){0,2}?(?:died|dead|"
    r"deceased)\b|\b(?:mortality|died|dead)\b[^⟨;.]{0,25}?⟨p(\d+)⟩",
    re.I,
)
_JOINED = Expression(_THAT_IS, re.I)
_DIED = Expression(
    r"⟨c(\d+)⟩ (?:(?:of (?:the|these|them)|patients|women|men|children|infants|participants|had|"
    r"have|animals|dogs|subjects) ){0,3}?(?:died|dead|deceased)\b",
    re.I,
)
_LIVED = Expression(
    r"⟨c(\d+)⟩ \(⟨p(\d+)⟩\) (?:(?:of (?:the|these|them)|patients|women|men|children|infants|"
    r"participants|were|are|remained|still|had|animals|subjects) ){0,4}?(?:alive|living|"
    r"surviv\w+)\b",
    re.I,
)
_MEDIAN = Expression(r"\bmedian\b[^⟨;.]{0,70}?\b(?:not (?:yet )?(?:been )?(?:reached|attained)|NR\b)", re.I)
_BELOW = Expression(
    r"(?:\b(?:at |the |after |with |where|when |in which|in "
    r"whom)[^⟨;.()]{0,60}?(?:⟨\w\d+⟩[^⟨;.()]{0,40}?)?)⟨p(?P<n>\d+)⟩ (?:[a-z-]+ ){0,6}?(?:alive|"
    r"surviv\w+|event-free|free of|progression-free|disease-free)\b",
    re.I,
)
_OTHERS = Expression(
    r"\b(?:lost|censored|versus|vs|respectively|compared|relapse-free|conditional|between|"
    r"cause-specific|cancer-specific|disease-specific)\b",
    re.I,
)


def dead_and_alive(reading: Reading) -> Iterator[Finding]:
    """Check shares and numbers alive against those dead of the same people, and medians not reached.

    Left alone: sentences of several groups, of people lost, and numbers that some size told near makes.
    """
    for line, near in passages(reading, _ABOUT, 2, 0):
        sentence = marked(line.words)
        if _OTHERS.search(line.words):
            if (low := _fallen(line)) is not None:
                yield from _not_reached(reading, line, low)
            continue
        alive = {int(m[1] or m[2]) for m in _ALIVE.finditer(sentence.text)}
        dead = {int(m[1] or m[2]) for m in _DEAD.finditer(sentence.text)} - alive
        if len(alive) == len(dead) == 1 and _JOINED.search(line.words):
            one, two = (sentence.numbers[s.pop()] for s in (alive, dead))
            least, most = (
                span(one.printed).low + span(two.printed).low,
                span(one.printed).high + span(two.printed).high,
            )
            if least > 100.5 or (
                most < 99.5
                and re.search(
                    r"i\.e\.|that is|in other words|remaining|the "
                    r"other",
                    line.words,
                )
            ):
                yield _finding(reading, line, one, two, f"{one.printed}% alive and {two.printed}% dead do not make all")
        yield from _numbers(reading, line, near.words)
        if (below := _fallen(line)) is not None:
            yield from _not_reached(reading, line, below)


def _numbers(reading: Reading, line: Line, near: str) -> Iterator[Finding]:
    sentence = marked(line.words)
    died, lived = list(_DIED.finditer(sentence.text)), list(_LIVED.finditer(sentence.text))
    if len(died) != 1 or len(lived) != 1:
        return
    dead, alive, share = (
        sentence.numbers[int(died[0][1])],
        sentence.numbers[int(lived[0][1])],
        sentence.numbers[int(lived[0][2])],
    )
    sizes = {n.whole for n in marked(near).numbers if n.kind == "c" and n.whole > alive.whole}
    if any(n == alive.whole + dead.whole for n in sizes):
        return
    if any(prints(alive.whole, n, share.printed) and n < alive.whole + dead.whole for n in sizes):
        yield _finding(
            reading,
            line,
            alive,
            dead,
            f"{alive.printed} alive and {dead.printed} dead are more than all that {share.printed}% is of",
        )


def _fallen(line: Line) -> Number | None:
    """Give the share below one half that is told of the group whose median was not reached."""
    sentence = marked(line.words)
    median = _MEDIAN.search(sentence.text)
    if median is None:
        return None
    rest = re.split(
        r";|, (?:as against|compared|whereas|while|and|but)\b|\bversus\b|"
        r"\bvs\b",
        sentence.text[median.end() :],
    )[0]
    match = _BELOW.search(rest)
    if match is None:
        return None
    number = sentence.numbers[int(match["n"])]
    return number if span(number.printed).high < 49.9 else None


def _not_reached(reading: Reading, line: Line, low: Number) -> Iterator[Finding]:
    median = _MEDIAN.search(line.words)
    if median is None:
        return
    yield reading.finding(
        "SURVIVAL_CONTRADICTS", "inconsistent",
        f"a median that was not reached is inconsistent with {low.printed}%: the curve has fallen below one half",
        "the share may be of other patients; otherwise a number is misprinted",
        quotes=(line.piece(median), spot(line, low)),
    )  # fmt: skip


def _finding(reading: Reading, line: Line, one: Number, two: Number, message: str) -> Finding:
    return reading.finding(
        "SURVIVAL_CONTRADICTS", "inconsistent", message,
        "the two may be of other times or people; otherwise a digit is "
        "misprinted", quotes=(spot(line, one), spot(line, two)),
    )  # fmt: skip
