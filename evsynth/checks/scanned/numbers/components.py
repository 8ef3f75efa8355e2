"""A total score and its parts below it, whose ranges nobody states: where the other columns add up, all must."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, children, table_lines
from evsynth.checks.scanned.prose import says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("COMPONENTS",)

_TOTAL = Expression(r"\b(?:total|sum|overall|global|composite|summed|full[- ]scale)\b", re.I)
_ADDS = Expression(
    r"\b(?:add(?:s|ed)? up to|sums? (?:up )?to|is the sum of|are summed|were summed|sum of (?:the|its|all|these)|"
    r"added (?:together|to give)|totals? of (?:the|its) (?:parts|subscales|items|domains|components))\b", re.I,
)  # fmt: skip


def components(reading: Reading) -> Iterator[Finding]:
    """Compare total means with the sums of their parts, where another column, or a sentence, says that they add up."""
    lines = table_lines(reading)
    said = says(reading, _ADDS)
    for total in lines:
        if not _TOTAL.search(total.row.label.text):
            continue
        for parts in _parts(lines, total):
            yield from _columns(reading, total, parts, said)


def _parts(lines: tuple[Line, ...], total: Line) -> Iterator[list[Line]]:
    """Give the rows nested below a total, or, where nothing is nested, those right before or right after it."""
    below = children(lines, total)
    if len(below) > 1:
        yield below
        return
    own = [x for x in lines if x.table == total.table and x.row.index != total.row.index]
    if total.row.parent is not None:
        own = [x for x in own if x.row.parent == total.row.parent]
    before = _run([x for x in own if x.row.index < total.row.index][::-1])
    after = _run([x for x in own if x.row.index > total.row.index])
    for run in (before, after):
        if 2 <= len(run) <= 12:
            yield run


def _run(lines: list[Line]) -> list[Line]:
    """Give the rows from the nearest on that print means, up to another total or a row of another kind."""
    found = []
    for line in lines:
        if _TOTAL.search(line.row.label.text) or not any(c.figure("mean") for c in line.cells):
            break
        found.append(line)
    return found


def _columns(reading: Reading, total: Line, parts: list[Line], said: bool) -> Iterator[Finding]:
    fits, wrong = 0, []
    for cell in total.cells:
        whole = cell.figure("mean")
        means = [m for x in parts if (m := _mean(x, cell)) is not None]
        if whole is None or len(means) != len(parts):
            continue
        added = Span(sum(span(m.printed).low for m in means) - 1e-9, sum(span(m.printed).high for m in means) + 1e-9)
        if span(whole.printed).meets(added):
            fits += 1
        else:
            wrong.append((whole, means, added.middle))
    nested = len(parts) > 2 and all(x.row.parent == total.row.index for x in parts)
    if len(wrong) != 1 or not (fits > 1 or (fits and (said or nested))):
        return
    whole, means, added_ = wrong[0]
    yield _finding(reading, total, whole, means, added_, fits)


def _mean(line: Line, cell: Reported) -> Figure | None:
    return next((c.figure("mean") for c in line.cells if c.spot.column == cell.spot.column), None)


def _finding(reading: Reading, total: Line, whole: Figure, means: list[Figure], added: float, fits: int) -> Finding:
    return reading.finding(
        "COMPONENTS", "inconsistent",
        f"{total.name}: mean {whole.printed} is inconsistent with its parts, "
        f"{' + '.join(m.printed.text for m in means)} = {added:.4g}; they add up in {fits} other columns",
        "a part may have been scored in fewer patients; otherwise one of the means is misprinted",
        quotes=((whole.start, whole.end), *((m.start, m.end) for m in means)), computed=(("sum", f"{added:.6g}"),),
    )  # fmt: skip
