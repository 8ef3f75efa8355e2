"""Every measure against metafor's escalc, its options one by one; and what is refused, excluded and noted."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.effects.measures import (
    FORMULAS,
    MeasureError,
    back_transform,
    escalc,
    from_interval,
    from_p,
    from_se,
    from_statistic,
    log_hazard_ratio_from_logrank,
    log_hazard_ratio_from_logrank_p,
    log_hazard_ratio_from_p,
    measure_one,
    reconstruct_tables,
    usual_rule,
)
from evsynth.effects.measures.hedges import correction, unbiased_correlation, unbiased_share_left

PINS = json.loads((Path(__file__).parents[1] / "references" / "measures_escalc.json").read_text("utf-8"))

# Closed forms: both sides round a handful of operations, and R takes J(m) as a difference of log gammas, which
# costs it three digits. y near 0 is a difference of logs of counts, so it is compared on an absolute scale too;
# the UB variances subtract nearly equal numbers (1 - (m - 2)/(m J^2), and G^2 less an estimate of rho^2).
RELATIVE, ABSOLUTE, UNBIASED = 1e-12, 1e-15, 2e-11
# The tetrachoric correlation in R stops its optimiser at about 1e-4; ours is checked against mpmath below.
TETRACHORIC, TETRACHORIC_ABSOLUTE = 1e-4, 1e-5
# R's series for the Olkin-Pratt estimator is off where |r| < 0.06 and n < 13; ours is checked against mpmath.
SERIES = {("molloy2014", 7), ("cohen1981", 5)}
ESCALC = [case for case in PINS["cases"] if case["function"] == "escalc" and case["arguments"]["measure"] != "GEN"]


def test_grid_of_pins_is_complete() -> None:
    assert {case["arguments"]["measure"] for case in ESCALC} == set(FORMULAS)
    assert len(ESCALC) == 745
    options = {(case["arguments"]["measure"], case["arguments"].get("vtype")) for case in ESCALC}
    for measure, formula in FORMULAS.items():
        asked = {vtype for name, vtype in options if name == measure and vtype}
        assert len(asked) >= len(formula.vtypes) - 2, measure


def columns(case: dict) -> dict:
    data, measure = PINS["datasets"][case["dataset"]]["columns"], case["arguments"]["measure"]
    if measure in ("IR", "IRLN", "IRS", "IRFT"):
        if "arm" in case["id"]:
            arm = case["id"][-1]
            return {"xi": data[f"x{arm}i"], "ti": data[f"t{arm}i"]}
        return {"xi": data["xi"], "ti": data["ni"]}
    return data


def rule(arguments: dict) -> dict:
    add, to = usual_rule(arguments["measure"])
    if arguments.get("to") == "none":
        add, to = 0.0, "none"
    elif "add" in arguments:
        add, to = arguments["add"], arguments["to"]
    options = {name: arguments[name] for name in ("drop00", "vtype", "correct", "flip") if name in arguments}
    return {"add": add, "to": to, **options}


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in ESCALC])
def test_matches_escalc(case: dict) -> None:
    arguments, expected = case["arguments"], case["output"]
    found = escalc(arguments["measure"], columns(case), undefined="exclude", **rule(arguments))
    y = [math.nan if value is None else value for value in expected["yi"]]
    v = [math.nan if value is None else value for value in expected["vi"]]
    defined = {i for i in range(len(y)) if math.isfinite(y[i]) and math.isfinite(v[i])}
    if arguments["measure"] == "RTET":  # R answers -1 or 1 with a variance of 1e6 when a cell is 0
        defined = {i for i in defined if abs(y[i]) < 1}
    assert set(found.rows) == defined
    assert {one.row for one in found.excluded} == set(range(len(y))) - defined
    slack = TETRACHORIC if arguments["measure"] == "RTET" else RELATIVE
    wider = UNBIASED if arguments.get("vtype") == "UB" or "/UB" in case["id"] else slack
    floor = TETRACHORIC_ABSOLUTE if arguments["measure"] == "RTET" else ABSOLUTE
    for place, row in enumerate(found.rows):
        wrong = {row for name, row in SERIES if name == case["dataset"] and arguments["measure"] == "UCOR"}
        if row in wrong or (wrong and arguments.get("vtype") == "AV"):  # the average holds the wrong one
            continue
        assert found.y[place] == pytest.approx(y[row], rel=slack, abs=floor)
        assert found.v[place] == pytest.approx(v[row], rel=wider, abs=ABSOLUTE * 1e-3)


def test_reported_effects_match_conv_wald_and_reconstruction_conv_2x2() -> None:
    for case in PINS["cases"]:
        data, arguments = PINS["datasets"][case["dataset"]]["columns"], case["arguments"]
        if case["function"] == "conv.wald":
            if "level" in arguments:
                found = from_interval(
                    data["hr"], data["ci.lb"], data["ci.ub"], level=arguments["level"] / 100, ratio=True
                )
            elif "zval" in arguments:
                found = from_statistic(data["hr"], data["zi"], ratio=True)
            else:
                found = from_p(data["hr"], data["pval"], ratio=True)
            np.testing.assert_allclose(found.y, case["output"]["yi"], rtol=RELATIVE)
            np.testing.assert_allclose(found.v, case["output"]["vi"], rtol=RELATIVE)
        if case["function"] == "conv.2x2":
            name = next(one for one in ("ori", "ri", "x2i") if one in arguments)
            tables = reconstruct_tables(name, data[name], data["ni"], data["n1i"], data["n2i"])
            for cell in ("ai", "bi", "ci", "di"):
                assert getattr(tables, cell).tolist() == case["output"][cell]
            np.testing.assert_allclose(tables.statistic, data[name], rtol=1e-3)


def test_gamma_and_hypergeometric_functions_against_mpmath() -> None:
    mp = pytest.importorskip("mpmath").mp.clone()
    mp.dps = 40
    for m in (2, 3, 10, 40, 41, 41.5, 42, 60, 1000, 1e6):
        half = mp.mpf(m) / 2
        exact = mp.gamma(half) / mp.sqrt(half) / mp.gamma(half - mp.mpf(1) / 2)
        assert float(correction(m)) == pytest.approx(float(exact), rel=5e-15)
    for n in (5, 7, 12, 13, 30, 65, 749):
        for r in (1e-6, -0.04, 0.05, 0.5, 0.999):
            rest = 1 - mp.mpf(r) ** 2
            unbiased = float(r * mp.hyp2f1(0.5, 0.5, mp.mpf(n - 2) / 2, rest))
            left = float(rest * mp.hyp2f1(1, 1, mp.mpf(n) / 2, rest))
            assert unbiased_correlation([r], [n])[0] == pytest.approx(unbiased, rel=1e-13)
            assert unbiased_share_left([r], [n])[0] == pytest.approx(left, rel=1e-13)


@pytest.mark.parametrize("cells", [(4, 119, 11, 128), (10, 1, 3, 40), (5, 5, 5, 5), (30, 2, 1, 7)])
def test_tetrachoric_reproduces_the_table(cells) -> None:
    """The bivariate normal with the correlation found, by mpmath's quadrature, gives back the first cell."""
    mpmath = pytest.importorskip("mpmath")
    a, b, c, _ = cells
    n = sum(cells)
    found = escalc("RTET", dict(zip(("ai", "bi", "ci", "di"), cells, strict=True)))
    r = mpmath.mpf(float(found.y[0]))
    h, k = (mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(x) / n - 1) for x in (a + b, a + c))

    def density(t):
        return mpmath.exp(-(h * h - 2 * t * h * k + k * k) / (2 * (1 - t * t))) / (
            2 * mpmath.pi * mpmath.sqrt(1 - t * t)
        )

    joint = mpmath.ncdf(h) * mpmath.ncdf(k) + mpmath.quad(density, [0, r / 2, r])
    assert float(joint) == pytest.approx(a / n, abs=1e-13)
    assert found.v[0] > 0


