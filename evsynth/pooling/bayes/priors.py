"""Priors of tau, the between-study standard deviation, with what decides whether a posterior and its moments exist.

Proper: half-normal, half-Cauchy, exponential, bounded uniform; log-normal and log-t for tau^2; and three that take
their scale from the standard errors s_i of the data: DuMouchel ``s/(s + tau)^2`` and shrinkage ``2 s^2 tau/(s^2 +
tau^2)^2`` with ``s^2`` the harmonic mean of s_i^2, conventional ``prod [tau/(s_i^2 + tau^2)^(3/2)]^(1/k)``.
Improper: uniform on (0, inf) and Jeffreys ``sqrt(sum [tau/(s_i^2 + tau^2)]^2)``. Roever 2020, doi
10.18637/jss.v093.i06 (section 2.2); half-normal scales: Roever 2021, doi 10.1002/jrsm.1475. Scales are in the units
of ``y`` (its square for the location of tau^2).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln, ndtr
from scipy.stats import t as student

from evsynth.pooling.guard import FloatArray, InputError

LogDensity = Callable[[FloatArray, FloatArray], FloatArray]


class TauPrior(NamedTuple):
    """A prior: name, parameters, log density as a function of (tau, sampling variances v), and its shape at the ends.

    ``tail`` is the power with which the density falls (inf: faster than any), ``reach`` where it is 0 or below 1e-19 of
    its mass when it falls faster than any power (inf otherwise). ``below`` is its distribution function, given for
    priors whose mass near 0 is spread over many orders of magnitude. ``log_constant`` tells whether the density is
    normalised.
    """

    name: str
    parameters: tuple[tuple[str, float], ...]
    log_density: LogDensity
    proper: bool
    normalised: bool
    tail: float
    reach: float
    scale: float
    source: str
    below: Callable[[float], float] | None = None

    @property
    def described(self) -> str:
        """Return e.g. ``half-normal(scale = 0.5)``."""
        inside = ", ".join(f"{name} = {value:g}" for name, value in self.parameters)
        return f"{self.name}({inside})" if inside else self.name


def half_normal(scale: float) -> TauPrior:
    """Return the half-normal prior: the absolute value of a normal with this standard deviation."""
    _positive("scale", scale)

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        return 0.5 * math.log(2 / math.pi) - math.log(scale) - 0.5 * (tau / scale) ** 2

    source = "10.1002/jrsm.1475"
    return TauPrior("half-normal", (("scale", scale),), log_density, True, True, math.inf, 9 * scale, scale, source)


def half_cauchy(scale: float) -> TauPrior:
    """Return the half-Cauchy prior (Gelman 2006, doi 10.1214/06-BA117A)."""
    _positive("scale", scale)

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        return math.log(2 / (math.pi * scale)) - np.log1p((tau / scale) ** 2)

    return TauPrior(
        "half-Cauchy", (("scale", scale),), log_density, True, True, 2.0, math.inf, scale, "10.1214/06-BA117A"
    )


def exponential(scale: float) -> TauPrior:
    """Return the exponential prior with mean ``scale``."""
    _positive("scale", scale)

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        return -math.log(scale) - tau / scale

    return TauPrior(
        "exponential",
        (("scale", scale),),
        log_density,
        True,
        True,
        math.inf,
        45 * scale,
        scale,
        "10.18637/jss.v093.i06",
    )


def uniform(upper: float | None = None) -> TauPrior:
    """Return the uniform prior on (0, upper), or the improper one on (0, infinity)."""
    source = "10.1214/06-BA117A"
    if upper is None:
        return TauPrior("uniform", (), lambda tau, v: np.zeros_like(tau), False, False, 0.0, math.inf, math.inf, source)
    _positive("upper", upper)
    height = -math.log(upper)
    return TauPrior(
        "uniform",
        (("upper", upper),),
        lambda tau, v: np.full_like(tau, height),
        True,
        True,
        math.inf,
        upper,
        upper,
        source,
    )


def jeffreys() -> TauPrior:
    """Return Jeffreys' prior of tau for known s_i (improper)."""

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(tau) + 0.5 * np.log((1.0 / (v[:, None] + tau**2) ** 2).sum(axis=0)))

    return TauPrior("Jeffreys", (), log_density, False, False, 1.0, math.inf, math.inf, "10.18637/jss.v093.i06")


