"""The PRISMA-S checklist of a whole review, from its searches; what nobody recorded is marked, never made up.

Rethlefsen et al. 2021, doi:10.1186/s13643-020-01542-z. What each item asks is told here in our own words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evsynth.model.reporting import Reporting
from evsynth.sources.search.paragraph import NAMES, Told, items, strategy

NOT_RECORDED = "not recorded"

_ASKED = (
    "each database and its platform",
    "databases searched at once on one platform",
    "registries of studies",
    "web sites, contents and proceedings, and how",
    "citing and cited references, and how",
    "authors, experts, manufacturers",
    "any other way",
    "each strategy exactly as it was run",
    "limits with their reasons, or that there were none",
    "published filters with their citation",
    "strategies taken from earlier reviews",
    "how the searches are kept up to date",
    "the day of each search",
    "who reviewed the strategies, and how",
    "records found in each source",
    "how duplicates were found, and with what",
)
_SAID = {
    1: "databases", 2: "together", 3: "registries", 4: "browsing", 5: "citation_searching", 6: "contacts",
    7: "other_methods", 14: "peer_review", 16: "deduplication",
}  # fmt: skip
"""The key of reporting.yaml that answers an item for the whole review."""


class Answer(NamedTuple):
    """What one search, or the review (`search` is empty), says to an item; `text` is empty where it is not recorded."""

    search: str
    text: str


class Line(NamedTuple):
    """One item of the checklist."""

    number: int
    name: str
    asked: str
    answers: tuple[Answer, ...]

    @property
    def state(self) -> str:
        """Whether it is recorded, recorded for some searches only (`in part`), or not recorded."""
        told = [bool(answer.text) for answer in self.answers]
        return "recorded" if told and all(told) else "in part" if any(told) else NOT_RECORDED


def checklist(told: Sequence[Told], said: Reporting, deduplication: str) -> tuple[Line, ...]:
    """Answer all sixteen items. `deduplication` is what the review's own links say; empty where there are none."""
    answered = {one.search.search: {item.number: item.answer for item in items(one)} for one in told}
    lines = []
    for number, (name, asked) in enumerate(zip(NAMES, _ASKED, strict=True), 1):
        own = [Answer(search, answer[number]) for search, answer in answered.items() if number in answer]
        if number == 16 and deduplication:
            own.append(Answer("", deduplication))
        if number in _SAID and (words := getattr(said, _SAID[number])):
            own = [answer for answer in own if answer.text or number != 14]
            own.append(Answer("", words))
        lines.append(Line(number, name, asked, tuple(own)))
    return tuple(lines)


def checklist_markdown(lines: Iterable[Line], told: Sequence[Told]) -> str:
    """Write the checklist as a table, and under it every strategy as it was run."""
    rows = ["| item | PRISMA-S | | answer |", "|---|---|---|---|"]
    for line in lines:
        rows.append(f"| {line.number} | {line.name} | {line.state} | {_cell(_shown(line))} |")
    parts = ["# PRISMA-S checklist\n", "\n".join(rows) + "\n"]
    for one in told:
        if text := strategy(one.search):
            shown = "\n".join(f"    {row}".rstrip() for row in text.splitlines())
            parts.append(f"## Strategy of {one.search.search}\n\n{shown}\n")
    return "\n".join(parts)


def checklist_csv(lines: Iterable[Line]) -> str:
    """Write the checklist as CSV, one row for each answer; an item that nobody answers has one row."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("item", "name", "search", "answer"))
    for line in lines:
        for answer in line.answers or (Answer("", ""),):
            table.writerow((line.number, line.name, answer.search, _safe(answer.text or NOT_RECORDED)))
    return out.getvalue()


def checklist_text(lines: Iterable[Line]) -> str:
    """Write the checklist for the screen."""
    out = []
    for line in lines:
        mark = "" if line.state == "recorded" else f"  [{line.state.upper()}: {line.asked}]"
        out.append(f"{line.number:>2}  {line.name}{mark}")
        out += [f"      {said}" for said in _shown(line) if line.answers]
    return "\n".join(out) + "\n"


def _shown(line: Line) -> list[str]:
    found = []
    for search, text in line.answers:
        said = _length(text) if line.number == 8 and text else text or NOT_RECORDED
        found.append(f"{search}: {said}" if search else said)
    return found or [NOT_RECORDED]


def _length(strategy: str) -> str:
    rows = len(strategy.splitlines())
    return f"recorded, {rows} line{'' if rows == 1 else 's'}"


def _cell(texts: list[str]) -> str:
    return "<br>".join(" ".join(text.split()).replace("|", "\\|") for text in texts)


def _safe(text: str) -> str:
    """Put a `'` before what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
