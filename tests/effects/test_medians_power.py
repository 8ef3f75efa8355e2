"""Box-Cox and MLN: pinned results of another implementation, maxima, integrals, laws; and the bootstrap errors."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.medians.bootstrap import bootstrap_errors
from evsynth.effects.medians.box_cox import PowerEstimate, PowerNormal, box_cox, moments, quantiles, transform
from evsynth.effects.medians.five_numbers import FiveNumbers, five_numbers
from evsynth.effects.medians.quantile_estimation import quantile_estimation
from evsynth.effects.medians.unknown_distribution import positions, unknown_distribution

PINS = json.loads((Path(__file__).parents[1] / "references" / "medians_metamedian.json").read_text("utf-8"))

# estmeansd searches the power to about 1e-5; its other steps are ours to the last bits (where the power is 0).
BOX_COX = 3e-5
# estmeansd simulates, with errors like those of 10,000 draws: the mean is known to 0.01 standard deviations, the sd of
# skewed data to 0.02.
DRAWN_MEAN, DRAWN_SD = 0.035, 0.05


def quartiles(case: dict) -> FiveNumbers:
    found = case["arguments"]
    return five_numbers(median=found["med.val"], q1=found["q1.val"], q3=found["q3.val"], n=found["n"])


def cases(function: str) -> list:
    return [pytest.param(case, id=case["id"]) for case in PINS["cases"] if case["function"] == function]


@pytest.mark.parametrize("case", cases("bc.mean.sd_avoid.mc"))
def test_box_cox_matches_estmeansd(case: dict) -> None:
    found, expected = box_cox(quartiles(case)), case["output"]
    near = 1e-12 if found.power == 0 else BOX_COX
    assert found.mean == pytest.approx(expected["est.mean"], rel=near)
    assert found.sd == pytest.approx(expected["est.sd"], rel=near)


@pytest.mark.parametrize("case", cases("mln.mean.sd"))
def test_mln_matches_estmeansd(case: dict) -> None:
    found, expected = unknown_distribution(quartiles(case)), case["output"]
    assert abs(found.mean - expected["est.mean"]) < DRAWN_MEAN * found.sd
    assert found.sd == pytest.approx(expected["est.sd"], rel=DRAWN_SD)


def test_mln_has_no_bias_against_the_draws() -> None:
    pairs = [(unknown_distribution(quartiles(c)), c["output"]) for c in PINS["cases"] if c["function"] == "mln.mean.sd"]
    assert abs(np.mean([(a.mean - b["est.mean"]) / a.sd for a, b in pairs])) < 0.005
    assert abs(np.mean([math.log(a.sd / b["est.sd"]) for a, b in pairs])) < 0.01


@pytest.mark.parametrize("case", [c for c in PINS["fivenum_cases"] if c["arguments"]["method"] == "mln"])
def test_mln_matches_metafor_in_every_scenario(case: dict) -> None:
    columns, scenario = PINS["fivenum"], case["arguments"]["scenario"]
    for place, n in enumerate(columns["n"]):
        numbers = {"median": columns["median"][place], "n": n}
        if scenario.startswith(("s1", "s3")):
            numbers |= {"minimum": columns["min"][place], "maximum": columns["max"][place]}
        if scenario.startswith(("s2", "s3")):
            numbers |= {"q1": columns["q1"][place], "q3": columns["q3"][place]}
        found = unknown_distribution(five_numbers(**numbers))
        assert abs(found.mean - case["output"]["mean"][place]) < DRAWN_MEAN * found.sd
        assert found.sd == pytest.approx(case["output"]["sd"][place], rel=DRAWN_SD)


@pytest.mark.parametrize(
    ("power", "centre", "spread"), [(0.5, 6.0, 2.0), (1.0, 60.0, 9.0), (2.1, 40.0, 43.0), (3.0, 9e4, 8e4), (0.2, 9, 1)]
)
def test_moments_are_the_integrals(power: float, centre: float, spread: float) -> None:
    reach = min((centre + 1 / power) / spread, 10.0)

    def x(z: float) -> float:
        return max(0.0, power * (centre + spread * z) + 1) ** (1 / power)

    def mean_of(function) -> float:
        mass = quad(lambda z: math.exp(-z * z / 2), -reach, reach, epsabs=0, epsrel=1e-12)[0]
        return quad(lambda z: function(x(z)) * math.exp(-z * z / 2), -reach, reach, epsabs=0, epsrel=1e-11)[0] / mass

    mean, sd = moments(PowerNormal(np.array([power]), np.array([centre]), np.array([spread])))
    assert mean[0] == pytest.approx(mean_of(lambda value: value), rel=1e-9)
    assert sd[0] ** 2 == pytest.approx(mean_of(lambda value: (value - mean[0]) ** 2), rel=1e-8)


@pytest.mark.parametrize("n", [15, 16, 17, 18, 400])
def test_mln_stands_on_the_maximum(n: int) -> None:
    numbers = five_numbers(median=6, minimum=1, q1=4, q3=10, maximum=22, n=n)
    fitted = unknown_distribution(numbers).fitted
    t, between = transform(np.array([numbers.values]), fitted.power)[0], np.diff([0, *positions(numbers), n + 1]) - 1

    def height(centre: float, spread: float) -> float:
        z = (t - centre) / spread
        shares = np.diff(np.concatenate([[0], ndtr(z), [1]]))
        inside = sum(c * math.log(share) for c, share in zip(between, shares, strict=True) if c > 0)
        return float((-z * z / 2 - math.log(spread)).sum() + inside)

    centre, spread, step = float(fitted.centre[0]), float(fitted.spread[0]), 1e-5
    top = height(centre, spread)
    for away in ((step, 0), (-step, 0), (0, step), (0, -step)):
        assert height(centre + away[0], spread + away[1]) < top
    assert abs(height(centre + step, spread) - height(centre - step, spread)) < 1e-8


@pytest.mark.parametrize(
    ("n", "scenario", "expected"),
    [(16, "S2", (5, 9, 13)), (17, "S2", (5, 9, 13)), (15, "S2", (4, 8, 12)), (20, "S1", (1, 11, 20)),
     (18, "S3", (1, 5, 10, 14, 18))],
)  # fmt: skip
def test_ranks_of_the_printed_numbers(n: int, scenario: str, expected: tuple[int, ...]) -> None:
    printed = {"S1": {"minimum": 1, "maximum": 9}, "S2": {"q1": 2, "q3": 8}}
    every = printed["S1"] | printed["S2"]
    assert positions(five_numbers(median=5, n=n, **printed.get(scenario, every))) == expected


def test_symmetric_numbers_keep_their_middle_and_skewed_ones_are_log_normal() -> None:
    found = box_cox(five_numbers(median=72, q1=63, q3=81, n=17))
    assert found.power == pytest.approx(1)
    assert found.mean == pytest.approx(72)
    assert box_cox(five_numbers(median=8, q1=4, q3=16, n=40)).power == pytest.approx(0, abs=1e-9)
    left = box_cox(five_numbers(median=76, q1=65, q3=82, n=31))
    assert left.power == 3
    assert [note.split(":")[0] for note in left.notes] == ["CONVERTED", "POWER_AT_BOUND"]


positive = st.floats(min_value=0.5, max_value=200, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(start=positive, gaps=st.tuples(*[st.floats(0.2, 60)] * 4), n=st.integers(10, 300), unit=st.floats(0.5, 50))
def test_box_cox_does_not_depend_on_the_unit(start: float, gaps: tuple[float, ...], n: int, unit: float) -> None:
    a, q1, m, q3, b = np.cumsum([start, *gaps]).tolist()
    for names in (("q1", "median", "q3"), ("minimum", "median", "maximum")):
        values = dict(zip(names, (q1, m, q3) if names[0] == "q1" else (a, m, b), strict=True))
        one = box_cox(five_numbers(n=n, **values))
        many = box_cox(five_numbers(n=n, **{name: unit * value for name, value in values.items()}))
        assert many.power == pytest.approx(one.power, abs=1e-6)
        assert many.mean == pytest.approx(unit * one.mean, rel=1e-5)
        assert many.sd == pytest.approx(unit * one.sd, rel=1e-5)


@pytest.mark.parametrize("convert", [box_cox, unknown_distribution])
def test_refuses_numbers_that_no_power_can_hold(convert) -> None:
    with pytest.raises(MeasureError, match=r"-2.* is not positive"):
        convert(five_numbers(median=1, q1=-2, q3=3, n=40))


def test_mln_refuses_equal_numbers() -> None:
    with pytest.raises(MeasureError, match="two of the numbers"):
        unknown_distribution(five_numbers(median=4, q1=4, q3=9, n=40))
    assert isinstance(box_cox(five_numbers(median=4, q1=4, q3=9, n=40)), PowerEstimate)


def test_mln_says_that_the_unit_matters() -> None:
    notes = unknown_distribution(five_numbers(median=6, q1=4, q3=10, n=20)).notes
    assert notes[-1].startswith("UNIT:")


def test_quantiles_of_the_fit_lie_beside_the_numbers() -> None:
    found = box_cox(five_numbers(median=6, q1=4, q3=9, n=4000))
    assert quantiles(found.fitted, np.array([0.25, 0.5, 0.75])) == pytest.approx([4, 6, 9], rel=1e-3)


@pytest.mark.parametrize("method", ["QE", "BC", "MLN"])
def test_bootstrap_is_seeded_and_follows_the_unit(method) -> None:
    numbers = five_numbers(median=60, q1=45, q3=80, n=60)
    one = bootstrap_errors(numbers, method=method, replicates=300)
    assert one == bootstrap_errors(numbers, method=method, replicates=300)
    assert one != bootstrap_errors(numbers, method=method, replicates=300, seed=2)
    ten = bootstrap_errors(five_numbers(median=600, q1=450, q3=800, n=60), method=method, replicates=300)
    assert ten.mean == pytest.approx(10 * one.mean, rel=0.02)
    assert one.lost == 0
    assert one.relative == pytest.approx(1 / math.sqrt(2 * 299))


@pytest.mark.parametrize("method", ["QE", "BC", "MLN"])
def test_bootstrap_error_exceeds_the_plain_one_and_falls_with_n(method) -> None:
    sizes = {}
    for n in (40, 160, 640):
        numbers = five_numbers(median=60, q1=50, q3=71, n=n)
        sizes[n] = bootstrap_errors(numbers, method=method, replicates=400).mean
        convert = {"QE": quantile_estimation, "BC": box_cox, "MLN": unknown_distribution}[method]
        # Quartiles of normal data hold about 3/4 of what the data say of the mean: the error is larger by a tenth.
        assert sizes[n] > convert(numbers).sd / math.sqrt(n)
    assert sizes[40] / sizes[640] == pytest.approx(4, rel=0.3)


def test_bootstrap_of_quantile_estimation_agrees_with_refitting_every_sample() -> None:
    numbers, random = five_numbers(median=6, q1=4, q3=10, n=20), np.random.default_rng(3)
    found = quantile_estimation(numbers)
    assert found.selected == "log-normal"
    mu, sigma = next(fit.parameters for fit in found.fits if fit.family == "log-normal")
    means = []
    for _ in range(80):
        q1, m, q3 = np.quantile(np.exp(random.normal(mu, sigma, 20)), (0.25, 0.5, 0.75))
        means.append(quantile_estimation(five_numbers(median=m, q1=q1, q3=q3, n=20)).mean)
    # 80 samples know a standard deviation to 8 % where it is normal, and this one is skewed.
    assert bootstrap_errors(numbers, method="QE").mean == pytest.approx(float(np.std(means, ddof=1)), rel=0.3)


def test_bootstrap_refuses() -> None:
    numbers = five_numbers(median=6, q1=4, q3=10, n=20)
    with pytest.raises(MeasureError, match="'luo' is not known"):
        bootstrap_errors(numbers, method="luo")  # type: ignore[arg-type]
    with pytest.raises(MeasureError, match="at least 100"):
        bootstrap_errors(numbers, method="BC", replicates=20)
    with pytest.raises(MeasureError, match="not positive"):
        bootstrap_errors(five_numbers(median=0, q1=-2, q3=3, n=40), method="MLN")
