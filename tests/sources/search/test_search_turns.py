"""Programs that ask at the same time keep NCBI's limit together, and a killed one stops nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

import evsynth
from evsynth.cli import ncbi
from evsynth.review import turns

ASKS = """
import sys
from evsynth.cli import ncbi
from evsynth.sources.search.eutilities import efetch
door = ncbi.pubmed()
door(efetch(ncbi.address(), ["1000"]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[1])):
    assert door(efetch(ncbi.address(), [sys.argv[2]])).status == 200
"""

HOLDS = """
import os, sys, time
from evsynth.review.lock import locked
file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
assert locked(file)
print("held", flush=True)
time.sleep(60)
"""


def started(script, *arguments, **variables):
    """Start another program, and wait until it says that it is so far."""
    found = {**os.environ, "PYTHONPATH": str(Path(evsynth.__file__).parents[1]), **variables}
    program = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={name: value for name, value in found.items() if value},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout.readline(), program.communicate()
    return program


@pytest.mark.parametrize(("key", "limit", "each"), [("", 3, 5), ("otter", 10, 16)])
def test_two_programs_together_ask_no_more_often_than_one(library, address, tmp_path, key, limit, each):
    """NCBI counts per address and per key: 3 requests in a second, or 10. Some 0.2 s are for the way."""
    variables = {"EVSYNTH_EUTILITIES": address, "NCBI_API_KEY": key, "XDG_CACHE_HOME": str(tmp_path)}
    both = [started(ASKS, each, pmid, **variables) for pmid in ("1001", "1002")]
    library.calls.clear()
    for program in both:
        program.stdin.write("\n")
        program.stdin.flush()
    for program in both:
        _, err = program.communicate(timeout=60)
        assert program.returncode == 0, err
    times = [time for time, _, _ in library.calls]
    assert len(times) == 2 * each
    pause = ncbi.PAUSES[bool(key)]
    assert times[-1] - times[0] > (2 * each - 1) * pause * 0.9
    assert all(later - first > 0.8 for first, later in zip(times, times[limit:], strict=False))
    order = [form["id"][0] for _, _, form in library.calls]
    assert max(Counter(order[: 2 * (each // 2)]).values()) < each, "one waited until the other had ended"
    (file,) = (tmp_path / "evsynth").iterdir()
    assert file.name.endswith("-key.turn") is bool(key)
    assert "otter" not in file.name + file.read_text()


def test_places_are_a_pause_apart_whoever_takes_them(tmp_path):
    file = tmp_path / "new" / "server.turn"
    with ThreadPoolExecutor(8) as many:
        places = sorted(many.map(lambda _: turns._place(file, 7.0), range(40)))
    assert all(later - first == pytest.approx(7, abs=1e-4) for first, later in pairwise(places))


def test_the_first_request_and_one_after_a_rest_wait_for_nothing(tmp_path):
    file = tmp_path / "server.turn"
    for _ in range(2):
        begun = time.monotonic()
        turns.take_turn(file, 0.2)
        assert time.monotonic() - begun < 0.15
        time.sleep(0.25)


@pytest.mark.parametrize(
    "written", ["", "half", "1e12\n", "nan\n", "inf\n", "99999999.5\nand more\n", "\0" * 30, "-inf", "9" * 64]
)
def test_what_no_program_of_ours_wrote_is_not_waited_for(tmp_path, written):
    """Also what was written before the machine started anew, when its clock began at 0."""
    file = tmp_path / "server.turn"
    file.write_text(written)
    begun = time.monotonic()
    turns.take_turn(file, 0.3)
    assert time.monotonic() - begun < 0.2
    assert turns._place(file, 0.3) - begun == pytest.approx(0.3, abs=0.1)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill -9 needs a system that has it")
def test_a_program_that_is_killed_while_it_holds_the_file_stops_nobody(tmp_path, monkeypatch):
    file = tmp_path / "server.turn"
    holder = started(HOLDS, file)
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    try:
        with pytest.raises(TimeoutError, match="another program has kept it"):
            turns.take_turn(file, 0.01)
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate(timeout=10)
    turns.take_turn(file, 0.01)


def test_where_no_file_can_be_written_it_is_said_once_and_asked_all_the_same(
    run, shelf, library, tmp_path, monkeypatch
):
    monkeypatch.setattr("evsynth.cli.ncbi.PAUSES", {False: 0.001, True: 0.001})
    (tmp_path / "in the way").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "in the way"))
    code, _, err = run("search", "run", "otters")
    assert code == 0
    assert err.count("note: runs at the same time share no limit") == 1


@pytest.mark.parametrize(
    ("platform", "variables", "place"),
    [
        ("linux", {}, "me/.cache/evsynth"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "me/.cache/evsynth"),
        ("linux", {"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere/evsynth"),
        ("darwin", {}, "me/Library/Caches/evsynth"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/evsynth/cache"),
    ],
)
def test_the_file_stands_where_programs_keep_such_things(tmp_path, monkeypatch, platform, variables, place):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "me")
    assert turns.home() == tmp_path / place
