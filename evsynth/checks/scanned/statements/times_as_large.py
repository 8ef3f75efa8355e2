"""'Fell by nearly two-thirds', 'halved', 'threefold', 'half as frequent as': against every ratio the paper prints.

A word stands for a range of ratios. In the sentence of two values it is held against them; elsewhere against the ratios
with an interval, and the pairs "from 23% to 12%", of all sentences of results that share words with it. It is a finding
only where one of them is about the same words, and none lies in the range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.effects import NUMBER, effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TIMES_CONTRADICTS",)

_HEDGES = (
    "more than|over|at least|less than|under|nearly|almost|close to|just under|about|roughly|some|around|well over"
)


def _hedge(name: str) -> str:
    return rf"(?:(?P<{name}>{_HEDGES}) )?"


def _number(name: str) -> str:
    return rf"(?<![\w.,·/<>-])(?<!per )(?!(?:19|20)\d\d\b)(?P<{name}>{NUMBER})\s?(?P<u{name}>%)?"


_SHARES = {
    "half": 0.5, "a half": 0.5, "one half": 0.5, "a third": 1 / 3, "one third": 1 / 3, "one-third": 1 / 3,
    "two thirds": 2 / 3, "two-thirds": 2 / 3, "a quarter": 0.25, "one quarter": 0.25, "three quarters": 0.75,
    "three-quarters": 0.75, "a fifth": 0.2, "one fifth": 0.2, "one-fifth": 0.2, "two fifths": 0.4, "four fifths": 0.8,
}  # fmt: skip
_SHARE = "|".join(sorted(_SHARES, key=len, reverse=True))
_DOWN = r"(?:reduc\w+|fell|falls|fallen|cuts?|lower(?:ed|s)?|decreas\w+|declin\w+|dropp?(?:ed)?|shorten\w+|diminish\w+)"
_FALL = Expression(
    rf"\b{_DOWN}\b[^.;\d]{{0,60}}?\bby {_hedge('hedge')}(?P<s>{_SHARE})\b(?! of)|"
    rf"\b{_hedge('hedge2')}(?P<s2>{_SHARE}) (?:lower|fewer|less|reduction|shorter)\b|"
    rf"\b{_hedge('hedge3')}(?P<halved>halv(?:ed|es|ing))\b", re.I,
)  # fmt: skip
_FOLD = Expression(
    rf"\b{_hedge('hedge')}(?P<fold>doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|quadrupl(?:ed|es|"
    rf"ing)|(?:two|three|four|five|"
    r"ten|"
    r"(?<![\d.,·])\d{1,2}(?:[.·]\d{1,2})?)-?\s?fold|twice as \w+|"
    r"(?:two|three|four|five) times (?:as|higher|greater|more))\b", re.I,
)  # fmt: skip
_HALF_AS = Expression(rf"\b{_hedge('hedge')}half as (?:\w+ )?\w+(?: \w+)? as\b", re.I)
_TIMES = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0, "doubl": 2.0, "tripl": 3.0, "trebl": 3.0,
          "quadr": 4.0, "twice": 2.0}  # fmt: skip
_PAIR = Expression(
    rf"\bfrom {_number('a')}[^.;\d]{{0,40}}?\bto {_number('b')}(?![\d.]|\s?(?:years|weeks|months|days|-))|"
    rf"{_number('c')}[)\]]?(?: [a-z-]+){{0,6}}?,? (?:vs\.?|versus|against|compared (?:with|to)) [^.;\d]{{0,40}}?"
    rf"{_number('d')}", re.I,
)  # fmt: skip
_PERCENT = Expression(r"(?<![\w.,<>-])(\d+(?:\.\d+)?)\s?%(?!\s?(?:CI|confidence))")
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier|other stud|reported by|et al|literature|meta-analys|national|guideline|dose|upper limit|"
    r"reference|cut-?off|concentration|titre|titer|assum|expect|power|defin|would|"
    r"at least a|response was|responder)\b", re.I,
)  # fmt: skip
_ANEW = Expression(r"[;)\]],?\s(?:and|but|while|whereas|with)\b|\bwhereas\b|\bwhile\b", re.I)
"""Where a new phrase begins: numbers before it are about something else."""

_NEXT = Expression(r";\s[^;.()]{1,30}\s(?:was|were|had|rose|fell)\s")
"""Another subject behind a semicolon: "A rose 2.4-fold (P = 0.01); B was 1.3 times as high"."""
_LOOSE = 0.07
"""What a share in words may be off; more where a hedge says on which side."""


class Claim(NamedTuple):
    """What a word says: the ratios, of the later or treated to the other, that it can stand for."""

    low: float
    high: float
    match: re.Match[str]
    line: Line
    elsewhere: bool = True


def times_as_large(reading: Reading) -> Iterator[Finding]:
    """Check words for a ratio against the ratios and pairs of values that the paper prints for the same thing."""
    told = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    own = [line for line in told if line.role not in ("discussion", "conclusion")]
    ratios: list[tuple[float, Line, tuple[int, int]]] | None = None
    for line in told:
        if _OTHERS.search(line.words):
            continue
        claims = list(_claims(line))
        here = list(_ratios(line)) if claims else []
        for claim in claims:
            beside = _around(claim) or [r for r in here if _of_claim(claim, claims, r[2])]
            if beside:
                found = beside
            elif here:
                continue  # the numbers are those of other phrases
            elif not claim.elsewhere:
                continue
            else:
                if ratios is None:
                    ratios = [r for x in own for r in _ratios(x)]
                if any(_fits(claim, r[0]) for r in ratios):
                    continue
                mine = stems(line.words)
                enough = 2 if len(ratios) > 1 else 1
                subject = stems(" ".join(line.words[: claim.match.start()].split()[-6:]))
                found = [
                    r for r in ratios if (both := mine & (there := stems(r[1].words)))
                    and (len(both) >= enough or subject & there)
                ]  # fmt: skip
            ordered = bool(beside) and " as " in claim.match[0]
            fits = [claim.low <= f[0] <= claim.high if ordered else _fits(claim, f[0]) for f in found]
            if not found or any(fits) or len({round(f[0], 1) for f in found}) > 2:
                continue
            value, _, spot = found[0]
            yield reading.finding(
                "TIMES_CONTRADICTS", "inconsistent" if beside else "concern",
                f"'{' '.join(claim.match[0].split())}' is inconsistent with a ratio of {value:.2f}",
                "another outcome or another comparison may be meant",
                quotes=(line.piece(claim.match), spot), computed=(("ratio", f"{value:.4g}"),),
            )  # fmt: skip


def _of_claim(claim: Claim, claims: list[Claim], spot: tuple[int, int]) -> bool:
    """Say whether a ratio of the sentence can be that of a claim: of its phrase, or the first after it."""
    at, end = claim.line.piece(claim.match)
    if spot[0] >= end:
        others = [claim.line.piece(c.match)[0] for c in claims]
        if _NEXT.search(claim.line.words[claim.match.end() : spot[0] - claim.line.start]):
            return False
        return not any(end <= o < spot[0] for o in others)
    between = claim.line.words[spot[1] - claim.line.start : at - claim.line.start]
    return spot[1] > at or not _ANEW.search(between)


def _around(claim: Claim) -> list[tuple[float, Line, tuple[int, int]]]:
    """Give the ratio of the two percentages of the clause where "half as often as" stands between them."""
    if " as " not in claim.match[0]:
        return []
    line, at = claim.line, claim.match
    begin = max(line.words.rfind(". ", 0, at.start()), line.words.rfind(";", 0, at.start())) + 1
    before = list(_PERCENT.finditer(line.words, begin, at.start()))
    after = list(_PERCENT.finditer(line.words, at.end(), at.end() + 80))
    if len(before) != 1 or len(after) != 1 or not float(after[0][1]):
        return []
    one, two = float(before[0][1]), float(after[0][1])
    spot = (line.start + before[0].start(), line.start + after[0].end())
    # Only the order of the sentence counts: a ratio that fits in neither direction is given.
    return [(one / two if not claim.low <= one / two <= claim.high else (claim.low + claim.high) / 2, line, spot)]


def _claims(line: Line) -> Iterator[Claim]:
    for match in _FALL.finditer(line.words):
        hedge = (match["hedge"] or match["hedge2"] or match["hedge3"] or "").strip().lower()
        share = 0.5 if match["halved"] else _SHARES[(match["s"] or match["s2"]).lower()]
        low, high = _reach(share, hedge, _LOOSE)
        yield Claim(1 - high, 1 - low, match, line)
    for match in _FOLD.finditer(line.words):
        if re.search(r"\b(?:per|each|every) $", line.words[: match.start()]):
            continue  # "the risk per doubling of the dose"
        word = match["fold"].lower()
        digits = re.match(r"\d+(?:\.\d+)?", word.replace("·", "."))
        times = float(digits[0]) if digits else next(v for k, v in _TIMES.items() if word.startswith(k))
        low, high = _reach(times, (match["hedge"] or "").strip().lower(), 0.35 * times)
        if digits and re.match(r"\s(?:increase|increased|higher|greater|more)\b", line.words[match.end() :]):
            high = max(high, 1 + times)  # "a 1.5-fold increase" may be one to 2.5 times as much
        if re.search(
            r"reduc|decreas|fell|lower|declin|drop|less",
            line.words[max(0, match.start() - 60) : match.end() + 25],
            re.I,
        ):
            low, high = 1 / high, 1 / max(low, 0.1)
        if not re.search(r"(?:\bto|-|\bor)\s?$", line.words[: match.start()]):
            yield Claim(low, high, match, line, elsewhere=False)
    for match in _HALF_AS.finditer(line.words):
        low, high = _reach(0.5, (match["hedge"] or "").strip().lower(), 0.15)
        yield Claim(low, high, match, line, elsewhere=False)


def _reach(value: float, hedge: str, room: float) -> tuple[float, float]:
    """Give the least and the greatest value that a word with its hedge can stand for."""
    if hedge in ("more than", "over", "at least", "well over"):
        return value - 0.3 * room, value * 1.6 if value > 1 else min(1.0, value + 4 * room)
    return value - room, value + room


def _ratios(line: Line) -> Iterator[tuple[float, Line, tuple[int, int]]]:
    for e in effects(line):
        if e.kind == "ratio" and e.value is not None and float(e.value) > 0:
            yield float(e.value), line, e.spot
    if re.search(r"±|\+/?-", line.words):
        return
    for match in _PAIR.finditer(line.words.replace("\n", " ")):
        one, two = match["a"] or match["c"], match["b"] or match["d"]
        a, b = (float(x.replace(",", "")) for x in (one, two))
        if a > 0 and b > 0 and (match["ua"] or match["uc"]) in (None, match["ub"] or match["ud"]):
            # "12 vs 24" may be told in either order; "from 12 to 24" is told in time.
            yield b / a if match["a"] else a / b, line, line.piece(match)
            if not match["a"]:
                yield b / a, line, line.piece(match)


def _fits(claim: Claim, ratio: float) -> bool:
    return any(claim.low <= r <= claim.high for r in (ratio, 1 / ratio))
