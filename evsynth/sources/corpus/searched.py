"""What of a record is searched: words of title and abstract in one spelling, MeSH headings, the year.

A text is folded to small letters without accents, everything that is no letter or digit is a blank, and a blank stands
before and after: ` anti mda5 positive `. So a word or a phrase is found by its folded form between two blanks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_SMALL = bytes(range(128)).lower()
#: Each byte as it stands in a word: small, or a blank; those beyond ASCII are letters that `plain_letters` left.
ASCII_WORDS = bytes(byte if bytes([byte]).isalnum() else 32 for byte in _SMALL) + bytes(range(128, 256))
_BEYOND = re.compile("[^\0-\x7f]+")
_NO_WORD = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def folded(text: str) -> str:
    """Return the words of a text in one spelling, with one blank between them.

    >>> folded("Anti-MDA5 in Sjögren's")
    'anti mda5 in sjogren s'
    """
    if not text.isascii():
        text = _BEYOND.sub(_without_accents, text)
    return " ".join(text.encode().translate(ASCII_WORDS).decode().split())


def _without_accents(found: re.Match[str]) -> str:
    return plain_letters(found[0])


@lru_cache(maxsize=1 << 14)
def plain_letters(letters: str) -> str:
    """Return letters beyond ASCII without their accents, in small letters; what is no letter is a blank."""
    apart = unicodedata.normalize("NFKD", letters).lower()
    return _NO_WORD.sub(" ", "".join(one for one in apart if not unicodedata.combining(one)))


def title_words(fields: Mapping[str, Any]) -> str | None:
    """Return the folded words of the title, also of the one in the language of the paper."""
    book = fields.get("book")
    titles = [fields.get("title"), fields.get("vernacular_title"), book.get("title") if book else None]
    return "".join(f" {folded(title)} " for title in titles if title) or None


def abstract_words(fields: Mapping[str, Any]) -> str | None:
    """Return the folded words of the abstract with its labels; a phrase does not reach over the end of a section."""
    sections = fields.get("abstract")
    if not sections:
        return None
    texts = [(section.get("label"), section.get("text")) for section in sections]
    return "".join(f" {folded(text)} " for both in texts for text in both if text) or None


def headings(fields: Mapping[str, Any]) -> str | None:
    """Return MeSH headings between bars, in small letters; those that are a major topic stand there with a star too.

    A heading `Lung` with the qualifier `surgery` gives `|lung|lung/surgery|`.
    """
    mesh = fields.get("mesh")
    if not mesh:
        return None
    parts = []
    for heading in mesh:
        name = heading["name"]
        parts.append(name)
        starred = heading.get("major")
        for qualifier in heading["qualifiers"]:
            parts.append(f"{name}/{qualifier['name']}")
            if qualifier["major"]:
                starred = True
                parts.append(f"*{name}/{qualifier['name']}")
        if starred:
            parts.append(f"*{name}")
    return f"|{'|'.join(parts)}|".lower()


def names(fields: Mapping[str, Any]) -> str | None:
    """Return the names of the authors between bars, in small letters: each short, in full and by family, and groups.

    `Lutra, Ottilie R` gives `|lutra or|lutra, ottilie r|lutra|`.
    """
    authors = fields.get("authors")
    if not authors:
        return None
    kinds = ("short_name", "full_name", "family", "collective")
    parts = [author[kind] for author in authors for kind in kinds if author.get(kind)]
    return f"|{'|'.join(parts)}|".lower() if parts else None


def year(fields: Mapping[str, Any]) -> int | None:
    """Return the first year that is printed in the date of publication, or of the electronic publication."""
    dates = fields.get("dates") or {}
    found = printed_year(dates.get("published", ""))
    return printed_year(dates.get("electronic", "")[:4]) if found is None else found


def printed_year(date: str) -> int | None:
    """Return the first year in a date."""
    found = _YEAR.search(date)
    return int(found[0]) if found else None
