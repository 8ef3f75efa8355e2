"""Subgroups: a pooled effect in each, and the test that they are the same.

    tau2 "separate"   each subgroup has its own tau2; the test is Wald's, Q = sum (m_g - m)^2/se_g^2, chi-squared(G - 1)
    tau2 "pooled"     one tau2, by a meta-regression on the groups; its joint test of the differences (chi-squared or F)

Separate values need several studies in every subgroup (one study is refused by name); with few, a pooled tau2 is less
wrong. Borenstein & Higgins 2013, doi 10.1007/s11121-013-0377-7. A difference between subgroups of studies is an
observational comparison (code SUBGROUPS_ARE_OBSERVATIONAL, always given).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling.guard import InputError, check_choice, check_effects
from evsynth.pooling.regression.inference import JointTest, Test
from evsynth.pooling.regression.model import FEW, Regression, contrast, regress
from evsynth.pooling.tau2.estimate import Estimator

OBSERVATIONAL = "SUBGROUPS_ARE_OBSERVATIONAL"

Between = Literal["separate", "pooled"]


class Subgroup(NamedTuple):
    """One subgroup: its studies, pooled effect, interval and p, and the tau2 used for it."""

    name: str
    k: int
    estimate: float
    se: float
    lower: float
    upper: float
    p: float | None
    tau2: float
    codes: tuple[str, ...]


class Subgroups(NamedTuple):
    """All subgroups in alphabetical order, the test between them, and for a pooled tau2 the regression behind it."""

    groups: tuple[Subgroup, ...]
    between: Between
    test: JointTest
    fit: Regression | None
    codes: tuple[str, ...]


def subgroups(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    groups: Sequence[str],
    *,
    estimator: Estimator,
    test: Test,
    tau2: Between,
    level: float,
    labels: Sequence[str] | None = None,
) -> Subgroups:
    """Pool each subgroup and test the difference.

    Raises InputError for fewer than two subgroups, and for a subgroup of one study when tau2 is separate.
    """
    check_choice("tau2", tau2, get_args(Between))
    effects = check_effects(y, v, labels=labels, minimum=2)
    names, members = _members(groups, len(effects.y))
    if tau2 == "pooled":
        columns = np.column_stack([np.asarray(inside, dtype=np.float64) for inside in members])
        fit = regress(
            effects.y, effects.v, columns, names=names, estimator=estimator, test=test, level=level, labels=labels
        )
        away = np.column_stack([-np.ones(len(names) - 1), np.eye(len(names) - 1)])
        _, joint = contrast(fit, away, names=[f"{name} - {names[0]}" for name in names[1:]])
        found = tuple(
            Subgroup(one.name, int(inside.sum()), *one[1:3], *one[5:7], one.p, fit.tau2_value, ())
            for one, inside in zip(fit.coefficients, members, strict=True)
        )
        return Subgroups(found, tau2, joint, fit, tuple(dict.fromkeys((OBSERVATIONAL, *fit.codes))))
    alone = [name for name, inside in zip(names, members, strict=True) if inside.sum() == 1]
    if alone and estimator != "FE":
        asked = ", ".join(map(repr, alone))
        raise InputError([f"subgroup {asked} has one study, which has no tau2 of its own; use tau2 = 'pooled'"])
    separate, squares = [], []
    for name, inside in zip(names, members, strict=True):
        fit = _alone(effects.y[inside], effects.v[inside], name, estimator=estimator, test=test, level=level)
        one = fit.coefficients[0]
        # Wald's, whatever the test of the single subgroup; equal effects leave Knapp-Hartung nothing to divide by.
        if fit.scale == 0.0:
            wald = _alone(effects.y[inside], effects.v[inside], name, estimator=estimator, test="z", level=level)
            squares.append(wald.coefficients[0].se ** 2)
        else:
            squares.append(one.se**2 / (fit.scale or 1.0))
        warned = tuple(code for code in fit.codes if code != FEW)
        separate.append(
            Subgroup(name, fit.k, one.estimate, one.se, one.lower, one.upper, one.p, fit.tau2_value, warned)
        )
    weights = [1.0 / square for square in squares]
    mean = math.fsum(w * one.estimate for w, one in zip(weights, separate, strict=True)) / math.fsum(weights)
    q = math.fsum(w * (one.estimate - mean) ** 2 for w, one in zip(weights, separate, strict=True))
    df = len(names) - 1
    joint = JointTest(names, "chi-squared", q, df, None, float(chi2.sf(q, df)))
    return Subgroups(tuple(separate), tau2, joint, None, (OBSERVATIONAL,))


def _alone(
    y: npt.ArrayLike, v: npt.ArrayLike, name: str, *, estimator: Estimator, test: Test, level: float
) -> Regression:
    ones = np.ones((len(np.asarray(y)), 1))
    return regress(y, v, ones, names=(name,), estimator=estimator, test=test, level=level)


def _members(groups: Sequence[str], k: int) -> tuple[tuple[str, ...], list[npt.NDArray[np.bool_]]]:
    values = list(groups)
    if len(values) != k:
        raise InputError([f"groups has {len(values)} values but y has {k}"])
    missing = [
        f"study {place}: the subgroup is missing"
        for place, value in enumerate(values, start=1)
        if not isinstance(value, str) or not value.strip()
    ]
    if missing:
        raise InputError(missing)
    names = tuple(sorted(set(values)))
    if len(names) < 2:
        raise InputError([f"every study is in subgroup {names[0]!r}; a comparison needs two"])
    return names, [np.array([value == name for value in values]) for name in names]
