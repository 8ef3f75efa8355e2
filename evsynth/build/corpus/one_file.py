"""Reads one file of PubMed into one Parquet file: beside it first, then renamed, so that it is whole or not there."""

from __future__ import annotations

import gc
import os
import socket
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evsynth.build.corpus.sources import MARK, Source
from evsynth.sources.corpus.columns import REPEATED, Entry, batch, schema
from evsynth.sources.formats.decoding import Inflated
from evsynth.sources.formats.pubmed_xml import Item, items
from evsynth.sources.reading import Deletion, Failure, ReadError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

PART = ".part"
_CHUNK, _SHOWN = 1 << 18, 20
_AT_ONCE, _LONG = 500, 8 * 2**20
_ROWS, _BYTES = 4000, 32 * 2**20


class Outcome(NamedTuple):
    """What one file held; `problem` says why nothing of it was read. Of the failures the first 20 are in `failures`."""

    path: str
    records: int = 0
    deletions: int = 0
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    problem: str = ""


def read_into_parquet(source: Source) -> Outcome:
    """Read a file and write its Parquet. The same file gives the same bytes. A file that is cut is not read at all."""
    import pyarrow.parquet as pq

    target = Path(source.target)
    part = target.with_name(f"{target.name}.{socket.gethostname()}.{os.getpid()}{PART}")
    found: Counter[type] = Counter()
    failures: list[Failure] = []
    shapes = schema().with_metadata({MARK: source.print.encode()})
    inflated = Inflated(_chunks(source.path))
    try:
        with (
            _no_search_for_cycles(),
            pq.ParquetWriter(part, shapes, compression="lz4", use_dictionary=[*REPEATED]) as writer,
        ):
            held: list[pa.RecordBatch] = []
            for entries in _batches(items(inflated)):
                held.append(batch(entries, source.at.number, found.total()))
                found.update(map(type, entries))
                failures += [one for one in entries if isinstance(one, Failure)][: _SHOWN - len(failures)]
                if sum(one.num_rows for one in held) >= _ROWS or sum(one.nbytes for one in held) >= _BYTES:
                    _write(writer, held)
            _write(writer, held)
        if inflated.trouble:
            return Outcome(source.path, problem=f"{inflated.trouble}. Fetch it again.")
        part.replace(target)
    except ReadError as error:
        return Outcome(source.path, problem=str(error))
    except OSError as error:
        return Outcome(source.path, problem=f"{error.strerror or error}")
    finally:
        part.unlink(missing_ok=True)
    return Outcome(source.path, found[Item], found[Deletion], found[Failure], tuple(failures))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep Python from searching for cycles, of which there are none in millions of small values; it takes a fifth."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _write(writer: pq.ParquetWriter, held: list[pa.RecordBatch]) -> None:
    """Write what is held as one group of rows, and hold nothing."""
    import pyarrow as pa

    if held:
        table = pa.Table.from_batches(held).replace_schema_metadata(writer.schema.metadata)
        writer.write_table(table, row_group_size=table.num_rows)
        held.clear()


def _batches(found: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Gather entries until they are some, or long."""
    held: list[Entry] = []
    size = 0
    for one in found:
        held.append(one._replace(text="") if isinstance(one, Failure) else one)
        size += len(one.raw) if isinstance(one, Item) else 0
        if len(held) >= _AT_ONCE or size >= _LONG:
            yield held
            held, size = [], 0
    if held:
        yield held


def _chunks(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
