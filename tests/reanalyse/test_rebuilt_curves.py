"""Patients rebuilt from curves: the published lung data, clicks with error, hostile clicks, and the gate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.reanalyse.ipd.cox import cox
from evsynth.reanalyse.ipd.curves import kaplan_meier
from evsynth.reanalyse.survival.accuracy import (
    Accuracy,
    accuracy,
    crossing,
    gate,
    rebuilt_hazard,
    restricted_mean,
    together,
)
from evsynth.reanalyse.survival.digitised import CurveFile, clean, points
from evsynth.reanalyse.survival.reconstruct import Patients, reconstruct

REFERENCES = Path(__file__).parents[1] / "references"
RISK_TIMES = (0, 200, 400, 600, 800)
# Log hazard ratio of the lung data is -0.53, its standard error 0.17; a rebuilt one within 0.06 is a third of that.
LOG_RATIO = 0.06


def lung() -> tuple[Any, Any, Any]:
    """Give times, events and sex of the lung data of R's survival."""
    s = json.loads((REFERENCES / "reanalyse_survival.json").read_text())["survival"]
    return np.array(s["time"], float), np.array(s["event"], float), np.array(s["treated"]) == 1


@pytest.mark.parametrize(("error", "seed"), [(0.0, 1), (0.004, 2), (0.004, 3), (0.008, 4)])
def test_the_lung_data_are_rebuilt(error: float, seed: int) -> None:
    time, event, women = lung()
    generator = np.random.default_rng(seed)
    rebuilt = []
    for mask in (women, ~women):
        curve = kaplan_meier(time[mask], event[mask])
        clicks = clean(curve.times, curve.survival + generator.normal(0, error, len(curve.times)))
        at_risk = [(float(t), int((time[mask] >= t).sum())) for t in RISK_TIMES]
        events = int(event[mask].sum())
        patients = reconstruct(clicks, int(mask.sum()), at_risk, events)
        assert len(patients.time) == mask.sum()
        found = accuracy(clicks, patients, at_risk, events, curve.median())
        assert found.within_limits
        rows = {r.what: (r.printed, r.rebuilt) for r in found.rows}
        assert all(abs(a - b) <= 1 for name, (a, b) in rows.items() if name.startswith("at risk"))
        assert rows["events"][0] == pytest.approx(rows["events"][1], abs=2)
        assert rows["median"][0] == pytest.approx(rows["median"][1], rel=0.05)
        rebuilt.append(patients)
    truth = cox(time, event, {"women": women.astype(float)}).hazards[0]
    hazard = rebuilt_hazard(rebuilt[0], rebuilt[1])
    assert hazard.log_ratio == pytest.approx(truth.b, abs=LOG_RATIO)
    assert hazard.variance == pytest.approx(truth.se_model**2, rel=0.1)
    assert hazard.lower < hazard.ratio < hazard.upper


def test_an_uncensored_curve_is_rebuilt_exactly() -> None:
    time = np.arange(1.0, 21.0)
    curve = kaplan_meier(time, np.ones(20))
    found = reconstruct(clean(curve.times, curve.survival), 20, [(0, 20), (10, 11)], 20)
    assert list(found.time) == list(time)
    assert found.event.all()


@given(
    st.lists(st.tuples(st.floats(0, 50), st.floats(-0.2, 1.2)), min_size=2, max_size=40),
    st.integers(1, 80),
    st.integers(0, 80),
    st.lists(st.floats(0, 60), max_size=4),
)
def test_hostile_clicks_keep_the_number_of_patients(
    clicks: list[tuple[float, float]], patients: int, events: int, times: list[float]
) -> None:
    time, survival = np.array(clicks).T
    left = sorted({round(t, 3) for t in times})
    at_risk = [(t, max(0, patients - 3 * i)) for i, t in enumerate(left)]
    found = reconstruct(clean(time, survival), patients, at_risk, min(events, patients))
    assert len(found.time) == len(found.event) == patients
    assert (np.diff(found.time) >= 0).all()
    assert np.isfinite(found.time).all()


