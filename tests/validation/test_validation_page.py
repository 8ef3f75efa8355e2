"""docs/validation.md is current, no case has gone missing from it, and a wrong number would be seen."""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from evsynth.pooling.guard import InputError
from validation import runner
from validation.case import Case, number, numbers, read_cases
from validation.comparison import Compared, Sheet, gap
from validation.refusals import why_refused
from validation.report import beyond, lines, markdown, power
from validation.runner import Run, run
from validation.tolerances import TARGET, tolerance
from validation.topics import ELSEWHERE, TOPICS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
REFERENCES = ROOT / "tests" / "references"

# These take most of the minute that the whole takes: their lines are only looked for in the page.
SLOW = {"rma.glmm", "rma.mv", "selmodel", "metamedian", "rma(scale=)", "qe.fit", "qe.mean.sd"}
SLOW_FILES = {"meta_regression_metafor", "tau2_estimators_metafor", "sensitivity_metafor"}

# How many cases of each kind are pinned at least; more may be added, none may go missing.
GRID = {
    "rma.uni": 897, "escalc": 778, "trimfill": 244, "rma.mh": 244, "rma.glmm": 210, "regtest": 192, "metabias": 160,
    "metagen": 133, "fsn": 115, "confint.rma.uni": 101, "tes": 81, "influence": 67,
    "global maximum on a 3000-point grid, root polished": 54, "rma.peto": 48, "metabin": 47, "rma.mv": 40,
    "leave1out": 40, "cumul": 40, "leave1out(rma.mh)": 38, "qe.mean.sd": 37, "qe.fit": 37, "robu": 36, "selmodel": 33,
    "baujat": 33, "ranktest": 31, "robust(rma.uni)": 27, "rma(scale=)": 20, "netmeta": 20, "leave1out(rma.peto)": 19,
    "puniform": 18, "metaprop": 18, "conv.fivenum": 18, "aggregate.escalc": 14, "metamedian": 14, "hc": 12,
    "bayesmeta": 7, "vcalc": 7, "regtest_lm": 7, "regtest_rma": 7, "confint_qp": 7, "metaprop(method.ci)": 7,
    "puni_star": 6, "permutest": 6, "conv.wald": 6, "cumul(rma.mh)": 6, "weightfunct": 5,
    "subgroup-wise REML + Wald Q_between": 5, "metainc": 5, "mixmeta": 4, "metamean": 4, "pool.med": 4,
    "metamedian_survival": 4, "mln.mean.sd": 37,
    "bc.mean.sd_avoid.mc": 37, "parametric bootstrap": 4, "metarate": 4, "conv.2x2": 3, "netmetabin": 3,
    "cumul(rma.peto)": 3, "profile.rma.uni": 2, "predict(transf=exp)": 2, "LRT(ML vs EE)": 2, "misc": 2, "radial": 2,
    "matreg": 2, "metacor": 2, "netcomb": 1,
}  # fmt: skip


@cache
def cases() -> tuple[Case, ...]:
    return tuple(read_cases(REFERENCES))


@cache
def quick() -> Run:
    return run(case for case in cases() if case.function not in SLOW and case.file not in SLOW_FILES)


