"""Totals of doses and of time told with their factors: "60 Gy in 30 fractions of 2 Gy", "24 sessions of 45 minutes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("TIMES_DIFFER",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_K = rf"(?:\d{{1,3}}|{WORD})"
_GY = r"(?:c?Gy)(?:\s?[(\[]RBE[)\]])?"
_FRACTIONS = (
    Expression(
        rf"(?<![\w.,-])(?P<total>{_N})\s?(?P<unit>{_GY})\b(?: was| were)?(?: given| delivered)?(?: in| over|/| "
        rf"with| using)\s?"
        rf"(?P<k>{_K})\s?(?:daily |equal )?fractions?\b(?: \([^()]*\))?,?(?: of| at| each of|,? \(?at| \(| with)\s?"
        rf"(?P<one>{_N})\s?(?P<unit1>{_GY})(?!\s?(?:to|-|and|in)\b)"
    ),
    Expression(
        rf"(?<![\w.,-])(?P<k>{_K}) (?:daily |equal )?fractions? of (?P<one>{_N})\s?(?P<unit1>{_GY})(?: each)?\s?"
        rf"(?:,? to (?:a )?|[(,] ?(?:a |for a |up to a )?)total (?:dose )?(?:of )?(?P<total>{_N})\s?(?P<unit>{_GY})\b"
    ),
)
_SPENT = Expression(
    rf"\b(?P<k>{_K}) (?:(?!of\b)[a-z-]+ ){{0,3}}?(?:sessions?|classes|lessons|visits|workshops|meetings) "
    rf"(?:of|lasting|, each of|each lasting) (?P<one>{_N})[ -]?(?P<unit1>min|h)[a-z]*(?: each)?\s?[(,;]\s?"
    rf"(?:in |a |for a )?total(?:ling|ing)?(?: (?:of|time|duration|:))*,?:?\s(?P<total>{_N}) ?(?P<unit>min|"
    rf"h)[a-z]*", re.I,
)  # fmt: skip
_COURSE = Expression(
    rf"(?<![\w.,/-])(?P<one>{_N})\s?(?P<unit1>mg|g|µg|mcg|IU|mL)(?:/(?P<per2>day|d|week))? ?(?:(?:was|were) [a-z]+ )?"
    rf"(?:[a-z]+ly )?(?:(?P<often>once|twice|(?:two|three|four) times) (?:a |per )?)?(?P<per>daily|weekly|"
    rf"monthly|day|week|month)?"
    rf"(?: for| over) (?P<k>{_K})[ -](?P<long>days?|weeks?|months?)\s?[(,;]\s?(?:i\.e\.,? )?(?:with )?(?:a |the )?"
    rf"(?:total|cumulative)(?: cumulative)? (?:dose )?(?:of |was )?[:,]? ?(?P<total>{_N})\s?(?P<unit>mg|g|µg|"
    rf"mcg|IU|mL)\b", re.I,
)  # fmt: skip
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.4}
_OFTEN = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "four times": 4}
_SIZE = {"cgy": 0.01, "gy": 1.0, "min": 1.0, "h": 60.0, "mg": 1.0, "g": 1000.0, "µg": 0.001, "mcg": 0.001}
_LOOSE = Expression(
    r"\b(?:up to|at least|about|maximum|titrat\w*|increas\w*|then|median|boost|followed|or|loading|"
    r"approximately)\b|[≥≤~]", re.I
)  # fmt: skip
NEAR = 0.02
"""Share by which a total may be off, beyond rounding."""


def dose_totals(reading: Reading) -> Iterator[Finding]:
    """Check the product of two factors against its total told with them.

    Left alone: boosts, loading doses, doses that rise, and factors told as about, at least or at most.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        words = line.words
        patterns = [*(_FRACTIONS if "Gy" in words else ())]
        if re.search(r"\b(?:total|cumulative)", words, re.I):
            patterns += [_SPENT, _COURSE]
        for pattern in patterns:
            for match in pattern.finditer(words):
                made = _made(match)
                told = _scaled(match["total"], match["unit"])
                room = Span(made.low * (1 - NEAR), made.high * (1 + NEAR))
                if made.low <= 0 or room.meets(told) or _LOOSE.search(match[0]):
                    continue
                shown = made.middle / _SIZE.get(_unit(match["unit"]), 1.0)
                yield reading.finding(
                    "TIMES_DIFFER", "inconsistent",
                    f"a total of {match['total']} {match['unit']} is inconsistent with its factors, which make "
                    f"{shown:.4g}",
                    "a boost, a loading dose or an additional session may not be told",
                    quotes=(line.piece(match),), computed=(("product", f"{shown:.4g}"),),
                )  # fmt: skip


def _made(match: re.Match[str]) -> Span:
    one, times = _scaled(match["one"], match["unit1"]), float(value(match["k"]))
    groups = match.groupdict()
    if "long" in groups:
        each = groups["per"] or groups["per2"]
        if not each:
            return Span(0.0, 0.0)
        ratio = _DAYS[groups["long"][0].lower()] / _DAYS[each[0].lower()]
        often = _OFTEN.get((groups["often"] or "once").lower(), 1)
        if ratio < 1:
            return Span(0.0, 0.0)
        slack = 0.05 if "m" in (groups["long"][0].lower(), each[0].lower()) else 0.0
        return Span(one.low * times * ratio * often * (1 - slack), one.high * times * ratio * often * (1 + slack))
    return Span(one.low * times, one.high * times)


def _unit(text: str) -> str:
    return re.split(r"[\s(\[]", text.lower())[0]


def _scaled(number: str, unit: str) -> Span:
    own, size = span(Printed.parse(number)), _SIZE.get(_unit(unit), 1.0)
    return Span(own.low * size, own.high * size)
