"""Find where each element of many records ends, and its path: the tags of a record that is well formed.

Most elements hold no other: their tags follow each other, and are found at once. Only what is left is sorted by depth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.paths import CODES, INSIDE, LEVELS, OTHER, ROOT, UNKNOWN, below, number_of
from evsynth.sources.corpus.many.tags import BEGINS, EMPTY, ENDS, STRANGE, Tag
from evsynth.sources.formats.pubmed_xml import NAMES as RECORDS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_DEEPEST = 200
_RECORDS = {name.encode() for name in RECORDS}


class Tokens(NamedTuple):
    """The tags of some records in their order; a tag has a text, which reaches to the next tag.

    `both` holds tag `k` at `2 k` and its text at `2 k + 1`. `record` is the number of its record, `spelled` the number
    of its spelling in `tags`, `closes` the number of the tag that ends its element (its own if it is empty), `path`
    the number of the path of the element that it begins. `wrong` are records that are well formed, but have an element
    or an attribute that is not expected.
    """

    held: bytearray
    both: pa.BinaryArray
    record: NDArray[np.int32]
    spelled: NDArray[np.intp]
    tags: list[Tag]
    path: NDArray[np.uint8]
    closes: NDArray[np.int32]
    marks: Numbers
    wrong: set[int]


def nested(
    held: bytearray,
    both: pa.BinaryArray,
    record: NDArray[np.int32],
    first: NDArray[np.intp],
    spelled: NDArray[np.intp],
    tags: list[Tag],
    marks: Numbers,
) -> Tokens | set[int]:
    """Find the end and the path of each element; or say which records have elements that do not end.

    `first` are the first tags of the records.
    """
    steps, names, codes, about = zip(*tags, strict=True)
    step = np.array(steps, np.int8).take(spelled)
    if STRANGE in steps:
        return set(record[step == STRANGE].tolist())
    name = _numbered(names, codes).take(spelled)
    alone = np.zeros(len(step), np.bool_)
    np.logical_and(step[:-1] == BEGINS, step[1:] == ENDS, out=alone[:-1])
    crossed = alone[:-1] & (name[:-1] != name[1:])
    if crossed.any():
        return set(record[:-1][crossed].tolist())
    holding = step != EMPTY
    holding &= ~alone
    holding[1:] &= ~alone[:-1]
    if not holding[first].all():
        return set(record[first[~holding[first]]].tolist())
    holders = np.flatnonzero(holding)
    holds = step[holders]
    last = np.append(first[1:], len(step)) - 1
    depth = np.cumsum(holds, dtype=np.int32)
    outside = holders[depth <= 0]
    if len(outside) != len(last) or (outside != last).any() or depth[-1] or depth.max() >= _DEEPEST:
        return _unbalanced(np.cumsum(step, dtype=np.int32), first, last)
    level = depth - np.minimum(holds, 0)
    pairs = np.argsort(level.astype(np.uint8), kind="stable")
    opening, ending = holders[pairs[::2]], holders[pairs[1::2]]
    crossed = name[opening] != name[ending]
    if crossed.any():
        return set(record[opening[crossed]].tolist())
    closes = np.arange(len(step), dtype=np.int32)
    closes += alone
    closes[opening] = ending
    path = _paths(np.array(codes, np.int32), spelled, step, holders, level)
    wrong = _unexpected(tags, spelled, step, first)
    wrong |= path == UNKNOWN
    if None in about:
        unlike = np.array([one is None for one in about]).take(spelled)
        wrong |= unlike & (path != INSIDE)
        wrong[first] |= unlike[first]
    return Tokens(held, both, record, spelled, tags, path, closes, marks, set(record[wrong].tolist()))


def _numbered(names: tuple[bytes, ...], codes: tuple[int, ...]) -> NDArray[np.int32]:
    """Number names: those that stand in paths by their codes."""
    others: dict[bytes, int] = {}
    each = zip(names, codes, strict=True)
    return np.array(
        [code if code < OTHER else others.setdefault(name, CODES + len(others)) for name, code in each], np.int32
    )


def _paths(
    codes: NDArray[np.int32],
    spelled: NDArray[np.intp],
    step: NDArray[np.int8],
    holders: NDArray[np.intp],
    level: NDArray[np.int32],
) -> NDArray[np.uint8]:
    """Number the paths of elements.

    A running sum, to which each tag of an element that holds others adds its name at its level, knows where the tags
    after it stand.
    """
    import pyarrow as pa

    code = codes.take(spelled)
    coded = code[holders].astype(np.uint64)
    coded <<= np.clip(level - 2, 0, LEVELS - 1).astype(np.uint64) << np.uint64(3)
    coded[(level < 2) | (level > LEVELS + 1)] = 0
    ends = step[holders] == ENDS
    np.negative(coded, out=coded, where=ends)
    above = pa.array(np.cumsum(coded)).dictionary_encode()
    known = above.dictionary.to_pylist()
    which = above.indices.to_numpy()
    table = np.frombuffer(b"".join(map(below, known)), np.uint8)
    code += np.repeat(which * np.int32(CODES), np.diff(holders, append=len(step)))
    path = table.take(code)
    path[holders] = np.array([number_of(one) for one in known], np.uint8)[which]
    path[step == ENDS] = INSIDE
    return path


def _unexpected(
    tags: list[Tag], spelled: NDArray[np.intp], step: NDArray[np.int8], first: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Say which tags begin a record inside of a record, or begin no article where one begins."""
    begins = np.array([one.step != ENDS and one.name in _RECORDS for one in tags])
    roots = np.array([one.name == ROOT for one in tags])
    found: NDArray[np.bool_] = begins.take(spelled)
    found[first] = ~roots[spelled[first]]
    return found


def _unbalanced(depth: NDArray[np.int32], first: Numbers, last: Numbers) -> set[int]:
    """Say in which records the first element does not end with the last tag."""
    before = np.append(0, depth[last[:-1]])
    inside = depth.copy()
    inside[last] = np.iinfo(np.int32).max
    least = np.minimum.reduceat(inside, first) - before
    most = np.maximum.reduceat(depth, first) - before
    bad = (depth[last] != before) | (least < 1) | (most >= _DEEPEST)
    return set(np.flatnonzero(bad).tolist())
