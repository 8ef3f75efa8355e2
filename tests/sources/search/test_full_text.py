"""Full text comes with its licence, and only openly licensed text is kept in the review."""

from __future__ import annotations

import pytest

JATS = (
    '<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"><front><journal-meta>'
    "<journal-title-group><journal-title>Journal of otter medicine</journal-title></journal-title-group></journal-meta>"
    '<article-meta><article-id pub-id-type="pmc">99000001</article-id><article-id pub-id-type="pmid">1001</article-id>'
    '<article-id pub-id-type="doi">10.9999/otter.1</article-id><title-group><article-title>Otters 1</article-title>'
    '</title-group><contrib-group><contrib contrib-type="author"><name><surname>Lutra</surname><given-names>Ottilie'
    '</given-names></name></contrib></contrib-group><pub-date pub-type="epub"><year>2031</year></pub-date>'
    "<permissions><copyright-statement>© 2031 Lutra</copyright-statement>{licence}</permissions></article-meta></front>"
    "{body}</article>"
)
BODY = "<body><sec><title>Results</title><p>Of 40 otters, 31 improved.</p></sec></body>"


def licensed(path: str) -> str:
    return f'<license xlink:href="https://creativecommons.org/{path}/"><license-p>Free.</license-p></license>'


@pytest.fixture
def article(library):
    """Put an article in PubMed Central."""

    def put(licence: str = licensed("licenses/by/4.0"), body: str = BODY) -> None:
        library.papers["1001"] = library.papers["1001"]._replace(full_text="PMC99000001", doi="10.9999/otter.1")
        library.full_texts["99000001"] = JATS.format(licence=licence, body=body)

    return put


@pytest.mark.parametrize("name", ["PMC99000001", "1001", "10.9999/otter.1"])
def test_an_open_text_is_kept_with_its_licence(run, shelf, article, name):
    article()
    code, out, err = run("fetch", name, "--full-text", "--study", "lutra-2031")
    assert code == 0, err
    assert "PMC99000001: licence CC BY 4.0" in out
    sources = shelf.root / "corpora" / "sources"
    assert "Of 40 otters, 31 improved." in (sources / "lutra-2031-full-text.txt").read_text()
    sidecar = (sources / "lutra-2031-full-text.yaml").read_text()
    assert 'licence: "CC BY 4.0"\nattribution: "© 2031 Lutra"\n' in sidecar
    assert 'pmcid: "PMC99000001"' in sidecar
    code, out, _ = run("check")
    assert (code, out) == (0, "")
    assert run("fetch", name, "--full-text", "--study", "lutra-2031").code == 1


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        (licensed("licenses/by-nc/4.0"), "under CC BY-NC 4.0"),
        (licensed("licenses/by-nd/4.0"), "under CC BY-ND 4.0"),
        ("", "under no stated licence"),
        ("<license><license-p>All rights reserved.</license-p></license>", "under All rights reserved."),
    ],
)
def test_a_text_that_is_not_open_is_not_kept(run, shelf, article, tmp_path, licence, words):
    article(licence)
    code, _, err = run("fetch", "1001", "--full-text", "--study", "lutra-2031", "-o", str(tmp_path / "own.xml"))
    assert code == 1
    assert f"error LICENCE: the text is {words}, so it is not kept here" in err
    assert not (shelf.root / "corpora" / "sources").exists()
    assert b"31 improved" in (tmp_path / "own.xml").read_bytes()


@pytest.mark.parametrize(
    ("licence", "is_open"),
    [
        ("publicdomain/zero/1.0", True),
        ("publicdomain/mark/1.0", True),
        ("licenses/by-sa/3.0", True),
        ("licenses/by-nc-sa/4.0", False),
    ],
)
def test_which_licences_are_open(run, shelf, article, licence, is_open):
    article(licensed(licence))
    assert run("fetch", "1001", "--full-text", "--study", "lutra-2031").code == (0 if is_open else 1)


@pytest.mark.parametrize("licence", [licensed("licenses/by-nc/4.0"), ""])
def test_what_the_hint_says_works(run, article, tmp_path, monkeypatch, licence):
    article(licence)
    _, _, err = run("fetch", "1001", "--full-text", "--study", "lutra-2031")
    commands = [part.split()[1:] for part in err.split("hint: ")[1].split("`")[1::2]]
    assert [command[0] for command in commands] == ["fetch", "read"]
    monkeypatch.chdir(tmp_path)
    for command in commands:
        assert run(*command).code == 0
    assert "Of 40 otters, 31 improved." in (tmp_path / "TEXT").read_text()


def test_an_article_whose_publisher_forbids_it_is_no_full_text(run, article):
    article(body="")
    code, _, err = run("fetch", "PMC99000001", "--full-text")
    assert code == 1
    assert "gives only the front of PMC99000001" in err


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PMC5", "PubMed Central does not have PMC5: The following PMCID is not available: 5"),
        ("1002", "PMID 1002 names no article in PubMed Central"),
        ("otters", "is neither a PMID nor a DOI"),
    ],
)
def test_what_is_not_there_is_said(run, article, name, words):
    article()
    code, _, err = run("fetch", name, "--full-text")
    assert code == 1
    assert words in err


@pytest.mark.parametrize("fault", ["half", "429", "page in 200", "reset", "bomb"])
def test_a_fault_on_the_way_costs_nothing(run, article, library, fault):
    article()
    library.faults["efetch"] = [fault]
    code, out, err = run("fetch", "PMC99000001", "--full-text")
    assert code == 0, err
    assert "Otters 1" in out


def test_another_article_is_not_taken_for_it(run, article, library):
    article()
    library.full_texts["5"] = library.full_texts["99000001"]
    code, _, err = run("fetch", "PMC5", "--full-text")
    assert code == 1
    assert "sent PMC99000001 where PMC5 was asked for" in err
