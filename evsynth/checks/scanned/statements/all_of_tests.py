"""All, both, none or only one of several tests are said to be significant, and the P values or intervals say otherwise.

They stand in the sentence itself ("both intervals excluded 1 (1.2 to 1.6 and 0.9 to 1.4)"), or in one of the three
before it ("Each of the four outcomes reached the 5% level").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.evidence import Evidence, bounds_of, evidence
from evsynth.checks.scanned.facts.levels import other_level
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_CONTRADICTS",)

_NULL = r"(?:unity|one\b|1(?:\.0+)?\b|zero\b|0(?:\.0+)?\b|the null(?: value)?|no effect|no difference)"
_BE = r"(?:(?:was|were|is|are|proved|remained|stayed)(?: (?:all|both|each|also|thus|therefore|hence))*)"
_OUT = (
    rf"(?:exclud(?:ed|ing|e)|did not (?:include|contain|cross|cover)|lay (?:entirely |wholly )?(?:above|below)) "
    rf"{_NULL}|"
    rf"{_BE} (?:statistically )?significant|(?:reach|attain|achiev)(?:ed|ing) (?:(?:statistical|conventional) "
    rf")?(?:significance|the \d+ ?% level)|differed(?: significantly| between| at)|{_BE} (?:significantly |"
    rf"independently )?"
    r"(?:related|associated|different)"
)
_IN = (
    rf"(?:includ(?:ed|ing|e)|contain(?:ed|ing)?|cross(?:ed|ing)?|spann(?:ed|ing)) {_NULL}|"
    rf"{_BE} (?:not (?:statistically )?significant|non-?significant)"
)
_N = r"(?: (?:of )?(?:the |these |those |our |its )?(?P<{}>two|three|four|five|six|seven|eight|nine|ten)\b)?"
_OF = r"(?P<{}>[^.;:()\d]{{0,60}}?)"
_GAIN = (
    r"(?:gains?|improvements?|differences?|reductions?|benefits?|effects?|associations?|increases?|decreases?|"
    r"advantages?)"
)
_SAID = (
    Expression(
        rf"(?<!of )(?<!in )(?<!at )(?<!for )\b(?:(?P<all>all|both|each|every)|(?P<none>none|neither)){_N.format('n')}"
        rf"(?! (?:it|they|other|time|group|arm|year|week|month|visit)\b){_OF.format('what')}\s?"
        rf"(?:(?P<in>{_IN})|(?P<out>{_OUT}))", re.I,
    ),
    Expression(
        rf"\b(?:(?P<out>exclud(?:ed|ing) {_NULL}|(?:statistically )?significant {_GAIN}(?: (?:was|were) (?:seen|found|"
        rf"observed|noted|shown))?)|(?P<in>includ(?:ed|ing) {_NULL}|cross(?:ed|ing) {_NULL}))(?: (?:for|in|on|of|"
        rf"with))? "
        rf"(?:(?P<all>all|both|each|every)|(?P<none>none|neither)){_N.format('n')}(?P<what>[^.;:()\d]{{0,40}})", re.I,
    ),
    Expression(
        rf"(?:^|[.;:,]\s|\b(?:that|and|but|while|whereas)\s)only (?:the )?(?P<only>(?!and\b|"
        rf"or\b)[^.;:()\d,]{{3,50}}?) (?:(?P<out>{_OUT}|differed\b))", re.I,
    ),
)  # fmt: skip
_EXCEPT = Expression(
    r"\b(?:except\w*|apart|other than|besides|save|secondary analys\w+|previous\w*|trials|studies|bonferroni|"
    r"correct(?:ed|"
    r"ion)|non-?\s?inferior\w*|interaction|if|whether|would)\b", re.I,
)  # fmt: skip
_MODEL = Expression(r"\b(?:multivaria\w*|adjust\w*|independent\w*|regression)\b", re.I)
"""A claim about a model is not held against a list of crude tests."""
_COUNTS = {w: i for i, w in enumerate("two three four five six seven eight nine ten".split(), 2)}
BACK = 3
"""Sentences before the claim in which its tests may stand."""


class _Test(NamedTuple):
    about: frozenset[str]
    significant: bool
    told: Evidence
    line: Line

    @property
    def spot(self) -> tuple[int, int]:
        """Its place in the document."""
        return self.line.start + self.told.start, self.line.start + self.told.end


def all_of_tests(reading: Reading) -> Iterator[Finding]:
    """Hold every test of a list against what is said of all, none or only one of them.

    At least one test must be as said. A number word ("all three") must be that of the tests; of a list that stands
    before, not right before, the words must share one with the claim. Left alone: exceptions, corrected levels.
    """
    if other_level(reading):
        return
    before: list[Line] = []
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        for match in (m for pattern in _SAID if (m := pattern.search(line.words)) is not None):
            if _EXCEPT.search(_around(line.words, match)):
                continue
            wrong = _wrong(reading, line, match, before)
            if wrong:
                yield reading.finding(
                    "ALL_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {', '.join(t.told.printed for t in wrong)}",
                    "an exception, or other tests, may be meant; otherwise a number or the word is misprinted",
                    quotes=(line.piece(match), *(t.spot for t in wrong)),
                )  # fmt: skip
                break
        before = [*before, line][-BACK:]


def _around(words: str, match: re.Match[str]) -> str:
    """Give the part of a sentence, between semicolons, in which a claim stands."""
    end = words.find(";", match.end())
    return words[words.rfind(";", 0, match.start()) + 1 : end if end >= 0 else len(words)]


def _wrong(reading: Reading, line: Line, match: re.Match[str], before: list[Line]) -> list[_Test]:
    groups = match.groupdict()
    own = _tests(reading, line)
    sources = [own]
    if not evidence(line):
        modelled = _MODEL.search(line.words, max(0, match.start() - 40), match.end()) is not None
        sources = [_tests(reading, x) for x in reversed(before) if not modelled or _MODEL.search(x.words)]
    for back, tests in enumerate(sources):
        if len(tests) < 2:
            continue
        two = match[0].lower().startswith(("both", "neither"))
        asked = _COUNTS[groups["n"].lower()] if groups.get("n") else 2 if two else 0
        known = frozenset[str]().union(*(t.about for t in tests))
        if asked and len(tests) != asked:
            continue
        if not asked and back and not stems(groups.get("what") or groups.get("only") or "") & known:
            continue
        found = _against(match, tests)
        return found if len(found) < len(tests) else []
    return []


def _against(match: re.Match[str], tests: list[_Test]) -> list[_Test]:
    groups = match.groupdict()
    if groups.get("only"):
        wanted = stems(groups["only"])
        named = [t for t in tests if wanted & t.about]
        if len(named) != 1 or not named[0].significant:
            return []
        return [t for t in tests if t.significant and t is not named[0]]
    significant = (groups.get("out") is not None) != (groups.get("none") is not None)
    return [t for t in tests if t.significant != significant]


def _tests(reading: Reading, line: Line) -> list[_Test]:
    """Give the tests of a sentence with the words before each; none where a side is open, or two share their words."""
    found = evidence(line)
    level = bounds_of(reading, line)
    if level is None or len(found) < 2:
        return []
    cuts = [0, *(e.end for e in found)]
    made = []
    for e, (start, _) in zip(found, pairwise([*cuts, len(line.words)]), strict=False):
        side = e.significant(*level)
        if side is None:
            return []
        made.append(_Test(stems(line.words[start : e.start]), side, e, line))
    return made
