"""Cut a stream of XML bytes into its records, each with its line and its bytes, before anything is parsed.

Every record is parsed alone afterwards. So one that is not well formed costs itself and no other, its bytes stand
beside what was read, memory is that of one record, and no parser ever sees the head of the file, where a document type
could declare entities or point to other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

LARGEST = 16 * 2**20
"""A record of more bytes is not read: the largest in PubMed, of thousands of authors, have a quarter of that."""

Trouble = Literal["", "unclosed", "cut", "large", "between"]
_SPACE = re.compile(rb"(?:[ \t\r\n]|\xef\xbb\xbf)*")
_TAG = re.compile(rb"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]*[>\[]")
_NEVER = re.compile(rb"(?!)")
_SUBSET_END = re.compile(rb"\]\s*>")
_AFTER_NAME = frozenset(b" \t\r\n/>")
_EMPTY = re.compile(rb"<[^<>]*/>")
_SHOWN = 1000


class Piece(NamedTuple):
    """The bytes of one record, from `<name` to `</name>`, and the line (from 1) where they begin.

    `trouble` says why it cannot be parsed: the next record begins before it ends (`unclosed`), the file ends inside it
    (`cut`), it is too long (`large`: the first 1,000 bytes), or it is text outside all records (`between`).
    """

    name: str
    line: int
    raw: bytes
    trouble: Trouble = ""


def pieces(chunks: Iterable[bytes], names: tuple[str, ...], largest: int = LARGEST) -> Iterator[Piece]:
    """Cut out the elements of these names, in order; they do not stand inside each other.

    The bytes are in an encoding that contains ASCII (UTF-8, Latin-1). At most `largest` bytes and a chunk are held.
    """
    text = _Text(chunks)
    begins = tuple(b"<" + name.encode() for name in names)
    line = 1
    while True:
        opening = text.held[text.at : text.at + _SHOWN]
        start, name = text.first(begins, 0, largest)
        head = text.held[text.at : start]
        if text.skipped:
            yield Piece("", line, opening, "large")
        elif head.strip():
            yield from _between(head, line)
        line += head.count(b"\n") + text.skipped_lines()
        text.at = start
        if not name:
            return
        opening = text.held[start : start + _SHOWN]
        stop, trouble = _whole(text, name, begins, largest) or _stop(text, b"</" + name[1:], begins, largest)
        raw = text.held[text.at : stop]
        yield Piece(name[1:].decode(), line, opening if trouble == "large" else raw, trouble)
        line += raw.count(b"\n") + text.skipped_lines()
        text.at = stop


class _Text:
    """The bytes that are held of the stream, where the next record is looked for, and what was let go unread."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.held = b""
        self.at = 0
        self.skipped = 0
        self._lines = 0

    def grow(self) -> bool:
        """Hold one chunk more, and nothing before `at`; say whether there was one."""
        chunk = next(self.chunks, None)
        if chunk is None:
            return False
        self.held = self.held[self.at :] + chunk
        self.at = 0
        return True

    def let_go(self, keep: int) -> None:
        """Forget all but the last `keep` bytes, and count them."""
        gone = max(len(self.held) - keep, self.at)
        self.skipped += gone - self.at
        self._lines += self.held.count(b"\n", self.at, gone)
        self.at = gone

    def skipped_lines(self) -> int:
        lines, self._lines, self.skipped = self._lines, 0, 0
        return lines

    def first(self, marks: tuple[bytes, ...], since: int, largest: int) -> tuple[int, bytes]:
        """Find the first of these tags, `since` bytes after `at`: where it stands, and which; the end, and none."""
        width = max(map(len, marks)) + 1
        while True:
            best, which = len(self.held), b""
            for mark in marks:
                found = _tag(self.held, mark, self.at + since, best)
                if found < best:
                    best, which = found, mark
            if which and (best + len(which) < len(self.held) or which == b">"):
                return best, which
            if len(self.held) - self.at > largest:
                self.let_go(width)
                since = 0
            since = max(since, len(self.held) - self.at - width)
            if not self.grow():
                return best, which


def _tag(held: bytes, mark: bytes, start: int, stop: int) -> int:
    """Find `<name` as a whole name; `stop` if it is not there."""
    while (found := held.find(mark, start, stop)) >= 0:
        after = found + len(mark)
        if mark == b">" or after >= len(held) or held[after] in _AFTER_NAME:
            return found
        start = found + 1
    return stop


def _whole(text: _Text, name: bytes, begins: tuple[bytes, ...], largest: int) -> tuple[int, Trouble] | None:
    """Find the end of a record that is held whole and is as it should be; None for any other. It saves time."""
    held, start = text.held, text.at
    close = b"</" + name[1:]
    following = held.find(name, start + 1)
    end = held.find(close, start, following if following >= 0 else len(held))
    stop = end + len(close) + 1
    if (
        end < 0
        or held[stop - 1 : stop] != b">"
        or end - start > largest
        or any(held.find(one, start, end) >= 0 for one in _others(name, begins))
    ):
        return None
    return (stop, "") if held.find(b"/>", start, held.find(b">", start) + 1) < 0 else None


@cache
def _others(name: bytes, begins: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return what the tags other than `name` begin with; what two of them share (`<Delete`) is sought only once."""
    others = [one for one in begins if one != name]
    first = [one[:7] for one in others if one[:7] != name[:7]]
    return tuple(dict.fromkeys(one[:7] if first.count(one[:7]) > 1 else one for one in others))


def _stop(text: _Text, close: bytes, begins: tuple[bytes, ...], largest: int) -> tuple[int, Trouble]:
    """Find where the record at `text.at` ends, and what is wrong with it."""
    text.first((b">",), 0, largest)
    empty = _EMPTY.match(text.held, text.at)
    if empty:
        return empty.end(), ""
    place, mark = text.first((b"<" + close[2:], *begins, close), 1, largest)
    if mark == close:
        place, mark = text.first((b">",), place - text.at, largest)
        place += len(mark)
    if text.skipped or place - text.at > largest:
        return place, "large"
    return place, "" if mark == b">" else "unclosed" if mark else "cut"


def _between(head: bytes, line: int) -> Iterator[Piece]:
    """Report what stands between records and is neither markup of the set nor white space."""
    at = after_markup(head)
    if at < len(head):
        yield Piece("", line + head.count(b"\n", 0, at), head, "between")


def after_markup(head: bytes, *, tags: bool = True) -> int:
    """Find the first place that is not white space, a comment, an instruction, a document type, or (`tags`) a tag."""
    at = 0
    while True:
        blank = _SPACE.match(head, at)
        at = blank.end() if blank else at
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at) + 3
        elif head.startswith(b"<?", at):
            end = head.find(b"?>", at) + 2
        else:
            form = _DOCTYPE if head.startswith(b"<!", at) else _TAG if tags else _NEVER
            tag = form.match(head, at)
            end = tag.end() if tag else 0
            if tag and tag[0].endswith(b"["):
                subset = _SUBSET_END.search(head, end)
                end = subset.end() if subset else 0
        if end <= at:
            return at
        at = end
