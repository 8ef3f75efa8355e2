"""What an analysis gives beside a single pooled number: a headline, what was fitted, tables, and what it cannot show.

Meta-regressions, subgroups, networks, sensitivity analyses and tests of small-study effects all give an account; the
terminal, JSON, data frames and methods sentences are made from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from evsynth.model.estimate import Reason
from evsynth.report.methods_references import Method, Reference, references, used_by
from evsynth.report.numbers import MINUS, p_value
from evsynth.report.reference_formats import as_text

Cell = str | float | int | bool | None


WIDE, LONG = 110, 64
"""Characters in a line of text; a table with a longer cell than the second is told in paragraphs."""


class Grid(NamedTuple):
    """A table: its name, its columns and its rows; `note` stands below it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


class Account(NamedTuple):
    """An analysis told: `fitted` names what was really done, `shows` and `cannot_show` what follows and what does not.

    `methods` are words in which the methods and their references are found, beside those of `fitted`.
    """

    title: str
    headline: str
    fitted: dict[str, str]
    tables: tuple[Grid, ...]
    shows: str
    cannot_show: str
    warnings: tuple[Reason, ...] = ()
    methods: tuple[str, ...] = ()


def account_text(told: Account) -> str:
    """Write an account for a terminal."""
    lines = [told.title, "", told.headline, ""]
    width = max((len(key) for key in told.fitted), default=0)
    for key, value in told.fitted.items():
        first, *rest = folded(value, WIDE - width) or [""]
        lines += [f"  {key:<{width}}  {first}", *(f"  {'':<{width}}  {line}" for line in rest)] if value else []
    for grid in told.tables:
        lines += ["", grid.name, *(f"  {line}" for line in grid_lines(grid))]
        if grid.note:
            lines += ["", *(f"  {line}" for line in folded(grid.note, WIDE))]
    for name, words in (("What it shows", told.shows), ("What it cannot show", told.cannot_show)):
        if words:
            lines += ["", name, *(f"  {line}" for line in folded(words, WIDE))]
    if told.warnings:
        lines += ["", "Warnings", *(f"  {w.code}: {w.message}" for w in told.warnings)]
    return "\n".join(lines)


def account_json(told: Account) -> dict[str, Any]:
    """Give an account as JSON content; a number that is not finite is null."""
    return {
        "title": told.title,
        "headline": told.headline,
        "fitted": told.fitted,
        "tables": [
            {"name": g.name, "rows": [dict(zip(g.columns, map(_plain, row), strict=True)) for row in g.rows],
             "note": g.note}
            for g in told.tables
        ],
        "shows": told.shows,
        "cannot_show": told.cannot_show,
        "warnings": [w._asdict() for w in told.warnings],
    }  # fmt: skip


def account_methods(told: Account) -> tuple[Method, ...]:
    """Name the methods behind an account."""
    return used_by([*(f"{key}: {value}" for key, value in told.fitted.items()), *told.methods])


def methods_section(methods: Sequence[Method]) -> str:
    """Write methods as one sentence with numbered references, and the references below."""
    listed: tuple[Reference, ...] = references(tuple(methods))
    numbers = {r.key: i for i, r in enumerate(listed, 1)}
    said = []
    for method in methods:
        cited = sorted(numbers[key] for key in method.references)
        said.append(method.words + (f" [{', '.join(map(str, cited))}]" if cited else ""))
    text = "; ".join(said)
    return "\n".join([text[:1].upper() + text[1:] + ".", "", *(f"{i}. {as_text(r)}" for i, r in enumerate(listed, 1))])


def grid_lines(grid: Grid) -> list[str]:
    """Lay a table out in columns; numbers stand to the right, a column without any content is left out."""
    if any(isinstance(cell, str) and len(cell) > LONG for row in grid.rows for cell in row):
        return _blocks(grid)
    kept = [i for i in range(len(grid.columns)) if any(row[i] not in (None, "") for row in grid.rows)]
    written = [[grid.columns[i] for i in kept]]
    written += [[cell_text(row[i], grid.columns[i]) for i in kept] for row in grid.rows]
    right = [any(isinstance(row[i], int | float) and not isinstance(row[i], bool) for row in grid.rows) for i in kept]
    widths = [max(len(row[j]) for row in written) for j in range(len(kept))]
    return [
        "  ".join(
            cell.rjust(width) if side else cell.ljust(width)
            for cell, width, side in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in written
    ]


def _blocks(grid: Grid) -> list[str]:
    """Lay a table of long texts out as paragraphs, one block a row."""
    lines: list[str] = []
    for row in grid.rows:
        lines.append(cell_text(row[0], grid.columns[0]))
        for name, cell in zip(grid.columns[1:], row[1:], strict=True):
            said = folded(f"{name}: {cell_text(cell, name)}", WIDE - 4)
            lines += [f"  {line}" if i == 0 else f"    {line}" for i, line in enumerate(said)]
    return lines


def cell_text(value: Cell, column: str) -> str:
    """Write one cell: four significant digits, P values as journals print them."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        if column == "P":
            return p_value(value).removeprefix("P").removeprefix("=")
        if math.isinf(value):
            return "∞" if value > 0 else f"{MINUS}∞"
        return _four(value)
    return str(value)


def folded(text: str, width: int) -> list[str]:
    """Break words into lines of at most `width` characters."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def columns_of(rows: Iterable[tuple[Any, ...]], fields: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """Take some fields of named tuples as the rows of a table."""
    return tuple(tuple(getattr(row, field) for field in fields) for row in rows)


def _four(value: float) -> str:
    if value == 0:
        return "0"
    if 1e-4 <= abs(value) < 1e6:
        digits = max(0, 3 - math.floor(math.log10(abs(value))))
        text = f"{value:.{min(digits, 4)}f}"
    else:
        text = f"{value:.3e}"
    return text.replace("-", MINUS, 1) if text.startswith("-") else text


def _plain(value: Cell) -> Cell:
    return None if isinstance(value, float) and not math.isfinite(value) else value
