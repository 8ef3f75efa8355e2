"""Ranges of a baseline table against the limits that a person had to meet to take part: ages, and any measure named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.calendar.age_limits import age_limits
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_N = r"\d+(?:\.\d+)?"
_ENTRY = Expression(
    r"\b(?:eligib\w+|inclusion|included|enrol+ed|recruited|admitted|participants were|criteria|were invited|took "
    r"part)\b",
    re.I,
)
_OUT = Expression(r"\b(?:exclu\w+|ineligible|not eligible|subgroup|stratif\w+|defined|response|outcome|target|"
                  r"remission|escape|"
                  r"stopp\w+|rescue|controls?|mothers?|parents?|analysis|or greater for)\b", re.I)  # fmt: skip
_WHO = Expression(
    r"(?:Consecutive |All |Children|Adults|Patients|Men|Women)|.*\bwe (?:studied|screened|reviewed|invited)\b"
)
_BETWEEN = Expression(
    rf"(?P<name>[A-Za-z][A-Za-z0-9 /'()-]{{2,60}}?)\s+(?:of|between|from|ranging from|was|in the range of?)\s+"
    rf"(?P<low>{_N})\s*(?:-|to|and)\s*(?P<high>{_N})\s*(?P<unit>[A-Za-z%µ][\w/%²]*)?"
)
_AGED = Expression(
    rf"\b(?:aged?|ages)\s+(?:between |from )?(?P<low>{_N})\s*(?:-|to|and)\s*(?P<high>{_N})\s*(?P<unit>years?|months?|"
    rf"weeks?|days?)?"
    rf"|\b(?:aged?\s+)?(?P<least>{_N})\s+(?P<unit2>years?|months?)(?: of age)?\s+(?:or|and)\s+(?:older|over|above)"
    rf"|\baged?\s+(?:at least|≥|>=|over)\s*(?P<least2>{_N})\s*(?P<unit3>years?|months?)?"
    rf"|(?:\bat least|≥|>=)\s*(?P<least3>{_N})\s*(?P<unit4>years?|months?)(?: of age| old)"
    rf"|\b(?:younger than|under|below)\s+(?P<under>{_N})\s*(?P<unit5>years?|months?)(?:\s*\(\d+ months?\))?",
    re.I,
)
_RANGE = Expression(r"\brange\b|\bmin(?:imum)?\b.*\bmax|\(min", re.I)
_LATER = Expression(
    r"\b(?:(?:week|month|day|year)s? [1-9]\d*|[1-9]\d*[ -](?:week|month|day|year)s?|after|follow|"
    r"final|end of|post|last|discharge|change|nadir|peak)\b|\bfollow-?up", re.I,
)  # fmt: skip
"""Limits of entry hold for the visit at entry, not for later ones."""
_QUARTILES = Expression(r"\b(?:IQR|interquartile|quartiles?|Q1|CI)\b", re.I)
_BOTH = Expression(r"\b(?:IQR|inter-?quartile range|quartiles?|Q1\W{1,3}Q3)[\s;,:)\](\[]+(?:(?:full )?range|min)", re.I)
"""Quartiles and then the range in one cell: "5 (2-8; 1-21)"."""
_YEARS = {"y": 1.0, "m": 1 / 12, "w": 7 / 365.25, "d": 1 / 365.25}
_GENERAL = frozenset(
    "a the of an at with off on treatment score baseline screening mean had have adult patient".split()
)


class Limit(NamedTuple):
    """A limit of entry: the words of the measure (none for age), least and most (in years for age), and its place."""

    words: frozenset[str]
    low: float | None
    high: float | None
    beyond: bool
    text: str
    start: int
    end: int


def limits_of_entry(reading: Reading) -> Iterator[Finding]:
    """Compare the ends of ranges in tables with limits of entry that the methods tell once.

    The row must print a range, by label or head, and (but for age) have every word of the measure. Left alone:
    quartiles, columns of later visits, limits of subgroups and of exclusion, measures of which two limits are told,
    values within half a unit of one.
    """
    limits = list(_limits(reading))
    if all(x.words for x in limits) and (told := age_limits(reading)) is not None:
        years = [x / 12 if x is not None else None for x in (told.least, told.beyond)]
        limits.append(Limit(frozenset(), years[0], years[1], True, told.text, *told.spot))
    ages = {(x.low, x.high) for x in limits if not x.words}
    for limit in limits:
        if not limit.words and len(ages) > 1:
            continue
        if limit.words and len({(x.low, x.high) for x in limits if x.words == limit.words}) > 1:
            continue
        for table in reading.document.tables:
            for row in body(table):
                if _matches(row, limit):
                    yield from _row(reading, table, row, limit)


def _limits(reading: Reading) -> Iterator[Limit]:
    for line in lines(reading, ("methods", "body")):
        if not (_ENTRY.search(line.words) or _WHO.match(line.words.strip())):
            continue
        if _OUT.search(line.words):
            continue
        yield from _ages(line)
        for match in _BETWEEN.finditer(line.words):
            words = key(match["name"].split(" with ")[-1].split(" had ")[-1]) - _GENERAL
            low, high = float(match["low"]), float(match["high"])
            if words and len(words) <= 5 and low < high and match["unit"] and not words & {"age", "aged", "year"}:
                if re.match(r"(?:years?|months?|weeks?|days?|hours?|19|20)", match["unit"], re.I):
                    continue
                yield Limit(
                    words, low, high, False, match[0].strip(), line.start + match.start("low"), line.start + match.end()
                )


def _ages(line: Line) -> Iterator[Limit]:
    found = list(_AGED.finditer(line.words))
    if len(found) != 1:
        return
    m = found[0]
    unit = next((m[u] for u in ("unit", "unit2", "unit3", "unit4", "unit5") if m[u]), "years")
    scale = _YEARS[unit[0].lower()]
    low = next((float(m[g]) * scale for g in ("low", "least", "least2", "least3") if m[g]), None)
    high = float(m["high"]) * scale if m["high"] else float(m["under"]) * scale if m["under"] else None
    if low is not None or high is not None:
        yield Limit(frozenset(), low, high, bool(m["under"]), m[0], line.start + m.start(), line.start + m.end())


def _matches(row: Row, limit: Limit) -> bool:
    words = key(row.label.text)
    if limit.words:
        return limit.words <= words
    return "age" in words and not words & {
        "onset",
        "diagnosis",
        "gestational",
        "diagnosi",
        "mother",
        "maternal",
        "bone",
        "under",
        "over",
    }


def _row(reading: Reading, table: Table, row: Row, limit: Limit) -> Iterator[Finding]:
    for column in table.columns[1:]:
        said = f"{row.label.text} {column.label}"
        cell = content(reading, table.cell(row.index, column.index))
        ends = _ends(cell.numbers, cell.shape, said)
        both = len(cell.numbers) > 3 and _BOTH.search(said) is not None
        if ends is None or (_QUARTILES.search(said) and not both) or column.statistic:
            continue
        if limit.words and _LATER.search(said):
            continue
        scale = 1.0
        if not limit.words:
            unit = re.search(r"\b(?:years?|yrs?|months?|mo|weeks?|days?)\b|\b[y]\b", said, re.I)
            scale = _YEARS[unit[0][0].lower()] if unit else 1.0
        low, high = (n.value * scale for n in ends)
        under = limit.low is not None and low < limit.low - 0.5 * scale * 10 ** -ends[0].printed.decimals
        over = limit.high is not None and high > limit.high + (0.5 * scale if limit.words or limit.beyond else scale)
        if under or over:
            wrong = ends[0] if under else ends[1]
            yield reading.finding(
                "ELIGIBILITY_CONTRADICTS", "inconsistent",
                f"{row.stem or row.label.text}: a range of {ends[0].printed} to {ends[1].printed} is inconsistent "
                f"with the "
                f"limits for taking part ('{' '.join(limit.text.split())}')",
                "the limit may hold for another time or part of the study; otherwise a digit is misprinted",
                quotes=((wrong.start, wrong.end), (limit.start, limit.end)),
            )  # fmt: skip


def _ends(numbers: tuple[Number, ...], shape: str, said: str) -> tuple[Number, Number] | None:
    if not _RANGE.search(said):
        return None
    match = re.search(r"#(?:-|to|,|;)#[)\]]?$", shape)
    if match is None or len(numbers) < 2 or numbers[-2].value >= numbers[-1].value:
        return None
    return numbers[-2], numbers[-1]
