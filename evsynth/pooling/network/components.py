"""Additive component network meta-analysis: what each part of a combined treatment contributes.

The effect of 'CBT + SSRI' is the effect of CBT plus that of the SSRI; an inactive component (placebo) is 0. Fewer
parameters than the consistency model: their difference in Q tests additivity. Rücker 2020, doi 10.1002/bimj.201800167.
A network that falls apart can still be fitted if the components join it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.stats import chi2, norm

from evsynth.pooling.guard import FloatArray, InputError, check_level
from evsynth.pooling.network.consistency_model import Fit, consistency, fit
from evsynth.pooling.network.contrasts import Contrasts, StudyContrasts
from evsynth.pooling.network.decomposition import QTest


class ComponentEffect(NamedTuple):
    """The incremental effect of a component with its Wald interval and test."""

    component: str
    estimate: float
    se: float
    lower: float
    upper: float
    p: float


class ComponentFit(NamedTuple):
    """Components under common and random effects (DL; None without degrees of freedom); Q of the additive model and
    of its difference from the consistency model (None where the network is not connected).
    """

    components: tuple[str, ...]
    inactive: str | None
    common: tuple[ComponentEffect, ...]
    random: tuple[ComponentEffect, ...] | None
    tau2: float | None
    additive: QTest
    difference: QTest | None
    level: float


def additive_components(
    contrasts: Contrasts, *, inactive: str | None, sep: str = "+", level: float = 0.95
) -> ComponentFit:
    """Fit the additive model. Raises InputError for an unknown inactive component, or components that these studies
    cannot tell apart.
    """
    level = check_level(level)
    parts = [tuple(part.strip() for part in name.split(sep)) for name in contrasts.treatments]
    empty = [name for name, own in zip(contrasts.treatments, parts, strict=True) if not all(own)]
    if empty:
        raise InputError([f"treatment {empty[0]!r} has an empty component; is {sep!r} the right separator?"])
    known = sorted({part for own in parts for part in own}, key=lambda name: (name.casefold(), name))
    if inactive is not None and inactive not in known:
        raise InputError([f"inactive = {inactive!r} is not a component; the components are {', '.join(known)}"])
    names = tuple(name for name in known if name != inactive)
    c = np.array([[float(own.count(name)) for name in names] for own in parts])

    def rows(_: int, study: StudyContrasts) -> FloatArray:
        return np.asarray(c[list(study.arms[1:])] - c[study.arms[0]], dtype=np.float64)

    x = np.vstack([rows(number, study) for number, study in enumerate(contrasts.studies)])
    _, values, right = np.linalg.svd(x)
    rank = int((values > 1e-9 * values[0]).sum())
    if rank < len(names):
        mixed = [name for j, name in enumerate(names) if np.abs(right[rank:, j]).max() > 1e-8]
        raise InputError([f"these studies cannot tell apart the effects of {', '.join(mixed)}"])
    plain = fit(contrasts, rows, tau2=0.0)
    whole = fit(contrasts, consistency(contrasts), tau2=0.0)
    tau2 = max(0.0, (plain.q - plain.df) / plain.excess) if plain.df else None
    spread = fit(contrasts, rows, tau2=tau2) if tau2 is not None else None
    connected = len(whole.theta) == len(contrasts.treatments) - 1 and _full_rank(contrasts)
    difference = _test("difference from consistency", plain.q - whole.q, plain.df - whole.df) if connected else None
    return ComponentFit(
        names,
        inactive,
        _effects(names, plain, level),
        _effects(names, spread, level) if spread is not None else None,
        tau2,
        _test("additive model", plain.q, plain.df),
        difference,
        level,
    )


def _full_rank(contrasts: Contrasts) -> bool:
    design = consistency(contrasts)
    x = np.vstack([design(number, study) for number, study in enumerate(contrasts.studies)])
    return int(np.linalg.matrix_rank(x)) == len(contrasts.treatments) - 1


def _effects(names: tuple[str, ...], found: Fit, level: float) -> tuple[ComponentEffect, ...]:
    z, rows = float(norm.isf((1 - level) / 2)), []
    for j, name in enumerate(names):
        value, se = float(found.theta[j]), math.sqrt(float(found.covariance[j, j]))
        p = 2 * float(norm.sf(abs(value) / se))
        rows.append(ComponentEffect(name, value, se, value - z * se, value + z * se, p))
    return tuple(rows)


def _test(name: str, q: float, df: int) -> QTest:
    return QTest(name, max(0.0, q) if df > 0 else 0.0, df, float(chi2.sf(q, df)) if df > 0 else None)
