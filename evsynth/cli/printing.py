"""Ends well where what is printed finds no taker: quietly if the reader went away, in one message if a disk is full."""

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
    """Print all that is printed inside. Ends the program with `CLOSED` where nobody reads it, with 1 on a full disk."""
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