def rows(page: str) -> dict[tuple[str, str], list[str]]:
    found = {}
    for line in page.split("## Differs", maxsplit=1)[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 7 and cells[0] != "method":
            found[cells[0], cells[1]] = cells[2:]
    return found


def test_no_case_has_gone_missing() -> None:
    counts = Counter(case.function for case in cases())
    assert {name: counts[name] for name in GRID if counts[name] < GRID[name]} == {}
    assert set(counts) <= set(TOPICS) | set(ELSEWHERE)


def test_everything_is_within_what_is_stated() -> None:
    assert beyond(quick()) == []


def test_the_page_is_current() -> None:
    printed, differs = rows(PAGE), PAGE.split("## Differs", maxsplit=1)[1]
    agreed = []
    for line in lines(quick().compared):
        row = printed.get((line.method, line.quantity))
        if row is None:
            assert f"| {line.method} | " in differs, line
            continue
        agreed.append(line)
        # Another platform rounds otherwise: up to ten times the printed power.
        assert line.worst <= 10 * max(float(row[2]), 1e-15), line
        assert (int(row[0]), int(row[1])) >= (line.cases, line.numbers), line
    assert len(agreed) > 250
    whole = [line for line in agreed if line.method.startswith(("Mantel", "Peto", "rank", "back", "network"))]
    assert len(whole) > 60
    for line in whole:
        assert printed[line.method, line.quantity][:2] == [str(line.cases), str(line.numbers)]


def test_slow_methods_are_in_the_page() -> None:
    printed = rows(PAGE)
    assert int(printed["mixed model (UM.FS)", "our gradient, in standard errors"][0]) >= 40
    assert int(printed["multivariate, at the components of the reference", "standard errors"][0]) >= 40
    assert int(printed["meta-regression", "estimate"][0]) >= 80
    assert int(printed["random effects", "tau2"][0]) >= 500
    assert int(printed["selection model, steps", "our gradient, in standard errors"][0]) >= 12


def test_the_page_names_no_case_beyond_and_no_unknown_function() -> None:
    for bad in ("**beyond**", "**not expected**", "**unknown function**"):
        assert bad not in PAGE


@pytest.mark.parametrize(
    ("ours", "theirs", "unit", "expected"),
    [
        (1.0, 1.0, 0.0, 0.0),
        (1.1, 1.0, 0.0, 0.1),
        (0.001, 0.0, 0.1, 0.01),
        (None, None, 0.0, 0.0),
        (None, 1.0, 0.0, math.inf),
        (1.0, "NaN", 0.0, math.inf),
        (math.inf, "Infinity", 0.0, 0.0),
        (1.0, "Infinity", 0.0, math.inf),
        (1e-3, 0.0, 0.0, math.inf),
    ],
)
def test_gap(ours: object, theirs: object, unit: float, expected: float) -> None:
    assert gap(ours, theirs, unit) == pytest.approx(expected)


def test_numbers_of_references() -> None:
    assert numbers([1, None, "NaN", "-Infinity"]) == [1.0, None, None, -math.inf]
    assert numbers(2) == [2.0]
    assert number([90]) == 90.0


def test_columns_of_unequal_length_are_infinitely_far_apart() -> None:
    case = cases()[0]
    assert [row.error for row in Sheet(case, "m").rows("q", [1.0, 2.0], [1.0])] == [math.inf]
    assert Sheet(case, "m").same("q", [1], [2]).error == math.inf


def test_a_wrong_number_is_beyond_and_printed_so() -> None:
    wrong = Run([Compared("Mantel-Haenszel", "estimate", "some/case", 1e-9)], [], [], [], {})
    assert beyond(wrong) == ["Mantel-Haenszel: estimate: 1.0e-09 in some/case is more than 1e-10"]
    assert "| Mantel-Haenszel | estimate | 1 | 1 | 1e-09 | 1e-10 | **beyond** |" in markdown(wrong)


def test_an_unexpected_refusal_and_an_unknown_function_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(case for case in cases() if case.function == "hc")

    def refuses(_: Case) -> None:
        raise InputError(["the moon is full"])

    monkeypatch.setitem(runner.TOPICS, "hc", refuses)
    found = run([case, case._replace(function="moonphase")])
    assert beyond(found) == [f"{case.id}: refused: the moon is full", "moonphase: no topic compares it"]
    assert why_refused("study 2: variance v = 0.0 must be > 0")


@pytest.mark.parametrize(
    ("method", "quantity", "value"),
    [
        ("random effects", "tau2", TARGET),
        ("random effects", "p of Q", 1e-7),
        ("random effects", "prediction", TARGET),
        ("meta-regression, raw years and the like", "p", 3e-5),
        ("meta-regression, raw years and the like", "prediction", 3e-7),
    ],
)
def test_tolerances(method: str, quantity: str, value: float) -> None:
    assert tolerance(method, quantity).value == value


def test_every_file_of_references_says_where_it_comes_from() -> None:
    for path in sorted(REFERENCES.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        assert found.get("versions") or found.get("what") or found.get("origin"), path.name


def test_power() -> None:
    assert [power(error) for error in (0.0, 3e-13, 3.4e-9, 0.0213, math.inf)] == ["0", "1e-12", "4e-09", "0.03", "inf"]
