"""How a scan looks: a line or a JSON object for each statistic, and the totals of the ledger."""

from __future__ import annotations

from typing import Any

from evsynth.scan.document import Document
from evsynth.scan.ledger import Scanned
from evsynth.scan.parts import Phrase
from evsynth.scan.statistics import Reported


def statistic_line(reported: Reported, document: Document) -> str:
    """Give a statistic one line: place, kind, text, and the words that say what, in whom, when."""
    line, column = document.line(reported.start)
    about = [phrase.text for phrase in (reported.variable, reported.group, reported.at) if phrase is not None]
    kind = reported.measure.replace("_", " ") if reported.measure and reported.sort != "p" else reported.sort
    place = f"{line}:{column}"
    return f"{place:<9} {kind:<16} {' '.join(reported.text.split())}" + (f"  ({' · '.join(about)})" if about else "")


def statistic_object(reported: Reported, document: Document) -> dict[str, Any]:
    """Give a statistic as an object; offsets are those of the characters of the document."""
    line, column = document.line(reported.start)
    return {
        "sort": reported.sort,
        "measure": reported.measure,
        "label": reported.label,
        "text": reported.text,
        "start": reported.start,
        "end": reported.end,
        "line": line,
        "column": column,
        "place": {name: value for name, value in reported.spot._asdict().items() if value is not None},
        "variable": _phrase(reported.variable),
        "group": _phrase(reported.group),
        "at": _phrase(reported.at),
        "figures": [
            {"statistic": f.statistic, "printed": f.printed.text, "start": f.start, "end": f.end}
            for f in reported.figures
        ],
    }


def ledger_object(scan: Scanned) -> dict[str, Any]:
    """Give a ledger as an object: totals, numbers not used by reason, and every number."""
    entries = []
    for entry in scan.ledger.entries:
        line, column = scan.document.line(entry.start)
        entries.append(entry._asdict() | {"line": line, "column": column})
    return {
        "document": scan.ledger.document,
        "totals": scan.ledger.totals,
        "not used": scan.ledger.classes,
        "entries": entries,
    }


def totals_line(scan: Scanned) -> str:
    """Give the totals as a sum."""
    totals = scan.ledger.totals
    parts = f"{totals['extracted']} extracted + {totals['not used']} not used + {totals['unreviewed']} unreviewed"
    return f"{totals['found']} found = {parts}"


def unreviewed_lines(scan: Scanned, file: str) -> list[str]:
    """Give every unreviewed number with its place and the words around it."""
    shown = []
    for entry in scan.ledger.unreviewed:
        line, column = scan.document.line(entry.start)
        text = scan.document.text
        before = " ".join(text[max(0, entry.start - 50) : entry.start].rpartition("\n")[2].split())
        after = " ".join(text[entry.end : entry.end + 40].partition("\n")[0].split())
        shown.append(f"{file}:{line}:{column}: unreviewed: {before} [{entry.text}] {after}")
    return shown


def _phrase(phrase: Phrase | None) -> dict[str, Any] | None:
    return phrase._asdict() if phrase is not None else None
