"""All records of a review: the union of snapshots, imports with ids that survive a new order, and what is wrong."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from evsynth.model.finding import Problems
from evsynth.model.record import Record
from evsynth.review import records
from evsynth.review.records import all_records, digest, keyed


@pytest.fixture
def searched(monkeypatch):
    """Two searches: one of a query with two snapshots, one of citations."""
    first, second = Record(pmid="91", title="As first printed"), Record(pmid="91", title="As corrected")
    taken = {"pubmed": [[first, Record(pmid="92")], [second, Record(pmid="93")]], "snowball": [[Record(pmid="91")]]}
    sources = {"pubmed": "PubMed", "snowball": "PubMed citations"}

    def snapshots(root: Path, name: str) -> list[SimpleNamespace]:
        articles = [[SimpleNamespace(pmid=r.pmid, record=r) for r in snapshot] for snapshot in taken[name]]
        return [SimpleNamespace(articles=lambda own=own: own) for own in articles]

    monkeypatch.setattr(records, "searches", lambda root: tuple(taken))
    monkeypatch.setattr(records, "snapshots", snapshots)
    monkeypatch.setattr(
        records, "open_search", lambda root, name: SimpleNamespace(search=SimpleNamespace(source=sources[name]))
    )


def test_snapshots_are_joined_and_the_latest_print_counts(searched, tmp_path):
    """92 vanished from the second snapshot: it was identified, so it stays."""
    found = all_records(tmp_path).found
    assert [one.id for one in found] == ["pubmed:91", "pubmed:92", "pubmed:93", "snowball:91"]
    assert found[0].record.title == "As corrected"
    assert [one.way for one in found] == ["database", "database", "database", "other"]


def test_an_import_may_not_have_the_name_of_a_search(searched, tmp_path):
    (tmp_path / "corpora" / "imports").mkdir(parents=True)
    (tmp_path / "corpora" / "imports" / "pubmed.ris").write_text("TY  - JOUR\nTI  - One\nER  - \n")
    with pytest.raises(Problems, match="'pubmed' is the name of another search or import"):
        all_records(tmp_path)


def test_imports_of_both_ways_and_what_cannot_be_read(tmp_path):
    folder = tmp_path / "corpora" / "imports"
    (folder / "other").mkdir(parents=True)
    (folder / ".hidden").write_text("no")
    (folder / "embase.ris").write_text("TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nER  - \n")
    (folder / "other" / "hand.ris").write_text("TY  - JOUR\nTI  - Two\nAN  - PMID: 77\nER  - \n")
    everything = all_records(tmp_path)
    assert [(one.source, one.way) for one in everything.found] == [("embase", "database"), ("hand", "other")]
    assert everything.found[1].id == "hand:77"
    assert [(n.place.file, n.place.line) for n in everything.notes] == [("corpora/imports/embase.ris", 4)]
    (folder / "bad.ris").write_bytes(b"\x00\x01\x02")
    with pytest.raises(Problems):
        all_records(tmp_path)


def test_keys_do_not_depend_on_the_order_and_twins_are_told_apart():
    one, other = Record(title="One", volume="3"), Record(title="Other")
    assert {f.id for f in keyed("e", (one, other))} == {f.id for f in keyed("e", (other, one))}
    assert [f.key for f in keyed("e", (one, one, one))] == [digest(one), f"{digest(one)}-2", f"{digest(one)}-3"]
    assert digest(one) != digest(one.model_copy(update={"volume": "4"}))


ONE = "TY  - JOUR\nTI  - One\nER  - \n"


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "~$embase.csv", ".DS_Store"])
def test_what_systems_and_spreadsheets_leave_is_no_import(tmp_path, name):
    folder = tmp_path / "corpora" / "imports"
    folder.mkdir(parents=True)
    (folder / "embase.ris").write_text(ONE)
    (folder / name).write_bytes(b"\x00\x01")
    everything = all_records(tmp_path)
    assert ([one.source for one in everything.found], everything.notes) == (["embase"], ())


@pytest.mark.parametrize("inner", ["embase-2026", "other/letters"])
def test_a_folder_among_the_imports_is_not_passed_over_in_silence(tmp_path, inner):
    folder = tmp_path / "corpora" / "imports" / inner
    folder.mkdir(parents=True)
    assert all_records(tmp_path).notes == ()
    (folder / "embase.ris").write_text(ONE)
    everything = all_records(tmp_path)
    assert everything.found == ()
    assert [(n.code, n.severity, n.place.file) for n in everything.notes] == [
        ("EXPORT", "concern", f"corpora/imports/{inner}")
    ]


def test_a_folder_that_may_not_be_read_is_one_clear_error(tmp_path, monkeypatch):
    (tmp_path / "corpora" / "imports").mkdir(parents=True)

    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(Problems, match="corpora/imports cannot be read: Permission denied"):
        all_records(tmp_path)
