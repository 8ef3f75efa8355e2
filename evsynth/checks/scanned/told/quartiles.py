"""Centres, quartiles and ranges told together in sentences: in order, and within the most there can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.summaries import N, Summary, Value, summaries
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER", "NUMBER_IMPOSSIBLE")

_MOST = Expression(
    rf"\b(?:median|mean|average)\b[^.;()]{{0,60}}?(?P<centre>{N}|{WORD})\s(?:out )?of (?:the |a possible |"
    rf"all )?(?P<most>\d+|{WORD})\s"
    rf"(?:[a-z]+\s){{0,3}}?[(\[,;]\s?(?:(?:lower and upper )?quartiles?|IQRs?|inter-?\s?quartile range|ranges?|SD)"
    rf"[:,=]?\s?(?:of |was )?(?P<low>{N})\s?(?:-|to|and|,)\s?(?P<high>\d+(?:\.\d+)?)", re.I,
)  # fmt: skip
_FALL = Expression(
    r"\b(?:differences?|chang\w+|reduc\w+|decreas\w+|fell|declin\w+|lower|loss|lost|scale|score range)\b[^.;]{0,40}$",
    re.I,
)
_CENTRAL = Expression(r"\b(?:median|mean|average)", re.I)


def quartiles(reading: Reading) -> Iterator[Finding]:
    """Check "9 days (quartiles 10 and 14)", "IQR 6 to 58, range 12 to 144", "29 of 36 sessions (range 22 to 41)".

    Left alone: means against quartiles, differences and changes, whose sign may be told in words, numbers with
    different units, and confidence intervals, which other checks read.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        for one in summaries(line.words):
            yield from _ordered(reading, line, one)
        for match in _MOST.finditer(line.words):
            most = value(match["most"]) if not match["most"].isdigit() else int(match["most"])
            if float(match["high"].replace(",", "")) > most:
                yield reading.finding(
                    "NUMBER_IMPOSSIBLE", "error", f"{match['high']} lies above the most there can be, {match['most']}",
                    "the range may be of something else; otherwise a digit is misprinted",
                    quotes=((line.start + match.start("centre"), line.start + match.end()),),
                )  # fmt: skip


def _ordered(reading: Reading, line: Line, one: Summary) -> Iterator[Finding]:
    negative = any(float(v) < 0 for v in one.values)
    if len({u[0] for u in one.units if u != "%"}) > 1 or (
        negative and _FALL.search(line.words[max(0, one.start - 60) : one.start])
    ):
        return
    pairs = [(p, n) for p, n in ((one.quartiles, "quartiles"), (one.range, "range")) if p is not None]
    if any(float(low) > float(high) for (low, high), _ in pairs):
        yield from _turned(reading, line, one)
        return
    if one.quartiles is not None and one.range is not None:
        (low, high), (least, most) = one.quartiles, one.range
        if _above(least, low) or _above(high, most):
            yield _finding(
                reading, line, one,
                f"quartiles {low.printed} and {high.printed} lie outside {least.printed} to {most.printed}, told as "
                f"the range of the same values",
            )  # fmt: skip
            return
    for (low, high), name in pairs:
        if one.centre is None or not (_above(low, one.centre) or _above(one.centre, high)):
            continue
        near = line.words[max(0, one.start - 90) : one.end + 20]
        if re.search(r"\d\s?(?:×|x)\s?\d", line.words[max(0, one.start - 25) : one.end + 10]):
            continue  # length and width
        if re.search(r"\d, \d[\d.]*,? $", line.words[max(0, one.start - 12) : one.start]):
            continue  # the last of a list of values
        if name == "range" and len(pairs) == 1 and not _CENTRAL.search(near):
            continue
        if name == "quartiles" and one.mean:
            continue
        yield _finding(
            reading, line, one,
            f"{one.centre.printed} lies outside {low.printed} to {high.printed}, told as its {name}",
        )  # fmt: skip
        return


def _turned(reading: Reading, line: Line, one: Summary) -> Iterator[Finding]:
    """Find "median 24 kg, range 61-51 kg": one told from the greatest to the least would hold its centre."""
    if one.centre is None or one.quartiles is not None or one.range is None or not _CENTRAL.search(
        line.words[max(0, one.start - 60) : one.end]
    ):  # fmt: skip
        return
    high, low = one.range
    if float(low) >= 0 and (_above(low, one.centre) or _above(one.centre, high)):
        yield _finding(
            reading, line, one,
            f"a range of {high.printed} to {low.printed} starts at its greatest value and does not hold the centre, "
            f"{one.centre.printed}",
        )  # fmt: skip


def _above(one: Value, two: Value) -> bool:
    """Say whether a number that should not be larger is: rounding to the same decimals keeps the order of numbers."""
    if one.printed.decimals == two.printed.decimals:
        return one.printed.value > two.printed.value
    return one.low > two.high


def _finding(reading: Reading, line: Line, one: Summary, message: str) -> Finding:
    return reading.finding(
        "OUT_OF_ORDER", "error", message,
        "a digit may have been lost, or one of the numbers belongs to another group",
        quotes=((line.start + one.start, line.start + one.end),),
    )  # fmt: skip
