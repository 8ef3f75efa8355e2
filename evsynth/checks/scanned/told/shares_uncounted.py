"""Percentages told without their count, of a number that is told: "of the 191 untreated, 24.4% began a drug".

No whole number of the people gives them, nor of any number told near it that the share may be of instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import counts_that_print, last_digit
from evsynth.text.expressions import Expression

CODES = ("PERCENT_IMPOSSIBLE",)

_ALL = r"(?:the |these |those |our |all |a total of |both |other |remaining ){0,3}"
_WORD = r"(?: (?!(?:and|or|but|while|whereas|than|versus|vs)\b)[A-Za-z][\w'/-]*)"
_DID = (
    r"(?=(?: of (?:them|these|those|whom|the \w+|\w+))? (?:(?:also|later|then|still|already|subsequently|eventually|"
    r"never|only|had|have|were|was|did|could|began|took|chose|gave|got|went|fell|left|lost|kept|grew|felt|saw|said|"
    r"underwent|withdrew|met|became|stayed|relapsed|stopped|quit|needed)\b|[a-z]+ed\b))"
)
_TOLD = (
    Expression(
        rf"(?:^|[.:;(,] ?)(?:[Oo]f|[Aa]mong|[Aa]mongst|[Oo]ut of|[Ii]n|[Ff]rom) {_ALL}⟨c(?P<n>\d+)⟩{_WORD}{{0,9}}?,? "
        rf"(?:only |about )?⟨p(?P<p>\d+)⟩{_DID}"
    ),
    Expression(
        rf"(?:^|[.:;(,] ?)(?:[Oo]f|[Aa]mong|[Ii]n) {_ALL}⟨c(?P<n>\d+)⟩{_WORD}{{1,9}}?,?{_WORD}{{0,6}}? "
        r"(?:was|were|occurred|developed|seen|found|noted|recorded|present)(?: [a-z]+)? in (?:only )?⟨p(?P<p>\d+)⟩"
    ),
    Expression(rf"⟨p(?P<p>\d+)⟩ (?:of|among) {_ALL}⟨c(?P<n>\d+)⟩(?={_WORD})"),
    Expression(
        rf"\b(?:[Ii]n|[Aa]mong|[Oo]f)(?: the)?{_WORD}{{1,5}} \([nN] ?= ?⟨c(?P<n>\d+)⟩\),? ⟨p(?P<p>\d+)⟩{_DID}"
    ),
)  # fmt: skip
_NO_SHARE = Expression(
    r"surviv|kaplan|cumulative|estimat|incidence|weighted|adjusted|reduc|increas|decreas|declin|chang|improve(?:d|ment)"
    r" (?:of|by)|imput|power\b|confiden|predict|expected|mean\b|median|average|per cent of|variance|years?-old|dose|"
    r"about|approximately|nearly|almost|around|roughly|over ⟨p|more than ⟨p|less than ⟨p|at least ⟨p|up to ⟨p|some ⟨p|"
    r"et al|\b(?:rate|rates|coverage|agreement|person|visits?|tests?|samples?|doses?|measurements?|"
    r"bilateral\w*|eyes)\b",
    re.I,
)  # fmt: skip
_MISSING = Expression(r"\b(?:missing|available|with data|evaluable|responded to|answered|unknown|not recorded)\b", re.I)
ALMOST, MOST = 1.2, 1000
"""Units of the last decimal to the nearest share of a whole number; fewer may be cut off, not rounded. Least number of
people of whom a percentage with a decimal is always a share of some."""
LEAST = 5
"""Of fewer people nobody tells a percentage without the count."""


def shares_uncounted(reading: Reading) -> Iterator[Finding]:
    """Check percentages without a count against the number that they are told of.

    Left alone: estimates, rates and changes, percentages that are about, sentences on missing data, whole percentages
    that are multiples of five, and those of any other number told in the neighbouring sentences.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        counted = {s.percent for s in proportions(sentence) if s.events is not None}
        for match in (m for pattern in _TOLD for m in pattern.finditer(sentence.text)):
            of, percent = sentence.numbers[int(match["n"])], sentence.numbers[int(match["p"])]
            cut = cut_short(percent.printed, of.whole)
            if percent in counted or not (cut or impossible(percent.printed, of.whole)):
                continue
            about = sentence.text[max(0, match.start() - 40) : match.end() + 60]
            if _NO_SHARE.search(about) or _MISSING.search(line.words) or _listed(sentence, match):
                continue
            near = _near(reading, every, index, of)
            if any(counts_that_print(percent.printed, n) if cut else not impossible(percent.printed, n) for n in near):
                continue
            yield share_of_whole(reading, line, percent, of, (spot(line, of, percent), spot(line, percent)), cut)
            break


