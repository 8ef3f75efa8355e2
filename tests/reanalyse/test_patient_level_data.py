"""Analyses of patient-level data against R, against statsmodels, and as laws; the pipeline on an invented table."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from evsynth.reanalyse.ipd import associations, groups, paired
from evsynth.reanalyse.ipd.analyse import analyse, number
from evsynth.reanalyse.ipd.cox import cox
from evsynth.reanalyse.ipd.curves import kaplan_meier, log_rank, numbers_at_risk
from evsynth.reanalyse.ipd.propensity import balance, effective_number, propensity, weigh
from evsynth.reanalyse.ipd.spec import IpdSpec

REFERENCES = Path(__file__).parents[1] / "references"
# Both sides iterate Newton's method to about 1e-12 of the log-likelihood; sums over 213 patients round at 1e-14.
RELATIVE = 1e-10


@cache
def pinned() -> dict[str, Any]:
    """Read the values made with R 4.2.2 and survival 3.5.3 (lung data, mtcars, simulated ties)."""
    found: dict[str, Any] = json.loads((REFERENCES / "reanalyse_survival.json").read_text())
    return found


def lung() -> tuple[Any, Any, Any, dict[str, Any]]:
    """Give times, events, treatment and covariates."""
    s = pinned()["survival"]
    columns = {k: np.array(s[k], dtype=float) for k in ("time", "event", "age", "ecog", "loss")}
    return columns.pop("time"), columns.pop("event"), np.array(s["treated"]) == 1, columns


def close(found: Any, reference: Any, rel: float = RELATIVE) -> None:
    """Assert that two lists of numbers agree."""
    assert np.atleast_1d(np.array(found, dtype=float)) == pytest.approx(
        np.atleast_1d(np.array(reference, float)), rel=rel
    )


def test_propensity_weights_and_balance_agree_with_r() -> None:
    _, _, treated, covariates = lung()
    s = pinned()["survival"]
    score = propensity(treated, covariates)
    close(score.coefficients, s["ps_coef"])
    close(score.score, s["ps"])
    found = weigh(treated, score.score, stabilised=False)
    close(found.weights, s["w"])
    close((found.effective_treated, found.effective_others), s["ess"])
    close(weigh(treated, score.score, stabilised=True).weights, s["stab"])
    close(weigh(treated, score.score, stabilised=False, truncate=0.05).weights, s["trunc"])
    for row in balance(treated, covariates, found.weights):
        close((row.before, row.after), s["smd"][row.covariate], rel=1e-9)
        assert abs(row.after) < abs(row.before) or abs(row.after) < 0.05


@pytest.mark.parametrize(
    ("name", "weights", "ties", "more"),
    [
        ("efron", "w", "efron", ()),
        ("breslow", "w", "breslow", ()),
        ("stabilised", "stab", "efron", ()),
        ("unweighted", None, "efron", ()),
        ("three", "w", "efron", ("age", "ecog")),
    ],
)
def test_cox_with_weights_agrees_with_r(name: str, weights: str | None, ties: Any, more: tuple[str, ...]) -> None:
    time, event, treated, covariates = lung()
    s = pinned()["survival"]
    terms = {"treated": treated.astype(float)} | {m: covariates[m] for m in more}
    fit = cox(time, event, terms, None if weights is None else np.array(s[weights]), ties=ties)
    reference = s["cox"][name]
    close([h.b for h in fit.hazards], reference["b"])
    close([h.se_model for h in fit.hazards], reference["se_model"])
    close([h.se_robust for h in fit.hazards], reference["se_robust"])
    close((fit.score_chi2, fit.log_likelihood), (reference["robust_score"], reference["loglik"]))


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_cox_with_many_ties_agrees_with_r(ties: Any) -> None:
    t = {k: np.array(v, dtype=float) for k, v in pinned()["tied"].items() if isinstance(v, list)}
    fit = cox(t["time"], t["event"], {"x": t["x"], "z": t["z"]}, t["w"], ties=ties)
    for name, found in (("b", [h.b for h in fit.hazards]), ("se_robust", [h.se_robust for h in fit.hazards])):
        close(found, pinned()["tied"][ties][name])
    close(fit.score_chi2, pinned()["tied"][ties]["robust_score"])


def test_cox_without_weights_agrees_with_statsmodels() -> None:
    from statsmodels.duration.hazard_regression import PHReg

    time, event, treated, covariates = lung()
    terms = {"treated": treated.astype(float), "age": covariates["age"]}
    for ties in ("efron", "breslow"):
        theirs = PHReg(time, np.column_stack(list(terms.values())), status=event, ties=ties).fit()
        ours = cox(time, event, terms, ties=ties)  # type: ignore[arg-type]
        close([h.b for h in ours.hazards], theirs.params, rel=1e-6)
        close([h.se_model for h in ours.hazards], theirs.bse, rel=1e-6)


def test_weighted_curves_agree_with_r() -> None:
    time, event, treated, _ = lung()
    s = pinned()["survival"]
    w = np.array(s["w"])
    for group, mask in (("treated", treated), ("others", ~treated)):
        curve, reference = kaplan_meier(time[mask], event[mask], w[mask]), s["km"][group]
        close(curve.times, reference["time"])
        close(curve.weight_at_risk, reference["risk"])
        close(curve.survival, reference["surv"])
        close(curve.standard_error, reference["se"])
        plain = kaplan_meier(time[mask], event[mask])
        close((plain.median(), *plain.survival), (s["kmplain"][group]["median"], *s["kmplain"][group]["surv"]))
        assert list(numbers_at_risk(time[mask], plain.times)) == list(plain.at_risk)


def test_the_log_rank_test_agrees_with_r_and_weights_of_one_change_nothing() -> None:
    time, event, treated, _ = lung()
    reference = pinned()["survival"]["logrank"]
    plain = log_rank(time, event, treated)
    close(plain[:3], (reference["oe"], reference["var"], reference["chisq"]))
    assert log_rank(time, event, treated, np.ones(len(time))) == plain
    doubled = log_rank(time, event, treated, np.full(len(time), 2.0))
    assert doubled.chi2 == pytest.approx(plain.chi2)


def test_paired_and_rank_tests_agree_with_r() -> None:
    p, m = pinned()["paired"], pinned()["mann_whitney"]
    before, after = np.array(p["before"], float), np.array(p["after"], float)
    test = paired.signed_rank(before, after)
    close((test.w, test.p), (p["v"], p["p"]))
    assert test.r == pytest.approx(abs(test.z) / math.sqrt(16))
    untied = paired.signed_rank(np.array(p["before_untied"]), np.array(p["after_untied"]))
    close((untied.w, untied.p_exact), (p["v_exact"], p["p_exact"]))
    close(paired.normality(after - before)[:2], (p["shapiro"]["w"], p["shapiro"]["p"]), rel=1e-5)
    ranked = groups.rank_test(np.array(m["one"], float), np.array(m["two"], float))
    close((ranked.u, ranked.p, ranked.p_corrected), (m["u"], m["p"], m["p_corrected"]))
    exact = groups.rank_test(np.array(m["one_untied"]), np.array(m["two_untied"]))
    close(exact.p_exact, m["p_exact"])


def test_regression_and_correlations_agree_with_r() -> None:
    case = {k: np.array(v, float) for k, v in pinned()["linear"].items()}
    fit = associations.linear_model(case["mpg"], {k: case[k] for k in ("wt", "hp", "qsec")})
    for name in ("b", "se", "lower", "upper", "t", "p"):
        close([getattr(t, name) for t in fit.terms], case[name], rel=1e-9)
    close([t.beta for t in fit.terms[1:]], case["beta"], rel=1e-9)
    close((fit.adjusted_r_squared, fit.f), (case["adjusted"], case["f"]), rel=1e-9)
    columns = {k: case[k] for k in ("mpg", "wt", "hp", "qsec")}
    cells = {f"{c.one}~{c.two}": c for c in associations.spearman_matrix(columns)}
    for pair, reference in pinned()["spearman"].items():
        close((cells[pair].rho, cells[pair].p), (reference["rho"], reference["p"]), rel=1e-9)


def test_the_bootstrap_is_the_same_for_the_same_seed() -> None:
    before, after = np.arange(30.0), np.arange(30.0) - np.tile([0, 1, 2, 3, 5], 6)
    one = paired.median_change(before, after, seed=7)
    assert one == paired.median_change(before, after, seed=7)
    assert (one.median, one.replicates) == (-2.0, 10_000)
    assert one.lower <= one.median <= one.upper


def test_fisher_is_chosen_by_the_expected_counts() -> None:
    assert groups.table_test([(1, 2), (27, 13)]).test.startswith("Fisher")
    assert groups.table_test([(54, 103), (39, 54)]).test.startswith("Pearson")


REFUSED = [
    (lambda: paired.signed_rank(np.ones(5), np.ones(5)), "none of the 5 changes"),
    (lambda: paired.normality(np.ones(5)), "values that differ"),
    (lambda: groups.rank_test(np.array([]), np.ones(3)), "both groups"),
    (lambda: groups.rank_test(np.ones(3), np.ones(3)), "all values are the same"),
    (lambda: associations.linear_model(np.arange(3.0), {"a": np.arange(3.0), "b": np.ones(3)}), "do not determine"),
    (lambda: propensity(np.array([True, True]), {"a": np.arange(2.0)}), "treated and other"),
    (lambda: propensity(np.arange(20) > 9, {"a": np.arange(20.0)}), "separate the groups"),
    (lambda: kaplan_meier(np.array([-1.0]), np.array([1.0])), "not negative"),
    (lambda: kaplan_meier(np.array([1.0]), np.array([2.0])), "0 .censored. or 1"),
    (lambda: kaplan_meier(np.array([1.0]), np.array([1.0]), np.array([0.0])), "above zero"),
    (lambda: cox(np.ones(3), np.zeros(3), {"x": np.arange(3.0)}), "at least one event"),
    (lambda: cox(np.arange(1.0, 5), np.array([1.0, 1, 0, 0]), {"x": np.array([1.0, 1, 0, 0])}), "diverges"),
    (lambda: number({"age": [1, "old"]}, "age"), "patient 2: 'old' is not a number"),
    (lambda: number({"age": [1]}, "sex"), "no column 'sex'"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED)
def test_data_that_cannot_be_analysed_are_refused(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def invented_table(seed: int, patients: int, log_hazard: float) -> dict[str, Any]:
    """Give a cohort in which older and sicker patients are treated more often, with a known marginal effect."""
    g = np.random.default_rng(seed)
    age, sick = g.normal(55, 10, patients), g.integers(0, 2, patients)
    treated = g.random(patients) < 1 / (1 + np.exp(-(0.04 * (age - 55) + 0.8 * (sick - 0.5))))
    time = -np.log(g.random(patients)) / (0.1 * np.exp(log_hazard * treated))
    censored = g.uniform(2, 20, patients)
    score = g.integers(2, 20, patients)
    return {
        "treatment": np.where(treated, "drug", "usual"),
        "sick": np.where(sick == 1, "yes", "no"),
        "age": age,
        "time": np.minimum(time, censored),
        "event": (time <= censored).astype(int),
        "before": score,
        "after": np.maximum(0, score - g.integers(-1, 4, patients)),
        "late": np.maximum(0, score - g.integers(0, 5, patients)),
    }


SPEC = IpdSpec.model_validate(
    {
        "study": "invented",
        "pairs": [
            {"measure": "score", "before": "before", "after": "after"},
            {"measure": "late-score", "before": "before", "after": "late"},
        ],
        "visits": [{"measure": "score", "baseline": "before", "visits": ["after", "late"]}],
        "comparison": {"group": "treatment", "first": "drug", "continuous": ["age"], "categorical": ["sick"]},
        "correlate_changes": True,
        "regression": {"outcome": "change of score", "predictors": ["before", "age"]},
        "weighting": {
            "treatment": "treatment", "treated": "drug", "covariates": ["age", "sick"], "time": "time",
            "event": "event", "stabilised": True,
        },
        "replicates": 500,
        "seed": 1,
    }
)  # fmt: skip


def test_a_spec_runs_every_analysis() -> None:
    found = analyse(invented_table(5, 400, -0.7), SPEC)
    assert [p.measure for p in found.pairs] == ["score", "late-score"]
    assert found.visits[0].adjusted == tuple(min(1.0, 2 * t.p) for t in found.visits[0].tests)
    assert found.continuous[0][1].n1 + found.continuous[0][1].n2 == 400
    assert [c[0] for c in found.categorical] == ["sick"]
    assert len(found.correlations) == 1
    assert found.regression is not None
    assert [t.term for t in found.regression.terms] == ["constant", "before", "age"]
    weighted = found.weighted
    assert weighted is not None
    assert [b.covariate for b in weighted.balance] == ["age", "sick: yes"]
    assert all(abs(b.after) < abs(b.before) and abs(b.after) < 0.1 for b in weighted.balance)
    assert weighted.cox.hazards[0].lower < math.exp(-0.7) < weighted.cox.hazards[0].upper
    assert weighted.weights.effective_treated < effective_number(np.ones(400))
    assert weighted.log_rank.p < 0.01


def test_missing_values_are_left_out_and_counted() -> None:
    table = invented_table(5, 100, 0.0)
    table["age"][3] = math.nan
    table["before"] = table["before"].astype(float)
    table["before"][:2] = math.nan
    found = analyse(table, SPEC)
    assert found.pairs[0].test.pairs == 98
    assert found.weighted is not None
    assert (found.weighted.patients, found.weighted.left_out) == (99, 1)


def test_a_spec_that_names_no_measure_is_refused() -> None:
    with pytest.raises(ValidationError, match="names no measure"):
        IpdSpec.model_validate({"study": "a", "seed": 1, "regression": {"outcome": "change of x", "predictors": ["a"]}})
