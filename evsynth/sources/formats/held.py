"""What every format but PubMed's own can hold of a record, and what is lost in it."""

from __future__ import annotations

import re
from typing import Any

from evsynth.model.record import Author, Identifier, Keyword, Record
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.names import plain_author

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|21)\d\d(?!\d)")


def year(record: Record) -> str:
    """Return the year of publication as printed, or `""`."""
    found = _YEAR.search(record.dates.published)
    return found[0] if found else ""


def plain(record: Record, kind: str, **others: Any) -> Record:
    """Return what RIS, BibTeX, CSL-JSON and tables can hold: people by name, plain texts, index terms as keywords."""
    held: dict[str, Any] = {
        "kind": kind,
        "pmid": record.pmid,
        "pmcid": record.pmcid,
        "title": record.title,
        "abstract": sections(record.abstract_text),
        "authors": people(record.authors),
        "editors": people(record.editors),
        "journal": record.journal.model_copy(update={"nlm_id": ""}),
        "book": record.book.model_copy(update={"collection": "", "volume_title": "", "chapter": ""}),
        "volume": record.volume,
        "issue": record.issue,
        "pages": record.pages,
        "dates": {"published": record.dates.published},
        "languages": record.languages,
        "article_ids": tuple(Identifier(value=one, kind="doi") for one in record.dois),
        "keywords": terms(record),
        "urls": record.urls,
        "general_notes": record.general_notes,
    }
    return Record.model_validate(held | others)


def people(printed: tuple[Author, ...]) -> tuple[Author, ...]:
    """Return people by name, without spellings that were corrected."""
    return tuple(plain_author(one) for one in printed if one.current and one.name)


def terms(record: Record) -> tuple[Keyword, ...]:
    """Return keywords and MeSH headings, each once, with its star."""
    found = [Keyword(text=one.text, major=one.major) for one in record.keywords]
    for heading in record.mesh:
        names = "/".join((heading.name, *(qualifier.name for qualifier in heading.qualifiers)))
        found.append(Keyword(text=names, major=heading.major_topic))
    return tuple(dict.fromkeys(found))


def in_one_text(keywords: tuple[Keyword, ...]) -> str:
    """Return keywords as BibTeX and CSL-JSON print them: between semicolons, which no keyword itself can hold."""
    printed = "; ".join(f"{'*' if one.major else ''}{one.text}" for one in keywords)
    return f"{printed};" if "," in printed and ";" not in printed else printed


def from_one_text(printed: str) -> tuple[Keyword, ...]:
    """Return the keywords of a text that divides them at semicolons, or at commas if it has none."""
    parts = (part.strip() for part in re.split(";" if ";" in printed else ",", printed))
    return tuple(Keyword(text=part.removeprefix("*"), major=part.startswith("*")) for part in parts if part.strip("*"))


def lost(record: Record, held: Record) -> tuple[str, ...]:
    """Name the fields that a record prints and a format does not hold whole: `grants`, `authors.affiliations`."""
    before, after = record.without_raw(), held
    names: list[str] = []
    for name in type(record).model_fields:
        one, other = getattr(before, name), getattr(after, name)
        if one == other or not one or name in {"kind", "abstract"}:
            continue
        if name in {"authors", "editors"}:
            names += _of_people(name, one)
        elif name in {"journal", "book", "dates"}:
            names += [f"{name}.{part}" for part in type(one).model_fields if getattr(one, part) != getattr(other, part)]
        elif name == "keywords" and {k.text for k in one} <= {k.text for k in other}:
            names += ["keywords.owner"] if any(k.owner for k in one) else []
        else:
            names.append(name)
    return tuple(names)


def _of_people(name: str, printed: tuple[Author, ...]) -> list[str]:
    parts = ("affiliations", "identifiers", "affiliation_ids", "equal")
    return [f"{name}.{part}" for part in parts if any(getattr(one, part) for one in printed)]
