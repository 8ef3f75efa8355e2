"""Informative priors of tau^2 read off thousands of Cochrane meta-analyses, for odds ratios and standardised
differences.

The two general settings were found in several public sources, the other three in one each: check those against the
paper before you cite them. Both papers hold many more settings. They are for log odds
ratios (log-normal; Turner 2012, doi 10.1093/ije/dys041; Turner 2015, doi 10.1002/sim.6381, table IV) and for
standardised mean differences (log-t with 5 degrees of freedom; Rhodes 2015, doi 10.1016/j.jclinepi.2014.08.012), and
mean nothing on other scales: a prior for tau^2 of log odds ratios is not one for risk differences, mean differences,
or log hazard ratios.
"""

from __future__ import annotations

from typing import NamedTuple

from evsynth.pooling.bayes.priors import TauPrior, log_normal, log_t
from evsynth.pooling.guard import InputError, check_choice


class Setting(NamedTuple):
    """A setting of the literature: location and scale of log tau^2, and the paper's DOI."""

    location: float
    scale: float
    doi: str


ODDS_RATIO = {
    "general": Setting(-2.56, 1.74, "10.1093/ije/dys041"),
    "all-cause mortality, pharmacological against placebo or control": Setting(-3.95, 1.34, "10.1002/sim.6381"),
    "pain, pharmacological against placebo or control": Setting(-1.83, 1.52, "10.1002/sim.6381"),
}
STANDARDISED_DIFFERENCE = {
    "general": Setting(-3.44, 2.59, "10.1016/j.jclinepi.2014.08.012"),
    "pain in cancer, pharmacological against placebo or control": Setting(
        -0.60, 2.61, "10.1016/j.jclinepi.2014.08.012"
    ),
}
DF = 5.0
"""Degrees of freedom of Rhodes' log-t distributions."""


def turner(setting: str, *, measure: str) -> TauPrior:
    """Return Turner's log-normal prior for a setting of ``ODDS_RATIO``. Raises InputError for other measures than
    OR.
    """
    if measure not in ("OR", "odds ratio"):
        raise InputError([f"measure = {measure!r}: Turner's priors are for tau2 of log odds ratios only"])
    check_choice("setting", setting, tuple(ODDS_RATIO))
    found = ODDS_RATIO[setting]
    return log_normal(found.location, found.scale, name=f"Turner, {setting}: log-normal", source=found.doi)


def rhodes(setting: str, *, measure: str) -> TauPrior:
    """Return Rhodes' log-t prior for a setting of ``STANDARDISED_DIFFERENCE``. Raises InputError for other measures."""
    if measure not in ("SMD", "standardised mean difference"):
        raise InputError([f"measure = {measure!r}: Rhodes' priors are for tau2 of standardised mean differences only"])
    check_choice("setting", setting, tuple(STANDARDISED_DIFFERENCE))
    found = STANDARDISED_DIFFERENCE[setting]
    return log_t(found.location, found.scale, DF, name=f"Rhodes, {setting}: log-t", source=found.doi)
