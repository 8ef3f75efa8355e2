"""Reading a review's folder and writing its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from evsynth.model.finding import Problems
from evsynth.review.files import read_bytes, read_text, write
from evsynth.review.folder import open_folder
from evsynth.review.root import find_root


def test_the_review_is_found_from_any_folder_or_file_inside_it(invented, counted):
    """As git finds its repository."""
    invented.study(**counted("alpha-2020", 5, 20))
    for inside in ("", "extractions", "extractions/studies", "extractions/studies/alpha-2020.yaml", "corpora"):
        assert find_root(invented.root / inside) == invented.root.resolve()


def test_there_may_be_no_review(tmp_path):
    """The message names the folder, not the whole path of somebody's computer."""
    with pytest.raises(Problems, match=rf"no extractions/review.yaml in {tmp_path.name} or above it") as raised:
        find_root(tmp_path)
    assert str(tmp_path) not in str(raised.value)


def test_a_review_without_studies_sources_and_pools_is_whole(invented):
    """As `evsynth init` leaves it."""
    folder = invented.folder()
    assert (folder.studies, folder.sources, folder.pools, folder.problems) == ({}, {}, {}, ())
    assert folder.check() == ()


def test_what_can_be_read_is_there_although_another_file_is_broken(invented, counted):
    """One broken file does not hide the others."""
    for name in ("alpha-2020", "beta-2021"):
        invented.study(**counted(name, 5, 20))
    invented.edit("extractions/studies/alpha-2020.yaml", "year: 2020", "year: [")
    folder = invented.folder()
    assert list(folder.studies) == ["beta-2021"]
    assert [p.code for p in folder.problems] == ["YAML_SYNTAX"]


def test_a_broken_review_file_is_raised(invented):
    """Without it nothing can be read."""
    invented.edit("extractions/review.yaml", "review: invented", "revue: invented")
    with pytest.raises(Problems) as raised:
        open_folder(invented.root)
    assert [f.code for f in raised.value.findings] == ["MISSING_KEY", "UNKNOWN_KEY"]
    assert {f.place.file for f in raised.value.findings} == {"extractions/review.yaml"}


def test_places_are_relative_to_the_review(invented, counted):
    """No finding shows where on a computer the review lies."""
    invented.study(**counted("alpha-2020", 5, 20))
    invented.edit("extractions/studies/alpha-2020.yaml", "count: 5", "count: 6")
    finding = invented.only()
    assert finding.place.file == "extractions/studies/alpha-2020.yaml"
    assert str(invented.root) not in repr(finding)


def test_a_document_stands_beside_its_sidecar_only(invented, counted):
    """A path that leads out of the folder is not followed."""
    invented.study(**counted("alpha-2020", 5, 20))
    invented.write("secret.txt", "improved was seen in 5 of 20 patients")
    (invented.root / "corpora/sources/alpha-2020-paper.txt").unlink()
    name = "corpora/sources/alpha-2020-paper.yaml"
    invented.edit(name, '"alpha-2020-paper.txt"', '"../../secret.txt"')
    assert [f.place.file for f in invented.folder().problems] == [name]


def test_only_named_studies_are_checked(invented, counted):
    """And the problems of files are always there."""
    for name in ("alpha-2020", "beta-2021"):
        invented.study(**counted(name, 5, 20))
        invented.edit(f"extractions/studies/{name}.yaml", "count: 5", "count: 6")
    assert [f.subject for f in invented.folder().check(("beta-2021",))] == ["beta-2021"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    """What fails halfway leaves the old file and no other behind."""
    target = tmp_path / "new" / "result.json"
    write(target, b"old")
    assert target.read_bytes() == b"old"

    def fail(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Problems, match="No space left"):
        write(target, b"new")
    assert [p.name for p in target.parent.iterdir()] == ["result.json"]
    assert target.read_bytes() == b"old"


REASONS = [
    (lambda p: None, "there is no such file"),
    (lambda p: p.mkdir(), "it is a folder"),
    (lambda p: p.symlink_to(p), "Too many levels of symbolic links"),
]


@pytest.mark.parametrize(("make", "reason"), REASONS)
def test_a_file_that_cannot_be_read_says_why(tmp_path, make, reason):
    """By the name the user knows."""
    path = tmp_path / "x.yaml"
    make(path)
    for read in (read_bytes, read_text):
        with pytest.raises(Problems, match=f"studies/x.yaml: {reason}") as raised:
            read(path, "studies/x.yaml")
        assert raised.value.findings[0].code == "FILE"


@pytest.mark.parametrize("name", [".", "here", "/"])
def test_a_folder_is_not_written_over(tmp_path, monkeypatch, name):
    """The message says what to give instead."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    with pytest.raises(Problems) as raised:
        write(Path(name), b"x")
    assert raised.value.findings[0].code == "WRITE"
    assert (tmp_path / "here").is_dir()
