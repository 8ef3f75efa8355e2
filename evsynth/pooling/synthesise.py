"""A pool and its effects become an estimate or a refusal. Nothing falls back: the result says what was fitted."""

from __future__ import annotations

from evsynth.model.choices import COUNT_MODELS
from evsynth.model.effect import Effect, Selection, Unusable
from evsynth.model.estimate import Companion, Estimate, Figures, Reason, Refusal, Result
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.pooling import bayes_model, counts_model, dependent_model, inverse_variance_model, proportion_model
from evsynth.pooling.gate import reasons
from evsynth.pooling.guard import InputError
from evsynth.pooling.identity import identity
from evsynth.pooling.overlap import Pairs
from evsynth.pooling.pooled import Pooled


def synthesise(pool: Pool, selection: Selection, review: Review, overlaps: frozenset[frozenset[str]]) -> Result:
    """Answer a pool.

    A pool that nothing stands against is fitted as its choices say; one planned as a single study gives that study's
    own figures; everything else is a refusal whose reasons can be cited, with what the studies say one by one.
    """
    against = reasons(pool, selection, review, overlaps)
    hash_ = identity(pool, selection, against)
    warnings = _warnings(pool, selection)
    if against:
        return Refusal(pool.pool, hash_, len(selection.effects), against, _beside(selection, against, pool), warnings)
    if pool.plan == "single study":
        return _single(pool, hash_, selection.effects[0], warnings)
    try:
        pooled = fitted(pool, selection.effects, overlaps)
    except InputError as error:
        no_answer = tuple(Reason("NO_ANSWER", f"The model gives no answer: {problem}.") for problem in error.problems)
        return Refusal(pool.pool, hash_, len(selection.effects), no_answer, (), warnings)
    return Estimate(
        pool=pool.pool,
        hash=hash_,
        kind=pooled.kind,
        k=len(selection.effects),
        figures=pooled.figures,
        fitted=pooled.fitted,
        weights=pooled.weights,
        companions=pooled.companions,
        warnings=(*warnings, *pooled.warnings),
    )


def fitted(pool: Pool, effects: tuple[Effect, ...], overlaps: Pairs) -> Pooled:
    """Fit the model that the pool names. Raises InputError where it has no answer for these effects."""
    level, model = float(pool.choices.level) / 100, pool.choices.model
    if pool.measure == "proportion":
        return proportion_model.fit(pool, effects, level)
    if model in COUNT_MODELS:
        return counts_model.fit(pool, effects, level)
    if model == "bayes":
        return bayes_model.fit(pool, effects, level)
    if model == "multilevel":
        return dependent_model.multilevel(pool, effects, [f"{e.study}/{e.cohort}" for e in effects], level)
    if pool.choices.overlap == "covariance":
        return dependent_model.overlapping(pool, effects, overlaps, level)
    return inverse_variance_model.fit(pool, effects, level)


def _single(pool: Pool, hash_: str, effect: Effect, warnings: tuple[Reason, ...]) -> Estimate:
    fitted = {"model": "none: one study", "interval": effect.interval_method}
    return Estimate(pool.pool, hash_, "single study", 1, own_figures(pool, effect), fitted, (100.0,), (), warnings)


def own_figures(pool: Pool, effect: Effect) -> Figures:
    """Give the figures of one study's effect as they stand."""
    return Figures(
        measure=effect.measure,
        scale=effect.scale,
        estimate=effect.estimate,
        lower=effect.lower,
        upper=effect.upper,
        level=float(pool.choices.level),
        interval=effect.interval_method,
        p=None,
        tau2=None,
        tau2_lower=None,
        tau2_upper=None,
        i2_tau2=None,
        i2_q=None,
        q=None,
        q_df=None,
        q_p=None,
        prediction="none",
        prediction_lower=None,
        prediction_upper=None,
        events=effect.events[0] if len(effect.events) == 1 else None,
        total=effect.totals[0] if len(effect.totals) == 1 else None,
    )


def _beside(selection: Selection, against: tuple[Reason, ...], pool: Pool) -> tuple[Companion, ...]:
    """Say what two studies or zeros can say without a pool.

    Two ratios that nothing but their number stands against get a Bayesian companion (Bender 2018).
    """
    effects = selection.effects
    too_few = {reason.code for reason in against} == {"TOO_FEW"} and len(effects) == 2
    if too_few and all(e.scale == "log" for e in effects):
        return inverse_variance_model.bayesian(effects, "log", float(pool.choices.level) / 100)
    return _exact_bounds(selection)


def _exact_bounds(selection: Selection) -> tuple[Companion, ...]:
    """For proportions without events, give each study's one-sided bound: it is what the zeros can say."""
    from evsynth.pooling.exact import upper_bound

    return tuple(
        Companion(
            effect.label, 0.0, 0.0, upper_bound(0, effect.totals[0], level=0.95).upper,
            "one-sided 95% Clopper-Pearson upper bound", f"0 of {effect.totals[0]}",
        )
        for effect in selection.effects
        if effect.measure == "proportion" and effect.events == (0,)
    )  # fmt: skip


def _warnings(pool: Pool, selection: Selection) -> tuple[Reason, ...]:
    """Warn about what the reader must know of the inputs, whatever came of them."""
    found: list[Reason] = []
    parts: list[Effect | Unusable] = [*selection.effects, *selection.unusable]
    leaves = [leaf for part in parts for leaf in part.leaves]
    for grade, words in (
        ("secondary", "a secondary summary"),
        ("abstract", "an abstract"),
        ("record", "a record"),
    ):
        ids = sorted({leaf.id for leaf in leaves if leaf.grade == grade})
        if ids:
            found.append(Reason(f"FROM_{grade.upper()}", f"Taken from {words}, not from the paper: {', '.join(ids)}."))
    derived = sorted({leaf.id for leaf in leaves if not leaf.quoted})
    if derived:
        found.append(Reason("DERIVED_INPUT", f"Not printed but derived: {', '.join(derived)}."))
    for effect in selection.effects:
        for note in effect.notes:
            code, _, message = note.partition(": ")
            found.append(Reason(code, f"{effect.label}: {message}."))
        if effect.estimand.adjustment != "none" and effect.estimand.target in ("ATE", "ATT", "ATO"):
            message = (
                f"{effect.label}: the effect is marginal ({effect.estimand.target}, {effect.estimand.adjustment}); it "
                "answers another question than a conditional hazard ratio."
            )
            found.append(Reason("NONCOLLAPSIBLE", message))
            if effect.estimand.balance_shown is False:
                message = f"{effect.label}: the paper does not show that the weighted groups are balanced."
                found.append(Reason("PERFECT_BALANCE_NOT_SHOWN", message))
    if pool.claim == "change in treated patients":
        found.append(Reason("WITHIN_GROUP", "A change within one group is not a treatment effect."))
    for override in pool.overrides:
        found.append(Reason("OVERRIDE", f"The reason {override.code} was set aside: {override.because}"))
    return tuple(found)
