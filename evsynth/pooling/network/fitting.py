"""Fit a network meta-analysis: common and random effects for every pair of treatments, direct and indirect evidence.

Rücker 2012, doi 10.1002/jrsm.1058: pairwise contrasts weighted by inverse variance, reduced for the correlation within
multi-arm studies. Direct evidence of a pair is the inverse-variance mean of the contrasts of that pair; its share of
the network estimate is the ratio of the variances; what remains is indirect (König 2013, doi 10.1002/sim.6001).
Prediction intervals: ``t(df of Q)`` times ``sqrt(se^2 + tau2)``, Riley 2011, doi 10.1136/bmj.d549. Scale: that of
``TE``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2, norm, t

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_level
from evsynth.pooling.network.consistency_model import Fit, consistency, fit
from evsynth.pooling.network.contrasts import Contrasts, check_contrasts
from evsynth.pooling.network.geometry import Geometry, geometry
from evsynth.pooling.network.heterogeneity import I2, NetworkTau2, TauMethod, i_squared, network_tau2

WEIGHT_NOT_POSITIVE = "MULTI_ARM_WEIGHT_NOT_POSITIVE"

ALL_DIRECT = 1e-9
"""Direct evidence whose share is within this of 1 leaves no indirect evidence; the rest would be rounding."""


class Pair(NamedTuple):
    """Treatment ``treat1`` against ``treat2`` in one model.

    ``direct_share`` is 0 without studies of the pair; the direct or indirect estimate is None where there is no such
    evidence. ``predict_lower`` and ``predict_upper`` are None in the common-effect model and without degrees of
    freedom.
    """

    treat1: str
    treat2: str
    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p: float
    studies: int
    direct_share: float
    direct: float | None
    direct_se: float | None
    indirect: float | None
    indirect_se: float | None
    predict_lower: float | None
    predict_upper: float | None


class NetworkModel(NamedTuple):
    """One model. ``te[i, j]`` is treatment i against j, ``se`` its standard error (0 on the diagonal).

    Per contrast of the input: the ``adjusted_se`` (None where the reduced weight is not positive), the ``leverage``,
    the network's estimate ``fitted``.
    """

    name: str
    tau2: float
    te: FloatArray
    se: FloatArray
    covariance: FloatArray
    pairs: tuple[Pair, ...]
    adjusted_se: tuple[float | None, ...]
    leverage: tuple[float, ...]
    fitted: tuple[float, ...]

    def pair(self, treat1: str, treat2: str) -> Pair:
        """Return a comparison in the direction asked for. Raises InputError for an unknown pair."""
        for found in self.pairs:
            if (found.treat1, found.treat2) == (treat1, treat2):
                return found
            if (found.treat2, found.treat1) == (treat1, treat2):
                return _turned(found)
        raise InputError([f"{treat1!r} and {treat2!r} are not two treatments of this network"])


class NetworkFit(NamedTuple):
    """A network meta-analysis. ``random`` is None where tau2 cannot be estimated (code TAU2_NOT_ESTIMABLE)."""

    model: str
    treatments: tuple[str, ...]
    k: int
    m: int
    geometry: Geometry
    common: NetworkModel
    random: NetworkModel | None
    tau2: NetworkTau2
    q: float
    df: int
    p: float | None
    i2: I2
    level: float
    codes: tuple[str, ...]
    contrasts: Contrasts


def fit_network(
    TE: npt.ArrayLike,
    seTE: npt.ArrayLike,
    treat1: Sequence[str],
    treat2: Sequence[str],
    studlab: Sequence[object],
    *,
    method_tau: TauMethod,
    level: float = 0.95,
) -> NetworkFit:
    """Fit a network from pairwise contrasts. Raises InputError for data that cannot be used or a network that falls
    apart, naming its parts.
    """
    return fit_contrasts(check_contrasts(TE, seTE, treat1, treat2, studlab), method_tau=method_tau, level=level)


def fit_contrasts(contrasts: Contrasts, *, method_tau: TauMethod, level: float = 0.95) -> NetworkFit:
    """Fit a network from checked contrasts. Raises InputError."""
    check_choice("method_tau", method_tau, get_args(TauMethod))
    level, shape = check_level(level), geometry(contrasts)
    design = consistency(contrasts)
    plain = fit(contrasts, design, tau2=0.0)
    tau2 = network_tau2(contrasts, design, plain, method=method_tau)
    common = _model("common", contrasts, plain, tau2=0.0, df=None, level=level)
    random = None
    if tau2.value is not None:
        spread = plain if tau2.value == 0 else fit(contrasts, design, tau2=tau2.value)
        random = _model("random", contrasts, spread, tau2=tau2.value, df=plain.df, level=level)
    codes = list(tau2.codes)
    if any(se is None for model in (common, random) if model is not None for se in model.adjusted_se):
        codes.append(WEIGHT_NOT_POSITIVE)
    return NetworkFit(
        model=f"network of contrasts, consistency; tau2 by {method_tau}",
        treatments=contrasts.treatments,
        k=len(contrasts.studies),
        m=contrasts.m,
        geometry=shape,
        common=common,
        random=random,
        tau2=tau2,
        q=plain.q,
        df=plain.df,
        p=float(chi2.sf(plain.q, plain.df)) if plain.df else None,
        i2=i_squared(plain.q, plain.df, level=level),
        level=level,
        codes=tuple(codes),
        contrasts=contrasts,
    )


def _model(name: str, contrasts: Contrasts, found: Fit, *, tau2: float, df: int | None, level: float) -> NetworkModel:
    n = len(contrasts.treatments)
    theta = np.concatenate(([0.0], found.theta))
    wide = np.zeros((n, n))
    wide[1:, 1:] = found.covariance
    variance = np.diag(wide)
    se = np.sqrt(np.maximum(variance[:, None] + variance[None, :] - 2 * wide, 0.0))
    np.fill_diagonal(se, 0.0)
    te = theta[:, None] - theta[None, :]
    evidence = _direct(contrasts, tau2)
    pairs = tuple(
        _pair(contrasts, i, j, te[i, j], se[i, j], evidence, tau2=tau2, df=df, level=level)
        for i in range(n)
        for j in range(i + 1, n)
    )
    adjusted, leverage, fitted = _per_contrast(contrasts, found, te, se)
    return NetworkModel(name, tau2, te, se, wide, pairs, adjusted, leverage, fitted)


def _direct(contrasts: Contrasts, tau2: float) -> dict[tuple[int, int], tuple[int, float, float]]:
    """Return, per pair of places i < j: number of studies, direct estimate of i against j, its standard error."""
    rows: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for study in contrasts.studies:
        for row, (a, b) in enumerate(study.pairs):
            i, j, te = study.arms[a], study.arms[b], float(study.te[row])
            key, value = ((i, j), te) if i < j else ((j, i), -te)
            rows.setdefault(key, []).append((value, float(study.se[row]) ** 2 + tau2))
    found = {}
    for key, values in rows.items():
        total = math.fsum(1 / v for _, v in values)
        found[key] = (len(values), math.fsum(y / v for y, v in values) / total, math.sqrt(1 / total))
    return found


def _pair(
    contrasts: Contrasts,
    i: int,
    j: int,
    te: float,
    se: float,
    evidence: dict[tuple[int, int], tuple[int, float, float]],
    *,
    tau2: float,
    df: int | None,
    level: float,
) -> Pair:
    tail = (1.0 - level) / 2
    half = float(norm.isf(tail)) * se
    studies, direct, direct_se = evidence.get((i, j), (0, None, None))
    share = 0.0 if direct_se is None else (se / direct_se) ** 2
    indirect, indirect_se = (float(te), float(se)) if direct is None else (None, None)
    if direct is not None and share < 1 - ALL_DIRECT:
        indirect = float((te - share * direct) / (1 - share))
        indirect_se = float(se / math.sqrt(1 - share))
    low = high = None
    if df:
        wide = float(t.isf(tail, df)) * math.sqrt(se * se + tau2)
        low, high = float(te - wide), float(te + wide)
    return Pair(
        contrasts.treatments[i],
        contrasts.treatments[j],
        float(te),
        float(se),
        float(te - half),
        float(te + half),
        float(te / se),
        2 * float(norm.sf(abs(te) / se)),
        studies,
        float(share),
        direct,
        direct_se,
        indirect,
        indirect_se,
        low,
        high,
    )


def _per_contrast(
    contrasts: Contrasts, found: Fit, te: FloatArray, se: FloatArray
) -> tuple[tuple[float | None, ...], tuple[float, ...], tuple[float, ...]]:
    adjusted: list[float | None] = [None] * contrasts.m
    leverage, fitted = [0.0] * contrasts.m, [0.0] * contrasts.m
    for study, part in zip(contrasts.studies, found.studies, strict=True):
        for row, (a, b) in enumerate(study.pairs):
            i, j, place, weight = study.arms[a], study.arms[b], study.rows[row], float(part.weights[row])
            adjusted[place] = 1 / math.sqrt(weight) if weight > 0 else None
            leverage[place] = weight * float(se[i, j]) ** 2
            fitted[place] = float(te[i, j])
    return tuple(adjusted), tuple(leverage), tuple(fitted)


def _turned(pair: Pair) -> Pair:
    def minus(value: float | None) -> float | None:
        return None if value is None else -value

    return pair._replace(
        treat1=pair.treat2,
        treat2=pair.treat1,
        estimate=-pair.estimate,
        lower=-pair.upper,
        upper=-pair.lower,
        statistic=-pair.statistic,
        direct=minus(pair.direct),
        indirect=minus(pair.indirect),
        predict_lower=minus(pair.predict_upper),
        predict_upper=minus(pair.predict_lower),
    )
