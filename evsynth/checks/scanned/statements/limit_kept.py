"""A number above the most that the methods allow, with the noun that both name: "at most 12 breaths", "range 6-15"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.summaries import summaries
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DOSE_ABOVE_LIMIT",)

_N = rf"(?:\d{{1,4}}(?:\.\d+)?|{WORD})"
_UNIT = r"(?P<unit>[a-zA-Zµ][a-zA-Zµ/]*(?:\s?/\s?(?:day|d|kg|week))?)"
_LIMIT = Expression(
    rf"(?:\b(?:maximum|maximal|max\.?|highest|ceiling|upper limit)\b[^.;()\d]{{0,40}}?(?:of|was|were|is|being|:|,)\s"
    rf"|\b(?:maximum|ceiling) (?=\d)"
    rf"|\b(?:no(?:t|body| one)? (?:[a-z]+ ){{0,5}}?more than|at most|not exceed(?:ing)?|not to exceed|never "
    rf"exceed(?:ed)?|never more than"
    rf"|limited to|capped at|"
    rf"up to a maximum of|to a maximum of|up to)\s)(?P<n>{_N})(?!\.\d)\s{_UNIT}\b", re.I,
)  # fmt: skip
_NOUN_FIRST = Expression(
    rf"(?<![\w.-])(?P<n>{_N})\s{_UNIT}\b[^.;,\d]{{0,25}}\b(?:was|were|is) the (?:maximum|limit|most|upper limit"
    rf"|ceiling)"
    rf"(?:\s(?:dose|number|allowed|permitted))?"
    rf"|(?<![\w.-])(?P<n2>{_N})\s{_UNIT.replace('<unit>', '<unit2>')}\sat (?:the )?most\b", re.I,
)  # fmt: skip
_ALLOWED = Expression(
    r"\b(?:allow\w*|take|receive|permi\w*|dose[ds]?|dosing|titrat\w*|increas\w*|offer\w*|given|could|may|might|scheduled|planned|"
    r"protocol|raised|escalat\w*|must|should|session\w*|treat\w*|prescrib\w*|limit\w*|cap\w*|attempt\w*|each "
    r"(?:patient|"
    r"participant|child|woman)|per (?:patient|participant))\b", re.I,
)  # fmt: skip
_STEPWISE = Expression(
    r"\b(?:raised|increased|titrated|escalated|stepped up|doubled)\b[^.;]{0,60}\b(?:every|each|weekly|steps?|stepwise|"
    r"gradually|fortnightly|monthly|increments)\b[^.;]{0,40}$", re.I,
)  # fmt: skip
"""What makes "up to 25 mg" a limit."""
_TIME = frozenset(
    "years year months month weeks week days day hours hour minutes minute min h s old percent points patients"
    " participants "
    "people children women men controls or and to in of with times mm cm m to as the a an for at if who by from".split()
)
_DOSES = frozenset("mg g µg mcg ng ml l iu u units unit".split())
_NOT_LIMIT = Expression(
    r"\b(?:eligib\w*|inclu\w*|exclu\w*|criteri\w*|baseline|previous\w*|at entry|defined|tumou?rs?|lesions?|response|"
    r"starting|initial|per kg|children under|bolus|follow-?up|score)\b", re.I,
)  # fmt: skip
_HIGHEST = Expression(
    rf"\b(?:(?:highest|largest|maximum|max\.?|(?:full|target|top) dose)\b[^.;()\d]{{0,30}}?(?:of|was|were|being|"
    rf"reached|,|:)?|as (?:many"
    rf"|much|high) as)\s"
    rf"(?P<n>{_N})\s{_UNIT}\b", re.I,
)  # fmt: skip


class _Limit(NamedTuple):
    most: float
    noun: str
    line: Line
    spot: Spot
    text: str


def limit_kept(reading: Reading) -> Iterator[Finding]:
    """Compare ends of ranges, centres and highest numbers of a noun or unit with the one limit told for it.

    Left alone: nouns with two limits, times, patients, criteria of entry, doses by weight against whole doses.
    """
    limits = list(_limits(reading))
    for limit in limits:
        if len({x.most for x in limits if x.noun == limit.noun}) > 1:
            continue
        for line in lines(reading, ("abstract", "results", "body")):
            if line.start < limit.line.start or limit.noun not in line.words.lower():
                continue
            found = _reached(line, limit)
            if found is not None:
                text, spot = found
                yield reading.finding(
                    "DOSE_ABOVE_LIMIT", "inconsistent",
                    f"{text} {limit.noun} is above the limit of the paper: '{' '.join(limit.text.split())}'",
                    "the limit may hold for a part of the study; otherwise a digit is misprinted",
                    quotes=(spot, limit.spot),
                )  # fmt: skip
                return


def _limits(reading: Reading) -> Iterator[_Limit]:
    for line in lines(reading, ("methods", "abstract", "body")):
        for pattern in (_LIMIT, _NOUN_FIRST):
            for match in pattern.finditer(line.words):
                clause = re.split(r";|\.\s", line.words[: match.start()])[-1]
                groups = match.groupdict()
                number, unit = match["n"] or groups["n2"], match["unit"] or groups["unit2"]
                noun = _singular(unit)
                near = clause[-80:] + line.words[match.start() : match.end() + 30]
                if noun in _TIME or unit.lower() in _TIME or not _ALLOWED.search(near) or _NOT_LIMIT.search(near):
                    continue
                if match[0].lower().startswith("up to ") and noun in _DOSES and not _STEPWISE.search(clause):
                    continue  # a range of doses that is told, not a limit
                yield _Limit(_number(number), noun, line, line.piece(match), match[0])


def _reached(line: Line, limit: _Limit) -> tuple[str, Spot] | None:
    """Give a number of the noun above the limit, but not so far above that it counts something else."""
    for one in summaries(line.words):
        own = [_singular(u) for u in one.units]
        near = line.words[max(0, one.start - 60) : one.end + 25].lower()
        if (
            own and limit.noun not in own and not any(u in ("times", "daily") for u in one.units)
        ) or limit.noun not in near:
            continue
        if re.search(r"\b(?:cumulative|total|in all|overall|whole|all patients|change|difference)\b", near):
            continue
        for v in one.values:
            if line.start + v.start < limit.spot[1]:
                continue
            if limit.most < v.low <= 3 * limit.most:
                return v.printed.text, (line.start + v.start, line.start + v.end)
    for match in _HIGHEST.finditer(line.words):
        number = _number(match["n"])
        if line.start + match.start() < limit.spot[1]:
            continue
        near = line.words[max(0, match.start() - 60) : match.end() + 25]
        if _singular(match["unit"]) == limit.noun and limit.most < number <= 3 * limit.most and not re.search(
            r"\b(?:cumulative|total|in all|overall|allowed|permitted|planned)\b", near
        ):  # fmt: skip
            return match["n"], (line.start + match.start("n"), line.start + match.end("n"))
    return None


def _number(text: str) -> float:
    return float(text) if text[0].isdigit() else float(value(text))


def _singular(unit: str) -> str:
    plain = re.sub(r"\s|/(?:d|day)$", "", unit.lower())
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain
