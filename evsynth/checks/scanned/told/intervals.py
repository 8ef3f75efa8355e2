"""Estimates outside the interval printed with them: with a confidence interval, or with quartiles in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_N = r"\d+(?:[.·]\d+)?"
_BRACKET = Expression(rf"(?<![\w.,·/±-])(?P<v>{_N})\s?\[(?:IQR[:,]?\s)?(?P<low>{_N})\s?(?:-|to|;|,)\s?(?P<high>{_N})\]")
_QUARTILES = Expression(r"\[\s?(?:IQR|inter-?quartile|Q1|25th|first)|medians? \[|square brackets", re.I)
QUARTILES = Expression(r"\bIQR|inter-?quartile|quartile|25th|\bQ1\b|median \([^)]{0,12}range", re.I)
"""Words of papers in which a bracket may hold quartiles."""

_COMPARED = Expression(
    r"(?:\bvs?\.?|\bversus|\bor|\bto|\bfrom|\bthan|\bagainst|compared (?:with|to)|/|[<>≥≤]|\bn\s?=|\bp\s?=)\s?$|"
    r"[\d%)]\s?(?:[a-z]+\s){0,2}(?:vs?\.?|versus|and|or|to|against)\s(?:[a-z-]+\s){0,4}$", re.I,
)  # fmt: skip
_FALL = Expression(r"lower|less|fewer|reduc|decreas|decline|fell|drop|loss|shorter|smaller|differ", re.I)
_CHANGE = Expression(
    r"\b(?:chang(?:es?|ed)|coefficients?|slopes?|beta|B|rose|increas\w+|gain\w*)\b[^.;()\d]{0,40}$|β[^.;()\d]{0,10}$",
    re.I,
)
_DIFFERENCE = Expression(r"\bdifferences?\b[^.;()\d]{0,40}[(\s:=,]*$", re.I)
_LESS = Expression(
    r"lower|less|fewer|reduc|decreas|declin|fell|drop|loss|shorter|smaller|favou?r|benefit|"
    r"improve|better",
    re.I,
)
_BETWEEN = Expression(r"\bbetween-group difference[\s:=,(]*(?:of |was )?$", re.I)
_FELL = Expression(r"lower|less|fewer|reduc|decreas|declin|fell|drop|loss|shorter|smaller", re.I)
_SIGNED = Expression(r"(?:\bdifference\b[^.;\d]{0,40}|[\t|]\s?)-\s?\d+(?:\.\d+)?\s?(?:[a-zA-Z%]{1,8}\s?)?[(,;]")
"""A difference with its minus sign anywhere in the paper."""
_MINUS = Expression(r"(?:^|[\s(\[])-\s?\d+(?:\.\d+)?")
"""A negative number elsewhere in the sentence: it prints its signs."""
_SPAN_OF_TIME = Expression(r"(?:years?|months?|weeks?|days?|hours?|min(?:utes)?)\s[a-z]+\b")
_TEST_RATE = Expression(r"\b(?:sensitivity|specificity|predictive value|accuracy|PPV|NPV)\b[^\d;]{0,25}$", re.I)
_NAMED_CI = Expression(r"\bCIs?\b|confidence interval", re.I)
_ALONE = Expression(rf"(?<![\w.,·/<>=≤≥-])-?{_N}(?![\w·]|[.,]\d)")
_OTHER = Expression(
    r"\bstd\.? (?:beta|β)|standardi[sz]ed (?:beta|β|coefficient)|bias-correct|bootstrap|\bBCa\b|winner|shrunk|optimism",
    re.I,
)


def intervals(reading: Reading) -> Iterator[Finding]:
    """Check values against the interval that follows them."""
    squared = bool(_QUARTILES.search(reading.document.prose))
    quartiles = bool(QUARTILES.search(reading.document.prose))
    signed = _SIGNED.search(reading.document.plain) is not None
    for line in lines(reading):
        read = effects(line, quartiles=quartiles)
        for e in read:
            if re.match(r"\d[A-Z]{2,}", line.words[e.start - line.start :]):
                continue  # "6MWD"
            if e.value is not None and _outside(e, e.value, signed=signed):
                yield _finding(reading, e.value, e.low, e.high, e.spot)
        if "%" in line.words:
            yield from _percents(reading, line, read)
        if squared:
            found = list(_BRACKET.finditer(line.words))
            for match in found:
                v, low, high = (_parse(match[n]) for n in ("v", "low", "high"))
                fits = [m for m in found if m is not match and _inside(*(_parse(m[n]) for n in ("v", "low", "high")))]
                if fits and low.value <= high.value and not _inside(v, low, high) and not _far(v, low, high):
                    yield _finding(reading, v, low, high, (line.start + match.start(), line.start + match.end()))


def _percents(reading: Reading, line: Line, read: tuple[Effect, ...]) -> Iterator[Finding]:
    """Check "32.3% (17.6-29.7%)" where such brackets nearby are intervals of their percentages."""
    own = [
        m for m in _PERCENT.finditer(line.words) if not any(e.start < line.start + m.end("high") <= e.end for e in read)
    ]
    around = reading.document.prose[max(0, line.start - 300) : line.end]
    if not own or not re.search(r"\bCI\b|confidence interval", around) or _OTHER.search(line.words):
        return
    every = [tuple(_parse(m[n]) for n in ("v", "low", "high")) for m in _PERCENT.finditer(around)]
    fits = [x for x in every if _inside(*x)]
    for match in own:
        v, low, high = (_parse(match[n]) for n in ("v", "low", "high"))
        if len(fits) >= 2 and low.value < high.value and not _inside(v, low, high) and not _far(v, low, high):
            yield _finding(reading, v, low, high, (line.start + match.start("v"), line.start + match.end()))


_PERCENT = Expression(
    rf"(?<![\w.,·/±<>=-])(?P<v>{_N})\s?%\s?[(\[]\s?(?:95\s?%\s?CI[:,]?\s)?(?P<low>{_N})\s?%?\s?(?:-|–|to|,|"
    rf";)\s?(?P<high>{_N})\s?%?\s?[)\]]"
)


def _outside(e: Effect, v: Printed, *, signed: bool) -> bool:
    """Say whether the value lies outside, and no number before the interval, nor what two of them make, inside."""
    low, high = e.low, e.high
    if low.value > high.value or _inside(v, low, high) or _OTHER.search(e.line.words):
        return False
    if v.decimals == 0 and low.decimals and not e.unit and e.kind not in ("ratio", "difference"):
        return False  # a count, whose percentage has the interval
    if not e.named and (_SPAN_OF_TIME.match(e.unit) or (e.unit.startswith("%") and v.value <= 100 < low.value)):
        return False  # "in the first 3 years (17.1-22.9%)", "rose by 49% (9,811-19,379 ha)"
    if re.search(r"[<>≥≤]\s?$", e.line.words[: e.start - e.line.start]):
        return False  # "6.0 months for a ratio ≥3.65 (3.9-9.4)": a threshold
    behind = e.line.words[e.end - e.line.start :]
    if low.value <= -v.value <= high.value and re.match(r"[)\]]?\s?(?:decrease|reduction|decline|fall|drop)\b", behind):
        return False  # "24.5% (-41.8 to -2.0) decrease"
    named = e.strict and e.kind in ("ratio", "difference", "correlation")
    if e.limit_unit == "%" and not e.unit.startswith("%") and not named:
        return False
    if _sign_said(e, v, signed=signed) and low.value <= -v.value <= high.value:
        return True
    if (
        v.value < 0 < low.value
        and named
        and e.named
        and "I2" not in e.line.words
        and not re.match(r"-\s", e.line.words[e.start - e.line.start :])
    ):
        return True  # a minus sign that belongs to the limits too, or to none
    if any(low.value <= o <= high.value for o in _readings(e, v.value)):
        return False
    if v.value > 0 > low.value and (e.kind == "difference" or _FALL.search(e.line.words)):
        return not low.value <= -v.value <= high.value and named and not _far(v, low, high)
    if named:
        return True
    alike = v.decimals == low.decimals == high.decimals and e.unit == "%" and e.kind == "share" and e.strict
    if (
        alike
        and not e.named
        and not _far(v, low, high)
        and _TEST_RATE.search(e.before[-45:])
        and _NAMED_CI.search(e.before)
    ):
        return True  # "a sensitivity of 98.6% (95% CI 96.5% to 99.5%) and a predictive value of 96.6% (99.0% to 99.8%)"
    if _far(v, low, high) or _COMPARED.search(e.before[-60:]):
        return False
    if e.named and e.strict and e.kind in ("share", "centre") and (e.unit or e.limit_unit == ""):
        return True
    near = [Decimal(m[0].replace("·", ".")) for m in _ALONE.finditer(e.before[-90:])][-4:]
    made = [x for a, b in combinations([*near, v.value], 2) for x in _of_two(a, b)]
    return not any(low.value <= x <= high.value for one in (*near, *made) for x in (one, -one))


def _sign_said(e: Effect, v: Printed, *, signed: bool) -> bool:
    """Say whether a positive number means a rise though both limits are negative: by a plus, or "mean change was"."""
    if v.value <= 0 or e.high.value >= 0 or e.kind not in ("difference", "other"):
        return False
    after = e.line.words[e.end - e.line.start :][:25]
    if re.match(r"[\s)\]]*(?:lower|less|fewer|reduction|decrease|decline|fall|drop)\b", after):
        return False
    if signed and _BETWEEN.search(e.before[-60:]) and not _FELL.search(e.before[-160:] + e.unit):
        return True
    if _DIFFERENCE.search(e.before[-60:]) and not _LESS.search(e.before[-160:] + e.unit):
        outside = e.line.words[: e.start - e.line.start] + " " + e.line.words[e.end - e.line.start :]
        return _MINUS.search(outside) is not None
    if e.line.words[e.start - e.line.start] == "+":
        return True
    return bool(_CHANGE.search(e.before[-60:])) and not _FALL.search(e.before[-110:] + e.unit)


def _readings(e: Effect, v: Decimal) -> tuple[Decimal, ...]:
    """Give what a number may also stand for: without its sign, as a share for a percentage, or what is left of all."""
    shares = (v, -v, v * 100, v / 100)
    if e.unit.startswith("%") or e.limit_unit == "%" or e.kind in ("share", "other"):
        return (*shares, 100 - v, 1 - v, (100 - v) / 100, 100 * (1 - v), (100 + v) / 100)
    return shares


def _of_two(a: Decimal, b: Decimal) -> tuple[Decimal, ...]:
    """Give the differences and ratios of two numbers."""
    return (a - b, b - a, *((a / b, b / a) if a and b else ()))


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
