"""Pools plain numbers or a plain table, outside any review: the same engine, figures and sentences, without quotes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import numpy.typing as npt

from evsynth.build.result import estimate_json
from evsynth.build.workspace import Picture
from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.measures.escalc import EffectSizes, escalc
from evsynth.effects.measures.scales import AnalysisScale, back_transform
from evsynth.model.effect import Effect, Estimand, Selection
from evsynth.model.estimate import Answer, Estimate
from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.pool import Choices, Pool
from evsynth.model.review import Review
from evsynth.pooling import inverse_variance_model
from evsynth.pooling.guard import InputError
from evsynth.report.forest import forest
from evsynth.report.statement import statement
from evsynth.report.summary import summary
from evsynth.text.canonical import digest
from evsynth.text.table import Table

if TYPE_CHECKING:
    import pandas as pd

GENERIC = "GEN"
"""Measure of a table that brings its own effects: columns yi and vi (or sei)."""

_WORDS = {
    "OR": "log odds ratio",
    "RR": "log risk ratio",
    "RD": "risk difference",
    "PETO": "log odds ratio",
    "HR": "hazard ratio",
}


class PlainPool:
    """A pool of plain numbers. Prints as a statistician's summary."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    @property
    def estimate(self) -> Estimate:
        """The figures, on the scale a reader knows, and what was really fitted."""
        result = self.answer.result
        assert isinstance(result, Estimate)
        return result

    def frame(self) -> pd.DataFrame:
        """Give the effects, one row each, with weights in percent."""
        import pandas as pd

        columns = ["label", "y", "v", "estimate", "lower", "upper"]
        rows = [
            {name: getattr(e, name) for name in columns} | {"weight": w}
            for e, w in zip(self.answer.selection.effects, self.estimate.weights, strict=True)
        ]
        return pd.DataFrame(rows)

    def to_json(self) -> str:
        """Give everything that went in and came out as JSON."""
        return estimate_json(self.answer).decode()

    def forest(self) -> Any:
        """Give the forest plot; a notebook shows it as a picture."""
        return Picture(forest(self.answer, format="svg").decode())

    def methods(self) -> str:
        """Give the sentence for a methods section, with the references it cites."""
        from evsynth.report.reference_formats import as_text

        said = statement(self.answer, _NO_REVIEW, {})
        listed = [f"{i}. {as_text(r)}" for i, r in enumerate(said.references, 1)]
        return "\n".join([said.methods, "", *listed])

    def _repr_svg_(self) -> str:
        return forest(self.answer, format="svg").decode()

    def __repr__(self) -> str:
        return summary(self.answer)


_NOBODY: Any = {
    "review": "plain",
    "title": "Plain numbers",
    "authors": (),
    "licence": "",
    "outcomes": (),
    "instruments": (),
}
_NO_REVIEW = Review.model_construct(**_NOBODY)


def pool(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    estimator: str = "REML",
    interval: str = "hksj",
    prediction: str = "V",
    level: float = 0.95,
    labels: Sequence[str] | None = None,
    measure: str = "effect",
    scale: AnalysisScale = "natural",
    title: str = "Pooled effect",
) -> PlainPool:
    """Pool effects `y` with sampling variances `v` (both of length k, on the analysis scale) by random effects.

    `interval` is wald, hksj or modified hksj; `prediction` V, HTS, HK, HK-PR, normal or none; `scale` tells how results
    are carried back for the reader (log: exp). Raises InputError (a ValueError) for fewer than two studies, values that
    are not finite, v <= 0, and unknown choices; every problem names its study.

    >>> print(round(pool([-0.3, -0.1, 0.2, 0.1], [0.04, 0.05, 0.06, 0.05]).estimate.figures.estimate, 4))
    -0.0427
    """
    ys, vs = np.atleast_1d(np.asarray(y, dtype=float)), np.atleast_1d(np.asarray(v, dtype=float))
    if scale not in get_args(AnalysisScale):
        raise InputError([f"scale = {scale!r} is not known; choose one of {', '.join(get_args(AnalysisScale))}"])
    names = list(labels) if labels is not None else [f"Study {i}" for i in range(1, len(ys) + 1)]
    if len(ys) != len(vs) or len(names) != len(ys):
        raise InputError([f"y, v and labels have {len(ys)}, {len(vs)} and {len(names)} values"])
    return _pooled(ys, vs, names, measure, scale, title, _choices(estimator, interval, prediction, level))


