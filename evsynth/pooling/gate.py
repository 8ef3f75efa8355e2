"""What stands against pooling: reasons with stable codes, found from what the effects are effects of.

Unlike things are not pooled (Cochrane Handbook 10.1): one outcome definition, one instrument, one timepoint,
one population, one kind of contrast and adjustment, randomised or not, and every patient once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from evsynth.model.effect import Effect, Estimand, Selection, Unusable
from evsynth.model.estimate import Reason
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.pooling.overlap import clusters, overlap_free

Judged = tuple[Effect | Unusable, Estimand]

CODES = (
    "DIFFERENT_DEFINITIONS", "DIFFERENT_OUTCOMES", "DIFFERENT_INSTRUMENTS", "DIFFERENT_UNITS", "DIFFERENT_TIMEPOINTS",
    "DIFFERENT_POPULATIONS", "DIFFERENT_DESIGNS", "DIFFERENT_ADJUSTMENTS", "SAME_COHORT", "SHARED_PATIENTS",
    "WITHIN_GROUP_CHANGE", "NO_VARIANCE", "ZERO_VARIANCE", "UNUSABLE_INPUT", "TOO_FEW", "NOT_ONE_STUDY", "TABULATED",
)  # fmt: skip

FINAL = ("ZERO_VARIANCE", "NOT_ONE_STUDY", "TABULATED")
"""What no reviewer can set aside, because there would be nothing to compute; TOO_FEW likewise below two studies."""

FEWEST_FOR_RANDOM_EFFECTS = 3
"""With two studies the random-effects interval has one degree of freedom (t = 12.7); see Bender 2018,
10.1002/jrsm.1297.
"""


CARRIED_BY_TWO = ("common effect", "mantel-haenszel", "peto", "bayes")
"""Models that two studies can carry: they estimate no between-study variance, or put a prior on it."""


def reasons(
    pool: Pool, selection: Selection, review: Review, overlaps: frozenset[frozenset[str]]
) -> tuple[Reason, ...]:
    """List what stands against one number for `pool`, overridden reasons left out.

    `overlaps` holds pairs of cohorts ("study/cohort") that may share patients. Empty means: nothing does.
    """
    final = {*FINAL, "TOO_FEW"} if len(selection.effects) < 2 else {*FINAL}
    overridden = {override.code for override in pool.overrides} - final
    found = [r for r in _all(pool, selection, review, overlaps) if r.code not in overridden]
    if not found and pool.plan == "tabulate":
        return (Reason("TABULATED", f"The reviewers decided beforehand not to pool: {pool.because}"),)
    return tuple(found)


def _all(pool: Pool, selection: Selection, review: Review, overlaps: frozenset[frozenset[str]]) -> Iterator[Reason]:
    parts: list[Effect | Unusable] = [*selection.effects, *selection.unusable]
    estimands: list[Judged] = [(p, p.estimand) for p in parts if p.estimand is not None]
    yield from _outcomes(pool, estimands, review)
    comparable = _comparable(review)
    printed = [(part, estimand) for part, estimand in estimands if part.leaves]
    compared: tuple[tuple[str, str, list[Judged], Callable[[Estimand], str]], ...] = (
        ("DIFFERENT_INSTRUMENTS", "instruments", estimands, lambda e: comparable.get(e.instrument, e.instrument)),
        ("DIFFERENT_UNITS", "units", printed, lambda e: e.unit),
        ("DIFFERENT_TIMEPOINTS", "timepoints", printed, lambda e: e.timepoint),
        ("DIFFERENT_POPULATIONS", "who was analysed", printed, lambda e: e.population),
        ("DIFFERENT_DESIGNS", "contrasts", estimands, lambda e: e.contrast),
        ("DIFFERENT_DESIGNS", "designs", estimands, _design),
        ("DIFFERENT_ADJUSTMENTS", "adjustments", printed, lambda e: f"{e.adjustment} {e.target}".strip()),
    )
    for code, words, among, value in compared:
        values = _by(among, value)
        if len(values) > 1:
            yield Reason(code, f"The inputs differ in {words}: {_listed(values)}.")
    yield from _patients(parts, overlaps, pool)
    if pool.claim == "treatment effect" and any(e.contrast in ("within arm", "one arm") for _, e in estimands):
        message = (
            "A change within one group is not a treatment effect: regression to the mean, the natural course, "
            "co-treatment and the loss of patients who died cannot be told from it."
        )
        yield Reason("WITHIN_GROUP_CHANGE", message)
    if pool.measure != "proportion" and pool.plan != "single study":
        for effect in selection.effects:
            if effect.v <= 0:
                message = f"{effect.label}: the variance is 0, so the study cannot be weighed by it."
                yield Reason("ZERO_VARIANCE", message)
    for unusable in selection.unusable:
        code = "NO_VARIANCE" if unusable.code == "NO_VARIANCE" else "UNUSABLE_INPUT"
        yield Reason(code, f"{unusable.label}: {unusable.reason}")
    yield from _number(pool, selection)


def _outcomes(pool: Pool, estimands: list[Judged], review: Review) -> Iterator[Reason]:
    outcomes = _by(estimands, lambda e: e.outcome)
    known = {o.outcome: o for o in review.outcomes}
    shown = "; ".join(
        f"{known[o].label if o in known else o or 'no outcome'} [{'; '.join(labels)}]" for o, labels in outcomes.items()
    )
    words = {known[o].word if o in known else o for o in (*outcomes, pool.outcome)}
    if len(outcomes) > 1 and len(words) == 1:
        message = f"One word, {words.pop()!r}, stands for different outcomes: {shown}."
        yield Reason("DIFFERENT_DEFINITIONS", message)
    elif len(outcomes) > 1:
        yield Reason("DIFFERENT_OUTCOMES", f"The inputs measure different outcomes: {shown}.")
    elif outcomes.keys() - {pool.outcome}:
        asked = known[pool.outcome].label if pool.outcome in known else pool.outcome
        yield Reason("DIFFERENT_OUTCOMES", f"The pool asks for {asked}; the inputs measure {shown}.")


def _comparable(review: Review) -> dict[str, str]:
    """Give each instrument the name of the group of instruments that review.yaml calls comparable with it."""
    groups: list[set[str]] = []
    for instrument in review.instruments:
        group = {instrument.instrument, *instrument.comparable_to}
        for other in [g for g in groups if g & group]:
            group |= other
            groups.remove(other)
        groups.append(group)
    return {name: " = ".join(sorted(group)) for group in groups for name in group}


def _design(estimand: Estimand) -> str:
    """Tell randomised comparisons from others; a single arm is the same whatever stood beside it."""
    if not estimand.contrast.startswith("between arms"):
        return "one group"
    return "randomised" if estimand.design == "randomised" else "not randomised"


def _patients(parts: list[Effect | Unusable], overlaps: frozenset[frozenset[str]], pool: Pool) -> Iterator[Reason]:
    """Say which inputs share patients, unless the pool's model or rule deals with it."""
    cohorts: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        cohorts[f"{part.study}/{part.cohort}"].append(part.label)
    for cohort, labels in sorted(cohorts.items()):
        if len(labels) > 1 and pool.choices.model != "multilevel":
            message = f"{' and '.join(labels)} are groups of one cohort ({cohort}), not separate studies."
            yield Reason("SAME_COHORT", message)
    for group in () if pool.choices.overlap == "covariance" else clusters(cohorts, overlaps):
        sets = "; ".join(" with ".join(free) for free in overlap_free(group, overlaps))
        message = f"The cohorts {' and '.join(group)} may share patients; sets that count everyone once: {sets}."
        yield Reason("SHARED_PATIENTS", message)


def _number(pool: Pool, selection: Selection) -> Iterator[Reason]:
    k = len(selection.effects)
    cohorts = len({(e.study, e.cohort) for e in selection.effects})
    if pool.plan == "single study":
        if k != 1:
            yield Reason("NOT_ONE_STUDY", f"One study was to be shown; {k} of the inputs give an effect.")
        return
    if k == 0:
        yield Reason("TOO_FEW", "No input gives an effect.")
    elif k == 1:
        yield Reason("TOO_FEW", "Only one study gives an effect; it is shown, and nothing is pooled.")
    elif cohorts < FEWEST_FOR_RANDOM_EFFECTS and pool.choices.model not in CARRIED_BY_TWO:
        many = "cohort does" if cohorts == 1 else "cohorts do"
        message = f"{cohorts} independent {many} not carry a random-effects model; what is there is shown."
        yield Reason("TOO_FEW", message)


def _by(estimands: list[Judged], value: Callable[[Estimand], str]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = defaultdict(list)
    for part, estimand in estimands:
        values[value(estimand)].append(part.label)
    return dict(sorted(values.items()))


def _listed(values: dict[str, list[str]]) -> str:
    return "; ".join(f"{value or 'none stated'} [{'; '.join(labels)}]" for value, labels in values.items())
