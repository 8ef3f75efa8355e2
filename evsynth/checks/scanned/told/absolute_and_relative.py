"""An absolute and a relative change told together: "an increase of 7.2 percentage points, a relative increase of 39%".

The two percentages they are of are looked for in the sentence and the ones before it. A relative change is of the
value that was left: of the smaller one where it rose, of the larger where it fell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_N = r"\d+(?:\.\d+)?"
_UP = r"(?:increase[ds]?|rise|rose|gain(?:ed)?|growth|excess)"
_DOWN = r"(?:reduction|decrease[ds]?|decline[ds]?|fall|fell|drop(?:ped)?|lowering)"
_RELATIVE = Expression(
    rf"\brelative (?:risk |rate |hazard )?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: \([A-Z]+\))?(?: of| was| being|"
    rf",|:| =)?"
    rf" (?:about |approximately )?(?P<r>{_N})\s?(?:%|per ?cent\b)(?!age| ?points?)", re.I,
)  # fmt: skip
_POINTS = Expression(
    rf"(?<![\w.,-])(?P<d>{_N})\s?(?:%\s?|(?:per ?cent(?:age)?|%)[ -]?)?(?:points?|pp)\b|"
    rf"\babsolute (?:risk )?(?:{_UP}|{_DOWN})(?: \([A-Z]+\))?(?: of| was|,|:)? (?P<d2>{_N})\s?%", re.I,
)  # fmt: skip
_PERCENT = Expression(rf"(?<![\w.,·<>=≥≤±-])(?P<v>{_N})\s?%(?!\s?(?:CI\b|confidence|points?|of\b))")
_OTHER = Expression(r"adjust|model|weighted|imput|standardi|expected|power|sample size|hazard|per year|annual", re.I)
_BACK = 5
"""How many sentences before the one with both changes may tell the two percentages."""


def absolute_and_relative(reading: Reading) -> Iterator[Finding]:
    """Find a relative change that is of the wrong one of the two values its absolute change is made of, or of none.

    Left alone: adjusted and modelled changes, and pairs of which another in reach gives the relative change.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if "relative" not in line.words.lower() or _OTHER.search(line.words):
            continue
        points, relative = list(_POINTS.finditer(line.words)), list(_RELATIVE.finditer(line.words))
        if len(points) != 1 or len(relative) != 1:
            continue
        near = [x for x in every[max(0, index - _BACK) : index + 1] if x.section == line.section]
        taken = (points[0].span(), relative[0].span())
        yield from _judged(reading, line, points[0], relative[0], list(_percentages(near, line, taken)))


def _percentages(near: list[Line], own: Line, taken: tuple[Spot, Spot]) -> Iterator[tuple[Printed, Spot]]:
    for line in near:
        for match in _PERCENT.finditer(line.words):
            inside = line is own and any(match.start() < end and start < match.end() for start, end in taken)
            if not inside:
                yield Printed.parse(match["v"]), (line.start + match.start(), line.start + match.end())


def _judged(
    reading: Reading, line: Line, points: re.Match[str], relative: re.Match[str], told: list[tuple[Printed, Spot]]
) -> Iterator[Finding]:
    difference, claimed = span(Printed.parse(points["d"] or points["d2"])), Printed.parse(relative["r"])
    pairs = []
    for (a, at), (b, bt) in combinations(told, 2):
        one, two = span(a), span(b)
        low, high = (one, two) if one.middle < two.middle else (two, one)
        if low.low > 0 and Span(high.low - low.high, high.high - low.low).meets(difference):
            base, other = (low, high) if relative["up"] else (high, low)
            pairs.append((_of(low, high, base), _of(low, high, other), at, bt))
    own = span(claimed)
    room = Span(own.low - 0.5, own.high + 0.5)
    if not pairs or any(room.meets(right) for right, _, _, _ in pairs):
        return
    wrong = [p for p in pairs if room.meets(p[1])] or (pairs if len(pairs) == 1 else [])
    if not wrong:
        return
    right, _, at, bt = wrong[0]
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"a relative change of {claimed}% is inconsistent with the two percentages that differ by "
        f"{points['d'] or points['d2']}: it is {right.middle:.3g}% of the first",
        "it may have been taken of the last value instead of the first",
        quotes=(line.piece(relative), line.piece(points), at, bt), computed=(("per cent", f"{right.middle:.4g}"),),
    )  # fmt: skip


def _of(low: Span, high: Span, base: Span) -> Span:
    apart = Span(max(high.low - low.high, 0.0), high.high - low.low)
    return Span(100 * apart.low / base.high, 100 * apart.high / base.low)
