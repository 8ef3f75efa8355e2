"""Reference files with a shape of their own, taken apart into cases.

One data set under several priors, one constructed covariance under several rules, several functions of one fit: each
becomes a case with the name of the function that made it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from validation.case import Case

DATA = "small_study_metafor.json"
"""Holds the data sets of the selection models, which are pinned in a file of their own."""
COVARIANCES: dict[str, dict[str, Any]] = {
    "rho": {"rho": 0.6},
    "obs_type": {"rho": [0.6, 0.4], "obs": "obs", "type": "type"},
    "time": {"time": "time", "phi": 0.8},
    "obs_time": {"rho": 0.6, "time": "time", "phi": 0.8},
    "groups": {"grp1": "grp1", "grp2": "grp2", "w1": "w1", "w2": "w2"},
    "groups_obs": {"rho": 0.6, "grp1": "grp1", "grp2": "grp2", "w1": "w1", "w2": "w2"},
    "subgroup": {"rho": 0.6, "subgroup": "subgroup"},
}


def take_apart(path: Path, found: Mapping[str, Any]) -> Iterator[Case]:
    """Return the cases of a file that does not simply list them."""
    file = path.stem
    if {"y", "se"} <= set(found):
        yield from _posteriors(file, found)
    if "V" in found and "cluster" in found:
        for name, pinned in found["V"].items():
            given = {"cluster": "cluster", **COVARIANCES[name]}
            yield _made(file, f"vcalc/{name}", "vcalc", found, given, {"V": pinned})
    for one in found.get("fivenum_cases", ()):
        yield _made(file, one["id"], "conv.fivenum", found["fivenum"], one["arguments"], one["output"])
    for one in found.get("table_cases", ()):
        data, given = found["tables"][one["dataset"]], {"method.bias": one["method"]}
        yield _made(file, f"metabias/{one['dataset']}/{one['method']}", "metabias", data, given, one["output"])
    if file == "selection_metafor":
        data = json.loads((path.parent / DATA).read_text(encoding="utf-8"))["datasets"]
        for one in found["cases"]:
            yield _made(file, one["id"], "selmodel", data[one["dataset"]], one["arguments"], one["output"])
    if file == "sensitivity_metafor":
        for one in found["cases"]:
            for function in ("influence", "baujat", "leave1out", "cumul"):
                if function in one:
                    data, pinned = found["datasets"][one["dataset"]], one[function]
                    yield _made(file, f"{one['id']}/{function}", function, data, one["arguments"], pinned)
    if "sbp" in found:
        for name, one in found.items():
            yield _made(file, f"nagashima/{name}", "nagashima", one, {}, one)


def _made(file: str, id_: str, function: str, data: Any, arguments: Any, output: Any) -> Case:
    return Case(file, id_, function, "", data, arguments, output, None)


def _posteriors(file: str, found: Mapping[str, Any]) -> Iterator[Case]:
    cases = found.get("cases") or {
        name: found[name] for name in found if isinstance(found[name], dict) and "summary" in found[name]
    }
    if "summary" in found:
        cases = {"HN05_unif": found}
    for name, one in cases.items():
        output = {**one, "summary": _rows(one["summary"]), "shrink": _columns(one["shrink"])}
        yield _made(file, f"bayesmeta/{name}", "bayesmeta", found, {"prior": name}, output)


def _rows(summary: Any) -> dict[str, Any]:
    return {row["_row"]: row for row in summary} if isinstance(summary, list) else dict(summary)


def _columns(shrink: Any) -> dict[str, list[float]]:
    rows = _rows(shrink)
    return {
        name: [value for key, value in row.items() if key != "_row"] if isinstance(row, dict) else list(row)
        for name, row in rows.items()
    }
