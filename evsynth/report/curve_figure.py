"""The specification curve: every analysis with its interval from the lowest effect to the highest, and its choices."""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.pooling.fast.bounds import bounds
from evsynth.pooling.pooled import back
from evsynth.pooling.sensitivity.examination import Examination
from evsynth.report.axis import axis, plain_axis
from evsynth.report.drawing import GREY, INK, Line, Picture, Write, wrap
from evsynth.report.measures import words
from evsynth.report.numbers import with_interval
from evsynth.report.plane import Part, Plane
from evsynth.report.sensitivity_figures import headed

SHOWN = 600
"""Analyses drawn; of more, as many at even ranks, the headline among them."""

HOLDS, EXCLUDES, HEADLINE = "#cfcfcf", "#8fbbe3", "#c0392b"


class Analysis(NamedTuple):
    """One analysis on the reader's scale; `choices` are places in estimators, intervals and sets left out."""

    mean: float
    lower: float
    upper: float
    choices: tuple[int, int, int]


def draw_curve(found: Examination, *, title: str, measure: str, scale: str) -> Picture:
    """Draw every analysis and what it chose; grey intervals hold no effect, the ring is the headline."""
    c, to = found.curve, back(scale)
    assert c is not None
    rows = _shown(sorted(analyses(found, scale), key=lambda a: (a.mean, a.choices)))
    finite = [x for a in rows for x in (a.lower, a.upper) if math.isfinite(x)]
    vertical = axis(measure, [a.mean for a in rows], finite)
    top, parts = headed(title, 470.0)
    plane = Plane(118.0, top, 360.0, 170.0, plain_axis(0, 1)._replace(low=-1.0, high=len(rows), ticks=()), vertical)
    parts += _scale(plane, measure)
    null = words(measure).no_effect
    thin = max(0.35, min(1.4, 250.0 / len(rows)))
    for place, a in enumerate(rows):
        holds = null is not None and a.lower <= null <= a.upper
        low, high = (min(max(x, vertical.low), vertical.high) for x in (a.lower, a.upper))
        parts += plane.line([(place, low), (place, high)], width=thin, colour=HOLDS if holds else EXCLUDES)
    if null is not None and vertical.low <= null <= vertical.high:
        parts += plane.line([(-1, null), (len(rows), null)], width=0.8, colour=GREY)
    for place, a in enumerate(rows):
        parts.append(plane.dot(place, a.mean, max(0.8, min(1.8, 300.0 / len(rows))), INK, width=0.1))
    head = next(place for place, a in enumerate(rows) if a.choices == (0, 0, 0))
    parts.append(plane.dot(head, rows[head].mean, 3.4, "#ffffff", edge=HEADLINE, width=1.4))
    y, panel = _choices(found, rows, plane, thin)
    parts += panel
    used = c.headline
    number = with_interval(to(used.mean), to(used.lower), to(used.upper), measure)
    held = f" {c.crossing} of the intervals hold no effect (grey)." if null is not None else ""
    note = f"{c.specifications} analyses; the ring is the headline, {number}.{held}"
    for line in wrap(note, 470.0, 8.0):
        parts.append(Write(12, y, line, size=8.0, colour=GREY))
        y += 11
    text = f"{title}: {c.specifications} analyses from the lowest pooled effect to the highest."
    return Picture("specification-curve", 495.0, y + 2, title, text, tuple(parts))


def analyses(found: Examination, scale: str) -> list[Analysis]:
    """List every analysis of the curve, on the reader's scale."""
    c, to = found.curve, back(scale)
    assert c is not None
    rows = []
    for e, fits in enumerate(c.fits[0]):
        for n, kind in enumerate(c.intervals):
            limits = bounds(fits, interval=kind, level=c.level)
            for s in range(len(c.left_out)):
                low, high = float(limits.lower[s]), float(limits.upper[s])
                rows.append(Analysis(to(float(fits.mean[s])), to(low), to(high), (e, n, s)))
    return rows


def _shown(rows: list[Analysis]) -> list[Analysis]:
    if len(rows) <= SHOWN:
        return rows
    places = {round(i * (len(rows) - 1) / (SHOWN - 1)) for i in range(SHOWN)}
    places.add(next(i for i, a in enumerate(rows) if a.choices == (0, 0, 0)))
    return [rows[i] for i in sorted(places)]


def _scale(plane: Plane, measure: str) -> list[Part]:
    left, top = plane.left, plane.top
    parts: list[Part] = []
    for value, label in plane.y.ticks:
        _, y = plane.at(0, value)
        parts += [Line(left - 3.5, y, left, y), Write(left - 6, y + 2.8, label, "end", 8.0)]
    parts += [Line(left, top, left, top + plane.height), Write(12, top + 4, f"Pooled {words(measure).short}", size=8.5)]
    if plane.y.log:
        parts.append(Write(12, top + 15, "(logarithmic)", size=7.5, colour=GREY))
    return parts


def _choices(found: Examination, rows: list[Analysis], plane: Plane, thin: float) -> tuple[float, list[Part]]:
    """Draw below the curve which estimator, interval and studies each analysis took; give where it ends."""
    c = found.curve
    assert c is not None
    parts: list[Part] = []
    y = plane.top + plane.height + 18
    left_out = ("no study", "one study")
    for name, levels, axis_place in (("τ²", c.estimators, 0), ("interval", c.intervals, 1), ("left out", left_out, 2)):
        parts.append(Write(12, y, name, size=8.0, bold=True))
        for n, one in enumerate(levels):
            parts.append(Write(plane.left - 6, y, one, "end", 7.5))
            for place, a in enumerate(rows):
                chosen = a.choices[axis_place]
                if (min(chosen, 1) if axis_place == 2 else chosen) == n:
                    x = plane.at(place, a.mean)[0]
                    parts.append(Line(x, y - 6.5, x, y + 0.5, thin, INK))
            y += 10.5
        y += 5
    return y + 8, parts
