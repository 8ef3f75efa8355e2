"""Every command of the page on searching is run, in order, against the local server; its example file is read."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml

import evsynth
from evsynth.model.search import Search
from evsynth.text.read import read
from evsynth.text.schema import schemas

PAGE = (Path(evsynth.__file__).parents[1] / "docs" / "tasks" / "search-pubmed.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.S)


@pytest.fixture
def trial(library, shelf, here, counted, monkeypatch):
    """Let every paper be about what the page asks for, and include the study that it names."""
    from test_full_text import BODY, JATS, licensed

    monkeypatch.setattr(type(library), "matching", _by_doi_or_all)
    paper = library.papers.pop("1000")
    doi = "10.3389/fimmu.2022.978429"
    library.papers["36119045"] = paper._replace(pmid="36119045", doi=doi, full_text="PMC99000001", cites=("1001",))
    library.full_texts["99000001"] = JATS.format(licence=licensed("licenses/by/4.0"), body=BODY)
    here.study(**{**counted("chen-2022", 5, 20), "pmid": "'36119045'"})
    return library


def _by_doi_or_all(library, term):
    if "[aid]" in term:
        return [p.pmid for p in library.papers.values() if p.doi and p.doi in term]
    return sorted(library.papers, key=int, reverse=True)


def test_every_command_of_the_page_works(run, trial, here, tmp_path):
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(commands) > 12
    for line in commands:
        program, *arguments = shlex.split(line)
        assert program == "evsynth"
        code, out, err = run(*arguments)
        assert code == 0, (line, err)
        if line == "evsynth search report ild":
            said = re.sub(r", again on \S+ \(\d+ records\)", "", " ".join(out.split("\n\n")[0].split()))
            shown = " ".join(" ".join(re.findall(r"^> (.*)$", PAGE, re.M)).split())
            masked = [re.sub(r"\d{4}-\d\d-\d\d|\d+ records", "…", text) for text in (said, shown)]
            assert masked[0] == masked[1]
    assert (here.root / "corpora/sources/chen-2022-again-full-text.yaml").is_file()


def test_the_example_file_is_read_and_fits_its_schema():
    (text,) = blocks("yaml")
    search, _ = read(Search, text, "search.yaml")
    assert search.limits[0].limit == "english[la]"
    schema = json.loads(schemas()["search"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(yaml.load(text, yaml.SafeLoader))


@pytest.mark.parametrize("arguments", [("--query", 'otters\n OR "river: holt" #1'), ("--citations",)])
def test_a_new_file_is_read_and_fits_its_schema(run, shelf, arguments):
    assert run("search", "new", "mine", *arguments, "--by", 'A "B" C').code == 0
    text = (shelf.home.parent / "mine" / "search.yaml").read_text()
    search, _ = read(Search, text, "search.yaml")
    assert search.by == 'A "B" C'
    assert search.query == ('otters OR "river: holt" #1' if "--query" in arguments else None)
    jsonschema.Draft202012Validator(json.loads(schemas()["search"])).validate(yaml.load(text, yaml.SafeLoader))
