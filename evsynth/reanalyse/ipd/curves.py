"""Weighted Kaplan-Meier curves and weighted log-rank tests.

    S(t) = prod (1 - dw/Yw),   Var S = sum (w_i D_i)^2
    influence D_i(t) = -S(t) sum over s <= t of (dN_i - Y_i dw/Yw)/(Yw - dw)
    G = sum (dw1 - Yw1 dw/Yw),   Var G by Xie & Liu 2005, doi 10.1002/sim.2174: sum over event times of
        d(Y - d)/(Y(Y - 1)) sum over those at risk of w_i^2 (Yw0/Yw)^2 (treated) or (Yw1/Yw)^2 (others)

With unit weights these are Kaplan-Meier with an infinitesimal-jackknife variance, and the log-rank test.
Refuses (ValueError) negative times, events other than 0 and 1, and weights that are not above zero.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

Floats = NDArray[np.float64]


class Curve(NamedTuple):
    """A curve at its event times: patients and weight at risk, events (weighted), survival, its error and interval."""

    times: Floats
    at_risk: Floats
    weight_at_risk: Floats
    events: Floats
    survival: Floats
    standard_error: Floats
    lower: Floats
    upper: Floats

    def at(self, time: float) -> float:
        """Give the survival at a time."""
        before = int(np.searchsorted(self.times, time, side="right"))
        return 1.0 if before == 0 else float(self.survival[before - 1])

    def median(self) -> float:
        """Give the first time at which survival is at most one half; infinite if it never is."""
        below = np.flatnonzero(self.survival <= 0.5 + 1e-12)
        return float(self.times[below[0]]) if len(below) else math.inf


class LogRank(NamedTuple):
    """Observed minus expected (weighted) in the first group, its variance, chi-square and P."""

    observed_minus_expected: float
    variance: float
    chi2: float
    p: float


def kaplan_meier(time: Floats, event: Floats, weights: Floats | None = None, level: float = 0.95) -> Curve:
    """Give the curve of one group, with plain log-transformed limits."""
    w = checked(time, event, weights)
    times = np.unique(time[event == 1])
    at_risk = np.array([(time >= t).sum() for t in times], dtype=float)
    risk = np.array([w[time >= t].sum() for t in times])
    deaths = np.array([w[(time == t) & (event == 1)].sum() for t in times])
    survival = np.cumprod(1 - deaths / risk)
    error = np.sqrt(_influence_variance(time, event, w, times, risk, deaths, survival))
    z = float(norm.isf((1 - level) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = z * error / survival
        lower = np.where(survival > 0, survival * np.exp(-spread), 0.0)
        upper = np.where(survival > 0, np.minimum(1.0, survival * np.exp(spread)), 0.0)
    return Curve(times, at_risk, risk, deaths, survival, error, lower, upper)


def numbers_at_risk(time: Floats, at: Floats, weights: Floats | None = None) -> Floats:
    """Give the patients (or their weight) still under observation at the given times."""
    w = np.ones_like(time) if weights is None else weights
    return np.array([w[time >= t].sum() for t in at])


def log_rank(time: Floats, event: Floats, first: NDArray[np.bool_], weights: Floats | None = None) -> LogRank:
    """Compare two groups by Xie and Liu's weighted log-rank test."""
    w = checked(time, event, weights)
    gap = variance = 0.0
    for t in np.unique(time[event == 1]):
        here, dying = time >= t, (time == t) & (event == 1)
        total, one = float(w[here].sum()), float(w[here & first].sum())
        gap += float(w[dying & first].sum()) - one * float(w[dying].sum()) / total
        n, d = int(here.sum()), int(dying.sum())
        if n > 1:
            share = np.where(first[here], (total - one) / total, one / total)
            variance += d * (n - d) / (n * (n - 1)) * float((w[here] ** 2 * share**2).sum())
    statistic = gap * gap / variance if variance > 0 else 0.0
    return LogRank(gap, variance, statistic, float(chi2.sf(statistic, 1)))


def checked(time: Floats, event: Floats, weights: Floats | None) -> Floats:
    """Give the weights (1 by default) of times and events that can be analysed."""
    w = np.ones(len(time)) if weights is None else np.asarray(weights, dtype=float)
    if not len(time) or not (np.isfinite(time).all() and (time >= 0).all()):
        raise ValueError("times must be present, finite and not negative")
    if not np.isin(event, (0, 1)).all():
        raise ValueError("events must be 0 (censored) or 1")
    if not (np.isfinite(w).all() and (w > 0).all()):
        raise ValueError("weights must be finite and above zero")
    return w


def _influence_variance(
    time: Floats, event: Floats, w: Floats, times: Floats, risk: Floats, deaths: Floats, survival: Floats
) -> Floats:
    left = np.maximum(risk - deaths, np.finfo(float).tiny)
    hazard = np.where(risk > deaths, deaths / (risk * left), 0.0)
    cumulative = np.concatenate([[0.0], np.cumsum(hazard)])
    own = np.concatenate([[0.0], np.where(risk > deaths, 1 / left, 0.0)])
    last = np.searchsorted(times, time, side="right")
    total = np.zeros(len(times))
    for i in range(len(time)):
        reached = np.minimum(np.arange(1, len(times) + 1), last[i])
        jump = np.where((event[i] == 1) & (times >= time[i]), own[last[i]], 0.0)
        total += (w[i] * (jump - cumulative[reached])) ** 2
    return np.asarray(survival**2 * total)
