"""What the results test: the words of an outcome, whether its P or interval is significant, and where that stands.

The words of a test are those of its clause since the test before it; a test that follows with nothing but a time or a
kind of analysis takes the words of the one before. Made for every check of significance in conclusions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import before_conclusion, stems
from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.levels import above, below
from evsynth.checks.scanned.facts.short_names import short_names, with_long_names
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_GENERIC = stems(
    "adjusted adjustment analysis model corrected sensitivity intention per-protocol mean median relative absolute "
    "difference hazard odds ratio confidence interval respectively also again compared versus only completers using "
    "Fisher exact log-rank test chi-square Wilcoxon Mann-Whitney rarer lower higher greater longer shorter larger "
    "smaller "
    "better worse common frequent differ differed fell rose reduced increased decreased improved"
)
_BEHIND = Expression(r"\s?[)\]]\sfor (?:the )?(?P<what>[A-Za-z][A-Za-z -]{2,40}?)(?=\s?(?:[.,;(]|and\b|$))")
_RIVAL = Expression(
    r"\b(?:with|treating|considering|taking|for|regarding)\s(?:[\w-]+\s){1,5}?as (?:an? )?competing (?:event|risk|"
    r"outcome)s?|"
    r"\bcompeting risks? of [\w-]+", re.I,
)  # fmt: skip
"""What competes with the outcome of a test, and is not its outcome."""
_CUT = Expression(r";|\bwhereas\b|\bbut\b|\bwhile\b|\balthough\b")


class Tested(NamedTuple):
    """A test told in the text: its words, whether it is significant at 5 %, how it is printed, and its sentence."""

    about: frozenset[str]
    significant: bool
    printed: str
    spot: Spot
    line: Line


def tested(reading: Reading) -> Iterator[Tested]:
    """Give every test of the results: a P that is wholly on one side of 0.05, or else an interval of an effect."""
    known = short_names(reading)
    stated = [r for r in reading.reported if r.spot.table is None and r.measure != "threshold"]
    for line in before_conclusion(reading):
        found: list[tuple[int, int, bool, str]] = []
        for item in stated:
            p = item.figure("p") if line.start <= item.start < line.end else None
            if p is not None and (below(p.printed) or above(p.printed)):
                found.append((p.start, p.end, below(p.printed), f"P {p.printed}"))
        for e in effects(line):
            null = 1.0 if e.kind == "ratio" else 0.0
            side = e.high.value < null or e.low.value > null
            if e.p is None and e.kind in ("ratio", "difference") and e.strict and 0.94 < e.level < 0.96:
                if any(e.end <= f[0] < e.end + 25 for f in found):
                    continue  # its P stands right after it
                found.append((e.start, e.end, side, f"{e.low} to {e.high}"))
        for test in _worded(line, sorted(found)):
            yield test._replace(about=with_long_names(known, test.about))


def _worded(line: Line, found: list[tuple[int, int, bool, str]]) -> Iterator[Tested]:
    last, about = 0, frozenset[str]()
    for start, end, significant, printed in found:
        pieces = _CUT.split(_RIVAL.sub(" ", _closed(line.words[last : start - line.start])))
        own = next((s for piece in reversed(pieces) if (s := stems(piece)) - _GENERIC), frozenset[str]())
        about = own or about
        if (behind := _BEHIND.match(line.words, end - line.start)) is not None:
            about = stems(behind["what"])  # a list: "1.49 (1.03 to 2.16) for preeclampsia, 1.22 (...) for ..."
        last = end - line.start
        yield Tested(about, significant, printed, (start, end), line)


def _closed(phrase: str) -> str:
    """Blank the semicolons inside brackets: what stands there is about what stands before."""
    return re.sub(r"[(\[][^()\[\]]*$|\([^()]*\)|\[[^\[\]]*\]", lambda m: m[0].replace(";", " "), phrase)


def holds(wanted: frozenset[str], about: frozenset[str]) -> bool:
    """Say whether every word wanted stands among others, in any of its forms.

    >>> holds(stems("need for insulin"), stems("insulin was needed")), holds(stems("relapse"), stems("death"))
    (True, False)
    """
    return bool(wanted) and all(any(a.startswith(w) or w.startswith(a) for a in about if len(a) > 3) for w in wanted)
