"""Every code of a check on extractions has fifteen rows that are found, and fifteen that are left alone, at least."""

from __future__ import annotations

from types import ModuleType

import pytest
import tables_of_counts as counts
import tables_of_p_values as p_values
import tables_of_places as places
import tables_of_ranges as ranges
import tables_of_ratios as ratios
import test_dates_check as dates
import test_limits_check as limits
from in_memory import Row, row, rows, told

from evsynth.checks.causes import IMPLIED, LEADS
from evsynth.checks.checking import CHECKS

LEAST = 15
TABLES = (counts, p_values, places, ranges, ratios)
MODULES = (*TABLES, dates, limits)
PAPER = {code for one in CHECKS if one.judges == "paper" for code in one.codes}


@pytest.mark.parametrize(("code", "values"), [one for module in TABLES for one in rows(module.FOUND)])
def test_found(code: str, values: Row) -> None:
    """One finding, of this code, with a hint and the words it is about."""
    findings = row(values)
    assert [f.code for f in findings] == [code], told(findings)
    assert findings[0].hint
    assert findings[0].quotes or code.startswith("GROUPS")  # sizes of groups stand in no passage


@pytest.mark.parametrize(("code", "values"), [one for module in TABLES for one in rows(module.LEFT_ALONE)])
def test_left_alone(code: str, values: Row) -> None:
    """No finding at all."""
    assert told(row(values)) == [], code


@pytest.mark.parametrize(("module", "code"), [(module, code) for module in TABLES for code in module.FOUND])
def test_no_row_stands_twice(module: ModuleType, code: str) -> None:
    """Every row is another situation."""
    for table in (module.FOUND[code], module.LEFT_ALONE[code]):
        assert len({repr(one) for one in table}) == len(table)


def lengths(name: str) -> dict[str, int]:
    """Count the rows of every code in the tables called `name`."""
    found: dict[str, int] = {}
    for module in MODULES:
        for code, listed in getattr(module, name).items():
            found[code] = found.get(code, 0) + len(listed)
    return found


def test_every_code_has_its_rows() -> None:
    """A new code needs its rows, and a table without a code is a slip."""
    for name in ("FOUND", "LEFT_ALONE"):
        counted = lengths(name)
        assert set(counted) == PAPER
        assert {code: n for code, n in counted.items() if n < LEAST} == {}


def test_codes_that_are_joined_are_codes() -> None:
    """Lists by name hold nothing that no check gives."""
    assert set(LEADS) <= PAPER
    assert {*IMPLIED, *(code for told in IMPLIED.values() for code in told)} <= set(LEADS)
