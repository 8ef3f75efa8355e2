"""The checks of one document, shared out among processes where the system can fork: a scan then waits half as long.

The words of a document are read by many checks and remembered; processes that fork after the reading share that much,
and nothing needs to be sent to them. Elsewhere, and for short texts, the checks run one after the other.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from evsynth.model.finding import Finding

Task = TypeVar("Task")
Run = Callable[[Task], list[Finding]]

WORTH_IT = 20_000
"""Characters of a text below which forking saves nothing that one would notice."""
_inherited: list[Callable[[int], list[list[Finding]]]] = []
"""What the forked processes run; they inherit it, as a function with a document in it cannot be sent."""


def shared_out(run: Run[Task], tasks: Sequence[Task], size: int, workers: int | None = None) -> list[Finding]:
    """Give the findings of `run` on every task, in the order of the tasks, whoever did them.

    `size` is that of the text in characters; `workers` the number of processes (default: the cores of this machine that
    may be used, at most four).
    """
    count = workers if workers is not None else _cores() if size >= WORTH_IT else 1
    if count < 2 or not sys.platform.startswith("linux"):
        return [finding for task in tasks for finding in run(task)]
    cuts = [len(tasks) * worker // count for worker in range(count + 1)]  # neighbours share what they read
    _inherited.append(lambda worker: [run(task) for task in tasks[cuts[worker] : cuts[worker + 1]]])
    try:
        with ProcessPoolExecutor(count, mp_context=get_context("fork")) as pool:
            dealt = list(pool.map(_run, range(count)))
    finally:
        _inherited.clear()
    return [finding for part in dealt for found in part for finding in found]


def _run(worker: int) -> list[list[Finding]]:
    gc.disable()  # the process ends with the work
    return _inherited[-1](worker)


def _cores() -> int:
    return min(4, len(os.sched_getaffinity(0))) if hasattr(os, "sched_getaffinity") else 1
