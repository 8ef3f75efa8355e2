"""The hospital where the patients were seen is another one in another document of the study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Quoted
from evsynth.text.expressions import Expression

CODES = ("PLACE_DIFFERS",)

_PLACE = Expression(
    r"(?P<name>(?:[A-Z][\w'-]+\s+(?:(?:of|and|for|the|to)\s+)*){1,6}(?:Hospital|Medical (?:Center|Centre)|"
    r"Clinic|Infirmary)\b"
    r"(?:,?\s+(?:(?:[Aa]ffiliated|to|of|the|and)\s+)*[A-Z][\w'-]+){0,8})"
)
_DONE = Expression(r"\b(?:patients?|participants?|study|trial|subjects?|cohort)\b", re.I)
_WHEN = Expression(r"\b(?:between|from|during|since)\b[^.]{0,40}\b(?:19|20)\d\d\b")


class Named(NamedTuple):
    """A hospital as a document names it."""

    name: str
    words: frozenset[str]
    quoted: Quoted


def places_named(reading: Reading) -> Iterator[Finding]:
    """Compare the hospital of a sentence on the patients and their dates with those that another document names.

    A hospital of the other document counts when it begins with the same word, the town; a note where that document does
    not say that patients were seen there (it may be an address of authors). Left alone: several hospitals
    in the sentence, and names of which one is part of the other.
    """
    here = _seen_at(reading)
    if here is None:
        return
    start, end = here.quoted.start, here.quoted.end
    for other in reading.related:
        named = [n for n in _named(other, 0, len(other.document.plain)) if n.name.split()[0] == here.name.split()[0]]
        if not named or start is None or end is None or any(_one(here, n) for n in named):
            continue
        seen = _seen_at(other)
        there = named[0] if seen is None else seen
        how = " says they were seen at" if seen else ", which does not say where they were seen, names"
        yield reading.finding(
            "PLACE_DIFFERS", "concern" if seen else "note",
            f"the patients were seen at '{here.name}' here, and {other.document.id}{how} '{there.name}'",
            "a hospital may have several names, or may have been renamed between two versions"
            + ("" if seen else "; the other may be where an author works"),
            quotes=((start, end),), others=(there.quoted,),
        )  # fmt: skip


def _one(one: Named, two: Named) -> bool:
    return one.words <= two.words or two.words <= one.words


def _seen_at(reading: Reading) -> Named | None:
    found = [
        named
        for line in lines(reading, ("abstract", "methods", "body"))
        if _DONE.search(line.words) and _WHEN.search(line.words)
        for named in _named(reading, line.start, line.end)
    ]
    return found[0] if found and all(f.words == found[0].words for f in found) else None


def _named(reading: Reading, start: int, end: int) -> Iterator[Named]:
    for match in _PLACE.finditer(reading.document.plain, start, end):
        words = frozenset(w.lower() for w in re.findall(r"[A-Z][\w'-]+", match["name"]))
        name = " ".join(match["name"].split())
        yield Named(name, words, reading.quoted(match.start("name"), match.end("name")))
