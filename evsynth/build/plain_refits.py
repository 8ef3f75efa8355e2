"""Leave-one-out and cumulative pools under any model of a table: the model is fitted again to some of the studies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evsynth.build.found import Found
from evsynth.build.plain import Asked, PlainPool, pool_studies
from evsynth.build.plain_table import Studies
from evsynth.model.estimate import Figures
from evsynth.model.finding import Problems
from evsynth.pooling.guard import InputError
from evsynth.report.account import Account, Cell, Grid
from evsynth.report.forest_rows import summary_label
from evsynth.report.ladder import Ladder, Rung, draw_ladder
from evsynth.report.numbers import journal, level, with_interval

FEWEST = 3
HEAD = ("estimate", "lower", "upper", "P", "tau2", "no answer because")


def refit_studies(studies: Studies, asked: Asked, *, order: str | None = None) -> Found:
    """Fit the model without each study in turn, and to the first study, the first two, and so on.

    `order` names the column that orders the cumulative pool. A fit without an answer keeps its reason. Raises Problems
    where the model has no answer for all studies, or there are fewer than three.
    """
    k = len(studies.effects)
    if k < FEWEST:
        raise InputError([f"{k} studies: leaving one out needs {FEWEST}"])
    whole = pool_studies(studies, asked)
    values: Sequence[float] | Sequence[str] = studies.column(order) if order is not None else list(range(k))
    places = sorted(range(k), key=lambda i: (values[i], i))
    without = [_refit(studies, [j for j in range(k) if j != i], asked) for i in range(k)]
    grown = [_refit(studies, places[: n + 1], asked) for n in range(1, k)]
    labels = studies.labels
    shown = [f for f, _ in without if f is not None]
    figures, measure = whole.estimate.figures, studies.measure
    number = with_interval(figures.estimate, figures.lower, figures.upper, measure)
    ends = sorted(f.estimate for f in shown)
    told = Account(
        f"Sensitivity: {studies.title}",
        f"Headline: {number}, k = {k}. With one study left out: {journal(ends[0], measure)} to "
        f"{journal(ends[-1], measure)}.",
        whole.estimate.fitted,
        (
            Grid("leave-one-out", ("without", *HEAD), tuple(_row(labels[i], *r) for i, r in enumerate(without))),
            Grid("cumulative", ("added", "k", *HEAD), tuple(
                (labels[places[n]], n + 1, *_row("", *r)[1:]) for n, r in enumerate(grown, 1)
            )),
        ),
        "Which studies the pooled number hangs on, each time with the whole model fitted again.",
        "That the answer is right: studies that agree can be biased alike.",
        (), ("leave-one-out", "cumulative"),
    )  # fmt: skip
    rows = [(labels[i], f) for i, (f, _) in enumerate(without)]
    return Found(told, {"leave-one-out": lambda: draw_ladder(_ladder(whole, rows, studies))}).noted(studies.notes)


def _refit(studies: Studies, kept: list[int], asked: Asked) -> tuple[Figures | None, str]:
    rows = np.array(kept)
    mask = np.isin(np.arange(len(studies.effects)), rows)
    part = studies._replace(
        effects=tuple(e for e, inside in zip(studies.effects, mask, strict=True) if inside),
        tables=studies.tables.take(mask) if studies.tables is not None else None,
    )
    clusters = asked.cluster and tuple(c for c, inside in zip(asked.cluster, mask, strict=True) if inside)
    try:
        return pool_studies(part, asked._replace(cluster=clusters)).estimate.figures, ""
    except Problems as problems:
        return None, "; ".join(f.message for f in problems.findings)


def _row(label: str, figures: Figures | None, why_not: str) -> tuple[Cell, ...]:
    if figures is None:
        return (label, None, None, None, None, None, why_not)
    f = figures
    return (label, f.estimate, f.lower, f.upper, f.p, f.tau2, "")


def _ladder(whole: PlainPool, rows: list[tuple[str, Figures | None]], studies: Studies) -> Ladder:
    f = whole.estimate.figures
    rungs = [Rung(name, x.estimate, x.lower, x.upper) if x else Rung(f"{name}: no answer") for name, x in rows]
    rungs.append(Rung("All studies", f.estimate, f.lower, f.upper, "pooled"))
    note = f"One study left out; {summary_label(whole.answer, whole.estimate)}."
    return Ladder("without", f"Sensitivity: {studies.title}", studies.measure, ("Without", ""), tuple(rungs),
                  f.estimate, (note,), level(f.level))  # fmt: skip
