"""The PRISMA 2020 flow diagram as a picture, from a derived flow. What is not decided yet has a dashed box."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from evsynth.report.drawing import GREY, Line, Picture, Shape, Write, text_width, wrap
from evsynth.sources.screening.flow import Column, Flow, waiting

_WIDE, _GAP, _MARGIN, _BAND, _SIZE, _LEAD = 190.0, 22.0, 20.0, 76.0, 8.5, 11.5
_BLUE, _YELLOW = "#dce6f1", "#f6dfa4"
_STAGES = ("Identification", "Screening", "Included")


class _Box(NamedTuple):
    x: float
    y: float
    lines: tuple[str, ...]
    dashed: bool = False

    @property
    def height(self) -> float:
        return _LEAD * len(self.lines) + 10

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def flow_diagram(flow: Flow) -> Picture:
    """Draw the flow: one pair of columns for each way of finding records, and what was included below."""
    parts: list[Write | Line | Shape] = []
    feet: list[_Box] = []
    tops = _rows(flow)
    left = _MARGIN + _BAND + 12
    for number, column in enumerate(flow.columns):
        x = left + number * (2 * _WIDE + 2 * _GAP)
        parts += _title(column, x)
        feet.append(_draw(column, x, tops, parts))
    open_ = [_waiting(column, 0, tops[-1]) for column in flow.columns]
    bottom = max([tops[-1], *(box.y + box.height + 20 for box in open_ if box)])
    included = (f"Studies included in review (n = {flow.studies})", f"Reports of included studies (n = {flow.reports})")
    final = _Box(left, bottom, _lines(included))
    parts += _box(final)
    for number, foot in enumerate(feet):
        x = foot.x + _WIDE / 2
        if number == 0:
            parts += _arrow(x, foot.y + foot.height, x, final.y)
        else:
            parts += [_line(x, foot.y + foot.height, x, final.middle)]
            parts += _arrow(x, final.middle, final.x + _WIDE, final.middle)
    height = final.y + final.height + _MARGIN + (0 if flow.final else 12)
    if not flow.final:
        words = "Screening is not finished: the numbers will change."
        parts.append(Write(final.x, final.y + final.height + 14, words, size=_SIZE, italic=True))
    parts += _bands(tops, final)
    width = left + len(flow.columns) * (2 * _WIDE + 2 * _GAP) + _MARGIN - _GAP
    return Picture("flow", width, height, "PRISMA 2020 flow diagram", _described(flow), tuple(parts))


def _contents(c: Column) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the boxes of a column, from above: on the way, and beside it."""
    sources = tuple(f"  {name} (n = {count})" for name, count in c.sources)
    reasons = tuple(f"  {e.label} (n = {e.reports})" for e in c.excluded_for)
    return (
        (
            (f"Records identified (n = {c.identified})", *sources),
            ("Records removed before screening:", f"  duplicate records (n = {c.duplicates})"),
        ),
        ((f"Records screened (n = {c.screened})",), (f"Records excluded (n = {c.excluded})",)),
        (
            (f"Reports sought for retrieval (n = {c.sought})",),
            (f"Reports not retrieved (n = {c.not_obtained})",),
        ),
        (
            (f"Reports assessed for eligibility (n = {c.assessed})",),
            (f"Reports excluded (n = {c.assessed - c.included})" + (":" if reasons else ""), *reasons),
        ),
    )


def _rows(flow: Flow) -> tuple[float, ...]:
    """Return where each row begins, so that the rows of all columns stand at one height."""
    tops = [_MARGIN + 34]
    for row in range(4):
        heights = [len(_lines(side)) for c in flow.columns for side in _contents(c)[row]]
        tops.append(tops[-1] + _LEAD * max(heights) + 10 + 24)
    return tuple(tops)


def _draw(column: Column, x: float, tops: tuple[float, ...], parts: list[Write | Line | Shape]) -> _Box:
    """Draw a column; return its last box on the way down."""
    before: _Box | None = None
    for top, (way, beside) in zip(tops, _contents(column), strict=False):
        box, other = _Box(x, top, _lines(way)), _Box(x + _WIDE + _GAP, top, _lines(beside))
        parts += [*_box(box), *_box(other)]
        level = min(box.middle, other.middle)
        parts += _arrow(x + _WIDE, level, other.x, level)
        if before is not None:
            parts += _arrow(x + _WIDE / 2, before.y + before.height, x + _WIDE / 2, top)
        before = box
    assert before is not None
    if still := _waiting(column, x + _WIDE + _GAP, tops[-1]):
        parts += _box(still)
    return before


