"""Arms of studies with rare binary events, checked, and what a common-effect network of log odds ratios gives.

Studies without an event in any arm, or with events only, say nothing about an odds ratio: they are left out and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from evsynth.pooling.guard import FloatArray, InputError, check_counts, check_level
from evsynth.pooling.network.decomposition import QTest

EXCLUDED = "STUDY_EXCLUDED"


class ArmCounts(NamedTuple):
    """One study: places of its treatments, events and patients of each arm."""

    label: str
    arms: tuple[int, ...]
    events: FloatArray
    patients: FloatArray


class Read(NamedTuple):
    """Checked studies, and which were left out."""

    treatments: tuple[str, ...]
    studies: tuple[ArmCounts, ...]
    excluded: tuple[str, ...]


class OddsRatio(NamedTuple):
    """The log odds ratio of treat1 against treat2 with its Wald interval and test, and the studies that have both."""

    treat1: str
    treat2: str
    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p: float
    studies: int


class SparseFit(NamedTuple):
    """A common-effect network of log odds ratios. ``te[i, j]`` is treatment i against j.

    ``q`` tests inconsistency between designs (MH; None for NCH). ``score`` is the largest residual score (NCH; 0 for
    MH).
    """

    method: str
    treatments: tuple[str, ...]
    te: FloatArray
    se: FloatArray
    covariance: FloatArray
    pairs: tuple[OddsRatio, ...]
    q: QTest | None
    log_likelihood: float | None
    score: float
    excluded: tuple[str, ...]
    codes: tuple[str, ...]


def read_arms(studlab: Sequence[object], treat: Sequence[str], event: npt.ArrayLike, n: npt.ArrayLike) -> Read:
    """Return checked studies. Raises InputError."""
    labels, names = [str(label) for label in studlab], [str(name) for name in treat]
    counts = check_counts(event, n, labels=[f"{a}, {b}" for a, b in zip(labels, names, strict=False)])
    if not len(labels) == len(names) == len(counts.events):
        raise InputError([f"studlab, treat and event have {len(labels)}, {len(names)}, {len(counts.events)} values"])
    problems, excluded, kept = [], [], []
    for label in dict.fromkeys(labels):
        rows = [row for row, name in enumerate(labels) if name == label]
        own = [names[row] for row in rows]
        events, patients = counts.events[rows], counts.totals[rows]
        if len(rows) == 1:
            problems.append(f"study {label!r} has one arm, {own[0]}; a contrast needs two")
        elif len(set(own)) < len(own):
            problems.append(f"study {label!r} has a treatment more than once; join these arms first")
        elif not events.any():
            excluded.append(f"study {label!r}, no events in any arm")
        elif bool((events == patients).all()):
            excluded.append(f"study {label!r}, all had the event in every arm")
        else:
            kept.append((label, own, events, patients))
    if problems:
        raise InputError(problems)
    treatments = tuple(sorted(set(names), key=lambda name: (name.casefold(), name)))
    shape = nx.Graph()
    shape.add_nodes_from(treatments)
    studies = []
    for label, own, events, patients in kept:
        order = sorted(range(len(own)), key=lambda i: treatments.index(own[i]))
        shape.add_edges_from((own[order[0]], own[i]) for i in order[1:])
        arms = tuple(treatments.index(own[i]) for i in order)
        studies.append(ArmCounts(label, arms, events[order], patients[order]))
    pieces = sorted(sorted(part, key=treatments.index) for part in nx.connected_components(shape))
    if len(pieces) > 1:
        listed = "; ".join(f"({number}) {', '.join(part)}" for number, part in enumerate(pieces, start=1))
        raise InputError([f"the network of informative studies falls into {len(pieces)} parts: {listed}"])
    return Read(treatments, tuple(studies), tuple(excluded))


def sparse_fit(
    method: str,
    read: Read,
    theta: FloatArray,
    cov: FloatArray,
    q: QTest | None,
    value: float | None,
    score: float,
    *,
    codes: list[str],
    level: float,
) -> SparseFit:
    """Return the fit with every pair of treatments; ``codes`` follow those of the studies left out."""
    z = float(norm.isf((1 - check_level(level)) / 2))
    variance = np.diag(cov)
    se = np.sqrt(np.maximum(variance[:, None] + variance[None, :] - 2 * cov, 0.0))
    np.fill_diagonal(se, 0.0)
    te = theta[:, None] - theta[None, :]
    pairs = []
    for i, one in enumerate(read.treatments):
        for j in range(i + 1, len(read.treatments)):
            estimate, own = float(te[i, j]), float(se[i, j])
            studies = sum(i in study.arms and j in study.arms for study in read.studies)
            ratio = estimate / own
            pairs.append(
                OddsRatio(
                    one, read.treatments[j], estimate, own, estimate - z * own, estimate + z * own, ratio,
                    2 * float(norm.sf(abs(ratio))), studies,
                )
            )  # fmt: skip
    left_out = (f"{EXCLUDED}: {text}" for text in read.excluded)
    every = (*left_out, *codes)
    return SparseFit(method, read.treatments, te, se, cov, tuple(pairs), q, value, score, read.excluded, every)
