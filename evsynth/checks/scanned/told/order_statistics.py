"""Least, quartiles, centre and greatest of one quantity, by any name, in order: "the oldest was 79; mean age 83".

Names are "shortest", "minimum", "lower quartile", "25th centile", "median", "no patient stayed longer than", "half
waited more than", "a quarter weighed less than". One sentence, one unit, each named once; left alone are groups
compared, and means of maxima.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_GAP = r"(?:(?!\b(?:mean|median|average|groups?|arm|dose|rate|than|difference)\b)[^;.,\d]){0,40}$"
_NAMES: tuple[tuple[str, Expression], ...] = (
    ("least", Expression(rf"(?<!\bat )(?<!\bthe next )\b(?:shortest|youngest|smallest|lowest|lightest|"
        rf"minimum|thinnest)\b{_GAP}", re.I)),
    ("most", Expression(rf"\b(?:oldest|longest|largest|heaviest|highest|tallest|maximum|thickest|"
        rf"slowest)\b{_GAP}", re.I)),
    ("most", Expression(r"\b(?:no(?:ne)?|never) (?:of (?:the|them)[a-z "
        r"]{0,20})?(?:[a-z]+\s)?[^;.,\d]{0,30}\b(?:longer|more|older|higher|larger|"
        r"later|above|over|beyond|exceed\w*)"
                        r"(?: than)?\s$", re.I)),
    ("q1", Expression(r"\b(?:(?:first|lower|25th|bottom)\s(?:quartile|(?:per)?centile)|Q1|P25)\b[^;,\d]{0,20}$", re.I)),
    ("q3", Expression(r"\b(?:(?:third|upper|75th|top)\s(?:quartile|(?:per)?centile)|Q3|P75)\b[^;,\d]{0,20}$", re.I)),
    ("median above", Expression(r"\bhalf\b[^;.,\d]{0,45}\b(?:more|longer|older|higher|above|over|"
        r"exceeded|at least)(?: than)?\s$", re.I)),
    ("median below", Expression(r"\bhalf\b[^;.,\d]{0,45}\b(?:less|fewer|shorter|younger|lower|below|"
        r"under|within|at most)(?: than)?\s$", re.I)),
    ("q1 below", Expression(r"\ba quarter\b[^;.,\d]{0,45}\b(?:less|fewer|shorter|younger|lower|below|"
        r"under|within)(?: than)?\s$", re.I)),
    ("q3 above", Expression(r"\ba quarter\b[^;.,\d]{0,45}\b(?:more|longer|older|higher|above|over|"
        r"exceeded)(?: than)?\s$", re.I)),
    ("median", Expression(rf"\bmedian\b{_GAP}", re.I)),
    ("mean", Expression(rf"\b(?:mean|average[ds]?|averaging)\b{_GAP}", re.I)),
)  # fmt: skip
_NOT = Expression(
    r"\b(?:groups?|arms?|versus|vs|compared|than (?:in|with|after)|respectively|whereas|difference|"
    r"chang\w*|differ\w*|men and women|"
    r"controls?|correlat\w*|predict\w*|dose|doses|concentrations?|survival|quartile of|tertiles?|"
    r"maximum (?:dose|score|possible|temperature|heart)|"
    r"mean (?:maximum|minimum)|maximum mean|possible|scale|score from|cut-?off|recommended|limit|"
    r"normal|reference)\b", re.I,
)  # fmt: skip
_ORDER = ("least", "q1", "median", "q3", "most")
_PAIRS = (
    *combinations(_ORDER, 2), ("least", "mean"), ("mean", "most"), ("median above", "median"), ("median above", "q3"),
    ("median", "median below"), ("q1", "median below"), ("q1", "q1 below"), ("q3 above", "q3"),
)  # fmt: skip
"""Every two names of which the first must not lie above the second."""
_CUE = Expression(r"est\b|\bquart|centile|minimum|maximum|\bhalf\b|\bno\b|\bnone\b", re.I)
_COUNTED = Expression(r"\s(?!(?:and|to|in|at|for|with|or|while|whereas|but|the|of)\b)[A-Za-z]{3,}")
"""What follows a bare number that counts something: "a median of 5 tumours"."""
_NAMED_QUARTILES = Expression(r"\b(?:quartiles?|Q)\s?1\s?(?:-|to|and)\s?(?:quartiles?|Q)?\s?3\b", re.I)
"""Names, no values: "quartile 1-3: 361-1270"."""
_RUN = Expression(r"\brang(?:ed|es|ing|e)\b", re.I)


def order_statistics(reading: Reading) -> Iterator[Finding]:
    """Check the order of what a sentence names of one quantity."""
    for line in lines(reading, ("abstract", "results", "body")):
        words = _NAMED_QUARTILES.sub(lambda m: re.sub(r"\d", "_", m[0]), line.words)
        if not _CUE.search(words) or _NOT.search(words) or not re.search(r"\d", words):
            continue
        found: dict[str, list[Told]] = {}
        every = told_numbers(words)
        for at, t in enumerate(every):
            if re.match(r"[A-Z]", words[t.stop :]):
                continue  # part of a name: "4AT"
            if t.part in ("value", "count", "bound", "time") and t.unit != "%":
                name = next((n for n, p in _NAMES if p.search(t.before[-75:])), None)
                if name is not None:
                    found.setdefault(name, []).append(t)
            elif (
                (t.part == "q1" and [x.part for x in every[at + 1 : at + 2]] == ["q3"])
                or (t.part == "q3" and every[at - 1].part == "q1")
                or (t.part == "least" and _RUN.search(t.before[-30:]))
                or (t.part == "most" and "least" in found)
            ):
                found.setdefault(t.part, []).append(t)
        yield from _judged(reading, line, found)


def _judged(reading: Reading, line: Line, found: dict[str, list[Told]]) -> Iterator[Finding]:
    once = {name: told[0] for name, told in found.items() if len(told) == 1}
    if len(once) < len(found) or len(once) < 2:
        return
    lone = {"q1": "q3", "q3": "q1"}
    for name, other in lone.items():
        if name in once and other not in once and once[name].part == name:
            return  # "interquartile range 12": a width
    for below, above in _PAIRS:
        if below not in once or above not in once:
            continue
        one, two = once[below], once[above]
        if not _alike(one, two, line.words):
            continue
        if span(one.printed).low > span(two.printed).high:
            names = {
                "most": "greatest",
                "q1": "lower quartile",
                "q3": "upper quartile",
            }
            yield reading.finding(
                "OUT_OF_ORDER", "error",
                f"{one.printed} ({names.get(below, below)}) lies above {two.printed} ({names.get(above, above)})",
                "the two may be of other patients or times; otherwise a digit is misprinted",
                quotes=((line.start + one.start, line.start + one.end), (line.start + two.start, line.start + two.end)),
            )  # fmt: skip
            return


def _alike(one: Told, two: Told, words: str) -> bool:
    units = {t.unit.rstrip("s") for t in (one, two)} - {""}
    old = [bool(re.search(r"\b(?:oldest|youngest|aged?|older|younger)\b", t.before[-75:], re.I)) for t in (one, two)]
    if (
        len(units) > 1
        or (any(not t.unit for t in (one, two)) and units and not all(old))
        or (not units and any(_COUNTED.match(t.after) for t in (one, two)))
        or abs(one.printed.decimals - two.printed.decimals) > 2
        or min(one.printed.value, two.printed.value) < 0
    ):
        return False
    between = words[min(one.stop, two.stop) : max(one.start, two.start)]
    return (
        len(between) < 110
        and not (units == {"year"} and old[0] != old[1] and not re.search(r"\b[Aa]ge", words))
        and not re.search(r"\.\s[A-Z]", between)
    )
