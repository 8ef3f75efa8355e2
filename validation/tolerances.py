"""What is allowed between our number and the reference's, and why it is more than 1e-10 anywhere.

A tolerance belongs to a method and a quantity (patterns with ``*``; the first that fits counts) and holds for every
case, in any reference file. Where it is wide, ``because`` says whose error it is and how that was settled.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

TAILS = "p, p of *, p between"
"""The pattern for every tail probability: patterns are separated by commas."""
TARGET = 1e-10
"""Relative, everywhere that no other tolerance is stated."""


class Stated(NamedTuple):
    """A tolerance for the methods and quantities that fit; ``because`` is empty where both sides only round."""

    method: str
    quantity: str
    value: float
    because: str


YEARS = "columns such as 1948 and 1948 times a group: the reference solves normal equations; 50 digits agree with ours"
BELOW = "the reference stopped at a lower maximum: the likelihood at its tau2 is lower than at ours"
LAPLACE = "the reference only has Laplace's approximation here"
GLMER = "the reference's optimiser stops at about 1e-5; ours stands on its gradient and on twice the nodes"
TAIL = "a tail probability multiplies the error of its statistic by the square of the statistic"
NETMETA = "the reference takes tau2 from an optimiser that stops at about 1e-8 of the likelihood"
DEFAULTS = "the reference left tau2 at its default convergence, or a root at its default tolerance of 1.2e-4"
BESIDE = "the reference takes the likelihood beside its maximum, by a search that stops at 1e-4"
GRID = "the reference puts mu on a grid that it documents as coarse; ours agrees with adaptive quadrature to 1e-9"
EARLY = "the reference's fit stops early; no sum of squares of its is below ours"
OURS = "our own: what is left after the search"

# fmt: off
STATED: tuple[Stated, ...] = (
    Stated("*reference below the maximum", "*", float("inf"), BELOW),
    Stated("meta-regression, no intercept*", "*", float("inf"),
           "the reference centres the effects first, which no model without an intercept allows"),
    Stated("*", "our *", 1e-9, OURS),
    Stated("selection model, beta", "log-likelihood*", 5e-3, "the reference integrates numerically and stops early"),
    Stated("*", "log-likelihood lost", 1e-9, "how far ours is below the reference's maximum"),
    # Measures.
    Stated("tetrachoric correlation", "*", 1e-3, "its optimiser stops at 1e-4; mpmath reproduces ours"),
    Stated("unbiased correlation*", "*", 0.1, "its series is off for small r and n; mpmath reproduces ours"),
    Stated("measures, an empty group", "*", float("inf"), "undefined here, filled by the reference"),
    Stated("*worse fit", "*", 0.1, "another family or a local minimum: its sum of squares is larger"),
    Stated("quantile estimation", "*", 1e-2, EARLY),
    Stated("normal after a power, Box-Cox", "*", 3e-5, "the reference searches the power to about 1e-5"),
    Stated("normal after a power, MLN", "*", 5e-2,
           "the reference simulates mean and standard deviation, with errors as of 10,000 draws; ours integrates"),
    Stated("medians as effects (variance from a fit)", "v", 0.3, EARLY),
    Stated("converted means, pooled*", "*", 1e-6, DEFAULTS),
    Stated("*, without studies that have an empty group", "*", float("inf"),
           "nobody is in a group: left out here, filled by the reference when it corrects every table"),
    Stated("*, risk difference with a zero cell", "*", 0.1,
           "the reference keeps each difference and weighs it by group sizes enlarged by its correction"),
    # One tau2.
    Stated("*raw years*", TAILS, 3e-5, YEARS),
    Stated("*raw years*", "*", 3e-7, YEARS),
    Stated("*nearly collinear", "*", 1e-4, YEARS),
    Stated("*, GENQM", "*", 1e-8, "the median of the confidence distribution is searched to about 1e-10 of tau2"),
    Stated("*, SJIT", "*", 1e-5, "iterates towards a boundary that it never reaches"),
    Stated("*, PM", "*", 1e-8, "the reference finds the root to an absolute tolerance"),
    Stated("*, PMM", "*", 1e-8, "the reference finds the root to an absolute tolerance"),
    Stated("*", "Q-profile bound, default root tolerance", 2e-4, DEFAULTS),
    Stated("interval of tau2, Q-profile, default root tolerance", "*", 2e-4, DEFAULTS),
    Stated("interval of tau2, generalised Q", "*", 2e-4, DEFAULTS),
    Stated("interval of tau2, *, second reference", "*", 2e-4, DEFAULTS),
    Stated("prediction interval, Nagashima*", "*", 0.03, "Monte Carlo, in widths; a simulation of ours agrees"),
    Stated("location-scale model", "*", 4e-3, "the reference's optimiser stops early; ours ends at a score of 1e-9"),
    Stated("*variances below 1e-3", "*", 2e-9, "the reference stops at an absolute step of 1e-14"),
    # Counts.
    Stated("mixed model, common effect", "standard error", 1e-4, "those of the last step but one of R's glm"),
    Stated("mixed model, common effect", "interval", 1e-4, "those of the last step but one of R's glm"),
    Stated("mixed model, common effect", "*", 5e-9, "R's glm stops at 1e-8 of the deviance"),
    Stated("mixed model, random baselines (UM.RS)", "estimate", 0.2, LAPLACE),
    Stated("*, other degrees of freedom in the reference", "*", float("inf"),
           "the reference divides by the number of studies it can correct, ours by the tables in the sum"),
    Stated("mixed model, random baselines (UM.RS)", "interval", float("inf"),
           "the reference only has Laplace's approximation here, and did not converge in some cases"),
    Stated("mixed model, random baselines (UM.RS)", "standard error", float("inf"),
           "the reference only has Laplace's approximation here, and did not converge in some cases"),
    Stated("mixed model, random baselines (UM.RS)", "tau2", 0.05, LAPLACE),
    Stated("mixed model, one arm, Laplace*", "*", 1e-2, "Laplace's approximation was asked for"),
    Stated("mixed model (CM.EL)", "*", 3e-3, "the reference integrates and differentiates numerically"),
    Stated("mixed model*", "likelihood-ratio*", TARGET, ""),
    Stated("mixed model*", "*", 1e-3, GLMER),
    # Small-study effects.
    Stated("trim and fill, REML refitted*", "*", 5e-3, DEFAULTS),
    Stated("fail-safe N, General", "N", 1.0,
           "the reference rounds to the nearest whole number and adds 1, ours is the smallest that suffices"),
    Stated("fail-safe N, General", "exact N*", 1e-2, DEFAULTS),
    Stated("excess significance", "limit estimate", 5e-3, DEFAULTS),
    Stated("Henmi and Copas", "bounds", 1e-6, DEFAULTS),
    Stated("selection model*", "*", 5e-3, "the reference stops at a relative change of 1e-8 of the log-likelihood"),
    Stated("p-uniform", "statistics", TARGET, ""),
    Stated("p-uniform", "significant studies", TARGET, ""),
    Stated("p-uniform", "p", 1e-6, BESIDE),
    Stated("p-uniform", "statistics of ML", 1e-6, BESIDE),
    Stated("p-uniform", "*", 2e-3, DEFAULTS),
    Stated("p-uniform[*], the reference's other models below their maxima", "test*", float("inf"),
           "the reference's maximum at no effect, or without tau2, is not one: ours is higher"),
    Stated("p-uniform[*]*", "*", 2e-4, "the reference's optimiser stops at about 1e-8 of the likelihood"),
    # Dependence.
    Stated("multivariate, at the maximum", "log-likelihood*", 1e-8, "relative to 1; the reference is the lower one"),
    Stated("multivariate, at the maximum", "*", 3e-5, "the root of how far the reference's likelihood is from its top"),
    Stated("multivariate, profile likelihood of a correlation", "*", 0.2,
           "the reference's profile is not at its maximum: at its bound ours has fallen by 3.29, not 3.84"),
    Stated("multivariate, profile likelihood", "*", 5e-3, DEFAULTS),
    Stated("bivariate, another program", "*", 1e-4, "the other program's optimiser"),
    Stated("robust variances, one cluster decides", "*", float("inf"), "a rounding error divided by another"),
    Stated("robust*", "*", 1e-9, "covariances of moderators that are not centred"),
    # Networks.
    Stated("network, *ML*", TAILS, 1e-5, NETMETA),
    Stated("network, *ML*", "*", 1e-6, NETMETA),
    Stated("node-splitting, direct share*", "*", 1e-4, "taking out a share near 1 loses as many digits"),
    Stated("sparse network, NCH", "*", 5e-5, "the reference maximises with BFGS and differences"),
    # Posteriors and second programs.
    Stated("posterior, improper uniform prior", "*", 2e-2, GRID),
    Stated("posterior", "mu and a new study", 1e-2, GRID),
    Stated("posterior", "shrunken effects", 5e-3, GRID),
    Stated("posterior", "tau: shortest interval off 0", 1e-3, "R's optimize; the densities at our ends agree to 1e-9"),
    Stated("pool, second reference at its default convergence", "p", 0.1, DEFAULTS),
    Stated("pool, second reference at its default convergence", "*", 1e-2, DEFAULTS),
    Stated("pool, second reference, IQWiG 6*", "*", float("inf"),
           "the guideline floors the factor at 1; the reference takes Wald's standard error though it is smaller"),
    Stated("pool, second reference", "*", 1e-8, "the reference's tau2 is iterated to about 1e-10"),
    # Any tail probability, last.
    Stated("*", TAILS, 1e-7, TAIL),
)
# fmt: on


def tolerance(method: str, quantity: str) -> Stated:
    """Return what is stated for a quantity, the target where nothing is."""
    for stated in STATED:
        if fnmatchcase(method, stated.method) and _fits(quantity, stated.quantity):
            return stated
    return Stated("*", "*", TARGET, "")


def _fits(quantity: str, pattern: str) -> bool:
    patterns = pattern.split(", ") if pattern == TAILS else [pattern]
    return any(fnmatchcase(quantity, one) for one in patterns)
