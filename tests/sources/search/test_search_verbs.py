"""The verbs as a reviewer calls them, against the local server; and what must never be written."""

from __future__ import annotations

import json
import logging
import shutil
from itertools import pairwise

import pytest
from eutilities_server import KEY, Paper

from evsynth.review.searches import open_search
from evsynth.sources.door import Request, open_door
from evsynth.sources.search.faults import passing


def texts(root):
    """Give the bytes of every file of the review, unpacked."""
    import gzip

    for path in root.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            yield path, gzip.decompress(raw) if path.suffix == ".gz" else raw


def test_a_search_from_nothing(run, shelf):
    code, out, _ = run("search", "new", "weasels", "--query", "weasels  OR otters", "--by", "AB")
    assert (code, out) == (0, "corpora/searches/weasels/search.yaml: written\n")
    assert run("search", "new", "weasels", "--query", "x", "--by", "AB").code == 1
    assert run("search", "new", "Weasels", "--query", "x", "--by", "AB").code == 1
    assert run("search", "new", "stoats", "--by", "AB").code == 1
    code, out, err = run("search", "run", "otters")
    assert (code, err) == (0, "")
    assert out.endswith(": 46 records\n")
    code, out, _ = run("search", "list")
    assert [line.split(";")[0] for line in out.splitlines()] == ["otters  PubMed", "weasels  PubMed"]
    assert "no snapshot yet" in out


def test_show_prints_what_was_asked_and_understood(run, shelf):
    shelf.write((shelf.home / "search.yaml").read_text().replace("query: otters", "query: otters OR holt"))
    code, out, err = run("search", "run", "otters")
    assert code == 0
    assert 'search.yaml:1:1: note SEARCH_READ: PubMed says: quoted phrase not found: "holt weir"' in err
    _, out, _ = run("search", "show", "otters")
    assert "asked: otters OR holt\nunderstood: otters OR holt[All Fields]" in out
    assert "PubMed says: message: Otters are plural." in out


def test_show_lists_records(run, shelf):
    run("search", "run", "otters")
    _, out, _ = run("search", "show", "otters", "--records")
    assert len(out.splitlines()) == 46
    assert "     1044  Lutra, Ottilie; 1994; Otters 44 & <rivers>" in out
    _, out, _ = run("search", "show", "otters", "--json")
    assert {r["pmid"] for r in json.loads(out)} >= {"77", "1000"}


def test_update_reports_new_changed_vanished_and_retracted(run, shelf, library):
    run("search", "run", "otters")
    papers = library.papers
    papers["1001"] = papers["1001"]._replace(title="Otters, corrected")
    papers["1002"] = papers["1002"]._replace(retracted=True)
    papers["1003"] = papers["1003"]._replace(title="Weasels")
    papers["1004"] = papers["1004"]._replace(concern=True)
    del papers["1005"]
    papers["6000"] = Paper("6000", "Otters, new", retracted=True)
    code, out, _ = run("search", "update", "otters", "--json")
    assert code == 0
    said = json.loads(out)
    assert said["new"] == ["6000"]
    assert said["changed"] == {"1001": ["title"], "1002": ["publication_types"], "1004": ["links"]}
    assert said["gone"] == {
        "1003": "in PubMed, not found by the search any more",
        "1005": "not in PubMed any more",
    }
    assert (said["retracted"], said["concern"]) == (["1002", "6000"], ["1004"])
    _, again, _ = run("search", "changes", "otters")
    assert "1 new\n       6000  2030; Otters, new\n3 changed\n       1001  1991; Otters, corrected  [title]\n" in again
    assert "2 vanished" in again
    assert "2 retracted since" in again


def test_nothing_changed_is_said(run):
    run("search", "run", "otters")
    _, out, _ = run("search", "update", "otters")
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["0"] * 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "weasels"), "there is no search 'weasels'"),
        (("update", "otters"), "the search 'otters' has no snapshot yet"),
        (("show", "otters"), "the search 'otters' has no snapshot yet"),
        (("changes", "otters"), "there are not two snapshots of otters to compare: none"),
        (("changes", "otters", "2030-01-01"), "'2030-01-01' is no snapshot of otters"),
        (("report", "weasels"), "there is no search 'weasels'"),
    ],
)
def test_what_is_not_there_is_named(run, arguments, words):
    code, _, err = run("search", *arguments)
    assert code == 1
    assert words in err
    assert "hint:" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("query: otters\n", "", "search.yaml:1:1: error VALUE: the file: a search of PubMed needs a query"),
        ("query: otters", "querry: otters", "did you mean 'query'?"),
        ("PubMed", "Pubmed", "did you mean 'PubMed'?"),
        ("search: otters", "search: weasels", "the search is called 'weasels', but its folder 'otters'"),
        ("query:", "studies: ['1']\nquery:", "a query has no studies to start from"),
        ('"2031-01-01"', "yesterday", "expected a date such as 2026-01-31"),
    ],
)
def test_a_mistake_in_the_file_has_its_place(run, shelf, old, new, words):
    text = (shelf.home / "search.yaml").read_text()
    shelf.write(text.replace(old, new, 1))
    code, _, err = run("search", "run", "otters")
    assert code == 1
    assert words in err


