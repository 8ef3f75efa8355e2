"""Contrasts from the arms of studies: every pair of arms of a study, by a measure of two groups.

Only measures that are a difference of a number of one arm and the same number of the other can make a network of
multi-arm studies: then contrasts add up and their variances are sums over arms. Standardised mean differences are not;
give those as contrasts. A zero-cell correction is a study's, not a pair's: where one arm has a zero, ``add`` goes to
every arm of that study, or the contrasts of a study would not add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.effects.measures import MeasureError, escalc
from evsynth.pooling.guard import FloatArray, InputError, check_choice

ArmMeasure = Literal["OR", "RR", "RD", "AS", "MD", "ROM", "IRR", "IRD", "IRSD"]
Correction = Literal["none", "only0"]

EXCLUDED = "STUDY_EXCLUDED"
CORRECTED = "ZERO_CELL_CORRECTED"

_COUNTS = {"event": ("ai", "ci"), "n": ("n1i", "n2i")}
_MEANS = {"mean": ("m1i", "m2i"), "sd": ("sd1i", "sd2i"), "n": ("n1i", "n2i")}
_RATES = {"event": ("x1i", "x2i"), "time": ("t1i", "t2i")}
_COLUMNS = {"MD": _MEANS, "ROM": _MEANS, "IRR": _RATES, "IRD": _RATES, "IRSD": _RATES}
_RATIOS = ("OR", "RR", "IRR")


class PairwiseData(NamedTuple):
    """Contrasts for ``fit_network``. ``excluded`` are pairs (study, why); ``codes`` say what was done to which."""

    TE: FloatArray
    seTE: FloatArray
    treat1: tuple[str, ...]
    treat2: tuple[str, ...]
    studlab: tuple[str, ...]
    measure: ArmMeasure
    excluded: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]


def pairwise(
    studlab: Sequence[object],
    treat: Sequence[str],
    columns: Mapping[str, npt.ArrayLike],
    *,
    measure: ArmMeasure,
    add: float,
    to: Correction,
    exclude_uninformative: bool,
) -> PairwiseData:
    """Return all contrasts of all studies, one row per arm in the input.

    ``columns`` holds ``event`` and ``n``; ``event`` and ``time``; or ``n``, ``mean`` and ``sd``. Studies without an
    event in any arm, or with events only, say nothing about a ratio: they are refused, or left out and named with
    ``exclude_uninformative``. Raises InputError, also for studies of one arm and treatments given twice in a study.
    """
    check_choice("measure", measure, get_args(ArmMeasure))
    check_choice("to", to, get_args(Correction))
    names = _COLUMNS.get(measure, _COUNTS)
    missing = [name for name in names if name not in columns]
    if missing:
        raise InputError([f"measure {measure} needs the columns {', '.join(names)}; missing {', '.join(missing)}"])
    data = {name: np.asarray(columns[name], dtype=np.float64) for name in names}
    labels, arms = [str(label) for label in studlab], [str(name) for name in treat]
    lengths = {len(labels), len(arms), *(len(column) for column in data.values())}
    if len(lengths) != 1:
        raise InputError([f"studlab, treat and the columns have different lengths: {sorted(lengths)}"])
    problems, excluded, codes = [], [], []
    made: list[tuple[str, str, str, float, float]] = []
    for label in dict.fromkeys(labels):
        rows = [row for row, name in enumerate(labels) if name == label]
        own = [arms[row] for row in rows]
        if len(rows) == 1:
            problems.append(f"study {label!r} has one arm, {own[0]}; a contrast needs two")
            continue
        twice = sorted({name for name in own if own.count(name) > 1})
        if twice:
            problems.append(f"study {label!r} has {', '.join(twice)} more than once; join these arms first")
            continue
        why = _uninformative(measure, data, rows)
        if why and exclude_uninformative:
            excluded.append((label, why))
            codes.append(f"{EXCLUDED}: study {label!r}, {why}")
            continue
        if why:
            problems.append(f"study {label!r}: {why}; leave it out, or use a measure of differences")
            continue
        zero = to == "only0" and measure in _RATIOS and _has_zero(measure, data, rows)
        if zero:
            codes.append(f"{CORRECTED}: {add:g} added in every arm of study {label!r}")
        try:
            made.extend(_study(label, rows, arms, data, names, measure=measure, add=add if zero else 0.0))
        except MeasureError as error:
            problems.append(f"study {label!r}: {error}")
    if problems:
        raise InputError(problems)
    return PairwiseData(
        np.array([row[3] for row in made]),
        np.array([row[4] for row in made]),
        tuple(row[1] for row in made),
        tuple(row[2] for row in made),
        tuple(row[0] for row in made),
        measure,
        tuple(excluded),
        tuple(codes),
    )


def _study(
    label: str,
    rows: list[int],
    arms: list[str],
    data: dict[str, FloatArray],
    names: dict[str, tuple[str, str]],
    *,
    measure: ArmMeasure,
    add: float,
) -> list[tuple[str, str, str, float, float]]:
    pairs = [(rows[i], rows[j]) for i in range(len(rows)) for j in range(i + 1, len(rows))]
    columns: dict[str, list[float]] = {}
    for name, (first, second) in names.items():
        columns[first] = [float(data[name][i]) for i, _ in pairs]
        columns[second] = [float(data[name][j]) for _, j in pairs]
    found = escalc(measure, columns, add=add, to="all" if add else "none")
    zero = [place for place, v in enumerate(found.v) if v <= 0]
    if zero:
        i, j = pairs[zero[0]]
        raise MeasureError(f"{arms[i]} against {arms[j]} has variance 0; a correction or another measure is needed")
    return [
        (label, arms[i], arms[j], float(y), float(np.sqrt(v)))
        for (i, j), y, v in zip(pairs, found.y, found.v, strict=True)
    ]


def _uninformative(measure: ArmMeasure, data: dict[str, FloatArray], rows: list[int]) -> str:
    if measure not in _RATIOS:
        return ""
    if all(data["event"][row] == 0 for row in rows):
        return "no events in any arm"
    if measure == "OR" and all(data["event"][row] == data["n"][row] for row in rows):
        return "all had the event in every arm"
    return ""


def _has_zero(measure: ArmMeasure, data: dict[str, FloatArray], rows: list[int]) -> bool:
    full = measure in ("OR", "RR") and any(data["event"][row] == data["n"][row] for row in rows)
    return full or any(data["event"][row] == 0 for row in rows)
