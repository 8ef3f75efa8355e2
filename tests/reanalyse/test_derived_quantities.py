"""Standard errors and spreads of changes by every route, on the real studies."""

from __future__ import annotations

from pathlib import Path

import pytest

from evsynth.reanalyse.derived import derive
from evsynth.text.extraction import read_study

STUDIES = Path(__file__).parents[2] / "extractions/studies"


def test_interval_and_p_of_a_hazard_ratio_give_one_standard_error() -> None:
    extraction = read_study((STUDIES / "chen-2022.yaml").read_text(), "chen")
    rows = {r.value: r for r in derive(extraction)}
    death = rows["hr-death"]
    assert [a.route for a in death.routes] == ["confidence interval", "P"]
    assert death.routes[0].point == pytest.approx(0.3656, abs=5e-5)
    assert death.agree


def test_routes_to_the_standard_error_of_b_are_compared() -> None:
    extraction = read_study((STUDIES / "zhao-2025.yaml").read_text(), "zhao")
    rows = {r.value: r for r in derive(extraction)}
    assert rows["b-consolidation-table-3"].agree
    smoking = next(r for name, r in rows.items() if "smoking" in name)
    assert [a.route.partition(" on")[0] for a in smoking.routes] == ["confidence interval", "t", "P"]
    assert not smoking.agree
