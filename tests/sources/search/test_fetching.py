"""`evsynth fetch`: answers are kept for a day, byte for byte; a run that was interrupted asks only for the rest."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from eutilities_server import KEY, otters

import evsynth
from evsynth.review import answers, lock
from evsynth.sources.door import Response
from evsynth.sources.formats.any_format import read
from evsynth.sources.search.asking import Direct
from evsynth.sources.search.eutilities import efetch
from evsynth.sources.search.single import fetch


@pytest.fixture
def home(shelf):
    return shelf.root / answers.HOME


@pytest.fixture
def many(library, monkeypatch):
    """Give the numbers of 70 papers, fetched in batches of 16."""
    monkeypatch.setattr("evsynth.sources.search.single.BATCH", 16)
    library.papers = {paper.pmid: paper for paper in otters(70)}
    return list(library.papers)


def kept(home):
    return [json.loads(line) for line in (home / "journal.jsonl").read_text().splitlines() if line.strip()]


def test_an_answer_is_kept_with_question_checksum_and_time_and_not_asked_for_again(run, home, library):
    first = run("fetch", "1001", "1002")
    (answer,) = kept(home)
    body = gzip.decompress((home / "responses" / f"{answer['name']}.xml.gz").read_bytes())
    assert hashlib.sha256(body).hexdigest() == answer["sha256"]
    assert ["id", "1001,1002"] in answer["form"]
    assert answer["time"].endswith("+00:00")
    assert b'<PMID Version="1">1001</PMID>' in body
    assert KEY not in (home / "journal.jsonl").read_text()
    library.calls.clear()
    again = run("fetch", "1001", "1002")
    assert again.out == first.out
    assert library.calls == []
    assert f"1 answers were kept from before (since {answer['time']}), and not asked for again" in again.err


def test_fresh_asks_again(run, home, library):
    run("fetch", "1001")
    library.papers["1001"] = library.papers["1001"]._replace(title="Otters, corrected")
    assert "corrected" not in run("fetch", "1001").out
    ended = run("fetch", "1001", "--fresh")
    assert "Otters, corrected" in ended.out
    assert "kept from before" not in ended.err
    assert "Otters, corrected" in run("fetch", "1001").out


@pytest.mark.parametrize("time_", ["2020-01-01T00:00:00+00:00", "2990-01-01T00:00:00+00:00"])
def test_an_answer_is_kept_for_a_day(run, home, library, time_):
    run("fetch", "1001")
    (answer,) = kept(home)
    (home / "journal.jsonl").write_text(json.dumps({**answer, "time": time_}) + "\n")
    library.calls.clear()
    run("fetch", "1002")
    assert [form["id"] for form in library.asked("efetch")] == [["1002"]]
    assert not (home / "responses" / f"{answer['name']}.xml.gz").exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda home, file: file.write_bytes(b"\x1f\x8b half"),
        lambda home, file: file.unlink(),
        lambda home, file: file.write_bytes(gzip.compress(b"<PubmedArticleSet/>")),
        lambda home, file: (home / "journal.jsonl").write_bytes((home / "journal.jsonl").read_bytes()[:-30]),
    ],
    ids=["half a file", "no file", "another file", "half a line"],
)
def test_what_is_not_whole_is_asked_for_again(run, home, library, spoil):
    first = run("fetch", "1001")
    (file,) = (home / "responses").glob("*.gz")
    spoil(home, file)
    library.calls.clear()
    assert run("fetch", "1001").out == first.out
    assert len(library.calls) == 1


def test_a_doi_that_is_not_there_yet_is_asked_for_again(run, library):
    assert run("fetch", "10.9999/late").code == 1
    library.papers["1003"] = library.papers["1003"]._replace(doi="10.9999/late")
    assert "Otters 3" in run("fetch", "10.9999/late").out


def test_what_is_interrupted_asks_only_for_the_rest(run, library, many, tmp_path):
    library.faults["efetch"] = ["", "", "414"]
    ended = run("fetch", *many, "-o", str(tmp_path / "all.xml"))
    assert ended.code == 1
    assert not (tmp_path / "all.xml").exists()
    assert "and 60 more" in ended.err
    library.calls.clear()
    ended = run("fetch", *many, "-o", str(tmp_path / "all.xml"))
    assert "2 answers were kept from before" in ended.err
    assert [form["id"][0].count(",") + 1 for form in library.asked("efetch")] == [16, 16, 6]
    found = read((tmp_path / "all.xml").read_bytes())
    assert [record.pmid for record in found.records] == many
    assert not found.failures
    ElementTree.parse(tmp_path / "all.xml")
    assert [record.raw for record in found.records] == [library.papers[pmid].xml for pmid in many]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill -9 needs a system that has it")
def test_kill_9_costs_one_answer(shelf, library, home, many):
    library.delay = 0.2
    variables = {
        **os.environ,
        "EVSYNTH_EUTILITIES": shelf.address,
        "NCBI_API_KEY": KEY,
        "XDG_CACHE_HOME": str(shelf.root / ".cache"),
        "PYTHONPATH": str(Path(evsynth.__file__).parents[1]),
    }
    script = (
        "import sys, evsynth.sources.search.single as s; s.BATCH = 16\n"
        "from evsynth.cli.main import main\nmain(['fetch', *sys.argv[1:]])"
    )
    command = [sys.executable, "-c", script, *many]
    given = {"cwd": shelf.root, "env": variables, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = subprocess.Popen(command, **given)
    until = time.monotonic() + 20
    while not ((home / "journal.jsonl").is_file() and len(kept(home)) >= 2):
        assert time.monotonic() < until, "no answer was kept"
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=10)
    assert (home / lock.NAME).exists()
    running = subprocess.Popen(command, **given)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err.decode()
    assert out.count(b"\n") == 70
    assert len(library.asked("efetch")) <= 6


def test_two_at_one_time_wait_for_each_other(run, home, monkeypatch):
    monkeypatch.setattr(answers, "PATIENCE", 5)
    held, go = threading.Event(), threading.Event()

    def holding():
        with lock.alone(home, answers.HOME):
            held.set()
            go.wait(5)

    holder = threading.Thread(target=holding)
    holder.start()
    assert held.wait(5)
    threading.Timer(0.3, go.set).start()
    assert run("fetch", "1001").code == 0
    assert go.is_set()
    holder.join()


def test_outside_a_review_nothing_is_kept(run, library, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert run("fetch", "1001").code == 0
    assert run("fetch", "1001").code == 0
    assert len(library.calls) == 2
    assert list(elsewhere.iterdir()) == []


def test_long_lists_of_numbers_are_posted(run, library, monkeypatch, tmp_path):
    """A thousand numbers of eight digits make an address of 9,000 characters, which NCBI refuses with 414."""
    papers = [paper._replace(pmid=str(30_000_000 + n)) for n, paper in enumerate(otters(1000))]
    library.papers = {paper.pmid: paper for paper in papers}
    numbers = list(library.papers)
    monkeypatch.setattr("evsynth.sources.search.single.BATCH", 1000)
    ended = run("fetch", *numbers)
    assert ended.code == 0, ended.err
    assert len(ended.out.splitlines()) == 1000
    assert library.lines == ["POST /entrez/eutils/efetch.fcgi"]
    (form,) = library.asked("efetch")
    assert form["id"] == [",".join(numbers)]


def test_fifty_thousand_numbers_go_by_post_too(library, shelf):
    """In one form, whose length no server limits as it limits an address; no part of the list stands there."""
    numbers = [str(30_000_000 + n) for n in range(50_000)]
    assert shelf.door()(efetch(shelf.address, numbers)).status == 200
    assert library.lines == ["POST /entrez/eutils/efetch.fcgi"]
    assert library.asked("efetch")[0]["id"] == [",".join(numbers)]


def test_fifty_thousand_records_are_asked_for_in_batches_and_all_come():
    """The door is a function here: what is counted is what was asked."""
    asked: list[list[str]] = []

    def door(request):
        assert "?" not in request.url
        asked.append(dict(request.form)["id"].split(","))
        record = '<PubmedArticle><MedlineCitation><PMID Version="1">{}</PMID></MedlineCitation></PubmedArticle>'
        text = "".join(map(record.format, asked[-1]))
        return Response(200, f"<PubmedArticleSet>{text}</PubmedArticleSet>".encode())

    numbers = [str(30_000_000 + n) for n in range(50_000)]
    fetched = fetch(numbers, Direct(door), "https://pubmed.example")
    assert [article.pmid for article in fetched.articles] == numbers
    assert [len(some) for some in asked] == [200] * 250
    assert [number for some in asked for number in some] == numbers


def test_a_search_posts_everything_too(shelf, library):
    library.faults["efetch"] = ["expired"]  # from here on records are asked for by their numbers
    shelf.take()
    assert {line.split("?")[0] for line in library.lines} == {
        "POST /entrez/eutils/esearch.fcgi",
        "POST /entrez/eutils/efetch.fcgi",
    }
    assert not [line for line in library.lines if "?" in line]
    assert max(form["id"][0].count(",") + 1 for form in library.asked("efetch") if "id" in form) == 16


@pytest.fixture
def cutting(shelf, monkeypatch):
    """Give a function that lets the door cut the next answers so many characters before their end."""
    from evsynth.cli import ncbi

    opened, cuts = ncbi.pubmed, []

    def pubmed(**given):
        door = opened(**given)

        def cut(request):
            answer = door(request)
            return answer._replace(body=answer.body[: cuts.pop(0)]) if cuts else answer

        return cut

    monkeypatch.setattr(ncbi, "pubmed", pubmed)
    return cuts.extend


@pytest.mark.parametrize("end", range(12, 80, 3))
def test_new_never_takes_half_a_record(run, shelf, cutting, end):
    """An answer that ends early with status 200 cannot be told by its length; MEDLINE text ends with its source."""
    cutting([end])
    assert run("new", "PMID:1001", "--study", "otters").code == 0
    text = (shelf.root / "corpora/sources/otters-record.txt").read_text()
    assert text == "PMID- 1001\nOWN - NLM\nTI  - Otters 1 & <rivers>\nSO  - J Otter Med. 2031.\n"
    sidecar = (shelf.root / "corpora/sources/otters-record.yaml").read_text()
    assert 'origin: "MEDLINE text of PMID 1001, from PubMed by the E-utilities, as received on 20' in sidecar
    assert hashlib.sha256(text.encode()).hexdigest() in sidecar


def test_new_says_soon_that_pubmed_has_no_such_record(run, shelf, library):
    """PubMed answers a number that it does not have with an empty text, which looks like a bad moment."""
    ended = run("new", "PMID:99999999")
    assert (ended.code, "PubMed has no record of PMID 99999999" in ended.err) == (1, True), ended.err
    assert "asking again" not in ended.err
    assert len(library.asked("efetch")) == 3


def test_new_is_patient_with_a_bad_moment(run, shelf, library):
    library.faults["efetch"] = ["empty", "empty"]
    assert run("new", "PMID:1001", "--study", "otters").code == 0


def test_new_writes_nothing_when_only_half_a_record_comes(run, shelf, cutting):
    cutting([40] * 9)
    ended = run("new", "PMID:1001", "--study", "otters")
    assert (ended.code, "PubMed sent half a record of PMID 1001, 3 times" in ended.err) == (1, True)
    assert not (shelf.root / "corpora/sources/otters-record.txt").exists()
    assert not (shelf.root / "extractions/studies/otters.yaml").exists()


def test_an_update_asks_through_one_door(run, library, monkeypatch):
    """Two doors would not know of each other's last request, and could ask too fast together."""
    from evsynth.sources import door

    run("search", "run", "otters")
    opened = []
    real = door.open_door
    monkeypatch.setattr(door, "open_door", lambda **given: opened.append(given) or real(**given))
    library.papers["1003"] = library.papers["1003"]._replace(title="Stoats")
    ended = run("search", "update", "otters")
    assert "1 vanished" in ended.out
    assert len(opened) == 1
