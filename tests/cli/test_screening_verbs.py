"""duplicates, screen and flow on an invented review, as a reviewer calls them; keys come from a list."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from evsynth.cli import screen_terminal
from evsynth.cli.main import main
from evsynth.review.records import all_records
from evsynth.review.screening import open_desk

PAPERS = [
    ("Tacrolimus in myositis with lung disease: cohort of 20 adults", "Okabe, Yuki", "2014", "101", "108"),
    ("Cyclosporine in myositis with lung disease: cohort of 31 adults", "Brandt, Jo", "2015", "201", "209"),
    ("Soil bacteria of an invented island after heavy rain", "Vidal, An", "2016", "301", "310"),
    ("Tacrolimus trough levels and survival in lung disease", "Marchetti, Lea", "2017", "401", "412"),
]


def ris(papers: list[tuple[str, ...]], journal: str, *, loud: bool) -> str:
    records = []
    for title, author, year, first, last in papers:
        lines = ["TY  - JOUR", f"TI  - {title.upper() if loud else title}", f"AU  - {author}", f"PY  - {year}",
                 f"JO  - {journal}", "VL  - 7", f"SP  - {first}", f"EP  - {last}",
                 f"AB  - We studied {title.lower()} for a year.", "ER  - ", ""]  # fmt: skip
        records.append("\n".join(lines))
    return "\n".join(records)


@pytest.fixture
def review(tmp_path, monkeypatch) -> Path:
    """A review with two exports that share two reports, and one record found by hand."""
    root = tmp_path / "review"
    with pytest.raises(SystemExit):
        main(["init", str(root)])
    imports = root / "corpora" / "imports"
    (imports / "other").mkdir(parents=True)
    (imports / "embase.ris").write_text(ris(PAPERS[:3], "Journal of Invented Medicine", loud=False))
    (imports / "central.ris").write_text(ris(PAPERS[1:], "J Invent Med", loud=True))
    by_hand = [("Tacrolimus after lung transplantation by hand", "Hand, Found", "2018", "1", "9")]
    (imports / "other" / "by-hand.ris").write_text(ris(by_hand, "Thorax", loud=False))
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run(review, capsys):
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


@pytest.fixture
def ready(run):
    run("duplicates", "find")
    run("screen", "new")
    return run


def ids(review: Path) -> dict[str, str]:
    """Give the ids by source and first word of the title."""
    return {f"{one.source} {one.record.title.split()[0].lower()}": one.id for one in all_records(review).found}


def keys(review: Path, pressed: str, stage: str = "abstract", by: str = "ab") -> tuple[int, str]:
    """Screen with keys; give the number of decisions and what was on the screen."""
    from evsynth.cli.screen import _reports

    desk = open_desk(review)
    out = io.StringIO()
    reports = _reports(desk, stage)
    session = screen_terminal.Session(desk, stage, by, reports)
    left = iter(pressed)
    console = Console(file=out, width=100, height=40, force_terminal=False)
    made = screen_terminal.run(session, lambda labels: list(range(len(reports))), console, lambda: next(left))
    return made, out.getvalue()


def test_nothing_can_be_done_before_its_time_and_each_message_says_what_to_do(run, review):
    assert "run `evsynth duplicates find`" in run("duplicates", "list")[2]
    assert "start with `evsynth screen new`" in run("screen", "status")[2]
    run("screen", "new")
    code, _, err = run("screen", "status")
    assert code == 1
    assert "NO_LINKS" in err
    assert "nothing was written" in run("screen", "new")[2]


def test_find_links_and_deletes_nothing(run, review):
    before = {p.name: p.read_bytes() for p in (review / "corpora" / "imports").rglob("*.ris")}
    code, out, _ = run("duplicates", "find")
    assert code == 0
    assert out == "7 records, 5 reports: 2 links, 0 pairs for a person to look at\n"
    assert {p.name: p.read_bytes() for p in (review / "corpora" / "imports").rglob("*.ris")} == before
    first = (review / "corpora" / "duplicates" / "links.csv").read_bytes()
    run("duplicates", "find")
    assert (review / "corpora" / "duplicates" / "links.csv").read_bytes() == first
    assert "title same" in run("duplicates", "list")[1]


def test_a_person_takes_a_link_apart_and_takes_that_back(run, review):
    run("duplicates", "find")
    pair = (ids(review)["central cyclosporine"], ids(review)["embase cyclosporine"])
    assert "two reports" in run("duplicates", "different", *pair, "--by", "ab", "--because", "other patients")[1]
    assert len(json.loads(run("duplicates", "list", "--groups", "--json")[1])) == 1
    assert "somebody says" in run("duplicates", "list", "--refused")[1]
    run("duplicates", "find")
    assert len(json.loads(run("duplicates", "list", "--groups", "--json")[1])) == 1
    assert "one report" in run("duplicates", "undo", *pair, "--by", "ab")[1]
    assert "said nothing" in run("duplicates", "undo", *pair, "--by", "ab")[2]
    log = (review / "corpora" / "duplicates" / "decisions" / "ab.csv").read_text()
    assert len(log.splitlines()) == 3
    assert "is not a record" in run("duplicates", "same", pair[0], "embase:nothing", "--by", "ab", "--because", "x")[2]


def test_a_clock_that_was_put_back_keeps_what_is_said_later(run, review):
    run("duplicates", "find")
    pair = (ids(review)["central cyclosporine"], ids(review)["embase cyclosporine"])
    run("duplicates", "different", *pair, "--by", "ab", "--because", "other patients")
    log = review / "corpora" / "duplicates" / "decisions" / "ab.csv"
    log.write_text(log.read_text().replace("20", "29", 1))
    assert "one report" in run("duplicates", "undo", *pair, "--by", "ab")[1]


def pairs(review: Path, pressed: str, by: str = "ab") -> tuple[int, str]:
    """Look at pairs with keys; give of how many something was said, and what was on the screen."""
    from evsynth.cli.duplicates_terminal import Pairs
    from evsynth.cli.duplicates_terminal import run as look
    from evsynth.review.duplicates import open_links, open_settled

    records = {one.id: one for one in all_records(review).found}
    settled = open_settled(review)
    waiting = [k for k in open_links(review) if k.answer == "maybe" and not settled.said(k.pair)]
    out = io.StringIO()
    left = iter(pressed)
    console = Console(file=out, width=100, height=40, force_terminal=False)
    return look(Pairs(review, by, waiting, records), console, lambda: next(left)), out.getvalue()


@pytest.fixture
def doubtful(run, review):
    """Two pairs inside of one export, which the rules leave to a person."""
    twice = [*PAPERS[2:], *((title, name, year, first, "999") for title, name, year, first, _ in PAPERS[2:])]
    (review / "corpora" / "imports" / "central.ris").unlink()
    (review / "corpora" / "imports" / "embase.ris").write_text(ris(twice, "J Invent Med", loud=False))
    assert "0 links, 2 pairs" in run("duplicates", "find")[1]
    return run


def test_pairs_are_looked_at_side_by_side(doubtful, review):
    made, shown = pairs(review, "oxt")
    times = sorted(shown.count(title) for title in ("Soil bacteria of", "Tacrolimus trough"))
    assert (made, times, "Nothing is left" in shown) == (2, [2, 4], True)  # x says nothing: the pair is shown again
    assert "both are from embase" in shown
    assert len(json.loads(doubtful("duplicates", "list", "--groups", "--json")[1])) == 1
    log = (review / "corpora" / "duplicates" / "decisions" / "ab.csv").read_text()
    assert [line.split(",")[3] for line in log.splitlines()[1:]] == ["same", "different"]
    assert pairs(review, "", "cd")[0] == 0
    assert "0 pairs for a person" in doubtful("duplicates", "find")[1]


def test_a_pair_is_put_off_and_an_answer_taken_back(doubtful, review):
    assert pairs(review, "souq")[0] == 0
    log = (review / "corpora" / "duplicates" / "decisions" / "ab.csv").read_text()
    assert [line.split(",")[3] for line in log.splitlines()[1:]] == ["same", "undo"]
    assert len(json.loads(doubtful("duplicates", "list", "--maybe", "--json")[1])) == 2
    assert pairs(review, "uq")[0] == 0  # nothing to take back in this session


def test_looking_needs_a_terminal(doubtful):
    code, _, err = doubtful("duplicates", "look", "--by", "ab")
    assert (code, "this is no terminal" in err) == (1, True)


def test_two_who_agree_can_each_take_it_back(run, review):
    run("duplicates", "find")
    pair = (ids(review)["central cyclosporine"], ids(review)["embase cyclosporine"])
    for by in ("ab", "cd"):
        run("duplicates", "different", *pair, "--by", by, "--because", "other patients")
    assert "two reports" in run("duplicates", "undo", *pair, "--by", "ab")[1]
    assert "one report" in run("duplicates", "undo", *pair, "--by", "cd")[1]


def test_records_that_came_since_are_told_until_duplicates_are_looked_for_again(ready, review):
    assert "LINKS_OLD" not in ready("screen", "status")[2]
    (review / "corpora" / "imports" / "wos.ris").write_text(ris(PAPERS[:1], "J Invent Med", loud=True))
    for verb in (("screen", "status"), ("flow",), ("duplicates", "list")):
        code, _, err = ready(*verb)
        assert code == 0
        assert err.count("LINKS_OLD") == 1
    ready("duplicates", "find")
    assert "LINKS_OLD" not in ready("flow")[2]


def test_a_new_order_in_an_export_changes_no_id(run, review):
    before = set(ids(review).values())
    (review / "corpora" / "imports" / "embase.ris").write_text(
        ris(PAPERS[2::-1], "Journal of Invented Medicine", loud=False)
    )
    assert set(ids(review).values()) == before


def test_keys_decide_undo_and_resume(ready, review):
    made, screen = keys(review, "ixesuq")
    assert made == 1
    assert "criteria" in screen
    assert "CYCLOSPORINE IN MYOSITIS" in screen
    log = (review / "corpora" / "screening" / "decisions" / "ab.csv").read_text().splitlines()
    assert [line.split(",")[3] for line in log] == ["decision", "include", "exclude", "undo"]
    made, screen = keys(review, "iiii")
    assert made == 4
    assert "Nothing is left for ab" in screen
    assert keys(review, "")[0] == 0


def test_undo_goes_back_to_an_earlier_session_and_shows_that_record_again(ready, review):
    assert keys(review, "ieq")[0] == 2
    made, screen = keys(review, "uuu eq")
    assert made == 1
    assert "There is nothing to undo" in screen
    log = (review / "corpora" / "screening" / "decisions" / "ab.csv").read_text().splitlines()
    lines = [line.split(",") for line in log[1:]]
    assert [line[3] for line in lines] == ["include", "exclude", "undo", "undo", "exclude"]
    first, second = lines[0][2], lines[1][2]
    assert [line[2] for line in lines[2:]] == [second, first, first]


def test_a_clock_that_was_put_back_buries_no_decision(ready, review):
    record = ids(review)["embase soil"]
    log = review / "corpora" / "screening" / "decisions" / "ab.csv"
    ready("screen", "decide", record, "include", "--by", "ab")
    log.write_text(log.read_text().replace("20", "29", 1))
    ready("screen", "decide", record, "exclude", "--by", "ab")
    shown = next(s for s in json.loads(ready("screen", "list", "--json")[1]) if record in s["report"])
    assert shown["fate"] == "abstract open"
    assert [d.answer for d in open_desk(review).decisions] == ["include", "exclude"]
    assert "1 of 5 titles and abstracts, 0 kept" in ready("screen", "status")[1]


def test_the_fullest_print_of_a_report_is_exported_and_learnt_from(ready, review):
    """The record that sorts first has no abstract."""
    text = ris(PAPERS[1:2], "J Invent Med", loud=True)
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("AB")) + "\n"
    (review / "corpora" / "imports" / "aa.ris").write_text(bare)
    ready("duplicates", "find")
    ready("screen", "export", "--by", "ab", "--to", "csv", "-o", "out.csv")
    assert Path("out.csv").read_text().count("We studied") == 5


def test_a_record_put_off_comes_back_at_the_end(ready, review):
    made, screen = keys(review, "siiiiq")
    assert made == 4
    assert screen.count("Tacrolimus after lung transplantation by hand") == 2


def test_from_keys_to_flow(ready, review):
    """Five reports: two excluded on the abstract, one text not to be had, one excluded, one included."""
    keys(review, "iieie")
    keys(review, "iieii", by="cd")
    assert "1 conflicts" in ready("screen", "conflicts")[2]
    number = next(s for s in json.loads(ready("screen", "list", "--json")[1]) if s["fate"] == "abstract conflict")
    assert "excluded" in ready("screen", "decide", number["report"][0], "exclude", "--by", "consensus")[1]
    assert keys(review, "onq", "retrieval")[0] == 2
    assert keys(review, "ieqq", "full-text")[0] == 1
    assert keys(review, "e1q", "full-text")[0] == 1
    keys(review, "ie1", "full-text", "cd")
    code, out, err = ready("flow", "--csv", "flow.csv", "--svg", "flow.svg", "--png", "flow.png")
    assert code == 0
    rows = dict(reversed(line.strip().split("  ", 1)) for line in out.splitlines() if line[0] == " ")
    assert "NOT DECIDED" not in out
    assert rows["reports of included studies"] == "1"
    assert rows["studies included"] == "0"
    assert "FLOW_NO_STUDY" in err
    table = (review / "flow.csv").read_text()
    assert "database,duplicate records removed,,2\n" in table
    assert table.count("reports excluded") == 1
    assert (review / "flow.svg").read_bytes().startswith(b"<svg")
    said = ready("screen", "agreement")[1]
    assert "abstract: ab and cd, 5 records" in said
    assert "agreement 0.80" in said


def test_an_excluded_full_text_without_a_reason_is_refused(ready, review):
    record = ids(review)["embase tacrolimus"]
    code, _, err = ready("screen", "decide", record, "exclude", "--by", "ab", "--stage", "full-text")
    assert code == 1
    assert "an excluded full text needs a reason" in err
    assert not (review / "corpora" / "screening" / "decisions").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("embase:nothing", "include", "--by", "ab"), "is not a record of this review"),
        (("{id}", "perhaps", "--by", "ab"), "is no decision of the stage abstract"),
        (("{id}", "undo", "--by", "ab"), "has decided nothing"),
        (("{id}", "include", "--by", "A B"), "cannot be the name of a log"),
        (("{id}", "exclude", "--by", "ab", "--reason", "boring"), "'boring' is not a reason"),
    ],
)
def test_wrong_decisions_are_refused_and_leave_no_line(ready, review, arguments, message):
    given = [a.format(id=ids(review)["embase soil"]) for a in arguments]
    code, _, err = ready("screen", "decide", *given)
    assert code == 1
    assert message in err
    assert not (review / "corpora" / "screening" / "decisions").exists()


def test_decisions_about_records_that_are_gone_are_kept_and_told(ready, review):
    keys(review, "iiiiq")
    (review / "corpora" / "imports" / "central.ris").unlink()
    ready("duplicates", "find")
    code, out, err = ready("screen", "status")
    assert code == 0
    assert err.count("RECORD_GONE") == 1
    assert "ab: 1 of 4 titles" in out
    (review / "corpora" / "imports" / "central.ris").write_text(ris(PAPERS[1:], "J Invent Med", loud=True))
    assert "RECORD_GONE" not in ready("screen", "status")[2]


def test_labels_go_out_and_come_back_as_decisions_of_another(ready, review):
    keys(review, "ieiq")
    for to in ("ris", "csv"):
        out = f"labels.{to}"
        assert "5 records, 2 kept, 2 not seen" in ready("screen", "export", "--by", "ab", "--to", to, "-o", out)[2]
        assert (
            "3 decisions entered; 0 stood already, 2 records have no label"
            in ready("screen", "import", out, "--by", f"from-{to}")[1]
        )
        assert "0 decisions entered; 3 stood already" in ready("screen", "import", out, "--by", f"from-{to}")[1]
    assert "agreement 1.00" in ready("screen", "agreement")[1]


def test_labels_of_a_file_without_our_ids_are_matched_as_duplicates_are(ready, review):
    lines = ["title,authors,year,journal,volume,pages,included"]
    lines += [f'"{t}","{a}",{y},J Invent Med,7,{f}-{e},1' for t, a, y, f, e in PAPERS[:2]]
    lines += ["Nobody knows this one,Nobody,1999,Nowhere,1,1-2,0"]
    Path("labels.csv").write_text("\n".join(lines) + "\n")
    code, out, err = ready("screen", "import", "labels.csv", "--by", "cd")
    assert code == 0
    assert "2 decisions entered" in out
    assert "record 3 is no record of this review" in err


def test_what_asreview_wrote_counts_before_what_it_was_given(ready, review):
    lines = ["title,authors,year,journal,volume,pages,included,asreview_label,asreview_time"]
    answers = ("1,0,2026", ",1,2026", "0,,")
    lines += [
        f'"{t}","{a}",{y},J Invent Med,7,{f}-{e},{x}' for (t, a, y, f, e), x in zip(PAPERS, answers, strict=False)
    ]
    Path("labels.csv").write_text("\n".join(lines) + "\n")
    assert (
        "2 decisions entered; 0 stood already, 1 records have no label"
        in (ready("screen", "import", "labels.csv", "--by", "cd")[1])
    )
    desk, record = open_desk(review), ids(review)
    said = {desk.groups.of[d.record]: d.answer for d in desk.decisions}
    expected = {"embase tacrolimus": "exclude", "embase cyclosporine": "include"}
    assert said == {desk.groups.of[record[key]]: answer for key, answer in expected.items()}


def test_duplicates_with_different_labels_are_told_and_not_entered(ready, review):
    lines = ["title,authors,year,journal,volume,pages,included"]
    for label in "10":
        lines += [f'"{t}","{a}",{y},J Invent Med,7,{f}-{e},{label}' for t, a, y, f, e in PAPERS[1:2]]
    lines += [f'"{t}","{a}",{y},J Invent Med,7,{f}-{e},1' for t, a, y, f, e in PAPERS[2:3]]
    Path("labels.csv").write_text("\n".join(lines) + "\n")
    _, out, err = ready("screen", "import", "labels.csv", "--by", "cd")
    assert "1 decisions entered" in out
    assert "record 2 has another label than a duplicate of it" in err


def test_ranking_learns_from_the_keys(ready, review):
    assert "the ranking learns once" in ready("screen", "rank", "--by", "ab")[2]
    record = ids(review)
    ready("screen", "decide", record["embase soil"], "exclude", "--by", "ab")
    ready("screen", "decide", record["embase cyclosporine"], "include", "--by", "ab")
    _, out, err = ready("screen", "rank", "--by", "ab")
    assert "myositis" in out.splitlines()[0].lower()
    assert "learns once" not in err


def test_simulation_of_a_labelled_file(run, review):
    rows = ["title,abstract,included"]
    rows += [f"Tacrolimus in lung disease {n},tacrolimus myositis lung,1" for n in range(5)]
    rows += [f"Soil {n},bacteria of island {n},0" for n in range(40)]
    Path("labelled.csv").write_text("\n".join(rows) + "\n")
    (row,) = json.loads(run("screen", "simulate", "labelled.csv", "--runs", "2", "--json")[1])
    assert (row["records"], row["relevant"]) == (45, 5)
    assert row["wss95"] == [pytest.approx(1 - 4 / 43 - 0.05)] * 2
    Path("empty.csv").write_text("title,abstract\nA,B\n")
    assert "has a label" in run("screen", "simulate", "empty.csv")[2]


def test_screening_needs_a_name_and_a_terminal(ready):
    assert "say who screens" in ready("screen")[2]
    assert "this is no terminal" in ready("screen", "--by", "ab")[2]


def test_a_long_abstract_is_shown_page_by_page(ready, review):
    text = ris([("A long record", "Long, Lo", "2019", "1", "2")], "J Long", loud=False)
    words = " ".join(f"word{n}" for n in range(900))
    (review / "corpora" / "imports" / "aa.ris").write_text(text.replace("for a year.", words))
    ready("duplicates", "find")
    _, screen = keys(review, "   q")
    pages = screen.split("page ")[1:]
    assert pages[0].startswith("1 of ")
    assert "word899" in screen
    assert screen.count("criteria") == 4


def test_many_criteria_leave_room_for_the_record_and_c_shows_them_all(ready, review):
    text = "".join(f"  - Criterion {number} of this review\n" for number in range(30))
    settings = review / "corpora" / "screening" / "screening.yaml"
    settings.write_text(settings.read_text().replace("reasons:\n", f"criteria:\n{text}reasons:\n", 1))
    made, shown = keys(review, "cxq")
    first, alone = shown.split("q quit", 1)
    assert (made, "… c shows all of them" in first, "Criterion 12" in first) == (0, True, False)
    assert alone.count("Criterion 29") == 1
    assert alone.index("Criterion 29") < alone.index("Any key goes back.") < alone.index("0 of 5 decided")


def test_a_reason_with_brackets_is_shown_as_it_is_written(ready, review):
    settings = review / "corpora" / "screening" / "screening.yaml"
    settings.write_text(settings.read_text().replace("Wrong population", "'Wrong population [children], see [/]'"))
    record = ids(review)["embase soil"]
    for by in ("ab", "cd"):
        ready("screen", "decide", record, "include", "--by", by)
    _, shown = keys(review, "exq", "full-text")
    assert "1 Wrong population [children], see [/]" in shown


@pytest.mark.parametrize("verb", [("import", "labels.ris"), ("decide", "x:1", "include")])
def test_a_name_that_no_log_can_have_is_refused(ready, review, verb):
    if verb[0] == "import":
        Path("labels.ris").write_text(ris(PAPERS[:1], "J", loud=False))
    else:
        verb = ("decide", ids(review)["embase soil"], "include")
    code, _, err = ready("screen", *verb, "--by", "AB")
    assert (code, "'AB' cannot be the name of a log" in err) == (1, True)


def test_a_file_named_with_two_blanks_keeps_its_decisions(ready, review):
    """Ids hold the name of the file, so a log gives them back to the character."""
    imports = review / "corpora" / "imports"
    (imports / "embase.ris").rename(imports / "Übersicht  2026, (1).ris")
    ready("duplicates", "find")
    record = next(id_ for name, id_ in ids(review).items() if name.endswith("soil"))
    for by in ("ab", "cd"):
        assert ready("screen", "decide", record, "exclude", "--by", by)[0] == 0
    assert "RECORD_GONE" not in ready("screen", "status")[2]
    assert record in ready("screen", "list", "--fate", "excluded")[1]


def test_a_copy_of_a_log_does_not_stand_for_the_second_person(ready, review):
    record = ids(review)["embase soil"]
    ready("screen", "decide", record, "include", "--by", "ab")
    logs = review / "corpora" / "screening" / "decisions"
    (logs / "ab (1).csv").write_bytes((logs / "ab.csv").read_bytes())
    code, _, err = ready("screen", "status")
    assert (code, "decisions/ab (1).csv" in err, "is no name of a person" in err) == (1, True, True)


HARM = "\x1b[2J\x1b]0;owned\x07\u202e"


def test_a_record_does_not_command_the_terminal(ready, review):
    """Titles, names and abstracts come from anywhere; the signs in them are shown by their numbers."""
    twice = [(f"Evil {HARM}", f"Bad{HARM}, A", "2020", "1", "9")] * 2
    (review / "corpora" / "imports" / "embase.ris").write_text(ris(twice, f"J {HARM}", loud=False))
    ready("duplicates", "find")
    lists = ready("duplicates", "list", "--maybe")[1] + ready("screen", "list")[1]
    shown = lists + keys(review, "sssssq")[1] + pairs(review, "q")[1]
    assert not [sign for sign in "\x1b\x07\u202e" if sign in shown]
    assert shown.count("Evil \\x1b[2J") >= 4


def test_a_fate_that_is_none_is_refused(ready):
    code, out, err = ready("screen", "list", "--fate", "inclded")
    assert (code, out, "'inclded' is no fate: abstract open" in err) == (1, "", True)


@pytest.mark.parametrize(("reports", "words"), [(1, " is included, but"), (6, "6 reports are included, but")])
def test_included_reports_without_a_study_are_one_note(ready, review, reports, words):
    many = [(f"Tacrolimus and otters, paper {n} of a kind", f"Ot{n}, A", "2020", str(n), str(n + 1)) for n in range(7)]
    (review / "corpora" / "imports" / "embase.ris").write_text(ris(many, "J Otter", loud=False))
    ready("duplicates", "find")
    chosen = [one.id for one in all_records(review).found if one.source == "embase"]
    for record in chosen[:reports]:
        for by in ("ab", "cd"):
            for stage in ("abstract", "full-text"):
                ready("screen", "decide", record, "include", "--by", by, "--stage", stage)
    err = ready("flow")[2]
    assert (err.count("FLOW_NO_STUDY"), words in err) == (1, True)
