"""Pool single-arm proportions with the beta-binomial model by maximum likelihood: the second choice after the
GLMM.

``p_i ~ Beta(a, b)``; the mean ``pi = a/(a + b)`` and the overdispersion ``rho = 1/(a + b + 1)``. Unlike the
GLMM's, its back-transformed centre is the *mean* study probability. Griffiths 1973, doi 10.2307/2529131; Kuss
2015, doi 10.1002/sim.6383. The likelihood and its climb are those of ``rare_events.overdispersed``: no gamma
functions, the binomial at rho = 0 an ordinary point, every maximum of the profile found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy.typing as npt
from scipy.special import expit
from scipy.stats import beta, norm

from evsynth.pooling.guard import InputError, check_counts, check_level
from evsynth.pooling.rare_events.overdispersed import climb, group


class BetaBinomial(NamedTuple):
    """A beta-binomial pool.

    ``mean_*`` are the mean study probability and its Wald interval taken on the logit.

    ``prediction_*`` are plug-in Beta quantiles: they ignore that a and b are estimated, and are too narrow
    for few studies.
    """

    model: str
    k: int
    labels: tuple[str, ...]
    logit_mean: float
    se: float
    rho: float
    mean_probability: float
    mean_lower: float
    mean_upper: float
    prediction_lower: float
    prediction_upper: float
    log_likelihood: float
    events: int
    total: int
    crude_rate: float
    optimiser: str
    converged: bool
    why_not: tuple[str, ...]
    level: float


def beta_binomial(
    events: npt.ArrayLike, totals: npt.ArrayLike, *, level: float, labels: Sequence[str] | None = None
) -> BetaBinomial:
    """Fit the model; look at ``converged`` before using it. Raises InputError as ``binomial_normal`` does."""
    level, counts = check_level(level), check_counts(events, totals, labels=labels, minimum=2)
    happened, among = int(counts.events.sum()), int(counts.totals.sum())
    if happened in (0, among):
        raise InputError([f"{happened} of {among} had the event: no maximum; use an exact bound"])
    found = climb([group(counts.events, counts.totals)])
    tail, pi, centre = (1 - level) / 2, float(expit(found.logits[0])), float(found.logits[0])
    new = (pi, pi)
    if found.theta > 0:
        a, b = pi / found.theta, (1 - pi) / found.theta
        new = float(beta.ppf(tail, a, b)), float(beta.isf(tail, a, b))
    v = float(found.covariance[0, 0])
    se = math.sqrt(v) if math.isfinite(v) and v > 0 else math.inf
    half = se * float(norm.isf(tail))
    return BetaBinomial(
        model="beta-binomial (maximum likelihood)",
        k=len(counts.events),
        labels=counts.labels,
        logit_mean=centre,
        se=se,
        rho=found.rho,
        mean_probability=pi,
        mean_lower=float(expit(centre - half)),
        mean_upper=float(expit(centre + half)),
        prediction_lower=new[0],
        prediction_upper=new[1],
        log_likelihood=found.log_likelihood,
        events=happened,
        total=among,
        crude_rate=happened / among,
        optimiser="profile (Newton, Brent)",
        converged=not found.why_not,
        why_not=found.why_not,
        level=level,
    )
