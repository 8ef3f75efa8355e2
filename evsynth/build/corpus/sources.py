"""Finds PubMed's files in folders, and tells whether a file was read already, without reading it again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.sources.corpus.columns import VERSION
from evsynth.sources.corpus.numbered import Numbered, numbered

ENDING = ".parquet"
WORDS = ".words"
PART = ".part"
MARK = b"evsynth.source"


class Source(NamedTuple):
    """One file of PubMed, where it is read to, and a print of it: its size and the checksum that ends a gzip file."""

    path: str
    target: str
    at: Numbered
    print: str


def sources(folders: Sequence[Path], corpus: Path) -> list[Source]:
    """List PubMed's files below folders in their order.

    Raises Problems CORPUS for a folder without any, a name that has no number, one file twice, or files of two years.
    """
    found: dict[Numbered, Source] = {}
    wrong: list[Finding] = []
    for folder in folders:
        paths = sorted(folder.rglob("*.xml.gz")) if folder.is_dir() else []
        if not paths:
            wrong.append(_wrong(folder, "no .xml.gz file is in this folder", "name the folder with PubMed's files"))
        for path in paths:
            at = numbered(path.name)
            if at is None:
                words = f"{path.name} has no number of the form pubmed26n0001.xml.gz, so its order is not known"
                wrong.append(_wrong(path, words, "take it out of the folder, or give it its own name back"))
                continue
            source = Source(str(path), str(corpus / f"{at.stem}{ENDING}"), at, fingerprint(path))
            if at in found and found[at].print != source.print:
                words = f"{path.name} is there twice with different content; the other one is {found[at].path}"
                wrong.append(_wrong(path, words, "keep one of them"))
            found.setdefault(at, source)
    years = sorted({at.year for at in found})
    if len(years) > 1:
        words = f"files of {len(years)} yearly baselines ({', '.join(map(str, years))}); each is whole in itself"
        wrong.append(_wrong(folders[0], words, "build each in a corpus of its own (--corpus FOLDER)"))
    if wrong:
        raise Problems(tuple(wrong))
    return [found[at] for at in sorted(found)]


def fingerprint(path: Path) -> str:
    """Read the size of a gzip file and its last eight bytes: checksum and length of its content."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - 8, 0))
        return f"{VERSION}:{size}:{stream.read(8).hex()}"


def is_read(source: Source) -> bool:
    """Say whether the file and its words stand in the corpus as it is now, and as this version reads it."""
    target = Path(source.target)
    return print_of(target) == print_of(words_of(target)) == source.print


def words_of(parquet: Path) -> Path:
    """Return where the words of a file of the corpus stand."""
    return parquet.with_name(f"{parquet.name.removesuffix(ENDING)}{WORDS}")


def print_of(parquet: Path) -> str:
    """Read from a file of the corpus which source it was read from; `""` if there is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(parquet).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return ""
    return str(metadata.get(MARK, b"").decode())


def _wrong(path: Path, message: str, hint: str) -> Finding:
    return Finding("CORPUS", "error", path.name, Place(str(path)), message, hint)
