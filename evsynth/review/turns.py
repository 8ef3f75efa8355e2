"""Lets the programs of one user take turns at a server: each request has a place in time of its own.

NCBI counts the requests of an address or a key, not of a program. So the time of the last request stands in a file
that all programs share. It is locked only while the next place is taken, and the system holds the lock: a kill -9
leaves none behind, and costs the others no more than the place that was not used.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from evsynth.review.lock import locked

PATIENCE = 5.0
"""So many seconds a program tries to take a place; the file is locked for far less than a millisecond."""

_FURTHEST = 100
"""Places further ahead than this many pauses were taken by a clock of before the machine started anew."""


def home() -> Path:
    """Give the folder where programs of this user keep what may be removed at any time. Raises RuntimeError."""
    named = os.environ.get("XDG_CACHE_HOME", "").strip()
    if named and Path(named).is_absolute():
        return Path(named) / "evsynth"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "evsynth" / "cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "evsynth"


def take_turn(file: Path, pause: float) -> None:
    """Wait for the next free place, `pause` seconds after the last one. Raises OSError where it cannot be written."""
    time.sleep(max(0.0, _place(file, pause) - time.monotonic()))


def _place(file: Path, pause: float) -> float:
    """Take the next free place, on the clock that runs since the machine started and is the same for all programs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + PATIENCE
    held = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not locked(held):
            if time.monotonic() >= until:
                raise TimeoutError(f"another program has kept it for {PATIENCE:g} s")
            time.sleep(0.002)
        now = time.monotonic()
        place = max(now, _last(os.read(held, 64), now, pause) + pause)
        os.ftruncate(held, 0)
        os.lseek(held, 0, os.SEEK_SET)
        os.write(held, f"{place:.6f}\n".encode())
        return place
    finally:
        os.close(held)


def _last(text: bytes, now: float, pause: float) -> float:
    """Read when the last request was; of what no program of ours wrote, nothing is believed."""
    try:
        last = float(text)
    except ValueError:
        return now - pause
    return last if last <= now + _FURTHEST * pause else now - pause
