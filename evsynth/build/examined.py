"""A pool of a review examined: what its answer hangs on, and small-study effects where there are studies enough."""

from __future__ import annotations

from collections.abc import Sequence

from evsynth.build.answers import answered
from evsynth.build.found import Found
from evsynth.build.plain_bias import surveyed
from evsynth.build.plain_sensitivity import examined
from evsynth.effects.measures import MeasureError, logit_proportion
from evsynth.model.effect import Effect
from evsynth.model.estimate import Answer, Estimate
from evsynth.model.finding import Finding, Place, Problems
from evsynth.pooling.counts_model import SHORT
from evsynth.pooling.guard import InputError
from evsynth.pooling.rare_events.tables import check_two_arms
from evsynth.pooling.sensitivity.data_branches import DataBranches
from evsynth.pooling.sensitivity.examination import PARTS, Part
from evsynth.pooling.small_study.gate import FEWEST
from evsynth.pooling.small_study.survey import survey
from evsynth.report.account import Account
from evsynth.report.branches_table import branches_grid
from evsynth.report.citation import headline
from evsynth.report.forest import draw
from evsynth.review.folder import Folder

USUAL = ("random effects", "common effect")
KEPT: tuple[Part, ...] = ("leave-one-out", "leave-two-out", "cumulative", "influence", "curve")
"""Parts of a sensitivity analysis that a build writes; all subsets are pooled when `evsynth sensitivity` is asked."""


def examine_pool(folder: Folder, name: str, *, parts: Sequence[Part] = PARTS, seed: int = 1) -> Found:
    """Examine a pool of a review, and its data branches. Raises Problems where nothing is pooled."""
    found = answered(folder, name)
    made = sensitivity_of(found.answer, parts=parts, seed=seed)
    if made is None and found.branches is not None:
        return _one_study(found.answer, found.branches)
    if made is None:
        result = found.answer.result
        pooled = isinstance(result, Estimate) and result.kind == "pooled"
        why = "two studies with effects of their own are needed" if pooled else "there is no pool to examine"
        message = f"{result.id} is {headline(found.answer)}; {why}"
        raise Problems((Finding("NOT_POOLED", "error", name, Place(name), message, "see `evsynth show`"),))
    if found.branches is not None:
        made.told = made.told._replace(tables=(branches_grid(found.branches), *made.told.tables))
    return made


def _one_study(answer: Answer, branches: DataBranches) -> Found:
    """Tell what other readings make of the figures of a single study."""
    about = f"{len(branches.branches)} of {len(branches.readings)} other readings move the figures of the study"
    told = Account(
        f"Sensitivity: {answer.pool.title}", f"{headline(answer)}. {about}.", {"model": "none: one study"},
        (branches_grid(branches),), "What the study would say if a discrepant number read otherwise.",
        "Which reading is right: only the authors can say.",
    )  # fmt: skip
    return Found(told, {"forest": lambda: draw(answer)})


def sensitivity_of(answer: Answer, *, parts: Sequence[Part] = KEPT, seed: int = 1) -> Found | None:
    """Examine an answer by its own choices; None where nothing is pooled or effects have no variances.

    Proportions are examined on the logit scale, and models of counts through the studies' own effects; the account
    says so.
    """
    effects = comparable(answer)
    if effects is None:
        return None
    choices = answer.pool.choices
    usual = choices.model in USUAL and answer.pool.measure != "proportion" and choices.overlap != "covariance"
    estimator: str = choices.estimator if usual and choices.model == "random effects" else "REML"
    estimator = "FE" if choices.model == "common effect" else estimator
    interval = choices.interval if usual else "hksj"
    title = f"Sensitivity: {answer.pool.title}"
    level = float(choices.level) / 100
    try:
        made = examined(effects, title, estimator, interval, level, parts=parts, seed=seed)
    except InputError:
        return None
    if not usual:
        said = f"the pool itself is by {choices.model}; here its studies are pooled by inverse variance"
        made.told = made.told._replace(fitted={**made.told.fitted, "not the same model": said})
    return made


def small_study_of(answer: Answer) -> Found | None:
    """Look for small-study effects; None for proportions, below ten studies, and where nothing is pooled."""
    effects = comparable(answer)
    if effects is None or len(effects) < FEWEST or answer.pool.measure == "proportion":
        return None
    level = float(answer.pool.choices.level) / 100
    arms = all(len(e.events) == len(e.totals) == 2 for e in effects)
    labels = [e.label for e in effects]
    columns = [[float(e.events[i]) for e in effects] for i in (0, 1)] if arms else []
    totals = [[float(e.totals[i]) for e in effects] for i in (0, 1)] if arms else []
    tables = check_two_arms(columns[0], totals[0], columns[1], totals[1], labels=labels) if arms else None
    found = survey(
        [e.y for e in effects], [e.v for e in effects], measure=SHORT.get(answer.pool.measure, "GEN"), level=level,
        tables=tables, labels=labels,
    )  # fmt: skip
    title = f"Small-study effects: {answer.pool.title}"
    return surveyed(found, title, answer.pool.measure, effects[0].scale, level)


def comparable(answer: Answer) -> tuple[Effect, ...] | None:
    """Give the effects of a pooled answer on one scale with variances; None where there are none.

    Proportions go to the logit scale, with 0.5 added to the cells of a study in which one is zero.
    """
    result, effects = answer.result, answer.selection.effects
    if not isinstance(result, Estimate) or result.kind != "pooled" or len(effects) < 2:
        return None
    if answer.pool.measure == "proportion":
        try:
            effects = tuple(map(_on_logits, effects))
        except MeasureError:
            return None
    return effects if all(e.v > 0 for e in effects) else None


def _on_logits(effect: Effect) -> Effect:
    made = logit_proportion(effect.events[0], effect.totals[0], add=0.5, to="only-zero")
    return effect._replace(y=made.y, v=made.v, scale="logit", notes=made.notes)