def pool_table(
    table: Table, measure: str, *, estimator: str, interval: str, prediction: str, level: float, correction: bool
) -> PlainPool:
    """Pool a table, one study a row. Columns carry metafor's names (ai, n1i, ci, n2i; xi, ni; yi, vi; …).

    Raises Problems with line and column for what is wrong in the table.
    """
    label = next((c for c in ("study", "label", "slab", "author", "trial") if c in table.columns), None)
    names = table.texts(label) if label else [f"Line {row.line}" for row in table.rows]
    if measure == GENERIC:
        table.needs("yi")
        if "sei" in table.columns and "vi" not in table.columns:
            v = [s * s for s in table.numbers("sei")]
        else:
            table.needs("vi")
            v = table.numbers("vi")
        y, scale, title = table.numbers("yi"), "natural", "effect"
        notes: tuple[str, ...] = ()
    else:
        found = _effects(table, measure, names, correction)
        y, v, names = list(found.y), list(found.v), list(found.labels)
        scale, title, notes = found.scale, found.title, found.notes
    try:
        words = _WORDS.get(measure, title)
        heading = f"{title[0].upper()}{title[1:]}, {PurePath(table.file).name}"
        made = _pooled(
            np.asarray(y), np.asarray(v), names, words, scale, heading,
            _choices(estimator, interval, prediction, level), notes,
        )  # fmt: skip
    except InputError as error:
        raise _in_table(table, error.problems) from None
    return made


def _effects(table: Table, measure: str, names: list[str], correction: bool) -> EffectSizes:
    numeric = {c: table.numbers(c) for c in table.columns if _numeric(table, c)}
    try:
        return escalc(
            measure, numeric, labels=names, add=0.5 if correction else 0.0, to="only0" if correction else "none"
        )
    except MeasureError as error:
        raise _in_table(table, tuple(str(error).splitlines())) from None


def _numeric(table: Table, column: str) -> bool:
    """Say whether any cell of a column is a number; such a column must be one throughout."""

    def number(text: str) -> bool:
        try:
            float(text)
        except ValueError:
            return False
        return True

    return any(number(text) for text in table.texts(column))


def _in_table(table: Table, problems: Sequence[str]) -> Problems:
    hint = "correct the table; `evsynth pool --help` names the columns of each measure"
    return Problems(tuple(Finding("TABLE_VALUE", "error", table.file, Place(table.file), p, hint) for p in problems))


def _choices(estimator: str, interval: str, prediction: str, level: float) -> Choices:
    if not 0 < level < 1:
        raise InputError([f"level = {level!r} must lie in (0, 1)"])
    # Not validated here: the engine refuses what it does not know, and names what it does.
    given: Any = {
        "model": "random effects",
        "estimator": estimator,
        "interval": interval,
        "prediction": prediction,
        "level": f"{100 * level:g}",
        "correction": "none",
        "overlap": "refuse",
    }
    return Choices.model_construct(**given)


def _pooled(
    y: npt.NDArray[np.float64],
    v: npt.NDArray[np.float64],
    names: Sequence[str],
    measure: str,
    scale: str,
    title: str,
    choices: Choices,
    notes: Sequence[str] = (),
) -> PlainPool:
    from evsynth.pooling.guard import check_effects

    check_effects(y, v, labels=names, minimum=2)
    level = float(choices.level) / 100
    effects = tuple(
        _effect(float(a), float(b), name, measure, scale, level) for a, b, name in zip(y, v, names, strict=True)
    )
    given: Any = {
        "pool": "plain",
        "title": title,
        "question": title,
        "claim": "treatment effect",
        "outcome": "plain",
        "measure": measure,
        "plan": "pool",
        "because": "Asked for by hand.",
        "inputs": (),
        "choices": choices,
        "overrides": (),
    }
    asked = Pool.model_construct(**given)
    fitted = inverse_variance_model.fit(asked, effects, level)
    content = [[repr(e.y), repr(e.v), e.label] for e in effects]
    estimate = Estimate(
        "plain", digest([sorted(content), choices.model_dump(), measure]), fitted.kind, len(effects), fitted.figures,
        fitted.fitted, fitted.weights, fitted.companions, fitted.warnings,
    )  # fmt: skip
    return PlainPool(Answer(asked, Selection(effects, (), tuple(notes)), estimate))


def _effect(y: float, v: float, name: str, measure: str, scale: str, level: float) -> Effect:
    from statistics import NormalDist

    half = NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(v)
    back = [float(back_transform(x, scale)) for x in (y, y - half, y + half)]  # type: ignore[arg-type]
    nothing = Estimand("", "", "", "", "", "", "", "none", "")
    return Effect(
        id=name, study=name, cohort="", group="", label=name, measure=measure, scale=scale, y=y, v=v,
        estimate=back[0], lower=back[1], upper=back[2], interval_method="Wald", events=(), totals=(),
        formula="given", notes=(), estimand=nothing, leaves=(),
    )  # fmt: skip