def _listed(sentence: Marked, match: re.Match[str]) -> bool:
    """Say whether an interval or a spread follows the percentage."""
    return re.match(r" ?(?:\(⟨l|\(?(?:95|SD|±|\+/-|to ⟨|- ?⟨)|± ?⟨)", sentence.text[match.end() :]) is not None


def impossible(percent: Printed, of: int) -> bool:
    """Say whether a percentage is further from that of every count of a number than rounding makes it."""
    if not _small(percent, of):
        return False
    value, unit = float(percent.value), 10.0**-percent.decimals
    exact = value * of / 100
    return all(abs(100 * k / of - value) > ALMOST * unit for k in (math.floor(exact), math.ceil(exact)))


def _small(percent: Printed, of: int) -> bool:
    """Say whether the people are so few that not every percentage is a share of them, and it is printed as one."""
    if percent.bound or not LEAST <= of < MOST * 10 ** (percent.decimals - 1) or not 0 < percent.value < 100:
        return False
    return percent.decimals > 0 or percent.value % 5 != 0


def _near(reading: Reading, every: list[Line], index: int, of: Number) -> set[int]:
    """Give the numbers that the share may be of instead: told nearby, or sizes of groups; from half of the number.

    The other group, which makes a number of people told together with this one, is no part of it.
    """
    told = [n for x in every[max(0, index - 2) : index + 2] for n in marked(x.words).numbers]
    found = {n.whole for n in told if n.kind in "cmx" and not n.printed.decimals}
    found |= {of.whole - n.whole for n in marked(every[index].words).numbers if n.kind == "c"}
    people = set(sizes_said(reading)) | {sum(s.sizes) for s in sizes_told(reading)}
    found |= people | {n for s in sizes_told(reading) for n in s.sizes}
    return {n for n in found if of.whole / 2 < n < of.whole and n + of.whole not in people}


def cut_short(percent: Printed, of: int) -> str:
    """Say how the percentage of a whole number was made without rounding; empty where rounding gives it or nothing."""
    if not _small(percent, of) or counts_that_print(percent, of):
        return ""
    exact = float(percent.value) * of / 100
    return next((c for k in (math.ceil(exact), math.floor(exact)) if (c := last_digit(percent, k, of))), "")


def share_of_whole(
    reading: Reading, line: Line, percent: Number, of: Number, quotes: tuple[Spot, ...], cut: str = ""
) -> Finding:
    """Make the finding of a percentage that no whole number gives: a note where digits were cut, not rounded."""
    exact = float(percent.printed.value) * of.whole / 100
    given = " and ".join(
        f"{k} give {100 * k / of.whole:.{max(1, percent.printed.decimals)}f}%"
        for k in (math.floor(exact), math.ceil(exact))
    )
    return reading.finding(
        "PERCENT_IMPOSSIBLE", "note" if cut else "inconsistent",
        f"{percent.printed}% of {of.whole} is inconsistent with any whole number, rounded: {given}"
        + (f"; {cut}" if cut else ""),
        "patients without data may be left out of the denominator; otherwise a digit is misprinted",
        quotes=quotes, computed=(("count", f"{exact:.2f}"),),
    )  # fmt: skip