def test_numbers_at_risk_that_rise_are_refused() -> None:
    curve = clean(np.array([1.0, 5.0]), np.array([0.9, 0.5]))
    with pytest.raises(ValueError, match="cannot rise"):
        reconstruct(curve, 20, [(0, 20), (2, 10), (4, 12)])
    with pytest.raises(ValueError, match="at least two"):
        clean(np.array([1.0]), np.array([0.9]))


FILE = {
    "study": "invented", "figure": "Figure 1", "image_sha256": "0" * 64, "digitised_by": "A reviewer", "time_unit":
    "months", "x": {"pixel_1": 100, "value_1": 0, "pixel_2": 500, "value_2": 20},
    "y": {"pixel_1": 400, "value_1": 0, "pixel_2": 40, "value_2": 100},
    "percent": True,
    "groups": [{"arm": "drug", "patients": 10, "clicks": [[100, 40], [300, 220], [200, 130]]}],
}  # fmt: skip


def test_clicks_become_times_and_survival() -> None:
    file = CurveFile.model_validate(FILE)
    found = points(file, file.groups[0])
    assert [list(v) for v in found] == [[0, 5, 10], [1, 0.75, 0.5]]
    rising = CurveFile.model_validate({**FILE, "incidence": True})
    assert list(points(rising, rising.groups[0]).survival) == [1.0, 0.375, 0.375]
    broken = CurveFile.model_validate({**FILE, "x": {"pixel_1": 1, "value_1": 0, "pixel_2": 1, "value_2": 20}})
    with pytest.raises(ValueError, match="axis x must differ"):
        points(broken, broken.groups[0])


def test_the_gate_names_its_reasons() -> None:
    good, bad = Accuracy(0.01, 0.01, 0.02, ()), Accuracy(0.06, 0.03, 0.09, ())
    many = Patients(np.arange(1.0, 101.0), np.ones(100))
    none = Patients(np.arange(1.0, 11.0), np.zeros(10))
    asked = {"numbers_at_risk": True, "total_events": False}
    assert gate([good, good], [many, many], **asked, digitisations=2).poolable
    nothing = gate([good], [many], numbers_at_risk=False, total_events=False)
    assert [c for c, _ in nothing.reasons] == ["KM_NO_RISK_TABLE"]
    assert [c for c, _ in gate([bad], [many], **asked).reasons] == ["KM_INACCURATE"]
    assert [c for c, _ in gate([good], [none], **asked).reasons] == ["KM_NO_EVENT"]
    warned = [c for c, _ in gate([good], [many], **asked, axis_from_zero=False).warnings]
    assert warned == ["KM_THIN_TAIL", "KM_ONE_DIGITISATION", "KM_AXIS"]


def test_curves_that_cross_are_noticed() -> None:
    early = Patients(np.concatenate([np.full(10, 1.0), np.full(10, 20.0)]), np.r_[np.ones(10), np.zeros(10)])
    late = Patients(np.concatenate([np.full(15, 10.0), np.full(5, 20.0)]), np.r_[np.ones(15), np.zeros(5)])
    assert crossing(early, late)
    assert not crossing(early, early)
    assert restricted_mean(kaplan_meier(early.time, early.event), 20) == pytest.approx(1 + 19 * 0.5)


def test_equal_digitisations_add_no_variance() -> None:
    one = rebuilt_hazard(Patients(np.arange(2.0, 22.0), np.ones(20)), Patients(np.arange(1.0, 21.0), np.ones(20)))
    assert together([one, one]) == pytest.approx((one.log_ratio, one.variance))
    other = one._replace(log_ratio=one.log_ratio + 0.2)
    assert together([one, other])[1] == pytest.approx(one.variance + 0.02)
    with pytest.raises(ValueError, match="at least one"):
        together([])