@pytest.mark.parametrize("fault", ["", "400 key", "429"])
def test_the_key_goes_to_pubmed_and_nowhere_else(run, shelf, library, fault, caplog):
    caplog.set_level(logging.DEBUG)
    library.faults["efetch"] = [fault] * 20
    code, out, err = run("search", "run", "otters")
    assert code == (1 if fault else 0)
    assert run("search", "report", "otters").code == 0
    assert all(form["api_key"] == [KEY] for _, _, form in library.calls)
    assert all((form["tool"], form["email"]) == (["evsynth"], ["o@example.org"]) for _, _, form in library.calls)
    written = dict(texts(shelf.root))
    assert written
    assert [path for path, raw in written.items() if KEY.encode() in raw or b"o@example.org" in raw] == []
    assert KEY not in out + err + caplog.text
    if fault == "400 key":
        assert "API key invalid" in err


def test_waiting_is_explained(run, library):
    library.faults["efetch"] = ["429", "half"]
    code, _, err = run("search", "run", "otters")
    assert code == 0
    assert err.splitlines() == [
        "asking again in 0.0 s: it answered 429",
        "asking again in 0.0 s: an error or half an answer came",
    ]


def test_without_a_key_there_are_longer_pauses(monkeypatch):
    from evsynth.cli import ncbi

    asked = []
    monkeypatch.setattr("stamina.instrumentation.set_on_retry_hooks", lambda hooks: None)
    monkeypatch.setattr("evsynth.sources.door.open_door", lambda **given: asked.append(given))
    for key in ("", KEY):
        monkeypatch.setenv("NCBI_API_KEY", key)
        monkeypatch.delenv("NCBI_EMAIL", raising=False)
        ncbi.pubmed()
    assert [given["who"] for given in asked] == [(("tool", "evsynth"),), (("tool", "evsynth"), ("api_key", KEY))]
    assert asked[0]["pause"] > 1 / 3
    assert asked[1]["pause"] > 1 / 10


def test_requests_keep_their_distance(shelf, library):
    shelf.take(open_door(pause=0.08, again=passing))
    times = [when for when, _, _ in library.calls]
    assert len(times) == 4
    assert min(b - a for a, b in pairwise(times)) > 0.07


def test_retry_after_is_obeyed(library, address, monkeypatch):
    from eutilities_server import BODIES

    status, _, body = BODIES["429"]
    monkeypatch.setitem(BODIES, "429", (status, {"Retry-After": "1"}, body))
    library.faults["esearch"] = ["429"]
    door = open_door(pause=0, again=passing, patience=0.2)
    assert door(Request(f"{address}/esearch.fcgi", (("db", "pubmed"), ("term", "otters")))).status == 200
    (first, _, _), (second, _, _) = library.calls
    assert 0.2 <= second - first < 1


def test_a_long_address_is_refused_so_everything_is_posted(address):
    import httpx2

    assert httpx2.get(f"{address}/efetch.fcgi", params={"id": "1," * 3000}).status_code == 414


def test_an_answer_without_end_is_cut_off(library, address):
    from evsynth.sources.door import DoorError

    with pytest.raises(DoorError, match="sent more than 100 bytes"):
        open_door(pause=0, largest=100)(Request(f"{address}/esearch.fcgi", (("db", "pubmed"), ("term", "otters"))))


def test_the_paragraph_reports_every_item(run, shelf):
    shelf.write(
        (shelf.home / "search.yaml").read_text()
        + "limits: [{limit: 'otters', because: We read no other.}]\n"
        + "filters: [{filter: River filter, query: rivers, citation: 'Weir 2020'}]\n"
        + "peer_review: CD, with PRESS 2015\nupdates: Every month.\n"
    )
    run("search", "run", "otters")
    when = shelf.finished()[0]
    _, out, _ = run("search", "report", "otters")
    assert out == (
        f"PubMed (National Library of Medicine) was searched through the E-utilities on {when} (45 records). "
        "The strategy was designed by AB (2031-01-01) and is given in full below. Limits: otters (We read no other). "
        "Search filters: River filter (Weir 2020). It was not adapted from other work. Peer review of the strategy: "
        "CD, with PRESS 2015. Updates: Every month.\n"
        "\n"
        "Search strategy, PubMed:\n"
        "\n"
        "    (otters) AND (rivers) AND (otters)\n"
        "\n"
        "As PubMed understood it:\n"
        "\n"
        "    (otters) AND (rivers) AND (otters)[All Fields]\n"
    )
    _, out, _ = run("search", "report", "otters", "--items")
    assert f"13  Dates of searches: {when} (45 records)" in out
    assert "Citation searching" not in out  # it concerns other searches
    assert "11  Prior work: -" in out


def test_what_is_not_said_is_reported_as_not_reported(run):
    _, out, _ = run("search", "report", "otters")
    assert "but no snapshot has been taken yet" in out
    assert "Peer review of the strategy: not reported. Updates: not reported." in out


