"""Pools plain numbers or a plain table, outside any review: the same engine, figures and sentences, without quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.build.found import Found
from evsynth.build.plain_table import Studies, in_table, plain_effect, proportion_effect
from evsynth.build.result import estimate_json
from evsynth.effects.measures.scales import AnalysisScale
from evsynth.model.choices import COUNT_MODELS, Choices
from evsynth.model.effect import Effect, Selection
from evsynth.model.estimate import Answer, Estimate, Reason
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.pooling import bayes_model, counts_model, dependent_model, inverse_variance_model, proportion_model
from evsynth.pooling.guard import InputError, check_counts, check_effects, check_level
from evsynth.pooling.pooled import Pooled, warned
from evsynth.pooling.rare_events.tables import TwoArms, check_two_arms
from evsynth.report.account import Account, Grid, account_json, grid_lines
from evsynth.report.bayes_tables import shrinkage
from evsynth.report.forest import draw
from evsynth.report.statement import statement
from evsynth.report.summary import summary
from evsynth.text.canonical import digest

if TYPE_CHECKING:
    import pandas as pd

ALIASES = {
    "inverse-variance": "random effects",
    "random-effects": "random effects",
    "common-effect": "common effect",
    "mh": "mantel-haenszel",
    "three-level": "multilevel",
}
"""Other names of models on the command line."""

DOUBTS = (
    "SD_MAY_BE_SE", "SAME_STUDY_TWICE", "ASYMMETRIC", "FREEMAN_TUKEY_ARBITRARY_N", "CORRECTED",
    "NOT_A_TREATMENT_EFFECT", "STANDARDISED_CHANGE",
)  # fmt: skip
"""Codes of notes on a table that a result warns of."""

FEW_EVENTS = 10
"""Events of both arms of all studies below which a ratio rests on a handful of patients."""

MODELS = (*ALIASES, "bayes", *COUNT_MODELS, "glmm", "multilevel")


class Asked(NamedTuple):
    """What is asked of plain studies. `interval` and `prediction` None take what suits the model, and it is said."""

    model: str = "inverse-variance"
    estimator: str = "REML"
    interval: str | None = None
    prediction: str | None = None
    level: float = 0.95
    prior: str | None = None
    cluster: tuple[str, ...] | None = None
    rho: float | None = None


class PlainPool(Found):
    """A pool of plain numbers. Prints as a statistician's summary."""

    def __init__(self, answer: Answer, extra: tuple[Grid, ...] = ()) -> None:
        self.answer = answer
        super().__init__(_told(answer, extra), {"forest": lambda: draw(answer)})

    @property
    def estimate(self) -> Estimate:
        """The figures, on the scale a reader knows, and what was really fitted."""
        result = self.answer.result
        assert isinstance(result, Estimate)
        return result

    def frame(self, table: str | None = None) -> pd.DataFrame:
        """Give the effects, one row each, with weights in percent; or another table by name."""
        return super().frame(table)

    def to_json(self) -> str:
        """Give everything that went in and came out as JSON, numbers in full."""
        text = estimate_json(self.answer, digits=17).decode()
        if len(self.told.tables) == 1:
            return text
        import json

        content = json.loads(text) | {"tables": account_json(self.told)["tables"][1:]}
        return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    def methods(self) -> str:
        """Give the sentence for a methods section, with the references it cites."""
        from evsynth.report.reference_formats import as_text

        said = statement(self.answer, _NO_REVIEW, {})
        listed = [f"{i}. {as_text(r)}" for i, r in enumerate(said.references, 1)]
        return "\n".join([said.methods, "", *listed])

    def __repr__(self) -> str:
        lines = [summary(self.answer)]
        for grid in self.told.tables[1:]:
            lines += ["", grid.name, *(f"  {line}" for line in grid_lines(grid))]
        return "\n".join(lines)


