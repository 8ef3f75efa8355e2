"""The diseased that a test misses: of 79 of whom it found 71 it missed 8, wherever the text tells them.

"Sensitivity 89.9% (71/79) ... 22 of 79 cases missed"; "positive in 60 of 75 infected dogs; it missed 20 infected dogs".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_FOUND = Expression(
    r"\bsensitiv\w+[^.;⟨]{0,20}⟨p\d+⟩[^.;⟨]{0,4}[(,;] ?(?:⟨l\d+⟩ CI[^;()]{0,30}; )?⟨c(?P<k>\d+)⟩ ?(?:/|of|out of) "
    r"?⟨c(?P<n>\d+)⟩|"
    r"\b(?:positive|detected|found|identified|recogni[sz]ed)(?: in)? ⟨c(?P<k2>\d+)⟩ (?:out )?of (?:the "
    r")?⟨c(?P<n2>\d+)⟩ "
    r"(?P<what>infected|diseased|affected|cases|cancers|patients with|children with|tumou?rs|fractures|lesions|"
    r"pneumonias)",
    re.I,
)  # fmt: skip
_MISSED = Expression(
    r"⟨c(?P<k>\d+)⟩ (?:out )?of (?:the |these |all )?⟨c(?P<n>\d+)⟩ (?:[a-z-]+ ){0,3}?(?:(?:were|was|been|be|would "
    r"have been|go) )?"
    r"(?:missed|overlooked|undetected|undiagnosed)\b|"
    r"\b(?:missed|overlooked) (?:only )?⟨c(?P<k2>\d+)⟩ (?:of (?:the )?⟨c(?P<n2>\d+)⟩ )?(?P<what>infected|diseased|"
    r"affected|"
    r"cases|cancers|patients with|children with|tumou?rs|fractures|lesions|pneumonias)", re.I,
)  # fmt: skip
_SEVERAL = Expression(r"\bcut-?offs? of\b|at a cut-?off of|when .{0,30}combined|with both", re.I)


def missed_of_diseased(reading: Reading) -> Iterator[Finding]:
    """Hold the number missed against the number found of the same diseased.

    Left alone: texts that tell of several tests or cut-offs by which as many could be missed.
    """
    if is_review(reading) or not re.search(r"miss|overlook", reading.document.prose):
        return
    every = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    found = [
        (x, *_pair(s, m), m["what"] or "") for x in every for s in (marked(x.words),) for m in _FOUND.finditer(s.text)
    ]
    for line in every:
        sentence = marked(line.words)
        for match in _MISSED.finditer(sentence.text):
            number, of = _pair(sentence, match)
            alike = [
                (x, k, n) for x, k, n, what in found
                if n is not None
                and (n.whole == of.whole if of is not None else (match["what"] or "").lower() == what.lower())
            ]  # fmt: skip
            if not alike or any(n.whole - k.whole == number.whole or k.whole == n.whole for _, k, n in alike):
                continue
            at, k, n = alike[0]
            others = {y.whole for x in every for y in marked(x.words).numbers if y.kind == "c" and x != line}
            if _SEVERAL.search(line.words) or (n.whole - number.whole) in others:
                continue
            yield _finding(reading, line, number, at, k, n)
            return


def _pair(sentence: Marked, match: re.Match[str]) -> tuple[Number, Number | None]:
    parts = match.groupdict()
    k, n = parts["k"] or parts["k2"], parts["n"] or parts.get("n2")
    return sentence.numbers[int(k)], sentence.numbers[int(n)] if n else None


def _finding(reading: Reading, line: Line, number: Number, at: Line, k: Number, n: Number) -> Finding:
    return reading.finding(
        "ACCURACY", "inconsistent",
        f"{number.printed} missed is inconsistent with {k.printed} found of {n.printed}, which leaves "
        f"{n.whole - k.whole}",
        "another cut-off may be meant; otherwise the false positives may have been taken for those missed",
        quotes=(spot(line, number), spot(at, k, n)), computed=(("missed", str(n.whole - k.whole)),),
    )  # fmt: skip
