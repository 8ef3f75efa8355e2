"""PET-PEESE: the intercepts of regressions on the standard error (PET) and on the variance (PEESE), and which is used.

Weighted by 1/v with a multiplicative dispersion, as Egger's line: PET ``y = b0 + b1 se``, PEESE ``y = b0 + b1 v``.
The rule of Stanley & Doucouliagos 2014, doi 10.1002/jrsm.1095: if PET's b0 is significantly beyond 0 in the
direction of the common-effect mean (one-sided 0.05), PEESE's b0 is reported, otherwise PET's. Both are always
returned. Scale: that of ``y``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy.typing as npt
from scipy.stats import t as student

from evsynth.pooling.guard import check_effects
from evsynth.pooling.small_study.egger import Asymmetry, regtest
from evsynth.pooling.small_study.gate import Caveat, Few
from evsynth.pooling.weighting import weighted_mean

ALPHA = 0.05
"""One-sided level of the conditional rule (Stanley & Doucouliagos 2014)."""

CAVEAT = Caveat(
    "the effect that a straight line, or a parabola, in the standard error predicts for an infinitely large study",
    "an unbiased effect: the extrapolation is as good as the line, it misleads under heterogeneity and with few or "
    "similar "
    "study sizes, and the two-stage rule makes its interval too narrow (Stanley 2017, doi 10.1177/1948550617693062)",
)


class PetPeese(NamedTuple):
    """``used`` names the estimate that the rule takes; ``p_one_sided`` is PET's, for an effect on the mean's side."""

    pet: Asymmetry
    peese: Asymmetry
    p_one_sided: float
    used: Literal["PET", "PEESE"]
    estimate: float
    lower: float
    upper: float
    level: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def pet_peese(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    level: float = 0.95,
    measure: str | None = None,
    few: Few = "refuse",
    labels: Sequence[str] | None = None,
) -> PetPeese:
    """Return PET, PEESE and the one that the conditional rule uses. Raises InputError as ``regtest`` does."""
    effects = check_effects(y, v, labels=labels)
    pet = regtest(y, v, model="lm", predictor="sei", level=level, measure=measure, few=few, labels=labels)
    peese = regtest(y, v, model="lm", predictor="vi", level=level, measure=measure, few=few, labels=labels)
    side = 1.0 if weighted_mean(effects.y, effects.v, 0.0).mean >= 0 else -1.0
    p = float(student.sf(side * pet.intercept / pet.intercept_se, pet.k - 2))
    used: Literal["PET", "PEESE"] = "PEESE" if p < ALPHA else "PET"
    chosen = peese if used == "PEESE" else pet
    reach = float(student.isf((1 - level) / 2, pet.k - 2)) * chosen.intercept_se
    return PetPeese(
        pet,
        peese,
        p,
        used,
        chosen.intercept,
        chosen.intercept - reach,
        chosen.intercept + reach,
        level,
        *CAVEAT,
        pet.codes,
    )
