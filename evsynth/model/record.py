"""A bibliographic record as frozen values: what PubMed, or another database, prints about one report.

Every field holds text as it was printed, in the order in which it was printed, and is empty (`""` or `()`)
where the record prints nothing. Nothing is completed, translated or looked up. Dates stay text, because a
record prints `2019 Apr-Jun` as readily as `20220920`. `raw` keeps the record's own text, so whatever the
fields do not show can be read there.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

_ORCID = re.compile(
    r"(?i)\borcid\b\W*(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])\b"
)

#: What each comments-and-corrections tag says about the report that the record describes.
RELATIONS = {
    "CON": "comment on",
    "CIN": "comment in",
    "EIN": "erratum in",
    "EFR": "erratum for",
    "CRI": "corrected and republished in",
    "CRF": "corrected and republished from",
    "DDIN": "dataset described in",
    "DRIN": "dataset use reported in",
    "ECI": "expression of concern in",
    "ECF": "expression of concern for",
    "ORI": "original report in",
    "PRIN": "partial retraction in",
    "PROF": "partial retraction of",
    "RIN": "retraction in",
    "ROF": "retraction of",
    "RPI": "republished in",
    "RPF": "republished from",
    "RRI": "retracted and republished in",
    "RRF": "retracted and republished from",
    "SPIN": "summary for patients in",
    "UIN": "update in",
    "UOF": "update of",
}


class Frozen(BaseModel):
    """A value that is read once: immutable, without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Section(Frozen):
    """One part of an abstract: its printed label (`METHODS`, empty where there is none) and its text.

    `category` is the word that NLM files the label under (`METHODS` for `Patients and procedures`), where printed.
    """

    label: str = ""
    text: str = ""
    category: str = ""


class OtherAbstract(Frozen):
    """An abstract beside the main one: a translation, or one written for patients."""

    text: str
    language: str = ""


class Author(Frozen):
    """A person, or a group under `collective`, with the affiliations and identifiers printed after the name.

    `full_name` (`Chen, Yuxue`) and `short_name` (`Chen Y`) are as printed; the parts are read off them. `equal` marks
    an equal contribution, `current` is false for a spelling that the record keeps although it was corrected.
    """

    family: str = ""
    given: str = ""
    initials: str = ""
    suffix: str = ""
    full_name: str = ""
    short_name: str = ""
    collective: str = ""
    affiliations: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    affiliation_ids: tuple[str, ...] = ()
    equal: bool = False
    current: bool = True

    @property
    def name(self) -> str:
        """The fullest name that is printed."""
        return self.collective or self.full_name or self.short_name

    @property
    def orcid(self) -> str:
        """The ORCID as `0000-0002-1825-0097`, or `""`."""
        for identifier in self.identifiers:
            if found := _ORCID.search(identifier):
                return "-".join(found.groups())
        return ""


class Issn(Frozen):
    """A serial number and the edition it is for: `Print`, `Electronic`, `Linking`, or as printed."""

    number: str
    kind: str = ""


class Journal(Frozen):
    """Where the report appeared."""

    title: str = ""
    abbreviation: str = ""
    nlm_id: str = ""
    place: str = ""
    issns: tuple[Issn, ...] = ()

    def issn(self, kind: str) -> str:
        """Return the number printed for `Print`, `Electronic` or `Linking`, or `""`."""
        return next((issn.number for issn in self.issns if issn.kind == kind), "")


class Book(Frozen):
    """What a record of a book or of a chapter prints beyond what an article prints."""

    title: str = ""
    collection: str = ""
    volume_title: str = ""
    chapter: str = ""
    edition: str = ""
    publisher: str = ""
    isbns: tuple[str, ...] = ()


class Dates(Frozen):
    """The record's dates, each as printed."""

    published: str = ""
    electronic: str = ""
    completed: str = ""
    revised: str = ""
    record_created: str = ""
    created: str = ""
    entrez: str = ""
    mesh: str = ""
    pmc_release: str = ""
    book_contributed: str = ""
    book_revised: str = ""


class Event(Frozen):
    """One step of the publication history: when, and which (`received`, `accepted`, `pubmed` …)."""

    when: str
    status: str = ""


class Identifier(Frozen):
    """An identifier and its kind (`doi`, `pii`, `bookaccession`; empty where none is printed)."""

    value: str
    kind: str = ""


class Qualifier(Frozen):
    """A MeSH qualifier, and whether it carries the star of a major topic."""

    name: str
    major: bool = False
    ui: str = ""


class MeshHeading(Frozen):
    """A MeSH descriptor with its qualifiers; `major` is the star on the descriptor itself."""

    name: str
    major: bool = False
    qualifiers: tuple[Qualifier, ...] = ()
    ui: str = ""

    @property
    def major_topic(self) -> bool:
        """Whether the descriptor or one of its qualifiers carries the star."""
        return self.major or any(qualifier.major for qualifier in self.qualifiers)


