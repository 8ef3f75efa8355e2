"""Named bundles of choices: what other programs and guidelines print for the same effects, side by side.

A profile states every choice: estimator of tau², rule of the interval, prediction interval, kind of I². Nothing
in it is inherited from another program's present defaults.

    evsynth-default  REML, HKSJ with its rule for few studies, prediction V, I² from tau²
    cochrane-2025    REML, HKSJ where k >= 3 and tau² > 0 and Wald otherwise, prediction t(k - 1), I² from tau²
                     (methods.cochrane.org, random-effects methods, 2024 and 2025)
    iqwig-6          Paule-Mandel, HKSJ; where its interval is narrower than Wald's with DerSimonian-Laird's tau², the
                     variance factor is floored at 1; no prediction interval below 4 studies (IQWiG, General Methods 6)
    metafor          REML, Wald, prediction normal, I² from tau² (rma() without further arguments)
    meta-8           REML, Wald, prediction V, I² from Q (metagen() of meta 8)
    meta-7           REML, Wald, prediction HTS, I² from Q (metagen() of meta 7 and before)
    revman-5         DerSimonian-Laird, Wald, no prediction interval, I² from Q
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy.typing as npt

from evsynth.pooling.engine import Estimator
from evsynth.pooling.guard import InputError
from evsynth.pooling.intervals import ConfidenceInterval
from evsynth.pooling.prediction import PredictionInterval, PredictionName
from evsynth.pooling.random_effects import RandomEffects, pool

Rule = Literal["hksj", "cochrane", "iqwig", "wald"]


class Profile(NamedTuple):
    """A bundle of choices under a name; `source` says where they are stated."""

    name: str
    estimator: Estimator
    interval: Rule
    prediction: PredictionName | None
    prediction_from: int
    i2: Literal["tau2", "Q"]
    source: str


PROFILES: dict[str, Profile] = {
    p.name: p
    for p in (
        Profile("evsynth-default", "REML", "hksj", "V", 3, "tau2", "docs/methods/profiles.md"),
        Profile("cochrane-2025", "REML", "cochrane", "V", 3, "tau2", "Cochrane, random-effects methods, 2024 and 2025"),
        Profile("iqwig-6", "PM", "iqwig", "HTS", 4, "Q", "IQWiG, General Methods 6"),
        Profile("metafor", "REML", "wald", "normal", 2, "tau2", "metafor 5.1, rma()"),
        Profile("meta-8", "REML", "wald", "V", 3, "Q", "meta 8.4, metagen()"),
        Profile("meta-7", "REML", "wald", "HTS", 3, "Q", "meta 7, metagen()"),
        Profile("revman-5", "DL", "wald", None, 0, "Q", "RevMan 5, inverse variance"),
    )
}


class UnderProfile(NamedTuple):
    """What a profile gives, on the analysis scale; `interval_rule` names the interval really used and why."""

    profile: Profile
    k: int
    mean: float
    lower: float
    upper: float
    p: float | None
    interval_rule: str
    tau2: float
    tau2_lower: float
    tau2_upper: float
    i2: float | None
    prediction: PredictionInterval | None
    weights: tuple[float, ...]
    codes: tuple[str, ...]


def under_profile(
    y: npt.ArrayLike, v: npt.ArrayLike, *, profile: str, level: float = 0.95, labels: Sequence[str] | None = None
) -> UnderProfile:
    """Pool effects as a profile does. Raises InputError for an unknown profile, or as `pool` does."""
    chosen = PROFILES.get(profile)
    if chosen is None:
        raise InputError([f"profile {profile!r} is not known; choose one of {', '.join(PROFILES)}"])
    named: PredictionName = chosen.prediction or "V"
    fit = pool(y, v, estimator=chosen.estimator, interval="wald", prediction=named, level=level, labels=labels)
    used, rule = _interval(chosen, fit, y, v, level)
    prediction = fit.prediction if chosen.prediction is not None and fit.k >= chosen.prediction_from else None
    i2 = fit.inconsistency.i2_from_tau2 if chosen.i2 == "tau2" else fit.inconsistency.i2_from_q
    return UnderProfile(
        profile=chosen,
        k=fit.k,
        mean=fit.mean,
        lower=used.lower,
        upper=used.upper,
        p=used.p,
        interval_rule=rule,
        tau2=fit.tau2.value,
        tau2_lower=fit.tau2_interval.lower,
        tau2_upper=fit.tau2_interval.upper,
        i2=i2,
        prediction=prediction,
        weights=fit.weights,
        codes=fit.codes,
    )


def _interval(
    profile: Profile, fit: RandomEffects, y: npt.ArrayLike, v: npt.ArrayLike, level: float
) -> tuple[ConfidenceInterval, str]:
    wald, hksj, floored = fit.intervals.wald, fit.intervals.hksj, fit.intervals.modified_hksj
    if profile.interval == "wald" or hksj is None or floored is None:
        return wald, "Wald"
    if profile.interval == "hksj":
        return hksj, "HKSJ"
    if profile.interval == "cochrane":
        if fit.k >= 3 and fit.tau2.value > 0:
            return hksj, "HKSJ (k >= 3, tau² > 0)"
        return wald, "Wald (tau² = 0)" if fit.k >= 3 else "Wald (k = 2)"
    classic = pool(y, v, estimator="DL", interval="wald", prediction="V", level=level).intervals.wald
    if hksj.upper - hksj.lower < classic.upper - classic.lower:
        return floored, "HKSJ with the factor floored at 1 (narrower than Wald with DL)"
    return hksj, "HKSJ"
