"""Simple products told in words: sessions a week times weeks, and doses a day times the dose, against their total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TIMES_DIFFER",)

_N = rf"(?:\d{{1,4}}|{WORD})"
_THING = (
    r"(?P<thing{0}>sessions?|doses?|visits?|treatments?|injections?|infusions?|classes|lessons|tablets|capsules|"
    r"fractions)"
)
_TIMES = (
    rf"(?:(?P<times>once|twice|thrice)|(?P<k>{_N})\s(?:times|(?:\d+-(?:minute|hour|min|h)\s)?(?:[a-z-]+\s)?"
    rf"{_THING.format(1)}))"
)
_RATE = rf"{_TIMES}\s?(?:(?:per|a|each|every)\s|/\s?)?(?P<per>week|day|daily|weekly|month|monthly)"
_FOR = (
    rf"(?:\s[a-z-]+){{0,4}}?\s(?:for|over|during|in|across|throughout)\s(?:a (?:total|period) of\s|the\s)?"
    rf"(?P<long>{_N})[\s-](?P<unit>weeks?|days?|months?)"
)
_SUM = (
    rf"(?:\s?[,;(:]\s?(?:(?:i\.e\.,?|that is,?|or|thus|which makes|making|giving|for)\s)?(?:an?\s)?(?:total of\s|"
    rf"total:?\s)?(?P<n1>{_N})"
    rf"\s(?:[a-z-]+\s)?{_THING.format(2)}(?:\s(?:in all|in total|altogether|overall))?\s?(?=[.,;)]|$))"
)
_AFTER = Expression(_RATE + _FOR + _SUM, re.I)
_BEFORE = Expression(
    rf"(?P<n1>{_N})\s(?:[a-z-]+\s){{0,2}}?{_THING.format(2)}(?:\sof [a-z -]{{2,30}}?)?"
    rf"\s?[,(:]\s?{_RATE}{_FOR}\s?(?=[.,;)]|$)",
    re.I,
)
_DOSE = Expression(
    r"\b(?:total )?daily (?:total )?dose (?:of |was |being )?(?P<total>\d+(?:\.\d+)?)\s?(?P<unit>mg|g|µg|mcg|IU|"
    r"mL)\b[^.;()\d]{0,40}?"
    r"[(,:]\s?(?:given as |i\.e\. )?(?P<one>\d+(?:\.\d+)?)\s?(?P=unit)\s(?:(?P<times>twice|thrice|once)|(?P<k>two|"
    r"three|four|2|3|4) "
    r"times)(?: (?:a|per))? ?(?:daily|day)", re.I,
)  # fmt: skip
_DOSED = Expression(
    r"(?<![\d.-])(?P<one>\d+(?:\.\d+)?)\s?(?P<unit>mg|g|µg|mcg|IU|mL)\s(?:(?P<times>twice|thrice|once)|(?P<k>two|"
    r"three|four|2|3|4) times)"
    r"(?: (?:a|per))? ?(?:daily|day)\s?[(,]\s?(?:i\.e\.,? |that is,? |a |"
    r"the )?(?:total )?(?:daily (?:total )?dose (?:of |was )?"
    r"(?P<total>\d+(?:\.\d+)?)\s?(?P=unit)|(?P<total2>\d+(?:\.\d+)?)\s?(?P=unit)\s?(?:/|per |a )\s?day)", re.I,
)  # fmt: skip
_LOOSE = Expression(
    r"\b(?:up to|at least|about|maximum|minimum|titrat\w*|increas\w*|then|median|mean|or more|"
    r"first)\b",
    re.I,
)
_NAMED = {"once": 1, "twice": 2, "thrice": 3}


def schedules(reading: Reading) -> Iterator[Finding]:
    """Check "three sessions a week for 12 weeks, 32 in all" and "a daily dose of 400 mg (150 mg twice daily)".

    Left alone: maxima, minima and doses that rise, schedules that change, and one session more than the product.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        for pattern in (_AFTER, _BEFORE):
            for match in pattern.finditer(line.words):
                yield from _sessions(reading, line, match)
        for pattern in (_DOSE, _DOSED):
            for match in pattern.finditer(line.words):
                yield from _dose(reading, line, match)


def _sessions(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    per, unit = match["per"].lower(), match["unit"].lower()
    each = {"d": 1.0, "w": 7.0, "m": 30.4}[per[0]]
    long = {"d": 1.0, "w": 7.0, "m": 30.4}[unit[0]] * value(match["long"])
    made = (_NAMED[match["times"].lower()] if match["times"] else value(match["k"])) * long / each
    told = value(match["n1"])
    slack = 1.0 if per[0] == unit[0] and per[0] != "m" else 0.1 * made + 2
    if abs(told - made) <= slack or _LOOSE.search(match[0]):
        return
    yield _finding(reading, line, match, "n1", f"{told} {match['thing2']}", f"{made:.0f}")


def _dose(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    name = "total" if match["total"] else "total2"
    times = _NAMED[match["times"].lower()] if match["times"] else value(match["k"])
    made = times * float(match["one"])
    if abs(float(match[name]) - made) < 0.02 * made or _LOOSE.search(match[0]):
        return
    yield _finding(reading, line, match, name, f"{match[name]} {match['unit']} a day", f"{made:g} {match['unit']}")


def _finding(reading: Reading, line: Line, match: re.Match[str], name: str, told: str, made: str) -> Finding:
    return reading.finding(
        "TIMES_DIFFER", "inconsistent", f"{told} is inconsistent with the schedule told with it, which makes {made}",
        "a loading dose, or an additional session, may not be told",
        quotes=(line.piece(match), (line.start + match.start(name), line.start + match.end(name))),
        computed=(("product", made),),
    )  # fmt: skip
