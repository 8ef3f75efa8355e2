"""Medians and means inside the quartiles or range told with them in sentences; ranges within the most there can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed

CODES = ("OUT_OF_ORDER", "NUMBER_IMPOSSIBLE")

_N = r"-?\d+(?:\.\d+)?"
_LABEL = (
    r"(?:(?:lower and upper )?quartiles?|IQRs?|inter-?\s?quartile (?:range|interval)s?(?:,? \[?IQR\]?)?|"
    r"Q1\s?[-–,;/]\s?Q3|Q1 (?:and|to) Q3|"
    r"P25\s?[-–,;/]\s?P75|25th\s?(?:-|–|and|to|,)\s?75th (?:per)?centiles?|range[ds]?(?: from)?|"
    r"min(?:imum)?\s?[-–,/]\s?max(?:imum)?|"
    r"limits|extremes)"
)
_UNIT = r"(?P<{0}>years?|yrs?|months?|weeks?|days?|hours?|h\b|min(?:utes?)?|s\b|mg|g\b|kg|ml|mL|L\b|points?|cm|mm|%)"
_SPREAD = re.compile(
    rf"(?<![\w.,·/<>=±-])(?P<centre>{_N})\s?(?:{_UNIT.format('own')})?(?:/[a-zA-Z]+)?\s?[(\[,;]\s?"
    rf"(?:with )?{_LABEL}\s?[:,=]?\s?(?:of |was |were |"
    rf"from )?(?P<low>{_N})\s?(?:{_UNIT.format('one')})?\s?(?P<join>-|–|to|and|,|;|"
    rf"/)\s?(?P<high>{_N})(?![\d.])\s?"
    rf"(?:{_UNIT.format('two')})?(?!\s?(?:patients|of\b))", re.I,
)  # fmt: skip
_NOT_CENTRE = re.compile(
    r"(?:[=<>≤≥±]|\+/-|(?:[Ss]tandard )?(?:deviations?|errors?),?|\b(?:difference|change|change of|ratio|P|of|n|SD|"
    r"SE|CI|from|grade|score range|between|and [A-Z]\w*|scale|than|least|most))\s*$"
)
_CENTRAL = re.compile(r"\b(?:median|mean|average|medians|means|averaged)\b", re.I)
_MOST = re.compile(
    rf"\b(?:median|mean|average)\b[^.;()]{{0,60}}?(?P<centre>{_N}|{WORD})\s(?:out )?of (?:the |a possible |"
    rf"all )?(?P<most>\d+|{WORD})\s"
    rf"(?:[a-z]+\s){{0,3}}?[(\[,;]\s?(?:{_LABEL}|SD)[:,=]?\s?(?:of |was )?(?P<low>{_N})\s?(?:-|–|to|and|"
    rf",)\s?(?P<high>\d+(?:\.\d+)?)", re.I,
)  # fmt: skip


def quartiles(reading: Reading) -> Iterator[Finding]:
    """Check "9 days (quartiles 10 and 14)" and "29 of 36 sessions (interquartile range 22 to 41)".

    Left alone: differences and changes, whose sign may be told in words, numbers with different units, and confidence
    intervals, which other checks read.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        for match in _SPREAD.finditer(line.words):
            yield from _centre(reading, line, match)
        for match in _MOST.finditer(line.words):
            most = value(match["most"]) if not match["most"].isdigit() else int(match["most"])
            if float(match["high"]) > most:
                yield reading.finding(
                    "NUMBER_IMPOSSIBLE", "error", f"{match['high']} lies above the most there can be, {match['most']}",
                    "the range may be of something else; otherwise a digit is misprinted",
                    quotes=((line.start + match.start("centre"), line.start + match.end()),),
                )  # fmt: skip


def _centre(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    centre, low, high = (Printed.parse(match[n]).interval() for n in ("centre", "low", "high"))
    before = line.words[max(0, match.start() - 40) : match.start()]
    units = {match[u][0].lower() for u in ("own", "one", "two") if match[u]}
    if len(units) > 1 or _NOT_CENTRE.search(before) or None in (centre.low, centre.high, low.low, low.high, high.high):
        return
    if float(match["low"]) > float(match["high"]) and match["low"].startswith("-") is False and match["join"] in ",;/":
        return
    ranged = re.search(
        r"range|min|limits|extremes",
        match[0][match.end("centre") - match.start() : match.start("low") - match.start()],
        re.I,
    )
    quartile = re.search(r"quartile|IQR|Q1|P25|25th", match[0], re.I)
    if ranged and not quartile and not _CENTRAL.search(line.words[max(0, match.start() - 90) : match.start()]):
        return
    a, b, c = float(centre.high or 0), float(low.low or 0), float(high.high or 0)
    if a > b and float(centre.low or 0) < c and not _out_of_order(match):
        return
    if (
        re.search(
            r"\b(?:difference|change|reduc\w+|decreas\w+|fell|lower|scale|score range)\b[^.;]{0,30}$", before, re.I
        )
        and b < 0
    ):
        return
    yield reading.finding(
        "OUT_OF_ORDER", "error", f"{match['centre']} lies outside {match['low']} to {match['high']}, told as its "
        f"{'quartiles' if quartile else 'range'}",
        "a digit may have been lost, or one of the numbers belongs to another group",
        quotes=((line.start + match.start("centre"), line.start + match.end("high")),),
    )  # fmt: skip


def _out_of_order(match: re.Match[str]) -> bool:
    """Say whether the centre lies outside by what is printed with as many decimals: rounding keeps the order."""
    numbers = [Printed.parse(match[n]) for n in ("low", "centre", "high")]
    same = len({n.decimals for n in numbers}) == 1
    return same and not numbers[0].value <= numbers[1].value <= numbers[2].value
