"""Arms that the ratio of allocation does not make: 1:1, and 248 against 146."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import erfc, sqrt

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALLOCATION_RATIO",)

_RATIO = Expression(
    r"\b(?P<a>[1-4]|one|two|three)(?:\s?:\s?|[ -]to[ -])(?P<b>[1-4]|one|two|three)\b(?!\s?:)(?!\s?(?:to|,)?\s?\d)|"
    r"\b(?P<equal>equal(?:ly)? (?:numbers?|randomi[sz]\w+|allocat\w+|probabilit\w+|ratio)|(?:in|with) equal "
    r"(?:numbers|proportions?|probabilit\w+))",
    re.I,
)
_ASSIGN = Expression(r"randomi[sz]|randomly|allocat|assign", re.I)
_FREE = Expression(
    r"\b(?:clusters?|villages?|practices|schools|hospitals were|wards|adaptive|minimi[sz]ation weights|dynamic|"
    r"run-in|stopped|dropped|"
    r"discontinued early|closed|matched|propensity|case-control|controls were matched|amend\w*|changed to|until|"
    r"thereafter|"
    r"initially|first ⟨|2:1 (?:then|thereafter)|preference|crossover|stepped|households?|centres were|sites were|"
    r"units were)\b",
    re.I,
)
_SIZED = Expression(r"\([^()⟨]{0,30}?[nN] ?= ?⟨c(\d+)⟩ ?(?:[;,][^()]*)?\)|, ?⟨c(\d+)⟩(?=[;)])|: ?⟨c(\d+)⟩(?=[;,)])")
_TO = Expression(
    r"⟨c(\d+)⟩(?: (?:patients|participants|women|men|children|subjects|people|infants|adults))?(?: were)?(?: "
    r"randomi[sz]ed| allocated| assigned| randomly assigned)?"
    r" (?:to|received|receiving|in|on|given|took) |\((⟨c\d+⟩)(?: (?:patients|participants))?\)|\band (⟨c\d+⟩) "
    r"(?=[A-Za-z])"
)
_TO_BOTH = Expression(r"[)\]]?(?: (?:ratio|fashion|manner|allocation|basis))?,? (?:to|for|in favou?r of)\b")
"""Behind a ratio that is told in the order of the arms: "randomised 2:1 to A (n = 410) or B (n = 206)"."""
RARE = 1e-5
"""The probability under the ratio below which numbers so far apart are no chance."""
_WORDS = {"one": 1, "two": 2, "three": 3}


def allotted(reading: Reading) -> Iterator[Finding]:
    """Compare the sizes of two arms with the ratio in which patients were assigned, by a binomial test.

    Left alone: clusters, ratios that changed, three arms and more.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    told = [(i, x, m) for i, x in enumerate(every) for m in [_RATIO.search(x.words)] if m and _ASSIGN.search(x.words)]
    ratios = {_ratio(m) for _, _, m in told}
    if len(ratios) != 1 or any(_FREE.search(every[i].words) for i, _, _ in told):
        return
    for index, line, match in told:
        a, b = _ratio(match)
        for place in range(index, min(len(every), index + 3)):
            other = every[place]
            if other.section != line.section or _FREE.search(other.words):
                break
            sizes = _sizes(marked(other.words))
            if len(sizes) != 2:
                continue
            one, two = sizes
            chances = [_chance(one.whole, two.whole, a, b), _chance(two.whole, one.whole, a, b)]
            ordered = other is line and a != b and _TO_BOTH.match(line.words, match.end()) is not None
            apart = match["equal"] and "number" in match["equal"] and abs(one.whole - two.whole) > max(
                8, 0.15 * (one.whole + two.whole)
            )  # fmt: skip
            if max(chances) < RARE or (ordered and chances[0] < RARE) or apart:
                yield _finding(reading, line, match, other, one, two)
            return


def _ratio(match: re.Match[str]) -> tuple[int, int]:
    if match["equal"]:
        return 1, 1
    a, b = (_WORDS.get(match[x].lower()) or int(match[x]) for x in "ab")
    return a, b


def _sizes(sentence: Marked) -> list[Number]:
    """Give the sizes of the arms of a sentence: with "n =", or before "to"."""
    sized = [sentence.numbers[int(m[1] or m[2] or m[3])] for m in _SIZED.finditer(sentence.text)]
    if len(sized) >= 2:
        named = [n for n in sized if n.whole >= 10]
        whole = [n for n in named if n.whole == sum(x.whole for x in named) - n.whole]
        return [n for n in named if n not in whole] if len(named) == len(sized) else []
    if not _ASSIGN.search(sentence.text) and not re.search(r"receiv", sentence.text):
        return []
    found = [sentence.numbers[int((m[1] or m[2] or m[3]).strip("⟨⟩c"))] for m in _TO.finditer(sentence.text)]
    return [n for n in found if n.whole >= 10]


def _chance(one: int, two: int, a: int, b: int) -> float:
    """Give the two-sided probability (normal approximation) of numbers so far from the ratio."""
    n, share = one + two, a / (a + b)
    return erfc(abs(one - n * share) / sqrt(n * share * (1 - share)) / sqrt(2))


def _finding(reading: Reading, line: Line, match: re.Match[str], other: Line, one: Number, two: Number) -> Finding:
    return reading.finding(
        "ALLOCATION_RATIO", "inconsistent",
        f"arms of {one.printed} and {two.printed} are not what an allocation of '{match[0]}' gives",
        "the arms may have been assigned by cluster or by a ratio that changed; otherwise a digit is misprinted",
        quotes=(line.piece(match), spot(other, one), spot(other, two)),
    )  # fmt: skip
