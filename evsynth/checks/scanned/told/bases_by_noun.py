"""Shares of people called by one noun, "169 controls (28.6%)", against how many of them the text tells at most."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import last_digit
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_SHARE = Expression(
    r"⟨c(?P<k>\d+)⟩ (?:(?:of|in) (?:the |these |all )?)?(?P<noun>[a-z][a-z-]{3,}s|women|men|children|people)"
    r"(?: [a-z]+){0,2}? ?(?:\(|, (?:or |i\.e\.,? )?)⟨p(?P<p>\d+)⟩"
)
_TOLD = Expression(
    r"⟨c(?P<k>\d+)⟩ (?:[a-z-]+ ){0,3}?(?P<noun>[a-z][a-z-]{3,}s|women|men|children|people)\b|"
    r"\b(?P<name>[A-Za-z][a-z-]{3,}s|[Ww]omen|[Mm]en|[Cc]hildren) ?\([nN] ?= ?⟨c(?P<n>\d+)⟩\)"
)
_DENOMINATOR = Expression(r"(?:/|\b(?:of|among|amongst)(?: the| these| all)?) ?$")
APART = 0.25
"""Percentage points that a share must be off at least; less may be cut off."""
_Told = dict[str, tuple[Line, Number]]


def bases_by_noun(reading: Reading) -> Iterator[Finding]:
    """Compare "61 cases (19.2%) and 169 controls (28.6%)" with 318 cases and 636 controls.

    Found: no number printed gives the share, and it is the only one of its noun that does not fit, and
    shares of this or another noun fit theirs, or one digit mends it. Left alone:
    shares that people without data explain, estimates and changes.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    wholes = _wholes(every)
    told = [(x, m) for x in every if "%" in x.words or "cent" in x.words for m in _SHARE.finditer(marked(x.words).text)]
    right: set[str] = set()
    odd: dict[str, list[tuple[Line, Number, Number]]] = {}
    for line, match in told:
        sentence, noun = marked(line.words), match["noun"]
        count, percent = sentence.numbers[int(match["k"])], sentence.numbers[int(match["p"])]
        if _DENOMINATOR.search(sentence.text[: match.start()]):
            continue
        if noun not in wholes or wholes[noun][1].whole <= count.whole or percent.printed.bound:
            continue
        if prints(count.whole, wholes[noun][1].whole, percent.printed):
            right.add(noun)
        elif not CHANGE.search(sentence.text[max(0, match.start() - 40) : match.end() + 20]):
            odd.setdefault(noun, []).append((line, count, percent))
    for noun, shares in odd.items():
        line, count, percent = shares[0]
        where, of = wholes[noun]
        if len(shares) > 1 or count.whole < 5 or percent.printed.decimals < 1:
            continue
        real = 100 * count.whole / of.whole
        slip = _slip(count, percent, of.whole)
        if abs(real - float(percent.printed.value)) < APART:
            continue
        if missing(Proportion(count, percent, None, 0, 0), of.whole) and not (right and slip):
            continue
        if any(prints(count.whole, n, percent.printed) for n in printed_numbers(reading) if n >= count.whole):
            continue
        if any(last_digit(percent.printed, count.whole, n) for n in sizes_said(reading) if n >= count.whole):
            continue  # of the whole study, with its digits cut
        if right or slip:
            yield share_finding(reading, line, count, percent, of.whole, (spot(line, count, percent), spot(where, of)))


def _wholes(every: list[Line]) -> _Told:
    """Give the largest number told of each noun, with its sentence."""
    found: _Told = {}
    for line in every:
        sentence = marked(line.words)
        for match in _TOLD.finditer(sentence.text):
            noun, number = (match["noun"] or match["name"]).lower(), sentence.numbers[int(match["k"] or match["n"])]
            if noun not in found or number.whole > found[noun][1].whole:
                found[noun] = (line, number)
    return found


def _slip(count: Number, percent: Number, of: int) -> bool:
    """Say whether one digit of the percentage, or two exchanged in it or in the count, makes it a share of a number."""
    scale = 10**percent.printed.decimals
    said, right = round(float(percent.printed.value) * scale), round(100 * count.whole / of * scale)
    if swapped(said, right) or (one_digit(said, right) and abs(said - right) >= scale):
        return True
    meant = round(float(percent.printed.value) * of / 100)
    return swapped(count.whole, meant) and prints(meant, of, percent.printed)
