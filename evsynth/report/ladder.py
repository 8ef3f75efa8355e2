"""A forest of rows: estimates with intervals under headings, for everything that is not one pool of studies.

Subgroups, coefficients, comparisons of a network, pools with a study left out, and cumulative pools are drawn so.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from evsynth.report.axis import Axis, axis
from evsynth.report.drawing import GREY, INK, Line, Picture, Shape, Write, text_width, wrap
from evsynth.report.measures import words
from evsynth.report.numbers import decimals_for, with_interval

STUDY, POOLED, HEADING = "#2b6ca3", "#1a1a1a", "#595959"
MARGIN, GAP, PITCH, PLOT, SMALL = 12.0, 14.0, 15.5, 230.0, 8.0
WIDEST = 210.0


class Rung(NamedTuple):
    """A row, on the scale of the reader; a heading has a label only. `more` is a column of words, such as a weight."""

    label: str
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    kind: Literal["study", "pooled", "heading"] = "study"
    more: str = ""
    share: float = 1.0


class Ladder(NamedTuple):
    """Rows with their heads; `reference` is drawn as a dashed line, `notes` stand below."""

    name: str
    title: str
    measure: str
    heads: tuple[str, str]
    rungs: tuple[Rung, ...]
    reference: float | None = None
    notes: tuple[str, ...] = ()
    level: str = "95%"


def draw_ladder(ladder: Ladder) -> Picture:
    """Lay out the rows. A row without an estimate says so in words."""
    about = words(ladder.measure)
    drawn = [r for r in ladder.rungs if r.kind != "heading"]
    numbers = [x for r in drawn for x in (r.estimate, r.lower, r.upper)]
    decimals = decimals_for(numbers, ladder.measure)
    written = {
        i: with_interval(r.estimate, r.lower, r.upper, ladder.measure, decimals=decimals)
        for i, r in enumerate(ladder.rungs)
        if r.kind != "heading"
    }
    head = f"{about.short} ({ladder.level} CI)"
    names = min(WIDEST, max(text_width(r.label, bold=r.kind != "study") for r in ladder.rungs) + 8)
    names = max(names, text_width(ladder.heads[0], bold=True))
    plot_at = MARGIN + names + GAP
    written_at = plot_at + PLOT + GAP
    wide = max(text_width(text, bold=True) for text in (*written.values(), head))
    more = max((text_width(r.more) for r in ladder.rungs), default=0.0)
    more = max(more, text_width(ladder.heads[1], bold=True)) if more else 0.0
    width = written_at + wide + (GAP + more if more else 0.0) + MARGIN
    scale = axis(
        ladder.measure,
        [r.estimate for r in drawn if _finite(r.estimate)],  # type: ignore[misc]
        [x for r in drawn for x in (r.lower, r.upper) if _finite(x)],  # type: ignore[misc]
    )
    parts: list[Write | Line | Shape] = []
    y = MARGIN + 8
    for line in wrap(ladder.title, width - 2 * MARGIN, 12.5):
        parts.append(Write(MARGIN, y, line, size=10.5, bold=True))
        y += 17
    y += 2
    parts += [Write(MARGIN, y, ladder.heads[0], bold=True), Write(written_at, y, head, bold=True)]
    if more:
        parts.append(Write(width - MARGIN, y, ladder.heads[1], "end", bold=True))
    parts.append(Line(MARGIN, y + 6, width - MARGIN, y + 6, 0.6, GREY))
    top = y + 6
    y += PITCH + 5
    for i, rung in enumerate(ladder.rungs):
        bold = rung.kind != "study"
        colour = HEADING if rung.kind == "heading" else INK
        lines = wrap(rung.label, names, 9.5 if bold else 9.0)
        for j, line in enumerate(lines):
            parts.append(Write(MARGIN + (0 if bold else 6), y + 11 * j, line, bold=bold, colour=colour))
        if rung.kind != "heading":
            parts.append(Write(written_at, y, written[i], bold=bold))
            parts.append(Write(width - MARGIN, y, rung.more, "end", bold=bold))
            parts += _bar(rung, scale, plot_at, y - 3.2)
        y += PITCH + 11 * (len(lines) - 1) + (3 if rung.kind == "pooled" else 0)
    bottom = y - PITCH + 8
    guides = [(about.no_effect, GREY, (), 0.8), (ladder.reference, "#b3b3b3", (2.5, 2.5), 0.7)]
    for value, colour, dashes, thick in guides:
        if value is not None and scale.low <= value <= scale.high:
            x = plot_at + PLOT * scale.place(value)
            parts.insert(0, Line(x, top, x, bottom, thick, colour, dashes))
    parts.append(Line(plot_at, bottom, plot_at + PLOT, bottom))
    for value, label in scale.ticks:
        x = plot_at + PLOT * scale.place(value)
        parts += [Line(x, bottom, x, bottom + 3.5), Write(x, bottom + 13, label, "middle", SMALL)]
    unit = f"{about.short}{', logarithmic scale' if scale.log else ''}"
    parts.append(Write(plot_at + PLOT / 2, bottom + 26, unit, "middle", SMALL))
    y = bottom + 42
    for note in ladder.notes:
        for line in wrap(note, width - 2 * MARGIN, SMALL):
            parts.append(Write(MARGIN, y, line, size=SMALL, colour=GREY))
            y += 11
        y += 2
    return Picture(ladder.name, width, y + 2, ladder.title, _described(ladder, written), tuple(parts))


def _bar(rung: Rung, scale: Axis, left: float, y: float) -> list[Write | Line | Shape]:
    if not _finite(rung.estimate) or rung.estimate is None:
        return []
    right = left + PLOT
    x = left + PLOT * scale.place(rung.estimate)
    parts: list[Write | Line | Shape] = []
    if rung.lower is None or rung.upper is None or not (_finite(rung.lower) and _finite(rung.upper)):
        low = high = x
    else:
        low, high = (left + PLOT * scale.place(end) for end in (rung.lower, rung.upper))
    if rung.kind == "pooled":
        low, high = max(low, left), min(high, right)
        return [Shape(((low, y), (x, y - 5.2), (high, y), (x, y + 5.2)), POOLED, POOLED, 0.5)]
    parts.append(Line(max(low, left), y, min(high, right), y, 1.1))
    for end, edge, side in ((low, left, 1.0), (high, right, -1.0)):
        if (end < left - 0.5) if side > 0 else (end > right + 0.5):
            arrow = ((edge, y), (edge + side * 5.5, y - 3.0), (edge + side * 5.5, y + 3.0))
            parts.append(Shape(arrow, INK, INK, 0.3))
        else:
            parts.append(Line(end, y - 2.4, end, y + 2.4, 1.1))
    if left - 0.5 <= x <= right + 0.5:
        half = 1.8 + 2.6 * math.sqrt(max(rung.share, 0.0))
        corners = ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
        parts.append(Shape(corners, STUDY, STUDY, 0.3))
    return parts


def _finite(x: float | None) -> bool:
    return x is not None and math.isfinite(x)


def _described(ladder: Ladder, written: dict[int, str]) -> str:
    rows = [f"{r.label}:" if r.kind == "heading" else f"{r.label}: {written[i]}." for i, r in enumerate(ladder.rungs)]
    return " ".join([f"{ladder.title}; {words(ladder.measure).name} with {ladder.level} interval.", *rows])
