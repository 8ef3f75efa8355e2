"""Searches by hand: described in a file, their exports entered and counted; the checklist says what is not recorded."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml

import evsynth
from evsynth.model.reporting import Reporting
from evsynth.model.search import Search
from evsynth.review.by_hand import open_exports, tell
from evsynth.review.records import all_records
from evsynth.sources.search.paragraph import NAMES, paragraph
from evsynth.text.read import read
from evsynth.text.schema import schemas

RIS = "TY  - JOUR\nDB  - Embase\nTI  - Otters {0}\nAU  - Lutra, O\nPY  - 2030\nER  - \n\n"
STRATEGY = "1 exp otter/\n2 (otter* or lutra).tw.\n3 1 or 2"


def ris(*numbers: int) -> str:
    return "".join(RIS.format(number) for number in numbers)


@pytest.fixture
def embase(run, shelf, tmp_path):
    """Give a search of Embase by hand, and an export of two records."""
    ended = run(
        "search", "new", "embase", "--by-hand", "Embase", "--platform", "Ovid", "--query", STRATEGY, "--by", "AB"
    )
    assert ended.code == 0, ended.err
    (tmp_path / "export.ris").write_text(ris(1, 2))
    return tmp_path / "export.ris"


def enter(run, *files, date="2026-11-20", by="AB", more=()):
    return run("search", "import", "embase", *map(str, files), "--date", date, "--by", by, *more)


def test_an_export_is_entered_counted_and_read(run, shelf, embase):
    ended = enter(run, embase, more=("--hits", "2"))
    assert (ended.code, ended.out) == (0, "corpora/imports/embase.ris: 2 records read\n")
    assert (shelf.root / "corpora/imports/embase.ris").read_bytes() == embase.read_bytes()
    (export,) = open_exports(shelf.root, "embase")
    assert export[:6] == ("2026-11-20", "AB", "corpora/imports/embase.ris", 2, 0, 2)
    assert export.sha256 == hashlib.sha256(embase.read_bytes()).hexdigest()
    found = [one for one in all_records(shelf.root).found if one.source == "embase"]
    assert {(one.way, one.record.title) for one in found} == {("database", "Otters 1"), ("database", "Otters 2")}
    assert "Embase on Ovid, searched by hand (database)" in run("search", "show", "embase").out
    assert "embase  by hand, Embase; 1 runs; 2026-11-20: 2 records" in run("search", "list").out


def test_several_files_of_one_run_and_a_later_run(run, shelf, embase, tmp_path):
    (tmp_path / "more.ris").write_text(ris(3))
    enter(run, embase, tmp_path / "more.ris", more=("--hits", "3"))
    (tmp_path / "later.ris").write_text(ris(1, 2, 3, 4))
    enter(run, tmp_path / "later.ris", date="2026-11-21", by="CD")
    names = sorted(p.name for p in (shelf.root / "corpora/imports").iterdir() if p.is_file() and p.suffix)
    assert names == ["embase-2.ris", "embase-3.ris", "embase.ris"]
    assert [(r.date, r.by, r.records, r.hits) for r in tell(shelf.root, "embase").runs] == [
        ("2026-11-20", "AB", 3, 3),
        ("2026-11-21", "CD", 4, None),
    ]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--hits", "612"), "the source showed 612 records, and the export holds 2"),
        (("--date", "20.11.2026"), "'20.11.2026' is no day such as 2026-11-22"),
        (("--date", "2990-01-01"), "'2990-01-01' is not here yet"),
    ],
)
def test_what_does_not_fit_is_not_entered(run, shelf, embase, more, words):
    ended = enter(run, embase, more=more)
    assert (ended.code, words in ended.err) == (1, True), ended.err
    assert open_exports(shelf.root, "embase") == ()
    assert not (shelf.root / "corpora/imports/embase.ris").exists()


def test_fewer_than_the_source_showed_needs_a_reason_and_is_reported(run, embase):
    enter(run, embase, more=("--hits", "612", "--because", "the first 2 by relevance"))
    assert (
        "2026-11-20 (2 records; the source showed 612: the first 2 by relevance)"
        in run("search", "report", "embase").out
    )


def test_the_same_file_is_not_entered_twice(run, shelf, embase, tmp_path):
    enter(run, embase)
    assert "these very bytes were entered on" in enter(run, embase, date="2026-11-21").err
    (tmp_path / "b.ris").write_text(ris(7))
    (tmp_path / "c.ris").write_text(ris(7))
    assert "given twice" in enter(run, tmp_path / "b.ris", tmp_path / "c.ris").err
    assert len(open_exports(shelf.root, "embase")) == 1


def test_a_kill_before_the_log_is_made_good_by_the_next_run(run, shelf, embase):
    enter(run, embase)
    (shelf.home.parent / "embase" / "exports.csv").unlink()
    assert enter(run, embase).code == 0
    assert [e.file for e in open_exports(shelf.root, "embase")] == ["corpora/imports/embase.ris"]


def test_what_the_source_showed_is_added_up_once_a_run(run, shelf, embase, tmp_path):
    """Two runs of one day: each number was held against the files that came with it."""
    (tmp_path / "more.ris").write_text(ris(3))
    (tmp_path / "later.ris").write_text(ris(4))
    log = shelf.home.parent / "embase" / "exports.csv"
    enter(run, embase, tmp_path / "more.ris", more=("--hits", "3"))
    log.write_text(re.sub(r"\d{4}-\d\d-\d\dT[^,]*", "2026-11-20T09:00:00+00:00", log.read_text()))
    enter(run, tmp_path / "later.ris", more=("--hits", "1"))
    assert [(r.records, r.hits) for r in tell(shelf.root, "embase").runs] == [(4, 4)]
    shown = run("search", "show", "embase").out
    assert shown.count("the source showed 3 for these 2 files") == 2
    assert "1 records; the source showed 1\n" in shown


def test_nothing_found_is_noted_once(run, shelf, embase):
    assert enter(run, more=("--hits", "0")).code == 0
    again = enter(run, more=("--hits", "0"))
    assert (again.code, "found nothing on 2026-11-20 is noted already" in again.err) == (1, True)
    assert enter(run, more=("--hits", "0"), date="2026-11-21").code == 0
    assert len(open_exports(shelf.root, "embase")) == 2


def test_nobody_is_no_name(run, shelf, embase):
    assert "--by is empty" in enter(run, embase, by=" ").err
    for option, value in (("--by", ""), ("--query", " "), ("--by-hand", "")):
        given = {"--by": "AB", "--query": "q", **({"--by-hand": ""} if option == "--by-hand" else {}), option: value}
        ended = run("search", "new", "other", *(word for pair in given.items() for word in pair))
        assert (ended.code, f"{option} is empty" in ended.err) == (1, True)
    assert not (shelf.home.parent / "other").exists()


def test_doubts_about_an_export_are_told_when_it_is_entered(run, shelf, embase):
    embase.write_bytes(ris(1).replace("Otters", "Ötters").encode("cp1252"))
    ended = enter(run, embase)
    assert (ended.code, "note RECORD_DOUBT: byte 0xd6 is not UTF-8" in ended.err) == (0, True)


def test_a_file_that_a_browser_left_is_counted(run, shelf, embase, tmp_path):
    """Among the imports `.part` means half a file, which is never read."""
    embase.rename(tmp_path / "export.part")
    assert enter(run, tmp_path / "export.part").code == 0
    assert [one.source for one in all_records(shelf.root).found].count("embase") == 2


def test_nothing_found_is_a_result(run, shelf, embase):
    assert "no file is given" in enter(run).err
    assert enter(run, more=("--hits", "0")).out == "embase: noted that nothing was found\n"
    assert "on 2026-11-20 (0 records)" in run("search", "report", "embase").out


def test_records_that_cannot_be_read_are_counted(run, shelf, embase):
    embase.write_bytes((ris(1) + "TY  - JOUR\nER  - \n").encode())
    ended = enter(run, embase, more=("--hits", "2"))
    assert ended.code == 0
    assert "1 records read, 1 not" in ended.out
    assert "error RECORD" in ended.err
    assert "(1 record; 1 more that could not be read)" in run("search", "report", "embase").out


def test_a_file_among_the_imports_is_entered_where_it_is(run, shelf, embase):
    place = shelf.root / "corpora" / "imports"
    (place / "other").mkdir(parents=True, exist_ok=True)
    (place / "mine.ris").write_text(ris(1))
    enter(run, place / "mine.ris")
    assert [e.file for e in open_exports(shelf.root, "embase")] == ["corpora/imports/mine.ris"]
    (place / "other" / "wrong.ris").write_text(ris(2))
    assert "records found by database belong to corpora/imports" in enter(run, place / "other" / "wrong.ris").err


@pytest.mark.parametrize(
    ("method", "folder"),
    [("registry", ""), ("website", "other/"), ("contact", "other/"), ("citations", "other/"), ("other", "other/")],
)
def test_other_methods_go_where_the_flow_counts_them(run, shelf, embase, method, folder):
    query = ("--query", "otters") if method == "registry" else ()
    run("search", "new", "more", "--by-hand", "Somebody", "--method", method, "--by", "AB", *query)
    run("search", "import", "more", str(embase), "--date", "2026-11-20", "--by", "AB")
    assert (shelf.root / f"corpora/imports/{folder}more.ris").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "embase"), "Embase is searched by hand, so there is nothing to run"),
        (("update", "embase"), "Embase is searched by hand, so there is nothing to run"),
        (("changes", "embase"), "Embase is searched by hand, so there is nothing to run"),
        (("show", "embase", "--records"), "`evsynth read FILE` shows the records"),
        (("snowball", "embase"), "embase is searched by hand, and holds no citations"),
        (("snowball", "otters"), "otters is searched by a query, and holds no citations"),
        (("import", "otters", "x.ris", "--date", "2026-11-20", "--by", "AB"), "PubMed is searched by evsynth"),
        (("import", "nobody", "x.ris", "--date", "2026-11-20", "--by", "AB"), "there is no search 'nobody'"),
        (("new", "x", "--by-hand", "Embase", "--citations", "--by", "AB"), "give either --query TEXT"),
        (("new", "x", "--query", "a", "--platform", "Ovid", "--by", "AB"), "go with --by-hand"),
        (("new", "x", "--by", "AB"), "give either --query TEXT"),
    ],
)
def test_what_does_not_go_is_said(run, embase, arguments, words):
    ended = run(*(("search", *arguments) if arguments[0] != "snowball" else arguments))
    assert (ended.code, words in ended.err) == (1, True), ended.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source: by hand\nmethod: database\nquery: x\n", "add `resource:`"),
        ("source: by hand\nresource: Embase\nquery: x\n", "add `method:`"),
        ("source: by hand\nresource: Embase\nmethod: database\n", "add `query:`"),
        ("source: by hand\nresource: Embase\nmethod: registry\n", "add `query:`"),
        ("source: PubMed\nquery: x\nplatform: Ovid\n", "`platform` belongs to a search by hand"),
        ("source: by hand\nresource: A\nmethod: contact\nstudies: ['1']\n", "leave `studies`"),
        ("source: by hand\nresource: A\nmethod: phone\n", "method"),
    ],
)
def test_a_mistake_in_the_file_is_said(run, shelf, text, words):
    (shelf.home.parent / "mine").mkdir()
    (shelf.home.parent / "mine" / "search.yaml").write_text(f"search: mine\nby: AB\ndate: '2026-11-20'\n{text}")
    ended = run("search", "list")
    assert (ended.code, words in ended.err) == (1, True), ended.err


@pytest.mark.parametrize("method", ["database", "registry", "website", "citations", "contact", "other"])
def test_a_new_file_is_read_and_fits_its_schema(run, shelf, method):
    run(
        "search",
        "new",
        "mine",
        "--by-hand",
        "X",
        "--method",
        method,
        "--query",
        STRATEGY + '\n4 "a: b" # c',
        "--by",
        "AB",
    )
    text = (shelf.home.parent / "mine" / "search.yaml").read_text()
    jsonschema.Draft202012Validator(json.loads(schemas()["search"])).validate(yaml.load(text, yaml.SafeLoader))
    search, _ = read(Search, text, "search.yaml")
    assert search.query == STRATEGY + '\n4 "a: b" # c'
    assert search.method == method


@pytest.mark.parametrize(
    "strategy",
    [
        "  1 otter\n 2 holt",
        "\n\n# a line\n\n  - b: c\n",
        "otter\t[tiab]",
        "'otter'/exp AND \"holt\"",
        "--- otters\n...",
        "水獭 #1 & *x",
    ],
)
def test_any_strategy_survives_the_file(run, shelf, strategy):
    """Blanks at the ends may go; every other sign stays, and the file can be read."""
    run("search", "new", "mine", "--by-hand", "X", f"--query={strategy}", "--by", "AB")
    search, _ = read(Search, (shelf.home.parent / "mine" / "search.yaml").read_text(), "search.yaml")
    assert search.query == strategy.strip()


def test_the_paragraph_of_a_search_by_hand(run, shelf, embase):
    file = shelf.home.parent / "embase" / "search.yaml"
    file.write_text(
        file.read_text()
        .replace("# coverage: 1974", "coverage: 1974")
        .replace("# together_with: [MEDLINE]", "together_with: [MEDLINE]")
    )
    enter(run, embase)
    assert run("search", "report", "embase").out == (
        "Embase (Ovid, 1974 to 2026 November 20) was searched by hand together with MEDLINE on 2026-11-20 (2 records). "
        f"The strategy was designed by AB ({tell(shelf.root, 'embase').search.date}) and is given in full below. "
        "No limits were applied beside what the strategy says. No search filter was used beside what the strategy says."
        " It was not adapted from other work. Peer review of the "
        "strategy: not reported. Updates: not reported.\n\nSearch strategy, Embase:\n\n    1 exp otter/\n"
        "    2 (otter* or lutra).tw.\n    3 1 or 2\n"
    )
    assert (
        "Multi-database searching: searched together on Ovid: Embase, MEDLINE"
        in run("search", "report", "embase", "--items").out
    )


def lines(out: str) -> dict[int, str]:
    """Give the text of each item of a printed checklist."""
    found: dict[int, str] = {}
    for line in out.splitlines():
        if line[:2].strip().isdecimal():
            number = int(line[:2])
            found[number] = line[4:]
        else:
            found[number] += "\n" + line.strip()
    return found


def test_the_checklist_has_sixteen_items_and_marks_what_is_not_recorded(run, shelf):
    ended = run("search", "checklist")
    said = lines(ended.out)
    assert [said[n].split("  [")[0].split("\n")[0] for n in range(1, 17)] == list(NAMES)
    for number in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16):
        assert "NOT RECORDED" in said[number], number
    for number in (1, 2, 8, 9, 10):
        assert "NOT RECORDED" not in said[number], number
    assert "5 recorded, 11 not recorded" in ended.err


def test_the_checklist_of_a_whole_review(run, shelf, embase, tmp_path):
    """Every item is answered once somebody recorded it: by a search, by the links, or in reporting.yaml."""
    run("search", "run", "otters")
    enter(run, embase)
    for name, method, resource in (("ictrp", "registry", "ICTRP"), ("site", "website", "thoracic.org"),
                                   ("lists", "citations", "Reference lists"), ("experts", "contact", "Three experts"),
                                   ("shelf", "other", "The shelf")):  # fmt: skip
        run("search", "new", name, "--by-hand", resource, "--method", method, "--query", "otters", "--by", "AB")
        run("search", "import", name, "--date", "2026-11-19", "--by", "AB", "--hits", "0")
    said = lines(run("search", "checklist").out)
    assert said[1].splitlines()[1:] == ["embase: Embase (Ovid)", "otters: PubMed (National Library of Medicine)"]
    assert "ictrp: ICTRP" in said[3]
    assert "site: thoracic.org" in said[4]
    assert "lists: Reference lists" in said[5]
    assert "experts: Three experts" in said[6]
    assert "shelf: The shelf" in said[7]
    assert "embase: recorded, 3 lines" in said[8]
    assert "embase: 2026-11-20 (2 records)" in said[13]
    assert "IN PART" not in said[13]
    assert "NOT RECORDED" in said[14]
    assert "NOT RECORDED" in said[16]
    run("duplicates", "find")
    assert "linked 0 as duplicates" in lines(run("search", "checklist").out)[16]
    (shelf.home.parent / "reporting.yaml").write_text(
        "peer_review: All by B. Librarian, PRESS 2015.\ncontacts: 'Four authors; two answered.'\n"
        "deduplication: Checked by hand.\n"
    )
    ended = run("search", "checklist", "--markdown", str(tmp_path / "c.md"), "--csv", str(tmp_path / "c.csv"))
    said = lines(ended.out)
    assert "NOT RECORDED" not in said[14]
    assert "Four authors; two answered." in said[6]
    assert "Checked by hand." in said[16]
    text = (tmp_path / "c.md").read_text()
    assert text.count("\n| ") == 17
    assert "## Strategy of embase\n\n    1 exp otter/\n    2 (otter* or lutra).tw.\n    3 1 or 2\n" in text
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))
    assert {row["item"] for row in rows} == {str(n) for n in range(1, 17)}
    assert {row["answer"] for row in rows if row["item"] == "12"} == {"not recorded"}


def test_a_database_without_platform_says_so(run, shelf):
    run("search", "new", "lilacs", "--by-hand", "LILACS", "--query", "otters", "--by", "AB")
    assert "lilacs: LILACS (platform not recorded)" in lines(run("search", "checklist").out)[1]


def test_links_that_are_out_of_date_are_not_reported(run, shelf, embase):
    run("search", "run", "otters")
    run("duplicates", "find")
    assert "NOT RECORDED" not in lines(run("search", "checklist").out)[16]
    enter(run, embase)
    assert "NOT RECORDED" in lines(run("search", "checklist").out)[16]


def test_a_mistake_in_reporting_yaml_has_its_place(run, shelf):
    (shelf.home.parent / "reporting.yaml").write_text("contact: nobody\n")
    ended = run("search", "checklist")
    assert ended.code == 1
    assert "corpora/searches/reporting.yaml:1:1" in ended.err


def test_the_flow_names_what_was_searched_and_what_nobody_described(run, shelf, embase, tmp_path):
    (tmp_path / "more.ris").write_text(ris(3))
    enter(run, embase, tmp_path / "more.ris")
    (shelf.root / "corpora/imports/scopus.ris").write_text(ris(9))
    run("duplicates", "find")
    run("screen", "new")
    ended = run("flow", "--csv", str(tmp_path / "flow.csv"), "--svg", str(tmp_path / "flow.svg"))
    assert ended.code == 0, ended.err
    assert "       3  records from Embase (Ovid)\n" in ended.out
    assert "       1  records from scopus\n" in ended.out
    assert "corpora/imports/scopus.ris:1:1: note EXPORT: its records are counted, but no search says how" in ended.err
    assert "database,records identified,Embase (Ovid),3" in (tmp_path / "flow.csv").read_text()
    assert "Embase (Ovid)" in (tmp_path / "flow.svg").read_text()


def test_the_flow_names_pubmed_and_shows_a_source_that_held_nothing(run, shelf, embase):
    run("search", "run", "otters")
    run("search", "new", "ictrp", "--by-hand", "ICTRP", "--method", "registry", "--query", "x", "--by", "AB")
    run("search", "new", "letters", "--by-hand", "Letters", "--method", "contact", "--by", "AB")
    for name in ("ictrp", "letters"):
        run("search", "import", name, "--date", "2026-11-20", "--by", "AB", "--hits", "0")
    run("duplicates", "find")
    run("screen", "new")
    out = run("flow").out
    assert "      46  records from PubMed\n" in out
    assert "       0  records from ICTRP\n" in out.split("Other methods")[0]
    assert "       0  records from Letters\n" in out.split("Other methods")[1]
    assert "Embase" not in out  # nothing is entered yet: it was not searched
    run("search", "new", "more", "--query", "x", "--by", "AB")
    ended = run("flow")
    assert "records from PubMed (otters)\n" in ended.out
    assert "NO_SNAPSHOT: the search 'more' has not been run yet" in ended.err


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.unlink, "the file that was entered is gone"),
        (lambda p: p.write_text(ris(5)), "is not the file that was entered"),
    ],
)
def test_a_file_that_changed_since_it_was_entered_is_a_concern(run, shelf, embase, spoil, words):
    enter(run, embase)
    spoil(shelf.root / "corpora/imports/embase.ris")
    assert f"concern EXPORT: {words}" in run("search", "checklist").err or words in run("search", "checklist").err


def test_a_log_that_is_broken_is_an_error(run, shelf, embase):
    enter(run, embase)
    log = shelf.home.parent / "embase" / "exports.csv"
    log.write_text(log.read_text().replace(",2,0,", ",two,0,"))
    assert "records is 'two', which is no number" in run("search", "list").err


def test_what_a_spreadsheet_would_run_is_text_in_the_checklist(run, shelf, tmp_path):
    (shelf.home.parent / "reporting.yaml").write_text("contacts: '=1+1'\n")
    run("search", "checklist", "--csv", str(tmp_path / "c.csv"))
    assert "6,Contacts,,'=1+1" in (tmp_path / "c.csv").read_text()


def test_a_paragraph_without_strategy_says_so(run, shelf):
    run("search", "new", "experts", "--by-hand", "Three experts", "--method", "contact", "--by", "AB")
    text = paragraph(tell(shelf.root, "experts"))
    assert text.startswith("Three experts was contacted by hand, but no export has been entered yet. It was done by AB")
    assert "a strategy is not reported" in text


def test_every_command_of_the_page_works(run, shelf, monkeypatch):
    page = (Path(evsynth.__file__).parents[1] / "docs" / "tasks" / "search-by-hand.md").read_text("utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", page, re.S) for line in block.splitlines()]
    assert len(commands) == 9
    Path("export-1.ris").write_text(ris(1, 2))
    Path("export-2.ris").write_text(ris(3))
    for line in commands:
        program, *arguments = shlex.split(line)
        assert program == "evsynth"
        ended = run(*arguments)
        assert ended.code == 0, (line, ended.err)
    search, told = re.findall(r"```yaml\n(.*?)```", page, re.S)
    assert read(Search, search, "search.yaml")[0].together_with == ("MEDLINE",)
    said, _ = read(Reporting, told, "reporting.yaml")
    assert said.contacts
    listed = page[page.index("Its keys are") :].split("each a sentence")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == set(Reporting.model_fields)
