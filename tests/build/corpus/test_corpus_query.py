"""A corpus is asked by words, headings, years and types; the answer is a list, a number, or records in a format."""

import importlib.util

import invented_pubmed as invented
import pytest
from click.testing import CliRunner

from evsynth.cli.main import cli

INSIDE = """<Abstract><AbstractText Label="AIM">To treat anti-MDA5 disease.</AbstractText><AbstractText>Lung function
improved in Sjögren's.</AbstractText></Abstract><AuthorList><Author><LastName>Lutra</LastName><Initials>O</Initials>
</Author></AuthorList><Journal><ISOAbbreviation>J Otter Med</ISOAbbreviation><JournalIssue><PubDate><Year>2031</Year>
</PubDate></JournalIssue></Journal><Language>fre</Language><PublicationTypeList>
<PublicationType>Review</PublicationType></PublicationTypeList>"""
BESIDE = """<MeshHeadingList><MeshHeading>
<DescriptorName MajorTopicYN="N">Lung Diseases, Interstitial</DescriptorName>
<QualifierName MajorTopicYN="Y">drug therapy</QualifierName></MeshHeading><MeshHeading>
<DescriptorName MajorTopicYN="N">Otters</DescriptorName></MeshHeading></MeshHeadingList>"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Two records in a first file; the second file has a newer version of the first one and takes the second back."""
    folder = tmp_path_factory.mktemp("asked")
    first = [invented.small(1, title="Old otters"), invented.small(2), invented.small(3, title="Otters swim")]
    second = [invented.small(1, title="Tacrolimus in otters", inside=INSIDE, beside=BESIDE), invented.deleted((2, 1))]
    for number, entries in ((1, first), (2, second)):
        (folder / f"pubmed26n{number:04}.xml.gz").write_bytes(invented.zipped(entries))
    ask("build", str(folder), "--corpus", str(folder / "corpus"))
    return str(folder / "corpus")


def ask(verb, *words):
    ran = CliRunner().invoke(cli, ["corpus", verb, *words], catch_exceptions=True)
    assert not isinstance(ran.exception, Exception), ran.exception
    assert ran.exit_code == 0, ran.output
    return ran


@pytest.mark.parametrize(
    ("query", "pmids"),
    [
        ("otters", "3 1"),
        ("old", ""),
        ("2[pmid]", ""),
        ("tacro*", "1"),
        ("tacro", ""),
        ('"anti mda5 disease"', "1"),
        ('"disease lung"', ""),
        ("Sjogren", "1"),
        ("lung[ti]", ""),
        ("lung[ab]", "1"),
        ('"lung diseases, interstitial"[mesh]', "1"),
        ('"lung diseases"[mesh]', ""),
        ("lung*[mesh]", "1"),
        ('"lung diseases, interstitial/drug therapy"[mesh]', "1"),
        ('"Lung Diseases, Interstitial"[majr]', "1"),
        ("otters[majr]", ""),
        ("2030:[year]", "1"),
        (":2030[year]", ""),
        ("NOT 2031[year]", "3"),
        ("review[type]", "1"),
        ("otters NOT review[type]", "3"),
        ("fre[lang] OR swim", "3 1"),
        ('"j otter med"[journal]', "1"),
        ('"lutra o"[au]', "1"),
        ("lutra[au]", "1"),
        ("lut[au]", ""),
        ("'x; drop table r", ""),
        ("50%", ""),
    ],
)
def test_what_is_found(query, pmids, corpus):
    shown = ask("query", query, "--corpus", corpus)
    assert [line.split()[0] for line in shown.stdout.splitlines()] == pmids.split()
    assert ask("query", query, "--corpus", corpus, "--count").stdout == f"{len(pmids.split())}\n"


def test_the_list_says_what_it_leaves_out(corpus):
    shown = ask("query", "otters", "--corpus", corpus, "--first", "1")
    assert shown.stdout == "        3  no author; ; Otters swim\n"
    assert shown.stderr == "2 records; the first 1 are shown, --first N shows more\n"


def test_records_in_a_format(corpus, tmp_path):
    out = tmp_path / "found.nbib"
    said = ask("query", "tacrolimus", "--corpus", corpus, "--to", "nbib", "-o", str(out))
    assert "TI  - Tacrolimus in otters" in out.read_text("utf-8")
    assert said.stderr.endswith("1 records\n")
    assert ask("query", "tacrolimus", "--corpus", corpus, "--to", "csv").stdout.count("Tacrolimus in otters") == 1


def test_a_wrong_query_and_a_missing_corpus_are_messages(corpus, tmp_path, capsys):
    from evsynth.cli.main import main

    for arguments, words in (
        (["a OR b AND c", "--corpus", corpus], "query:1:8: error QUERY: AND and OR stand side by side"),
        (["a", "--corpus", str(tmp_path)], "error CORPUS: there is no corpus in this folder"),
    ):
        with pytest.raises(SystemExit, match="1"):
            main(["corpus", "query", *arguments])
        assert words in capsys.readouterr().err


def test_without_the_extra_one_line_says_what_to_install(corpus, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "duckdb" else found(name))
    ran = CliRunner().invoke(cli, ["corpus", "query", "otter", "--corpus", corpus])
    assert ran.exit_code == 1
    assert ran.stderr == "Error: a corpus needs duckdb; install: pip install 'evsynth[corpus]'\n"
