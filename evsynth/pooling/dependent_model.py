"""Fits a pool whose effects are not independent: several from one cohort (multilevel), or cohorts that share patients.

Multilevel: effects in cohorts, `y ~ N(mu, V + between + within)`, V with a constant assumed correlation rho of sampling
errors inside a cohort, REML, and a cluster-robust test (CR2, Satterthwaite's degrees of freedom), which holds where V
or the variances are wrong. Below 4 degrees of freedom the interval is not to be trusted, and the result says so.

Covariance: cohorts that may share patients, with at most the smaller cohort shared; cov = rho n_shared/sqrt(n1 n2)
se1 se2 (`dependence.overlap_covariance`). Both show the answer over a grid of rho.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

import numpy as np

from evsynth.model.effect import Effect
from evsynth.model.estimate import Companion, Figures, Reason
from evsynth.model.pool import Pool
from evsynth.pooling.dependence.cluster_robust import Robust
from evsynth.pooling.dependence.correlated_effects import GRID, over_rho
from evsynth.pooling.dependence.marginal import Method
from evsynth.pooling.dependence.multivariate import MultivariateFit
from evsynth.pooling.dependence.overlap_covariance import GRID as SHARING
from evsynth.pooling.dependence.overlap_covariance import OverlapEstimator, pool_overlapping
from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.heterogeneity import cochran_q
from evsynth.pooling.overlap import overlap_free
from evsynth.pooling.pooled import Pooled, back, warned
from evsynth.pooling.random_effects import pool

Pairs = frozenset[frozenset[str]]


def multilevel(asked: Pool, effects: tuple[Effect, ...], clusters: Sequence[str], level: float) -> Pooled:
    """Fit `effects` nested in `clusters`. Raises InputError, also for fewer than two clusters."""
    y, v, rho = [e.y for e in effects], [e.v for e in effects], float(asked.choices.rho or 0)
    if len(set(clusters)) < 2:
        raise InputError([f"all {len(effects)} effects belong to one cluster; two or more are needed"])
    method = cast(Method, asked.choices.estimator)
    (at,) = over_rho(y, v, cluster=clusters, method=method, rhos=(rho,), level=level)
    fit, robust = at.fit, at.robust
    mean, to = robust.coefficients[0], back(effects[0].scale)
    if mean.lower is None or mean.upper is None:
        raise InputError(["the robust interval has no degrees of freedom: too few clusters"])
    sigma2 = fit.values("sigma2")
    figures = Figures(
        measure=effects[0].measure, scale=effects[0].scale, estimate=to(mean.estimate), lower=to(mean.lower),
        upper=to(mean.upper), level=100 * level, interval=f"cluster-robust t with {mean.df:.4g} df", p=mean.p,
        tau2=sum(sigma2), tau2_lower=None, tau2_upper=None, i2_tau2=None, i2_q=None,
        q=fit.residual.q, q_df=fit.residual.df, q_p=fit.residual.p,
        prediction="none", prediction_lower=None, prediction_upper=None, events=None, total=None,
    )  # fmt: skip
    fitted = {
        "model": f"multilevel: {len(effects)} effects in {len(set(clusters))} clusters",
        "estimator": f"{fit.method}; σ² between clusters {sigma2[0]:.4g}, within {sigma2[1]:.4g} (τ² is their sum)",
        "sampling errors": f"correlation {rho:g} inside a cluster, assumed",
        "interval": f"cluster-robust CR2, Satterthwaite t with {mean.df:.4g} df",
        "model-based": _described(fit),
        "certificate": fit.certificate,
    }
    grid = tuple(_over(asked, y, v, clusters, effects, level))
    return Pooled("pooled", figures, fitted, _shares(fit), grid, _warned(fit, robust))


def overlapping(asked: Pool, effects: tuple[Effect, ...], overlaps: Pairs, level: float) -> Pooled:
    """Fit cohorts of which some may share patients. Raises InputError for a cohort without a number of patients."""
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    patients = [float(sum(e.totals)) for e in effects]
    nobody = [e.label for e in effects if not e.totals]
    if nobody:
        raise InputError([f"{', '.join(nobody)}: the number of patients is not known, so their sharing is not either"])
    shared, rho = shared_patients(effects, overlaps), float(asked.choices.rho or 0)
    estimator = cast(OverlapEstimator, asked.choices.estimator)

    def at(value: float) -> Companion:
        one = pool_overlapping(y, v, patients=patients, shared=shared, rho=value, estimator=estimator, level=level,
                               labels=labels)  # fmt: skip
        limits = (one.mean.lower or 0.0, one.mean.upper or 0.0)
        return Companion(f"rho {value:g}", to(one.mean.estimate), to(limits[0]), to(limits[1]),
                         f"overlap covariance with rho {value:g}")  # fmt: skip

    to = back(effects[0].scale)
    found = pool_overlapping(y, v, patients=patients, shared=shared, rho=rho, estimator=estimator, level=level,
                             labels=labels)  # fmt: skip
    mean, q = found.mean, cochran_q(y, v)
    figures = Figures(
        measure=effects[0].measure, scale=effects[0].scale, estimate=to(mean.estimate), lower=to(mean.lower or 0.0),
        upper=to(mean.upper or 0.0), level=100 * level, interval="wald", p=mean.p,
        tau2=found.tau2, tau2_lower=None, tau2_upper=None, i2_tau2=None, i2_q=None, q=q.q, q_df=q.df, q_p=q.p,
        prediction="none", prediction_lower=None, prediction_upper=None, events=None, total=None,
    )  # fmt: skip
    pairs = "; ".join(
        f"{labels[i]} and {labels[j]} up to {shared[i, j]:g}"
        for i in range(len(labels))
        for j in range(i + 1, len(labels))
        if shared[i, j]
    )
    fitted = {
        "model": "random effects with the covariance of shared patients",
        "estimator": asked.choices.estimator,
        "sharing": pairs or "none",
        "covariance": f"rho {rho:g} times the share of patients, assumed",
        "interval": "Wald (normal)",
    }
    weights = tuple(100.0 * w for w in found.weights)
    beside = (*(at(value) for value in SHARING), *_free(effects, overlaps, estimator, level))
    return Pooled("pooled", figures, fitted, weights, beside, warned(found.codes))


def _free(effects: tuple[Effect, ...], overlaps: Pairs, estimator: OverlapEstimator, level: float) -> list[Companion]:
    """Pool every largest set of cohorts in which nobody is counted twice."""
    to, found = back(effects[0].scale), []
    names = [f"{e.study}/{e.cohort}" for e in effects]
    for free in overlap_free(names, overlaps):
        kept = [e for e, name in zip(effects, names, strict=True) if name in free]
        if 1 < len(kept) < len(effects):
            one = pool([e.y for e in kept], [e.v for e in kept], estimator=estimator, interval="wald", prediction="V",
                       level=level).intervals.wald  # fmt: skip
            left = [e.label for e in effects if e not in kept]
            found.append(
                Companion(f"Without {' and '.join(left)}", to(one.mean), to(one.lower), to(one.upper),
                          f"nobody counted twice, {estimator}, Wald")
            )  # fmt: skip
    return found


def shared_patients(effects: tuple[Effect, ...], overlaps: Pairs) -> FloatArray:
    """Give the largest number of patients that two effects can share: the smaller cohort, or 0 without an overlap."""
    names = [f"{e.study}/{e.cohort}" for e in effects]
    sizes = [float(sum(e.totals)) for e in effects]
    found = np.zeros((len(effects), len(effects)))
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            if i != j and (one == other or frozenset((one, other)) in overlaps):
                found[i, j] = min(sizes[i], sizes[j])
    return found


def _over(
    asked: Pool, y: list[float], v: list[float], clusters: Sequence[str], effects: tuple[Effect, ...], level: float
) -> list[Companion]:
    to = back(effects[0].scale)
    method = cast(Method, asked.choices.estimator)
    rows = over_rho(y, v, cluster=clusters, method=method, rhos=GRID, level=level)
    found = []
    for row in rows:
        mean = row.robust.coefficients[0]
        if mean.lower is not None and mean.upper is not None:
            found.append(Companion(f"rho {row.rho:g}", to(mean.estimate), to(mean.lower), to(mean.upper),
                                   f"the same model with correlation {row.rho:g}"))  # fmt: skip
    return found


def _described(fit: MultivariateFit) -> str:
    mean = fit.coefficients[0]
    df = "normal" if mean.df is None else f"t with {mean.df:g} df"
    return f"standard error {mean.se:.4g} on the analysis scale ({df}), not used for the interval"


def _shares(fit: MultivariateFit) -> tuple[float, ...]:
    pull = np.linalg.solve(fit.marginal, np.ones(fit.k))
    return tuple(100.0 * float(w) / math.fsum(pull) for w in pull)


def _warned(fit: MultivariateFit, robust: Robust) -> tuple[Reason, ...]:
    return warned(tuple(dict.fromkeys((*fit.codes, *robust.codes))))
