"""A count of a sentence, "33 of 75 patients", against the cell of the row it names in the group of that size.

And a number right behind the name of one row, "general surgery (59.4%)", that the table prints for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.identity import ordered
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Content, body, content
from evsynth.checks.scanned.tabled.roles import roles
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Role, Row, Table
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "conclusion")
_OF = Expression(
    r"(?<![\w.,/])(?P<k>\d{1,5})\s?(?:/|of (?:the |all )?)\s?(?P<n>\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d.]*\d|/)"
)
_WITH_SHARE = Expression(r"(?<![\w.,/])(?P<k>\d{1,5})\s?[(\[,]\s?(?P<n>\d{1,3}(?:\.\d+)?)\s?%")
_BESIDE = Expression(r"(?P<open>\s?\(|\s?,\s|\s(?:was|were|had|in|at)\s)(?P<v>\d{1,3}(?:\.\d+)?)(?P<unit>\s?%|(?=\)))")
_WORD = Expression(r"[A-Za-z0-9]+(?:[-'][A-Za-z0-9]+)*")
_OUT = Expression(
    r"\b(?:subgroups?|per[- ]protocol|sensitivity anal\w+|imput\w+|et al|previous\w*|matched|among (?:those|patients)|"
    r"of (?:these|those|whom)|adjusted|severe|grade|serious|except|without|no|not|both|either|neither)\b", re.I,
)  # fmt: skip
_CLAUSE = Expression(r";|,?\s(?:whereas|while|but)\s|\)\s?,\s|\.\s")


class _Named(NamedTuple):
    """A row and where a clause names it."""

    row: Row
    start: int
    end: int


def cells_in_text(reading: Reading) -> Iterator[Finding]:
    """Compare counts of a base, and numbers behind names of rows, with the tables."""
    tables = [(t, _rows(t)) for t in reading.document.tables]
    tables = [(t, rows) for t, rows in tables if len(rows) >= 2]
    if not tables:
        return
    for line in lines(reading, _ROLES):
        if not re.search(r"\d", line.words):
            continue
        for table, rows in tables:
            yield from _sentence(reading, line, table, rows)


def _rows(table: Table) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in body(table):
        words = ordered(row.stem)
        if words and not roles(row.label.text).whole and len(" ".join(words)) > 3:
            found.setdefault(words, []).append(row)
    return found


def _sentence(reading: Reading, line: Line, table: Table, rows: dict[tuple[str, ...], list[Row]]) -> Iterator[Finding]:
    named = _named(line.words, rows)
    if not named:
        return
    edges = [0, *(m.end() for m in _CLAUSE.finditer(line.words)), len(line.words)]
    for start, end in pairwise(edges):
        clause = line.words[start:end]
        inside = [x for x in named if start <= x.start and x.end <= end]
        if len({x.row.index for x in inside}) == 1 and not _OUT.search(clause):
            yield from _counts(reading, line, table, inside[0].row, start, end)
    for x in named:
        yield from _beside(reading, line, table, x, named)


def _counts(reading: Reading, line: Line, table: Table, row: Row, start: int, end: int) -> Iterator[Finding]:
    sizes = {int(c.n.printed.value) for c in table.columns[1:] if c.n is not None}
    bases = [(m, int(m["n"].replace(",", ""))) for m in _OF.finditer(line.words, start, end)]
    for match in _WITH_SHARE.finditer(line.words, start, end):
        said = {n for n in sizes if re.search(rf"(?<![\d.,]){n}(?![\d.,]*\d)", line.words)}
        share = Printed.parse(match["n"])
        fits = [n for n in said if int(match["k"]) <= n and share.agrees(_share(int(match["k"]), n, share.decimals))]
        if len(fits) == 1:
            bases.append((match, fits[0]))
    for match, base in bases:
        columns = [c for c in table.columns[1:] if c.n is not None and int(c.n.printed.value) == base]
        if len(columns) != 1 or re.match(r"\s?(?:-|events|episodes|eyes|lesions)", line.words[match.end() :]):
            continue
        own = content(reading, table.cell(row.index, columns[0].index))
        told = int(match["k"])
        if own.shape not in ("#", "#(#)", "#(#%)", "#[#]", "#[#%]", "#/#(#)", "#/#(#%)"):
            continue
        if own.numbers[0].printed.decimals or own.numbers[0].value == told or own.numbers[0].value > base:
            continue
        if any(
            r.index != row.index
            and _shares(line.words, r)
            and (c := content(reading, table.cell(r.index, columns[0].index))).numbers
            and c.numbers[0].value == told
            for r in table.rows
        ):
            continue
        if any(n.value == told for c in _cells(reading, table, row) for n in c.numbers):
            continue
        spot = line.start + match.start("k"), line.start + match.end("n")
        yield _finding(reading, table, row, match[0], spot, own)


def _share(count: int, base: int, decimals: int) -> Printed:
    return Printed.parse(f"{100 * count / base:.{decimals}f}")


def _beside(reading: Reading, line: Line, table: Table, x: _Named, named: list[_Named]) -> Iterator[Finding]:
    match = _BESIDE.match(line.words, x.end)
    if match is None or ("." not in match["v"]):
        return
    value = match["v"]
    own = _cells(reading, table, x.row)
    if any(str(n.printed).lstrip("<>") == value for c in own for n in c.numbers):
        return
    for index in range(1, len(table.columns)):
        cell = content(reading, table.cell(x.row.index, index))
        holders = [
            r for r in body(table)
            if r.index != x.row.index
            and (c := content(reading, table.cell(r.index, index))).shape == cell.shape
            and any(str(n.printed) == value for n in c.numbers)
        ]  # fmt: skip
        if len(holders) != 1 or not cell.numbers or any(y.row.index == holders[0].index for y in named):
            continue
        if all(len(set(str(n.printed))) < 3 for n in cell.numbers):
            continue
        spot = line.start + match.start("v"), line.start + match.end("v")
        yield _finding(
            reading, table, x.row, value, (line.start + x.start, spot[1]), cell,
            f"; it is that of '{holders[0].label.text}'",
        )  # fmt: skip
        return


def _cells(reading: Reading, table: Table, row: Row) -> list[Content]:
    return [content(reading, c) for c in row.cells[1:]]


def _shares(words: str, row: Row) -> bool:
    return bool(set(ordered(row.stem)) & set(ordered(words)))


def _finding(reading: Reading, table: Table, row: Row, told: str, spot: Spot, cell: Content, more: str = "") -> Finding:
    where = f"table {table.number}" if table.number else "the table"
    quote = (cell.numbers[0].start, cell.numbers[-1].end)
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{row.stem}: {told} in the text is inconsistent with "
        f"{reading.document.text[quote[0] : quote[1]].strip()} in {where}{more}",
        "the sentence may be about other patients; otherwise one of both is misprinted", quotes=(spot, quote),
    )  # fmt: skip


def _named(words: str, rows: dict[tuple[str, ...], list[Row]]) -> list[_Named]:
    """Give the rows that a sentence names by all words of their label in order; of names in names, the longest."""
    tokens = _tokens(words)
    first: dict[str, list[int]] = {}
    for k, (token, _, _) in enumerate(tokens):
        first.setdefault(token, []).append(k)
    found = []
    for wanted, members in rows.items():
        if len(members) != 1:
            continue
        for k in first.get(wanted[0], ()):
            if tuple(t for t, _, _ in tokens[k : k + len(wanted)]) == wanted:
                found.append(_Named(members[0], tokens[k][1], tokens[k + len(wanted) - 1][2]))
    return [
        x for x in found
        if not any(y.start <= x.start and x.end <= y.end and y.end - y.start > x.end - x.start for y in found)
    ]  # fmt: skip


@lru_cache(maxsize=512)
def _tokens(words: str) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (token, m.start(), m.end()) for m in _WORD.finditer(words) for token in ordered(m[0])
    )  # fmt: skip


__all__ = ["CODES", "cells_in_text"]
