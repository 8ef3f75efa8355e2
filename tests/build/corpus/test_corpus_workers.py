"""The map over files does the same in one process, in several, and on a Dask cluster; a lost worker costs a retry."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import invented_pubmed as invented
import pytest

from evsynth.build.corpus.building import build_corpus
from evsynth.build.corpus.spread import Lost, spread
from evsynth.model.finding import Problems


class Job(NamedTuple):
    """A number to be squared, and the folder where each try leaves a file; `deadly` kills its worker that often."""

    number: int
    folder: str
    deadly: int = 0


def square(job: Job) -> int:
    tries = len(list(Path(job.folder).glob(f"{job.number}-*")))
    (Path(job.folder) / f"{job.number}-{tries}").touch()
    if tries < job.deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return job.number**2


def wait(folder: str) -> None:
    """Tell the process, and work longer than anybody waits."""
    (Path(folder) / f"{os.getpid()}.pid").touch()
    time.sleep(300)


def lives(number: int) -> bool:
    """Tell a process that is there from one that has ended, though nobody may have asked for its exit code yet."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{number}/status").read_text() if Path("/proc/self").exists() else True


def until(done) -> bool:
    end = time.monotonic() + 60
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


def jobs(folder, deadly):
    return [Job(number, str(folder), deadly if number == 3 else 0) for number in range(8)]


@pytest.fixture(scope="module")
def scheduler():
    """The address of a Dask scheduler with two worker processes."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "120s"}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
    ):
        yield cluster.scheduler_address


def test_one_process(tmp_path):
    assert sorted(spread(square, jobs(tmp_path, 0))) == [n**2 for n in range(8)]


def test_a_lost_process_costs_what_was_in_hand(tmp_path):
    assert sorted(spread(square, jobs(tmp_path, 1), workers=2)) == [n**2 for n in range(8)]
    assert (tmp_path / "3-1").exists()
    assert len(list(tmp_path.iterdir())) <= 8 + 1 + 2


def test_a_file_that_always_kills_its_process_ends_the_build(tmp_path):
    with pytest.raises(Lost, match="a worker ended 3 times"):
        list(spread(square, jobs(tmp_path, 99)[3:4], workers=2))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them(tmp_path, how):
    code = (
        "import sys; from test_corpus_workers import wait, spread\n"
        f"if __name__ == '__main__': list(spread(wait, [{str(tmp_path)!r}] * 2, workers=2))"
    )
    (tmp_path / "started.py").write_text(code)
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    parent = subprocess.Popen([sys.executable, tmp_path / "started.py"], env={**os.environ, "PYTHONPATH": path})
    try:
        assert until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    finally:
        parent.send_signal(how)
        parent.wait()
    workers = [int(one.stem) for one in tmp_path.glob("*.pid")]
    try:
        assert until(lambda: not any(map(lives, workers)))
    finally:
        for one in filter(lives, workers):
            os.kill(one, signal.SIGKILL)


@pytest.mark.parametrize(
    "address", ["foo", "tcp://", "tcp://10.0.0.5", "10.0.0.5:99999", "tcp://10.0.0.5:8786/x y", ":1"]
)
def test_what_is_no_address_of_a_scheduler_is_said_at_once(tmp_path, address):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/pubmed26n0001.xml.gz").write_bytes(invented.file(1, 1))
    begun = time.monotonic()
    with pytest.raises(Problems) as raised:
        build_corpus([tmp_path / "in"], tmp_path / "corpus", scheduler=address)
    (finding,) = raised.value.findings
    assert (finding.code, finding.message) == ("CORPUS", f"{address!r} is no address of a Dask scheduler")
    assert "tcp://10.0.0.5:8786" in finding.hint
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("scheme", ["tcp", "tls", "no"])
@pytest.mark.parametrize("listens", [False, True])
def test_where_no_scheduler_answers_there_is_one_message(tmp_path, scheme, listens):
    import dask
    import distributed  # noqa: F401  its settings come with it

    (tmp_path / "pubmed26n0001.xml.gz").write_bytes(invented.file(1, 1))
    with socket.socket() as silent, dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        silent.bind(("127.0.0.1", 0))
        address = f"{scheme}://127.0.0.1:{silent.getsockname()[1]}"
        if listens:
            silent.listen()
        with pytest.raises(Problems) as raised:
            build_corpus([tmp_path], tmp_path / "corpus", scheduler=address)
    (finding,) = raised.value.findings
    assert (finding.code, f"no Dask scheduler answers at {address}: " in finding.message) == ("CORPUS", True)
    assert "--workers" in finding.hint


def test_a_lost_worker_of_dask_costs_its_file_a_retry(scheduler, tmp_path):
    assert sorted(spread(square, jobs(tmp_path, 1), scheduler=scheduler)) == [n**2 for n in range(8)]
    assert (tmp_path / "3-1").exists()


def test_dask_builds_the_same_bytes(scheduler, tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(1, 5):
        (tmp_path / f"in/pubmed26n{number:04}.xml.gz").write_bytes(invented.file(number, 60))
    build_corpus([tmp_path / "in"], tmp_path / "here")
    build_corpus([tmp_path / "in"], tmp_path / "there", scheduler=scheduler)
    here, there = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("here", "there"))
    assert len(here) == 4 + 4 + 1
    assert here == there
