"""Every measure, vectorised over studies: columns of printed numbers to ``y`` and ``v`` on the analysis scale.

Measures, arguments, variance types and zero-cell rules carry the names they have in R's metafor, so that a
reader can set the two side by side; what they compute is stated, with its papers, in the module of each family.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np

from evsynth.effects.measures import (
    changes,
    correlations,
    dichotomised,
    means,
    one_mean,
    pairs,
    proportions,
    rates,
    tables,
)
from evsynth.effects.measures.columns import Columns, Data, FloatArray, read_columns, study
from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.measures.formula import Formula
from evsynth.effects.measures.scales import AnalysisScale
from evsynth.effects.measures.zero_cells import BoolArray, Corrected, check_rule, correct_cells

FORMULAS: dict[str, Formula] = {
    **tables.FORMULAS,
    **pairs.FORMULAS,
    **proportions.FORMULAS,
    **rates.FORMULAS,
    **means.FORMULAS,
    **dichotomised.FORMULAS,
    **one_mean.FORMULAS,
    **changes.FORMULAS,
    **correlations.FORMULAS,
}

AS_REPORTED: dict[str, tuple[tuple[str, ...], ...]] = {
    "GEN": (("yi", "vi"), ("yi", "sei"), ("estimate", "lower", "upper")),
    "HR": (("estimate", "lower", "upper"),),
}
"""Measures that a table brings as effects, with the columns they need."""

Undefined = Literal["refuse", "exclude"]


class Excluded(NamedTuple):
    """A study that has no effect here: its 0-based row, its label, and a code with the reason."""

    row: int
    label: str
    because: str


class EffectSizes(NamedTuple):
    """Effects ``y`` and variances ``v`` of the studies in ``rows`` (0-based, of the input).

    ``n`` is the sample size (person-time for two rates) where the columns give one, else None. ``notes`` start
    with a stable code and name the studies: ``CORRECTED: 0.5 added to every cell (only0) in study 3``.
    """

    measure: str
    title: str
    scale: AnalysisScale
    formula: str
    vtype: str
    y: FloatArray
    v: FloatArray
    n: FloatArray | None
    rows: tuple[int, ...]
    labels: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    notes: tuple[str, ...]


def escalc(
    measure: str,
    columns: Columns,
    *,
    add: float = 0.0,
    to: str = "none",
    drop00: bool = False,
    vtype: str | None = None,
    correct: bool = True,
    flip: bool = False,
    undefined: Undefined = "refuse",
    labels: Sequence[str] | None = None,
) -> EffectSizes:
    """Return the effects of all studies; ``columns`` maps metafor's argument names to one number per study.

    ``add`` and ``to`` name the zero-cell rule (``zero_cells``), ``drop00`` excludes double-zero studies with a
    reason, ``vtype`` the variance (None: the large-sample default), ``correct`` the small-sample correction of
    standardised and log-ratio measures, ``flip`` reverses the sign. A measure that is undefined for a study is
    refused, or the study is listed in ``excluded`` with ``undefined="exclude"``. Raises MeasureError.

    >>> found = escalc("RR", {"ai": [4, 6], "n1i": [123, 306], "ci": [11, 29], "n2i": [139, 303]})
    >>> [round(float(y), 4) for y in found.y]
    [-0.8893, -1.5854]
    """
    formula, rule = known(measure), check_rule(add, to)
    if undefined not in get_args(Undefined):
        raise MeasureError(f"undefined = {undefined!r} is not known; choose 'refuse' or 'exclude'")
    data = formula.family.prepare(read_columns(columns, _inputs(formula, columns)))
    k = len(next(iter(data.values())))
    names = tuple(labels) if labels is not None else ("",) * k
    if len(names) != k:
        raise MeasureError(f"labels has {len(names)} values but there are {k} studies")
    variance, notes = _variance(measure, formula, vtype)
    double = _double_zeros(formula, data)
    corrected = correct_cells(
        data, formula.family.cells, add=add, to=rule, skip=double if drop00 else np.zeros(k, bool)
    )
    with np.errstate(all="ignore"):
        y, v = formula.compute(formula.family.complete(corrected.data), variance, correct)
    defined = np.isfinite(y) & np.isfinite(v) & (v >= 0)
    if "empty" in data:
        defined &= data["empty"] == 0
    excluded = _exclusions(corrected, double & drop00, defined, formula, names)
    undefined_rows = [one for one in excluded if not one.because.startswith("DROPPED")]
    if undefined_rows and undefined == "refuse":
        raise MeasureError("\n".join(f"{study(one.row, names)}: {one.because}" for one in undefined_rows))
    kept = defined & ~(double & drop00)
    notes = [*formula.warnings, *notes, *_remarks(corrected, kept, double, v, add, rule)]
    rows = tuple(int(i) for i in np.flatnonzero(kept))
    size = data["ni"][kept] if "ni" in data else None
    sign = -1.0 if flip else 1.0
    if flip:
        notes.append("FLIPPED: the sign of every effect was reversed, as asked")
    return EffectSizes(
        measure, formula.title, formula.scale, formula.words, variance, sign * y[kept] + 0.0, v[kept], size, rows,
        tuple(names[i] for i in rows), excluded, tuple(notes),
    )  # fmt: skip


def known(measure: str) -> Formula:
    """Return the formula of a measure. Raises MeasureError that lists the known ones."""
    if measure in AS_REPORTED:
        wanted = "; or ".join(", ".join(names) for names in AS_REPORTED[measure])
        raise MeasureError(f"{measure} is taken as reported, not computed from counts or means: it needs {wanted}")
    if measure not in FORMULAS:
        raise unknown_measure(measure)
    return FORMULAS[measure]


def unknown_measure(name: str) -> MeasureError:
    """Return the error that lists every measure a table can ask for."""
    return MeasureError(f"measure {name!r} is not known; choose one of {', '.join(sorted({*FORMULAS, *AS_REPORTED}))}")


def _inputs(formula: Formula, columns: Columns) -> tuple[str, ...]:
    for names in formula.family.inputs:
        if all(name in columns for name in names):
            return names
    wanted = "; or ".join(", ".join(names) for names in formula.family.inputs)
    raise MeasureError(f"{formula.title} needs {wanted}; given {', '.join(columns) or 'nothing'}")


def _variance(measure: str, formula: Formula, vtype: str | None) -> tuple[str, list[str]]:
    if vtype is None or vtype in formula.vtypes:
        return vtype or formula.vtypes[0], []
    everywhere = ("LS", "LS2", "LS3", "UB", "AV", "HO", "H0", "H0b", "AVHO", "ST", "CS", "MAX")
    if len(formula.vtypes) == 1 and vtype in everywhere:
        only = formula.vtypes[0]
        return only, [f"VTYPE_HAS_NO_EFFECT: {measure} has one variance only ({only}); {vtype} was asked for"]
    raise MeasureError(f"vtype = {vtype!r} is not one of {measure}: {', '.join(map(repr, formula.vtypes))}")


def _double_zeros(formula: Formula, data: Data) -> BoolArray:
    found = np.zeros(len(next(iter(data.values()))), dtype=bool)
    for one, two in formula.family.groups:
        found |= (data[one] == 0) & (data[two] == 0)
    return found


def _exclusions(
    corrected: Corrected, dropped: BoolArray, defined: BoolArray, formula: Formula, names: Sequence[str]
) -> tuple[Excluded, ...]:
    found = []
    for row in map(int, np.flatnonzero(dropped | ~defined)):
        zeros = [name for name in formula.family.cells if corrected.data[name][row] == 0]
        if dropped[row]:
            because = "DROPPED_DOUBLE_ZERO: no events, or events only, in both groups; left out by drop00"
        elif "empty" in corrected.data and corrected.data["empty"][row]:
            because = "EMPTY_GROUP: 0 patients in one of the groups; a correction would only invent a result"
        elif zeros:
            because = f"UNDEFINED_ZERO_CELL: {formula.title} is undefined with {', '.join(f'{z} = 0' for z in zeros)}"
            because += "; use a model for counts, or name a correction with add and to"
        else:
            because = f"UNDEFINED: {formula.title} or its variance is undefined for these numbers"
        found.append(Excluded(row, names[row], because))
    return tuple(found)


def _remarks(corrected: Corrected, kept: BoolArray, double: BoolArray, v: FloatArray, add: float, to: str) -> list[str]:
    remarks = []
    for rows, words in (
        (corrected.changed & kept, f"CORRECTED: {add:g} added to every cell ({to})"),
        (double & kept, "DOUBLE_ZERO: no events, or events only, in both groups"),
        (kept & (v == 0), "ZERO_VARIANCE: inverse variance cannot use it"),
    ):
        if rows.any():
            which = ", ".join(str(i + 1) for i in np.flatnonzero(rows))
            remarks.append(f"{words} in {'study' if rows.sum() == 1 else 'studies'} {which}")
    return remarks
