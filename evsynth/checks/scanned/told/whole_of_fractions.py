"""Fractions of groups that make up a whole: "19 of 38 survived: 12 of 16 after surgery and 9 of 22 without".

Where the numbers of two to five fractions add up to that of another fraction of the sentence, so must their counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_FRACTION = Expression(r"⟨c(\d+)⟩(?: [a-z-]+){0,2}? ?(?:/|(?:out )?of (?:the |these |all |our )*)⟨c(\d+)⟩")
_OTHER = Expression(
    r"\b(?:sensitivity|specificity|predictive|cut-?off|threshold|adjusted|baseline|at (?:week|month|year|day))\b|"
    r"⟨m\d+⟩",
    re.I,
)
_SAME = Expression(r"\b(?:had|were|was|developed|reported|died|required|needed|received|showed|but|also)\b")
_EVENTS = Expression(
    r"⟨c(?P<w>\d+)⟩ (?:[a-z-]+ ){0,2}?(?:deaths|patients|participants|events|cases|infections|relapses|women|"
    r"children|people|"
    r"readmissions|strokes|infarctions|fractures|failures|recurrences|births)(?: (?!and\b|or\b)[a-z]+){0,3}? "
    r"\((?:[A-Za-z][^()⟨]{1,30}?,? )⟨c(?P<a>\d+)⟩ ?/ ?⟨c(?P<m>\d+)⟩(?: \(⟨p\d+⟩\))?[,;](?: and| v| vs)? "
    r"(?:[A-Za-z][^()⟨]{1,30}?,? )⟨c(?P<b>\d+)⟩ ?/ ?⟨c(?P<n>\d+)⟩ ?(?:[;,)])(?! ?[A-Za-z][^()⟨]{1,30} ⟨c\d+⟩ ?/)"
)
"""A number of events and, in its bracket, those of two groups: "57 deaths (drug 23/301, control 34/297)"."""
LEAST = 15
"""Fewer people in all add up by chance."""


def whole_of_fractions(reading: Reading) -> Iterator[Finding]:
    """Add up the counts of fractions whose numbers add up.

    Left alone: several times, fractions with verbs of their own between them.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\d ?/ ?\d|\bof\b", line.words):
            continue
        sentence = marked(line.words)
        told = [
            (sentence.numbers[int(m[1])], sentence.numbers[int(m[2])], m) for m in _FRACTION.finditer(sentence.text)
        ]
        told = [t for t in told if t[0].whole <= t[1].whole]
        for match in _EVENTS.finditer(sentence.text):
            yield from _of_events(reading, line, sentence, match)
        if 3 <= len(told) <= 9:
            yield from _added(reading, line, sentence, told)


def _of_events(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
    whole, a, m, b, n = (sentence.numbers[int(match[g])] for g in "wambn")
    made = a.whole + b.whole
    if made == whole.whole or whole.whole >= m.whole + n.whole or a.whole > m.whole or b.whole > n.whole:
        return
    yield reading.finding(
        "GROUPS", "inconsistent",
        f"{a.whole}/{m.whole} and {b.whole}/{n.whole} make {made}, inconsistent with the {whole.printed} told "
        f"before them",
        "some may be of neither group; otherwise a digit is misprinted",
        quotes=(spot(line, whole), spot(line, a), spot(line, b)), computed=(("sum", str(made)),),
    )  # fmt: skip


def _added(
    reading: Reading, line: Line, sentence: Marked, told: list[tuple[Number, Number, re.Match[str]]]
) -> Iterator[Finding]:
    for size in range(2, min(5, len(told) - 1) + 1):
        for at in range(len(told) - size + 1):
            parts = told[at : at + size]
            whole = next((told[i] for i in (at - 1, at + size) if 0 <= i < len(told)
                          and told[i][1].whole == sum(p[1].whole for p in parts)), None)  # fmt: skip
            if whole is None or whole[1].whole < LEAST or min(p[1].whole for p in parts) < 3:
                continue
            gaps = [sentence.text[a[2].end() : b[2].start()] for a, b in pairwise(parts)]
            begin, end = min(whole[2].start(), parts[0][2].start()), max(whole[2].end(), parts[-1][2].end())
            around = sentence.text[begin:end]
            if any(_SAME.search(g) or ";" in g or len(g) > 80 for g in gaps) or _OTHER.search(around):
                continue
            made = sum(p[0].whole for p in parts)
            if whole[0].whole in {p[1].whole for p in parts}:
                continue  # the whole counts the people of a part: "217/409 were positive; 189/217 of these"
            if made == whole[0].whole or made == whole[1].whole - whole[0].whole:
                return
            sums = " + ".join(f"{p[0].whole}/{p[1].whole}" for p in parts)
            yield reading.finding(
                "GROUPS", "inconsistent",
                f"{sums} make {made} of {whole[1].whole}, inconsistent with {whole[0].whole} of {whole[1].whole}",
                "another outcome may be counted; otherwise a digit is misprinted",
                quotes=(spot(line, whole[0], whole[1]), *(spot(line, p[0], p[1]) for p in parts)),
                computed=(("sum", str(made)),),
            )  # fmt: skip
            return
