"""Read and write CSL-JSON, the format of citation processors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from evsynth.model.record import Author, Book, Dates, Identifier, Journal, Record
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.formats.held import from_one_text, in_one_text, plain, year
from evsynth.sources.formats.names import author
from evsynth.sources.formats.own_json import is_own
from evsynth.sources.formats.ris_fields import doi, kind_of
from evsynth.sources.reading import Failure, ReadError, shown
from evsynth.sources.tags import one_line

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL as JSON writes it; after an even number of backslashes it is one."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def read_csl(text: str) -> Iterator[Record | Failure]:
    """Return the records of CSL-JSON, and items that cannot be read. Raises `ReadError` for what is not JSON."""
    try:
        found = json.loads(text.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ReadError(line, f"this is not JSON: {error}", "Export the records again as CSL-JSON.") from None
    items = found if isinstance(found, list) else [found]
    for number, item in enumerate(items, 1):
        raw = json.dumps(item, ensure_ascii=False)
        if trouble := unfit(_NUL.sub("\0", raw)):
            yield Failure(1, f"item {number}: {trouble}", "Correct the item.", beginning(raw))
            continue
        if not isinstance(item, dict) or not (item.get("type") or item.get("title")):
            yield Failure(1, f"item {number} is no CSL item: {shown(raw)}", "An item has a type and a title.", raw)
            continue
        if is_own(item):
            yield Failure(1, f"item {number} is a record of evsynth among CSL items", "Put it in its own file.", raw)
            continue
        try:
            yield _record(item, raw)
        except (TypeError, ValueError, AttributeError) as error:
            yield Failure(1, f"item {number} cannot be read: {str(error).splitlines()[0]}", "Correct the item.", raw)


def _record(item: dict[str, Any], raw: str) -> Record:
    def one(name: str) -> str:
        value = item.get(name, "")
        return one_line(str(value)) if isinstance(value, str | int | float) else ""

    in_book = one("type") in {"chapter", "paper-conference"}
    identifier = one("DOI")
    return Record(
        kind=one("type"),
        database=one("source"),
        pmid=one("PMID"),
        pmcid=one("PMCID"),
        title=one("title"),
        abstract=sections(one("abstract")),
        authors=tuple(map(_author, item.get("author", ()))),
        editors=tuple(map(_author, item.get("editor", ()))),
        journal=Journal(
            title="" if in_book else one("container-title"),
            abbreviation=one("container-title-short") or one("journalAbbreviation"),
            place=one("publisher-place"),
            issns=tuple(entries.issn(part) for part in _words(one("ISSN"))),
        ),
        book=Book(
            title=one("container-title") if in_book else "",
            edition=one("edition"),
            publisher=one("publisher"),
            isbns=tuple(_words(one("ISBN"))),
        ),
        volume=one("volume"),
        issue=one("issue"),
        pages=one("page"),
        dates=Dates(published=_date(item.get("issued", {}))),
        languages=(one("language"),) if one("language") else (),
        article_ids=(Identifier(value=doi(identifier) or identifier, kind="doi"),) if identifier else (),
        keywords=from_one_text(one("keyword")),
        general_notes=(one("note"),) if one("note") else (),
        urls=(one("URL"),) if one("URL") else (),
        raw=raw,
    )


def _author(printed: dict[str, Any]) -> Author:
    if printed.get("literal"):
        return Author(collective=one_line(str(printed["literal"])))
    parts = [one_line(str(printed.get(name, ""))) for name in ("family", "given", "suffix")]
    return author(", ".join(filter(None, parts)))


def _date(printed: Any) -> str:
    if isinstance(printed, str):
        return one_line(printed)
    if printed.get("raw") or printed.get("literal"):
        return one_line(str(printed.get("raw") or printed["literal"]))
    parts = [str(part) for part in next(iter(printed.get("date-parts", ())), ())]
    if len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) < 3 and 1 <= int(parts[1]) <= 12:
        parts[1] = _MONTHS[int(parts[1]) - 1]
    return " ".join(parts)


def _words(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,]" if ";" not in value else ";", value) if part.strip()]


def held(record: Record) -> Record:
    """Return what CSL-JSON can hold of a record."""
    kind = kind_of(record).csl
    in_book = kind in {"chapter", "paper-conference"}
    r = plain(record, kind, database=record.database)
    return r.model_copy(
        update={
            "languages": r.languages[:1],
            "urls": r.urls[:1],
            "keywords": from_one_text(in_one_text(r.keywords)),
            "general_notes": r.general_notes[:1],
            "article_ids": r.article_ids[:1],
            "title": r.title or ("" if in_book else r.book.title),
            "journal": r.journal.model_copy(update={"title": "" if in_book else r.journal.title}),
            "book": r.book.model_copy(update={} if in_book else {"title": ""}),
        }
    )


def csl_item(record: Record, number: int) -> str:
    """Return one item, in one line."""
    r = held(record)
    date = r.dates.published
    item: dict[str, Any] = {
        "id": f"pmid:{r.pmid}" if r.pmid else f"record-{number}",
        "type": r.kind,
        "title": r.title,
        "author": [_person(one) for one in r.authors],
        "editor": [_person(one) for one in r.editors],
        "container-title": r.book.title or r.journal.title,
        "container-title-short": r.journal.abbreviation,
        "volume": r.volume,
        "issue": r.issue,
        "page": r.pages,
        "issued": _issued(date, year(r)),
        "DOI": r.doi,
        "PMID": r.pmid,
        "PMCID": r.pmcid,
        "URL": next(iter(r.urls), ""),
        "abstract": r.abstract_text,
        "keyword": in_one_text(r.keywords),
        "ISSN": "; ".join(entries.write_issn(one) for one in r.journal.issns),
        "ISBN": "; ".join(r.book.isbns),
        "publisher": r.book.publisher,
        "publisher-place": r.journal.place,
        "edition": r.book.edition,
        "language": next(iter(r.languages), ""),
        "note": next(iter(r.general_notes), ""),
        "source": r.database,
    }
    return json.dumps({name: value for name, value in item.items() if value}, ensure_ascii=False)


def _person(this: Author) -> dict[str, str]:
    if this.collective:
        return {"literal": this.collective}
    parts = {"family": this.family or this.name, "given": this.given or this.initials, "suffix": this.suffix}
    return {name: value for name, value in parts.items() if value}


def _issued(date: str, printed_year: str) -> dict[str, Any]:
    if not date:
        return {}
    return ({"date-parts": [[int(printed_year)]]} if printed_year else {}) | (
        {"raw": date} if date != printed_year else {}
    )
