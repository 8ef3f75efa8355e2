"""A reference case: what other software was given, and what it answered.

Reference files are JSON: ``datasets`` (inputs by name) and ``cases`` (id, dataset, function, arguments, output). Files
that pin a single data set, or what a test needs in its own shape, are taken apart by ``layouts``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


class Case(NamedTuple):
    """One call of a reference: ``data`` are its inputs, ``output`` its answer; ``error`` what it said when refusing."""

    file: str
    id: str
    function: str
    dataset: str
    data: Mapping[str, Any]
    arguments: Mapping[str, Any]
    output: Any
    error: str | None

    def table(self) -> dict[str, list[Any]]:
        """Return the columns of a data set under the names of the arguments they stand for."""
        columns = self.data.get("columns", self.data)
        named = self.data.get("escalc_columns")
        return {key: columns[name] for key, name in named.items()} if named else dict(columns)


def number(value: Any) -> float | None:
    """Return a number of a reference as a float, None for one that is not there (NA and NaN alike)."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    value = NUMBERS.get(value, value) if isinstance(value, str) else value
    return None if value is None or math.isnan(value) else float(value)


def numbers(values: Any) -> list[float | None]:
    """Return a column of a reference; a single value is a column of one."""
    return [number(value) for value in (values if isinstance(values, list) else [values])]


def read_cases(folder: Path) -> Iterator[Case]:
    """Read every case of every reference file in ``folder``, in the order of names."""
    from validation.layouts import take_apart

    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found.get("cases"), list):
            yield from (_case(path.stem, one, found.get("datasets", {})) for one in found["cases"] if _plain(one))
        yield from take_apart(path, found)


def _plain(one: Mapping[str, Any]) -> bool:
    return ("function" in one or "fn" in one) and ("output" in one or "error" in one)


def _case(file: str, one: Mapping[str, Any], datasets: Mapping[str, Any]) -> Case:
    function = str(one.get("fn", one.get("function"))).split("::")[-1]
    return Case(
        file=file,
        id=str(one["id"]),
        function=function,
        dataset=str(one.get("dataset", "")),
        data=datasets.get(one.get("dataset"), {}),
        arguments=dict(one.get("args", one.get("arguments")) or {}),
        output=one.get("output"),
        error=one.get("error"),
    )
