"""Profile-likelihood confidence intervals for variances and correlations.

The interval holds every value x at which twice the fall of the log-likelihood, maximised over all other components, is
at most the chi-squared quantile with one degree of freedom: Hardy & Thompson 1996, doi
10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A; Viechtbauer 2007, doi 10.1002/sim.2514. Its ends are
found by Brent's method to the last bits, each search started from the neighbouring one. At both ends the likelihood is
searched again from many starts; if one finds a higher point, the whole interval is found again that way.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2

from evsynth.pooling.dependence.marginal import build
from evsynth.pooling.dependence.multivariate import Component, MultivariateFit
from evsynth.pooling.dependence.search import SAME, STARTS, maximise
from evsynth.pooling.dependence.structures import Structure, angles_of, correlations
from evsynth.pooling.guard import FloatArray, InputError, check_level

LOWER_AT_EDGE = "PROFILE_LOWER_BOUND_AT_EDGE"
UPPER_AT_EDGE = "PROFILE_UPPER_BOUND_AT_EDGE"
ANOTHER_MAXIMUM = "PROFILE_HAS_ANOTHER_MAXIMUM"

_FARTHEST = 60


class ProfileInterval(NamedTuple):
    """Bounds of a component. Codes: a bound lies at the edge of the parameter's range because the likelihood never
    falls far enough; PROFILE_HAS_ANOTHER_MAXIMUM when more starts still found a higher point at a bound.
    """

    component: Component
    lower: float
    upper: float
    level: float
    codes: tuple[str, ...]


def profile_interval(fit: MultivariateFit, symbol: str, number: int = 1, *, level: float = 0.95) -> ProfileInterval:
    """Return the interval of the ``number``-th (from 1) component with this symbol.

    Raises InputError for a component that does not exist, was given, or is not identified.
    """
    level = check_level(level)
    same = [component for component in fit.components if component.symbol == symbol]
    if not 1 <= number <= len(same):
        raise InputError([f"there is no component {symbol} {number}; the model has {len(same)} of them"])
    component = same[number - 1]
    if component.given:
        raise InputError([f"{symbol} {number} was given, not estimated"])
    if not component.identified:
        raise InputError([f"{symbol} {number} is not identified: the likelihood does not change with it"])
    walk = _Walk(fit, symbol, number, float(chi2.isf(1.0 - level, 1)))
    codes = []
    (lower, low_edge), (upper, high_edge) = walk.bound(-1), walk.bound(1)
    if walk.higher(lower) or walk.higher(upper):
        walk.starts = STARTS
        (lower, low_edge), (upper, high_edge) = walk.bound(-1), walk.bound(1)
    if low_edge:
        codes.append(LOWER_AT_EDGE)
    if high_edge:
        codes.append(UPPER_AT_EDGE)
    if walk.higher(lower) or walk.higher(upper):
        codes.append(ANOTHER_MAXIMUM)
    ends = sorted(walk.natural(end) for end in (lower, upper))
    if walk.structure.name == "CAR" and symbol in ("rho", "phi"):
        codes = [{LOWER_AT_EDGE: UPPER_AT_EDGE, UPPER_AT_EDGE: LOWER_AT_EDGE}.get(code, code) for code in codes]
    return ProfileInterval(component, ends[0], ends[1], level, tuple(codes))


class _Walk:
    """One coordinate held while the others are maximised, walking outwards from the estimate."""

    def __init__(self, fit: MultivariateFit, symbol: str, number: int, quantile: float) -> None:
        self.method, self.quantile, self.starts = fit.method, quantile, 0
        self.problem, self.held, theta, self.place, self.structure = _arranged(fit, symbol, number)
        self.variance = symbol in ("sigma2", "tau2", "gamma2")
        self.top = maximise(self.problem, method=self.method, fixed=self.held, near=theta, starts=0)
        if self.top.likelihood.value < fit.log_likelihood - SAME:
            self.top = maximise(self.problem, method=self.method, fixed=self.held, near=theta)
        self.best = max(self.top.likelihood.value, fit.log_likelihood)
        self.here = float(self.top.theta[self.place])
        self.last = self.top.theta

    def natural(self, x: float) -> float:
        """Return the component for a value of the coordinate."""
        if self.variance:
            return x * x
        if self.structure.name == "CAR":
            return math.exp(-x * x)
        return math.sin(x)

    def excess(self, x: float, *, starts: int | None = None) -> float:
        """Return twice the fall of the profile likelihood, less the quantile."""
        held = self.held.copy()
        held[self.place] = x
        near = np.where(self.last == 0, 1e-3 * max(1e-12, float(np.abs(self.top.theta).max())), self.last)
        count = self.starts if starts is None else starts
        found = maximise(self.problem, method=self.method, fixed=held, near=near, starts=count)
        self.last = found.theta
        return 2 * (self.best - found.likelihood.value) - self.quantile

    def bound(self, side: int) -> tuple[float, bool]:
        """Return where the profile crosses the quantile on one side, and whether it is the edge instead."""
        self.last = self.top.theta
        edge = self._edge(side)
        inside, step = self.here, self._step()
        for _ in range(_FARTHEST):
            outside = inside + side * step
            if edge is not None and side * (outside - edge) >= 0:
                outside = edge
            if self._rises(outside):
                return self._root(inside, outside), False
            if edge is not None and outside == edge:
                return edge, True
            inside, step = outside, 2 * step
        raise InputError([f"the profile likelihood does not fall: no bound found up to {self.natural(inside)!r}"])

    def higher(self, x: float) -> bool:
        """Return whether all starts together find a higher profile likelihood at a bound."""
        warm = self.excess(x)
        return self.excess(x, starts=2 * STARTS) < warm - 2 * SAME

    def _rises(self, x: float) -> bool:
        try:
            return self.excess(x) > 0
        except InputError:  # M is not positive definite there
            return True

    def _root(self, inside: float, outside: float) -> float:
        def excess(x: float) -> float:
            try:
                return self.excess(x)
            except InputError:
                return 1e6

        if inside == self.here and excess(inside) > 0:
            return inside
        return float(brentq(excess, inside, outside, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=300))

    def _edge(self, side: int) -> float | None:
        if self.variance:
            return 0.0 if side < 0 else None
        if self.structure.name == "CAR":
            return 0.0 if side < 0 else 26.0 / math.sqrt(min(np.diff(np.array(self.structure.positions))))
        return side * math.pi / 2

    def _step(self) -> float:
        if not self.variance:
            return 0.2
        typical = 1.0 / math.sqrt(float(np.mean(1.0 / np.diag(self.problem.v))))
        return 0.25 * max(self.here, 0.1 * typical)


def _arranged(fit: MultivariateFit, symbol: str, number: int):  # type: ignore[no-untyped-def]
    """Return problem, held, theta, place, structure, with the levels of UN reordered so that the component is a
    coordinate.
    """
    held = np.where(np.array(fit.free), np.nan, fit.theta)
    terms, parts = list(fit.problem.terms), fit.problem.split(fit.theta)
    kinds = [("sigma2", "") if t.intercept else ("tau2", "rho") for t in terms]
    correlated = [i for i, term in enumerate(terms) if not term.intercept]
    if len(correlated) == 2:
        kinds[correlated[1]] = ("gamma2", "phi")
    start, seen = 0, 0
    for i, (term, part, pair) in enumerate(zip(terms, parts, kinds, strict=True)):
        scales, angles = term.structure.scales, term.structure.correlations
        count = scales if symbol == pair[0] else angles if symbol == pair[1] else 0
        if seen < number <= seen + count:
            offset = number - seen - 1
            if symbol == pair[0] or term.structure.name != "UN":
                place = start + offset + (0 if symbol == pair[0] else scales)
                return fit.problem, held, fit.theta, place, term.structure
            first, second = list(zip(*np.triu_indices(scales, 1), strict=True))[offset]
            order = [int(first), int(second), *(j for j in range(scales) if j not in (first, second))]
            back = np.argsort(order)
            terms[i] = term._replace(inner=back[term.inner], inner_levels=tuple(term.inner_levels[j] for j in order))
            theta, kept = fit.theta.copy(), held.copy()
            theta[start : start + scales] = part[:scales][order]
            theta[start + scales : start + len(part)] = _turned(term.structure, part[scales:], order)
            kept[start : start + scales] = held[start : start + scales][order]
            problem = build(fit.problem.y, fit.problem.v, fit.problem.x, tuple(terms))
            return problem, kept, theta, start + scales, term.structure
        seen += count
        start += scales + angles
    raise AssertionError("checked before")


def _turned(structure: Structure, angles: FloatArray, order: list[int]) -> FloatArray:
    size = len(order)
    r = np.eye(size)
    r[np.triu_indices(size, 1)] = correlations(structure, angles)
    r = np.triu(r) + np.triu(r, 1).T
    r = r[np.ix_(order, order)]
    shrunk = 0.999 * r[np.triu_indices(size, 1)]  # a correlation matrix on its boundary has no Cholesky factor
    return angles_of(structure, tuple(float(value) for value in shrunk))
