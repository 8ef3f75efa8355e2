"""Profile-likelihood confidence interval for tau2.

All tau2 with ``l(tau2) >= l_max - chi2(level, 1)/2``, by full or restricted likelihood (Hardy & Thompson 1996,
doi 10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A; Viechtbauer 2007, doi 10.1002/sim.2514). The set
is scanned as far as ``tail_bound`` allows; with two maxima it can have a gap, and then the outermost ends are given
with the code TAU2_REGION_HAS_A_GAP.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.likelihood import Likelihood, log_likelihood, log_likelihoods, tail_bound
from evsynth.pooling.maximum import maximise

GAP = "TAU2_REGION_HAS_A_GAP"
POINTS = 600


class Region(NamedTuple):
    """Ends of the likelihood region of tau2, and a code when it is not one interval."""

    lower: float
    upper: float
    codes: tuple[str, ...]


def profile_region(y: FloatArray, v: FloatArray, basis: FloatArray, *, likelihood: Likelihood, level: float) -> Region:
    """Return the region; the lower end is 0 when tau2 = 0 belongs to it."""
    top = maximise(y, v, likelihood=likelihood, basis=basis)
    cut = top.log_likelihood - 0.5 * float(chi2.ppf(level, 1))

    def excess(tau2: float) -> float:
        return log_likelihood(tau2, y, v, likelihood=likelihood, basis=basis) - cut

    far = max(top.tau2, float(v.max()))
    while tail_bound(far, y, v, likelihood=likelihood, basis=basis) >= cut:
        far *= 4.0
    grid = np.unique(np.concatenate(([0.0, top.tau2], np.geomspace(1e-6 * float(v.min()), far, POINTS))))
    inside = log_likelihoods(grid, y, v, likelihood=likelihood, basis=basis) >= cut
    inside[grid == top.tau2] = True
    turns = np.flatnonzero(inside[:-1] != inside[1:])
    ends = [_root(excess, float(grid[at]), float(grid[at + 1])) for at in turns]
    lower = 0.0 if inside[0] else ends.pop(0)
    return Region(lower, ends[-1], (GAP,) if len(ends) > 1 else ())


def _root(excess: Callable[[float], float], left: float, right: float) -> float:
    if excess(left) * excess(right) > 0:  # the scan's plain sums and the exact value disagree in the last bits
        return left if abs(excess(left)) < abs(excess(right)) else right
    return float(brentq(excess, left, right, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=500))
