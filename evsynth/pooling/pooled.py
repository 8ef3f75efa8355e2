"""What a fitted model hands on: figures on the reader's scale, and in words what was really fitted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple, cast

from scipy.special import expit

from evsynth.effects.measures.scales import ARBITRARY, AnalysisScale, back_transform
from evsynth.model.estimate import Companion, Figures, Reason
from evsynth.pooling.guard import InputError

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


FREEMAN_TUKEY = "double arcsine at n = "
"""Scale of Freeman-Tukey proportions that are brought back at a size of study, which the number behind it names."""


def back(scale: str) -> Callable[[float], float]:
    """Give the function from the analysis scale to the reader's: exp for log, inverse logit for logit, and so on.

    Raises InputError for a scale whose inverse needs a number that nobody observed.
    """
    if scale == "log":
        return _exp
    if scale == "logit":
        return lambda x: float(expit(x))
    if scale == "natural":
        return float
    if scale.startswith(FREEMAN_TUKEY):
        at = float(scale.removeprefix(FREEMAN_TUKEY))
        return lambda x: float(back_transform(x, "double arcsine", n=at))
    if scale in ARBITRARY:
        raise InputError([f"the {scale} scale leads back only through an arbitrary size of study; choose PLO or IRLN"])
    return lambda x: float(back_transform(x, cast(AnalysisScale, scale)))


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        raise InputError([f"{x:g} on the log scale has no ratio that a number can hold: a variance is huge"]) from None


MESSAGES = {
    "HK_NARROWER_THAN_WALD": "The HKSJ interval is narrower than Wald's; "
    "look at the modified HKSJ interval, the wider one.",
    "HK_ZERO_WIDTH": "All effects are equal, so the HKSJ interval has no width.",
    "FEW_STUDIES": "Fewer than five studies: the between-study variance is hardly estimable.",
    "PREDICTION_NEEDS_3_STUDIES": "Fewer than three studies: no prediction interval.",
    "FEW_EVENTS": "Fewer than ten events in all: the result rests on a handful of patients.",
    "DOUBLE_ZERO_EXCLUDED": "Studies in which nobody, or everybody, had the event say nothing about a ratio.",
    "PREDICTION_VERY_IMPRECISE": "With three or four studies a prediction interval is very imprecise.",
    "COMPONENTS_AT_BOUNDARY": "A variance component is estimated as 0.",
    "COMPONENTS_NOT_IDENTIFIED": "The data cannot tell two variance components apart.",
    "SATTERTHWAITE_DF_BELOW_4": "Fewer than 4 degrees of freedom: the robust interval is not to be trusted.",
    "COEFFICIENT_DECIDED_BY_ONE_CLUSTER": "One cluster alone decides a coefficient.",
    "NEGATIVE_GLS_WEIGHT": "A study has a negative weight: the assumed sharing of patients is too strong.",
    "FEW_STUDIES_PER_COEFFICIENT": "Fewer than ten studies for each coefficient: read the moderators as exploration.",
    "SUBGROUPS_ARE_OBSERVATIONAL": "Differences between subgroups of studies are observational, also among trials.",
    "MODERATORS_NEARLY_COLLINEAR": "Moderators nearly determine each other; their coefficients cannot be told apart.",
    "R2_NOTHING_TO_EXPLAIN": "Without moderators τ² is 0: there is no heterogeneity to explain.",
    "KNHA_NARROWER_THAN_WALD": "The Knapp-Hartung intervals are narrower than Wald's: the studies agree too well.",
    "MODERATORS_FIT_PERFECTLY": "The moderators fit every study exactly; there is nothing left to test with.",
    "FEW_STUDIES_FOR_SMALL_STUDY_EFFECTS": "Fewer than ten studies: a test would have no power.",
    "ESTIMATE_TIED_TO_ITS_STANDARD_ERROR": "In this measure an estimate and its standard error are tied by arithmetic.",
    "MEASURE_NOT_STATED": "The measure is not stated, so it is not known whether estimate and standard error are tied.",
    "TAU2_ZERO": "τ² is estimated as 0, which few studies often give even where their true effects differ.",
    "TAU2_MULTIPLE_MAXIMA": "The likelihood of τ² has several maxima; the global one was taken.",
    "TAU2_NOT_CERTIFIED": "The global maximum of the likelihood of τ² could not be certified.",
    "TAU2_LOWER_BOUND_AT_ZERO": "The interval of τ² begins at 0: the data do not exclude homogeneity.",
    "TAU2_INTERVAL_IS_ZERO": "The interval of τ² is 0 alone: the effects differ less than chance would have it.",
    "TAU2_REGION_HAS_A_GAP": "The confidence region of τ² has a gap; its outer limits are given.",
    "TAU2_NEGATIVE_SET_TO_ZERO": "The estimator of τ² gave a negative number, set to 0.",
    "PREDICTION_COLLAPSED": "With τ² = 0 the prediction interval has collapsed towards the confidence interval.",
    "SELECTION_MODEL_NOT_CONVERGED": "A selection model did not converge: its estimate is not to be used.",
    "ZERO_CELLS_CORRECTED": "0.5 was added to tables with a zero cell, for tests that need it.",
    "DOUBLE_ZERO_DROPPED": "Studies without events in either group are left out of this model.",
    "DOUBLE_ZERO_KEPT": "Studies without events in either group are kept.",
    "TABLES_WITHOUT_EVENTS_LEFT_OUT": "Tables without events are left out of a test.",
    "TIES_NORMAL_APPROXIMATION": "With ties the P value of the rank test is by the normal approximation.",
    "QUADRATURE_NOT_CONVERGED": "An integral of the likelihood did not settle; the estimate is not to be used.",
    "LIKELIHOOD_NOT_CONVERGED": "The likelihood has no certain maximum; the estimate is not to be used.",
    "TAU2_NOT_ESTIMABLE": "The data cannot estimate τ².",
    "NOT_POOLED_ALL_ZERO": "Nobody had the event: nothing is pooled, exact bounds of the total are given.",
    "NOT_POOLED_ALL_EVENTS": "Everybody had the event: nothing is pooled, exact bounds of the total are given.",
    "RULE_WALD_AT_TAU2_ZERO": "By its rule the interval is Wald's where τ² is 0.",
    "RULE_NO_HEADLINE_FOR_2_STUDIES": "By its rule two studies have no random-effects headline.",
    "RHO_ZERO": "The overdispersion is estimated as 0: all patients of an arm have one risk.",
    "PETO_NOT_RARE": "The event is not rare: Peto's odds ratio is biased.",
    "PETO_LARGE_EFFECT": "The effect is large: Peto's odds ratio is biased.",
    "PETO_UNBALANCED": "Groups are of unequal size: Peto's odds ratio is biased.",
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
