"""Prove that many records are UTF-8 text of characters that XML allows, and find their line ends and marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.spelling import Marked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_BLOCK = 1 << 18
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r")


class Characters(NamedTuple):
    """How many line ends each record has, and where in the records, one after the other, the marks stand."""

    lines: list[int]
    marks: Numbers


def characters(records: Sequence[Marked], held: bytearray) -> Characters | set[int]:
    """Look at the characters of records, which `held` has one after the other; or say which records are no text."""
    at = np.frombuffer(held, np.uint8)
    reach = np.cumsum([0, *(one.size for one in records)])
    lines: list[int] = []
    bad: set[int] = set()
    first = 0
    while first < len(records):
        stop = max(int(np.searchsorted(reach, reach[first] + _BLOCK)), first + 1)
        stop = min(stop, len(records))
        some = records[first:stop]
        block = at[reach[first] : reach[stop]]
        ends = block == ord("\n")
        inside = (reach[first : stop + 1] - reach[first]).tolist()
        lines += [int(np.count_nonzero(ends[begin:end])) for begin, end in pairwise(inside)]
        if np.count_nonzero(block < 32) != sum(lines[first:]) + sum(len(one.marks) for one in some):
            bad.update(number for number, one in enumerate(some, first) if not _allowed(one))
        first = stop
    if not bad and not _is_text(held):
        bad = {number for number, one in enumerate(records) if not _is_text(one.raw)}
    each = zip(records, reach[:-1].tolist(), strict=True)
    return bad or Characters(lines, np.array([begin + mark for one, begin in each for mark in one.marks], np.int64))


def _allowed(one: Marked) -> bool:
    """Say whether a record has no control character but white space and its marks."""
    return one.size - len(one.raw.translate(None, _CONTROL)) == len(one.marks)


def _is_text(raw: bytes | bytearray) -> bool:
    """Say whether bytes are UTF-8, without the two characters beyond ASCII that XML does not allow."""
    import pyarrow as pa

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
