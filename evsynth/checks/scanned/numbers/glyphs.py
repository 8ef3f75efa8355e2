"""A label that says mean and standard deviation over numbers printed as median and quartiles, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.labels import form_of
from evsynth.text.expressions import Expression

CODES = ("LABEL_CONTRADICTS",)

_RANGED = Expression(r"-?[\d.,]+\s*[(\[]\s*-?[\d.,]+\s*(?:-|to|,|;)\s*-?[\d.,]+\s*[)\]]")
_PLUS_MINUS = Expression(r"-?[\d.,]+\s*(?:±|\+/-)\s*[\d.,]+")


def glyphs(reading: Reading) -> Iterator[Finding]:
    """Compare what a row label states about its numbers with the way they are printed."""
    for line in table_lines(reading):
        stated, own = line.row.form, form_of(line.row.label.text)
        if stated is None or own != stated or _both(line.row.label.text):
            continue
        texts = [(c, reading.document.plain[c.start : c.end]) for c in line.row.cells[1:] if c.text]
        wrong = []
        for cell, text in texts:
            if stated in ("mean sd", "mean se") and _RANGED.fullmatch(text.strip()) and not _interval(line, text):
                wrong.append(cell)
            if stated in ("median quartiles", "median range") and _PLUS_MINUS.fullmatch(text.strip()):
                wrong.append(cell)
        if wrong:
            first = wrong[0]
            yield reading.finding(
                "LABEL_CONTRADICTS", "inconsistent",
                f"the label {line.row.label.text!r} is inconsistent with the way {first.text!r} is printed",
                "the label may be left over from another row; otherwise the wrong summary is printed",
                quotes=((first.start, wrong[-1].end), (line.row.label.start, line.row.label.end)),
            )  # fmt: skip


def _both(label: str) -> bool:
    return bool(re.search(r"\bor\b|/|;", label)) and "mean" in label.lower() and "median" in label.lower()


def _interval(line: Line, text: str) -> bool:
    heads = " ".join(h.text for c in line.table.columns for h in c.heads)
    return bool(re.search(r"\bC\.?I\b|confidence", f"{line.row.label.text} {heads}"))
