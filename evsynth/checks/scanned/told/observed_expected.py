"""Events observed and expected: the ratio told of them, and the excess rate, in one sentence.

"611 cancers (252.5 expected; SIR 2.42)"; "an excess of 30.6 per 10 000 person-years".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.modelled import MODELLED_RATE
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("OBSERVED_EXPECTED", "RATE")

_EXPECTED = (
    Expression(
        r"⟨[cm](?P<o>\d+)⟩(?:(?!expected)[^⟨;.]){0,60}?⟨[dcm](?P<e>\d+)⟩(?:(?!observed)[^⟨;.()]){0,25}expected"
        r"[^⟨.]{0,60}?"
        r"(?:SIR|SMR|ratio|O/E|O:E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    Expression(
        r"⟨[cm](?P<o>\d+)⟩[^⟨;.]{0,40}?\b(?:observed|occurred|found|seen|diagnosed|recorded|against|versus|"
        r"with)\b[^⟨;.]{0,30}?"
        r"\bexpected[^⟨;.]{0,12}?⟨[dcm](?P<e>\d+)⟩[^⟨.]{0,40}?(?:SIR|SMR|ratio|O/E|O:E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    Expression(
        r"⟨[dcm](?P<e>\d+)⟩[^⟨;.]{0,30}? expected[^⟨;.]{0,20}? ⟨[cm](?P<o>\d+)⟩[^⟨;.]{0,30}? (?:observed|occurred|"
        r"found|seen)"
        r"[^⟨.]{0,40}?(?:SIR|SMR|ratio|O/E|O:E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    Expression(
        r"(?:SIR|SMR|incidence ratio|mortality ratio|"
        r"O/E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩[^⟨]{0,6}\(?[^⟨;.]{0,30}⟨[cm](?P<o>\d+)⟩"
        r"[^⟨;.()]{0,30}observed[^⟨;.()]{0,40}⟨[dcm](?P<e>\d+)⟩[^⟨;.()]{0,20}expected"
    ),
    Expression(
        r"(?:SIR|SMR|[Rr]atio|O/E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩[^⟨;.]{0,20}observed[^⟨;.()]{0,20}⟨[cm](?P<o>\d+)⟩"
        r"[^⟨;.()]{0,20}expected[^⟨;.()]{0,20}⟨[dcm](?P<e>\d+)⟩"
    ),
)
_EXCESS = Expression(r"excess[^⟨.;]{0,60}⟨[dc](?P<r>\d+)⟩(?: [a-z]+){0,4}? ?(?:per|/) ?⟨[ucxm](?P<s>\d+)⟩", re.I)


def observed_expected(reading: Reading) -> Iterator[Finding]:
    """Compare ratios with the events observed and expected, and excess rates with those and the time at risk."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for line in every:
        if "expected" in line.words:
            yield from _ratios(reading, line)
        if "xcess" in line.words:
            yield from _excess(reading, line, marked(line.words), every)


def _ratios(reading: Reading, line: Line) -> Iterator[Finding]:
    sentence = marked(line.words)
    seen: set[int] = set()
    for pattern in _EXPECTED:
        for match in pattern.finditer(sentence.text):
            observed, expected, ratio = (sentence.numbers[int(match[name])] for name in ("o", "e", "r"))
            if int(match["r"]) in seen or MODELLED_RATE.search(match[0]) or expected.printed.value <= 0:
                continue
            seen.add(int(match["r"]))
            of = span(expected.printed)
            follows = Span(float(observed.printed) / of.high, float(observed.printed) / max(of.low, 1e-9))
            own = span(ratio.printed)
            if own.low * 0.99 <= follows.high and follows.low <= own.high * 1.01:
                continue
            yield reading.finding(
                "OBSERVED_EXPECTED", "inconsistent",
                f"a ratio of {ratio.printed} is inconsistent with {observed.printed} observed and {expected.printed} "
                f"expected, which give {follows.middle:.3g}",
                "the ratio may be adjusted; otherwise one of the three is misprinted",
                quotes=(spot(line, observed), spot(line, expected), spot(line, ratio)),
                computed=(("observed / expected", f"{follows.middle:.4g}"),),
            )  # fmt: skip


def _excess(reading: Reading, line: Line, sentence: Marked, every: list[Line]) -> Iterator[Finding]:
    """Find an excess rate that only another unit, ten or a hundred times as large or small, would give."""
    for match in _EXCESS.finditer(sentence.text):
        rate, unit = sentence.numbers[int(match["r"])], sentence.numbers[int(match["s"])]
        told = [n for x in every for n in marked(x.words).numbers]
        counted = [float(n.printed) for n in told if n.kind in "cm" and not n.printed.decimals]
        times = [float(n.printed) for n in told if n.kind == "t"]
        expected = [float(n.printed) for n in told if n.kind in "dc"]
        scale, own = float(unit.printed.value), span(rate.printed)
        given = {
            (o - e) / t * scale for o in counted for e in expected for t in times if t > 10 * max(o, 1) and o > e > 0
        } if len(counted) * len(expected) * len(times) < 40_000 else set()  # fmt: skip
        if not given or any(own.low <= g <= own.high for g in given):
            continue
        tens = [ten for ten in (0.01, 0.1, 10.0, 100.0) if any(own.low <= g * ten <= own.high for g in given)]
        if tens:
            yield reading.finding(
                "RATE", "inconsistent",
                f"an excess of {rate.printed} per {unit.printed} is inconsistent with the events and the time told, "
                f"which give it per {scale * tens[0]:g}",
                "the unit may be misprinted", quotes=(spot(line, rate), spot(line, unit)),
                computed=(("unit", f"{scale * tens[0]:g}"),),
            )  # fmt: skip
