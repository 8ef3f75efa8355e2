"""A picture as a list of lines, shapes and words, and its two renderings: SVG with real text, and PNG.

Coordinates are points from the upper left corner. Words are measured with the DejaVu Sans that comes with matplotlib,
by file and not by name, so that the fonts of a machine do not matter. It is wider than the usual sans-serif fonts, so
nothing overlaps in a viewer that has another one.
Neither rendering holds a date, a program name or a random identifier.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any, Literal, NamedTuple

INK, GREY, PAPER = "#000000", "#595959", "#ffffff"
FONTS = 'Arial, Helvetica, "Liberation Sans", "DejaVu Sans", sans-serif'
PIXELS_PER_POINT = 3


class Write(NamedTuple):
    """Words at a point: `x` is their left end, middle or right end, `y` their base line."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    size: float = 9.0
    bold: bool = False
    italic: bool = False
    colour: str = INK


class Line(NamedTuple):
    """A straight line, dashed where `dashes` says so."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.9
    colour: str = INK
    dashes: tuple[float, ...] = ()


class Shape(NamedTuple):
    """A filled polygon with an outline."""

    points: tuple[tuple[float, float], ...]
    fill: str = INK
    edge: str = INK
    width: float = 0.9


class Picture(NamedTuple):
    """A picture with the words that stand for it where it cannot be seen."""

    name: str
    width: float
    height: float
    title: str
    description: str
    parts: tuple[Write | Line | Shape, ...]


def svg(picture: Picture) -> bytes:
    """Render as SVG 1.1 with text as text, a title and a description."""
    width, height = _short(picture.width), _short(picture.height)
    ids = f"{picture.name}-title {picture.name}-description"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" class="figure" viewBox="0 0 {width} {height}" '
        f'width="{width}pt" height="{height}pt" role="img" aria-labelledby="{escape(ids)}" '
        f"font-family='{FONTS}'>",
        f'<title id="{escape(picture.name)}-title">{escape(picture.title)}</title>',
        f'<desc id="{escape(picture.name)}-description">{escape(picture.description)}</desc>',
        f'<rect class="paper" width="{width}" height="{height}" fill="{PAPER}"/>',
        *(_element(part) for part in picture.parts),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def png(picture: Picture) -> bytes:
    """Render as PNG at three pixels per point, without metadata."""
    from io import BytesIO

    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    with matplotlib.rc_context({"text.parse_math": False, "text.hinting": "none"}):
        figure = Figure(figsize=(picture.width / 72, picture.height / 72), dpi=72 * PIXELS_PER_POINT, facecolor=PAPER)
        canvas = FigureCanvasAgg(figure)
        points = Affine2D().scale(1, -1).translate(0, picture.height).scale(PIXELS_PER_POINT)
        for order, part in enumerate(picture.parts):
            figure.add_artist(_artist(part, points)).set_zorder(order)
        buffer = BytesIO()
        canvas.print_png(buffer, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return buffer.getvalue()


@cache
def text_width(text: str, size: float = 9.0, *, bold: bool = False) -> float:
    """Measure words in points."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, bold=bold), ismath=False)
    return float(width)


def wrap(text: str, width: float, size: float = 9.0) -> tuple[str, ...]:
    """Break words into lines of at most `width` points; a word that is too long for a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines += _cut(word, width, size)
    return tuple(lines)


def _font(size: float, *, bold: bool = False, italic: bool = False) -> Any:
    from pathlib import Path

    import matplotlib
    from matplotlib.font_manager import FontProperties

    face = ("Bold" if bold else "") + ("Oblique" if italic else "")
    name = f"DejaVuSans{'-' if face else ''}{face}.ttf"
    return FontProperties(fname=Path(matplotlib.get_data_path(), "fonts", "ttf", name), size=size)


def _cut(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _element(part: Write | Line | Shape) -> str:
    if isinstance(part, Line):
        dashes = f' stroke-dasharray="{" ".join(map(_short, part.dashes))}"' if part.dashes else ""
        ends = f'x1="{_short(part.x1)}" y1="{_short(part.y1)}" x2="{_short(part.x2)}" y2="{_short(part.y2)}"'
        return f'<line {ends} stroke="{part.colour}" stroke-width="{_short(part.width)}"{dashes}/>'
    if isinstance(part, Shape):
        points = " ".join(f"{_short(x)},{_short(y)}" for x, y in part.points)
        pen = f'fill="{part.fill}" stroke="{part.edge}" stroke-width="{_short(part.width)}"'
        return f'<polygon points="{points}" {pen}/>'
    style = (' font-weight="bold"' if part.bold else "") + (' font-style="italic"' if part.italic else "")
    anchor = f' text-anchor="{part.anchor}"' if part.anchor != "start" else ""
    place = f'x="{_short(part.x)}" y="{_short(part.y)}" font-size="{_short(part.size)}" fill="{part.colour}"'
    return f"<text {place}{anchor}{style}>{escape(part.text, quote=False)}</text>"


def _artist(part: Write | Line | Shape, points: Any) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon
    from matplotlib.text import Text

    if isinstance(part, Line):
        style = (0, tuple(length / part.width for length in part.dashes)) if part.dashes else "-"
        ends = ([part.x1, part.x2], [part.y1, part.y2])
        return Line2D(*ends, lw=part.width, color=part.colour, ls=style, solid_capstyle="butt", transform=points)
    if isinstance(part, Shape):
        return Polygon(part.points, closed=True, fc=part.fill, ec=part.edge, lw=part.width, transform=points)
    words = Text(
        part.x,
        part.y,
        part.text,
        ha={"start": "left", "middle": "center", "end": "right"}[part.anchor],
        va="baseline",
        fontproperties=_font(part.size, bold=part.bold, italic=part.italic),
        color=part.colour,
    )
    words.set_transform(points)
    return words


def _short(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
