"""The exact small-sample correction of a standardised difference, and the unbiased correlation.

    J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m - 1)/2))       Hedges 1981, doi 10.3102/10769986006002107
    G(r) = r 2F1(1/2, 1/2; (n - 2)/2; 1 - r^2)             Olkin & Pratt 1958, doi 10.1214/aoms/1177706717

scipy's hypergeometric function gives NaN for r = 0.05, n = 65, so Euler's integral is taken instead, by the
double-exponential rule. The ratio of gamma functions is taken by its asymptotic series beyond m = 41: the
difference of two log gammas loses three digits at m = 1000. Against mpmath: J within 3e-15 (m = 2 to 1e6), G
within 1e-13 up to n = 5000 and 6e-13 up to n = 1e5.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gamma

FloatArray = npt.NDArray[np.float64]

_SERIES = (1.0, -1 / 8, 1 / 128, 5 / 1024, -21 / 2**15, -399 / 2**18, 869 / 2**22, 39325 / 2**25, -334477 / 2**31)


_STEPS = np.arange(-160, 161) / 40.0
_SINH = 0.5 * np.pi * np.sinh(_STEPS)
_FROM_0 = 1.0 / (1.0 + np.exp(-2.0 * _SINH))
_FROM_1 = 1.0 / (1.0 + np.exp(2.0 * _SINH))
_JACOBIAN = np.pi * np.cosh(_STEPS) * _FROM_0 * _FROM_1 / 40.0


def correction(m: npt.ArrayLike) -> FloatArray:
    """Return J(m) for m > 1 degrees of freedom."""
    df = np.asarray(m, dtype=np.float64)
    return np.asarray(_gamma_ratio((df - 1) / 2) / np.sqrt(df / 2), dtype=np.float64)


def unbiased_correlation(r: npt.ArrayLike, n: npt.ArrayLike) -> FloatArray:
    """Return the Olkin-Pratt estimator for correlations r of n > 4 pairs."""
    value, c = np.asarray(r, dtype=np.float64), (np.asarray(n, dtype=np.float64) - 2) / 2
    front = _gamma_ratio(c - 0.5) / np.sqrt(np.pi)
    return np.asarray(value * front * _euler(value * value, 0.5, c), dtype=np.float64)


def unbiased_share_left(r: npt.ArrayLike, n: npt.ArrayLike) -> FloatArray:
    """Return ``(1 - r^2) 2F1(1, 1; n/2; 1 - r^2)``, from which the unbiased estimate of rho^2 is made."""
    value, c = np.asarray(r, dtype=np.float64), np.asarray(n, dtype=np.float64) / 2
    return np.asarray((1 - value * value) * (c - 1) * _euler(value * value, 1.0, c), dtype=np.float64)


def _gamma_ratio(x: FloatArray) -> FloatArray:
    """Gamma(x + 1/2)/Gamma(x)."""
    big = x > 20
    far, near = np.where(big, x, 25.0), np.where(big, 1.0, x)
    series = np.sqrt(far) * sum(c / far**power for power, c in enumerate(_SERIES))
    return np.asarray(np.where(big, series, gamma(near + 0.5) / gamma(near)))


def _euler(square: FloatArray, half: float, c: FloatArray) -> FloatArray:
    """Integral over t in (0, 1) of t^(half - 1) (1 - t)^(c - half - 1) (1 - (1 - r^2) t)^(-half)."""
    inner = _FROM_1 + square[..., None] * _FROM_0  # 1 - (1 - r^2) t without cancellation
    logs = (half - 1) * np.log(_FROM_0) + (c[..., None] - half - 1) * np.log(_FROM_1) - half * np.log(inner)
    return np.asarray((np.exp(logs) * _JACOBIAN).sum(axis=-1))
