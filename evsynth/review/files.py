"""Reads and writes files: bytes in, bytes out; a write stands beside the target until it is whole."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems
from evsynth.text.decode import decode

LARGEST = 16 * 2**20


def read_bytes(path: Path, shown: str) -> bytes:
    """Read a file. Raises Problems FILE if it cannot be read."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(None, "it is no ordinary file")
        return path.read_bytes()
    except OSError as error:
        reason = {2: "there is no such file", 13: "it may not be read", 21: "it is a folder"}.get(
            error.errno or 0, error.strerror or "it cannot be read"
        )
        message = f"{shown}: {reason}"
        raise Problems(
            (Finding("FILE", "error", shown, Place(shown), message, "check the name and the place"),)
        ) from None


def read_text(path: Path, shown: str) -> str:
    """Read a UTF-8 text file. Raises Problems FILE (also for one that nobody can have typed) or NOT_TEXT."""
    if path.is_file() and path.stat().st_size > LARGEST:
        message = f"{shown}: it has more than {LARGEST // 2**20} MiB"
        hint = "a file that is written by hand is smaller; is it the right one?"
        raise Problems((Finding("FILE", "error", shown, Place(shown), message, hint),))
    return decode(read_bytes(path, shown), shown)


def sha256(raw: bytes) -> str:
    """Give the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def write(path: Path, raw: bytes) -> None:
    """Write a file whole or not at all: beside the target first, then renamed onto it. Raises Problems WRITE.

    A folder, a device or a pipe is not replaced.
    """
    if not path.name or path.is_dir() or (path.exists() and not path.is_file()):
        message = f"{path} cannot be written: it is no file"
        hint = "give the name of a file, such as results/flow.png"
        raise Problems((Finding("WRITE", "error", str(path), Place(str(path)), message, hint),))
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(raw)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        message = f"{path.name} cannot be written: {error.strerror or error}"
        hint = "look whether something else of that name is in the way, and whether you may write there"
        raise Problems((Finding("WRITE", "error", path.name, Place(str(path)), message, hint),)) from None
