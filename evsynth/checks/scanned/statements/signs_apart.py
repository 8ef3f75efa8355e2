"""One coefficient with two signs: "β = 0.320" in the text and −0.320 in the table, rho +.50 here and −.50 there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_TOLD = Expression(
    r"(?<![\w-])(?P<name>β|[Bb]eta|B|b|rho|ρ|r_?s?|tau|τ)\s*(?:=|of|was|:)\s*(?P<sign>[-+−]?)\s*(?P<n>\d?\.\d{2,4})(?![\d%])"
    r"(?:\s*[,;]\s*(?P<p>[Pp]\s*[=<>]\s*0?\.\d+))?"
)
_CELL = Expression(r"(?<![\w.,])(?P<sign>[-+−]?)(?P<n>\d?\.\d{2,4})(?![\d%])")
_KINDS = {"β": "beta", "beta": "beta", "b": "b", "rho": "rho", "ρ": "rho", "r": "rho", "rs": "rho", "r_s": "rho",
          "tau": "tau", "τ": "tau"}  # fmt: skip
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier|et al|literature|reported by|another|other (?:stud|series|cohort)\w*)\b|absolute|\|",
    re.I,
)
_ROLES: tuple[Role, ...] = (
    "abstract", "results", "body", "discussion", "conclusion", "figure legend",
)  # fmt: skip


class _Coefficient(NamedTuple):
    kind: str
    digits: str
    negative: bool
    p: str
    words: frozenset[str]
    spot: Spot
    line: Line


def signs_apart(reading: Reading) -> Iterator[Finding]:
    """Look for a coefficient of the text whose number stands elsewhere with the other sign, and nowhere with its own.

    In a table, in a row that shares a word with the sentence; in another section of the text, with the same P and
    two words in common.
    """
    told = list(_told(reading))
    cells = list(_cells(reading)) if told else []
    seen: set[frozenset[Spot]] = set()
    for one in told:
        if one.digits.strip("0").lstrip(".") in ("", "1"):
            continue
        rows = [c for c in cells if c.digits == one.digits and c.words & one.words]
        texts = [t for t in told if t is not one and t.digits == one.digits and t.kind == one.kind]
        if any(c.negative == one.negative for c in (*rows, *texts)):
            continue
        against = [c for c in rows if len(one.digits) >= 4] or [
            t for t in texts if one.p and t.p == one.p and t.negative != one.negative
            and t.line.section != one.line.section and len(t.words & one.words) >= 2
        ]  # fmt: skip
        if not against or frozenset((one.spot, against[0].spot)) in seen:
            continue
        seen.add(frozenset((one.spot, against[0].spot)))
        other = against[0]
        shown = [("-" if c.negative else "+") + f"0{c.digits}" for c in (one, other)]
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{shown[0]} is inconsistent with {shown[1]}, printed for it elsewhere",
            "a minus sign may be lost or too much; or two coefficients of one size are meant",
            quotes=(one.spot, other.spot),
        )  # fmt: skip


def _told(reading: Reading) -> Iterator[_Coefficient]:
    for line in lines(reading, _ROLES):
        if _OTHERS.search(line.words):
            continue
        for m in _TOLD.finditer(line.words):
            p = re.sub(r"\s", "", m["p"] or "").lower().replace("0.", ".")
            start = max(0, m.start() - 120)
            yield _Coefficient(
                _KINDS[m["name"].lower()], m["n"].lstrip("0"), m["sign"] in ("-", "−"), p,
                stems(line.words[start : m.start()]), (line.start + m.start("n"), line.start + m.end("n")), line,
            )  # fmt: skip


def _cells(reading: Reading) -> Iterator[_Coefficient]:
    line = Line("", 0, 0, "results", 0)
    for table in reading.document.tables:
        for row in table.rows:
            words = stems(row.label.text)
            for cell in row.cells[1:]:
                found = list(_CELL.finditer(reading.document.plain[cell.start : cell.end]))
                if len(found) == 1:
                    m = found[0]
                    spot = (cell.start + m.start("n"), cell.start + m.end("n"))
                    yield _Coefficient("cell", m["n"].lstrip("0"), m["sign"] in ("-", "−"), "", words, spot, line)
