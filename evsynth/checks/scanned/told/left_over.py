"""Those who are left, in any words: "271 came back; fourteen were blank, so 275 were analysed"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_LEFT = Expression(
    r"(?:\b(?:leaving|leaves|left us with|(?:the|all) (?:remaining|rest|other)|remaining|remainder|the rest(?: "
    r"of)?|so(?: that)?|thus|hence|therefore|"
    r"consequently|accordingly|finally|eventually|ultimately|in the end|result(?:ing|ed) in|yielding|reduc\w+ "
    r"(?:\w+ ){1,3}to|"
    r"(?:final|analytic\w*|analysis|study|evaluable|analy[sz]ed|remaining) (?:sample|cohort|population|set|group|"
    r"dataset|number)"
    r"(?: (?:of|comprised|included|consisted of|was|numbered|contained|therefore|thus))*),?"
    r" (?:a |an |the |only |us |with |for |final |total |data |analysis |set |sample |cohort |number |of |from |"
    r"on |in )*$)", re.I,
)  # fmt: skip
_STAYED = Expression(
    r"^(?: \(⟨p\d+⟩\))?(?: (?!were\b|was\b|had\b)[a-z-]+){0,4}? (?:remained|were left|was left|left for|were "
    r"retained|were kept|could be analy[sz]ed|"
    r"were (?:finally |then |thus |therefore |eventually |ultimately |available |entered )*(?:analy[sz]ed|"
    r"included|randomi[sz]ed|enrol\w+|evaluable|available|"
    r"eligible|studied|assessed|evaluated|analy[sz]able)|made up|formed|entered the)\b", re.I,
)  # fmt: skip
_OUT = Expression(
    r"\b(?:exclu\w+|withdr\w+|lost|drop\w*|discontinu\w+|declin\w+|refus\w+|ineligib\w+|remov\w+|discard\w+|"
    r"reject\w+|duplicates?|died|"
    r"deaths?|missing|incomplete|blank|insufficient|unusable|unreadable|invalid|omitted|not|never|without|no|"
    r"unable|left|moved|failed|"
    r"inadequate|deleted|screened out|set aside|illegible|spoiled|lacked|lacking|empty|withheld|destroyed|"
    r"haemolysed|after)\b", re.I,
)  # fmt: skip
_FREE = Expression(
    r"\b(?:respectively|pairs?|matched|about|approximately|also|additional\w*|added|replac\w+|controls|more than "
    r"one|imput\w+|"
    r"crossed over|each|per|further|another|median|mean|hand-?search\w*|reference lists|identified through other|"
    r"new)\b", re.I,
)  # fmt: skip


def left_over(reading: Reading) -> Iterator[Finding]:
    """Compare the number said to be left with those before it less those told to be out, over three sentences.

    Found: no choice of numbers gives it, and one does but for a misprint; or more are left than there were.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        sentence = marked(line.words)
        marks = list(re.finditer(r"⟨c(\d+)⟩", sentence.text))
        for place, mark in enumerate(marks):
            before, after = sentence.text[: mark.start()], sentence.text[mark.end() :]
            if not (_LEFT.search(before) or (_STAYED.match(after) and place)):
                continue
            told = _told(every, index, place)
            left = sentence.numbers[int(mark[1])]
            if len(told) < 2 or left.whole < 8 or _FREE.search(line.words):
                continue
            yield from _judged(reading, line, left, told)


Told = tuple[Line, Number, bool]
"""A count before the one left, and whether it is told to be out."""


def _told(every: list[Line], index: int, place: int) -> list[Told]:
    """Give the counts of the sentence before a place, and of the two sentences before."""
    found: list[Told] = []
    for at in range(max(0, index - 2), index + 1):
        line = every[at]
        if line.section != every[index].section:
            continue
        sentence = marked(line.words)
        marks = list(re.finditer(r"⟨c(\d+)⟩", sentence.text))
        for i, mark in enumerate(marks):
            if at == index and i >= place:
                break
            end = marks[i + 1].start() if i + 1 < len(marks) else len(sentence.text)
            begin = marks[i - 1].end() if i else 0
            after = re.split(r"[;.]", sentence.text[mark.end() : end])[0]
            earlier = re.split(r"[;.]", sentence.text[begin : mark.start()])[-1]
            found.append(
                (line, sentence.numbers[int(mark[1])], _OUT.search(f"{earlier[-45:]} {after[:70]}") is not None)
            )
    return found


def _judged(reading: Reading, line: Line, left: Number, told: list[Told]) -> Iterator[Finding]:
    values = [n.whole for _, n, _ in told]
    target = left.whole
    if target in values or len(values) > 12:
        return
    sums = {v for k in range(1, min(len(values), 5)) for some in combinations(values, k) for v in (sum(some),)}
    if target in sums or any(v - target in sums for v in values) or any(s - target in sums for s in sums):
        return
    near = []
    for at, (there, whole, gone) in enumerate(told):
        if gone:
            continue
        outs = [(x, n) for x, n, out in told[at + 1 :] if out and n.whole < whole.whole]
        for k in (1, 2, 3):
            for some in combinations(outs, k):
                rest = whole.whole - sum(n.whole for _, n in some)
                if rest > 8 and (swapped(rest, target) or (abs(rest - target) == 10 and one_digit(rest, target))):
                    near.append((there, whole, some, rest))
    if near:
        there, whole, some, rest = near[-1]
        minus = " - ".join(n.printed.text if hasattr(n.printed, "text") else str(n.printed) for _, n in some)
        yield reading.finding(
            "FLOW", "inconsistent", f"flow of patients: {whole.printed} - {minus} = {rest}, not {left.printed}",
            "some may have left for a reason that is not told; otherwise a digit is misprinted",
            quotes=(spot(line, left), spot(there, whole), *(spot(x, n) for x, n in some)),
            computed=(("left", str(rest)),),
        )  # fmt: skip
