"""The folded words of many texts at once: the same as `sources.corpus.searched.folded` gives for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.shapes import content, reaches, strings, together
from evsynth.sources.corpus.searched import ASCII_WORDS, plain_letters

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

#: What stands before each text: a blank that ends the word before it, one that is doubled, one that begins the text.
_BEFORE = "   "


def folded_rows(texts: pa.StringArray, owners: Numbers, count: int) -> pa.StringArray:
    """Fold texts and put those of one row one after the other, each between two blanks; no text may be empty."""
    import pyarrow as pa

    parted = together(_BEFORE, texts)
    data, where = _without_accents(content(parted), reaches(parted))
    at = np.frombuffer(data.tobytes().translate(ASCII_WORDS) + b" ", np.uint8)
    kept = at > 32
    kept[1:] |= kept[:-1]
    begins = where[:-1] + len(_BEFORE) - 1
    kept[begins] = True
    sizes = np.diff(where) - np.diff(np.searchsorted(np.flatnonzero(~kept), where + 1))
    empty = sizes == 1
    kept[begins[empty] - 1] = True
    sizes[empty] += 1
    there = np.zeros(count, np.bool_)
    there[owners] = True
    each = np.bincount(owners, weights=sizes, minlength=count) if len(owners) else np.zeros(count)
    return strings(pa.py_buffer(at[kept]), np.append(0, np.cumsum(each)), there)


def _without_accents(data: NDArray[np.uint8], where: Numbers) -> tuple[NDArray[np.uint8], Numbers]:
    """Put plain letters for each run of letters beyond ASCII; no run reaches over the end of a text."""
    import pyarrow as pa

    beyond = data > 127
    if not beyond.any():
        return data, where
    edges = np.flatnonzero(beyond[1:] != beyond[:-1]) + 1
    if len(edges) % 2:
        edges = np.append(edges, len(data))
    count = len(edges) // 2
    spans = np.concatenate([[0], edges, [len(data)]]).astype(np.int32)
    both = pa.Array.from_buffers(pa.string(), 2 * count + 1, [None, pa.py_buffer(spans), pa.py_buffer(data)])
    runs = both.take(pa.array(np.arange(1, 2 * count, 2))).dictionary_encode()
    plain = pa.array([plain_letters(one) for one in runs.dictionary.to_pylist()], pa.string())
    pool = pa.concat_arrays([both, plain])
    which = np.arange(2 * count + 1)
    which[1::2] = 2 * count + 1 + runs.indices.to_numpy()
    whole = pool.take(pa.array(which))
    shift = np.concatenate(
        [[0], np.cumsum(np.diff(reaches(plain))[runs.indices.to_numpy()] - (edges[1::2] - edges[::2]))]
    )
    return content(whole), where + shift[np.searchsorted(edges[1::2], where, "right")]
