"""Many articles at once: their elements by path, and the texts and attributes of elements as Arrow arrays.

Texts are those of `sources.formats.elements`: runs of white space as one blank, inline markup left out. What was not
foreseen puts the number of its article among the `wrong`, whose fields are read one by one instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.nesting import Tokens
from evsynth.sources.corpus.many.paths import FIRST_LEAF, PATHS, RICH, STRIPPED
from evsynth.sources.corpus.many.rich import collapsed, rich
from evsynth.sources.corpus.many.spelling import spelled_out
from evsynth.sources.corpus.many.whitespace import stripped, unclean, with_changes

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_NONE: Mapping[str, str] = {}


class Articles:
    """The articles of some tokens."""

    def __init__(self, tokens: Tokens, count: int) -> None:
        self.count = count
        self.wrong = set(tokens.wrong)
        self.markup: dict[int, str] = {}
        self._tokens = tokens
        holders = np.flatnonzero((tokens.path > 1) & (tokens.path < FIRST_LEAF))
        leaves = np.flatnonzero(tokens.path >= FIRST_LEAF)
        holders = holders[np.argsort(tokens.path[holders], kind="stable")]
        order = np.argsort(tokens.path[leaves], kind="stable")
        self._order = np.concatenate([holders, leaves[order]], dtype=np.int32)
        path = tokens.path[self._order]
        self._reach = np.searchsorted(path, np.arange(len(PATHS) + 3)).tolist()
        self._leaves = len(holders)
        self._rank = np.empty(len(tokens.path), np.int32)
        self._rank[leaves[order]] = np.arange(len(order), dtype=np.int32)
        self._attributes = [one.attributes or _NONE for one in tokens.tags]
        changed = self._not_alone(self._order[self._leaves :], path[self._leaves :])
        self._texts = self._read(leaves, order, changed)

    def _read(self, leaves: Numbers, order: Numbers, changed: dict[int, str]) -> pa.StringArray:
        """Read the texts of elements in an order; some are known.

        Arrow reserves room by the mean length of the texts from which it takes, so there is one text between two.
        """
        import pyarrow as pa

        marks = self._tokens.marks
        if len(marks):
            held = np.frombuffer(self._tokens.held, np.uint8)
            held[marks] = np.frombuffer(spelled_out(held[marks].tobytes()), np.uint8)
        _, each, data = self._tokens.both.buffers()
        known = np.frombuffer(each, np.int32)
        places = np.empty(2 * len(leaves) + 1, np.int32)
        places[:-1:2], places[1::2], places[-1] = known[2 * leaves + 1], known[2 * leaves + 2], known[-1]
        both = pa.Array.from_buffers(pa.binary(), 2 * len(leaves), [None, pa.py_buffer(places), data])
        taken = both.take(pa.array(2 * order))
        values = pa.Array.from_buffers(pa.string(), len(taken), taken.buffers())
        for one in unclean(values):
            if one not in changed:
                changed[one] = collapsed(values[one].as_py())
        for number in STRIPPED:
            first, stop = (one - self._leaves for one in self._reach[number : number + 2])
            for one in unclean(values[first:stop], beyond=True):
                if changed.get(first + one, "?"):
                    changed[first + one] = stripped(values[first + one].as_py())
        return with_changes(values, changed)

    def _not_alone(self, leaves: Numbers, path: NDArray[np.uint8]) -> dict[int, str]:
        """Return the texts of elements that are empty, or hold other tags."""
        tokens = self._tokens
        reach = tokens.closes[leaves] - leaves
        changed = dict.fromkeys(np.flatnonzero(reach == 0).tolist(), "")
        mixed = np.flatnonzero(reach > 1)
        known = np.isin(path[mixed], sorted(RICH))
        for one in mixed[~known].tolist():
            changed[one] = ""
            self.blame([int(tokens.record[leaves[one]])])
        places = np.frombuffer(tokens.both.buffers()[1], np.int32)
        mixed = mixed[known]
        elements = leaves[mixed]
        begins, ends = places[2 * elements].tolist(), places[2 * tokens.closes[elements] + 1].tolist()
        held = tokens.held
        found = rich([bytes(held[begin:end]) for begin, end in zip(begins, ends, strict=True)])
        for number, element, one in zip(mixed.tolist(), elements.tolist(), found, strict=True):
            changed[number] = "" if one is None else one.plain
            if one is None:
                self.blame([int(tokens.record[element])])
            elif one.marked:
                self.markup[element] = one.marked
        return changed

    def at(self, *paths: str) -> Numbers:
        """Return the elements at some paths, in their order."""
        found = [self._order[self._reach[PATHS[path]] : self._reach[PATHS[path] + 1]] for path in paths]
        return found[0] if len(found) == 1 else np.sort(np.concatenate(found))

    def record(self, elements: Numbers) -> NDArray[np.int32]:
        """Return the article in which each element stands."""
        return self._tokens.record[elements]

    def blame(self, records: Iterable[int] | NDArray[np.integer]) -> None:
        """Leave these articles to the reader of one."""
        self.wrong.update(records.tolist() if isinstance(records, np.ndarray) else records)

    def once(self, elements: Numbers, owners: Numbers) -> None:
        """Leave articles in which one owner has two of these elements to the reader of one."""
        again = owners[1:] == owners[:-1]
        if again.any():
            self.blame(self.record(elements[1:][again]))

    def text(self, elements: Numbers) -> pa.StringArray:
        """Return the plain text of each element; identifiers of articles are stripped only."""
        import pyarrow as pa

        if not len(elements):
            return self._texts[:0]
        ranks = self._rank[elements]
        first, last = int(ranks[0]), int(ranks[-1])
        if last - first + 1 == len(ranks):
            return self._texts[first : last + 1]
        return self._texts.take(pa.array(ranks))

    def attribute(self, elements: Numbers, name: str) -> pa.StringArray:
        """Return an attribute of each element; an empty text where there is none."""
        import pyarrow as pa

        codes = self._tokens.spelled[elements]
        used = np.zeros(len(self._attributes), np.bool_)
        used[codes] = True
        said = [self._attributes[one].get(name, "") for one in np.flatnonzero(used).tolist()]
        if len(said) == 1:
            return pa.array(said, pa.string()).take(pa.array(np.zeros(len(codes), np.int8)))
        number = np.cumsum(used, dtype=np.int32) - 1
        return pa.array(said, pa.string()).take(pa.array(number[codes]))

    def says(self, elements: Numbers, test: Callable[[Mapping[str, str]], bool]) -> NDArray[np.bool_]:
        """Return for each element what a test of its attributes gives."""
        codes = self._tokens.spelled[elements]
        held = np.zeros(len(self._attributes), np.bool_)
        held[codes] = True
        used = np.flatnonzero(held).tolist()
        held[used] = [test(self._attributes[one]) for one in used]
        return held[codes]