ZEROS = {"ai": [0, 0, 5, 3], "n1i": [20, 35, 50, 40], "ci": [3, 0, 0, 4], "n2i": [22, 30, 45, 41]}


def test_zero_cells_are_refused_excluded_or_corrected_by_name() -> None:
    with pytest.raises(MeasureError, match=r"study 1: UNDEFINED_ZERO_CELL.*ai = 0.*\nstudy 2: .*\nstudy 3: .*ci = 0"):
        escalc("OR", ZEROS)
    found = escalc("OR", ZEROS, undefined="exclude", labels=["A", "B", "C", "D"])
    assert found.rows == (3,)
    assert [one.label for one in found.excluded] == ["A", "B", "C"]
    found = escalc("OR", ZEROS, add=0.5, to="only0")
    assert found.notes == (
        "CORRECTED: 0.5 added to every cell (only0) in studies 1, 2, 3",
        "DOUBLE_ZERO: no events, or events only, in both groups in study 2",
    )
    found = escalc("OR", ZEROS, add=0.5, to="only0", drop00=True)
    assert found.excluded[0].because.startswith("DROPPED_DOUBLE_ZERO")
    assert found.rows == (0, 2, 3)
    assert escalc("OR", ZEROS, add=0.5, to="if0all").notes[0].endswith("in studies 1, 2, 3, 4")


def test_double_zero_is_kept_for_the_risk_difference() -> None:
    found = escalc("RD", {"ai": 0, "n1i": 20, "ci": 0, "n2i": 22})
    assert (found.y[0], found.v[0]) == (0.0, 0.0)
    assert [note.split(":")[0] for note in found.notes] == ["DOUBLE_ZERO", "ZERO_VARIANCE"]


