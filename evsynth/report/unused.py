"""Results that a pool leaves out, beside its direction: a selection that favours the answer shows here (BEYOND B10).

A result is what the study files hold of an outcome that goes by the same word: an estimate, a change, a P value, or
two groups that can be compared, after baseline. One printed in several places counts once, and what the pool is made
of is not listed, wherever it is printed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from evsynth.model.estimate import Answer
from evsynth.model.observation import Observation
from evsynth.model.resolved import resolved
from evsynth.model.review import Outcome, Review
from evsynth.model.study import Cohort, Study
from evsynth.report.composition import parts
from evsynth.report.directions import Direction, Pair, holds_no_effect, of_answer, of_pair, of_result, pairs
from evsynth.text.extraction import Extraction

_ESTIMATES = ("hazard_ratio", "odds_ratio", "risk_ratio", "mean_change", "median_change", "change_of_medians",
              "percent_reduction")  # fmt: skip
_RESULTS = (*_ESTIMATES, "p", "u", "z", "t", "chi2", "effect_size")

TO_POOL = ("favours", "opposes", "neither", "not told")
"""How an unused result can stand to the pooled direction."""


class Left(NamedTuple):
    """A result that a pool does not use: its values, what is printed, on which side it lies, and why it is left out."""

    study: str
    values: tuple[str, ...]
    what: str
    printed: str
    where: str
    direction: Direction
    to_pool: str
    because: str


class Unused(NamedTuple):
    """The direction of a pool, the values it uses, and the results on its outcome that it does not use."""

    pool: str
    id: str
    direction: Direction
    holds_no_effect: bool
    used: int
    left: tuple[Left, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Unused results by how they stand to the pooled direction; their sum is the length of `left`."""
        found = Counter(one.to_pool for one in self.left)
        return {name: found[name] for name in TO_POOL}

    @property
    def sides(self) -> dict[str, int]:
        """Unused results by their own direction, for pools that have none."""
        found = Counter(one.direction for one in self.left)
        return {name: found[name] for name in ("better", "worse", "neither", "not told")}


def unused(answer: Answer, review: Review, extractions: Mapping[str, Extraction]) -> Unused:
    """Compare the results on the outcome of a pool, in all studies of the review, with what the pool uses."""
    outcomes = {o.outcome: o for o in review.outcomes}
    asked = outcomes.get(answer.pool.outcome)
    if asked is None:
        return Unused(answer.pool.pool, answer.result.id, "not told", False, 0, ())
    pooled = of_answer(answer, asked.better)
    used = frozenset(leaf.id.rpartition(".")[0] for e in answer.selection.effects for leaf in e.leaves)
    left = tuple(
        one._replace(to_pool=_to_pool(one.direction, pooled))
        for _, extraction in sorted(extractions.items())
        for one in _of_study(answer, extraction, {k: o for k, o in outcomes.items() if o.word == asked.word}, used)
    )
    return Unused(answer.pool.pool, answer.result.id, pooled, holds_no_effect(answer), len(used), left)


def in_words(found: Unused) -> str:
    """Say in a sentence how what is left out stands to the pooled direction."""
    n = len(found.left)
    if not n:
        return "The studies hold no other result of this outcome."
    what = f"{n} other result{'s' if n > 1 else ''} of this outcome {'are' if n > 1 else 'is'} not used"
    if found.direction in ("not told", "neither"):
        sides = found.sides
        told = f"{sides['better']} better, {sides['worse']} worse, {sides['neither']} neither"
        return f"{what} ({told}, {sides['not told']} of no stated direction); the answer itself has no direction."
    counts = found.counts
    sure = ", though its interval holds no effect" if found.holds_no_effect else ""
    return (
        f"{what}; the direction of the answer is '{found.direction}'{sure}: favouring it {counts['favours']}, opposing "
        f"it {counts['opposes']}, neither {counts['neither']}, of no stated direction {counts['not told']}."
    )


def _to_pool(own: Direction, pooled: Direction) -> str:
    if own in ("neither", "not told"):
        return own
    if pooled in ("neither", "not told"):
        return "not told"
    return "favours" if own == pooled else "opposes"


