"""Which of many texts have white space that a reader of one would change, and how those are put among the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evsynth.sources.corpus.many.shapes import content, reaches, strings

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 1 << 18


def unclean(values: pa.StringArray, *, beyond: bool = False) -> list[int]:
    """Name the texts with a run of white space, some at an end, a tab or line end; or (`beyond`) any beyond ASCII."""
    where = reaches(values)
    data = content(values)[where[0] :]
    if not len(data):
        return []
    where = where - where[0]
    begins, ends = where[:-1], where[1:]
    full = ends > begins
    if not full.all():
        begins, ends = begins[full], ends[full]
    found = [begins[data[begins] <= 32], ends[data[ends - 1] <= 32] - 1]
    for begin in range(0, len(data), _BLOCK):
        block = data[begin : begin + _BLOCK + 1]
        blank = block <= 32
        odd = blank[1:] & blank[:-1]
        odd |= block[:-1] < 32
        if beyond:
            odd |= block[:-1] > 126
        found.append(np.flatnonzero(odd) + begin)
    found.append(np.array([len(data) - 1] if data[-1] < 32 or (beyond and data[-1] > 126) else [], np.int64))
    odds = np.concatenate(found)
    return np.unique(np.searchsorted(where, odds, "right") - 1).tolist() if len(odds) else []


def stripped(inside: str) -> str:
    """Return a text without the white space around it."""
    return inside.replace("\r\n", "\n").replace("\r", "\n").strip()


def with_changes(values: pa.StringArray, changed: dict[int, str]) -> pa.StringArray:
    """Return texts of which some are others."""
    import pyarrow as pa

    if not changed:
        return values
    which = sorted(changed)
    others = [changed[one].encode() for one in which]
    places = reaches(values)
    data = content(values).data
    begins = places[which].tolist()
    ends = places[np.array(which) + 1].tolist()
    pieces: list[bytes | memoryview] = []
    at = int(places[0])
    for begin, end, other in zip(begins, ends, others, strict=True):
        pieces += (data[at:begin], other)
        at = end
    pieces.append(data[at:])
    sizes = np.diff(places, prepend=places[:1])
    sizes[np.array(which) + 1] = [len(one) for one in others]
    return strings(pa.py_buffer(b"".join(pieces)), np.cumsum(sizes, dtype=np.int32))
