"""Whole invented papers: what is planted is found, and where nothing is planted nothing is found."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from evsynth.checks.scanned import judging
from evsynth.checks.scanned.judging import Reading, judge
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

HERE = Path(__file__).resolve().parent.parent
PAPERS = HERE / "papers"

LEAST = {"own/limits": (73, 69), "first": (106, 100), "second": (84, 73), "third": (226, 216), "fourth": (185, 165),
         "fifth": (134, 116)}  # fmt: skip
"""Contradictions planted in each set, and how many are found at least. The checks were sharpened on all sets."""


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
    assert [f.message for r in results for f in r.others if f.code == "CHECK_FAILED"] == []
    alarms = [f"{r.name}: {f.code} {f.message}" for r in results for f in r.alarms]
    assert alarms == []
    found, missed = sum(len(r.found) for r in results), sum(len(r.missed) for r in results)
    planted, least = LEAST[name]
    assert found + missed == planted
    assert found >= least, [f"{r.name}: {p['kind']}" for r in results for p in r.missed]


def test_a_check_that_fails_says_so_and_the_others_are_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(subject: Reading) -> Iterator[Finding]:
        raise ZeroDivisionError("division by zero")

    module = ModuleType("evsynth.checks.scanned.told.broken")
    module.__dict__.update(CODES=("NEVER",), broken=broken)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    text = "Results\n\nRemission was seen in 12 of 40 patients (35.0%).\n"
    whole = judge(read_document("x", text))
    monkeypatch.setattr(judging, "CHECKS", (judging.Registered(module.__name__), *judging.CHECKS))
    found = judge(read_document("x", text))
    assert [f.code for f in found if f.code == "CHECK_FAILED"] == ["CHECK_FAILED"]
    assert [f for f in found if f.code != "CHECK_FAILED"] == list(whole) != []


def test_a_text_without_words_is_judged() -> None:
    for text in ("", "\n", "12", "Results\n\n", "Results\n\n٣ of ٤٠ patients (٣٥%)."):
        assert not [f for f in judge(read_document("x", text)) if f.code == "CHECK_FAILED"]
