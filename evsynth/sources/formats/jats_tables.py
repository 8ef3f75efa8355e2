"""Tables of a JATS article as rows of cells, with every row and column span spread over the places it covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from evsynth.sources.formats.elements import local

MOST_COLUMNS = 500


class Cell(NamedTuple):
    """One place of the grid: its text, and whether it is the first place of its cell."""

    text: str
    first: bool = True


class Table(NamedTuple):
    """Heading and body rows of one table, each as long as the widest."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]

    def lines(self) -> list[str]:
        """Return the rows as lines of cells between tabs, each after a tab.

        The text of a cell that spans columns stands in each of its places in the heading, and once in the body; one
        that spans rows stands in each row.
        """
        found = []
        for rows, heading in ((self.head, True), (self.body, False)):
            for row in rows:
                whole = [cell.text if cell.first or heading else "" for cell in row]
                while len(whole) > 1 and not whole[-1]:
                    whole.pop()
                found.append("\t" + "\t".join(whole))
        return found


def table(element: Element, text: Callable[[Element], str]) -> Table:
    """Return the rows of a `table` element; `text` renders a cell."""
    head: list[list[Cell]] = []
    body: list[list[Cell]] = []
    for part in element:
        name = local(part)
        if name == "tr":
            _rows([part], body, text)
        elif name in {"thead", "tbody", "tfoot"}:
            _rows([one for one in part if local(one) == "tr"], head if name == "thead" else body, text)
    width = max((len(row) for row in head + body), default=0)
    return Table(*(tuple(tuple(row) + (Cell(""),) * (width - len(row)) for row in rows) for rows in (head, body)))


def _rows(found: list[Element], rows: list[list[Cell]], text: Callable[[Element], str]) -> None:
    hanging: dict[int, tuple[int, Cell]] = {}
    for line in found:
        row: list[Cell] = []

        def drop(row: list[Cell]) -> None:
            while len(row) in hanging:
                left, cell = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = (left - 1, cell)
                row.append(cell)

        for one in line:
            if local(one) not in {"td", "th"}:
                continue
            drop(row)
            words = text(one)
            deep = _span(one, "rowspan", len(found))
            for place in range(_span(one, "colspan", MOST_COLUMNS)):
                cell = Cell(words, place == 0)
                if deep > 1:
                    hanging[len(row)] = (deep - 1, cell)
                row.append(cell)
        drop(row)
        for place in sorted(place for place in hanging if place > len(row)):
            row += [Cell("")] * (place - len(row))
            drop(row)
        rows.append(row)


def _span(element: Element, name: str, most: int) -> int:
    printed = element.get(name, "1").strip()
    return min(max(int(printed), 1), most) if printed.isascii() and printed.isdigit() and len(printed) < 9 else 1
