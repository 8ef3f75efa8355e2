"""Cut a stream of PubMed's XML into articles, as `formats.pieces` does, but many at a time and looking for one tag.

That is enough where one article follows the other. As soon as anything else stands there (a book, a deletion, the end),
the rest of the stream is read record by record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from evsynth.sources.formats.pieces import LARGEST, after_markup
from evsynth.sources.formats.pubmed_xml import Item, items
from evsynth.sources.reading import Deletion, Failure

Entry = Item | Deletion | Failure
AT_ONCE, LONG = 2000, 4 * 2**20
"""Articles of a run, and their bytes: some hundred calls for each run cost more than the articles if they are few."""
_BEGIN, _END = b"<PubmedArticle>", b"</PubmedArticle>"
_OTHERS = (b"<PubmedBookArticle", b"<DeleteCitation", b"<DeleteDocument")
_SPACE = re.compile(rb"[ \t\r\n]*")
_NOTHING = b"<DeleteCitation/>"
"""A list that deletes nothing: with it before the rest of a stream, the rest is not the whole."""


class Run(NamedTuple):
    """Articles that follow each other, each from `<PubmedArticle>` to its end; `gaps` are the bytes before each."""

    raws: list[bytes]
    gaps: list[bytes]


class Rest(NamedTuple):
    """What is left of a stream; `first` if nothing of it was read before."""

    chunks: Iterable[bytes]
    first: bool


def one_by_one(rest: Rest, before: int) -> Iterator[Entry]:
    """Read a rest record by record; `before` counts the line ends before it."""
    chunks = rest.chunks if rest.first else chain((_NOTHING,), rest.chunks)
    return (one._replace(line=one.line + before) for one in items(chunks))


def runs(chunks: Iterable[bytes]) -> Iterator[Run | Rest]:
    """Cut a stream of UTF-8 bytes: runs of articles, then the rest."""
    source = iter(chunks)
    held, at = b"", 0
    while len(held) < 4096 or _BEGIN not in held[: 2 * 4096]:
        chunk = next(source, None)
        held += chunk or b""
        if chunk is None or len(held) > 2 * 4096:
            break
    start = held.find(_BEGIN)
    head = held[: max(start, 0)]
    if start < 0 or after_markup(head) != len(head) or b"xmlns" in head or b"<MedlineCitationSet" in held:
        yield Rest(chain((held,), source), first=True)
        return
    raws: list[bytes] = []
    gaps: list[bytes] = []
    size = 0
    while True:
        found = _SPACE.match(held, start if at < start else at)
        begin = found.end() if found else at
        end = held.find(_END, begin) if held.startswith(_BEGIN, begin) else -1
        if end >= 0:
            stop = end + len(_END)
            raws.append(held[begin:stop])
            gaps.append(held[at:begin])
            at = stop
            size += stop - begin
            if len(raws) >= AT_ONCE or size >= LONG:
                yield Run(raws, gaps)
                raws, gaps, size = [], [], 0
            continue
        hopeless = (len(held) - begin >= len(_BEGIN) and not held.startswith(_BEGIN, begin)) or len(
            held
        ) - begin > LARGEST
        chunk = None if hopeless else next(source, None)
        if chunk is None:
            break
        held, at, start = held[at:] + chunk, 0, max(start - at, 0)
    if raws:
        yield Run(raws, gaps)
    yield Rest(chain((held[at:],), source), first=False)


def holds_others(raw: bytes) -> bool:
    """Say whether a record that is no article begins in one, so that where it ends is not known."""
    return any(one in raw for one in _OTHERS)
