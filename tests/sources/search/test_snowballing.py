"""A search of citations: from the included studies to ranked candidates, through the local server."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from eutilities_server import Paper

SEARCH = "search: otters\nsource: PubMed citations\nby: AB\ndate: '2031-01-01'\n"


@pytest.fixture
def included(shelf, library, here, counted):
    """Include three studies; 1010 is cited by two of them, 1020 cites one, 1003 stands alone."""
    for pmid in ("1001", "1002", "1003"):
        here.study(**{**counted(f"lutra-{pmid}", 5, 20), "pmid": f"'{pmid}'"})
    papers = library.papers
    papers["1001"] = papers["1001"]._replace(cites=("1010", "1002"))
    papers["1002"] = papers["1002"]._replace(cites=("1010",))
    papers["1020"] = papers["1020"]._replace(cites=("1001",), retracted=True)
    shelf.write(SEARCH)
    return shelf


def test_snowballing_from_nothing(run, included, library, tmp_path):
    code, out, err = run("search", "run", "otters")
    assert code == 0, err
    assert out.endswith(": 5 records\n")
    assert [form["id"] for form in library.asked("elink")] == [["1001", "1002", "1003"]] * 2
    (name,) = included.finished()
    assert included.bytes(name)["links.csv"] == b"citing,cited\n1001,1002\n1001,1010\n1002,1010\n1020,1001\n"
    table, drawing = tmp_path / "all.csv", tmp_path / "all.graphml"
    code, out, err = run("snowball", "--csv", str(table), "--graphml", str(drawing))
    assert code == 0, err
    assert out.splitlines() == [
        "     1010  cited by 2 included; 2000; Otters 10 & <rivers>",
        "     1020  cites 1 included; 2010; Otters 20 & <rivers>  RETRACTED",
    ]
    assert "no other included study cites or is cited by: 1003\nPubMed knows no citation at all of: 1003" in err
    assert table.read_text().count("\n") == 3
    assert set(nx.read_graphml(drawing).nodes) == {"1001", "1002", "1003", "1010", "1020"}
    said = json.loads(run("snowball", "otters", "--json").out)
    assert [c["pmid"] for c in said["candidates"]] == ["1010", "1020"]
    assert said["graph"]["groups"] == [["1001", "1002"], ["1003"]]
    _, out, _ = run("search", "report", "otters")
    assert out.startswith(
        "Citing records and cited references of 3 included studies (PMID 1001, 1002, 1003) were taken from PubMed's "
        f"links on {name} (5 records), by AB."
    )


def test_what_another_search_found_is_marked(run, included):
    run("search", "new", "young", "--query", "otters 10", "--by", "AB")
    run("search", "run", "young")
    run("search", "run", "otters")
    _, out, _ = run("snowball", "--top", "1")
    assert out == "     1010  cited by 2 included; 2000; Otters 10 & <rivers>  [found by another search]\n"
    _, out, _ = run("snowball", "--unknown")
    assert out == ""


def test_update_shows_what_cites_since(run, included, library):
    run("search", "run", "otters")
    library.papers["7000"] = Paper("7000", "Otters, later", cites=("1003",))
    code, out, _ = run("search", "update", "otters", "--json")
    assert code == 0
    assert json.loads(out)["new"] == ["7000"]


def test_directions_and_studies_can_be_named(run, included, library):
    included.write(SEARCH + "studies: ['1002']\ndirections: [cites]\n")
    run("search", "run", "otters")
    assert [form["linkname"] for form in library.asked("elink")] == [["pubmed_pubmed_refs"]]
    _, out, _ = run("snowball")
    assert out.startswith("     1010  cited by 1 included")


@pytest.mark.parametrize("fault", ["429", "half", "reset", "page in 200", "backend", "empty"])
def test_a_fault_on_the_way_costs_nothing(run, included, library, fault):
    library.faults["elink"] = [fault]
    code, _, err = run("search", "run", "otters")
    assert code == 0, err
    assert json.loads(run("snowball", "--json").out)["candidates"][0]["pmid"] == "1010"


def test_a_link_to_a_record_that_pubmed_does_not_have_is_noted(run, included, library):
    library.papers["1001"] = library.papers["1001"]._replace(cites=("1010", "1002", "8888"))
    code, _, err = run("search", "run", "otters")
    assert code == 0, err
    assert "note SEARCH_READ: PubMed says: it links PMID 8888 but has no record of it" in err
    assert len(library.asked("efetch")) == 2
    _, out, _ = run("snowball")
    assert "     8888  cited by 1 included; ; (PubMed has no record of it)" in out


def test_a_study_that_pubmed_does_not_have_is_an_error(run, included, here, counted):
    here.study(**{**counted("lutra-9999", 5, 20), "pmid": "'9999'"})
    code, _, err = run("search", "run", "otters")
    assert code == 1
    assert "PubMed has no record of PMID 9999, where the search starts" in err


def test_records_that_come_late_are_asked_for_again(run, included, library):
    library.faults["efetch"] = ["one fewer"]
    code, out, err = run("search", "run", "otters")
    assert (code, err) == (0, "")
    assert out.endswith(": 5 records\n")
    assert len(library.asked("efetch")) == 2


def test_without_studies_there_is_nothing_to_start_from(run, shelf):
    shelf.write(SEARCH)
    code, _, err = run("search", "run", "otters")
    assert code == 1
    assert "no study of the review has a PMID" in err


def test_without_a_search_of_citations_it_says_how_to_start_one(run, shelf):
    code, _, err = run("snowball")
    assert code == 1
    assert "no search of citations" in err
    assert "evsynth search new NAME --citations --by WHO" in err


def test_another_study_is_another_snapshot(run, included, library, here, counted):
    """A study that is included while a snapshot is interrupted would otherwise be left out silently."""
    library.faults["efetch"] = ["414"]
    assert run("search", "run", "otters").code == 1
    here.study(**{**counted("lutra-1004", 5, 20), "pmid": "'1004'"})
    code, _, err = run("search", "run", "otters")
    assert code == 1
    assert "what it starts from is another since" in err
    assert run("search", "run", "otters", "--fresh").code == 0


def test_a_study_whose_pmid_is_none_is_named(run, included, here, counted):
    here.study(**{**counted("lutra-1004", 5, 20), "pmid": "PMC12"})
    code, _, err = run("search", "run", "otters")
    assert code == 1
    assert "a study has the PMID 'PMC12', which is no number" in err
