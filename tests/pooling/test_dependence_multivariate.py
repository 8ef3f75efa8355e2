"""Multilevel and multivariate models: pinned references, the likelihood in 40 digits, edges, laws."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evsynth.pooling.dependence import fit_multivariate, profile_interval
from evsynth.pooling.dependence.marginal import build, evaluate
from evsynth.pooling.dependence.random_terms import read_terms
from evsynth.pooling.dependence.search import maximise
from evsynth.pooling.dependence.structures import STRUCTS, Structure, covariance
from evsynth.pooling.guard import InputError

REFERENCE = json.loads((Path(__file__).parents[1] / "references" / "dependence_metafor.json").read_text("utf-8"))

# At the reference's own components everything is closed form: both sides only round.
AT_COMPONENTS, P_AT_COMPONENTS = 1e-10, 1e-9
# The reference's optimisers stop where the log-likelihood no longer changes: 1e-11 at worst, and then its components
# are good to about the square root of that.
LOG_LIKELIHOOD, COMPONENT, CORRELATION = 1e-10, 1e-5, 2e-5
# One Newton step in 40 digits from where our search ended, relative to the component plus the smallest variance.
NEWTON = 1e-11
# The reference's intervals are found to its root tolerance, 1.2e-4, on flat profiles.
PROFILE = 2e-3
# Not identified: any value on a line of maxima is as good, so only what does not depend on it is compared.
RIDGE = "rma.mv/senn2013/arm_based/REML/z"


def cases() -> list:
    return [pytest.param(case, id=case["id"]) for case in REFERENCE["cases"]]


def data_of(case: dict) -> dict:
    data, arguments = REFERENCE["datasets"][case["dataset"]], case["arguments"]
    v = np.diag(np.array(data["v"], dtype=float))
    for i, j, value in data["V"] or ():
        v[i, j] = v[j, i] = value
    design = data["X"][arguments["mods"]]
    return {
        "y": data["y"],
        "V": v,
        "X": design["rows"],
        "names": design["names"],
        "columns": data["columns"],
        **{name: arguments[name] for name in ("random", "struct", "method", "test", "dfs")},
    }


@cache
def fitted(name: str):
    case = next(case for case in REFERENCE["cases"] if case["id"] == name)
    return fit_multivariate(**data_of(case))


def test_grid_of_pins_is_complete() -> None:
    assert len(REFERENCE["cases"]) == 40
    assert len(REFERENCE["datasets"]) == 11
    correlated = {c["arguments"]["struct"][0] for c in REFERENCE["cases"] if "1 |" not in c["arguments"]["random"]}
    assert correlated == {"UN", "CS", "HCS", "DIAG", "ID", "AR", "HAR"}
    assert {c["arguments"]["method"] for c in REFERENCE["cases"]} == {"ML", "REML"}
    assert {(c["arguments"]["test"], c["arguments"]["dfs"]) for c in REFERENCE["cases"]} == {
        ("z", "residual"),
        ("t", "residual"),
        ("t", "contain"),
    }


@pytest.mark.parametrize("case", cases())
def test_reaches_the_maximum_of_metafor(case: dict) -> None:
    found, expected = fitted(case["id"]), case["output"]
    assert found.log_likelihood >= expected["ll"] - LOG_LIKELIHOOD
    assert found.log_likelihood == pytest.approx(expected["ll"], abs=1e-8)
    assert found.gradient < 1e-10
    assert "LIKELIHOOD_NOT_CONVERGED" not in found.codes
    assert "12 fixed starts" in found.certificate
    if case["id"] == RIDGE:
        assert {"COMPONENTS_NOT_IDENTIFIED", "RANDOM_COVARIANCE_NOT_POSITIVE_SEMIDEFINITE"} <= set(found.codes)
        theirs = expected["tau2"][0] * (1 - expected["rho"][0])
        assert found.values("tau2")[0] * (1 - found.values("rho")[0]) == pytest.approx(theirs, rel=COMPONENT)
        return
    least = min(REFERENCE["datasets"][case["dataset"]]["v"])
    for symbol, tolerance in (("sigma2", COMPONENT), ("tau2", COMPONENT), ("rho", CORRELATION)):
        parts = [part for part in found.components if part.symbol == symbol]
        for part, value in zip(parts, expected[symbol], strict=False):
            if part.identified:
                slack = tolerance * (1 if symbol == "rho" else least)
                assert part.value == pytest.approx(value, rel=tolerance, abs=slack)
    for name, fit in (("ML", found.ml), ("REML", found.reml)):
        pins = expected["fit.stats"][name]
        for value, key in zip(fit, ("ll", "dev", "AIC", "BIC", "AICc"), strict=True):
            assert value == pytest.approx(pins[key], abs=1e-5)


@pytest.mark.parametrize("case", cases())
def test_matches_metafor_at_its_components(case: dict) -> None:
    expected, data = case["output"], data_of(case)
    intercepts = "1 |" in data["random"]
    if intercepts:
        data["sigma2"] = expected["sigma2"]
    else:
        data["tau2"] = expected["tau2"]
        if data["struct"][0] not in ("ID", "DIAG"):
            data["rho"] = expected["rho"]
    found = fit_multivariate(**data)
    assert found.certificate == "nothing was searched for: every component was given"
    assert found.residual.q == pytest.approx(expected["QE"], rel=AT_COMPONENTS)
    assert found.residual.p == pytest.approx(expected["QEp"], rel=P_AT_COMPONENTS)
    for j, row in enumerate(found.coefficients):
        slack = AT_COMPONENTS * expected["se"][j]
        assert row.estimate == pytest.approx(expected["beta"][j], abs=slack)
        assert row.se == pytest.approx(expected["se"][j], rel=AT_COMPONENTS)
        assert row.p == pytest.approx(expected["pval"][j], rel=P_AT_COMPONENTS)
        assert row.lower == pytest.approx(expected["ci.lb"][j], abs=10 * slack)
        assert row.upper == pytest.approx(expected["ci.ub"][j], abs=10 * slack)
        assert row.df == expected["ddf"][j]
    assert found.omnibus.statistic == pytest.approx(expected["QM"], rel=AT_COMPONENTS)
    assert [found.omnibus.m, found.omnibus.df] == expected["QMdf"]
    assert found.omnibus.p == pytest.approx(expected["QMp"], rel=P_AT_COMPONENTS)


@pytest.mark.parametrize("struct", [*STRUCTS])
def test_derivatives_of_structures(struct: str) -> None:
    """Against central differences, which lose half of the digits."""
    structure = Structure(struct, (0.0, 1.0, 2.5) if struct == "CAR" else (0.0, 1.0, 2.0))
    theta, h = np.array([0.7, 0.4, 1.1, 0.3, -0.5, 0.9][: structure.scales + structure.correlations]), 1e-5
    here = covariance(structure, theta)
    for a in range(len(theta)):
        step = np.zeros(len(theta))
        step[a] = h
        up, down = covariance(structure, theta + step), covariance(structure, theta - step)
        assert here.first[a] == pytest.approx((up.g - down.g) / (2 * h), abs=1e-9)
        assert here.second[:, a] == pytest.approx((up.first - down.first) / (2 * h), abs=1e-9)


@pytest.mark.parametrize("method", ["ML", "REML"])
def test_derivatives_of_the_likelihood(method: str) -> None:
    data = data_of(next(c for c in REFERENCE["cases"] if c["id"].startswith("rma.mv/fine1993/HAR/REML")))
    terms = read_terms(["~ time | study", "~ 1 | study"], struct="UN", columns=data["columns"], rows=len(data["y"]))
    problem = build(np.array(data["y"]), data["V"], np.array(data["X"], float), terms)
    theta, h = np.array([0.3, 0.4, 0.5, 0.6, 0.2, -0.3, 0.1, 0.4, 0.2, -0.1, 0.35]), 1e-5
    here = evaluate(problem, theta, method=method, curvature=True)
    for a in range(len(theta)):
        step = np.zeros(len(theta))
        step[a] = h
        up, down = (evaluate(problem, theta + s * step, method=method, curvature=False) for s in (1, -1))
        assert here.gradient[a] == pytest.approx((up.value - down.value) / (2 * h), rel=1e-6, abs=1e-7)
        assert here.hessian[a] == pytest.approx((up.gradient - down.gradient) / (2 * h), rel=1e-6, abs=1e-6)


def mp_log_likelihood(y, v, x, groups, components, method):
    """REML or ML of nested random intercepts (outer, estimate), or of UN for two outcomes, block by block in mpmath."""
    k, p = len(y), len(x[0])
    information, score, rss, log_det = mpmath.zeros(p), mpmath.zeros(p, 1), mpmath.mpf(0), mpmath.mpf(0)
    for rows in groups:
        m = mpmath.matrix(len(rows))
        for a, i in enumerate(rows):
            for b, j in enumerate(rows):
                m[a, b] = mpmath.mpf(float(v[i][j])) + components(i, j)
        inverse = m**-1
        xb = mpmath.matrix([[mpmath.mpf(x[i][c]) for c in range(p)] for i in rows])
        yb = mpmath.matrix([mpmath.mpf(y[i]) for i in rows])
        information += xb.T * inverse * xb
        score += xb.T * inverse * yb
        rss += (yb.T * inverse * yb)[0]
        log_det += mpmath.log(mpmath.det(m))
    rss -= (score.T * information**-1 * score)[0]
    value = -(log_det + rss) / 2
    if method == "REML":
        value -= mpmath.log(mpmath.det(information)) / 2
    return value, k


@pytest.mark.parametrize(
    "name",
    [
        "rma.mv/konstantopoulos/3level_year/REML/z",
        "rma.mv/craft2003/3level/ML/z",
        "rma.mv/berkey1998/UN/REML/z",
        "rma.mv/berkey1998/UN_year/ML/z",
    ],
)
def test_maximum_in_40_digits(name: str) -> None:
    """One Newton step in mpmath, which shares no arithmetic and no derivative with us, moves nothing."""
    case = next(case for case in REFERENCE["cases"] if case["id"] == name)
    data, found = data_of(case), fitted(name)
    term = found.problem.terms[0]
    groups = [np.flatnonzero(term.outer == level).tolist() for level in range(len(term.outer_levels))]
    nested = len(found.problem.terms) == 2
    inner = found.problem.terms[-1]
    start = [part.value for part in found.components]
    free = [i for i, value in enumerate(start) if value != 0]

    with mpmath.workdps(40):

        def value(*point):
            full = [mpmath.mpf(c) for c in start]
            for i, c in zip(free, point, strict=True):
                full[i] = c

            def shared(i, j):
                if nested:
                    return full[0] + (full[1] if inner.outer[i] == inner.outer[j] else 0)
                a, b = int(term.inner[i]), int(term.inner[j])
                if a == b:
                    return full[a]
                return full[2] * mpmath.sqrt(full[0] * full[1])

            return mp_log_likelihood(data["y"], data["V"], data["X"], groups, shared, case["arguments"]["method"])[0]

        point, h, n = [mpmath.mpf(start[i]) for i in free], mpmath.mpf(10) ** -12, len(free)

        def shifted(*moves):
            moved = list(point)
            for i, s in moves:
                moved[i] += s * h
            return value(*moved)

        middle = shifted()
        slope = mpmath.matrix([(shifted((i, 1)) - shifted((i, -1))) / (2 * h) for i in range(n)])
        curve = mpmath.matrix(n)
        for i in range(n):
            curve[i, i] = (shifted((i, 1)) - 2 * middle + shifted((i, -1))) / h**2
            for j in range(i):
                corners = (
                    shifted((i, a), (j, b)) * a * b for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))
                )  # fmt: skip
                curve[i, j] = curve[j, i] = sum(corners) / (4 * h**2)
        step = mpmath.lu_solve(curve, -slope)
        least = min(float(d) for d in np.diag(data["V"]))
        for place, i in enumerate(free):
            assert abs(step[place]) <= NEWTON * (abs(start[i]) + least)


def test_components_at_the_boundary_are_exactly_zero_and_said() -> None:
    found = fitted("rma.mv/craft2003/3level/REML/z")
    assert found.values("sigma2")[0] == 0.0
    assert "COMPONENTS_AT_BOUNDARY" in found.codes
    found = fitted("rma.mv/fine1993/HAR/REML/z")
    assert found.values("tau2")[0] == 0.0
    assert found.values("rho") == pytest.approx((1.0,), abs=1e-12)


def test_a_correlation_of_nothing_is_not_identified() -> None:
    found = fitted("rma.mv/fine1993/AR/REML/z")
    assert found.values("tau2") == (0.0,)
    assert "COMPONENTS_NOT_IDENTIFIED" in found.codes
    with pytest.raises(InputError, match="not identified"):
        profile_interval(found, "rho")


def test_more_starts_find_nothing_higher_where_there_are_several_maxima() -> None:
    for name, method in (("rma.mv/fine1993/HAR/ML/z", "ML"), ("rma.mv/berkey1998/UN/REML/z", "REML")):
        found = fitted(name)
        assert "LIKELIHOOD_SEVERAL_STATIONARY_POINTS" in found.codes
        more = maximise(found.problem, method=method, starts=36)
        assert more.likelihood.value == pytest.approx(found.log_likelihood, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "symbol", "number", "pinned"),
    [
        ("rma.mv/konstantopoulos/3level/REML/z", "sigma2", 2, (0.01627352804898558, 0.0628254598519109)),
        ("rma.mv/konstantopoulos/mvparam_CS/REML/z", "rho", 1, (0.32820170729491327, 0.8854532722221293)),
        ("rma.mv/bornmann2007/3level/REML/z", "sigma2", 2, (0.0008101073026066053, 0.014596111988133991)),
    ],
)
def test_profile_intervals_match_metafor(name: str, symbol: str, number: int, pinned: tuple[float, float]) -> None:
    found = profile_interval(fitted(name), symbol, number)
    assert found.lower == pytest.approx(pinned[0], rel=4e-3)
    assert found.upper == pytest.approx(pinned[1], rel=PROFILE)
    assert found.codes == ()


def test_profile_interval_ends_where_the_likelihood_has_fallen_enough() -> None:
    """At both ends, with the other component maximised on a fine grid of its own, half of 3.841 is lost."""
    data = data_of(next(c for c in REFERENCE["cases"] if c["id"] == "rma.mv/konstantopoulos/3level/REML/z"))
    whole = fitted("rma.mv/konstantopoulos/3level/REML/z")
    for end in profile_interval(whole, "sigma2", 1)[1:3]:
        held = fit_multivariate(**data, sigma2=(end, None))
        assert 2 * (whole.log_likelihood - held.log_likelihood) == pytest.approx(3.841458820694124, rel=1e-9)
        assert held.gradient < 1e-10


def test_profile_of_a_correlation_is_wider_than_a_search_that_stopped_early() -> None:
    """metafor's lower bound is -0.527; there our profile, maximised from many starts, has not yet fallen enough."""
    data = data_of(next(c for c in REFERENCE["cases"] if c["id"] == "rma.mv/berkey1998/UN/REML/z"))
    whole = fitted("rma.mv/berkey1998/UN/REML/z")
    found = profile_interval(whole, "rho")
    assert found.lower == pytest.approx(-0.5996181814526, rel=1e-9)
    assert (found.upper, found.codes) == (1.0, ("PROFILE_UPPER_BOUND_AT_EDGE",))
    at_pin = fit_multivariate(**data, rho=(-0.526793037286041,))
    assert 2 * (whole.log_likelihood - at_pin.log_likelihood) < 3.84 - 0.2


