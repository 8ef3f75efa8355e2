"""Mantel-Haenszel and Peto against metafor; every refusal, exclusion and note; laws."""

from __future__ import annotations

import json
import math
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nchypergeom_fisher

from evsynth.pooling.guard import InputError
from evsynth.pooling.rare_events import (
    check_two_arms,
    check_two_rates,
    cumulate,
    leave_one_out,
    mantel_haenszel,
    peto,
    pool_rare_events,
)
from evsynth.pooling.rare_events.noncentral import Conditional
from evsynth.pooling.rare_events.order import ORDER

PINS = json.loads((Path(__file__).parents[1] / "references" / "rare_events_mantel_haenszel.json").read_text("utf-8"))

# Closed forms on both sides: sums of a few dozen terms. Tail probabilities multiply the error of the statistic.
RELATIVE, TAIL = 2e-13, 1e-11
# metafor divides Peto's Q over all corrected tables by the number of studies that are not double zeros; ours
# counts the tables that are in the sum.
INCONSISTENT_DF = {f"rma.peto/{name}/peto_addall" for name in ("axfors2021", "linde2005", "nielweise2007")}


def tables_of(data: dict):
    data = {name: np.array(values, dtype=float) for name, values in data.items()}
    if "x1i" in data:
        return check_two_rates(data["x1i"], data["t1i"], data["x2i"], data["t2i"])
    totals = (data.get("n1i", data["ai"] + data.get("bi", 0)), data.get("n2i", data["ci"] + data.get("di", 0)))
    return check_two_arms(data["ai"], totals[0], data["ci"], totals[1])


def pooler(case: dict):
    arguments = case["arguments"]
    options: dict = {"level": arguments.get("level", 95) / 100}
    stratified = "peto" not in case["function"]
    if "add" in arguments:
        options |= {"add": arguments["add"][1], "to": arguments["to"][1], "drop00": bool(arguments.get("drop00"))}
        if stratified:
            options |= {"study_add": arguments["add"][0], "study_to": arguments["to"][0]}
    if arguments.get("correct") is False:
        options["continuity"] = False
    return partial(mantel_haenszel, measure=arguments["measure"], **options) if stratified else partial(peto, **options)


def test_grid_of_pins_is_complete() -> None:
    kinds = {case["id"].split("/", 2)[2] for case in PINS["cases"]}
    assert kinds >= {"OR", "RR", "RD", "IRR", "IRD", "peto", "OR_addall", "OR_drop00", "OR_nocorrect", "IRR_nocorrect"}
    assert kinds >= {"OR/leave1out", "OR/cumul", "RR/leave1out", "peto/leave1out", "peto/cumul", "OR_l90"}
    assert len({case["dataset"] for case in PINS["cases"]}) == 22
    assert len(PINS["cases"]) == 318


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in PINS["cases"]])
def test_matches_metafor(case: dict) -> None:
    tables, pool, expected = tables_of(PINS["datasets"][case["dataset"]]), pooler(case), case["output"]
    if "(" in case["function"]:
        steps = (leave_one_out if "leave1out" in case["id"] else cumulate)(tables, pool)
        for (step, found), estimate, se in zip(steps, expected["estimate"], expected["se"], strict=True):
            if estimate is None:
                assert step.refused
            else:
                assert (found.estimate, found.se) == pytest.approx((estimate, se), rel=RELATIVE)
        return
    found = pool(tables)
    spread = found.heterogeneity
    assert found.k == expected["k"]
    named = {"beta": found.estimate, "se": found.se, "zval": found.z, "ci.lb": found.lower, "ci.ub": found.upper}
    named |= {"QE": spread.q}
    if case["id"] not in INCONSISTENT_DF:
        named |= {"I2": spread.i2_q, "H2": spread.h2_q}
        assert spread.p == pytest.approx(expected["QEp"], rel=TAIL)
    if expected.get("MH") is not None:
        named["MH"] = found.association.statistic
        assert found.association.p == pytest.approx(expected["MHp"], rel=TAIL)
    if expected.get("TA") is not None:
        named["TA"] = found.tarone.statistic
        assert found.tarone.p == pytest.approx(expected["TAp"], rel=TAIL)
    for name, value in named.items():
        assert value == pytest.approx(expected[name], rel=RELATIVE, abs=1e-14), name
    assert found.p == pytest.approx(expected["pval"], rel=TAIL)


RARE = check_two_arms([0, 0, 2, 1], [20, 40, 50, 60], [3, 0, 4, 2], [22, 41, 50, 58], labels=["A", "B", "C", "D"])


