"""The bytes inside a gzip file, inflated by ISA-L where it is installed: twice as fast, and the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evsynth.sources.formats.decoding import Inflated

_CHUNK, _MOST = 1 << 17, 1 << 20


class Gzip:
    """The content of a gzip file; `trouble` says afterwards that the file was cut or damaged."""

    def __init__(self, path: Path) -> None:
        self.trouble = ""
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        """Inflate in pieces of a megabyte at most; a file with more after its first stream is left to the slow way."""
        isal = _isal()
        if isal is None:
            yield from self._slowly(0)
            return
        machine = isal.decompressobj(31)
        given = 0
        with self._path.open("rb") as stream:
            try:
                while not machine.eof and (left := stream.read(_CHUNK)):
                    while left and not machine.eof:
                        out = machine.decompress(left, _MOST)
                        given += len(out)
                        yield out
                        left = machine.unconsumed_tail
                whole = machine.eof and not machine.unused_data and not stream.read(1)
            except isal.error:
                whole = False
        if not whole:
            yield from self._slowly(given)

    def _slowly(self, known: int) -> Iterator[bytes]:
        """Inflate with zlib, which says where the trouble is; leave out the bytes that are known."""
        inflated = Inflated(_chunks(self._path))
        for out in inflated:
            yield out[known:] if known else out
            known = max(known - len(out), 0)
        self.trouble = inflated.trouble


def _isal() -> Any:
    """Return what inflates fast, or None where it is not installed."""
    try:
        from isal import isal_zlib
    except ImportError:
        return None
    return isal_zlib


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 18):
            yield chunk
