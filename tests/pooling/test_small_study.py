"""Small-study effects: pinned references, exact small cases, and refusals."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import gammainc
from scipy.stats import norm

from evsynth.pooling.guard import InputError
from evsynth.pooling.small_study.egger import regtest
from evsynth.pooling.small_study.excess import tes
from evsynth.pooling.small_study.fail_safe import fsn
from evsynth.pooling.small_study.funnel import funnel
from evsynth.pooling.small_study.gate import FEW_STUDIES, MEASURE_UNKNOWN, TIED_TO_ITS_SE
from evsynth.pooling.small_study.henmi_copas import hc
from evsynth.pooling.small_study.limit import limitmeta
from evsynth.pooling.small_study.pet_peese import pet_peese
from evsynth.pooling.small_study.rank import exact_p, ranktest
from evsynth.pooling.small_study.regression import estimate_tau2, line
from evsynth.pooling.small_study.trim_and_fill import trimfill
from evsynth.pooling.small_study.two_by_two import metabias

PINS = json.loads((Path(__file__).parents[1] / "references" / "small_study_metafor.json").read_text("utf-8"))
DATA = PINS["datasets"]

# Closed forms: both sides round.
RELATIVE = 1e-10
# p-values far in a tail amplify the rounding of their statistic.
P_RELATIVE = 1e-9
# At the boundary metafor ends at a tiny positive tau2 (step halving), here it is 0; relative to the smallest variance.
TAU2_ABSOLUTE = 1e-11
# metafor's trimfill refits the filled data with its default convergence; ours is the root of the score.
REFIT_TAU2 = 3e-3
# metafor's hc and tes solve for their bounds with uniroot's default tolerance (1.2e-4 of the bracket).
HC_BOUND, TES_LIMIT = 1e-6, 5e-3
# fsn "General" of metafor is our exact N rounded to the nearest whole number, and 1 more; its tau2 is left at its
# default convergence, so that at fractions this near a half it may round to the other side.
HALF = 5e-3


def cases(function: str) -> list:
    return [pytest.param(case, id=case["id"]) for case in PINS["cases"] if case["function"] == function]


def data(case: dict) -> tuple[list, list]:
    found = DATA[case["dataset"]]
    return found["yi"], found["vi"]


def test_grid_of_pins_is_complete() -> None:
    found: dict[str, int] = {}
    for case in PINS["cases"]:
        found[case["function"]] = found.get(case["function"], 0) + 1
    assert found == {"regtest": 192, "ranktest": 24, "trimfill": 237, "fsn": 108, "tes": 81, "hc": 12}
    assert len(PINS["table_cases"]) == 160
    assert len({case["dataset"] for case in PINS["cases"]}) == 12


@pytest.mark.parametrize("case", cases("regtest"))
def test_regression_tests_match_metafor(case: dict) -> None:
    y, v = data(case)
    found, expected = regtest(y, v, ni=DATA[case["dataset"]]["ni"], few="warn", **case["arguments"]), case["output"]
    assert found.statistic == pytest.approx(expected["zval"], rel=RELATIVE, abs=RELATIVE)
    assert found.p == pytest.approx(expected["pval"], rel=P_RELATIVE)
    assert found.df == expected["ddf"]
    assert (found.intercept, found.slope) == pytest.approx(expected["coef"], rel=RELATIVE)
    assert (found.intercept_se, found.slope_se) == pytest.approx(expected["se"], rel=RELATIVE)
    if expected["est"] is None:
        assert found.limit is None
    else:
        slack = RELATIVE * found.intercept_se
        bounds = (expected["est"], expected["ci.lb"], expected["ci.ub"])
        assert (found.limit, found.limit_lower, found.limit_upper) == pytest.approx(bounds, rel=RELATIVE, abs=slack)
    if expected["tau2"] is not None:
        assert found.tau2 == pytest.approx(expected["tau2"], rel=RELATIVE, abs=TAU2_ABSOLUTE * min(v))
        assert "TAU2_NOT_CERTIFIED" not in found.codes
    if expected["sigma"] is not None:
        assert found.dispersion == pytest.approx(expected["sigma"], rel=RELATIVE)


@pytest.mark.parametrize("case", cases("ranktest"))
def test_rank_test_matches_metafor(case: dict) -> None:
    found, expected = ranktest(*data(case), few="warn", **case["arguments"]), case["output"]
    assert found.tau == pytest.approx(expected["tau"], rel=RELATIVE, abs=1e-14)
    assert found.p == pytest.approx(expected["pval"], rel=P_RELATIVE)


def test_exact_rank_p_counts_all_orders() -> None:
    for n in (2, 3, 5, 6):
        pairs = list(itertools.combinations(range(n), 2))
        counts = [sum(order[a] < order[b] for a, b in pairs) for order in itertools.permutations(range(n))]
        for concordant in range(len(pairs) + 1):
            below = sum(count <= concordant for count in counts) / len(counts)
            above = sum(count >= concordant for count in counts) / len(counts)
            assert exact_p(concordant, n) == pytest.approx(min(1.0, 2 * min(below, above)), rel=1e-14)


@pytest.mark.parametrize("case", cases("trimfill"))
def test_trim_and_fill_matches_metafor(case: dict) -> None:
    found, expected = trimfill(*data(case), few="warn", **case["arguments"]), case["output"]
    assert (found.k0, found.side, found.k) == (expected["k0"], expected["side"], expected["k"])
    if expected["se.k0"] == "NaN":
        assert found.k0_se is None
    else:
        assert found.k0_se == pytest.approx(expected["se.k0"], rel=RELATIVE, abs=1e-9)
    if expected["p.k0"] is not None:
        assert found.p_k0 == expected["p.k0"]
    filled = expected["yi.fill"] if isinstance(expected["yi.fill"], list) else [expected["yi.fill"]]
    wanted = sorted(value for value in filled if value is not None)
    assert sorted(found.filled_y) == pytest.approx(wanted, rel=RELATIVE, abs=RELATIVE * found.se)
    closed = case["arguments"]["method"] != "REML" or found.k0 == 0
    loose = RELATIVE if closed else REFIT_TAU2
    assert found.mean == pytest.approx(expected["beta"], rel=RELATIVE, abs=loose * found.se)
    assert found.se == pytest.approx(expected["se"], rel=loose)
    scale = found.tau2 + min(DATA[case["dataset"]]["vi"])
    assert found.tau2 == pytest.approx(expected["tau2"], abs=(TAU2_ABSOLUTE if closed else REFIT_TAU2) * scale)
    assert found.q == pytest.approx(expected["QE"], rel=RELATIVE)


def test_the_refit_of_trim_and_fill_is_the_root_of_the_score() -> None:
    y, v = DATA["lau1992:OR"]["yi"], DATA["lau1992:OR"]["vi"]
    found = trimfill(y, v, method="REML", estimator="L0", few="warn")
    y, v = [*y, *found.filled_y], [*v, *found.filled_v]
    mpmath.mp.dps = 40

    def score(tau2: float) -> mpmath.mpf:
        w = [1 / (mpmath.mpf(b) + mpmath.mpf(tau2)) for b in v]
        mean = sum(a * b for a, b in zip(w, y, strict=True)) / sum(w)
        squares = sum(a * a * (b - mean) ** 2 for a, b in zip(w, y, strict=True))
        return squares - sum(w) + sum(a * a for a in w) / sum(w)

    assert found.tau2 > 0
    assert score(found.tau2 * (1 - 1e-11)) > 0 > score(found.tau2 * (1 + 1e-11))


@pytest.mark.parametrize("case", cases("fsn"))
def test_fail_safe_n_matches_metafor(case: dict) -> None:
    y, v = data(case)
    arguments = dict(case["arguments"])
    if "vi" in arguments:
        v = arguments.pop("vi")
    found, expected = fsn(y, v, few="warn", **arguments), case["output"]
    if arguments["type"] == "General":
        assert found.n == math.ceil(found.exact_n)
        counted = {math.floor(found.exact_n + 0.5 + shift) + 1 if found.exact_n > 0 else 0 for shift in (-HALF, HALF)}
        assert expected["fsnum"] in counted
    else:
        assert found.n == expected["fsnum"]
        if expected.get("pval") is not None:
            assert found.p == pytest.approx(expected["pval"], rel=P_RELATIVE)
        if expected.get("est") is not None:
            assert found.estimate == pytest.approx(expected["est"], rel=RELATIVE)


@pytest.mark.parametrize("case", cases("tes"))
def test_excess_significance_matches_metafor(case: dict) -> None:
    found, expected = tes(*data(case), few="warn", **case["arguments"]), case["output"]
    assert found.observed == expected["O"]
    assert found.expected == pytest.approx(expected["E"], rel=RELATIVE)
    assert found.p == pytest.approx(expected["pval"], rel=P_RELATIVE)
    limit = expected["theta.lim"][0]
    if limit is None:
        assert found.limit is None
    else:
        assert found.limit == pytest.approx(limit, rel=TES_LIMIT)
        again = tes(*data(case), few="warn", theta=found.limit, **case["arguments"])
        assert again.p == pytest.approx(found.limit_alpha, rel=1e-9)


@pytest.mark.parametrize("case", cases("hc"))
def test_henmi_copas_matches_metafor(case: dict) -> None:
    found, expected = hc(*data(case)), case["output"]
    assert (found.mean, found.se) == pytest.approx((expected["beta"], expected["se"]), rel=RELATIVE)
    assert found.tau2 == pytest.approx(expected["tau2"], rel=RELATIVE, abs=1e-14)
    bounds = (expected["ci.lb"], expected["ci.ub"])
    assert (found.lower, found.upper) == pytest.approx(bounds, abs=HC_BOUND * found.se)


def test_henmi_copas_critical_value_solves_its_equation() -> None:
    y, v = (np.array(DATA["thompson1999:OR"][name]) for name in ("yi", "vi"))
    found = hc(y, v)
    w, k = 1 / v, len(y)
    total, ratio = w.sum(), (w**2).sum() / w.sum()
    d, a = 1 + found.tau2 * w, np.sqrt(w / w.sum())
    variance = a @ (d * a)
    m = np.eye(k) - np.outer(a, a)
    s = np.diag(d) - np.outer(d * a, d * a) / variance
    mean = d * a / variance

    def integrand(r: float) -> float:
        centre = np.trace(m @ s) + r * r * mean @ m @ mean
        spread = 2 * np.trace(m @ s @ m @ s) + 4 * r * r * mean @ m @ s @ m @ mean
        bound = k - 1 + ((r / found.critical) ** 2 - 1) * (total - ratio) / ratio
        return gammainc(centre**2 / spread, bound * centre / spread) * norm.pdf(r, scale=math.sqrt(variance))

    tail = quad(integrand, found.critical, np.inf, epsabs=1e-13, epsrel=1e-11, limit=200)[0]
    assert tail == pytest.approx(0.025, rel=1e-9)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in PINS["table_cases"]])
def test_tables_match_meta(case: dict) -> None:
    found, expected = metabias(**PINS["tables"][case["dataset"]], method=case["method"], few="warn"), case["output"]
    bias, se = expected["estimate"]
    assert found.bias == pytest.approx(bias, rel=RELATIVE, abs=RELATIVE * se)
    assert found.se == pytest.approx(se, rel=RELATIVE)
    assert found.p == pytest.approx(expected["pval"], rel=P_RELATIVE)
    assert (found.df or []) == expected["df"]


def test_tables_name_what_was_left_out_and_corrected() -> None:
    found = metabias([0, 1, 4, 3], [9, 9, 6, 12], [0, 0, 5, 7], [8, 9, 7, 9], method="Peters", few="warn")
    assert (found.left_out, found.corrected, found.k) == ((1,), (2,), 3)
    assert {"TABLES_WITHOUT_EVENTS_LEFT_OUT", "ZERO_CELLS_CORRECTED"} <= set(found.codes)
    harbord = metabias([0, 1, 4, 3], [9, 9, 6, 12], [0, 0, 5, 7], [8, 9, 7, 9], method="Harbord", few="warn")
    assert harbord.corrected == ()


Y = (-0.9, -1.6, -1.3, -1.4, -0.2, -0.8, -1.6, 0.0, -0.5, -1.4)
V = (0.33, 0.19, 0.42, 0.02, 0.05, 0.007, 0.22, 0.004, 0.056, 0.073)
EVERY = (
    lambda y, v, **k: regtest(y, v, model="lm", predictor="sei", **k),
    ranktest,
    lambda y, v, **k: trimfill(y, v, method="DL", estimator="L0", **k),
    lambda y, v, **k: fsn(y, v, type="Rosenthal", **k),
    lambda y, v, **k: tes(y, v, test="exact", **k),
    hc,
    pet_peese,
    limitmeta,
    funnel,
)


@pytest.mark.parametrize("method", EVERY)
@pytest.mark.parametrize("measure", ["PR", "PLO", "PAS", "PFT", "proportion"])
def test_every_method_refuses_proportions(method, measure: str) -> None:
    for few in ("warn", "refuse"):
        with pytest.raises(InputError, match="funnel asymmetry says nothing"):
            method(Y, V, measure=measure, few=few)


@pytest.mark.parametrize("method", EVERY)
def test_every_method_refuses_or_warns_below_ten(method) -> None:
    with pytest.raises(InputError, match="9 studies given; below 10"):
        method(Y[:9], V[:9], measure="MD", few="refuse")
    found = method(Y[:9], V[:9], measure="MD", few="warn")
    assert FEW_STUDIES in found.codes
    assert found.shows
    assert found.cannot_show
    assert FEW_STUDIES not in method(Y, V, measure="MD", few="refuse").codes


@pytest.mark.parametrize("method", EVERY)
@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        ((*Y[:9], math.nan), V, "study 10: estimate y = nan"),
        (Y, (*V[:9], 0.0), "study 10: variance v = 0.0"),
        ((), (), "0 studies given"),
    ],
)
def test_every_method_refuses_bad_numbers(method, y, v, message: str) -> None:
    with pytest.raises(InputError, match=message):
        method(y, v, few="warn")


def test_codes_for_the_measure() -> None:
    assert MEASURE_UNKNOWN in regtest(Y, V, model="lm", predictor="sei").codes
    assert TIED_TO_ITS_SE in regtest(Y, V, model="lm", predictor="sei", measure="OR").codes
    assert regtest(Y, V, model="lm", predictor="ninv", ni=range(50, 60), measure="OR").codes == ()
    assert regtest(Y, V, model="lm", predictor="sei", measure="MD").codes == ()


def test_refusals_of_single_methods() -> None:
    with pytest.raises(InputError, match="in every study, so no slope"):
        regtest(Y, [0.1] * 10, model="lm", predictor="sei")
    with pytest.raises(InputError, match="needs the total sample sizes"):
        regtest(Y, V, model="lm", predictor="ni")
    with pytest.raises(InputError, match=r"study 2: sample size 0\.0"):
        regtest(Y, V, model="lm", predictor="ni", ni=[9, 0, *range(8)])
    with pytest.raises(InputError, match="fits every study exactly"):
        regtest([0.5] * 10, V, model="lm", predictor="sei")
    with pytest.raises(InputError, match="cannot be ranked"):
        ranktest([0.5] * 10, V)
    with pytest.raises(InputError, match="nothing to trim"):
        trimfill([0.5] * 10, V, method="DL", estimator="L0")
    with pytest.raises(InputError, match="same side of 0"):
        fsn(Y, V, type="Orwin", target=0.3)
    with pytest.raises(InputError, match="belongs to type 'Orwin'"):
        fsn(Y, V, type="Rosenthal", target=0.3)
    with pytest.raises(InputError, match="2 studies given; this needs at least 3"):
        regtest(Y[:2], V[:2], model="lm", predictor="sei", few="warn")


def test_variances_far_apart() -> None:
    v = [1e-8, 1e-4, 1.0, 0.5, 0.3, 2.0, 0.1, 0.7, 0.2, 0.9]
    for method in ("EE", "DL", "ML", "REML"):
        found = regtest(Y, v, model="rma", method=method, predictor="sei", test="z")
        assert math.isfinite(found.p)
        x = np.sqrt(v)
        fit = line(np.array(Y), np.array(v), x, found.tau2)
        assert found.slope == fit.slope
        residual = fit.weights * (fit.weights * fit.residuals**2 - 1)
        if method == "REML" and found.tau2 > 0:
            slope = math.fsum([*residual, *(fit.weights * fit.leverages)])
            assert abs(slope) < 1e-9 * math.fsum(fit.weights)


def test_mirror_images() -> None:
    y, v = DATA["bcg:RR"]["yi"], DATA["bcg:RR"]["vi"]
    left = trimfill(y, v, method="REML", estimator="L0")
    right = trimfill([-value for value in y], v, method="REML", estimator="L0")
    assert (left.side, right.side) == ("right", "left")
    assert right.mean == pytest.approx(-left.mean, rel=1e-12)
    one, two = (regtest(z, v, model="rma", predictor="sei") for z in (y, [-value for value in y]))
    assert one.statistic == pytest.approx(-two.statistic, rel=1e-10)


def test_limit_meta_analysis() -> None:
    y, v = DATA["bcg:RR"]["yi"], DATA["bcg:RR"]["vi"]
    found = limitmeta(y, v, measure="RR")
    # The adjusted mean is the line's value where v = 0, and Q splits as in Egger's line.
    assert found.mean == pytest.approx(found.b + math.sqrt(found.tau2) * found.a, rel=1e-12)
    assert found.q == pytest.approx(found.q_small + found.q_rest, rel=1e-12)
    egger = regtest(y, v, model="lm", predictor="sei")
    assert found.q_rest == pytest.approx(egger.dispersion**2 * (egger.k - 2), rel=1e-12)
    # Without heterogeneity every limit is the adjusted mean, which is Egger's intercept.
    plain = limitmeta(y, v, method="EE")
    assert plain.limits == pytest.approx([plain.mean] * 13, rel=1e-12)
    assert plain.mean == pytest.approx(egger.intercept, rel=1e-10)


def test_pet_peese_takes_what_the_rule_says() -> None:
    sei = np.linspace(0.05, 0.5, 12)
    wobble = np.array([0.01, -0.01] * 6)
    strong, weak = 0.4 + wobble + 0.5 * sei**2, wobble + 1.2 * sei - 0.02
    found = pet_peese(strong, sei**2, measure="MD")
    assert found.used == "PEESE"
    assert found.estimate == pytest.approx(0.4, abs=0.02)
    found = pet_peese(weak, sei**2, measure="MD")
    assert found.used == "PET"
    assert found.estimate == found.pet.limit


def test_funnel_values() -> None:
    found = funnel((0.0, 0.5, -0.6), (0.04, 0.04, 0.04), centre=0.1, measure="MD")
    assert [point.band for point in found.points] == [(0.1, 1.0), (0.01, 0.05), (0.0, 0.01)]
    assert found.contours[1].right == pytest.approx(1.959963984540054 * 0.2)
    assert found.expected is not None
    assert (found.expected.left + found.expected.right) / 2 == pytest.approx(0.1)
    with pytest.raises(InputError, match="largest first"):
        funnel(Y, V, contours=(0.01, 0.05), measure="MD")


def test_tau2_of_a_line_is_certified() -> None:
    y, v = (np.array(DATA["bcg:RR"][name]) for name in ("yi", "vi"))
    for method in ("ML", "REML"):
        found = estimate_tau2(y, v, np.sqrt(v), method=method)
        assert found.certified
        assert "branch and bound" in found.certificate