def test_double_zero_is_out_of_the_odds_ratio_with_a_reason_and_in_the_risk_difference() -> None:
    odds = mantel_haenszel(RARE, "OR", level=0.95)
    assert [(one.study, one.label, one.because.split(":")[0]) for one in odds.left_out] == [(2, "B", "UNINFORMATIVE")]
    assert odds.estimate == mantel_haenszel(RARE, "OR", level=0.95, drop00=True).estimate
    assert "DOUBLE_ZERO_DROPPED" in mantel_haenszel(RARE, "OR", level=0.95, drop00=True).codes
    risks = mantel_haenszel(RARE, "RD", level=0.95)
    assert risks.left_out == ()
    assert abs(risks.estimate) < abs(mantel_haenszel(RARE, "RD", level=0.95, drop00=True).estimate)
    assert "CORRECTED" in mantel_haenszel(RARE, "OR", level=0.95, add=0.5, to="only0").codes
    assert "FEW_EVENTS" not in odds.codes
    few = check_two_arms([1, 1], [50, 60], [2, 3], [50, 60])
    assert {"FEW_EVENTS", "FEW_STUDIES"} <= set(mantel_haenszel(few, "OR", level=0.95).codes)


def test_variances_of_the_risk_difference_are_named() -> None:
    sato = mantel_haenszel(RARE, "RD", level=0.95)
    other = mantel_haenszel(RARE, "RD", level=0.95, difference_variance="Greenland-Robins")
    assert (sato.variance, other.variance) == ("Sato", "Greenland-Robins")
    assert sato.estimate == other.estimate
    assert sato.se == pytest.approx(other.se, rel=0.1)


def test_peto_says_where_it_is_biased() -> None:
    common = check_two_arms([30, 40], [100, 300], [60, 20], [100, 100])
    assert {"PETO_NOT_RARE", "PETO_UNBALANCED"} <= set(peto(common, level=0.95).codes)
    large = check_two_arms([1, 2], [1000, 1000], [9, 12], [1000, 1000])
    assert "PETO_LARGE_EFFECT" in peto(large, level=0.95).codes


@pytest.mark.parametrize(
    ("pool", "tables", "message"),
    [
        (partial(mantel_haenszel, measure="OR"), ([0, 0], [9, 9], [2, 1], [9, 9]), "pooled OR is 0/"),
        (partial(mantel_haenszel, measure="RR"), ([2, 1], [9, 9], [0, 0], [9, 9]), "pooled RR is"),
        (partial(mantel_haenszel, measure="RD"), ([0, 0], [9, 9], [0, 0], [9, 9]), "variance of the pooled RD is 0"),
        (peto, ([0, 0], [9, 9], [0, 0], [9, 9]), "no study has both events and non-events"),
        (partial(mantel_haenszel, measure="IRR"), ([1, 2], [9, 9], [2, 1], [9, 9]), "measure = 'IRR' is not known"),
    ],
)
def test_refuses(pool, tables, message) -> None:
    with pytest.raises(InputError, match=message):
        pool(check_two_arms(*tables), level=0.95)


def test_bad_tables_name_arm_study_and_number() -> None:
    with pytest.raises(InputError, match=r"arm 1: study 2 \('B'\): events 9\.0 .*\narm 2: study 1 \('A'\): total 0\.0"):
        check_two_arms([1, 9], [5, 5], [0, 1], [0, 5], labels=["A", "B"])
    with pytest.raises(InputError, match=r"arm 2: study 1: person-time = 0\.0 must be > 0"):
        check_two_rates([1], [5.0], [0], [0.0])
    with pytest.raises(InputError, match=r"arm 1: study 1: events 1\.5"):
        check_two_rates([1.5], [5.0], [0], [2.0])
    with pytest.raises(InputError, match="arm 1 has 2 studies but arm 2 has 1"):
        check_two_arms([1, 2], [5, 5], [1], [5])


def test_one_study_is_its_own_pool() -> None:
    one = check_two_arms([3], [20], [5], [22])
    found = mantel_haenszel(one, "OR", level=0.95)
    assert found.estimate == pytest.approx(math.log(3 * 17 / (17 * 5)), rel=1e-14)
    assert found.se == pytest.approx(math.sqrt(1 / 3 + 1 / 17 + 1 / 5 + 1 / 17), rel=1e-12)
    assert (found.heterogeneity, found.tarone) == (None, None)
    steps = leave_one_out(one, partial(mantel_haenszel, measure="OR", level=0.95))
    assert steps == [(steps[0][0], None)]
    assert steps[0][0].refused == "no study is left"


@pytest.mark.parametrize("table", [(3, 20, 5, 22), (0, 20, 3, 22), (18, 154, 37, 145), (1, 1, 0, 1)])
def test_noncentral_hypergeometric_against_scipy(table) -> None:
    x1, n1, x2, n2 = table
    kernel = Conditional(*(np.array([float(value)]) for value in table))
    eta = np.array([[-3.0, -0.4, 0.0, 1.3, 4.0]])
    found = kernel.slopes(eta)
    base = nchypergeom_fisher(n1 + n2, n1, x1 + x2, 1.0).logpmf(x1)
    for i, value in enumerate(eta[0]):
        law = nchypergeom_fisher(n1 + n2, n1, x1 + x2, math.exp(value))
        # SciPy's own pmf is accurate to about 1e-10; against mpmath the kernel is within 2e-14.
        assert found.value[0, i] - found.value[0, 2] == pytest.approx(law.logpmf(x1) - base, rel=1e-8, abs=1e-8)
        assert found.first[0, i] == pytest.approx(x1 - law.mean(), rel=1e-8, abs=1e-8)
        assert -found.second[0, i] == pytest.approx(law.var(), rel=1e-7, abs=1e-8)


