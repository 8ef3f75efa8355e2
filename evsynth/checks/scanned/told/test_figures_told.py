"""The figures of one test against each other: rates of the four counts, complements, Bayes' rule, kappa.

Of true and false positives and negatives every rate follows; the false-negative rate is what sensitivity leaves; the
predictive value follows from prevalence, sensitivity and specificity; kappa from observed and expected agreement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.facts.test_figures import SEVERAL, Figure, figures
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, over
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_ABOUT = Expression(
    r"sensitiv|specific|predictive|\bPPV|\bNPV|true[- ](?:positive|negative)|false[- ](?:positive|negative)|"
    r"post-?test|"
    r"(?:expected|chance) agreement|agreement expected", re.I
)  # fmt: skip


class _Law(NamedTuple):
    result: str
    parts: tuple[str, ...]
    make: Callable[..., float]


_LAWS = (
    _Law("sensitivity", ("tp", "fn"), lambda a, b: a / (a + b)),
    _Law("specificity", ("tn", "fp"), lambda a, b: a / (a + b)),
    _Law("PPV", ("tp", "fp"), lambda a, b: a / (a + b)),
    _Law("NPV", ("tn", "fn"), lambda a, b: a / (a + b)),
    _Law("accuracy", ("tp", "tn", "fp", "fn"), lambda a, b, c, d: (a + b) / (a + b + c + d)),
    _Law("prevalence", ("tp", "fn", "tn", "fp"), lambda a, b, c, d: (a + b) / (a + b + c + d)),
    _Law("false-negative rate", ("sensitivity",), lambda a: 1 - a),
    _Law("false-positive rate", ("specificity",), lambda a: 1 - a),
    _Law("PPV", ("sensitivity", "specificity", "prevalence"), lambda s, c, p: s * p / (s * p + (1 - c) * (1 - p))),
    _Law(
        "NPV", ("sensitivity", "specificity", "prevalence"), lambda s, c, p: c * (1 - p) / (c * (1 - p) + (1 - s) * p)
    ),
    _Law("post-test probability", ("prevalence", "LR+"), lambda p, r: p * r / (1 - p + p * r)),
    _Law("kappa", ("observed", "expected"), lambda o, e: (o - e) / (1 - e)),
)
_NONE_MISSED = Expression(
    r"\b(?:no|none of the|not a single|not one)\s(?:[a-zβα-]+\s){0,6}?(?:was|were)\s(?:missed|overlooked|falsely "
    r"negative)\b|"
    r"\b(?:no|without (?:any )?|zero)\s(?:false[- ]negatives?|missed (?:cases|diagnos\w+))\b|\bmissed no\b|"
    r"\bdetected (?:all|every)\b",
    re.I,
)
_NO_ALARM = Expression(r"\b(?:no|without (?:any )?|zero)\sfalse[- ](?:positives?|alarms?)\b(?! rate)", re.I)
ROOM = 0.006
"""By how much a share may be off, beyond rounding."""


def test_figures_told(reading: Reading) -> Iterator[Finding]:
    """Check each rate of a test that is told with its parts in a sentence, or in it and the one before.

    Left alone: texts of several tests, and figures told twice.
    """
    seen: set[int] = set()
    for line, near in passages(reading, _ABOUT, 1, 0):
        for own in (Passage(line.words, line.start), near):
            if not SEVERAL.search(own.words):
                told = figures(own.words)
                yield from (f for f in _laws(reading, own, told, seen))
        yield from _none_missed(reading, Passage(line.words, line.start))


def _laws(reading: Reading, own: Passage, told: dict[str, Figure], seen: set[int]) -> Iterator[Finding]:
    for law in _LAWS:
        if law.result not in told or any(p not in told for p in law.parts):
            continue
        one, parts = told[law.result], [told[p] for p in law.parts]
        spans = [Span(max(0.0, p.number - p.half), p.number + p.half) for p in parts]
        if (
            own.start + one.start in seen
            or not all(p.number > 0 or p.half == 0 for p in parts)
            or sum(p.number for p in parts) == 0
        ):
            continue
        if law.parts[0] not in ("tp", "tn") and any(
            p.number > 1 for k, p in zip(law.parts, parts, strict=True) if k != "LR+"
        ):
            continue
        made = over(law.make, *spans)
        value = one.number / 100 if one.number > 1.2 else one.number
        half = one.half / 100 if one.number > 1.2 else one.half
        if made.low - half - ROOM <= value <= made.high + half + ROOM:
            continue
        seen.add(own.start + one.start)
        exact = law.make(*(p.number for p in parts))
        yield reading.finding(
            "ACCURACY", "inconsistent",
            f"{law.result} {one.printed} is inconsistent with "
            f"{', '.join(f'{k} {p.printed}' for k, p in zip(law.parts, parts, strict=True))}, "
            f"which make {100 * exact:.3g}%",
            "the figures may be of other patients or another cut-off; otherwise a digit is misprinted",
            quotes=tuple(own.spot(f.start, f.end) for f in (one, *parts)), computed=((law.result, f"{exact:.4g}"),),
        )  # fmt: skip


def _none_missed(reading: Reading, own: Passage) -> Iterator[Finding]:
    """Find a sensitivity below 100% of a test that missed nothing, and a specificity below it without a false alarm."""
    for name, pattern in (("sensitivity", _NONE_MISSED), ("specificity", _NO_ALARM)):
        match = pattern.search(own.words)
        if match is None or SEVERAL.search(own.words):
            continue
        one = figures(own.words).get(name)
        if (
            one is None
            or one.number + one.half >= 1
            or re.search(
                r"\b(?:high|at (?:a|this)|when|if|"
                r"cut-?offs?)\b",
                own.words,
                re.I,
            )
        ):
            continue
        yield reading.finding(
            "ACCURACY", "inconsistent",
            f"a {name} of {one.printed} is inconsistent with '{' '.join(match[0].split())}', which makes it 100%",
            "the two may be of other patients; otherwise a number is misprinted",
            quotes=(own.spot(*match.span()), own.spot(one.start, one.end)),
        )  # fmt: skip
