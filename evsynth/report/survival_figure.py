"""Survival curves with the numbers at risk below them: steps, censoring, digitised points beside rebuilt curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from evsynth.report.axis import Axis, plain_axis
from evsynth.report.drawing import GREY, INK, Line, Picture, Write, text_width, wrap
from evsynth.report.plane import SMALL, Part, Plane

COLOURS = ("#1f5fa8", "#c2571a", "#2b7a4b", "#7a4ba0")
WIDTH, LEFT, RIGHT = 495.0, 52.0, 16.0


class Steps(NamedTuple):
    """One curve: its name, the times at which it falls with the height after each, and the last time of follow-up.

    `at_risk` are numbers at the ticks of the figure; `points` are digitised points drawn beside the curve.
    """

    label: str
    times: tuple[float, ...]
    heights: tuple[float, ...]
    until: float
    at_risk: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()


def ticks(until: float) -> tuple[float, ...]:
    """Give the times under which numbers at risk are written."""
    return tuple(value for value, _ in plain_axis(0.0, until).ticks if value <= until * (1 + 1e-9))


def draw_survival(curves: Sequence[Steps], *, name: str, title: str, unit: str, notes: Sequence[str]) -> Picture:
    """Draw curves over time in `unit`, with numbers at risk where they are given, and notes below."""
    until = max(c.until for c in curves)
    horizontal = plain_axis(0.0, until)
    horizontal = Axis(
        0.0, max(until, horizontal.low), False, tuple(t for t in horizontal.ticks if t[0] <= until * 1.0001)
    )
    vertical = Axis(0.0, 1.0, False, tuple((i / 5, f"{20 * i}%") for i in range(6)))
    lines = wrap(title, WIDTH - 24, 11.5)
    parts: list[Part] = [Write(12, 20 + 14 * i, line, size=10.5, bold=True) for i, line in enumerate(lines)]
    top = 38.0 + 14 * len(lines)
    labels = [text_width(c.label, SMALL) for c in curves if c.at_risk]
    left = max(LEFT, 18 + max(labels, default=0.0))
    plane = Plane(left, top, WIDTH - left - RIGHT, 190.0, horizontal, vertical)
    parts += plane.frame(unit[:1].upper() + unit[1:], "Survival", grid=True)
    for i, curve in enumerate(curves):
        parts += _curve(plane, curve, COLOURS[i % len(COLOURS)])
    y = top + 190.0 + 44
    if any(c.at_risk for c in curves):
        parts.append(Write(12, y, "At risk", size=SMALL, bold=True))
        for i, curve in enumerate(curves):
            y += 13
            colour = COLOURS[i % len(COLOURS)]
            parts.append(Write(12, y, curve.label, size=SMALL, colour=colour))
            for (value, _), text in zip(horizontal.ticks, curve.at_risk, strict=False):
                parts.append(Write(plane.at(value, 0)[0], y, text, "middle", SMALL))
        y += 17
    parts += _legend(plane, curves)
    for note in notes:
        for line in wrap(note, WIDTH - 24, SMALL):
            parts.append(Write(12, y, line, size=SMALL, colour=GREY))
            y += 11
    words = f"{title}. " + "; ".join(
        f"{c.label}: {c.heights[-1]:.0%} at {c.until:g} {unit}" for c in curves if c.heights
    )
    return Picture(name, WIDTH, y + 4, title, words, tuple(parts))


def _curve(plane: Plane, curve: Steps, colour: str) -> list[Part]:
    corners, height = [(0.0, 1.0)], 1.0
    for time, after in zip(curve.times, curve.heights, strict=True):
        corners += [(time, height), (time, after)]
        height = after
    corners.append((curve.until, height))
    parts: list[Part] = [*plane.line(corners, width=1.6, colour=colour)]
    parts += [plane.dot(x, y, 1.5, "#ffffff", edge=colour, width=0.7) for x, y in curve.points if plane.inside(x, y)]
    return parts


def _legend(plane: Plane, curves: Sequence[Steps]) -> list[Part]:
    """Write names in the emptiest corner: top right, or bottom left where the curves stay high."""
    widest = max(text_width(c.label, SMALL) for c in curves)
    low = min(
        (h for c in curves for t, h in zip(c.times, c.heights, strict=True) if t > plane.x.high * 0.5), default=1.0
    )
    high = max((c.heights[-1] if c.heights else 1.0) for c in curves)
    at_top = 1.0 - high > low or not math.isfinite(low)
    x = plane.left + plane.width - widest - 22 if at_top else plane.left + 10
    y = plane.top + 12 if at_top else plane.top + plane.height - 12 - 13 * (len(curves) - 1)
    parts: list[Part] = []
    for i, curve in enumerate(curves):
        base = y + 13 * i
        parts += [
            Line(x, base - 3, x + 14, base - 3, 1.6, COLOURS[i % len(COLOURS)]),
            Write(x + 18, base, curve.label, size=SMALL, colour=INK),
        ]
    return parts
