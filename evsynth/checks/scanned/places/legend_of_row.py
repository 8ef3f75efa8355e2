"""How many people a legend shows, against the row whose values, or whose name and one of whose sizes, it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import names
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("TOTAL_DIFFERS",)

_PEOPLE = r"(?:patients?|participants?|people|children|women|men|adults|subjects|infants|eyes|volunteers|controls)\b"
_COUNT = Expression(
    rf"(?<![\d.,=/-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?=\s(?:[a-z-]+\s)?{_PEOPLE})|\b[nN]\s?=\s?(?P<m>\d{{2,6}})\b"
)
_PAIR = Expression(
    rf"(?<![\d.,=/-])(?P<a>\d{{2,5}})\s(?:[a-z-]+\s)?{_PEOPLE}[^.;\d]{{3,60}}?\band\s(?P<b>\d{{2,5}})(?![\d.,]*\d|\s?%)"
)
_VALUE = Expression(r"(?<![\w.,-])-?\d+\.\d+(?![\w]|\.\d)")
_SIZE = Expression(r"(?:^|[ ,/(])(?:n|N|[Nn]o\.?|[Nn]umber)\)?$")
_PART = Expression(r"\b(?:subgroup|subset|representative|responders|completers|excluding|who|one patient)\b", re.I)


class _Sized(NamedTuple):
    """A row of a table and the numbers of people it prints in columns for them."""

    table: Table
    row: Row
    sizes: tuple[Number, ...]


def legend_of_row(reading: Reading) -> Iterator[Finding]:
    """Compare the number of people of a legend with that of the one table that prints the values of the legend.

    Two values of a row (five digits), or its name and one of its two sizes, say that it is the same result. Left alone:
    legends of a part, or that print the number of the table too.
    """
    document = reading.document
    for legend in document.legends:
        text = document.prose[legend.start : legend.end]
        if _PART.search(text):
            continue
        yield from _pair(reading, legend.start, text)
        counts = list(_COUNT.finditer(text))
        if len(counts) == 1:
            yield from _whole(reading, legend.start, text, counts[0])


def _pair(reading: Reading, start: int, text: str) -> Iterator[Finding]:
    match = _PAIR.search(text)
    if match is None:
        return
    said = [int(match["a"]), int(match["b"])]
    lead = text[: match.start()]
    near = [x for x in _sized(reading) if len(x.sizes) == 2 and names(re.split(r",| \(", x.row.stem)[0], lead)]
    if len(near) != 1:
        return
    sizes = [int(n.value) for n in near[0].sizes]
    fit = [a == b for a, b in zip(said, sizes, strict=True)]
    if fit.count(True) != 1 or abs(said[fit.index(False)] - sizes[fit.index(False)]) > 0.5 * max(sizes):
        return
    at = fit.index(False)
    spot = (start + match.start("ab"[at]), start + match.end("ab"[at]))
    yield _finding(
        reading,
        said[at],
        spot,
        near[0].sizes[at].printed.text,
        (near[0].sizes[at].start, near[0].sizes[at].end),
        near[0].row,
    )


def _sized(reading: Reading) -> Iterator[_Sized]:
    for table in reading.document.tables:
        columns = [c.index for c in table.columns[1:] if c.heads and _SIZE.search(c.heads[-1].text.strip())]
        for row in body(table) if columns else ():
            cells = [content(reading, table.cell(row.index, c)) for c in columns]
            if all(c.shape == "#" for c in cells):
                yield _Sized(table, row, tuple(c.numbers[0] for c in cells))


def _whole(reading: Reading, start: int, text: str, match: re.Match[str]) -> Iterator[Finding]:
    said = int((match["n"] or match["m"]).replace(",", ""))
    values = {m[0].lstrip("-") for m in _VALUE.finditer(text)}
    if len(values) < 2:
        return
    for table in reading.document.tables:
        if table.n is None or int(table.n.printed.value) == said:
            continue
        if re.search(rf"(?<!\d){int(table.n.printed.value)}(?!\d)", text):
            continue
        for row in body(table):
            held = [n for c in row.cells[1:] for n in content(reading, c).numbers]
            same = {n.printed.text.lstrip("-") for n in held} & values
            least = 4 if names(re.split(r",| \(", row.stem)[0], text) else 5
            if len(same) < 2 or sum(len(re.sub(r"\D", "", v)) for v in same) < least or len(same) < len(values):
                continue
            if any(n.value == said for n in held):
                continue
            spot = (start + match.start(match.lastgroup or "n"), start + match.end(match.lastgroup or "n"))
            yield _finding(reading, said, spot, table.n.printed.text, (table.n.start, table.n.end), row)
            return


def _finding(reading: Reading, said: int, spot: Spot, printed: str, other: Spot, row: Row) -> Finding:
    return reading.finding(
        "TOTAL_DIFFERS", "inconsistent",
        f"{said} in the legend is inconsistent with {printed} in the table for {row.stem or row.label.text}, which the "
        f"legend shows", "the figure may leave out patients; otherwise one of both is misprinted",
        quotes=(spot, other),
    )  # fmt: skip


__all__ = ["CODES", "legend_of_row"]
