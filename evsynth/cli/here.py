"""The review a command works in: the folder it is called from, or the one given with --review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from evsynth.checks import must_be_corrected
from evsynth.model.finding import Problems
from evsynth.review.folder import Folder, find_root, open_folder


def in_review(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option --review to a command."""
    return click.option(
        "--review",
        "start",
        default=".",
        metavar="DIR",
        help="Folder of the review (default: the one you are in).",
    )(function)


def folder(start: str) -> Folder:
    """Open the review around `start`."""
    return open_folder(find_root(Path(start)))


def sound_folder(start: str, pool: str | None) -> Folder:
    """Open the review around `start` to show `pool`, or all pools if it is None.

    Raises Problems if a study it draws on must be corrected: a number that does not stand in its quote is not shown.
    """
    review = folder(start)
    asked = [file.pool for name, file in review.pools.items() if pool in (None, name)]
    drawn = tuple(sorted({wanted.study for one in asked for wanted in one.inputs} & review.studies.keys()))
    problems = set(review.problems)  # those of the pool itself come from the answer
    faults = tuple(f for f in review.check(drawn) if must_be_corrected(f) and f not in problems) if drawn else ()
    if faults:
        raise Problems(faults)
    return review
