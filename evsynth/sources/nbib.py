"""Write records as MEDLINE text in PubMed's layout (`.nbib`).

Tags stand in six columns; lines end at 87 characters at the latest, unless one word is longer; continuations
begin with six blanks; fields stand in PubMed's order, records are separated by an empty line. `read_medline`
reads back an equal record, its raw text apart; what has no place in a record (`unknown`) stands at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from evsynth.model.record import RELATIONS, Author, Keyword, Record, Substance
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.assembly import DATES
from evsynth.sources.tags import TAGS

WIDTH = 87
_INDENT = " " * 6
_TAG = re.compile(r"[A-Z][A-Z0-9]{1,3}")


def write_nbib(records: Iterable[Record]) -> str:
    """Return the MEDLINE text of records, in order, ending in a line end; `""` for none."""
    return "\n".join(write_record(record) for record in records)


def write_record(record: Record) -> str:
    """Return the MEDLINE text of one record."""
    return "".join(f"{line}\n" for tag, value in record_fields(record) for line in _wrapped(tag, value))


def record_fields(record: Record) -> list[tuple[str, str]]:
    """Return tag and value of each field that a record prints, in PubMed's order."""
    single = {
        "PMID": record.pmid,
        "OWN": record.owner,
        "STAT": record.status,
        "PUBM": record.publishing_model,
        "VI": record.volume,
        "IP": record.issue,
        "PB": record.book.publisher,
        "TI": record.title,
        "BTI": record.book.title,
        "CTI": record.book.collection,
        "VTI": record.book.volume_title,
        "CP": record.book.chapter,
        "EN": record.book.edition,
        "PG": record.pages,
        "AB": record.abstract_text,
        "CI": record.copyright,
        "TT": record.vernacular_title,
        "PL": record.journal.place,
        "TA": record.journal.abbreviation,
        "JT": record.journal.title,
        "JID": record.journal.nlm_id,
        "PMC": record.pmcid,
        "RF": record.references_count,
        "COIS": record.conflict_of_interest,
        "PST": record.publication_status,
        "SO": record.source or _source(record),
    }
    single |= {tag: getattr(record.dates, name) for name, tag in DATES.items()}
    several = {
        "IS": [entries.write_issn(issn) for issn in record.journal.issns],
        "ISBN": record.book.isbns,
        "LID": [entries.write_identifier(i) for i in record.location_ids],
        "OCI": record.other_copyright,
        "LA": record.languages,
        "SI": [entries.write_databank_id(i) for i in record.databank_ids],
        "GR": [grant.printed for grant in record.grants],
        "PT": record.publication_types,
        "RN": [entries.write_substance(s) for s in record.substances if s.registry],
        "NM": [s.name for s in record.substances if not s.registry],
        "SB": record.subsets,
        "MH": [entries.write_heading(heading) for heading in record.mesh],
        "MID": record.manuscript_ids,
        "OID": record.other_ids,
        "GS": record.gene_symbols,
        "SFM": record.space_flight,
        "GN": record.general_notes,
        "PHST": [entries.write_event(event) for event in record.history],
        "AID": [entries.write_identifier(i) for i in record.article_ids],
    }
    blocks = {
        "OAB": [pair for other in record.other_abstracts for pair in (("OAB", other.text), ("OABL", other.language))],
        "FED": [
            *(("AD", address) for address in record.affiliations),
            *_people(record.editors, "ED"),
            *_people(record.authors, "AU"),
        ],
        "CON": [(link.tag, link.citation) for link in record.links if link.tag in RELATIONS],
        "FPS": _people(record.persons_as_subject, "PS"),
        "OTO": _keywords(record.keywords),
        "FIR": _people(record.investigators, "IR", "IRAD"),
    }
    found: list[tuple[str, str]] = []
    for tag in TAGS:
        found += [(tag, single.get(tag, "")), *((tag, value) for value in several.get(tag, ()))]
        found += blocks.get(tag, [])
    return [(tag, value) for tag, value in found if value] + [
        (t.tag, t.value) for t in record.unknown if _TAG.fullmatch(t.tag)
    ]


def held(record: Record) -> Record:
    """Return what this format can hold of a record: reading what is written gives this.

    Left out are markup, references, addresses on the web, identifiers of MeSH, versions, and the parts of a grant
    that its print does not tell apart. A record of PubMed's XML gets the source line that its journal, date and
    pages make.
    """
    people = ("authors", "editors", "investigators", "persons_as_subject")
    names = {role: tuple(_person(one) for one in getattr(record, role) if one.name) for role in people}
    return record.model_copy(
        update={
            **names,
            "version": "",
            "kind": "",
            "database": "",
            "abstract": sections(record.abstract_text),
            "authors_complete": True,
            "mesh": tuple(entries.heading(entries.write_heading(one)) for one in record.mesh),
            "substances": (
                *(Substance(registry=one.registry, name=one.name) for one in record.substances if one.registry),
                *(Substance(name=one.name) for one in record.substances if not one.registry),
            ),
            "grants": tuple(entries.grant(one.printed) for one in record.grants),
            "databank_ids": tuple(entries.databank_id(entries.write_databank_id(one)) for one in record.databank_ids),
            "links": tuple(entries.link(one.tag, one.citation) for one in record.links if one.tag in RELATIONS),
            "references": (),
            "urls": (),
            "markup": (),
            "source": record.source or _source(record),
            "unknown": tuple(one for one in record.unknown if _TAG.fullmatch(one.tag)),
            "raw": "",
        }
    )


def _person(one: Author) -> Author:
    return one.model_copy(update={"affiliation_ids": (), "equal": False, "current": True})


def _source(record: Record) -> str:
    """Compose the source line that a record of PubMed ends with: `J Otter Med. 2031 Apr-Jun;13(4):978.`"""
    if not (record.owner or record.status):
        return ""
    issue = f"({record.issue})" if record.issue else ""
    where = f"{record.volume}{issue}" + (f":{record.pages}" if record.pages else "")
    dated = ";".join(part for part in (record.dates.published, where) if part)
    parts = (record.journal.abbreviation or record.journal.title or record.book.title, dated)
    doi = f"doi: {record.doi}" if record.doi else ""
    return " ".join(f"{part.rstrip('.')}." for part in (*parts, doi) if part)


def _people(people: tuple[Author, ...], tag: str, address: str = "AD") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for one in people:
        found += [(f"F{tag}", one.full_name), (tag, one.short_name), ("CN", one.collective)]
        found += [("AUID", value) for value in one.identifiers]
        found += [(address, value) for value in one.affiliations]
    return found


def _keywords(keywords: tuple[Keyword, ...]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    owner = ""
    for keyword in keywords:
        if keyword.owner != owner:
            owner = keyword.owner
            found.append(("OTO", owner))
        found.append(("OT", f"{'*' if keyword.major else ''}{keyword.text}"))
    return found


def _wrapped(tag: str, value: str) -> list[str]:
    lines = [f"{tag:<4}-"]
    for word in value.split(" ") if value else ():
        if len(lines[-1]) > len(_INDENT) and len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(f"{_INDENT}{word}")
        else:
            lines[-1] += f" {word}"
    return lines
