"""Abbreviations in the list below a table or figure whose words do not give their letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ABBREVIATION_UNLIKE",)

_ENTRY = Expression(
    r"(?<![A-Za-z-])(?P<short>[A-Z][A-Za-z]{2,7}?)s?(?P<mark>, |: | ?= ?)(?P<words>[A-Za-z][A-Za-z'’ /-]{5,80}?)"
    r"(?P<end>[;,.]|\s*$)",
    re.M,
)
_OTHER_TONGUE = frozenset(("BID", "TID", "QID", "QDS", "BDS", "TDS", "PRN", "NPO", "NIL"))
_USUAL = frozenset(("DLCO", "TLCO", "KCO"))
"""Usually explained without the word for one of their letters."""
FEWEST = 3
"""A list of abbreviations has so many entries that fit their letters."""


class _Explained(NamedTuple):
    short: str
    words: str
    spot: Spot
    fits: bool


def abbreviations(reading: Reading) -> Iterator[Finding]:
    """Find an abbreviation whose letters do not stand in order in the words that explain it.

    "AIP, acute pneumonia" in a list where the others fit; a note. Left alone: lists of which fewer than three entries
    fit, abbreviations with an X (trans-, cross-), Latin ones of doses, and words that have the letters as initials in
    another order; and words that are a part of the full name told elsewhere: nothing else is meant.
    """
    seen = set()
    for start, end in _stretches(reading):
        entries = list(_entries(reading.document.plain, start, end))
        if sum(e.fits for e in entries) < FEWEST:
            continue
        for entry in entries:
            if not entry.fits and entry.short not in seen:
                seen.add(entry.short)
                told = _told(reading, entry.short)
                if told and entry.words.lower() in told[1].lower():
                    continue  # the same name, shortened
                beside = f"; elsewhere it is '{told[1]}'" if told else ""
                yield reading.finding(
                    "ABBREVIATION_UNLIKE", "note",
                    f"'{entry.words}' is inconsistent with the letters of {entry.short}{beside}",
                    "the abbreviation may be that of another language; otherwise a word is missing or another is meant",
                    quotes=(entry.spot, *((told[0],) if told else ())),
                )  # fmt: skip


def _stretches(reading: Reading) -> Iterator[Spot]:
    """Give the notes of tables and the legends of figures."""
    for table in reading.document.tables:
        for note in table.notes:
            yield note.start, note.end
    for legend in reading.document.legends:
        yield legend.start, legend.end


def _entries(text: str, start: int, end: int) -> Iterator[_Explained]:
    for m in _ENTRY.finditer(text, start, end):
        short, words = m["short"], " ".join(m["words"].split())
        letters = [x for x in short if x.isupper()]
        if len(letters) < 3 or "X" in short or short in _OTHER_TONGUE or (m["mark"] == ", " and m["end"] == ","):
            continue
        yield _Explained(short, words, (m.start("short"), m.end("words")), short in _USUAL or _fits(letters, words))


def _fits(letters: list[str], words: str) -> bool:
    """Say whether the letters stand in order in the words, or are initials of words in any order."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    rest = iter(plain)
    if plain[:1] == letters[0].lower() and all(letter.lower() in rest for letter in letters):
        return True
    initials = Counter(word[0] for word in re.findall(r"[a-z]+", plain))
    return not Counter(x.lower() for x in letters) - initials


def _told(reading: Reading, short: str) -> tuple[Spot, str] | None:
    """Give the words before "(AIP)" in the text whose initials begin with its first letter and that fit."""
    letters = [x for x in short if x.isupper()]
    for m in re.finditer(rf"((?:[A-Za-z'’-]+ ){{2,8}})\({re.escape(short)}\)", reading.document.prose):
        words = m[1].split()
        for at in range(len(words) - 1, -1, -1):
            if words[at][0].lower() == letters[0].lower() and _fits(letters, " ".join(words[at:])):
                told = " ".join(words[at:])
                return (m.end() - len(short) - 3 - len(told), m.end()), told
    return None
