"""Medians, means and ranges that sentences tell of a column with one row for each patient."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cases import Cases, Measured, case_lists, of_name, told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_N = r"[-+]?\d+(?:\.\d+)?"
_SAID = Expression(
    rf"\b(?P<how>[Mm]edians?|[Mm]eans?|[Aa]verage)\s+(?P<name>[A-Za-z][A-Za-z\s/-]{{1,50}}?(?:\([A-Za-z-]{{2,10}}\))?)\s*"
    rf"(?:(?:was|were|of|being|is|stood at|amounted to)\s+|[:=,]\s*|\s)(?P<v>{_N})"
    r"(?!\d|[/-]|\.\d|\s*(?:patients|women|men|cases))"
)
_MOVED = Expression(
    rf"\b(?P<how>[Mm]edians?|[Mm]eans?|[Aa]verage)\s+(?P<name>[A-Za-z][A-Za-z\s/-]{{1,50}}?(?:\([A-Za-z-]{{2,10}}\))?)\s+"
    r"(?:went|rose|fell|changed|increased|decreased|improved|declined|dropped|moved|was (?:reduced|lowered|raised))\s+"
    rf"from\s+(?P<v>{_N})\s?[%a-zA-Z/]{{0,8}}\s+to\s+(?P<w>{_N})"
)
_RANGE = Expression(
    rf"^[^;.()]{{0,25}}?[,;(\[]?\s*(?:\(|\[)?ranges?(?:d from|:|,)?\s*(?:of |from )?(?P<a>{_N})\s*(?:-|to|and)\s*"
    rf"(?P<b>{_N})",
)
_OTHER = Expression(
    r"\b(?:chang\w*|differ\w*|gains?|loss|reduction|decline|increase|improvement|follow-?up|survival|time|interval|"
    r"duration of (?:disease|symptoms)|"
    r"onset|diagnosis|death|presentation|z-score|ratio|slope|annual|rate|trough|peak|"
    r"cumulative|index|nadir|maxim\w+|minim\w+|highest|lowest|previous|dose reduction|score of)\b", re.I,
)  # fmt: skip


_OPEN = Expression(r"\b(?:at|after|in|over|for|within|by|from|on|and|per)\s*$", re.I)
"""A name that goes on with a number: "median FVC at 3 months"."""


def case_summaries(reading: Reading) -> Iterator[Finding]:
    """Compare medians, means and ranges told of a measurement with those of its columns.

    A value must be that of none of the columns of this name. Left alone: changes, subsets, columns with empty cells.
    """
    for cases in case_lists(reading):
        whole = [m for m in cases.measured if None not in m.numbers]
        full = cases._replace(measured=tuple(whole))
        for line in told(reading):
            for match in (*_SAID.finditer(line.words), *_MOVED.finditer(line.words)):
                if not _OTHER.search(match["name"]) and not _OPEN.search(match["name"]):
                    yield from _judged(reading, cases, full, line, match)


def _judged(reading: Reading, cases: Cases, full: Cases, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    found = of_name(full, match["name"])
    if not found or len(found) != len(of_name(cases, match["name"])):
        return
    places = [g for g in ("v", "w") if g in match.re.groupindex]
    for place in places:
        values = sorted({v for m in found for v in _summaries(m, match["how"])})
        if not any(_rounds(match[place], v) for v in values):
            yield _finding(reading, line, match.span(place), f"a {match['how']} of {match[place]}", found,
                           " or ".join(f"{_middle(m, match['how']):.4g}" for m in found))  # fmt: skip
            return
    span = _RANGE.match(line.words[match.end("v") :])
    if span is None or len(places) > 1:
        return
    ends = [(min(m.values), max(m.values)) for m in found]
    if not any(_rounds(span["a"], low) and _rounds(span["b"], high) for low, high in ends):
        at = match.end("v")
        yield _finding(reading, line, (at + span.start("a"), at + span.end("b")),
                       f"a range of {span['a']} to {span['b']}", found,
                       " or ".join(f"{low:g} to {high:g}" for low, high in ends))  # fmt: skip


def _summaries(one: Measured, how: str) -> tuple[float, ...]:
    values = one.values
    if how.lower().startswith("median"):
        return statistics.median(values), statistics.median_low(values), statistics.median_high(values)
    return (statistics.fmean(values),)


def _middle(one: Measured, how: str) -> float:
    return _summaries(one, how)[0]


def _rounds(text: str, value: float) -> bool:
    decimals = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5 * 10.0**-decimals + 1e-9


def _finding(
    reading: Reading, line: Line, at: tuple[int, int], said: str, found: list[Measured], instead: str
) -> Finding:
    names = ", ".join(f"'{m.column.label}'" for m in found)
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{said} is inconsistent with the rows of the table ({names}), which give {instead}",
        "patients may be left out; otherwise a row or the sentence is misprinted",
        quotes=((line.start + at[0], line.start + at[1]), *(m.quote for m in found)),
    )  # fmt: skip


__all__ = ["CODES", "case_summaries"]
