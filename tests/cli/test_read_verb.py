"""`evsynth read`: any format in, any format out, the text of an article kept with its licence."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evsynth.cli.main import main
from evsynth.review.folder import open_folder

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sources" / "formats"))
from invented_files import ARTICLE, BIBTEX, DELETED, ENDNOTE, JATS, RIS, WOS, pubmed, small


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


@pytest.fixture
def review(run, tmp_path):
    run("init", "mine")
    return tmp_path / "mine"


@pytest.mark.parametrize(
    ("text", "records", "failures"),
    [(pubmed(small(1), small(2)), 2, 0), (JATS, 1, 0), (RIS, 3, 0), (WOS, 2, 0), (ENDNOTE, 2, 1), (BIBTEX, 2, 1)],
)
def test_every_format_is_shown(run, text, records, failures):
    Path("some.file").write_text(text)
    code, out, err = run("read", "some.file")
    assert len(out.splitlines()) == records
    assert f"{records} records read, {failures} not" in err
    assert err.count("error RECORD:") == failures
    assert code == (1 if failures else 0)


def test_deletions_are_counted_and_retractions_shown(run):
    Path("a.xml.gz").write_bytes(gzip.compress(pubmed(ARTICLE, DELETED).encode()))
    code, out, err = run("read", "a.xml.gz")
    assert (code, "1 records read, 0 not, 2 deletions" in err) == (0, True)
    assert out.rstrip().endswith("RETRACTED")


@pytest.mark.parametrize("to", ["nbib", "ris", "bibtex", "csl", "csv", "json"])
def test_files_are_written_in_every_format_and_losses_are_said(run, to):
    Path("a.xml").write_text(pubmed(ARTICLE))
    code, _, err = run("read", "a.xml", "--to", to, "-o", "out/it")
    assert code == 0
    assert "written" in err
    assert ("cannot hold" in err) == (to != "json")
    assert list(Path("out").iterdir()) == [Path("out/it")]
    code, out, _ = run("read", "out/it")
    assert (code, "Willowbark raises CO2" in out) == (0, True)


def test_json_of_json_is_the_same(run):
    Path("a.xml").write_text(pubmed(ARTICLE))
    once = run("read", "a.xml", "--json", "-o", "s.json")
    assert once[0] == 0
    assert run("read", "s.json", "--json")[1] == Path("s.json").read_text()


def test_the_standard_input_is_read(run, monkeypatch):
    for text in (RIS, JATS):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        code, out, _ = run("read", "-", *(["--text"] if text == JATS else []))
        assert (code, ("# Willowbark" in out) if text == JATS else len(out.splitlines()) == 3) == (0, True)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    code, _, err = run("read", "-")
    assert (code, "-:1:1: error RECORDS: the file is empty" in err) == (1, True)


def test_a_licence_that_is_not_open_says_what_works(run, review):
    Path("a.xml").write_text(JATS.replace("licenses/by/4.0", "licenses/by-nc/4.0"))
    _, _, err = run("read", "a.xml", "--study", "lutra-2031", "--review", str(review))
    (command,) = err.split("hint: ")[1].split("`")[1::2]
    assert command.startswith("evsynth read a.xml --text")
    assert run(*command.split()[1:])[0] == 0
    assert Path("TEXT").read_text().startswith("# Willowbark")


def test_several_files_make_one(run):
    Path("a.ris").write_text(RIS)
    Path("b.xml").write_text(pubmed(small(7)))
    code, out, err = run("read", "a.ris", "b.xml", "--to", "json")
    assert (code, len(json.loads(out))) == (0, 4)
    assert "4 records read" in err


def test_a_file_of_nothing_leaves_nothing_behind(run):
    Path("a.txt").write_text("just some words")
    code, _, err = run("read", "a.txt", "--to", "ris", "-o", "it.ris")
    assert (code, Path("it.ris").exists()) == (1, False)
    assert "a.txt:1:1: error RECORDS: this is none of the formats" in err


def test_a_file_that_is_not_there(run):
    code, _, err = run("read", "nothing.xml")
    assert (code, "there is no such file" in err) == (1, True)


def test_the_text_of_an_article(run):
    Path("a.xml").write_text(JATS)
    code, out, _ = run("read", "a.xml", "--text")
    assert (code, out.startswith("# Willowbark in Lutra\n")) == (0, True)
    assert "\tAge\t5.0<sup>a</sup>\t6.0\t0.4" in out
    assert run("read", "a.xml", "--text", "-o", "a.txt")[0] == 0
    assert Path("a.txt").read_text() == out


def test_records_have_no_text(run):
    Path("a.ris").write_text(RIS)
    code, _, err = run("read", "a.ris", "--text")
    assert (code, "RIS holds records, not the text" in err) == (1, True)


def test_an_openly_licensed_text_is_kept_with_its_licence(run, review):
    Path("a.xml").write_text(JATS)
    code, out, _ = run("read", "a.xml", "--study", "lutra-2031", "--review", str(review))
    assert (code, out.count("written")) == (0, 2)
    source = open_folder(review).sources["lutra-2031-full-text"]
    assert (source.about.licence, source.about.attribution) == ("CC BY 4.0", "© 2031 Lutra.")
    assert source.actual_sha256 == source.about.sha256
    assert "Forty otters" in source.text
    code, _, err = run("read", "a.xml", "--study", "lutra-2031", "--review", str(review))
    assert (code, "already there" in err) == (1, True)


@pytest.mark.parametrize(
    ("stated", "said", "code", "words"),
    [
        ("licenses/by-nc/4.0", None, 1, "under CC BY-NC 4.0, so it is not kept"),
        ("licenses/by-nc/4.0", "CC BY 4.0", 1, "the article states the licence 'CC BY-NC 4.0'"),
        ("nothing", None, 1, "so it is not kept"),
        ("licenses/by/4.0", "CC BY 4.0", 0, ""),
    ],
)
def test_a_text_that_is_not_openly_licensed_is_not_kept(run, review, stated, said, code, words):
    Path("a.xml").write_text(JATS.replace("licenses/by/4.0", stated))
    extra = ("--licence", said) if said else ()
    ended, _, err = run("read", "a.xml", "--study", "lutra-2031", *extra, "--review", str(review))
    assert (ended, words in err) == (code, True)
    assert (review / "corpora" / "sources" / "lutra-2031-full-text.txt").exists() == (code == 0)


SENTENCE = "Distributed under the terms of the Creative Commons Attribution{} License."


@pytest.mark.parametrize(
    ("kind", "said", "code", "words"),
    [
        ("", None, 1, "add --licence 'CC BY 4.0'"),
        ("", "CC BY 4.0", 0, ""),
        ("-NonCommercial", None, 1, "keep it outside of the review"),
        ("-NonCommercial", "CC BY 4.0", 1, "the article's own statement counts"),
    ],
)
def test_a_licence_stated_in_a_sentence_is_named_by_a_person(run, review, kind, said, code, words):
    """Without the address of a licence; what the sentence says is kept beside the name."""
    start, end = JATS.index("<license"), JATS.index("</license>")
    Path("a.xml").write_text(f"{JATS[:start]}<license><p>{SENTENCE.format(kind)}</p>{JATS[end:]}")
    extra = ("--licence", said) if said else ()
    ended, _, err = run("read", "a.xml", "--study", "lutra-2031", *extra, "--review", str(review))
    assert (ended, words in err) == (code, True), err
    if code == 0:
        about = open_folder(review).sources["lutra-2031-full-text"].about
        assert (about.licence, about.attribution) == ("CC BY 4.0", f"© 2031 Lutra. {SENTENCE.format('')}")


@pytest.mark.parametrize("arguments", [("--to", "csv"), ("--text",)])
def test_a_file_is_never_written_over_itself(run, arguments):
    Path("a.xml").write_text(JATS)
    code, _, err = run("read", "a.xml", *arguments, "-o", "./a.xml")
    assert (code, "choose another name" in err, Path("a.xml").read_text() == JATS) == (1, True, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_what_is_no_file_is_written_into_and_stays(run, tmp_path):
    """A named pipe stands for /dev/stdout."""
    os.mkfifo("pipe")
    Path("a.ris").write_text(RIS)
    reader = subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE)
    assert run("read", "a.ris", "--to", "nbib", "-o", "pipe")[0] == 0
    assert reader.communicate(timeout=10)[0].count(b"TI  - ") == 3
    assert Path("pipe").is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_stays_a_link(run):
    Path("real.csv").write_text("old")
    Path("link.csv").symlink_to("real.csv")
    Path("a.ris").write_text(RIS)
    assert run("read", "a.ris", "--to", "csv", "-o", "link.csv")[0] == 0
    assert Path("link.csv").is_symlink()
    assert "old" not in Path("real.csv").read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--text", "--to", "ris"),
        ("--study", "a", "--json"),
        ("--licence", "CC BY 4.0"),
        ("-o", "x"),
        ("--study", "A b"),
    ],
)
def test_options_that_do_not_go_together(run, review, arguments):
    Path("a.xml").write_text(JATS)
    code, _, err = run("read", "a.xml", *arguments, "--review", str(review))
    assert code == 1
    assert "Usage" in err or "Error" in err


def test_new_takes_a_record_of_any_format(run, review):
    Path("a.xml").write_text(pubmed(ARTICLE))
    assert run("new", "--record", "a.xml", "--review", str(review))[0] == 0
    kept = (review / "corpora" / "sources" / "lutra-2031-record.txt").read_text()
    assert kept == ARTICLE


MEDLINE = "PMID- 31\nOWN - NLM\nTI  - Otters älter.\nSO  - J Otter Med. 2031;13:4-9.\n"
CUT = " record, its own text cut out of "
CSV = "PMID,Title,Authors\n31,Otters älter,Lutra O\n"


@pytest.mark.parametrize(
    ("name", "raw", "kept", "origin"),
    [
        ("a.nbib", MEDLINE.encode(), MEDLINE, "MEDLINE record, the file a.nbib as received"),
        ("a.nbib.gz", gzip.compress(MEDLINE.encode(), mtime=0), MEDLINE, f"MEDLINE{CUT}a.nbib.gz, in UTF-8"),
        ("a.txt", MEDLINE.encode("utf-16"), MEDLINE, f"MEDLINE{CUT}a.txt, in UTF-8"),
        ("a.xml", pubmed(ARTICLE).encode(), ARTICLE, f"PubMed XML{CUT}a.xml"),
        ("a.ris", b"TY  - JOUR\nTI  - Otters\nER  - \n\n", "TY  - JOUR\nTI  - Otters\nER  - ", f"RIS{CUT}a.ris"),
        ("a.csv", CSV.encode(), CSV, "CSV record, the file a.csv as received"),
        ("a.csv", CSV.encode("cp1252"), CSV, "CSV record, headings and row of a.csv, in UTF-8"),
        ("a.csv.gz", gzip.compress(CSV.encode(), mtime=0), CSV, "CSV record, headings and row of a.csv.gz, in UTF-8"),
    ],
)  # fmt: skip
def test_the_sidecar_of_a_record_says_what_was_kept(run, review, name, raw, kept, origin):
    Path(name).write_bytes(raw)
    assert run("new", "--record", name, "--study", "otters", "--review", str(review))[0] == 0
    assert (review / "corpora" / "sources" / "otters-record.txt").read_text().strip() == kept.strip()
    sidecar = (review / "corpora" / "sources" / "otters-record.yaml").read_text()
    assert f'origin: "{origin}"' in sidecar
    assert open_folder(review).sources["otters-record"].actual_sha256 in sidecar


def test_new_refuses_a_file_of_which_a_record_could_not_be_read(run, review):
    Path("a.xml").write_text(pubmed(ARTICLE, "<PubmedArticle><MedlineCitation></PubmedArticle>"))
    code, _, err = run("new", "--record", "a.xml", "--review", str(review))
    assert (code, err.startswith("a.xml:")) == (1, True)
    assert not list((review / "corpora" / "sources").glob("*.txt"))
