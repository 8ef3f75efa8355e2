"""Test of excess significance: are there more significant studies than their power at one true effect would give?

Each study's power at theta is the chance that its own z-test is significant: with s = sqrt(v + tau2) and z the critical
value, ``P(y/sqrt(v) > z)`` (and ``< -z`` when two-sided). The observed number O is compared with E, the sum of the
powers: by ``(O - E)^2/E + (O - E)^2/(k - E)``, one-sided (``chi2``); by Binomial(k, E/k) (``binom``); or by the
exact distribution of a sum of unlike Bernoulli variables (``exact``). The limit is the theta, on the estimate's side
of 0, at which p = 0.10. Ioannidis & Trikalinos 2007, doi 10.1177/1740774507079441; Francis 2013, doi
10.1016/j.jmp.2013.02.003. theta is by default the common-effect mean. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import ndtr
from scipy.stats import binom, norm

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.weighting import weighted_mean

Kind = Literal["chi2", "binom", "exact"]
Alternative = Literal["two.sided", "greater", "less"]

CAVEAT = Caveat(
    "whether the set of studies holds more significant results than one common true effect would produce",
    "which studies are biased, or by how much; heterogeneity also makes an excess, and a large true effect hides one",
)


class Excess(NamedTuple):
    """Observed and expected numbers of significant studies, one-sided ``p`` for an excess, power by study, and
    limit.
    """

    test: Kind
    alternative: Alternative
    k: int
    observed: int
    expected: float
    statistic: float | None
    p: float
    theta: float
    tau2: float
    alpha: float
    power: tuple[float, ...]
    limit: float | None
    limit_alpha: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def tes(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    test: Kind,
    alternative: Alternative = "two.sided",
    alpha: float = 0.05,
    theta: float | None = None,
    tau2: float = 0.0,
    limit_alpha: float = 0.10,
    measure: str | None = None,
    few: Few = "refuse",
) -> Excess:
    """Test for an excess of significant studies. ``alternative`` is that of the studies' own tests; ``alpha`` their
    level.

    Raises InputError for proportions, too few studies, levels outside (0, 1), tau2 < 0.
    """
    check_choice("test", test, get_args(Kind))
    check_choice("alternative", alternative, get_args(Alternative))
    for name, value in (("alpha", alpha), ("limit_alpha", limit_alpha)):
        if not 0 < value < 1:
            raise InputError([f"{name} = {value!r} must lie in (0, 1)"])
    if not (math.isfinite(tau2) and tau2 >= 0):
        raise InputError([f"tau2 = {tau2!r} must be a finite number >= 0"])
    effects = check_effects(y, v)
    codes = gate(len(effects.y), measure=measure, few=few, minimum=2, uses_se=False)
    at = weighted_mean(effects.y, effects.v, 0.0).mean if theta is None else float(theta)
    if not math.isfinite(at):
        raise InputError([f"theta = {theta!r} must be a finite number"])
    critical = float(norm.isf(alpha / 2 if alternative == "two.sided" else alpha))
    z = effects.y / np.sqrt(effects.v)
    up, down = int((z >= critical).sum()), int((z <= -critical).sum())
    observed = {"two.sided": up + down, "greater": up, "less": down}[alternative]

    def power(value: float) -> FloatArray:
        spread = np.sqrt(effects.v + tau2)
        above = ndtr((value - critical * np.sqrt(effects.v)) / spread)
        below = ndtr((-value - critical * np.sqrt(effects.v)) / spread)
        return np.asarray({"two.sided": above + below, "greater": above, "less": below}[alternative], dtype=np.float64)

    def p_at(value: float) -> float:
        return _p(test, observed, power(value))[1]

    found = power(at)
    statistic, p = _p(test, observed, found)
    limit = _limit(p_at, at, limit_alpha, float(np.sqrt(effects.v.max() + tau2)))
    return Excess(
        test, alternative, len(z), observed, math.fsum(found), statistic, p, at, tau2, alpha, tuple(map(float, found)),
        limit, limit_alpha, CAVEAT.shows, CAVEAT.cannot_show, codes,
    )  # fmt: skip


def _p(test: Kind, observed: int, power: FloatArray) -> tuple[float | None, float]:
    k, expected = len(power), math.fsum(power)
    if test == "chi2":
        rest = math.fsum(1.0 - power)
        if expected <= 0 or rest <= 0:
            return 0.0, 0.5 if abs(observed - expected) < 1e-9 else 0.0
        statistic = (observed - expected) ** 2 * (1 / expected + 1 / rest)
        return statistic, float(norm.sf(math.copysign(math.sqrt(statistic), observed - expected)))
    if test == "binom":
        return None, float(binom.sf(observed - 1, k, min(1.0, expected / k)))
    shares = np.zeros(k + 1)
    shares[0] = 1.0
    for chance in power:
        shares[1:] = shares[1:] * (1 - chance) + shares[:-1] * chance
        shares[0] *= 1 - chance
    return None, min(1.0, math.fsum(shares[observed:]))


def _limit(p_at: Callable[[float], float], theta: float, level: float, unit: float) -> float | None:
    # p rises with the distance of theta from 0 on the side where power rises; no limit when p exceeds the level at 0.
    if theta == 0 or p_at(0.0) > level:
        return None
    far = math.copysign(unit, theta)
    for _ in range(60):
        if p_at(far) > level:
            return float(brentq(lambda value: p_at(value) - level, 0.0, far, xtol=1e-300, rtol=1e-14, maxiter=500))
        far *= 1.5
    return None
