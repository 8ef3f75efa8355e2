"""Means and medians at entry, told in sentences, beyond the least or most that every patient had to have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.least_of_entry import ALLOWED, LATER, joined, limits_told
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_CENTRE = Expression(
    r"\b(?:[Mm]ean|[Mm]edian|[Aa]verage)\s(?:\([^()]{1,20}\)\s)?(?P<what>[A-Za-z][A-Za-z0-9 "
    r"'/-]{1,60}?)(?:\s\([^()]{1,40}\))?,?\s"
    r"(?:at (?:entry|baseline|inclusion|enrol+ment|the start|randomi[sz]ation)\s)?(?:was|were|of|averaged|being|:|=)\s"
    r"(?P<n>-?\d+(?:\.\d+)?)(?![\d,]|\s?(?:-|to)\s?\d)\s?(?P<unit>%|[A-Za-zµ][A-Za-zµ/0-9]*)?"
    r"|\b(?P<what2>[A-Z][A-Za-z0-9 -]{1,40}?)\s(?:averaged)\s(?P<n2>-?\d+(?:\.\d+)?)(?P<unit2>\s?%)?"
)
_PART = Expression(
    r"\b(?:survivors|non-?survivors|responders|subgroup|excluded|screened|change|difference|increase|decrease|rose|"
    r"fell|"
    r"those|who died|after|follow-?up)\b", re.I,
)  # fmt: skip


def entry_in_text(reading: Reading) -> Iterator[Finding]:
    """Hold "mean ejection fraction was 46%" against "an ejection fraction of 40% or less" of the entry criteria.

    The sentence must name the measure and nothing more. Left alone: later times, parts of the patients, other units.
    """
    told = list(limits_told(reading))
    for limit in told:
        if len({(x.low, x.high) for x in told if x.words == limit.words}) > 1:
            continue
        for line in lines(reading, ("abstract", "results", "body")):
            if LATER.search(line.words) or _PART.search(line.words):
                continue
            for match in _CENTRE.finditer(line.words):
                name = "n" if match["n"] else "n2"
                words = key(joined(match["what"] or match["what2"]))
                unit = (match["unit"] or match["unit2"] or "").strip().lower()
                own = words - ALLOWED - {"the", "lowest", "highest"}
                if own - limit.words or not (limit.words <= words or len(own & limit.words) > 1):
                    continue
                if (limit.unit == "%") != (unit == "%") or (limit.unit and unit and unit[0] != limit.unit[0]):
                    continue
                values = span(Printed.parse(match[name]))
                spot = line.start + match.start(name), line.start + match.end(name)
                if (values.high < limit.low or values.low > limit.high) and spot[0] > limit.end:
                    yield reading.finding(
                        "ELIGIBILITY_CONTRADICTS", "inconsistent",
                        f"a mean or median of {match[name]} is inconsistent with the limit for taking part "
                        f"('{limit.text}')",
                        "the limit may hold for another time or part of the study; otherwise a digit is misprinted",
                        quotes=(spot, (limit.start, limit.end)),
                    )  # fmt: skip
                    return