def test_an_empty_group_is_never_filled() -> None:
    table = {"ai": [0, 3], "n1i": [0, 10], "ci": [2, 4], "n2i": [9, 12]}
    with pytest.raises(MeasureError, match=r"EMPTY_GROUP"):
        escalc("OR", table, add=0.5, to="all")
    assert escalc("OR", table, add=0.5, to="all", undefined="exclude").rows == (1,)


@pytest.mark.parametrize(
    ("measure", "given", "message"),
    [
        ("ORR", {}, "is not known; choose one of"),
        ("OR", {"ai": [1], "n1i": [4]}, "odds ratio needs ai, bi, ci, di; or ai, n1i, ci, n2i"),
        ("OR", {"ai": [5], "n1i": [4], "ci": [1], "n2i": [2]}, "study 1: ai = 5 exceeds n1i = 4"),
        ("OR", {"ai": [1.5], "n1i": [4], "ci": [1], "n2i": [2]}, "study 1: ai = 1.5 must be a whole number"),
        ("OR", {"ai": [1, 2], "n1i": [4], "ci": [1], "n2i": [2]}, "columns of unequal length"),
        ("PR", {"xi": [math.nan], "ni": [3]}, "study 1: xi = nan must be a finite number"),
        ("MD", {"m1i": 1, "sd1i": 0, "n1i": 5, "m2i": 1, "sd2i": 1, "n2i": 5}, "sd1i = 0.0 must be > 0"),
        ("MC", {"m1i": 1, "sd1i": 1, "m2i": 1, "sd2i": 1, "ni": 5, "ri": 1}, r"ri = 1.0 must lie in \(-1, 1\)"),
        ("COR", {"ri": [1.2], "ni": [20]}, r"ri = 1.2 must lie in \[-1, 1\]"),
        ("IRR", {"x1i": [1], "t1i": [0], "x2i": [1], "t2i": [3]}, "t1i = 0.0 must be > 0"),
        ("ROM", {"m1i": -1, "sd1i": 1, "n1i": 5, "m2i": 1, "sd2i": 1, "n2i": 5}, "ratio of means or its variance"),
    ],
)
def test_refuses_what_would_be_a_wrong_number(measure, given, message) -> None:
    with pytest.raises(MeasureError, match=message):
        escalc(measure, given)


def test_unknown_options_are_refused_and_idle_ones_noted() -> None:
    table = {"ai": 3, "n1i": 10, "ci": 4, "n2i": 12}
    with pytest.raises(MeasureError, match="vtype = 'LS9' is not one of OR: 'LS', 'AV', 'H0'"):
        escalc("OR", table, vtype="LS9")
    with pytest.raises(MeasureError, match="name both the correction and where it goes"):
        escalc("OR", table, add=0.5)
    assert escalc("AS", table, vtype="LS2").notes[0].startswith("VTYPE_HAS_NO_EFFECT")
    assert escalc("OR", table, flip=True).notes == ("FLIPPED: the sign of every effect was reversed, as asked",)


def test_warnings_that_come_with_a_measure() -> None:
    assert escalc("PFT", {"xi": 3, "ni": 10}).notes[0].startswith("FREEMAN_TUKEY_ARBITRARY_N")
    change = {"m1i": 5, "m2i": 4, "sd1i": 2, "sd2i": 2, "ni": 20, "ri": 0.6}
    codes = [note.split(":")[0] for note in escalc("SMCC", change).notes]
    assert codes == ["NOT_A_TREATMENT_EFFECT", "STANDARDISED_CHANGE"]
    assert [note.split(":")[0] for note in escalc("MC", change).notes] == ["NOT_A_TREATMENT_EFFECT"]


@pytest.mark.parametrize(
    ("measure", "natural"), [("PR", 0.3), ("PLN", 0.3), ("PLO", 0.3), ("PRZ", 0.3), ("PAS", 0.3), ("PFT", 0.3)]
)
def test_proportions_come_back(measure, natural) -> None:
    found = measure_one(measure, {"xi": 30, "ni": 100})
    n = 100 if measure == "PFT" else None
    assert float(back_transform(found.y, found.scale, n=n)) == pytest.approx(natural, rel=1e-12)


def test_other_scales_come_back() -> None:
    for measure in ("IR", "IRLN", "IRS", "IRFT"):
        found = measure_one(measure, {"xi": 7, "ti": 350})
        time = 350 if measure == "IRFT" else None
        assert float(back_transform(found.y, found.scale, time=time)) == pytest.approx(0.02, rel=1e-12)
    for measure in ("ARAW", "AHW", "ABT"):
        found = measure_one(measure, {"ai": 0.83, "mi": 10, "ni": 60})
        assert float(back_transform(found.y, found.scale)) == pytest.approx(0.83, rel=1e-12)
    assert float(back_transform(measure_one("ZR2", {"r2i": 0.2, "mi": 2, "ni": 50}).y, "Fisher z of root")) == (
        pytest.approx(0.2, rel=1e-12)
    )
    assert back_transform([-0.2, 2.0], "arcsine").tolist() == [0.0, 1.0]
    with pytest.raises(MeasureError, match="which needs it"):
        back_transform(0.5, "double arcsine")


