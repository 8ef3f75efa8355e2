"""Clearance as dose through exposure: AUCs of 53.4 and 25.1 mg·h/L after 50 mg, clearances of 0.94 and 1.19 L/h.

That 0.94 x 53.4 is the dose shows the definition; the clearance of another period must fit its exposure likewise.
A half-life told with its rate constant is ln 2 divided by it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_LIST = rf"(?P<list>{_N}(?:(?:,? (?:and|vs\.?|versus) |, ){_N})+)"
_EXPOSURE = Expression(rf"\bAUC[^.;]{{0,40}}? (?:was |were |of |averaged )?{_LIST}\s?mg\s?[.·*×/ ]?\s?h/L")
_CLEARANCE = Expression(
    rf"\b(?:clearance|CL(?:/F)?)\b[^.;\d]{{0,40}}?(?P<a>{_N})\s?(?:L/h)?[^.;\d]{{0,12}}?(?:\bperiod \d )?(?:to|"
    rf"and|vs\.?|versus) "
    rf"(?:[a-z]+ ){{0,2}}?(?P<b>{_N})\s?L/h(?!/)", re.I,
)  # fmt: skip
_DOSE = Expression(rf"(?<![\w.,/-])(?P<v>{_N})\s?mg\b(?!\s?[/.·×*]|\s?h\b)")
_HALF = Expression(
    rf"\bhalf-?li(?:fe|ves)\b[^.;\d]{{0,30}}?(?P<t>{_N})\s?(?P<u>h|min|days?)[a-z]*\b(?:[^;\d]|\.(?=\d)){{0,70}}?"
    rf"\brate constant\b[^.;\d]{{0,25}}?(?P<k>{_N})\s?(?:/\s?|per |(?=(?:h|min|day)[a-z]*\s?-1))(?P<u2>h|min|"
    rf"day)", re.I,
)  # fmt: skip
NEAR, FAR = 0.02, 0.15


def dose_and_exposure(reading: Reading) -> Iterator[Finding]:
    """Check clearances against exposures where one of them shows the dose, and half-lives against rate constants."""
    every = [x for x in lines(reading, ("abstract", "methods", "results", "body")) if re.search(r"\d", x.words)]
    for line in every:
        for match in _HALF.finditer(line.words):
            yield from _half_life(reading, line, match)
    cleared = [(x, m) for x in every if "learance" in x.words or "CL" in x.words for m in _CLEARANCE.finditer(x.words)]
    exposed = [(x, m) for x in every if "AUC" in x.words for m in _EXPOSURE.finditer(x.words)] if cleared else []
    if len(exposed) != 1:
        return
    doses = {_float(m["v"]) for x in every for m in _DOSE.finditer(x.words)}
    areas = [_float(n) for n in re.findall(_N, exposed[0][1]["list"])]
    for line, match in cleared:
        a, b = _float(match["a"]), _float(match["b"])
        shown = [(d, x) for d in doses for x in areas if abs(a * x - d) <= NEAR * d]
        other = [x for x in areas if not shown or x != shown[0][1]]
        if len(shown) != 1 or not other:
            continue
        tried = [abs(b * x / (d * k) - 1) for x in other for d in doses for k in (0.5, 1, 2)]
        if min(tried) <= FAR / 2:
            continue
        dose, area = shown[0]
        made = " or ".join(f"{dose / x:.3g}" for x in other)
        yield reading.finding(
            "DERIVED_VALUE", "inconsistent",
            f"a clearance of {match['b']} is inconsistent with the exposures told: {match['a']} times {area:g} "
            f"is the dose "
            f"of {dose:g} mg, and so another is {made}",
            "another dose may have been given; otherwise one of the values is misprinted",
            quotes=((line.start + match.start("b"), line.start + match.end("b")), exposed[0][0].piece(exposed[0][1])),
            computed=(("clearance", made),),
        )  # fmt: skip


def _half_life(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    hours = {"h": 1.0, "m": 1 / 60, "d": 24.0}
    half = _float(match["t"]) * hours[match["u"][0].lower()]
    constant = _float(match["k"]) / hours[match["u2"][0].lower()]
    if constant <= 0 or abs(half * constant / math.log(2) - 1) <= FAR:
        return
    made = math.log(2) / constant / hours[match["u"][0].lower()]
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"a half-life of {match['t']} {match['u']} is inconsistent with a rate constant of {match['k']}, which makes "
        f"{made:.3g}",
        "the half-life may be of another phase; otherwise one of both is misprinted",
        quotes=(line.piece(match),), computed=(("half-life", f"{made:.4g}"),),
    )  # fmt: skip


def _float(text: str) -> float:
    return float(text.replace(",", ""))
