"""Network meta-analysis: pinned references, refusals, laws."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evsynth.pooling.guard import InputError
from evsynth.pooling.network import (
    additive_components,
    check_contrasts,
    comparison_adjusted,
    conditional_likelihood,
    decompose,
    fit_network,
    league_table,
    mantel_haenszel,
    p_scores,
    pairwise,
    split,
)
from evsynth.pooling.network.arm_counts import read_arms
from evsynth.pooling.network.conditional_likelihood import _likelihood, _split
from evsynth.pooling.random_effects import pool

REFERENCE = json.loads((Path(__file__).parents[1] / "references" / "network_netmeta.json").read_text("utf-8"))

# Closed forms: common effect, and random effects with tau2 by DL. In units of the standard error.
RELATIVE, P_RELATIVE = 1e-10, 1e-9
# netmeta takes tau2 by REML or ML from an optimiser that stops at about 1e-8 of the likelihood; at tau2 = 0 it stops
# at tau = 2e-5.
ITERATED, TAU2_ITERATED = 1e-6, 1e-6
# Its conditional likelihood is maximised with BFGS and differences.
CONDITIONAL = 5e-5


def cases(function: str, method: str | None = None) -> list:
    return [
        pytest.param(case, id=case["id"])
        for case in REFERENCE["cases"]
        if case["function"] == f"netmeta::{function}" and method in (None, case["arguments"].get("method.tau"))
    ]


@cache
def fitted(dataset: str, method: str):
    data = REFERENCE["datasets"][dataset]["columns"]
    names = ("TE", "seTE", "treat1", "treat2", "studlab")
    return fit_network(**{name: data[name] for name in names}, method_tau=method)


def number(value: object) -> float | None:
    return None if value is None or value == "NaN" else float(value)


def matrix(rows: list) -> np.ndarray:
    return np.array([[0.0 if number(value) is None else number(value) for value in row] for row in rows])


def test_grid_of_pins_is_complete() -> None:
    assert {m: len(cases("netmeta", m)) for m in ("DL", "REML", "ML")} == {"DL": 8, "REML": 7, "ML": 5}
    assert len(cases("netmetabin")) == 3
    assert len(cases("netcomb")) == 1


@pytest.mark.parametrize("case", cases("netmeta", "DL"))
def test_matches_netmeta(case: dict) -> None:
    found, expected = fitted(case["dataset"], "DL"), case["output"]
    assert list(found.treatments) == expected["trts"]
    counts = (found.k, found.m, len(found.treatments), len(found.geometry.designs), found.df)
    assert counts == tuple(expected[name] for name in ("k", "m", "n", "d", "df.Q"))
    assert found.q == pytest.approx(expected["Q"], rel=RELATIVE)
    assert found.p == pytest.approx(expected["pval.Q"], rel=P_RELATIVE)
    assert found.tau2.value == pytest.approx(expected["tau2"], rel=RELATIVE, abs=1e-15)
    assert found.i2 == pytest.approx([expected[name] for name in ("I2", "lower.I2", "upper.I2")], abs=RELATIVE)
    for name, model in (("common", found.common), ("random", found.random)):
        se = matrix(expected[f"seTE.{name}"])
        unit = se + np.eye(len(se))
        assert model.te / unit == pytest.approx(matrix(expected[f"TE.{name}"]) / unit, abs=RELATIVE)
        assert model.se == pytest.approx(se, rel=RELATIVE)
        shares = [pair.direct_share for pair in model.pairs]
        assert shares == pytest.approx(expected[f"prop.direct.{name}"], abs=RELATIVE)
        adjusted = expected[f"seTE.adj.{name}"]
        assert list(model.adjusted_se) == pytest.approx(adjusted, rel=RELATIVE)
        for i, one in enumerate(found.treatments):
            for j, other in enumerate(found.treatments):
                if i == j:
                    continue
                pair, slack = model.pair(one, other), RELATIVE * se[i, j]
                assert pair.studies == expected["A.matrix"][i][j]
                direct, direct_se = (number(expected[f"{k}.direct.{name}"][i][j]) for k in ("TE", "seTE"))
                assert (pair.direct is None) == (direct is None)
                if direct is not None:
                    assert pair.direct == pytest.approx(direct, rel=RELATIVE, abs=slack)
                    assert pair.direct_se == pytest.approx(direct_se, rel=RELATIVE)
                if name == "common":
                    assert pair.lower == pytest.approx(expected["lower.common"][i][j], rel=RELATIVE, abs=10 * slack)
                    assert pair.upper == pytest.approx(expected["upper.common"][i][j], rel=RELATIVE, abs=10 * slack)
                    assert pair.predict_lower is None
                else:
                    assert pair.p == pytest.approx(expected["pval.random"][i][j], rel=P_RELATIVE)
                    low, high = expected["lower.predict"][i][j], expected["upper.predict"][i][j]
                    assert pair.predict_lower == pytest.approx(low, rel=RELATIVE, abs=10 * slack)
                    assert pair.predict_upper == pytest.approx(high, rel=RELATIVE, abs=10 * slack)
    scores = expected["Pscore.desirable"]
    for name in ("common", "random"):
        ours = p_scores(found, model=name, small_values="desirable")
        assert {row.treatment: row.score for row in ours} == pytest.approx(scores[name], abs=RELATIVE)
        assert [row.score for row in ours] == sorted((row.score for row in ours), reverse=True)
        worst = p_scores(found, model=name, small_values="undesirable")
        assert {row.treatment: 1 - row.score for row in worst} == pytest.approx(scores[name], abs=RELATIVE)


@pytest.mark.parametrize("case", cases("netmeta", "DL"))
def test_decomposition_matches_netmeta(case: dict) -> None:
    found, expected = decompose(fitted(case["dataset"], "DL")), case["output"]["decomp"]
    rows = dict(
        zip(
            expected["Q.decomp"]["row"],
            zip(expected["Q.decomp"]["Q"], expected["Q.decomp"]["df"], strict=True),
            strict=True,
        )
    )
    for name, test in (("Total", found.total), ("Within designs", found.within), ("Between designs", found.between)):
        if name in rows:
            assert (test.q, test.df) == pytest.approx(rows[name], rel=RELATIVE)
    own = expected["Q.het.design"]
    assert [test.name for test in found.within_design] == own["design"]
    assert [test.q for test in found.within_design] == pytest.approx(own["Q"], rel=RELATIVE, abs=1e-12)
    assert [test.df for test in found.within_design] == own["df"]
    assert [test.p for test in found.within_design] == [
        pytest.approx(p, rel=P_RELATIVE) if p else None for p in own["pval"]
    ]
    detached = expected["Q.inc.detach"]
    assert [test.name for test in found.detached] == detached["design"]
    assert [test.q for test in found.detached] == pytest.approx(detached["Q"], rel=RELATIVE, abs=1e-12)
    assert [test.df for test in found.detached] == detached["df"]
    joint = expected["Q.inc.random"]
    assert found.random.q == pytest.approx(joint["Q"][0], rel=RELATIVE)
    assert found.random.df == joint["df"][0]
    assert math.sqrt(found.tau2_within) == pytest.approx(joint["tau.within"][0], rel=RELATIVE, abs=1e-12)


@pytest.mark.parametrize("case", cases("netmeta", "DL"))
def test_node_splitting_matches_netmeta(case: dict) -> None:
    fit = fitted(case["dataset"], "DL")
    for method, key in (("Back-calculation", "netsplit"), ("SIDDE", "netsplit_SIDDE")):
        if key not in case["output"]:
            continue
        expected = case["output"][key]
        for model in ("random", "common"):
            rows = {frozenset((row.treat1, row.treat2)): row for row in split(fit, model=model, method=method)}
            for place, label in enumerate(expected["comparison"]):
                first, second = label.split(":")
                row = rows[frozenset((first, second))]
                sign = 1 if row.treat1 == first else -1
                for part, evidence in (
                    ("direct", row.direct),
                    ("indirect", row.indirect),
                    ("compare", row.difference),
                ):
                    pins = expected.get(f"{part}.{model}")
                    if pins is None:
                        continue
                    te, se, p = (number(pins[name][place]) for name in ("TE", "seTE", "p"))
                    assert (evidence is None) == (te is None)
                    if evidence is None:
                        continue
                    # What is left once a share near 1 is taken out has lost as many digits.
                    digits = RELATIVE / (1 - row.direct_share) if part != "direct" and row.studies else RELATIVE
                    assert sign * evidence.estimate == pytest.approx(te, abs=digits * se)
                    assert evidence.se == pytest.approx(se, rel=digits)
                    assert evidence.p == pytest.approx(p, rel=10 * digits)


@pytest.mark.parametrize("case", [*cases("netmeta", "REML"), *cases("netmeta", "ML")])
def test_reproduces_the_likelihood_estimates_of_netmeta(case: dict) -> None:
    method, expected = f"netmeta-{case['arguments']['method.tau']}", case["output"]
    found = fitted(case["dataset"], method)
    assert found.tau2.value == pytest.approx(expected["tau2"], rel=TAU2_ITERATED, abs=1e-9)
    se = matrix(expected["seTE.random"])
    unit = se + np.eye(len(se))
    assert found.random.te / unit == pytest.approx(matrix(expected["TE.random"]) / unit, abs=ITERATED)
    assert found.random.se / unit == pytest.approx(se / unit, abs=ITERATED)
    several = any(len(study.arms) > 2 for study in found.contrasts.studies)
    assert ("TAU2_LEAVES_OUT_SAMPLING_COVARIANCE" in found.codes) == several


def renamed(dataset: str, method: str) -> float:
    """Return tau2 with the treatments called the other way round in the alphabet."""
    data = REFERENCE["datasets"][dataset]["columns"]
    order = sorted({*data["treat1"], *data["treat2"]})
    other = {name: f"{99 - place:02d}" for place, name in enumerate(order)}
    treat1, treat2 = ([other[name] for name in data[side]] for side in ("treat1", "treat2"))
    found = fit_network(data["TE"], data["seTE"], treat1, treat2, data["studlab"], method_tau=method)
    return found.tau2.value


def test_names_of_treatments_change_the_likelihood_estimate_of_netmeta_and_not_ours() -> None:
    assert renamed("synth_net5", "REML") == pytest.approx(fitted("synth_net5", "REML").tau2.value, rel=1e-9)
    assert abs(renamed("synth_net5", "netmeta-REML") - fitted("synth_net5", "netmeta-REML").tau2.value) > 0.05


def test_with_two_arms_only_both_likelihood_estimates_are_the_same() -> None:
    assert fitted("synth_net1", "REML").tau2.value == pytest.approx(
        fitted("synth_net1", "netmeta-REML").tau2.value, rel=1e-12
    )


def test_components_match_netcomb() -> None:
    case = cases("netcomb")[0].values[0]
    data, expected = REFERENCE["datasets"][case["dataset"]]["columns"], case["output"]
    contrasts = check_contrasts(data["TE"], data["seTE"], data["treat1"], data["treat2"], data["studlab"])
    found = additive_components(contrasts, inactive="Placebo")
    assert list(found.components) == expected["comps"]
    for name, rows in (("common", found.common), ("random", found.random)):
        assert [row.se for row in rows] == pytest.approx(expected[f"seComp.{name}"], rel=RELATIVE)
        assert [row.estimate for row in rows] == pytest.approx(expected[f"Comp.{name}"], rel=RELATIVE)
    assert math.sqrt(found.tau2) == pytest.approx(expected["tau"], rel=RELATIVE)
    assert found.additive[1:3] == pytest.approx((expected["Q.additive"], expected["df.Q.additive"]), rel=RELATIVE)
    assert found.difference[1:3] == pytest.approx((expected["Q.diff"], expected["df.Q.diff"]), rel=RELATIVE)
    assert found.difference.p == pytest.approx(expected["pval.Q.diff"], rel=P_RELATIVE)
    with pytest.raises(InputError, match="inactive = 'Sugar' is not a component"):
        additive_components(contrasts, inactive="Sugar")
    with pytest.raises(InputError, match="cannot tell apart the effects of A, B"):
        additive_components(check_contrasts([0.1], [0.2], ["A"], ["B"], ["1"]), inactive=None)


def arms_of(dataset: str) -> tuple[list, list, dict]:
    data, arms = REFERENCE["datasets"][dataset]["columns"], {}
    names = [name for name in ("event", "n", "mean", "sd") if f"{name}1" in data]
    for row in range(len(data["TE"])):
        for side in "12":
            key = (str(data["studlab"][row]), data[f"treat{side}"][row])
            arms[key] = [data[f"{name}{side}"][row] for name in names]
    columns = {name: [values[place] for values in arms.values()] for place, name in enumerate(names)}
    return [study for study, _ in arms], [treat for _, treat in arms], columns


@pytest.mark.parametrize(("dataset", "measure"), [("baker2009", "OR"), ("linde2015", "OR"), ("franchini2012", "MD")])
def test_contrasts_from_arms_are_those_of_the_reference(dataset: str, measure: str) -> None:
    studies, treat, columns = arms_of(dataset)
    add, to = (0.5, "only0") if measure == "OR" else (0.0, "none")
    made = pairwise(studies, treat, columns, measure=measure, add=add, to=to, exclude_uninformative=False)
    found = fit_network(*made[:5], method_tau="DL")
    expected = fitted(dataset, "DL")
    assert found.q == pytest.approx(expected.q, rel=1e-12)
    assert found.random.te == pytest.approx(expected.random.te, abs=1e-12)
    corrected = [code for code in made.codes if code.startswith("ZERO_CELL_CORRECTED")]
    assert len(corrected) == {"baker2009": 3, "linde2015": 0, "franchini2012": 0}[dataset]


@pytest.mark.parametrize(
    ("events", "options", "message"),
    [
        ([0, 3, 2, 1], {}, "study '1'"),
        ([0, 0, 2, 1], {}, "study '1': no events in any arm; leave it out"),
        ([10, 10, 2, 1], {}, "study '1': all had the event in every arm"),
        ([1, 3, 2, 11], {}, "study '2'"),
        ([1, 3, 2, 1], {"treat": ["A", "A", "A", "B"]}, "study '1' has A more than once"),
        ([1, 3, 2, 1], {"studlab": ["1", "1", "2", "3"]}, "study '2' has one arm, A"),
        ([1, 3, 2, 1], {"measure": "SMD"}, "measure = 'SMD' is not known"),
        ([1, 3, 2, 1], {"measure": "MD"}, "needs the columns mean, sd, n; missing mean, sd"),
    ],
)
def test_arms_are_refused(events: list, options: dict, message: str) -> None:
    arguments = {"studlab": ["1", "1", "2", "2"], "treat": ["A", "B", "A", "B"], "measure": "OR", **options}
    columns = {"event": events, "n": [10, 10, 10, 10]}
    with pytest.raises(InputError, match=message):
        pairwise(columns=columns, add=0.0, to="none", exclude_uninformative=False, **arguments)


def test_studies_without_events_are_left_out_only_when_asked_and_named() -> None:
    found = pairwise(
        ["1", "1", "2", "2"],
        ["A", "B", "A", "B"],
        {"event": [0, 0, 2, 1], "n": [10, 10, 10, 10]},
        measure="RR",
        add=0.0,
        to="none",
        exclude_uninformative=True,
    )
    assert found.excluded == (("1", "no events in any arm"),)
    assert found.codes == ("STUDY_EXCLUDED: study '1', no events in any arm",)
    assert len(found.TE) == 1


@pytest.mark.parametrize("case", cases("netmetabin"))
def test_rare_events_match_netmetabin(case: dict) -> None:
    studies, treat, columns = arms_of("woods2010")
    expected, method = case["output"], case["arguments"]["method"]
    arms = (studies, treat, columns["event"], columns["n"])
    tolerance = CONDITIONAL if method == "NCH" else RELATIVE
    if method == "MH":
        found = mantel_haenszel(*arms)
    elif method == "NCH":
        found = conditional_likelihood(*arms, likelihood="multinomial")
        assert found.codes == ("RARE_EVENTS_ASSUMED",)
        assert found.score < 1e-12
    else:
        found = fitted("woods2010", "DL").common
    assert found.te == pytest.approx(matrix(expected["TE.common"]), abs=tolerance)
    assert found.se == pytest.approx(matrix(expected["seTE.common"]), abs=tolerance)


def test_conditional_likelihood_is_fishers_distribution() -> None:
    """Against every split of the events of a three-armed study, counted one by one."""
    study = read_arms("111", "ABC", [2, 1, 4], [7, 9, 12]).studies[0]
    effect = np.array([0.4, -0.7, 1.1])
    weights = {}
    for a in range(8):
        for b in range(8 - a):
            ways = math.comb(7, a) * math.comb(9, b) * math.comb(12, 7 - a - b)
            weights[a, b, 7 - a - b] = ways * math.exp(float(np.dot(effect, (a, b, 7 - a - b))))
    total = sum(weights.values())
    mean = sum(np.array(x) * w for x, w in weights.items()) / total
    cov = sum(np.outer(x, x) * w for x, w in weights.items()) / total - np.outer(mean, mean)
    log_p, ours, spread = _split(study, effect)
    assert log_p == pytest.approx(math.log(weights[2, 1, 4] / total), rel=1e-12)
    assert ours == pytest.approx(mean, rel=1e-12)
    assert spread == pytest.approx(cov, abs=1e-12)


def test_exact_likelihood_is_at_its_maximum_and_differs_from_the_approximation() -> None:
    studies, treat, columns = arms_of("woods2010")
    arms = (studies, treat, columns["event"], columns["n"])
    exact = conditional_likelihood(*arms, likelihood="exact")
    rough = conditional_likelihood(*arms, likelihood="multinomial")
    assert exact.score < 1e-12
    assert exact.codes == ()
    at_rough = _likelihood(read_arms(*arms), -rough.te[0], _split)[0]
    assert exact.log_likelihood > at_rough + 1e-4


def test_rare_events_are_refused_where_nothing_can_be_said() -> None:
    with pytest.raises(InputError, match="runs to infinity"):
        conditional_likelihood("1122", "ABAB", [0, 3, 0, 4], [50, 50, 50, 50], likelihood="exact")
    with pytest.raises(InputError, match="an odds ratio is 0 or infinite"):
        mantel_haenszel("1122", "ABAB", [0, 3, 0, 4], [50, 50, 50, 50])
    with pytest.raises(InputError, match="2 studies of 3 arms; use the conditional likelihood"):
        mantel_haenszel("111222", "ABCABC", [1, 3, 2, 1, 4, 2], [50] * 6)
    found = mantel_haenszel("1122", "ABAB", [1, 3, 0, 0], [50] * 4)
    assert found.codes == ("STUDY_EXCLUDED: study '2', no events in any arm",)
    with pytest.raises(InputError, match=r"falls into 2 parts: \(1\) A, B; \(2\) C, D"):
        mantel_haenszel("1122", "ABCD", [1, 3, 1, 2], [50] * 4)


LINE = {
    "TE": [0.1, 0.2, 0.4],
    "seTE": [0.1, 0.1, 0.2],
    "treat1": ["A", "B", "A"],
    "treat2": ["B", "C", "C"],
    "studlab": ["1", "2", "3"],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"treat1": ["A", "D", "D"], "treat2": ["B", "C", "C"]}, r"2 parts .*: \(1\) A, B; \(2\) C, D"),
        ({"TE": [0.1, math.nan, 0.4]}, "study '2', B against C: TE = nan is not a finite number"),
        ({"seTE": [0.1, 0.0, 0.2]}, "study '2', B against C: seTE = 0.0 must be a finite number > 0"),
        ({"treat2": ["B", "B", "C"]}, "study '2', B against B: a treatment is compared with itself"),
        ({"studlab": ["1", "1", "3"]}, "study '1': the contrast of A and C is missing"),
        (
            {"studlab": ["1", "1", "1"], "TE": [0.1, 0.2, 0.9], "seTE": [0.1, 0.1, 0.12]},
            "study '1': its contrasts do not add up",
        ),
        ({"studlab": ["1", "1", "1"], "TE": [0.1, 0.2, 0.3], "seTE": [0.1, 0.1, 0.3]}, "cannot belong to contrasts"),
        ({"studlab": ["1", "2", "1"], "treat2": ["B", "C", "B"]}, "A and B are compared 2 times"),
        ({"TE": [0.1, 0.2]}, "different lengths"),
        ({"TE": [], "seTE": [], "treat1": [], "treat2": [], "studlab": []}, "no contrasts given"),
    ],
)
def test_refuses(change: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        fit_network(**{**LINE, **change}, method_tau="DL")


def test_a_network_without_loops_or_repeats_has_no_random_effects() -> None:
    rows = {name: values[:2] for name, values in LINE.items()}
    found = fit_network(**rows, method_tau="REML")
    assert (found.random, found.df, found.p, found.tau2.value) == (None, 0, None, None)
    assert found.codes == ("TAU2_NOT_ESTIMABLE",)
    assert found.geometry.bridges == (("A", "B"), ("B", "C"))
    assert found.geometry.loops == ()
    with pytest.raises(InputError, match="there is no random-effects model"):
        p_scores(found, model="random", small_values="desirable")
    assert decompose(found).random is None


def test_geometry() -> None:
    shape = fitted("senn2013_contrast", "DL").geometry
    assert ("metf", "plac", 4) in shape.comparisons
    assert shape.multi_arm == ("Willms1999",)
    assert all(len(loop) == 3 or len(loop) == 4 for loop in shape.loops)
    assert ("benf", "plac") in shape.bridges


def test_two_treatments_are_an_ordinary_meta_analysis() -> None:
    y, v = [0.1, 0.5, -0.2, 0.7], [0.02, 0.05, 0.03, 0.08]
    ordinary = pool(y, v, estimator="DL", interval="wald", prediction="V", level=0.95)
    found = fit_network(y, np.sqrt(v), ["A"] * 4, ["B"] * 4, range(4), method_tau="DL")
    pair = found.random.pair("A", "B")
    assert found.tau2.value == pytest.approx(ordinary.tau2.value, rel=1e-12)
    assert (pair.estimate, pair.se) == pytest.approx((ordinary.mean, ordinary.se), rel=1e-12)
    assert (pair.predict_lower, pair.predict_upper) == pytest.approx(ordinary.prediction[1:3], rel=1e-12)
    assert pair.indirect is None
    likelihood = pool(y, v, estimator="REML", interval="wald", prediction="V", level=0.95)
    fit = fit_network(y, np.sqrt(v), ["A"] * 4, ["B"] * 4, range(4), method_tau="REML")
    assert fit.tau2.value == pytest.approx(likelihood.tau2.value, rel=1e-10)


def test_league_table_and_funnel() -> None:
    found = fitted("senn2013_contrast", "DL")
    order = ["plac", *(name for name in found.treatments if name != "plac")]
    table = league_table(found, model="common", order=order, ratio=False)
    assert [table.cells[i][i] for i in range(len(order))] == order
    metf = order.index("metf")
    assert table.cells[metf][0] == "1.11 (1.00 to 1.23)"  # placebo against metformin
    assert table.cells[0][metf].startswith("1.15 (")  # the same, direct
    assert "." in table.cells[order.index("acar")]
    points = comparison_adjusted(found, order=order, model="common")
    assert len(points) == found.m
    assert all(point.centred == pytest.approx(0, abs=1e-12) for point in points if point.alone)
    for ends in {(point.treat1, point.treat2) for point in points}:
        own = [point for point in points if (point.treat1, point.treat2) == ends]
        assert math.fsum(point.centred / point.se**2 for point in own) == pytest.approx(0, abs=1e-9)
    with pytest.raises(InputError, match="order must hold each treatment once"):
        comparison_adjusted(found, order=["plac"], model="common")


def test_variances_far_apart() -> None:
    rows = {**LINE, "seTE": [1e-4, 1.0, 1e4]}
    found = fit_network(**rows, method_tau="DL").common
    assert found.pair("A", "B").estimate == pytest.approx(0.1, abs=1e-8)
    assert found.pair("B", "C").se == pytest.approx(1.0, rel=1e-7)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(28)), st.lists(st.booleans(), min_size=28, max_size=28))
def test_order_and_direction_of_contrasts_do_not_matter(order: list[int], flips: list[bool]) -> None:
    data = REFERENCE["datasets"]["senn2013_contrast"]["columns"]
    te = [(-1 if flips[i] else 1) * data["TE"][i] for i in order]
    first = [data["treat2" if flips[i] else "treat1"][i] for i in order]
    second = [data["treat1" if flips[i] else "treat2"][i] for i in order]
    found = fit_network(
        te, [data["seTE"][i] for i in order], first, second, [data["studlab"][i] for i in order], method_tau="DL"
    )
    expected = fitted("senn2013_contrast", "DL")
    assert found.random.te == pytest.approx(expected.random.te, abs=1e-11)
    assert found.q == pytest.approx(expected.q, rel=1e-11)
