"""Times the reading of PubMed's files into Parquet beside pubmed_parser, and the answers of a corpus.

    python benchmarks/corpus.py FILE.xml.gz…            records a second of one core, memory, ratio
    python benchmarks/corpus.py --invented 30000        the same on an invented file of that many records
    python benchmarks/corpus.py --query CORPUS          seconds for twelve questions to a corpus
    python benchmarks/corpus.py … --json

evsynth goes from gzip to a finished Parquet file with every field. pubmed_parser goes from gzip to dictionaries in
memory, with all its options on (authors, references, MeSH subterms, NLM categories, full dates); it writes nothing.
Readings are paired: one of each program, each a process of its own with one thread, right after the other. Seconds are
CPU time of the reading without imports; of them the fastest are given. The ratio is the median of the pairs; it is
given also by the wall, and with the lists of words, which evsynth writes after the Parquet file for its questions, and
which are timed apart. `--peer PYTHON` names the interpreter that has pubmed_parser, whose package carries two real
files.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
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
import pandas, pyarrow, pyarrow.parquet
from evsynth.build.corpus.one_file import read_into_parquet
from evsynth.build.corpus.sources import Source, fingerprint
from evsynth.sources.corpus.numbered import Numbered
from evsynth.build.corpus.words import write_words
pyarrow.set_cpu_count(1)
path = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    source = Source(str(path), folder + "/out.parquet", Numbered(1, 1), fingerprint(path))
    begun, wall = time.process_time(), time.perf_counter()
    said = read_into_parquet(source)
    seconds, wall = time.process_time() - begun, time.perf_counter() - wall
    assert not said.problem, said.problem
    begun = time.process_time()
    write_words(Path(source.target))
    words = time.process_time() - begun
memory = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps({"records": said.records, "seconds": seconds, "wall": wall, "memory": memory, "words": words}))
"""
PEER = """
import json, sys, time
from pathlib import Path
import pubmed_parser
begun, wall = time.process_time(), time.perf_counter()
records = sum(not one["delete"] for one in pubmed_parser.parse_medline_xml(
    sys.argv[1], year_info_only=False, nlm_category=True, author_list=True, reference_list=True,
    parse_downto_mesh_subterms=True))
seconds, wall = time.process_time() - begun, time.perf_counter() - wall
memory = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps({"records": records, "seconds": seconds, "wall": wall, "memory": memory}))
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
    '"of the" AND "in the" AND "to the"',
    "otteritis OR salmonoma OR riverine OR marshase OR pebbleine OR heronoma OR reedase OR bankgram",
)


class Read(NamedTuple):
    """One file read by one program: seconds of CPU and of the wall; `words` are those its lists of words took."""

    file: str
    program: str
    records: int
    seconds: float
    wall: float
    memory: float
    words: float = 0.0

    @property
    def rate(self) -> float:
        return self.records / self.seconds


class Paired(NamedTuple):
    """The fastest reading of each program, and the medians of the ratios of the pairs; 0 where a program failed."""

    fastest: list[Read]
    ratio: float = 0.0
    by_wall: float = 0.0
    with_words: float = 0.0


def readings(file: Path, peer: str, times: int) -> Paired:
    """Read a file with both programs in turn."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found: dict[str, list[Read]] = {"evsynth": [], "pubmed_parser": []}
    for _ in range(times):
        for program, python, script in (("evsynth", sys.executable, OURS), ("pubmed_parser", peer, PEER)):
            ran = subprocess.run([python, "-c", script, file], capture_output=True, text=True, check=False, env=usual)
            if ran.returncode:
                print(f"{program} did not read {file.name}: {ran.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            said = json.loads(ran.stdout)
            found[program].append(Read(file.name, program, **said))
    fastest = [min(ones, key=lambda one: one.seconds) for ones in found.values() if ones]
    if len({len(ones) for ones in found.values()}) > 1 or not fastest:
        return Paired(fastest)
    pairs = list(zip(*found.values(), strict=True))
    return Paired(
        fastest,
        statistics.median(our.rate / theirs.rate for our, theirs in pairs),
        statistics.median(our.records / our.wall / (theirs.records / theirs.wall) for our, theirs in pairs),
        statistics.median(our.records / (our.seconds + our.words) / theirs.rate for our, theirs in pairs),
    )


def answers(corpus: Path) -> list[dict[str, str | int | float]]:
    """Ask a corpus every question; the seconds are those of the wall, from a parsed question to the rows."""
    sys.path.insert(0, str(ROOT))
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
        read = {file.name: readings(file, asked.peer, asked.times) for file in files}
    answered = answers(asked.query) if asked.query else []
    if asked.json:
        each = [{**one._asdict(), "rate": one.rate} for both in read.values() for one in both.fastest]
        names = ("ratio", "by_wall", "with_words")
        ratios = {file: {name: getattr(both, name) for name in names} for file, both in read.items()}
        print(json.dumps({"read": each, "ratios": ratios, "answered": answered}, indent=2))
        return
    for file, both in read.items():
        for one in both.fastest:
            words = f", words {one.words / one.records * 1e6:.0f} µs a record" if one.words else ""
            print(f"{file:28} {one.program:14} {one.records:7} {one.rate:8,.0f} records/s {one.memory:6.0f} MB{words}")
        if both.ratio:
            others = f"{both.by_wall:.2f} by the wall, {both.with_words:.2f} with the words"
            print(f"{file:28} ratio {both.ratio:.2f} (median of the pairs, CPU); {others}")
    for answer in answered:
        print(f"{answer['seconds']:6.2f} s {answer['cpu']:6.2f} s CPU {answer['records']:8} {answer['question']}")


if __name__ == "__main__":
    main()
