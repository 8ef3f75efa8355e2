"""Bytes to text: marks and encodings, gzip that may be cut, and what in a text no reader may take for text.

A text that is not UTF-8 throughout is read as Windows-1252, and that is said, if it holds no UTF-8 beyond ASCII at all.
Otherwise it is UTF-8 with damage, and a record with a damaged byte is one that cannot be read.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evsynth.sources.reading import Doubt

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PATTERNS = (
    (re.compile(rb"(?:[\t\n\r -~]\0\0\0){2}"), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0[\t\n\r -~]){2}"), "utf-32-be"),
    (re.compile(rb"(?:[\t\n\r -~]\0){4}"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\n\r -~]){4}"), "utf-16-be"),
)
"""How a text of wide characters begins that has no mark: every format begins with letters or signs of ASCII."""

LARGEST_RECORD = 16 * 2**20
"""A record of more characters is not read: nothing that a person prints about one report is as long."""

_SLICE, _MOST = 1 << 14, 1 << 20
_DAMAGED = re.compile("[\0\ud800-\udfff]")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")


class Text(NamedTuple):
    """The text of a file, and what was decided in reading it."""

    text: str
    doubts: tuple[Doubt, ...] = ()


def decoded(data: bytes) -> Text:
    """Return the text of some bytes; damaged bytes stay in it as lone surrogates (see `damage`)."""
    encoding, width = _encoding(data)
    if encoding and encoding != "utf-8":
        said = f"the file has no mark of its encoding; it was read as {encoding.upper()}"
        return Text(_wide(data[width:], encoding), () if width else (Doubt(1, said),))
    text = data[width:].decode("utf-8", "surrogateescape")
    bad = re.search("[\udc80-\udcff]", text)
    if bad is None or re.search("[^\0-\x7f\udc80-\udcff]", text):
        return Text(text)
    try:
        read = data[width:].decode("cp1252")
    except UnicodeDecodeError:
        return Text(text)
    line = text.count("\n", 0, bad.start()) + 1
    said = f"byte 0x{ord(bad[0]) - 0xDC00:02x} is not UTF-8; the file was read as Windows-1252"
    return Text(read, (Doubt(line, said),))


def _wide(data: bytes, encoding: str) -> str:
    """Return text of two or four bytes a character; what is cut or damaged becomes half a character."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode(encoding, "replace").replace("\ufffd", "\ud800")


def damage(text: str) -> str:
    """Say what in a text is no text: a NUL, or a byte of another encoding; `""` if nothing is."""
    found = _DAMAGED.search(text)
    if found is None:
        return ""
    if found[0] == "\0":
        return "a NUL character stands in the record"
    code = ord(found[0])
    return (
        f"byte 0x{code - 0xDC00:02x} in the record is not UTF-8 text"
        if 0xDC80 <= code <= 0xDCFF
        else "half a character"
    )


def unfit(record: str) -> str:
    """Say why the text of a record is not read: it is damaged, or too long; `""` if it is read."""
    if len(record) > LARGEST_RECORD:
        return f"the record has more than {LARGEST_RECORD // 2**20} MiB"
    return damage(record)


def beginning(record: str) -> str:
    """Give the text of a record that is not read; of one that is too long, its beginning."""
    return record if len(record) <= LARGEST_RECORD else record[:1000]


def as_utf8(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    """Return a stream of XML in UTF-8, whatever its mark or its declaration says it is in."""
    encoding, width = _encoding(head)
    head = head[width:] if encoding != "utf-8" else head
    declared = _DECLARED.match(head)
    if not encoding and declared and declared[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        encoding = declared[1].decode()
    try:
        decoder = (
            codecs.getincrementaldecoder(encoding or "utf-8")("replace") if encoding not in {"", "utf-8"} else None
        )
    except LookupError:
        decoder = None
    if decoder is None:
        yield head
        yield from rest
        return
    yield decoder.decode(head).encode("utf-8", "replace")
    for chunk in rest:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def is_wide(head: bytes) -> bool:
    """Tell whether bytes are UTF-16 or UTF-32, by their mark or by where their NULs stand."""
    return _encoding(head)[0] not in {"", "utf-8"}


class Inflated:
    """The bytes inside a gzip stream; `trouble` says afterwards that the stream was cut or damaged."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.trouble = ""
        self._chunks = iter(chunks)

    def __iter__(self) -> Iterator[bytes]:
        machine = zlib.decompressobj(31)
        given = 0
        for chunk in self._chunks:
            left = chunk
            while left:
                if machine.eof:
                    if not left.strip(b"\0"):
                        break
                    machine = zlib.decompressobj(31)
                before = machine.copy()
                try:
                    out = machine.decompress(left[:_SLICE], _MOST)
                except zlib.error as error:
                    for out in _until_damage(before, left[:_SLICE]):
                        given += len(out)
                        yield out
                    self.trouble = f"the gzip file is damaged after {given:,} bytes of its content ({error})"
                    return
                given += len(out)
                yield out
                left = (machine.unused_data if machine.eof else machine.unconsumed_tail) + left[_SLICE:]
        if not machine.eof:
            self.trouble = f"the gzip file is cut: it ends after {given:,} bytes of its content"


def _until_damage(machine: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    """Give what can be inflated before the byte that is damaged; the library gives nothing of a call that fails."""
    for number in range(len(data)):
        try:
            yield machine.decompress(data[number : number + 1])
        except zlib.error:
            return


def _encoding(data: bytes) -> tuple[str, int]:
    """Return the encoding that a mark or the first characters show, and the length of the mark; `""` for neither."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    return next((name for pattern, name in _PATTERNS if pattern.match(data)), ""), 0
