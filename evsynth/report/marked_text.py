"""The text of a source as HTML in which every quote is marked and every number in use is anchored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

Span = tuple[int, int, str]


def marked(text: str, quotes: Sequence[Span], numbers: Sequence[Span]) -> Markup:
    """Mark spans of `text`; they may nest, touch and overlap.

    The first piece of a quote carries its anchor as `id`; every piece names it in `data-q`, so that a quote cut by
    another one can still be lit as a whole. Numbers are `<b>` elements.
    """
    starts: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    cuts = {0, len(text)}
    for kind, spans in (("mark", quotes), ("b", numbers)):
        for span in spans:
            if 0 <= span[0] < span[1] <= len(text):
                starts[span[0]].append((kind, span))
                cuts |= {span[0], span[1]}
    order = sorted(cuts)
    active: list[tuple[str, Span]] = []
    pieces = []
    for left, right in pairwise(order):
        active = [(kind, span) for kind, span in active if span[1] > left]
        active += starts.get(left, ())
        active.sort(key=lambda item: (item[0] != "mark", item[1]))
        pieces.append(_piece(text[left:right], left, active))
    return Markup("").join(pieces)


def _piece(text: str, left: int, active: Sequence[tuple[str, Span]]) -> Markup:
    inside = escape(text)
    for kind, (start, _, anchor) in reversed(active):
        name = Markup(' id="{}"').format(anchor) if start == left else Markup("")
        of = Markup(' data-q="{}"').format(anchor) if kind == "mark" else Markup("")
        inside = Markup("<{0}{1}{2}>{3}</{0}>").format(Markup(kind), name, of, inside)
    return inside