def test_noncentral_hypergeometric_against_mpmath() -> None:
    mp = pytest.importorskip("mpmath").mp.clone()
    mp.dps = 40
    for x1, n1, x2, n2 in ((3, 20, 5, 22), (180, 1541, 372, 1451), (0, 50000, 5, 20)):
        kernel = Conditional(*(np.array([float(value)]) for value in (x1, n1, x2, n2)))
        support = range(max(0, x1 + x2 - n2), min(n1, x1 + x2) + 1)
        for eta in (-30.0, -2.0, 0.1, 3.0, 20.0):
            terms = [mp.binomial(n1, j) * mp.binomial(n2, x1 + x2 - j) * mp.exp(j * mp.mpf(eta)) for j in support]
            total = mp.fsum(terms)
            mean = mp.fsum(j * term for j, term in zip(support, terms, strict=True)) / total
            found = kernel.slopes(np.array([[eta]]))
            exact = float(mp.log(terms[x1 - support[0]] / total))
            assert found.value[0, 0] == pytest.approx(exact, rel=1e-13, abs=1e-13)
            assert found.first[0, 0] == pytest.approx(float(x1 - mean), rel=1e-13, abs=1e-13)


def test_order_answers_with_the_conditional_model() -> None:
    found = pool_rare_events(RARE, level=0.95)
    assert found.model.startswith("CM.EL")
    assert found.attempts[0].answered
    assert "DOUBLE_ZERO_EXCLUDED" in found.codes
    assert found.fit.left_out[0].label == "B"
    assert (found.events_1, found.total_1, found.events_2, found.total_2) == (3, 170, 9, 171)


def fails(fitter):
    def fit(tables, level):
        fitter(tables, level)
        raise InputError(["told to fail"])

    return fit


@pytest.mark.parametrize(
    ("failures", "model", "codes"),
    [
        (1, "CM.EL, second", ("GLMM_SECOND_OPTIMISER",)),
        (2, "UM.RS", ("CM.EL_FAILED", "UM.RS_USED")),
        (3, "beta-binomial", ("GLMM_FAILED", "BETA_BINOMIAL_USED")),
        (4, "Mantel-Haenszel", ("GLMM_FAILED", "BETA_BINOMIAL_FAILED", "MANTEL_HAENSZEL_USED")),
        (5, "not pooled", ("NOT_POOLED",)),
    ],
)
def test_every_fallback_is_announced(failures, model, codes) -> None:
    order = tuple((n, c, fails(f) if i < failures else f) for i, (n, c, f) in enumerate(ORDER))
    found = pool_rare_events(RARE, level=0.95, fitters=order)
    assert found.model.startswith(model)
    assert found.codes[: len(codes)] == codes
    assert [attempt.answered for attempt in found.attempts] == [False] * failures + [True] * (failures < 5)
    assert all("told to fail" in attempt.why_not for attempt in found.attempts[:failures])
    assert (found.estimate is None) == (failures == 5)


def test_nobody_in_an_arm_is_not_pooled_and_every_reason_is_kept() -> None:
    found = pool_rare_events(check_two_arms([0, 0, 0], [50, 60, 40], [2, 0, 1], [50, 60, 40]), level=0.95)
    assert (found.fit, found.estimate, found.codes) == (None, None, ("NOT_POOLED", "FEW_EVENTS"))
    assert len(found.attempts) == 5
    assert all(attempt.why_not for attempt in found.attempts)


arms = st.lists(
    st.tuples(st.integers(1, 30), st.integers(31, 60), st.integers(1, 30), st.integers(31, 60)), min_size=2, max_size=6
)


@settings(deadline=None)
@given(arms)
def test_swapping_arms_flips_the_sign_and_order_does_not_matter(cells) -> None:
    x1, n1, x2, n2 = (list(part) for part in zip(*cells, strict=True))
    one, two = check_two_arms(x1, n1, x2, n2), check_two_arms(x2[::-1], n2[::-1], x1[::-1], n1[::-1])
    pools = [partial(mantel_haenszel, measure=measure) for measure in ("OR", "RR", "RD")] + [peto]
    for pool in pools:
        a, b = pool(one, level=0.95), pool(two, level=0.95)
        assert b.estimate == pytest.approx(-a.estimate, rel=1e-9, abs=1e-12)
        assert b.se == pytest.approx(a.se, rel=1e-9)
