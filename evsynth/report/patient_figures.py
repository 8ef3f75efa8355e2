"""Figures of patient-level analyses: correlation heat map, boxes before and after, balance (love plot)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evsynth.report.axis import Axis, plain_axis
from evsynth.report.drawing import GREY, INK, Line, Picture, Shape, Write, text_width, wrap
from evsynth.report.plane import SMALL, Part, Plane, disc

WIDTH = 495.0
BEFORE, AFTER = "#b9cfe8", "#f0c39b"
STARS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))


class Box(NamedTuple):
    """Quartiles, whiskers (the farthest values within 1.5 quartile distances) and what lies beyond them."""

    q1: float
    median: float
    q3: float
    low: float
    high: float
    beyond: tuple[float, ...]


class BoxPair(NamedTuple):
    """One measure before and after, with the P of its test."""

    measure: str
    before: Box
    after: Box
    p: float


class Cell(NamedTuple):
    """One correlation."""

    one: str
    two: str
    rho: float
    p: float


class Imbalance(NamedTuple):
    """The standardised difference of one covariate before and after weighting."""

    covariate: str
    before: float
    after: float


def stars(p: float) -> str:
    """Give the stars of a P value, or 'ns'.

    >>> stars(0.0004), stars(0.03), stars(0.2)
    ('***', '*', 'ns')
    """
    return next((mark for limit, mark in STARS if p < limit), "ns")


def heat_map(cells: Sequence[Cell], *, title: str) -> Picture:
    """Draw a triangle of correlations: blue is negative, red positive, with the coefficient and its stars."""
    names = list(dict.fromkeys(n for c in cells for n in (c.one, c.two)))
    found = {frozenset((c.one, c.two)): c for c in cells}
    lines, k = wrap(title, WIDTH - 24, 11.5), len(names)
    parts: list[Part] = [Write(12, 20 + 14 * i, line, size=10.5, bold=True) for i, line in enumerate(lines)]
    left = 24 + max(text_width(n, SMALL) for n in names)
    size = min(62.0, (WIDTH - left - 16) / max(k - 1, 1))
    top = 30.0 + 14 * len(lines)
    for row, one in enumerate(names[1:]):
        y = top + row * 30.0
        parts.append(Write(left - 8, y + 18, one, "end", SMALL))
        for column, two in enumerate(names[: row + 1]):
            x = left + column * size
            cell = found.get(frozenset((one, two)))
            corners = ((x, y), (x + size, y), (x + size, y + 30), (x, y + 30))
            parts.append(Shape(corners, _colour(cell.rho) if cell else "#f4f4f4", "#ffffff", 1.2))
            if cell is not None:
                ink, mark = "#ffffff" if abs(cell.rho) > 0.6 else INK, stars(cell.p)
                text = f"{cell.rho:.2f}".replace("-", "−")
                base = y + (18 if mark == "ns" else 14)
                parts.append(Write(x + size / 2, base, text, "middle", SMALL, colour=ink))
                if mark != "ns":
                    parts.append(Write(x + size / 2, y + 25, mark, "middle", SMALL, colour=ink))
    y = top + (k - 1) * 30.0 + 14
    for column, name in enumerate(names[:-1]):
        for i, line in enumerate(wrap(name, size - 3, SMALL - 0.5)):
            parts.append(Write(left + column * size + size / 2, y + 10 * i, line, "middle", SMALL - 0.5))
    deepest = max(len(wrap(n, size - 3, SMALL - 0.5)) for n in names[:-1])
    y += 10 * deepest + 12
    for i in range(41):
        rho = -1 + i / 20
        corners = ((left + i * 3, y), (left + i * 3 + 3, y), (left + i * 3 + 3, y + 7), (left + i * 3, y + 7))
        parts.append(Shape(corners, _colour(rho), _colour(rho), 0.1))
    for rho, label in ((-1, "−1"), (0, "0"), (1, "1")):
        parts.append(Write(left + (rho + 1) * 61.5, y + 17, label, "middle", SMALL))
    parts.append(
        Write(left + 135, y + 7, "Spearman's ρ;  * P < 0.05, ** P < 0.01, *** P < 0.001", size=SMALL, colour=GREY)
    )
    text = f"{title}: " + "; ".join(f"{c.one} and {c.two} {c.rho:.2f}" for c in cells)
    return Picture("correlations", WIDTH, y + 26, title, text, tuple(parts))


def box_plots(pairs: Sequence[BoxPair], *, title: str, visits: tuple[str, str]) -> Picture:
    """Draw two boxes for each measure on a scale of its own, with the stars of the paired test above them."""
    lines = wrap(title, WIDTH - 24, 11.5)
    parts: list[Part] = [Write(12, 20 + 14 * i, line, size=10.5, bold=True) for i, line in enumerate(lines)]
    columns = min(4, len(pairs))
    wide, tall = (WIDTH - 24) / columns, 172.0
    top = 22.0 + 14 * len(lines)
    for i, pair in enumerate(pairs):
        parts += _panel(pair, 12 + wide * (i % columns), top + tall * (i // columns), wide, visits)
    y = top + tall * ((len(pairs) + columns - 1) // columns) + 6
    note = ("Boxes: median and quartiles; whiskers: farthest values within 1.5 quartile distances; dots: beyond. "
            "* P < 0.05, ** P < 0.01, *** P < 0.001, ns P ≥ 0.05 (Wilcoxon signed-rank).")  # fmt: skip
    for line in wrap(note, WIDTH - 24, SMALL):
        parts.append(Write(12, y, line, size=SMALL, colour=GREY))
        y += 11
    text = f"{title}: " + "; ".join(
        f"{p.measure} median {p.before.median:g} before, {p.after.median:g} after ({stars(p.p)})" for p in pairs
    )
    return Picture("before-after", WIDTH, y + 2, title, text, tuple(parts))


def _panel(pair: BoxPair, x: float, y: float, wide: float, visits: tuple[str, str]) -> list[Part]:
    values = [v for b in (pair.before, pair.after) for v in (b.low, b.high, *b.beyond)]
    low, high = min(values), max(values)
    vertical = plain_axis(low, high + 0.12 * ((high - low) or 1.0))
    room = 10 + max(text_width(label, SMALL - 0.5) for _, label in vertical.ticks)
    plane = Plane(x + room, y + 16, wide - room - 12, 122.0, Axis(0.0, 2.0, False, ()), vertical)
    parts: list[Part] = [Write(x + wide / 2 + 6, y + 8, pair.measure, "middle", SMALL + 0.5, bold=True)]
    parts += [Line(plane.left, plane.top, plane.left, plane.top + plane.height, 0.7)]
    for value, label in vertical.ticks:
        _, at = plane.at(0, value)
        parts += [
            Line(plane.left - 3, at, plane.left, at, 0.7),
            Write(plane.left - 5, at + 2.6, label, "end", SMALL - 0.5),
        ]
    for place, box, fill in ((0.5, pair.before, BEFORE), (1.5, pair.after, AFTER)):
        parts += _box(plane, place, box, fill)
    ends = [plane.at(place, 0)[0] for place in (0.5, 1.5)]
    bar = plane.top + 4
    parts += [Line(ends[0], bar, ends[1], bar, 0.8), *(Line(e, bar, e, bar + 4, 0.8) for e in ends)]
    parts.append(Write((ends[0] + ends[1]) / 2, bar - 2.5, stars(pair.p), "middle", SMALL))
    for at, visit in zip(ends, visits, strict=True):
        parts.append(Write(at, plane.top + plane.height + 12, visit, "middle", SMALL))
    return parts


def _box(plane: Plane, place: float, box: Box, fill: str) -> list[Part]:
    half = 0.28
    corners = [(place - half, box.q1), (place + half, box.q1), (place + half, box.q3), (place - half, box.q3)]
    parts: list[Part] = [
        *plane.line([(place, box.low), (place, box.q1)]), *plane.line([(place, box.q3), (place, box.high)]),
        *plane.line([(place - half / 2, box.low), (place + half / 2, box.low)]),
        *plane.line([(place - half / 2, box.high), (place + half / 2, box.high)]),
        Shape(tuple(plane.at(*c) for c in corners), fill, INK, 0.9),
        *plane.line([(place - half, box.median), (place + half, box.median)], width=1.8),
    ]  # fmt: skip
    return [*parts, *(plane.dot(place, v, 1.5, "#ffffff", width=0.7) for v in box.beyond)]


def love_plot(found: Sequence[Imbalance], *, title: str, limit: float = 0.1) -> Picture:
    """Draw the absolute standardised difference of every covariate before and after weighting, largest first."""
    rows = sorted(found, key=lambda b: -abs(b.before))
    lines = wrap(title, WIDTH - 24, 11.5)
    parts: list[Part] = [Write(12, 20 + 14 * i, line, size=10.5, bold=True) for i, line in enumerate(lines)]
    left = 26 + max(text_width(b.covariate, SMALL) for b in rows)
    top, step = 34.0 + 14 * len(lines), 17.0
    horizontal = plain_axis(0.0, max(limit * 1.2, *(abs(v) for b in rows for v in (b.before, b.after))))
    plane = Plane(left, top, WIDTH - left - 18, step * len(rows) + 6, horizontal, Axis(0.0, 1.0, False, ()))
    parts += plane.frame("Absolute standardised mean difference", "", grid=True)
    parts += plane.line([(limit, 0), (limit, 1)], width=0.9, colour=GREY, dashes=(3, 2))
    for i, row in enumerate(rows):
        y = top + step * i + step / 2 + 3
        before, after = (plane.at(abs(v), 0)[0] for v in (row.before, row.after))
        parts += [Write(left - 10, y + 2.8, row.covariate, "end", SMALL), Line(before, y, after, y, 0.8, "#9a9a9a")]
        parts += [disc(before, y, 3.2, "#ffffff", edge="#c2571a", width=1.2), disc(after, y, 3.2, "#1f5fa8", width=0.4)]
    y = top + plane.height + 44
    parts += [disc(16, y - 3, 3.2, "#ffffff", edge="#c2571a", width=1.2), Write(24, y, "before weighting", size=SMALL)]
    parts += [disc(116, y - 3, 3.2, "#1f5fa8", width=0.4), Write(124, y, "after weighting", size=SMALL)]
    parts += [Line(206, y - 3, 220, y - 3, 0.9, GREY, (3, 2)), Write(224, y, f"{limit:g}", size=SMALL)]
    text = f"{title}: " + "; ".join(f"{b.covariate} {abs(b.before):.2f} to {abs(b.after):.2f}" for b in rows)
    return Picture("balance", WIDTH, y + 10, title, text, tuple(parts))


def _colour(rho: float) -> str:
    """Blue for −1, white for 0, red for 1."""
    end = (178, 40, 48) if rho > 0 else (33, 92, 160)
    share = min(1.0, abs(rho))
    return "#" + "".join(f"{round(255 + (e - 255) * share):02x}" for e in end)
