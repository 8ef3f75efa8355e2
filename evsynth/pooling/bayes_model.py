"""Fits a pool in the Bayesian normal-normal model with the prior that the pool names, and shows other priors beside it.

A prior is written as its name and its numbers: `half-normal 0.5`, `half-cauchy 0.5`, `exponential 0.5`, `uniform 2`,
`log-normal -2.5 1.3`, `jeffreys`, `uniform`, `du-mouchel`, `shrinkage`, `turner SETTING`, `rhodes SETTING`. Scales are
in units of the analysis scale (log for ratios).
"""

from __future__ import annotations

from collections.abc import Callable

from evsynth.model.effect import Effect
from evsynth.model.estimate import Companion, Figures
from evsynth.model.pool import Pool
from evsynth.pooling.bayes.empirical import rhodes, turner
from evsynth.pooling.bayes.model import NormalNormal, bayes
from evsynth.pooling.bayes.priors import (
    TauPrior,
    conventional,
    du_mouchel,
    exponential,
    half_cauchy,
    half_normal,
    jeffreys,
    log_normal,
    log_t,
    shrinkage,
    uniform,
)
from evsynth.pooling.bayes.sensitivity import prior_sensitivity
from evsynth.pooling.guard import InputError
from evsynth.pooling.pooled import Pooled, back, warned
from evsynth.pooling.random_effects import pool

NAMED: dict[str, tuple[Callable[..., TauPrior], tuple[int, ...]]] = {
    "half-normal": (half_normal, (1,)),
    "half-cauchy": (half_cauchy, (1,)),
    "exponential": (exponential, (1,)),
    "uniform": (uniform, (0, 1)),
    "log-normal": (log_normal, (2,)),
    "log-t": (log_t, (3,)),
    "jeffreys": (jeffreys, (0,)),
    "du-mouchel": (du_mouchel, (0,)),
    "shrinkage": (shrinkage, (0,)),
    "conventional": (conventional, (0,)),
}
"""Priors by name, and how many numbers each takes."""

BESIDE = ("half-normal", "half-cauchy", "exponential", "uniform")
"""Priors with one scale; half and twice of it are shown beside the result."""


def read_prior(text: str, *, measure: str) -> TauPrior:
    """Read a prior. Raises InputError that lists the known ones.

    >>> read_prior("half-normal 0.5", measure="log odds ratio").described
    'half-normal(scale = 0.5)'
    """
    name, _, rest = text.replace(":", " ").replace(",", " ").strip().partition(" ")
    if name in ("turner", "rhodes"):
        return (turner if name == "turner" else rhodes)(rest.strip(), measure=_SHORT.get(measure, measure))
    known = f"known: {', '.join(NAMED)}, turner SETTING, rhodes SETTING; for example half-normal 0.5"
    if name not in NAMED:
        raise InputError([f"prior {text!r} is not known; {known}"])
    make, sizes = NAMED[name]
    try:
        numbers = [float(part) for part in rest.split()]
    except ValueError:
        raise InputError([f"prior {text!r}: {rest!r} is not a list of numbers; {known}"]) from None
    if len(numbers) not in sizes:
        needs = " or ".join(map(str, sizes))
        raise InputError([f"prior {text!r}: {name} takes {needs} numbers, not {len(numbers)}; {known}"])
    return make(*numbers)


def fit(asked: Pool, effects: tuple[Effect, ...], level: float) -> Pooled:
    """Fit `effects`, which share one scale; two studies or more. Raises InputError for the prior or the data."""
    prior = read_prior(asked.choices.prior or "", measure=asked.measure)
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    found = bayes(y, v, tau_prior=prior, mu_prior=None, level=level, labels=labels)
    return Pooled(
        "pooled", _figures(found, asked, effects, level), _fitted(found, asked), _weights(effects, found),
        (*_beside(found, asked, effects, level), *_frequentist(effects, level)), warned(found.codes),
    )  # fmt: skip


