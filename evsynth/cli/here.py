"""The review a command works in: the folder it is called from, or the one given with --review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evsynth.review.root import find_root

if TYPE_CHECKING:
    from evsynth.review.folder import Folder


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
    from evsynth.review.folder import open_folder

    return open_folder(find_root(Path(start)))
