"""Means and SDs behind printed medians: every conversion has its route, decides or says why not."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from evsynth.build.conversions import conversions
from evsynth.text.extraction import read_study

STUDIES = Path(__file__).parents[2] / "extractions/studies"


@pytest.fixture(scope="module")
def found() -> tuple:
    return conversions(read_study((STUDIES / "chen-2022.yaml").read_text(encoding="utf-8"), "chen"))


def test_every_median_has_five_routes_to_mean_and_sd(found) -> None:
    assert found
    for one in found:
        words = [attempt.route.split(",")[0].split(" (")[0] for attempt in one.routes]
        assert words == ["Luo", "Hozo", "quantile estimation", "Box-Cox", "MLN"]
        for attempt in one.routes:
            assert (attempt.point is None) == bool(attempt.missing)


def test_a_route_that_cannot_take_the_numbers_says_why() -> None:
    extraction = read_study((STUDIES / "zhao-2025.yaml").read_text(encoding="utf-8"), "zhao")
    every = extraction.observations
    zero = [o.path for o in every if "q1" in o.statistics and float(o.statistics["q1"]) == 0]
    made = conversions(
        extraction._replace(observations=tuple(o for o in every if o.path in zero or "median" not in o.statistics))
    )
    assert made
    lacking = {attempt.route: attempt.missing for one in made for attempt in one.routes if attempt.missing}
    assert list(lacking) == ["Box-Cox (McGrath 2020)", "MLN (Cai 2021)"]
    assert all("0.0 is not positive" in missing or "are equal" in missing for missing in lacking.values())


def test_fitted_routes_carry_plain_and_bootstrap_errors(found) -> None:
    for one in found:
        for attempt in one.routes[2:]:
            if attempt.missing:
                assert "usable numbers" in attempt.missing
            elif one.quantity == "mean":
                assert "standard error of the mean" in attempt.note
                assert "with the conversion" in attempt.note or "no bootstrap" in attempt.note
            elif one.quantity == "standard deviation":
                assert "standard error of the SD" in attempt.note or attempt.note.startswith("the numbers are more")


def test_skewed_numbers_do_not_decide_under_normality_and_routes_that_differ_say_so(found) -> None:
    for one in found:
        normal, fitted = one.routes[:2], one.routes[2:]
        for attempt in normal:
            assert attempt.binding == ("not skewed" in attempt.note)
        points = [a.point for a in one.routes if a.binding and a.point is not None]
        assert all(math.isfinite(point) for point in points)
        if one.agree:
            assert max(points) - min(points) <= 0.05 * max(points)
        assert any(a.binding for a in fitted)
    assert any(not one.agree for one in found)
