"""A rate told again per another number of person-years: "44 per 100" for the 44.4 per 1000 of the full text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.rates_in_turn import TIME
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_RATE = Expression(
    r"(?:⟨d(?P<q>\d+)⟩ (?:and|vs?|versus|or|against) )?⟨[dcx](?P<r>\d+)⟩(?: ?\(⟨l\d+⟩[^()]{0,40}\)| [a-z-]+){0,4}? "
    r"per ⟨[ucxm](?P<s>\d+)⟩(?P<unit>[^⟨.;,]{0,24})"
)
SCALES = (1, 10, 100, 1000, 10_000, 100_000)


class _Rate(NamedTuple):
    line: Line
    rate: Number
    base: int
    unit: str

    @property
    def digits(self) -> int:
        return len(self.rate.printed.text.replace(".", "").strip("0+-"))

    def same(self, other: _Rate) -> bool:
        """Say whether one rate is the other, or the other rounded."""
        one, two = self.rate.printed, other.rate.printed
        less, more = (one, two) if one.decimals <= two.decimals else (two, one)
        low, high = span(less)
        return low <= float(more.value) <= high


def rates_retold(reading: Reading) -> Iterator[Finding]:
    """Compare the base of each rate with that of the same rate in the other documents, and in the rest of this one.

    Found: the rate, of two digits (three within one document), is told with another base and never with its own. Left
    alone: time in other units.
    """
    own = list(_rates(reading))
    for rate in own:
        if rate.digits < 2:
            continue
        for other in reading.related:
            theirs = [x for x in _rates(other) if x.unit == rate.unit and x.digits > 1 and x.same(rate)]
            if theirs and all(x.base != rate.base for x in theirs):
                yield _finding(reading, rate, theirs[0], other)
                return
    for rate in own:
        again = [x for x in own if x.rate != rate.rate and x.unit == rate.unit and x.same(rate)]
        alike = [x for x in again if x.rate.printed.text == rate.rate.printed.text and rate.digits > 2]
        if len(again) == len(alike) == 1 and again[0].base != rate.base and again[0].line != rate.line:
            yield _finding(reading, rate, again[0], reading)
            return


def _rates(reading: Reading) -> Iterator[_Rate]:
    for line in lines(reading, ("abstract", "results", "discussion", "conclusion", "body")):
        if " per " not in line.words:
            continue
        sentence = marked(line.words)
        for match in _RATE.finditer(sentence.text):
            base = sentence.numbers[int(match["s"])].printed
            unit = TIME.search(match["unit"])
            if unit is not None and not base.decimals and int(base.value) in SCALES:
                for i in (match["q"], match["r"]):
                    if i is not None:
                        yield _Rate(line, sentence.numbers[int(i)], int(base.value), unit[0][0].lower())


def _finding(reading: Reading, rate: _Rate, other: _Rate, where: Reading) -> Finding:
    own = spot(other.line, other.rate)
    return reading.finding(
        "RATE", "inconsistent",
        f"{rate.rate.printed} per {rate.base} is inconsistent with {other.rate.printed} per {other.base}"
        + (f" in {where.document.id}" if where is not reading else " elsewhere"),
        "one of the two bases is misprinted, or the rates are alike by chance",
        quotes=(spot(rate.line, rate.rate), *((own,) if where is reading else ())),
        others=() if where is reading else (where.quoted(*own),),
    )  # fmt: skip
