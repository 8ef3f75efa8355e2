"""Find a quote in its source, and the numbers of each value in the quote."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.model.printed import Printed
from evsynth.text.normalise import Normal, normalise
from evsynth.text.numerals import Numeral, number_words, numerals


class Found(NamedTuple):
    """Where a quote stands: how often, and the offset of the first time in the normalised source."""

    times: int
    start: int


class Piece(NamedTuple):
    """Where a printed piece stands in its normalised quote, and the numbers in it (offsets in the quote)."""

    start: int
    end: int
    text: str
    digits: tuple[Numeral, ...]
    words: tuple[Numeral, ...]


def find(quote: str, source: Normal) -> Found:
    """Count the places at which `quote` stands in `source`, white space and look-alike characters folded."""
    wanted = normalise(quote).text.strip()
    if not wanted:
        return Found(0, -1)
    return Found(source.text.count(wanted), source.text.find(wanted))


def pieces(quote: str, printed: list[str]) -> list[Piece | None]:
    """Find printed pieces in a quote from left to right, each after the one before; None where one is not there."""
    text = normalise(quote).text.strip()
    digits = numerals(text)
    position = 0
    result: list[Piece | None] = []
    for wanted in printed:
        folded = normalise(wanted).text.strip()
        start = _whole(text, folded, position, digits)
        if start < 0:
            result.append(None)
            continue
        position = end = start + len(folded)
        inside = tuple(n for n in digits if start <= n.start < end)
        words = tuple(Numeral(start + n.start, start + n.end, n.text) for n in number_words(folded))
        result.append(Piece(start, end, text[start:end], inside, words))
    return result


def _whole(text: str, wanted: str, position: int, digits: tuple[Numeral, ...]) -> int:
    """Find a piece that cuts no number in two ("1 (5)" is not in "21 (5)"); where there is none, any such piece."""
    first = start = text.find(wanted, position)
    while start >= 0:
        end = start + len(wanted)
        if not any(n.start < start < n.end or n.start < end < n.end for n in digits):
            return start
        start = text.find(wanted, start + 1)
    return first


_NEGATION = re.compile(r"\b(?:no|not|none|never|neither|nor|without)\b|\bnon-", re.IGNORECASE)


def match(piece: Piece, stored: list[Printed], *, prose: bool = False) -> tuple[Numeral, ...] | None:
    """Pair the stored numbers with the numbers of a piece, one by one in order; None if they are not the same.

    Number words count only where the digits alone do not fit. With `prose` a single zero may also stand in a negation
    without any number ("did not lead to discontinuation"); it is then placed on the whole piece.
    """
    negated = prose and not piece.digits and not piece.words and _NEGATION.search(piece.text)
    if negated and [number.value for number in stored] == [0]:
        return (Numeral(piece.start, piece.end, "0"),)
    mixed = tuple(sorted((*piece.digits, *piece.words)))
    for candidate in (piece.digits, mixed, piece.words):
        if len(candidate) == len(stored) and all(
            _same(numeral, number) for numeral, number in zip(candidate, stored, strict=True)
        ):
            return candidate
    return None


def bound_before(quote: str, numeral: Numeral) -> str:
    """Give the inequality sign printed before a number of a normalised quote, or nothing."""
    before = quote[: numeral.start].rstrip()
    for sign, meaning in (("<=", "≤"), (">=", "≥"), ("<", "<"), (">", ">"), ("≤", "≤"), ("≥", "≥")):
        if before.endswith(sign):
            return meaning
    return ""


def _same(numeral: Numeral, number: Printed) -> bool:
    found = Printed.parse(numeral.text)
    return found.value == number.value and found.decimals == number.decimals
