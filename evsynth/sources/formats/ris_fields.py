"""What the two-letter tags of RIS mean in a record, and kinds of works in the words of each format."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.model.record import Book, Dates, Identifier, Journal, Keyword, Record
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.names import author

_DOI = re.compile(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)")
_PMID = re.compile(r"(?i)(?:medline|pubmed|pmid)[:\s]+(\d{1,9})")
_PMCID = re.compile(r"(?i)PMC\d+")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\d-])(?:\s*\(.*\))?")


class Kind(NamedTuple):
    """One kind of work in CSL, RIS and BibTeX."""

    csl: str
    ris: str
    bibtex: str


KINDS = (
    Kind("article-journal", "JOUR", "article"),
    Kind("book", "BOOK", "book"),
    Kind("chapter", "CHAP", "incollection"),
    Kind("paper-conference", "CONF", "inproceedings"),
    Kind("thesis", "THES", "phdthesis"),
    Kind("report", "RPRT", "techreport"),
    Kind("article-newspaper", "NEWS", "misc"),
    Kind("webpage", "ELEC", "online"),
    Kind("dataset", "DATA", "misc"),
    Kind("manuscript", "UNPB", "unpublished"),
    Kind("article", "GEN", "misc"),
)
_OTHER = {
    "ABST": "JOUR", "CPAPER": "CONF", "EBOOK": "BOOK", "ECHAP": "CHAP", "EJOUR": "JOUR", "MGZN": "JOUR",
    "conference": "paper-conference", "inbook": "chapter", "mastersthesis": "thesis", "proceedings": "book",
}  # fmt: skip


def kind_of(record: Record) -> Kind:
    """Return the kind of a record's work in all formats: as printed, or by its book and journal."""
    printed = _OTHER.get(record.kind, record.kind)
    for kind in KINDS:
        if printed in kind:
            return kind
    if record.book.title:
        return KINDS[2] if record.title else KINDS[1]
    return KINDS[0]


def doi(printed: str) -> str:
    """Return the DOI of a text that is one, without the address of the resolver; `""` for any other text."""
    found = _DOI.fullmatch(printed.strip())
    return found[1] if found else ""


def pmid(printed: str) -> str:
    """Return the PMID of `PMID: 36119045` or `MEDLINE:36119045`, or `""`."""
    found = _PMID.fullmatch(printed.strip())
    return found[1] if found else ""


def is_isbn(printed: str) -> bool:
    """Tell an ISBN from an ISSN."""
    return _ISBN.fullmatch(printed.removeprefix("ISBN").lstrip(": ")) is not None


def record_of(found: Fieldset, raw: str) -> Record:
    """Return the record that RIS tags print."""
    kind = found.one("TY")
    database = found.one("DB")
    accessions = found.each("AN")
    pmids = [pmid(value) for value in accessions if pmid(value)]
    medline = re.search(r"(?i)pubmed|medline", database) is not None
    pmids += [value for value in accessions if medline and value.isdigit()]
    elsewhere = [one.strip() for v in found.each("C3", where=lambda v: bool(_PMID.search(v))) for one in v.split(",")]
    pmids += [pmid(one) for one in elsewhere if pmid(one)]  # Cochrane: `PUBMED 31,EMBASE 62`
    if re.search("(?i)embase", database):
        elsewhere += found.each("U2", where=lambda v: re.fullmatch(r"L\d+", v) is not None)
        pmids += () if pmids else found.each("C5", where=str.isdigit)
    dois = [Identifier(value=doi(value), kind="doi") for value in found.each("DO", where=lambda v: bool(doi(v)))]
    if not dois:
        dois = [
            Identifier(value=doi(v), kind="doi") for v in found.each("M3", "L3", "UR", where=lambda v: bool(doi(v)))
        ]
    pmcids = found.each("C2", where=lambda v: _PMCID.fullmatch(v) is not None)
    title = found.one("TI", "T1", *(("BT",) if kind == "BOOK" else ()))
    in_book = kind in {"CHAP", "ECHAP", "CONF", "CPAPER"}
    host = found.one("BT", "T2") if in_book else ""
    serials = found.each("SN")
    return Record(
        kind=kind,
        database=database,
        pmid=next(iter(pmids), ""),
        pmcid=next(iter(pmcids), ""),
        title=title,
        abstract=sections(found.one("AB", "N2")),
        authors=tuple(author(value) for value in found.each("AU", "A1")),
        editors=tuple(author(value) for value in found.each("ED", *(("A2",) if in_book else ()))),
        affiliations=found.each("AD"),
        journal=Journal(
            title=found.one("JF", "JO", *(() if in_book else ("T2",))),
            abbreviation=found.one("J2", "JA", "J1", "JO"),
            place=found.one("CY"),
            issns=tuple(entries.issn(value) for value in serials if not is_isbn(value)),
        ),
        book=Book(
            title=host,
            edition=found.one("ET"),
            publisher=found.one("PB"),
            isbns=tuple(value for value in serials if is_isbn(value)),
        ),
        volume=found.one("VL"),
        issue=found.one("IS", "CP"),
        pages="-".join(filter(None, (found.one("SP"), found.one("EP")))),
        dates=Dates(published=_published(found)),
        languages=found.each("LA"),
        publication_types=found.each("M3", where=lambda v: not doi(v)),
        article_ids=tuple(dois),
        other_ids=tuple(v for v in (*accessions, *elsewhere) if v and v not in pmids and pmid(v) not in pmids),
        keywords=tuple(Keyword(text=v.removeprefix("*"), major=v.startswith("*")) for v in found.each("KW")),
        general_notes=found.each("N1"),
        urls=found.each("UR", "L1", "L2", "LK"),
        unknown=found.left(),
        raw=raw,
    )


def _published(found: Fieldset) -> str:
    """Return the date if it names the year, else the year."""
    year = found.one("PY", "Y1")
    date = next(iter(found.each("DA", where=lambda v: year[:4] in v)), "")
    return date or year
