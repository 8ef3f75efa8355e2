"""A percentage fits its count and its denominator: what is found, and what is left alone."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Alternative
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, percent_span
from evsynth.reanalyse.result import meets

FOUND = [
    # printed, what is stored, patients of the arm, code
    ("17 (43.0)", {"count": 17, "percent": "43.0"}, 40, "COUNT_PERCENT"),  # 42.5
    ("17 (42.6)", {"count": 17, "percent": "42.6"}, 40, "COUNT_PERCENT"),
    ("17 (41)", {"count": 17, "percent": "41"}, 40, "COUNT_PERCENT"),
    ("1 (5.0)", {"count": 1, "percent": "5.0"}, 22, "COUNT_PERCENT"),  # a hidden denominator of 20
    ("31 (52.0%) of 55", {"count": 31, "percent": "52.0", "of": 55}, 80, "COUNT_PERCENT"),
    ("0 (2.5)", {"count": 0, "percent": "2.5"}, 40, "COUNT_PERCENT"),
    ("40 (99.9)", {"count": 40, "percent": "99.9"}, 40, "COUNT_PERCENT"),
    ("34.0%", {"percent": "34.0"}, 29, "PERCENT_IMPOSSIBLE"),  # METHODS D10
    ("70.0%", {"percent": "70.0"}, 21, "PERCENT_IMPOSSIBLE"),
    ("33.1%", {"percent": "33.1"}, 40, "PERCENT_IMPOSSIBLE"),
    ("33.1% of 40", {"percent": "33.1", "of": 40}, 900, "PERCENT_IMPOSSIBLE"),
    ("101%", {"percent": "101"}, 40, "NUMBER_IMPOSSIBLE"),
    ("41", {"count": 41}, 40, "COUNT_EXCEEDS"),
    ("12/10", {"count": 12, "of": 10}, 40, "COUNT_EXCEEDS"),
    ("41 (102.5)", {"count": 41, "percent": "102.5"}, 40, "COUNT_EXCEEDS"),  # one cause, one finding
]

LEFT_ALONE = [
    ("17 (42.5)", {"count": 17, "percent": "42.5"}, 40),
    ("17 (42)", {"count": 17, "percent": "42"}, 40),  # a half may be rounded down
    ("17 (43)", {"count": 17, "percent": "43"}, 40),  # or up
    ("1 (4.5)", {"count": 1, "percent": "4.5"}, 22),
    ("31 (56.4%) of 55", {"count": 31, "percent": "56.4", "of": 55}, 80),
    ("0 (0.0)", {"count": 0, "percent": "0.0"}, 40),
    ("40 (100)", {"count": 40, "percent": "100"}, 40),
    ("33.3%", {"percent": "33.3"}, 9),  # METHODS D10
    ("34.5%", {"percent": "34.5"}, 29),
    ("32.5%", {"percent": "32.5"}, 40),
    ("1 (5.0)", {"count": 1, "percent": "5.0", "denominator": "unknown"}, 22),
    ("3 (37.5)", {"count": 3, "percent": "37.5", "patients": 8}, 40),
    ("3 (37.5)", {"count": 3, "percent": "37.5", "population": "survivors"}, 40),
    ("33.1%", {"percent": "33.1", "adjustment": "weighted"}, 40),
    ("<5%", {"percent": "<5"}, 40),
    ("<5 of 40", {"count": "<5", "of": 40}, 3),  # a bound is no count
    ("40", {"count": 40}, 40),
    ("33.1%", {"percent": "33.1"}, None),  # nobody says of how many
    ("0/0", {"count": 0, "of": 0}, 40),
]


def written(invented: Any, printed: str, stored: dict[str, Any], patients: int | None) -> Any:
    """Write a study that prints one value in an arm of so many patients."""
    size = f", patients: {patients}" if patients is not None else ""
    invented.study(
        f"""
        adjustments: [{{adjustment: weighted, method: weighting, estimand: ATE, standard_error: robust}}]
        cohorts:
          - cohort: main
            label: All
            design: single-arm series
            condition: invented
            arms: [{{arm: drug, label: Drug, role: whole{size}}}]
        passages:
          - source: paper
            where: Table 2
            quote: Improved {printed} patients
            values: [{json.dumps({"printed": printed, "arm": "drug", "variable": "improved", **stored})}]
        """
    )
    return invented


@pytest.mark.parametrize(("printed", "stored", "patients", "code"), FOUND)
def test_found(invented, printed, stored, patients, code):
    """One finding each, at the number that is wrong."""
    finding = written(invented, printed, stored, patients).only()
    assert finding.code == code
    line = (invented.root / finding.place.file).read_text().splitlines()[finding.place.line - 1]
    at = line[finding.place.column - 1 :]
    key = "count" if code == "COUNT_EXCEEDS" else "percent"
    assert at.startswith(json.dumps(stored[key]))
    assert str(stored[key]) in finding.message


@pytest.mark.parametrize(("printed", "stored", "patients"), LEFT_ALONE)
def test_left_alone(invented, printed, stored, patients):
    """No finding."""
    assert written(invented, printed, stored, patients).codes() == []


def test_the_tables_are_equally_long():
    """Every finding has its counterpart that is none."""
    assert len(LEFT_ALONE) >= len(FOUND)


def test_a_disagreement_offers_counts_and_denominators_that_would_fit(invented):
    """The innocent explanation, missing data, comes first."""
    finding = written(invented, "1 (5.0)", {"count": 1, "percent": "5.0"}, 22).only()
    assert finding.hint == (
        "a denominator of 20 (missing data) gives it; counts that print as 5.0% of 22: no whole number"
    )
    finding = written(invented, "17 (45.0)", {"count": 17, "percent": "45.0"}, 40).only()
    name = f"alpha-2020/{finding.values[0]}.count"
    assert finding.alternatives == (Alternative("18", "count that prints as 45.0% of 40", ((name, "18"),)),)
    assert finding.computed == (("percent", "42.5000"),)


@given(
    st.integers(1, 2000),
    st.data(),
    st.integers(0, 4),
    st.sampled_from(["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN"]),
)
def test_what_is_printed_from_a_count_is_never_found(total, data, decimals, rounding):
    """Whatever the count, the total, the decimals and the way halves are rounded."""
    count = data.draw(st.integers(0, total))
    exact = 100 * Decimal(count) / Decimal(total)
    printed = Printed.parse(f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding):f}")
    assert meets(printed, percent_span(count, total))
    assert count in counts_that_print(printed, total)
    assert total in denominators_that_print(printed, count, total)


@given(st.integers(1, 300), st.integers(0, 1000).map(lambda tenths: Printed.parse(f"{tenths / 10:.1f}")))
def test_counts_that_print_are_exactly_those_that_fit(total, percent):
    """The list is complete and holds nothing else."""
    interval = percent.interval()
    exact = tuple(n for n in range(total + 1) if interval.holds(100 * Decimal(n) / Decimal(total)))
    assert counts_that_print(percent, total) == exact