@pytest.mark.parametrize("name", ["PMID:1001", "1001", "doi:10.9999/OTTER.1", "https://doi.org/10.9999/otter.1"])
def test_fetch_finds_a_record_by_number_and_doi(run, library, tmp_path, name):
    library.papers["1001"] = library.papers["1001"]._replace(doi="10.9999/otter.1")
    code, out, err = run("fetch", name, "-o", str(tmp_path / "one.xml"))
    assert code == 0, err
    assert out == "     1001  Lutra, Ottilie; 1991; Otters 1 & <rivers>\n"
    assert b'<PMID Version="1">1001</PMID>' in (tmp_path / "one.xml").read_bytes()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("otters", "'otters' is neither a PMID nor a DOI"),
        ("99999", "did not send PMID 99999"),
        ("10.9999/none", "PubMed has no record with the DOI 10.9999/none"),
        ("10.9999/twice", "The DOI 10.9999/twice is printed by 1001, 1002 in PubMed"),
    ],
)
def test_fetch_writes_nothing_that_was_not_asked_for(run, library, tmp_path, name, words):
    for pmid in ("1001", "1002"):
        library.papers[pmid] = library.papers[pmid]._replace(doi="10.9999/twice")
    code, _, err = run("fetch", "1000", name, "-o", str(tmp_path / "one.xml"))
    assert code == 1
    assert words in err
    assert not (tmp_path / "one.xml").exists()


def test_progress_is_shown_on_a_terminal_only(run, monkeypatch):
    from rich.console import Console

    assert "otters: records" not in run("search", "run", "otters").err
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    ended = run("search", "run", "otters")
    assert "otters: records" in ended.err
    assert "46/46" in ended.err.replace("\x1b", "")
    assert "otters: records" not in ended.out


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            lambda folder: (folder / "manifest.json").unlink(),
            "2031-02-03/manifest.json is not as it was written: it is",
        ),
        (
            lambda folder: (folder / "records.csv").unlink(),
            "2031-02-03/records.csv is not as it was written: it is gone",
        ),
        (lambda folder: folder.rename(folder.parent / "old"), "otters/old holds a snapshot, and its name is no day"),
        (lambda folder: shutil.copytree(folder, folder.parent / "2031-02-03 (1)"), "2031-02-03 (1) holds a snapshot"),
    ],
    ids=["no manifest", "no records", "renamed", "copied"],
)
def test_a_snapshot_does_not_vanish_in_silence(run, shelf, spoil, words):
    """Its records would be missing in the flow without a word."""
    shelf.take()
    spoil(shelf.home / "2031-02-03")
    ended = run("search", "list")
    assert (ended.code, words in ended.err) == (1, True), ended.err


def test_a_query_stands_in_a_new_file_as_it_was_typed(run, shelf):
    query = '"lung diseases, interstitial"[mh] AND tacrolimus[tiab]: #1'
    assert run("search", "new", "ild", "--query", query, "--by", "AB").code == 0
    text = (shelf.home.parent / "ild" / "search.yaml").read_text()
    assert 'query: |-\n  "lung diseases, interstitial"[mh] AND tacrolimus[tiab]: #1\n' in text
    assert open_search(shelf.root, "ild").search.query == query


def test_tables_for_a_spreadsheet_begin_with_the_mark_of_utf8(run, shelf, tmp_path):
    """Without it Excel reads Zö as ZÃ¶."""
    run("search", "checklist", "--csv", str(tmp_path / "checklist.csv"))
    assert (tmp_path / "checklist.csv").read_bytes().startswith(b"\xef\xbb\xbfitem,")


@pytest.mark.parametrize("address", ["foo", "ftp://x", "127.0.0.1:80"])
def test_an_address_that_is_none_is_said_before_anything_is_asked(run, shelf, monkeypatch, address):
    monkeypatch.setenv("EVSYNTH_EUTILITIES", address)
    for arguments in (("search", "run", "otters"), ("fetch", "1001")):
        ended = run(*arguments)
        assert (ended.code, f"EVSYNTH_EUTILITIES is '{address}', which is no address" in ended.err) == (1, True)
    assert not list(shelf.home.glob("*.part"))


def test_who_does_not_tell_ncbi_an_address_is_reminded(run, monkeypatch):
    assert "NCBI_EMAIL" not in run("search", "run", "otters").err
    monkeypatch.delenv("NCBI_EMAIL")
    ended = run("search", "run", "otters")
    assert (ended.code, ended.err.count("note: NCBI_EMAIL is not set")) == (0, 1)


def test_a_query_that_is_no_yaml_is_one_message_with_line_and_column(run, shelf):
    """`"a" AND "b"` without quotes around it is what reviewers write first."""
    shelf.write((shelf.home / "search.yaml").read_text().replace("query: otters", 'query: "otters" AND "holt"'))
    code, out, err = run("search", "run", "otters")
    assert (code, out) == (1, "")
    assert err.startswith("corpora/searches/otters/search.yaml:3:17: error YAML_SYNTAX: `query:` holds quotes")
    assert "    hint: write `query: |-` and the query in the lines below it" in err
    assert shelf.finished() == []
