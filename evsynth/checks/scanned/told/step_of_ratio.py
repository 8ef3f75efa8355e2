"""One ratio told for two steps of a variable: that of ten years is the tenth power of that of one year.

"OR 1.02 per minute, OR 1.22 per ten minutes", "HR 1.10 per 5 units, i.e. 1.21 per 10 units".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.counts import value
from evsynth.checks.scanned.facts.statistics_told import Told, statistics_told
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_STEP = (
    r"(?:per|for (?:each|every|an?)|each|every)\s(?:additional |extra |further )?(?P<n>\d+(?:\.\d+)?|one|two|"
    r"three|four|five|ten|twenty|hundred)?[- ]?(?P<unit>[A-Za-zµ/0-9²]{1,15}?)s?\b"
)
_TOLD = Expression(
    rf"(?P<v>\d+\.\d+)(?:\s?[(\[][^()\[\]]{{0,30}}[)\]])?\s{_STEP}|"
    rf"{_STEP.replace('<n>', '<n2>').replace('<unit>', '<unit2>')}\s(?:was|of|is|"
    rf"increase[^.;()\d]{{0,30}}?)\s?(?P<v2>\d+\.\d+)",
    re.I,
)
_UNITS = {"decade": ("year", 10.0), "century": ("year", 100.0)}
_ADJUSTED = Expression(r"\badjust|\bcrude|multivari|\bmen\b|\bwomen\b|respectively|different|model [23]", re.I)


def step_of_ratio(reading: Reading) -> Iterator[Finding]:
    """Compare two ratios of one sentence for steps of one unit."""
    for line in lines(reading, ("abstract", "results", "body")):
        words = line.words.replace("\n", " ")
        if not re.search(r"\bper\b|\beach\b|\bevery\b", words) or _ADJUSTED.search(words):
            continue
        ratios = [t for t in statistics_told(words) if t.role == "ratio"]
        found = [(m, *_step(m)) for m in _TOLD.finditer(words) if ratios and _of_ratio(words, m, ratios)]
        for (one, n, unit), (two, k, other) in pairwise(found):
            if unit != other or n == k or min(n, k) <= 0:
                continue
            a, b = (Printed.parse(m["v"] or m["v2"]) for m in (one, two))
            if min(float(a), float(b)) <= 0.2 or float(a) == 1:
                continue
            made = _power(span(a), k / n)
            own = span(b)
            if own.low <= made.high * 1.01 and made.low * 0.99 <= own.high:
                continue
            yield reading.finding(
                "DERIVED_VALUE", "inconsistent",
                f"a ratio of {b} for {k:g} {unit} is inconsistent with {a} for {n:g}, which makes {made.low:.3g} "
                f"to {made.high:.3g}",
                "the two may be of different models; otherwise one of the numbers is misprinted",
                quotes=(line.piece(one), line.piece(two)), computed=(("ratio", f"{made.low:.4g} to {made.high:.4g}"),),
            )  # fmt: skip


def _of_ratio(words: str, m: re.Match[str], ratios: list[Told]) -> bool:
    """Say whether a number is a named ratio, or restates one: "i.e. 1.21"."""
    at = m.start("v") if m["v"] else m.start("v2")
    return any(t.start <= at < t.end for t in ratios) or (
        re.search(r"\b(?:i\.e\.|that is|equivalent to|corresponding to|or|and)\s(?:an? )?$", words[:at]) is not None
        and at > ratios[0].end
    )


def _step(m: re.Match[str]) -> tuple[float, str]:
    text, unit = m["n"] or m["n2"] or "1", (m["unit"] or m["unit2"] or "").lower()
    size = float(text) if text[0].isdigit() else 100.0 if text == "hundred" else float(value(text))
    name, times = _UNITS.get(unit, (unit, 1.0))
    return size * times, name


def _power(values: Span, power: float) -> Span:
    ends = sorted(math.exp(power * math.log(max(x, 1e-6))) for x in values)
    return Span(*ends)
