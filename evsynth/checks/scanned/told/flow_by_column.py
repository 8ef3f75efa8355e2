"""Two groups told by three pairs of numbers in a row: those there were, those out, those left. One column adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_JOINED = Expression(
    r"^(?: ?\(⟨p\d+⟩\))?(?: (?!and\b|or\b)[A-Za-z][\w'-]*){0,7}?(?: ?\((?![^()]*⟨c)[^()]*\))?,?(?: and| vs| versus|;|,)"
    r"(?: (?:the|with|another|by|to|of|in|on))?(?: [A-Za-z][\w'-]*){0,3} $"
)
_EACH = Expression(r" ?(?:[a-z]+ )?(?:(?:to|in|for|at) )?(?:per|each|apiece)\b")
"""Behind the second number of what is no pair but a whole and its groups: "of 300 women, 150 per arm"."""
_OUT = Expression(
    r"\b(?:withdr\w+|drop\w*|lost|loss\w*|died|deaths?|discontinu\w+|exclu\w+|left (?:the|early)|stopped|missing|"
    r"refus\w+|declin\w+|"
    r"did not|never|attrition|violat\w+|removed|censored|incomplete|ineligible|quit|without|failed)\b", re.I,
)  # fmt: skip
_LEFT = Expression(
    r"\b(?:left|leaving|remain\w*|analy[sz]\w+|complet\w+|available|evaluable|per[- ]protocol|rest(?:s|ed)? on|"
    r"included|followed|"
    r"assessed|finish\w*|retained|stayed|thus|hence|so|final|evaluated)\b", re.I,
)  # fmt: skip


def flow_by_column(reading: Reading) -> Iterator[Finding]:
    """Compare, group by group, those there were less those out with those left, over at most three sentences.

    Found: of one group the three add up, of the other not. Left alone: numbers of which neither column adds up.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    pairs = [_pairs(x) for x in every]
    for index, line in enumerate(every):
        if not pairs[index]:
            continue
        near = [
            (x, p, text) for at in range(index, min(len(every), index + 3))
            if every[at].section == line.section for x in (every[at],) for p, text in pairs[at]
        ]  # fmt: skip
        yield from _judged(reading, near)


def _pairs(line: Line) -> list[tuple[tuple[Number, Number], str]]:
    """Give counts told two by two, with the words about them."""
    if not re.search(r"\band\b|\bvs\b|versus|;", line.words):
        return []
    sentence = marked(line.words)
    marks = list(re.finditer(r"⟨c(\d+)⟩", sentence.text))
    found = []
    for one, two in pairwise(marks):
        gap = sentence.text[one.end() : two.start()]
        if (
            len(gap) < 70
            and _JOINED.match(gap)
            and not (_EACH.match(sentence.text, two.end()) or _parts(sentence, one, two))
        ):
            about = (
                sentence.text[max(0, one.start() - 90) : one.start()]
                + " | "
                + gap
                + " | "
                + sentence.text[two.end() : two.end() + 70]
            )
            found.append(((sentence.numbers[int(one[1])], sentence.numbers[int(two[1])]), about))
    return found


def _parts(sentence: Marked, one: re.Match[str], two: re.Match[str]) -> bool:
    """Say whether two counts are the parts of one before a colon: "four after drug A: two progression, two refusal"."""
    head = re.search(r"⟨c(\d+)⟩[^⟨;.()]{0,40}: ?$", sentence.text[: one.start()])
    if re.search(r"⟨c\d+⟩[^⟨;.()]{0,40}: [^;.()]*$", sentence.text[: one.start()]) and (
        ";" in sentence.text[one.end() : two.start()]
    ):
        return True  # the last part of one group, and the next group
    whole = sentence.numbers[int(head[1])].whole if head else 0
    return head is not None and whole == sum(sentence.numbers[int(m[1])].whole for m in (one, two))


def _judged(reading: Reading, near: list[tuple[Line, tuple[Number, Number], str]]) -> Iterator[Finding]:
    for i, (line, whole, _) in enumerate(near[:3]):
        for j in range(i + 1, min(i + 4, len(near))):
            there, out, about = near[j]
            if not _OUT.search(about):
                continue
            for k in range(j + 1, min(j + 4, len(near))):
                last, left, said = near[k]
                if not _LEFT.search(said):
                    continue
                fits = [w.whole - o.whole == x.whole for w, o, x in zip(whole, out, left, strict=True)]
                places = {(x.start, n.start) for x, two in ((line, whole), (there, out), (last, left)) for n in two}
                if (
                    len(places) < 6
                    or any(w.whole < 8 for w in whole)
                    or sum(fits) != 1
                    or any(o.whole >= w.whole for w, o in zip(whole, out, strict=True))
                ):
                    continue
                at = fits.index(False)
                if out[1 - at].whole == 0 or left[at].whole == whole[at].whole:
                    continue
                w, o, x = whole[at], out[at], left[at]
                yield reading.finding(
                    "FLOW", "inconsistent",
                    f"flow of patients: {w.printed} - {o.printed} = {w.whole - o.whole}, not {x.printed}",
                    "some may have left for a reason that is not told; otherwise a digit is misprinted",
                    quotes=(spot(last, x), spot(line, w), spot(there, o)),
                    computed=(("left", str(w.whole - o.whole)),),
                )  # fmt: skip
                return