def pool(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    model: str = "inverse-variance",
    estimator: str = "REML",
    interval: str = "hksj",
    prediction: str = "V",
    level: float = 0.95,
    prior: str | None = None,
    cluster: Sequence[str] | None = None,
    rho: float | None = None,
    labels: Sequence[str] | None = None,
    measure: str = "effect",
    scale: AnalysisScale = "natural",
    title: str = "Pooled effect",
) -> PlainPool:
    """Pool effects `y` with sampling variances `v` (both of length k, on the analysis scale) by random effects.

    `interval` is wald, hksj or modified hksj; `prediction` V, HTS, HK, HK-PR, normal, Nagashima or none; `scale` tells
    how results are carried back for the reader (log: exp). `model` is inverse-variance, common-effect, bayes (with
    `prior`, such as "half-normal 0.5") or multilevel (with `cluster`, a name per effect, and `rho`), which have
    intervals of their own. Raises InputError (a ValueError) for fewer than two studies, values that are not finite,
    v <= 0, and unknown choices; every problem names its study.

    >>> print(round(pool([-0.3, -0.1, 0.2, 0.1], [0.04, 0.05, 0.06, 0.05]).estimate.figures.estimate, 4))
    -0.0427
    """
    check_level(level)
    ys, vs = (_floats(name, values) for name, values in (("y", y), ("v", v)))
    if scale not in get_args(AnalysisScale):
        raise InputError([f"scale = {scale!r} is not known; choose one of {', '.join(get_args(AnalysisScale))}"])
    names = list(labels) if labels is not None else [f"Study {i}" for i in range(1, len(ys) + 1)]
    if len(ys) != len(vs) or len(names) != len(ys):
        raise InputError([f"y, v and labels have {len(ys)}, {len(vs)} and {len(names)} values"])
    check_effects(ys, vs, labels=names, minimum=2)
    usual = ALIASES.get(model, model) == "random effects"
    asked = Asked(
        model, estimator, interval if usual else None, prediction if usual else None, level, prior,
        tuple(cluster) if cluster is not None else None, rho,
    )  # fmt: skip
    effects = tuple(
        plain_effect(float(a), float(b), name, measure, scale, level) for a, b, name in zip(ys, vs, names, strict=True)
    )
    return _pooled(effects, measure, title, asked)


def pool_counts(
    events: npt.ArrayLike,
    totals: npt.ArrayLike,
    events_2: npt.ArrayLike | None = None,
    totals_2: npt.ArrayLike | None = None,
    *,
    measure: str = "OR",
    model: str = "glmm",
    level: float = 0.95,
    labels: Sequence[str] | None = None,
    title: str = "Pooled counts",
) -> PlainPool:
    """Pool counts without an effect per study: two arms, or one arm (a proportion) where the second is left out.

    Two arms: `measure` OR, RR or RD; `model` mantel-haenszel, peto, glmm (conditional exact), glmm-fixed-studies,
    glmm-random-studies or beta-binomial. One arm: `model` glmm (binomial-normal) or beta-binomial. Raises InputError
    for impossible counts, a measure that a model does not give, and a model that does not converge.

    >>> print(pool_counts([1, 2], [20, 30], [4, 5], [20, 30], model="mantel-haenszel").estimate.k)
    2
    """
    first = check_counts(events, totals, labels=labels, minimum=2)
    names = [label or f"Study {i}" for i, label in enumerate(first.labels, 1)]
    tables: TwoArms | None = None
    if events_2 is not None and totals_2 is not None:
        tables = check_two_arms(events, totals, events_2, totals_2, labels=names, minimum=2)
        columns = [list(map(int, side)) for side in tables[:4]]
        rows: list[tuple[tuple[int, ...], tuple[int, ...]]]
        rows = [((a, c), (n, m)) for a, n, c, m in zip(*columns, strict=True)]
        words = {"OR": "log odds ratio", "RR": "log risk ratio", "RD": "risk difference"}.get(measure)
        if words is None:
            raise InputError([f"measure = {measure!r} is not known; choose one of OR, RR, RD"])
    elif (events_2 is None) != (totals_2 is None):
        raise InputError(["give events and totals of the second arm, or neither"])
    else:
        words = "proportion"
        rows = [((int(x),), (int(n),)) for x, n in zip(first.events, first.totals, strict=True)]
    effects = tuple(
        _own(name, words, x, n, level) for name, (x, n) in zip(names, rows, strict=True)
    )  # fmt: skip
    return _pooled(effects, words, title, Asked(model, level=level), tables=tables)


