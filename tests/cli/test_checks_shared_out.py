"""Checks that run in several processes give what they give in one, in the same order."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.cli import shared_out as module
from evsynth.cli.shared_out import shared_out
from evsynth.model.finding import Finding, Place
from evsynth.scan.document import read_document

PAPER = next((Path(__file__).parents[1] / "papers").rglob("*.planted.txt"))


def finding(number: int) -> Finding:
    return Finding("DATES", "note", "x", Place("x", number, 1), f"finding {number} by {os.getpid()}", "")


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
@pytest.mark.parametrize("tasks", [0, 1, 2, 5, 11])
def test_order_is_that_of_the_tasks(workers: int, tasks: int) -> None:
    found = shared_out(lambda n: [finding(n)] * (n % 3), range(tasks), size=1, workers=workers)
    assert [f.place.line for f in found] == [n for n in range(tasks) for _ in range(n % 3)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only where forking is usual")
def test_the_work_is_done_elsewhere() -> None:
    found = shared_out(lambda n: [finding(n)], range(4), size=1, workers=2)
    assert not any(f.message.endswith(f"by {os.getpid()}") for f in found)


def test_a_short_text_is_not_shared_out() -> None:
    (found,) = shared_out(lambda n: [finding(n)], range(1), size=module.WORTH_IT - 1)
    assert found.message.endswith(f"by {os.getpid()}")


def test_a_mistake_in_a_task_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        shared_out(lambda n: [finding(1 // n)], range(3), size=1, workers=2)


def test_a_document_gets_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORTH_IT", 1)
    monkeypatch.setattr(module, "_cores", lambda: 2)
    document = read_document(PAPER.stem, PAPER.read_text(encoding="utf-8"))
    expected = judge(document)
    assert expected
    assert judge(document, spread=partial(shared_out, size=1)) == expected