def test_freeman_tukey_demonstration() -> None:
    """Identical data, two choices of n, 3.96 % and 4.59 %: why it is not a default."""
    x, n = np.array([1, 2, 1, 60]), np.array([10, 15, 12, 50000])
    found = escalc("PFT", {"xi": x, "ni": n})
    w = 1 / (found.v + 0.03137971231157378)  # tau2 by REML
    centre, se = float((w * found.y).sum() / w.sum()), 1 / math.sqrt(float(w.sum()))
    harmonic, from_variance = len(n) / float((1 / n).sum()), 1 / (4 * se * se)
    one, two = (100 * float(back_transform(centre, "double arcsine", n=size)) for size in (harmonic, from_variance))
    assert (one, two) == pytest.approx((3.96, 4.59), abs=0.005)


def test_hazard_ratios_from_tests() -> None:
    found = log_hazard_ratio_from_p(0.63, 0.0377)
    assert found.se == pytest.approx(0.2223, abs=2e-4)
    assert found.se_low == found.se == found.se_high
    ranged = log_hazard_ratio_from_p(0.63, 0.04, p_range=(0.035, 0.045))
    assert ranged.se_low < ranged.se < ranged.se_high
    logrank = log_hazard_ratio_from_logrank(20, 26.4, 12.5)
    assert (logrank.y, logrank.v) == pytest.approx((-6.4 / 12.5, 1 / 12.5))
    one = log_hazard_ratio_from_logrank_p(0.03, 60, 80, 85, favours="group 1")
    two = log_hazard_ratio_from_logrank_p(0.03, 60, 80, 85, favours="group 2")
    assert one.v == pytest.approx(165**2 / (60 * 80 * 85))
    assert one.y == -two.y < 0
    for wrong in (lambda: log_hazard_ratio_from_p(1.0, 0.9), lambda: log_hazard_ratio_from_p(0.5, 1.0)):
        with pytest.raises(MeasureError):
            wrong()
    with pytest.raises(MeasureError, match="events among"):
        log_hazard_ratio_from_logrank_p(0.03, 200, 80, 85, favours="group 1")


def test_reported_effects_refuse() -> None:
    with pytest.raises(MeasureError, match=r"study 1: estimate 0\.5 does not lie inside its interval"):
        from_interval(0.5, 0.6, 1.2, level=0.95, ratio=True)
    with pytest.raises(MeasureError, match=r"did you mean 0.95"):
        from_interval(0.5, 0.2, 1.2, level=95, ratio=True)
    with pytest.raises(MeasureError, match=r"must have the same sign"):
        from_statistic(0.5, 1.2, ratio=True)
    with pytest.raises(MeasureError, match="is null"):
        from_p(1.0, 0.3, ratio=True)
    with pytest.raises(MeasureError, match=r"se = 0\.0 must be > 0"):
        from_se(0.4, 0, ratio=False)
    assert from_interval(0.5, 0.1, 1.2, level=0.95, ratio=True).notes[0].startswith("ASYMMETRIC")
    with_df = from_p([1.3], [0.02], ratio=False, df=[12])
    assert with_df.se[0] > from_p([1.3], [0.02], ratio=False).se[0] * 0.8


tables = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=6
)


@given(tables)
def test_swapping_groups_flips_the_sign_and_order_does_not_matter(cells) -> None:
    a, b, c, d = (list(part) for part in zip(*cells, strict=True))
    for measure in ("OR", "RR", "RD", "AS", "PETO", "PBIT", "PHI", "YUQ"):
        one = escalc(measure, {"ai": a, "bi": b, "ci": c, "di": d})
        two = escalc(measure, {"ai": c[::-1], "bi": d[::-1], "ci": a[::-1], "di": b[::-1]})
        np.testing.assert_allclose(two.y[::-1], -one.y, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(two.v[::-1], one.v, rtol=1e-12)


@given(st.floats(0.01, 0.99), st.integers(2, 400))
def test_one_study_is_the_vector_of_one(r, n) -> None:
    pairs = n + 4
    one = measure_one("ZCOR", {"ri": r, "ni": pairs})
    assert one.y == escalc("ZCOR", {"ri": [r], "ni": [pairs]}).y[0]
    with pytest.raises(MeasureError, match="averages over studies"):
        measure_one("COR", {"ri": r, "ni": pairs}, vtype="AV")
