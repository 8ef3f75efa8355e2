"""Two programs that write to one log at once: nothing is lost, and a write that fails leaves the log as it was."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from evsynth.model.finding import Problems
from evsynth.review import logs
from evsynth.review.logs import add_line, add_lines, read_logs

COLUMNS = ("at", "who", "number")
EACH = 40


def enter(root: Path, who: str, start: object) -> None:
    start.wait()
    for number in range(EACH):
        add_line(root, "logs", "ab", COLUMNS, ("1", who, str(number)))


@pytest.mark.parametrize("time", range(5))
def test_two_processes_lose_nothing_and_write_one_heading(tmp_path, time):
    """They begin with no file, which both would make."""
    fork = multiprocessing.get_context("spawn" if os.name == "nt" else "fork")
    start = fork.Barrier(2)
    both = [fork.Process(target=enter, args=(tmp_path, who, start)) for who in ("x", "y")]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert [one.exitcode for one in both] == [0, 0]
    cells = [entry.cells for entry in read_logs(tmp_path, "logs", COLUMNS)["ab"]]
    for who in ("x", "y"):
        assert [c["number"] for c in cells if c["who"] == who] == [str(number) for number in range(EACH)]
    assert len(cells) == 2 * EACH
    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["ab.csv"]


def test_one_waits_for_the_other_and_says_so_in_the_end(tmp_path, monkeypatch):
    from evsynth.review.lock import alone

    monkeypatch.setattr(logs, "PATIENCE", 0.1)
    (tmp_path / "logs").mkdir()
    with alone(tmp_path / "logs", "logs"), pytest.raises(Problems, match="another run"):
        add_line(tmp_path, "logs", "ab", COLUMNS, ("1", "x", "1"))
    add_line(tmp_path, "logs", "ab", COLUMNS, ("1", "x", "1"))
    assert len(read_logs(tmp_path, "logs", COLUMNS)["ab"]) == 1


def test_a_full_disk_leaves_the_log_as_it_was(tmp_path, monkeypatch):
    add_line(tmp_path, "logs", "ab", COLUMNS, ("1", "x", "1"))
    before = (tmp_path / "logs" / "ab.csv").read_bytes()

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Problems, match="No space left"):
            add_lines(tmp_path, "logs", "ab", COLUMNS, [("2", "x", "2"), ("3", "x", "3")])
    assert (tmp_path / "logs" / "ab.csv").read_bytes() == before
    add_lines(tmp_path, "logs", "ab", COLUMNS, [("2", "x", "2"), ("3", "x", "3")])
    assert len(read_logs(tmp_path, "logs", COLUMNS)["ab"]) == 3


def test_nothing_is_added_behind_a_line_that_is_cut(tmp_path):
    add_line(tmp_path, "logs", "ab", COLUMNS, ("1", "x", "1"))
    with (tmp_path / "logs" / "ab.csv").open("a") as file:
        file.write("2,x")
    for call in (lambda: add_line(tmp_path, "logs", "ab", COLUMNS, ("3", "x", "3")),
                 lambda: read_logs(tmp_path, "logs", COLUMNS)):  # fmt: skip
        with pytest.raises(Problems, match="the last line is cut"):
            call()
    assert (tmp_path / "logs" / "ab.csv").read_text().endswith("\n2,x")
