"""Mantel-Haenszel networks of rare binary events, without a zero-cell correction.

Per design the Mantel-Haenszel odds ratio with the variance of Robins, Breslow & Greenland 1986, doi 10.2307/2531052;
the designs are joined by generalised least squares. Efthimiou 2019, doi 10.1002/sim.8158. Assumes one true odds ratio
per comparison (common effect). Scale: log odds ratio.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.network.arm_counts import ArmCounts, SparseFit, read_arms, sparse_fit
from evsynth.pooling.network.decomposition import QTest


def mantel_haenszel(
    studlab: Sequence[object], treat: Sequence[str], event: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95
) -> SparseFit:
    """Fit the network by Mantel-Haenszel, one row per arm.

    Raises InputError as ``conditional_likelihood``, for a design whose odds ratio is 0 or infinite, and for a design of
    three or more arms seen in several studies (their covariance is not implemented; use the conditional likelihood).
    """
    read = read_arms(studlab, treat, event, n)
    designs: dict[tuple[int, ...], list[ArmCounts]] = {}
    for study in read.studies:
        designs.setdefault(study.arms, []).append(study)
    problems, rows, ys, roots = [], [], [], []
    for arms, those in designs.items():
        name = ":".join(read.treatments[arm] for arm in arms)
        if len(arms) > 2 and len(those) > 1:
            problems.append(f"design {name}: {len(those)} studies of {len(arms)} arms; use the conditional likelihood")
            continue
        found = _one_design(those)
        if found is None:
            problems.append(f"design {name}: an odds ratio is 0 or infinite; use the conditional likelihood")
            continue
        y, v = found
        x = np.zeros((len(arms) - 1, len(read.treatments)))
        x[:, arms[0]] = -1.0
        x[np.arange(len(arms) - 1), list(arms[1:])] = 1.0
        root = np.linalg.cholesky(v)
        ys.append(np.linalg.solve(root, y))
        rows.append(np.linalg.solve(root, x[:, 1:]))
        roots.append(root)
    if problems:
        raise InputError(problems)
    x, y = np.vstack(rows), np.concatenate(ys)
    basis, triangle = np.linalg.qr(x)
    estimate = np.linalg.solve(triangle, basis.T @ y)
    rest = y - x @ estimate
    inverse = np.linalg.inv(triangle)
    size = len(read.treatments)
    cov = np.zeros((size, size))
    cov[1:, 1:] = inverse @ inverse.T
    df = len(y) - (size - 1)
    statistic = math.fsum(rest * rest) if df else 0.0
    between = QTest("between designs", statistic, df, float(chi2.sf(statistic, df)) if df else None)
    theta = np.concatenate(([0.0], estimate))
    return sparse_fit("MH: Mantel-Haenszel, common effect", read, theta, cov, between, None, 0.0, codes=[], level=level)


def _one_design(those: list[ArmCounts]) -> tuple[FloatArray, FloatArray] | None:
    """Return log odds ratios against the first arm and their covariance; None where one is 0 or infinite."""
    if len(those) == 1:
        a, b = those[0].events, those[0].patients - those[0].events
        if (a == 0).any() or (b == 0).any():
            return None
        logit, v = np.log(a / b), 1 / a + 1 / b
        return logit[1:] - logit[0], np.diag(v[1:]) + v[0]
    # Arm 2 against arm 1: a, b events and non-events of arm 2; c, d of arm 1.
    a, c = (np.array([study.events[arm] for study in those]) for arm in (1, 0))
    b, d = (np.array([study.patients[arm] - study.events[arm] for study in those]) for arm in (1, 0))
    n = a + b + c + d
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    big_r, big_s = math.fsum(r), math.fsum(s)
    if big_r == 0 or big_s == 0:
        return None
    variance = math.fsum(p * r) / (2 * big_r**2) + math.fsum(p * s + q * r) / (2 * big_r * big_s)
    variance += math.fsum(q * s) / (2 * big_s**2)
    return np.array([math.log(big_r / big_s)]), np.array([[variance]])
