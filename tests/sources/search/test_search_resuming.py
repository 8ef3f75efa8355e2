"""A snapshot that is interrupted anywhere, also by kill -9, is finished by the next run with the same bytes."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from eutilities_server import KEY

import evsynth
from evsynth.model.finding import Problems
from evsynth.review import lock, taking
from evsynth.review.searches import latest


class Killed(BaseException):
    """Stands for a kill: nothing catches it."""


def whole(shelf):
    """Take a snapshot at one go, and give its bytes."""
    shelf.take()
    found = shelf.bytes()
    for path in sorted((shelf.home / "2031-02-03").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (shelf.home / "2031-02-03").rmdir()
    return found


def test_the_same_answers_give_the_same_bytes(shelf):
    assert whole(shelf) == whole(shelf)


@pytest.mark.parametrize("answers", range(4))
def test_it_goes_on_after_any_answer(shelf, library, answers):
    wanted = whole(shelf)
    library.calls.clear()
    library.histories.clear()
    left = [answers]
    door = shelf.door()

    def dying(request):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return door(request)

    with pytest.raises(Killed):
        shelf.take(dying)
    assert shelf.finished() == []
    taken = shelf.take(date="2031-02-09")
    assert taken.reused == answers
    assert len(library.calls) == 4
    assert shelf.finished() == ["2031-02-03"]
    assert shelf.bytes() == wanted


def test_it_goes_on_after_any_step_on_disk(shelf, library, monkeypatch):
    """Every rename is a step; the program dies before or after it."""
    wanted = whole(shelf)
    replace = Path.replace
    left = [0]
    for step in range(40):
        for late in (False, True):
            left[0] = step

            def dying(path, target, late=late):
                left[0] -= 1
                if left[0] == -1 and not late:
                    raise Killed
                done = replace(path, target)
                if left[0] == -1:
                    raise Killed
                return done

            monkeypatch.setattr(Path, "replace", dying)
            library.histories.clear()
            died = False
            try:
                shelf.take()
            except Killed:
                died = True
            monkeypatch.setattr(Path, "replace", replace)
            names = shelf.finished()
            assert names in ([], ["2031-02-03"])
            if names:
                assert shelf.bytes() == wanted
            if died:
                shelf.take()
            assert shelf.finished() == ["2031-02-03"]
            assert not (shelf.home / taking.UNFINISHED).exists()
            assert whole_is(shelf, wanted)
        if not died:
            assert step > 8
            return
    pytest.fail("a snapshot has fewer steps than this")


def whole_is(shelf, wanted):
    same = shelf.bytes() == wanted
    for path in sorted((shelf.home / "2031-02-03").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (shelf.home / "2031-02-03").rmdir()
    return same


def interrupted(shelf, after=2):
    door, left = shelf.door(), [after]

    def dying(request):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return door(request)

    with pytest.raises(Killed):
        shelf.take(dying)
    return shelf.home / taking.UNFINISHED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda part: (part / "journal.jsonl").write_bytes((part / "journal.jsonl").read_bytes()[:-40]),
        lambda part: (part / "snapshot/responses/records-00000001.xml.gz").write_bytes(b"\x1f\x8b half"),
        lambda part: (part / "snapshot/responses/records-00000001.xml.gz").unlink(),
        lambda part: (part / "snapshot/responses/records-00000001.xml.gz").write_bytes(
            gzip.compress(
                gzip.decompress((part / "snapshot/responses/records-00000001.xml.gz").read_bytes()).replace(
                    b"Otters", b"Stoats"
                )
            )
        ),
        lambda part: (part / "snapshot/responses/records-00000001.xml.gz.99.part").write_bytes(b"left by a kill"),
    ],
    ids=["half a line", "half a file", "no file", "other bytes", "a file beside"],
)
def test_what_is_not_whole_is_asked_for_again(shelf, library, spoil):
    wanted = whole(shelf)
    library.histories.clear()
    spoil(interrupted(shelf))
    shelf.take()
    assert shelf.bytes() == wanted


def test_half_a_line_costs_one_answer_also_after_another_interruption(shelf, library):
    part = interrupted(shelf)
    journal = part / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])
    interrupted(shelf, after=2)
    assert shelf.take().reused == 3


def test_another_query_is_another_snapshot(shelf, library):
    interrupted(shelf)
    shelf.write((shelf.home / "search.yaml").read_text().replace("query: otters", "query: otters book"))
    with pytest.raises(Problems, match=r"begun on 2031-02-03 was interrupted, and search.yaml is another since"):
        shelf.take()
    shelf.take(fresh=True)
    assert [row.pmid for row in latest(shelf.root, "otters").rows()] == ["77"]


def test_a_search_of_which_nothing_came_is_corrected_and_run_again(shelf):
    """There is nothing to give up, so nobody is asked for --fresh."""
    with pytest.raises(Problems, match="was not reached"):
        shelf.take(address="http://127.0.0.1:9")
    assert (shelf.home / taking.UNFINISHED / "begun.json").is_file()
    shelf.write((shelf.home / "search.yaml").read_text().replace("query: otters", "query: otters book"))
    assert shelf.take().snapshot.manifest.records == 1


def test_a_file_that_changes_while_it_is_taken_is_noticed(shelf):
    """Two runs at one time could write over each other."""
    door = shelf.door()
    first = shelf.home / taking.UNFINISHED / "snapshot" / "responses" / "records-00000001.xml.gz"

    def meddling(request):
        if first.is_file():
            first.write_bytes(gzip.compress(b"<PubmedArticleSet/>"))
        return door(request)

    with pytest.raises(Problems, match="records-00000001 is not the answer that was kept"):
        shelf.take(meddling)
    assert shelf.finished() == []
    assert shelf.take().snapshot.manifest.records == 46


@pytest.mark.parametrize("inside", ["", "snapshot", "journal.jsonl/x"])
def test_what_stands_in_the_way_is_said(shelf, inside):
    part = interrupted(shelf) if inside else shelf.home / taking.UNFINISHED
    way = part / inside
    if inside == "snapshot":
        way.rename(part / "moved")
    if inside.endswith("x"):
        way.parent.unlink()
        way.mkdir(parents=True)
    else:
        way.write_text("in the way")
    with pytest.raises(Problems, match="cannot be written"):
        shelf.take()
    assert shelf.finished() == []


def test_fresh_gives_up_whatever_stands_there(shelf):
    (shelf.home / taking.UNFINISHED).write_text("in the way")
    shelf.take(fresh=True)
    assert shelf.finished() == ["2031-02-03"]


def test_a_folder_that_took_its_name_meanwhile_is_no_hindrance(shelf, library):
    interrupted(shelf)
    (shelf.home / "2031-02-03").mkdir()
    (shelf.home / "2031-02-03" / "notes.txt").write_text("mine")
    assert shelf.take().snapshot.name == "2031-02-03-2"
    assert (shelf.home / "2031-02-03" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"address": "http://127.0.0.1:9"}, "the address that is asked is another since"),
        ({"studies": ("1001",)}, "what it starts from is another since"),
    ],
)
def test_what_is_another_since_is_named(shelf, given, words):
    interrupted(shelf)
    with pytest.raises(Problems, match=words):
        shelf.take(**given)


def test_two_snapshots_of_one_day_have_two_names(shelf):
    shelf.take()
    shelf.take()
    shelf.take(date="2031-02-04")
    assert shelf.finished() == ["2031-02-03", "2031-02-03-2", "2031-02-04"]
    assert latest(shelf.root, "otters").name == "2031-02-04"


def test_a_snapshot_that_was_changed_by_hand_is_not_believed(shelf):
    snapshot = shelf.take().snapshot
    (snapshot.folder / "responses" / "records-00000001.xml.gz").write_bytes(b"")
    with pytest.raises(Problems, match="is not as it was written"):
        list(snapshot.articles())
    (snapshot.folder / "records.csv").write_text("pmid,response,sha256,revised,retracted,concern\n")
    with pytest.raises(Problems, match="it lists 0 records; taken were 46"):
        snapshot.rows()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill -9 needs a system that has it")
def test_it_goes_on_after_kill_9(shelf, library):
    """The program itself runs and is killed, twice; the third run finishes. No answer is fetched more than twice."""
    wanted = {name: raw for name, raw in whole(shelf).items() if name != "manifest.json"}
    library.calls.clear()
    library.delay = 0.25
    variables = {
        **os.environ,
        "EVSYNTH_EUTILITIES": shelf.address,
        "NCBI_API_KEY": KEY,
        "XDG_CACHE_HOME": str(shelf.root / ".cache"),
        "PYTHONPATH": str(Path(evsynth.__file__).parents[1]),
    }
    script = (
        "import evsynth.sources.search.harvest as h; h.BATCH = 16\n"
        "from evsynth.cli.main import main\nmain(['search', 'run', 'otters'])"
    )

    def start():
        return subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=shelf.root,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    journal = shelf.home / taking.UNFINISHED / "journal.jsonl"
    for answers in (1, 3):
        running = start()
        until = time.monotonic() + 20
        while not (journal.is_file() and journal.read_bytes().count(b"\n") >= answers):
            assert time.monotonic() < until, "no answer was kept"
            assert running.poll() is None, running.communicate()
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=10)
        assert running.returncode == -signal.SIGKILL
        assert shelf.finished() == []
    running = start()
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err.decode()
    assert b"answers were kept from before" in err
    (name,) = shelf.finished()
    found = {file: raw for file, raw in shelf.bytes(name).items() if file != "manifest.json"}
    assert found == wanted
    assert len(library.calls) <= 4 + 2
    assert f"{name}: 46 records".encode() in out


HOLDS = """
import sys, time
from pathlib import Path
from evsynth.review.lock import alone
with alone(Path(sys.argv[1]), "here"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill -9 needs a system that has it")
def test_one_run_at_a_time_and_a_killed_one_leaves_no_lock(shelf):
    """Another program holds the lock and is killed; the file stays behind, and hinders nobody."""
    variables = {**os.environ, "PYTHONPATH": str(Path(evsynth.__file__).parents[1])}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(shelf.home)], env=variables, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(
            Problems, match=rf"another run \(process {holder.pid}\) is at work in corpora/searches/otters"
        ):
            shelf.take()
        assert shelf.finished() == []
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate(timeout=10)
    assert (shelf.home / lock.NAME).read_text() == f"{holder.pid}\n"
    shelf.take()
    assert shelf.finished() == ["2031-02-03"]
    assert not (shelf.home / lock.NAME).exists()


def test_a_lock_is_free_again_however_the_work_ends(tmp_path):
    with pytest.raises(Killed), lock.alone(tmp_path, "here"):
        raise Killed
    busy = pytest.raises(Problems, match="at work in here")
    with lock.alone(tmp_path, "here"), busy, lock.alone(tmp_path, "here", seconds=0.1):
        pytest.fail("two hold it")


def test_a_lock_whose_place_is_taken_is_an_error(tmp_path):
    (tmp_path / lock.NAME).mkdir()
    with pytest.raises(Problems, match="cannot be written"), lock.alone(tmp_path, "here"):
        pytest.fail("it was not locked")


def test_progress_tells_what_is_in_and_what_is_to_come(shelf):
    told = []
    shelf.take(progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 46)
    assert told[-1] == (46, 46)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(told) > 2
