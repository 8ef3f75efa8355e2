"""Sentences and small tables of eight kinds: what is planted is found, and clean ones are left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_papers_with_planted_errors import benchmark

from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document

CLIPS = Path(__file__).resolve().parent.parent / "papers" / "clips"

LEAST: dict[str, tuple[int, int]] = {
    "claims": (90, 64), "estimates": (90, 80), "measurements": (90, 77), "places": (60, 27), "shares": (90, 78),
    "sums": (90, 61), "tables": (70, 58), "time": (90, 71),
}  # fmt: skip
"""Contradictions planted in each kind, and how many are found at least. The checks were sharpened on these clips."""


def clips(kind: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((CLIPS / f"{kind}.yaml").read_text("utf-8")))


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_what_is_planted_is_found(kind: str) -> None:
    detection = benchmark()
    planted = [clip for clip in clips(kind) if "planted" in clip]
    results = [detection.measured(clip["id"], clip["planted"], [clip]) for clip in planted]
    missed = [f"{r.name}: {p['kind']}" for r in results for p in r.missed]
    number, least = LEAST[kind]
    assert len(planted) == number
    assert number - len(missed) >= least, missed


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_a_clean_clip_is_left_alone(kind: str) -> None:
    found = [
        f"{clip['id']}: {f.code} {f.message}"
        for clip in clips(kind)
        for f in judge(read_document(clip["id"], clip["clean"]))
        if f.severity in ("error", "inconsistent") or f.code == "CHECK_FAILED"
    ]
    assert found == []
