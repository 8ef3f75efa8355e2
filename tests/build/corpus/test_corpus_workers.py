"""The map over files does the same in one process, in several, and on a Dask cluster; a lost worker costs a retry."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

import invented_pubmed as invented
import pytest

from evsynth.build.corpus.building import build_corpus
from evsynth.build.corpus.spread import Lost, spread


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
