"""The notebook's face: studies, findings, values, effects and pools as objects and DataFrames."""

from __future__ import annotations

from pathlib import Path

import pytest

import evsynth as ev

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def review():
    return ev.open_review(ROOT)


def test_values_hold_every_number_as_text(review):
    values = review.values()
    assert len(values) == 1111
    assert values["printed"].map(type).eq(str).all()
    assert values["id"].is_unique
    assert values.set_index("id").loc["chen-2022/hr-death.hazard_ratio", "printed"] == "0.330"


def test_findings_are_a_frame(review):
    assert {"OUTSIDE_INSTRUMENT", "COUNT_PERCENT"} <= set(review.findings()["code"])


def test_effects_of_all_pools(review):
    effects = review.effects()
    assert effects.loc[effects["pool"] == "hypomagnesaemia", "estimate"].item() == pytest.approx(27 / 48)


def test_fit_draws_cites_and_traces(review):
    fit = review.pool("death-hazard")
    assert fit.pooled
    assert fit.forest()._repr_svg_().startswith("<?xml") or "<svg" in fit.forest()._repr_svg_()
    assert fit.id in fit.cite("bibtex")
    assert "0.161" in fit.trace()
    assert repr(fit).startswith(fit.id), "a result prints as a statistician's summary"
    assert "hazard ratio 0.33" in repr(fit)
    assert "Hartung" not in fit.methods(), "one study: no model was fitted"
    assert fit.sentence().startswith("#")


def test_refusal_has_reasons(review):
    fit = review.pool("infection")
    assert not fit.pooled
    assert "DIFFERENT_DEFINITIONS" in {reason.code for reason in fit.result.reasons}


def test_unknown_pool(review):
    with pytest.raises(ev.Problems, match="no pool 'nothing'"):
        review.pool("nothing")
