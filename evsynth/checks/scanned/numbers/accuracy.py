"""Sensitivity, specificity and predictive values against the four counts that they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.result import meets
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_COUNTS = {
    "tp": r"TP|true[- ]positives?", "fp": r"FP|false[- ]positives?", "fn": r"FN|false[- ]negatives?",
    "tn": r"TN|true[- ]negatives?",
}  # fmt: skip
_RATES = {
    "sensitivity": (r"sens(?:itivity)?|recall", "tp", "fn"),
    "specificity": (r"spec(?:ificity)?", "tn", "fp"),
    "PPV": (r"PPV|positive predictive value|precision", "tp", "fp"),
    "NPV": (r"NPV|negative predictive value", "tn", "fn"),
}
_HEAD = r"\s*(?:[,(]?\s*(?:%|n|no\.?|95 ?% ?CI|\(95% CI\)|\(%\)|n/N)\s*[),]*)*\s*(?:\(95% CI\))?\s*$"
_COUNT = Expression(r"\d{1,3}(?:,\d{3})+|\d+")
_RATE = Expression(r"\s*(\d+(?:[.·]\d+)?)")


def accuracy(reading: Reading) -> Iterator[Finding]:
    """Check rows that print the four counts with rates."""
    for table in reading.document.tables:
        yield from _table(reading, table)


def _table(reading: Reading, table: Table) -> Iterator[Finding]:
    heads = {c.index: c.heads[-1].text if c.heads else "" for c in table.columns[1:]}
    counts = {k: _column(heads, pattern) for k, pattern in _COUNTS.items()}
    rates = {k: _column(heads, pattern) for k, (pattern, _, _) in _RATES.items()}
    if any(c is None for c in counts.values()):
        return
    for row in table.rows:
        texts = {k: table.cell(row.index, c or 0) for k, c in counts.items()}
        if not all(_COUNT.fullmatch(cell.text) for cell in texts.values()):
            continue
        values = {k: int(cell.text.replace(",", "")) for k, cell in texts.items()}
        for name, column in rates.items():
            cell = table.cell(row.index, column) if column is not None else None
            match = _RATE.match(reading.document.plain[cell.start : cell.end]) if cell is not None else None
            _, hit, miss = _RATES[name]
            of = values[hit] + values[miss]
            if cell is None or match is None or not of:
                continue
            printed = Printed.parse(match[1])
            share = values[hit] / of
            if float(printed.value) <= 1 and printed.decimals > 1:
                fits = abs(float(printed.value) - share) <= 0.51 * 10.0**-printed.decimals
            else:
                fits = meets(printed, percent_span(values[hit], of))
            if not fits:
                at = cell.start + match.start(1)
                yield reading.finding(
                    "COUNT_PERCENT", "inconsistent",
                    f"{row.label.text}: {name} {printed} is inconsistent with {values[hit]} of {of}, which is "
                    f"{100 * share:.2f}%", "the rate may be of another cut-off; otherwise a number is misprinted",
                    quotes=((at, at + len(match[1])), (texts[hit].start, texts[hit].end),
                            (texts[miss].start, texts[miss].end)), computed=(("percent", f"{100 * share:.4f}"),),
                )  # fmt: skip


def _column(heads: dict[int, str], pattern: str) -> int | None:
    found = [i for i, text in heads.items() if re.match(rf"(?:{pattern}){_HEAD}", text.strip(), re.I)]
    return found[0] if len(found) == 1 else None
