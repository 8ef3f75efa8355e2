"""A body mass index of one person or of means against height and weight in any unit and order.

"stood 64 in (162.6 cm), weighed 152 lb (68.9 kg) and had a body mass index of 26.1".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"(?<![\w.,/-])\d{1,3}(?:\.\d+)?"
_HEIGHT = Expression(
    rf"(?P<v>{_N})\s?(?P<u>cm|m|in|inches)(?![\w/²³^])(?!\s?(?:wide|long|deep|diameter|per|walk|visual))"
)
_WEIGHT = Expression(rf"(?P<v>{_N})\s?(?P<u>kg|lbs?|pounds)(?![\w/²³^])(?!\s?/)")
_INDEX = Expression(
    rf"\b(?:BMI|body[- ]mass index)(?:\W{{1,2}}BMI\W)?(?:(?!\bfrom\b|\bby\b|≥|>|"
    rf"<)[^.;\d]){{0,25}}?(?P<v>{_N})(?![\d%])(?!\s?(?:-|to)\s?\d)|(?P<w>{_N})\s?kg/m[2²^](?!\s?(?:-|"
    rf"to))",
    re.I,
)
_HEIGHTS = {"cm": 0.01, "m": 1.0, "in": 0.0254, "inches": 0.0254}
_OTHER = Expression(
    r"\b(?:lost|loss|gain\w*|chang\w*|ideal|lean|birth|reduc\w*|increas\w*|decreas\w*|fell|rose|"
    r"groups?|versus|vs|target|from|waist|circumference|"
    r"tumou?r|incision|than|follow-up|later|after|percentile|range[ds]?|lesion|mass of)\b|±", re.I,
)  # fmt: skip
_ROOM = 0.02
_MANY = 0.09
_PERSON = Expression(
    r"\b(?:case|patient|he|she|man|woman|boy|girl|driver|proband|child|donor|recipient|\d+-year-old|"
    r"mother|father|teacher|nurse)\b",
    re.I,
)
_MEANS = Expression(r"\b(?:mean|median|average|patients|participants)\b", re.I)


def body_sizes(reading: Reading) -> Iterator[Finding]:
    """Check the indexes of sentences that tell one height and one weight."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        words = line.words
        if not re.search(r"\b(?:kg|lbs?|pounds)\b", words):
            continue
        if re.search(r"\bBMI\b|mass index|kg/m", words):
            yield from _index(reading, line)


def _index(reading: Reading, line: Line) -> Iterator[Finding]:
    words = line.words
    if _OTHER.search(words):
        return
    heights = [(m, _HEIGHTS[m["u"]]) for m in _HEIGHT.finditer(words)]
    weights = [(m, 1.0 if m["u"] == "kg" else 0.45359) for m in _WEIGHT.finditer(words)]
    indexes = list(_INDEX.finditer(words))
    tall = [(m, _times(m, k)) for m, k in heights if 0.4 < float(m["v"]) * k < 2.3]
    heavy = [(m, _times(m, k)) for m, k in weights if 2 < float(m["v"]) * k < 300]
    if len(indexes) != 1 or not 1 <= len(tall) <= 2 or not 1 <= len(heavy) <= 2:
        return
    told = indexes[0]["v"] or indexes[0]["w"]
    own = span(Printed.parse(told))
    made = [Span(w.low / h.high**2, w.high / h.low**2) for _, h in tall for _, w in heavy]
    room = _ROOM if _PERSON.search(words) and not _MEANS.search(words) else _MANY
    if (
        any(m.low * (1 - room) <= own.high and own.low <= m.high * (1 + room) for m in made)
        or not 8 <= own.middle <= 90
    ):
        return
    if max(m.middle for m in made) > 1.1 * min(m.middle for m in made):
        return
    yield _finding(
        reading, line, "DERIVED_VALUE", f"a body mass index of {told} is inconsistent with the height "
        f"and weight beside it, which make {made[0].middle:.3g}",
        (indexes[0].span("v" if indexes[0]["v"] else "w"), *(m.span("v") for m, _ in (*tall, *heavy))),
    )  # fmt: skip


def _times(match: re.Match[str], k: float) -> Span:
    own = span(Printed.parse(match["v"]))
    return Span(own.low * k, own.high * k)


def _finding(reading: Reading, line: Line, code: str, message: str, spots: tuple[tuple[int, int], ...]) -> Finding:
    return reading.finding(
        code, "inconsistent", message, "the values may be of another time; otherwise one of them is misprinted",
        quotes=tuple((line.start + a, line.start + b) for a, b in spots),
    )  # fmt: skip
