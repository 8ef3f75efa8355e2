"""The mean of a total score in a table against the sum of the means of its parts, whose scales make up its scale."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.facts.slips import mended_by_digit
from evsynth.checks.scanned.identity import Line, key, table_lines
from evsynth.checks.scanned.numbers.scales_of_rows import CHANGE, Scale, scale_of, stated
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span

CODES = ("COMPONENTS",)


def parts_of_scores(reading: Reading) -> Iterator[Finding]:
    """Compare the mean of a total score with the sum of the means of its parts, whose ranges add up to its range."""
    known = stated(reading)
    lines = table_lines(reading)
    for table in reading.document.tables:
        yield from _in_table(reading, [x for x in lines if x.table == table], known)


def _in_table(reading: Reading, lines: list[Line], known: tuple[Scale, ...]) -> Iterator[Finding]:
    ranged = [(x, s) for x in lines if not CHANGE.search(x.label) and (s := scale_of(x, known)) is not None]
    for total, scale in ranged:
        called = "total" in total.label.lower() or "sum" in key(total.label)
        parts = [(x, s) for x, s in ranged if x is not total and abs(x.row.index - total.row.index) <= 8]
        near = _adding(parts, scale, total)
        if near is None:
            continue
        for cell in total.cells:
            whole = cell.figure("mean")
            same = [next((c.figure("mean") for c in x.cells if c.spot.column == cell.spot.column), None) for x in near]
            means = [m for m in same if m is not None]
            if whole is None or len(means) != len(near):
                continue
            low, high = sum(span(m.printed).low for m in means), sum(span(m.printed).high for m in means)
            if not span(whole.printed).meets(type(span(whole.printed))(low - 1e-9, high + 1e-9)):
                if not called and not _one_slip([m.printed for m in means], whole.printed):
                    continue
                said = " + ".join(m.printed.text for m in means)
                yield reading.finding(
                    "COMPONENTS", "error",
                    f"{total.name}: mean {whole.printed} is inconsistent with its parts, {said} = "
                    f"{(low + high) / 2:.4g}",
                    "a part may have been scored in fewer patients; otherwise one of the means is misprinted",
                    quotes=((whole.start, whole.end), *((m.start, m.end) for m in means)),
                    computed=(("sum", f"{(low + high) / 2:.6g}"),),
                )  # fmt: skip


def _one_slip(parts: list[Printed], total: Printed) -> bool:
    """Say whether one digit mends a sum of three parts or more: a row that is not called a total is one for sure."""
    if len(parts) < 3 or any(p.decimals != total.decimals for p in parts):
        return False
    scaled = [int(p.value.scaleb(p.decimals)) for p in parts]
    return mended_by_digit(scaled, int(total.value.scaleb(total.decimals)))


def _adding(parts: list[tuple[Line, Scale]], scale: Scale, total: Line) -> list[Line] | None:
    """Give the rows right before (or after) a total whose scales add up to its scale."""
    for ordered in (
        sorted((p for p in parts if p[0].row.index < total.row.index), key=lambda p: -p[0].row.index),
        sorted((p for p in parts if p[0].row.index > total.row.index), key=lambda p: p[0].row.index),
    ):
        low = high = 0
        chosen: list[Line] = []
        for line, part in ordered:
            if abs(line.row.index - total.row.index) != len(chosen) + 1:
                break
            low, high = low + part.low, high + part.high
            chosen.append(line)
            if (low, high) == (scale.low, scale.high) and len(chosen) > 1:
                return chosen
    return None
