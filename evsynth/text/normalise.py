"""One spelling for characters that look alike in print, with the offset of each in the original."""

from __future__ import annotations

from typing import NamedTuple

_DASHES = dict.fromkeys("‐‑‒–—−﹣－", "-")
_QUOTES = dict.fromkeys("“”„", '"') | dict.fromkeys("‘’", "'")
_POINTS = dict.fromkeys("·‧⋅", ".")
_GONE = frozenset("\u200b\ufeff\u00ad\u2060")
_SIGNS = {"⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥", "＜": "<", "＞": ">"}
_SAME = _DASHES | _QUOTES | _POINTS | _SIGNS


class Normal(NamedTuple):
    """Normalised text and, for each of its characters, the offset in the original (plus the end)."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original offsets of normalised characters `start` up to `end`."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normal:
    """Fold dashes and minus signs, curly quotes, middle dots, inequality signs, and runs of any white space.

    Soft hyphens and zero-width marks vanish. Everything else stays as it is, so that one changed letter or digit shows.
    """
    characters: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(text):
        if character in _GONE:
            continue
        folded = " " if character.isspace() else _SAME.get(character, character)
        if folded == " " and characters and characters[-1] == " ":
            continue
        characters.append(folded)
        offsets.append(index)
    return Normal("".join(characters), (*offsets, len(text)))
