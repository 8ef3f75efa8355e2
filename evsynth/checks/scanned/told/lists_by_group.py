"""Counts of two groups in pairs, "ILD in 6 and 18, infection in 2 and 5, other in 1 and 2", and strata of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS", "SUBGROUPS")

_C = r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\)|,? ⟨p\d+⟩)?"
_PAIR = Expression(
    rf"{_C}(?: [A-Za-z][\w-]*){{0,7}}?,? (?:and|versus|vs|v|against|compared with|as against|to) (?:only |"
    rf"in )?{_C}(?! ?(?:to|-) ⟨)"
)
_MANY = Expression(
    r"symptom|adverse|antibod|complication|more than one|several|including|mainly|mostly|such as|overlap|"
    r"revasculari[sz]ation|"
    r"^(?!.*\b(?:deaths?|died|causes?)\b).*\b(?:infarction|stroke|revasculari[sz]ation|thrombosis)\b", re.I | re.S
)  # fmt: skip
"""Things of which a patient can have several; an infarction or a stroke unless it is what people died of."""
_FRACTION = Expression(r"⟨c(\d+)⟩(?: ?/ ?| (?:out )?of (?:the |these )?)⟨c(\d+)⟩")
LEAST = 3
"""Least number of pairs that make a list."""
BACK = 4
"""Sentences before and after a list in which its totals may stand."""

_Pair = tuple[Number, Number]


def lists_by_group(reading: Reading) -> Iterator[Finding]:
    """Add up pairs of counts by group, and fractions of two strata by group, against a pair told nearby.

    Found: one group's sum is its total and the other's is near its total but misses it.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if len(re.findall(r"\d", line.words)) < 4:
            continue
        sentence = marked(line.words)
        around = every[max(0, index - BACK) : index + 2]
        yield from _listed(reading, line, sentence, [x for x in around if x.section == line.section])
        yield from _strata(reading, line, sentence, every)


def _pairs(sentence: Marked) -> list[_Pair]:
    return [(sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _PAIR.finditer(sentence.text)]


def _listed(reading: Reading, line: Line, sentence: Marked, around: list[Line]) -> Iterator[Finding]:
    pairs = _pairs(sentence)
    if len(pairs) < LEAST or _MANY.search(line.words):
        return
    for begin, end in ((0, len(pairs)), (1, len(pairs)), (0, len(pairs) - 1)):
        run = pairs[begin:end]
        if len(run) < LEAST:
            continue
        made = (sum(a.whole for a, _ in run), sum(b.whole for _, b in run))
        told = [(line, pairs[0])] if begin else [(line, pairs[-1])] if end < len(pairs) else []
        told += [(x, p) for x in around if x is not line for p in (*_pairs(marked(x.words)), *_apart(marked(x.words)))]
        if any((a.whole, b.whole) == made for _, (a, b) in told):
            continue
        for where, pair in told:
            totals = (pair[0].whole, pair[1].whole)
            fits = [a == b for a, b in zip(made, totals, strict=True)]
            if sum(fits) != 1 or min(totals) < 4:
                continue
            at = fits.index(False)
            near = abs(made[at] - totals[at]) <= max(3, 0.25 * totals[at]) or swapped(made[at], totals[at])
            if not near or any(n[at].whole >= totals[at] for n in run):
                continue
            yield _finding(reading, "GROUPS", line, [p[at] for p in run], made[at], where, pair[at])
            return


def _apart(sentence: Marked) -> Iterator[_Pair]:
    """Give pairs of neighbouring counts that other numbers stand between: "48 deaths, 1180.6 PY … and … (57 deaths"."""
    counted = [n for n in sentence.numbers if n.kind == "c"]
    yield from pairwise(counted)


def _strata(reading: Reading, line: Line, sentence: Marked, every: list[Line]) -> Iterator[Finding]:
    """Check "5 of 17 and 10 of 18 with, 8 of 41 and 11 of 36 without" against the events of both groups."""
    found = [
        (sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _FRACTION.finditer(sentence.text)
    ]  # fmt: skip
    if len(found) != 4 or any(k.whole > n.whole for k, n in found):
        return
    (a, m), (b, n), (c, o), (d, p) = found
    sizes = (m.whole + o.whole, n.whole + p.whole)
    made = (a.whole + c.whole, b.whole + d.whole)
    parts = ((a, c), (b, d))
    pairs = [(x, q) for x in every if x is not line for q in (*_pairs(marked(x.words)), *_apart(marked(x.words)))]
    if not any((q[0].whole, q[1].whole) == sizes for _, q in pairs):
        return
    if any((q[0].whole, q[1].whole) == made for _, q in pairs):
        return
    for where, pair in pairs:
        totals = (pair[0].whole, pair[1].whole)
        fits = [x == y for x, y in zip(made, totals, strict=True)]
        if sum(fits) != 1 or max(made[fits.index(True)], totals[fits.index(True)]) < 5:
            continue
        at = fits.index(False)
        near = abs(made[at] - totals[at]) <= max(3, 0.25 * totals[at])
        if (
            near
            and max(p.whole for p in parts[at]) < totals[at] <= sizes[at]
            and re.search(r"died|death|event", where.words)
        ):
            yield _finding(reading, "SUBGROUPS", line, list(parts[at]), made[at], where, pair[at])
            return


def _finding(
    reading: Reading, code: str, line: Line, parts: list[Number], made: int, where: Line, total: Number
) -> Finding:
    shown = " + ".join(str(n.whole) for n in parts)
    slip = "; digits may have been exchanged" if swapped(made, total.whole) or one_digit(made, total.whole) else ""
    return reading.finding(
        code, "inconsistent", f"for one group {shown} = {made} is inconsistent with {total.printed} told of it, "
        "while the other group fits", f"a patient may be counted twice, or not at all{slip}",
        quotes=(spot(line, *parts), spot(where, total), *(spot(line, n) for n in parts)),
        computed=(("sum", str(made)),),
    )  # fmt: skip
