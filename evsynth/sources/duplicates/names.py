"""Authors as databases print them, down to what survives all of them: the long words of each name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evsynth.model.record import Author
from evsynth.sources.duplicates.spelling import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTS = frozenset("van von de der den del della di la le du da dos el al bin ter ten jr sr and the md phd".split())
_UMLAUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))

Names = tuple[frozenset[str], ...]


def names(authors: Sequence[Author]) -> Names:
    """Return for each author the words of the name, folded; initials and particles are left out.

    >>> names((Author(short_name="Brismar Wendel S"), Author(full_name="de Müller, Jörg E")))
    (frozenset({...}), frozenset({...}))
    """
    found = []
    for author in authors:
        text = author.collective or author.full_name or author.short_name or f"{author.family}, {author.given}"
        folded = fold(text).replace("'", "").replace("-", "")
        for one, other in _UMLAUT:
            folded = folded.replace(one, other)
        parts = frozenset(w for w in _WORD.findall(folded) if w not in _PARTS)
        if parts:
            found.append(parts)
    return tuple(found)


def throughout(one: Names, other: Names) -> bool:
    """Return whether two lists name the same authors in the same order, as many of them."""
    return bool(one) and len(one) == len(other) and all(map(share, one, other))


def share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two names have a word in common, or one that begins the other."""
    if one & other:
        return True
    return any(len(a) > 3 and len(b) > 3 and (a.startswith(b) or b.startswith(a)) for a in one for b in other)
