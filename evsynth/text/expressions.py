"""Regular expressions that are compiled when they are first asked for.

The checks on documents hold about two thousand expressions, and a text needs about half of them; compiling all of them
at import took a quarter of the time of a scan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

Replacement = str | Callable[[re.Match[str]], str]

_END = 2**62


class Expression:
    """A regular expression that asks as ``re.Pattern`` does; a mistake in it is an ``re.error`` at the first use."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.pattern = source
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The first match that begins at `start` or later."""
        return self.compiled.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """The match of the whole text from `start` to `end`."""
        return self.compiled.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        """The matches in order."""
        return self.compiled.finditer(text, start, end)

    def findall(self, text: str, start: int = 0, end: int = _END) -> list[Any]:
        """The texts of the matches in order, or those of their groups."""
        return self.compiled.findall(text, start, end)

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        """The parts of a text between the matches, at most `maxsplit` cuts if any are given."""
        return self.compiled.split(text, maxsplit)

    def sub(self, replacement: Replacement, text: str, count: int = 0) -> str:
        """The text with the matches replaced, at most `count` of them if a count is given."""
        return self.compiled.sub(replacement, text, count)

    def gave(self, match: re.Match[str]) -> bool:
        """Say whether a match is one of this expression."""
        return match.re is self.compiled
