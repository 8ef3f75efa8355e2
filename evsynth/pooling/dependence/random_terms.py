"""Read random-effects formulas into rows and levels: ``~ 1 | district/school`` and ``~ outcome | trial``.

``~ 1 | a/b`` is two random intercepts: one per level of ``a``, one per combination of ``a`` and ``b``.
``~ inner | outer`` gives every level of ``outer`` correlated random effects, one per level of ``inner``.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.dependence.structures import STRUCTS, Struct, Structure
from evsynth.pooling.guard import InputError, check_choice

IntArray = npt.NDArray[np.intp]
Columns = Mapping[str, Sequence[Hashable]]


class RandomTerm(NamedTuple):
    """One random term: ``outer`` and ``inner`` hold the index of the level of every row."""

    name: str
    structure: Structure
    outer: IntArray
    inner: IntArray
    outer_levels: tuple[str, ...]
    inner_levels: tuple[str, ...]
    intercept: bool


def read_terms(
    random: str | Sequence[str], *, struct: str | Sequence[str] | None, columns: Columns, rows: int
) -> tuple[RandomTerm, ...]:
    """Return the random terms, in the order of the formulas; intercepts of ``a/b`` outermost first.

    ``struct`` names one structure per ``~ inner | outer`` formula (one name serves them all). Raises InputError
    for a formula that cannot be read, an unknown column, a column of another length, or a missing value.
    """
    formulas = (random,) if isinstance(random, str) else tuple(random)
    named = () if struct is None else (struct,) if isinstance(struct, str) else tuple(struct)
    for name in named:
        check_choice("struct", name, STRUCTS)
    correlated = [formula for formula in formulas if _split(formula)[0] != "1"]
    if correlated and len(named) not in (1, len(correlated)):
        raise InputError([f"{len(correlated)} inner | outer formulas need one struct each; {len(named)} given"])
    if len(correlated) > 2:
        raise InputError([f"{len(correlated)} inner | outer formulas given; two can be fitted"])
    chosen = iter(named * len(correlated) if len(named) == 1 else named)
    terms: list[RandomTerm] = []
    for formula in formulas:
        inner, outer = _split(formula)
        if inner == "1":
            terms.extend(_intercepts(outer, columns, rows))
        else:
            terms.append(_correlated(inner, outer, next(chosen), columns, rows))
    return tuple(terms)


def level_index(values: Sequence[Hashable], *, name: str, rows: int) -> tuple[IntArray, tuple[Hashable, ...]]:
    """Return the index of every row's level and the sorted levels: numbers by size, anything else as text.

    Raises InputError for another length or a missing value.
    """
    if len(values) != rows:
        raise InputError([f"{name} has {len(values)} values but there are {rows} estimates"])
    problems = [
        f"{name}: estimate {place} has no value ({value!r})"
        for place, value in enumerate(values, start=1)
        if value is None or value != value or value == ""  # noqa: PLR0124 (NaN)
    ]
    if problems:
        raise InputError(problems)
    plain = [value.item() if isinstance(value, np.generic) else value for value in values]
    numeric = all(isinstance(value, int | float) for value in plain)
    levels = sorted(set(plain), key=float if numeric else str)  # type: ignore[arg-type]
    place_of = {level: place for place, level in enumerate(levels)}
    return np.array([place_of[value] for value in plain], dtype=np.intp), tuple(levels)


def _split(formula: str) -> tuple[str, str]:
    body = formula.replace("~", "", 1).strip()
    parts = [part.strip() for part in body.split("|")]
    if not formula.strip().startswith("~") or len(parts) != 2 or not all(parts):
        raise InputError([f"random = {formula!r} is not of the form '~ 1 | group' or '~ inner | outer'"])
    return parts[0], parts[1]


def _column(name: str, columns: Columns) -> Sequence[Hashable]:
    if name not in columns:
        raise InputError([f"there is no column {name!r}; the columns are {', '.join(map(repr, columns)) or 'none'}"])
    return columns[name]


def _intercepts(groups: str, columns: Columns, rows: int) -> list[RandomTerm]:
    names = [name.strip() for name in groups.split("/")]
    found = []
    for depth in range(1, len(names) + 1):
        parts = [level_index(_column(name, columns), name=name, rows=rows) for name in names[:depth]]
        keys = list(zip(*(index.tolist() for index, _ in parts), strict=True))
        levels = sorted(set(keys))
        place = {key: number for number, key in enumerate(levels)}
        texts = tuple("/".join(str(parts[d][1][i]) for d, i in enumerate(key)) for key in levels)
        index = np.array([place[key] for key in keys], dtype=np.intp)
        one = Structure("ID", (0.0,))
        found.append(RandomTerm("/".join(names[:depth]), one, index, np.zeros(rows, dtype=np.intp), texts, ("",), True))
    return found


def _correlated(inner: str, outer: str, struct: str, columns: Columns, rows: int) -> RandomTerm:
    index, levels = level_index(_column(inner, columns), name=inner, rows=rows)
    group, groups = level_index(_column(outer, columns), name=outer, rows=rows)
    if struct == "CAR" and not all(isinstance(level, int | float) for level in levels):
        raise InputError([f"struct 'CAR' needs numbers as times, but {inner} holds {levels[0]!r}"])
    places = levels if struct == "CAR" else range(len(levels))
    structure = Structure(_struct(struct), tuple(float(place) for place in places))  # type: ignore[arg-type]
    return RandomTerm(
        f"{inner} | {outer}", structure, group, index, tuple(map(str, groups)), tuple(map(str, levels)), False
    )


def _struct(name: str) -> Struct:
    return next(struct for struct in STRUCTS if struct == name)
