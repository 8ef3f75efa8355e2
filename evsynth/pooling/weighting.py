"""Inverse-variance weights, their weighted mean, and the weighted sum of squares around it.

Sums are taken with ``math.fsum``, which is exact before one final rounding: results do not depend on the
order of the studies nor on the processor's vector width, and survive variances that differ by a factor of
1e8.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.pooling.guard import FloatArray


class WeightedMean(NamedTuple):
    """Weighted mean with ``weights = 1/(v + tau2)``; ``se = 1/sqrt(sum weights)``; ``rss = sum weights (y -
    mean)^2``.
    """

    mean: float
    se: float
    rss: float
    weights: FloatArray


def weighted_mean(y: FloatArray, v: FloatArray, tau2: float) -> WeightedMean:
    """Return the inverse-variance weighted mean at a given tau2, on the scale of ``y``.

    The mean is corrected once by the weighted mean of the residuals, which removes the rounding of ``sum(w
    y)/sum(w)``.
    """
    weights = 1.0 / (v + tau2)
    total = math.fsum(weights)
    mean = math.fsum(weights * y) / total
    mean += math.fsum(weights * (y - mean)) / total
    residual = y - mean
    return WeightedMean(mean, 1.0 / math.sqrt(total), math.fsum(weights * residual * residual), weights)
