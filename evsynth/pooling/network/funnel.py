"""Data of a comparison-adjusted funnel plot: every contrast minus the direct estimate of its comparison.

Chaimani & Salanti 2012, doi 10.1002/jrsm.57. The treatments must be put in an order that means something (old to new,
placebo to active): each contrast is turned so that the earlier treatment is compared with the later one. Without such
an order asymmetry means nothing. A comparison with a single study lies at 0 by construction and is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evsynth.pooling.guard import InputError
from evsynth.pooling.network.fitting import NetworkFit
from evsynth.pooling.network.ranking import ModelName, model_of


class FunnelPoint(NamedTuple):
    """A contrast: ``centred`` is its estimate minus the direct estimate of the comparison; ``alone`` if that is
    itself.
    """

    study: str
    treat1: str
    treat2: str
    estimate: float
    centred: float
    se: float
    alone: bool


def comparison_adjusted(found: NetworkFit, *, order: Sequence[str], model: ModelName) -> tuple[FunnelPoint, ...]:
    """Return one point per contrast, in the order of the input.

    Raises InputError unless ``order`` has all treatments.
    """
    if sorted(order) != sorted(found.treatments):
        raise InputError([f"order must hold each treatment once: {', '.join(found.treatments)}"])
    chosen, names = model_of(found, model), found.treatments
    rank = {name: place for place, name in enumerate(order)}
    points: list[tuple[int, FunnelPoint]] = []
    for study in found.contrasts.studies:
        for row, (i, j) in enumerate(study.pairs):
            first, second, te = names[study.arms[i]], names[study.arms[j]], float(study.te[row])
            if rank[first] > rank[second]:
                first, second, te = second, first, -te
            pair = chosen.pair(first, second)
            centre = te if pair.direct is None else pair.direct
            point = FunnelPoint(study.label, first, second, te, te - centre, float(study.se[row]), pair.studies == 1)
            points.append((study.rows[row], point))
    return tuple(point for _, point in sorted(points, key=lambda pair: pair[0]))
