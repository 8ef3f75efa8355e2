"""`evsynth read` on files that mean harm or are damaged: never a traceback, never a foreign file, one record each."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from evsynth.cli.main import main
from evsynth.cli.printable import printable

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sources" / "formats"))
from invented_files import JATS, pubmed, small

SECRET = "the-secret-of-the-holt"
BOMB = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
TWO = pubmed(small(1).replace("Otter", "&j;"), small(2))
RIS = "TY  - JOUR\nTI  - {}\nER  - \n"


def head(subset: str, text: str = TWO) -> bytes:
    """Put a document type before the root of a file."""
    declaration, rest = text.split("<PubmedArticleSet>", 1)
    return f"{declaration}<!DOCTYPE PubmedArticleSet {subset}><PubmedArticleSet>{rest}".encode()


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text(SECRET)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


@pytest.mark.parametrize(
    ("raw", "records", "failures"),
    [
        (head(f'[<!ENTITY a "aaaaaaaaaa">{BOMB}]'), 1, 1),
        (head('[<!ENTITY j SYSTEM "secret.txt">]'), 1, 1),
        (head('[<!ENTITY j SYSTEM "http://127.0.0.1:9/x">]'), 1, 1),
        (head('SYSTEM "http://127.0.0.1:9/evil.dtd"', pubmed(small(1))), 1, 0),
        (head('[<!ENTITY % p SYSTEM "secret.txt"> %p;]', pubmed(small(1))), 1, 0),
        (JATS.replace("<article-title>", "<article-title>&j;").encode(), 0, 1),
        (gzip.compress(pubmed(*map(small, range(1, 4000))).encode())[:5000], None, 2),
        (gzip.compress(pubmed(small(1)).encode()) + b"garbage", 1, 1),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + RIS.format("A").encode(), 1, 0),
        ((RIS.format("A\0B") + RIS.format("C")).encode(), 1, 1),
        (b"PMID,Title\n1,A\0B\n2,C\n", 1, 1),
        (pubmed(small(1).replace("Otter", "A\0B"), small(2)).encode(), 1, 1),
        (RIS.format("ötter").encode("latin-1"), 1, 0),
        (RIS.format("ötter").encode("utf-16"), 1, 0),
        (RIS.format("ötter").encode("utf-32"), 1, 0),
        (RIS.format("ötter").encode("utf-16-be"), 1, 0),
        (RIS.format("\u304b\u308f\u3046\u305d").encode("shift_jis"), 0, 1),
        ((RIS.format("ötter") + RIS.format("holt")).encode() + RIS.format("ñ").encode("latin-1"), 2, 1),
        (b'PMID,Title\n1,"never closes\n2,B\n', 1, 1),
        (pubmed(small(1).replace("Otter", "<i>" * 50_000 + "x" + "</i>" * 50_000), small(2)).encode(), 2, 0),
    ],
    ids=[
        "entity bomb", "file entity", "network entity", "external DTD", "parameter entity", "entity in JATS",
        "gzip that is cut", "gzip with garbage", "two BOMs", "NUL in RIS", "NUL in CSV", "NUL in XML", "Latin-1",
        "UTF-16", "UTF-32", "UTF-16 without mark", "Shift-JIS", "mixed encodings", "open quotes", "deep tags",
    ],
)  # fmt: skip
def test_harm_costs_one_record(run, raw, records, failures):
    Path("some.file").write_bytes(raw)
    code, out, err = run("read", "some.file")
    assert code == (1 if failures else 0), err
    assert "Traceback" not in err
    assert SECRET not in out + err
    assert "aaaaaaaaaaaaaaaaaaaa" not in out
    assert err.count("error RECORD") == failures
    if records is not None:
        assert len(out.splitlines()) == records
        assert f"{records} records read, {failures} not" in err


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "the file is empty"),
        (gzip.compress(b"x" * 100, mtime=0)[:10], "the gzip file is cut"),
        (b"\x7fELF" + bytes(500), "the bytes are not text"),
        (b"<?xml version='1.0'?><eFetchResult><ERROR>Busy</ERROR></eFetchResult>", "answered with an error: 'Busy'"),
        (b"<?xml version='1.0'?><PubmedArticleSet><ERROR>Busy</ERROR></PubmedArticleSet>", "answered with an error"),
    ],
    ids=["empty", "gzip", "binary", "error", "error in a set"],
)
def test_what_holds_no_record_is_one_clear_error(run, raw, words):
    Path("some.file").write_bytes(raw)
    code, out, err = run("read", "some.file")
    assert (code, out) == (1, "")
    assert err.startswith("some.file:")
    assert err.count("error RECORDS: ") == 1
    assert words in err
    assert "Traceback" not in err


def test_formulas_come_out_of_a_table_as_text(run):
    Path("a.csv").write_text("PMID,Title,Authors\n1,=1+1,@SUM(A1)\n2,\"+cmd|' /C calc'!A0\",Lutra O\n")
    assert run("read", "a.csv", "--to", "csv", "-o", "b.csv")[0] == 0
    cells = [cell for row in csv.reader(io.StringIO(Path("b.csv").read_text())) for cell in row]
    assert "'=1+1" in cells
    assert "'+cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    titles = [record["title"] for record in json.loads(run("read", "b.csv", "--json")[1])]
    assert titles == ["=1+1", "+cmd|' /C calc'!A0"]


def test_a_title_does_not_command_the_terminal(run):
    Path("a.ris").write_text(RIS.format("Otters\x1b[2J\x1b]0;evil\x07\u202e"))
    _, out, _ = run("read", "a.ris")
    assert out.rstrip().endswith(r"Otters\x1b[2J\x1b]0;evil\x07\u202e")
    assert json.loads(run("read", "a.ris", "--json")[1])[0]["title"] == "Otters\x1b[2J\x1b]0;evil\x07\u202e"


@pytest.mark.parametrize("text", ["Otters and weirs", "ötter \u6c34\u736d 10\u00a0mg \u2013 \u00b5g", ""])
def test_what_is_harmless_is_shown_as_it_is(text):
    assert printable(text) == text
