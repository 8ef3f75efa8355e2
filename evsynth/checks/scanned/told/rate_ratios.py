"""Ratios of two rates, told after the two: "4.0 v 8.1 per 1000 person-years, a rate ratio of 0.49"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.modelled import MODELLED_RATE
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_QUOTIENT = (
    Expression(
        r"⟨[dc](?P<a>\d+)⟩[^⟨;.]{0,40}?(?:per|/) ?(?:⟨[dcuxm]\d+⟩)?[^⟨;.]{0,80}?⟨[dc](?P<b>\d+)⟩[^⟨]{0,60}?"
        r"(?:(?:per|/) ?⟨[ucxm]\d+⟩[^⟨]{0,60}?)?(?P<name>(?:crude |unadjusted )?(?:incidence )?rate ratio|\bIRR|\bRR)"
        r"[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    Expression(
        r"⟨[dc](?P<a>\d+)⟩ (?:v|vs\.?|versus|and|to|compared with|compared to|against) "
        r"⟨[dc](?P<b>\d+)⟩[^⟨;.]{0,40}?(?:per|/) "
        r"?(?:⟨[ucxm]\d+⟩)?"
        r"[^⟨]{0,60}?(?P<name>(?:crude |unadjusted )?(?:incidence )?rate ratio|\bIRR|\bRR)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
)
_NO_RATE = Expression(
    r"(?:/ ?|\bper )(?:[mdµun]?[lL]|[µmcn]?g|kg|m2|m²|mm3|mm³|mm|cm|min|s|h|hpf|HPF|field|dose)\b|"
    r"⟨[dc]\d+⟩ (?:[a-z-]+ )?(?:studies|trials|reports|cohorts|estimates|comparisons|reviews|datasets|RCTs)\b"
)
"""A concentration ("150 × 109/L") or a number of studies: no rate of events."""
_ROOM = Expression(r"adjust|stratif|regress|poisson|negative binomial|mixed|cluster|multivari|model", re.I)


def rate_ratios(reading: Reading) -> Iterator[Finding]:
    """Compare a rate ratio with the two rates told before it, either way."""
    for line in lines(reading, ("abstract", "results", "body")):
        if re.search(r"atio|RR", line.words):
            yield from _quotients(reading, line)


def _quotients(reading: Reading, line: Line) -> Iterator[Finding]:
    sentence = marked(line.words)
    seen: set[int] = set()
    for pattern in _QUOTIENT:
        for match in pattern.finditer(sentence.text):
            one, two, ratio = (sentence.numbers[int(match[name])] for name in ("a", "b", "r"))
            if int(match["r"]) in seen or MODELLED_RATE.search(line.words) or re.search(r"hazard|interval", match[0]):
                continue
            base = sentence.text[: sentence.text.index(f"⟨{two.kind}{match['b']}⟩")]
            if _NO_RATE.search(match[0]) or re.search(r"(?:\bper|/|\bevery) ?$", base):
                continue
            seen.add(int(match["r"]))
            a, b, own = span(one.printed), span(two.printed), span(ratio.printed)
            if min(a.low, b.low) <= 0:
                continue
            crude = "crude" in match["name"] or "unadjusted" in match["name"]
            room = 1.05 if crude or not _ROOM.search(reading.document.prose) else 1.3
            follows = (Span(a.low / b.high, a.high / b.low), Span(b.low / a.high, b.high / a.low))
            if any(own.low <= f.high * room and f.low <= own.high * room for f in follows):
                continue
            yield reading.finding(
                "RATE", "inconsistent",
                f"a rate ratio of {ratio.printed} is inconsistent with the rates {one.printed} and {two.printed}, "
                f"which give "
                f"{follows[0].middle:.3g}",
                "the ratio may be adjusted; otherwise one of the three is misprinted",
                quotes=(spot(line, one), spot(line, two), spot(line, ratio)),
                computed=(("ratio", f"{follows[0].middle:.4g}"),),
            )  # fmt: skip