class Keyword(Frozen):
    """A keyword, its star, and who supplied it (`NOTNLM` means the authors)."""

    text: str
    major: bool = False
    owner: str = ""


class Substance(Frozen):
    """A chemical: registry number (`0` where there is none, `EC …` for enzymes) and name.

    `kind` is that of a supplementary concept (`Disease`, `Protocol`, `Organism`), which has no registry number.
    """

    registry: str = ""
    name: str = ""
    ui: str = ""
    kind: str = ""


class DatabankId(Frozen):
    """An accession in a registry or databank, such as a trial registration."""

    databank: str = ""
    accession: str = ""


class Grant(Frozen):
    """A grant as printed; the parts only where the print tells them apart."""

    printed: str
    number: str = ""
    acronym: str = ""
    agency: str = ""
    country: str = ""


class Link(Frozen):
    """A comment, correction, retraction or other relation to another record."""

    tag: str
    citation: str
    pmid: str = ""
    note: str = ""

    @property
    def relation(self) -> str:
        """The relation in words, read from this record's side: `retraction in`."""
        return RELATIONS.get(self.tag, self.tag)


class Reference(Frozen):
    """An entry of the reference list: its text and the identifiers printed with it."""

    citation: str
    identifiers: tuple[Identifier, ...] = ()

    @property
    def pmid(self) -> str:
        """The PMID of the work cited, or `""`."""
        return next((i.value for i in self.identifiers if i.kind == "pubmed"), "")


class Markup(Frozen):
    """A text printed with inline markup: the field that holds it plainly (`title`, `abstract.1`), and the print."""

    field: str
    text: str


class Tagged(Frozen):
    """A field that has no place in `Record`, as printed."""

    tag: str
    value: str = ""


class Record(Frozen):
    """One bibliographic record.

    `kind` is the type of work as the format prints it (`JOUR`, `article`), `database` where the record says it is from;
    texts are plain, and what they print with `<i>` or `<sub>` stands in `markup`.
    """

    pmid: str = ""
    version: str = ""
    kind: str = ""
    database: str = ""
    owner: str = ""
    status: str = ""
    subsets: tuple[str, ...] = ()
    title: str = ""
    vernacular_title: str = ""
    abstract: tuple[Section, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    copyright: str = ""
    other_copyright: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    authors_complete: bool = True
    editors: tuple[Author, ...] = ()
    investigators: tuple[Author, ...] = ()
    persons_as_subject: tuple[Author, ...] = ()
    journal: Journal = Journal()
    book: Book = Book()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    dates: Dates = Dates()
    history: tuple[Event, ...] = ()
    languages: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    publication_status: str = ""
    publishing_model: str = ""
    article_ids: tuple[Identifier, ...] = ()
    location_ids: tuple[Identifier, ...] = ()
    pmcid: str = ""
    manuscript_ids: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    substances: tuple[Substance, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    databank_ids: tuple[DatabankId, ...] = ()
    grants: tuple[Grant, ...] = ()
    links: tuple[Link, ...] = ()
    references: tuple[Reference, ...] = ()
    references_count: str = ""
    urls: tuple[str, ...] = ()
    general_notes: tuple[str, ...] = ()
    space_flight: tuple[str, ...] = ()
    conflict_of_interest: str = ""
    source: str = ""
    markup: tuple[Markup, ...] = ()
    unknown: tuple[Tagged, ...] = ()
    raw: str = ""

    @property
    def abstract_text(self) -> str:
        """The abstract as one running text, with its labels, exactly as a MEDLINE record prints it."""
        return " ".join(
            " ".join(part for part in (f"{s.label}:" if s.label else "", s.text) if part) for s in self.abstract
        )

    @property
    def dois(self) -> tuple[str, ...]:
        """Every DOI, article identifiers first, each once."""
        return self._ids("doi")

    @property
    def doi(self) -> str:
        """The first DOI, or `""`."""
        return next(iter(self.dois), "")

    @property
    def pii(self) -> str:
        """The publisher's item identifier, or `""`."""
        return next(iter(self._ids("pii")), "")

    @property
    def retracted(self) -> bool:
        """Whether the record says that the report was retracted."""
        return "Retracted Publication" in self.publication_types or any(link.tag == "RIN" for link in self.links)

    def without_raw(self) -> Record:
        """Return the record without its raw text: two layouts of one record are equal so."""
        return self.model_copy(update={"raw": ""})

    def _ids(self, kind: str) -> tuple[str, ...]:
        both = (*self.article_ids, *self.location_ids)
        return tuple(dict.fromkeys(identifier.value for identifier in both if identifier.kind.lower() == kind))
