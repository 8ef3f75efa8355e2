"""Writes beside a file of the corpus which words stand in which rows, so that a question need not read the texts.

The words are sorted, so a group of rows holds neighbours, and whoever looks for a word reads one group or two.
"""

from __future__ import annotations

import os
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from evsynth.build.corpus.one_file import Outcome, read_into_parquet
from evsynth.build.corpus.runs import Runs
from evsynth.build.corpus.sources import MARK, PART, Source, print_of, words_of
from evsynth.sources.corpus.postings import ABSTRACT, SEVERAL, TITLE, Postings

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS = 1000
_MERGED = 16
"""So many runs are merged into one list; a file with more of them, longer than those of PubMed, has several."""


def read_with_words(source: Source) -> Outcome:
    """Read a file into Parquet, then write its words. Only with both it counts as read."""
    outcome = read_into_parquet(source)
    if outcome.problem:
        return outcome
    try:
        write_words(Path(source.target))
    except OSError as error:
        return Outcome(source.path, problem=f"{error.strerror or error}")
    return outcome


def write_words(parquet: Path) -> None:
    """Write the words of a file. The same file gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.default_memory_pool().release_unused()
    target = words_of(parquet)
    part = target.with_name(f"{target.name}.{socket.gethostname()}.{os.getpid()}{PART}")
    words = pa.dictionary(pa.int32(), pa.string())
    shape = pa.schema([("word", words), ("row", pa.int32()), ("place", pa.int32())], {MARK: print_of(parquet).encode()})
    postings, runs = Postings(), Runs(target.parent)
    first = 0
    try:
        with (
            closing(runs),
            pq.ParquetFile(parquet, pre_buffer=False) as texts,
            pq.ParquetWriter(
                part,
                shape,
                compression="lz4",
                use_dictionary=["word"],
                column_encoding={"row": "DELTA_BINARY_PACKED", "place": "DELTA_BINARY_PACKED"},
            ) as writer,
        ):
            for rows in texts.iter_batches(_ROWS, columns=["title_words", "abstract_words"]):
                postings.add(TITLE, rows.column(0), first)
                postings.add(ABSTRACT, rows.column(1), first)
                first += rows.num_rows
                if postings.held >= SEVERAL:
                    runs.add(postings.sorted())
                if len(runs) == _MERGED:
                    _write(writer, runs)
            if postings.held:
                runs.add(postings.sorted())
            if len(runs):
                _write(writer, runs)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write(writer: pq.ParquetWriter, runs: Runs) -> None:
    """Write the words of runs as one list; what is given together is one group of rows."""
    for table in runs.merged():
        writer.write_table(table.cast(writer.schema), row_group_size=table.num_rows)
