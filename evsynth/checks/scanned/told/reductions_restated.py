"""A reduction told again in other sentences: "HR 0.81 ... the higher dose cut the hazard of stroke by 39%".

The ratio is known by the words that its sentence and that of the reduction have in common, and by its name: a hazard is
of a hazard ratio, odds of an odds ratio.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import comparisons
from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.relative_changes import ABOUT, ROOM, Change, changes, ratios_told
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion")
_KINDS = (
    (Expression(r"\bhazards?\b", re.I), Expression(r"\b(?:[as]?HR|hazard ratio)", re.I)),
    (Expression(r"\bodds\b", re.I), Expression(r"\b(?:a?OR|odds ratio)", re.I)),
    (Expression(r"\brelative(?:ly)?\b|\brisks?\b|\brates?\b", re.I),
     Expression(r"\b(?:a?RR|I?RR|HR|(?:risk|rate|hazard) ratio|relative risk)\b", re.I)),
)  # fmt: skip
_ELSEWHERE = Expression(
    r"previous|earlier|prior|other (?:trial|stud)|literature|reported by|et al|meta-?analys|assum|expect|power|"
    r"sample size|"
    r"detect|hypothes|\btrials?\b|\[\d|per (?:year|month|unit|decade|point|SD)|\bsubgroup|among|\bin (?:women|men|"
    r"those|"
    r"patients (?:with|who|aged))|each|further|half", re.I,
)  # fmt: skip
_COMMON = frozenset(
    """with from that this were was have had been which than their among after before between both also group groups
    ratio risk rate hazard odds lower higher reduced reduction relative significantly patients participants treatment
    confidence interval women children adults people results conclusion conclusions compared associated adjusted less
    more study effect during years months respectively there when those into over under only control
    controls placebo""".split()
)
_WORD = Expression(r"[A-Za-z][a-z-]{3,}")


def reductions_restated(reading: Reading) -> Iterator[Finding]:
    """Compare a reduction that stands without its ratio with the only ratio told of the same thing.

    Left alone: reductions that another ratio of the paper gives, either way round, or two shares or a table.
    """
    every = list(lines(reading, _ROLES))
    told = [(x, c) for x in every if "%" in x.words or "cent" in x.words for c in changes(x)]
    if not told or is_review(reading) or reading.document.tables:
        return
    ratios = [(x, e) for x in every for e in effects(x) if e.kind == "ratio" and e.strict and e.value is not None]
    known = [r for r, _ in ratios_told(reading)]
    for line, change in told:
        if _ELSEWHERE.search(line.words) or any(x == line for x, _ in ratios):
            continue
        yield from _judged(reading, line, change, ratios, [float(r) for r in known])


def _judged(
    reading: Reading, line: Line, change: Change, ratios: list[tuple[Line, Effect]], known: list[float]
) -> Iterator[Finding]:
    about = next((told for said, told in _KINDS if said.search(line.words)), None)
    if about is None:
        return
    named = [(x, e) for x, e in ratios if about.search(x.words[max(0, e.start - x.start - 60) : e.end - x.start])]
    own = _words(line.words)
    alike = [(x, e) for x, e in named if len(own & _words(x.words)) >= 2]
    if len(alike) != 1 or (len(own & _words(alike[0][0].words)) < 3 and len(ratios) > 1):
        return
    _, effect = alike[0]
    if effect.value is None or not effect.value.decimals or (float(effect.value) < 1) is not change.less:
        return
    room = ABOUT if change.number.printed.value % 5 == 0 else max(change.room, ROOM)
    percent = span(change.number.printed)
    if any(abs(m - percent.middle) <= room + 0.6 for r in known if r > 0 for m in _made(r)) or _shares(reading, change):
        return
    made = 100 * abs(1 - float(effect.value))
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"{change.number.printed}% {'less' if change.less else 'more'} is inconsistent with the ratio told of it, "
        f"{effect.value}, which is {made:.3g}%",
        "the percentage may be of numbers that are not told; otherwise a digit is misprinted",
        quotes=(change.spot, (effect.start, effect.end)), computed=(("per cent", f"{made:.4g}"),),
    )  # fmt: skip


def _made(ratio: float) -> tuple[float, float]:
    return 100 * abs(1 - ratio), 100 * abs(1 - 1 / ratio)


def _words(text: str) -> set[str]:
    return {w[:6].lower() for w in _WORD.findall(text)} - {w[:6] for w in _COMMON}


def _shares(reading: Reading, change: Change) -> bool:
    """Say whether two shares of a sentence, or two that are compared, differ by the percentage."""
    own = span(change.number.printed)
    room = Span(own.low - ABOUT, own.high + ABOUT)
    pairs = [(float(p.one.percent.printed), float(p.two.percent.printed)) for p in comparisons(reading)
             if len(p.shares) == 2 and p.one.percent is not None and p.two.percent is not None]  # fmt: skip
    for line in lines(reading, _ROLES):
        told = [float(n.printed) for n in marked(line.words).numbers if n.kind == "p" and n.printed.value]
        pairs += [(a, b) for i, a in enumerate(told) for b in told[i + 1 :]]
    tried = [x for a, b in pairs if a and b for x in (abs(a - b), 100 * abs(1 - a / b), 100 * abs(1 - b / a))]
    return any(room.low <= t <= room.high for t in tried)
