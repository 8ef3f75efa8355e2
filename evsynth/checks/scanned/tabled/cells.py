"""A cell as numbers and the shape they stand in, "# (#-#)"; and which columns hold groups, differences, limits, P."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.model.printed import Printed
from evsynth.scan.parts import Cell, Column, Row, Table
from evsynth.text.expressions import Expression

_NUMBER = Expression(
    r"(?P<sign>(?:(?<=^)|(?<=[\s(\[;,/<>=≤≥±])|(?<=\dto))[-+](?=[\d.]))?"
    r"(?P<n>[1-9]\d{0,2}(?:[ ,]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
)
WHOLE_CELL = Expression(r"#(?:\(#%?\)|%)?")
"""The shape of a cell that holds a count, alone or with its percentage; # stands for a number."""
_BOUND = Expression(r"(<=|>=|<|>|≤|≥)\s*$")
_P = Expression(r"^(?:adjusted |unadjusted |crude )?p(?:[- ]?values?)?\b(?!\w*[a-z]{3})", re.I)
_LIMITS = Expression(r"^\(?\s*(?:9[05](?:\.0)?\s*%\s*)?(?:CI|confidence intervals?)\b|^95\s*%\s*(?:CI|CrI)?\)?$", re.I)
_DIFFERENCE = Expression(r"\bdifference|\bdiff\b|^Δ|\bMD\b|\bRD\b", re.I)
_RATIO = Expression(
    r"\b(?:odds ratio|risk ratio|relative risk|hazard ratio|rate ratio|prevalence ratio|[ac]?OR|[au]?OR|[ac]?RR|"
    r"[ac]?HR|"
    r"[ac]?PR|IRR|SHR|sHR)\b"
)
_ADJUSTED = Expression(
    r"(?<!un)(?i:\badjusted|\bmultivari\w+|\bweighted|\bmodel\b)|\b(?:aOR|AOR|aHR|AHR|aRR|ARR|aPR|APR)\b"
)
_CRUDE = Expression(r"(?i:\bcrude|\bunadjusted|\bunivari\w+|\bbivari\w+)\b|\b(?:cOR|COR|cRR|CRR|cHR|CHR|uOR|UOR)\b")


class Number(NamedTuple):
    """One number of a cell and where it stands in the document."""

    printed: Printed
    start: int
    end: int

    @property
    def value(self) -> float:
        """The number."""
        return float(self.printed)


class Content(NamedTuple):
    """The numbers of a cell, and its text with "#" for each of them and without white space."""

    shape: str
    numbers: tuple[Number, ...]


def content(reading: Reading, cell: Cell) -> Content:
    """Read a cell; numbers glued to letters ("m2") count as words."""
    text = reading.document.plain[cell.start : cell.end]
    text = (
        re.sub(r"(?<=\d) (?=\d{3}(?!\d))", ",", text)
        if re.fullmatch(r"[^\d]*\d{1,3}(?: \d{3})+\D*(?:.*)", text)
        else text
    )
    numbers, pieces, at = [], [], 0
    for match in _NUMBER.finditer(text):
        if match.start() and text[match.start() - 1].isalpha() and text[match.start() - 1] not in "oO":
            continue
        if match.end() < len(text) and text[match.end()].isalpha():
            continue
        start = match.start()
        sign = match["sign"] or ""
        if not sign and start and text[start - 1] == "-" and (start == 1 or text[start - 2] in "-–"):
            sign, start = "-", start - 1
        bound = _BOUND.search(text[:start])
        printed = _parsed((bound[1] if bound else "") + sign + match["n"].replace(" ", ","))
        if printed is None:
            continue
        pieces.append(text[at:start])
        numbers.append(Number(printed, cell.start + start, cell.start + match.end()))
        at = match.end()
    pieces.append(text[at:])
    shape = re.sub(r"\s+", "", "#".join(pieces)).replace("\u2013", "-")
    return Content(shape, tuple(numbers))


def _parsed(text: str) -> Printed | None:
    try:
        return Printed.parse(text)
    except ValueError:
        return None


def head(table: Table, column: int) -> str:
    """Give the heads of a column in one line."""
    return table.columns[column].label if column < len(table.columns) else ""


def is_p(column: Column) -> bool:
    """Say whether a column prints P values."""
    return column.statistic == "p" or any(_P.match(h.text.strip()) for h in column.heads[-1:])


def is_limits(column: Column) -> bool:
    """Say whether a column prints the limits of the estimate before it."""
    return column.statistic == "ci" or any(_LIMITS.match(h.text.strip()) for h in column.heads[-1:])


def is_difference(column: Column) -> bool:
    """Say whether a column prints a difference between two others."""
    return bool(_DIFFERENCE.search(column.label))


def is_ratio(column: Column) -> bool:
    """Say whether a column prints odds ratios, risk ratios or the like."""
    return bool(_RATIO.search(column.label)) or column.statistic in ("odds_ratio", "risk_ratio", "hazard_ratio")


def adjusted(words: str) -> bool:
    """Say whether words call an estimate adjusted."""
    return bool(_ADJUSTED.search(words))


def crude(words: str) -> bool:
    """Say whether words call an estimate crude."""
    return bool(_CRUDE.search(words))


def body(table: Table) -> Iterator[Row]:
    """Give the rows that print something."""
    return (row for row in table.rows if not row.bare)


def words_of(table: Table) -> str:
    """Give caption, heads and notes of a table."""
    parts = [p.text for p in (table.caption, *table.notes) if p is not None]
    return " ".join([*parts, *(c.label for c in table.columns)])


__all__ = [
    "Content", "Number", "adjusted", "body", "content", "crude", "head", "is_difference", "is_limits", "is_p",
    "is_ratio", "words_of",
]  # fmt: skip
