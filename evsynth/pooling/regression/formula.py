"""Design matrices from a formula over a table: ``~ latitude + year``, ``~ C(group) * dose``, ``~ 0 + group``.

A small part of the usual language, read by patsy: names of columns (in backticks when they hold other characters than
letters, digits and underscores), ``+ - : * ^ ( )``, 0 and 1 for the intercept, and ``C(x)`` (as a category),
``center(x)``, ``log(x)``, ``sqrt(x)`` and ``I(x ** 2)``. Anything else is refused before patsy sees it, because it
would run it as Python. Text columns are categories, compared with the first level in alphabetical order or with the
one named in ``reference``. A missing value is refused, naming the study.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, InputError

FUNCTIONS = ("C", "I", "center", "log", "sqrt")
TOKEN = re.compile(r"\s*(`[^`]+`|[A-Za-z_]\w*|\d+(?:\.\d+)?|\*\*|[-+:*^()~])")

Column = Sequence[Any] | npt.NDArray[Any]


class FormulaDesign(NamedTuple):
    """The matrix of a formula, the names of its columns, and what turns new data into rows."""

    formula: str
    names: tuple[str, ...]
    matrix: FloatArray
    columns: tuple[str, ...]
    info: Any
    order: tuple[int, ...]
    levels: dict[str, tuple[str, ...]]

    def rows(self, data: Mapping[str, Column]) -> FloatArray:
        """Return rows for new studies. Raises InputError for missing columns, missing values and unknown levels."""
        patsy: Any = importlib.import_module("patsy")  # slow, and only formulas need it

        table, _ = _table(data, self.columns, {}, "row", self.levels)
        try:
            found = patsy.build_design_matrices([self.info], table, NA_action="raise")[0]
        except patsy.PatsyError as error:
            raise InputError([f"formula {self.formula!r}: {error.message}"]) from error
        return np.asarray(found, dtype=np.float64)[:, self.order]


def from_formula(
    formula: str, data: Mapping[str, Column], *, reference: Mapping[str, str] | None = None
) -> FormulaDesign:
    """Return the design matrix of ``formula`` over the columns of ``data``.

    Raises InputError for anything outside the language, unknown columns, missing values, and unknown reference levels.
    """
    patsy: Any = importlib.import_module("patsy")

    text, used = _checked(formula, data)
    table, levels = _table(data, used, reference or {}, "study", {})
    space = patsy.EvalEnvironment([{"log": np.log, "sqrt": np.sqrt}])
    try:
        with np.errstate(all="ignore"):  # what log and sqrt cannot do is missing, and refused
            matrix = patsy.dmatrix(text, table, eval_env=space, NA_action="raise")
    except patsy.PatsyError as error:
        raise InputError([f"formula {formula!r}: {error.message}"]) from error
    array = np.asarray(matrix, dtype=np.float64)
    order = _order(matrix.design_info, used)
    names = tuple(matrix.design_info.column_names[at] for at in order)
    return FormulaDesign(formula, names, array[:, order], used, matrix.design_info, order, levels)


def _order(info: Any, used: Sequence[str]) -> tuple[int, ...]:
    # Columns in the order in which the formula names them, interactions last; patsy puts categories first.
    def key(term: Any) -> tuple[int, list[int]]:
        places = [
            min((used.index(name) for name in used if name in factor.name()), default=0) for factor in term.factors
        ]
        return len(term.factors), places

    terms = sorted(info.terms, key=key)
    return tuple(at for term in terms for at in range(*info.term_slices[term].indices(len(info.column_names))))


def _checked(formula: str, data: Mapping[str, Column]) -> tuple[str, tuple[str, ...]]:
    place, used, parts = 0, [], []
    text = formula.strip()
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            raise InputError([f"formula {formula!r}: {text[place:].strip()!r} is not part of the language of formulas"])
        token, place = found.group(1), found.end()
        name = token.strip("`")
        if token[0] == "`" or re.match(r"[A-Za-z_]", token):
            calls = token[0] != "`" and text[place:].lstrip().startswith("(")
            if calls and name not in FUNCTIONS:
                raise InputError([f"formula {formula!r}: {name!r} is not one of {', '.join(FUNCTIONS)}"])
            if not calls and name not in data:
                raise InputError([f"formula {formula!r}: no column {name!r}; there are {', '.join(map(repr, data))}"])
            if not calls:
                used.append(name)
                token = name if name.isidentifier() else f"Q({name!r})"
        parts.append("**" if token == "^" else token)
    words = " ".join(parts)
    if words.count("~") > 1 or ("~" in words and not words.startswith("~")):
        raise InputError([f"formula {formula!r}: write only what comes after ~; y and v are given apart"])
    return words.lstrip("~ ") or "1", tuple(dict.fromkeys(used))


def _table(
    data: Mapping[str, Column],
    used: Sequence[str],
    reference: Mapping[str, str],
    what: str,
    known: Mapping[str, tuple[str, ...]],
) -> tuple[Any, dict[str, tuple[str, ...]]]:
    pandas: Any = importlib.import_module("pandas")

    sizes = {name: len(data[name]) for name in used if name in data} or {name: len(data[name]) for name in data}
    problems = [f"no column {name!r}" for name in used if name not in data]
    if len(set(sizes.values())) != 1:
        problems.append(f"columns must have the same number of values, not {sizes}")
    problems += [f"reference: the formula has no column {name!r}" for name in reference if name not in used]
    if problems:
        raise InputError(problems)
    table: dict[str, Any] = {}
    levels: dict[str, tuple[str, ...]] = {}
    for name in used:
        values = list(data[name])
        for place, value in enumerate(values, start=1):
            if value is None or (isinstance(value, float | np.floating) and not math.isfinite(value)):
                problems.append(f"{what} {place}: {name} = {value!r} is missing or not a finite number")
        if name in known or any(isinstance(value, str) for value in values):
            levels[name] = known.get(name) or _levels(name, values, reference.get(name), problems)
            strange = [str(value) for value in values if value is not None and str(value) not in levels[name]]
            problems += [f"{name} has no level {value!r}; there are {', '.join(levels[name])}" for value in strange]
            if not problems:
                table[name] = pandas.Categorical([str(value) for value in values], levels[name])
        elif name in reference:
            problems.append(f"reference: {name!r} holds numbers; write it as text to name a level")
        elif not problems:
            table[name] = np.asarray(values, dtype=np.float64)
    if problems:
        raise InputError(problems)
    return pandas.DataFrame(table, index=range(next(iter(sizes.values())))), levels


def _levels(name: str, values: list[Any], first: str | None, problems: list[str]) -> tuple[str, ...]:
    levels = sorted({str(value) for value in values if value is not None})
    if first is None:
        return tuple(levels)
    if first not in levels:
        problems.append(f"reference: {name} has no level {first!r}; there are {', '.join(map(repr, levels))}")
    return (first, *(level for level in levels if level != first))
