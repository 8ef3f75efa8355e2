"""Sensitivity, specificity and the like of a sentence against the row of a table that prints all of them but one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Role, Row, Table
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion")
_NAMES = {
    "sensitivity": r"sensitivit(?:y|ies)", "specificity": r"specificit(?:y|ies)",
    "ppv": r"(?:positive predictive values?|PPVs?)", "npv": r"(?:negative predictive values?|NPVs?)",
    "accuracy": r"(?:diagnostic |overall )?accuracy", "auc": r"(?:AUCs?|AUROC|area under the (?:ROC )?curve)",
}  # fmt: skip
_TOLD = Expression(
    "(?P<name>" + "|".join(rf"(?P<{k}>\b{v})" for k, v in _NAMES.items()) + r")(?:\s?\((?:PPV|NPV|AUC)\))?"
    r"(?:\s(?:was|were|of|is|reached|at)|\s?[=:,(])*\s?(?P<n>\d{1,3}(?:\.\d+)?)(?!\d|[.,]\d)\s?%?", re.I,
)  # fmt: skip
_HEADS = {k: Expression(rf"(?:^|/ )\W*{v}\b", re.I) for k, v in _NAMES.items()}
_OTHER = Expression(
    r"\bet al\b|\b(?:previous|other|earlier|meta-anal\w+|pooled|validation|training|derivation)\b", re.I
)


class _Value(NamedTuple):
    """One value of a sentence and where it stands."""

    printed: Printed
    spot: Spot


def accuracy_in_rows(reading: Reading) -> Iterator[Finding]:
    """Compare sentences that tell two or more of these values, each once, with every row that prints them.

    All but one must be the same in one row, which shares a number or a word with the sentence. Left alone: sentences of
    which any row prints all values; validation and other studies.
    """
    tables = [(t, heads) for t in reading.document.tables if len(heads := _heads(t)) > 1]
    if not tables:
        return
    for line in lines(reading, _ROLES):
        told: dict[str, list[_Value]] = {}
        for match in _TOLD.finditer(line.words):
            name = next(k for k in _NAMES if match[k])
            start = line.start + match.start("n")
            told.setdefault(name, []).append(_Value(Printed.parse(match["n"]), (start, start + len(match["n"]))))
        if len(told) < 2 or any(len(v) > 1 for v in told.values()) or _OTHER.search(line.words):
            continue
        yield from _judged(reading, line.words, {k: v[0] for k, v in told.items()}, tables)


def _heads(table: Table) -> dict[str, int]:
    """Give the column of each value that exactly one column prints."""
    found = {k: [c.index for c in table.columns[1:] if p.search(c.label)] for k, p in _HEADS.items()}
    return {k: v[0] for k, v in found.items() if len(v) == 1}


def _judged(
    reading: Reading, words: str, told: dict[str, _Value], tables: list[tuple[Table, dict[str, int]]]
) -> Iterator[Finding]:
    near: list[tuple[Row, str, Number]] = []
    for table, heads in tables:
        shared = [k for k in told if k in heads]
        if len(shared) < 2:
            continue
        for row in body(table):
            cells = {k: content(reading, table.cell(row.index, heads[k])) for k in shared}
            if any(not c.numbers for c in cells.values()):
                continue
            wrong = [k for k in shared if not told[k].printed.agrees(cells[k].numbers[0].printed)]
            if not wrong:
                return
            same = [told[k].printed for k in shared if k not in wrong]
            if len(wrong) == 1 and sum(len(re.sub(r"\D", "", v.text)) for v in same) >= 3 and _linked(row, words):
                near.append((row, wrong[0], cells[wrong[0]].numbers[0]))
    if len(near) != 1:
        return
    row, name, printed = near[0]
    if told[name].printed.decimals != printed.printed.decimals:
        return
    yield reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{name} {told[name].printed} is inconsistent with {printed.printed} of the row '{row.label.text}', which "
        f"prints the other values of the sentence",
        "another cut-off or set may be meant; otherwise a digit is misprinted",
        quotes=(told[name].spot, (printed.start, printed.end)),
    )  # fmt: skip


def _linked(row: Row, words: str) -> bool:
    """Say whether a row shares a number of its label with the sentence, or a word."""
    pieces = re.findall(r"\d+(?:\.\d+)?|[A-Za-z][\w-]{3,}", row.label.text)
    return any(re.search(rf"(?<![\w.]){re.escape(p)}(?![\w]|\.\d)", words, re.I) for p in pieces)


__all__ = ["CODES", "accuracy_in_rows"]
