"""A quantity that is made of two others by definition, told with both: PaO2/FiO2, pulse pressure, ejection fraction.

Pulse pressure and mean arterial pressure of a blood pressure; ejection fraction and stroke volume of two volumes;
variance and coefficient of variation of a standard deviation; the width of a range or quartile range of its ends; the
ratio of two quantities that it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, over, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?!\d)|(?<![\w.,/-])\d+(?:\.\d+)?(?![\d]|\.\d|-\d)"
_IS = r"(?:[^.;\d(]|\.(?!\s)){0,25}?[\s(=:,]"


class _Law(NamedTuple):
    name: str
    pattern: Expression
    made: Callable[[float, float], float]
    room: float


def _law(name: str, pattern: str, made: Callable[[float, float], float], room: float) -> _Law:
    return _Law(name, Expression(pattern.replace("NUM", _N).replace("IS", _IS), re.I), made, room)


_BP = r"(?P<a>\d{2,3})\s?/\s?(?P<b>\d{2,3})(?!\d)"
_BRIDGE = r"[^.;\d]{0,60}?"
_LAWS: tuple[_Law, ...] = (
    _law("pulse pressure", rf"\bpulse pressureIS(?P<v>NUM){_BRIDGE}\bpressure{_BRIDGE}{_BP}", lambda a, b: a - b, 0.02),
    _law("pulse pressure", rf"\bpressure{_BRIDGE}{_BP}{_BRIDGE}\bpulse pressureIS(?P<v>NUM)", lambda a, b: a - b, 0.02),
    _law("mean arterial pressure", rf"\bpressure{_BRIDGE}{_BP}{_BRIDGE}\b(?:mean arterial pressure|"
        rf"MAP)(?: \(MAP\))?IS(?P<v>NUM)",
         lambda a, b: (a + 2 * b) / 3, 0.09),
    _law("ejection fraction", r"\bejection fraction(?: "
        r"\(?LV?EF\)?)?IS(?P<v>NUM)\s?%[^.;\d]{0,50}end-diastolic and "
        r"end-systolic"
         r" volumes[^.;\d]{0,20}?(?P<a>NUM)(?:\s?mL)?(?:\s?and|,|\s?/)\s?(?P<b>NUM)",
         lambda a, b: 100 * (a - b) / a, 0.05),
    _law("ejection fraction", r"\bend-diastolic volumeIS(?P<a>NUM)[^.;\d]{0,40}end-systolic "
        r"volumeIS(?P<b>NUM)[^.;\d]{0,50}"
         r"ejection fraction(?: \(?LV?EF\)?)?IS(?P<v>NUM)\s?%", lambda a, b: 100 * (a - b) / a, 0.05),
    _law("stroke volume", r"\bend-diastolic volumeIS(?P<a>NUM)[^.;\d]{0,40}end-systolic "
        r"volumeIS(?P<b>NUM)[^.;\d]{0,50}"
         r"stroke volumeIS(?P<v>NUM)", lambda a, b: a - b, 0.05),
    _law("standard deviation", r"\bvarianceIS(?P<a>NUM)[^.;\d]{0,25}(?:standard deviation|"
        r"SD)IS(?P<v>NUM)(?P<b>)", lambda a, _: a**0.5, 0.02),
    _law("variance", r"\b(?:standard deviation|SD)IS(?P<a>NUM)[^.;\d]{0,25}varianceIS(?P<v>NUM)(?P<b>)",
         lambda a, _: a**2, 0.02),
    _law("coefficient of variation", r"\bcoefficient of "
        r"variationIS(?P<v>NUM)\s?%[^.;\d]{0,30}\bmeanIS(?P<a>NUM)[^.;\d]{0,25}"
         r"(?:SD|standard deviation)IS(?P<b>NUM)", lambda a, b: 100 * b / a, 0.03),
    _law("coefficient of variation", r"\bmeanIS(?P<a>NUM)[^.;\d]{0,25}(?:SD|standard deviation|"
        r"±)IS?(?P<b>NUM)[^.;\d]{0,25}"
         r"coefficient of variationIS(?P<v>NUM)\s?%", lambda a, b: 100 * b / a, 0.03),
    _law("width of the quartiles", r"\b(?:inter-?quartile range|IQR)(?: \(IQR\))?(?: was| of|,|:| =)? "
        r"(?P<v>NUM)(?:\s?[a-zA-Z/]{1,8})?\s?"
         r"[(,;]\s?(?:from |between |i\.e\. )?(?P<a>NUM)(?:\s?[a-zA-Z/]{1,8})?\s(?:to|"
         r"and)\s(?P<b>NUM)(?!\.\d)", lambda a, b: b - a, 0.01),
    _law("width of the range", r"(?<!quartile )\brange(?: was| of|,|:| =) (?P<v>NUM)(?:\s?[a-zA-Z/]{1,8})?\s?"
         r"[(,;]\s?(?:from |between |i\.e\. )?(?P<a>NUM)(?:\s?[a-zA-Z/]{1,8})?\s(?:to|"
         r"and)\s(?P<b>NUM)(?!\.\d)", lambda a, b: b - a, 0.02),
)  # fmt: skip
_SOME = Expression(r"pressure|ejection|variance|variation|inter-?quartile|IQR|range|stroke volume", re.I)
_NAMED = Expression(
    r"\b(?P<x>[A-Za-z][A-Za-z0-9]{1,12})(?:\s?/\s?|-to-| to |:)(?P<y>[A-Za-z][A-Za-z0-9]{1,12})(?: "
    r"ratio)?\b(?P<gap>[^.;\d]{0,40}?"
    r"(?:[^.;]{0,12}?\bfrom[^.;]{0,14}\bto )?)(?P<v>NUM)".replace("NUM", _N)
)
_CALLED = Expression(rf"\b(?:a|the|their|its|with|in a)?\s?ratio (?:of|was|being) (?P<v>{_N})(?!\s?(?:to|:|/))")
_ROOM, _FAR = 0.06, 6.0


def derived_quantities(reading: Reading) -> Iterator[Finding]:
    """Check quantities of a sentence that two others make by definition."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\d", line.words):
            continue
        if _SOME.search(line.words):
            for law in _LAWS:
                for match in law.pattern.finditer(line.words):
                    yield from _judged(reading, line, law, match)
        if "/" in line.words and "atio" in line.words:
            yield from _named(reading, line)


