"""Tables with one row for each patient: which they are, what their columns measure, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.scan.parts import Cell, Column, Role, Table
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

MOST = 40
"""Rows of such a table at most."""
COUNT = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("zero",)), key=len, reverse=True))
ROLES: tuple[Role, ...] = ("abstract", "methods", "results", "body")

_CASE = Expression(r"^(?:cases?|patients?|pt|subject|no\.?|#)\b", re.I)
_UNITS = Expression(r"\([^()]*\)|\[[^\[\]]*\]|%")
_TIMED = Expression(
    r"\b(?P<first>0|baseline|before|pre|initial|start|entry|admission|first)\b|"
    r"\b(?P<n>\d+)\s*(?:mo|months?|w|wk|weeks?|y|yr|years?|d|days?)\b|"
    r"\b(?:months?|weeks?|years?|days?|w|m)\s*(?P<n2>\d+)\b|\b(?P<last>after|post|final|last|end|follow-?up|discharge)\b",
    re.I,
)
SUBSET = Expression(
    r"\b(?:among|subgroup|of (?:these|those|whom|them)|remaining|others?\b|the rest|survivors|responders|except|"
    r"apart from|excluding|who (?:died|survived|had|improved|responded|relapsed|were (?:not|still))|literature|"
    r"published|et al|series of|previous\w*|review of|"
    r"in (?:the )?(?:women|men|boys|girls|males|females)|with(?:out)? (?:an? )?[a-z-]+ antibod\w+)\b", re.I,
)  # fmt: skip
"""Words by which a sentence is about some of the patients, or about others."""


class Measured(NamedTuple):
    """A column of numbers: the words of what is measured, "first", "later" or no time, and the numbers row by row."""

    column: Column
    words: frozenset[str]
    time: str
    numbers: tuple[Number | None, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers that are printed."""
        return tuple(n.value for n in self.numbers if n is not None)

    @property
    def quote(self) -> Spot:
        """From the first to the last number."""
        found = [n for n in self.numbers if n is not None]
        return found[0].start, found[-1].end


class Cases(NamedTuple):
    """A table of patients: their numbers, and the columns of measurements and of words."""

    table: Table
    labels: tuple[str, ...]
    measured: tuple[Measured, ...]
    worded: tuple[tuple[Column, tuple[Cell, ...]], ...]


def case_lists(reading: Reading) -> Iterator[Cases]:
    """Give the tables whose first column numbers the patients."""
    for table in reading.document.tables:
        rows = list(body(table))
        label = table.columns[0].label.strip() if table.columns else ""
        if not _CASE.match(label) or not 3 <= len(rows) <= MOST:
            continue
        if any(not re.match(r"\D{0,8}\d+\D?$", r.label.text) for r in rows):
            continue
        measured, worded = [], []
        for column in table.columns[1:]:
            cells = tuple(table.cell(r.index, column.index) for r in rows)
            contents = [content(reading, c) for c in cells]
            numbers = tuple(c.numbers[0] if c.shape in ("#", "#%") else None for c in contents)
            if sum(n is not None for n in numbers) * 3 >= 2 * len(rows):
                words, time = _what(column.label)
                measured.append(Measured(column, words, time, numbers))
            else:
                worded.append((column, cells))
        yield Cases(table, tuple(re.sub(r"\D", "", r.label.text) for r in rows), tuple(measured), tuple(worded))


def _what(label: str) -> tuple[frozenset[str], str]:
    timed = _TIMED.search(label)
    name = _TIMED.sub(" ", _UNITS.sub(" ", label))
    time = "" if timed is None else "first" if timed["first"] or "0" in (timed["n"], timed["n2"]) else "later"
    return frozenset(w for w in key(name) if not w.isdigit()), time


def of_name(cases: Cases, words: str) -> list[Measured]:
    """Give the columns that some words name: by every word of the head, or its first four letters or more."""
    said = key(words)
    return [m for m in cases.measured if m.words and all(any(_same(w, s) for s in said) for w in m.words)]


def _same(head: str, said: str) -> bool:
    return head == said or (len(head) >= 4 and said.startswith(head))


def pairs(cases: Cases) -> Iterator[tuple[Measured, Measured]]:
    """Give columns of one measurement before and after, where there is one of each."""
    for first in cases.measured:
        later = [m for m in cases.measured if m.words == first.words and m is not first]
        if first.time == "first" and len(later) == 1 and later[0].time == "later":
            yield first, later[0]


def number(text: str) -> float:
    """Give a number printed in digits or as a word."""
    return float(NUMBER_WORDS[text.lower()]) if text.lower() in NUMBER_WORDS else float(text)


def told(reading: Reading) -> Iterator[Line]:
    """Give the sentences that speak of the paper's own patients, all of them."""
    return (line for line in lines(reading, ROLES) if not SUBSET.search(line.words))


__all__ = ["COUNT", "MOST", "ROLES", "SUBSET", "Cases", "Measured", "case_lists", "number", "of_name", "pairs", "told"]
