"""Survivors told of a group against its size less its deaths: of 52 patients nine died, so 43 are the survivors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_LIVED = Expression(
    r"\b(?:[Tt]he|all|[Oo]f|[Aa]mong(?: the)?) ⟨c(?P<k>\d+)⟩ (?:[a-z-]+ ){0,2}?(?:survivors|surviving|survived|"
    r"who survived|patients (?:alive|who survived|who lived)|who were alive|who lived|discharged alive)\b",
)
_DIED = Expression(
    r"⟨c(\d+)⟩(?: \(⟨p\d+⟩\))?(?: ?/ ?⟨c\d+⟩| of (?:the |these )?⟨c\d+⟩)?(?: [a-z-]+){0,2}? (?:had )?(?:died|deaths?|"
    r"fatalit\w+|dead)\b|\b(?:deaths?|died|mortality)\b[^⟨.;]{0,30}?⟨c(\d+)⟩(?! ?(?:survi|alive))", re.I,
)  # fmt: skip

_COMMON = frozenset({
    "survivors", "survived", "surviving", "who", "alive", "with", "had", "was", "were", "the", "and", "still", "after",
    "for", "patients", "from", "all", "months", "years", "days", "hospital", "discharged", "lived", "follow", "below",
})  # fmt: skip


def survivors(reading: Reading) -> Iterator[Finding]:
    """Check every number of survivors against all numbers less all numbers of deaths.

    Found: no number told less any number of deaths gives the survivors, their number is printed once, and one that such
    a difference gives, of numbers printed twice or more, is a misprint away.
    """
    own = list(lines(reading, ("title", "abstract", "results", "body")))
    lived = [(x, s.numbers[int(m["k"])]) for x in own for s in (marked(x.words),) for m in _LIVED.finditer(s.text)]
    if not lived:
        return
    died = [(x, s.numbers[int(m[1] or m[2])]) for x in own for s in (marked(x.words),) for m in _DIED.finditer(s.text)]
    counted = [(x, n) for x in own for n in marked(x.words).numbers if n.kind == "c"]
    sizes = sizes_said(reading)
    for line, number in lived:
        k = number.whole
        if k < 10 or _times(reading, k) > 1 or any(abs(n.whole - d.whole) == k for _, n in counted for _, d in died):
            continue
        about = set(re.findall(r"[A-Za-z]{3,}", line.words[number.end : number.end + 60])) - _COMMON
        found = [
            (x, n, y, d) for x, n in counted for y, d in died
            if n is not d and n.whole > d.whole and _times(reading, n.whole) > 1
            and (n.whole in sizes or any(re.search(rf"\b{w}\b", x.words) for w in about))
            and (swapped(n.whole - d.whole, k) or one_digit(n.whole - d.whole, k)) and n.whole - d.whole < n.whole
        ]  # fmt: skip
        if found:
            yield _finding(reading, line, number, *found[-1])
            return


def _times(reading: Reading, number: int) -> int:
    return len(re.findall(rf"(?<![\d.,]){number}(?![\d%]|[.,]\d)", reading.document.plain))


def _finding(
    reading: Reading, line: Line, lived: Number, at: Line, whole: Number, there: Line, died: Number
) -> Finding:
    left = whole.whole - died.whole
    return reading.finding(
        "GROUPS", "inconsistent",
        f"{lived.printed} survivors are inconsistent with {whole.printed} less {died.printed} who died, {left}",
        "survivors may be counted at another time; otherwise a digit is misprinted",
        quotes=(spot(line, lived), spot(at, whole), spot(there, died)), computed=(("survivors", str(left)),),
    )  # fmt: skip
