"""Kappa and observed agreement of a sentence against a table of two readers, "Reader A: tear" by "Reader B: tear"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import content
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Role, Table
from evsynth.text.expressions import Expression

CODES = ("AGREEMENT",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "table", "discussion", "figure legend")
_NUMBER = r"(?P<v>[01]?[.·]\d{1,4}|\d{1,3}(?:\.\d+)?\s?%)"
_KAPPA = Expression(rf"(?:κ|\bkappa\b)[^.;\d%]{{0,40}}{_NUMBER}", re.I)
_OBSERVED = Expression(
    rf"\b(?:observed|overall|raw|crude|percent(?:age)?|total)\s(?:of )?agreement[^.;\d]{{0,25}}{_NUMBER}", re.I
)
_OTHER = Expression(r"\bweighted|intra-?|PABAK|prevalence-adjusted|free-marginal|gwet|\bAC1\b|intraclass", re.I)
_TOTAL = Expression(r"\b(?:total|all|sum)\b", re.I)
FAR = 0.015
"""Least distance of a printed kappa or share from that of the table."""


def agreement_of_table(reading: Reading) -> Iterator[Finding]:
    """Recompute agreement and kappa of the one table whose rows and columns are the same categories."""
    squares = [s for t in reading.document.tables if (s := _square(reading, t)) is not None]
    if len(squares) != 1 or _OTHER.search(reading.document.plain):
        return
    counts, quote = squares[0]
    total = sum(map(sum, counts))
    seen = sum(counts[i][i] for i in range(len(counts))) / total
    by_chance = sum(sum(counts[i]) * sum(r[i] for r in counts) for i in range(len(counts))) / total**2
    if by_chance >= 1:
        return
    for name, pattern, gives in (
        ("kappa", _KAPPA, (seen - by_chance) / (1 - by_chance)),
        ("agreement", _OBSERVED, seen),
    ):
        for line in lines(reading, _ROLES):
            found = list(pattern.finditer(line.words))
            if len(found) != 1:
                continue
            match = found[0]
            printed = Printed.parse(match["v"].rstrip("% ").replace("·", "."))
            scale = 100.0 if "%" in match["v"] else 1.0
            told = span(printed)
            if told.low - FAR * scale <= gives * scale <= told.high + FAR * scale:
                continue
            spot = line.start + match.start("v"), line.start + match.end("v")
            yield reading.finding(
                "AGREEMENT", "inconsistent",
                f"{name} {match['v']} is inconsistent with the table, which gives {gives * scale:.3g}",
                "a weighted kappa, or another pair of readers, may be meant; otherwise a digit is misprinted",
                quotes=(spot, quote), computed=((name, f"{gives:.4f}"),),
            )  # fmt: skip


def _square(reading: Reading, table: Table) -> tuple[list[list[float]], Spot] | None:
    """Give the counts of a table whose rows and columns are the same categories; None for any other."""
    columns = [c for c in table.columns[1:] if c.heads and not _TOTAL.search(c.label)]
    rows = [r for r in table.rows if not r.bare and not _TOTAL.search(r.label.text)]
    if not 2 <= len(columns) == len(rows) <= 6:
        return None
    if [_category(c.heads[-1].text) for c in columns] != [_category(r.label.text) for r in rows]:
        return None
    cells = [[content(reading, table.cell(r.index, c.index)) for c in columns] for r in rows]
    if any(c.shape not in ("#", "#(#)", "#(#%)") or c.numbers[0].printed.decimals for line in cells for c in line):
        return None
    first, last = cells[0][0].numbers[0], cells[-1][-1].numbers[-1]
    counts = [[c.numbers[0].value for c in line] for line in cells]
    return (counts, (first.start, last.end)) if sum(map(sum, counts)) else None


def _category(words: str) -> str:
    return re.split(r"[:,–]\s", words)[-1].strip().lower()


__all__ = ["CODES", "agreement_of_table"]
