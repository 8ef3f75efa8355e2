"""Read a stream of PubMed's XML into rows of a corpus: many articles at once, and whatever is not plain one by one."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from evsynth.sources.corpus.columns import batch, schema
from evsynth.sources.corpus.many.cutting import AT_ONCE, LONG, Entry, Rest, Run, holds_others, one_by_one, runs
from evsynth.sources.corpus.many.rows import Rows, rows
from evsynth.sources.formats.pubmed_xml import Item
from evsynth.sources.reading import Failure

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

Found = tuple["pa.RecordBatch", list[Failure]]


def read(chunks: Iterable[bytes], file: int) -> Iterator[Found]:
    """Return rows in their order with the failures among them; `row` is left at 0.

    Memory is that of some hundred records, or of one that is long. Raises `ReadError` where the stream holds no record
    but PubMed's error message.
    """
    source = runs(chunks)
    before = 0
    for one in source:
        if isinstance(one, Run):
            before = yield from _run(one, before, file, source)
        else:
            yield from _gathered(one_by_one(one, before), file)


def _run(run: Run, before: int, file: int, source: Iterator[Run | Rest]) -> Generator[Found, None, int]:
    """Read a run of articles; return how many line ends there are until its end."""
    found = rows(run.raws, file, schema())
    lines = found.lines if found else [one.count(b"\n") for one in run.raws]
    gaps = [one.count(b"\n") for one in run.gaps]
    begins = np.cumsum(gaps) + np.cumsum([0, *lines[:-1]]) + before
    good = {number: at for at, number in enumerate(found.plain) if at not in found.wrong} if found else {}
    odd = [number for number in range(len(run.raws)) if number not in good]
    stop = next((number for number in odd if holds_others(run.raws[number])), len(run.raws))
    alone: dict[int, list[Entry]] = {
        number: [_light(one) for one in one_by_one(Rest((run.raws[number],), first=False), int(begins[number]))]
        for number in odd
        if number < stop
    }
    yield from _woven(found, good, alone, begins[:stop], file)
    if stop < len(run.raws):
        rest = Rest(_again(run, stop, source), first=False)
        yield from _gathered(one_by_one(rest, int(begins[stop])), file)
    return int(begins[-1]) + lines[-1]


def _woven(
    found: Rows | None, good: dict[int, int], alone: dict[int, list[Entry]], begins: NDArray[np.int64], file: int
) -> Iterator[Found]:
    """Put entries that were read alone among the rows that were read together, as one batch."""
    import pyarrow as pa

    entries = list(chain.from_iterable(alone.values()))
    others = batch(entries, file, 0) if entries else None
    parts: list[pa.RecordBatch] = []
    begun = before = 0
    for number in [*alone, len(begins)]:
        if found and number > begun:
            part = found.columns.slice(good[begun], number - begun)
            at = part.schema.get_field_index("line")
            parts.append(part.set_column(at, "line", pa.array(begins[begun:number] + 1, pa.int32())))
        begun = number + 1
        if others and (size := len(alone.get(number, ()))):
            parts.append(others.slice(before, size))
            before += size
    if parts:
        whole = pa.Table.from_batches(parts).combine_chunks().to_batches()[0] if len(parts) > 1 else parts[0]
        yield whole, [one for one in entries if isinstance(one, Failure)]


def _again(run: Run, number: int, source: Iterator[Run | Rest]) -> Iterator[bytes]:
    """Put together what is left of a stream from some article of a run on."""
    yield run.raws[number]
    for one in chain((Run(run.raws[number + 1 :], run.gaps[number + 1 :]),), source):
        if isinstance(one, Rest):
            yield from one.chunks
        else:
            yield from chain.from_iterable(zip(one.gaps, one.raws, strict=True))


def _gathered(entries: Iterable[Entry], file: int) -> Iterator[Found]:
    """Read entries into rows, some at a time."""
    held: list[Entry] = []
    size = 0
    for one in entries:
        held.append(_light(one))
        size += len(one.raw) if isinstance(one, Item) else 0
        if len(held) >= AT_ONCE or size >= LONG:
            yield batch(held, file, 0), [failure for failure in held if isinstance(failure, Failure)]
            held, size = [], 0
    if held:
        yield batch(held, file, 0), [failure for failure in held if isinstance(failure, Failure)]


def _light(entry: Entry) -> Entry:
    """Return an entry without the text of a failure."""
    return entry._replace(text="") if isinstance(entry, Failure) else entry
