"""The same data under several priors, side by side: how much of the answer is the prior's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy.typing as npt

from evsynth.pooling.bayes.model import bayes
from evsynth.pooling.bayes.priors import TauPrior
from evsynth.pooling.bayes.quadrature import MuPrior
from evsynth.pooling.bayes.summary import Summary
from evsynth.pooling.guard import InputError


class PriorRow(NamedTuple):
    """What one prior gives; ``refused`` holds the reason when its posterior does not exist, and the rest is None."""

    prior: str
    source: str
    mu: Summary | None
    tau: Summary | None
    new_study: Summary | None
    probability_below_zero: float | None
    refused: str


def prior_sensitivity(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    tau_priors: Sequence[TauPrior],
    mu_prior: MuPrior | None,
    level: float,
) -> tuple[PriorRow, ...]:
    """Return one row per prior, in the order given. Raises InputError for the data, never for a single prior."""
    if not tau_priors:
        raise InputError(["tau_priors is empty; give at least one"])
    rows, reasons = [], []
    for prior in tau_priors:
        try:
            found = bayes(y, v, tau_prior=prior, mu_prior=mu_prior, level=level)
        except InputError as error:
            reasons.append(error)
            rows.append(PriorRow(prior.described, prior.source, None, None, None, None, str(error)))
            continue
        rows.append(
            PriorRow(
                found.prior, found.prior_source, found.mu, found.tau, found.new_study, found.probability_below_zero, ""
            )
        )
    if len(reasons) == len(rows):
        raise reasons[0]
    return tuple(rows)
