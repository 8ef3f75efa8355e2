"""Predictive values printed in each other's place: only exchanged do they fit the share of the diseased that is told.

Sensitivity 88.5%, specificity 81.6%, PPV 91.2% and NPV 76.7% need 68% diseased; exchanged they need 40.6%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.accuracy_read import rates_of_test
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_PREDICTIVE = Expression(r"predictive|PPV|NPV", re.I)
NAMES = ("PPV", "NPV", "sensitivity", "specificity")


def predictive_values_exchanged(reading: Reading) -> Iterator[Finding]:
    """Find sentences with all four rates of one test whose predictive values stand in each other's place."""
    if is_review(reading):
        return
    every = list(lines(reading, ("abstract", "results", "body")))
    for line in every:
        told = rates_of_test(line) if _PREDICTIVE.search(line.words) else {}
        if not set(NAMES) <= set(told) or any(told[k].kind != "p" for k in NAMES):
            continue
        p, n, s, c = (_share(told[k]) for k in NAMES)
        if any(x.low <= 0.02 or x.high >= 1 for x in (p, n, s, c)):
            continue
        own, turned = _diseased(p, n, s, c), _diseased(n, p, s, c)
        if own is None or turned is None:
            continue
        shares = [m for x in every for m in marked(x.words).numbers if m.kind == "p" and not m.printed.bound]
        fit = [m for m in shares if turned.low <= float(m.printed) / 100 <= turned.high]
        if fit and not any(own.low <= float(m.printed) / 100 <= own.high for m in shares):
            yield reading.finding(
                "ACCURACY", "inconsistent",
                f"PPV {told['PPV'].printed} and NPV {told['NPV'].printed} are exchanged: only the other way round do "
                f"they need {fit[0].printed}% diseased, as told",
                "the rates may be of other patients, or corrected for a prevalence elsewhere",
                quotes=tuple(spot(line, told[k]) for k in NAMES),
            )  # fmt: skip


def _share(number: Number) -> Span:
    one = span(number.printed)
    return Span(one.low / 100, one.high / 100)


def _diseased(p: Span, n: Span, s: Span, c: Span) -> Span | None:
    """Give the share of the diseased that both predictive values need; None where they need two different ones."""
    one = Span(p.low / (1 - p.low) * (1 - c.high) / s.high, p.high / (1 - p.high) * (1 - c.low) / s.low)
    two = Span(c.low / (1 - s.low) * (1 - n.high) / n.high, c.high / (1 - s.high) * (1 - n.low) / n.low)
    low, high = max(one.low, two.low), min(one.high, two.high)
    return Span(low / (1 + low), high / (1 + high)) if low <= high else None
