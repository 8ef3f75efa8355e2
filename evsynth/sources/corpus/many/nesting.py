"""Find where each element of many records ends, and its path: the tags of a record that is well formed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.paths import INSIDE, LEVELS, NAMES, OTHER, ROOT, UNKNOWN, number_of
from evsynth.sources.corpus.many.tags import ASIDE, STRANGE, Tag
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
    spelled: NDArray[np.int32]
    tags: list[Tag]
    path: NDArray[np.uint8]
    closes: Numbers
    marks: Numbers
    wrong: set[int]
    lines: Numbers


def nested(
    held: bytearray,
    both: pa.BinaryArray,
    record: NDArray[np.int32],
    spelled: NDArray[np.int32],
    tags: list[Tag],
    marks: Numbers,
) -> Tokens | set[int]:
    """Find the end and the path of each element; or say which records have elements that do not end."""
    step = np.array([one.step for one in tags], np.int8)[spelled]
    if (step == STRANGE).any():
        return set(record[step == STRANGE].tolist())
    depth = np.cumsum(step, dtype=np.int32)
    first = np.flatnonzero(np.append(True, record[1:] != record[:-1]))
    last = np.append(first[1:], len(record)) - 1
    outside = np.flatnonzero(depth <= 0)
    if len(outside) != len(last) or (outside != last).any() or depth[-1] or depth.max() > _DEEPEST:
        return _unbalanced(depth, first, last)
    level = depth.copy()
    level[step <= 0] += 1
    pairs = np.flatnonzero(step).astype(np.int32)
    pairs = pairs[np.argsort(level[pairs].astype(np.uint8), kind="stable")]
    opening, ending = pairs[::2], pairs[1::2]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(one.name for one in tags))}
    named = np.array([numbers[one.name] for one in tags], np.int32)[spelled]
    crossed = named[opening] != named[ending]
    if crossed.any():
        return set(record[opening[crossed]].tolist())
    closes = np.arange(len(step), dtype=np.int32)
    closes[opening] = ending
    path = _paths(tags, spelled, step, level)
    unlike = np.array([one.attributes is None for one in tags])
    other = np.array([one.name in _RECORDS for one in tags])[spelled] & (step >= 0)
    other[first] = named[first] != numbers.get(ROOT, -1)
    wrong = record[(path == UNKNOWN) | (unlike[spelled] & (path != INSIDE)) | other]
    wrong = {*wrong.tolist(), *record[first][unlike[spelled[first]]].tolist()}
    return Tokens(held, both, record, spelled, tags, path, closes, marks, wrong, np.zeros(0, np.int32))


def _paths(
    tags: list[Tag], spelled: NDArray[np.int32], step: NDArray[np.int8], level: NDArray[np.int32]
) -> NDArray[np.uint8]:
    """Number the paths of elements with a running sum, to which each tag adds its name at its level."""
    import pyarrow as pa

    code = np.array([NAMES.get(one.name, OTHER) for one in tags], np.uint64)[spelled]
    coded = code << (np.clip(level - 2, 0, LEVELS - 1).astype(np.uint64) << np.uint64(3))
    coded[(level < 2) | (level > LEVELS + 1)] = 0
    ended = coded.copy()
    np.negative(coded, out=coded, where=step < 0)
    sums = np.cumsum(np.where(step == 0, np.uint64(0), coded))
    sums[step == 0] += ended[step == 0]
    aside = np.array([one.name == ASIDE for one in tags])
    begun = np.flatnonzero((step >= 0) & ~aside[spelled] if aside.any() else step >= 0)
    coded_paths = pa.array(sums[begun]).dictionary_encode()
    path = np.zeros(len(step), np.uint8)
    numbers = [number_of(one) for one in coded_paths.dictionary.to_pylist()]
    path[begun] = np.array(numbers, np.uint8)[coded_paths.indices.to_numpy()]
    return path


def _unbalanced(depth: NDArray[np.int32], first: Numbers, last: Numbers) -> set[int]:
    """Say in which records the first element does not end with the last tag."""
    before = np.append(0, depth[last[:-1]])
    inside = depth.copy()
    inside[last] = np.iinfo(np.int32).max
    least = np.minimum.reduceat(inside, first) - before
    most = np.maximum.reduceat(depth, first) - before
    bad = (depth[last] != before) | (least < 1) | (most > _DEEPEST)
    return set(np.flatnonzero(bad).tolist())
