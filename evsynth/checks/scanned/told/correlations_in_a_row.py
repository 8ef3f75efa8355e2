"""Correlations told in a row, each with its P: those of one study need about the same number of people.

"r = 0.46, p < 0.001; r = 0.21, p = 0.016; r = 0.29, p = 0.305": the second needs about 130 people, the third 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import number
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.correlation import correlation_p
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_CORRELATION",)

_PAIR = Expression(
    r"(?<![A-Za-z0-9])(?:r|ρ|rho|rs|r_s)\s?(?:=|:|of|,)?\s?(?P<r>[-+]?\s?(?:0?\.\d{2,}))(?!\d)\s?[,;]\s?"
    r"[Pp]\s?(?:values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+))(?!\d)"
)
_OTHER = Expression(
    r"partial|adjusted|bonferroni|corrected|FDR|rats?\b|mice|subgroup|only in|\bwhereas in\b|\bmales?\b|\bfemales?\b|"
    r"\bmen\b|women|\bn\s?=\s?\d+[^;]{0,80}\bn\s?=\s?\d", re.I,
)  # fmt: skip
SIZES = tuple(round(4 * 1.04**i) for i in range(190))
"""Numbers of people tried, from 4 to about 6500."""
APART = 2.0
"""Times as many, or as few, people as the others need: missing values leave fewer, but not so few."""
FEWEST = 3


class Told(NamedTuple):
    """A correlation with its P, the sizes that give it, and where it stands."""

    r: Printed
    p: Printed
    sizes: frozenset[int]
    spot: Spot


def correlations_in_a_row(reading: Reading) -> Iterator[Finding]:
    """Find the one correlation of a sentence whose P needs far more, or fewer, people than all others."""
    for line in lines(reading, ("abstract", "results", "body")):
        found = list(_told(line)) if line.words.count("=") >= FEWEST else []
        if len(found) < FEWEST or _OTHER.search(line.words):
            continue
        for odd in found:
            others = [t for t in found if t is not odd]
            common = frozenset.intersection(*(t.sizes for t in others))
            if not common or odd.p.bound or not any(not t.p.bound for t in others):
                continue
            least, most = min(common), max(common)
            if odd.sizes and not (max(odd.sizes) * APART < least or min(odd.sizes) > most * APART):
                continue
            if most > 3 * least or any(frozenset.intersection(*(x.sizes for x in found if x is not t)) for t in others):
                continue  # nothing says which one is odd
            needs = f"{min(odd.sizes)} to {max(odd.sizes)}" if odd.sizes else "no number of"
            yield reading.finding(
                "P_OF_CORRELATION", "inconsistent",
                f"P {odd.p} is inconsistent with a correlation of {odd.r}: it needs {needs} people, the {len(others)} "
                f"others of the sentence need {least} to {most}",
                "the correlation may be of fewer people, or partial; otherwise it or its P is misprinted",
                quotes=(odd.spot,),
            )  # fmt: skip


def _told(line: Line) -> Iterator[Told]:
    for match in _PAIR.finditer(line.words):
        r, p = number(match["r"]), Printed.parse(re.sub(r"[\s=]", "", match["p"]))
        size = span(r).absolute()
        wanted = Span(0.0, float(p)) if p.bound in ("<", "≤") else Span(float(p), 1.0) if p.bound else span(p)
        fits = frozenset(n for n in SIZES if _meets(wanted, correlation_p(size, n)))
        yield Told(r, p, fits, (line.start + match.start(), line.start + match.end()))


def _meets(one: Span, two: Span) -> bool:
    return one.low <= two.high * 1.1 and two.low <= one.high * 1.1
