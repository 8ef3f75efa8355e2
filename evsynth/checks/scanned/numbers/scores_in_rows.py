"""Scores in rows of tables outside the scale of their label, or that a sentence tells under its short name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.scale_ranges import SHORT, Scale, beyond, name_words, scale_ranges
from evsynth.checks.scanned.identity import Line as Row
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("OUTSIDE_INSTRUMENT",)

NO_SCORE = Expression(
    r"\b(?:chang\w*|differ\w*|reduc\w*|gains?|gained|improve\w*|by|delta|effects?|increase[ds]?|decrease[ds]?|"
    r"declin\w*|"
    r"drop\w*|correlat\w*|odds|per|cut-?off\w*|threshold\w*|minimal\w*|AUC|ratios?|coefficients?|sum|percent\w*|"
    r"proportion|share|range[ds]?|possible|maximum|out of|scale|item|points? (?:lower|higher|more|less)|days?|hours?|"
    r"minutes?|months?|weeks?|years?|version|ages?d?|time|dose[ds]?|BMI|stay|number|T-scores?|z-scores?|"
    r"standardi[sz]ed|"
    r"transformed|normali[sz]ed|predicted|cost\w*|speed|distance|weight|height|pressure|"
    r"rate|volume|concentrations?|levels?)\b|[Δ∆<>≤≥%]", re.I,
)  # fmt: skip
"""What is no score: changes, shares, times, other quantities."""
_CHANGES = Expression(
    r"\b(?:chang\w*|differ\w*|reduc\w*|gain(?:s|ed)?|improve\w*|delta|effects?|increase[ds]?|decrease[ds]?|declin\w*|"
    r"correlat\w*|odds|cut-?off\w*|AUC|ratios?|coefficients?|sums?|T-scores?|z-scores?|standardi[sz]ed|transformed|"
    r"normali[sz]ed|predicted|p(?:-?\s?value)?s?|possible|percent\w*|per cent)\b|[Δ∆%]", re.I,
)  # fmt: skip
"""What a caption or a head says of columns that hold no scores; the time of a visit does not count."""
_RANGE_OF = Expression(r"\W*(?:(?:full )?range|min(?:imum)?\W{1,3}max(?:imum)?)\W*", re.I)
"""The label of a row with the range of the row before it."""
_LABEL = Expression(
    r"[A-Za-z][(\[\s,]*[(\[,](?:range,?:?\s*)?(?P<low>[01])\s*(?:-|to)\s*(?P<high>\d{1,3})(?:\s*points?)?[)\]]?$"
)


def scores_in_rows(reading: Reading) -> Iterator[Finding]:
    """Find means, medians and ends of ranges of a row outside its scale.

    Left alone: changes, scales of items, and values that another range told under the same name allows.
    """
    whole = tuple(s for s in scale_ranges(reading) if not s.part)
    before: Row | None = None
    for row in table_lines(reading):
        of_row_before = before is not None and before.table == row.table and _RANGE_OF.fullmatch(row.row.label.text)
        named = before if before is not None and of_row_before else row
        yield from _in_row(reading, row, named.row.label.text, whole)
        before = named


def _in_row(reading: Reading, row: Row, label: str, scales: tuple[Scale, ...]) -> Iterator[Finding]:
    caption = row.table.caption.text if row.table.caption is not None else ""
    shorts = {s.lower() for s in SHORT.findall(label)}
    fits = [*_labelled(row)] or [s for s in scales if s.shorts & shorts]
    called = name_words(label)
    if not fits and called and re.search(r"\b(?:score|scale|index)\b", label, re.I):
        fits = [s for s in scales if called <= s.words]
    if (
        not fits
        or NO_SCORE.search(re.sub(r"[(\[][^()\[\]]*[)\]]", " ", label))
        or _CHANGES.search(re.sub(r"[(\[]%[)\]]", "", caption))
    ):
        return
    for cell in row.cells:
        head = row.table.columns[cell.spot.column].label if cell.spot.column is not None else ""
        for figure in _figures(cell, head):
            scale = beyond(figure.printed, fits)
            if scale is not None:
                yield outside(reading, figure.printed.text, (figure.start, figure.end), scale)
                return


def _labelled(row: Row) -> Iterator[Scale]:
    """Give the scale of a label with a range in brackets, in a table that has three or more such labels."""
    own = _LABEL.search(row.row.label.text)
    if own is None or row.row.unit is not None or sum(bool(_LABEL.search(r.label.text)) for r in row.table.rows) < 3:
        return
    label = row.row.label
    yield Scale(
        frozenset(), frozenset(), int(own["low"]), int(own["high"]), False, label.start, (label.start, label.end)
    )


def _figures(cell: Reported, head: str) -> list[Figure]:
    if cell.sort not in ("mean sd", "median quartiles", "median range", "range") or _CHANGES.search(head):
        return []
    return [f for f in cell.figures if f.statistic in ("mean", "median", "q3", "maximum")]


def outside(reading: Reading, text: str, spot: Spot, scale: Scale) -> Finding:
    """Give the finding of a value that no scale of its name allows."""
    return reading.finding(
        "OUTSIDE_INSTRUMENT", "error", f"{text} lies outside the scale, {scale.low} to {scale.high}",
        "it may be a change, or a score of another scale; otherwise a digit is misprinted",
        quotes=(spot, scale.spot),
    )  # fmt: skip
