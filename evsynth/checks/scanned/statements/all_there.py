"""'All implants were available at 12 months' against 'one was lost': things or patients, all said to be there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_OF_THEM_CONTRADICTS",)

_BE = r"(?:was|were|had been|has been|have been|remained|stayed)"
_STATE = (
    r"(?P<state>available|in place|in situ|in function|functional|functioning|stable|patent|intact|retained|"
    r"present|viable|"
    r"accounted for|osseointegrated|successful|evaluable|examined|re-?examined|reviewed|evaluated|assessed|seen|"
    r"analy[sz]ed|"
    r"followed(?: up)?|included in the (?:final )?analys[ei]s)"
)
_ALL = Expression(
    rf"\b(?:all|each|every(?: one)?)(?: of)?(?: (?:the|these|our))?(?: {NUMBER})?\s(?:[a-z-]+\s){{0,2}}?"
    rf"(?P<noun>[a-z]{{3,16}})\s{_BE}\s(?:still\s|again\s|therefore\s)?{_STATE}\b"
    r"(?:\s(?:at|after|until|by)\s(?:the\s)?[\w-]+(?:\s(?:months?|weeks?|years?|days?|visits?|\d+)\b)?)?|"
    rf"\b(?:no|none of the(?: {NUMBER})?|not a single|not one)\s(?:[a-z-]+\s)?"
    rf"(?P<noun2>(?!was\b|were\b|had\b|has\b)[a-z]{{3,16}})\s(?:{_BE}\s)?"
    r"(?P<gone>lost|failed|removed|explanted|missing|broke|fractured|withdrew|dropped out|excluded|left the "
    r"(?:study|trial))\b", re.I,
)  # fmt: skip
_LOST = Expression(
    rf"(?<![\w.,])(?P<k>{NUMBER})\s(?:\(\d+(?:\.\d+)?\s?%\)\s)?(?:of (?:the )?(?:\d+ )?)?(?:(?!of\b|in\b|and\b|"
    rf"or\b)[a-z-]+\s)"
    rf"{{0,3}}?(?P<noun>[a-z]{{3,16}})\s(?:\(\d+(?:\.\d+)?\s?%\)\s)?(?:(?:{_BE}|could)\s)?(?:(?:already|later|"
    rf"early|also)\s)?"
    r"(?P<what>lost|failed|removed|explanted|missing|not (?:be )?(?:available|assessed|evaluated|followed|examined|"
    r"analy[sz]ed|"
    r"included)|unavailable|withdrew|withdrawn|dropped out|excluded|broke|fractured|thrombosed|occluded)\b"
    r"(?! (?:weight|blood|teeth|a mean|an average|\d))"
    r"(?:\s(?:at|in|after|during)\s(?:month|week|year|day)\s\d+)?", re.I,
)  # fmt: skip
_FOR_STATE = {
    "available": "lost|missing|unavailable|removed|explanted|withdr|dropped|not",
    "examined": "lost|missing|unavailable|withdr|dropped|not", "patent": "thrombosed|occluded|failed|lost",
    "analy": "excluded|not|lost", "included": "excluded|not", "followed": "lost|dropped|withdr|not",
    "successful": "failed|lost|removed", "intact": "broke|fractured|failed|removed|lost",
}  # fmt: skip
_GROUPS = (
    ("re-examined", "reexamined", "reviewed", "evaluated", "assessed", "seen", "evaluable"),
    ("in place", "in situ", "in function", "functional", "functioning", "stable", "retained", "present", "viable",
     "accounted for", "osseointegrated"),
)  # fmt: skip
_ELSE = Expression(
    r"\b(?:except|apart from|other than|but|if|would|should|before|prior to|screen\w*|eligib\w*|planned|"
    r"previous\w*|et al|"
    r"literature|extension|thereafter|after the (?:trial|study)|nearly|almost|not all|who|whose|that|which|"
    r"remaining|other|"
    r"survivors|intention)\b", re.I,
)  # fmt: skip
_GROUP = Expression(r"\bin (?:the|both|each|either) \w+(?: \w+)? (?:group|arm)s?\b|\b(?:group|arm|subgroup)\b", re.I)
_WHEN = Expression(
    r"\b(?P<n>\d+|one|two|three|six|twelve)[\s-](?P<u>year|month|week|day)s?\b|\b(?P<u2>day|week|month|"
    r"year)\s(?P<n2>\d+)",
    re.I,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "six": 6, "twelve": 12}


def all_there(reading: Reading) -> Iterator[Finding]:
    """Compare 'all N were available', or 'none was lost', with a count of the same things lost, failed or left out.

    Left alone: exceptions, one group, things lost later than the time of the sentence, and those left out before.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body", "discussion")))
    said = [
        (line, match)
        for line in every
        if re.search(r"\b(?:all|each|every|no|none|not)\b", line.words, re.I)
        for match in _ALL.finditer(line.words)
        if not _ELSE.search(_clause(line.words, match)) and not _GROUP.search(line.words)
    ]
    if not said:
        return
    for line in every:
        if line.role == "discussion":
            continue
        for lost in _LOST.finditer(line.words):
            if value(lost["k"]) == 0 or _ELSE.search(line.words[max(0, lost.start() - 40) : lost.end() + 20]):
                continue
            for claim, match in said:
                if claim.start != line.start and _same(match, lost) and _in_time(claim, line):
                    yield reading.finding(
                        "ALL_OF_THEM_CONTRADICTS", "inconsistent",
                        f"'{' '.join(match[0].split())}' is inconsistent with '{' '.join(lost[0].split())}'",
                        "those lost may be of another time, or not counted among all; the paper should say so",
                        quotes=(claim.piece(match), line.piece(lost)),
                    )  # fmt: skip
                    return


def _clause(words: str, match: re.Match[str]) -> str:
    before = re.split(r"[;.]\s", words[: match.start()])[-1]
    return before + match[0] + re.split(r"[;.](?:\s|$)", words[match.end() :])[0]


def _same(match: re.Match[str], lost: re.Match[str]) -> bool:
    """Say whether the things lost are those of the claim, and lost in the sense of it."""
    noun, other = (x.lower().rstrip("s") for x in (match["noun"] or match["noun2"], lost["noun"]))
    if noun != other:
        return False
    what = lost["what"].lower()
    if match["gone"]:
        return what.split()[0][:5] == match["gone"].lower().split()[0][:5]
    state = match["state"].lower()
    group = "examined" if state in _GROUPS[0] else "available" if state in _GROUPS[1] else state
    wanted = next((v for k, v in _FOR_STATE.items() if group.startswith(k)), "lost|missing")
    return re.match(wanted, what) is not None


def _in_time(claim: Line, line: Line) -> bool:
    """Say whether the loss may lie before the time of the claim."""
    limit, at = _days(claim.words), _days(line.words)
    return not limit or not at or min(at) <= max(limit)


def _days(words: str) -> list[int]:
    found = []
    for m in _WHEN.finditer(words):
        n, unit = (m["n"] or m["n2"]).lower(), (m["u"] or m["u2"]).lower()
        found.append((_NUMBERS.get(n) or int(n)) * _DAYS[unit])
    return found
