"""Doses by weight, and clearance against exposure: "20 mg/kg", "weight 7.9-23.6 kg", "158 to 472 mg"; CL = dose / AUC.

The least and the largest dose are those of the least and the largest weight where one dose by weight is given: one end
that fits shows what is meant. Two groups on one dose have clearances in the inverse order of their exposures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DOSE_BY_WEIGHT", "CLEARANCE")

_N = r"\d+(?:[.·]\d+)?"
_BY_WEIGHT = Expression(rf"(?<![\w.,·/–-])(?P<v>{_N})\s?(?P<u>mg|µg|μg|mcg|g|IU|U|mL|ml)\s?(?:/|per )\s?kg\b")
_RANGE = rf"(?P<a>{_N})\s?(?:UNIT)?\s?(?:to|-|–|and)\s?(?P<b>{_N})"
_WEIGHT = Expression(
    rf"\bweigh\w*\b(?:[^.;]|\.\d){{0,60}}?\b{_RANGE.replace('UNIT', 'kg')}"
    rf"(?:\s?kg)?(?![\d]|[.·]\d|\s?(?:%|years?|months?|mg|/))",
    re.I,
)
_DOSE = Expression(
    rf"(?<![\w.,·/–-]){_RANGE.replace('UNIT', 'mg|µg|g')}\s?(?P<u>mg|µg|μg|mcg|g|IU|U|mL|ml)\b(?!\s?(?:/|per))"
)
_BETWEEN = r"(?:[^.;\d]|\.(?=h)){0,40}?\s(?:v\.?|vs\.?|versus|and|compared with|against)\s[a-z ]{0,25}?"
_PAIR = rf"(?P<a>{_N}){_BETWEEN}(?P<b>{_N})"
_CLEARANCE = Expression(
    rf"\b(?:clearance|CL(?:/F)?)\b[^.;\d]{{0,50}}?{_PAIR}\s?(?:m?L|l|ml)(?:/| per )(?:h|min|hour)", re.I
)
_AUC = Expression(
    rf"\b(?:AUC[\w∞–-]*|area under the (?:concentration|curve)[^.;\d]{{0,40}})[^.;\d]{{0,30}}?{_PAIR}", re.I
)
_CAPPED = Expression(r"\bmaxim\w+|\bup to\b|\bcap(?:ped)?\b|\bceiling\b|not (?:to )?exceed", re.I)
NEAR = 0.015
"""Share by which a dose may be off that is given as whole units."""


def doses(reading: Reading) -> Iterator[Finding]:
    """Check ranges of doses against ranges of weight, and clearances against exposures."""
    every = [x for x in lines(reading, ("abstract", "methods", "results", "body")) if re.search(r"\d", x.words)]
    yield from _by_weight(reading, every)
    yield from _cleared(reading, every)


def _by_weight(reading: Reading, every: list[Line]) -> Iterator[Finding]:
    said = {(m["v"], m["u"]) for x in every for m in _BY_WEIGHT.finditer(x.words)}
    weights = [(x, m) for x in every for m in _WEIGHT.finditer(x.words)]
    if not said or len(weights) != 1:
        return
    at, weight = weights[0]
    low, high = _ends(weight)
    for line in every:
        for m in _DOSE.finditer(line.words):
            for v, unit in said:
                if unit != m["u"] or not 0 < low.middle < high.middle:
                    continue
                each = span(_parse(v)).middle
                made = [Span(each * w.low * (1 - NEAR), each * w.high * (1 + NEAR)) for w in (low, high)]
                fits = [own.meets(x) for own, x in zip(_ends(m), made, strict=True)]
                capped = fits[0] and float(_parse(m["b"])) < made[1].low and _CAPPED.search(reading.document.prose)
                if fits[0] != fits[1] and not capped:
                    end, at_weight = ("b", high) if fits[0] else ("a", low)
                    gives = each * at_weight.middle
                    yield reading.finding(
                        "DOSE_BY_WEIGHT", "inconsistent",
                        f"{m[end]} {unit} is inconsistent with {v} {unit}/kg for {weight[end]} kg, "
                        f"which is {gives:.4g} {unit}; the other end of the range fits",
                        "doses may be capped or rounded; otherwise one of the three is misprinted",
                        quotes=(line.piece(m), at.piece(weight)), computed=((unit, f"{gives:.4g}"),),
                    )  # fmt: skip


def _cleared(reading: Reading, every: list[Line]) -> Iterator[Finding]:
    """Find two clearances that fit two exposures only the other way round."""
    for index, line in enumerate(every):
        near = [x for x in every[max(0, index - 1) : index + 2] if x.section == line.section]
        for m in _CLEARANCE.finditer(line.words):
            found = [(x, n) for x in near for n in _AUC.finditer(x.words)]
            if len(found) != 1:
                continue
            other, n = found[0]
            (a, b), (c, d) = _ends(m), _ends(n)
            straight, turned = (_alike(a, c, b, d), _alike(a, d, b, c))
            if turned and not straight:
                spots: tuple[Spot, ...] = (line.piece(m), other.piece(n))
                yield reading.finding(
                    "CLEARANCE", "inconsistent",
                    f"clearances of {m['a']} and {m['b']} are inconsistent with exposures of {n['a']} and {n['b']} on "
                    "one dose: they fit the other way round",
                    "the groups may have had different doses; otherwise two values are exchanged", quotes=spots,
                )  # fmt: skip


def _alike(a: Span, c: Span, b: Span, d: Span) -> bool:
    """Say whether two products of clearance and exposure are nearly the same dose."""
    one, two = a.middle * c.middle, b.middle * d.middle
    return abs(one - two) <= 0.06 * max(one, two)


def _ends(match: re.Match[str]) -> tuple[Span, Span]:
    return span(_parse(match["a"])), span(_parse(match["b"]))


def _parse(text: str) -> Printed:
    return Printed.parse(text.replace("·", "."))
