"""The verbs on the real review, called as a reviewer calls them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from evsynth.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "corpora" / "sources" / "chen-2022-record.txt"


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def identifier(pool: str) -> str:
    return json.loads((ROOT / "outputs" / pool / "estimate.json").read_text())["id"]


def test_check_of_the_review_has_nothing_to_correct(run):
    code, out, err = run("check")
    assert code == 0
    assert "OUTSIDE_INSTRUMENT" in out
    assert err.strip().startswith("to correct in the files: 0; about the papers: 2 errors")


def test_check_of_one_file_prints_only_that_file(run):
    code, out, _ = run("check", "extractions/studies/sharma-2017.yaml")
    assert code == 0
    assert {line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")} == {
        "extractions/studies/sharma-2017.yaml"
    }


def test_check_json_has_the_fields_that_programs_use(run):
    _, out, _ = run("check", "--json")
    findings = json.loads(out)
    assert len(findings) > 10
    needed = {"code", "severity", "study", "path", "line", "message", "quotes", "computed", "alternatives"}
    assert all(needed <= set(f) for f in findings)
    source = (ROOT / "corpora" / "sources" / "zhao-2025-full-text.txt").read_text()
    spans = [q for f in findings for q in f["quotes"] if q["source"] == "zhao-2025-full-text"]
    assert spans
    for quote in spans:
        assert " ".join(source[quote["start"] : quote["end"]].split()) == " ".join(quote["text"].split())


def test_show_lists_every_pool_with_its_result(run):
    code, out, _ = run("show")
    assert code == 0
    assert len(out.splitlines()) == len(list((ROOT / "extractions" / "pools").glob("*.yaml")))
    assert "hazard ratio 0.33" in out


def test_show_of_a_refusal_gives_the_reasons(run):
    _, out, _ = run("show", "infection")
    assert "DIFFERENT_DEFINITIONS" in out
    assert "19/48" in out or "39.6%" in out


def test_show_json_is_the_committed_file(run):
    _, out, _ = run("show", "death-hazard", "--json")
    assert out.encode() == (ROOT / "outputs" / "death-hazard" / "estimate.json").read_bytes()


def test_trace_ends_at_quotes_with_their_share(run):
    _, out, _ = run("trace", "death-hazard")
    assert "4/4 inputs quoted" in out
    _, out, _ = run("trace", "death-rate")
    assert "PARTIAL" in out


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json", "ris"])
def test_cite_names_the_identifier_in_every_style(run, style):
    code, out, _ = run("cite", "death-hazard", "--style", style)
    assert code == 0
    assert identifier("death-hazard") in out
    assert "10.3389/fimmu.2022.978429" in out


def test_verify_accepts_what_these_files_give(run):
    code, out, _ = run("verify", identifier("relapse-hazard"))
    assert code == 0
    assert "verified" in out


def test_verify_refuses_another_hash(run):
    code, out, _ = run("verify", "relapse-hazard@0123456789")
    assert code == 1
    assert "now give relapse-hazard@" in out


def test_verify_refuses_what_is_no_identifier(run):
    code, _, err = run("verify", "relapse-hazard")
    assert code == 1
    assert "is not an identifier" in err


def test_unknown_pool_lists_the_known_ones(run):
    code, _, err = run("show", "deaths")
    assert code == 1
    assert "death-hazard" in err
    assert "Traceback" not in err


def test_build_check_finds_the_committed_outputs_up_to_date(run):
    code, _, err = run("build", "--check")
    assert code == 0, err


def test_schemas_are_fresh_and_hold_the_review(run):
    code, out, _ = run("schema", "--check")
    assert code == 0, out
    for kind, folder in (("study", "studies"), ("pool", "pools")):
        schema = json.loads((ROOT / "extractions" / "schema" / f"{kind}.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for path in (ROOT / "extractions" / folder).glob("*.yaml"):
            found = list(validator.iter_errors(yaml.load(path.read_text(), yaml.SafeLoader)))
            real = [e for e in found if "date" not in list(e.absolute_path)]  # YAML 1.1 reads a date as one
            assert real == [], (path.name, [e.message for e in real][:3])


def test_read_shows_the_record_whose_line_breaks_were_lost(run):
    code, out, _ = run("read", str(RECORD), "--json")
    assert code == 0
    record = json.loads(out)[0]
    assert record["pmid"] == "36119045"
    assert len(record["authors"]) == 6
    assert [s["label"] for s in record["abstract"]] == [
        "OBJECTIVE", "METHODS", "RESULTS", "CONCLUSION", "CLINICAL TRIAL REGISTRATION",
    ]  # fmt: skip


def test_init_new_and_check_from_nothing(run, tmp_path):
    review = tmp_path / "mine"
    assert run("init", str(review))[0] == 0
    code, out, _ = run("new", "--record", str(RECORD), "--review", str(review))
    assert code == 0
    assert "extractions/studies/chen-2022.yaml: written" in out
    assert run("check", "--review", str(review))[0] == 0
    code, _, err = run("new", "--record", str(RECORD), "--review", str(review))
    assert code == 1
    assert "already there" in err


def test_new_never_leaves_half_of_its_files(run, tmp_path):
    review = tmp_path / "mine"
    run("init", str(review))
    blocked = review / "extractions" / "studies" / "chen-2022.yaml"
    blocked.write_text("study: chen-2022\n")
    code, _, _ = run("new", "--record", str(RECORD), "--review", str(review))
    assert code == 1
    assert not (review / "corpora" / "sources" / "chen-2022-record.txt").exists()


def test_new_fetches_from_pubmed_through_the_door(run, tmp_path, monkeypatch):
    from evsynth.sources import door, nbib
    from evsynth.sources.medline import read_one

    proper = nbib.write_record(read_one(RECORD.read_text()))
    asked = []

    def answer(request):
        asked.append(dict(request.form))
        return door.Response(200, proper.encode())

    monkeypatch.setattr(door, "open_door", lambda **_: answer)
    review = tmp_path / "mine"
    run("init", str(review))
    code, _, err = run("new", "PMID:36119045", "--review", str(review))
    assert code == 0, err
    assert asked[0]["id"] == "36119045"
    assert 'pmid: "36119045"' in (review / "extractions" / "studies" / "chen-2022.yaml").read_text()


def test_help_of_every_verb(run):
    from evsynth.cli.main import VERBS

    for verb in VERBS:
        code, out, _ = run(verb, "--help")
        assert code == 0
        assert "Usage" in out
