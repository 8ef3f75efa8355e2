"""'More were admitted after A than after B' in a conclusion, against the two percentages in the results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.statements.concluding import before_conclusion, concluding, stems
from evsynth.model.finding import Finding

CODES = ("DIRECTION_CONTRADICTS",)

_AT = r"(?:in|with|after|among|on|under|for|by|given|receiving|taking|assigned to|treated with)"
_MORE = r"higher|more (?:frequent|common|often|frequently|commonly|likely)|greater"
_LESS = r"lower|less (?:frequent|common|often|frequently|commonly|likely)|rarer|smaller"
_B = (
    r"(?P<b>[^.;,:()]{3,50}?)(?=\s+(?:and|but|although|while|whereas|at|within|without|in the|during)\b|\s*[.;,:(]|"
    r"\s*$)"
)
_COUNTED = re.compile(
    rf"\b(?:(?P<more>more)|(?P<less>fewer|less))\s+(?P<what>[^.;,:()]{{4,60}}?)\s+{_AT}\s+(?:the )?"
    rf"(?P<a>[^.;,:()]{{3,50}}?)\s+than\s+(?:{_AT}\s+)?(?:the )?{_B}",
    re.I,
)
_WAS = re.compile(
    rf"(?:^|[.;,:]|\bthat\b)\s*(?:the )?(?P<what>[^.;,:()]{{4,60}}?)\s+(?:was|were|occurred|is|"
    rf"are)\s+(?:significantly |"
    rf"much )?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+{_AT}\s+(?:the )?(?P<a>[^.;,:()]{{3,50}}?)\s+"
    rf"(?:than|compared (?:with|to))\s+(?:{_AT}\s+)?(?:the )?{_B}",
    re.I,
)
_PERCENT = re.compile(r"(?<![0-9.])(?P<n>[0-9]{1,3}(?:\.[0-9]+)?)\s*%(?!\s*(?:CI\b|confidence|credible|power))")
_STOP = re.compile(
    r"\bCI\b|confidence|\bdifference\b|\bratio\b|\b[Pp]\s*[=<>]|\brisk\b|\bodds\b|\bhazard\b|\breduction\b", re.I
)
_BETWEEN = re.compile(r"\band\b|\bvs\b|\bversus\b|\bcompared (?:with|to)\b|\bagainst\b|\bthan\b|\bv\b|[,;]")
_TURNED = re.compile(
    r"\b(?:not|no|neither|nor|without|avoid\w*|free|reduction|decrease|increase|change|improv\w*)\b", re.I
)
_LISTED = re.compile(r"\brespectively\b|\bfrom [0-9]", re.I)


class _Pair(NamedTuple):
    mine: float
    theirs: float
    spot: Spot


def concluded_direction(reading: Reading) -> Iterator[Finding]:
    """Compare which group had more of an outcome, as the conclusion says, with the percentages of the two groups.

    The results must name the outcome and both groups, each beside its percentage. Left alone: negations, changes,
    lists in order, and outcomes for which two sentences of results disagree.
    """
    for line in concluding(reading):
        for match in (*_COUNTED.finditer(line.words), *_WAS.finditer(line.words)):
            if _TURNED.search(line.words[max(0, match.start() - 20) : match.end()]):
                continue
            pairs = _pairs(reading, match)
            wrong = [p for p in pairs if (p.mine < p.theirs if match["more"] else p.mine > p.theirs)]
            if wrong and len(wrong) == len(pairs):
                pair = wrong[0]
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {pair.mine:g}% and {pair.theirs:g}%",
                    "another outcome or time may be meant; otherwise the groups are exchanged",
                    quotes=(line.piece(match), *(p.spot for p in wrong)),
                )  # fmt: skip
                return


def _pairs(reading: Reading, match: re.Match[str]) -> list[_Pair]:
    a, b = stems(match["a"]), stems(match["b"])
    what, mine, theirs = stems(match["what"]) - a - b, a - b, b - a
    if not (what and mine and theirs):
        return []
    return [p for line in before_conclusion(reading) if (p := _pair(line, what, mine, theirs)) is not None]


def _pair(line: Line, what: frozenset[str], mine: frozenset[str], theirs: frozenset[str]) -> _Pair | None:
    """Give the percentages of two groups, if a sentence prints just two before its tests, each with its group."""
    stop = None
    percents = list(_PERCENT.finditer(line.words))
    if len(percents) < 2 or _LISTED.search(line.words):
        return None
    one, two = percents[:2]
    stop = _STOP.search(line.words, two.end())
    end = stop.start() if stop else len(line.words)
    joint = _BETWEEN.search(line.words, one.end(), two.start())
    if joint is None or _STOP.search(line.words[: two.end()]) or any(p.start() < end for p in percents[2:]):
        return None
    if not what <= stems(line.words[:end]):
        return None
    cut = re.search(r"[,;]", line.words[two.end() : end])
    first = stems(line.words[: joint.start()])
    second = stems(line.words[joint.end() : two.end() + cut.start() if cut else end])
    spot = line.start + one.start(), line.start + two.end()
    if mine & first and theirs & second and not (theirs & first or mine & second):
        return _Pair(float(one["n"]), float(two["n"]), spot)
    if theirs & first and mine & second and not (mine & first or theirs & second):
        return _Pair(float(two["n"]), float(one["n"]), spot)
    return None
