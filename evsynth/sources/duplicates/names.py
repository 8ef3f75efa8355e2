"""Authors as databases print them, down to what survives all of them: the long words of each name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evsynth.model.record import Author
from evsynth.sources.duplicates.spelling import SIGNS, fold

_WORD = re.compile(rf"[{SIGNS}]+|[^\W\d_]{{2,}}")
_SIGN = re.compile(f"[{SIGNS}]")
_PARTS = frozenset("van von de der den del della di la le du da dos el al bin ter ten jr sr and the md phd".split())
_UMLAUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))

Names = tuple[frozenset[str], ...]


def names(authors: Sequence[Author]) -> Names:
    """Return for each author the words of the name, folded; initials and particles are left out.

    A particle that is all there is of a family name stays.

    >>> [sorted(words) for words in names((Author(short_name="Brismar Wendel S"), Author(full_name="de Müller, J E")))]
    [['brismar', 'wendel'], ['muller']]
    >>> [sorted(words) for words in names((Author(short_name="Le T"), Author(full_name="Le, Thanh")))]
    [['le'], ['le', 'thanh']]
    """
    found = []
    for author in authors:
        text = author.collective or author.full_name or author.short_name or f"{author.family}, {author.given}"
        folded = fold(text).replace("'", "").replace("-", "")
        for one, other in _UMLAUT:
            folded = folded.replace(one, other)
        family = _WORD.findall(folded.partition(",")[0])
        parts = frozenset(_WORD.findall(folded)) - _PARTS
        if _PARTS.issuperset(family):
            parts |= frozenset(family)
        if parts:
            found.append(parts)
    return tuple(found)


def throughout(one: Names, other: Names) -> bool:
    """Return whether two lists name the same authors in the same order, as many of them."""
    return bool(one) and len(one) == len(other) and all(map(share, one, other))


def share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two names have a word in common, or one that begins the other.

    >>> share(frozenset(("山田", "太郎")), frozenset(("山田太郎",))), share(frozenset(("yan",)), frozenset(("yang",)))
    (True, False)
    """
    if one & other:
        return True
    for a in one:
        for b in other:
            if a[0] == b[0] and (_begins(a, b) or _begins(b, a)):
                return True
    return False


def _begins(one: str, other: str) -> bool:
    return other.startswith(one) and (len(one) > 3 or bool(_SIGN.match(one)))
