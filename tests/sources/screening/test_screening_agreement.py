"""Agreement of two people: raw, kappa and AC1, against statsmodels, irrCAC and numbers worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evsynth.sources.screening.agreement import ac1, agreements, kappa, raw
from evsynth.sources.screening.decisions import CONSENSUS, Decision

CELL = st.integers(0, 40)


def test_raw_agreement_has_wilsons_interval():
    """29 of 32; the interval is the one that statsmodels prints for `wilson`."""
    from statsmodels.stats.proportion import proportion_confint

    found = raw(9, 1, 2, 20)
    assert found.estimate == 29 / 32
    assert (found.lower, found.upper) == pytest.approx(proportion_confint(29, 32, method="wilson"))


@given(CELL, CELL, CELL, CELL)
def test_kappa_is_that_of_statsmodels(a, b, c, d):
    from statsmodels.stats.inter_rater import cohens_kappa

    assume(min(a + b, c + d) and min(a + c, b + d))
    found, other = kappa(a, b, c, d), cohens_kappa([[a, b], [c, d]])
    assert found.estimate == pytest.approx(other.kappa, abs=1e-12)
    half = 1.959963984540054 * math.sqrt(max(0.0, other.var_kappa))
    assert found.lower == pytest.approx(max(-1.0, other.kappa - half), abs=1e-9)
    assert found.upper == pytest.approx(min(1.0, other.kappa + half), abs=1e-9)


def test_ac1_by_hand():
    """118, 5, 2, 0: kappa is below 0 although people agree on 118 of 125; AC1 is 0.94.

    pa = 118/125; the mean share of the first answer is (2 * 118 + 7) / 250, so pe = 2 * 0.972 * 0.028 = 0.054432.
    For kappa, pe = 123/125 * 120/125 + 2/125 * 5/125 = 0.94528.
    """
    found = ac1(118, 5, 2, 0)
    assert found.estimate == pytest.approx((0.944 - 0.054432) / (1 - 0.054432), abs=1e-12)
    assert kappa(118, 5, 2, 0).estimate == pytest.approx((0.944 - 0.94528) / (1 - 0.94528), abs=1e-12)


GWET = [
    ((118, 5, 2, 0), 0.9407763376, 0.8951401466, 0.9864125286),
    ((9, 1, 2, 20), 0.8323144105, 0.6343474111, 1.0),
    ((40, 9, 6, 45), 0.7007481297, 0.5584574308, 0.8430388285),
    ((3, 7, 11, 210), 0.9135640786, 0.8719496469, 0.9551785103),
]
"""What irrCAC 0.4.4 (https://github.com/afergadis/irrCAC) gives for the raw answers: AC1 and its interval."""


@pytest.mark.parametrize(("table", "estimate", "lower", "upper"), GWET)
def test_ac1_and_its_interval_are_those_of_another_program(table, estimate, lower, upper):
    assert ac1(*table) == pytest.approx((estimate, lower, upper), abs=2e-10)


@given(CELL, CELL, CELL, CELL)
def test_ac1_stays_in_bounds_and_does_not_care_who_is_first_or_what_the_answers_are_called(a, b, c, d):
    assume(a + b + c + d > 1)
    found = ac1(a, b, c, d)
    assert found == pytest.approx(ac1(a, c, b, d))
    assert found == pytest.approx(ac1(d, b, c, a))
    assert -1 <= found.lower <= found.estimate <= found.upper <= 1 + 1e-12


def test_the_interval_of_ac1_holds_its_truth_about_as_often_as_it_says():
    """Simulated with a fixed seed: the pairs of answers are drawn from one table whose AC1 is known."""
    import numpy as np

    shares = np.array([0.15, 0.05, 0.05, 0.75])
    first = shares[0] + (shares[1] + shares[2]) / 2
    truth = (shares[0] + shares[3] - 2 * first * (1 - first)) / (1 - 2 * first * (1 - first))
    drawn = np.random.default_rng(4).multinomial(150, shares, size=600)
    held = sum(m.lower <= truth <= m.upper for m in (ac1(*map(int, row)) for row in drawn))
    assert 0.92 < held / 600 < 0.975


def test_nothing_to_compare_is_not_defined():
    assert raw(0, 0, 0, 0).estimate is kappa(0, 0, 0, 0).estimate is ac1(0, 0, 0, 0).estimate is None
    assert kappa(12, 0, 0, 0).estimate is None
    assert ac1(12, 0, 0, 0).estimate == 1


def test_people_are_compared_where_both_decided_and_consensus_is_nobody():
    lines = [("ab", "1", "include"), ("cd", "1", "maybe"), ("ab", "2", "exclude"), ("cd", "2", "include"),
             ("ab", "3", "exclude"), ("cd", "3", "exclude"), ("ab", "4", "exclude"), (CONSENSUS, "2", "exclude"),
             ("ab", "5", "exclude"), ("cd", "5", "exclude"), ("cd", "5", "undo")]  # fmt: skip
    decisions = [Decision(f"{n:02}", "abstract", f"a:{r}", a, "", "", by) for n, (by, r, a) in enumerate(lines)]
    (found,) = agreements(decisions)
    assert (found.one, found.other, found.records) == ("ab", "cd", 3)
    assert (found.both_keep, found.one_keeps, found.other_keeps, found.both_exclude) == (1, 0, 1, 1)
