"""Cut records into tags and texts, many at once, and prove that each is well formed.

A record is *plain* if it is UTF-8 text of characters that XML allows, with tags alone (no comment, no section of
another kind), references to characters only, and each element ended where it has to be. A record that is not plain is
named by its number, and left to a parser of one record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.characters import Characters, characters
from evsynth.sources.corpus.many.nesting import Tokens, nested
from evsynth.sources.corpus.many.spelling import marked
from evsynth.sources.corpus.many.tags import tag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_BLOCK = 1 << 18
_BOTH = np.frombuffer(b"<>", np.uint16)[0]


class Cut(NamedTuple):
    """The tokens of the records that are plain, their numbers among all, and how many line ends each has."""

    tokens: Tokens | None
    plain: list[int]
    lines: list[int]


def cut(raws: Sequence[bytes]) -> Cut:
    """Cut records, each from `<PubmedArticle` to its end."""
    plain = list(range(len(raws)))
    while plain:
        ready = [marked(raws[number]) for number in plain]
        whole = [one for one in ready if one is not None]
        plain = [number for number, one in zip(plain, ready, strict=True) if one is not None]
        if not whole:
            break
        held = bytearray().join(chain.from_iterable(one.parts for one in whole))
        known = characters(whole, held)
        last = np.cumsum([one.size for one in whole], dtype=np.int32)
        del ready, whole
        found = _tokens(held, last, known.marks) if isinstance(known, Characters) else known
        if isinstance(found, Tokens) and isinstance(known, Characters):
            return Cut(found, plain, known.lines)
        plain = [one for number, one in enumerate(plain) if number not in found]
    return Cut(None, [], [])


def _tokens(held: bytearray, last: NDArray[np.int32], marks: Numbers) -> Tokens | set[int]:
    """Cut records, each of which ends at one of `last`, if all are well formed; or say which are not."""
    import pyarrow as pa

    at = np.frombuffer(held, np.uint8)
    signs = _signs(at)
    sign = at.take(signs)
    if len(sign) % 2 == 0 and (sign.view(np.uint16) == _BOTH).all():
        begins, ends = signs[::2].copy(), signs[1::2] + np.int32(1)
        crossed = None
    else:
        if wrong := {int(np.searchsorted(last, one.start(), "right")) for one in re.finditer(b"]]>", held)}:
            return wrong
        begins, ends = signs[sign == ord("<")], signs[sign == ord(">")]
        ends = ends[np.minimum(np.searchsorted(ends, begins), len(ends) - 1)] + np.int32(1)
        crossed = ends <= begins
        crossed[:-1] |= ends[:-1] > begins[1:]
    first = np.searchsorted(begins, np.append(0, last))
    record = np.repeat(np.arange(len(last), dtype=np.int32), np.diff(first))
    if crossed is not None and crossed.any():
        return set(record[crossed].tolist())
    places = np.empty(2 * len(begins) + 1, np.int32)
    places[:-1:2], places[1::2], places[-1] = begins, ends, len(held)
    buffers = [None, pa.py_buffer(places), pa.py_buffer(held)]
    both = pa.Array.from_buffers(pa.binary(), 2 * len(begins), buffers)
    spellings = both.take(pa.array(np.arange(0, 2 * len(begins), 2, dtype=np.int32))).dictionary_encode()
    tags = list(map(tag, spellings.dictionary.to_pylist()))
    return nested(held, both, record, first[:-1], spellings.indices.to_numpy().astype(np.intp), tags, marks)


def _signs(at: NDArray[np.uint8]) -> Numbers:
    """Return where the signs of tags stand; in blocks, which stay near the processor."""
    found = []
    for begin in range(0, len(at), _BLOCK):
        block = np.flatnonzero((at[begin : begin + _BLOCK] | 2) == ord(">"))
        block += begin
        found.append(block)
    return np.concatenate(found, dtype=np.int32, casting="unsafe")
