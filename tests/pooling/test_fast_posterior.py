"""The quick posterior gives the numbers of the full one."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from evsynth.pooling.fast.posterior import quick_posterior
from evsynth.pooling.guard import InputError
from evsynth.pooling.normal_normal import normal_normal

REFERENCES = Path(__file__).parents[1] / "references"
CRINS = json.loads((REFERENCES / "normal_normal_bayesmeta.json").read_text(encoding="utf-8"))
METAFOR = json.loads((REFERENCES / "random_effects_metafor.json").read_text(encoding="utf-8"))["datasets"]

# Of the standard deviation; both are quadratures that converge to about 1e-14.
SAME = 1e-10

SETS = {
    "crins": (CRINS["y"], [se * se for se in CRINS["se"]]),
    "two": ((-0.5, -0.1), (0.04, 0.04)),
    "wide": ((0.1, 0.5, -0.2), (1e-8, 1e-2, 1.0)),
    "equal": ((0.0, 0.0, 0.0), (0.1, 0.2, 0.3)),
    "two groups": ((-3.0, -3.1, 3.0, 3.1), (0.01, 0.02, 0.01, 0.02)),
    "bcg": (METAFOR["bcg:RR"]["yi"], METAFOR["bcg:RR"]["vi"]),
}


@pytest.mark.parametrize("name", list(SETS))
@pytest.mark.parametrize("scale", [0.1, 0.5, 2.0])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_same_numbers(name: str, scale: float, level: float) -> None:
    y, v = SETS[name]
    found = quick_posterior(y, v, prior_scale=scale, level=level)
    expected = normal_normal(y, v, prior_scale=scale, level=level)
    for part in ("mu", "tau", "new_study"):
        one, two = getattr(found, part), getattr(expected, part)
        for field in one._fields:
            assert getattr(one, field) == pytest.approx(getattr(two, field), rel=0, abs=SAME * one.sd), (part, field)
    assert found.probability_below_zero == pytest.approx(expected.probability_below_zero, abs=SAME)
    assert found.codes == ()
    assert found.quadrature_change < 1e-11


def test_matches_bayesmeta_in_tau() -> None:
    y, v = SETS["crins"]
    found, expected = quick_posterior(y, v, prior_scale=0.5, level=0.95).tau, CRINS["summary"]
    assert found.mean == pytest.approx(expected["mean"]["tau"], rel=SAME)
    assert found.median == pytest.approx(expected["median"]["tau"], rel=SAME)
    assert found.shortest_upper == pytest.approx(expected["95% upper"]["tau"], rel=SAME)


@pytest.mark.parametrize("shift", [1e3, 1e6])
@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_units_and_origin_do_not_matter(shift: float, unit: float) -> None:
    y, v = SETS["crins"]
    one = quick_posterior(y, v, prior_scale=0.5, level=0.95)
    moved = [unit * (value + shift) for value in y]
    two = quick_posterior(moved, [unit * unit * value for value in v], prior_scale=0.5 * unit, level=0.95)
    assert two.tau.mean / unit == pytest.approx(one.tau.mean, rel=1e-7)
    assert two.mu.lower / unit - shift == pytest.approx(one.mu.lower, abs=1e-7)


def test_many_studies_need_narrower_panels() -> None:
    y, v = METAFOR["bcg:RR"]["yi"] * 30, METAFOR["bcg:RR"]["vi"] * 30
    found = quick_posterior(y, v, prior_scale=0.5, level=0.95)
    assert found.nodes > quick_posterior(y[:13], v[:13], prior_scale=0.5, level=0.95).nodes
    assert found.codes == ()


@pytest.mark.parametrize("scale", [0.0, -1.0, math.nan, math.inf])
def test_refuses_a_prior_scale(scale: float) -> None:
    with pytest.raises(InputError, match="prior_scale"):
        quick_posterior([0.1, 0.2], [0.1, 0.2], prior_scale=scale, level=0.95)


def test_refuses_one_study() -> None:
    with pytest.raises(InputError, match="at least 2"):
        quick_posterior([0.1], [0.1], prior_scale=0.5, level=0.95)
