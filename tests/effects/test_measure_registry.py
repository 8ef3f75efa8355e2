"""The registry of measures: every measure of escalc, the reported ones, and what an unknown name is told."""

from __future__ import annotations

import pytest

from evsynth.effects.measures import FORMULAS, MEASURES, MeasureError, escalc, measure_one, named

TABLE = sorted({*FORMULAS, "GEN", "HR"})
EXAMPLE = {
    "ai": 6, "bi": 14, "ci": 9, "di": 11, "n1i": 20, "n2i": 20, "xi": 3, "ni": 20, "mi": 14, "ti": 100, "x1i": 3,
    "t1i": 100, "x2i": 6, "t2i": 99, "m1i": 5.0, "sd1i": 2.0, "m2i": 4.0, "sd2i": 2.1, "sdi": 2.0, "ri": 0.4,
    "r2i": 0.3,
}  # fmt: skip
SPECIAL = {"CLES": {"ai": 0.6}} | {name: {"ai": 0.8, "mi": 5} for name in ("ARAW", "AHW", "ABT")} | {
    name: {"mi": 2} for name in ("R2", "ZR2")}  # fmt: skip


def test_every_measure_of_a_table_is_there_and_sorted() -> None:
    assert list(MEASURES) == sorted(MEASURES)
    assert [name for name in MEASURES if name == name.upper()] == TABLE


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_a_measure_computes_what_escalc_does(name: str) -> None:
    found = named(name)
    numbers = {column: float((EXAMPLE | SPECIAL.get(name, {}))[column]) for column in found.inputs}
    one, expected = found.compute(*numbers.values()), escalc(name, numbers)
    assert (one.y, one.v) == (float(expected.y[0]), float(expected.v[0]))
    assert one.scale == found.scale == expected.scale
    assert found.title == expected.title
    assert {found.inputs, *found.others} == set(FORMULAS[name].family.inputs)


def test_reported_measures() -> None:
    assert named("HR").compute(0.64, 0.33, 1.22).scale == "log"
    given = named("GEN").compute(0.3, 0.04)
    assert (given.y, given.v) == (0.3, 0.04)
    with pytest.raises(MeasureError, match="vi > 0"):
        named("GEN").compute(0.3, 0.0)


@pytest.mark.parametrize("ask", [named, lambda name: escalc(name, {"ai": [1]}), lambda name: measure_one(name, {})])
@pytest.mark.parametrize("name", ["or", "odds", "R2F", ""])
def test_an_unknown_measure_lists_every_known_one(ask, name: str) -> None:
    with pytest.raises(MeasureError) as caught:
        ask(name)
    assert str(caught.value) == f"measure {name!r} is not known; choose one of {', '.join(TABLE)}"


def test_a_reported_measure_says_what_it_needs_where_counts_are_given() -> None:
    with pytest.raises(MeasureError, match=r"HR is taken as reported.*estimate, lower, upper"):
        escalc("HR", {"ai": [1], "n1i": [10], "ci": [2], "n2i": [10]})
