"""Read PubMed's XML as a stream: articles, books and deletions, one failure for each record that cannot be read.

`items` gives plain dictionaries in the shape of `model.record.Record`, for those who want columns and speed;
`each_pubmed` gives records. An answer of PubMed that is an error (`<ERROR>`) is never an empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.formats.elements import Malformed, parse, text
from evsynth.sources.formats.pieces import LARGEST, Piece, pieces
from evsynth.sources.formats.pubmed_article import Fields, article_fields
from evsynth.sources.formats.pubmed_book import book_fields
from evsynth.sources.reading import Deletion, Doubt, Failure, ReadError, shown

NAMES = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument")
_SAID = re.compile(rb"<(ERROR|OUTPUT|Error)>(.*?)</\1>", re.S)
_EXPORT = "The file was damaged or cut; export or fetch it again."


class Item(NamedTuple):
    """One article or book: its line (from 1), its bytes, its fields, and names of characters that XML does not know."""

    line: int
    raw: bytes
    fields: Fields
    names: tuple[str, ...] = ()

    def record(self) -> Record:
        """Return the record, with its own text."""
        return Record.model_validate({**self.fields, "raw": self.raw.decode()})


def items(chunks: Iterable[bytes], largest: int = LARGEST) -> Iterator[Item | Deletion | Failure]:
    """Read a stream of UTF-8 bytes, a record at a time: what could be read, what PubMed deleted, what failed.

    Memory is that of one record and a chunk, whatever the length of the file. Raises `ReadError` where the stream
    holds no record but PubMed's error message.
    """
    nothing = True
    head = b""
    source = iter(chunks)
    for chunk in source:
        head += chunk
        if len(head) >= 4096:
            break
    names = NAMES if b"<MedlineCitationSet" not in head else ("MedlineCitation", *NAMES[2:])
    for piece in pieces(_again(head, source), names, largest):
        said = _SAID.search(piece.raw) if piece.trouble == "between" else None
        if said and nothing:
            raise ReadError(
                piece.line, f"PubMed answered with an error: {_words(said[2])}", "Check what was asked for."
            )
        nothing = False
        if piece.trouble:
            yield broken(piece)
            continue
        try:
            element, spelled = parse(piece.raw, head)
        except Malformed as error:
            yield Failure(piece.line + error.line - 1, error.message, error.hint, piece.raw.decode("utf-8", "replace"))
            continue
        if piece.name.startswith("Delete"):
            yield from (Deletion(piece.line, text(one), one.get("Version", "")) for one in element.iter("PMID"))
            continue
        fields = (book_fields if piece.name == "PubmedBookArticle" else article_fields)(element)
        if not (fields.get("pmid") or fields.get("article_ids") or fields.get("title")):
            words = f"a {piece.name} without PMID, identifier and title; it begins {shown(piece.raw[:60].decode())}"
            yield Failure(piece.line, words, _EXPORT, piece.raw.decode())
            continue
        yield Item(piece.line, piece.raw, fields, spelled)


def each_pubmed(chunks: Iterable[bytes]) -> Iterator[Record | Failure | Doubt | Deletion]:
    """Return the records of a PubMed XML stream, what it deletes, what could not be read. Raises `ReadError`."""
    for item in items(chunks):
        if isinstance(item, Item):
            yield item.record()
            yield from character_doubts(item.line, item.names)
        else:
            yield item


def character_doubts(line: int, names: tuple[str, ...]) -> list[Doubt]:
    """Say which names of characters were read as HTML means them."""
    if not names:
        return []
    return [Doubt(line, f"&{names[0]}; is no name of XML; it was read as HTML means it")]


def broken(piece: Piece, most: int = LARGEST) -> Failure:
    """Say what is wrong with a piece that cannot be parsed."""
    opening = shown(piece.raw[:60].decode("utf-8", "replace").strip())
    message = {
        "unclosed": f"the record does not end before the next one begins; it begins {opening}",
        "cut": f"the file ends inside this record; it begins {opening}",
        "large": f"more than {most // 2**20} MiB without the end of a record; it begins {opening}",
        "between": f"text that belongs to no record: {opening}",
    }[piece.trouble]
    return Failure(piece.line, message, _EXPORT, piece.raw.decode("utf-8", "replace"))


def _again(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _words(said: bytes) -> str:
    return shown(" ".join(said.decode("utf-8", "replace").split()), 200)
