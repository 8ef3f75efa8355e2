"""tau2 of a network, one for all comparisons, and I2 with its interval.

In a study of d arms the random effects of contrasts have variance tau2 and correlation 1/2.

    DL    ``max(0, (Q - df)/tr(P G))``: Q set equal to its expectation. Jackson 2012, doi 10.1002/sim.5453
    ML, REML  highest maximum of the likelihood, see ``dependence``
    netmeta-ML, netmeta-REML  what netmeta 3.3 in R prints: each study of several arms is reduced to contrasts against
              the first treatment of the network if it has it, else its own last, *and their sampling covariance is left
              out*. So tau2 depends on how the treatments are called. For reproduction only, with a code.
    I2    ``max(0, (Q - df)/Q)``, interval from H = sqrt(Q/df): Higgins & Thompson 2002, doi 10.1002/sim.1186
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.linalg import block_diag
from scipy.stats import norm

from evsynth.pooling.dependence.multivariate import fit_multivariate
from evsynth.pooling.guard import FloatArray
from evsynth.pooling.network.consistency_model import Design, Fit
from evsynth.pooling.network.contrasts import Contrasts, StudyContrasts, spread

TauMethod = Literal["DL", "ML", "REML", "netmeta-ML", "netmeta-REML"]

NOT_ESTIMABLE = "TAU2_NOT_ESTIMABLE"
COVARIANCE_LEFT_OUT = "TAU2_LEAVES_OUT_SAMPLING_COVARIANCE"


class NetworkTau2(NamedTuple):
    """tau2 and how it was found; ``log_likelihood`` is None for DL. Where there are no degrees of freedom tau2 is
    None.
    """

    method: TauMethod
    value: float | None
    log_likelihood: float | None
    certificate: str
    codes: tuple[str, ...]


class I2(NamedTuple):
    """I2 as a share of 1 with its interval; all None without degrees of freedom, the interval None with one of them."""

    value: float | None
    lower: float | None
    upper: float | None


def network_tau2(contrasts: Contrasts, design: Design, common: Fit, *, method: TauMethod) -> NetworkTau2:
    """Return tau2. ``common`` is the fit at tau2 = 0."""
    if common.df == 0:
        return NetworkTau2(method, None, None, "no degrees of freedom", (NOT_ESTIMABLE,))
    if method == "DL":
        return NetworkTau2(method, max(0.0, (common.q - common.df) / common.excess), None, "closed form", ())
    several = any(len(study.arms) > 2 for study in contrasts.studies)
    reduced = method.startswith("netmeta-") and several
    parts = [_reduced(study) if reduced else spread(study, 0.0)[:2] for study in contrasts.studies]
    rows = [design(number, study) for number, study in enumerate(contrasts.studies)]
    if reduced:
        turned = zip(rows, contrasts.studies, strict=True)
        rows = [_rebase(_base(study), len(study.arms)) @ row for row, study in turned]
    found = fit_multivariate(
        np.concatenate([y for y, _ in parts]),
        block_diag(*(v for _, v in parts)),
        np.vstack(rows),
        random="~ arm | study" if several else "~ 1 | study",
        struct="CS" if several else None,
        columns={
            "study": [study.label for study in contrasts.studies for _ in study.arms[1:]],
            "arm": [arm for study in contrasts.studies for arm in range(1, len(study.arms))],
        },
        method="ML" if method.endswith("ML") and not method.endswith("REML") else "REML",
        test="z",
        rho=(0.5,) if several else None,
    )
    value = found.values("tau2" if several else "sigma2")[0]
    codes = (*((COVARIANCE_LEFT_OUT,) if reduced else ()), *found.codes)
    return NetworkTau2(method, value, found.log_likelihood, found.certificate, codes)


def _base(study: StudyContrasts) -> int:
    return 0 if study.arms[0] == 0 else len(study.arms) - 1


def _rebase(base: int, d: int) -> FloatArray:
    """Return the matrix that turns contrasts against arm 1 into contrasts against another arm."""
    whole = np.vstack([np.zeros(d - 1), np.eye(d - 1)])
    return np.asarray(np.delete(whole - whole[base], base, axis=0), dtype=np.float64)


def _reduced(study: StudyContrasts) -> tuple[FloatArray, FloatArray]:
    base = _base(study)
    y, v = [], []
    for arm in range(len(study.arms)):
        for row, pair in enumerate(study.pairs):
            if arm != base and set(pair) == {arm, base}:
                y.append(study.te[row] if pair[0] == arm else -study.te[row])
                v.append(study.se[row] ** 2)
    return np.array(y), np.diag(v)


def i_squared(q: float, df: int, *, level: float) -> I2:
    """Return I2 and its test-based interval."""
    if df == 0:
        return I2(None, None, None)
    share = max(0.0, (q - df) / q) if q > 0 else 0.0
    k = df + 1
    if q > k:
        se = 0.5 * (math.log(q) - math.log(df)) / (math.sqrt(2 * q) - math.sqrt(2 * k - 3))
    elif k > 2:
        se = math.sqrt(1 / (2 * (k - 2)) * (1 - 1 / (3 * (k - 2) ** 2)))
    else:
        return I2(share, None, None)
    z, centre = float(norm.isf((1 - level) / 2)), 0.5 * math.log(max(q, df) / df)
    ends = (math.exp(2 * (centre - z * se)), math.exp(2 * (centre + z * se)))
    return I2(share, *(max(0.0, (h2 - 1) / h2) for h2 in ends))
