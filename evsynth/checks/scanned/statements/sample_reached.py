"""'64 per group were needed', '56 and 65 were enrolled, so that the target was met': numbers asked for and reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("THRESHOLD_SAID",)

_NEEDED = Expression(
    rf"\b(?:call(?:s|ed)? for|requir(?:es?|ed|ing)|need(?:s|ed|ing)?|planned (?:for|to (?:enrol|recruit|"
    rf"include)\w*)?|aim(?:ed|ing) (?:for|to (?:enrol|recruit|include)\w*)|target (?:was|of)|"
    rf"(?:sample|size) (?:of|was|calculated|estimated)(?: at| as)?|set at|intended to (?:enrol|recruit|include)|"
    rf"necessary:?|estimated (?:at|that))\s"
    rf"(?:at least |a minimum of |a total of |about )?(?P<n>{NUMBER})(?:(?: [a-z-]+){{0,3}}?(?P<each> (?:per|in "
    rf"each|for each|to each|a|each|in either) (?:group|arm|centre|sex|treatment)))?",
    re.I,
)  # fmt: skip
_CALCULATED = Expression(r"\b(?:calculat\w+|sample|power|target|planned|recruit\w*|enrol\w*|protocol)\b", re.I)
_CLAIM = Expression(
    r"\b(?:(?P<what>target(?: (?:number|sample|size|enrol\w*|recruitment))?|(?:required|planned|calculated|"
    r"intended|needed) (?:sample(?: size)?|number|size|total)(?: of \w+)?|sample size|recruitment (?:target|"
    r"goal))"
    r"(?: [a-z]+){0,3}? (?:was|were|had been|has been|is) (?:thus |therefore |hence |accordingly |also |again "
    r")?(?:(?P<no>not (?:\w+ )?(?:met|reached|attained|achieved)|missed|never reached)|"
    r"(?P<over>exceeded|surpassed)|(?P<yes>met|reached|attained|achieved))|"
    r"(?P<short>fell short of|missed|did not reach|failed to reach) (?:the|our|its) (?:recruitment |required |"
    r"planned |calculated )?(?:target|sample size|number)|"
    r"(?P<did>met|reached|achieved|attained|exceeded) (?:the|our|its) (?:recruitment |required |planned |"
    r"calculated )?(?:target|sample size|number))\b(?P<both> (?:in|for|by) (?:both|each|all|every|either))?", re.I,
)  # fmt: skip
_ENROLLED = Expression(
    rf"\b(?:enrol(?:led|ling)|recruit(?:ed|ing)|includ(?:ed|ing)|randomi[sz]ed|assigned|allocated|entered|"
    rf"accrued|analy[sz]ed|evaluated)\s"
    rf"(?:a total of |only )?(?P<a>{NUMBER})(?:(?: [a-z-]+){{0,4}}?,? (?:and|v|vs|versus|plus) (?P<b>{NUMBER}))?|"
    rf"(?P<c>{NUMBER})(?:(?: [a-z-]+){{0,4}}?,? and (?P<d>{NUMBER}))?(?: [a-z-]+){{0,2}} (?:were|was|had been|"
    rf"could be) (?:\w+ )?(?:enrolled|recruited|included|randomi[sz]ed|allocated|analy[sz]ed)", re.I,
)  # fmt: skip


def sample_reached(reading: Reading) -> Iterator[Finding]:
    """Compare whether the number asked for was reached, as a sentence says, with the numbers that it or the last tells.

    The number asked for is the only one of the text, for each group or for all; two numbers enrolled are those of two
    groups. Left alone: numbers that allow for losses, several calculations, targets of other things.
    """
    said = list(lines(reading, ("abstract", "methods", "results", "body", "discussion")))
    claims = [
        (i, x, m)
        for i, x in enumerate(said)
        if "target" in x.words or "sample" in x.words or "number" in x.words
        for m in _CLAIM.finditer(x.words)
    ]
    if not claims:
        return
    asked = [
        (x, m) for x in said if _CALCULATED.search(x.words) for m in _NEEDED.finditer(x.words) if _count(m["n"]) > 3
    ]
    if len({(_count(m["n"]), bool(m["each"])) for _, m in asked}) != 1:
        return
    source, rule = asked[0]
    n, each = _count(rule["n"]), bool(rule["each"])
    for index, line, match in claims:
        told = next((f for x in (line, *said[max(0, index - 1) : index]) if (f := _enrolled(x, source, rule))), None)
        if told is None:
            continue
        x, numbers, spot = told
        reached = [k >= n for k in numbers] if each else [sum(numbers) >= n]
        met = bool(match["yes"] or match["over"] or match["did"])
        if (each and len(numbers) != 2) or (met and all(reached)) or (not met and not all(reached)):
            continue
        yield reading.finding(
            "THRESHOLD_SAID", "inconsistent",
            f"'{' '.join(match[0].split())}' is inconsistent with {' and '.join(map(str, numbers))}, where {n} "
            f"were asked for",
            "another number, or losses allowed for, may be meant; otherwise the words or a number are wrong",
            quotes=(line.piece(match), (x.start + spot[0], x.start + spot[1]), source.piece(rule)),
        )  # fmt: skip


def _count(text: str) -> int:
    return value(re.sub(r"\s", " ", text).lower())


def _enrolled(line: Line, source: Line, rule: re.Match[str]) -> tuple[Line, list[int], tuple[int, int]] | None:
    for m in _ENROLLED.finditer(line.words):
        numbers = [_count(k) for k in (m["a"], m["b"], m["c"], m["d"]) if k]
        if numbers and not (line.start == source.start and m.start() < rule.end() and rule.start() < m.end()):
            return line, numbers, m.span()
    return None