def _of_study(
    answer: Answer, extraction: Extraction, outcomes: Mapping[str, Outcome], used: frozenset[str]
) -> Iterator[Left]:
    study = extraction.study
    cohorts = {c.cohort: c for c in study.cohorts}
    measured = {v.variable: outcomes[v.outcome] for v in study.variables if v.outcome and v.outcome in outcomes}
    before = {t.at for t in study.timepoints if t.highest_months == "0" or "baseline" in f"{t.at} {t.label}".lower()}
    values = [
        o
        for o in resolved(study, extraction.observations)
        if o.variable in measured and _own(o) and o.about.at not in before
    ]
    known = {_quantity(o) for o in values if _id(o) in used}
    plain: dict[str, list[Observation]] = {}
    for o in values:
        alone = _quantity(o) not in known and not o.about.with_ and not o.about.term
        if alone and set(_RESULTS) & set(o.statistics):
            plain.setdefault(_quantity(o), []).append(o)
    for prints in plain.values():
        told = [of_result(o, measured[o.variable].better, cohorts.get(o.cohort or "")) for o in prints]
        clear = list(dict.fromkeys(d for d in told if d != "not told"))
        first = next((o for o, d in zip(prints, told, strict=True) if d != "not told"), prints[0])
        yield _left(
            answer, study, (first, *(o for o in prints if o is not first)), clear[0] if len(clear) == 1 else "not told",
            measured,
        )  # fmt: skip
    for pair in _pairs(values, cohorts, known, used):
        yield _left(answer, study, (pair.one, pair.other), of_pair(pair, measured[pair.one.variable].better), measured)


def _pairs(
    values: list[Observation], cohorts: Mapping[str, Cohort], known: set[str], used: frozenset[str]
) -> Iterator[Pair]:
    """Give pairs of groups, once each, where the paper prints no estimate of the two and the pool uses neither."""
    compared = {
        (o.cohort, o.variable, o.about.at) for o in values if o.about.contrast and set(_ESTIMATES) & set(o.statistics)
    }
    seen = set()
    for name, cohort in cohorts.items():
        own = tuple(o for o in values if o.cohort == name and o.about.arm and not o.about.population)
        for pair in pairs(own, cohort):
            key = (name, pair.one.variable, pair.one.about.at)
            touched = _quantity(pair.one) in known and _quantity(pair.other) in known
            if key not in seen and key not in compared and not touched:
                seen.add(key)
                yield pair


def _left(
    answer: Answer, study: Study, values: tuple[Observation, ...], direction: Direction, measured: Mapping[str, Outcome]
) -> Left:
    first = values[0]
    groups = " and ".join(dict.fromkeys(o.group for o in values if o.group))
    at = f" at {first.about.at}" if first.about.at else ""
    printed = " | ".join(dict.fromkeys(o.printed or _unprinted(o) for o in values))
    where = " | ".join(dict.fromkeys(o.where for o in values))
    return Left(
        study.study, tuple(_id(o) for o in values), f"{first.variable} in {groups}{at}", printed, where, direction, "",
        _because(answer, study, values, measured),
    )  # fmt: skip


def _because(answer: Answer, study: Study, values: tuple[Observation, ...], measured: Mapping[str, Outcome]) -> str:
    """Say why a pool does not use a result: what reviewers decided first, then how it differs from what is asked."""
    first = values[0]
    for resolution in study.resolutions:
        if first.id in resolution.about and resolution.use != first.id:
            return f"{resolution.relation}: {resolution.because}"
    ids = {_id(o) for o in values}
    for part in parts(answer):
        reason = getattr(part, "reason", "")
        if reason and ids & {leaf.id.rpartition(".")[0] for leaf in part.leaves}:
            return str(reason)
    outcome = measured[first.variable]
    if outcome.outcome != answer.pool.outcome:
        return f"another definition of {outcome.word}: {outcome.label}"
    wanted = [i for i in answer.pool.inputs if i.study == study.study]
    if not wanted:
        return "the pool does not draw on this study"
    if first.cohort not in {i.cohort for i in wanted}:
        return "the pool does not draw on this cohort"
    groups = {g for i in wanted for g in (i.arm, i.contrast, *(i.arms or ())) if g}
    if not groups & {o.group for o in values}:
        return "another group or comparison than the pool asks for"
    times = {i.at for i in wanted}
    if None not in times and first.about.at not in times:
        return "another time than the pool asks for"
    if first.about.population:
        return f"part of the patients: {first.about.population}"
    if first.about.adjustment:
        return f"adjusted otherwise: {first.about.adjustment}"
    if set(first.statistics) <= {"p"}:
        return "a P value without its effect"
    return "no reason is recorded"


def _unprinted(o: Observation) -> str:
    numbers = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in o.statistics.items())
    return f"{o.unquoted.why if o.unquoted else 'not printed'}: {numbers or 'no number'}"


def _own(o: Observation) -> bool:
    return o.about.basis != "external" and o.about.patients != 1 and bool(o.group)


def _quantity(o: Observation) -> str:
    """Give what a value is of: its prints in several places are one result."""
    a = o.about
    return "|".join(str(x) for x in (o.cohort, o.group, o.variable, a.at, a.category, a.population, a.adjustment))


def _id(o: Observation) -> str:
    return o.name("")[:-1]
