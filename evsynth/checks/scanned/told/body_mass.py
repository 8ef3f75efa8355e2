"""A body mass index told with height and weight: "height 172 cm, weight 60 kg (BMI 25.3 kg/m2)", in text and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

ONE, MANY = 0.012, 0.09
"""Share by which the index may be off that of a person's, or of the mean, height and weight, beyond rounding."""

_N = r"\d{1,3}(?:\.\d+)?"
_GAP = r"(?:(?!los[ts]|gain|chang|differ|ideal|lean|birth|reduc|increas|\bat\b)[^.;\d]){0,30}?"
_HEIGHT = Expression(
    rf"\bheight{_GAP}(?P<a>{_N})(?:\s?(?:±|\(SD|\()\s?{_N}\s?\)?)?\s?(?P<u>cm|m)\b|"
    rf"(?<![\w.-])(?P<a2>{_N})\s?(?P<u2>cm|m)(?: tall\b|\s?[;,]\s?(?=\d+(?:\.\d+)? ?kg))", re.I,
)  # fmt: skip
_WEIGHT = Expression(
    rf"\bweigh(?:t|ed|ing|s){_GAP}(?P<a>{_N})(?:\s?(?:±|\(SD|\()\s?{_N}\s?\)?)?\s?kg\b(?!\s?/)|"
    rf"(?: tall,?| cm[;,]| m[;,]) (?:and )?(?P<a2>{_N})\s?kg\b(?!\s?/)", re.I,
)  # fmt: skip
_INDEX = Expression(
    rf"\b(?:BMI|body[- ]mass index)(?:\W{{1,2}}BMI\W)?{_GAP}(?P<a>{_N})(?![\d%])(?!\s?(?:-|"
    rf"to)\s?\d)",
    re.I,
)
_PERSON = Expression(r"\b\d+-(?:year|month)-old\b|\b(?:the|this|our|her|his) (?:patient|body)\b|\bpatient was\b", re.I)
_SOME = Expression(r"\b(?:mean|median|average|patients|participants|children|women|men|group|groups)\b|±|\bSD\b", re.I)
_LABELS = tuple(
    Expression(
        rf"^\W*(?:mean |median |body |baseline )*{name}\b(?![^,(]*(?:chang|loss|gain|differ|z-|birth|"
        rf"ideal|%))",
        re.I,
    )
    for name in ("height", "weight", r"(?:BMI|body[- ]mass[- ]index)")
)


def body_mass(reading: Reading) -> Iterator[Finding]:
    """Compare each body mass index with the height and weight of its sentence, or of its column.

    Means need not agree exactly. Left alone: changes, ideal and birth weights, and more than one value of a kind.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if re.search(r"\bBMI\b|mass index", line.words, re.I) and "kg" in line.words:
            yield from _in_sentence(reading, line)
    yield from _in_tables(reading)


def _in_sentence(reading: Reading, line: Line) -> Iterator[Finding]:
    found = [list(p.finditer(line.words)) for p in (_HEIGHT, _WEIGHT, _INDEX)]
    if any(len(x) != 1 for x in found):
        return
    height, weight, index = (x[0] for x in found)
    values = [Printed.parse(m["a"] or m.groupdict().get("a2") or "") for m in (height, weight, index)]
    single = _PERSON.search(line.words) is not None and not _SOME.search(line.words)
    spots = [line.piece(m) for m in (height, weight, index)]
    yield from _judged(reading, values, (height["u"] or height["u2"]) == "m", spots, ONE if single else MANY)


def _in_tables(reading: Reading) -> Iterator[Finding]:
    rows = list(table_lines(reading))
    for table in reading.document.tables:
        own = [[r for r in rows if r.table == table and p.search(r.row.label.text)] for p in _LABELS]
        if any(len(x) != 1 for x in own):
            continue
        for cells in zip(*(sorted(x[0].cells, key=lambda c: c.start) for x in own), strict=False):
            centres = [c.figure("mean") or c.figure("median") for c in cells]
            if len({c.spot.column for c in cells}) != 1 or any(c is None for c in centres):
                continue
            figures = [c for c in centres if c is not None]
            yield from _judged(
                reading, [f.printed for f in figures], float(figures[0].printed) < 3,
                [(f.start, f.end) for f in figures], MANY,
            )  # fmt: skip


def _judged(reading: Reading, values: list[Printed], metres: bool, spots: list[Spot], room: float) -> Iterator[Finding]:
    height, weight, index = (span(v) for v in values)
    unit = 1.0 if metres else 100.0
    low, high = height.low / unit, height.high / unit
    if not 0.4 < low < high < 2.5 or not 8 <= index.middle <= 90 or not 2 <= weight.middle <= 300:
        return
    made = Span(weight.low / high**2, weight.high / low**2)
    if made.low * (1 - room) <= index.high and index.low <= made.high * (1 + room):
        return
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"a body mass index of {values[2]} is inconsistent with a height of {values[0]} and a weight of {values[1]}, "
        f"which make {made.middle:.3g}",
        "means of three quantities need not agree exactly; otherwise one of the three is misprinted",
        quotes=(spots[2], spots[0], spots[1]), computed=(("kg/m2", f"{made.middle:.4g}"),),
    )  # fmt: skip