def posterior(asked: Pool, effects: tuple[Effect, ...], level: float) -> NormalNormal:
    """Give the whole posterior behind `fit`. Raises InputError as it does."""
    prior = read_prior(asked.choices.prior or "", measure=asked.measure)
    labels = [e.label for e in effects]
    return bayes([e.y for e in effects], [e.v for e in effects], tau_prior=prior, mu_prior=None, level=level,
                 labels=labels)  # fmt: skip


def _figures(found: NormalNormal, asked: Pool, effects: tuple[Effect, ...], level: float) -> Figures:
    to = back(effects[0].scale)
    wanted = asked.choices.prediction != "none"
    new = found.new_study
    return Figures(
        measure=effects[0].measure, scale=effects[0].scale, estimate=to(found.mu.median), lower=to(found.mu.lower),
        upper=to(found.mu.upper), level=100 * level, interval="credible, equal tails", p=None,
        tau2=found.tau.median**2, tau2_lower=found.tau.lower**2, tau2_upper=found.tau.upper**2,
        i2_tau2=None, i2_q=None, q=None, q_df=None, q_p=None,
        prediction="posterior" if wanted else "none", prediction_lower=to(new.lower) if wanted else None,
        prediction_upper=to(new.upper) if wanted else None, events=None, total=None,
    )  # fmt: skip


def _fitted(found: NormalNormal, asked: Pool) -> dict[str, str]:
    below = found.probability_below_zero
    shortest = (found.mu.shortest_lower, found.mu.shortest_upper)
    return {
        "model": found.model,
        "prior of τ": found.prior + (f" ({found.prior_source})" if found.prior_source else ""),
        "prior of the effect": "flat",
        "estimate": "posterior median; τ likewise",
        "interval": "equal tails of the posterior",
        "shortest interval": f"{shortest[0]:.4g} to {shortest[1]:.4g} on the analysis scale",
        "probability below 0": f"{below:.4g} (analysis scale)",
        "quadrature": f"{found.quadrature_nodes} nodes, deterministic; doubling the panels changes the result by "
        f"{found.quadrature_change:.1e}",
    }


def _weights(effects: tuple[Effect, ...], found: NormalNormal) -> tuple[float, ...]:
    """Give the inverse-variance weights at the posterior median of tau; the posterior mixes over all of them."""
    raw = [1.0 / (e.v + found.tau.median**2) for e in effects]
    return tuple(100.0 * w / sum(raw) for w in raw)


def _beside(found: NormalNormal, asked: Pool, effects: tuple[Effect, ...], level: float) -> tuple[Companion, ...]:
    name, _, rest = (asked.choices.prior or "").replace(":", " ").partition(" ")
    if name not in BESIDE or not rest.strip():
        return ()
    scale = float(rest)
    others = [read_prior(f"{name} {scale * factor:g}", measure=asked.measure) for factor in (0.5, 2.0)]
    rows = prior_sensitivity(
        [e.y for e in effects], [e.v for e in effects], tau_priors=others, mu_prior=None, level=level
    )
    to = back(effects[0].scale)
    return tuple(
        Companion(f"Prior {row.prior}", to(row.mu.median), to(row.mu.lower), to(row.mu.upper),
                  f"the same model with {row.prior} as prior of τ")
        for row in rows
        if row.mu is not None
    )  # fmt: skip


def _frequentist(effects: tuple[Effect, ...], level: float) -> tuple[Companion, ...]:
    """Show the usual pool beside the posterior."""
    fit = pool([e.y for e in effects], [e.v for e in effects], estimator="REML", interval="hksj", prediction="V",
               level=level)  # fmt: skip
    to = back(effects[0].scale)
    return tuple(
        Companion(name, to(i.mean), to(i.lower), to(i.upper), f"{name} interval with tau2 by REML")
        for name, i in (("Wald", fit.intervals.wald), ("HKSJ", fit.intervals.hksj))
        if i is not None
    )


_SHORT = {"log odds ratio": "OR", "standardised mean difference": "SMD", "SMD": "SMD", "OR": "OR"}
