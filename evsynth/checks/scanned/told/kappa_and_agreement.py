"""Kappa against the percentage of agreement told with it: chance agreement taken off, it is never the larger.

"Agreement was 90.2% (κ = 0.93)": kappa is (observed - chance) / (1 - chance), and at most what was observed (Cohen
1960, doi 10.1177/001316446002000104).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("AGREEMENT",)

_AGREED = r"(?:agree[a-z]*|concordan[a-z]*)"
_SHARE = Expression(
    rf"\b{_AGREED}\b[^⟨;]{{0,60}}?⟨p(\d+)⟩|⟨p(\d+)⟩ (?:[a-z-]+ ){{0,3}}?{_AGREED}\b|\b{_AGREED}\b[^⟨;]{{0,40}}?"
    r"⟨c\d+⟩ ?(?:of|/) ?(?:the )?⟨c\d+⟩ ?[(\[] ?⟨p(\d+)⟩", re.I,
)  # fmt: skip
_KAPPA = Expression(r"(?:\b[Kk]appa|κ)[^⟨;.]{0,40}?⟨d(\d+)⟩")
_OTHER = Expression(r"(?<!un)weight|fleiss|prevalence-adjusted|PABAK|gwet|previous|\bet al|expected|chance", re.I)
ROOM = 0.005
"""By how much kappa may be the larger one, beyond rounding."""


def kappa_and_agreement(reading: Reading) -> Iterator[Finding]:
    """Compare each percentage of agreement with the kappa that follows it, or stands before it."""
    for line in lines(reading, ("abstract", "results", "body")):
        if ("appa" not in line.words and "κ" not in line.words) or _OTHER.search(line.words):
            continue
        sentence = marked(line.words)
        shares = [(m, sentence.numbers[int(m[1] or m[2] or m[3])]) for m in _SHARE.finditer(sentence.text)]
        kappas = [(m, sentence.numbers[int(m[1])]) for m in _KAPPA.finditer(sentence.text)]
        if not shares or len(shares) != len(kappas) or (len(shares) > 1 and "respectively" in line.words):
            continue
        for (_, share), (_, kappa) in zip(shares, kappas, strict=True):
            if _above(kappa, share):
                yield reading.finding(
                    "AGREEMENT", "inconsistent",
                    f"kappa {kappa.printed} is inconsistent with an agreement of {share.printed}%: what is left "
                    "without chance cannot be more than what was observed",
                    "kappa may be weighted, or be of other readings; otherwise a number is misprinted",
                    quotes=(spot(line, share), spot(line, kappa)),
                )  # fmt: skip


def _above(kappa: Number, share: Number) -> bool:
    own, of = span(kappa.printed), span(share.printed)
    return own.high <= 1.01 and of.high <= 100 and own.low > of.high / 100 + ROOM
