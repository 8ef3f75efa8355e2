"""Whether two printed names can be one journal or meeting: in full, abbreviated, as an acronym, with added words."""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.sources.duplicates.spelling import words

_SMALL = frozenset("of in on for de la le les et y und der die das a an to del della di du des og i och".split())
_AFTER = re.compile(r"[\[(:=].*$|\. .*(?:online|print|ed\.).*$", re.S)
_MEETING = re.compile(r"conf|proce|symp|worksh|congr|meeting")
_COMMON = frozenset("anual annual international acm ieee th st nd rd first second third forth fifth sixth".split())

Journal = tuple[str, ...]


@lru_cache(maxsize=65536)
def journal(printed: str) -> Journal:
    """Return the words of a journal's name without its small ones, its acronym, and what follows a bracket or a colon.

    >>> journal("BMJ (Clinical research ed.)"), journal("The Journal of Urology")
    (('bmj',), ('jornal', 'urology'))
    >>> journal("CMAJ Canadian Medical Association Journal")
    ('canadian', 'medical', 'association', 'jornal')
    """
    name = tuple(word for word in words(_AFTER.sub("", printed)) if word not in _SMALL)
    if len(name) > 3 and name[0] == "".join(word[0] for word in name[1:]):
        name = name[1:]
    return name or tuple(words(printed))


@lru_cache(maxsize=65536)
def agree(one: Journal, other: Journal) -> bool:
    """Return whether one name can stand for the other.

    Each word of one begins a word of the other, in order, from the first; or it is an acronym of all its words; or
    it is the beginning of the other, two words at least; or both are meetings that share half of what names them.

    >>> agree(journal("J Clin Oncol"), journal("Journal of Clinical Oncology"))
    True
    >>> agree(journal("PNAS"), journal("Proceedings of the National Academy of Sciences"))
    True
    >>> agree(journal("Cancer"), journal("Cancer Research"))
    False
    """
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if not one:
        return False
    return one_name(one, other) or (meeting(one) and meeting(other) and _one_meeting(_named(one), _named(other)))


@lru_cache(maxsize=65536)
def one_name(one: Journal, other: Journal) -> bool:
    """Return whether one name is the other in full, abbreviated, begun, or as an acronym; meetings may not differ.

    >>> one_name(journal("Int Conf Invented Systems"), journal("ICIS 2017 Proceedings"))
    True
    >>> one_name(journal("International Conference on Invented Systems"), journal("Hawaii Conference on Systems"))
    False
    """
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    for short, long in ((one, other), (other, one)):
        bare = [word for word in short if word.isalpha() and not _MEETING.match(word) and word not in _COMMON]
        if len(bare) == 1 and (len(short) == 1 or meeting(short)) and len(long) > 1 and _acronym(bare[0], long):
            return True
    if len(one) < 2:
        return False
    return one == other[: len(one)] or _abbreviates(one, other) or _abbreviates(other, one)


def _acronym(word: str, name: Journal) -> bool:
    """Return whether a word is the first letters of a name, of its first word perhaps two (`amcis`)."""
    first = "".join(part[0] for part in name)
    return word in (first, name[0][:2] + first[1:])


def meeting(name: Journal) -> bool:
    """Return whether a name is that of a meeting or its proceedings."""
    return any(_MEETING.match(word) for word in name)


def _named(name: Journal) -> frozenset[str]:
    return frozenset(w for w in name if w.isalpha() and w not in _COMMON and not _MEETING.match(w))


def _one_meeting(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = sum(any(_begins(a, b) for b in other) for a in one)
    return bool(one and other) and 2 * shared >= min(len(one), len(other))


def _abbreviates(one: Journal, other: Journal) -> bool:
    at = 0
    for index, word in enumerate(one):
        while at < len(other) and not _begins(word, other[at]):
            at += 1
            if index == 0:
                return False
        if at == len(other):
            return False
        at += 1
    return at >= len(other) - 1


def _begins(word: str, other: str) -> bool:
    """Return whether one of two words abbreviates the other: its beginning, or its letters in order (`hlth`)."""
    if word.startswith(other) or other.startswith(word):
        return True
    if word[0] != other[0]:
        return False
    short, long = sorted((word, other), key=len)
    letters = iter(long)
    return len(short) > 2 and len(short) < len(long) and all(letter in letters for letter in short)
