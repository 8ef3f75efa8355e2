"""Scores of tables and their scales: values inside the range stated, standard deviations that the range allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, size, spot, table_lines
from evsynth.checks.scanned.numbers.scales_of_rows import CHANGE, Scale, of_changes, scale_of, stated
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import span
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("OUTSIDE_INSTRUMENT", "SD_IMPOSSIBLE")

_VALUES = ("mean", "median", "q1", "q3", "minimum", "maximum", "centre")
_QUARTILES = Expression(r"\b(?:IQR|interquartile|quartiles?|ranges?|percentiles?)\b", re.I)
_SUMMARY = Expression(
    r"\b(?:mean|median|average)s?\s*(?:$|[(,;/±\[]|and\b|with\b|value)|\b(?:SD|IQR|quartiles?|interquartile)\b", re.I
)
_COEFFICIENT = Expression(
    r"(?i:\b(?:rho|tau|coefficients?|correlat\w+|regress\w+|standardi[sz]ed|betas?|effect sizes?|cohen\w*|hedges\w*|"
    r"spearman\w*|pearson\w*|slopes?|odds|hazards?|z[- ]?scores?|loadings?|kappa|univari\w+|multivari\w+|"
    r"associations? (?:of|with|between)|responsiveness)\b)|\b(?:[ac]?OR|[as]?HR|[ac]?RR|SMD|SRM|ICC|AUC)\b|[βρητ]|"
    r"(?:^|/)\s*(?i:partial )?(?:[rRBbtUFdgZz]|R2|ES)\s*(?:$|[(,±])"
)
"""What heads and captions call numbers that are no values of a score."""
_LIMITS = Expression(r"\bCI\b|confidence|estimate|adjusted", re.I)


def scales(reading: Reading) -> Iterator[Finding]:
    """Check the scores of tables against the scales that labels, or sentences of the methods, state."""
    known = stated(reading)
    lines = list(table_lines(reading))
    bad: set[int] = set()
    for line in lines:
        if CHANGE.search(line.label) or of_changes(line):
            continue
        scale = scale_of(line, known)
        if scale is None:
            continue
        for cell in line.cells:
            if _coefficient(lines, line, cell):
                continue
            if cell.figure("p") is None and not CHANGE.search(_heads(line, cell)) and cell.sort in (
                "mean sd", "median quartiles", "median range", "mean", "median", "range", "centre spread", "mean se"
            ):  # fmt: skip
                found = list(_value(reading, line, cell, scale))
                bad |= {cell.start for _ in found}
                yield from found


def _coefficient(lines: list[Line], line: Line, cell: Reported) -> bool:
    """Say whether a cell prints a coefficient, by head or caption, or as its whole column stays within -1 to 1."""
    caption = line.table.caption.text if line.table.caption is not None else ""
    head = _heads(line, cell)
    if _COEFFICIENT.search(head) and not _SUMMARY.search(head):
        return True
    if _SUMMARY.search(head) or _SUMMARY.search(line.label):
        return False
    said = f"{caption} / {line.table.columns[0].label}"
    if _COEFFICIENT.search(said) and not _SUMMARY.search(said):
        return True
    values = [
        float(f.printed.value) for x in lines if x.table == line.table for c in x.cells
        if c.spot.column == cell.spot.column and c.sort != "p" for f in c.figures[:1]
    ]  # fmt: skip
    return any(v < 0 for v in values) and all(-1 <= v <= 1 for v in values)


def _heads(line: Line, cell: Reported) -> str:
    column = cell.spot.column
    return line.table.columns[column].label if column is not None else ""


def _value(reading: Reading, line: Line, cell: Reported, scale: Scale) -> Iterator[Finding]:
    more = ("lower", "upper") if cell.sort == "centre spread" and _quartiles(reading, line) else ()
    for figure in cell.figures:
        if figure.statistic not in (*_VALUES, *more):
            continue
        values = span(figure.printed)
        if values.high < scale.low or values.low > scale.high:
            yield reading.finding(
                "OUTSIDE_INSTRUMENT", "error",
                f"{line.name}: {figure.statistic} {figure.printed} lies outside the scale, {scale.low} to {scale.high}",
                "it may be a change or a percentage; otherwise a sign or digit is misprinted",
                quotes=((figure.start, figure.end), (scale.start, scale.end)),
            )  # fmt: skip
            return
    mean, sd = cell.figure("mean"), cell.figure("sd")
    if mean is None or sd is None or not scale.low < float(mean.printed) < scale.high:
        return
    found = size(reading, cell)
    n = found.patients if found is not None and found.patients > 1 else 5
    most = max(
        largest_sd(m, scale.low, scale.high, n, n - 1)
        for m in (*span(mean.printed), float(mean.printed))
        if scale.low <= m <= scale.high
    )
    if span(sd.printed).low > most + 1e-9:
        yield reading.finding(
            "SD_IMPOSSIBLE", "error",
            f"{line.name}: SD {sd.printed} is inconsistent with a mean of {mean.printed} on a scale from "
            f"{scale.low} to "
            f"{scale.high}; at most {most:.3g} is possible",
            "the scale may be another one; otherwise a digit is misprinted", quotes=(spot(mean, sd),),
            computed=(("largest SD", f"{most:.4g}"),),
        )  # fmt: skip


def _quartiles(reading: Reading, line: Line) -> bool:
    """Say whether the numbers around a centre are data, by the words of table or paper, and not confidence limits."""
    said = [p.text for p in (line.table.caption, *line.table.notes) if p is not None]
    said += [line.row.label.text, *(c.label for c in line.table.columns)]
    if any(_LIMITS.search(x) for x in said):
        return any(_QUARTILES.search(x) for x in said) and not _LIMITS.search(line.row.label.text)
    return bool(_QUARTILES.search(reading.document.plain))
