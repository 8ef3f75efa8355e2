"""Read the XML that EndNote and other reference managers export: `<xml><records><record>…`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from evsynth.model.record import Book, Dates, Identifier, Journal, Keyword, Markup, Record
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.elements import Malformed, escaped, parse, text
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.names import author
from evsynth.sources.formats.pieces import pieces
from evsynth.sources.formats.pubmed_xml import broken, character_doubts
from evsynth.sources.formats.ris_fields import doi, is_isbn, pmid
from evsynth.sources.reading import Doubt, Failure

_FACES = {"bold": "b", "italic": "i", "superscript": "sup", "subscript": "sub", "underline": "u"}
_PMCID = re.compile(r"PMC\d+")


def read_endnote_xml(chunks: Iterable[bytes]) -> Iterator[Record | Failure | Doubt]:
    """Return the records of an EndNote XML stream, those that cannot be read, and doubts."""
    for piece in pieces(chunks, ("record",)):
        if piece.trouble:
            yield broken(piece)
            continue
        try:
            element, names = parse(piece.raw)
        except Malformed as error:
            raw = piece.raw.decode("utf-8", "replace")
            yield Failure(piece.line + error.line - 1, error.message, error.hint, raw)
            continue
        raw = piece.raw.decode()
        if not (text(element.find("titles")) or text(element.find("contributors"))):
            hint = "Export the record again, or remove it from the file."
            yield Failure(piece.line, "a record without title and author", hint, raw)
            continue
        yield _record(element, raw)
        yield from character_doubts(piece.line, names)


def _pairs(record: Element) -> Iterator[tuple[str, str]]:
    """Give every printed value with a path of its own: `titles/title`, `urls/related-urls/url`."""
    for child in record:
        if child.tag in {"database", "source-app"}:
            yield str(child.tag), child.get("name", "") or text(child)
        elif child.tag == "ref-type":
            yield "ref-type", child.get("name", "") or text(child)
        elif child.tag != "foreign-keys":
            yield from _deep(str(child.tag), child)


def _deep(path: str, element: Element) -> Iterator[tuple[str, str]]:
    inner = [child for child in element if child.tag != "style"]
    if not inner:
        lines = "".join(element.itertext()).split("\r")
        yield path, "; ".join(filter(None, (" ".join(line.split()) for line in lines)))
    for child in inner:
        yield from _deep(f"{path}/{child.tag}", child)


def _record(element: Element, raw: str) -> Record:
    found = Fieldset(_pairs(element))
    kind = found.one("ref-type")
    in_book = bool(re.search(r"(?i)section|chapter|conference", kind))
    title = found.one("titles/title")
    host = found.one("titles/secondary-title")
    serials = [part.strip() for part in re.split(r"[;\n]", found.one("isbn")) if part.strip()]
    accession = found.one("accession-num")
    number = pmid(accession) or (accession if re.fullmatch(r"\d{1,8}", accession) else "")
    date = found.one("dates/pub-dates/date")
    year = found.one("dates/year")
    printed = found.one("electronic-resource-num")
    pmcid = next(iter(found.each("custom2", where=lambda v: _PMCID.fullmatch(v) is not None)), "")
    styled = _styled(element.find("titles/title"))
    return Record(
        kind=kind,
        database=found.one("remote-database-name"),
        pmid=number,
        pmcid=pmcid,
        title=title,
        abstract=sections(found.one("abstract")),
        authors=tuple(author(name) for name in found.each("contributors/authors/author")),
        editors=tuple(author(name) for name in found.each("contributors/secondary-authors/author")),
        affiliations=found.each("auth-address"),
        journal=Journal(
            title=found.one("periodical/full-title") or ("" if in_book else host),
            abbreviation=found.one("periodical/abbr-1", "titles/alt-title", "alt-periodical/abbr-1"),
            place=found.one("pub-location"),
            issns=tuple(entries.issn(value) for value in serials if not is_isbn(value)),
        ),
        book=Book(
            title=host if in_book else "",
            edition=found.one("edition"),
            publisher=found.one("publisher"),
            isbns=tuple(value for value in serials if is_isbn(value)),
        ),
        volume=found.one("volume"),
        issue=found.one("number", "issue"),
        pages=found.one("pages"),
        dates=Dates(published=" ".join(filter(None, (year, date if year not in date or not year else "")))),
        languages=found.each("language"),
        publication_types=found.each("work-type"),
        article_ids=(Identifier(value=doi(printed) or printed, kind="doi" if doi(printed) else ""),) if printed else (),
        other_ids=(accession,) if accession and not number else (),
        keywords=tuple(
            Keyword(text=v.removeprefix("*"), major=v.startswith("*")) for v in found.each("keywords/keyword")
        ),
        general_notes=found.each("notes"),
        urls=found.each("urls/related-urls/url", "urls/web-urls/url"),
        markup=(Markup(field="title", text=styled),) if styled else (),
        unknown=found.left(),
        raw=raw,
    )


def _styled(element: Element | None) -> str:
    """Return a text with the faces of its styles as tags; `""` where it has none but the normal one."""
    if element is None or not any(_FACES.get(style.get("face", "")) for style in element.iter("style")):
        return ""
    parts = []
    for style in element.iter("style"):
        face, inside = _FACES.get(style.get("face", "")), escaped(style.text)
        parts.append(f"<{face}>{inside}</{face}>" if face else inside)
    return " ".join("".join(parts).split())
