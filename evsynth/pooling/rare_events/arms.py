"""The log-likelihood of one arm as a function of its linear predictor, with two derivatives.

binomial   x e - n ln(1 + exp e) + ln C(n, x)         e the logit
Poisson    x (e + ln t) - t exp e - ln x!             e the log rate over person-time t
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import expit, gammaln

from evsynth.pooling.guard import FloatArray


class Slopes(NamedTuple):
    """A log-likelihood and its first and second derivative, in the shape of the predictor."""

    value: FloatArray
    first: FloatArray
    second: FloatArray


class Arm(NamedTuple):
    """Events ``x`` of ``n`` patients, or over ``n`` of person-time with ``rates``; one entry per study."""

    x: FloatArray
    n: FloatArray
    rates: bool

    def constant(self) -> FloatArray:
        """Return the terms free of the predictor."""
        if self.rates:
            return np.asarray(self.x * np.log(self.n) - gammaln(self.x + 1))
        return np.asarray(gammaln(self.n + 1) - gammaln(self.x + 1) - gammaln(self.n - self.x + 1))

    def slopes(self, predictor: FloatArray) -> Slopes:
        """Return value (without the constant) and derivatives; studies run along the first axis."""
        shape = (-1,) + (1,) * (predictor.ndim - 1)
        x, n = self.x.reshape(shape), self.n.reshape(shape)
        if self.rates:
            mean = n * np.exp(predictor)
            return Slopes(x * predictor - mean, x - mean, -mean)
        p = expit(predictor)
        return Slopes(x * predictor - n * np.logaddexp(0.0, predictor), x - n * p, -n * p * (1.0 - p))

    def saturated(self) -> FloatArray:
        """Return each study's highest log-likelihood, constant left out."""
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.rates:
                return np.asarray(np.where(self.x > 0, self.x * np.log(self.x / self.n), 0.0) - self.x)
            rest = self.n - self.x
            some = np.where(self.x > 0, self.x * np.log(self.x / self.n), 0.0)
            return np.asarray(some + np.where(rest > 0, rest * np.log(rest / self.n), 0.0))
