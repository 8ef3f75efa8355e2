"""Words for a share or a multiple against numbers: "the majority (42%)", "one third (55%)", "doubled, 10 to 13"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.share_words import listed_with
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SHARE_CONTRADICTS",)

_PERCENT = r"(?P<percent>[0-9]{1,3}(?:\.[0-9]+)?)\s?%"
_BRACKET = rf"\(\s*(?:n\s*=\s*)?(?:[0-9]+\s*(?:/|of)\s*[0-9]+\s*[,;(]?\s*|[0-9]+\s*[,;]\s*)?{_PERCENT}"
_WHO = r"(?:patients|participants|subjects|cases|children|women|men|studies|them|those|[a-z]{4,}(?<!as)s)"
_WORDS: tuple[tuple[str, float, float], ...] = (
    (r"(?:the|a) (?:vast |great |large )?majority", 49.5, 100),
    (r"most", 49.5, 100),
    (r"(?:more than|over) (?:a |one )?half", 49.5, 100),
    (r"(?:less|fewer) than (?:a |one )?half", 0, 50.5),
    (r"(?:a |the )?minority", 0, 50.5),
    (r"(?:more than|over) two[- ]thirds", 66, 100),
    (r"(?:more than|over) (?:a|one)[- ]third", 33, 100),
    (r"(?:more than|over) (?:a|one)[- ]quarter", 24.5, 100),
    (r"(?:less|fewer) than (?:a|one)[- ]third", 0, 34),
    (r"(?:less|fewer) than (?:a|one)[- ]quarter", 0, 25.5),
    (r"(?:about |approximately |around |nearly |almost |roughly )?(?:a|one)[- ]third", 25, 42),
    (r"(?:about |approximately |around |nearly |almost |roughly )?(?:a|one)[- ]quarter", 17, 33),
    (r"(?:about |approximately |around |nearly |almost |roughly )?two[- ]thirds", 58, 75),
    (r"(?:about |approximately |around |nearly |almost |roughly )?three[- ]quarters", 67, 83),
    (r"(?:about |approximately |around |nearly |almost |roughly )half", 40, 60),
    (r"(?:nearly|almost|virtually) all", 80, 100),
)
_SHARES = tuple(
    (Expression(rf"(?<![A-Za-z] )\b(?P<word>{word})\s+(?:of (?:the |these |our |all )?(?:[0-9]+ "
        rf")?)?{_WHO}\b[^.;()]{{0,50}}?{_BRACKET}",
                re.I), low, high)
    for word, low, high in _WORDS
)  # fmt: skip
_MAJORITY_WERE = Expression(
    rf"\bthe (?P<word>majority) (?:was|were) "
    rf"(?!(?:un)?treated)[a-z]+\s*\(\s*(?:n\s*=\s*)?(?:[0-9]+\s*[,;]\s*)?{_PERCENT}",
    re.I,
)
_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_FOLD = Expression(
    rf"\b(?P<word>doubled|tripled|trebled|quadrupled|halved|(?P<n>two|three|four|five|[2-9])[- ]?fold (?:increase|"
    rf"rise|higher|greater))\b"
    rf"[^.;()0-9]{{0,60}}?(?:,?\s*from\s+|\()\s*(?P<a>{_NUMBER})\s*(?:%|[A-Za-z/]{{1,8}})?"
    rf"(?:\s*[(\[][^()\[\]]{{2,30}}[)\]])?\s*(?P<to>to|vs?\.?|"
    rf"versus)\s*(?P<b>{_NUMBER})",
    re.I,
)
_TIMES = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5, "two": 2.0, "three": 3.0,
          "four": 4.0, "five": 5.0}  # fmt: skip


def shares(reading: Reading) -> Iterator[Finding]:
    """Compare words for shares with the percentage in the bracket behind, and words for multiples with two numbers.

    'About a third' may be 25 to 42 %, a doubling 1.6 to 2.5 times. Left alone: 'most common' and 'most frequent', which
    need not be half; percentages that are not in the same bracket.
    """
    for line in lines(reading, ("abstract", "results", "discussion", "conclusion", "body")):
        taken: list[tuple[int, int]] = []
        for pattern, low, high in _SHARES:
            for match in pattern.finditer(line.words):
                if any(a < match.end() and match.start() < b for a, b in taken):
                    continue
                taken.append(match.span())
                if not low <= float(match["percent"]) <= high and not _with_next(line.words, match, low, high):
                    yield _finding(reading, line, match, f"{match['percent']}%")
        for match in _MAJORITY_WERE.finditer(line.words):
            if float(match["percent"]) < 49.5 and not _with_next(line.words, match, 49.5, 100):
                yield _finding(reading, line, match, f"{match['percent']}%")
        for match in _FOLD.finditer(line.words):
            yield from _fold(reading, line, match)


def _with_next(words: str, match: re.Match[str], low: float, high: float) -> bool:
    first = float(match["percent"])
    return any(low <= first + more <= high for more in listed_with(words, match.end("percent")))


def _fold(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    a, b = (float(match[name].replace(",", "")) for name in ("a", "b"))
    word = (match["n"] or match["word"]).lower()
    times = _TIMES.get(word) or float(word)
    if a == 0 or b == 0 or all(re.fullmatch(r"(?:19|20)\d\d", match[name]) for name in ("a", "b")):
        return
    ratio = b / a if match["to"] == "to" else max(a, b) / min(a, b)
    if match["to"] != "to" and times < 1:
        ratio = 1 / ratio
    if not 0.8 <= ratio / times <= 1.25:
        yield _finding(reading, line, match, f"{match['a']} and {match['b']}")


def _finding(reading: Reading, line: Line, match: re.Match[str], number: str) -> Finding:
    return reading.finding(
        "SHARE_CONTRADICTS", "inconsistent", f"'{match['word']}' is inconsistent with {number}",
        "the largest of several groups may be meant, or the number may have another denominator",
        quotes=(line.piece(match),),
    )  # fmt: skip
