"""Pool two arms with the beta-binomial model: every arm's risk is drawn around its group's mean.

Kuss 2015, doi 10.1002/sim.6383: one mean per group, a common overdispersion, arms of a study independent given
the means. Double-zero studies are kept and say what they say: risks are low. Odds ratio, risk ratio and risk
difference are functions of the same two means; their standard errors are by the delta method from the observed
information. Randomised pairing within studies is not used: a study's arms are compared only on average.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import expit
from scipy.stats import norm

from evsynth.pooling.guard import InputError, check_choice, check_level
from evsynth.pooling.rare_events.overdispersed import climb, group
from evsynth.pooling.rare_events.tables import LeftOut, TwoArms, few_events, uninformative

Measure = Literal["OR", "RR", "RD"]


class BetaBinomialArms(NamedTuple):
    """A beta-binomial pool of two arms on the analysis scale (log for ratios). ``mean_1``, ``mean_2`` are risks."""

    model: str
    measure: Measure
    scale: Literal["log", "natural"]
    k: int
    labels: tuple[str, ...]
    estimate: float
    se: float
    p: float
    lower: float
    upper: float
    level: float
    mean_1: float
    mean_2: float
    rho: float
    log_likelihood: float
    optimiser: str
    converged: bool
    scaled_gradient: float
    why_not: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    codes: tuple[str, ...]


def beta_binomial_arms(tables: TwoArms, measure: Measure, *, level: float) -> BetaBinomialArms:
    """Fit the model; look at ``converged`` before using it.

    Raises InputError for fewer than two studies, for rates, and when nobody or everybody had the event in an
    arm: then its mean has no maximum inside (0, 1).
    """
    level = check_level(level)
    check_choice("measure", measure, ("OR", "RR", "RD"))
    if tables.rates:
        raise InputError(["the beta-binomial model is for counts of patients, not for rates"])
    if len(tables.x1) < 2:
        raise InputError([f"{len(tables.x1)} study given; this needs at least 2 studies"])
    for arm, x, n in ((1, tables.x1, tables.n1), (2, tables.x2, tables.n2)):
        if x.sum() in (0, n.sum()):
            raise InputError([f"arm {arm}: {int(x.sum())} of {int(n.sum())} had the event in all studies: no maximum"])
    found = climb([group(tables.x1, tables.n1), group(tables.x2, tables.n2)])
    one, two = (float(value) for value in expit(found.logits))
    away = {"OR": (1.0, -1.0), "RR": (1 - one, two - 1), "RD": (one * (1 - one), -two * (1 - two))}[measure]
    estimate = {
        "OR": float(found.logits[0] - found.logits[1]),
        "RR": math.log(one) - math.log(two),
        "RD": one - two,
    }[measure]
    slope = np.array(away)
    v = float(slope @ found.covariance @ slope)
    why_not = found.why_not if math.isfinite(v) and v > 0 else (*found.why_not, "no standard error")
    se = math.sqrt(v) if math.isfinite(v) and v > 0 else math.inf
    half = se * float(norm.isf((1 - level) / 2))
    codes = (
        *(("FEW_STUDIES",) if len(tables.x1) < 5 else ()),
        *few_events(tables),
        *(("RHO_ZERO",) if found.theta == 0 else ()),
        *(("DOUBLE_ZERO_KEPT",) if uninformative(tables).any() else ()),
    )
    return BetaBinomialArms(
        "beta-binomial, common overdispersion (maximum likelihood)", measure, "natural" if measure == "RD" else "log",
        len(tables.x1), tables.labels, estimate, se, 2 * float(norm.sf(abs(estimate) / se)), estimate - half,
        estimate + half, level, one, two, found.rho, found.log_likelihood, "profile (Newton, Brent)", not why_not,
        found.scaled_gradient, why_not, (), codes,
    )  # fmt: skip