def test_one_level_and_unused_struct_are_said() -> None:
    columns = {"one": [1, 1, 1, 1], "study": [1, 2, 3, 4]}
    y, v = [0.1, 0.5, 0.9, 0.2], [0.02, 0.03, 0.04, 0.05]
    found = fit_multivariate(
        y, v, random=["~ 1 | one", "~ 1 | study"], struct="CS", columns=columns, method="REML", test="z"
    )
    assert {"SIGMA2_FIXED_AT_ZERO_ONE_LEVEL", "STRUCT_NOT_USED"} <= set(found.codes)
    assert found.values("sigma2")[0] == 0.0


def test_independent_estimates_agree_with_the_random_effects_model() -> None:
    from evsynth.pooling.heterogeneity import estimate_tau2

    y, v = [0.1, 0.5, 0.9, 0.2, -0.3], [1e-4, 0.03, 1e4, 0.05, 0.02]
    for method in ("ML", "REML"):
        found = fit_multivariate(y, v, random="~ 1 | s", columns={"s": range(5)}, method=method, test="z")
        assert found.values("sigma2")[0] == pytest.approx(estimate_tau2(y, v, estimator=method).value, rel=1e-10)


def test_pair_of_outcomes_never_seen_together_is_not_identified() -> None:
    columns = {"study": [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6], "outcome": list("ababbcbcabbc")}
    y = [-0.45, 0.09, 0.79, -0.57, -0.04, 0.07, 0.35, -0.12, 0.99, -0.07, 0.21, 0.49]
    v = [0.024, 0.030, 0.016, 0.024, 0.049, 0.015, 0.010, 0.017, 0.042, 0.045, 0.031, 0.035]
    x = [[float(o == name) for name in "abc"] for o in columns["outcome"]]
    found = fit_multivariate(
        y, v, x, random="~ outcome | study", struct="UN", columns=columns, method="REML", test="z", names=list("abc")
    )
    rho = {part.of: part.identified for part in found.components if part.symbol == "rho"}
    assert rho["a, c"] is False
    assert rho["a, b"] is True
    assert "COMPONENTS_NOT_IDENTIFIED" in found.codes


