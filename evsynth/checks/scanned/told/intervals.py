"""Estimates outside the interval printed with them: with a confidence interval, or with quartiles in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed

CODES = ("OUT_OF_ORDER",)

_N = r"\d+(?:[.·]\d+)?"
_S = rf"[-+]?{_N}"
_INTERVAL = re.compile(
    rf"(?<![\w.,·/])(?P<v>(?<!\d)-?{_N})(?P<unit>\s?%|\s(?!vs?\b|and\b|or\b|to\b)[a-zA-Z/µ]{{1,8}})?\s?[(\[,;]{{1,2}}\s?"
    rf"(?P<level>9[059](?:\.0)?\s?%\s?(?:CIs?|confidence (?:intervals?|limits))\b"
    r"(?:\s?[(\[]CI[)\]])?\s?[,:=]?\s?[(\[]?)"
    rf"(?P<low>{_S})\s?(?P<of>%)?\s?(?:to|-|,|;)\s?(?P<high>{_S})(?![\d·]|[.,]\d)"
)
_BRACKET = re.compile(rf"(?<![\w.,·/±-])(?P<v>{_N})\s?\[(?P<low>{_N})\s?(?:-|to|;|,)\s?(?P<high>{_N})\]")
_QUARTILES = re.compile(r"\[\s?(?:IQR|inter-?quartile|Q1|25th|first)|medians? \[|square brackets", re.I)
_COMPARED = re.compile(
    r"(?:\bvs?\.?|\bversus|\bor|\bto|\bfrom|\bthan|compared (?:with|to)|/|[<>≥≤]|\bn\s?=|\bp\s?=)\s?$|"
    r"[\d%)]\s?(?:[a-z]+\s){0,2}(?:vs?\.?|versus|and|or|to)\s(?:[a-z-]+\s){0,4}$", re.I,
)  # fmt: skip
_FALL = re.compile(r"lower|less|fewer|reduc|decreas|decline|fell|drop|loss|shorter|smaller|differ", re.I)


def intervals(reading: Reading) -> Iterator[Finding]:
    """Check values against the interval that follows them directly."""
    squared = bool(_QUARTILES.search(reading.document.prose))
    for line in lines(reading):
        for match in _INTERVAL.finditer(line.words):
            v, low, high = (_parse(match[n]) for n in ("v", "low", "high"))
            if low.value > high.value or _COMPARED.search(line.words[max(0, match.start() - 60) : match.start()]):
                continue
            if match["of"] and (match["unit"] or "").strip() != "%":
                continue
            if v.decimals == 0 and low.decimals and not (match["unit"] or "").strip():
                continue  # a count, whose percentage has the interval
            others = (v.value, -v.value, v.value * 100, v.value / 100, 100 - v.value, 1 - v.value)
            if _inside(v, low, high) or any(low.value <= o <= high.value for o in others):
                continue
            if (v.value > 0 > low.value and _FALL.search(line.words)) or _far(v, low, high):
                continue
            yield _finding(reading, v, low, high, (line.start + match.start(), line.start + match.end()))
        if squared:
            found = list(_BRACKET.finditer(line.words))
            for match in found:
                v, low, high = (_parse(match[n]) for n in ("v", "low", "high"))
                fits = [m for m in found if m is not match and _inside(*(_parse(m[n]) for n in ("v", "low", "high")))]
                if fits and low.value <= high.value and not _inside(v, low, high) and not _far(v, low, high):
                    yield _finding(reading, v, low, high, (line.start + match.start(), line.start + match.end()))


def _parse(text: str) -> Printed:
    return Printed.parse(text)


def _inside(v: Printed, low: Printed, high: Printed) -> bool:
    if v.decimals == low.decimals == high.decimals:
        return low.value <= v.value <= high.value  # rounding keeps the order
    own, bottom, top = v.interval(), low.interval().low, high.interval().high
    return (own.high is None or bottom is None or own.high >= bottom) and (
        own.low is None or top is None or own.low <= top
    )


def _far(v: Printed, low: Printed, high: Printed) -> bool:
    """Say whether a value lies so far off that it is not what the interval is about."""
    width = max(high.value - low.value, Decimal("0.01"))
    return not (low.value - 4 * width <= v.value <= high.value + 4 * width)


def _finding(reading: Reading, v: Printed, low: Printed, high: Printed, spot: tuple[int, int]) -> Finding:
    return reading.finding(
        "OUT_OF_ORDER", "error", f"{v} lies outside its interval, {low} to {high}",
        "a sign or a digit may have been lost, or the interval belongs to another number", quotes=(spot,),
        computed=(("value", v.text), ("low", low.text), ("high", high.text)),
    )  # fmt: skip
