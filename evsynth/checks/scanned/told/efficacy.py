"""A vaccine efficacy told with the rates of both groups: "2.43 per 1000, 12.20 per 1000, VE 82.1%"; it is 1 - ratio."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_N = r"\d+(?:\.\d+)?"
_RATE = Expression(rf"(?<![\w.,-])(?P<v>{_N})(?: cases| events)? per (?P<base>\d[\d,]*|thousand|million)\b", re.I)
_EFFICACY = Expression(
    rf"\b(?:VE|(?:vaccine |protective )?(?:efficacy|effectiveness))(?: \(VE\))?(?: of| was|,|:|=)? ?(?P<e>{_N})\s?%"
)
_OTHER = Expression(r"adjust|model|weighted|matched|hazard|odds", re.I)
ROOM = 0.6
"""Percentage points by which an efficacy may be off, beyond the rounding of both rates."""


def efficacy(reading: Reading) -> Iterator[Finding]:
    """Check an efficacy that follows two rates on one base in its sentence.

    Left alone: adjusted efficacies, those of a model, and sentences with more rates or efficacies.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if " per " not in line.words or _OTHER.search(line.words):
            continue
        rates = list(_RATE.finditer(line.words))
        told = [m for m in _EFFICACY.finditer(line.words) if rates and m.start() > rates[-1].end()]
        if len(rates) != 2 or len(told) != 1 or rates[0]["base"] != rates[1]["base"]:
            continue
        one, two = (span(Printed.parse(m["v"])) for m in rates)
        own = span(Printed.parse(told[0]["e"]))
        low, high = (one, two) if one.middle < two.middle else (two, one)
        if low.low <= 0 or told[0].start() - rates[1].end() > 90:
            continue
        made = Span(100 * (1 - low.high / high.low), 100 * (1 - low.low / high.high))
        if made.low - ROOM <= own.high and own.low <= made.high + ROOM:
            continue
        yield reading.finding(
            "RELATIVE_CHANGE", "inconsistent",
            f"an efficacy of {told[0]['e']}% is inconsistent with rates of {rates[0]['v']} and {rates[1]['v']}, "
            f"which make "
            f"{made.middle:.3g}%",
            "an adjusted efficacy may be meant; otherwise one of the numbers is misprinted",
            quotes=(line.piece(told[0]), line.piece(rates[0]), line.piece(rates[1])),
            computed=(("per cent", f"{made.middle:.4g}"),),
        )  # fmt: skip
