"""Cox regression with weights: Newton's method for beta, Efron or Breslow ties, and the robust (sandwich) variance.

    score U = sum w_i (x_i - mean at risk),   model variance I^-1
    robust variance = D'D,   D_i = w_i (score residual_i) I^-1

Cox 1972; Efron 1977; Lin & Wei 1989, doi 10.1080/01621459.1989.10478874; weights in an IPTW sample Cole & Hernan 2004.
With weights the model variance is not that of the estimate; the robust one is what papers print as 'robust 95% CI'.
statsmodels' PHReg has no weights; without weights both agree. Refuses (ValueError) data without events and estimates
that diverge.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from evsynth.reanalyse.ipd.curves import checked

Floats = NDArray[np.float64]
Ties = Literal["efron", "breslow"]


class Hazard(NamedTuple):
    """One coefficient: log hazard ratio, errors of both kinds, hazard ratio with its robust interval, Z and P."""

    term: str
    b: float
    se_model: float
    se_robust: float
    ratio: float
    lower: float
    upper: float
    z: float
    p: float


class CoxModel(NamedTuple):
    """The fitted model, and the robust score test of all coefficients at zero."""

    patients: int
    events: int
    ties: Ties
    hazards: tuple[Hazard, ...]
    log_likelihood: float
    score_chi2: float
    score_p: float


class _Sums(NamedTuple):
    likelihood: float
    score: Floats
    information: Floats
    residuals: Floats


def cox(
    time: Floats,
    event: Floats,
    terms: dict[str, Floats],
    weights: Floats | None = None,
    *,
    ties: Ties = "efron",
    level: float = 0.95,
) -> CoxModel:
    """Fit the model."""
    w = checked(time, event, weights)
    x = np.column_stack(list(terms.values())).astype(float)
    if not (event == 1).any():
        raise ValueError("a Cox model needs at least one event")
    x = x - np.average(x, axis=0, weights=w)
    b = np.zeros(x.shape[1])
    start = _sums(time, event, x, w, b, ties)
    now = start
    for _ in range(50):
        step = _solve(now.information, now.score)
        following = _sums(time, event, x, w, b + step, ties)
        while following.likelihood < now.likelihood - 1e-9 and float(np.abs(step).max()) > 1e-10:
            step = step / 2
            following = _sums(time, event, x, w, b + step, ties)
        b, previous, now = b + step, now, following
        if float(np.abs(b).max()) > 30:
            raise ValueError("the estimate diverges: a term separates events from censored times")
        if abs(now.likelihood - previous.likelihood) < 1e-13 * (1 + abs(now.likelihood)):
            break
    inverse = _solve(now.information, np.eye(len(b)))
    influence = (now.residuals * w[:, None]) @ inverse
    model, robust = np.sqrt(np.diag(inverse)), np.sqrt(np.diag(influence.T @ influence))
    weighted = start.residuals * w[:, None]
    statistic = float(start.score @ _solve(weighted.T @ weighted, start.score))
    z = float(norm.isf((1 - level) / 2))
    hazards = tuple(
        Hazard(
            name,
            float(b[i]),
            float(model[i]),
            float(robust[i]),
            math.exp(b[i]),
            math.exp(b[i] - z * robust[i]),
            math.exp(b[i] + z * robust[i]),
            float(b[i] / robust[i]),
            2 * float(norm.sf(abs(b[i] / robust[i]))),
        )
        for i, name in enumerate(terms)
    )
    events = int((event == 1).sum())
    p = float(chi2.sf(statistic, len(b)))
    return CoxModel(len(time), events, ties, hazards, now.likelihood, statistic, p)


def _solve(matrix: Floats, right: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(matrix, right), dtype=float)
    except np.linalg.LinAlgError as problem:
        raise ValueError("the terms determine each other, or do not vary among those at risk") from problem


def _sums(time: Floats, event: Floats, x: Floats, w: Floats, b: Floats, ties: Ties) -> _Sums:
    n, k = x.shape
    linear = x @ b
    risk = np.exp(linear)
    likelihood, score, information = 0.0, np.zeros(k), np.zeros((k, k))
    residuals = np.zeros((n, k))
    for t in np.unique(time[event == 1]):
        here, dying = np.flatnonzero(time >= t), np.flatnonzero((time == t) & (event == 1))
        part = w[here] * risk[here]
        s0, s1 = float(part.sum()), part @ x[here]
        s2 = (x[here] * part[:, None]).T @ x[here]
        own = w[dying] * risk[dying]
        d0, d1 = float(own.sum()), own @ x[dying]
        d2 = (x[dying] * own[:, None]).T @ x[dying]
        d, weight = len(dying), float(w[dying].sum())
        likelihood += float(w[dying] @ linear[dying])
        score += w[dying] @ x[dying]
        residuals[dying] += x[dying]
        for j in range(d):
            share = j / d if ties == "efron" else 0.0
            total = s0 - share * d0
            mean = (s1 - share * d1) / total
            likelihood -= weight / d * math.log(total)
            score -= weight / d * mean
            information += weight / d * ((s2 - share * d2) / total - np.outer(mean, mean))
            step = weight / d / total
            residuals[here] -= step * risk[here, None] * (x[here] - mean)
            residuals[dying] += share * step * risk[dying, None] * (x[dying] - mean)
            residuals[dying] -= mean / d
    return _Sums(likelihood, score, information, residuals)