def du_mouchel() -> TauPrior:
    """Return DuMouchel's prior: median tau equals the harmonic-mean standard error."""

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        s = math.sqrt(harmonic(v))
        return np.asarray(math.log(s) - 2 * np.log(s + tau))

    return TauPrior("DuMouchel", (), log_density, True, True, 2.0, math.inf, math.inf, "10.18637/jss.v093.i06")


def shrinkage() -> TauPrior:
    """Return the uniform shrinkage prior: s^2/(s^2 + tau^2) uniform on (0, 1) (Daniels 1999, doi 10.2307/3316112)."""

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        s2 = harmonic(v)
        with np.errstate(divide="ignore"):
            return np.asarray(math.log(2 * s2) + np.log(tau) - 2 * np.log(s2 + tau**2))

    return TauPrior("shrinkage", (), log_density, True, True, 3.0, math.inf, math.inf, "10.2307/3316112")


def conventional() -> TauPrior:
    """Return the conventional prior (Berger & Deely 1988, doi 10.1080/01621459.1988.10478605); not normalised here."""

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(tau) - 1.5 * np.log(v[:, None] + tau**2).mean(axis=0))

    return TauPrior(
        "conventional", (), log_density, True, False, 2.0, math.inf, math.inf, "10.1080/01621459.1988.10478605"
    )


def log_normal(location: float, scale: float, *, name: str = "log-normal", source: str = "") -> TauPrior:
    """Return the prior under which log tau^2 is normal(location, scale)."""
    _positive("scale", scale)
    _finite("location", location)

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(tau)
            z = (2 * log - location) / scale
            value = math.log(2 / scale) - 0.5 * math.log(2 * math.pi) - log - 0.5 * z * z
        return np.where(tau > 0, value, -np.inf)

    def below(tau: float) -> float:
        return float(ndtr((2 * math.log(tau) - location) / scale)) if tau > 0 else 0.0

    reach = math.exp(0.5 * (location + 10 * scale))
    median = math.exp(0.5 * location)
    parameters = (("location of tau2", location), ("scale", scale))
    return TauPrior(name, parameters, log_density, True, True, math.inf, reach, median, source, below)


def log_t(location: float, scale: float, df: float, *, name: str = "log-t", source: str = "") -> TauPrior:
    """Return the prior under which (log tau^2 - location)/scale has Student's t distribution with ``df``."""
    _positive("scale", scale)
    _positive("df", df)
    _finite("location", location)
    constant = float(gammaln((df + 1) / 2) - gammaln(df / 2)) - 0.5 * math.log(df * math.pi) + math.log(2 / scale)

    def log_density(tau: FloatArray, v: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(tau)
            z = (2 * log - location) / scale
            value = constant - log - 0.5 * (df + 1) * np.log1p(z * z / df)
        return np.where(tau > 0, value, -np.inf)

    def below(tau: float) -> float:
        return float(student.cdf((2 * math.log(tau) - location) / scale, df)) if tau > 0 else 0.0

    parameters = (("location of tau2", location), ("scale", scale), ("df", df))
    median = math.exp(0.5 * location)
    return TauPrior(name, parameters, log_density, True, True, 1.0, math.inf, median, source, below)


def harmonic(v: FloatArray) -> float:
    """Return the harmonic mean of the sampling variances."""
    return len(v) / math.fsum(1.0 / v)


def _positive(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise InputError([f"{name} = {value!r} must be a finite number > 0, in the units of y"])


def _finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise InputError([f"{name} = {value!r} must be a finite number"])
