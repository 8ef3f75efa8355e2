"""'Twice as common with A as with B (30% and 24%)', '0.6 times as likely (81% v 45%)', 'half as many (22 v 25)'.

The word is held against the quotient of the only two shares, counts or means that the sentence tells with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.claimed_multiples import MULTIPLE, claimed
from evsynth.checks.scanned.facts.effects_told import effects, intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("TIMES_CONTRADICTS",)

_OTHER = Expression(
    r"\b(?:odds ratio|hazard|adjust\w*|OR|HR|aOR|aHR|per (?:day|week|month|year)|daily|weekly|dose|doses|upper limit|"
    r"previous\w*|earlier|other stud|reported by|national|assum|power|expected|models?|regression|incidence rate|"
    r"relative|weighted|person|million)\b", re.I,
)  # fmt: skip
_JOIN = Expression(
    r"^[^⟨.;]{0,45}?(?:\band\b|\bvs?\b|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b|[;/,]|\bthan\b|\bas\b|\bor\b|"
    r"\bwhile\b|\bwhereas\b)[^⟨.;]{0,45}$"
)
_TWICE = Expression(
    r"[^.;⟨]{0,20}\b(?:at|in|after|for) (?:the )?(?:two|both|each|these|⟨c\d+⟩) (?:time|visit|wave|occasion|follow|"
    r"assess|period|year)",
    re.I,
)
"""'(25.6% and 26.9% at the two time-points)' tells one thing twice."""
_CLAUSE = Expression(r";|\. |: ")


def times_of_pair(reading: Reading) -> Iterator[Finding]:
    """Compare a word for a multiple with the two numbers of its clause.

    Left alone: clauses with more numbers than two, ratios from models, doses, and other studies.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        match = MULTIPLE.search(line.words)
        if match is None or MULTIPLE.search(line.words, match.end()):
            continue
        begin, end = _bounds(line.words, match)
        if _OTHER.search(line.words[begin:end]):
            continue
        sentence = marked(line.words)
        pair = _pair(sentence, match, begin, end)
        claim = claimed(match)
        if pair is None or claim is None:
            continue
        one, two = (_span(x) for x in pair)
        if min(one.low, two.low) <= 0:
            continue
        along = Span(one.low / two.high, one.high / two.low)
        back = Span(1 / along.high, 1 / along.low)
        said = Span(claim.low, claim.high)
        odds = [_odds(one, two), _odds(two, one)] if pair[0][0].kind == "p" and claim.exact else []
        first = claim.ordered and _in_bracket(sentence, pair)
        if (
            said.meets(along)
            or (not first and said.meets(back))
            or any(said.meets(o) for o in odds[: 1 if first else 2])
        ):
            continue
        yield reading.finding(
            "TIMES_CONTRADICTS", "inconsistent",
            f"'{' '.join(match[0].split())}' is inconsistent with {pair[0][0].printed} and {pair[1][0].printed}, whose "
            f"quotient is {along.middle:.2f}",
            "another outcome or another comparison may be meant",
            quotes=(line.piece(match), *(spot(line, *x) for x in pair)), computed=(("ratio", f"{along.middle:.4g}"),),
        )  # fmt: skip


def _bounds(words: str, match: re.Match[str]) -> tuple[int, int]:
    """Give the clause of a claim, brackets and the pair behind a semicolon in them included."""
    begin = max((m.end() for m in _CLAUSE.finditer(words, 0, match.start())), default=0)
    after = _CLAUSE.search(words, match.end())
    while after is not None and words.count("(", match.end(), after.start()) > words.count(
        ")", match.end(), after.start()
    ):
        after = _CLAUSE.search(words, after.end())
    end = len(words) if after is None or after[0] == ": " else after.start()
    return begin, end


def _pair(
    sentence: Marked, match: re.Match[str], begin: int, end: int
) -> tuple[tuple[Number, ...], tuple[Number, ...]] | None:
    """Give the two shares, or the two bare counts in brackets, of the clause: the numbers that tell each."""
    limits = intervals_of(sentence)
    told = {e.number for e in effects(sentence)}
    shares = [
        s for s in proportions(sentence)
        if all(begin <= n.start < end for n in s.numbers)
        and not any(match.start() <= n.start < match.end() for n in s.numbers)
        and (s.percent is None or (sentence.numbers.index(s.percent) not in limits and s.percent not in told))
    ]  # fmt: skip
    if len(shares) == 2:
        kinds = [tuple(n for n in ((s.percent,) if s.percent else (s.events, s.of)) if n is not None) for s in shares]
        between = _between(sentence, kinds[0][-1], kinds[1][0])
        moved = match["v"] or match["g"] or (match["fold"] or "").lower() in ("increase", "rise")
        mark = f"⟨{kinds[1][-1].kind}{sentence.numbers.index(kinds[1][-1])}⟩"
        if _TWICE.match(sentence.text, sentence.text.index(mark) + len(mark)):
            return None
        joined = _JOIN.search(between) or (moved and re.search(r"\bto\b|\bfrom\b", between) and len(between) < 60)
        if [len(k) for k in kinds] in ([1, 1], [2, 2]) and joined:
            return kinds[0], kinds[1]
        return None
    if shares:
        return None
    counts = [
        n for i, n in enumerate(sentence.numbers)
        if n.kind in "cd" and begin <= n.start < end and i not in limits and n not in told
        and not match.start() <= n.start < match.end()
    ]  # fmt: skip
    if (
        len(counts) == 2
        and counts[0].kind == counts[1].kind == "c"
        and _in_bracket(sentence, ((counts[0],), (counts[1],)))
    ):
        return (counts[0],), (counts[1],)
    return None


def _between(sentence: Marked, one: Number, two: Number) -> str:
    text = sentence.text
    i, j = sentence.numbers.index(one), sentence.numbers.index(two)
    mark = f"⟨{one.kind}{i}⟩"
    return re.sub(r"⟨[ym]\d+⟩ ?", "", text[text.index(mark) + len(mark) : text.index(f"⟨{two.kind}{j}⟩")])


def _in_bracket(sentence: Marked, pair: tuple[tuple[Number, ...], tuple[Number, ...]]) -> bool:
    """Say whether both stand in one bracket with nothing but a joining word between them: "(14 v 12)"."""
    mark = f"⟨{pair[0][0].kind}{sentence.numbers.index(pair[0][0])}⟩"
    between = _between(sentence, pair[0][-1], pair[1][0])
    before = sentence.text[: sentence.text.index(mark)]
    short = re.fullmatch(r",? ?(?:and|vs?|versus|against|compared (?:with|to)|[;/,]|to|as against) ?", between)
    return before.rfind("(") > before.rfind(")") and short is not None


def _span(numbers: tuple[Number, ...]) -> Span:
    if len(numbers) == 2:
        share = 100 * numbers[0].whole / max(1, numbers[1].whole)
        return Span(share, share)
    return (
        span(numbers[0].printed)
        if numbers[0].kind == "p"
        else Span(float(numbers[0].printed), float(numbers[0].printed))
    )


def _odds(one: Span, two: Span) -> Span:
    if max(one.high, two.high) >= 100:
        return Span(0.0, 0.0)
    o = [x / (100 - x) for x in (one.low, one.high, two.low, two.high)]
    return Span(o[0] / o[3], o[1] / o[2])
