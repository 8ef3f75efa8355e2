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
SIGNS = "\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts in which a sign is a syllable or a word: Thai, Lao, Korean, Japanese, Chinese; for a class in a pattern."""
_WORD = re.compile(r"[^\W_]+")
_SIGN_OR_WORD = re.compile(rf"[{SIGNS}]|[^\W_{SIGNS}]+")
_VOICED = "\u3099\u309a"
"""The marks that make another sound of a Japanese sign; they are no accents."""
_BRITISH = (("ae", "e"), ("oe", "e"), ("our", "or"), ("z", "s"), ("ph", "f"), ("tre", "ter"))


def fold(text: str) -> str:
    """Return a text in lower case without accents, with Greek letters spelled out; other scripts stay.

    >>> fold("Müller, TNF-α"), fold("лёгких"), fold("ガン")
    ('muller, tnf- alpha ', 'легких', 'ガン')
    """
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text.translate(_GREEK))
    bare = "".join(c for c in text if not unicodedata.combining(c) or c in _VOICED)
    return unicodedata.normalize("NFC", bare).translate(_GREEK)


def words(text: str) -> list[str]:
    """Return the words and numbers of a title, folded, spelled in one way, without `and`, `the` and markup.

    Where words are not parted, each sign is one: men and women differ by one sign.

    >>> words("The <i>Haemolytic</i> uraemic syndrome & tumours"), words("男性 SSc 30例")
    (['hemolytic', 'uremic', 'syndrome', 'tumors'], ['男', '性', 'ssc', '30', '例'])
    """
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(" ", text)
    text = fold(text).replace("'", "")
    for one, other in _BRITISH:
        text = text.replace(one, other)
    found = (_WORD if text.isascii() else _SIGN_OR_WORD).findall(text)
    return [word for word in found if word not in ("and", "the")]


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
