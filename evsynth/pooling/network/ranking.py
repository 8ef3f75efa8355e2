"""P-scores and league tables.

The P-score of a treatment is the mean, over the others, of the certainty that it is better: ``Phi((te_ij)/se_ij)``.
Rücker & Schwarzer 2015, doi 10.1186/s12874-015-0060-8. It is a summary of estimates and their errors, not evidence of
its own: two treatments with equal evidence may be far apart in rank.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from scipy.stats import norm

from evsynth.pooling.guard import InputError, check_choice
from evsynth.pooling.network.fitting import NetworkFit, NetworkModel

SmallValues = Literal["desirable", "undesirable"]
ModelName = Literal["common", "random"]


class PScore(NamedTuple):
    """A treatment and its P-score, 0 (worst) to 1 (best)."""

    treatment: str
    score: float


class League(NamedTuple):
    """Treatments in order and the cells of the table, row by row; see ``league_table`` for what they hold."""

    treatments: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def p_scores(fit: NetworkFit, *, model: ModelName, small_values: SmallValues) -> tuple[PScore, ...]:
    """Return the P-scores, best first, ties by name. Raises InputError where there is no random-effects model."""
    check_choice("small_values", small_values, get_args(SmallValues))
    chosen, n = model_of(fit, model), len(fit.treatments)
    sign = -1.0 if small_values == "desirable" else 1.0
    found = []
    for i, name in enumerate(fit.treatments):
        others = [j for j in range(n) if j != i]
        chance = [float(norm.cdf(sign * chosen.te[i, j] / chosen.se[i, j])) for j in others]
        found.append(PScore(name, math.fsum(chance) / len(others)))
    return tuple(sorted(found, key=lambda score: (-score.score, fit.treatments.index(score.treatment))))


def league_table(
    fit: NetworkFit, *, model: ModelName, order: Sequence[str] | None = None, ratio: bool, digits: int = 2
) -> League:
    """Return the league table as text: treatments on the diagonal; below it the network estimate of the column's
    treatment against the row's, above it the direct estimate of the row's against the column's, '.' where no study
    compared them. ``ratio`` prints exp of log ratios. Raises InputError for an order that is not all treatments.
    """
    names = tuple(order) if order is not None else fit.treatments
    if sorted(names) != sorted(fit.treatments):
        raise InputError([f"order must hold each treatment once: {', '.join(fit.treatments)}"])
    chosen = model_of(fit, model)
    tail = float(norm.isf((1 - fit.level) / 2))

    def text(estimate: float, se: float) -> str:
        ends = (estimate, estimate - tail * se, estimate + tail * se)
        middle, low, high = (f"{math.exp(x) if ratio else x:.{digits}f}" for x in ends)
        return f"{middle} ({low} to {high})"

    rows = []
    for i, row in enumerate(names):
        cells = []
        for j, column in enumerate(names):
            if i == j:
                cells.append(row)
                continue
            found = chosen.pair(column, row) if j < i else chosen.pair(row, column)
            if j < i:
                cells.append(text(found.estimate, found.se))
            else:
                direct = found.direct is None or found.direct_se is None
                cells.append("." if direct else text(found.direct or 0.0, found.direct_se or 0.0))
        rows.append(tuple(cells))
    return League(names, tuple(rows))


def model_of(fit: NetworkFit, model: ModelName) -> NetworkModel:
    """Return the model asked for. Raises InputError where tau2 could not be estimated."""
    check_choice("model", model, get_args(ModelName))
    if model == "common":
        return fit.common
    if fit.random is None:
        raise InputError(
            [
                "there is no random-effects model: no degrees of freedom to estimate tau2; "
                "choose the common-effects model"
            ]
        )
    return fit.random
