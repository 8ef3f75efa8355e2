"""Times the reading of PubMed's files into Parquet beside pubmed_parser, and the answers of a corpus.

    python benchmarks/corpus.py FILE.xml.gz…            records a second of one core, memory, ratio
    python benchmarks/corpus.py --invented 30000        the same on an invented file of that many records
    python benchmarks/corpus.py --query CORPUS          seconds for ten questions to a corpus
    python benchmarks/corpus.py … --json

evsynth goes from gzip to a finished Parquet file with every field. pubmed_parser goes from gzip to dictionaries in
memory, with all its options on (authors, references, MeSH subterms, NLM categories, full dates); it writes nothing.
Each reading is a process of its own, the two in turn; the fastest of `--times` is given. Seconds are CPU time of the
reading, without imports. `--peer PYTHON` names the interpreter that has pubmed_parser, whose package carries two real
files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]

OURS = """
import json, sys, tempfile, time
from pathlib import Path
import pandas, pyarrow.parquet
from evsynth.build.corpus.one_file import read_into_parquet
from evsynth.build.corpus.sources import Source, fingerprint
from evsynth.sources.corpus.numbered import Numbered
path = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    source = Source(str(path), folder + "/out.parquet", Numbered(1, 1), fingerprint(path))
    begun = time.process_time()
    said = read_into_parquet(source)
    seconds = time.process_time() - begun
    size = Path(source.target).stat().st_size
assert not said.problem, said.problem
memory = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps({"records": said.records, "seconds": seconds, "memory": memory, "size": size}))
"""
PEER = """
import json, sys, time
from pathlib import Path
import pubmed_parser
begun = time.process_time()
records = sum(not one["delete"] for one in pubmed_parser.parse_medline_xml(
    sys.argv[1], year_info_only=False, nlm_category=True, author_list=True, reference_list=True,
    parse_downto_mesh_subterms=True))
seconds = time.process_time() - begun
memory = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps({"records": records, "seconds": seconds, "memory": memory}))
"""
QUESTIONS = (
    "weirpathy",
    "weir*[ti]",
    '"lutra river"',
    "otteritis AND (salmonoma OR riverine) NOT marshase",
    "Lutraalitis[mesh]",
    "Lutraalitis[majr] AND 2000:2020[year]",
    '"randomized controlled trial"[type] AND 2015:[year]',
    "review[type] AND otter*[tiab] AND pebble*[ti]",
    '"j otter med"[journal] AND 1999[year]',
    "lutra*[author] AND willow*[ti]",
)


class Read(NamedTuple):
    """One file read by one program: its fastest reading."""

    file: str
    program: str
    records: int
    seconds: float
    memory: float

    @property
    def rate(self) -> float:
        return self.records / self.seconds


def readings(file: Path, peer: str, times: int) -> list[Read]:
    """Read a file with both programs in turn; give the fastest reading of each."""
    found: dict[str, list[Read]] = {}
    for _ in range(times):
        for program, python, script in (("evsynth", sys.executable, OURS), ("pubmed_parser", peer, PEER)):
            ran = subprocess.run([python, "-c", script, file], capture_output=True, text=True, check=False)
            if ran.returncode:
                print(f"{program} did not read {file.name}: {ran.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            said = json.loads(ran.stdout)
            one = Read(file.name, program, said["records"], said["seconds"], said["memory"])
            found.setdefault(program, []).append(one)
    return [min(ones, key=lambda one: one.seconds) for ones in found.values()]


def answers(corpus: Path) -> list[dict[str, str | int | float]]:
    """Ask a corpus every question; the seconds are those of the wall, from a parsed question to the rows."""
    from evsynth.build.corpus.asking import rows
    from evsynth.sources.corpus.question import question

    found: list[dict[str, str | int | float]] = []
    rows(corpus, question("nothing"))
    for asked in QUESTIONS:
        begun, used = time.perf_counter(), time.process_time()
        number = sum(map(len, rows(corpus, question(asked)).values()))
        found.append(
            {
                "question": asked,
                "records": number,
                "seconds": time.perf_counter() - begun,
                "cpu": time.process_time() - used,
            }
        )
    return found


def main() -> None:
    """Measure what the arguments ask for, and print it."""
    parser = argparse.ArgumentParser(description="Times the reading of PubMed's files, and questions to a corpus.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--invented", type=int, action="append", default=[], metavar="RECORDS")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--query", type=Path, metavar="CORPUS")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = list(asked.files)
        for number, size in enumerate(asked.invented, 1):
            sys.path.insert(0, str(ROOT / "tests/build/corpus"))
            import invented_pubmed  # type: ignore[import-not-found]

            files.append(Path(folder) / f"invented-{size}.xml.gz")
            files[-1].write_bytes(invented_pubmed.file(number, size))
        read = [one for file in files for one in readings(file, asked.peer, asked.times)]
    answered = answers(asked.query) if asked.query else []
    if asked.json:
        print(
            json.dumps({"read": [{**one._asdict(), "rate": one.rate} for one in read], "answered": answered}, indent=2)
        )
        return
    for one in read:
        print(f"{one.file:28} {one.program:14} {one.records:7} {one.rate:8,.0f} records/s {one.memory:6.0f} MB")
    for file in dict.fromkeys(one.file for one in read):
        rates = {one.program: one.rate for one in read if one.file == file}
        if len(rates) == 2:
            print(f"{file:28} ratio {rates['evsynth'] / rates['pubmed_parser']:.2f}")
    for answer in answered:
        print(f"{answer['seconds']:6.2f} s {answer['cpu']:6.2f} s CPU {answer['records']:8} {answer['question']}")


if __name__ == "__main__":
    main()
