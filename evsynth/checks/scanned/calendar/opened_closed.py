"""A beginning that lies after its end: "opened on 3 May 2019 and was closed on 30 April 2018"; searches and years."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.moments import Moment, moments
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_OPENED = Expression(
    r"\b(?:open(?:ed|s|ing)?|beg[aiu]n|start(?:ed|s|ing)?|commenc\w+|launch\w+|initiat\w+|sent|mailed|e-mailed|"
    r"distributed|went live|first (?:patient|participant|subject|case|child|woman|infant|dose|visit|operation|"
    r"inclusion|procedure|enrol\w+)|came into (?:force|effect)|introduced|activated)\b[^.;]{0,70}$", re.I,
)  # fmt: skip
_CLOSED = Expression(
    r"\b(?:clos(?:ed|ing|ure)|end(?:ed|s|ing)?|complet\w+|finish\w+|stopp\w+|conclud\w+|terminat\w+|until|till|"
    r"last (?:patient|participant|subject|case|child|woman|infant|dose|visit|operation|inclusion|procedure|reply"
    r"|answer|"
    r"response|enrol\w+)|the last(?= (?:one |was |on |in |entered |at )|$)|final (?:visit|dose|patient"
    r"|participant))\b", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"\b(?:respectively|second|another|wave|phase|previous|earlier|former|approv\w*|regist\w*|whereas|published|"
    r"born|ethic\w*|protocol|amend\w*|wk|control period|before period|pilot)\b", re.I,
)  # fmt: skip
_SEARCH = Expression(
    r"\b(?:search\w*|databases?|PubMed|MEDLINE|Embase|CENTRAL|Cochrane|Scopus|Web of Science|literature)\b", re.I
)
_UNTIL = Expression(
    r"\b(?:to|until|till|up to|through|before|by|on|in|updated(?: in| on)?|last|as of|and)\s(?:the\s)?(?:end\sof\s)?$",
    re.I,
)
_NOT_THE_SEARCH = Expression(
    r"\b(?:regist\w*|PROSPERO|protocol|accepted|received|updated? (?:review|guideline))\b", re.I
)
_PUBLISHED = Expression(
    r"\b(?:publi(?:shed|cation)\w*|appear\w*|dated|date of publication|dating|issued)\b[^.;\d]{0,40}"
    r"(?:\b(?:between|from|in|during|years?)\s)?(?:(?P<from>(?:19|20)\d\d)\s?(?:-|to|and|through)\s?)?"
    r"(?P<year>(?:19|20)\d\d)\b(?!\s?(?:-|to|and)\s?\d{4})", re.I,
)  # fmt: skip
_UPDATE = Expression(r"\b(?:updat\w*|rerun|re-run|repeated|second search|later search|search alerts?|extended)\b", re.I)


def opened_closed(reading: Reading) -> Iterator[Finding]:
    """Compare the first date after a word for a beginning with the next one, after a word for its end.

    Both stand in one sentence, or in two that follow each other. And: years of publication of the studies included
    against the day on which the search ended. Left alone: several phases, approvals, searches that were repeated.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for one, two in itertools.pairwise([*every, *every[-1:]]):
        yield from _pair(reading, one, one)
        if two.start > one.start and two.section == one.section:
            yield from _pair(reading, one, two)
    yield from _published(reading, every)


def _pair(reading: Reading, one: Line, two: Line) -> Iterator[Finding]:
    first, second = list(moments(one.words)), list(moments(two.words))
    if one is two:
        pairs: list[tuple[Moment, Moment]] = list(itertools.pairwise(first))
    else:
        pairs = [(first[-1], second[0])] if len(first) == 1 and len(second) == 1 else []
    for opens, closes in pairs:
        before = one.words[: opens.start]
        between = one.words[opens.end : closes.start] if one is two else two.words[: closes.start]
        if not opens.exact or not closes.exact or closes.last >= opens.first or len(between) > 110:
            continue
        if not _OPENED.search(before) or not _CLOSED.search(between) or _OPENED.search(between):
            continue
        if _OTHER.search(before[-90:]) or _OTHER.search(between):
            continue
        a, b = one.words[opens.start : opens.end], two.words[closes.start : closes.end]
        yield reading.finding(
            "DATES", "error", f"an end on {' '.join(b.split())} is inconsistent with a beginning on "
            f"{' '.join(a.split())}: it is earlier",
            "the dates may be exchanged; otherwise a month or a year is misprinted",
            quotes=((one.start + opens.start, one.start + opens.end),
                    (two.start + closes.start, two.start + closes.end)),
        )  # fmt: skip


def _published(reading: Reading, every: list[Line]) -> Iterator[Finding]:
    ends = []
    for line in every:
        if (
            _SEARCH.search(line.words)
            and re.search(r"\bsearch", line.words, re.I)
            and not _NOT_THE_SEARCH.search(line.words)
        ):
            ends += [(line, m) for m in moments(line.words) if _UNTIL.search(line.words[: m.start])]
    if not ends or any(_UPDATE.search(line.words) for line in every):
        return
    line, end = max(ends, key=lambda e: e[1].last)
    for told in every:
        for match in _PUBLISHED.finditer(told.words):
            if int(match["year"]) <= end.last // 10000 or (told is line and match.start() < end.end):
                continue
            if not re.search(r"\b(?:stud(?:y|ies)|trials?|articles?|papers?|reports?|publications?|records?|reviews?|"
                             r"which|that|"
                             r"cohorts?)\b", told.words[: match.start() + 12], re.I):  # fmt: skip
                continue
            yield reading.finding(
                "DATES", "error",
                f"studies published in {match['year']} are inconsistent with a search that ended "
                f"{' '.join(line.words[end.start : end.end].split())}",
                "the search may have been repeated, or a paper have been found before it was in print",
                quotes=(told.piece(match), (line.start + end.start, line.start + end.end)),
            )  # fmt: skip
            return