def _judged(reading: Reading, line: Line, law: _Law, match: re.Match[str]) -> Iterator[Finding]:
    values = [span(Printed.parse(match[k])) if match[k] else Span(1.0, 1.0) for k in "ab"]
    if values[0].low <= 0:
        return
    made = over(law.made, *values)
    own, slack = span(Printed.parse(match["v"])), law.room * abs(made.middle)
    if (made.low - slack <= own.high and own.low <= made.high + slack) or not 1 / _FAR < own.middle / (
        made.middle or 1
    ) < _FAR:
        return
    yield _finding(
        reading, line, law.name, match["v"], made.middle,
        (match.span("v"), (min(match.start("a"), match.end("b") if match["b"] else match.start("a")),
                           max(match.end("a"), match.end("b")))),
    )  # fmt: skip


def _named(reading: Reading, line: Line) -> Iterator[Finding]:
    """Check "PaO2/FiO2 ratio from 120 to 160" against the last numbers told of PaO2 and of FiO2."""
    for match in _NAMED.finditer(line.words):
        names = [match["x"], match["y"]]
        if "atio" not in line.words[match.start() : match.end()] or match["x"].lower() == match["y"].lower():
            continue
        found = [list(_values(line.words, name, match.span())) for name in names]
        if not all(found) or any(len(f) > 3 for f in found):
            continue
        tops, downs = ([span(Printed.parse(line.words[a:b])) for a, b in f] for f in found)
        own = span(Printed.parse(match["v"]))
        made = [Span(t.low / d.high, t.high / d.low) for t in tops for d in downs if d.low > 0]
        if (
            not made
            or len(made) > 4
            or any(m.low * (1 - _ROOM) <= own.high and own.low <= m.high * (1 + _ROOM) for m in made)
        ):
            continue
        near = min(made, key=lambda m: abs(m.middle - own.middle))
        if 1 / _FAR < own.middle / near.middle < _FAR:
            yield _finding(
                reading, line, f"{names[0]}/{names[1]} ratio", match["v"], near.middle,
                (match.span("v"), *(s for f in found for s in f)),
            )  # fmt: skip


def _values(words: str, name: str, but: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Give where the numbers told right behind a name stand: "PaO2 from 72 to 96 mm Hg"."""
    for m in re.finditer(rf"(?<![\w/]){re.escape(name)}(?![\w/])", words):
        if but[0] <= m.start() < but[1]:
            continue
        told = re.match(
            rf"[^.;,\d()]{{0,20}}?(?:(?P<a>{_N})[^.;,\d()]{{0,12}}?\bto )?(?P<b>{_N})(?!\s?%)", words[m.end() :]
        )
        for k in ("a", "b") if told else ():
            if told is not None and told[k]:
                yield m.end() + told.start(k), m.end() + told.end(k)


def _finding(
    reading: Reading, line: Line, name: str, told: str, made: float, spots: tuple[tuple[int, int], ...]
) -> Finding:
    return reading.finding(
        "DERIVED_VALUE", "inconsistent", f"{name} {told} is inconsistent with the values it is made "
        f"of, which give {made:.4g}",
        "means of three quantities need not agree exactly; otherwise one of the numbers is misprinted",
        quotes=tuple((line.start + a, line.start + b) for a, b in spots), computed=((name, f"{made:.4g}"),),
    )  # fmt: skip
