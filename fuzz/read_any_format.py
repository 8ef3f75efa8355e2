"""Feed bytes that a coverage-guided fuzzer makes to the readers: any bytes are read or refused, nothing else.

Needs atheris, which is not among the test requirements. `python fuzz/read_any_format.py -max_total_time=600 FOLDER`
runs for ten minutes and keeps what it learns in FOLDER; bytes that break a reader are written to a file `crash-…` here,
and running with that file as the only argument shows the fault again.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["evsynth.sources"]):
    from evsynth.sources.formats.any_format import read
    from evsynth.sources.formats.writers import TARGETS, written
    from evsynth.sources.reading import ReadError

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "tests" / "sources" / "formats"
MEDLINE = ROOT / "corpora" / "sources" / "chen-2022-record.txt"
TEXTS = ("JATS", "RIS", "WOS", "ENDNOTE", "BIBTEX", "EMBASE", "OVID_TAGGED", "OVID_NAMED")
TABLES = ("PUBMED", "EMBASE", "STACKED", "CENTRAL", "SCOPUS", "ASREVIEW", "SEMICOLONS", "BIB")


def one_input(data: bytes) -> None:
    """Read some bytes; whatever is read can be written, and has its text beside it."""
    try:
        reading = read(data)
    except ReadError as error:
        said = (error.message, error.hint, error.line)
    else:
        said = None
    if said is not None:
        assert all(said)
        return
    assert all(record.raw for record in reading.records)
    assert all(all((one.message, one.hint, one.line)) for one in reading.failures)
    for to in TARGETS:
        "".join(written(reading.records, to)).encode()


def seed(folder: Path) -> None:
    """Put the invented files of the tests into an empty folder, as a beginning."""
    sys.path.insert(0, str(SEEDS))
    import invented_files
    import test_tables_of_records as tables

    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        return
    texts = {name: getattr(invented_files, name) for name in TEXTS} | {
        f"TABLE_{name}": getattr(tables, name) for name in TABLES
    }
    texts["PUBMED_XML"] = invented_files.pubmed(invented_files.ARTICLE, invented_files.BOOK, invented_files.DELETED)
    texts["CSL"] = '[{"id": "a", "type": "article-journal", "title": "Otters", "author": [{"family": "Lutra"}]}]'
    for name, text in texts.items():
        (folder / name).write_text(text)
    (folder / "WIDE").write_bytes(invented_files.RIS.encode("utf-16-le"))
    (folder / "GZIP").write_bytes(gzip.compress(invented_files.RIS.encode(), mtime=0))
    (folder / "MEDLINE").write_bytes(MEDLINE.read_bytes())


if __name__ == "__main__":
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    if folders and not folders[0].is_file():
        seed(folders[0])
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
