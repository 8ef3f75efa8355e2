"""Sensitivity and specificity (or the predictive values) exchanged between two places of a paper.

"Sensitivity was 76.1% and specificity 65.4%" in the abstract, "Sensitivity 34/52 65.4, specificity 102/134 76.1" in a
table. Found only where each is the other of a pair told elsewhere, and no pair elsewhere is told as here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.facts.accuracy_read import rates_of_test
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import body
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_PAIRS = (("sensitivity", "specificity"), ("PPV", "NPV"))
_LABELS = {
    "sensitivity": r"sensitivity", "specificity": r"specificity", "PPV": r"positive predictive|PPV",
    "NPV": r"negative predictive|NPV",
}  # fmt: skip
_PERCENT = Expression(r"(?<![\d./·-])(?:\d+\s?/\s?\d+(?!\d)[;,(|\s]+)?(?P<v>\d{1,3}(?:[.·]\d+)?)\s*(?:%|$|[(\[|])")
APART = 2.5
"""Percentage points by which two rates must differ to be told from each other."""


class Told(NamedTuple):
    """Two rates of one test, in the order of their names, and where they stand."""

    one: Span
    two: Span
    texts: tuple[str, str]
    spot: Spot
    table: bool


def accuracy_retold(reading: Reading) -> Iterator[Finding]:
    """Compare the pairs of rates of all sections and tables."""
    if re.search(r"sensitivity|predictive", reading.document.plain, re.I) is None or is_review(reading):
        return
    for names in _PAIRS:
        told = [*_in_text(reading, names), *_in_tables(reading, names)]
        for a, b in combinations(told, 2):
            backed = [any(_same(x, y) for y in told if y is not x) for x in (a, b)]
            if not _crossed(a, b) or all(backed):
                continue
            yield reading.finding(
                "ACCURACY", "inconsistent",
                f"{names[0]} {a.texts[0]} and {names[1]} {a.texts[1]} are inconsistent with {b.texts[0]} and "
                f"{b.texts[1]} elsewhere: they are exchanged",
                "the two places may be about other tests or cut-offs; otherwise two rates are exchanged",
                quotes=(a.spot, b.spot),
            )  # fmt: skip
            break


def _in_text(reading: Reading, names: tuple[str, str]) -> Iterator[Told]:
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion", "figure legend")):
        rates = rates_of_test(line)
        if all(n in rates for n in names):
            one, two = (rates[n] for n in names)
            factor = 1.0 if one.kind == "p" else 100.0
            spans = [Span(factor * s.low, factor * s.high) for s in (span(one.printed), span(two.printed))]
            yield Told(spans[0], spans[1], (one.printed.text, two.printed.text), spot(line, one, two), False)


def _in_tables(reading: Reading, names: tuple[str, str]) -> Iterator[Told]:
    for table in reading.document.tables:
        found = [_row(reading, table, _LABELS[n]) for n in names]
        if found[0] is not None and found[1] is not None:
            (one, at), (two, to) = found[0], found[1]
            yield Told(span(one), span(two), (one.text, two.text), (min(at[0], to[0]), max(at[1], to[1])), True)


def _row(reading: Reading, table: Table, label: str) -> tuple[Printed, Spot] | None:
    """Give the one percentage of the one row with a label; none where several columns print one."""
    rows = [r for r in body(table) if re.match(rf"\s*(?:{label})\b", r.label.text, re.I)]
    if len(rows) != 1:
        return None
    found = []
    for cell in rows[0].cells[1:]:
        text = reading.document.plain[cell.start : cell.end]
        match = _PERCENT.search(text)
        if match is not None and float(match["v"].replace("·", ".")) <= 100:
            printed = Printed.parse(match["v"].replace("·", "."))
            found.append((printed, (cell.start + match.start("v"), cell.start + match.end("v"))))
    return found[0] if len(found) == 1 else None


def _crossed(a: Told, b: Told) -> bool:
    apart = abs(a.one.middle - a.two.middle) > APART
    return apart and a.one.meets(b.two) and a.two.meets(b.one) and not _same(a, b)


def _same(a: Told, b: Told) -> bool:
    return a.one.meets(b.one) or a.two.meets(b.two)
