"""The journal that a text names is not the journal it cites, or that of the record or full text of the same study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.elsewhere.cited import FRONT
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Quoted
from evsynth.text.expressions import Expression
from evsynth.text.journals import same_journal

CODES = ("JOURNAL_DIFFERS",)

_NAME = (
    r"(?:[A-Z][\w&'-]*\.?)(?:,?\s+(?:of|the|and|in|for|on|&)(?=\s+(?:the\s+)?[A-Z])|"
    r"\s+[A-Z][\w&'-]*\.?){0,8}"
)
_NAMED = Expression(
    r"\b(?:published|appeared|reported|printed)\s+(?:online\s+|recently\s+|last \w+\s+|first\s+)?in\s+(?:the\s+)?"
    rf"(?:journal\s+)?[*_\"']?(?P<name>{_NAME})"
)
_BY_YEAR = Expression(
    rf"(?:\bin\s+(?:the\s+)?|(?<=[.,:;?])\s+|[*_])[*_\"']?(?P<name>{_NAME})[*_\"']?\.?,?\s*\(?(?:(?:Jan|Feb|Mar|"
    rf"Apr|May|Jun|"
    r"Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+)?(?:19|20)\d\d"
)
_PAPER = Expression(
    r"\b(?:et al|colleagues|co-?workers|and others|paper|source|reference|article|published|report(?:ed)?|"
    r"citation|authors?|"
    r"original)\b", re.I,
)  # fmt: skip
_CITED = Expression(
    r"(?:[.\]?])\s+[*_]?(?P<name>(?:[A-Z][A-Za-z]*\.?\s+){1,5}?)[*_]?(?=(?:\(?(?:19|20)[0-9]{2}|doi\b|https?://|"
    r"[0-9]+\s*[:;(]))"
)
_HEAD = Expression(
    rf"(?:^|[\n.*_])\s*[*_]?(?P<name>{_NAME})[*_]?[.,]?\s+\(?(?:19|20)\d\d\)?\s?[;:,.]\s?(?:vol\w*\.?\s)?\d", re.M
)
_MONTHS = Expression(r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.I)
_NOT = Expression(
    r"\b(?:English|Chinese|Published|Online|Epub|Accepted|Received|Lancet Oncology|Denmark|Sweden|Norway|Germany|"
    r"France|Spain|Italy|China|Japan|India|Canada|Australia|United|Hospital|University|Europe|Congress|Meeting|"
    r"Club|Abstract|Background|Objectives?|Introduction|Last|Since|In|On|By|Until|Between|January|February|March|April|"
    r"June|July|August|September|October|November|December)\b"
)
_PLACE = Expression(r",\s[A-Z][a-z]+")
"""After the name of a town: "was reported in Wuhan, China"."""


class Journal(NamedTuple):
    """A journal as it is named, and the piece in which it is."""

    name: str
    quoted: Quoted


def journals(reading: Reading) -> Iterator[Finding]:
    """Compare the journal in which a text says the study was published with that of the citation, record or full text.

    An abbreviation fits a name when its words begin the words of the name, in order. Judged for summaries, abstract
    pages and records; a full text cites many journals. Left alone: texts that name several journals, and a text that
    names the journal of the record or of the full text anywhere.
    """
    if reading.document.kind == "full text":
        return
    known = [j for other in reading.related for j in _published(other)]
    if reading.document.kind == "record":
        named = next(_published(reading), None)
        known = [j for j in known if j.quoted.source != reading.document.id]
    else:
        named = _unique(list(_found(reading, _NAMED))) or (_beside_year(reading, known) if known else None)
    if named is None or any(same_journal(named.name, k.name) for k in known):
        return
    printed = _unique(list(_found(reading, _CITED))) if reading.document.kind != "record" else None
    cited = next(iter(known), None)
    if printed is not None and not same_journal(named.name, printed.name):
        cited = printed
    if cited is None or same_journal(named.name, cited.name):
        return
    if reading.document.kind == "record" and any(same_journal(j.name, cited.name) for j in _published(reading)):
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


def _beside_year(reading: Reading, known: list[Journal]) -> Journal | None:
    """Give the journal beside a year in a sentence on the paper; None where that of the study stands there too."""
    plain = reading.document.plain
    found = []
    for journal in _found(reading, _BY_YEAR):
        start = journal.quoted.start or 0
        lead = plain[max(0, plain.rfind("\n", 0, start), start - 200) : start]
        if start < 2 * FRONT and len(journal.name.split()) > 1 and _PAPER.search(lead):
            found.append(journal)
    if any(same_journal(j.name, k.name) for j in found for k in known):
        return None
    return found[0] if found else None


def _found(reading: Reading, pattern: Expression) -> Iterator[Journal]:
    for match in pattern.finditer(reading.document.plain):
        name = " ".join(match["name"].split())
        place = pattern is _NAMED and " " not in name and _PLACE.match(reading.document.plain, match.end())
        if not _MONTHS.match(name) and not _NOT.search(name) and not place:
            start = match.start("name")
            end = match.end() if pattern is _BY_YEAR else start + len(match["name"].rstrip())
            yield Journal(name, reading.quoted(start, end))


def _unique(found: list[Journal]) -> Journal | None:
    return found[0] if found and all(same_journal(found[0].name, j.name) for j in found) else None


def _published(reading: Reading) -> Iterator[Journal]:
    """Give the journal of a MEDLINE record, or that at the head of a full text with year and volume."""
    document = reading.document
    for tag in ("JT", "TA"):
        for field in document.fields:
            if field.tag == tag:
                yield Journal(document.plain[field.start : field.end].strip(), reading.quoted(field.start, field.end))
    if document.kind == "full text":
        stop = min(
            (s.start for s in document.sections if s.role in ("abstract", "background", "methods")), default=FRONT
        )
        for match in _HEAD.finditer(document.plain, 0, max(stop, 200)):
            start = match.start("name")
            yield Journal(" ".join(match["name"].split()), reading.quoted(start, start + len(match["name"])))
