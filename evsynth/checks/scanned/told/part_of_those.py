"""A part told by "of whom", "of which", or in a bracket: "36 deaths, of which 41 were cardiovascular"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_PART = Expression(
    r"[,;(-] ?(?:and )?(?:of (?:whom|which|them|these|those)|among (?:whom|which|them)),? (?:only |a total of |"
    r"as many as |some )?⟨c(\d+)⟩|"
    r", ⟨c(\d+)⟩(?: \(⟨p\d+⟩\))? of (?:whom|which|them|these)\b"
)
_INSIDE = Expression(
    r"⟨c(?P<n>\d+)⟩(?: \(⟨p\d+⟩\))?(?: of ⟨c\d+⟩)?(?: (?!⟨)[a-z-]+){0,3} \((?:grades? [^()]{1,30}|severe|serious|"
    r"fatal|major|life-threatening|"
    r"confirmed|of (?:whom|which)|including) ?(?:in |, |: |=)?(?:n ?= ?)?⟨c(?P<k>\d+)⟩(?=[);,]| patients| were| had)"
)
_RATE = Expression(r" ?(?:-|/|per\b|×|±|(?:of|out of) (?:the )?⟨)")
_UNITS = Expression(
    r"^(?: \(⟨p\d+⟩\))? (?:[a-z-]+ )?(?:samples?|events?|episodes|lesions|eyes|visits|specimens|sites|items|"
    r"infants|teeth|tumou?rs|"
    r"isolates|times|admissions|pregnancies|cycles|scans|years?|children|implants|fractures|comparisons|outcomes|"
    r"nodes)\b"
)

_PEOPLE = Expression(
    r"⟨c\d+⟩(?: \(⟨p\d+⟩\))? (?:(?:patients|participants|women|men|children|people|subjects|adults|"
    r"cases)\b[^⟨;.()]{0,60}|"
    r"(?:were |was |had |had been )?(?:[a-z]+ed|began|begun|given|took|underwent|linked)\b[^⟨;.(),]{0,50})$"
)
"""A number of people and what they did, right before "of whom"."""
_PLACED = Expression(
    r"\b(?:among|amongst|affecting|involving|in|at|from|with|by|to|and|or|than|versus|vs|of|for|"
    r"plus)(?: the)? $"
)


def part_of_those(reading: Reading) -> Iterator[Finding]:
    """Compare what "of whom" and "of which" tell with the largest number told before them.

    Left alone: other things than those told before (samples of patients), and numbers that earlier ones add up to.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for line in every:
        if not re.search(r"\b(?:of|among) (?:whom|which|them|these|those)\b|\(", line.words):
            continue
        sentence = marked(line.words)
        for match in _PART.finditer(sentence.text):
            number = sentence.numbers[int(match[1] or match[2])]
            after = sentence.text[match.end() :]
            earlier = _before(sentence, match.start())
            if not earlier or _RATE.match(after) or _UNITS.match(after):
                continue
            most = max(earlier, key=lambda n: n.whole)
            nearest = earlier[-1]
            gap = sentence.text[sentence.text.index(f"⟨c{sentence.numbers.index(nearest)}⟩") : match.start()]
            if (
                10 <= nearest.whole < number.whole <= 1.3 * nearest.whole and "whom" in match[0] and _PEOPLE.match(gap)
                and not _PLACED.search(sentence.text[: sentence.text.index(gap)])
            ):  # fmt: skip
                yield _finding(reading, line, number, nearest)
                continue
            if (
                most.whole >= 2
                and most.whole < number.whole <= 20 * most.whole
                and number.whole
                > sum(n.whole for n in earlier[-3:]) - (0 if len(earlier) < 3 else min(n.whole for n in earlier[-3:]))
            ):
                yield _finding(reading, line, number, most)
        for match in _INSIDE.finditer(sentence.text):
            whole, part = (sentence.numbers[int(match[x])] for x in "nk")
            if whole.whole < part.whole <= 20 * whole.whole:
                yield _finding(reading, line, part, whole)


def _before(sentence: Marked, end: int) -> list[Number]:
    return [sentence.numbers[int(m[1])] for m in re.finditer(r"⟨c(\d+)⟩", sentence.text[:end])]


def _finding(reading: Reading, line: Line, number: Number, most: Number) -> Finding:
    return reading.finding(
        "GROUP_EXCEEDS", "error", f"{number.printed} are more than the {most.printed} they are of",
        "they may be of others told before; otherwise a digit is misprinted",
        quotes=(spot(line, number), spot(line, most)),
    )  # fmt: skip
