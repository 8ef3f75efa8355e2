"""An abbreviation that stands once and has the letters of a common one in another order: MAsA for MAAs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ABBREVIATION_MISPRINTED",)

_SHORT = Expression(r"(?<![\w-])[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?![\w-])")
COMMON = 5
"""An abbreviation that stands so often is taken for the right one."""
LETTERS = 4
"""Of three letters many are right in two orders: LDH and HDL."""


def misprinted_abbreviation(reading: Reading) -> Iterator[Finding]:
    """Find an abbreviation of four letters or more that stands once, beside a common one of the same letters.

    A note. Left alone: an abbreviation that is explained, and all in references and addresses.
    """
    places: dict[str, list[Spot]] = defaultdict(list)
    for section in reading.document.sections:
        if section.role not in ("references", "front matter", "back matter", "field", "keywords"):
            for m in _SHORT.finditer(reading.document.plain, section.start, section.end):
                if len(m[0]) >= LETTERS:
                    places[m[0]].append(m.span())
    alike: dict[str, list[str]] = defaultdict(list)
    for short in places:
        alike["".join(sorted(short.lower()))].append(short)
    for shorts in alike.values():
        common = max(shorts, key=lambda short: len(places[short]))
        if len(shorts) < 2 or len(places[common]) < COMMON:
            continue
        for short in shorts:
            if len(places[short]) == 1 and short.lower() != common.lower() and not _explained(reading, short):
                yield reading.finding(
                    "ABBREVIATION_MISPRINTED", "note",
                    f"{short} stands once and {common} {len(places[common])} times; the letters are the same",
                    "it may be an abbreviation of its own, explained nowhere; otherwise letters changed places",
                    quotes=(places[short][0], places[common][0]),
                )  # fmt: skip


def _explained(reading: Reading, short: str) -> bool:
    start, end = next(m.span() for m in _SHORT.finditer(reading.document.plain) if m[0] == short)
    text = reading.document.plain
    return (text[start - 1 : start] == "(" and text[end : end + 1] == ")") or (
        text[end : end + 2] in (", ", ": ")
        and (text[end + 2 : end + 3].islower() and text[:start].rstrip()[-1:] in ";.:")
    )
