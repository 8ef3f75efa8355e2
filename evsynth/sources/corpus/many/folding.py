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
    held = data.tobytes().translate(ASCII_WORDS) + b" "
    at = np.frombuffer(held, np.uint8)
    letter = at > 32
    edges = np.flatnonzero(letter[1:] != letter[:-1]) + 1
    begins, ends = edges[::2], edges[1::2] + 1
    starts = where[:-1] + len(_BEFORE) - 1
    place = np.searchsorted(begins, starts)
    empty = np.diff(np.append(place, len(begins))) == 0
    order = place + np.arange(len(starts))
    total = len(begins) + len(starts)
    is_word = np.ones(total, np.bool_)
    is_word[order] = False
    spans = np.empty(2 * total + 1, np.int32)
    spans[:-1:2][is_word], spans[1::2][is_word] = begins, ends
    spans[:-1:2][~is_word], spans[1::2][~is_word], spans[-1] = starts - empty, starts + 1, len(held)
    both = pa.Array.from_buffers(pa.string(), 2 * total, [None, pa.py_buffer(spans), pa.py_buffer(held)])
    words = both.take(pa.array(np.arange(0, 2 * total, 2, dtype=np.int32)))
    begun = np.full(count + 1, total, np.int64)
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    there = np.zeros(count, np.bool_)
    there[owners] = True
    begun[owners[first]] = order[first]
    begun = np.minimum.accumulate(begun[::-1])[::-1]
    return strings(words.buffers()[2], reaches(words)[begun], there)


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
