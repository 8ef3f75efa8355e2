"""Values of a baseline table beyond the one limit that a measure had to keep at entry: "FVC of at least 50%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from evsynth.checks.scanned.facts.five_numbers import five_numbers
from evsynth.checks.scanned.identity import key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.bands import runs
from evsynth.checks.scanned.tabled.cells import content, is_p, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Column, Table
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_ENTRY = Expression(
    r"\b(?:eligib\w+|inclusion|(?:were|was|be) (?:included|enrol+ed|recruited|admitted|invited)|entry criteri\w+|"
    r"\bwe (?:included|enrol+ed|recruited)|required|had to have|took part|could take part|qualified)\b|"
    r"^(?:PARTICIPANTS|PATIENTS|Participants|"
    r"Patients)[:.]?\s(?:[\d,]+|Adults|Women|Men)\b|"
    r"^\W*(?:[A-Z][\w-]*(?:,? and|,)? ){0,3}(?:participants|patients|population)\s?:\s|"
    r"\b(?:patients|adults|participants|women|men|children) with\b[^.;]{5,90}\bat (?:entry|enrol+ment|inclusion)\b",
    re.I,
)
_NOT_ENTRY = Expression(
    r"\b(?:exclu\w+|ineligible|not (?:be )?(?:eligible|included|enrol+ed|recruited|invited)|subgroups?|stratif\w+|"
    r"stratum|outcomes?|end-?points?|respon\w+|rescue|stopp\w+|controls?|sensitivity|analys[ie]s|initially|later|"
    r"amend\w+|if|unless|until|power|sample size|either)\b",
    re.I,
)
_LIMIT = Expression(
    r"(?P<name>[A-Za-z][A-Za-z0-9 /'()-]{1,60}?)(?P<bracket>\s\([^()]{2,40}\))?(?:,)?\s+(?:of |was |is |were |had to "
    r"be |at entry )?(?:"
    r"(?P<word>at least|≥|>=|above|over|>|more than|greater than|higher than|not (?:less|lower|below) than|"
    r"no less than|at most|≤|<=|below|under|<|less than|lower than|not (?:more|above|higher) than|no more than)\s*"
    r"(?P<n>-?\d+(?:\.\d+)?)"
    r"|(?P<m>-?\d+(?:\.\d+)?)\s*%?\s*(?:of (?:the )?predicted(?: value)?\s*|"
    r"(?P<unit3>(?:m|µ|n|p|k)?(?:g|mol|L|U|IU|m)/[A-Za-z]{1,5}[2²]?|mm ?Hg|points|kg|cm|bpm|ms|MPa|kPa)\s+)?"
    r"(?:or|and)\s+(?P<more>more|higher|above|greater|over|less|"
    r"lower|below))(?P<unit>\s*(?:%|percent\b|per cent\b|[A-Za-zµμ/²]+))?"
)
_NO_UNITS = frozenset("and or were was is are at on with of in had to points for who".split())
_SHORT_OF = Expression(r"\(\s*(?P<short>[A-Za-z]{0,3}[A-Z][A-Za-z0-9]{0,5})\s*,[^()]*\)\s*$")
"""A short name with more in its bracket: "glomerular filtration rate (eGFR, CKD-EPI 2009)"."""
_UNIT = Expression(
    r"[,(\[]\s*(?:[kmµnp]?(?:g|l|m|u|iu|mol)|mmhg|bpm|ms|s|min|h|days?|years?|months?|units?|×.*|10.*)\b", re.I
)
_LEAST = frozenset("at least ≥ >= above over > more greater higher".split())
_CUT = Expression(
    r"\b(?:and|with|had|have|whose|an?|the|their|on|by|required|when|where|who|whom|eligible|included|enrolled)\b|"
    r"[,;:(]",
    re.I,
)
_ALTERNATIVE = Expression(r"\bor\b(?!\s+(?:more|higher|above|greater|over|less|lower|below)\b)", re.I)
_GENERAL = frozenset(
    "baseline entry screening enrolment enrollment inclusion value level predicted percent pred concentration serum "
    "plasma measured".split()
)
ALLOWED = _GENERAL | frozenset(
    "group category class band mean sd median iqr range quartile se number no n unit at ml l kg m2 ng µg g dl "
    "mmhg mm hg pg mmol µmol umol nmol pmol iu kpa u mg mol min".split()
)
_START = Expression(
    r"\b(?:baseline|characteristics|enrol+ment|entry|inclusion|admission|demographic\w*|at the start|before treatment|"
    r"randomi[sz]ation|patients studied)\b",
    re.I,
)
LATER = Expression(
    r"\b(?:changes?|follow-?up|after|weeks?|months?|years? [0-9]|end|last|decline|difference|controls?|healthy|"
    r"screen\w*|exclu\w+|not (?:included|enrol+ed)|lowest|nadir|at (?:[0-9]+|death|exacerbation))\b",
    re.I,
)
_CHANGE = frozenset(
    "decline change decrease increase loss fall rise improvement reduction drop age aged year month".split()
)


class Limit(NamedTuple):
    """The words of a measure, the least or most that it may have, its unit ("%", "" for none), and its place."""

    words: frozenset[str]
    low: float
    high: float
    unit: str
    text: str
    start: int
    end: int


def least_of_entry(reading: Reading) -> Iterator[Finding]:
    """Compare bands, means and medians at entry with a least or most that every patient had to have.

    Table and row (or the head of the labels) must name the measure and nothing more, and the table speak of entry. A
    band with patients that lies wholly beyond, or a mean or median beyond, cannot be. Left alone: criteria with "or",
    of exclusion, of subgroups and of controls; limits told twice and differently; tables of another time.
    """
    limits = list(limits_told(reading))
    for limit in limits:
        if len({(x.low, x.high) for x in limits if x.words == limit.words}) > 1:
            continue
        found = next((f for t in reading.document.tables if of_entry(t) for f in _bands(reading, t, limit)), None)
        found = found or next(_centres(reading, limit), None)
        if found is not None:
            yield found


def limits_told(reading: Reading) -> Iterator[Limit]:
    """Give the least and most values that patients had to have, as sentences on entry tell them."""
    for line in lines(reading, ("methods", "body", "abstract")):
        if not re.search(r"\d", line.words) or not _ENTRY.search(line.words) or _NOT_ENTRY.search(line.words):
            continue
        for match in _LIMIT.finditer(line.words):
            limit = _limit(line, match)
            if limit is not None:
                yield limit


def _limit(line: Line, match: re.Match[str]) -> Limit | None:
    near = line.words[max(0, match.start() - 40) : match.end() + 40]
    if _ALTERNATIVE.search(near):
        return None
    short = _SHORT_OF.search(line.words[: match.end("bracket" if match["bracket"] else "name")])
    name = short["short"] if short else _CUT.split(re.sub(r"\([A-Z0-9]+\)", " ", match["name"]))[-1]
    words = key(joined(name)) - _GENERAL
    if re.search(r"\bper\s*$", name):
        return None
    if not words or len(words) > 4 or words & _CHANGE or not any(re.search(r"[a-z]{2}", w) for w in words):
        return None
    word = (match["word"] or match["more"]).lower()
    least = word.split()[0] in _LEAST and word != "at most"
    least = least or word in ("not less than", "not lower than", "not below than", "no less than")
    number = float(match["n"] or match["m"])
    percent = "%" in line.words[match.start() : match.end() + 2] or "predicted" in match[0]
    unit = (match["unit"] or match["unit3"] or "").strip().lower()
    unit = "" if unit in _NO_UNITS else unit.replace(" ", "")
    if unit in ("x", "times", "upper", "fold"):
        return None
    if unit.startswith(("year", "month", "week", "day", "hour", "patient", "of")) and not percent:
        return None
    start, end = line.start + match.start("name") + match["name"].rfind(name.strip()), line.start + match.end()
    low, high = (number, inf) if least else (-inf, number)
    text = " ".join(line.words[start - line.start : match.end()].split())
    return Limit(words, low, high, "%" if percent else unit, text, start, end)


def joined(name: str) -> str:
    """Join the letter of a score to it, which would be lost as a word of its own: "T-score"."""
    name = re.sub(r"\b(?:urinary|urine) protein(?: excretion)?\b", "proteinuria", name, flags=re.I)
    return re.sub(r"\b([TZtz])-score", r"\1score", name)


def of_entry(table: Table) -> bool:
    """Say whether a table tells how patients were when they entered."""
    said = words_of(table)
    return bool(_START.search(said)) and not LATER.search(table.caption.text if table.caption is not None else "")


def _names(label: str, limit: Limit) -> bool:
    words = key(joined(label))
    if not limit.words <= words or words - limit.words - ALLOWED or LATER.search(label):
        return False
    percent = "%" in label or "predicted" in words
    if limit.unit == "%" or percent:
        return percent and limit.unit == "%"
    return limit.unit in label.lower().replace(" ", "") if limit.unit else "/" not in label and not _UNIT.search(label)


def _column(column: Column) -> bool:
    return not (is_p(column) or column.statistic or LATER.search(column.label))


def _bands(reading: Reading, table: Table, limit: Limit) -> Iterator[Finding]:
    for run in runs(table):
        for row, band in run:
            parent = table.rows[row.parent].label.text if row.parent is not None else ""
            own = re.match(r"[A-Za-z][A-Za-z ,%]*", row.label.text)
            called = [x for x in (parent, own[0] if own else "", table.columns[0].label) if x.strip()][:1]
            if not called or not _names(called[0], limit) or not (band.high <= limit.low or band.low >= limit.high):
                continue
            for column in table.columns[1:]:
                cell = content(reading, table.cell(row.index, column.index))
                if not _column(column) or not re.match(r"#(?:\(#%?\)|/#.*)?$", cell.shape):
                    continue
                count = cell.numbers[0]
                if count.printed.decimals or count.printed.bound or count.value < 1:
                    continue
                yield finding_of(
                    reading, limit, f"{called[0]}, {row.label.text}: {count.printed} counted in the table",
                    (row.label.start, count.end),
                )  # fmt: skip


def _centres(reading: Reading, limit: Limit) -> Iterator[Finding]:
    for five in five_numbers(reading):
        if of_entry(five.table) and _names(five.row.label.text, limit) and _column(five.column):
            for number in (five.minimum, five.median, five.maximum):
                values = span(number.printed)
                if values.high < limit.low or values.low > limit.high:
                    said = f"{five.row.stem}: a value of {number.printed}"
                    yield finding_of(reading, limit, said, (number.start, number.end))
    for line in table_lines(reading):
        if not line.cells or not of_entry(line.table) or not _names(line.label, limit):
            continue
        for cell in line.cells:
            column = line.table.columns[cell.spot.column] if cell.spot.column is not None else None
            if column is None or not _column(column):
                continue
            for figure in cell.figures:
                values = span(figure.printed)
                if figure.statistic not in ("mean", "median", "centre", "minimum", "maximum"):
                    continue
                if values.high < limit.low or values.low > limit.high:
                    said = f"{line.name}: a {figure.statistic} of {figure.printed}"
                    yield finding_of(reading, limit, said, (figure.start, figure.end))


def finding_of(reading: Reading, limit: Limit, said: str, place: tuple[int, int]) -> Finding:
    """Give the finding of a value that no patient who took part can have had."""
    return reading.finding(
        "ELIGIBILITY_CONTRADICTS", "inconsistent",
        f"{said} is inconsistent with the limit for taking part ('{limit.text}')",
        "the limit may hold for another time or part of the study; otherwise a digit is misprinted",
        quotes=(place, (limit.start, limit.end)),
    )  # fmt: skip
