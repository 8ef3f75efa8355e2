"""Approximate intervals for tau2, which R's metafor also gives; only to reproduce and compare. Prefer Q-profile.

Wald         tau2 +- z se                       cut at 0
Wald, log    tau2 exp(+- z se/tau2)             refused at tau2 = 0
Wald, root   (tau +- z se/(2 tau))^2            refused at tau2 = 0; negative roots are cut at 0
H            H exp(+- z s), s by Higgins & Thompson 2002 (doi 10.1002/sim.1186), table: with Q > k
             s = (log Q - log(k - 1)) / (2 (sqrt(2 Q) - sqrt(2 k - 3))), else
             s = sqrt((1 - 1/(3 (k - 2)^2)) / (2 (k - 2)));  tau2 = (H^2 - 1) times the typical variance
"""

from __future__ import annotations

import math
from typing import Literal

from scipy.stats import norm

from evsynth.pooling.guard import InputError

Scale = Literal["identity", "log", "root"]


def wald(tau2: float, se: float, *, level: float, scale: Scale) -> tuple[float, float]:
    """Return the Wald interval of tau2 on the named scale. Raises InputError for tau2 = 0 on log and root scales."""
    reach = float(norm.isf((1.0 - level) / 2)) * se
    if scale == "identity":
        return max(0.0, tau2 - reach), max(0.0, tau2 + reach)
    if tau2 <= 0:
        raise InputError([f"a Wald interval on the {scale} scale needs tau2 > 0, not {tau2!r}"])
    if scale == "log":
        return tau2 * math.exp(-reach / tau2), tau2 * math.exp(reach / tau2)
    tau = math.sqrt(tau2)
    return max(0.0, tau - reach / (2 * tau)) ** 2, (tau + reach / (2 * tau)) ** 2


def from_h(h2: float, q: float, k: int, typical: float, *, level: float) -> tuple[float, float]:
    """Return the interval of tau2 from that of H. Raises InputError for fewer than three studies."""
    if k < 3:
        raise InputError([f"{k} studies given; the interval of H needs at least 3"])
    if q > k:
        spread = 0.5 * (math.log(q) - math.log(k - 1)) / (math.sqrt(2 * q) - math.sqrt(2 * k - 3))
    else:
        spread = math.sqrt((1.0 - 1.0 / (3.0 * (k - 2) ** 2)) / (2.0 * (k - 2)))
    reach = float(norm.isf((1.0 - level) / 2)) * spread
    h = math.log(math.sqrt(h2))
    low, high = math.exp(h - reach) ** 2, math.exp(h + reach) ** 2
    return max(0.0, typical * (low - 1.0)), max(0.0, typical * (high - 1.0))
