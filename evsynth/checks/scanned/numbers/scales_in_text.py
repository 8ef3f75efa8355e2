"""Scores told in sentences against the range of their scale: means, medians, ranges, and standard deviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.numbers.scales_said import ACRONYM, told
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import span

CODES = ("OUTSIDE_INSTRUMENT", "SD_IMPOSSIBLE")

_N = r"-?\d+(?:\.\d+)?"
_UNIT = (
    r"(?!\d|[.,]\d|/|\s*%|\s*(?:patients|participants|of\b|percent|per cent|mm|cm|kg|mg|months?|years?|weeks?|days?|"
    r"h\b|hours|"
    r"children|women|men|points? (?:lower|higher|less|more)|times|fold|items?)\b|-(?:point|item))"
)
_SPREAD = rf"(?:±|\+/-)\s*(?P<sd{{0}}>{_N})"
_VALUE = re.compile(
    rf"(?P<x>{_N}){_UNIT}(?:\s*{_SPREAD.format('a')}|\s*(?:points?\s*)?[(\[](?P<inside>[^()\[\]]{{1,60}})[)\]])?"
)
_LINK = (
    r"(?:\s+(?:scores?|ratings?|grade|values?|level|index|at baseline|at entry|before treatment|for [a-z]+|in [\w "
    r"]{2,30}|"
    r"of [a-z ]{2,30}))*(?:\s*\(\w+\))?\s*(?:was|were|of|averaged|[:,=(])?\s*(?:a (?:mean|median) of\s*)?"
)
_MORE = re.compile(rf"\s*(?:,|and|,\s*and|vs\.?|versus|v|compared with|to)\s*(?=(?P<x>{_N}){_UNIT})")
_CHANGE = re.compile(
    r"\b(?:chang\w*|differ\w*|reduc\w*|improv\w*|decreas\w*|increas\w*|declin\w*|gain\w*|fell|rose|dropped|drop|fall|"
    r"rise|lower|"
    r"higher|delta|by|effect|correlat\w*|minimal|cut-?off|threshold|subscales?|range|coefficient|percentile|odds|"
    r"per)\b|[Δ∆<>≤≥]", re.I,
)  # fmt: skip
_RANGE = re.compile(rf"\brange[:,]?\s*(?:of |from )?(?P<a>{_N})\s*(?:-|to|and|,)\s*(?P<b>{_N})", re.I)
_QUARTILES = re.compile(
    rf"\b(?:IQR|interquartile range|quartiles)[:,]?\s*(?:of |from )?(?P<a>{_N})\s*(?:-|to|and|,)\s*(?P<b>{_N})", re.I
)
_SD = re.compile(rf"\bSD[:,]?\s*(?:of )?(?P<a>{_N})|^\s*(?P<b>{_N})\s*$")
_COMMON = frozenset(
    {"CI", "SD", "IQR", "OR", "HR", "RR", "CT", "MRI", "HRCT", "BMI", "ICU", "SE", "US", "UK", "HIV", "II"}
)
_RATED = re.compile(r"\b(?:rated|scored|marked|graded|measured|assessed|given)\b")


class Named(NamedTuple):
    """A scale by the one word it is called in sentences, and where its range stands."""

    word: str
    acronym: bool
    low: int
    high: int
    start: int
    end: int


def scales_in_text(reading: Reading) -> Iterator[Finding]:
    """Check the summaries that directly follow the name of a scale whose range the paper states once.

    Left alone: changes, differences, percentages, cut-offs, subscales, and scales of which two ranges are told.
    """
    known = named(reading)
    if not known:
        return
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        for one in known:
            if one.word.lower() in line.words.lower() and re.search(r"\d", line.words):
                yield from _sentence(reading, line, one)


def named(reading: Reading) -> list[Named]:
    """Give the scales that have a name of one word, an acronym or what is rated, and one range throughout."""
    found: dict[str, set[Named]] = {}
    for line in lines(reading, ("abstract", "methods", "body", "results")):
        for scale in told(line.words):
            shorts = [w for w in ACRONYM.findall(scale.name) if w.upper() not in _COMMON]
            spot = (scale.low, scale.high, line.start + scale.start, line.start + scale.end)
            if shorts:
                found.setdefault(shorts[-1].lower(), set()).add(Named(shorts[-1], True, *spot))
                continue
            rated = _RATED.search(line.words[: scale.start])
            words = (
                key(line.words[: rated.start()].rsplit(".", 1)[-1]) - {"was", "were", "each"} if rated else frozenset()
            )
            if len(words) == 1:
                word = next(iter(words))
                found.setdefault(word, set()).add(Named(word, False, *spot))
    return [min(v, key=lambda x: x.start) for v in found.values() if len({(x.low, x.high) for x in v}) == 1]


def _sentence(reading: Reading, line: Line, one: Named) -> Iterator[Finding]:
    name = re.escape(one.word) + (r"(?![\w-])" if one.acronym else r"\w{0,2}\b")
    lead = r"(?<![\w-])" if one.acronym else r"\b(?:mean|median|average)\s+(?:\w+\s+)?"
    for match in re.finditer(lead + name, line.words, 0 if one.acronym else re.I):
        clause = re.split(r"[;.](?=\s)|,\s(?:and|but|whereas|while)\b", line.words[: match.start()])[-1]
        rest = line.words[match.end() :]
        near = re.match(r"(?:\s+(?:and\s+)?[A-Za-z-]+){0,2}" + _LINK, rest)
        if near is None or _CHANGE.search(clause[-60:]) or _CHANGE.search(rest[: near.end()]):
            continue
        at = match.end() + near.end()
        while value := _VALUE.match(line.words, at):
            if line.start + value.start() == one.start:
                break
            wrong = list(_judged(reading, line, value, one))
            yield from wrong
            more = _MORE.match(line.words, value.end())
            if more is None or wrong:
                break
            at = more.end()


def _judged(reading: Reading, line: Line, value: re.Match[str], one: Named) -> Iterator[Finding]:
    inside = value["inside"] or ""
    numbers = [(value["x"], value.start("x"))]
    for pattern in (_RANGE, _QUARTILES):
        if found := pattern.search(inside):
            numbers += [(found[g], value.start("inside") + found.start(g)) for g in ("a", "b")]
    for text, at in numbers:
        values = span(Printed.parse(text))
        if values.high < one.low or values.low > one.high:
            yield reading.finding(
                "OUTSIDE_INSTRUMENT", "error",
                f"{one.word}: {text} lies outside the scale, {one.low} to {one.high}",
                "it may be a change or a percentage; otherwise a sign or digit is misprinted",
                quotes=((line.start + at, line.start + at + len(text)), (one.start, one.end)),
            )  # fmt: skip
            return
    found = _SD.search(inside)
    sd = value["sda"] or (found and (found["a"] or found["b"]))
    mean = float(value["x"])
    if not sd or not one.low < mean < one.high or "." not in value["x"]:
        return
    most = max(largest_sd(m, one.low, one.high, 5, 4) for m in (*span(Printed.parse(value["x"])), mean))
    if span(Printed.parse(sd)).low > most + 1e-9:
        start, end = line.start + value.start(), line.start + value.end()
        yield reading.finding(
            "SD_IMPOSSIBLE", "error",
            f"{one.word}: SD {sd} is inconsistent with a mean of {value['x']} on a scale from {one.low} to "
            f"{one.high}; at "
            f"most {most:.3g} is possible", "the scale may be another one; otherwise a digit is misprinted",
            quotes=((start, end), (one.start, one.end)), computed=(("largest SD", f"{most:.4g}"),),
        )  # fmt: skip
