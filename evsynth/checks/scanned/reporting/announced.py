"""A scale or a secondary outcome that the methods list, and of which nothing is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("OUTCOME_NOT_REPORTED",)

_TOOLS = Expression(
    r"\b(?:measurement tools?|instruments?|scales?|questionnaires?|assessments?|measures|outcomes? measures?|"
    r"(?:secondary|"
    r"other|exploratory) (?:efficacy )?(?:end-?points?|outcomes?))\b[^.;:]{0,60}?(?:\b(?:included|were|comprised|"
    r"consisted of|are|include)\b(?: as follows| the following)?\s*:?|:)\s*(?P<list>[^.;]{10,700})",
    re.I,
)
_SHORT = Expression(r"\((?P<short>[A-Z0-9a-z]*[A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*)\)(?:\s*-\s*\d+)?")

LEAST = 3
"""A list of fewer named scales is no list in which one is missed."""


class Scale(NamedTuple):
    """A scale that the methods list by its abbreviation, its words, and where."""

    short: str
    words: str
    spot: Spot


def announced(reading: Reading) -> Iterator[Finding]:
    """Find scales listed in the methods, with an abbreviation each, of which one stands nowhere after the methods.

    Most of the list must be reported, in the results, a table or a legend; the one that is missed must stand there
    neither by its abbreviation nor by its words. Left alone: documents that are not full texts.
    """
    document = reading.document
    if document.kind != "full text":
        return
    for line in lines(reading, ("methods",)):
        match = _TOOLS.search(line.words)
        if match is None:
            continue
        at = line.start + match.start("list")
        scales = list(_scales(match["list"], at))
        if len(scales) < LEAST:
            continue
        text = _reported(reading)
        missed = [s for s in scales if not _stands(s, text)]
        if missed and len(missed) * 3 <= len(scales):
            yield reading.finding(
                "OUTCOME_NOT_REPORTED", "concern",
                f"{', '.join(s.words for s in missed)}: listed in the methods, and nothing of it is reported",
                "it may stand in a supplement; an outcome that was measured and is not reported may have shown nothing",
                quotes=tuple(s.spot for s in missed),
                computed=(("listed", str(len(scales))), ("reported", str(len(scales) - len(missed)))),
            )  # fmt: skip


def _scales(listed: str, at: int) -> Iterator[Scale]:
    start = 0
    for match in _SHORT.finditer(listed):
        words = re.split(r"[,:]\s*|\band\s+", listed[start : match.start()].strip())[-1].strip()
        if words:
            begin = listed.rfind(words, 0, match.start())
            yield Scale(match["short"], words, (at + begin, at + match.end()))
        start = match.end()


def _reported(reading: Reading) -> str:
    document = reading.document
    parts = [line.words for line in lines(reading, ("results",))]
    parts += [document.plain[table.start : table.end] for table in document.tables]
    parts += [document.plain[legend.start : legend.end] for legend in document.legends]
    return " ".join(" ".join(parts).split())


def _stands(scale: Scale, text: str) -> bool:
    if re.search(rf"(?<![A-Za-z]){re.escape(scale.short)}(?![A-Za-z])", text, re.I):
        return True
    words = re.findall(r"[A-Za-z]{4,}", scale.words)
    return bool(words) and all(re.search(rf"\b{w[:6]}", text, re.I) for w in words)
