"""Opposites of one number: positive and negative, alive and dead, are together all who were tested or treated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.slips import mended_by_swap, swapped
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import left_over, numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_LIVED = Expression(
    r"⟨c(?P<k>\d+)⟩(?: ?\(⟨p\d+⟩\))? ?(?:/|(?:out )?of(?: the)?) "
    r"?⟨c(?P<n>\d+)⟩[^⟨;.]{0,50}(?P<one>surviv\w+|alive|died|dead|failed)\b"
    r"[^⟨.]{0,30}⟨c(?P<m>\d+)⟩ (?:[a-z]+ ){0,3}?(?P<two>surviv\w+|alive|died|dead|failed|lost)\b"
)
_SIGN = (
    ("positive", "negative"),
    ("alive", "dead"),
    ("survived", "died"),
    ("abnormal", "normal"),
    ("malignant", "benign"),
)
_NEGATED = Expression(
    r"⟨c(?P<a>\d+)⟩(?: ?\(⟨p\d+⟩\))?(?: [a-z-]+){0,5},? (?:and|but|while|whereas) (?:the other )?"
    r"⟨c(?P<b>\d+)⟩(?: ?\(⟨p\d+⟩\))?"
    r"(?: (?:patients|women|men|people|children))? (?:(?:were|was|did|had|could|have|are|would) )?(?:not|none|never)\b"
)
_LOOSE = Expression(r"\b(?:including|of whom|of which|some|at least|about|several|each|respectively)\b", re.I)


def opposites(reading: Reading) -> Iterator[Finding]:
    """Check "eleven of the 19 survived, and nine died" and "positive in 136 and negative in 239" of 402.

    Found: both are more than all, or an exchange of two digits makes them all. Left alone: sums told elsewhere.
    """
    told = numbers_told(reading)
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        sentence = marked(line.words)
        if sum(n.kind == "c" for n in sentence.numbers) > 1:
            yield from _lived(reading, line, sentence)
            yield from _signs(reading, line, sentence, told)
            yield from _not(reading, every, index, sentence, told)


def _lived(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    """Check "eleven of the 19 survived, and nine died"."""
    for match in _LIVED.finditer(sentence.text):
        part, of, rest = (sentence.numbers[int(match[g])] for g in ("k", "n", "m"))
        unlike = match["one"][0] in "sa", match["two"][0] in "sa"
        left = of.whole - part.whole
        near = of.whole < part.whole + rest.whole <= 1.3 * of.whole or swapped(left, rest.whole)
        if unlike[0] != unlike[1] and near and left > 0:
            yield left_over(
                reading, f"{part.whole} of {of.whole} leave {of.whole - part.whole}, inconsistent with "
                    f"{rest.whole}",
                (spot(line, part, of, rest), spot(line, rest)), part.whole + rest.whole,
            )  # fmt: skip


def _not(reading: Reading, every: list[Line], index: int, sentence: Marked, told: frozenset[int]) -> Iterator[Finding]:
    """Check "114 were listed and 105 were not" against a number of the sentence or of the two before it."""
    line = every[index]
    for match in _NEGATED.finditer(sentence.text):
        one, two = (sentence.numbers[int(match[g])] for g in ("a", "b"))
        made = one.whole + two.whole
        if made in told or min(one.whole, two.whole) < 3 or _LOOSE.search(match[0]):
            continue
        near = [
            (x, n) for x in every[max(0, index - 2) : index + 1] if x.section == line.section
            for n in marked(x.words).numbers if n.kind == "c" and max(one.whole, two.whole) < n.whole
        ]  # fmt: skip
        hits = [(x, n) for x, n in near if mended_by_swap((one.whole, two.whole), n.whole)]
        if len({n.whole for _, n in hits}) == 1 and abs(made - hits[0][1].whole) <= 0.3 * hits[0][1].whole:
            yield left_over(
                reading, f"{one.whole} and the {two.whole} who did not are {made}, inconsistent with "
                f"{hits[0][1].whole}",
                (spot(line, one, two), spot(line, one), spot(line, two), spot(*hits[0])), made,
            )  # fmt: skip


def _signs(reading: Reading, line: Line, sentence: Marked, told: frozenset[int]) -> Iterator[Finding]:
    """Check "positive in 136 and negative in 239" against all, where exchanged digits make it a number of the study."""
    for one, two in _SIGN:
        if one not in sentence.text or two not in sentence.text:
            continue
        found = []
        for word in (one, two):
            match = re.search(
                rf"\b{word}\b(?: [a-z]+){{0,2}}? (?:in|for)(?: only)? ⟨c(?P<a>\d+)⟩|⟨c(?P<b>\d+)⟩(?: \(⟨p\d+⟩\))?"
                rf"(?: (?:patients|women|men|children|people|of them|were|was|had|tested|an?|with|who))*"
                rf" {word}\b", sentence.text,
            )  # fmt: skip
            found += [sentence.numbers[int(match["a"] or match["b"])]] if match else []
        if len(found) != 2 or _LOOSE.search(sentence.text[: sentence.text.find("⟨c")]):
            continue
        made = found[0].whole + found[1].whole
        known = set(sizes_said(reading)) | {
            n.whole for n in (n for n in sentence.numbers if n.kind == "c") if n.whole > max(x.whole for x in found)
        }
        known -= {n.whole for n in found}
        if made in told or any(made == a - b for a in known for b in told):
            continue
        hits = [
            (n, t) for n in found for t in known if swapped(n.whole, t - made + n.whole) or swapped(made, t)
        ]  # fmt: skip
        if len({t for _, t in hits}) == 1:
            number, whole = hits[0]
            yield left_over(
                reading, f"{found[0].whole} {one} and {found[1].whole} {two} = {made} is inconsistent with "
                    f"{whole} in all",
                (spot(line, number), *(spot(line, n) for n in found)), made,
            )  # fmt: skip
            return
