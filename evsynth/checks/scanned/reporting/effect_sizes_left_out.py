"""Effect sizes are announced, printed for most of the results of a paragraph, and left out for some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("EFFECT_SIZE_LEFT_OUT",)

_ANNOUNCED = Expression(
    r"\beffect sizes?\b[^.;]{0,60}\b(?:reported|calculated|computed|given|provided|presented|estimated)\b|"
    r"\b(?:report\w*|calculat\w*|comput\w*|estimat\w*)\b[^.;]{0,30}\beffect sizes?\b",
    re.I,
)
_RESULT = Expression(r"\((?P<in>[^()]*\b[Pp]\s?[=<>]\s?0?\.\d+[^()]*)\)")
_P = Expression(r"\b[Pp]\s?=\s?0?\.\d{3,}(?!\d)|\b[Pp]\s?[=<>].*")
_PICTURED = Expression(r"\bplots?\b|\basterisks?\b", re.I)
_SIZE = Expression(r"(?<![A-Za-z])(?:r|d|g|η2|η²|ω2|Cohen's d|Hedges' g|effect size)\s?=\s?[-−]?\d?\.\d+")
_PICTURE = Expression(r"\[image|\bplots?\b|\*|\basterisks?\b|\bsignificance levels?\b", re.I)
"""The words of a picture or its legend."""
LEAST = 3
"""So many results with an effect size in a section show that these are its rule."""


def effect_sizes_left_out(reading: Reading) -> Iterator[Finding]:
    """Find results with P and no effect size among more that print both, where the methods announce effect sizes.

    A concern, once for a section. Left alone: sections in which they are the exception, correlations and ratios.
    """
    announced = next(
        (x.piece(m) for x in lines(reading, ("methods",)) for m in [_ANNOUNCED.search(x.words)] if m), None
    )
    if announced is None:
        return
    seen: set[tuple[int, str]] = set()
    sections: dict[int, tuple[list[Spot], list[Spot]]] = {}
    for line in lines(reading, ("results",)):
        if _PICTURE.search(line.words):
            continue
        for match in _RESULT.finditer(line.words):
            inside = match["in"]
            p = _P.search(inside)
            key = (line.section, re.sub(r"\s", "", p[0].lower()) if p is not None else "")
            if p is None or key in seen or _PICTURED.search(line.words[: match.start()]):
                continue
            seen.add(key)
            if re.search(r"[ρB]\s?=|\b(?:OR|HR|RR|rho)\b", inside) or re.search(r"\bcorrelat", line.words, re.I):
                continue
            with_size, without = sections.setdefault(line.section, ([], []))
            (with_size if _SIZE.search(inside) else without).append(line.piece(match))
    for with_size, without in sections.values():
        if len(with_size) >= LEAST and 0 < len(without) < len(with_size):
            yield reading.finding(
                "EFFECT_SIZE_LEFT_OUT", "concern",
                f"effect sizes are announced and stand with {len(with_size)} results of this section; {len(without)} "
                "have none",
                "they may stand in a table or supplement; what is left out cannot be compared with the rest",
                quotes=(*without, announced),
                computed=(("with an effect size", str(len(with_size))), ("without", str(len(without)))),
            )  # fmt: skip
