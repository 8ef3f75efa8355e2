"""Read BibTeX entries into records, and write them. LaTeX becomes plain text; `raw` keeps the entry as it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.model.record import Author, Book, Dates, Identifier, Journal, Record, Tagged
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats import bibtex_entries, latex
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.held import from_one_text, in_one_text, plain, year
from evsynth.sources.formats.names import author, author_text
from evsynth.sources.formats.ris_fields import doi, kind_of
from evsynth.sources.reading import Failure
from evsynth.sources.tags import one_line

_IN_BOOK = {"incollection", "inproceedings", "inbook", "conference"}
_TAKEN = frozenset(
    "key author editor title journal journaltitle booktitle shortjournal year date month volume number issue pages"
    " abstract keywords doi pmid pmcid url issn isbn publisher address location edition language langid note"
    " database".split()
)

_NOTHING = "  title = {},\n"
"""Stands in an entry of a record that has nothing for BibTeX; one without any field is taken for damaged."""


def read_bibtex(text: str) -> Iterator[Record | Failure]:
    """Return the records of a BibTeX text, and entries that cannot be read."""
    for entry in bibtex_entries.entries(text):
        trouble = entry.trouble or unfit(entry.raw) or unfit("".join(value for _, value in entry.fields))
        if not trouble and not entry.fields:
            trouble = "an entry without fields"
        if trouble:
            yield Failure(
                entry.line, trouble, "Correct the entry; every brace that opens must close.", beginning(entry.raw)
            )
        else:
            yield _record(entry)


def _record(entry: bibtex_entries.Entry) -> Record:
    printed = dict(entry.fields)
    found = Fieldset((name, one_line(latex.plain(value))) for name, value in entry.fields)
    in_book = entry.kind in _IN_BOOK
    year, date, month = found.one("year"), found.one("date"), found.one("month")
    identifier = found.one("doi")
    found.each("author", "editor", "keywords")
    return Record(
        kind=entry.kind,
        database=found.one("database"),
        pmid=found.one("pmid"),
        pmcid=found.one("pmcid"),
        title=found.one("title"),
        abstract=sections(found.one("abstract")),
        authors=_people(printed.get("author", "")),
        editors=_people(printed.get("editor", "")),
        journal=Journal(
            title=found.one("journal", "journaltitle"),
            abbreviation=found.one("shortjournal"),
            place=found.one("address", "location"),
            issns=tuple(entries.issn(one) for one in _words(found.one("issn"))),
        ),
        book=Book(
            title=found.one("booktitle") if in_book else "",
            edition=found.one("edition"),
            publisher=found.one("publisher"),
            isbns=tuple(_words(found.one("isbn"))),
        ),
        volume=found.one("volume"),
        issue=found.one("number", "issue"),
        pages=re.sub("-{2,3}|–", "-", found.one("pages")),
        dates=Dates(published=date if date and year in date else " ".join(filter(None, (year, month)))),
        languages=tuple(_words(found.one("language", "langid"))),
        article_ids=(Identifier(value=doi(identifier) or identifier, kind="doi"),) if identifier else (),
        keywords=from_one_text(one_line(latex.plain(printed.get("keywords", "")))),
        general_notes=found.each("note"),
        urls=found.each("url"),
        unknown=(*((Tagged(tag="key", value=entry.key),) if entry.key else ()), *found.left()),
        raw=entry.raw,
    )


def _people(value: str) -> tuple[Author, ...]:
    found = []
    for part in _divided(one_line(value)):
        name = part.strip()
        if re.fullmatch(r"\{(?:[^{}]|\{[^{}]*\})*\}", name):
            found.append(Author(collective=one_line(latex.plain(name[1:-1]))))
        elif name and name.lower() != "others":
            found.append(author(one_line(latex.plain(name))))
    return tuple(found)


def _divided(value: str) -> list[str]:
    """Divide names at ` and ` outside braces."""
    parts, depth, start = [], 0, 0
    for found in re.finditer(r"\\.|[{}]| and ", value):
        depth += (found[0] == "{") - (found[0] == "}")
        if found[0] == " and " and depth == 0:
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def _words(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,]", value) if part.strip()]


def held(record: Record) -> Record:
    """Return what BibTeX can hold of a record."""
    kind = record.kind if record.kind.islower() and record.kind.isalpha() else kind_of(record).bibtex
    r = plain(record, kind, database=record.database)
    in_book = kind in _IN_BOOK
    return r.model_copy(
        update={
            "article_ids": r.article_ids[:1],
            "urls": r.urls[:1],
            "keywords": from_one_text(in_one_text(r.keywords)),
            "general_notes": r.general_notes[:1],
            "title": r.title or ("" if in_book else r.book.title),
            "book": r.book.model_copy(update={} if in_book else {"title": ""}),
            "unknown": tuple(
                t for t in record.unknown if t.value and re.fullmatch("[a-z][a-z0-9-]*", t.tag) and t.tag not in _TAKEN
            ),
        }
    )


def bibtex_entry(record: Record, keys: set[str]) -> str:
    """Return one entry under a key that is not in `keys` yet, and add the key."""
    r = held(record)
    date = r.dates.published
    fields = {
        "author": " and ".join(_name(one) for one in r.authors),
        "editor": " and ".join(_name(one) for one in r.editors),
        "title": f"{{{latex.escaped(r.title)}}}" if r.title else "",
        "journal": latex.escaped(r.journal.title),
        "shortjournal": latex.escaped(r.journal.abbreviation),
        "booktitle": latex.escaped(r.book.title),
        "year": year(r) or latex.escaped(date),
        "date": latex.escaped(date) if year(r) and date != year(r) else "",
        "volume": latex.escaped(r.volume),
        "number": latex.escaped(r.issue),
        "pages": latex.escaped(r.pages).replace("-", "--"),
        "doi": latex.escaped(r.doi),
        "pmid": r.pmid,
        "pmcid": latex.escaped(r.pmcid),
        "url": latex.escaped(next(iter(r.urls), "")),
        "abstract": latex.escaped(r.abstract_text),
        "keywords": latex.escaped(in_one_text(r.keywords)),
        "issn": latex.escaped("; ".join(entries.write_issn(one) for one in r.journal.issns)),
        "isbn": latex.escaped("; ".join(r.book.isbns)),
        "publisher": latex.escaped(r.book.publisher),
        "address": latex.escaped(r.journal.place),
        "edition": latex.escaped(r.book.edition),
        "language": latex.escaped("; ".join(r.languages)),
        "note": latex.escaped(next(iter(r.general_notes), "")),
        "database": latex.escaped(r.database),
        **{one.tag: latex.escaped(one.value) for one in r.unknown},
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value] or [_NOTHING]
    return f"@{r.kind}{{{_key(record, keys)},\n{''.join(lines)}}}\n"


def _name(this: Author) -> str:
    if this.collective:
        return f"{{{latex.escaped(this.collective)}}}"
    return latex.escaped(author_text(this))


def _is_key(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][\w:.+/-]*", text, re.A) is not None


def _key(record: Record, keys: set[str]) -> str:
    first = record.authors[0] if record.authors else None
    family = re.sub(r"[^a-z0-9]", "", (first.family or first.name).lower()) if first else ""
    printed = (one.value for one in record.unknown if one.tag == "key" and _is_key(one.value))
    stem = next(printed, f"{family or 'anonymous'}{year(record)}")
    key, number = stem, 1
    while key in keys:
        number += 1
        key = f"{stem}-{number}"
    keys.add(key)
    return key
