"""Figures of a sensitivity analysis: studies left out, studies added, all subsets (GOSH), influence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from evsynth.pooling.pooled import back
from evsynth.pooling.sensitivity.examination import Examination
from evsynth.pooling.sensitivity.leave_out import Refit
from evsynth.report.axis import axis, plain_axis
from evsynth.report.drawing import GREY, Picture, Write, text_width, wrap
from evsynth.report.ladder import STUDY, Ladder, Rung, draw_ladder
from evsynth.report.measures import words
from evsynth.report.numbers import level
from evsynth.report.plane import Part, Plane, legend

SHADES = ("#e6f0fa", "#c6dcf2", "#9cc3e6", "#6aa3d5", "#3f7fbe", "#235d9c", "#123c6e")
"""Few to many subsets, readable without colour."""

PLACES = (
    (6, 2.6, 0.0),
    (-6, 2.6, 1.0),
    (0, -6.5, 0.5),
    (0, 12, 0.5),
    (0, -16, 0.5),
    (0, 21, 0.5),
    (5, -8, 0.0),
    (5, 13, 0.0),
)
"""Where a label may stand beside its point, the best place first: shift in points, and its share left of the point."""


def draw_left_out(found: Examination, *, title: str, measure: str, scale: str) -> Picture:
    """Draw the pool without each study, over that of all."""
    return _refits(found, found.left_one or (), "without", "Without", title, measure, scale)


def draw_grown(found: Examination, *, title: str, measure: str, scale: str) -> Picture:
    """Draw the pool as it grew."""
    return _refits(found, found.grown or (), "cumulative", "Added", title, measure, scale)


def _refits(
    found: Examination, refits: Sequence[Refit], name: str, head: str, title: str, measure: str, scale: str
) -> Picture:
    to, used = back(scale), found.headline.interval
    assert used is not None
    places = [(r.left_out or r.added)[0] for r in refits]
    rungs = [
        Rung(found.labels[at - 1], to(r.mean), _carried(r.lower, to), _carried(r.upper, to), more=f"{r.tau2:.3f}")
        for at, r in zip(places, refits, strict=True)
    ]
    whole = Rung("All studies", to(used.mean), to(used.lower), to(used.upper), "pooled",
                 f"{found.headline.tau2.value:.3f}")  # fmt: skip
    words_of = {"without": "One study left out", "cumulative": "Studies added one after another"}[name]
    note = f"{words_of}; τ² by {found.estimator}, {found.interval} intervals."
    return draw_ladder(
        Ladder(name, title, measure, (head, "τ²"), (*rungs, whole), to(used.mean), (note,), level(found.level))
    )


def draw_gosh(found: Examination, *, title: str, measure: str, scale: str) -> Picture:
    """Draw how often subsets give a pooled effect and an I², as a map of counts."""
    g, to = found.gosh, back(scale)
    assert g is not None
    low, high = (float(np.quantile(g.subsets.fits.mean, q)) for q in (0.0005, 0.9995))
    low, high = min(low, 0.0) if measure != "proportion" else low, max(high, 0.0) if measure != "proportion" else high
    across, up = 76, 40
    ends = np.linspace(low, high, across + 1)
    counts, _, _ = np.histogram2d(g.subsets.fits.mean, g.i2, bins=(ends, np.linspace(0.0, 100.0, up + 1)))
    x = axis(measure, [to(low), to(high)], [])
    x = x._replace(low=to(low), high=to(high), ticks=tuple(t for t in x.ticks if to(low) <= t[0] <= to(high)))
    top, lines = headed(title, 370.0)
    plane = Plane(52.0, top, 320.0, 210.0, x, plain_axis(0.0, 100.0))
    largest = int(counts.max())
    steps = [*(int(largest ** ((n + 1) / len(SHADES))) for n in range(len(SHADES) - 1)), largest]
    parts: list[Part] = []
    for i, j in zip(*np.nonzero(counts), strict=True):
        shade = SHADES[next(n for n, most in enumerate(steps) if counts[i, j] <= most)]
        a, b = to(float(ends[i])), to(float(ends[i + 1]))
        c, d = 100.0 * j / up, 100.0 * (j + 1) / up
        parts.append(plane.area(((a, c), (b, c), (b, d), (a, d)), shade))
    parts += lines
    parts += plane.frame(_named(measure), "I² from τ² (%)")
    null, used = words(measure).no_effect, found.headline.interval
    if null is not None and plane.inside(null, 0):
        parts += plane.line([(null, 0), (null, 100)], width=0.8, colour=GREY)
    assert used is not None
    whole = (to(used.mean), found.headline.inconsistency.i2_from_tau2)
    if plane.inside(*whole):
        parts.append(plane.dot(*whole, 3.6, "#ffffff", edge="#c0392b", width=1.6))
    side = plane.left + plane.width + 14
    first = {most: SHADES[steps.index(most)] for most in steps}
    parts.append(Write(side, top + 4, "subsets up to", size=8.0))
    parts += legend(side, top + 18, [(shade, str(most)) for most, shade in reversed(first.items())])
    foot = top + plane.height + 46
    total = len(g.subsets.codes)
    kind = "All" if g.subsets.sample is None else "A sample of"
    note = f"{kind} {total:,} subsets of two studies or more, τ² by {found.estimator}; the ring is the pool of all."
    for line in wrap(note, 440.0, 8.0):
        parts.append(Write(12, foot, line, size=8.0, colour=GREY))
        foot += 11
    text = f"{title}: pooled effect and I² of {total} subsets of the studies."
    return Picture("gosh", 470.0, foot + 2, title, text, tuple(parts))


def draw_baujat(found: Examination, *, title: str) -> Picture:
    """Draw each study's part in the heterogeneity against what leaving it out does to the mean."""
    points = found.baujat or ()
    right, up = max(p.heterogeneity for p in points), max(p.influence for p in points)
    top, lines = headed(title, 370.0)
    plane = Plane(52.0, top, 330.0, 220.0, plain_axis(0.0, 1.05 * right), plain_axis(0.0, 1.05 * up))
    parts: list[Part] = [*lines, *plane.frame("Contribution to heterogeneity", "Influence on the mean")]
    taken = [(x - 4, x + 4, y + 3) for x, y in (plane.at(p.heterogeneity, p.influence) for p in points)]
    for p in sorted(points, key=lambda p: -p.influence - p.heterogeneity * up / right):
        parts.append(plane.dot(p.heterogeneity, p.influence, 3.2, STUDY, edge=STUDY))
        x, y = plane.at(p.heterogeneity, p.influence)
        parts += _label(p.label, x, y, plane, taken)
    foot = top + plane.height + 46
    note = "Studies to the right add heterogeneity; studies on top move the pooled effect when left out."
    parts.append(Write(12, foot, note, size=8.0, colour=GREY))
    text = f"{title}: contribution to heterogeneity and influence of {len(points)} studies."
    return Picture("baujat", 430.0, foot + 10, title, text, tuple(parts))


def _label(text: str, x: float, y: float, plane: Plane, taken: list[tuple[float, float, float]]) -> list[Part]:
    """Write a label beside a point where it meets no other label; a point without room stays without."""
    width = text_width(text, 7.5)
    edge = plane.left + plane.width + 40
    for dx, dy, anchor in PLACES:
        start, base = x + dx - anchor * width, y + dy
        clash = any(start < b and a < start + width and abs(base - other) < 9 for a, b, other in taken)
        if not clash and start > plane.left + 1 and start + width < edge and base < plane.top + plane.height:
            taken.append((start, start + width, base))
            return [Write(start, base, text, size=7.5)]
    return []


def headed(title: str, room: float) -> tuple[float, list[Part]]:
    lines = wrap(title, room, 12.5)
    parts: list[Part] = [Write(12, 20 + 14 * i, line, size=10.5, bold=True) for i, line in enumerate(lines)]
    return 44.0 + 14 * len(lines), parts


def _named(measure: str) -> str:
    about = words(measure)
    return f"Pooled {about.short}{' (logarithmic)' if about.unit == 'ratio' else ''}"


def _carried(x: float | None, to: Callable[[float], float]) -> float | None:
    return None if x is None else to(x)
