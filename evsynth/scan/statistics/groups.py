"""Names of groups of patients in running text: "the drug group", "arm B", "patients treated with the drug"."""

from __future__ import annotations

import re
from bisect import bisect_left

from evsynth.scan.document import Document
from evsynth.scan.parts import Phrase
from evsynth.text.expressions import Expression

_GROUP = Expression(
    r"\b(?P<name>(?:(?!(?:the|in|of|with|than|and|or|both|two|between|for|to|from|by|each|a|an|that|our|whole|"
    r"entire|one|same|other|previous|present|study|this|those|whereas|while|compared|was|were|is|are|had|"
    r"showed?|patients?)\b)[A-Za-z0-9+/&-]+[ \n]+){1,5}?)(?P<kind>(?:sub)?groups?|arms?|cohorts?)\b",
    re.IGNORECASE,
)
_TREATED = Expression(
    r"\b(?:treated with|receiv(?:ed|ing)|taking)[ \n]+(?:the[ \n]+)?(?P<name>(?:(?!(?:was|were|had|and|who|"
        r"which|showed?)\b)[A-Za-z0-9+/&-]+[ \n]?){1,5})", re.IGNORECASE
)  # fmt: skip
_EITHER = Expression(r"[,;\n ]*(?:and|or|,)[,\n ]*")


_CHUNK = Expression(
    r"(?:\b(?:the|in|for|of)|,)[ \n]+(?:the[ \n]+)?([A-Za-z0-9+/& \n,-]+?)[ \n]+(?:sub)?(?:groups?|"
    r"arms?|cohorts?)\W*$"
)


class Groups:
    """The names of groups in a document, in order."""

    def __init__(self, document: Document) -> None:
        found = [*_GROUP.finditer(document.prose), *_TREATED.finditer(document.prose)]
        self._document = document
        self._found = sorted(found, key=lambda m: m.start())
        self._starts = [m.start() for m in self._found]

    def _between(self, start: int, end: int) -> list[re.Match[str]]:
        first = bisect_left(self._starts, start)
        return [m for m in self._found[first : bisect_left(self._starts, end)] if m.end() <= end]

    def _name(self, match: re.Match[str]) -> Phrase:
        start = match.start("name")
        return self._document.phrase(start, start + len(match["name"].rstrip()))

    def nearest(self, at: int, to: int, opened: int | None, start: int, end: int) -> Phrase | None:
        """Give the nearest name to a result at [at, to): before its bracket, after it in its clause, or before it.

        `opened` is the bracket that the result stands in; only names in [start, end) count.
        """
        prose = self._document.prose
        anchor = opened if opened is not None else at
        found = self._between(start, end)
        before = [m for m in found if m.end() <= anchor + 1]
        touching = next((m for m in before if not prose[m.end() : anchor].strip(" \n")), None)
        first = next((m for m in found if m.start() >= to), None)
        if touching is None and first is not None:
            gap = prose[to : first.start()]
            if len(gap) < 90 and not re.search(r"[.;]|\d", gap):
                touching = first
        if touching is None and before:
            last = max(before, key=lambda m: m.end())
            touching = last if anchor - last.end() < 160 else None
        return self._name(touching) if touching is not None else None

    def several(self, start: int, end: int) -> bool:
        """Say whether two or more groups are named in [start, end)."""
        return len({m["name"].strip().lower() for m in self._between(start, end) if _GROUP.gave(m)}) >= 2

    def at_end(self, phrase: Phrase) -> Phrase | None:
        """Give the name in words that end in one ("the MSAs group"), else None."""
        found = list(_GROUP.finditer(self._document.prose, phrase.start, phrase.end))
        return self._name(found[-1]) if found and found[-1].end() >= phrase.end else None

    def listed(self, start: int, end: int) -> list[Phrase]:
        """List the groups named before "respectively": "A and B groups", "the A group and B group"."""
        prose = self._document.prose[start:end]
        found = [m for m in self._between(start, end) if _GROUP.gave(m)]
        names = [self._name(m) for m in found]
        if not found or not (len(found) == 1 or found[-1]["kind"].lower().endswith("s")):
            return names
        chunk = _CHUNK.search(prose)
        if chunk is None:
            return names
        parts, position = [], 0
        for piece in _EITHER.split(chunk[1]):
            at = chunk[1].find(piece, position)
            position = at + len(piece)
            if piece.strip():
                begin = start + chunk.start(1) + at
                parts.append(self._document.phrase(begin, begin + len(piece)))
        return parts


def open_bracket(prose: str, start: int, position: int) -> int | None:
    """Give the bracket that is open at `position`, looking back to `start`; None if there is none."""
    depth = 0
    for i in range(position - 1, start - 1, -1):
        if prose[i] in ")]":
            depth += 1
        elif prose[i] in "([":
            if depth == 0:
                return i
            depth -= 1
    return None
