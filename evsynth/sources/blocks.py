"""Cut a MEDLINE file into the texts of its records, each with its first line; refuse what is not MEDLINE."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.sources.reading import ReadError, shown
from evsynth.sources.tags import TAGS, tag_line

_BREAK = re.compile(r"\r\n|\n|\r")
_BEGINS = re.compile(r"(?:PMC {1,2}- +PMC\d+ +)?PMID *-")
_EXPORT = "In PubMed choose Save, format PubMed (.nbib)."
#: How other formats begin, what they are called, and what to do.
_OTHERS = (
    (r"<\?xml|<!DOCTYPE Pubmed|<Pubmed|<eFetch|<eSearch", "XML", _EXPORT),
    (r"(?i)<!doctype html|<html|<pre", "an HTML page", f"Save the record, not the page. {_EXPORT}"),
    (r"TY  - ", "RIS", _EXPORT),
    (r"@\w+\s*\{", "BibTeX", _EXPORT),
    (r"FN |%0 |\{|\[", "another format", _EXPORT),
    (r"%PDF", "a PDF file", _EXPORT),
)


class Block(NamedTuple):
    """The text of one record and the number of its first line."""

    line: int
    text: str

    @property
    def lines(self) -> list[str]:
        return _BREAK.split(self.text)


def blocks(text: str) -> list[Block]:
    """Return the blocks of a file: separated by empty lines, and where a second PMID begins.

    A blank line before an indented line is inside a record. Line ends may be of any system. Raises
    `ReadError` for a text that is empty, binary, or has no MEDLINE field.
    """
    text = text.removeprefix("\ufeff")
    lines = _lines(text)
    _refuse(text, lines)
    found: list[Block] = []
    start = end = 0
    first = 0
    pmid = blank = False
    for number, (offset, line) in enumerate(lines, 1):
        if not line.strip():
            blank = True
            continue
        begins = _BEGINS.match(line) is not None
        if first and ((blank and line[0] not in " \t") or (begins and pmid)):
            found.append(Block(first, text[start:end]))
            first = 0
        if not first:
            first, start, pmid = number, offset, False
        pmid, blank, end = pmid or begins, False, offset + len(line)
    return [*found, Block(first, text[start:end])]


def _lines(text: str) -> list[tuple[int, str]]:
    """Return each line without its line end, and where it begins."""
    lines, at = [], 0
    for found in _BREAK.finditer(text):
        lines.append((at, text[at : found.start()]))
        at = found.end()
    return [*lines, (at, text[at:])]


def _refuse(text: str, lines: list[tuple[int, str]]) -> None:
    if not text.strip():
        raise ReadError(1, "the text is empty", _EXPORT)
    number, first = next((n, line) for n, (_, line) in enumerate(lines, 1) if line.strip())
    if "\0" in text:
        line = len(_BREAK.split(text[: text.index("\0")]))
        raise ReadError(line, "a NUL character: this is a binary file, not text", _EXPORT)
    for pattern, name, hint in _OTHERS:
        if re.match(pattern, first.lstrip()):
            raise ReadError(number, f"this is {name}, not MEDLINE: it begins {shown(first)}", hint)
    if not any((tagged := tag_line(line.lstrip())) and tagged[0] in TAGS for _, line in lines):
        message = f"this is not MEDLINE: no line begins with a tag such as `PMID- `; it begins {shown(first)}"
        raise ReadError(number, message, _EXPORT)
