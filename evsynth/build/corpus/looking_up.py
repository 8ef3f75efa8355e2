"""Looks words and phrases up in the lists of words that stand beside the files of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from evsynth.build.corpus.sources import words_of
from evsynth.sources.corpus.condition import Looked

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

    Standing = tuple[NDArray[np.int32], NDArray[np.int32]]

PLACES = 2**32
"""Places of one file: the place of a row in a corpus is the number of its file times this, and its own number."""
_LAST = "\U0010ffff"
"""Every word that begins with some letters stands before these letters with this character."""


def hits(parquets: Sequence[Path], looked: Sequence[Looked]) -> pa.Table:
    """Return the rows in which each word or phrase stands: its number, and the places in the corpus."""
    import pyarrow as pa

    with ThreadPoolExecutor() as pool:
        each = list(pool.map(lambda parquet: _in_file(parquet, looked), parquets if looked else ()))
    found = [np.concatenate([np.zeros(0, np.int64), *(one[number] for one in each)]) for number in range(len(looked))]
    numbers = np.repeat(np.arange(len(looked), dtype=np.int32), [len(one) for one in found])
    return pa.table({"number": numbers, "place": np.concatenate([np.zeros(0, np.int64), *found])})


def _in_file(parquet: Path, looked: Sequence[Looked]) -> list[NDArray[np.int64]]:
    import pyarrow.parquet as pq

    first = int(parquet.stem.partition("n")[2]) * PLACES
    with pq.ParquetFile(words_of(parquet)) as lists:
        groups = _groups(lists)

        @cache
        def standing(word: str, named: tuple[str, ...], cut: bool) -> Standing:
            return _standing(lists, groups, word, named, cut=cut)

        return [_rows(standing, one) + first for one in looked]


class _Group(NamedTuple):
    """A group of rows of a list, and its first and last word."""

    number: int
    first: str
    last: str


def _groups(lists: pq.ParquetFile) -> list[_Group]:
    found = []
    for number in range(lists.metadata.num_row_groups):
        known = lists.metadata.row_group(number).column(0).statistics
        whole = known is not None and known.has_min_max
        found.append(_Group(number, known.min if whole else "", known.max if whole else _LAST))
    return found


def _rows(standing: Callable[[str, tuple[str, ...], bool], Standing], looked: Looked) -> NDArray[np.int64]:
    """Return the rows in which a phrase stands, sorted; a phrase of one word is a word."""
    last = len(looked.words) - 1
    only_rows = last == 0 and len(looked.parts) == 2
    before: NDArray[np.bool_] | None = None
    rows = np.zeros(0, np.int32)
    for at, word in enumerate(looked.words):
        named = ("row",) if only_rows else ("row", "place")
        rows, places = standing(word, named, looked.begins and at == last)
        if len(looked.parts) == 1:
            inside = (places & 1) == looked.parts[0]
            rows, places = rows[inside], places[inside]
        if last == 0:
            break
        places = places >> 1
        if before is not None:
            follows = places <= len(before)
            follows[follows] = before[places[follows] - 1]
            rows, places = rows[follows], places[follows]
        before = _marked(places)
    return np.flatnonzero(_marked(rows))


def _marked(numbers: NDArray[np.int32]) -> NDArray[np.bool_]:
    there = np.zeros(int(numbers.max(initial=-1)) + 1, np.bool_)
    there[numbers] = True
    return there


def _standing(
    lists: pq.ParquetFile, groups: Sequence[_Group], word: str, named: Sequence[str], *, cut: bool
) -> Standing:
    """Return rows and places of a word, or of all that begin with it; the rows twice where no place is named."""
    import pyarrow as pa
    import pyarrow.compute as pc

    end = word + _LAST if cut else word
    found: list[tuple[NDArray[np.int32], NDArray[np.int32]]] = [(np.zeros(0, np.int32), np.zeros(0, np.int32))]
    for one in groups:
        if not (_before(one.first, end) and _before(word, one.last)):
            continue
        whole = one.first.startswith(word) and one.last.startswith(word) if cut else one.first == one.last
        table = lists.read_row_group(one.number, [*named, *([] if whole else ["word"])], use_threads=False)
        part = slice(0, table.num_rows)
        if not whole:
            words = table["word"].combine_chunks()
            words = words.chunk(0) if isinstance(words, pa.ChunkedArray) else words
            test = pc.starts_with(words.dictionary, word) if cut else pc.equal(words.dictionary, word)
            chosen = np.flatnonzero(test.to_numpy(zero_copy_only=False)[words.indices.to_numpy()])
            part = slice(int(chosen[0]), int(chosen[-1]) + 1) if len(chosen) else slice(0, 0)
        found.append((table[named[0]].to_numpy()[part], table[named[-1]].to_numpy()[part]))
    rows, places = zip(*found, strict=True)
    return np.concatenate(rows), np.concatenate(places)


def _before(one: str, other: str) -> bool:
    """Compare words as the lists are sorted: by their bytes."""
    return one.encode() <= other.encode()