GOOD = {"random": "~ 1 | s", "columns": {"s": [1, 1, 2]}, "method": "REML", "test": "z"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"y": [0.1, math.nan, 0.3]}, "estimate 2: y = nan is not a finite number"),
        ({"V": [0.1, 0.0, 0.2]}, r"estimate 2: variance v = 0.0 must be > 0"),
        ({"V": [0.1, math.inf, 0.2]}, "estimate 2: variance v = inf"),
        (
            {"V": np.full((3, 3), 0.1)},
            "V is not positive definite: smallest eigenvalue .* among estimate 1, estimate 2",
        ),
        ({"V": [[0.1, 0.05, 0], [0.01, 0.1, 0], [0, 0, 0.1]]}, "V is not symmetric"),
        ({"y": [0.1], "V": [0.1], "columns": {"s": [1]}}, "1 estimates cannot carry 1 coefficients"),
        ({"X": [[1, 2], [1, 2], [1, 2]]}, "'x1', 'x2' are collinear"),
        ({"X": [[1, math.nan], [1, 2], [1, 2]]}, "column 'x2' of estimate 1 is nan"),
        ({"random": "1 | s"}, "is not of the form"),
        ({"random": "~ 1 | t"}, "there is no column 't'; the columns are 's'"),
        ({"columns": {"s": [1, None, 2]}}, "s: estimate 2 has no value"),
        ({"columns": {"s": [1, 2]}}, "s has 2 values but there are 3 estimates"),
        ({"random": "~ s | s"}, "need one struct each"),
        ({"random": "~ s | s", "struct": "XX"}, "struct = 'XX' is not known"),
        ({"method": "DL"}, "method = 'DL' is not known"),
        ({"sigma2": (-1.0,)}, "sigma2 = -1.0 must be a finite number >= 0"),
        ({"sigma2": (0.1, 0.2)}, "sigma2 has 2 values but the model has 1"),
        ({"level": 95}, "did you mean 0.95"),
    ],
)
def test_refuses(change: dict, message: str) -> None:
    arguments = {"y": [0.1, 0.2, 0.3], "V": [0.1, 0.1, 0.2], **GOOD, **change}
    with pytest.raises(InputError, match=message):
        fit_multivariate(**arguments)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(8)), st.floats(0.01, 100))
def test_order_and_units_do_not_matter(order: list[int], unit: float) -> None:
    y = np.array([0.1, 0.4, 0.3, 0.8, -0.2, 0.5, 0.6, 0.0])
    v = np.array([0.02, 0.05, 0.01, 0.08, 0.03, 0.04, 0.02, 0.06])
    study = [1, 1, 2, 2, 3, 3, 4, 4]
    arguments = {"random": "~ 1 | study", "method": "REML", "test": "z"}
    here = fit_multivariate(y, v, columns={"study": study}, **arguments)
    there = fit_multivariate(
        unit * y[order], unit**2 * v[order], columns={"study": [study[i] for i in order]}, **arguments
    )
    assert there.values("sigma2")[0] == pytest.approx(unit**2 * here.values("sigma2")[0], rel=1e-9, abs=1e-15)
    assert there.beta[0] == pytest.approx(unit * here.beta[0], rel=1e-9)
