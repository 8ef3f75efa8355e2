"""One spelling for texts that databases spell in several ways: accents, Greek letters, British and American words."""

from __future__ import annotations

import re
import unicodedata

_GREEK = str.maketrans(
    {
        "α": " alpha ", "β": " beta ", "ß": "ss", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ", "κ": " kappa ",
        "λ": " lambda ", "μ": " mu ", "µ": " mu ", "σ": " sigma ", "τ": " tau ", "ω": " omega ", "ø": "o", "æ": "ae",
        "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "þ": "th", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'",
    }
)  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|#\d{1,5});")
_WORD = re.compile(r"[^\W_]+")
_BRITISH = (("ae", "e"), ("oe", "e"), ("our", "or"), ("z", "s"), ("ph", "f"), ("tre", "ter"))


def fold(text: str) -> str:
    """Return a text in lower case without accents, with Greek letters spelled out; other scripts stay.

    >>> fold("Müller, TNF-α")
    'muller, tnf- alpha '
    """
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text.translate(_GREEK))
    return "".join(c for c in text if not unicodedata.combining(c)).translate(_GREEK)


def words(text: str) -> list[str]:
    """Return the words and numbers of a title, folded, spelled in one way, without `and`, `the` and markup.

    >>> words("The <i>Haemolytic</i> uraemic syndrome & tumours")
    ['hemolytic', 'uremic', 'syndrome', 'tumors']
    """
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(" ", text)
    text = fold(text).replace("'", "")
    for one, other in _BRITISH:
        text = text.replace(one, other)
    return [word for word in _WORD.findall(text) if word not in ("and", "the")]


def near(one: str, other: str) -> bool:
    """Return whether two words differ by one slip: a letter more, less or other, or two letters exchanged.

    Words of fewer than five letters, and words with digits, are near only if they are the same.

    >>> near("squamous", "squamos"), near("2006", "2007"), near("men", "women")
    (True, False, False)
    """
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(one) < 5 or len(other) - len(one) > 1 or not (one.isalpha() and other.isalpha()):
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    return one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
