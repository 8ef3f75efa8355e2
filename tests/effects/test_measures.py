"""Measures against pinned values and worked examples; zero cells are never corrected silently."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.effects.measures import (
    MEASURES,
    MeasureError,
    log_hazard_ratio,
    log_odds_ratio,
    log_risk_ratio,
    logit_proportion,
    mean_change,
    mean_change_before_after,
    proportion,
    risk_difference,
)

PINS = json.loads((Path(__file__).parents[1] / "references" / "measures_metafor.json").read_text("utf-8"))

# Closed forms: both sides round a handful of operations; 1e-12 allows cancellation in 1/a - 1/n.
RELATIVE, ABSOLUTE = 1e-12, 1e-15
TWO_GROUPS = {"OR": log_odds_ratio, "RR": log_risk_ratio, "RD": risk_difference}
CORRECTIONS = {"def": (0.5, "only-zero"), "all": (0.5, "all"), "none": (0.0, "none")}


def test_grid_of_pins_is_complete() -> None:
    found = {case["id"].split("/", 1)[1] for case in PINS["cases"] if case["function"] == "escalc"}
    tables = {f"{d}/{m}/{c}" for d in ("bcg", "special_zeros2x2") for m in TWO_GROUPS for c in CORRECTIONS}
    single = {f"{d}/{m}/{c}" for d in ("debruin2009", "special_zerosprop") for m in ("PR", "PLO") for c in CORRECTIONS}
    assert found == tables | single | {"special_prepost/MC/def", "special_means1/MN/def"}


def rows(case: dict):
    data = PINS["datasets"][case["dataset"]]
    return [dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True)]


def compute(case: dict, row: dict):
    measure, rule = case["arguments"].get("measure"), case["id"].split("/")[-1]
    if measure in TWO_GROUPS:
        totals = (row.get("n1i") or row["ai"] + row["bi"], row.get("n2i") or row["ci"] + row["di"])
        add, to = CORRECTIONS[rule]
        return TWO_GROUPS[measure](row["ai"], totals[0], row["ci"], totals[1], add=add, to=to)
    if measure == "PLO":
        add, to = CORRECTIONS[rule]
        return logit_proportion(row["xi"], row["ni"], add=add, to=to)
    if measure == "PR":
        return proportion(row["xi"], row["ni"])
    if measure == "MC":
        after, before = (row["m1i"], row["sd1i"]), (row["m2i"], row["sd2i"])
        return mean_change_before_after(*before, *after, row["ni"], correlation=row["ri"])
    if measure == "MN":
        return mean_change(row["mi"], row["sdi"], row["ni"])
    return log_hazard_ratio(row["hr"], row["ci.lb"], row["ci.ub"], level=case["arguments"]["level"] / 100)


def pinned() -> list:
    # Raw proportions are never corrected here, so only metafor's uncorrected ones are comparable.
    skip = {"PR/def", "PR/all"}
    return [pytest.param(c, id=c["id"]) for c in PINS["cases"] if c["id"].split("/", 2)[-1] not in skip]


@pytest.mark.parametrize("case", pinned())
def test_matches_metafor(case: dict) -> None:
    for row, y, v in zip(rows(case), case["output"]["yi"], case["output"]["vi"], strict=True):
        if y is None or v is None or (v == 0 and y == 0 and case["arguments"].get("measure") == "RR"):
            with pytest.raises(MeasureError, match="undefined without a correction"):
                compute(case, row)
            continue
        found = compute(case, row)
        assert found.y == pytest.approx(y, rel=RELATIVE, abs=ABSOLUTE)
        assert found.v == pytest.approx(v, rel=RELATIVE, abs=ABSOLUTE)


def test_correction_is_named_in_the_result() -> None:
    assert log_odds_ratio(0, 20, 3, 22, add=0.5, to="only-zero").notes == (
        "CORRECTED: 0.5 added to every cell (only-zero)",
    )
    assert log_odds_ratio(2, 20, 3, 22, add=0.5, to="only-zero").notes == ()
    assert log_odds_ratio(2, 20, 3, 22, add=0.5, to="all").notes == ("CORRECTED: 0.5 added to every cell (all)",)


def test_zero_cell_names_the_cell_and_the_way_out() -> None:
    with pytest.raises(MeasureError, match=r"no events in group 1: undefined .* add=0.5, to='only-zero'"):
        log_odds_ratio(0, 20, 3, 22)
    with pytest.raises(MeasureError, match="name both the correction and where it goes"):
        log_odds_ratio(0, 20, 3, 22, add=0.5)


def test_double_zero_is_kept_for_the_risk_difference_only() -> None:
    """0/20 against 0/22: no ratio; a risk difference of 0 that inverse variance cannot use."""
    for ratio in (log_odds_ratio, log_risk_ratio):
        with pytest.raises(MeasureError, match="no events in group 1 and no events in group 2"):
            ratio(0, 20, 0, 22)
        assert any(note.startswith("DOUBLE_ZERO") for note in ratio(0, 20, 0, 22, add=0.5, to="only-zero").notes)
    found = risk_difference(0, 20, 0, 22)
    assert found[:2] == (0.0, 0.0)
    assert [note.split(":")[0] for note in found.notes] == ["DOUBLE_ZERO", "ZERO_VARIANCE"]


@pytest.mark.parametrize("counts", [(5, 4, 1, 2), (-1, 4, 1, 2), (1.5, 4, 1, 2), (1, 0, 1, 2), (math.nan, 4, 1, 2)])
def test_refuses_impossible_counts(counts) -> None:
    for measure in TWO_GROUPS.values():
        with pytest.raises(MeasureError, match="group 1"):
            measure(*counts)


tables = st.tuples(st.integers(1, 50), st.integers(1, 50), st.integers(1, 50), st.integers(1, 50))


@given(tables)
def test_swapping_arms_flips_the_sign(cells) -> None:
    a, b, c, d = cells
    for measure in TWO_GROUPS.values():
        one, two = measure(a, a + b, c, c + d), measure(c, c + d, a, a + b)
        assert (two.y, two.v) == pytest.approx((-one.y, one.v), rel=1e-12, abs=1e-15)


@given(tables)
def test_counting_non_events_flips_odds_ratio_and_logit(cells) -> None:
    a, b, c, d = cells
    assert log_odds_ratio(b, a + b, d, c + d).y == pytest.approx(-log_odds_ratio(a, a + b, c, c + d).y, abs=1e-12)
    assert logit_proportion(b, a + b).y == pytest.approx(-logit_proportion(a, a + b).y, abs=1e-12)


def test_hazard_ratio_worked_examples() -> None:
    found = log_hazard_ratio(0.64, 0.33, 1.22)
    assert (found.y, found.v) == pytest.approx((-0.4463, 0.1113), abs=5e-5)
    ranges = {"estimate_range": (0.625, 0.635), "lower_range": (0.405, 0.415), "upper_range": (0.975, 0.985)}
    found = log_hazard_ratio(0.63, 0.41, 0.98, **ranges)
    assert found.se == pytest.approx(0.2223, abs=5e-5)
    assert found.p == pytest.approx(0.0377, abs=5e-5)
    assert found.asymmetry == pytest.approx(-0.006, abs=5e-4)
    assert found.asymmetry_low < 0 < found.asymmetry_high
    assert found.notes == ()
    assert found.se_low < found.se < found.se_high


def test_asymmetry_beyond_rounding_is_noted() -> None:
    ranges = {"estimate_range": (0.725, 0.735), "lower_range": (0.405, 0.415), "upper_range": (0.975, 0.985)}
    notes = log_hazard_ratio(0.73, 0.41, 0.98, **ranges).notes
    assert [note.split(":")[0] for note in notes] == ["ASYMMETRIC"]


def test_coarse_lower_limit_is_noted() -> None:
    ranges = {"estimate_range": (0.095, 0.105), "lower_range": (0.005, 0.015), "upper_range": (0.795, 0.805)}
    notes = log_hazard_ratio(0.10, 0.01, 0.80, **ranges).notes
    assert [note.split(":")[0] for note in notes] == ["COARSE_LIMIT"]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((0.5, 0.6, 1.2), "does not lie inside its interval"),
        ((1.3, 0.6, 1.2), "does not lie inside its interval"),
        ((0.5, 0.0, 1.2), "lower 0.0 must be > 0"),
        ((0.5, 0.5, 0.5), "does not lie inside its interval"),
        ((math.nan, 0.5, 0.7), "estimate nan must be > 0"),
    ],
)
def test_hazard_ratio_refuses(numbers, message) -> None:
    with pytest.raises(MeasureError, match=message):
        log_hazard_ratio(*numbers)


def test_hazard_ratio_refuses_a_range_that_misses_its_number() -> None:
    with pytest.raises(MeasureError, match="values that print so"):
        log_hazard_ratio(0.63, 0.41, 0.98, lower_range=(0.305, 0.315))


@pytest.mark.parametrize(("correlation", "se"), [(0.5, 3.38), (0.7, 2.62), (0.8, 2.14), (0.9, 1.52)])
def test_correlation_between_before_and_after_decides_the_weight(correlation, se) -> None:
    found = mean_change_before_after(60.0, 18.0, 65.0, 19.0, 30, correlation=correlation)
    assert math.sqrt(found.v) == pytest.approx(se, abs=0.005)
    assert found.y == 5.0
    assert found.notes[0].startswith("CORRELATION_GIVEN")


@pytest.mark.parametrize(
    "numbers", [(1.0, 0.0, 10), (1.0, -1.0, 10), (1.0, 2.0, 1), (math.inf, 2.0, 10), (1.0, 2.0, 9.5)]
)
def test_mean_change_refuses(numbers) -> None:
    with pytest.raises(MeasureError, match=r"must be|is not"):
        mean_change(*numbers)


def test_registry_is_sorted_and_states_the_scale_that_is_returned() -> None:
    assert list(MEASURES) == sorted(MEASURES)
    examples = {
        "hazard_ratio": (0.64, 0.33, 1.22),
        "logit_proportion": (3, 10),
        "mean_change": (1.0, 2.0, 10),
        "proportion": (3, 10),
        "odds_ratio": (3, 10, 4, 10),
        "risk_difference": (3, 10, 4, 10),
        "risk_ratio": (3, 10, 4, 10),
    }
    for name, numbers in examples.items():
        assert MEASURES[name].compute(*numbers).scale == MEASURES[name].scale
        assert len(numbers) == len(MEASURES[name].inputs)
