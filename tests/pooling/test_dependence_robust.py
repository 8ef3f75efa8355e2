"""Cluster-robust variances and robust variance meta-regression: pinned references, edges, laws."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from test_dependence_multivariate import REFERENCE as MULTIVARIATE
from test_dependence_multivariate import data_of

from evsynth.pooling.dependence import cluster_robust, fit_multivariate, over_rho, robust_effects, robust_fit
from evsynth.pooling.guard import InputError

REFERENCE = json.loads((Path(__file__).parents[1] / "references" / "dependence_robust.json").read_text("utf-8"))

# Closed forms. The year of konstantopoulos2011 is not centred and costs the reference some digits (1e-11).
RELATIVE, P_RELATIVE = 1e-10, 1e-9
# Its moment estimates lose two more; ours are the same to 1e-12 with the year centred (tested below).
UNCENTRED = 1e-9
# robumeta's p-values are 1 - P: absolute to the last bit.
P_ABSOLUTE = 1e-14

METAFOR = {"adjust": ("CR1p", "residual"), "noadjust": ("CR0", "residual"), "clubSandwich": ("CR2", "satterthwaite")}


def chosen(function: str) -> list:
    return [pytest.param(c, id=c["id"]) for c in REFERENCE["cases"] if c["function"].endswith(function)]


def arguments_of(case: dict) -> dict:
    data = REFERENCE["datasets"][case["dataset"]]
    design = data["X"][case["arguments"]["X"]]
    return {"y": data["y"], "X": design["rows"], "names": design["names"], "cluster": data["cluster"]}


def compare(found, expected: dict, *, p_key: str = "pval", df_key: str = "ddf") -> None:
    df = expected[df_key] * (len(found.coefficients) if len(expected[df_key]) == 1 else 1)
    for j, row in enumerate(found.coefficients):
        if "COEFFICIENT_DECIDED_BY_ONE_CLUSTER" in found.codes and row.name == "(Intercept)":
            continue  # a rounding error, divided by another in the reference
        assert row.se == pytest.approx(expected["se"][j], rel=RELATIVE)
        assert row.df == pytest.approx(df[j], rel=RELATIVE)
        assert row.p == pytest.approx(expected[p_key][j], rel=P_RELATIVE)
        assert row.lower == pytest.approx(expected["ci.lb"][j], abs=1e-9 * row.se)
        assert row.upper == pytest.approx(expected["ci.ub"][j], abs=1e-9 * row.se)


def test_grid_of_pins_is_complete() -> None:
    assert len(chosen("robust(rma.uni)")) == 27
    assert len(chosen("robu")) == 36
    assert {c["arguments"]["modelweights"] for c in REFERENCE["cases"] if "modelweights" in c["arguments"]} == {
        "CORR",
        "HIER",
    }
    assert sum("robust" in case["output"] for case in MULTIVARIATE["cases"]) == 11


@pytest.mark.parametrize("case", chosen("robust(rma.uni)"))
def test_matches_metafor_and_clubsandwich(case: dict) -> None:
    data, expected = REFERENCE["datasets"][case["dataset"]], case["output"]
    spread = np.array(data["v"]) + expected["tau2"]
    for key, (adjust, dfs) in METAFOR.items():
        found = cluster_robust(M=spread, adjust=adjust, dfs=dfs, **arguments_of(case))
        compare(found, expected[key])
        assert found.omnibus.statistic == pytest.approx(expected[key]["QM"], rel=RELATIVE)
        assert [found.omnibus.m, found.omnibus.df] == pytest.approx(expected[key]["QMdf"], rel=RELATIVE)
        assert found.omnibus.p == pytest.approx(expected[key]["QMp"], rel=P_RELATIVE)


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c["id"]) for c in MULTIVARIATE["cases"] if "robust" in c["output"]]
)
def test_matches_for_multilevel_models(case: dict) -> None:
    data, expected = data_of(case), case["output"]
    if "1 |" in data["random"]:
        data["sigma2"] = expected["sigma2"]
    else:
        data["tau2"] = expected["tau2"]
        if data["struct"][0] not in ("ID", "DIAG"):
            data["rho"] = expected["rho"]
    fit, cluster = fit_multivariate(**data), data["columns"][case["arguments"]["cluster"]]
    pins = expected["robust"]
    for key, adjust, dfs in (
        ("CR1_adjust", "CR1p", "residual"),
        ("CR0_noadjust", "CR0", "residual"),
        ("clubSandwich_CR2", "CR2", "satterthwaite"),
    ):
        found = robust_fit(fit, cluster=cluster, adjust=adjust, dfs=dfs)
        compare(found, pins[key])
        if found.omnibus is None:
            assert pins[key]["QMp"] is None
            assert "OMNIBUS_NOT_AVAILABLE" in found.codes
            continue
        assert found.omnibus.statistic == pytest.approx(pins[key]["QM"], rel=RELATIVE)
        assert found.omnibus.df == pytest.approx(pins[key]["QMdf"][1], rel=RELATIVE)
        assert found.omnibus.p == pytest.approx(pins[key]["QMp"], rel=P_RELATIVE)
    for adjust in ("CR0", "CR1", "CR1p", "CR1S", "CR2", "CR3"):
        found, pin = robust_fit(fit, cluster=cluster, adjust=adjust, dfs="satterthwaite"), pins[f"vcovCR_{adjust}"]
        scale = np.sqrt(np.diag(np.array(pin["V"])))
        assert found.covariance / np.outer(scale, scale) == pytest.approx(
            np.array(pin["V"]) / np.outer(scale, scale), abs=RELATIVE
        )
        assert [row.df for row in found.coefficients] == pytest.approx(pin["df"], rel=RELATIVE)
        assert [row.p for row in found.coefficients] == pytest.approx(pin["p"], rel=P_RELATIVE)


@pytest.mark.parametrize("case", chosen("robu"))
def test_matches_robumeta(case: dict) -> None:
    data, expected, options = REFERENCE["datasets"][case["dataset"]], case["output"], case["arguments"]
    found = robust_effects(
        v=data["v"],
        modelweights=options["modelweights"],
        rho=options["rho"],
        small=options["small"],
        **arguments_of(case),
    )
    tolerance = UNCENTRED if case["dataset"] == "konstantopoulos2011" else RELATIVE
    least = float(np.median(data["v"]))
    assert found.tau2 == pytest.approx(expected["tau.sq"], rel=tolerance, abs=tolerance * least)
    if options["modelweights"] == "HIER":
        assert found.omega2 == pytest.approx(expected["omega.sq"], rel=tolerance, abs=tolerance * least)
        assert (found.i2, found.rho) == (None, None)
    else:
        assert found.i2 == pytest.approx(expected["I.2"], rel=RELATIVE)
        assert found.omega2 is None
    for j, row in enumerate(found.robust.coefficients):
        if row.p is None or (case["dataset"], j, options["X"]) == ("besson2016", 0, "m1"):
            assert "COEFFICIENT_DECIDED_BY_ONE_CLUSTER" in found.codes
            continue
        assert row.estimate == pytest.approx(expected["b"][j], abs=tolerance * row.se)
        assert row.se == pytest.approx(expected["SE"][j], rel=tolerance)
        assert row.df == pytest.approx(expected["df"][j], rel=tolerance)
        assert row.p == pytest.approx(expected["p"][j], rel=1e-7, abs=P_ABSOLUTE)


@pytest.mark.parametrize("weights", ["CORR", "HIER"])
def test_centring_a_moderator_changes_no_variance(weights: str) -> None:
    data = REFERENCE["datasets"]["konstantopoulos2011"]
    x = np.array(data["X"]["m1"]["rows"])
    centred = x - np.array([0.0, x[:, 1].mean()])
    arguments = {"cluster": data["cluster"], "modelweights": weights, "rho": 0.8, "small": True}
    raw, other = (robust_effects(data["y"], data["v"], part, **arguments) for part in (x, centred))
    assert raw.tau2 == pytest.approx(other.tau2, rel=1e-11)
    assert raw.robust.coefficients[1].se == pytest.approx(other.robust.coefficients[1].se, rel=1e-11)


def test_coefficient_decided_by_one_cluster_is_said_and_not_tested() -> None:
    """In besson2016 one cluster alone has the reference species: its robust variance is 0, t infinite elsewhere."""
    case = next(c for c in REFERENCE["cases"] if c["id"] == "robust.rma.uni/besson2016/m1/REML")
    data = REFERENCE["datasets"]["besson2016"]
    spread = np.array(data["v"]) + case["output"]["tau2"]
    found = cluster_robust(M=spread, adjust="CR0", dfs="residual", **arguments_of(case))
    assert found.coefficients[0][3:] == (None,) * 5
    assert found.coefficients[0].se == 0.0
    assert "COEFFICIENT_DECIDED_BY_ONE_CLUSTER" in found.codes


def test_few_degrees_of_freedom_are_said() -> None:
    case = next(c for c in MULTIVARIATE["cases"] if c["id"] == "rma.mv/berkey1998/UN_year/REML/z")
    data = data_of(case)
    fit = fit_multivariate(**data)
    found = robust_fit(fit, cluster=data["columns"]["trial"], adjust="CR2", dfs="satterthwaite")
    assert found.low_df == tuple(data["names"])
    assert "SATTERTHWAITE_DF_BELOW_4" in found.codes


def test_with_one_estimate_per_cluster_and_equal_variances_cr2_is_the_ordinary_variance() -> None:
    y = np.array([0.1, 0.4, -0.2, 0.6, 0.3])
    found = cluster_robust(y, np.full(5, 0.2), cluster=range(5), adjust="CR2", dfs="satterthwaite")
    assert found.coefficients[0].se == pytest.approx(np.std(y, ddof=1) / np.sqrt(5), rel=1e-12)
    assert found.coefficients[0].df == pytest.approx(4, rel=1e-12)


def test_over_rho_gives_each_correlation_its_fit() -> None:
    data = REFERENCE["datasets"]["craft2003"]
    found = over_rho(data["y"], data["v"], cluster=data["cluster"], method="REML", rhos=(0.2, 0.6))
    assert [row.rho for row in found] == [0.2, 0.6]
    assert all(row.robust.clusters == 10 for row in found)
    with pytest.raises(InputError, match="no rho is given"):
        over_rho(data["y"], data["v"], cluster=data["cluster"], method="REML", rhos=())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cluster": [1, 1, 1, 1]}, "1 clusters cannot carry 1 coefficients"),
        ({"cluster": [1, None, 2, 3]}, "cluster: estimate 2 has no value"),
        ({"adjust": "CR9"}, "adjust = 'CR9' is not known"),
        (
            {"M": [[2, 1, 0, 0], [1, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 2]], "cluster": [1, 2, 3, 4]},
            "different clusters",
        ),
    ],
)
def test_refuses(change: dict, message: str) -> None:
    arguments = {"y": [0.1, 0.2, 0.3, 0.5], "M": [1, 1, 1, 1], "cluster": [1, 1, 2, 3], "adjust": "CR2"}
    with pytest.raises(InputError, match=message):
        cluster_robust(**{**arguments, **change}, dfs="satterthwaite")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rho": None}, "rho = None must lie in"),
        ({"rho": 1.5}, "rho = 1.5 must lie in"),
        ({"modelweights": "X"}, "modelweights = 'X' is not known"),
        ({"modelweights": "HIER", "cluster": [1, 2, 3, 4]}, "every cluster holds one effect"),
        ({"cluster": [1, 1, 1, 1]}, "1 clusters given"),
    ],
)
def test_robust_effects_refuse(change: dict, message: str) -> None:
    arguments = {
        "y": [0.1, 0.2, 0.3, 0.5],
        "v": [1, 1, 1, 1],
        "cluster": [1, 1, 2, 3],
        "modelweights": "CORR",
        "rho": 0.8,
    }
    with pytest.raises(InputError, match=message):
        robust_effects(**{**arguments, **change}, small=True)
