"""Lets one program at a time work in a place on disk. The system holds the lock, so a kill -9 leaves none behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems

NAME = "running.part"
"""The file that is locked; git ignores `*.part`. One that a killed program left is not locked, and is no hindrance."""


@contextmanager
def alone(folder: Path, shown: str, *, seconds: float = 0) -> Iterator[None]:
    """Work alone in a folder. Raises Problems BUSY if another program still does after so many seconds."""
    path = folder / NAME
    until = time.monotonic() + seconds
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while (held := _try(path)) is None:
            if time.monotonic() >= until:
                raise _busy(path, shown)
            time.sleep(0.05)
    except OSError as error:
        message = f"{shown}/{NAME} cannot be written: {error.strerror or error}"
        hint = "look for room on the disk, for something else of that name, and whether you may write there"
        raise Problems((Finding("WRITE", "error", shown, Place(f"{shown}/{NAME}"), message, hint),)) from None
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(held)


def _try(path: Path) -> int | None:
    """Open and lock the file, and write who holds it; None if another program does."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if locked(file) and _still(path, file):
            os.ftruncate(file, 0)
            os.write(file, f"{os.getpid()}\n".encode())
            return file
    except BaseException:
        os.close(file)
        raise
    os.close(file)
    return None


def locked(file: int) -> bool:
    """Lock an open file if no other program has; the system takes the lock back when the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _still(path: Path, file: int) -> bool:
    """Say whether the file that was locked still has its name: its last holder may just have removed it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _busy(path: Path, shown: str) -> Problems:
    try:
        who = path.read_text("utf-8").strip()
    except OSError:
        who = ""
    message = f"another run (process {who or 'unknown'}) is at work in {shown}"
    hint = "wait until it ends, or end it; what it has done so far is kept"
    return Problems((Finding("BUSY", "error", shown, Place(shown), message, hint),))
