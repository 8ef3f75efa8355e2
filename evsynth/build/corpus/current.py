"""Finds out which rows of a corpus do not count any more, and writes that beside its files.

For each PMID and version the last entry counts, in the order of the files: a record, or its deletion. Of the versions
that are left, the highest counts. A deletion without a version takes back every version before it. A record without a
PMID counts always.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from evsynth.build.corpus.sources import ENDING, MARK, PART, print_of, words_of

SUPERSEDED = "superseded.parquet"
_AT_ONCE = 4_000_000

_SQL = """
with entries as (
    select file, row, entry, pmid, file * 10000000000 + row as place,
           coalesce(try_cast(version as integer), if(entry = 'deletion', 0, 1)) as version
    from read_parquet($files) where pmid is not null and entry <> 'failure' and hash(pmid) % $parts = $part
),
last as (
    select *, max(place) over (partition by pmid, version) = place as last_of_version,
           max(if(entry = 'deletion' and version = 0, place, -1)) over (partition by pmid) as all_deleted
    from entries
),
standing as (select *, last_of_version and entry = 'record' and place > all_deleted as stands from last),
ranked as (select *, max(if(stands, version, -1)) over (partition by pmid) as highest from standing)
select file, row from ranked where entry = 'record' and not (stands and version = highest)
"""


def files(corpus: Path) -> list[Path]:
    """List the Parquet files of PubMed's files in their order."""
    return sorted(path for path in corpus.glob(f"*{ENDING}") if path.name != SUPERSEDED)


def state(paths: Sequence[Path]) -> str:
    """Return a print of which files a corpus holds, and of what they and their words were read from."""
    said = "\n".join(f"{path.name} {print_of(path)} {print_of(words_of(path))}" for path in paths)
    return hashlib.sha256(said.encode()).hexdigest()


def write_superseded(corpus: Path) -> int:
    """Write which rows do not count any more; return how many."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    paths = files(corpus)
    rows = sum(pq.read_metadata(path).num_rows for path in paths)
    parts = -(-rows // _AT_ONCE) or 1
    shape = pa.schema([("file", pa.int32()), ("row", pa.int32())])
    found = [shape.empty_table()]
    with duckdb.connect() as connection:
        for part in range(parts) if paths else ():
            asked = {"files": [str(path) for path in paths], "parts": parts, "part": part}
            found.append(pa.table(connection.execute(_SQL, asked).fetchnumpy(), shape))
    table = pa.concat_tables(found).sort_by([("file", "ascending"), ("row", "ascending")])
    target = corpus / SUPERSEDED
    beside = corpus / f"{SUPERSEDED}{PART}"
    pq.write_table(table.replace_schema_metadata({MARK: state(paths).encode()}), beside)
    beside.replace(target)
    return int(table.num_rows)
