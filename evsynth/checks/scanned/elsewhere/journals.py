"""The journal that a text names is not the journal it cites, or that of the record of the same study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Quoted
from evsynth.text.journals import same_journal

CODES = ("JOURNAL_DIFFERS",)

_NAMED = re.compile(
    r"\b(?:published|appeared|reported)\s+(?:online\s+|recently\s+)?in\s+(?:the\s+)?(?:journal\s+)?[*_\"]?"
    r"(?P<name>[A-Z][\w&'-]+(?:\s+(?:of|the|and|in|for|on|&)(?=\s+(?:the\s+)?[A-Z])|\s+[A-Z][\w&'-]+){0,8})"
)
_CITED = re.compile(
    r"(?:[.\]?])\s+[*_]?(?P<name>(?:[A-Z][A-Za-z]*\.?\s+){1,5}?)[*_]?(?=(?:\(?(?:19|20)[0-9]{2}|doi\b|https?://|"
    r"[0-9]+\s*[:;(]))"
)
_MONTHS = re.compile(r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.I)
_NOT = re.compile(r"\b(?:English|Chinese|Published|Online|Epub|Accepted|Received|Lancet Oncology)\b")


class Journal(NamedTuple):
    """A journal as it is named, and the piece in which it is."""

    name: str
    quoted: Quoted


def journals(reading: Reading) -> Iterator[Finding]:
    """Compare the journal that a sentence says the study was published in with that of the citation or the record.

    An abbreviation fits a name when its words begin the words of the name, in order. Judged for summaries, abstract
    pages and short texts; a full text cites many journals. Left alone: texts that name several journals.
    """
    if reading.document.kind in ("full text", "record"):
        return
    named = _unique(list(_found(reading, _NAMED)))
    if named is None:
        return
    cited = _unique(list(_found(reading, _CITED))) or next(
        (j for other in reading.related for j in _recorded(other)), None
    )
    if cited is None or same_journal(named.name, cited.name):
        return
    start, end = named.quoted.start, named.quoted.end
    if start is None or end is None:
        return
    yield reading.finding(
        "JOURNAL_DIFFERS", "inconsistent",
        f"'{named.name}' is named as the journal of the study, and '{cited.name}' is cited",
        "the sentence may be about an earlier report of the same cohort",
        quotes=((start, end),), others=(cited.quoted,),
    )  # fmt: skip


def _found(reading: Reading, pattern: re.Pattern[str]) -> Iterator[Journal]:
    for match in pattern.finditer(reading.document.plain):
        name = " ".join(match["name"].split())
        if not _MONTHS.match(name) and not _NOT.search(name):
            start = match.start("name")
            yield Journal(name, reading.quoted(start, start + len(match["name"].rstrip())))


def _unique(found: list[Journal]) -> Journal | None:
    return found[0] if found and all(same_journal(found[0].name, j.name) for j in found) else None


def _recorded(reading: Reading) -> Iterator[Journal]:
    """Give the journal of a MEDLINE record."""
    for tag in ("JT", "TA"):
        for field in reading.document.fields:
            if field.tag == tag:
                yield Journal(
                    reading.document.plain[field.start : field.end].strip(), reading.quoted(field.start, field.end)
                )
