"""Bad input ends with one clear message, its place and a hint, exit code 1, no traceback, and nothing half written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import evsynth
from evsynth.cli.main import main

STUDY = "extractions/studies/alpha-2020.yaml"
POOL = "extractions/pools/asked.yaml"
SOURCE = "corpora/sources/alpha-2020-paper.txt"
SIDECAR = "corpora/sources/alpha-2020-paper.yaml"
REVIEW = "extractions/review.yaml"


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Give the lines of findings of error severity."""
        return [line for line in (self.out + self.err).splitlines() if re.search(r": error [A-Z_]+: ", line)]


@pytest.fixture
def run(here: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Give a function that runs `evsynth` in the review."""

    def command(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        shown = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, shown.out, shown.err)

    return command


@pytest.fixture
def whole(here: Any, counted: Any) -> Any:
    """Give a review of three studies and a pool, without a mistake."""
    for number, name in enumerate(("alpha-2020", "beta-2021", "gamma-2022")):
        here.study(**counted(name, 5 + number, 20))
    here.pool(
        [
            {"study": n, "cohort": "main", "arm": "all", "variable": "improved"}
            for n in ("alpha-2020", "beta-2021", "gamma-2022")
        ]
    )
    here.write("outputs/asked/estimate.json", "{}\n")
    return here


def test_a_whole_review_passes(whole, run):
    """So that every mistake below is the only one."""
    assert run("check") == Ended(
        0, "", "to correct in the files: 0; about the papers: 0 errors, 0 inconsistencies, 0 concerns, 0 notes\n"
    )


def replaced(file: str, old: str, new: str) -> Callable[[Any], None]:
    """Replace text in a file."""
    return lambda review: review.edit(file, old, new)


def added(file: str, text: str) -> Callable[[Any], None]:
    """Add text to the end of a file."""
    return lambda review: review.write(file, (review.root / file).read_text() + text)


def written(file: str, content: str | bytes) -> Callable[[Any], None]:
    """Write a file."""
    return lambda review: review.write(file, content)


def removed(file: str) -> Callable[[Any], None]:
    """Remove a file."""
    return lambda review: (review.root / file).unlink()


def folder(file: str) -> Callable[[Any], None]:
    """Put a folder in the place of a file."""

    def change(review: Any) -> None:
        (review.root / file).unlink(missing_ok=True)
        (review.root / file).mkdir(parents=True)

    return change


def linked_nowhere(file: str) -> Callable[[Any], None]:
    """Put a link to nothing in the place of a file."""

    def change(review: Any) -> None:
        (review.root / file).unlink(missing_ok=True)
        (review.root / file).symlink_to(review.root / "nowhere")

    return change


def enormous(file: str) -> Callable[[Any], None]:
    """Make a file of a gigabyte that takes no space."""

    def change(review: Any) -> None:
        with (review.root / file).open("r+b") as opened:
            opened.truncate(2**30)

    return change


def copied(file: str, to: str) -> Callable[[Any], None]:
    """Copy a file."""
    return lambda review: review.write(to, (review.root / file).read_bytes())


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

MISTAKES = {
    # name: (what is done, the file and the text the message points at, code, in the message, in the hint)
    "broken YAML": (
        replaced(STUDY, "authors: [Alpha A]", "authors: [Alpha A"),
        STUDY,
        "YAML_SYNTAX",
        "YAML:",
        "quote a text that holds",
    ),
    "an open quotation mark": (added(POOL, 'note: "open\n'), POOL, "YAML_SYNTAX", "YAML:", "quote"),
    "a tab": (replaced(STUDY, "  - source:", "\t- source:"), STUDY, "YAML_SYNTAX", "YAML:", "not tabs"),
    "an unknown key": (
        replaced(STUDY, "\nlabel:", "\nlable:"),
        STUDY,
        "UNKNOWN_KEY",
        "lable is not a known key",
        "did you mean 'label'?",
    ),
    "an unknown key of a pool": (
        replaced(POOL, '"overlap"', '"overlaps"'),
        POOL,
        "UNKNOWN_KEY",
        "choices.overlaps",
        "did you mean 'overlap'?",
    ),
    "an unknown key of the review": (
        replaced(REVIEW, "licence:", "license:"),
        REVIEW,
        "UNKNOWN_KEY",
        "license is not",
        "did you mean 'licence'?",
    ),
    "an unknown key of a sidecar": (
        replaced(SIDECAR, "licence:", "license:"),
        SIDECAR,
        "UNKNOWN_KEY",
        "license is not",
        "did you mean 'licence'?",
    ),
    "a key twice": (
        replaced(STUDY, "count: 5,", "count: 5, count: 6,"),
        STUDY,
        "YAML_DUPLICATE_KEY",
        "'count' stands here a second time (first in line",
        "keep one",
    ),
    "a wrong type": (
        replaced(STUDY, "patients: 20", "patients: twenty"),
        STUDY,
        "TYPE",
        "patients is 'twenty'; expected a whole number",
        "leave the key out",
    ),
    "a list for a text": (
        replaced(STUDY, "year: 2020", "year: [2020]"),
        STUDY,
        "TYPE",
        "year is a list; expected text",
        "leave the key out",
    ),
    "a text for a list": (
        replaced(STUDY, "authors: [Alpha A]", "authors: Alpha A"),
        STUDY,
        "TYPE",
        "authors is 'Alpha A'; expected a list",
        "leave the key out",
    ),
    "a decimal comma": (
        replaced(STUDY, "count: 5,", "count: '1,1',"),
        STUDY,
        "VALUE",
        "'1,1' is not a number as printed",
        "write '1.1' with a point",
    ),
    "a percent sign": (
        replaced(STUDY, "count: 5,", "count: 5%,"),
        STUDY,
        "VALUE",
        "'5%' is not a number as printed",
        "leave the percent sign out",
    ),
    "two numbers in one": (
        replaced(STUDY, "count: 5,", "count: 5 (25),"),
        STUDY,
        "VALUE",
        "'5 (25)' is not a number as printed",
        "several numbers",
    ),
    "no number": (
        replaced(STUDY, "count: 5,", "count: five,"),
        STUDY,
        "VALUE",
        "'five' is not a number as printed",
        "digits only",
    ),
    "a word for a plan": (
        replaced(POOL, 'plan: "pool"', 'plan: "poll"'),
        POOL,
        "UNKNOWN_VALUE",
        "plan is 'poll'",
        "did you mean 'pool'?",
    ),
    "a document that is missing": (removed(SOURCE), SOURCE, "FILE", "there is no such file", "check the name"),
    "a document that is a folder": (folder(SOURCE), SOURCE, "FILE", "it is a folder", "check the name"),
    "a study that is a folder": (
        folder("extractions/studies/delta-2023.yaml"),
        "extractions/studies/delta-2023.yaml",
        "FILE",
        "it is a folder",
        "check the name",
    ),
    "a study that links nowhere": (
        linked_nowhere("extractions/studies/delta-2023.yaml"),
        "extractions/studies/delta-2023.yaml",
        "FILE",
        "there is no such file",
        "check the name",
    ),
    "a quote that is not in its source": (
        replaced(STUDY, "quote: improved was seen", "quote: improved was soon"),
        STUDY,
        "QUOTE_NOT_IN_SOURCE",
        "the quote 'improved was soon in 5 of 20",
        "found up to",
    ),
    "a value that is not in its quote": (
        replaced(STUDY, "count: 5,", "count: 6,"),
        STUDY,
        "VALUE_NOT_IN_QUOTE",
        "count is stored as 6, but '5 of 20' prints 5",
        "numbers printed",
    ),
    "a source that was changed": (
        added(SOURCE, "."),
        STUDY,
        "SOURCE_CHANGED",
        "the document of 'alpha-2020-paper' has sha256",
        "restore the document",
    ),
    "a NUL": (added(STUDY, "\0"), STUDY, "NOT_TEXT", "NUL", "UTF-8"),
    "a Latin-1 file": (
        written(STUDY, "study: alpha-2020\ntitle: Köln\n".encode("latin-1")),
        STUDY,
        "NOT_TEXT",
        "is not UTF-8 text",
        "save the file as UTF-8",
    ),
    "a spreadsheet": (
        written(STUDY, b"PK\x03\x04\xff\xfe binary"),
        STUDY,
        "NOT_TEXT",
        "is not UTF-8 text",
        "spreadsheet",
    ),
    "an empty file": (written(POOL, ""), POOL, "SHAPE", "the file is empty", "start with `pool:`"),
    "only comments": (written(POOL, "# to do\n"), POOL, "SHAPE", "the file is empty", "start with `pool:`"),
    "a list for a file": (
        written(POOL, "- a\n- b\n"),
        POOL,
        "SHAPE",
        "is not a list of `key: value` lines",
        "start with `pool:`",
    ),
    "an enormous file": (
        enormous("extractions/studies/alpha-2020.yaml"),
        STUDY,
        "FILE",
        "more than 16 MiB",
        "is it the right one",
    ),
    "an aliases bomb": (
        written("extractions/studies/delta-2023.yaml", BOMB),
        "extractions/studies/delta-2023.yaml",
        "YAML_ALIAS",
        "anchors, aliases and tags",
        "write the value out",
    ),
    "ten thousand brackets": (
        written("extractions/studies/delta-2023.yaml", "study: " + "[" * 10_000 + "]" * 10_000),
        "extractions/studies/delta-2023.yaml",
        "YAML_DEPTH",
        "nest more than 50 deep",
        "close what is open",
    ),
    "ten thousand open brackets": (
        written(POOL, "pool: " + "{a: " * 10_000),
        POOL,
        "YAML_DEPTH",
        "nest more than 50 deep",
        "close what is open",
    ),
    "a pool of an unknown study": (
        replaced(POOL, '"study": "beta-2021"', '"study": "beta-2012"'),
        POOL,
        "UNKNOWN_NAME",
        "'beta-2012' is not a known study",
        "beta-2021",
    ),
    "a pool of an unknown cohort": (
        replaced(POOL, '{"study": "beta-2021", "cohort": "main"', '{"study": "beta-2021", "cohort": "mian"'),
        POOL,
        "UNKNOWN_NAME",
        "'mian' is not a known cohort of beta-2021",
        "known: main",
    ),
    "a pool of an unknown arm": (
        replaced(POOL, '"beta-2021", "cohort": "main", "arm": "all"', '"beta-2021", "cohort": "main", "arm": "al"'),
        POOL,
        "UNKNOWN_NAME",
        "'al' is not a known arm of main",
        "known: all",
    ),
    "a pool of unknown arms": (
        replaced(
            POOL,
            '"beta-2021", "cohort": "main", "arm": "all"',
            '"beta-2021", "cohort": "main", "arms": ["all", "none"]',
        ),
        POOL,
        "UNKNOWN_NAME",
        "'none' is not a known arm of main",
        "known: all",
    ),
    "a pool of an unknown contrast": (
        replaced(
            POOL, '"beta-2021", "cohort": "main", "arm": "all"', '"beta-2021", "cohort": "main", "contrast": "all"'
        ),
        POOL,
        "UNKNOWN_NAME",
        "'all' is not a known contrast of main",
        "known: none",
    ),
    "a pool of an unknown variable": (
        replaced(
            POOL,
            '"beta-2021", "cohort": "main", "arm": "all", "variable": "improved"',
            '"beta-2021", "cohort": "main", "arm": "all", "variable": "improvd"',
        ),
        POOL,
        "UNKNOWN_NAME",
        "'improvd' is not a known variable of beta-2021",
        "known: improved",
    ),
    "a pool of an unknown timepoint": (
        replaced(POOL, '"beta-2021", "cohort": "main",', '"beta-2021", "cohort": "main", "at": "later",'),
        POOL,
        "UNKNOWN_NAME",
        "'later' is not a known timepoint of beta-2021",
        "known: baseline, month-6",
    ),
    "a pool of an unknown value": (
        replaced(POOL, '"beta-2021", "cohort": "main",', '"beta-2021", "cohort": "main", "value": "that-one",'),
        POOL,
        "UNKNOWN_NAME",
        "'that-one' is not a known value of beta-2021",
        "known:",
    ),
    "a pool of an unknown outcome": (
        replaced(POOL, 'outcome: "improved"', 'outcome: "better"'),
        POOL,
        "UNKNOWN_NAME",
        "'better' is not a known outcome of review.yaml",
        "known: improved",
    ),
    "an override of nothing": (
        added(POOL, "overrides: [{code: TOO_MANY, because: no}]\n"),
        POOL,
        "UNKNOWN_NAME",
        "'TOO_MANY' is not a known reason",
        "TOO_FEW",
    ),
    "an input of two groups": (
        replaced(
            POOL,
            '"beta-2021", "cohort": "main", "arm": "all"',
            '"beta-2021", "cohort": "main", "contrast": "c", "arm": "all"',
        ),
        POOL,
        "VALUE",
        "names exactly one of arm, arms and contrast",
        "leave the others out",
    ),
    "an unknown variable of a study": (
        replaced(STUDY, "all, variable: improved", "all, variable: imporved"),
        STUDY,
        "UNKNOWN_NAME",
        "'imporved' is not a known variable",
        "did you mean 'improved'?",
    ),
    "two studies with one id": (
        lambda r: r.write("extractions/studies/zeta-2025.yaml", (r.root / STUDY).read_text()),
        "extractions/studies/zeta-2025.yaml",
        "TWO_FILES",
        "the study 'alpha-2020' is already described by",
        "another id",
    ),
    "a file with another name than its study": (
        lambda r: (r.root / STUDY).rename(r.root / "extractions/studies/alpha.yaml"),
        "extractions/studies/alpha.yaml",
        "FILE_NAME",
        "is called 'alpha-2020', but its file 'alpha'",
        "rename the file to alpha-2020.yaml",
    ),
    "two pools with one id": (
        copied(POOL, "extractions/pools/second.yaml"),
        "extractions/pools/second.yaml",
        "TWO_FILES",
        "the pool 'asked' is already described by",
        "another id",
    ),
    "an instrument without a number": (
        replaced(REVIEW, 'version: "1", lowest: 0', 'version: "1", lowest: zero'),
        REVIEW,
        "TYPE",
        "lowest is 'zero', which is not written as expected",
        "a number in digits",
    ),
    "a checksum that is none": (
        lambda r: r.write(SIDECAR, re.sub(r'sha256: ".*"', "sha256: abc", (r.root / SIDECAR).read_text())),
        SIDECAR,
        "TYPE",
        "sha256 is 'abc', which is not written as expected",
        "64 hexadecimal digits",
    ),
}


FOLLOWED = {
    "an unknown key": 1,  # the key that it should have been is missing
    "an unknown key of a pool": 1,
    "an unknown key of the review": 1,
    "an unknown key of a sidecar": 2,  # and the source is unknown
    "a document that is missing": 1,
    "a document that is a folder": 1,
    "a checksum that is none": 1,
}
"""Mistakes that something else follows from: how many messages more."""


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_gives_one_message_and_builds_nothing(whole, run, name):
    """From `check`, and `build` says the same and writes nothing."""
    change, file, code, message, hint = MISTAKES[name]
    change(whole)
    before = {p: p.read_bytes() for p in whole.root.rglob("*") if p.is_file() and p.stat().st_size < 10**6}
    for command in ("check", "build"):
        ended = run(command)
        assert ended.code == 1
        assert "Traceback" not in ended.err
        text = ended.out + ended.err
        line = next(line for line in ended.lines if f" {code}: " in line)
        assert re.match(rf"{re.escape(file)}:\d+:\d+: error {code}: ", line)
        assert message in line
        after = text.splitlines()[text.splitlines().index(line) + 1]
        assert after.startswith("    hint: ")
        assert hint in after
        assert len(ended.lines) == 1 + FOLLOWED.get(name, 0)
    assert {p: p.read_bytes() for p in before} == before
    assert not [p for p in whole.root.rglob("*") if p.is_file() and p not in before and p.stat().st_size < 10**6]


FINE = {
    "Windows line ends": lambda r: r.write(STUDY, (r.root / STUDY).read_text().replace("\n", "\r\n")),
    "a byte-order mark": lambda r: r.write(STUDY, "\ufeff" + (r.root / STUDY).read_text()),
    "both": lambda r: r.write(POOL, "\ufeff" + (r.root / POOL).read_text().replace("\n", "\r\n")),
    "no line end at the end": lambda r: r.write(STUDY, (r.root / STUDY).read_text().rstrip("\n")),
    "a file of another kind beside the studies": lambda r: r.write("extractions/studies/notes.txt", "to do"),
    "an empty pools folder": lambda r: (r.root / POOL).unlink(),
}


@pytest.mark.parametrize("name", FINE)
def test_what_other_editors_write_is_read(whole, run, name):
    """No message."""
    FINE[name](whole)
    assert run("check").code == 0


def test_all_mistakes_of_all_files_come_at_once(whole, run):
    """In the order of files and lines."""
    whole.edit(STUDY, "count: 5,", "count: x,")
    whole.edit(STUDY, "year: 2020", "yaer: 2020")
    whole.edit("extractions/studies/beta-2021.yaml", "count: 6,", "count: 7,")
    whole.edit(POOL, '"V"', '"W"')
    ended = run("check")
    places = [re.match(r"([^:]+):(\d+):\d+: error (\w+)", line).groups() for line in ended.lines]
    assert [(file.rpartition("/")[2], code) for file, _, code in places] == [
        ("asked.yaml", "UNKNOWN_VALUE"),
        ("alpha-2020.yaml", "MISSING_KEY"),
        ("alpha-2020.yaml", "UNKNOWN_KEY"),
        ("alpha-2020.yaml", "VALUE"),
        ("beta-2021.yaml", "VALUE_NOT_IN_QUOTE"),
    ]


def test_a_broken_study_is_not_blamed_on_the_pool(whole, run):
    """One cause, one finding."""
    whole.edit(STUDY, "count: 5,", "count: x,")
    assert len(run("check").lines) == 1


def test_a_file_that_may_not_be_read(whole, run, monkeypatch):
    """The message is that of the file, not of Python."""
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "alpha-2020.yaml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    ended = run("check")
    assert ended.lines == [f"{STUDY}:1:1: error FILE: {STUDY}: it may not be read"]


NO_REVIEW = [("check",), ("build",), ("show",), ("show", "asked"), ("trace", "asked"), ("cite", "asked"), ("schema",)]


@pytest.mark.parametrize("arguments", NO_REVIEW)
def test_no_review_here(here, run, tmp_path, monkeypatch, arguments):
    """With what to do about it."""
    monkeypatch.chdir(tmp_path)
    ended = run(*arguments)
    assert ended.code == 1
    assert "NO_REVIEW: there is no review here" in ended.out + ended.err
    assert "evsynth init DIR" in ended.out + ended.err


USAGE = [
    # arguments, in the message
    (("chekc",), "No such command 'chekc'"),
    (("check", "--jsn"), "No such option"),
    (("check", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
    (("check", STUDY, "nowhere.yaml"), "nowhere.yaml: there is no such file"),
    (("check", "--review", "nowhere"), "nowhere: there is no such file or folder"),
    (("build", "--review", "nowhere"), "nowhere: there is no such file or folder"),
    (("show", "askd"), "there is no pool 'askd'"),
    (("trace", "askd"), "there is no pool 'askd'"),
    (("cite", "askd"), "there is no pool 'askd'"),
    (("cite", "asked", "--style", "apa"), "'apa' is not one of"),
    (("verify", "asked"), "'asked' is not an identifier of a result"),
    (("verify", "asked@xyz"), "'asked@xyz' is not an identifier of a result"),
    (("verify", "askd@0123456789"), "there is no pool 'askd'"),
    (("verify", "asked@0123456789"), "these files now give asked@"),
    (("read", "nowhere.txt"), "nowhere.txt: there is no such file"),
    (("read", "extractions"), "extractions: it is a folder"),
    (("new",), "give either PMID:NUMBER or --record FILE"),
    (("new", "--record", "nowhere.nbib"), "nowhere.nbib: there is no such file"),
    (("init", "."), "there is already a review in ."),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_a_wrong_command_says_what_is_wrong(whole, run, arguments, message):
    """And ends with 1."""
    ended = run(*arguments)
    assert ended.code == 1
    assert message in ended.out + ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("verb", ["show", "trace", "cite"])
def test_nothing_is_shown_from_a_file_that_must_be_corrected(whole, run, verb):
    """A number that does not stand in its quote cannot be cited."""
    whole.edit(STUDY, "count: 5,", "count: 6,")
    ended = run(verb, "asked")
    assert ended.code == 1
    assert "VALUE_NOT_IN_QUOTE" in ended.out + ended.err
    assert "improve" not in ended.out.lower()


RECORDS = [
    # the bytes of a record file, in the message
    (b"", "RECORDS"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "RECORDS"),
    (b"PK\x03\x04\x00\x00binary\x00", "RECORDS"),
    (b"just some words\n", "RECORD"),
    (b"PMID- 1\nTI  - A title\xff\n", "RECORD"),
]


@pytest.mark.parametrize(("raw", "code"), RECORDS)
def test_a_record_file_that_is_none(whole, run, raw, code):
    """Neither `read` nor `new` takes it, and `new` writes nothing."""
    whole.write("record.nbib", raw)
    before = sorted(p for p in whole.root.rglob("*") if p.is_file())
    for arguments in (("read", "record.nbib"), ("new", "--record", "record.nbib")):
        ended = run(*arguments)
        assert ended.code == 1
        assert f"error {code}" in ended.out + ended.err
        assert "hint: " in ended.out + ended.err
        assert "Traceback" not in ended.err
    assert sorted(p for p in whole.root.rglob("*") if p.is_file()) == before


SUBPROCESS = ["ten thousand brackets", "an aliases bomb", "a NUL", "a decimal comma"]


@pytest.mark.parametrize("name", SUBPROCESS)
def test_as_a_user_runs_it(whole, name):
    """In a process of its own: no traceback, no crash of the interpreter, exit code 1."""
    MISTAKES[name][0](whole)
    code = "from evsynth.cli.main import main; main()"
    here = {**os.environ, "PYTHONPATH": str(Path(evsynth.__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code, "check"], capture_output=True, text=True, timeout=60, check=False, env=here
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f" error {MISTAKES[name][2]}: " in done.stdout + done.stderr
