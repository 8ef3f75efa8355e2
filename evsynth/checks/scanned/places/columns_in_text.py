"""Counts listed in a sentence against rows of a table: the list in the order of the rows, or the sum of both groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Number as Told
from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.proportions import prints, proportions
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.identity import heads_of_all, is_whole, key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import WHOLE_CELL, Number, body, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Row, Table

CODES = ("TOTAL_DIFFERS", "PRINTED_DIFFERENTLY")

LEAST = 4
"""Least number of counts of a list, of which all but one stand in the table."""


def columns_in_text(reading: Reading) -> Iterator[Finding]:
    """Compare lists of counts with runs of rows, and shares of all patients with the sum of a row's groups.

    Found: a list of which all but one number stand in a column in the same order, without a break; a share of all
    that differs from the sum of the row of its name by one digit or two exchanged, and stands nowhere else. A list ends
    with its "and": what follows is the next.
    """
    own = list(lines(reading, ("abstract", "results", "body")))
    for table in reading.document.tables:
        for column in table.columns[1:]:
            if not is_p(column) and not is_limits(column) and column.statistic is None:
                yield from _listed(reading, table, column, own)
        yield from _summed(reading, table, own)


def _counted(reading: Reading, table: Table, row: Row, column: Column) -> Number | None:
    cell = content(reading, table.cell(row.index, column.index))
    if not WHOLE_CELL.fullmatch(cell.shape) or cell.numbers[0].printed.decimals or cell.numbers[0].printed.bound:
        return None
    return cell.numbers[0]


def _listed(reading: Reading, table: Table, column: Column, own: list[Line]) -> Iterator[Finding]:
    cells = [_counted(reading, table, row, column) for row in body(table)]
    if sum(c is not None for c in cells) < LEAST:
        return
    for line in own:
        told = [n for n in marked(line.words).numbers if n.kind == "c"]
        for size in range(min(len(told), 8), LEAST - 1, -1):
            for at in range(len(told) - size + 1):
                run = told[at : at + size]
                hit = _odd(run, cells)
                if hit is None or any(
                    re.search(r"\band\b", line.words[a.end : b.start]) for a, b in pairwise(run[:-1])
                ):
                    continue
                number, cell = hit
                yield reading.finding(
                    "PRINTED_DIFFERENTLY", "inconsistent",
                    f"{number.printed} in a list of {size} is inconsistent with {cell.printed} in the "
                    f"table, which has "
                    "the others in the same order", "the table may be about other patients; otherwise a digit is "
                    "misprinted", quotes=(spot(line, number), (cell.start, cell.end), spot(line, *run)),
                )  # fmt: skip
                return


def _odd(run: list[Told], cells: list[Number | None]) -> tuple[Told, Number] | None:
    """Give the one number of a list that a run of cells has otherwise, where the others are the same and not small."""
    values = [n.whole for n in run]
    for first in range(len(cells) - len(run) + 1):
        beside = cells[first : first + len(run)]
        if any(c is None for c in beside):
            continue
        apart = [i for i, c in enumerate(beside) if c is not None and int(c.value) != values[i]]
        if len(apart) != 1 or sum(v > 9 for i, v in enumerate(values) if i not in apart) < LEAST - 2:
            continue
        if apart[0] == 0 and values[0] >= sum(values[1:]):
            continue  # the total of the list, beside the row above them
        cell = beside[apart[0]]
        if cell is not None and len({*values}) > LEAST - 2 and 0.5 < cell.value / max(1, values[apart[0]]) < 2:
            return run[apart[0]], cell
    return None


def _summed(reading: Reading, table: Table, own: list[Line]) -> Iterator[Finding]:
    heads = heads_of_all(reading)
    columns = [c for c in table.columns[1:] if c.n is not None and c.statistic is None and not is_whole(c)]
    if heads is None or len(columns) != len(heads) or any(is_whole(c) for c in table.columns[1:]):
        return
    total = sum(int(c.n.printed.value) for c in columns if c.n is not None)
    for row in body(table):
        words = key(row.label.text)
        cells = [_counted(reading, table, row, c) for c in columns]
        if not words or any(c is None for c in cells):
            continue
        made = sum(int(c.value) for c in cells if c is not None)
        for line in own:
            yield from _share(reading, line, words, made, total, [c for c in cells if c is not None])


def _share(
    reading: Reading, line: Line, words: frozenset[str], made: int, total: int, cells: list[Number]
) -> Iterator[Finding]:
    sentence = marked(line.words)
    shares = [s for s in proportions(sentence) if s.events is not None and s.percent is not None]
    if any(s.events is not None and s.events.whole == made for s in shares):
        return
    for share, after in pairwise([*shares, None]):
        if share is None or share.events is None or share.percent is None:
            continue
        count = share.events.whole
        if count == made or not (swapped(count, made) or one_digit(count, made)):
            continue
        if not prints(count, total, share.percent.printed):
            continue
        end = after.start if after is not None else share.end + 60
        before = re.split(r"[;,.]", sentence.text[: share.start])[-1]
        named_before = re.search(r"\b(?:in|was|were|of|=|:)\s*$", before) is not None
        about = before if named_before else re.split(r"[;,.]", sentence.text[share.end : end])[0]
        if not words & key(about) or len(re.findall(rf"(?<![\d.,]){count}(?![\d]|[.,]\d)", reading.document.plain)) > 1:
            continue
        shown = " + ".join(c.printed.text for c in cells)
        yield reading.finding(
            "TOTAL_DIFFERS", "inconsistent",
            f"{count} of all patients is inconsistent with the groups of the table, {shown} = {made}",
            "a patient may belong to no group; otherwise a digit is misprinted",
            quotes=(spot(line, *share.numbers), *((c.start, c.end) for c in cells)), computed=(("sum", str(made)),),
        )  # fmt: skip
