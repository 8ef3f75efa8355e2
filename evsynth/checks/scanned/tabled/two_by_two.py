"""A table of test results by disease against the rates told of it: 46 of 52 diseased are positive, so not 78.5%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.test_figures import SEVERAL, Figure, figures
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_POSITIVE = Expression(r"\bpositive\b|\babnormal\b|^\s?[+]|\(\+\)|\btest ?\+|\bhigh\b|≥|>", re.I)
_NEGATIVE = Expression(r"\bnegative\b|\bnormal\b|^\s?-|\(-\)|\btest ?-|\blow\b|<|≤", re.I)
_HEALTHY = Expression(
    r"\b(?:no|without|non|not|absent|absence|healthy|benign|controls?|negative|normal|uninfected|"
    r"free)\b|\bnon|^un|\(-\)|^\s?-|-$",
    re.I,
)
_COUNT = Expression(r"\s?(\d{1,3}(?:,\d{3})*|\d+)\s?(?:\(\d[\d.]*\s?%?\))?\s?")
_NAMES = {"sensitivity": ("tp", "fn"), "specificity": ("tn", "fp"), "PPV": ("tp", "fp"), "NPV": ("tn", "fn")}


def two_by_two(reading: Reading) -> Iterator[Finding]:
    """Compare the rates told in the text with the one table of two test results by two states that a document has."""
    read = [c for t in reading.document.tables if (c := _counts(t)) is not None]
    if len(read) != 1:
        return
    counts = read[0]
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"sensitiv|specific|predictive|PPV|NPV|accura", line.words) or SEVERAL.search(line.words):
            continue
        told = figures(line.words)
        for name, (one, other) in _NAMES.items():
            if name in told:
                made = counts[one][0] / (counts[one][0] + counts[other][0])
                yield from _judged(reading, line, name, told[name], made, (counts[one][1], counts[other][1]))
        if "accuracy" in told:
            total = sum(c[0] for c in counts.values())
            made = (counts["tp"][0] + counts["tn"][0]) / total
            yield from _judged(reading, line, "accuracy", told["accuracy"], made, (counts["tp"][1], counts["tn"][1]))


def _judged(
    reading: Reading, line: Line, name: str, told: Figure, made: float, spots: tuple[Spot, ...]
) -> Iterator[Finding]:
    value, half = (told.number / 100, told.half / 100) if told.number > 1 else (told.number, told.half)
    if abs(value - made) <= half + 0.006:
        return
    yield reading.finding(
        "ACCURACY", "inconsistent", f"{name} {told.printed} is inconsistent with the counts of the table, which "
                                    f"make {100 * made:.1f}%",
        "the rate may be of another cut-off or other patients; otherwise a digit is misprinted",
        quotes=((line.start + told.start, line.start + told.end), *spots), computed=((name, f"{made:.4f}"),),
    )  # fmt: skip


def _counts(table: Table) -> dict[str, tuple[int, Spot]] | None:
    """Give the four counts of a table of two results by two states; None where it is another table."""
    heads = {c.index: " ".join(h.text for h in c.heads) for c in table.columns[1:]}
    states = {i: h for i, h in heads.items() if h and not re.search(r"\btotal|\ball\b|%", h, re.I)}
    rows = [r for r in table.rows if not re.search(r"\btotal|\ball\b", r.label.text, re.I)]
    if len(states) != 2 or len(rows) != 2:
        return None
    names = [r.label.text for r in rows]
    positive = [_POSITIVE.search(n) is not None and not _NEGATIVE.search(n) for n in names]
    negative = [_NEGATIVE.search(n) is not None for n in names]
    healthy = {i: _HEALTHY.search(h) is not None for i, h in states.items()}
    if sorted(healthy.values()) != [False, True] or not (positive[0] != positive[1] and negative[0] != negative[1]):
        return None
    if any(p == n for p, n in zip(positive, negative, strict=True)):
        return None
    found: dict[str, tuple[int, Spot]] = {}
    for row, test in zip(rows, positive, strict=True):
        for column, well in healthy.items():
            cell = table.cell(row.index, column)
            match = _COUNT.fullmatch(cell.text)
            if match is None:
                return None
            name = ("fp" if well else "tp") if test else ("tn" if well else "fn")
            found[name] = int(match[1].replace(",", "")), (cell.start, cell.end)
    c = {k: v[0] for k, v in found.items()}
    return found if min(c["tp"] + c["fn"], c["tn"] + c["fp"], c["tp"] + c["fp"], c["tn"] + c["fn"]) > 0 else None
