"""Read a stream of PubMed's XML into rows of a corpus: many articles at once, and whatever is not plain one by one."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from evsynth.sources.corpus.columns import batch, schema
from evsynth.sources.corpus.many.cutting import AT_ONCE, LONG, Entry, Rest, Run, holds_others, one_by_one, runs
from evsynth.sources.corpus.many.rows import rows
from evsynth.sources.formats.pubmed_xml import Item
from evsynth.sources.reading import Failure

if TYPE_CHECKING:
    import pyarrow as pa

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
    import pyarrow as pa

    found = rows(run.raws, file, schema())
    lines = found.lines if found else [one.count(b"\n") for one in run.raws]
    gaps = [one.count(b"\n") for one in run.gaps]
    begins = np.cumsum(gaps) + np.cumsum([0, *lines[:-1]]) + before
    good = {number: at for at, number in enumerate(found.plain) if at not in found.wrong} if found else {}
    begun = 0
    for number in [*(one for one in range(len(run.raws)) if one not in good), len(run.raws)]:
        if found and number > begun:
            part = found.columns.slice(good[begun], number - begun)
            at = part.schema.get_field_index("line")
            yield part.set_column(at, "line", pa.array(begins[begun:number] + 1, pa.int32())), []
        if number == len(run.raws):
            break
        raw, ends = run.raws[number], int(begins[number])
        if holds_others(raw):
            yield from _gathered(one_by_one(Rest(_again(run, number, source), first=False), ends), file)
            break
        yield from _gathered(one_by_one(Rest((raw,), first=False), ends), file)
        begun = number + 1
    return int(begins[-1]) + lines[-1]


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
        held.append(one._replace(text="") if isinstance(one, Failure) else one)
        size += len(one.raw) if isinstance(one, Item) else 0
        if len(held) >= AT_ONCE or size >= LONG:
            yield batch(held, file, 0), [failure for failure in held if isinstance(failure, Failure)]
            held, size = [], 0
    if held:
        yield batch(held, file, 0), [failure for failure in held if isinstance(failure, Failure)]
