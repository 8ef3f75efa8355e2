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
from evsynth.sources.corpus.many.shapes import content, reaches, strings
from evsynth.sources.corpus.many.spelling import spelled_out

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_BLOCK = 1 << 18
_NONE: Mapping[str, str] = {}


class Articles:
    """The articles of some tokens."""

    def __init__(self, tokens: Tokens, count: int) -> None:
        self.count = count
        self.wrong = set(tokens.wrong)
        self.markup: dict[int, str] = {}
        self._tokens = tokens
        listed = np.flatnonzero(tokens.path > 1).astype(np.int32)
        path = tokens.path[listed]
        order = np.argsort(path, kind="stable")
        self._order, path = listed[order], path[order]
        self._reach = np.searchsorted(path, np.arange(len(PATHS) + 3)).tolist()
        self._leaves = self._reach[FIRST_LEAF]
        self._rank = np.empty(len(tokens.path), np.int32)
        self._rank[self._order[self._leaves :]] = np.arange(len(order) - self._leaves, dtype=np.int32)
        self._attributes = [one.attributes or _NONE for one in tokens.tags]
        self._texts = self._read(self._order[self._leaves :], path[self._leaves :])

    def _read(self, leaves: Numbers, path: NDArray[np.uint8]) -> pa.StringArray:
        """Read the texts of all elements that hold a text, in the order of their paths."""
        import pyarrow as pa

        changed = self._not_alone(leaves, path)
        marks = self._tokens.marks
        if len(marks):
            held = np.frombuffer(self._tokens.held, np.uint8)
            held[marks] = np.frombuffer(spelled_out(held[marks].tobytes()), np.uint8)
        taken = self._tokens.both.take(pa.array(2 * leaves + 1))
        values = pa.Array.from_buffers(pa.string(), len(taken), taken.buffers())
        for one in _unclean(values):
            if one not in changed:
                changed[one] = collapsed(values[one].as_py())
        for number in STRIPPED:
            first, stop = (one - self._leaves for one in self._reach[number : number + 2])
            for one in _unclean(values[first:stop], beyond=True):
                if changed.get(first + one, "?"):
                    changed[first + one] = stripped(values[first + one].as_py())
        return _with_changes(values, changed)

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


def _unclean(values: pa.StringArray, *, beyond: bool = False) -> list[int]:
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


def _with_changes(values: pa.StringArray, changed: dict[int, str]) -> pa.StringArray:
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
