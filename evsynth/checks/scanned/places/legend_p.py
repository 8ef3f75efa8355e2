"""The P value of a figure legend against the P that text and tables print for the same comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key, names, ordered, table_lines
from evsynth.checks.scanned.places.repeated import ends
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_TESTS = Expression(r"log-? ?rank|wilcoxon|mann-? ?whitney|signed-rank|spearman|pearson", re.I)
_GENERIC = frozenset(
    "figure fig kaplan meier curve patient p log rank test wilcoxon signed mann whitney all estimate bar show "
    "line".split()
)
_EXACT = Expression(r"\bp\s*[=<>]", re.I)
_PART = Expression(
    r"\b(?:trend|interaction|subgroup|among|stratified|adjusted|weighted|correlat\w*|change|in (?:women|men|patients "
    r"(?:with|who))|baseline to|over time|within|paired|sensitivity analysis)\b", re.I,
)  # fmt: skip
LEAST = 0.4
"""Share of the words of the legend that a sentence or row must use as well."""


def legend_p(reading: Reading) -> Iterator[Finding]:
    """Compare exact P values of legends that agree with none elsewhere."""
    document = reading.document
    own = [(r, f) for r in reading.reported if r.spot.legend is not None and (f := r.figure("p")) is not None]
    others = [
        (r, f) for r in reading.reported
        if r.spot.legend is None and r.spot.role not in ("discussion", "background", "methods")
        and (f := r.figure("p")) is not None
    ]  # fmt: skip
    for r, p in own:
        legend = document.legends[r.spot.legend or 0]
        start = max(legend.start, document.prose.rfind("\n", 0, p.start) + 1)
        end = document.prose.find("\n", p.end)
        text = document.prose[start : end if end > 0 else legend.end]
        if sum(start <= f.start < start + len(text) for _, f in own) != 1:
            continue
        if any(p.printed.agrees(f.printed) for _, f in others):
            continue
        test, words = _TESTS.search(text), key(text) - _GENERIC
        best: tuple[float, Figure] | None = None
        for other, figure in others:
            around = _around(reading, other)
            if test is not None and not re.search(re.escape(test[0]).replace(r"\-", ".?"), around, re.I):
                continue
            share = len(words & key(around)) / max(1, len(words))
            close = ends(text) & ends(around) and other.spot.table is None and _alike(p, figure)
            if close or (share >= LEAST and len(words & key(around)) >= 2 and (best is None or share > best[0])):
                best = (share, figure)
        named = _row(reading, text) if best is None or test is None else None
        if named is not None and not named.printed.agrees(p.printed) and _contrary(p, named):
            best, test = (1.0, named), test or _EXACT.search(text)
        if best is not None and test is not None:
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"P {p.printed} in the legend is inconsistent with {best[1].printed} for the same comparison elsewhere",
                "the figure may show other patients or another test",
                quotes=((p.start, p.end), (best[1].start, best[1].end)),
            )  # fmt: skip


def _row(reading: Reading, legend: str) -> Figure | None:
    """Give the P of the only row of all tables that a legend names in full, where the legend is about the groups."""
    if _PART.search(legend):
        return None
    named = [x for x in table_lines(reading) if x.p is not None and names(x.name, legend) and not x.marked]
    named = [x for x in named if len([c for c in x.cells if len(c.figures) > 1]) == 2]
    most = max((len(ordered(x.name)) for x in named), default=0)
    longest = [x for x in named if len(ordered(x.name)) == most]
    return longest[0].p.figure("p") if len(longest) == 1 and longest[0].p is not None else None


def _contrary(one: Figure, two: Figure) -> bool:
    """Say whether two P values are on two sides of 0.05 or differ by more than a factor of five."""
    a, b = float(one.printed.value), float(two.printed.value)
    a, b = (x / 2 if f.printed.bound in ("<", "≤") else x for x, f in ((a, one), (b, two)))
    return (a < 0.05) != (b < 0.05) or max(a, b) > 5 * max(min(a, b), 1e-9)


def _alike(one: Figure, two: Figure) -> bool:
    """Say whether two P values of many digits differ in one digit only."""
    a, b = one.printed.text, two.printed.text
    return len(a) == len(b) >= 5 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _around(reading: Reading, r: Reported) -> str:
    document = reading.document
    if r.spot.table is not None:
        table = document.tables[r.spot.table]
        row = table.rows[r.spot.row].label.text if r.spot.row is not None else ""
        heads = " ".join(c.label for c in table.columns)
        return f"{table.caption.text if table.caption else ''} {row} {heads}"
    sentence = document.sentence_at(r.start)
    return document.prose[sentence.start : sentence.end] if sentence is not None else ""
