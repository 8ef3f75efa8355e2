"""Fit multilevel and multivariate normal models to dependent effects, y ~ N(X beta, V + sum Z G Z').

Konstantopoulos 2011, doi 10.1002/jrsm.35 (three levels); van Houwelingen 2002, doi 10.1002/sim.1040, and Jackson 2011,
doi 10.1002/sim.4172 (multivariate). The variance components are at the highest of many maxima searched for, see
``search``; a component at its boundary is exactly 0. Scale: that of ``y``; variances in squared units of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling.dependence.coefficients import Coefficient, Omnibus, coefficient_table, omnibus, tested_together
from evsynth.pooling.dependence.inputs import check_data
from evsynth.pooling.dependence.marginal import Likelihood, Method, Problem, build, evaluate, marginal_covariance
from evsynth.pooling.dependence.random_terms import Columns, RandomTerm, read_terms
from evsynth.pooling.dependence.search import Top, maximise
from evsynth.pooling.dependence.structures import angles_of, correlations, covariance
from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_level

Test = Literal["z", "t"]
DegreesOfFreedom = Literal["residual", "contain"]
Given = Sequence[float | None] | None

NOT_IDENTIFIED = "COMPONENTS_NOT_IDENTIFIED"
AT_BOUNDARY = "COMPONENTS_AT_BOUNDARY"
SEVERAL_MAXIMA = "LIKELIHOOD_SEVERAL_STATIONARY_POINTS"
NOT_CONVERGED = "LIKELIHOOD_NOT_CONVERGED"
NOT_SEMIDEFINITE = "RANDOM_COVARIANCE_NOT_POSITIVE_SEMIDEFINITE"
ONE_LEVEL = "SIGMA2_FIXED_AT_ZERO_ONE_LEVEL"
STRUCT_NOT_USED = "STRUCT_NOT_USED"

CONVERGED = 1e-8
"""Largest gradient, per typical standard error, that counts as zero; the reference fits end near 1e-13."""


class Component(NamedTuple):
    """A variance (``sigma2``, ``tau2``, ``gamma2``) or a correlation (``rho``, ``phi``).

    ``of`` says of what; ``identified`` is False where the likelihood does not change with it (``value`` is then one of
    many); ``given`` is True if it was not estimated.
    """

    symbol: Literal["sigma2", "tau2", "rho", "gamma2", "phi"]
    of: str
    value: float
    identified: bool
    given: bool


class Fitted(NamedTuple):
    """Log-likelihood, deviance and information criteria under ML or REML (there with k - p for k)."""

    log_likelihood: float
    deviance: float
    aic: float
    bic: float
    aicc: float


class Residual(NamedTuple):
    """Q of the residuals under V alone, with its chi-squared test."""

    q: float
    df: int
    p: float


class MultivariateFit(NamedTuple):
    """A fitted model: what was asked for, coefficients, components, fit, certificate, codes.

    ``covariance`` is that of the coefficients, ``marginal`` that of y (k, k); ``problem`` and ``theta`` hold the
    fitted state for profile intervals and robust variances.
    """

    model: str
    method: Method
    test: Test
    dfs: DegreesOfFreedom
    k: int
    names: tuple[str, ...]
    coefficients: tuple[Coefficient, ...]
    beta: FloatArray
    covariance: FloatArray
    omnibus: Omnibus
    residual: Residual
    components: tuple[Component, ...]
    ml: Fitted
    reml: Fitted
    gradient: float
    certificate: str
    level: float
    codes: tuple[str, ...]
    marginal: FloatArray
    problem: Problem
    theta: FloatArray
    free: tuple[bool, ...]

    def values(self, symbol: str) -> tuple[float, ...]:
        """Return the values of all components with this symbol, in order."""
        return tuple(component.value for component in self.components if component.symbol == symbol)

    @property
    def log_likelihood(self) -> float:
        """Return the log-likelihood that was maximised."""
        return (self.reml if self.method == "REML" else self.ml).log_likelihood


def fit_multivariate(
    y: npt.ArrayLike,
    V: npt.ArrayLike,
    X: npt.ArrayLike | None = None,
    *,
    random: str | Sequence[str],
    columns: Columns,
    struct: str | Sequence[str] | None = None,
    method: Method,
    test: Test,
    dfs: DegreesOfFreedom = "residual",
    level: float = 0.95,
    names: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    sigma2: Given = None,
    tau2: Given = None,
    rho: Given = None,
    gamma2: Given = None,
    phi: Given = None,
) -> MultivariateFit:
    """Fit the model by ML or REML. ``X`` None is an intercept; ``columns`` holds the grouping variables by name.

    ``sigma2`` ... ``phi`` hold components at given values (None inside: estimate that one). ``dfs="contain"`` gives a
    coefficient whose column is constant within the levels of a random term (number of levels - p) degrees of freedom,
    the smallest such, otherwise k - p. Raises InputError for data or formulas that cannot be used.
    """
    check_choice("method", method, get_args(Method))
    check_choice("test", test, get_args(Test))
    check_choice("dfs", dfs, get_args(DegreesOfFreedom))
    level, data = check_level(level), check_data(y, V, X, names=names, labels=labels)
    k, p = data.x.shape
    terms = read_terms(random, struct=struct, columns=columns, rows=k)
    problem = build(data.y, data.v, data.x, terms)
    held, codes = _held(problem, {"sigma2": sigma2, "tau2": tau2, "rho": rho, "gamma2": gamma2, "phi": phi})
    if struct is not None and all(term.intercept for term in terms):
        codes.append(STRUCT_NOT_USED)
    top = maximise(problem, method=method, fixed=held)
    components = _components(problem, top, held)
    codes.extend(_warnings(problem, top, components))
    here = top.likelihood
    df = _degrees(terms, data.x, k - p, test=test, dfs=dfs)
    which = tested_together(data.x)
    together = None if test == "z" else min(value for j, value in enumerate(df) if j in which and value is not None)
    none = evaluate(build(data.y, data.v, data.x, ()), np.zeros(0), method="ML", curvature=False)
    assert none is not None
    free = p + sum(not part.given for part in components)
    saturated = -0.5 * (k * math.log(2 * math.pi) + none.log_det)
    return MultivariateFit(
        model="y ~ N(X beta, V + Z G Z'); " + "; ".join(_described(term) for term in terms),
        method=method,
        test=test,
        dfs=dfs,
        k=k,
        names=data.names,
        coefficients=coefficient_table(data.names, here.beta, here.covariance, df=df, level=level),
        beta=here.beta,
        covariance=here.covariance,
        omnibus=omnibus(data.names, here.beta, here.covariance, which, df=together),
        residual=Residual(none.rss, k - p, float(chi2.sf(none.rss, k - p))),
        components=components,
        ml=_fitted(here.ml, k, free, deviance=2 * (saturated - here.ml)),
        reml=_fitted(here.reml, k - p, free, deviance=-2 * here.reml),
        gradient=top.gradient,
        certificate=top.certificate,
        level=level,
        codes=tuple(dict.fromkeys(codes)),
        marginal=marginal_covariance(problem, top.theta),
        problem=problem,
        theta=top.theta,
        free=tuple(bool(value) for value in np.isnan(held)),
    )


def at_components(fit: MultivariateFit, theta: FloatArray) -> Likelihood | None:
    """Return the likelihood of a fitted model at other coordinates (None where M is not positive definite)."""
    return evaluate(fit.problem, theta, method=fit.method, curvature=True)


def _described(term: RandomTerm) -> str:
    return f"~ 1 | {term.name}" if term.intercept else f"~ {term.name} ({term.structure.name})"


def _fitted(value: float, k: int, parameters: int, *, deviance: float) -> Fitted:
    # AICc with k raised to parameters + 2 where it is smaller, as R's metafor does.
    enough = max(k, parameters + 2)
    corrected = 2 * parameters * enough / (enough - parameters - 1)
    bic = -2 * value + parameters * math.log(k)
    return Fitted(value, deviance, -2 * value + 2 * parameters, bic, -2 * value + corrected)


def _symbols(terms: tuple[RandomTerm, ...]) -> list[tuple[str, str]]:
    """Return the symbols of the variances and the correlations of every term."""
    pairs = iter((("tau2", "rho"), ("gamma2", "phi")))
    return [("sigma2", "") if term.intercept else next(pairs) for term in terms]


def _held(problem: Problem, given: dict[str, Given]) -> tuple[FloatArray, list[str]]:
    held, codes, place = np.full(problem.size, np.nan), [], 0
    used = dict.fromkeys(given, 0)
    for term, (variance, correlation) in zip(problem.terms, _symbols(problem.terms), strict=True):
        scales, angles = term.structure.scales, term.structure.correlations
        if term.intercept and len(term.outer_levels) == 1:
            held[place] = 0.0
            codes.append(ONE_LEVEL)
        chosen = given[variance]
        if chosen is not None:
            part = chosen[used[variance] : used[variance] + scales]
            for offset, value in enumerate(part):
                if value is None:
                    continue
                if not (math.isfinite(value) and value >= 0):
                    raise InputError([f"{variance} = {value!r} must be a finite number >= 0"])
                held[place + offset] = math.sqrt(value)
        used[variance] += scales
        if angles and given[correlation] is not None:
            values = tuple(given[correlation] or ())
            if any(value is not None for value in values):
                whole = tuple(value for value in values if value is not None)
                if len(whole) != len(values):
                    raise InputError([f"{correlation} must be given for all pairs of a structure or for none"])
                held[place + scales : place + scales + angles] = angles_of(term.structure, whole)
            used[correlation] += len(values)
        place += scales + angles
    wrong = [
        f"{name} has {len(values)} values but the model has {used[name]}"
        for name, values in given.items()
        if values is not None and len(values) != used[name]
    ]
    if wrong:
        raise InputError(wrong)
    return held, codes


def _components(problem: Problem, top: Top, held: FloatArray) -> tuple[Component, ...]:
    found: list[Component] = []
    place = 0
    for term, part, (variance, correlation) in zip(
        problem.terms, problem.split(top.theta), _symbols(problem.terms), strict=True
    ):
        scales, levels = term.structure.scales, term.inner_levels
        whole = term.name if term.intercept or scales == 1 else None
        for s in range(scales):
            flat, given = bool(top.flat[place + s]), not math.isnan(held[place + s])
            found.append(Component(variance, whole or levels[s], float(part[s]) ** 2, not flat, given))  # type: ignore[arg-type]
        rho = correlations(term.structure, part[scales:])
        flat_angles = top.flat[place + scales : place + len(part)]
        given = bool(len(part) > scales and not math.isnan(held[place + scales]))
        pairs = [(i, j) for i in range(len(levels)) for j in range(i + 1, len(levels))]
        for number, value in enumerate(rho):
            i, j = pairs[number]
            if term.structure.name == "UN":
                known = _together(term, i, j) and bool(part[i] > 0 and part[j] > 0)
                name = f"{levels[i]}, {levels[j]}"
            else:
                known, name = bool((part[:scales] > 0).any()) and not bool(flat_angles.any()), term.name
            found.append(Component(correlation, name, float(value), known, given))  # type: ignore[arg-type]
        place += len(part)
    return tuple(found)


def _together(term: RandomTerm, i: int, j: int) -> bool:
    return bool(set(term.outer[term.inner == i].tolist()) & set(term.outer[term.inner == j].tolist()))


def _warnings(problem: Problem, top: Top, components: tuple[Component, ...]) -> list[str]:
    codes = []
    if not all(part.identified or part.given for part in components):
        codes.append(NOT_IDENTIFIED)
    free = [part for part in components if not part.given and part.identified]
    edge = {"sigma2": (0.0,), "tau2": (0.0,), "gamma2": (0.0,), "rho": (-1.0, 1.0), "phi": (-1.0, 1.0)}
    if any(min(abs(part.value - end) for end in edge[part.symbol]) < 1e-12 for part in free):
        codes.append(AT_BOUNDARY)
    if len(top.maxima) > 1:
        codes.append(SEVERAL_MAXIMA)
    if top.gradient > CONVERGED:
        codes.append(NOT_CONVERGED)
    for term, part in zip(problem.terms, problem.split(top.theta), strict=True):
        if term.intercept:
            continue
        g = covariance(term.structure, part).g
        seen = [sorted(set(term.inner[term.outer == level].tolist())) for level in range(len(term.outer_levels))]
        least = min(float(np.linalg.eigvalsh(g[np.ix_(levels, levels)])[0]) for levels in seen)
        if least < -1e-10 * float(np.abs(g).max()):
            codes.append(NOT_SEMIDEFINITE)
        elif term.structure.name == "UN" and least < 1e-10 * float(np.abs(g).max()):
            codes.append(AT_BOUNDARY)
    return codes


def _degrees(
    terms: tuple[RandomTerm, ...], x: FloatArray, rest: int, *, test: Test, dfs: DegreesOfFreedom
) -> tuple[float | None, ...]:
    p = x.shape[1]
    if test == "z":
        return tuple([None] * p)
    if dfs == "residual":
        return tuple([float(rest)] * p)
    found: list[float] = []
    for j in range(p):
        own = [float(rest)]
        for term in terms:
            levels = range(len(term.outer_levels))
            if all(len(set(x[term.outer == level, j].tolist())) == 1 for level in levels):
                own.append(float(len(term.outer_levels) - p))
        found.append(min(own))
    if min(found) <= 0:
        raise InputError([f"dfs='contain' leaves {min(found):g} degrees of freedom; use dfs='residual'"])
    return tuple(found)
