"""A change in a time with its pace: "gained 340 g in 10 days, i.e. 34 g per day"; "from 09:15 to 11:45 (150 min)".

A fall "from 62 to 50 over 4 years" has the pace of the difference. Clock times of one day give their minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"\d+(?:\.\d+)?"
_T = r"(?:years?|months?|weeks?|days?|hours?|h|minutes?|min)"
_PACE = Expression(
    rf"(?:\bfrom\s(?P<a>{_N})(?:\s?[A-Za-z/µ²%]{{1,12}})?\sto\s(?P<b>{_N})|\b(?:gain\w*|lost|loss of|"
    rf"fell by|rose by|grew(?: by)?|increase of|decrease of|decline of|growth of)\s(?P<d>{_N}))"
    rf"\s?(?:[A-Za-z/µ²]{{1,12}}\s)?(?:in|over|within|during)\s(?:the\s)?(?P<n>{_N}|"
    rf"{WORD})[\s-](?P<t>year|month|week|day|hour)s?\b[^.;\d]{{0,15}}[,(;](?:[^.;\d]|(?<=i)\.|"
    rf"(?<=e)\.){{0,30}}?(?P<p>{_N})"
    rf"\s?(?:[A-Za-z/µ²]{{1,12}}?\s?)?(?:(?:per|a|each|every)\s|/)(?P<u>year|month|week|day|hour)\b", re.I,
)  # fmt: skip
_CLOCK = Expression(
    rf"\bfrom (?P<h1>\d{{1,2}})[:.](?P<m1>[0-5]\d)(?: ?h| hours)? (?:to|until) "
    rf"(?P<h2>\d{{1,2}})[:.](?P<m2>[0-5]\d)(?: ?h| hours)?[^.;\d]{{0,20}}?[(,](?:[^.;\d]|(?<=i)\.|"
    rf"(?<=e)\.){{0,25}}?(?P<v>{_N})\s?(?P<u>minutes|min|hours|h)\b",
    re.I,
)
_DAYS = {"year": 365.25, "month": 30.44, "week": 7.0, "day": 1.0, "hour": 1 / 24}
ROOM = 0.06


def paces(reading: Reading) -> Iterator[Finding]:
    """Check paces against the change and the time, and durations against two clock times."""
    for line in lines(reading, ("abstract", "results", "body")):
        if re.search(r"\bper\b|\ba (?:day|year|month|week)\b|each|every|/", line.words):
            for m in _PACE.finditer(line.words):
                yield from _pace(reading, line, m)
        if ":" in line.words or "from" in line.words:
            for m in _CLOCK.finditer(line.words):
                yield from _clock(reading, line, m)


def _pace(reading: Reading, line: Line, m: re.Match[str]) -> Iterator[Finding]:
    if m["d"]:
        change = span(Printed.parse(m["d"]))
    else:
        a, b = span(Printed.parse(m["a"])), span(Printed.parse(m["b"]))
        change = Span(a.low - b.high, a.high - b.low).absolute()
    n = float(m["n"]) if re.fullmatch(_N, m["n"]) else float(value(m["n"]))
    own = span(Printed.parse(m["p"]))
    if n <= 0 or re.search(r"\bper(?:cent| cent)\b|%", line.words[m.start("p") : m.end()]):
        return
    k = _DAYS[m["u"].lower()] / _DAYS[m["t"].lower()] / n
    made = Span(change.low * k, change.high * k)
    if (made.low * (1 - ROOM) <= own.high and own.low <= made.high * (1 + ROOM)) or not 0.2 < own.middle / (
        made.middle or 1
    ) < 5:
        return
    yield _finding(reading, line, m, "p", f"{m['p']} per {m['u']}", f"{made.middle:.3g}")


def _clock(reading: Reading, line: Line, m: re.Match[str]) -> Iterator[Finding]:
    minutes = (int(m["h2"]) - int(m["h1"])) * 60 + int(m["m2"]) - int(m["m1"])
    minutes += 1440 if minutes < 0 else 0
    own = span(Printed.parse(m["v"]))
    k = 60.0 if m["u"].lower().startswith("h") else 1.0
    if own.low * k - 0.5 <= minutes <= own.high * k + 0.5 or int(m["h1"]) > 23 or int(m["h2"]) > 24:
        return
    yield _finding(reading, line, m, "v", f"{m['v']} {m['u']}", f"{minutes / k:.3g}")


def _finding(reading: Reading, line: Line, m: re.Match[str], key: str, told: str, made: str) -> Finding:
    return reading.finding(
        "DERIVED_VALUE", "inconsistent", f"{told} is inconsistent with the change and the time told "
        f"with it, which make {made}",
        "the pace may be the mean of single ones; otherwise one of the numbers is misprinted",
        quotes=((line.start + m.start(key), line.start + m.end(key)),
                (line.start + m.start(), line.start + m.start(key))),
        computed=(("made", made),),
    )  # fmt: skip
