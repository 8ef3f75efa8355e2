"""Dependent effects: several estimates from the same patients, or from overlapping cohorts, pooled without counting
anyone twice.
"""

from __future__ import annotations

from evsynth.pooling.dependence.cluster_robust import Robust, cluster_robust, robust_fit
from evsynth.pooling.dependence.correlated_effects import AtRho, over_rho
from evsynth.pooling.dependence.multivariate import Component, MultivariateFit, fit_multivariate
from evsynth.pooling.dependence.overlap_covariance import OverlapPool, overlap_covariance, pool_overlapping
from evsynth.pooling.dependence.profile import ProfileInterval, profile_interval
from evsynth.pooling.dependence.robust_effects import RobustEffects, robust_effects
from evsynth.pooling.dependence.sampling_covariance import sampling_covariance

__all__ = [
    "AtRho",
    "Component",
    "MultivariateFit",
    "OverlapPool",
    "ProfileInterval",
    "Robust",
    "RobustEffects",
    "cluster_robust",
    "fit_multivariate",
    "over_rho",
    "overlap_covariance",
    "pool_overlapping",
    "profile_interval",
    "robust_effects",
    "robust_fit",
    "sampling_covariance",
]
