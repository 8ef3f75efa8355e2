"""Writes sorted runs of words to a file without a name, and merges them, holding a part of each.

A file of PubMed has more words than are sorted at once. The runs follow each other in the order of the rows, so of one
word the rows of an earlier run stand before those of a later one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evsynth.sources.corpus.postings import Run

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

GROUP = 1 << 17
"""So many words are given at once, but those of one run that are alike stay together."""
FREQUENT = 1 << 15
"""A word that stands so often is not given together with another one."""
_SIZE = 4


class _Kept(NamedTuple):
    """The words of a run, how often each stands, and where in the file its rows begin; its places follow them."""

    words: pa.StringArray
    sizes: Numbers
    begin: int


class Runs:
    """Some sorted runs."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115
        self._kept: list[_Kept] = []

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, run: Run) -> None:
        """Write a run, whose rows are not before those of the run that was added before it."""
        self._kept.append(_Kept(run.words, run.sizes, self._file.tell()))
        for numbers in (run.rows, run.places):
            self._file.write(numbers.data)

    def merged(self) -> Iterator[pa.Table]:
        """Return all words in the order of their bytes, with rows and places; and keep none of them."""
        import pyarrow as pa
        import pyarrow.compute as pc

        kept = self._kept
        each = pa.concat_arrays([one.words for one in kept]).dictionary_encode()
        sorted_ = pc.sort_indices(each.dictionary.cast(pa.binary()))
        spelled = each.dictionary.take(sorted_)
        rank = np.empty(len(spelled), np.int32)
        rank[sorted_.to_numpy()] = np.arange(len(spelled), dtype=np.int32)
        rank = rank[each.indices.to_numpy()]
        order = np.argsort(rank, kind="stable")
        rank = rank[order]
        run = np.repeat(np.arange(len(kept), dtype=np.int32), [len(one.sizes) for one in kept])[order]
        start = np.concatenate([np.cumsum(one.sizes, dtype=np.int32) - one.sizes for one in kept])[order]
        size = np.concatenate([one.sizes for one in kept])[order]
        del each, sorted_, order
        for first, stop in _parts(rank, size):
            part = slice(first, stop)
            rows, places = self._gathered(run[part], start[part], size[part])
            which = np.repeat(rank[part] - rank[first], size[part])
            words = pa.DictionaryArray.from_arrays(
                pa.array(which), spelled.slice(rank[first], rank[stop - 1] - rank[first] + 1)
            )
            yield pa.table({"word": words, "row": rows, "place": places})
        self._kept = []
        self._file.seek(0)
        self._file.truncate()

    def close(self) -> None:
        """Take the file away."""
        self._file.close()

    def _gathered(self, run: Numbers, start: Numbers, size: Numbers) -> list[Numbers]:
        """Read rows and places of some words of some runs; in each run they stand one after the other."""
        held: tuple[list[Numbers], ...] = ([], [])
        source = np.empty_like(start)
        before = 0
        for number in np.unique(run).tolist():
            of_run = np.flatnonzero(run == number)
            first, stop = int(start[of_run[0]]), int(start[of_run[-1]] + size[of_run[-1]])
            source[of_run] = start[of_run] - first + before
            before += stop - first
            kept = self._kept[number]
            for part, numbers in enumerate(held):
                self._file.seek(kept.begin + _SIZE * (first + part * int(kept.sizes.sum())))
                numbers.append(np.frombuffer(self._file.read(_SIZE * (stop - first)), np.int32))
        end = np.cumsum(size, dtype=np.int32)
        at = np.repeat(source - end + size, size) + np.arange(end[-1], dtype=np.int32)
        return [np.concatenate(numbers)[at] for numbers in held]


def _parts(rank: Numbers, size: Numbers) -> Iterator[tuple[int, int]]:
    """Cut the entries, each a word of a run, into parts that are given together."""
    often = np.bincount(rank, weights=size) >= FREQUENT
    changes = np.flatnonzero(rank[1:] != rank[:-1]) + 1
    ends = np.append(changes[often[rank[changes]] | often[rank[changes - 1]]], len(rank))
    reach = np.append(0, np.cumsum(size, dtype=np.int64))
    first = 0
    while first < len(rank):
        most = int(np.searchsorted(reach, reach[first] + GROUP, "right")) - 1
        stop = min(max(most, first + 1), int(ends[np.searchsorted(ends, first, "right")]))
        yield first, stop
        first = stop
