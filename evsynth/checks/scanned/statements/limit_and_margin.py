"""A limit of an interval said to lie within, or beyond, a margin: two numbers that can be compared.

"The upper limit remained under the margin of 1.25" after "95% CI 0.87-1.29"; "the lower bound of -9.1% was above the
margin of -8%"; "the 90% CI (0.82-1.31) fell within the bioequivalence limits of 0.80-1.25".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.effects import NUMBER, SIGNED, Effect, effects, number
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("MARGIN_CONTRADICTS",)

_NAME = (
    r"(?:margin|threshold|boundary of (?:non-?inferiority|equivalence)|delta|limit of (?:clinical "
    r")?(?:relevance|importance|non-?inferiority|acceptability|equivalence)|MCID|"
    r"(?:non-?inferiority|equivalence) (?:limit|bound|boundary)(?=[^.;\d]{0,45}\b(?:fixed|set|specified|chosen|of|"
    r"at)\b))"
)
_UNIT = r"\s?(?:%|percentage points?|[A-Za-z/]{1,8})?"
_MARGIN = Expression(
    rf"\b{_NAME}\b(?:\s(?:for|in|on)\s[a-z ]{{3,30}}?)?(?:\s?[(,:=]\s?|"
    rf"\s(?:(?:fixed|set|chosen|pre-?specified|specified|defined)[a-z ]{{0,20}}? (?:at|as)|of|was|is|at)\s)(?:only |"
    rf"an? "
    rf")?(?P<a>{SIGNED})(?!\d|[.,]\d|{_UNIT}\s?(?:to|CI))|"
    rf"(?<![\w.,])(?P<b>-?\s?{NUMBER})[- ]?(?:%|percentage[- ]points?|points?|[A-Za-z]{{1,5}})?[- ](?:\w+ "
    rf")?{_NAME}\b", re.I,
)  # fmt: skip
_SIDE = Expression(
    r"\b(?P<side>upper|lower)\s(?:(?:\w+|\d\d(?:\.\d)?\s?%)\s){0,5}?(?:limit|bound|boundary|end|confidence "
    r"limit)s?\b",
    re.I,
)
_IN = (
    r"(?:(?:did|does|do) not (?:cross|exceed|reach|go beyond|extend (?:beyond|below|above)|pass|include|surpass|"
    r"breach|fall (?:below|outside))|"
    r"(?:was|lay|remained|remains|stayed|being|were|is|fell|falls|lies|staying|remaining|lying|"
    r"falling)\s(?:\w+ly |well |still |just |thus )?(?:WITHIN)|excluded|exclud(?:es|ing)|ruled out|"
    r"(?:not|without|never) (?:crossing|exceeding|reaching|including)|(?<=,\s)(?:well |still |thus "
    r")?(?:WITHIN)(?=\s(?:the|our|its)\b))"
)
_OUT = (
    r"(?:(?<!not )(?:cross(?:ed|es|ing)|breach(?:ed|es|ing)|went beyond|extend(?:ed|s|ing) (?:beyond|past)|"
    r"surpass(?:ed|es|ing)|EXCEED)|"
    r"(?:was|lay|remained|were|is|fell|falls|lies|lying|falling)\s(?:\w+ly |well |still |just )?(?:OUTSIDE))"
)
_WORDS = {
    "upper": (("WITHIN", r"within|inside|below|under|less than|lower than|smaller than|beneath"),
              ("EXCEED", r"exceed(?:ed|s|ing)"), ("OUTSIDE", r"outside|above|over|beyond|greater than|higher "
                                                             r"than|larger than")),
    "lower": (("WITHIN", r"within|inside|above|over|greater than|higher than"),
              ("EXCEED", r"(?!)"), ("OUTSIDE", r"outside|below|under|beyond|less than|lower than")),
}  # fmt: skip


def _filled(pattern: str, side: str) -> Expression:
    for word, meant in _WORDS[side]:
        pattern = pattern.replace(word, meant)
    return Expression(rf"\b{pattern}(?!\w)", re.I)


_VERBS = {side: (_filled(_IN, side), _filled(_OUT, side)) for side in _WORDS}
_DESIGN = Expression(
    r"\b(?:would|will|if|when|provided|should|whether|required|defined|considered|to be|must|planned|power|"
    r"sample size|assum\w+|hypothes\w+|"
    r"neither|either)\b", re.I,
)  # fmt: skip
_OWN = Expression(
    rf"^(?:\s(?:of|for)\s(?:the\s)?(?:(?:one|"
    rf"two)-sided\s)?(?:\d\d(?:\.\d)?\s?%\s)?[^.;()\d]{{0,60}}?)?(?:\s?[(\[,:=]\s?|\s(?:of|at|was|"
    rf"is)\s)(?P<v>{SIGNED})\s?(?:%|[a-zA-Z]{{1,10}}(?: points?)?)?\s?(?=[)\],]|\s[a-z])(?!\s?(?:to|-)\s)"
)
_BARE = Expression(
    rf"^[^.;()\[\]]{{0,90}}?[(\[](?:\d\d\s?% CI[,:]?\s)?(?P<low>{SIGNED})\s?%?\s?(?:to|,|;|"
    rf"-)\s?(?P<high>{SIGNED})\s?[^()\[\]\d]{{0,25}}[)\]]"
)
"""An interval in brackets behind the name of its limit."""


def limit_and_margin(reading: Reading) -> Iterator[Finding]:
    """Compare each limit that a sentence holds against a margin; either may stand one sentence away."""
    if not re.search(r"margin|threshold|bioequiv|equivalen|inferiority|delta|limit of", reading.document.prose):
        return
    every = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    margins = [(line, m) for line in every for m in _MARGIN.finditer(_plain(line))]
    for before, line in pairwise([None, *every]):
        assert line is not None
        if not _DESIGN.search(line.words):
            yield from _one_side(reading, before, line, margins)
            yield from _both_sides(reading, before, line)


def _plain(line: Line) -> str:
    return line.words.replace("\n", " ")


def _one_side(
    reading: Reading, before: Line | None, line: Line, margins: list[tuple[Line, re.Match[str]]]
) -> Iterator[Finding]:
    words = _plain(line)
    sides = list(_SIDE.finditer(words))
    here = [m for of, m in margins if of is line]
    if len(sides) != 1 or len(here) > 1 or (not here and len({m["a"] or m["b"] for _, m in margins}) != 1):
        return
    side = sides[0]["side"].lower()
    if not here and not re.search(r"\bmargin\b", words[sides[0].end() :]):
        return
    of, margin = (line, here[0]) if here else margins[0]
    end = margin.start() if here and margin.start() > sides[0].end() else len(words)
    kept, lost = (p.search(words, sides[0].end(), end) for p in _VERBS[side])
    limit = _limit(before, line, words, sides[0], side, here[0] if here else None)
    if (kept is None) == (lost is None) or limit is None:
        return
    said, own = kept or lost, limit[0]
    text = (margin["a"] or margin["b"]).strip()
    edge = float(number(text))
    if own * edge < 0 and abs(edge) == edge and own < 0 and side == "lower":
        edge = -edge  # "a margin of 5 points", and a lower limit below 0
    if own * edge < 0 or not _one_scale(own, edge):
        return
    inside = own < edge if side == "upper" else own > edge
    if own == edge or inside == (kept is not None):
        return
    assert said is not None
    yield reading.finding(
        "MARGIN_CONTRADICTS", "error",
        f"'{' '.join(said[0].split())}' contradicts the {side} limit, {own:g}, and the margin of {text}",
        "another analysis, or another margin, may be meant; otherwise a number or the word is misprinted",
        quotes=(line.piece(said), limit[1], (of.start + margin.start(), of.start + margin.end())),
    )  # fmt: skip


def _one_scale(own: float, edge: float) -> bool:
    """Say whether limit and margin can be of one scale: no ratio against per cent."""
    low, high = sorted((abs(own), abs(edge)))
    return low > 0 and high / low < 8


def _limit(
    before: Line | None, line: Line, words: str, named: re.Match[str], side: str, margin: re.Match[str] | None
) -> tuple[float, Spot] | None:
    """Give the limit meant, from its own words or the interval nearest before it, and its place."""
    own = _OWN.match(words[named.end() :])
    if own is not None and (
        margin is None or named.end() + own.end("v") <= margin.start() or margin.end() <= named.start()
    ):
        at = line.start + named.end()
        return float(number(own["v"])), (line.start + named.start(), at + own.end("v"))
    if (bare := _BARE.match(words[named.end() :])) is not None:
        which = "low" if side == "lower" else "high"
        at = line.start + named.end()
        return float(number(bare[which])), (at + bare.start("low"), at + bare.end("high"))
    found = _intervals(line) or (_intervals(before) if before is not None and before.section == line.section else [])
    if len(found) != 1:
        return None
    return float(found[0].low if side == "lower" else found[0].high), found[0].spot


def _intervals(line: Line) -> list[Effect]:
    return [e for e in effects(line) if e.low.value < e.high.value]


def _both_sides(reading: Reading, before: Line | None, line: Line) -> Iterator[Finding]:
    """Compare an interval that is said to lie within two bounds with them."""
    words = _plain(line)
    if not re.search(r"\b(?:within|inside|contained in)\b", words) or not re.search(
        r"quivalen|limits|bounds|range", words
    ):
        return
    if re.search(r"\b(?:not|outside)\b", words):
        return
    bounds = list(_RANGE.finditer(words))
    found = _intervals(line) or (_intervals(before) if before is not None and before.section == line.section else [])
    found = [e for e in found if not any(line.start + m.start() <= e.end - 3 <= line.start + m.end() for m in bounds)]
    if len(bounds) != 1 or len(found) != 1:
        return
    m, e = bounds[0], found[0]
    low, high = float(m["m"]), float(m["n"])
    if low > 5 and float(e.high) < 5:
        low, high = low / 100, high / 100
    if (
        low >= high
        or not low * 0.3 < float(e.low) < float(e.high) < high * 3
        or (low <= float(e.low) and float(e.high) <= high)
    ):
        return
    yield reading.finding(
        "MARGIN_CONTRADICTS", "error",
        f"'{' '.join(m[0].split())}' contradicts the interval {e.low} to {e.high}",
        "another analysis may be meant; otherwise a limit is misprinted",
        quotes=(line.piece(m), e.spot),
    )  # fmt: skip


_RANGE = Expression(
    r"\b(?:within|inside|contained in)\b[^.;\d]{0,70}?(?P<m>\d+(?:\.\d+)?)\s?%?\s?(?:-|to|"
    r"and)\s?(?P<n>\d+(?:\.\d+)?)(?!\.?\d)",
    re.I,
)
