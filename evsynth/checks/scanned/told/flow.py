"""The flow of patients told in sentences: those before, less those out, are those who remain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.flow_steps import Step, steps
from evsynth.checks.scanned.facts.lists import Entry, entries
from evsynth.checks.scanned.facts.slips import mended_by_swap, one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_LEFT = Expression(
    r"(?:\b(?:leaving|leaves|(?:which|that|this|these) (?:had )?left|we were left with|result(?:ing|ed) in|"
    r"yield(?:ing|ed)|"
    r"so that|so|remaining|the (?:other|rest,)|hence|thus|finally|reduced (?:the \w+ )?to|(?:the|a|our) "
    r"(?:final|study|"
    r"analytic\w*|analysis) "
    r"(?:sample|cohort|population|analysis|group|set)s? (?:of|comprised|included|consisted of|was|numbered)))"
    r"\s(?:a (?:final |total )?(?:cohort |sample |set |population )?(?:total )?of\s|us with\s|with\s|only\s|the\s|"
    r"in\s)*$", re.I,
)  # fmt: skip
_STAYED = Expression(
    r"\s(?:[a-z-]+\s){0,4}?(?:remained|were left|were retained|were kept|(?:analy[sz]ed|included|studied|"
    r"enrolled)\s"
    r"(?=[a-z]+(?:ed|me|d)\b|were\b|had\b)|(?:were|was)\s(?:[a-z]+ly\s|then\s|thus\s|"
    r"so\s)?"
    r"(?:included|analy[sz]ed|randomi[sz]ed|enrol+ed|studied|eligible|evaluable|assessed|evaluated|recruited|"
    r"screened|read|tested)\b)", re.I,
)  # fmt: skip
_FREE = Expression(
    r"\b(?:per[- ]protocol|imput\w+|intention|respectively|pairs?|matched|about|approximately|"
    r"also|additional\w*|replac\w+|added|more than one|several|overlap\w*|some|crossed over|"
    r"controls\b|control (?:subjects|persons|samples)|re-?(?:included|entered|joined))\b", re.I,
)  # fmt: skip
_THINGS = Expression(r"\b(?:samples from|eyes|lesions?|specimens?)\b", re.I)
_OF_THINGS = Expression(r"\s(?:[a-z-]+\s){0,2}?(?:samples|eyes|lesions|specimens)\b", re.I)
_PATIENTS = Expression(r"\s*(?:and|vs|versus|or)\s\d", re.I)


_OF_THEM = Expression(r"\s(?:of (?:whom|which|them|these|those)|did not|were not|had no)\b", re.I)


def flow(reading: Reading) -> Iterator[Finding]:
    """Check every number that is said to remain against the numbers told before it.

    Found: no number before it, less any of the numbers that followed, gives those who remain, and the numbers are near
    enough to be meant to. Left alone: numbers further off, pairs, samples and eyes, and sentences with other steps.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    told = [entries(line.words) for line in every]
    for index, line in enumerate(every):
        for place, entry in enumerate(told[index]):
            strong = _LEFT.search(line.words[: entry.first]) is not None
            if not strong and (entry.of or not _STAYED.match(line.words[entry.last :])):
                continue
            if _PATIENTS.match(line.words[entry.last :]) or entry.bracketed or entry.base:
                continue
            yield from _one(reading, every, told, index, place, strong)


def _one(
    reading: Reading, every: list[Line], told: list[tuple[Entry, ...]], index: int, place: int, strong: bool
) -> Iterator[Finding]:
    line, left = every[index], told[index][place]
    known: list[Step] = []
    for at in range(max(0, index - (2 if strong else 1)), index + 1):
        if every[at].section != line.section or re.search(
            r"\n\s*\n", reading.document.text[every[at].start : line.start]
        ):
            known = []
            continue
        known += steps(every[at], told[at] if at < index else told[index][:place])
    text = " ".join(x.words for x in every[max(0, index - 1) : index + 1])
    bases = [i for i, s in enumerate(known) if s.entry.value > left.value and not s.out]
    things = [i for i in bases if _OF_THINGS.match(known[i].line.words[known[i].entry.last :])]
    bases = things or bases
    if not bases or _FREE.search(text) or (_THINGS.search(text) and not things):
        return
    if any(_fits(known, i, left.value) for i in range(len(known)) if known[i].entry.value >= left.value):
        return
    for base in reversed(bases):
        first = [s for s in known[:base] if s.line is known[base].line and s.named]
        outs = [s for s in (*first, *known[base + 1 :]) if not s.part and (s.out or not s.entry.of)]
        if not outs or any(s.entry.value >= known[base].entry.value for s in outs):
            continue
        gone = sum(s.entry.value for s in outs)
        wrong = known[base].entry.value - gone - left.value
        parted = strong and len(outs) == 1 and _OF_THEM.match(line.words[outs[0].entry.last :]) is not None
        told_out = all(s.out for s in outs) or (strong and outs[-1].line is line and any(s.out for s in outs))
        alone = sum(s.line is known[base].line for s in known) == 1 and outs[0].line is line
        right = known[base].entry.value - gone
        exact = strong and len(outs) < 5 and (swapped(left.value, right) or (alone and one_digit(left.value, right)))
        if not told_out and not exact and not (parted and outs[0].line is line):
            continue
        if not strong and (len(outs) > 4 or (outs[-1].line is not line and not _direct(line.words[: left.first]))):
            continue
        values = [left.value, *(s.entry.value for s in outs)]
        slip = abs(wrong) in (10, 20, 30, 100) or mended_by_swap(values, known[base].entry.value)
        near = abs(wrong) <= max(6, 0.6 * gone) and abs(wrong) <= 0.1 * known[base].entry.value + 3
        if not near and not exact and not (slip and abs(wrong) <= 0.15 * known[base].entry.value):
            continue
        shown = " - ".join(str(s.entry.value) for s in (known[base], *outs))
        yield reading.finding(
            "FLOW", "inconsistent",
            f"flow of patients: {shown} = {known[base].entry.value - gone}, not {left.value}",
            "a patient may have had several reasons, or a step of the flow is not mentioned",
            quotes=(known[base].spot, *(s.spot for s in outs), left.spot(line.start)),
        )  # fmt: skip
        return


def _direct(before: str) -> bool:
    return (
        re.fullmatch(r"\s*(?:The remaining|The|These|Thus|Hence|Finally|So|In the end)?,?\s*", before, re.I) is not None
    )


def _fits(known: list[Step], base: int, left: int) -> bool:
    """Say whether a number, less some of those told, is the number left; itself is enough."""
    here = known[-1].line
    counted = [
        s for i, s in enumerate(known)
        if i != base and (s.line is here or s.out or known[base].line is not here)
    ][-9:]  # fmt: skip
    others = [s.entry.value for s in counted if not s.part]
    wanted = known[base].entry.value - left
    if wanted in (0, sum(s.entry.value for s in counted)):
        return True
    return any(sum(x) == wanted for k in range(1, len(others) + 1) for x in combinations(others, k))
