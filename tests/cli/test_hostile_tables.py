"""Tables as spreadsheets and tired people write them: read whole, or refused with line, column and study."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from evsynth.cli.main import main

GEN = "study,yi,vi\nAda,0.1,0.02\nBo,{},{}\nCy,0.4,0.04\n"
RATIOS = "study,estimate,lower,upper\nAda,0.8,0.5,1.28\nBo,{},{},{}\nCy,0.9,0.62,1.3\n"
NETWORK = "study,treat1,treat2,yi,sei\nAda,A,B,0.1,0.2\nBo,{},{},0.2,0.2\nCy,A,C,0.3,0.2\n"
MODERATED = "study,yi,vi,dose\nAda,0.1,0.02,1\nBo,0.2,0.03,{}\nCy,0.3,0.02,3\nDi,0.1,0.04,5\nEd,0.2,0.04,7\n"

PLACED = {
    "variance zero": (GEN.format(0.2, 0), (), ":3:3:", "'Bo'"),
    "variance below arithmetic": (GEN.format(0.2, "1e-320"), (), ":3:3:", "1e-320"),
    "effect beyond arithmetic": (GEN.format("1e300", 1), (), ":3:2:", "1e+300"),
    "underscore": (GEN.format("1_0", 0.03), (), ":3:2:", "'1_0'"),
    "other digits": (GEN.format("٢", 0.03), (), ":3:2:", "not a number"),
    "typeset minus": (GEN.format("−0.2", 0.03), (), ":3:2:", "hyphen of the keyboard"),
    "thousands": (GEN.format('"1,200"', 0.03), (), ":3:2:", "thousand as 1000"),
    "percent": (GEN.format("20%", 0.03), (), ":3:2:", "without the sign"),
    "study without a name": (GEN.replace("Bo", "").format(0.2, 0.03), (), ":3:1:", "study is empty"),
    "line twice": (GEN.replace("Bo", "Ada").format(0.1, 0.02), (), ":3:1:", "same as line 2"),
    "content without a column": ("study,yi,vi,\nAda,0.1,0.02,\nBo,0.2,0.03,x\n", (), ":3:4:", "without a name"),
    "two precisions": (
        "study,yi,sei,vi\nAda,0.1,0.1,0.01\nBo,0.2,0.1,0.5\nCy,0.3,0.2,0.04\n", (), ":3:4:", "sei = 0.1",
    ),
    "moderator missing": (MODERATED.format("NA"), ("--moderators", "dose"), ":3:4:", "'NA'"),
    "moderator empty": (MODERATED.format(""), ("--moderators", "dose"), ":3:4:", "dose is empty"),
    "subgroup empty": (MODERATED.format(" "), ("--subgroup", "dose"), ":3:4:", "'Bo'"),
    "other case": ("Study,Yi,Vi\nAda,0.1,0.02\n", (), ":1:1:", "did you mean 'Yi'"),
    "huge ratio": (GEN.format(0.2, 1e6), ("--scale", "log"), ":3:3:", "Bo"),
}  # fmt: skip


def ended(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main([*arguments])
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


def written(folder: Path, text: str) -> str:
    path = folder / "data.csv"
    path.write_bytes(text.encode())
    return str(path)


@pytest.mark.parametrize("name", PLACED)
def test_a_wrong_cell_is_placed_by_line_and_column(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, options, place, words = PLACED[name]
    code, out, err = ended(capsys, "pool", written(tmp_path, text), "--measure", "GEN", *options)
    assert (code, out) == (1, "")
    assert f"data.csv{place}" in err, err
    assert words in err, err


@pytest.mark.parametrize(
    ("numbers", "column"), [((0.5, 0.6, 1.2), 2), ((0.8, 1.2, 0.6), 3), ((-0.2, -0.7, 0.2), 2), ((0.8, 0, 1.6), 3)]
)
def test_an_impossible_interval_names_the_study_and_the_place(
    numbers: tuple[float, float, float], column: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ended(capsys, "pool", written(tmp_path, RATIOS.format(*numbers)), "--measure", "HR")
    assert code == 1
    assert f"data.csv:3:{column}:" in err, err
    assert "('Bo')" in err


PLAIN = "study,yi,vi\nAda,0.1,0.02\nBo,0.2,0.03\nCy,0.4,0.04\n"
SAME = {
    "separator named": "sep=;\n" + PLAIN.replace(",", ";"),
    "byte order mark": "\ufeff" + PLAIN,
    "old line ends": PLAIN.replace("\n", "\r"),
    "empty columns and rows": "".join(f"{line},,\n" for line in PLAIN.splitlines()) + ",,,,\n",
    "row names": "".join(f"{i or ''},{line}\n" for i, line in enumerate(PLAIN.splitlines())),
}


@pytest.mark.parametrize("name", SAME)
def test_habits_of_spreadsheets_change_no_number(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, expected, _ = ended(capsys, "pool", written(tmp_path, PLAIN), "--measure", "GEN", "--json")
    code, found, err = ended(capsys, "pool", written(tmp_path, SAME[name]), "--measure", "GEN", "--json")
    assert code == 0, err
    assert found == expected


def test_many_decimal_commas_are_one_finding_a_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"S{i};0,{i + 1};0,02\n" for i in range(9))
    _, _, err = ended(capsys, "pool", written(tmp_path, "study;yi;vi\n" + rows), "--measure", "GEN")
    assert err.count("error TABLE_NUMBER") == 1
    assert "data.csv:2:2:" in err
    assert "8 more cells" in err


@pytest.mark.parametrize("verb", ["pool", "sensitivity"])
def test_a_study_on_two_lines_is_said(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, GEN.replace("Bo", "Ada").format(0.2, 0.03))
    _, out, _ = ended(capsys, verb, path, "--measure", "GEN")
    assert "SAME_STUDY_TWICE: Ada stands on lines 2, 3" in out


def test_effects_of_one_cluster_are_no_repetition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, GEN.replace("Bo", "Ada").format(0.2, 0.03) + "Di,0.3,0.05\n")
    _, out, _ = ended(capsys, "pool", path, "--measure", "GEN", "--cluster", "study", "--rho", "0.6")
    assert "3 clusters" in out
    assert "SAME_STUDY_TWICE" not in out


def test_authors_are_told_apart_by_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "author,year,yi,vi\nAda,1990,0.1,0.02\nAda,1995,0.2,0.03\nBo,1999,0.4,0.04\n")
    _, out, _ = ended(capsys, "pool", path, "--measure", "GEN")
    assert "Ada 1995: 0.20" in out
    assert "SAME_STUDY_TWICE" not in out


def test_an_interval_that_no_log_scale_gives_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ended(capsys, "pool", written(tmp_path, RATIOS.format(0.8, 0.7, 3.6)), "--measure", "HR")
    warnings = out.partition("\nWarnings\n")[2]
    assert re.search(r"ASYMMETRIC: .*: Bo$", warnings, re.MULTILINE), out


@pytest.mark.parametrize(
    ("verb", "options", "words"),
    [
        ("pool", ("--level", "0.95"), "0.95 is not in the range"),
        ("pool", ("--model", "common-effect", "--estimator", "ML"), "--estimator is of no use"),
        ("pool", ("--tau2", "pooled"), "--tau2 goes with --subgroup"),
        ("pool", ("--model", "mh", "--correct-zeros"), "--correct-zeros is of no use"),
        ("pool", ("--permute",), "--permute goes with --moderators"),
        ("pool", ("--rho", "0.6"), "--rho goes with --cluster"),
        ("sensitivity", ("--model", "common-effect", "--estimator", "ML"), "--estimator goes with"),
    ],
)
def test_a_choice_that_would_change_nothing_is_refused(
    verb: str, options: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ended(capsys, verb, written(tmp_path, PLAIN), "--measure", "GEN", *options)
    assert (code, out) == (1, "")
    assert words in err


def test_equal_effects_of_a_subgroup_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "study,yi,vi,g\nA,0.1,0.02,x\nB,0.2,0.03,x\nC,0.3,0.02,y\nD,0.3,0.02,y\n")
    code, out, _ = ended(capsys, "pool", path, "--measure", "GEN", "--subgroup", "g", "--json")
    assert code == 0
    # Means 0.14 and 0.30 with Wald's variances 0.012 and 0.01: Q = 0.16² / 0.022.
    assert re.search(r"QM = 1\.16 on 1 df", json.loads(out)["fitted"]["test"])


def test_json_holds_numbers_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ended(
        capsys, "pool", written(tmp_path, PLAIN), "--measure", "GEN", "--model", "common-effect", "--json"
    )
    weights = [1 / 0.02, 1 / 0.03, 1 / 0.04]
    mean = sum(w * y for w, y in zip(weights, (0.1, 0.2, 0.4), strict=True)) / sum(weights)
    assert json.loads(out)["figures"]["estimate"] == pytest.approx(mean, rel=1e-14)


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        (("B", ""), ":3:3:", "treat2 is empty"),
        (("B", "c"), ":4:3:", "two spellings"),
        (("A", "A"), ":3:1:", "compared with itself"),
    ],
)
def test_treatments_of_a_network_are_named_and_spelt_alike(
    cells: tuple[str, str], place: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ended(capsys, "nma", written(tmp_path, NETWORK.format(*cells)), "--measure", "MD")
    assert (code, out) == (1, "")
    assert f"data.csv{place}" in err, err
    assert words in err


def test_blanks_around_treatments_make_no_new_treatment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ended(capsys, "nma", written(tmp_path, NETWORK.format("B ", " C")), "--measure", "MD")
    assert "3: A, B, C" in out


RATES = "study,xi,ti\n" + "".join(f"S{i},{i + 1},{20 + 3 * i}\n" for i in range(12))
EQUAL = "study,yi,vi\n" + "".join(f"S{i},{0.1 * (i % 5):.1f},0.04\n" for i in range(12))


def test_rates_of_one_group_have_no_funnel(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ended(capsys, "bias", written(tmp_path, RATES), "--measure", "IRLN")
    assert (code, out) == (1, "")
    assert "proportions and rates" in err


def test_a_funnel_of_equal_studies_is_not_called_symmetric(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ended(capsys, "bias", written(tmp_path, EQUAL), "--measure", "GEN")
    assert "No test of funnel asymmetry can be computed" in out


def test_pairs_of_very_many_studies_are_not_formed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"S{i},{0.1 * (i % 7):.1f},{0.02 + 0.01 * (i % 5):.2f}\n" for i in range(501))
    path = written(tmp_path, "study,yi,vi\n" + rows)
    code, out, _ = ended(capsys, "sensitivity", path, "--measure", "GEN", "--part", "leave-two-out")
    assert code == 0
    assert "up to 500 studies, not 501" in out


FREEMAN_TUKEY = "study,xi,ni\nAda,1,10\nBo,2,15\nCy,1,12\nDi,60,50000\n"


def test_freeman_tukey_reproduces_others_with_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, FREEMAN_TUKEY)
    _, out, _ = ended(capsys, "pool", path, "--measure", "PFT", "--interval", "wald", "--json")
    found = json.loads(out)
    # metafor 3.8.1, rma() of escalc(measure = "PFT") and transf.ipft.hm.
    assert found["figures"]["estimate"] == pytest.approx(0.039578624857300515, rel=1e-9)
    assert found["effects"][0]["estimate"] == pytest.approx(0.1)
    assert found["warnings"][0]["code"] == "FREEMAN_TUKEY_ARBITRARY_N"
    assert "harmonic mean" in found["warnings"][0]["message"]


@pytest.mark.parametrize("measure", ["PAS", "PRZ", "PFT"])
def test_tau_of_a_transformed_proportion_is_no_percentage(
    measure: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = ended(capsys, "pool", written(tmp_path, FREEMAN_TUKEY), "--measure", measure)
    assert re.search(r"τ = \d+\.\d+ \(.*\) on the (arcsine|probit|double arcsine) scale", out), out


RARE = "study,ai,n1i,ci,n2i\nAda,1,100,3,100\nBo,0,50,2,50\nCy,2,200,1,200\n"
CHANGES = "study,m1i,m2i,sd1i,sd2i,ni,ri\nAda,60,70,12,13,20,0.5\nBo,62,70,11,13,30,0.6\nCy,65,70,12,14,25,0.7\n"


@pytest.mark.parametrize(
    ("table", "measure", "options", "codes"),
    [
        (RARE, "OR", ("--correct-zeros",), {"CORRECTED", "FEW_EVENTS"}),
        (RARE, "OR", ("--model", "mh"), {"FEW_EVENTS"}),
        (CHANGES, "MC", (), {"NOT_A_TREATMENT_EFFECT"}),
        (CHANGES, "SMCR", (), {"NOT_A_TREATMENT_EFFECT", "STANDARDISED_CHANGE"}),
    ],
)
def test_what_an_editor_would_ask_stands_among_the_warnings(
    table: str, measure: str, options: tuple[str, ...], codes: set[str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    _, out, err = ended(capsys, "pool", written(tmp_path, table), "--measure", measure, "--json", *options)
    found = [w["code"] for w in json.loads(out)["warnings"]]
    assert codes <= set(found), err
    assert len(found) == len(set(found))
