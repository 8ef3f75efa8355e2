"""Peak and trough concentrations of the same groups or periods: a trough cannot be the higher one.

"Cmax was 3.71, 2.42 and 2.98 mg/L and the trough concentration 1.12, 3.10 and 0.98 mg/L": lists of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"(?:[mµnp]g|[µnm]mol|U|IU)/?\s?(?:m?L|dL)|[µnm]M|mcg/mL|ng\s?mL-1"
_ITEM = rf"{_N}(?:\s?±\s?{_N})?(?:\s?(?:{_UNIT})(?![\w/]))?(?:\s?[(\[][^()\[\]]{{0,60}}[)\]])?"
_JOIN = r"(?:,? (?:and|vs\.?|versus|v) |, )(?:(?!trough|peak|pre|max|min)[a-z]+ ){0,3}?"
_LIST = rf"(?P<list>{_ITEM}(?:{_JOIN}{_ITEM}){{0,3}})(?:\s?(?P<unit>{_UNIT})(?![\w/]))?"
_GAP = r"(?:(?!differ|ratio|reduc|increas|decreas|change)[^.;\d]){0,45}?"
_PEAK = Expression(
    rf"\b(?:C\s?_?max|Cpeak|peak (?:[a-z]+ ){{0,2}}(?:concentrations?|levels?)|maxim\w+ (?:[a-z]+ "
    rf"){{0,2}}concentrations?)\b"
    rf"{_GAP}{_LIST}", re.I,
)  # fmt: skip
_TROUGH = Expression(
    rf"\b(?:C\s?_?(?:min|trough|tau)|Cτ|trough(?: [a-z]+){{0,2}}|predose (?:[a-z]+ ){{0,2}}concentrations?|C\d\d?h)\b"
    rf"{_GAP}{_LIST}", re.I,
)  # fmt: skip


def peaks_and_troughs(reading: Reading) -> Iterator[Finding]:
    """Find a trough above the peak of the same place in the list, where the other places are in order."""
    for line in lines(reading, ("abstract", "results", "body")):
        peaks = list(_PEAK.finditer(line.words))
        if len(peaks) != 1:
            continue
        troughs = [m for m in _TROUGH.finditer(line.words) if not _overlap(m, peaks[0])]
        if len(troughs) == 1:
            yield from _compared(reading, line, peaks[0], troughs[0])


def _overlap(one: re.Match[str], two: re.Match[str]) -> bool:
    return one.start() < two.end("list") and two.start() < one.end("list")


def _compared(reading: Reading, line: Line, peak: re.Match[str], trough: re.Match[str]) -> Iterator[Finding]:
    high, low = _values(peak), _values(trough)
    units = {re.sub(r"\s", "", u) for m in (peak, trough) for u in _units(line.words, m)}
    if len(high) != len(low) or len(units) > 1 or not units:
        return
    wrong = [(a, b) for a, b in zip(high, low, strict=True) if _above(b[0], a[0])]
    if len(wrong) != 1:
        return
    (top, at), (bottom, below) = wrong[0]
    yield reading.finding(
        "OUT_OF_ORDER", "inconsistent",
        f"a trough of {bottom} lies above the peak of the same group, {top}",
        "a point may stand at the wrong place, or the values may be of other groups or units",
        quotes=tuple((line.start + a, line.start + b) for a, b in (below, at)),
    )  # fmt: skip


def _units(words: str, match: re.Match[str]) -> list[str]:
    own = [m[0] for m in _UNITS.finditer(match["list"])]
    return own + ([match["unit"]] if match["unit"] else [])


_UNITS = Expression(_UNIT)
_BRACKETS = Expression(r"[(\[][^()\[\]]*[)\]]|±\s?[\d.,]+")
_NUMBER = Expression(rf"(?<![\w.,-]){_N}")


def _values(match: re.Match[str]) -> list[tuple[Printed, Spot]]:
    """Give the numbers of a list, without what stands in brackets."""
    text = _BRACKETS.sub(lambda m: " " * len(m[0]), match["list"])
    at = match.start("list")
    return [(Printed.parse(m[0]), (at + m.start(), at + m.end())) for m in _NUMBER.finditer(text)]


def _above(one: Printed, two: Printed) -> bool:
    low, high = one.interval().low, two.interval().high
    return low is not None and high is not None and low > high
