"""How well rebuilt patients give back the figure, and whether a hazard ratio from them may be pooled.

    RMSE, mean and largest |S_digitised - S_rebuilt| at the clicks;  printed against rebuilt: at risk, events, median,
    S(t)

Limits 0.05 (RMSE), 0.02 (mean), 0.05 (largest) as suggested with IPDfromKM (Liu 2021). Gate: without numbers at risk
and without the total of events the hazard ratio is not used (Guyot 2012). Between-digitisation variance of the log
hazard ratio is added to the variance of the study; with equal digitisations it adds nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evsynth.reanalyse.ipd.cox import cox
from evsynth.reanalyse.ipd.curves import Curve, kaplan_meier, log_rank
from evsynth.reanalyse.survival.digitised import Points
from evsynth.reanalyse.survival.reconstruct import Patients

RMSE_LIMIT, MEAN_LIMIT, LARGEST_LIMIT = 0.05, 0.02, 0.05
FEW_AT_RISK = 10


class Printed(NamedTuple):
    """One printed figure beside the rebuilt one."""

    what: str
    printed: float
    rebuilt: float


class Accuracy(NamedTuple):
    """Errors of one curve, and what is printed beside what is rebuilt."""

    rmse: float
    mean: float
    largest: float
    rows: tuple[Printed, ...]

    @property
    def within_limits(self) -> bool:
        """Say whether all three errors stay within the limits."""
        return self.rmse <= RMSE_LIMIT and self.mean <= MEAN_LIMIT and self.largest <= LARGEST_LIMIT


class Gate(NamedTuple):
    """Whether the hazard ratio may be pooled, why not, and what to look at (stable codes with sentences)."""

    poolable: bool
    reasons: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]


class RebuiltHazard(NamedTuple):
    """Hazard ratio of the first group against the second from rebuilt patients."""

    log_ratio: float
    variance: float
    ratio: float
    lower: float
    upper: float
    log_rank_p: float


def accuracy(
    clicks: Points,
    patients: Patients,
    at_risk: Sequence[tuple[float, int]] = (),
    events: int | None = None,
    median: float | None = None,
    survival_at: Sequence[tuple[float, float]] = (),
) -> Accuracy:
    """Compare rebuilt patients with the digitised curve and with printed figures."""
    curve = kaplan_meier(patients.time, patients.event)
    gaps = np.abs(np.array([curve.at(float(t)) for t in clicks.time]) - clicks.survival)
    rows = [Printed(f"at risk at {t:g}", float(n), float((patients.time >= t).sum())) for t, n in at_risk]
    if events is not None:
        rows.append(Printed("events", float(events), float(patients.event.sum())))
    if median is not None:
        rows.append(Printed("median", median, curve.median()))
    rows += [Printed(f"survival at {t:g}", s, curve.at(t)) for t, s in survival_at]
    return Accuracy(float(np.sqrt((gaps**2).mean())), float(gaps.mean()), float(gaps.max()), tuple(rows))


def rebuilt_hazard(first: Patients, second: Patients, level: float = 0.95) -> RebuiltHazard:
    """Compare two rebuilt groups by Cox regression and the log-rank test."""
    time, event = np.concatenate([first.time, second.time]), np.concatenate([first.event, second.event])
    group = np.concatenate([np.ones(len(first.time)), np.zeros(len(second.time))])
    fit = cox(time, event, {"group": group}, level=level).hazards[0]
    z = (math.log(fit.upper) - fit.b) / fit.se_robust
    error = fit.se_model
    p = log_rank(time, event, group == 1).p
    return RebuiltHazard(fit.b, error**2, fit.ratio, math.exp(fit.b - z * error), math.exp(fit.b + z * error), p)


def together(digitisations: Sequence[RebuiltHazard]) -> tuple[float, float]:
    """Give log hazard ratio and variance over digitisations: mean, and mean variance plus the variance between them."""
    if not digitisations:
        raise ValueError("at least one digitisation is needed")
    logs = np.array([d.log_ratio for d in digitisations])
    between = float(logs.var(ddof=1)) if len(logs) > 1 else 0.0
    return float(logs.mean()), float(np.mean([d.variance for d in digitisations])) + between


def gate(
    results: Sequence[Accuracy],
    groups: Sequence[Patients],
    *,
    numbers_at_risk: bool,
    total_events: bool,
    digitisations: int = 1,
    axis_from_zero: bool = True,
) -> Gate:
    """Decide whether a hazard ratio from these curves may be pooled."""
    reasons, warnings = [], []
    if not numbers_at_risk and not total_events:
        reasons.append(("KM_NO_RISK_TABLE", "neither numbers at risk nor the total of events are printed"))
    for i, result in enumerate(results, start=1):
        if not result.within_limits:
            errors = f"{result.rmse:.3f}, {result.mean:.3f}, {result.largest:.3f}"
            reasons.append(("KM_INACCURATE", f"curve {i}: RMSE, mean and largest error are {errors}"))
    for i, patients in enumerate(groups, start=1):
        if patients.event.sum() < 1:
            reasons.append(("KM_NO_EVENT", f"curve {i} has no event"))
            continue
        curve = kaplan_meier(patients.time, patients.event)
        few = max(FEW_AT_RISK, 0.1 * len(patients.time))
        thin = curve.times[curve.at_risk < few]
        if len(thin):
            warnings.append(("KM_THIN_TAIL", f"curve {i}: under {few:g} at risk from {thin[0]:g} on; truncate there"))
    if len(groups) == 2 and all(g.event.sum() >= 1 for g in groups) and crossing(groups[0], groups[1]):
        warnings.append(("KM_CROSSING", "the curves cross; one hazard ratio may not describe them, see the RMST"))
    if digitisations < 2:
        warnings.append(("KM_ONE_DIGITISATION", "digitised once; the error of the clicks is not in the variance"))
    if not axis_from_zero:
        warnings.append(("KM_AXIS", "the survival axis does not start at zero"))
    return Gate(not reasons, tuple(reasons), tuple(warnings))


def crossing(first: Patients, second: Patients) -> bool:
    """Say whether one curve is above the other by more than 0.02 at one time and below by as much at another."""
    curves = [kaplan_meier(p.time, p.event) for p in (first, second)]
    times = np.union1d(curves[0].times, curves[1].times)
    gaps = np.array([curves[0].at(float(t)) - curves[1].at(float(t)) for t in times])
    return bool((gaps > 0.02).any() and (gaps < -0.02).any())


def restricted_mean(curve: Curve, until: float) -> float:
    """Give the area under a curve up to a time."""
    inside = curve.times < until
    times = np.concatenate([[0.0], curve.times[inside], [until]])
    heights = np.concatenate([[1.0], curve.survival[inside]])
    return float((np.diff(times) * heights).sum())
