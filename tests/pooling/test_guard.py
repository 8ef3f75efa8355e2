"""Inputs that must be refused, and how the refusal reads."""

from __future__ import annotations

import math

import pytest

from evsynth.pooling.guard import InputError, check_choice, check_counts, check_effects, check_level


@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        ([0.1, math.nan], [0.1, 0.2], "study 2: estimate y = nan is not a finite number"),
        ([0.1, math.inf], [0.1, 0.2], "study 2: estimate y = inf is not a finite number"),
        ([0.1, None], [0.1, 0.2], "study 2: estimate y = nan"),
        ([0.1, 0.2], [0.0, 0.2], "study 1: variance v = 0.0 must be > 0"),
        ([0.1, 0.2], [0.1, -0.2], "study 2: variance v = -0.2 must be > 0"),
        ([0.1, 0.2], [0.1, math.nan], "study 2: variance v = nan is not a finite number"),
        ([0.1, 0.2], [0.1], "y has 2 values but v has 1"),
        ([[0.1, 0.2]], [0.1, 0.2], r"y must be one-dimensional, not of shape \(1, 2\)"),
        (["a", "b"], [0.1, 0.2], "y must hold numbers only"),
        ([0.1], [0.1], "1 study given; this needs at least 2"),
        ([], [], "0 studies given; this needs at least 2"),
    ],
)
def test_refuses(y, v, message) -> None:
    with pytest.raises(InputError, match=message):
        check_effects(y, v, minimum=2)


def test_names_the_study_and_reports_every_problem_once() -> None:
    with pytest.raises(InputError) as caught:
        check_effects([math.nan, 1.0, 2.0], [1.0, 0.0, -1.0], labels=("Sato 2008", "", "Ito 2011"))
    assert caught.value.problems == (
        "study 1 ('Sato 2008'): estimate y = nan is not a finite number",
        "study 2: variance v = 0.0 must be > 0",
        "study 3 ('Ito 2011'): variance v = -1.0 must be > 0",
    )


def test_wrong_number_of_labels() -> None:
    with pytest.raises(InputError, match="labels has 1 values but y has 2"):
        check_effects([1, 2], [1, 2], labels=("a",))


@pytest.mark.parametrize("counts", [([3], [2]), ([-1], [2]), ([0], [0]), ([1.5], [2]), ([1], [2.5]), ([math.nan], [2])])
def test_refuses_impossible_counts(counts) -> None:
    with pytest.raises(InputError, match=r"study 1: (total|events) .* must be a whole number"):
        check_counts(*counts)


@pytest.mark.parametrize(("level", "hint"), [(95, "did you mean 0.95"), (0.0, "must lie in"), (1.0, "must lie in")])
def test_refuses_levels(level, hint) -> None:
    with pytest.raises(InputError, match=hint):
        check_level(level)


def test_unknown_choice_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match="estimator = 'PM' is not known; choose one of 'DL', 'REML'"):
        check_choice("estimator", "PM", ("DL", "REML"))


@pytest.mark.parametrize("good", [([1.0, -2.0], [1e-300, 1e300]), ([0, 0], [1, 1])])
def test_left_alone(good) -> None:
    found = check_effects(*good)
    assert found.y.tolist() == [float(value) for value in good[0]]
