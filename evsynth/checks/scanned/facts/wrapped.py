"""A sentence that is broken over lines, as records print it, on one line: what joins two lines becomes one space."""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

_BREAK = Expression(r"[ \t]*\n\s*")


def unwrapped(words: str) -> tuple[str, list[int]]:
    """Give the words on one line, and for each character where it stands in `words`; same length, no list, if unbroken.

    >>> unwrapped("95%\\n      CI, 2")
    ('95% CI, 2', [0, 1, 2, 3, 10, 11, 12, 13, 14])
    """
    if "\n" not in words or not re.search(r"\n\s|\s\n", words):
        return words.replace("\n", " ").replace("\t", " "), []
    pieces: list[str] = []
    at: list[int] = []
    end = 0
    for match in _BREAK.finditer(words):
        pieces += [words[end : match.start()], " "]
        at += [*range(end, match.start()), match.start()]
        end = match.end()
    at += range(end, len(words))
    return "".join([*pieces, words[end:]]).replace("\t", " "), at


__all__ = ["unwrapped"]
