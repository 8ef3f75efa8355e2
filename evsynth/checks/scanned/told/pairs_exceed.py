"""Pairs of which one is more than its whole: "88 and 91 (of 95 and 89 randomised)", more with data than had data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_PAIR = r"⟨c(?P<{a}>\d+)⟩(?: ?\(⟨p\d+⟩\))?(?:,? (?!and\b|or\b)[\w'/+-]+){{0,6}}?,? (?:and|versus|vs|v) ⟨c(?P<{b}>\d+)⟩"
_OF = Expression(
    rf"{_PAIR.format(a='a', b='b')}(?: ?\(⟨p\d+⟩\))?(?: (?!and\b|or\b)[\w'/+-]+){{0,7}}?,? ?\(?(?:out )?of (?:the )?"
    rf"{_PAIR.format(a='m', b='n')}(?! ?(?:/|of\b))", re.I,
)  # fmt: skip
_WITH_DATA = Expression(
    rf"{_PAIR.format(a='a', b='b')} (?:[a-z]+ )?with (?P<t>⟨[mc]\d+⟩[ -][a-z]+|[a-z-]+) (?:data|follow-?up|values|"
    r"measurements?|visits?|samples?)\b", re.I,
)  # fmt: skip
_AVAILABLE = Expression(
    r"\b(?:available|attended|assessed|seen|examined|completed|followed|returned|had data|provided data|evaluable)\b",
    re.I,
)
_TWO = Expression(
    r"\(⟨p\d+⟩[;,] ⟨c(\d+)⟩ [^()⟨]{1,30},? (?:and )?⟨c(\d+)⟩ [^()⟨]{1,30}\)|"
    r"\(⟨c(\d+)⟩ [^()⟨]{1,30},? (?:and )?⟨c(\d+)⟩ [^()⟨]{1,30}\)|"
    r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\))? (?:and|versus|vs) ⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\))?"
)
_TIME = Expression(r"\b\d+[ -](?:day|week|month|year)|\b(?:one|two|three|six|twelve)[ -](?:day|week|month|year)", re.I)


def pairs_exceed(reading: Reading) -> Iterator[Finding]:
    """Compare pairs with the pair that they are told to be of, and pairs with data at a time with those seen then."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for line in every:
        if not re.search(r"\bof\b|\bwith\b", line.words):
            continue
        sentence = marked(line.words)
        for match in _OF.finditer(sentence.text):
            if re.search(r"\bage[sd]?\b|\brang", match[0]):
                continue  # "29 men and 34 women between the ages of 18 and 66"
            parts, wholes = ([sentence.numbers[int(match[g])] for g in names] for names in ("ab", "mn"))
            over = [i for i in (0, 1) if parts[i].whole > wholes[i].whole]
            if (
                len(over) == 1
                and min(n.whole for n in wholes) >= 10
                and parts[1 - over[0]].whole <= wholes[1 - over[0]].whole <= 3 * parts[1 - over[0]].whole
                and parts[over[0]].whole <= 2 * wholes[over[0]].whole
            ):
                yield _finding(reading, line, parts[over[0]], line, wholes[over[0]])
                break
        for match in _WITH_DATA.finditer(sentence.text):
            time = _TIME.search(line.words[sentence.numbers[int(match["b"])].end :])
            if time is not None:
                parts = [sentence.numbers[int(match[g])] for g in "ab"]
                yield from _seen(reading, line, parts, time[0].lower().replace("-", " "), every)


def _seen(reading: Reading, line: Line, parts: list[Number], time: str, every: list[Line]) -> Iterator[Finding]:
    """Hold two numbers with data at a time against those available then."""
    for other in every:
        if other is line or not _AVAILABLE.search(other.words) or time not in other.words.lower().replace("-", " "):
            continue
        sentence = marked(other.words)
        for match in _TWO.finditer(sentence.text):
            wholes = [sentence.numbers[int(g)] for g in match.groups() if g]
            over = [i for i in (0, 1) if parts[i].whole > wholes[i].whole]
            near = all(abs(p.whole - w.whole) <= 0.2 * w.whole for p, w in zip(parts, wholes, strict=True))
            if len(over) == 1 and near and min(w.whole for w in wholes) >= 10:
                yield _finding(reading, line, parts[over[0]], other, wholes[over[0]])
                return


def _finding(reading: Reading, line: Line, part: Number, where: Line, whole: Number) -> Finding:
    return reading.finding(
        "GROUP_EXCEEDS", "inconsistent", f"{part.printed} are more than the {whole.printed} of the same group",
        "the numbers may be of different groups; otherwise a digit is misprinted",
        quotes=(spot(line, part), spot(where, whole)),
    )  # fmt: skip
