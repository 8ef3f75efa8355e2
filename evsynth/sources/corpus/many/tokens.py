"""Cut records into tags and texts, many at once, and prove that each is well formed.

A record is *plain* if it is UTF-8 text of characters that XML allows, with tags alone (no comment, no section of
another kind), references to characters only, and each element ended where it has to be. A record that is not plain is
named by its number, and left to a parser of one record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.nesting import Tokens, nested
from evsynth.sources.corpus.many.spelling import MARKED, Marked, marked
from evsynth.sources.corpus.many.tags import tag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_BLOCK = 1 << 18
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


class Cut(NamedTuple):
    """The tokens of the records that are plain, and their numbers among all."""

    tokens: Tokens | None
    plain: list[int]


def cut(raws: Sequence[bytes]) -> Cut:
    """Cut records, each from `<PubmedArticle` to its end."""
    plain: list[int] = []
    ready: list[Marked] = []
    for number, raw in enumerate(raws):
        one = marked(raw) if b"&" in raw else Marked(raw, 0)
        if one is not None:
            plain.append(number)
            ready.append(one)
    while ready:
        found = _tokens(ready)
        if isinstance(found, Tokens):
            return Cut(found, plain)
        plain = [one for number, one in enumerate(plain) if number not in found]
        ready = [one for number, one in enumerate(ready) if number not in found]
    return Cut(None, [])


def _tokens(records: Sequence[Marked]) -> Tokens | set[int]:
    """Cut records that are all well formed; or say which are not, as far as that is seen."""
    import pyarrow as pa

    held = bytearray().join([one.raw for one in records])
    signs = _signs(np.frombuffer(held, np.uint8))
    sign = np.frombuffer(held, np.uint8)[signs]
    control = signs[sign < 32]
    low = sign[sign < 32]
    marks = control[low < MARKED]
    if len(marks) != sum(one.marks for one in records) or not _is_text(held, low[low >= MARKED]):
        return {number for number, one in enumerate(records) if not _is_marked_text(one)}
    last = np.cumsum([len(one.raw) for one in records], dtype=np.int32)
    begins = signs[sign == ord("<")]
    ends = signs[sign == ord(">")]
    if len(begins) != len(ends):
        if held.find(b"]]>") >= 0:
            return {number for number, one in enumerate(records) if b"]]>" in one.raw}
        ends = ends[np.minimum(np.searchsorted(ends, begins), len(ends) - 1)]
    ends += 1
    record = np.searchsorted(last, begins, "right").astype(np.int32)
    crossed = ends <= begins
    crossed[:-1] |= ends[:-1] > begins[1:]
    if crossed.any():
        return set(record[crossed].tolist())
    places = np.empty(2 * len(begins) + 1, np.int32)
    places[:-1:2], places[1::2], places[-1] = begins, ends, len(held)
    buffers = [None, pa.py_buffer(places), pa.py_buffer(held)]
    both = pa.Array.from_buffers(pa.binary(), 2 * len(begins), buffers)
    spellings = both.take(pa.array(np.arange(0, 2 * len(begins), 2, dtype=np.int32))).dictionary_encode()
    tags = list(map(tag, spellings.dictionary.to_pylist()))
    lines = np.bincount(np.searchsorted(last, control[low == ord("\n")], "right"), minlength=len(records))
    found = nested(held, both, record, spellings.indices.to_numpy(), tags, marks)
    return found._replace(lines=lines) if isinstance(found, Tokens) else found


def _signs(at: NDArray[np.uint8]) -> Numbers:
    """Return where control characters and the signs of tags stand; in blocks, which stay near the processor."""
    found = []
    for begin in range(0, len(at), _BLOCK):
        block = at[begin : begin + _BLOCK]
        found.append(np.flatnonzero(((block | 2) == ord(">")) | (block < 32)).astype(np.int32) + np.int32(begin))
    return np.concatenate(found)


def _is_marked_text(one: Marked) -> bool:
    control = list(one.raw.translate(None, bytes(range(32, 256))))
    return sum(byte < MARKED for byte in control) == one.marks and _is_text(one.raw, np.array(control, np.uint8))


def _is_text(raw: bytes | bytearray, control: NDArray[np.uint8]) -> bool:
    """Say whether bytes are UTF-8 of characters that XML allows, or marks; `control` are those below 32."""
    import pyarrow as pa

    if not np.isin(control[control >= MARKED], (9, 10, 13)).all():
        return False
    at = raw.find(0xEF)
    while at >= 0:
        if raw[at : at + 3] in _NO_CHARACTERS:
            return False
        at = raw.find(0xEF, at + 1)
    reach = pa.py_buffer(np.array([0, len(raw)], np.int32))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, reach, pa.py_buffer(raw)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
