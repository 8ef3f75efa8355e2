"""A P for superiority against the interval told before it: one that contains no difference shows none.

"A difference of 0.09 points (95% CI, -0.03 to 0.21), which confirmed noninferiority (P<0.001) and superiority
(P=0.01)".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.levels import below
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.effects_and_p import distance
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_P", "RATIO_P")

_SUPERIOR = Expression(
    r"\bsuperior(?:ity)?\b[^.;()\d]{0,50}[(\[]\s?(?:two-sided )?[Pp](?:\s?-?\s?values?)?\s?(?P<p>[=<≤]\s?0?\.\d+)(?!\d)"
    r"(?!\s?for non)|(?<![A-Za-z])[Pp]\s?(?P<q>[=<≤]\s?0?\.\d+)\s?for superiority", re.I,
)  # fmt: skip
FAR = 0.35
"""Least distance of P, in Z, from what the interval gives."""


def superiority_and_interval(reading: Reading) -> Iterator[Finding]:
    """Compare each P for superiority with the last interval before it in its sentence."""
    for line in lines(reading, ("abstract", "results", "body")):
        if "uperior" not in line.words:
            continue
        found = [e for e in effects(line) if e.kind in ("ratio", "difference") and 0.94 < e.level < 0.96]
        for match in _SUPERIOR.finditer(line.words):
            before = [e for e in found if e.end <= line.start + match.start() + 4]
            p = Printed.parse(re.sub(r"[\s=]", "", match["p"] or match["q"]))
            if not before or not below(p) or re.search(r"\bnot\b[^.;()]{0,30}$", line.words[: match.start()]):
                continue
            e = before[-1]
            log = e.kind == "ratio"
            if e.value is None or (log and e.low.value <= 0) or not e.low.value < e.value.value < e.high.value:
                continue
            value, low, high = (
                Span(*(math.log(max(x, 1e-9)) for x in span(n))) if log else span(n) for n in (e.value, e.low, e.high)
            )
            error = Span((high.low - low.high) / 2 / normal_size(0.05), (high.high - low.low) / 2 / normal_size(0.05))
            if error.low <= 0 or not low.middle < 0 < high.middle:
                continue
            size = value.absolute()
            follows = Span(normal_two_sided(size.high / error.low), normal_two_sided(size.low / error.high))
            if distance(p, follows) <= FAR:
                continue
            at = match.start("p") if match["p"] else match.start("q")
            yield reading.finding(
                "RATIO_P" if log else "DIFFERENCE_P", "inconsistent",
                f"superiority with P {p} is inconsistent with {e.value} ({e.low} to {e.high}), which gives "
                f"{follows.low:.2g} to {follows.high:.2g} and includes {1 if log else 0}",
                "the P may be one-sided, or of another population or outcome; otherwise a limit is misprinted",
                quotes=(e.spot, (line.start + at, line.start + match.end())),
            )  # fmt: skip
