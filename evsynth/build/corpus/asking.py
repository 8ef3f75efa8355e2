"""Asks a corpus: finds the rows with DuckDB, then reads the fields of those rows alone, in PubMed's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evsynth.build.corpus.current import SUPERSEDED, files, state
from evsynth.build.corpus.looking_up import hits
from evsynth.build.corpus.sources import print_of
from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.record import Record
from evsynth.sources.corpus.columns import FIELDS, record
from evsynth.sources.corpus.condition import condition
from evsynth.sources.corpus.question import Question

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = dict[int, NDArray[np.int32]]

_PLACE = "(file::bigint * 4294967296 + row)"
BRIEF = ("pmid", "title", "authors", "journal", "book", "volume", "issue", "pages", "dates", "publication_types")


def rows(corpus: Path, asked: Question) -> Rows:
    """Find the rows that answer a question: by number of the file, sorted. Only the version that counts is found.

    Raises Problems CORPUS if there is no corpus, or its last build did not end.
    """
    import duckdb

    paths = files(corpus)
    _whole(corpus, paths)
    asked_for = condition(asked)
    with duckdb.connect() as connection:
        connection.register("hits", hits(paths, asked_for.looked))
        found = connection.execute(
            f"select file, row from (select *, {_PLACE} as place from read_parquet(?)) r "
            f"where entry = 'record' and {asked_for.sql} "
            f"and place not in (select {_PLACE} from read_parquet(?)) order by all",
            [[str(path) for path in paths], *asked_for.parameters, str(corpus / SUPERSEDED)],
        ).fetchnumpy()
    return {int(file): found["row"][found["file"] == file] for file in sorted(set(found["file"].tolist()))}


def _whole(corpus: Path, paths: Sequence[Path]) -> None:
    if not paths:
        words, hint = "there is no corpus in this folder", "build one with `evsynth corpus build`, or name its folder"
    elif print_of(corpus / SUPERSEDED) != state(paths):
        words, hint = (
            "the last build did not end, so it is not known which versions count",
            "build it again; it goes on",
        )
    else:
        return
    raise Problems((Finding("CORPUS", "error", corpus.name, Place(str(corpus)), words, hint),))


def records(corpus: Path, found: Rows, fields: Sequence[str] = FIELDS) -> Iterator[Record]:
    """Read the records of rows, with these fields."""
    import pyarrow.parquet as pq

    by_number = {int(path.stem.partition("n")[2]): path for path in files(corpus)}
    for number, wanted in found.items():
        with pq.ParquetFile(by_number[number]) as parquet:
            first = 0
            for group in range(parquet.metadata.num_row_groups):
                end = first + parquet.metadata.row_group(group).num_rows
                inside = wanted[(wanted >= first) & (wanted < end)] - first
                if len(inside):
                    rows_: list[dict[str, Any]] = parquet.read_row_group(group, list(fields)).take(inside).to_pylist()
                    yield from map(record, rows_)
                first = end
