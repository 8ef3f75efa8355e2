"""Which words stand where: the folded words of titles and abstracts, sorted, each with its rows and places in them.

The words of a file are numbered as they follow each other; a place is twice that number, and one more in an abstract.
A blank between two sections counts as a word. So the words of a phrase stand two apart, and no phrase reaches over the
end of a section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.shapes import content, reaches

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

TITLE, ABSTRACT = 0, 1
"""What is added to the place of a word in a title, or in an abstract."""
SEVERAL = 700_000
"""So many words are sorted at once; more of them make another run, and runs are merged."""


class Run(NamedTuple):
    """Words in the order of their bytes, how often each stands, and rows and places of the first, the second, …"""

    words: pa.StringArray
    sizes: NDArray[np.int32]
    rows: NDArray[np.int32]
    places: NDArray[np.int32]


class Postings:
    """Words and where they stand, gathered until they are sorted."""

    def __init__(self) -> None:
        self.held = 0
        self._before = 0
        self._words: list[pa.StringArray] = []
        self._found: list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]] = []

    def add(self, part: int, words: pa.StringArray, first: int) -> None:
        """Add a column of folded words, in which a blank stands before and after each; its rows begin at `first`."""
        import pyarrow as pa

        where = reaches(words)
        ends = np.flatnonzero(content(words)[where[0] :] == ord(" ")).astype(np.int32) + where[0] + 1
        if not len(ends):
            return
        reach = pa.py_buffer(np.concatenate([where[:1], ends]))
        each = pa.Array.from_buffers(pa.string(), len(ends), [None, reach, words.buffers()[2]]).dictionary_encode()
        numbers = each.indices.to_numpy()
        before = np.searchsorted(ends, where, "right")
        sizes = before[1:] - before[:-1]
        rows = np.repeat(np.arange(first, first + len(words), dtype=np.int32), sizes)
        places = np.arange(self._before, self._before + len(ends), dtype=np.int32) * 2 + np.int32(part)
        self._before += len(ends)
        kept = (np.diff(reaches(each.dictionary)) > 1)[numbers]
        self._found.append((numbers[kept] + np.int32(sum(map(len, self._words))), rows[kept], places[kept]))
        self._words.append(each.dictionary)
        self.held += int(np.count_nonzero(kept))

    def sorted(self) -> Run:
        """Return the words with rows and places in the order in which they were added, and hold nothing more."""
        import pyarrow as pa
        import pyarrow.compute as pc

        each = pa.concat_arrays(self._words).dictionary_encode()
        sorted_ = pc.sort_indices(each.dictionary.cast(pa.binary()))
        rank = np.empty(len(sorted_), np.int64)
        rank[sorted_.to_numpy()] = np.arange(len(sorted_))
        rank = rank[each.indices.to_numpy()]
        ranks = np.empty(self.held, np.int64)
        begin = 0
        for numbers, _, _ in self._found:
            ranks[begin : begin + len(numbers)] = rank[numbers]
            begin += len(numbers)
        sizes = np.bincount(ranks, minlength=len(sorted_)).astype(np.int32)
        ranks <<= 32
        ranks |= np.arange(len(ranks), dtype=np.int32)
        ranks.sort()
        order = ranks.astype(np.uint32)
        del ranks
        rows, places = (np.concatenate([one[part] for one in self._found])[order] for part in (1, 2))
        stands = pa.array(sizes > 0)
        spelled = pc.ascii_rtrim(each.dictionary.take(sorted_).filter(stands), " ")
        self.held, self._words, self._found = 0, [], []
        return Run(spelled, sizes[sizes > 0], rows, places)
