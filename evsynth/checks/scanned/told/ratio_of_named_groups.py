"""A ratio that says which group is set against which: "48/104 with it v 27/99; odds ratio, programme v list".

Told so, it has a direction: where the first group named has the larger share the ratio is above 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import Comparison, comparisons, share_span
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATIO_OF_SHARES",)

_LABEL = r"[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,4}?"
_RATIO = Expression(
    r"(?P<name>(?:odds|risk|rate|prevalence) ratio|relative risk|\b(?:OR|RR)\b)(?: \([A-Z]{2,3}\))?,?(?: (?:for|of) "
    r"[a-z -]{2,40}?)?[,(:]? ?(?:(?:with|for|of|in|on) )?(?:the )?"
    rf"(?P<a>{_LABEL}),? (?:vs?|versus|compared (?:with|to)|relative to|against|as against|over) (?:the "
    rf")?(?P<b>{_LABEL})"
    r"(?: (?:was|of|is|group|arm))*[,:)=]{0,2} ?⟨d(?P<i>\d+)⟩", re.I,
)  # fmt: skip
_MODELLED = Expression(r"adjust|multivari|weighted|matched|interaction|model|hazard", re.I)
_COMMON = frozenset(
    {"the", "and", "group", "arm", "patients", "with", "for", "women", "men", "those", "who", "of", "in"}
)
CLEAR = 1.15
"""How far a ratio and the quotient of the shares must lie from 1, on either side of it."""


def ratio_of_named_groups(reading: Reading) -> Iterator[Finding]:
    """Hold ratios that name their groups in order against the shares told of these groups.

    Left alone: adjusted ratios, groups whose names stand with neither share, ratios that are not the inverse.
    """
    if is_review(reading):
        return
    for told in comparisons(reading):
        if len(told.shares) != 2:
            continue
        for match in _RATIO.finditer(told.sentence.text, told.two.end):
            if not _MODELLED.search(told.sentence.text[max(0, match.start() - 25) : match.end()]):
                yield from _judged(reading, told, match)


def _judged(reading: Reading, told: Comparison, match: re.Match[str]) -> Iterator[Finding]:
    first = _first(told, match["a"], match["b"], match.start())
    if first is None:
        return
    shares = [share_span(told.one), share_span(told.two)]
    if not first:
        shares.reverse()
    if min(s.low for s in shares) <= 0 or max(s.high for s in shares) >= 100:
        return
    number = told.sentence.numbers[int(match["i"])]
    printed = span(number.printed).middle
    a, b = (s.middle / 100 for s in shares)
    made = a / (1 - a) / (b / (1 - b)) if match["name"].lower() in ("odds ratio", "or") else a / b
    if not printed or (printed > 1) is (made > 1) or not 1 / 1.35 < printed * made < 1.35:
        return
    if max(printed, 1 / printed) < CLEAR or max(made, 1 / made) < CLEAR:
        return
    yield reading.finding(
        "RATIO_OF_SHARES", "inconsistent",
        f"a ratio of {number.printed} for {match['a']} against {match['b']} is inconsistent with "
        f"{shares[0].middle:.3g}% "
        f"and {shares[1].middle:.3g}%, which give {made:.2f}; it is that of the other group",
        "the two groups may have been exchanged in the ratio or in the shares", quotes=(spot(told.line, number),),
        computed=(("ratio", f"{made:.3f}"),),
    )  # fmt: skip


def _first(told: Comparison, a: str, b: str, end: int) -> bool | None:
    """Say whether the group named first in the ratio is that of the first share; None where their names do not tell."""
    text = told.sentence.text
    places = (
        text[max(0, told.one.start - 60) : told.one.start], text[told.one.end : told.two.start],
        text[told.two.end : max(told.two.end, end)],
    )  # fmt: skip
    own, other = ([_named(place, name) for place in places] for name in (a, b))
    ordered = {(1, 2): True, (0, 1): True, (2, 1): False, (1, 0): False}
    at, of = ([i for i, found in enumerate(f) if found] for f in (own, other))
    if len(at) == 1 and len(of) == 1:
        return ordered.get((at[0], of[0]))
    if len(at) + len(of) == 1:  # "in 22 of the coated and in 30 of the others"
        alone = (at or of)[0]
        return {1: bool(at), 2: not at}.get(alone) if not own[0] and not other[0] else None
    return None


def _named(place: str, name: str) -> bool:
    words = [w[:6].lower() for w in re.findall(r"[A-Za-z]{3,}", name) if w.lower() not in _COMMON]
    said = {w[:6].lower() for w in re.findall(r"[A-Za-z]{3,}", place)}
    return bool(words) and all(w in said for w in words)
