"""Where heterogeneity and inconsistency lie: Q split into designs, and the design-by-treatment interaction test.

A design is the set of treatments that a study compares. ``Q = Q within designs + Q between designs``; between designs
is inconsistency. Detaching a design gives it effects of its own: what Q between designs loses is what that design
contributes. Under random effects the between-designs test uses the tau2 within designs. Higgins 2012, doi
10.1002/jrsm.1044; Krahn 2013, doi 10.1186/1471-2288-13-35.
"""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx
import numpy as np
from scipy.stats import chi2

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.network.consistency_model import Design, consistency, fit
from evsynth.pooling.network.contrasts import Contrasts, StudyContrasts
from evsynth.pooling.network.fitting import NetworkFit
from evsynth.pooling.network.geometry import design_of, designs


class QTest(NamedTuple):
    """A Q statistic; ``p`` is None without degrees of freedom."""

    name: str
    q: float
    df: int
    p: float | None


class Decomposition(NamedTuple):
    """``within_design`` per design; ``detached`` is Q between designs without one design, for those that can be
    detached; ``random`` is the between-designs test with ``tau2_within`` (None if no design has two studies).
    """

    total: QTest
    within: QTest
    between: QTest
    within_design: tuple[QTest, ...]
    detached: tuple[QTest, ...]
    tau2_within: float | None
    random: QTest | None


def decompose(found: NetworkFit) -> Decomposition:
    """Return the decomposition of Q of a fitted network."""
    contrasts = found.contrasts
    names = designs(contrasts)
    apart = by_design(contrasts)
    inside = fit(contrasts, apart, tau2=0.0)
    own = tuple(_within(contrasts, name, those) for name, those in names.items())
    between = _test("between designs", found.q - inside.q, found.df - inside.df)
    detached = []
    for name in names:
        if _detachable(contrasts, name):
            without = fit(contrasts, by_design(contrasts, only=name), tau2=0.0)
            detached.append(_test(name, without.q - inside.q, without.df - inside.df))
    tau2_within, random = None, None
    if inside.df > 0:
        tau2_within = max(0.0, (inside.q - inside.df) / inside.excess)
        joint = fit(contrasts, consistency(contrasts), tau2=tau2_within)
        split = fit(contrasts, apart, tau2=tau2_within)
        random = _test("between designs, random effects", joint.q - split.q, joint.df - split.df)
    total = _test("total", found.q, found.df)
    within = _test("within designs", inside.q, inside.df)
    return Decomposition(total, within, between, own, tuple(detached), tau2_within, random)


def by_design(contrasts: Contrasts, *, only: str | None = None) -> Design:
    """Return a design with effects of their own for every design, or for one of them beside the consistency model."""
    shared = consistency(contrasts)
    start: dict[str, int] = {}
    width = len(contrasts.treatments) - 1 if only is not None else 0
    for name, those in designs(contrasts).items():
        if only in (None, name):
            start[name] = width
            width += len(contrasts.studies[those[0]].arms) - 1

    def rows(number: int, study: StudyContrasts) -> FloatArray:
        d = len(study.arms) - 1
        x = np.zeros((d, width))
        name = design_of(contrasts, number)
        if name in start:
            x[:, start[name] : start[name] + d] = np.eye(d)
        elif only is not None:
            x[:, : len(contrasts.treatments) - 1] = shared(number, study)
        return x

    return rows


def _detachable(contrasts: Contrasts, name: str) -> bool:
    """Say whether all treatments of a design stay connected without its studies."""
    rest = nx.Graph()
    own: tuple[int, ...] = ()
    for number, study in enumerate(contrasts.studies):
        if design_of(contrasts, number) == name:
            own = study.arms
        else:
            rest.add_edges_from((study.arms[0], arm) for arm in study.arms[1:])
    return all(arm in rest and nx.has_path(rest, own[0], arm) for arm in own) if own[0] in rest else False


def _within(contrasts: Contrasts, name: str, those: list[int]) -> QTest:
    part = Contrasts(contrasts.treatments, tuple(contrasts.studies[number] for number in those))
    found = fit(part, by_design(part), tau2=0.0)
    return _test(name, found.q, found.df)


def _test(name: str, q: float, df: int) -> QTest:
    q = max(0.0, q) if df > 0 else 0.0
    return QTest(name, q, df, float(chi2.sf(q, df)) if df > 0 else None)
