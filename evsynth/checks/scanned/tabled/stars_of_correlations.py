"""Stars of a table of correlations: with the number of patients of the table each coefficient has its P, and its stars.

Only where the note gives the stars their levels, the caption or a head tells the number of patients, and the other
coefficients of the table have the stars that they should have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.correlation import correlation_p
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Cell, Table
from evsynth.text.expressions import Expression

CODES = ("P_OF_CORRELATION",)

_LEVEL = Expression(
    r"(?<![*])(?P<stars>\*{1,3})\s?(?:[Pp](?:[- ]values?)?|significant at(?: the)?)\s?(?:<|≤|<=)?\s?(?P<p>0?\.\d+)"
)
_CELL = Expression(r"\s*(?P<r>-?\s?[01]?\.\d+)\s?(?P<stars>\*{0,3})\s*")
_N = Expression(r"\b[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d+)")
_ABOUT = Expression(r"correlat|pearson|spearman|coefficient|\brho\b|(?-i:\br\b)", re.I)
_OTHER = Expression(r"partial|adjusted|bonferroni|corrected|regression|beta|one-tailed|one-sided|FDR", re.I)
FAR = 2.0
"""Times that a P must be above or below a level."""
LEAST = 3


class _Starred(NamedTuple):
    cell: Cell
    r: Printed
    stars: int
    low: float
    high: float


def stars_of_correlations(reading: Reading) -> Iterator[Finding]:
    """Check the stars of every table of correlations in one group of patients."""
    for table in reading.document.tables:
        words = reading.document.plain[table.start : table.end]
        caption = table.caption.text if table.caption is not None else ""
        around = reading.document.plain[max(0, table.start - 20) : table.end + 250]
        levels = {len(m["stars"]): float(m["p"]) for m in _LEVEL.finditer(around)}
        sizes = {int(n.replace(",", "")) for n in _N.findall(words + caption)}
        if not levels or len(sizes) != 1 or not _ABOUT.search(caption + words[:200]) or _OTHER.search(around):
            continue
        yield from _judged(reading, table, levels, sizes.pop())


def _judged(reading: Reading, table: Table, levels: dict[int, float], n: int) -> Iterator[Finding]:
    found = [
        _Starred(cell, Printed.parse(m["r"].replace(" ", "")), len(m["stars"]), *correlation_p(span(Printed.parse(m[
            "r"].replace(" ", ""))), n))
        for row in table.rows for cell in row.cells[1:]
        if (m := _CELL.fullmatch(reading.document.plain[cell.start : cell.end])) and abs(float(m[
            "r"].replace(" ", ""))) < 1
    ]  # fmt: skip
    wrong = [x for x in found if _wrong(x, levels)]
    if n < 6 or len(found) - len(wrong) < LEAST or len(wrong) > 1 + len(found) // 8 or not any(x.stars for x in found):
        return
    for x in wrong:
        said = "*" * x.stars or "no star"
        yield reading.finding(
            "P_OF_CORRELATION", "inconsistent",
            f"{x.r} with {said} is inconsistent with {n} patients, in whom its P is {x.low:.2g} to {x.high:.2g}",
            "fewer patients may have this coefficient; otherwise the star or the number is misprinted",
            quotes=((x.cell.start, x.cell.end),),
        )  # fmt: skip


def _wrong(x: _Starred, levels: dict[int, float]) -> bool:
    own = levels.get(x.stars)
    if x.stars and own is not None and x.low > FAR * own:
        return True
    return x.stars == 0 and x.high * FAR < min(levels.values()) if levels else False
