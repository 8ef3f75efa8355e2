"""Ends well where what is printed finds no taker.

Quietly if the reader went away; in one message if a disk is full, or if there is no standard output at all (`>&-`).
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

CLOSED = 141
"""What a shell says of a program whose reader went away: 128 and the number of SIGPIPE."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What a device says that takes no more; no mistake of a program."""


@contextmanager
def printing() -> Iterator[None]:
    """Print all that is printed inside.

    Ends the program with `CLOSED` where nobody reads it, with 1 on a full disk and where there is no output.
    """
    with _streams() as closed, _guarded(closed=closed):
        yield


@contextmanager
def _guarded(*, closed: bool) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    try:
        try:
            yield
        except SystemExit:
            if (sys.stdout, sys.stderr) != before:  # click saw the closed pipe first, wrapped both, and says 1
                sys.stdout, sys.stderr = before
                raise BrokenPipeError from None
            _flush()
            raise
        _flush()
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            code = CLOSED
        elif closed and error.errno == errno.EBADF:
            code = 1
            click.echo("Error: nothing can be printed: the standard output is closed", err=True)
        elif error.errno in _FULL:
            code = 1
            with suppress(OSError):
                click.echo(
                    f"Error: the output cannot be written: {error.strerror}; look for room on the disk", err=True
                )
        else:
            raise
        _give_up()
        sys.exit(code)


@contextmanager
def _streams() -> Iterator[bool]:
    """Put streams where the system gave none, and tell whether there was no output: writing to that one fails."""
    missing = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for name in missing:
        mode = os.O_WRONLY if name == "stderr" else os.O_RDONLY
        setattr(sys, name, open(os.open(os.devnull, mode), "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
    try:
        yield "stdout" in missing
    finally:
        for name in missing:
            with suppress(OSError):
                getattr(sys, name).close()
            setattr(sys, name, None)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _give_up() -> None:
    """Let what is still held go nowhere, so that nothing more is said when the program ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
