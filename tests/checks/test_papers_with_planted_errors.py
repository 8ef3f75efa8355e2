"""Whole invented papers: what is planted is found, and where nothing is planted nothing is found."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
import yaml

HERE = Path(__file__).resolve().parent.parent
PAPERS = HERE / "papers"

LEAST = {"first": (89, 87), "second": (46, 40)}
"""Contradictions planted in each set, and how many are found at least. The checks were sharpened on both sets."""


def benchmark() -> ModuleType:
    """Load the benchmark, which says what counts as found."""
    spec = importlib.util.spec_from_file_location("detection", HERE.parent / "benchmarks" / "detection.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(LEAST))
def test_what_is_planted_is_found_and_nothing_else(name: str) -> None:
    detection = benchmark()
    key = yaml.safe_load((PAPERS / name / "key.yaml").read_text("utf-8"))["papers"]
    results = [
        detection.measured(f"{paper} {sort}", (PAPERS / name / says[sort]["file"]).read_text("utf-8"),
                           says[sort].get("plants", []))
        for paper, says in sorted(key.items())
        for sort in ("clean", "planted")
        if sort in says
    ]  # fmt: skip
    alarms = [f"{r.name}: {f.code} {f.message}" for r in results for f in r.alarms]
    assert alarms == []
    found, missed = sum(len(r.found) for r in results), sum(len(r.missed) for r in results)
    planted, least = LEAST[name]
    assert found + missed == planted
    assert found >= least, [f"{r.name}: {p['kind']}" for r in results for p in r.missed]
