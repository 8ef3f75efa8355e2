"""Constructed sampling covariance and overlapping cohorts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.pooling.dependence import overlap_covariance, pool_overlapping, sampling_covariance
from evsynth.pooling.guard import InputError

REFERENCE = json.loads((Path(__file__).parents[1] / "references" / "dependence_vcalc.json").read_text("utf-8"))

# The reference prints 15 digits.
PRINTED = 2e-14

D = REFERENCE
OPTIONS = {
    "rho": {"rho": 0.6},
    "obs_type": {"rho": (0.6, 0.4), "obs": D["obs"], "type": D["type"]},
    "time": {"time": D["time"], "phi": 0.8},
    "obs_time": {"rho": 0.6, "time": D["time"], "phi": 0.8},
    "groups": {"groups": (D["grp1"], D["grp2"]), "sizes": (D["w1"], D["w2"])},
    "groups_obs": {"rho": 0.6, "groups": (D["grp1"], D["grp2"]), "sizes": (D["w1"], D["w2"])},
    "subgroup": {"rho": 0.6, "subgroup": D["subgroup"]},
}


def test_grid_of_pins_is_complete() -> None:
    assert set(OPTIONS) == set(REFERENCE["V"])


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_matches_vcalc(name: str) -> None:
    found = sampling_covariance(REFERENCE["v"], cluster=REFERENCE["cluster"], **OPTIONS[name])
    assert found == pytest.approx(np.array(REFERENCE["V"][name]), abs=PRINTED)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rho": 1.0}, "V is not positive definite: .* estimate 1, estimate 2"),
        ({"rho": 0.6, "obs": [1, 1, 2]}, "not positive definite"),
        ({"rho": -0.9, "cluster": [1, 1, 1]}, "not positive definite"),
        ({"rho": 1.2}, r"rho = 1.2 must lie in \[-1, 1\]"),
        ({"rho": (0.6, 0.4)}, "a pair is needed if both obs and type are given"),
        ({"obs": [1, 2, 1]}, "obs or type is given, but no rho"),
        ({}, "nothing says how estimates of a cluster correlate"),
        ({"time": [1, 2, 3]}, "time and phi are needed together"),
        ({"time": [1, 2, float("nan")], "phi": 0.5}, "time must hold 3 finite numbers"),
        ({"groups": (["A", "B", "C"], ["P", "P", "P"])}, "groups and sizes are needed together"),
        ({"groups": (["A", "B", "P"], ["P", "P", "P"]), "sizes": ([9, 9, 9], [9, 9, 9])}, "compares 'P' with itself"),
        ({"groups": (["A", "B", "C"], ["P", "P", "P"]), "sizes": ([9, 0, 9], [9, 9, 9])}, "size of group 1 is 0.0"),
    ],
)
def test_refuses(options: dict, message: str) -> None:
    arguments = {"cluster": [1, 1, 2], **options}
    with pytest.raises(InputError, match=message):
        sampling_covariance([0.1, 0.2, 0.3], **arguments)


@pytest.mark.parametrize("rho", [0.5, 0.8, 1.0])
def test_two_equal_cohorts_have_half_of_one_plus_r(rho: float) -> None:
    """Equal standard errors: the pooled variance is (1 + r)/2 v."""
    v, shared, n = 0.04, 20, 40
    found = pool_overlapping(
        [0.3, 0.5], [v, v], patients=[n, n], shared=[[0, shared], [shared, 0]], rho=rho, estimator="FE"
    )
    assert found.mean.se**2 == pytest.approx((1 + rho * shared / n) / 2 * v, rel=1e-13)
    assert found.mean.estimate == pytest.approx(0.4, rel=1e-13)
    assert found.codes == ()


def test_a_negative_weight_is_said() -> None:
    """A small series wholly inside a large registry: r = sqrt(30/100) = 0.55 exceeds the ratio of standard errors."""
    found = pool_overlapping(
        [0.2, 0.9],
        [0.01, 0.09],
        patients=[100, 30],
        shared=[[100, 30], [30, 30]],
        rho=1.0,
        estimator="FE",
        labels=["registry", "centre"],
    )
    assert found.codes == ("NEGATIVE_GLS_WEIGHT",)
    assert found.negative == ("estimate 2 ('centre')",)
    assert found.weights[0] > 1
    assert sum(found.weights) == pytest.approx(1, rel=1e-14)


def test_random_effects_of_overlapping_cohorts() -> None:
    shared = np.zeros((4, 4))
    shared[0, 1] = shared[1, 0] = 15
    arguments = {"patients": [30, 40, 25, 60], "shared": shared, "rho": 0.8}
    found = pool_overlapping([0.1, 0.9, 0.5, -0.3], [0.02, 0.03, 0.04, 0.02], estimator="REML", **arguments)
    apart = pool_overlapping([0.1, 0.9, 0.5, -0.3], [0.02, 0.03, 0.04, 0.02], estimator="FE", **arguments)
    assert found.tau2 > 0
    assert found.mean.se > apart.mean.se


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shared": [[0, 50], [50, 0]]}, "cannot share 50.0: the smaller has 30"),
        ({"shared": [[0, 5], [6, 0]]}, "not symmetric"),
        ({"shared": [0, 5]}, "patients must hold 2 numbers and shared 2 x 2"),
        ({"patients": [0, 30]}, "0.0 patients; this must be > 0"),
        ({"rho": 1.1}, "rho = 1.1 must lie in"),
        ({"patients": [30, 30], "shared": [[0, 30], [30, 0]]}, "not positive definite"),
    ],
)
def test_overlap_refuses(change: dict, message: str) -> None:
    arguments = {"patients": [40, 30], "shared": [[0, 10], [10, 0]], "rho": 1.0, **change}
    with pytest.raises(InputError, match=message):
        overlap_covariance([0.1, 0.2], **arguments)


@given(st.floats(0, 0.99), st.floats(0.01, 10), st.floats(0.01, 10))
def test_more_overlap_never_means_more_information(rho: float, v1: float, v2: float) -> None:
    arguments = {"patients": [50, 80], "shared": [[0, 25], [25, 0]], "estimator": "FE"}
    apart = pool_overlapping([0.1, 0.2], [v1, v2], rho=0.0, **arguments).mean.se
    together = pool_overlapping([0.1, 0.2], [v1, v2], rho=rho, **arguments).mean
    if rho * 25 / np.sqrt(50 * 80) <= min(v1, v2) ** 0.5 / max(v1, v2) ** 0.5:
        assert together.se >= apart * (1 - 1e-12)
    assert together.se <= min(v1, v2) ** 0.5 * (1 + 1e-12)
