"""A corpus is built from PubMed's files: restarted, repeated and spread, it is the same; nothing is lost on the way."""

import gzip
import signal
import subprocess
import sys
import time
from pathlib import Path

import invented_pubmed as invented
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evsynth.build.corpus.asking import records, rows
from evsynth.build.corpus.building import build_corpus
from evsynth.build.corpus.current import SUPERSEDED
from evsynth.build.corpus.one_file import read_into_parquet
from evsynth.build.corpus.sources import sources
from evsynth.cli.main import cli
from evsynth.model.finding import Problems
from evsynth.sources.corpus.question import question
from evsynth.sources.formats.pubmed_xml import each_pubmed


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Six files of a baseline and updates, of 400 records each."""
    made = tmp_path_factory.mktemp("pubmed")
    for number in range(1, 7):
        (made / f"pubmed26n{number:04}.xml.gz").write_bytes(invented.file(number, 400))
    return made


@pytest.fixture(scope="module")
def whole(folder, tmp_path_factory):
    """The corpus of an uninterrupted build in one process, as bytes."""
    corpus = tmp_path_factory.mktemp("whole")
    built = build_corpus([folder], corpus)
    assert [(one.records, one.failed, one.problem) for one in built.outcomes] == [(400, 0, "")] * 6
    return contents(corpus)


def contents(corpus):
    return {path.name: path.read_bytes() for path in sorted(corpus.iterdir())}


def write(folder, number, *entries):
    path = folder / f"pubmed26n{number:04}.xml.gz"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(invented.zipped(entries))
    return path


def found(corpus, text="otters"):
    """The PMID and version of all records that are found."""
    return [(one.pmid, one.version) for one in records(corpus, rows(corpus, question(text)))]


def test_every_field_comes_back_as_it_was_read(folder, tmp_path):
    """One list of fields, one meaning: the record from the columns is the record from the file."""
    (tmp_path / "in").mkdir()
    source = tmp_path / "in/pubmed26n0001.xml.gz"
    source.write_bytes((folder / source.name).read_bytes())
    build_corpus([tmp_path / "in"], tmp_path / "corpus")
    read = [one.without_raw() for one in each_pubmed([gzip.decompress(source.read_bytes())])]
    assert list(records(tmp_path / "corpus", rows(tmp_path / "corpus", question("NOT 9[pmid]")))) == read
    assert len(read) == 400
    assert any(one.references for one in read)


def test_a_second_build_reads_nothing_and_changes_nothing(folder, tmp_path, whole):
    build_corpus([folder], tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("pubmed*")}
    assert build_corpus([folder], tmp_path).outcomes == ()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("pubmed*")} == before
    assert contents(tmp_path) == whole


def test_a_file_that_changed_is_read_again(tmp_path):
    write(tmp_path / "in", 1, invented.small(1), invented.small(2))
    write(tmp_path / "in", 2, invented.small(3))
    build_corpus([tmp_path / "in"], tmp_path / "corpus")
    write(tmp_path / "in", 2, invented.small(4))
    assert [Path(one.path).name for one in build_corpus([tmp_path / "in"], tmp_path / "corpus").outcomes] == [
        "pubmed26n0002.xml.gz"
    ]
    assert found(tmp_path / "corpus") == [("1", "1"), ("2", "1"), ("4", "1")]


@pytest.mark.parametrize("done", [0, 2, 5])
def test_killed_at_any_point_it_goes_on_to_the_same_bytes(done, folder, tmp_path, whole):
    """SIGKILL while a file is being written, with `done` others finished."""
    corpus = tmp_path / "corpus"
    command = [sys.executable, "-m", "evsynth", "corpus", "build", str(folder), "--corpus", str(corpus)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(list(corpus.glob("pubmed*.parquet"))) < done or not list(corpus.glob("*.part")):
        assert child.poll() is None, "it was done before it could be killed"
        time.sleep(0.002)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert done <= len(list(corpus.glob("pubmed*.parquet"))) < 6
    with pytest.raises(Problems, match=r"no corpus|did not end"):
        rows(corpus, question("otter"))
    build_corpus([folder], corpus)
    assert contents(corpus) == whole


def test_killed_before_the_versions_are_known_it_is_not_asked(folder, tmp_path, whole):
    build_corpus([folder], tmp_path)
    (tmp_path / SUPERSEDED).unlink()
    with pytest.raises(Problems, match="did not end"):
        rows(tmp_path, question("otter"))
    build_corpus([folder], tmp_path)
    assert contents(tmp_path) == whole


def test_processes_give_the_same_bytes(folder, tmp_path, whole):
    build_corpus([folder], tmp_path, workers=2)
    assert contents(tmp_path) == whole


def test_a_record_that_cannot_be_read_costs_itself(tmp_path):
    broken = invented.small(2).replace("</Article>", "")
    huge = invented.small(3, title="otters " * 3_000_000)
    write(tmp_path / "in", 1, invented.small(1), broken, huge, invented.small(4))
    ran = CliRunner().invoke(cli, ["corpus", "build", str(tmp_path / "in"), "--corpus", str(tmp_path / "corpus")])
    assert ran.exit_code == 1
    assert "1 files, of which 1 read now: 2 records, 0 deletions, 2 not read" in ran.stdout
    assert "pubmed26n0001.xml.gz:5:1: error RECORD: the record is not well-formed XML" in ran.stderr
    assert "pubmed26n0001.xml.gz:6:1: error RECORD: more than 16 MiB" in ran.stderr
    assert found(tmp_path / "corpus") == [("1", "1"), ("4", "1")]
    table = pq.read_table(tmp_path / "corpus/pubmed26n0001.parquet", columns=["entry", "line"])
    assert table["entry"].to_pylist() == ["record", "failure", "failure", "record"]
    assert table["line"].to_pylist() == [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (invented.file(1, 50)[:-3000], "the gzip file is cut"),
        (b"<PubmedArticleSet/>", "the gzip file is damaged"),
        (invented.zipped(["<ERROR>Otters are away</ERROR>"]), "PubMed answered with an error: 'Otters are away'"),
    ],
)
def test_a_file_that_is_damaged_is_left_out_and_the_others_are_read(content, words, tmp_path):
    bad = write(tmp_path / "in", 1, invented.small(1))
    write(tmp_path / "in", 2, invented.small(2))
    build_corpus([tmp_path / "in"], tmp_path / "corpus")
    bad.write_bytes(content)
    built = build_corpus([tmp_path / "in"], tmp_path / "corpus")
    assert words in built.outcomes[0].problem
    assert sorted(contents(tmp_path / "corpus")) == ["pubmed26n0002.parquet", "pubmed26n0002.words", SUPERSEDED]
    assert found(tmp_path / "corpus") == [("2", "1")]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "no .xml.gz file is in this folder"),
        (["otters.xml.gz"], "has no number"),
        (["pubmed25n0001.xml.gz", "pubmed26n0002.xml.gz"], "files of 2 yearly baselines"),
        (["a/pubmed26n0001.xml.gz", "b/pubmed26n0001.xml.gz"], "is there twice with different content"),
    ],
)
def test_files_whose_order_is_not_known_are_refused(names, words, tmp_path):
    for number, name in enumerate(names):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(invented.zipped([invented.small(number + 1)]))
    with pytest.raises(Problems, match=words):
        build_corpus([tmp_path / "in"], tmp_path / "corpus")
    assert list((tmp_path / "corpus").iterdir()) == []


EVENTS = st.lists(
    st.lists(
        st.tuples(st.sampled_from("+++-"), st.integers(1, 3), st.sampled_from([1, 1, 2, None])), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=4,
)


def standing(files):
    """Say in plain Python which versions count: the last word on each, and of those left the highest."""
    alive = {}
    for number, events in enumerate(files, 1):
        for row, (sign, pmid, version) in enumerate(events):
            if sign == "+":
                alive[pmid, version or 1] = (number, row)
            else:
                for key in [key for key in alive if key[0] == pmid and version in {key[1], None}]:
                    del alive[key]
    highest = {pmid: max(v for p, v in alive if p == pmid) for pmid, _ in alive}
    counting = [(place, key) for key, place in alive.items() if highest[key[0]] == key[1]]
    return [(str(pmid), str(version)) for _, (pmid, version) in sorted(counting)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=EVENTS)
def test_the_latest_version_counts_minus_deletions(files, tmp_path_factory):
    folder, corpus = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("corpus")
    for number, events in enumerate(files, 1):
        entries = [invented.small(p, v or 1) if s == "+" else invented.deleted((p, v)) for s, p, v in events]
        write(folder, number, *entries)
    build_corpus([folder], corpus)
    assert found(corpus) == standing(files)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of one process")
def test_a_file_of_many_records_needs_the_memory_of_some(tmp_path):
    """Resident memory does not grow with the file."""
    write(tmp_path / "in", 1, *(invented.small(n, inside="<Language>eng</Language>") for n in range(1, 60_000)))
    script = (
        "import sys, pathlib\n"
        "from evsynth.build.corpus.sources import sources\n"
        "from evsynth.build.corpus.one_file import read_into_parquet\n"
        "said = read_into_parquet(sources([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]))[0])\n"
        "status = pathlib.Path('/proc/self/status').read_text()\n"
        "print(said.records, int(status.partition('VmHWM:')[2].split()[0]) // 1024)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "in", tmp_path],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    number, megabytes = map(int, ran.stdout.split())
    assert number == 59_999
    assert megabytes < 200


def test_an_outcome_is_the_same_wherever_it_is_made(folder, tmp_path):
    """The task of a worker takes and gives values alone."""
    import pickle

    source = sources([folder], tmp_path)[0]
    assert pickle.loads(pickle.dumps(read_into_parquet(pickle.loads(pickle.dumps(source))))).records == 400
