"""Ranges of a baseline table below a number that all had to have: "at least two attacks in the past year"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.five_numbers import five_numbers
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure, Row
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_PAST = r"(?:in|during|within|over) the (?:previous|preceding|past|prior|last|12 months before|year before)"
_LEAST = Expression(
    rf"\b(?:(?:at least|≥|a minimum of|no fewer than)\s?(?P<n>\d|{WORD})|(?P<m>\d|{WORD}) or more) "
    rf"(?:[a-z-]+ ){{0,2}}?(?P<noun>exacerbations?|attacks|relapses|seizures?|falls|flares|episodes|admissions|"
    rf"hospitali[sz]ations|infections|migraine days|headache days) {_PAST}", re.I,
)  # fmt: skip
_ENTRY = Expression(
    r"\b(?:eligib\w+|inclusion|included|enrol+ed|recruited|randomi[sz]ed|randomly|required|entry|took part)\b", re.I
)
_NOT = Expression(
    r"\b(?:exclu\w+|either|subgroup\w*|stratif\w*|defined|responders?|frequent|outcome|"
    r"controls?)\b",
    re.I,
)
_OR = Expression(r"[^,;.]{0,14}?\bor\b")
_BEFORE = Expression(r"\b(?:previous|preceding|past|prior|last|history|before)\b", re.I)


def least_events_of_entry(reading: Reading) -> Iterator[Finding]:
    """Find a least value, or a centre, of a row that names the event and the time before entry, below the criterion.

    Left alone: criteria with alternatives and of exclusion, groups of controls, rows of rates.
    """
    for line in lines(reading, ("abstract", "methods", "body")):
        match = _LEAST.search(line.words)
        if match is None or not _ENTRY.search(line.words) or _NOT.search(line.words):
            continue
        if _OR.match(line.words, match.end()):
            continue
        text = match["n"] or match["m"]
        least = int(text) if text.isdigit() else value(text)
        stem = match["noun"].lower().split(" ")[0].rstrip("s")
        for row, low in _lows(reading):
            label = row.label.text
            if stem not in label.lower() or not _BEFORE.search(label) or re.search(r"rate|per|%|change", label, re.I):
                continue
            if 0 <= low.printed.value < least:
                yield reading.finding(
                    "ELIGIBILITY_CONTRADICTS", "inconsistent",
                    f"{low.printed} in '{row.stem}' is inconsistent with the criterion of entry "
                    f"('{' '.join(match[0].split())}')",
                    "the row may count other events; otherwise a digit is misprinted",
                    quotes=((low.start, low.end), line.piece(match)),
                )  # fmt: skip
                return


def _lows(reading: Reading) -> Iterator[tuple[Row, Figure | Number]]:
    for five in five_numbers(reading):
        yield five.row, five.minimum
    for line in table_lines(reading):
        for cell in line.cells:
            low = cell.figure("minimum") or cell.figure("median")
            if low is not None:
                yield line.row, low