def _floats(name: str, values: npt.ArrayLike) -> npt.NDArray[np.float64]:
    try:
        return np.atleast_1d(np.asarray(values, dtype=float))
    except (TypeError, ValueError) as error:
        raise InputError([f"{name} must hold numbers only: {error}"]) from None


def pool_studies(studies: Studies, asked: Asked) -> PlainPool:
    """Pool the studies of a table. Raises Problems for what the engine refuses in it."""
    notes = [n for n in studies.notes if asked.cluster is None or not n.startswith("SAME_STUDY_TWICE")]
    try:
        return _pooled(studies.effects, studies.measure, studies.title, asked, notes, studies.tables)
    except InputError as error:
        raise in_table(studies.table, error) from None


def needs_counts(model: str) -> bool:
    """Say whether a model takes counts, so that studies need no effect of their own."""
    return model in ("glmm", "binomial-normal") or ALIASES.get(model, model) in COUNT_MODELS


def _own(name: str, measure: str, events: tuple[int, ...], totals: tuple[int, ...], level: float) -> Effect:
    """Give the effect of one study's counts as it is shown beside a pool of counts; nothing where a zero forbids it."""
    from evsynth.effects.measures import MeasureError, log_odds_ratio, log_risk_ratio, risk_difference

    if measure == "proportion":
        return proportion_effect(events[0], totals[0], name, level)
    compute: dict[str, Callable[..., Any]] = {
        "log odds ratio": log_odds_ratio, "log risk ratio": log_risk_ratio, "risk difference": risk_difference,
    }  # fmt: skip
    scale = "natural" if measure == "risk difference" else "log"
    try:
        found = compute[measure](events[0], totals[0], events[1], totals[1], add=0.0, to="none")
        y, v = found.y, found.v
    except MeasureError:
        y = v = float("nan")
    return plain_effect(y, v, name, measure, scale, level, events=events, totals=totals)


def _pooled(
    effects: tuple[Effect, ...],
    measure: str,
    title: str,
    asked: Asked,
    notes: Sequence[str] = (),
    tables: TwoArms | None = None,
) -> PlainPool:
    choices = _choices(asked, measure, tables)
    if not needs_counts(asked.model):
        check_effects([e.y for e in effects], [e.v for e in effects], labels=[e.label for e in effects], minimum=2)
    given: Any = {
        "pool": "plain", "title": title, "question": title, "claim": "treatment effect", "outcome": "plain",
        "measure": measure, "plan": "pool", "because": "Asked for by hand.", "inputs": (), "choices": choices,
        "overrides": (),
    }  # fmt: skip
    question = Pool.model_construct(**given)
    fitted = _fitted(question, effects, asked, tables)
    content = [[repr(e.y), repr(e.v), e.label, list(e.events), list(e.totals)] for e in effects]
    clusters = sorted(map(list, zip([e.label for e in effects], asked.cluster or (), strict=False)))
    doubts = tuple(Reason(*note.split(": ", 1)) for note in notes if note.startswith(DOUBTS))
    two = [sum(e.events) for e in effects if len(e.events) == 2]
    if len(two) == len(effects) and sum(two) < FEW_EVENTS and "FEW_EVENTS" not in {w.code for w in fitted.warnings}:
        doubts = (*doubts, *warned(("FEW_EVENTS",)))
    estimate = Estimate(
        "plain", digest([sorted(content), choices.model_dump(exclude_none=True), measure, clusters]), fitted.kind,
        len(effects), fitted.figures, fitted.fitted, fitted.weights, fitted.companions, (*doubts, *fitted.warnings),
    )  # fmt: skip
    log = tuple(note for note in notes if not note.startswith(DOUBTS))
    answer = Answer(question, Selection(effects, (), log), estimate)
    extra: tuple[Grid, ...] = ()
    if choices.model == "bayes":
        extra = (shrinkage(bayes_model.posterior(question, effects, asked.level), effects[0].scale),)
    return PlainPool(answer, extra)


