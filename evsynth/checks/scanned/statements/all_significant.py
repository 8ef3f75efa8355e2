""" "All three were significant (Table 3)", where the table it names holds fewer significant results than that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, is_limits, is_p, is_ratio
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_ALL = Expression(
    r"\b(?:all (?:of )?(?:the )?(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)|(?P<both>both))\b"
    r"(?! groups| arms| sexes)(?P<what>[^.;()]{0,80}?)\b(?:statistically |highly )?significant(?:ly)?\b",
    re.I,
)
_NOT = Expression(r"\b(?:not|no|non-?|neither|nor|never|without|lost|except|but|interaction|trend|correlat\w+)\b", re.I)
_TABLE = Expression(r"\bTables?\s(?P<n>S?\d+|[IVX]+)\b", re.I)
LEVEL = 0.05


def all_significant(reading: Reading) -> Iterator[Finding]:
    """Count the rows of the one table a sentence names whose P is below 5% or whose interval leaves the null out.

    Left alone: sentences with a denial, tables in which fewer rows can be judged than the sentence counts.
    """
    for line in lines(reading, ("results", "abstract", "body", "discussion")):
        if "significant" not in line.words or "able" not in line.words:
            continue
        match = _ALL.search(line.words)
        cited = {m["n"] for m in _TABLE.finditer(line.words)}
        if match is None or len(cited) != 1 or _NOT.search(match[0]):
            continue
        said = 2 if match["both"] else _number(match["n"].lower())
        tables = [t for t in reading.document.tables if t.number in cited]
        if len(tables) != 1 or said < 2:
            continue
        judged = [(row, x) for row in body(tables[0]) if (x := _significant(reading, tables[0], row)) is not None]
        holds = sum(x[0] for _, x in judged)
        if not said <= len(judged) <= said + 2 or holds >= said:
            continue
        null = [x[1] for _, x in judged if not x[0]]
        yield reading.finding(
            "SIGNIFICANCE_CONTRADICTS", "inconsistent",
            f"'{' '.join(match[0].split())}' is inconsistent with table {tables[0].number}, in which {holds} of "
            f"{len(judged)} results are", "the sentence may be about other results of the table",
            quotes=(line.piece(match), *((n.start, n.end) for n in null)),
        )  # fmt: skip


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_WORDS.get(word, 0)


def _significant(reading: Reading, table: Table, row: Row) -> tuple[bool, Number] | None:
    """Say whether a row is significant, and give the number that says so; None where that cannot be told, or twice."""
    found: list[tuple[bool, Number]] = []
    for column in table.columns[1:]:
        cell = content(reading, table.cell(row.index, column.index))
        if is_p(column) and len(cell.numbers) == 1:
            p = cell.numbers[0]
            return p.value <= LEVEL and p.printed.bound not in (">", "≥"), p
        limits = cell.numbers[-2:] if len(cell.numbers) == 3 or is_limits(column) else ()
        if len(limits) == 2 and re.search(r"\bCI\b|confidence", column.label):
            null = 1.0 if is_ratio(column) else 0.0
            found.append((not limits[0].value < null < limits[1].value, cell.numbers[0]))
    return found[0] if len(found) == 1 else None


__all__ = ["CODES", "all_significant"]
