"""What the tags and names of Ovid's exports mean in a record, and what its line of the source prints."""

from __future__ import annotations

import re

from evsynth.model.record import Author, Book, Dates, Identifier, Journal, Keyword, Record, Reference
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.names import author
from evsynth.sources.formats.ris_fields import doi

_MEANINGS = {
    # meaning: tags; names, in small letters only
    "title": ("TI", "title"),
    "chapter": ("", "chaptertitle"),
    "vernacular_title": ("OT", "originaltitle"),
    "authors": ("AU", "author authors"),
    "full_names": ("FA", "authorsfullname"),
    "addresses": ("IN AD", "institution correspondenceaddress"),
    "abstract": ("AB", "abstract"),
    "source": ("SO", "source"),
    "journal": ("JN JT", "journalname"),
    "abbreviation": ("AS TA", "isojournalabbreviation"),
    "volume": ("VI", "volume"),
    "issue": ("IP", "issuepart"),
    "pages": ("PG", "page"),
    "year": ("YR", "yearofpublication"),
    "published": ("DP", "dateofpublication"),
    "doi": ("DO", "doinumber digitalobjectidentifier doi"),
    "issn": ("IS", "issn issnprint"),
    "other_issn": ("ES IL", "issnelectronic issnlinking"),
    "isbn": ("IB", "isbn"),
    "publisher": ("PB", "publisher"),
    "place": ("CP", "countryofpublication"),
    "language": ("LG LA", "language"),
    "type": ("PT DT", "publicationtype documenttype"),
    "id": ("UI", "uniqueidentifier"),
    "accession": ("AN", "accessionnumber"),
    "database": ("DB", "database"),
    "keywords": ("KW", "authorkeywords keywordheading"),
    "index_terms": ("MH DE", "subjectheadings meshsubjectheadings"),
    "urls": ("XL UR", "linktotheovidfulltextorcitation linktotheexternallinkresolver"),
    "references": ("", "references"),
    "copyright": ("CR", "copyright"),
}
TAGGED = {tag: meaning for meaning, (tags, _) in _MEANINGS.items() for tag in tags.split()}
NAMED = {name: meaning for meaning, (_, names) in _MEANINGS.items() for name in names.split()}
LISTS = {"authors", "full_names", "addresses", "references", "urls"}
"""Fields whose every line is a value of its own; the lines of all others are one running text."""

_PRINTED = (
    re.compile(r"(?P<journal>.+?)\.\s+(?P<volume>\d+)\s*(?:\((?P<issue>[^)]*)\))?\s*:\s*(?P<pages>[\w.-]+),\s*(?P<date>.+?)\.?"),
    re.compile(
        r"(?P<journal>[^.]+)\.\s+(?:Conference: .*?\.\s+)?(?P<volume>\d+)\s*(?:\((?P<issue>[^)]*)\))?\s*"
        r"\((?:pp (?P<pages>[^)]+)|no pagination)\),\s*(?P<date>\d{4})\..*"
    ),
    re.compile(r"(?P<journal>[^.]+)\."),
)  # fmt: skip
"""Sources as Journals@Ovid and MEDLINE print them, as Embase does, and one that is the journal alone."""

_DAY = re.compile(r"Date of Publication: ([^.]*\d{4})\.?")
_KIND = re.compile(r"\.\[([A-Z][\w -]*)\]")
_MARK = re.compile(r"(?:\s+(?:\d+(?:,\d+)*|[*+^#]+)|\s*\[[^\]]*\])+$")
_DEGREE = re.compile(r"[A-Z][A-Za-z.]{0,6}")


def record_of(found: Fieldset, raw: str) -> Record:
    """Return the record that the fields print."""
    database = found.one("database")
    number = found.one("id")
    is_pmid = re.search(r"(?i)medline|pubmed", database) is not None and number.isdigit()
    accessions = tuple(
        value.rstrip(".") for value in (*(() if is_pmid else (number,)), *found.each("accession")) if value
    )
    source = found.one("source")
    printed = next((match.groupdict() for form in _PRINTED if (match := form.fullmatch(source))), {})
    chapter, kinds = found.one("chapter"), list(found.each("type"))
    host = found.one("title") if chapter else ""
    title = chapter or found.one("title")
    if marked := re.search(rf"{_KIND.pattern}$", title):
        title = title[: marked.start() + 1]
        kinds.append(marked[1])
    day = _DAY.search(source)
    date = found.one("published") or (day[1] if day else "") or printed.get("date") or ""
    year = found.one("year")
    full = tuple(person for value in found.each("full_names") for person in people(value))
    short = tuple(person for value in found.each("authors") for person in people(value))
    printed_doi = found.one("doi")
    return Record(
        database=database,
        pmid=number if is_pmid else "",
        title=title,
        vernacular_title=found.one("vernacular_title"),
        abstract=sections(found.one("abstract")),
        authors=full if len(full) >= len(short) else short,
        affiliations=found.each("addresses"),
        journal=Journal(
            title=found.one("journal") or printed.get("journal") or "",
            abbreviation=found.one("abbreviation"),
            place=found.one("place"),
            issns=tuple(
                entries.issn(re.sub(r"\(ISSN (\w+)\)", r"(\1)", one.strip()))
                for value in found.each("issn", "other_issn")
                for one in re.split(r"[;,]", value)
                if one.strip()
            ),
        ),
        book=Book(title=host, publisher=found.one("publisher"), isbns=found.each("isbn")),
        volume=found.one("volume") or printed.get("volume") or "",
        issue=found.one("issue") or printed.get("issue") or "",
        pages=found.one("pages") or printed.get("pages") or "",
        dates=Dates(published=date if year in date else year),
        languages=tuple(value.rstrip(".") for value in found.each("language")),
        publication_types=tuple(dict.fromkeys(kind.rstrip(".") for kind in kinds)),
        article_ids=(Identifier(value=doi(printed_doi) or printed_doi, kind="doi" if doi(printed_doi) else ""),)
        if printed_doi
        else (),
        other_ids=accessions,
        keywords=(
            *(Keyword(text=word) for value in found.each("keywords") for word in _words(value)),
            *(
                Keyword(text=word.removeprefix("*"), major=word.startswith("*"), owner="index")
                for value in found.each("index_terms")
                for word in _words(value)
            ),
        ),
        references=tuple(Reference(citation=one) for one in found.each("references")),
        copyright=found.one("copyright"),
        urls=found.each("urls"),
        source=source,
        unknown=found.left(),
        raw=raw,
    )


def people(printed: str) -> list[Author]:
    """Divide a line of names, without the marks that lead to addresses and the roles in brackets.

    Ovid puts a semicolon and two blanks between names, and may put degrees after a semicolon and one blank.

    >>> [one.name for one in people("Bunting, Sandra RN; PhD 1;  Mathes, Tim 2")]
    ['Bunting, Sandra RN; PhD', 'Mathes, Tim']
    """
    names: list[str] = []
    for part in re.split(r";\s{2,}", printed) if re.search(r";\s{2,}", printed) else printed.split(";"):
        name = _MARK.sub("", part.strip())
        if names and _DEGREE.fullmatch(name):
            names[-1] += f"; {name}"
        elif name:
            names.append(name)
    return [author(" ".join(name.split())) for name in names]


def _words(value: str) -> list[str]:
    return [word.strip(" .") for word in re.split(r";", value) if word.strip(" .")]
