"""`evsynth scan`: a file or a source of the review; text for people, JSON for programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from evsynth.cli.main import cli
from evsynth.model.finding import Problems

PAPER = """\
Results
Improved: 31 (77.5%) of the patients (P = 0.03). The 77 stood there.

Table 1 Characteristics
Item	Drug (n=40)	P
Cough, n (%)	10 (25.0)	0.4
"""
STUDY = """
not_used:
  - {source: paper, quote: "The 77 stood there", because: a printer's mark}
passages:
  - source: paper
    where: Results
    quote: "Improved: 31 (77.5%)"
    values: [{printed: 31 (77.5%), arm: drug, variable: improved, count: 31, percent: 77.5}]
"""


def run(*arguments: str) -> tuple[int, str]:
    """Run the verb and give its exit status and what it prints."""
    done = CliRunner().invoke(cli, ["scan", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


@pytest.fixture
def paper(here):
    """A review with one paper, opened in its folder."""
    here.study(STUDY, source=PAPER)
    return here


def test_text(paper):
    """Statistics by place, findings, and the ledger with what is left to review."""
    code, shown = run("paper")
    assert code == 0
    assert "corpora/sources/paper.txt: full text, 1 section, 1 table, 0 figure legends" in shown
    assert "  results: Results\n    2:11      count percent    31 (77.5%)" in shown
    assert "  Table 1 Characteristics\n" in shown
    assert "6:14      count percent    10 (25.0)  (Cough · Drug)" in shown
    assert "Numbers: 9 found = 2 extracted + 2 not used + 5 unreviewed" in shown
    assert "corpora/sources/paper.txt:2:43: unreviewed: Improved: 31 (77.5%) of the patients (P = [0.03]" in shown


def test_a_file_is_the_source_it_belongs_to(paper):
    """The path of a document of the review is as good as its name."""
    assert run("corpora/sources/paper.txt")[1].splitlines()[1:] == run("paper")[1].splitlines()[1:]


def test_any_text_file(here):
    """A file that no review knows is scanned by itself; nothing of it is extracted."""
    path = here.write("letter.txt", PAPER)
    code, shown = run(str(path))
    assert code == 0
    assert "Numbers: 9 found = 0 extracted + 1 not used + 8 unreviewed" in shown
    assert "unreviewed: " not in shown
    assert "[0.03]" in run(str(path), "--ledger")[1]


def test_findings_as_json(paper):
    """One list of findings, as `evsynth check --json` prints them; empty here."""
    code, shown = run("paper", "--json")
    assert (code, json.loads(shown)) == (0, [])


def test_statistics_as_json(paper):
    """Every number with its offsets in the characters of the document."""
    _, shown = run("paper", "--statistics", "--json")
    objects = json.loads(shown)
    assert objects[0]["figures"][0] == {"statistic": "count", "printed": "31", "start": 18, "end": 20}
    for thing in objects:
        assert PAPER[thing["start"] : thing["end"]] == thing["text"]
    assert {"table": 0, "row": 0, "column": 1}.items() <= objects[-2]["place"].items()


def test_ledger_as_json(paper):
    """Totals, reasons and every number."""
    _, shown = run("paper", "--ledger", "--json")
    made = json.loads(shown)
    assert made["totals"] == {"found": 9, "extracted": 2, "not used": 2, "unreviewed": 5}
    assert made["not used"]["a printer's mark"] == 1
    assert made["entries"][0] == {
        "start": 18, "end": 20, "text": "31", "state": "extracted", "because": "", "line": 2, "column": 11,
    }  # fmt: skip


def test_all_sources(paper):
    """Without an argument every source is accounted for; an unreviewed number fails."""
    code, shown = run()
    assert code == 1
    assert shown.startswith("paper: 9 found = 2 extracted + 2 not used + 5 unreviewed\n")
    paper.write("corpora/sources/paper.txt", "Results\nImproved: 31 (77.5%). The 77 stood there.\n")
    assert run()[0] == 0
    assert json.loads(run("--json")[1])[0]["totals"]["unreviewed"] == 0


WRONG = [
    (("nothing",), "no such file, and no source of that name"),
    (("held-elsewhere",), "is not held here (CC0)"),
    (("bytes.txt",), "is not UTF-8 text"),
    (("article.nxml",), "is an article in XML, not its text"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_mistakes(paper, arguments, message):
    """One message, with what to do."""
    paper.source("held-elsewhere", None)
    paper.write("bytes.txt", b"\xff\xfe\x00")
    paper.write("article.nxml", "<?xml version='1.0'?>\n<article><p>31 (77.5%)</p></article>\n")
    with pytest.raises(Problems, match=message.replace("(", r"\(").replace(")", r"\)")):
        run(*arguments)
