"""Where methods for small-study effects are refused, and what each result can and cannot show.

They need studies (ten: Sterne 2011, doi 10.1136/bmj.d4002) of different sizes, and an estimate that is not tied to its
own standard error. For a single proportion it always is (v = p(1 - p)/n), so a funnel of proportions is asymmetric
without any selection (Hunter 2014, doi 10.1016/j.jclinepi.2014.03.003): refused, whatever the number of studies.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.pooling.guard import InputError, check_choice

FEWEST = 10
"""Below ten studies the power is too low to tell chance from asymmetry (Sterne 2011)."""

Few = Literal["refuse", "warn"]

FEW_STUDIES = "FEW_STUDIES_FOR_SMALL_STUDY_EFFECTS"
TIED_TO_ITS_SE = "ESTIMATE_TIED_TO_ITS_STANDARD_ERROR"
MEASURE_UNKNOWN = "MEASURE_NOT_STATED"

PROPORTIONS = ("PR", "PLN", "PLO", "PRZ", "PAS", "PFT", "proportion", "proportions")
"""Names under which a single proportion is known; metafor's codes and the pool files' word."""

RATES = ("IR", "IRLN", "IRS", "IRFT")
"""Rates of one group: their variance follows from the estimate as that of a proportion does (v = x/t^2)."""

TIED = ("OR", "RR", "RD", "PETO", "SMD", "SMDH", "odds ratio", "risk ratio", "risk difference")
"""Measures whose variance is a function of the estimate: tests that use the standard error reject too often."""


class Caveat(NamedTuple):
    """In words: what a result can show, and what it cannot."""

    shows: str
    cannot_show: str


def gate(k: int, *, measure: str | None, few: Few, minimum: int = 3, uses_se: bool = True) -> tuple[str, ...]:
    """Return the codes that go with a result on `k` studies of `measure`. Raises InputError where it is refused.

    `few="refuse"` refuses below ten studies, `few="warn"` computes and returns a code; below `minimum` nothing can be
    computed. `measure=None` is accepted with a code, because proportions could not be ruled out.
    """
    check_choice("few", few, ("refuse", "warn"))
    if measure is not None and (measure in PROPORTIONS or measure.upper() in (*PROPORTIONS, *RATES)):
        raise InputError(
            [
                f"measure = {measure!r}: for single proportions and rates the standard error is a function of the "
                "estimate, so funnel asymmetry says nothing about small-study effects; no such method is offered"
            ]
        )
    if k < minimum:
        raise InputError([f"{k} {'study' if k == 1 else 'studies'} given; this needs at least {minimum}"])
    if k < FEWEST and few == "refuse":
        raise InputError(
            [
                f"{k} studies given; below {FEWEST} small-study effects cannot be told from chance "
                "(few='warn' computes all the same and says so)"
            ]
        )
    codes = [FEW_STUDIES] if k < FEWEST else []
    if measure is None:
        codes.append(MEASURE_UNKNOWN)
    elif uses_se and measure in TIED:
        codes.append(TIED_TO_ITS_SE)
    return tuple(codes)
