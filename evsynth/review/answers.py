"""Keeps the answers to single questions for a day in .evsynth/answers: the bytes, the question, SHA-256 and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.keeping import Keeper
from evsynth.review.lock import alone
from evsynth.sources.door import Door

HOME = ".evsynth/answers"
"""Not committed; it may be removed at any time."""

DAY = timedelta(days=1)
PATIENCE = 60.0
"""So many seconds one run waits for another that asks at the same time."""


@contextmanager
def answers(root: Path, door: Door, now: Callable[[], datetime], *, fresh: bool = False) -> Iterator[Keeper]:
    """Ask through what is kept: an answer of the last day is not asked for again, an older one is removed.

    `fresh` removes all of them. Raises Problems BUSY or WRITE.
    """
    home = root / HOME
    with alone(home, HOME, seconds=PATIENCE):
        try:
            responses = home / "responses"
            responses.mkdir(exist_ok=True)
            keeper = Keeper(responses, home / "journal.jsonl", door, lambda: now().isoformat(timespec="seconds"))
            since = (now() - DAY).isoformat(timespec="seconds")
            until = now().isoformat(timespec="seconds")
            old = [kept.name for kept in keeper.entered() if fresh or not since <= kept.time <= until]
            if old:
                keeper.forget(old)
            yield keeper
        except OSError as error:
            message = f"{HOME} cannot be written: {error.strerror or error}"
            hint = "look for room on the disk and whether you may write there; the folder may be removed at any time"
            raise Problems((Finding("WRITE", "error", HOME, Place(HOME), message, hint),)) from None