def _fitted(question: Pool, effects: tuple[Effect, ...], asked: Asked, tables: TwoArms | None) -> Pooled:
    model, level = question.choices.model, asked.level
    if model == "bayes":
        return bayes_model.fit(question, effects, level)
    if model == "multilevel":
        return dependent_model.multilevel(question, effects, asked.cluster or (), level)
    if question.measure == "proportion" and model in ("binomial-normal", "beta-binomial"):
        return proportion_model.fit(question, effects, level)
    if model in COUNT_MODELS:
        if tables is None:
            columns = "ai, n1i, ci, n2i (OR, RR, RD, PETO) or x1i, t1i, x2i, t2i (IRR)"
            raise InputError([f"the model {model!r} needs counts of two arms: columns {columns}"])
        return counts_model.fit_tables(question, tables, level)
    return inverse_variance_model.fit(question, effects, level)


def _choices(asked: Asked, measure: str, tables: TwoArms | None) -> Choices:
    if not 0 < asked.level < 1:
        raise InputError([f"level = {asked.level!r} must lie in (0, 1)"])
    model = ALIASES.get(asked.model, asked.model)
    if model == "glmm":
        model = "binomial-normal" if measure == "proportion" else "glmm-conditional"
    known = {*ALIASES.values(), "bayes", *COUNT_MODELS, "multilevel", "binomial-normal"}
    if model not in known:
        raise InputError([f"model = {asked.model!r} is not known; choose one of {', '.join(MODELS)}"])
    for name, value, owner in (("prior", asked.prior, "bayes"), ("cluster", asked.cluster, "multilevel"),
                               ("rho", asked.rho, "multilevel")):  # fmt: skip
        if (value is not None) != (model == owner):
            word = "needs" if model == owner else "takes no"
            hint = " such as 'half-normal 0.5'" if name == "prior" and model == owner else ""
            raise InputError([f"the model {model!r} {word} {name}{hint}"])
    if asked.estimator != "REML" and model not in ("random effects", "multilevel"):
        raise InputError([f"the model {model!r} has no choice of estimator; {asked.estimator!r} was asked for"])
    if asked.rho is not None and not 0 <= asked.rho <= 1:
        raise InputError([f"rho = {asked.rho!r} must lie from 0 to 1"])
    interval, prediction = _OWN.get(model, ("wald", "none"))
    # Not validated here: the engine refuses what it does not know, and names what it does.
    given: Any = {
        "model": model,
        "estimator": asked.estimator if model in ("random effects", "multilevel") else "none",
        "interval": _one(asked.interval, interval, model, ("random effects", *_GLMM)),
        "prediction": _one(asked.prediction, prediction, model, ("random effects", "binomial-normal", *_GLMM)),
        "level": f"{100 * asked.level:g}",
        "correction": "none",
        "overlap": "refuse",
        "prior": asked.prior,
        "rho": None if asked.rho is None else f"{asked.rho:g}",
    }
    return Choices.model_construct(**given)


_GLMM = tuple(name for name in COUNT_MODELS if name.startswith("glmm"))
_OWN = {
    "random effects": ("hksj", "V"),
    "binomial-normal": ("wald", "V"),
    "bayes": ("credible", "posterior"),
    "multilevel": ("robust", "none"),
} | dict.fromkeys(_GLMM, ("wald", "V"))
"""Interval and prediction of a model where none is asked for; a model not listed has a Wald interval alone."""


def _one(asked: str | None, own: str, model: str, choosing: tuple[str, ...]) -> str:
    """Take what is asked for, where the model leaves a choice. Raises InputError where it does not."""
    if asked is None or asked == own:
        return own
    if model not in choosing:
        raise InputError([f"the model {model!r} has one way only, {own!r}; {asked!r} was asked for"])
    return asked


def _told(answer: Answer, extra: tuple[Grid, ...]) -> Account:
    result = answer.result
    weights = result.weights if isinstance(result, Estimate) else ()
    columns = ("label", "y", "v", "estimate", "lower", "upper", "weight")
    effects = zip(answer.selection.effects, weights, strict=True)
    rows = tuple((e.label, e.y, e.v, e.estimate, e.lower, e.upper, w) for e, w in effects)
    fitted = result.fitted if isinstance(result, Estimate) else {}
    return Account(answer.pool.title, "", fitted, (Grid("effects", columns, rows), *extra), "", "", result.warnings)


_NOBODY: Any = {
    "review": "plain", "title": "Plain numbers", "authors": (), "licence": "", "outcomes": (), "instruments": (),
}  # fmt: skip
_NO_REVIEW = Review.model_construct(**_NOBODY)
