"""`reanalyse`, `ipd`, `feasible` and `survival`, called as a reviewer calls them, on the examples of the docs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from evsynth.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PATIENTS, SPEC, CURVE = (str(EXAMPLES / name) for name in ("patients.csv", "patients.yaml", "curve.yaml"))


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def test_reanalyse_counts_verdicts_and_shows_what_is_discrepant(run):
    code, out, _ = run("reanalyse", "zhao-2025")
    assert code == 0
    head = re.match(r"Zhao 2025: (\d+) results: (\d+) exact, (\d+) within rounding, (\d+) discrepant, (\d+) not", out)
    assert head is not None
    total, *parts = map(int, head.groups())
    assert total == sum(parts)
    assert out.count("\n  discrepant: ") == parts[2]
    assert "missing most often" in out
    assert run("reanalyse", "zhao-2025", "--all")[1].count("\n  exact: ") == parts[0]


def test_every_result_of_every_study_has_its_row_in_every_format(run):
    rows = json.loads(run("reanalyse", "--json")[1])
    assert {row["study"] for row in rows} == {"chen-2022", "sharma-2017", "zhao-2025"}
    assert {row["verdict"] for row in rows} == {"exact", "within rounding", "discrepant", "not recomputable"}
    assert all(row["missing"] for row in rows if row["verdict"] == "not recomputable")
    assert all(row["tried"] for row in rows)
    table = list(csv.DictReader(io.StringIO(run("reanalyse", "--to", "csv")[1])))
    assert len(table) == len(rows)
    assert [r["verdict"] for r in table] == [r["verdict"] for r in rows]
    assert run("reanalyse", "--to", "markdown")[1].count("\n") == len(rows) + 2
    assert run("reanalyse", "--to", "html")[1].count("<tr>") == len(rows) + 1


def test_the_table_is_the_committed_output(run):
    made = run("reanalyse", "sharma-2017", "--to", "csv")[1]
    assert made == (ROOT / "outputs" / "reanalysis" / "sharma-2017.csv").read_text()


def test_every_route_to_what_is_not_printed(run):
    routes = json.loads(run("reanalyse", "chen-2022", "--routes", "--json")[1])
    found = {
        (r["variable"], r["quantity"], r["route"].partition(",")[0]) for r in routes if r["group"] == "combination"
    }
    assert {("crp", "mean", "Luo"), ("crp", "mean", "Hozo"), ("crp", "mean", "quantile estimation")} <= found
    errors = [r for r in routes if r["quantity"] == "standard error of the log hazard ratio"]
    assert {r["route"] for r in errors} == {"confidence interval", "P"}
    assert any("Tierney" in r["route"] for r in routes)
    assert "by several routes" in run("reanalyse", "chen-2022", "--routes")[1]
    assert run("reanalyse", "chen-2022", "--routes", "--to", "html")[0] == 1


@pytest.mark.parametrize("verb", [("reanalyse",), ("feasible",)])
def test_an_unknown_study_is_named_with_the_known_ones(run, verb):
    code, _, err = run(*verb, "nobody-1999")
    assert code == 1
    assert "there is no study 'nobody-1999'" in err
    assert "studies here: chen-2022" in err


def test_ipd_runs_what_the_example_asks_for(run, tmp_path):
    code, out, _ = run("ipd", PATIENTS, SPEC, "--figures", str(tmp_path), "--png")
    assert code == 0
    for words in (
        "signed-rank",
        "Mann-Whitney U",
        "Spearman",
        "adjusted R²",
        "standardised difference",
        "Cox, weighted",
    ):
        assert words in out
    names = {"before-after", "correlations", "balance", "survival"}
    assert {p.name for p in tmp_path.iterdir()} == {f"{n}.{kind}" for n in names for kind in ("svg", "png")}
    first = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    run("ipd", PATIENTS, SPEC, "--figures", str(tmp_path), "--png")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == first
    svg = first["survival.svg"].decode()
    assert svg.count(">At risk<") == 1
    assert all(mark in first["before-after.svg"].decode() for mark in ("***", "Extent on CT", "before", "after"))


def test_ipd_as_json_holds_the_numbers(run):
    found = json.loads(run("ipd", PATIENTS, SPEC, "--json")[1])
    assert [p["measure"] for p in found["pairs"]] == ["Extent on CT", "mMRC", "ESR", "CRP"]
    assert found["weighted"]["patients"] + found["weighted"]["left_out"] == 120
    assert len(found["correlations"]) == 6
    assert found["regression"]["df"] == found["regression"]["patients"] - 4


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("extent_before,", "extent_befor,", "there is no column 'extent_before'"),
        ("P001,drug,", "P001,drug,old", "is not a number"),
        ("P001,drug", 'P001,"drug', "quotation marks"),
    ],
)
def test_ipd_names_what_is_wrong_with_a_table(run, tmp_path, old, new, said):
    wrong = tmp_path / "wrong.csv"
    text = Path(PATIENTS).read_text()
    assert old in text
    wrong.write_text(text.replace(old, new, 1))
    code, out, err = run("ipd", str(wrong), SPEC)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_feasible_finds_and_proves(run):
    code, out, _ = run("feasible", "--patients", "15", "--range", "0", "24", "--median", "-2", "--q1", "2", "--q3", "6")
    assert (code, out.split(":")[0]) == (0, "impossible")
    out = run("feasible", "--patients", "30", "--range", "0", "20", "--mean", "5.20", "--sd", "2.14")[1]
    assert out.startswith("found")
    values = [int(v) for v in out.partition("for example ")[2].split()]
    assert (len(values), sum(values)) == (30, 156)
    assert run("feasible", "--patients", "30", "--range", "0", "20", "--mean", "5.20", "--sd", "2.13")[1].startswith(
        "imp"
    )


def test_feasible_of_a_study_names_the_impossible_score(run):
    found = json.loads(run("feasible", "zhao-2025", "--steps", "2000", "--json")[1])
    assert [f["what"] for f in found if f["verdict"] == "impossible"] == [
        "ggo in maa last-visit: −2 (2, 6) in 15 whole numbers from 0 to 24 [Table 5, row GGO]"
    ]
    assert sum(f["verdict"] == "found" for f in found) > 30


SIZE = ("--patients", "5", "--range")


@pytest.mark.parametrize(
    "options", [(), (*SIZE, "0", "4"), (*SIZE, "4", "0", "--mean", "2"), (*SIZE, "0", "4", "--mean", "two")]
)
def test_feasible_says_what_it_needs(run, options):
    code, _, err = run("feasible", *options)
    assert code == 1
    assert "Error" in err


def test_survival_prints_accuracy_gate_and_ratio(run, tmp_path):
    out_file = tmp_path / "patients.csv"
    code, out, _ = run("survival", CURVE, "--patients", str(out_file), "--figures", str(tmp_path))
    assert code == 0
    assert "hazard ratio may be pooled" in out
    assert "KM_ONE_DIGITISATION" in out
    assert "at risk at 12: printed 36, rebuilt 36" in out
    rows = list(csv.DictReader(io.StringIO(out_file.read_text())))
    assert len(rows) == 124
    assert sum(int(r["event"]) for r in rows if r["group"] == "drug") == 16
    assert "rebuilt" in (tmp_path / "rebuilt-survival.svg").read_text()


def test_two_equal_digitisations_add_no_variance(run):
    one = json.loads(run("survival", CURVE, "--json")[1])
    two = json.loads(run("survival", CURVE, CURVE, "--json")[1])
    assert two["together"] == pytest.approx(one["together"])
    assert not [code for code, _ in two["warnings"] if code == "KM_ONE_DIGITISATION"]


BAD_CURVES: list[tuple[str, str, str]] = [
    ("pixel_2: 540", "pixel_2: 60", "must differ"),
    ("{time: 6, patients: 49}", "{time: 6, patients: 90}", "cannot rise"),
    ("image_sha256: 8", "image_sha256: x", "SHA-256"),
    ("time_unit: months", "time_unit: months\nimage: gone.png", "there is no such file"),
]


@pytest.mark.parametrize(("old", "new", "said"), BAD_CURVES)
def test_survival_names_what_is_wrong_with_a_curve(run, tmp_path, old, new, said):
    wrong = tmp_path / "wrong.yaml"
    text = Path(CURVE).read_text()
    assert old in text
    wrong.write_text(text.replace(old, new, 1))
    code, out, err = run("survival", str(wrong))
    assert (code, out) == (1, "")
    assert said in err


def test_without_numbers_at_risk_and_events_no_ratio_is_pooled(run, tmp_path):
    """METHODS D9: the hard gate."""
    bare = tmp_path / "bare.yaml"
    text = re.sub(r"    (events|at_risk|survival_at): .*\n", "", Path(CURVE).read_text())
    bare.write_text(text)
    found: dict[str, Any] = json.loads(run("survival", str(bare), "--json")[1])
    assert (found["poolable"], list(found["reasons"])) == (False, ["KM_NO_RISK_TABLE"])


def test_an_image_beside_the_file_must_be_the_one_that_was_digitised(run, tmp_path):
    (tmp_path / "figure.png").write_bytes(b"another image")
    curve = tmp_path / "curve.yaml"
    curve.write_text(Path(CURVE).read_text().replace("time_unit: months", "time_unit: months\nimage: figure.png"))
    code, _, err = run("survival", str(curve))
    assert code == 1
    assert "the clicks belong to another image" in err
    (tmp_path / "figure.png").write_bytes(b"invented")
    assert run("survival", str(curve))[0] == 0
