"""Assemble a record from the fields of its text, with `Bio.Medline` reading what it reads well.

It makes several entries of one wrapped keyword or grant, so it is given whole fields; it joins repeated `IS`,
`LID` and `SB` into one text, and keeps neither whose address is whose nor which owner a keyword has: those
are read from the fields themselves. A second title, or another second field of a tag that stands once, goes
to `unknown`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from evsynth.model.record import (
    RELATIONS,
    Book,
    Dates,
    Journal,
    Keyword,
    OtherAbstract,
    Record,
    Substance,
    Tagged,
)
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.people import PEOPLE_TAGS, people
from evsynth.sources.tags import TAGS, Field

T = TypeVar("T")

_IN_ORDER = PEOPLE_TAGS | {"OAB", "OABL", "OTO", "OT"}
_JOINED_BY_BIO = {"IS", "LID", "SB"}


def record_of(found: list[Field], raw: str = "") -> Record:
    """Return the record that these fields print."""
    once, surplus = _once(found)
    printed = _bio(once)
    persons = people(once)
    keywords, idle = _keywords(once)
    others, stray = _other_abstracts(once)
    unknown = [f for f in once if f.tag not in TAGS] + surplus + list(persons.left) + idle + stray

    def one(tag: str) -> str:
        return next(iter(printed.get(tag, ())), "")

    def each(tag: str, make: Callable[[str], T]) -> tuple[T, ...]:
        return tuple(make(value) for value in printed.get(tag, ()))

    return Record(
        pmid=one("PMID"),
        owner=one("OWN"),
        status=one("STAT"),
        subsets=each("SB", str),
        title=one("TI"),
        vernacular_title=one("TT"),
        abstract=sections(one("AB")),
        other_abstracts=others,
        copyright=one("CI"),
        other_copyright=each("OCI", str),
        affiliations=persons.addresses,
        authors=persons.authors,
        editors=persons.editors,
        investigators=persons.investigators,
        persons_as_subject=persons.subjects,
        journal=Journal(
            title=one("JT"),
            abbreviation=one("TA"),
            nlm_id=one("JID"),
            place=one("PL"),
            issns=each("IS", entries.issn),
        ),
        book=Book(
            title=one("BTI"),
            collection=one("CTI"),
            volume_title=one("VTI"),
            chapter=one("CP"),
            edition=one("EN"),
            publisher=one("PB"),
            isbns=each("ISBN", str),
        ),
        volume=one("VI"),
        issue=one("IP"),
        pages=one("PG"),
        dates=Dates(**{name: one(tag) for name, tag in DATES.items()}),
        history=each("PHST", entries.event),
        languages=each("LA", str),
        publication_types=each("PT", str),
        publication_status=one("PST"),
        publishing_model=one("PUBM"),
        article_ids=each("AID", entries.identifier),
        location_ids=each("LID", entries.identifier),
        pmcid=one("PMC"),
        manuscript_ids=each("MID", str),
        other_ids=each("OID", str),
        mesh=each("MH", entries.heading),
        keywords=keywords,
        substances=each("RN", entries.substance) + each("NM", lambda v: Substance(name=v)),
        gene_symbols=each("GS", str),
        databank_ids=each("SI", entries.databank_id),
        grants=each("GR", entries.grant),
        links=tuple(entries.link(f.tag, f.value) for f in once if f.tag in RELATIONS and f.value),
        references_count=one("RF"),
        general_notes=each("GN", str),
        space_flight=each("SFM", str),
        conflict_of_interest=one("COIS"),
        source=one("SO"),
        unknown=tuple(Tagged(tag=f.tag, value=f.value) for f in sorted(unknown, key=lambda f: f.line)),
        raw=raw,
    )


#: The name in `Dates` of each date tag.
DATES = {
    "published": "DP",
    "electronic": "DEP",
    "completed": "DCOM",
    "revised": "LR",
    "record_created": "DA",
    "created": "CRDT",
    "entrez": "EDAT",
    "mesh": "MHDA",
    "pmc_release": "PMCR",
    "book_contributed": "CTDT",
    "book_revised": "DRDT",
}


def _once(found: list[Field]) -> tuple[list[Field], list[Field]]:
    """Split off the second field of a tag that stands once; the first that prints something counts."""
    seen: set[str] = set()
    kept: list[Field] = []
    surplus: list[Field] = []
    for field in found:
        known = TAGS.get(field.tag)
        if known is not None and not field.value:
            continue
        if known is not None and not known.many:
            (surplus if field.tag in seen else kept).append(field)
            seen.add(field.tag)
        else:
            kept.append(field)
    return kept, surplus


def _bio(found: list[Field]) -> dict[str, tuple[str, ...]]:
    """Return the values of each tag as `Bio.Medline` reads them; those that it joins come from the fields."""
    from Bio import Medline

    lines = [f"{f.tag:<4}- {f.value}\n" for f in found if f.tag in TAGS and f.tag not in _IN_ORDER]
    read = Medline.read(lines) if lines else {}  # type: ignore[no-untyped-call]
    printed = {tag: (v,) if isinstance(v, str) else tuple(v) for tag, v in read.items()}
    for tag in _JOINED_BY_BIO & printed.keys():
        printed[tag] = tuple(f.value for f in found if f.tag == tag)
    return printed


def _keywords(found: list[Field]) -> tuple[tuple[Keyword, ...], list[Field]]:
    """Return the keywords with their owners, and owners (`OTO`) that no keyword follows."""
    keywords: list[Keyword] = []
    idle: list[Field] = []
    owner: Field | None = None
    used = True
    for field in found:
        if field.tag == "OTO":
            idle += [owner] if owner is not None and not used else []
            owner, used = field, False
        elif field.tag == "OT":
            used = True
            major = field.value.startswith("*")
            text = field.value[1:] if major else field.value
            keywords.append(Keyword(text=text, major=major, owner=owner.value if owner else ""))
    return tuple(keywords), idle + ([owner] if owner is not None and not used else [])


def _other_abstracts(found: list[Field]) -> tuple[tuple[OtherAbstract, ...], list[Field]]:
    """Return the other abstracts, each with the language right after it, and languages that follow none."""
    others: list[OtherAbstract] = []
    stray: list[Field] = []
    last = ""
    for field in found:
        if field.tag == "OAB":
            others.append(OtherAbstract(text=field.value))
        elif field.tag == "OABL" and last == "OAB":
            others[-1] = others[-1].model_copy(update={"language": field.value})
        elif field.tag == "OABL":
            stray.append(field)
        last = field.tag
    return tuple(others), stray
