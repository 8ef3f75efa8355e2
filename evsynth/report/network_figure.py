"""The geometry of a network: treatments on a circle, a line for each comparison, as wide as it has studies."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evsynth.pooling.network.geometry import Geometry
from evsynth.report.drawing import GREY, Line, Picture, Shape, Write, text_width, wrap
from evsynth.report.plane import Part, disc
from evsynth.report.sensitivity_figures import headed

RADIUS, EDGE, NODE = 118.0, "#9aa7b4", "#2b6ca3"


def draw_network(found: Geometry, *, title: str, order: Sequence[str]) -> Picture:
    """Draw treatments (discs, area by studies) in `order` clockwise from the top, and comparisons between them."""
    n = len(order)
    studies = dict.fromkeys(order, 0)
    for a, b, count in found.comparisons:
        studies[a] += count
        studies[b] += count
    room = max(text_width(name) for name in order)
    top, parts = headed(title, 420.0)
    width = max(440.0, 2 * (RADIUS + room + 40))
    middle = (width / 2, top + RADIUS + 26)
    places = {
        name: (middle[0] + RADIUS * math.sin(2 * math.pi * i / n), middle[1] - RADIUS * math.cos(2 * math.pi * i / n))
        for i, name in enumerate(order)
    }
    most = max(count for _, _, count in found.comparisons)
    edges: list[Part] = []
    labels: list[Part] = []
    for a, b, count in found.comparisons:
        (x1, y1), (x2, y2) = places[a], places[b]
        edges.append(Line(x1, y1, x2, y2, 0.8 + 5.2 * count / most, EDGE))
        labels += _count(count, (x1, y1), (x2, y2))
    biggest = max(studies.values())
    nodes: list[Part] = []
    for i, name in enumerate(order):
        x, y = places[name]
        size = 4.0 + 8.0 * math.sqrt(studies[name] / biggest)
        nodes.append(disc(x, y, size, NODE, edge="#ffffff", width=1.2))
        nodes.append(_name(name, x, y, size, 2 * math.pi * i / n))
    foot = middle[1] + RADIUS + 46
    multi = len(found.multi_arm)
    note = f"{found.studies} studies, {multi} with more than two arms. Numbers: studies of a comparison."
    lines: list[Part] = []
    for line in wrap(note, width - 24, 8.0):
        lines.append(Write(12, foot, line, size=8.0, colour=GREY))
        foot += 11
    text = f"{title}: " + "; ".join(f"{a} and {b}, {c} studies" for a, b, c in found.comparisons) + "."
    return Picture("network", width, foot + 2, title, text, (*parts, *edges, *labels, *nodes, *lines))


def _name(name: str, x: float, y: float, size: float, turn: float) -> Write:
    """Write a name outside its disc, away from the middle."""
    side = math.sin(turn)
    reach = size + 5
    if abs(side) < 0.2:
        return Write(x, y - reach if math.cos(turn) > 0 else y + reach + 7, name, "middle", 9.0)
    return Write(x + (reach if side > 0 else -reach), y + 3.2, name, "start" if side > 0 else "end", 9.0)


def _count(count: int, one: tuple[float, float], other: tuple[float, float]) -> list[Part]:
    """Write a number of studies on its line, a third of the way, on a small white ground."""
    x, y = one[0] + (other[0] - one[0]) * 0.36, one[1] + (other[1] - one[1]) * 0.36
    half = text_width(str(count), 7.5) / 2 + 1.6
    ground = ((x - half, y - 4.6), (x + half, y - 4.6), (x + half, y + 4.6), (x - half, y + 4.6))
    return [Shape(ground, "#ffffff", "#ffffff", 0.1), Write(x, y + 2.7, str(count), "middle", 7.5)]
