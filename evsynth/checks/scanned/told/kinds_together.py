"""Kinds of studies or places with their people, "9 trials with 4982 and 5 cohorts with 1322", and all of them told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_KIND = Expression(
    r"⟨c(?P<k>\d+)⟩ (?:[A-Za-z-]+ ){0,4}?(?:trials|studies|cohorts|RCTs|reports|series|centres|centers|sites|"
    r"hospitals|clinics|schools|wards|units|practices|villages|datasets)"
    r"(?:,? (?:with|including|enrolling|of|involving) (?:a total of )?⟨c(?P<n>\d+)⟩|"
    r" ?\((?:with )?(?:[nN] ?= ?)?⟨c(?P<b>\d+)⟩(?: [a-z]+){0,2}\))"
)
_ALL = Expression(
    r"\b(?:together|in total|in all|altogether|totalling|totaling|a total of|comprising|overall),? "
    r"(?:of |comprising |a total of )?⟨c(?P<n>\d+)⟩(?: [a-z-]+)?|⟨c(?P<m>\d+)⟩ (?:[a-z-]+ ){0,2}?(?:in total|"
    r"in all|altogether|overall)\b"
)
_PLACE = Expression(r"⟨c(?P<n>\d+)⟩[^⟨().;]{0,40}\(⟨c(?P<k>\d+)⟩ (?P<noun>[a-z]{4,}s)\)")
NEAR = 0.25
"""How far a sum may be from the number that is meant, as a share of it."""


def kinds_together(reading: Reading) -> Iterator[Finding]:
    """Add up the people of kinds of studies, and the places "228 in Mexico (6 units) and 158 in Colombia (3 units)".

    Found: the sum of the people is not the total of the same sentence; or the people make a number that is told, and
    the places do not make the one number told of them.
    """
    every = list(lines(reading, ("front matter", "title", "abstract", "methods", "results", "body")))
    for line in every:
        if len(re.findall(r"\d", line.words)) < 4:
            continue
        sentence = marked(line.words)
        yield from _studies(reading, line, sentence)
        yield from _places(reading, every, line, sentence)


def _studies(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    kinds = list(_KIND.finditer(sentence.text))
    if not 2 <= len(kinds) <= 3:
        return
    parts = [sentence.numbers[int(m["n"] or m["b"])] for m in kinds]
    made = sum(n.whole for n in parts)
    after = _ALL.search(sentence.text, kinds[-1].end())
    if after is None:
        return
    total = sentence.numbers[int(after["n"] or after["m"])]
    if made != total.whole and max(n.whole for n in parts) < total.whole and abs(made - total.whole) <= NEAR * made:
        yield _finding(reading, (line, total), line, parts)


def _places(reading: Reading, every: list[Line], line: Line, sentence: Marked) -> Iterator[Finding]:
    found = list(_PLACE.finditer(sentence.text))
    if not 2 <= len(found) <= 5 or len({m["noun"] for m in found}) != 1:
        return
    people = sum(sentence.numbers[int(m["n"])].whole for m in found)
    if people < 20 or people not in numbers_told(reading):
        return
    parts = [sentence.numbers[int(m["k"])] for m in found]
    made = sum(n.whole for n in parts)
    told = _told(every, line, found[0]["noun"])
    if len({n.whole for _, n in told}) != 1:
        return
    where, total = told[0]
    if made != total.whole >= max(n.whole for n in parts) and abs(made - total.whole) <= max(2, NEAR * total.whole):
        yield _finding(reading, (where, total), line, parts)


def _told(every: list[Line], line: Line, noun: str) -> list[tuple[Line, Number]]:
    """Give the counts that other sentences, the title included, tell of a noun."""
    pattern = re.compile(rf"⟨c(\d+)⟩ (?:(?!and |or |in |of )[A-Za-z-]+ |and ){{0,6}}?{noun}\b")
    return [
        (x, m.numbers[int(f[1])]) for x in every if x is not line and noun in x.words
        for m in (marked(x.words),) for f in pattern.finditer(m.text)
    ]  # fmt: skip


def _finding(reading: Reading, whole: tuple[Line, Number], line: Line, parts: list[Number]) -> Finding:
    made = sum(n.whole for n in parts)
    return reading.finding(
        "GROUPS", "inconsistent",
        f"{' + '.join(n.printed.text for n in parts)} = {made} is inconsistent with {whole[1].printed} told of all",
        "a kind may not be told; otherwise a digit is misprinted",
        quotes=(spot(line, *parts), spot(*whole), *(spot(line, n) for n in parts)), computed=(("sum", str(made)),),
    )  # fmt: skip
