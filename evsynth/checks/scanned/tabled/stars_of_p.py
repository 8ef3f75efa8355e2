"""Stars behind P values, "0.46*", against the level that the note gives them: "*Significant at p < 0.05".

Only where every other P of the column keeps to its star: below the level with one, and not below it without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, is_p, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

LEAST = 3
"""Other P values of the column that keep to their stars, at least one of them with a star."""

_NOTE = Expression(
    r"(?<![*\w])\*\s?(?:(?:statistically |a )?significan\w+[^.;*\n]{0,40}?|denotes [^.;*\n]{0,40}?|indicates "
    r"[^.;*\n]{0,40}?|=\s?)?[(,:]?\s?p(?:[- ]values?)?\s?(?:<|less than|below)\s?(?P<level>0?\.\d+)", re.I,
)  # fmt: skip
_CELL = Expression(r"[<=]?#\*?")


def stars_of_p(reading: Reading) -> Iterator[Finding]:
    """Find the one P with a star that is not below its level. Left alone: tables with several kinds of stars."""
    for table in reading.document.tables:
        level = _level(reading, table)
        for column in table.columns[1:] if level else ():
            if not is_p(column):
                continue
            kept, starred, odd = 0, 0, list[Number]()
            for row in body(table):
                cell = content(reading, table.cell(row.index, column.index))
                if len(cell.numbers) != 1 or not _CELL.fullmatch(cell.shape):
                    continue
                p, star = cell.numbers[0], cell.shape.endswith("*")
                values = span(p.printed)
                below = values.high <= level or (p.printed.bound == "<" and p.value <= level)
                starred += star and below
                kept += star is below
                if star and values.low > level and not p.printed.bound:
                    odd.append(p)
                elif star is not below:
                    odd += [p, p]
            if len(odd) == 1 and kept >= LEAST and starred:
                yield reading.finding(
                    "SIGNIFICANCE_CONTRADICTS", "inconsistent",
                    f"P {odd[0].printed} has the star of P below {level:g}; the other {kept} of the column keep to it",
                    "the star, or a digit of P, may be misprinted", quotes=((odd[0].start, odd[0].end),),
                )  # fmt: skip


def _level(reading: Reading, table: Table) -> float:
    """Give the level of one star that caption, notes, or the lines right below the table tell; 0 where none is told."""
    end = max((c.end for r in table.rows for c in r.cells), default=table.start)
    said = f"{words_of(table)}\n{reading.document.plain[end : end + 250]}"
    if "**" in said:
        return 0.0
    levels = {float(m["level"]) for m in _NOTE.finditer(said)}
    return levels.pop() if len(levels) == 1 else 0.0
