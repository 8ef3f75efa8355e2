"""Cut records into tags and texts, many at once, and prove that each is well formed.

A record is *plain* if it is UTF-8 text of characters that XML allows, with tags alone (no comment, no section of
another kind), references to characters only, and each element ended where it has to be. A record that is not plain is
named by its number, and left to a parser of one record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from evsynth.sources.corpus.many.paths import INSIDE, LEVELS, NAMES, OTHER, ROOT, UNKNOWN, number_of
from evsynth.sources.corpus.many.spelling import MARKED, Marked, marked
from evsynth.sources.corpus.many.tags import ASIDE, STRANGE, Tag, tag
from evsynth.sources.formats.pubmed_xml import NAMES as RECORDS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_DEEPEST = 200
_BLOCK = 1 << 18
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
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


class Cut(NamedTuple):
    """The tokens of the records that are plain, and their numbers among all."""

    tokens: Tokens | None
    plain: list[int]


def cut(raws: Sequence[bytes]) -> Cut:
    """Cut records, each from `<PubmedArticle` to its end."""
    plain: list[int] = []
    ready: list[Marked] = []
    for number, raw in enumerate(raws):
        one = marked(raw) if b"&" in raw else Marked(raw, 0)
        if one is not None:
            plain.append(number)
            ready.append(one)
    while ready:
        found = _tokens(ready)
        if isinstance(found, Tokens):
            return Cut(found, plain)
        plain = [one for number, one in enumerate(plain) if number not in found]
        ready = [one for number, one in enumerate(ready) if number not in found]
    return Cut(None, [])


def _tokens(records: Sequence[Marked]) -> Tokens | set[int]:
    """Cut records that are all well formed; or say which are not, as far as that is seen."""
    import pyarrow as pa

    held = bytearray().join([one.raw for one in records])
    signs = _signs(np.frombuffer(held, np.uint8))
    sign = np.frombuffer(held, np.uint8)[signs]
    control = signs[sign < 32]
    low = sign[sign < 32]
    marks = control[low < MARKED]
    if len(marks) != sum(one.marks for one in records) or not _is_text(held, low[low >= MARKED]):
        return {number for number, one in enumerate(records) if not _is_marked_text(one)}
    last = np.cumsum([len(one.raw) for one in records], dtype=np.int32)
    begins = signs[sign == ord("<")]
    ends = signs[sign == ord(">")]
    if len(begins) != len(ends):
        if held.find(b"]]>") >= 0:
            return {number for number, one in enumerate(records) if b"]]>" in one.raw}
        ends = ends[np.minimum(np.searchsorted(ends, begins), len(ends) - 1)]
    ends += 1
    record = np.searchsorted(last, begins, "right").astype(np.int32)
    crossed = ends <= begins
    crossed[:-1] |= ends[:-1] > begins[1:]
    if crossed.any():
        return set(record[crossed].tolist())
    places = np.empty(2 * len(begins) + 1, np.int32)
    places[:-1:2], places[1::2], places[-1] = begins, ends, len(held)
    buffers = [None, pa.py_buffer(places), pa.py_buffer(held)]
    both = pa.Array.from_buffers(pa.binary(), 2 * len(begins), buffers)
    spellings = both.take(pa.array(np.arange(0, 2 * len(begins), 2, dtype=np.int32))).dictionary_encode()
    tags = list(map(tag, spellings.dictionary.to_pylist()))
    lines = np.bincount(np.searchsorted(last, control[low == ord("\n")], "right"), minlength=len(records))
    found = _nested(held, both, record, spellings.indices.to_numpy(), tags, marks)
    return found._replace(lines=lines) if isinstance(found, Tokens) else found


def _signs(at: NDArray[np.uint8]) -> Numbers:
    """Return where control characters and the signs of tags stand; in blocks, which stay near the processor."""
    found = []
    for begin in range(0, len(at), _BLOCK):
        block = at[begin : begin + _BLOCK]
        found.append(np.flatnonzero(((block | 2) == ord(">")) | (block < 32)).astype(np.int32) + np.int32(begin))
    return np.concatenate(found)


def _nested(
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


def _is_marked_text(one: Marked) -> bool:
    control = list(one.raw.translate(None, bytes(range(32, 256))))
    return sum(byte < MARKED for byte in control) == one.marks and _is_text(one.raw, np.array(control, np.uint8))


def _is_text(raw: bytes | bytearray, control: NDArray[np.uint8]) -> bool:
    """Say whether bytes are UTF-8 of characters that XML allows, or marks; `control` are those below 32."""
    import pyarrow as pa

    if not np.isin(control[control >= MARKED], (9, 10, 13)).all():
        return False
    at = raw.find(0xEF)
    while at >= 0:
        if raw[at : at + 3] in _NO_CHARACTERS:
            return False
        at = raw.find(0xEF, at + 1)
    reach = pa.py_buffer(np.array([0, len(raw)], np.int32))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, reach, pa.py_buffer(raw)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
