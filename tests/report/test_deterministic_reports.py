"""The same values give the same bytes: twice in a process, and whatever the hash seed of another one."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import invented_answers as invented
import pytest

from evsynth.report.citation import cite
from evsynth.report.forest import forest
from evsynth.report.page import page
from evsynth.report.sentence import sentence
from evsynth.report.tables import effects_csv, findings_table
from evsynth.report.trace import trace


def everything() -> bytes:
    """Render every report of every answer, one after the other."""
    answers = invented.every()
    studies = invented.studies()
    parts = []
    for answer in answers.values():
        parts += [forest(answer, format="svg"), forest(answer, format="png"), effects_csv(answer).encode()]
        parts += [sentence(answer, invented.REVIEW, studies).encode(), trace(answer, invented.offsets()).encode()]
        parts += [cite(answer, invented.REVIEW, studies, s).encode() for s in ("text", "bibtex", "csl-json", "ris")]
    parts.append(findings_table(invented.findings()).encode())
    shown = page(
        invented.REVIEW,
        [answers["three"], answers["refused with two"]],
        {"alpha-2010": invented.extraction()},
        invented.findings(),
        invented.sources(),
        invented.offsets(),
    )
    return b"\0".join([*parts, shown.encode()])


def test_twice_the_same_bytes() -> None:
    assert everything() == everything()


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_same_bytes_under_another_hash_seed(seed: str) -> None:
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), *sys.path])
    code = "import hashlib, test_deterministic_reports as t; print(hashlib.sha256(t.everything()).hexdigest())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == sha256(everything()).hexdigest()


def test_no_date_no_machine_and_lines_end_as_they_should() -> None:
    raw = everything()
    assert str(Path.home()).encode() not in raw or str(Path.home()) == "/"
    assert b"matplotlib" not in raw.lower()
    answer = invented.pooled(3)
    for text in (effects_csv(answer), sentence(answer, invented.REVIEW, {}), forest(answer).decode()):
        assert "\r" not in text
        assert text.endswith("\n")
