"""Sizes and events in legends and captions against the same groups in the text: one fits, the other does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TOTAL_DIFFERS", "PRINTED_DIFFERENTLY")

_EVENTS = Expression(
    r"[nN] ?= ?⟨c(?P<n>\d+)⟩ ?[,;:] ?(?P<open>\(?)(?:⟨c(?P<e>\d+)⟩ (?P<what>deaths?|events?|died|relapses|"
    r"failures|losses|"
    r"cases|progressions)|(?P<what2>deaths?|events?)[ :=]*⟨c(?P<f>\d+)⟩)", re.I,
)  # fmt: skip
_FRACTION = Expression(r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\))?(?: ?/ ?| (?:out )?of (?:the |these |our )?)⟨c(\d+)⟩")
_DIED = Expression(
    r"⟨c(\d+)⟩(?: [a-z]+){0,2}? (?:had )?(?:died|deaths?|events?)\b|\bdeaths?(?: [a-z]+){0,3} (?:in|was|"
    r"were) ⟨c(\d+)⟩"
)
_CALLED = Expression(r"(?m)^\W*(?:legends? (?:to|of|for) |figure legends?\b|caption)[^\n]{20,900}", re.I)
"""A paragraph that calls itself a legend."""
_LATER = Expression(r"\b(?:at risk|followed|remaining) (?:at|after) (?:\w+ )?\d[^.]*", re.I)
_DEATH = Expression(r"\bdeaths?|\bdied", re.I)


def legend_counts(reading: Reading) -> Iterator[Finding]:
    """Compare pairs of sizes and of events in legends with those of sentences.

    Found: of two groups one has its size and the other not quite, and the odd number stands for nothing else or is the
    right one with two digits exchanged; events of a group that the text counts otherwise. Left alone: numbers at risk
    at later times, and pairs of which neither fits.
    """
    own = list(lines(reading, ("abstract", "methods", "results", "body")))
    places = list(_places(reading))
    own = [x for x in own if not any(p.start < x.end and x.start < p.end for p in places)]
    for place in places:
        yield from _sizes(reading, place, own)
        yield from _events(reading, place, own)


def _places(reading: Reading) -> Iterator[Line]:
    document = reading.document
    spots = [(x.start, x.end) for x in document.legends]
    spots += [(m.start(), m.end()) for m in _CALLED.finditer(document.prose)]
    spots += [(t.caption.start, t.caption.end) for t in document.tables if t.caption is not None]
    for start, end in spots:
        words = _LATER.sub(lambda m: "x" * len(m[0]), document.prose[start:end].rstrip())
        yield Line(words, start, end, "body", -1)


def _printed(reading: Reading, number: int) -> int:
    return len(re.findall(rf"(?<![\d.,·])(?:{number}|{number:,})(?![\d%]|[.,·]\d|\s?%)", reading.document.plain))


def _pairs(line: Line) -> Iterator[tuple[Number, Number]]:
    counted = [n for n in marked(line.words).numbers if n.kind == "c" and n.whole > 9]
    yield from pairwise(counted)


def _sizes(reading: Reading, place: Line, own: list[Line]) -> Iterator[Finding]:
    """Check "DGF 621, no DGF 2244" against "612 had DGF and 2244 did not"."""
    told = [(x, p) for x in own for p in _pairs(x)]
    known = {(a.whole, b.whole) for _, (a, b) in told}
    for one, two in _pairs(place):
        if (one.whole, two.whole) in known or (two.whole, one.whole) in known or one.whole == two.whole:
            continue
        for where, (a, b) in told:
            fits = (one.whole == a.whole, two.whole == b.whole)
            if sum(fits) != 1:
                continue
            odd, right = (two, b) if fits[0] else (one, a)
            kept = one if fits[0] else two
            if not swapped(odd.whole, right.whole) or _printed(reading, kept.whole) < 2:
                continue
            if _printed(reading, odd.whole) > 1 and not _whole_of_group(odd, right, where):
                continue
            yield reading.finding(
                "TOTAL_DIFFERS", "inconsistent",
                f"{odd.printed} beside {kept.printed} in the legend is inconsistent with {right.printed} "
                f"beside it in "
                "the text", "digits may have been exchanged; or the legend is about other patients",
                quotes=(spot(place, odd), spot(where, right), spot(place, one, two)),
            )  # fmt: skip
            return


def _whole_of_group(odd: Number, right: Number, where: Line) -> bool:
    """Say whether the odd number is a larger one that the sentence reduces: of 54 patients, 45 had data."""
    return (
        odd.whole > right.whole
        and re.search(r"\bavailable|\bdata\b|\bboth\b|\bpaired|\bhad\b", where.words) is not None
    )


def _events(reading: Reading, place: Line, own: list[Line]) -> Iterator[Finding]:
    """Check "(n = 58, 29 deaths)" against "19/58", and "(n = 112; 36 deaths)" against "112, of whom 31 died"."""
    sentence = marked(place.words)
    groups = []
    for match in _EVENTS.finditer(sentence.text):
        groups.append((sentence.numbers[int(match["n"])], sentence.numbers[int(match["e"] or match["f"])]))
    if not groups or (len(groups) == 1 and not _DEATH.search(sentence.text)):
        return
    sizes = [n.whole for n, _ in groups]
    for line in own:
        read = marked(line.words)
        pairs = [(read.numbers[int(m[1])], read.numbers[int(m[2])]) for m in _FRACTION.finditer(read.text)]
        by_size = {of.whole: k for k, of in pairs}
        if (
            len(groups) == 1
            and sizes[0] not in by_size
            and any(n.whole == sizes[0] for n in read.numbers if n.kind == "c")
        ):
            died = [read.numbers[int(m[1] or m[2])] for m in _DIED.finditer(read.text)]
            by_size |= dict.fromkeys(sizes, died[0]) if died else {}
        if not all(n in by_size for n in sizes) or len(set(sizes)) != len(sizes):
            continue
        fits = [by_size[n.whole].whole == e.whole for n, e in groups]
        if len(groups) > 1 and (sum(fits) != len(groups) - 1):
            continue
        if all(fits):
            return
        size, events = groups[fits.index(False)]
        right = by_size[size.whole]
        if len(groups) == 1 and (_deaths(reading, events.whole) > 1 or not 0.6 < events.whole / right.whole < 1.6):
            continue
        if len(groups) == 1 and (not _DEATH.search(line.words) or _made(events.whole, read.numbers)):
            continue
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{events.printed} of {size.printed} in the legend is inconsistent with {right.printed} in the text",
            "the follow-up of the two may differ; otherwise a digit is misprinted",
            quotes=(spot(place, events), spot(line, right), spot(place, size, events)),
        )  # fmt: skip
        return


def _deaths(reading: Reading, number: int) -> int:
    """Count the places that print a number beside a word for death."""
    return len(
        re.findall(rf"(?<![\d.,·]){number} (?:[a-z]+ ){{0,2}}?(?:deaths?|died|events?)\b", reading.document.plain)
    )


def _made(number: int, numbers: tuple[Number, ...]) -> bool:
    """Say whether two or three counts of a sentence add up to a number."""
    counted = [n.whole for n in numbers if n.kind == "c"][:10]
    return any(sum(some) == number for k in (2, 3) for some in combinations(counted, k))
