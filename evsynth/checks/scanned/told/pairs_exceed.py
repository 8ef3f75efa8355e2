"""Pairs of which one is more than its whole: "88 and 91 (of 95 and 89 randomised)", more with data than had data.

Also the denominators of two shares compared, "157 of 222 v 149 of 186", where 214 and 211 were assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
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


_ASSIGNED = Expression(
    r"\b(?:assign\w*|allocat\w*|randomi[sz]\w*)\b(?:[^⟨;]|⟨[^c]\d+⟩){0,90}?"
    r"\([nN] ?= ?⟨c(?P<a>\d+)⟩\)(?:[^⟨;]|⟨[^c]\d+⟩){0,80}?\([nN] ?= ?⟨c(?P<b>\d+)⟩\)(?![^⟨;]{0,60}\([nN] ?=)"
    r"|⟨c(?P<c>\d+)⟩(?: [a-z-]+){0,2} (?:were )?(?:randomly )?(?:assigned|allocated|randomi[sz]ed)? ?to (?:the )?"
    r"(?:[^⟨;.]|⟨[^c]\d+⟩){2,60}? and ⟨c(?P<d>\d+)⟩ (?:were )?(?:assigned |allocated |randomi[sz]ed )?to\b", re.I,
)  # fmt: skip
_UNITS = Expression(
    r"\b(?:eyes|cycles|visits|samples|episodes|days|sessions|lesions|embryos|transfers|teeth|tests|pregnanc\w+|"
    r"observations|"
    r"infants|measurements|screened|crossover|cross-over|per-treatment|as[- ]treated|exposures)\b", re.I,
)  # fmt: skip


def pairs_exceed(reading: Reading) -> Iterator[Finding]:
    """Compare pairs with the pair that they are told to be of, and pairs with data at a time with those seen then."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    yield from _analysed(reading, every)
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


def _analysed(reading: Reading, every: list[Line]) -> Iterator[Finding]:
    """Hold the denominators of two shares of a sentence against the only two groups that people were assigned to."""
    told = [
        (x, [m.numbers[int(f[g])] for g in ("ab" if f["a"] else "cd")])
        for x in every if "assign" in x.words or "alloc" in x.words or "andom" in x.words
        for m in (marked(x.words),) for f in _ASSIGNED.finditer(m.text)
    ]  # fmt: skip
    if len({tuple(n.whole for n in pair) for _, pair in told}) != 1:
        return
    where, sizes = told[0]
    for line in every:
        if line.role == "methods" or not re.search(r"[%/]", line.words) or _UNITS.search(line.words):
            continue
        shares = [s for s in proportions(marked(line.words)) if s.of is not None and s.events is not None]
        for one, two in pairwise(shares):
            bases = [s.of for s in (one, two) if s.of is not None]
            over = [i for i in (0, 1) if bases[i].whole > sizes[i].whole]
            between = line.words[one.numbers[-1].start : two.numbers[0].start]
            if (
                len(over) == 1
                and re.search(r"\b(?:vs?|versus|and|against|compared)\b", between)
                and max(n.whole for n in bases) > max(n.whole for n in sizes)
                and all(0.6 * w.whole <= p.whole <= 1.4 * w.whole for p, w in zip(bases, sizes, strict=True))
                and not any(
                    bases[over[0]].whole == n.whole and n.kind == "c"
                    for x in every
                    if x is not line
                    for n in marked(x.words).numbers
                )
            ):
                yield _finding(reading, line, bases[over[0]], where, sizes[over[0]])
                break


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
