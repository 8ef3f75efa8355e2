"""`evsynth pool DATA.csv`: impossible numbers end with one message that names the study and the number, never a NaN."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evsynth.cli.main import main

GEN = "study,yi,vi\nAda,0.1,0.02\nBo,{},{}\nCy,0.4,0.04\n"
RATIOS = "study,estimate,lower,upper\nAda,0.8,0.5,1.1\nBo,{},{},{}\nCy,0.9,0.7,1.3\n"
TABLES = "study,ai,n1i,ci,n2i\nAda,1,20,3,20\nBo,{},{},{},{}\nCy,3,30,4,30\n"
MEANS = "study,m1i,sd1i,n1i,m2i,sd2i,n2i\nAda,70,12,40,66,13,40\nBo,{},{},{},66,12,50\nCy,72,11,55,67,12,55\n"

REFUSED = {
    "yi nan": ("GEN", GEN.format("nan", 0.03), "3:", "nan"),
    "yi empty": ("GEN", GEN.format("", 0.03), "3:", "empty"),
    "yi infinite": ("GEN", GEN.format("inf", 0.03), "3:", "inf"),
    "vi zero": ("GEN", GEN.format(0.2, 0), "study 2", "0.0"),
    "vi negative": ("GEN", GEN.format(0.2, -0.03), "study 2", "-0.03"),
    "no study": ("GEN", "study,yi,vi\n", "no rows", ""),
    "one study": ("GEN", "study,yi,vi\nAda,0.1,0.02\n", "1 study given", ""),
    "estimate outside its interval": ("HR", RATIOS.format(0.5, 0.6, 1.2), "study 2", "0.5"),
    "lower above upper": ("HR", RATIOS.format(0.8, 1.2, 0.6), "study 2", "lower = 1.2 is above upper = 0.6"),
    "no events": ("OR", TABLES.format(0, 30, 0, 30), "study 2", "ai = 0"),
    "events only": ("OR", TABLES.format(30, 30, 30, 30), "study 2", "bi = 0"),
    "half an event": ("OR", TABLES.format(1.5, 30, 3, 30), "study 2", "1.5"),
    "more events than patients": ("OR", TABLES.format(32, 30, 3, 30), "study 2", "32"),
    "negative standard deviation": ("MD", MEANS.format(71, -11, 50), "study 2", "-11"),
    "one patient": ("MD", MEANS.format(71, 11, 1), "study 2", "1"),
}


def ended(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(["pool", str(path), *options])
    shown = capsys.readouterr()
    return int(caught.value.code or 0), shown.out, shown.err


@pytest.mark.parametrize("name", REFUSED)
def test_impossible_numbers_are_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measure, text, study, number = REFUSED[name]
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    code, out, err = ended(capsys, path, "--measure", measure)
    assert (code, out) == (1, "")
    assert study in err, err
    assert number in err, err
    assert "Traceback" not in err


def test_collinear_moderators_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(0.1, 1), (0.2, 2), (0.4, 3), (0.4, 5), (0.3, 7)]
    path = tmp_path / "data.csv"
    lines = [f"S{i},{y},0.0{i + 2},{a},{2 * a}" for i, (y, a) in enumerate(rows)]
    path.write_text("\n".join(["study,yi,vi,a,b", *lines]), encoding="utf-8")
    code, out, err = ended(capsys, path, "--measure", "GEN", "--moderators", "a + b")
    assert (code, out) == (1, "")
    assert "b is determined by a" in err


EQUAL = "study,yi,vi\nAda,0.1,0.02\nBo,0.1,0.02\nCy,0.1,0.04\n"


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("study,yi,vi\nAda,0.1,0.00000001\nBo,0.5,1\nCy,0.4,0.0001\n", "hksj"),
        (EQUAL, "wald"),
        (EQUAL, "modified hksj"),
    ],
    ids=["variances 1e8 apart", "equal effects", "equal effects, modified"],
)
def test_hard_numbers_are_answered_without_a_nan(
    text: str, interval: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    code, out, _ = ended(capsys, path, "--measure", "GEN", "--interval", interval, "--json")
    assert code == 0
    assert '"estimate"' in out
    assert not re.search(r"\bnan\b", out, re.IGNORECASE)


def test_an_interval_without_width_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "data.csv"
    path.write_text(EQUAL, encoding="utf-8")
    code, out, err = ended(capsys, path, "--measure", "GEN")
    assert (code, out) == (1, "")
    assert "all effects are 0.1 (Ada, Bo, Cy)" in err
    assert "modified hksj" in err


def test_a_standard_error_printed_as_a_deviation_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "data.csv"
    path.write_text(MEANS.format(71, 1.6, 55), encoding="utf-8")
    _, out, _ = ended(capsys, path, "--measure", "MD")
    assert re.search(r"Bo: sd1i = 1\.6", out)