def _waiting(column: Column, x: float, y: float) -> _Box | None:
    said = tuple(f"  {what} (n = {count})" for what, count in waiting(column) if count)
    return _Box(x, y, _lines(("Not decided yet:", *said)), True) if said else None


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        indent = "\u2003" if text.startswith("  ") else ""
        for number, line in enumerate(_broken(text.strip(), _WIDE - 14 - 18 * bool(indent))):
            found.append(indent + ("" if number == 0 or not indent else "\u2003") + line)
    return tuple(found)


def _broken(text: str, width: float) -> tuple[str, ...]:
    """Break a text into lines, but not inside of `(n = 12)`."""
    words, sign, number = text.rpartition(" (n = ")
    lines = wrap(words, width, _SIZE)
    if not sign or text_width(lines[-1] + sign + number, _SIZE) <= width:
        return (*lines[:-1], lines[-1] + sign + number) if sign else wrap(text, width, _SIZE)
    return (*lines, (sign + number).strip())


def _box(box: _Box) -> list[Write | Line | Shape]:
    x, y, right, below = box.x, box.y, box.x + _WIDE, box.y + box.height
    parts: list[Write | Line | Shape] = []
    if box.dashed:
        corners = ((x, y), (right, y), (right, below), (x, below), (x, y))
        ends = pairwise(corners)
        parts += [Line(a, b, c, d, 0.8, GREY, (3, 2)) for (a, b), (c, d) in ends]
    else:
        parts.append(Shape(((x, y), (right, y), (right, below), (x, below)), "#ffffff"))
    for number, line in enumerate(box.lines):
        parts.append(Write(x + 7, y + 5 + _LEAD * (number + 0.78), line, size=_SIZE))
    return parts


def _line(x1: float, y1: float, x2: float, y2: float) -> Line:
    return Line(x1, y1, x2, y2)


def _arrow(x1: float, y1: float, x2: float, y2: float) -> list[Write | Line | Shape]:
    """Draw a line with a head at its end, down, to the right or to the left."""
    if y1 == y2:
        side = 5.0 if x2 > x1 else -5.0
        head = ((x2, y2), (x2 - side, y2 - 3), (x2 - side, y2 + 3))
        return [Line(x1, y1, x2 - side, y2), Shape(head)]
    return [Line(x1, y1, x2, y2 - 5), Shape(((x2, y2), (x2 - 3, y2 - 5), (x2 + 3, y2 - 5)))]


def _title(column: Column, x: float) -> list[Write | Line | Shape]:
    words = {"database": "Databases and registers", "other": "Other methods"}[column.way]
    right, y = x + 2 * _WIDE + _GAP, _MARGIN
    box = Shape(((x, y), (right, y), (right, y + 20), (x, y + 20)), _YELLOW)
    return [box, Write((x + right) / 2, y + 14, f"Identification of studies via {words.lower()}", "middle", 9, True)]


def _bands(tops: tuple[float, ...], final: _Box) -> list[Write | Line | Shape]:
    """Draw the names of the stages down the left side."""
    ends = ((tops[0], tops[1] - 24), (tops[1], tops[4] - 24), (final.y, final.y + final.height))
    parts: list[Write | Line | Shape] = []
    for name, (top, below) in zip(_STAGES, ends, strict=True):
        right = _MARGIN + _BAND
        parts.append(Shape(((_MARGIN, top), (right, top), (right, below), (_MARGIN, below)), _BLUE))
        parts.append(Write(_MARGIN + _BAND / 2, (top + below) / 2 + 3, name, "middle", 8, True))
    return parts


def _described(flow: Flow) -> str:
    said = []
    for c in flow.columns:
        for way, beside in _contents(c):
            said.append("; ".join(line.strip() for line in (*way, *beside)))
    return ". ".join((*said, f"Studies included: {flow.studies}, in {flow.reports} reports")) + "."
