"""What a title says, apart from how it is spelled: its words, its numbers, and whether it is an erratum or a reply."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal, NamedTuple

from evsynth.sources.duplicates.spelling import SIGNS, near, words
from evsynth.text.numerals import UNITS

Kind = Literal["same", "spelling", "shortened", "similar", "differ", ""]

_ADDED = re.compile(
    r"(?<=\S)\s*\[[^\[\]]{1,200}\]?[\s.*]*$"
    r"|\[(?:erratum appears|summary for patients|see comment|comment|retraction in|corrected)[^\]]*\]?"
    r"|\((?:provisional abstract|structured abstract|abstract|in \w+|multiple letters)\)"
    r"|\((?:chinese|dutch|english|french|german|italian|japanese|korean|polish|portuguese|russian|spanish|turkish)\)",
    re.I,
)
_CORRECTS = re.compile(r"\((?:vol\.? ?\w+, pg |[^()]*\(\d{4}\) \d+ \().*$", re.I)
"""How databases title a notice that has no title of its own: the title that it corrects, and where that stood."""
_RETRACTED = re.compile(r"^\W*retracted(?: article| paper)?\s*[:.\]–—-]+(?!\s*notice)\s*", re.I)
"""What a publisher puts before the title of an article that was retracted; the notice has its own title."""
_NOTICE = re.compile(r"^\W*(?:erratum|errata|corrigend\w+|correction|addendum)(?:\s+(?:to|for)\b|\s*[:.–—-])\W*", re.I)
_BOTH = re.compile(r"(?<=\S)\s*\[([^\[\]]{20,})\][\s.*]*$")
_NOTE = re.compile(
    r"^\W*(?:erratum|corrected|correction|see comment|comment|retract|summary for patients|update|review|original"
    r"|article in|abstract|letter)",
    re.I,
)

_MARKS = (
    ("notice", re.compile(r"\b(?:erratum|errata|corrigend\w+|correction|addendum)\b", re.I)),
    ("retraction", re.compile(r"\bretract(?:ion|ed)\b|\bexpression of concern\b|\bwithdrawn\b", re.I)),
    (
        "answer",
        re.compile(r"^\W*(?:re:|in reply|reply|response to|comments? (?:on|to)|commentary)|repl(?:y|ies)\W*$", re.I),
    ),
    ("protocol", re.compile(r"\bprotocol\b", re.I)),
)
_EDITOR = frozenset(("editor", "editors", "editorial"))
_SIGN = re.compile(f"[{SIGNS}]")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_COUNTED = UNITS[:13]
_WORDS = {word: str(number) for number, word in enumerate(_COUNTED)} | {"versus": "vs"}


class Title(NamedTuple):
    """A title: its words in one spelling, its numbers, and its marks (`notice`, `answer`, `retraction`, `protocol`)."""

    words: tuple[str, ...]
    joined: str
    numbers: tuple[str, ...]
    marks: frozenset[str]


def title(printed: str) -> Title:
    """Read a title. What a database adds in brackets (language, erratum, review) is left out, a mark of its own kept.

    >>> title("Eculizumab for aHUS. [Review] [45 refs]").words
    ('eculisumab', 'for', 'ahus')
    >>> title("Outcome of tacrolimus, part II").numbers
    ('2',)
    >>> title("Erratum: six-minute walk versus rest (vol 12, pg 411, 2014)").words
    ('6', 'minute', 'walk', 'vs', 'rest')
    >>> title("RETRACTED: Eculizumab for aHUS").marks, title("Retraction: Eculizumab for aHUS").marks
    (frozenset(), frozenset({'retraction'}))
    """
    plain, before = _RETRACTED.sub("", printed), ""
    while plain != before and ("[" in plain or "(" in plain):
        before, plain = plain, _ADDED.sub(" ", plain)
    corrects = _CORRECTS.search(plain)
    if corrects:
        plain = plain[: corrects.start()]
    found = [_WORDS.get(word, word) for word in words(_NOTICE.sub("", plain) or plain)]
    numbers = [_ROMAN.get(word, word) for word in found if word[0].isdigit() or word in _ROMAN]
    marks = frozenset(name for name, pattern in _MARKS if pattern.search(plain))
    if corrects:
        marks |= {"notice"}
    return Title(tuple(found), "".join(found), tuple(sorted(numbers)), marks)


def beside(printed: str) -> str:
    """Return the other title that some databases print in brackets behind the first one, or nothing.

    >>> beside("Tacrolimus bei Lungenfibrose. [Tacrolimus in patients with lung fibrosis]")
    'Tacrolimus in patients with lung fibrosis'
    >>> beside("Eculizumab for aHUS. [Erratum appears in J Invent Med. 2009;3:4]")
    ''
    """
    found = _BOTH.search(printed)
    return found[1] if found and len(found[1].split()) > 3 and not _NOTE.match(found[1]) else ""


def heading(printed: Title) -> bool:
    """Return whether a title says little: three words at most, or that it is an editor's."""
    return short(printed) or not _EDITOR.isdisjoint(printed.words)


def short(printed: Title) -> bool:
    """Return whether a title has three words at most; two signs of a script that does not part words are one.

    >>> short(title("編集後記")), short(title("間質性肺炎の治療"))
    (True, False)
    """
    return sum(0.5 if _SIGN.match(word) else 1.0 for word in printed.words) <= 3


def agreement(one: Title, other: Title) -> Kind:
    """Return how two titles agree.

    `same`: the same letters. `spelling`: each word that differs differs by one slip. `shortened`: one is a beginning or
    an end of the other. `similar`: four of five words are shared. `""`: one has none.
    """
    if not one.joined or not other.joined:
        return ""
    if one.joined == other.joined:
        return "same"
    left, right = Counter(one.words), Counter(other.words)
    both = (left & right).total()
    longer, shorter = max(len(one.words), len(other.words)), min(len(one.words), len(other.words))
    if 2 * both < shorter and abs(len(one.joined) - len(other.joined)) > 3:
        return "differ"
    if _slips(list((left - right).elements()), list((right - left).elements())):
        return "spelling"
    first, second = sorted((one.joined, other.joined), key=len)
    if shorter >= 3 and (second.startswith(first) or second.endswith(first)):
        return "shortened"
    if both >= 0.8 * longer:
        return "similar"
    return "differ"


def _slips(one: list[str], other: list[str]) -> bool:
    """Return whether words that stand in one title only are slips of words of the other, or are joined otherwise."""
    if len(one) > 5 or len(other) > 5:
        return False
    left, right = list(one), []
    for word in other:
        match = next((w for w in left if near(w, word)), None)
        if match is None:
            right.append(word)
        else:
            left.remove(match)
    a, b = "".join(left), "".join(right)
    return a == b or near(a, b)
