"""Plain numbers and plain tables, outside any review, against metafor 5.1.12 and meta 8.4 (BCG data)."""

from __future__ import annotations

import json
import math

import pytest

import evsynth as ev
from evsynth.cli.main import main
from evsynth.pooling.profiles import PROFILES, under_profile

BCG = """study,ai,n1i,ci,n2i
Aronson 1948,4,123,11,139
Ferguson 1949,6,306,29,303
Rosenthal 1960,3,231,11,220
Hart 1977,62,13598,248,12867
Frimodt-Moller 1973,33,5069,47,5808
Stein 1953,180,1541,372,1451
Vandiviere 1973,8,2545,10,629
TPT Madras 1980,505,88391,499,88391
Coetzee 1968,29,7499,45,7277
Rosenthal 1961,17,1716,65,1665
Comstock 1974,186,50634,141,27338
Comstock 1969,5,2498,3,2341
Comstock 1976,27,16913,29,17854
"""
ROUNDED = 5e-7
"""The expected values below are printed with six decimals."""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "bcg.csv"
    path.write_text(BCG)
    return path


@pytest.fixture
def run(capsys):
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def effects(run, table):
    _, out, _ = run("pool", str(table), "--measure", "RR", "--json")
    found = json.loads(out)
    return [e["y"] for e in found["effects"]], [e["v"] for e in found["effects"]]


def test_a_table_gives_the_published_pool(run, table):
    code, out, _ = run("pool", str(table), "--measure", "RR", "--json")
    assert code == 0
    figures = json.loads(out)["figures"]
    assert figures["estimate"] == pytest.approx(math.exp(-0.7145323421581399), abs=ROUNDED)
    assert figures["tau2"] == pytest.approx(0.313243, abs=ROUNDED)
    assert figures["i2_tau2"] == pytest.approx(92.2214, abs=5e-5)


def test_the_summary_says_what_was_fitted(run, table):
    _, out, _ = run("pool", str(table), "--measure", "RR")
    for words in ("REML", "HKSJ (t with 12 df)", "prediction interval (V)", "Modified HKSJ", "Aronson 1948"):
        assert words in out


def test_a_picture_is_written(run, table, tmp_path):
    assert run("pool", str(table), "--measure", "RR", "--forest", str(tmp_path / "f.svg"))[0] == 0
    assert b"<svg" in (tmp_path / "f.svg").read_bytes()


BROKEN = [
    ("Aronson 1948,4,123", "Aronson 1948,x,123", "line", "'x'"),
    ("Aronson 1948,4,123", "Aronson 1948,400,123", "", "exceeds"),
    ("Aronson 1948,4,123", "Aronson 1948,0,123", "", "Aronson 1948"),
    ("study,ai", "study,a", "", "needs ai"),
    ("Stein 1953,180", "Stein 1953,180,7", ":7:", "cells"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), BROKEN)
def test_bad_tables_give_one_clear_message(run, table, old, new, place, words):
    table.write_text(BCG.replace(old, new))
    code, _, err = run("pool", str(table), "--measure", "RR")
    assert code == 1
    assert words in err
    assert "Traceback" not in err
    if place.startswith(":"):
        assert place in err


@pytest.mark.parametrize("option", [("--measure", "XX"), ("--measure", "RR", "--estimator", "BEST")])
def test_unknown_choices_name_the_known_ones(run, table, option):
    code, _, err = run("pool", str(table), *option)
    assert code == 1
    assert "OR" in err or "REML" in err


def test_plain_arrays():
    fit = ev.pool([-0.3, -0.32, -0.28], [0.04, 0.05, 0.06], interval="hksj", labels=["A", "B", "C"])
    figures = fit.estimate.figures
    assert (figures.lower, figures.upper) == pytest.approx((-0.348, -0.254), abs=5e-4)  # METHODS of the field: D1
    assert "HK_NARROWER_THAN_WALD" in {w.code for w in fit.estimate.warnings}
    assert list(fit.frame()["label"]) == ["A", "B", "C"]
    assert "Hartung" in fit.methods()
    assert "<svg" in fit.forest()._repr_svg_()


@pytest.mark.parametrize(("y", "v"), [([0.1], [0.1]), ([0.1, float("nan")], [0.1, 0.1]), ([0.1, 0.2], [0.1, 0.0])])
def test_plain_arrays_that_cannot_be_pooled(y, v):
    with pytest.raises(ValueError, match=r"stud|Study"):
        ev.pool(y, v)


def test_profiles_differ_where_they_should(run, table):
    code, out, _ = run("compare", str(table), "--measure", "RR")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1 : 1 + len(PROFILES)]] == list(PROFILES)
    revman = next(line for line in out.splitlines() if line.startswith("revman-5"))
    assert "0.3088*" in revman


def test_profiles_reproduce_their_programs(run, table):
    y, v = effects(run, table)
    metafor = under_profile(y, v, profile="metafor")
    assert (metafor.lower, metafor.upper) == pytest.approx((-1.066898, -0.362167), abs=1e-5)
    assert (metafor.prediction.lower, metafor.prediction.upper) == pytest.approx((-1.8667, 0.4376), abs=1e-4)
    meta = under_profile(y, v, profile="meta-8")
    assert (meta.prediction.lower, meta.prediction.upper) == pytest.approx((-1.995342, 0.566277), abs=1e-5)
    assert meta.i2 == pytest.approx(92.11735, abs=1e-3)
    older = under_profile(y, v, profile="meta-7")
    assert (older.prediction.lower, older.prediction.upper) == pytest.approx((-2.008376, 0.579311), abs=1e-5)


def test_a_refused_pool_is_refused_under_every_profile(run, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    code, _, err = run("compare", "infection")
    assert code == 1
    assert "NOT_POOLED" in err
