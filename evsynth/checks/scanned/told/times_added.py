"""Stretches of time joined end to end: from onset to arrival 90 min and from arrival to treatment 40 make 130 in all.

Also clock times: an operation from 09:15 to 11:45 lasts 150 minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TIMES_DIFFER",)

_CLOCK = Expression(
    r"\b(?P<a>[01]?\d|2[0-3])[:.](?P<b>[0-5]\d)\s?(?:h|hrs?|hours|am|a\.m\.)?\s?(?:to|-|and|until|"
    r"till)\s?(?P<c>[01]?\d|2[0-3])[:.](?P<d>[0-5]\d)(?!\d)"
    r"\s?(?:h|hrs?|hours|pm|p\.m\.)?(?P<mid>[^.;\d]{0,25}?[(,;=]\s?(?:i\.e\.,? |a total of |lasting |total |"
    r"duration )?|\s(?:lasting|taking|for|in all,?)\s)"
    r"(?P<n>\d{1,4}(?:\.\d+)?)\s?(?P<u>min(?:utes)?|h(?:ours?)?)\b"
)
_LEG = Expression(
    r"\b(?:from |between )?(?:the )?(?P<a>[a-z]+)[\s-](?:to|and)[\s-](?:the )?(?P<b>[a-z]+)(?: (?:time|interval|"
    r"delay))?(?: (?:was|of|is|took|being)|:|,| \()+\s?(?:a |the )?(?:mean |"
    r"exactly )?(?P<n>\d+(?:\.\d+)?)\s?(?P<u>min(?:utes)?|h(?:ours?)?|days?|s|weeks?|months?)\b|"
    r"(?<![\w.,-])(?P<n2>\d+(?:\.\d+)?)\s?(?P<u2>min(?:utes)?|h(?:ours?)?|days?|s|weeks?|months?)\sfrom (?:the "
    r")?(?P<a2>[a-z]+) to (?:the )?(?P<b2>[a-z]+)\b",
    re.I,
)
_LOOSE = Expression(r"\b(?:median|range|IQR|about|approximately|up to|at least|within|or)\b|±|[<>≤≥]", re.I)


def times_added(reading: Reading) -> Iterator[Finding]:
    """Check a time from one event to another against the two times through an event between, and clock times.

    Left alone: medians, which need not add up, and limits.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        yield from _clocks(reading, line)
        if not _LOOSE.search(line.words):
            yield from _legs(reading, line)


def _clocks(reading: Reading, line: Line) -> Iterator[Finding]:
    for m in _CLOCK.finditer(line.words):
        made = 60 * (int(m["c"]) - int(m["a"])) + int(m["d"]) - int(m["b"])
        told = float(m["n"]) * (60 if m["u"][0] == "h" else 1)
        if any(
            abs(told - x) <= (6 if m["u"][0] == "h" else 2) for x in (made, made + 720, made + 1440)
        ) or _LOOSE.search(m[0]):
            continue
        if made > 0 and told < 3 * made:
            yield _finding(
                reading, line, m.span(), f"'{' '.join(m[0].split())}': the clock times are {made} minutes apart"
            )


def _legs(reading: Reading, line: Line) -> Iterator[Finding]:
    legs: dict[tuple[str, str], tuple[float, re.Match[str]]] = {}
    for m in _LEG.finditer(line.words):
        name = "2" if m["n2"] else ""
        ends = m["a" + name].lower(), m["b" + name].lower()
        if ends in legs:
            return
        legs[ends] = float(m["n" + name]) * (60 if m["u" + name][0].lower() == "h" else 1), m
    units = {(m["u"] or m["u2"])[0].lower() for _, m in legs.values()}
    if len(legs) != 3 or not units <= {"m", "h"}:
        return
    for (a, b), (first, m) in legs.items():
        for (c, d), (second, n) in legs.items():
            if b == c and (a, d) in legs and a != d:
                whole, at = legs[(a, d)]
                if abs(first + second - whole) > 2 + 0.01 * whole:
                    spots = [x.span() for x in (at, m, n)]
                    yield _finding(
                        reading,
                        line,
                        spots[0],
                        f"{whole:g} minutes from {a} to {d} are not {first:g} and {second:g}",
                        *spots[1:],
                    )
                    return


def _finding(reading: Reading, line: Line, spot: tuple[int, int], message: str, *others: tuple[int, int]) -> Finding:
    return reading.finding(
        "TIMES_DIFFER", "inconsistent", message, "a time may be counted from another moment; otherwise a digit is "
                                                 "misprinted",
        quotes=tuple((line.start + a, line.start + b) for a, b in (spot, *others)),
    )  # fmt: skip
