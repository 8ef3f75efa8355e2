"""Words for a share: "three in five", "just under half", "the majority", and the values they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

_SMALL = "|".join(word for word, value in NUMBER_WORDS.items() if 1 <= value <= 20)
_NAMED = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 2 / 3, "quarter": 1 / 4, "quarters": 3 / 4, "fifth": 1 / 5,
    "tenth": 1 / 10,
}  # fmt: skip
_SHARE = Expression(
    rf"(?:\b(?P<how>(?:only )?(?:just |slightly |little |somewhat |well )?(?:under|below|less than|fewer than|"
    rf"short of|over|"
    rf"above|more than)|almost|nearly|not quite|close to|at least|about|around|roughly|approximately|some|only|"
    rf"up to)\s+)?"
    rf"(?:\b(?P<n>{_SMALL})\s+(?:[a-z]+\s+)?(?:in|out of|of every|in every|out of "
    rf"every)\s+(?P<of>{_SMALL})\b(?!\s+(?:each|the|our|both|these|those)\b)"
    rf"|\b(?:one|1) (?:in(?: every)?|out of(?: every)?|of every) (?P<every>[2-9]|[1-9]\d{{1,2}})\b(?![.,·/:-]\d|\s?%|"
    rf"[- ](?:year|month|week|day|hour|arm|"
    rf"each|cent|hospital|site|countr|stud|trial|patient group))"
    rf"|\b(?P<all>(?:nearly|almost|virtually|practically) all)\b(?! (?:the )?(?:other|remaining))"
    rf"|\b(?:(?:a|one)[ -])?(?P<half>half)\b(?!-| a | an | as [a-z])|\b(?:(?:a|one)[ -])(?P<one>third|quarter|fifth|"
    rf"tenth)\b|\btwo[ -]"
    rf"(?P<two>thirds)\b|\bthree[ -](?P<three>quarters)\b|\b(?:the|a) (?:vast |great |large |small |clear )?"
    rf"(?P<most>majority|minority)\b|\b(?P<bulk>most)(?= (?:of (?:the |our |these |all )?)?(?:patients|women|men|"
    rf"children|participants|infants|respondents|cases|adults|people|residents)\b))",
    re.I,
)
_UNDER = Expression(r"under|below|less|fewer|short", re.I)
_OVER = Expression(r"over|above|more|at least", re.I)
_NEARLY = Expression(r"almost|nearly|not quite", re.I)
_CLOSE = Expression(r"\b(?:just|slightly|little)\b", re.I)

NEAR = 0.09
"""How far 'nearly', 'just under' and 'just over' reach."""


class ShareWord(NamedTuple):
    """Words for a share in a sentence, and the lowest and highest share that they can mean."""

    match: re.Match[str]
    low: float
    high: float

    def holds(self, share: float) -> bool:
        """Say whether a share may be called so."""
        return self.low <= share <= self.high


def share_words(words: str) -> Iterator[ShareWord]:
    """Give the words for shares of a sentence, in order. "About" gives a fifth of the share either way, or 0.07."""
    for match in _SHARE.finditer(words):
        how = match["how"] or ""
        if match["all"]:
            yield ShareWord(match, 0.75, 1.0)
            continue
        if match["bulk"]:
            yield ShareWord(match, 0.495, 1.0)
            continue
        if match["most"]:
            low, high = (0.495, 1.0) if match["most"].lower() == "majority" else (0.0, 0.505)
            yield ShareWord(match, low, high)
            continue
        share = _value(match)
        if share is None or not 0 < share < 1:
            continue
        wide = max(0.07, 0.2 * share) if share >= 0.2 else 0.25 * share
        if not how:
            wide = min(wide, 0.08 - 0.001 * (share > 0.5))
        near = min(NEAR, 0.25 * share)
        if _NEARLY.search(how) or (_UNDER.search(how) and _CLOSE.search(how)):
            yield ShareWord(match, share - near, share + 0.01)
        elif _OVER.search(how) and _CLOSE.search(how):
            yield ShareWord(match, share - 0.01, share + near)
        elif how.lower() == "up to":
            yield ShareWord(match, 0.0, share + 0.015)
        elif _UNDER.search(how):
            yield ShareWord(match, 0.0, share + 0.005)
        elif _OVER.search(how):
            yield ShareWord(match, share - 0.005, 1.0)
        else:
            yield ShareWord(match, share - wide, share + wide)


def _value(match: re.Match[str]) -> float | None:
    if match["n"]:
        return NUMBER_WORDS[match["n"].lower()] / NUMBER_WORDS[match["of"].lower()]
    if match["every"]:
        return 1 / int(match["every"])
    name = match["half"] or match["one"] or match["two"] or match["three"]
    return _NAMED[name.lower()] if name else None


_NEXT = Expression(
    r"\s?%?[^()%]{0,12}[)\]],?\s(?:(?:and/or|and|or|followed by|plus|then)\s)?(?!(?:was|were|had)\b)"
    r"[^.;()\d]{2,50}?[(\[]\s*"
    r"(?:n\s*=\s*)?(?:[0-9]+\s*[,;]\s*)?(?P<percent>[0-9]{1,3}(?:\.[0-9]+)?)(?=\s?%)", re.I,
)  # fmt: skip


def listed_with(words: str, end: int) -> Iterator[float]:
    """Give what the percentages of a list add to its first, that ends here: "most died of cancer (44%) or sepsis (9%)".

    One value for each further part, each the sum so far.
    """
    total = 0.0
    while (more := _NEXT.match(words, end)) is not None:
        total, end = total + float(more["percent"]), more.end()
        yield total
