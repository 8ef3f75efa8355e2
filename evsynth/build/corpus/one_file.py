"""Reads one file of PubMed into one Parquet file: beside it first, then renamed, so that it is whole or not there."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from evsynth.build.corpus.sources import MARK, Source
from evsynth.sources.corpus.columns import Entry, batch, schema, unique
from evsynth.sources.formats.decoding import Inflated
from evsynth.sources.formats.pubmed_xml import Item, items
from evsynth.sources.reading import Deletion, Failure, ReadError

PART = ".part"
_CHUNK, _ROWS, _BYTES, _SHOWN = 1 << 18, 4000, 24 * 2**20, 20


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
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = Path(source.target)
    part = target.with_name(f"{target.name}.{socket.gethostname()}.{os.getpid()}{PART}")
    found: Counter[type] = Counter()
    failures: list[Failure] = []
    shapes = schema().with_metadata({MARK: source.print.encode()})
    inflated = Inflated(_chunks(source.path))
    row = 0
    try:
        keep = unique([field.name for field in shapes])
        with pq.ParquetWriter(part, shapes, compression="zstd", compression_level=1, use_dictionary=keep) as writer:
            for entries in _batches(items(inflated)):
                columns = batch(entries, source.at.number, row)
                writer.write_table(pa.Table.from_batches([columns]).cast(shapes), row_group_size=_ROWS)
                row += len(entries)
                found.update(map(type, entries))
                failures += [one for one in entries if isinstance(one, Failure)][: _SHOWN - len(failures)]
        if inflated.trouble:
            return Outcome(source.path, problem=f"{inflated.trouble}. Fetch it again.")
        part.replace(target)
    except ReadError as error:
        return Outcome(source.path, problem=str(error))
    except OSError as error:
        return Outcome(source.path, problem=f"{error.strerror or error}")
    finally:
        part.unlink(missing_ok=True)
    return Outcome(source.path, found[Item], found[Deletion], found[Failure], tuple(_brief(one) for one in failures))


def _brief(failure: Failure) -> Failure:
    return failure._replace(text="")


def _batches(found: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Gather entries until they are many, or long."""
    held: list[Entry] = []
    size = 0
    for one in found:
        held.append(one._replace(text="") if isinstance(one, Failure) else one)
        size += len(one.raw) if isinstance(one, Item) else 100
        if len(held) >= _ROWS or size >= _BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def _chunks(path: str) -> Iterator[bytes]:
    with Path(path).open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
