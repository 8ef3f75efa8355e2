"""A panel of a figure with two axes: points, lines and cells are placed by their values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from evsynth.report.axis import Axis
from evsynth.report.drawing import GREY, INK, Line, Shape, Write, text_width

Part = Write | Line | Shape

FAINT = "#e3e3e3"
SMALL = 8.0


class Plane(NamedTuple):
    """A box on the sheet in points, and the axes of its lower and left side; `down` has the lowest value on top."""

    left: float
    top: float
    width: float
    height: float
    x: Axis
    y: Axis
    down: bool = False

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Give the point of a pair of values."""
        up = self.y.place(y)
        share = up if self.down else 1.0 - up
        return self.left + self.width * self.x.place(x), self.top + self.height * share

    def inside(self, x: float, y: float) -> bool:
        """Say whether a pair of values lies in the box."""
        return all(math.isfinite(a) and -1e-9 <= a <= 1 + 1e-9 for a in (self.x.place(x), self.y.place(y)))

    def frame(self, x_name: str, y_name: str, *, grid: bool = False) -> list[Part]:
        """Draw both axes with their ticks and names."""
        right, bottom = self.left + self.width, self.top + self.height
        parts: list[Part] = []
        for value, label in self.x.ticks:
            x = self.left + self.width * self.x.place(value)
            if grid:
                parts.append(Line(x, self.top, x, bottom, 0.5, FAINT))
            parts += [Line(x, bottom, x, bottom + 3.5), Write(x, bottom + 13, label, "middle", SMALL)]
        widest = 0.0
        for value, label in self.y.ticks:
            _, y = self.at(self.x.low, value)
            if grid:
                parts.append(Line(self.left, y, right, y, 0.5, FAINT))
            parts += [Line(self.left - 3.5, y, self.left, y), Write(self.left - 6, y + 2.8, label, "end", SMALL)]
            widest = max(widest, text_width(label, SMALL))
        parts += [Line(self.left, bottom, right, bottom), Line(self.left, self.top, self.left, bottom)]
        parts.append(Write(self.left + self.width / 2, bottom + 27, x_name, "middle", SMALL + 0.5))
        parts.append(Write(self.left - 6 - widest, self.top - 9, y_name, "start", SMALL + 0.5))
        return parts

    def line(
        self, ends: Sequence[tuple[float, float]], *, width: float = 0.9, colour: str = INK,
        dashes: tuple[float, ...] = (),
    ) -> list[Part]:  # fmt: skip
        """Draw a line through pairs of values, cut at the box."""
        points = [self.at(x, y) for x, y in ends]
        parts: list[Part] = []
        for one, other in pairwise(points):
            cut = self._clipped(one, other)
            if cut is not None:
                parts.append(Line(*cut[0], *cut[1], width, colour, dashes))
        return parts

    def area(self, corners: Sequence[tuple[float, float]], fill: str) -> Shape:
        """Fill a polygon of pairs of values; they must lie in the box."""
        return Shape(tuple(self.at(x, y) for x, y in corners), fill, fill, 0.1)

    def dot(self, x: float, y: float, radius: float, fill: str, *, edge: str = INK, width: float = 0.5) -> Shape:
        """Draw a disc at a pair of values."""
        return disc(*self.at(x, y), radius, fill, edge=edge, width=width)

    def _clipped(
        self, one: tuple[float, float], other: tuple[float, float]
    ) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Cut a line at the edges of the box (Liang and Barsky 1984)."""
        (x1, y1), (dx, dy) = one, (other[0] - one[0], other[1] - one[1])
        low, high = 0.0, 1.0
        edges = (
            (-dx, x1 - self.left), (dx, self.left + self.width - x1),
            (-dy, y1 - self.top), (dy, self.top + self.height - y1),
        )  # fmt: skip
        for step, room in edges:
            if step == 0:
                if room < 0:
                    return None
                continue
            share = room / step
            if step < 0:
                low = max(low, share)
            else:
                high = min(high, share)
        if low > high or not all(map(math.isfinite, (x1, y1, dx, dy))):
            return None
        return (x1 + low * dx, y1 + low * dy), (x1 + high * dx, y1 + high * dy)


def disc(x: float, y: float, radius: float, fill: str, *, edge: str = INK, width: float = 0.5) -> Shape:
    """Give a disc as a polygon of 24 corners."""
    turns = (2 * math.pi * i / 24 for i in range(24))
    return Shape(tuple((x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns), fill, edge, width)


def legend(x: float, y: float, entries: Sequence[tuple[str, str]], *, size: float = SMALL) -> list[Part]:
    """Write a legend: one small square of colour and its words per line."""
    parts: list[Part] = []
    for i, (fill, words) in enumerate(entries):
        base = y + 12.5 * i
        corners = ((x, base - 6.5), (x + 8, base - 6.5), (x + 8, base + 1.5), (x, base + 1.5))
        parts += [Shape(corners, fill, GREY, 0.4), Write(x + 12, base, words, "start", size)]
    return parts
