"""The adjusted R² told as the share of the variance that a model explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ADJUSTED_R_SQUARED",)

_EXPLAINED = Expression(
    r"\b(?:explain\w*|account\w*(?: for)?)\b[^.;]{0,40}?(?P<share>\d+(?:\.\d+)?) ?%[^.;]{0,60}?\b(?:variance|variation|"
    r"variability)\b[^;]{0,60}?\badj(?:usted|\.)?[ -]?R ?[²2^]{1,2}\s*(?:=|:|of|was)?\s*(?P<r>0?\.\d+)",
    re.I,
)


def adjusted_r_squared(reading: Reading) -> Iterator[Finding]:
    """Find "explained 22.8% of the variance (adjusted R² = 0.228)", where both are one number.

    A note: R² is the share explained in the sample; the adjusted one is smaller. Left alone: another number.
    """
    for line in lines(reading, ("abstract", "results", "body", "discussion")):
        match = _EXPLAINED.search(line.words.replace("\n", " "))
        if match is None or abs(float(match["share"]) / 100 - float(match["r"])) > 0.00051:
            continue
        yield reading.finding(
            "ADJUSTED_R_SQUARED", "note",
            f"{match['share']}% of the variance is the adjusted R², {match['r']}; the share explained is R² itself",
            "the adjusted one estimates the share in new patients, and many papers call it so",
            quotes=(line.piece(match),),
        )  # fmt: skip
