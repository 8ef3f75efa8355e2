"""The sign of a difference whose order is told: "restrictive minus liberal, +7.1 points", of 13.2% and 20.3%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import group_stems
from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, proportions
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_OF_SHARES",)

_ORDER = Expression(
    r"[(,:]? ?\b(?P<a>[A-Za-z][\w-]*(?: [a-z]+)?) minus (?P<b>[A-Za-z][\w-]*)(?: [a-z]+)?\)?(?:,|:| =| was| of| "
    r"being| amounted to)* "
    r"?\(?⟨[opds](?P<d>\d+)⟩"
)


def signed_difference(reading: Reading) -> Iterator[Finding]:
    """Compare the sign of a difference with the two shares of the groups that it names.

    Left alone: a difference whose groups are not both named beside one share each.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if " minus " not in line.words:
            continue
        sentence = marked(line.words)
        limits = intervals_of(sentence)
        for match in _ORDER.finditer(sentence.text):
            told = sentence.numbers[int(match["d"])]
            shares = [
                s for s in proportions(sentence)
                if s.percent is not None and s.percent != told and sentence.numbers.index(s.percent) not in limits
                and s.start < match.start()
            ]  # fmt: skip
            pair = _pair(sentence, shares, match)
            if pair is None:
                continue
            one, two = pair
            difference = float(one.printed) - float(two.printed)
            value = float(told.printed)
            if _unsigned(line.words, told) or value * difference >= 0 or abs(difference) < 0.5:
                continue
            yield reading.finding(
                "DIFFERENCE_OF_SHARES", "inconsistent",
                f"{match['a']} minus {match['b']}, {told.printed}, is inconsistent with {one.printed}% minus "
                f"{two.printed}%", "the order of the groups or the sign is wrong",
                quotes=(spot(line, told), spot(line, one), spot(line, two)),
                computed=(("difference", f"{difference:.4g}"),),
            )  # fmt: skip


def _unsigned(words: str, number: Number) -> bool:
    """Say whether a difference is told without its sign after words for a fall, so that nothing follows."""
    return (
        re.search(r"\b(?:reduction|decrease|lower|fall)\b", words[max(0, number.start - 30) : number.end + 20])
        is not None
    )


def _pair(sentence: Marked, shares: list[Proportion], match: re.Match[str]) -> tuple[Number, Number] | None:
    if len(shares) != 2:
        return None
    words = [sentence.text[s.start : (shares[1].start if s is shares[0] else match.start())] for s in shares]
    named = [group_stems(w) for w in words]
    first, second = group_stems(match["a"]), group_stems(match["b"])
    if not first or not second:
        return None
    order = [[bool(g & n) for n in named] for g in (first, second)]
    one, two = shares[0].percent, shares[1].percent
    if one is None or two is None:
        return None
    if order == [[True, False], [False, True]]:
        return one, two
    return (two, one) if order == [[False, True], [True, False]] else None
