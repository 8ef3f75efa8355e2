"""Sentences of running text; a full stop in a number, an abbreviation or an initial ends none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from evsynth.scan.legends import captions
from evsynth.scan.parts import Section, Sentence
from evsynth.text.expressions import Expression

_STOP = Expression(r"(?<=[.!?])[\"')\]]{0,2}(?:\s*\[[0-9, -]+\])?\s+(?=[\"'(\[]?[A-Z0-9ΔαβκρχΑ-Ω≥≤<>*])")
_SHORT = Expression(
    r"(?:\b(?:et al|spp|sp|e\.g|i\.e|vs|cf|ca|approx|resp|Fig|Figs|Tab|Suppl|Supp|no|No|Nos|Dr|Prof|Mr|Mrs|Ms|St|Inc|"
    r"Ltd|Co|Corp|Sec|"
    r"Eq|Ref|Refs|Vol|pp|S\.D|s\.d|S\.E|s\.e|SD|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|max|min|incl|dept|"
    r"Univ|v)|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)
_BREAK = Expression(r"\n[ \t]*\n\s*")


def sentences(plain: str, sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Cut the bodies of sections into sentences. A paragraph that goes on in lower case is one with the last.

    The caption of a figure or table begins a sentence.
    """
    result: list[Sentence] = []
    breaks = captions(plain)
    for section in sections:
        for start, end in _paragraphs(plain, section.body, section.end):
            inner = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
            for one, other in pairwise((start, *inner, end)):
                for a, b in _cut(plain, one, other):
                    result.append(Sentence(len(result), a, b, section.index))
    return tuple(result)


def _paragraphs(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    spans: list[tuple[int, int]] = []
    for match in _BREAK.finditer(plain, start, end):
        spans.append((position, match.start()))
        position = match.end()
    spans.append((position, end))
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        text = plain[a:b].strip()
        if not text:
            continue
        before = plain[merged[-1][0] : merged[-1][1]].rstrip() if merged else ""
        if before and before[-1] not in ".!?:" and text[0].islower() and "\t" not in text and "\t" not in before:
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    yield from merged


def _cut(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _STOP.finditer(plain, start, end):
        before = plain[
            max(position, match.start() - 12) : match.start() + len(match[0]) - len(match[0].lstrip("\"')]"))
        ]
        if _SHORT.search(before.rstrip("\"')]")):
            continue
        if (
            plain.count("(", position, match.start()) > plain.count(")", position, match.end())
            and match.start() - position < 300
        ):
            continue
        yield from _trim(plain, position, match.start())
        position = match.end()
    yield from _trim(plain, position, end)


def _trim(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
