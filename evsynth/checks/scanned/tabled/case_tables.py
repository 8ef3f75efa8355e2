"""Tables with one row for each patient: what the text counts of them, and columns that follow from each other."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cases import number
from evsynth.checks.scanned.tabled.cells import body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Role, Table
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("PRINTED_DIFFERENTLY", "DATES")

_CASE = Expression(r"^(?:case|patient|pt|subject|no\.?|#)\b", re.I)
_WORDS = "|".join(NUMBER_WORDS)
_SEXES = Expression(
    rf"\b(?P<a>\d+|{_WORDS})\s+(?P<x>boys?|girls?|men|man|women|woman|males?|females?)\s*(?:,|and|,\s*and)\s*"
    rf"(?P<b>\d+|{_WORDS})\s+(?P<y>boys?|girls?|men|man|women|woman|males?|females?)\b", re.I,
)  # fmt: skip
_MALE = Expression(r"^(?:m|male|boy|man)$", re.I)
_FEMALE = Expression(r"^(?:f|female|girl|woman|w)$", re.I)
_MEDIAN = Expression(
    rf"\bmedian\b[^.;\d]{{0,40}}?\b(?:of|being|was|were|is)\s+(?P<n>\d+(?:\.\d+)?|"
    rf"{_WORDS})\s+(?P<unit>[a-z]{{3,}})",
    re.I,
)
_DATE = Expression(r"^(?P<d>\d{1,2}) (?P<m>[A-Z][a-z]{2})[a-z]* (?P<y>(?:19|20)\d\d)$")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_STAY = Expression(r"\b(?:nights?|stay|length|days?)\b", re.I)
_ROLES: tuple[Role, ...] = ("abstract", "methods", "results", "body")
MOST = 40
"""Rows of such a table at most."""


def case_tables(reading: Reading) -> Iterator[Finding]:
    """Check tables whose first column numbers the patients: sexes and medians told, and stays against their dates.

    Left alone: columns with an empty cell, and medians of which several columns have the unit.
    """
    for table in reading.document.tables:
        rows = list(body(table))
        label = table.columns[0].label.strip() if table.columns else ""
        if (
            not _CASE.match(label)
            or not 3 <= len(rows) <= MOST
            or any(not re.match(r"\D{0,8}\d+\D?$", r.label.text) for r in rows)
        ):
            continue
        yield from _sexes(reading, table)
        yield from _medians(reading, table)
        yield from _stays(reading, table)


def _texts(table: Table, column: Column) -> list[str]:
    return [table.cell(r.index, column.index).text.strip() for r in body(table)]


def _sexes(reading: Reading, table: Table) -> Iterator[Finding]:
    for column in table.columns[1:]:
        texts = _texts(table, column)
        men, women = sum(bool(_MALE.match(t)) for t in texts), sum(bool(_FEMALE.match(t)) for t in texts)
        if men + women != len(texts):
            continue
        for line in lines(reading, _ROLES):
            for match in _SEXES.finditer(line.words):
                male = re.match(r"boy|m[ae]n|male", match["x"], re.I) is not None
                told = {male: number(match["a"]), not male: number(match["b"])}
                if sum(told.values()) == len(texts) and (told[True], told[False]) != (men, women):
                    cells = [table.cell(r.index, column.index) for r in body(table)]
                    yield reading.finding(
                        "PRINTED_DIFFERENTLY", "inconsistent",
                        f"'{match[0]}' is inconsistent with the table, which has {men} male and {women} female "
                        f"patients",
                        "one sex may be misprinted in the "
                        "table", quotes=(line.piece(match), *((c.start, c.end) for c in cells)),
                    )  # fmt: skip


def _medians(reading: Reading, table: Table) -> Iterator[Finding]:
    for line in lines(reading, _ROLES):
        for match in _MEDIAN.finditer(line.words):
            columns = [
                c
                for c in table.columns[1:]
                if key(match["unit"]) & key(c.label.replace("(", " ")) or match["unit"].lower() in c.label.lower()
            ]
            if len(columns) != 1:
                continue
            cells = [content(reading, table.cell(r.index, columns[0].index)) for r in body(table)]
            if any(c.shape != "#" for c in cells):
                continue
            median = statistics.median(c.numbers[0].value for c in cells)
            said = number(match["n"])
            if abs(said - median) > 0.5:
                yield reading.finding(
                    "PRINTED_DIFFERENTLY", "inconsistent",
                    f"a median of {match['n']} {match['unit']} is inconsistent with the column '{columns[0].label}', "
                    f"whose median "
                    f"is {median:g}", "a value of the table may be misprinted, or patients are left out",
                    quotes=(line.piece(match), *((c.numbers[0].start, c.numbers[0].end) for c in cells)),
                )  # fmt: skip


def _stays(reading: Reading, table: Table) -> Iterator[Finding]:
    dated = [c for c in table.columns[1:] if all(_DATE.match(t) for t in _texts(table, c))]
    stays = [c for c in table.columns[1:] if _STAY.search(c.label) and c not in dated]
    if len(dated) != 2 or len(stays) != 1:
        return
    found = []
    for row in body(table):
        first, last = (_day(table.cell(row.index, c.index).text.strip()) for c in dated)
        cell = content(reading, table.cell(row.index, stays[0].index))
        if cell.shape != "#" or first is None or last is None:
            return
        found.append((row, last - first, cell.numbers[0]))
    for extra in (0, 1):  # nights, or days with the first one counted
        wrong = [x for x in found if x[1] + extra != x[2].value]
        if len(wrong) == 1 and len(found) > 2:
            row, days, stay = wrong[0]
            cells = [table.cell(row.index, c.index) for c in dated]
            yield reading.finding(
                "DATES", "inconsistent",
                f"{table.columns[0].label} {row.label.text}: {stay.printed} is inconsistent with the dates beside "
                f"it, which are "
                f"{days + extra} apart", "a date or the stay may be misprinted",
                quotes=((stay.start, stay.end), *((c.start, c.end) for c in cells)),
            )  # fmt: skip
            return


def _day(text: str) -> int | None:
    """Give a date as a number of days; None where the month is not one."""
    match = _DATE.match(text)
    if match is None or match["m"] not in _MONTHS:
        return None
    year, month = int(match["y"]), _MONTHS.index(match["m"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    before = year - 1
    return 365 * before + before // 4 - before // 100 + before // 400 + sum(lengths[:month]) + int(match["d"])
