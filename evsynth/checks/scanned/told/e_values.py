"""An E-value against the ratios of the paper: it is RR + √(RR · (RR - 1)) of one of them, or of a limit.

VanderWeele & Ding 2017, doi 10.7326/M16-2607; for a common outcome the root of an odds ratio stands for the risk ratio.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.statistics_told import statistics_told
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_E = Expression(
    r"\bE-?values?\b(?:\s\([^()]*\))?(?:\s(?:for|of)\s(?:the\s)?(?:[a-z]+\s){1,4}?)?\s?(?:was|of|is|were|=|:|at|"
    r"being|,)\s?"
    r"(?P<a>\d+\.\d+)|(?P<b>\d+\.\d+)\s?\(?(?:the\s)?\(?E-?value\b", re.I,
)  # fmt: skip
_COMMON = Expression(r"\bodds|\b[ac]?OR\b|hazard|\b[ac]?HRs?\b")
"""Ratios that the root stands for where the outcome is common."""
ROOM = 0.02


def e_values(reading: Reading) -> Iterator[Finding]:
    """Find E-values that no ratio or limit of the text gives."""
    if not re.search(r"\bE-?value", reading.document.prose):
        return
    ratios: list[tuple[Printed, Spot]] = []
    taken: set[int] = set()
    found: list[tuple[Printed, Spot]] = []
    every = list(lines(reading, ("abstract", "methods", "results", "body", "discussion")))
    for line in every:
        for m in _E.finditer(line.words):
            name = "a" if m["a"] else "b"
            if float(m[name]) >= 1:
                found.append((Printed.parse(m[name]), (line.start + m.start(name), line.start + m.end(name))))
                taken.add(line.start + m.end(name))
    for line in every:
        ratios += [
            (t.value, (line.start + t.start, line.start + t.end)) for t in statistics_told(line.words)
            if t.role == "ratio" and line.start + t.end not in taken and float(t.value) > 0
        ]  # fmt: skip
        for e in effects(line):
            ratios += [(x, e.spot) for x in (e.value, e.low, e.high) if x is not None and float(x) > 0]
    if not ratios:
        return
    common = _COMMON.search(reading.document.plain) is not None
    for value, spot in found:
        own = span(value)
        if not any(
            own.low - ROOM <= m.high and m.low <= own.high + ROOM for r, _ in ratios for m in _made(r, common=common)
        ):
            made = _made(ratios[0][0], common=False)[0]
            yield reading.finding(
                "DERIVED_VALUE", "inconsistent",
                f"an E-value of {value} is inconsistent with the ratios printed; {ratios[0][0]} gives "
                f"{made.middle:.3g}",
                "it may be of a ratio that is not printed; otherwise one of both is misprinted",
                quotes=(spot, ratios[0][1]), computed=(("E-value", f"{made.middle:.4g}"),),
            )  # fmt: skip


def _made(ratio: Printed, *, common: bool) -> list[Span]:
    values = span(ratio)
    ends = [max(x, 1 / x) for x in (max(values.low, 1e-6), values.high)]
    made = []
    for power in (1.0, 0.5) if common else (1.0,):
        es = [x**power + math.sqrt(x**power * (x**power - 1)) for x in ends]
        made.append(Span(min(es), max(es)))
    return made
