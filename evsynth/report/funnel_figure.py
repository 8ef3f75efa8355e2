"""Funnel plots: with contours of significance, with imputed studies, and adjusted for the comparison in a network."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from evsynth.pooling.pooled import back
from evsynth.pooling.small_study.funnel import Funnel
from evsynth.pooling.small_study.trim_and_fill import TrimAndFill
from evsynth.report.axis import Axis, axis, plain_axis
from evsynth.report.drawing import GREY, INK, Picture, Write, text_width, wrap
from evsynth.report.measures import words
from evsynth.report.numbers import level
from evsynth.report.plane import Part, Plane, legend
from evsynth.report.sensitivity_figures import headed

if TYPE_CHECKING:
    from evsynth.pooling.network.funnel import FunnelPoint

BANDS = ("#ffffff", "#ececec", "#d6d6d6", "#bcbcbc")
"""Not significant, and beyond each contour in turn."""

COLOURS = ("#2b6ca3", "#c0392b", "#3c8d40", "#8e5ea2", "#b8860b", "#3aa6a0", "#7f7f7f", "#d2691e", "#6a3d9a", "#1b9e77")
To = Callable[[float], float]
LEFT, WIDTH, HEIGHT = 58.0, 300.0, 230.0


def draw_funnel(
    found: Funnel, *, title: str, measure: str, scale: str, confidence: float, filled: TrimAndFill | None = None
) -> Picture:
    """Draw studies by effect and standard error over bands of P; `filled` adds those that trim and fill imputes."""
    se_max = _top([p.se for p in found.points])
    imputed = list(zip(filled.filled_y, (math.sqrt(v) for v in filled.filled_v), strict=True)) if filled else []
    ys = [p.y for p in found.points] + [y for y, _ in imputed]
    x, to = _across(measure, scale, ys, 0.0 if found.expected is None else found.expected.start)
    top, parts = headed(title, 440.0)
    plane = Plane(LEFT, top, WIDTH, HEIGHT, x, plain_axis(0.0, se_max), down=True)
    parts += _bands(found, plane, to)
    parts += plane.frame(f"{words(measure).short}{' (logarithmic)' if x.log else ''}", "Standard error")
    parts += plane.line([(to(found.null), 0.0), (to(found.null), plane.y.high)], width=0.8, colour=GREY)
    if found.expected is not None:
        start, reach = found.expected.start, (found.expected.right - found.expected.start) / found.se_max
        parts += plane.line([(to(start), 0.0), (to(start), plane.y.high)], width=0.9, dashes=(3.0, 2.5))
        for sign in (-1.0, 1.0):
            ends = [(start + sign * reach * plane.y.high * t / 24, plane.y.high * t / 24) for t in range(25)]
            parts += plane.line([(to(y), se) for y, se in ends], width=0.9, dashes=(3.0, 2.5))
    for p in found.points:
        parts.append(plane.dot(to(p.y), p.se, 2.9, "#2b6ca3", edge="#1b4a73"))
    for y, se in imputed:
        if plane.inside(to(y), se):
            parts.append(plane.dot(to(y), se, 2.9, "#ffffff", width=0.9))
    side = LEFT + WIDTH + 16
    names = [f"P > {found.contours[0].p:g}"]
    names += [f"P {line.p:g} to {nxt.p:g}" for line, nxt in zip(found.contours, found.contours[1:], strict=False)]
    names.append(f"P < {found.contours[-1].p:g}")
    entries = list(zip(BANDS, names, strict=False))
    parts += legend(side, top + 8, [*entries, ("#2b6ca3", "study"), *((("#ffffff", "imputed"),) if imputed else ())])
    note = (
        f"Dashed: where {level(confidence)} of studies would lie without heterogeneity and without small-study effects"
    )
    note += "; white discs are imputed by trim and fill, not studies." if imputed else "."
    y = top + HEIGHT + 44
    for line in wrap(note, 445.0, 8.0):
        parts.append(Write(12, y, line, size=8.0, colour=GREY))
        y += 11
    text = f"{title}: funnel of {len(found.points)} studies with contours of significance."
    return Picture("funnel", 470.0, y + 2, title, text, tuple(parts))


def draw_adjusted_funnel(
    points: Sequence[FunnelPoint], *, title: str, measure: str, scale: str, confidence: float
) -> Picture:
    """Draw the contrasts of a network around the direct estimate of their comparison, a colour for each comparison."""
    from statistics import NormalDist

    used = [p for p in points if not p.alone]
    se_max = _top([p.se for p in used])
    x, to = _across(measure, scale, [p.centred for p in used], 0.0)
    top, parts = headed(title, 460.0)
    plane = Plane(LEFT, top, WIDTH, HEIGHT, x, plain_axis(0.0, se_max), down=True)
    parts += plane.frame("Effect over that of its comparison" + (" (logarithmic)" if x.log else ""), "Standard error")
    parts += plane.line([(to(0.0), 0.0), (to(0.0), plane.y.high)], width=0.8, colour=GREY)
    reach = NormalDist().inv_cdf(0.5 + confidence / 2)
    for sign in (-1.0, 1.0):
        ends = [(sign * reach * plane.y.high * t / 24, plane.y.high * t / 24) for t in range(25)]
        parts += plane.line([(to(y), se) for y, se in ends], width=0.9, dashes=(3.0, 2.5))
    pairs = list(dict.fromkeys(f"{p.treat1} : {p.treat2}" for p in used))
    for p in used:
        colour = COLOURS[pairs.index(f"{p.treat1} : {p.treat2}") % len(COLOURS)]
        if plane.inside(to(p.centred), p.se):
            parts.append(plane.dot(to(p.centred), p.se, 2.9, colour, edge=INK, width=0.3))
    side = LEFT + WIDTH + 16
    shown = [(COLOURS[i % len(COLOURS)], name) for i, name in enumerate(pairs)]
    parts += legend(side, top + 8, shown)
    alone = len(points) - len(used)
    note = f"{len(used)} contrasts" + (
        f"; {alone} that stand alone in their comparison are not drawn." if alone else "."
    )
    low = top + max(HEIGHT, 12.5 * len(shown)) + 44
    parts.append(Write(12, low, note, size=8.0, colour=GREY))
    text = f"{title}: comparison-adjusted funnel of {len(used)} contrasts."
    width = side + 24 + max((text_width(name) for name in pairs), default=0.0)
    return Picture("adjusted-funnel", max(width, 485.0), low + 10, title, text, tuple(parts))


def _bands(found: Funnel, plane: Plane, to: To) -> list[Part]:
    """Fill the bands of P between the contours, from the outermost inwards; everything outside is the last band."""
    low, high = plane.x.low, plane.x.high
    parts: list[Part] = [
        plane.area(((low, 0.0), (high, 0.0), (high, plane.y.high), (low, plane.y.high)), BANDS[len(found.contours)])
    ]
    for n in range(len(found.contours) - 1, -1, -1):
        line = found.contours[n]
        slope = (line.right - line.start) / found.se_max
        steps = [plane.y.high * t / 240 for t in range(241)]
        right = [(min(max(to(line.start + slope * se), low), high), se) for se in steps]
        left = [(min(max(to(line.start - slope * se), low), high), se) for se in reversed(steps)]
        parts.append(plane.area((*right, *left), BANDS[n]))
    return parts


def _across(measure: str, scale: str, ys: Sequence[float], centre: float) -> tuple[Axis, To]:
    """Give the horizontal axis around the centre and no effect, and the way from the analysis scale to it."""
    to = back(scale)
    reach = 1.12 * max(1e-9, *(abs(y - centre) for y in ys), *(0.5 * abs(y) for y in ys))
    low, high = min(centre - reach, *ys), max(centre + reach, *ys)
    full = axis(measure if scale == "log" else "effect", [to(low), to(high)], [])
    if scale != "log":
        full = plain_axis(to(low), to(high))
    ticks = tuple(t for t in full.ticks if to(low) <= t[0] <= to(high))
    return full._replace(low=to(low), high=to(high), ticks=ticks), to


def _top(errors: Sequence[float]) -> float:
    return 1.04 * max(errors)
