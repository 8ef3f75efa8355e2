"""Two groups told as fractions, and their sum: "51 of 155 and 68 of 154; in all, 119 were transfused"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped, teen
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_ALL = Expression(
    r"\b(?:[Ii]n all|[Ii]n total|[Aa]ltogether|[Oo]verall|[Tt]ogether|[Aa]ll told|[Aa] total of),? "
    r"(?:a total of )?⟨c(?P<k>\d+)⟩(?! ?(?:/|(?:out )?of (?:the |all )?⟨| ?[,;]? ?(?:and|versus|vs) ⟨))|"
    r"⟨c(?P<j>\d+)⟩ (?:[a-z-]+ ){0,4}?(?:in all|in total|altogether|overall|all told|in both groups)\b"
)
_FRACTION = Expression(r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\)| [a-z-]+){0,2}(?: ?/ ?| (?:out )?of (?:the |these |all )?)⟨c(\d+)⟩")


def in_all(reading: Reading) -> Iterator[Finding]:
    """Compare a number told of both groups with the sum of the two fractions of the sentence, or of the one before.

    Found: the sum is told nowhere, and two exchanged digits of the number, or of a part, make them agree.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        sentence = marked(line.words)
        near = [x for x in every[max(0, index - 2) : index + 1] if x.section == line.section]
        yield from _strata(reading, line, near)
        for match in _ALL.finditer(sentence.text):
            total = sentence.numbers[int(match["k"] or match["j"])]
            before = (
                _parts(line, total.start)
                or _counts(line, total.start)
                or (_parts(every[index - 1], None) if index and every[index - 1].section == line.section else [])
            )
            if len(before) != 2 or total.whole < 12:
                continue
            parts = [n.whole for _, n, _ in before]
            sizes = [n.whole for _, k, n in before if n is not k]
            made = sum(parts)
            if not sizes and not swapped(made, total.whole):
                continue
            if total.whole in (made, sum(sizes), *sizes, *parts) or max(parts) >= total.whole > sum(sizes) > 0:
                continue
            slip = swapped(made, total.whole) or (
                match["k"] is not None and one_digit(made, total.whole) and abs(made - total.whole) in (10, 100)
            )
            if slip or any(swapped(p, p - made + total.whole) for p in parts if p - made + total.whole > 0):
                yield reading.finding(
                    "GROUPS", "inconsistent",
                    f"{parts[0]} + {parts[1]} = {made} is inconsistent with {total.printed} told of both",
                    "the number may be of others; otherwise digits have been exchanged",
                    quotes=(spot(line, total), *(spot(x, n) for x, n, _ in before)), computed=(("sum", str(made)),),
                )  # fmt: skip


def _strata(reading: Reading, line: Line, around: list[Line]) -> Iterator[Finding]:
    """Check "29 of 83; 21 of 39 with and 18 of 44 without": the sizes add up, so the counts of the same thing must."""
    own = _fractions(line)
    others = [f for x in around for f in _fractions(x)]
    for (_, a, m), (_, b, n) in pairwise(own):
        size, made = m.whole + n.whole, a.whole + b.whole
        wholes = [(x, k) for x, k, of in others if of.whole == size and k is not a and k is not b]
        if size < 20 or not wholes or any(k.whole == made for _, k in wholes):
            continue
        for where, k in wholes:
            wanted = [(p, p - made + k.whole) for p in (a.whole, b.whole)]
            if swapped(made, k.whole) or any(w > 0 and (swapped(p, w) or teen(p, w)) for p, w in wanted):
                yield reading.finding(
                    "SUBGROUPS", "inconsistent",
                    f"{a.printed} of {m.printed} and {b.printed} of {n.printed} make {made} of {size}, inconsistent "
                    f"with {k.printed} of {size}", "they may count different things; otherwise a digit is misprinted",
                    quotes=(spot(line, a, n), spot(where, k), spot(line, a), spot(line, b)),
                    computed=(("sum", str(made)),),
                )  # fmt: skip
                return


def _fractions(line: Line) -> list[tuple[Line, Number, Number]]:
    sentence = marked(line.words)
    found = [(sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _FRACTION.finditer(sentence.text)]
    return [(line, k, n) for k, n in found if k.whole <= n.whole]


def _counts(line: Line, end: int) -> list[tuple[Line, Number, Number]]:
    """Give the two counts that stand before a place of a sentence, where there are no more."""
    found = [
        n for n in marked(line.words).numbers
        if n.kind == "c" and n.end <= end and not re.search(r"\bof (?:the |all )?$", line.words[: n.start])
    ]  # fmt: skip
    return [(line, n, n) for n in found] if len(found) == 2 else []


def _parts(line: Line, end: int | None) -> list[tuple[Line, Number, Number]]:
    """Give count and size of the two fractions of a sentence, where it has two and no more."""
    sentence = marked(line.words)
    found = [
        (line, sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _FRACTION.finditer(sentence.text)
    ]
    found = [x for x in found if end is None or x[2].end <= end]
    return found if len(found) == 2 and all(k.whole <= n.whole for _, k, n in found) else []
