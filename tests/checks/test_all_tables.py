"""Every code of a check on extractions has fifteen rows that are found, and fifteen that are left alone, at least."""

from __future__ import annotations

import test_dates_check as dates
import test_limits_check as limits
import test_tables_of_counts as counts
import test_tables_of_p_values as p_values
import test_tables_of_places as places
import test_tables_of_ranges as ranges
import test_tables_of_ratios as ratios

from evsynth.checks.causes import IMPLIED, LEADS
from evsynth.checks.checking import CHECKS

LEAST = 15
MODULES = (counts, dates, limits, p_values, places, ranges, ratios)
PAPER = {code for one in CHECKS if one.judges == "paper" for code in one.codes}


def rows(name: str) -> dict[str, int]:
    """Count the rows of every code in the tables called `name`."""
    found: dict[str, int] = {}
    for module in MODULES:
        for code, listed in getattr(module, name).items():
            found[code] = found.get(code, 0) + len(listed)
    return found


def test_every_code_has_its_rows() -> None:
    """A new code needs its rows, and a table without a code is a slip."""
    for name in ("FOUND", "LEFT_ALONE"):
        counted = rows(name)
        assert set(counted) == PAPER
        assert {code: n for code, n in counted.items() if n < LEAST} == {}


def test_codes_that_are_joined_are_codes() -> None:
    """Lists by name hold nothing that no check gives."""
    assert set(LEADS) <= PAPER
    assert {*IMPLIED, *(code for told in IMPLIED.values() for code in told)} <= set(LEADS)
