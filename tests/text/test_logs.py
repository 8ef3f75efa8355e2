"""Logs that only grow: what is read back, what is refused, and that two branches of git merge without conflict."""

from __future__ import annotations

import csv
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.review.logs import add_line, read_logs
from evsynth.text.log import log_line, read_log

COLUMNS = ("at", "record", "decision")
HEAD = "at,record,decision\n"


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029"))] * 3)
    )
)
def test_lines_come_back(rows):
    """To the character, so that an id with two blanks is found again; a line that is there twice is read once."""
    rows = [("1", *row[1:]) for row in [*rows, ("1", "'=", "''＝"), ("1", "'a", "=")]]
    text = HEAD + "".join(map(log_line, rows))
    expected = list(dict.fromkeys(tuple(row) for row in rows))
    assert [tuple(e.cells.values()) for e in read_log(text, "x.csv", COLUMNS)] == expected


FORMULAS = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "'=1", "''-1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_and_each_comes_back(formula):
    line = log_line(("1", "a,b", formula))
    cells = next(csv.reader([line]))
    assert (cells[2], cells[2][0]) == (f"'{formula}", "'")
    assert read_log(HEAD + line, "x.csv", COLUMNS)[0].cells["decision"] == formula


@pytest.mark.parametrize("cell", ["=1+1", "-", "'tis", "'", "''", "it's", "a=1"])
def test_a_log_that_was_written_before_cells_were_guarded_says_what_it_said(cell):
    assert read_log(f"{HEAD}1,a,{cell}\n", "x.csv", COLUMNS)[0].cells["decision"] == cell


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the first line is not at,record,decision"),
        ("at;record;decision\n", 1, "the first line is not at,record,decision"),
        (HEAD + "1,a,include\n2,b,excl", 3, "the last line is cut"),
        (HEAD + "1,a\n", 2, "the line has 2 cells; there are 3 columns"),
        (
            HEAD + "<<<<<<< HEAD\n1,a,include\n=======\n2,b,include\n>>>>>>> other\n",
            2,
            "git left a mark of a merge here",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, message):
    with pytest.raises(Problems) as caught:
        read_log(text, "x.csv", COLUMNS)
    assert (caught.value.findings[0].place.line, caught.value.findings[0].message) == (line, message)


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_log_that_a_spreadsheet_saved_says_how_to_mend_it(sign, name):
    with pytest.raises(Problems) as caught:
        read_log(HEAD.replace(",", sign) + sign.join("1ae") + "\n", "x.csv", COLUMNS)
    assert f"a spreadsheet saved it with {name}" in caught.value.findings[0].hint


@pytest.mark.parametrize("name", ["ab (1)", "AB", "ab - Copy", "ä"])
def test_a_copy_of_a_log_is_no_second_person(tmp_path, name):
    add_line(tmp_path, "log", "ab", COLUMNS, ("1", "a", "include"))
    (tmp_path / "log" / f"{name}.csv").write_bytes((tmp_path / "log" / "ab.csv").read_bytes())
    with pytest.raises(Problems, match="is no name of a person"):
        read_logs(tmp_path, "log", COLUMNS)


@pytest.mark.parametrize("name", ["~$ab.csv", "._ab.csv"])
def test_what_a_program_keeps_beside_an_open_file_is_no_log(tmp_path, name):
    add_line(tmp_path, "log", "ab", COLUMNS, ("1", "a", "include"))
    (tmp_path / "log" / name).write_bytes(b"\0\xff")
    assert set(read_logs(tmp_path, "log", COLUMNS)) == {"ab"}


def test_a_line_is_added_at_the_end_and_nothing_else_changes(tmp_path):
    add_line(tmp_path, "log", "ab", COLUMNS, ("1", "a", "include"))
    before = (tmp_path / "log" / "ab.csv").read_bytes()
    add_line(tmp_path, "log", "ab", COLUMNS, ("2", "b, with\nbreak", "exclude"))
    after = (tmp_path / "log" / "ab.csv").read_bytes()
    assert before == (HEAD + "1,a,include\n").encode()
    assert after == before + b'2,"b, with break",exclude\n'


def test_a_log_that_is_cut_gets_no_further_line(tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "ab.csv").write_text(HEAD + "1,a,incl")
    with pytest.raises(Problems, match="the last line is cut"):
        add_line(tmp_path, "log", "ab", COLUMNS, ("2", "b", "include"))
    assert (tmp_path / "log" / "ab.csv").read_text() == HEAD + "1,a,incl"


@pytest.mark.parametrize("by", ["", "../ab", "A B", "a/b"])
def test_a_name_that_is_no_name_of_a_log_is_refused(tmp_path, by):
    with pytest.raises(Problems, match="cannot be the name of a log"):
        add_line(tmp_path, "log", by, COLUMNS, ("1", "a", "include"))
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_in_all_logs_is_said_at_once(tmp_path):
    (tmp_path / "log").mkdir()
    for by in ("ab", "cd"):
        (tmp_path / "log" / f"{by}.csv").write_text("wrong\n")
    with pytest.raises(Problems) as caught:
        read_logs(tmp_path, "log", COLUMNS)
    assert [f.place.file for f in caught.value.findings] == ["log/ab.csv", "log/cd.csv"]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_two_branches_merge_without_conflict(tmp_path):
    """Each person has a file, so what both add at the same time stands in different files."""

    def git(*arguments: str) -> None:
        names = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def add(by: str, record: str) -> None:
        add_line(tmp_path, "log", by, COLUMNS, ("1", record, "include"))
        git("add", ".")
        git("commit", "-m", record)

    git("init")
    add("ab", "start")
    git("branch", "other")
    add("ab", "mine")
    git("checkout", "other")
    add("cd", "theirs")
    git("merge", "main")
    logs = read_logs(tmp_path, "log", COLUMNS)
    assert {by: [e.cells["record"] for e in entries] for by, entries in logs.items()} == {
        "ab": ["start", "mine"],
        "cd": ["theirs"],
    }
