"""Node-splitting: direct against indirect evidence of every comparison.

Back-calculation (SIDE): the direct estimate, what is left of the network estimate once its share is taken out, and
their difference, with ``se^2 = se_direct^2 + se_indirect^2``: König 2013, doi 10.1002/sim.6001; Dias 2010, doi
10.1002/sim.3767. SIDDE separates by design instead: the indirect evidence on a comparison is the network of the
studies that do not have both treatments, with a tau2 of its own; what a multi-arm study says is then on one side only.
Efthimiou 2019, doi 10.1002/sim.8158.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple, get_args

import networkx as nx
from scipy.stats import norm

from evsynth.pooling.guard import check_choice
from evsynth.pooling.network.contrasts import Contrasts
from evsynth.pooling.network.fitting import NetworkFit, Pair, fit_contrasts
from evsynth.pooling.network.geometry import graph
from evsynth.pooling.network.ranking import ModelName, model_of

SplitMethod = Literal["Back-calculation", "SIDDE"]


class Estimate(NamedTuple):
    """An estimate with its Wald interval and test."""

    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p: float


class Split(NamedTuple):
    """Evidence on one comparison. ``difference`` is direct minus indirect; None where one of them does not exist."""

    treat1: str
    treat2: str
    studies: int
    direct_share: float
    network: Estimate
    direct: Estimate | None
    indirect: Estimate | None
    difference: Estimate | None


def split(found: NetworkFit, *, model: ModelName, method: SplitMethod = "Back-calculation") -> tuple[Split, ...]:
    """Return the evidence on every pair of treatments. Raises InputError where there is no random-effects model."""
    check_choice("method", method, get_args(SplitMethod))
    chosen = model_of(found, model)
    rows = []
    for pair in chosen.pairs:
        indirect = (pair.indirect, pair.indirect_se)
        if method == "SIDDE" and pair.studies:
            indirect = _without(found, pair, model=model)
        direct = _estimate(pair.direct, pair.direct_se, found.level)
        rows.append(_row(pair, direct, _estimate(*indirect, found.level), found.level))
    return tuple(rows)


def _row(pair: Pair, direct: Estimate | None, indirect: Estimate | None, level: float) -> Split:
    difference = None
    if direct is not None and indirect is not None:
        se = math.hypot(direct.se, indirect.se)
        difference = _estimate(direct.estimate - indirect.estimate, se, level)
    whole = Estimate(pair.estimate, pair.se, pair.lower, pair.upper, pair.statistic, pair.p)
    return Split(pair.treat1, pair.treat2, pair.studies, pair.direct_share, whole, direct, indirect, difference)


def _estimate(value: float | None, se: float | None, level: float) -> Estimate | None:
    if value is None or se is None:
        return None
    half = float(norm.isf((1 - level) / 2)) * se
    return Estimate(value, se, value - half, value + half, value / se, 2 * float(norm.sf(abs(value) / se)))


def _without(found: NetworkFit, pair: Pair, *, model: ModelName) -> tuple[float | None, float | None]:
    """Return the estimate of a pair, and its standard error, from the studies that do not have both treatments."""
    names = found.contrasts.treatments
    both = {names.index(pair.treat1), names.index(pair.treat2)}
    rest = Contrasts(names, tuple(study for study in found.contrasts.studies if not both <= set(study.arms)))
    reached = nx.node_connected_component(graph(rest), pair.treat1)
    if pair.treat2 not in reached:
        return None, None
    places = [place for place, name in enumerate(names) if name in reached]
    new = {place: number for number, place in enumerate(places)}
    studies = tuple(
        study._replace(arms=tuple(new[arm] for arm in study.arms)) for study in rest.studies if study.arms[0] in new
    )
    part = _renumbered(Contrasts(tuple(names[place] for place in places), studies))
    other = fit_contrasts(part, method_tau=found.tau2.method, level=found.level)
    chosen = other.random if model == "random" else other.common
    if chosen is None:  # too few studies for a tau2 of their own
        return None, None
    indirect = chosen.pair(pair.treat1, pair.treat2)
    return indirect.estimate, indirect.se


def _renumbered(contrasts: Contrasts) -> Contrasts:
    """Return contrasts whose rows count from 0 again."""
    studies, start = [], 0
    for study in contrasts.studies:
        studies.append(study._replace(rows=tuple(range(start, start + len(study.rows)))))
        start += len(study.rows)
    return Contrasts(contrasts.treatments, tuple(studies))
