"""What a fitted model hands on: figures on the reader's scale, and in words what was really fitted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from scipy.special import expit

from evsynth.model.estimate import Companion, Figures, Reason

FEW = 5
"""Below this many studies a Bayesian companion is shown beside the frequentist result (METHODS: Bender 2018)."""


class Pooled(NamedTuple):
    """A fitted pool."""

    kind: Literal["pooled", "exact"]
    figures: Figures
    fitted: dict[str, str]
    weights: tuple[float, ...]
    companions: tuple[Companion, ...]
    warnings: tuple[Reason, ...]


def back(scale: str) -> Callable[[float], float]:
    """Give the function from the analysis scale to the reader's: exp for log, inverse logit for logit, else none."""
    if scale == "log":
        return math.exp
    if scale == "logit":
        return lambda x: float(expit(x))
    return float


MESSAGES = {
    "HK_NARROWER_THAN_WALD": "The HKSJ interval is narrower than Wald's; "
    "look at the modified HKSJ interval, the wider one.",
    "HK_ZERO_WIDTH": "All effects are equal, so the HKSJ interval has no width.",
    "FEW_STUDIES": "Fewer than five studies: the between-study variance is hardly estimable.",
    "TAU2_ZERO": "τ² is estimated as 0; the prediction interval has collapsed towards the confidence interval.",
    "TAU2_MULTIPLE_MAXIMA": "The likelihood of τ² has several maxima; the global one was taken.",
    "TAU2_NOT_CERTIFIED": "The global maximum of the likelihood of τ² could not be certified.",
    "GLMM_SECOND_OPTIMISER": "The binomial-normal model needed the second optimiser.",
    "GLMM_FAILED": "The binomial-normal model did not converge.",
    "BETA_BINOMIAL_USED": "The beta-binomial model answers in its place.",
    "BETA_BINOMIAL_FAILED": "The beta-binomial model did not converge.",
    "INVERSE_VARIANCE_USED": "Inverse variance on logits answers in their place.",
}
"""What the warning codes of the models mean."""


def warned(codes: tuple[str, ...]) -> tuple[Reason, ...]:
    """Put codes into sentences; an unknown code stands for itself."""
    return tuple(Reason(code, MESSAGES.get(code, code.replace("_", " ").capitalize() + ".")) for code in codes)
