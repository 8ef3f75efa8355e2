"""Counts with a percentage that no number gives: "twenty-three children (77.8%)" are of 29 or 30, not quite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import denominators_that_print, last_digit, percent
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_PEOPLE = (
    r"(?:patients|people|participants|subjects|children|infants|neonates|newborns|adults|adolescents|women|men|boys|"
    r"girls|females?|males?|mothers|cases|eyes|implants|individuals|persons|respondents|students|residents|nurses|"
    r"physicians|surgeons|volunteers|recipients|donors|survivors|teeth|knees|hips|limbs|lesions|tumou?rs|procedures|"
    r"operations|pregnancies|deliveries|births|samples|specimens|isolates|studies|trials|articles|hospitals|centres|"
    r"centers|schools|households|dogs|cats|cows|animals|rats|mice|sessions|visits|episodes|admissions|records)"
)
_WORD = r"(?: (?!(?:and|or|but|versus|vs|than|while|whereas|of|to)\b)[A-Za-z][\w'/-]*)"
_TOLD = Expression(
    rf"(?:^|[.:;(,] |\b(?:and|or|in|of|whom|for|by|only|were|was|vs|versus|with|but|while|whereas|to|total of|had) )"
    rf"(?:the (?:other|remaining) )?⟨c(?P<k>\d+)⟩(?:{_WORD}{{0,2}}? {_PEOPLE}\b{_WORD}{{0,5}}?)? ?"
    r"\(⟨p(?P<p>\d+)⟩(?=[);,])"
)
_CALLED = Expression(
    r"\b(?!(?:and|or|in|of|whom|for|by|only|were|was|vs|versus|with|but|while|to|had|among)\b)[A-Za-z]+ "
    r"⟨[a-z]\d+⟩ ?\(⟨p\d+⟩\)(?:,|,? and|,? or|,? vs|,? versus) $"
)
"""A number by which something is called, "compounds 5 (78.9%) and 9 (73.4%)", stands before."""
_OF = Expression(r"⟨[a-z]\d+⟩(?: [a-z]+){0,2} (?:out )?of (?:the |these |those |all |our ){0,2}$|/ ?$")
"""What makes the number a denominator: "at 1 year 61 of 90 (67.8%)"."""
_BARE = Expression(r"^⟨c\d+⟩ ?\(")
LEAST, MOST = 5, 2000
"""Least count told without a noun: a smaller one may be a number by which something is called. Most counted."""


def shares_of_nothing(reading: Reading) -> Iterator[Finding]:
    """Check counts whose percentage is that of no denominator at all.

    Left alone: changes and estimates, and whole percentages. A note where digits were cut.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        told = {(s.events, s.percent) for s in proportions(sentence) if s.of is None}
        for match in _TOLD.finditer(sentence.text):
            count, share = sentence.numbers[int(match["k"])], sentence.numbers[int(match["p"])]
            at = sentence.text.index(f"⟨c{match['k']}⟩")
            if re.search(r"⟨c\d+⟩ (?:in|out of) $", sentence.text[:at]):
                continue  # "two in 5 (40.5%)"
            bare = _BARE.match(sentence.text[at:])
            if bare and _CALLED.search(sentence.text[max(0, at - 60) : at]):
                continue
            if (count, share) not in told or not (LEAST if bare else 2) <= count.whole <= MOST or share.printed.bound:
                continue
            if not 0 < share.printed.value < 100 or share.printed.decimals < 1:
                continue
            around = sentence.text[max(0, match.start() - 30) : match.end() + 20]
            before = sentence.text[max(0, at - 30) : at]
            around = re.sub(r"\bsurviv(?:ed|ors?)\b", "", around)
            if not CHANGE.search(around) and not _OF.search(before):
                yield from _judged(reading, line, sentence, count, share)


def _judged(reading: Reading, line: Line, sentence: Marked, count: Number, share: Number) -> Iterator[Finding]:
    near = int(100 * count.whole / float(share.printed.value))
    if near > 100 * MOST or denominators_that_print(share.printed, count.whole, near + 2):
        return
    cut = next(
        (c for n in (near, near + 1) if n >= count.whole and (c := last_digit(share.printed, count.whole, n))), ""
    )
    given = " and ".join(
        f"{count.whole} of {n} is {percent(count.whole, n):.{share.printed.decimals}f}%"
        for n in (near, near + 1) if n >= count.whole
    )  # fmt: skip
    yield reading.finding(
        "COUNT_PERCENT", "note" if cut else "inconsistent",
        f"{count.printed} ({share.printed}%) is inconsistent with any denominator: {given}"
        + (f"; {cut}" if cut else ""),
        "the count or the percentage is misprinted, or the percentage is of something else",
        quotes=(spot(line, count, share),),
    )  # fmt: skip
