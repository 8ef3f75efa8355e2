"""One abbreviation that the legends, notes and brackets of a paper explain in two spellings or with two words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.reporting.abbreviations import abbreviations
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ABBREVIATION_EXPLAINED_TWICE",)

_LISTED = Expression(
    r"(?<![A-Za-z-])(?P<short>[A-Z][A-Za-z]{0,6}[A-Z])s?(?P<mark>, |: | ?= ?)(?P<words>[A-Za-z][A-Za-z'’/ -]{4,80}?)"
    r"(?P<end>[;,.]|\s*$)",
    re.M,
)
_BRACKET = Expression(r"(?<=\s)\((?P<short>[A-Z][A-Za-z]{0,6}[A-Z])s?(?=[);,])")
_BEFORE = Expression(r"(?:[A-Za-z][A-Za-z'’-]*\s){1,8}$")
REACH = 120
"""Characters before a bracket that may hold the words of an abbreviation."""
_WORD = Expression(r"[a-z]+")
_SMALL = frozenset("of and the for in to with by on or a an at from as de".split())
_ASIDE = frozenset({"references", "front matter", "back matter", "keywords", "registration"})
_SPELT_TWO_WAYS = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("ogue", "og"), ("tre", "ter"), ("is", "iz"), ("ys", "yz"), ("ll", "l"),
    ("ph", "f"),
)  # fmt: skip
"""British and American spellings, made alike before words are compared."""
SAME_START = 5
"""Words that begin with so many of the same letters are forms of one: computed, computerised."""
SAME_END = 4
ALIKE = 0.75
"""Words as alike as this, as difflib measures it, are one word misspelt: asympyopathic, asympmyopathic."""


class _Explained(NamedTuple):
    short: str
    words: str
    spot: Spot


def explained_twice(reading: Reading) -> Iterator[Finding]:
    """Find an abbreviation that is explained in two ways: a word spelt otherwise, replaced or left out.

    A note. A list below a table, a legend, or the words before a bracket explain it, and their first letters give it.
    Left alone: abbreviations of which it is told that their letters do not stand in the words, plurals and other forms
    of a word, British and American spelling, hyphens, and two meanings without a word in common.
    """
    known: dict[str, list[_Explained]] = defaultdict(list)
    for one in (*_lists(reading), *_brackets(reading)):
        known[one.short].append(one)
    lowered = reading.document.plain.lower()
    unlike = {f.quotes[0].start for f in abbreviations(reading)}
    for short, every in known.items():
        if any(x.spot[0] in unlike for x in every):
            continue
        first = every[0]
        apart = [x for x in every[1:] if _apart(first.words, x.words, short)]
        apart += _in_text(reading, first, every, lowered)
        if apart:
            ways = list(dict.fromkeys([first.words, *(x.words for x in apart)]))
            yield reading.finding(
                "ABBREVIATION_EXPLAINED_TWICE", "note",
                f"{short} is explained as {' and as '.join(repr(w) for w in ways)}",
                "one may be a misprint, or two things have one abbreviation",
                quotes=tuple(dict.fromkeys((first.spot, *(x.spot for x in apart)))),
            )  # fmt: skip


def _lists(reading: Reading) -> Iterator[_Explained]:
    """Give the entries of the notes of tables and of legends."""
    parts: list[Spot] = [(n.start, n.end) for t in reading.document.tables for n in t.notes]
    parts += [(x.start, x.end) for x in reading.document.legends]
    for start, end in parts:
        for m in _LISTED.finditer(reading.document.plain, start, end):
            words = " ".join(m["words"].split())
            if m["mark"] == ", " and m["end"] == ",":
                continue
            if words[0].lower() == m["short"][0].lower() and len(words) > len(m["short"]) + 2:
                yield _Explained(m["short"], words, (m.start("short"), m.end("words")))


def _brackets(reading: Reading) -> Iterator[_Explained]:
    """Give the words before brackets whose first letters are those of the abbreviation, small words aside."""
    for section in reading.document.sections:
        if section.role in _ASIDE:
            continue
        for m in _BRACKET.finditer(reading.document.prose, section.start, section.end):
            before = _BEFORE.search(reading.document.prose[max(section.start, m.start() - REACH) : m.start()])
            words = before[0].split() if before is not None else []
            letters = [x.lower() for x in m["short"] if x.isupper()]
            for at in range(len(words) - 1, -1, -1):
                tail = words[at:]
                initials = [p[0].lower() for w in tail for p in w.split("-") if p and p.lower() not in _SMALL]
                if words[at].lower() not in _SMALL and initials == letters:
                    start = m.start() - len(before[0]) + _place(before[0], at) if before is not None else m.start()
                    yield _Explained(m["short"], " ".join(tail), (start, m.end()))
                    break


def _place(text: str, word: int) -> int:
    """Give the offset of the n-th word of a text."""
    return [m.start() for m in re.finditer(r"\S+", text)][word]


def _plain(words: str) -> list[str]:
    text = words.lower().replace("-", " ")
    for british, american in _SPELT_TWO_WAYS:
        text = text.replace(british, american)
    return [w for w in _WORD.findall(text) if w not in _SMALL]


def _form(one: str, two: str) -> bool:
    """Say whether two words are forms of one; with the same end, and letters between that differ, they are not."""
    if one.rstrip("s") == two.rstrip("s"):
        return True
    return one[:SAME_START] == two[:SAME_START] and one[-SAME_END:] != two[-SAME_END:]


def _apart(one: str, two: str, short: str) -> bool:
    """Say whether two explanations share a word and differ in another that a letter of the abbreviation stands for."""
    a, b = _plain(one), _plain(two)
    if "".join(a) == "".join(b) or not any(_form(x, y) for x in a for y in b):
        return any(_misspelt(x, y) for x in a for y in b) and "".join(a) != "".join(b)
    if len(a) == len(b):
        differ = [(x, y) for x, y in zip(a, b, strict=True) if not _form(x, y)]
        return bool(differ) and all(x[0] == y[0] or _misspelt(x, y) for x, y in differ)
    few, many = sorted((a, b), key=len)
    letters = sum(x.isupper() for x in short)
    return len(many) == letters and len(few) < letters and all(any(_form(x, y) for y in many) for x in few)


def _misspelt(one: str, two: str) -> bool:
    return not _form(one, two) and min(len(one), len(two)) > 6 and SequenceMatcher(None, one, two).ratio() > ALIKE


def _in_text(reading: Reading, one: _Explained, every: list[_Explained], lowered: str) -> Iterator[_Explained]:
    """Give a phrase of the text with the first and last of three words and another, like spelt, between them.

    The word between them stands once in the paper.
    """
    words = one.words.split()
    if len(words) != 3 or lowered.count(words[1].lower()) > 1:
        return
    between = re.compile(rf"\b{re.escape(words[0][:6])}\w*\s(?P<w>[a-z-]{{6,}})\s{re.escape(words[2])}\b", re.I)
    for section in reading.document.sections:
        if section.role in _ASIDE:
            continue
        for m in between.finditer(reading.document.prose, section.start, section.end):
            if any(x.spot[0] <= m.start() < x.spot[1] for x in every):
                continue
            if m["w"][0].lower() == words[1][0].lower() and _misspelt(m["w"].lower(), words[1].lower()):
                yield _Explained(one.short, " ".join(m[0].split()), m.span())
                return
