"""Reads one file of PubMed into one Parquet file: beside it first, then renamed, so that it is whole or not there."""

from __future__ import annotations

import gc
import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evsynth.build.corpus.inflating import Gzip
from evsynth.build.corpus.sources import MARK, PART, Source
from evsynth.sources.corpus.columns import BOUNDED, REPEATED, schema
from evsynth.sources.corpus.many.reading import read
from evsynth.sources.reading import Failure, ReadError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_SHOWN = 20
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
    """Read a file and write its Parquet. The same file gives the same bytes; one that is cut is not read."""
    import pyarrow.parquet as pq

    target = Path(source.target)
    part = target.with_name(f"{target.name}.{socket.gethostname()}.{os.getpid()}{PART}")
    found: Counter[str] = Counter()
    failures: list[Failure] = []
    shapes = schema().with_metadata({MARK: source.print.encode()})
    inflated = Gzip(Path(source.path))
    try:
        with (
            _no_search_for_cycles(),
            pq.ParquetWriter(
                part, shapes, compression="lz4", use_dictionary=[*REPEATED], write_statistics=[*BOUNDED]
            ) as writer,
        ):
            held: list[pa.RecordBatch] = []
            for rows, failed in read(inflated, source.at.number):
                held.append(_numbered(rows, found.total()))
                found.update(_entries(rows))
                failures += failed[: _SHOWN - len(failures)]
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
    return Outcome(source.path, found["record"], found["deletion"], found["failure"], tuple(failures))


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


def _numbered(rows: pa.RecordBatch, first: int) -> pa.RecordBatch:
    """Number rows; `first` counts those before them."""
    import numpy as np
    import pyarrow as pa

    numbers = pa.array(np.arange(first, first + rows.num_rows, dtype=np.int32))
    return rows.set_column(rows.schema.get_field_index("row"), "row", numbers)


def _entries(rows: pa.RecordBatch) -> dict[str, int]:
    """Count the kinds of entries."""
    return {one["values"]: one["counts"] for one in rows.column("entry").value_counts().to_pylist()}
