"""Names of journals, in full and abbreviated."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\([^()]*\)")
_SMALL = frozenset({"of", "the", "and", "in", "for", "on", "a", "an", "&"})


def same_journal(one: str, two: str) -> bool:
    """Say whether two names can be those of one journal: words that begin alike, or one name at the start of the other.

    "J Rheumatol" is The Journal of Rheumatology, and neither Annals of the Rheumatic Diseases nor Scand J Rheumatol. A
    place in brackets, "Rheumatology (Oxford)", tells editions apart for libraries and is left out.
    """
    first, second = (
        [w.strip(".,").lower() for w in _PLACE.sub(" ", name).split() if w.strip(".,").lower() not in _SMALL]
        for name in (one, two)
    )
    short, long = (first, second) if len(first) < len(second) else (second, first)
    if len(short) != len(long):
        return len(short) > 1 and long[: len(short)] == short
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(first, second, strict=True))
