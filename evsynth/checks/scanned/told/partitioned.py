"""A number of people, and the parts it is divided into in the same or the next sentence, read by their marks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.closed_lists import Whole
from evsynth.checks.scanned.facts.divided import misses
from evsynth.checks.scanned.facts.divided_words import AMONG, REASONS_WERE, SEX
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.parted import Part, joined, parted
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

_SUBJECT = Expression(
    r"^(?:The |These |All |Their )?([A-Z]?[a-z]+s) (?:were|was|had|came|arose|occurred|involved|affected|belonged)\b"
)
"""The plural noun that a sentence is about."""

_BASE = Expression(r"\b(?:[Aa]mong|[Oo]ut of)\s(?:the |these |those )?$")
_SHARE = Expression(r"[^\d.;,()]{0,30}[(\[]\s?(\d+(?:\.\d+)?)\s?%")
_INSIDE = Expression(r"\s?[;,]\s?(\d+(?:\.\d+)?)\s?%\s?[)\]]")
"""A share in the bracket of its count: "infection (20; 22.5%)"."""
_WITHIN = Expression(r"^ (?:[a-z-]+ ){1,3}(?:in|from|among|of) (?:the )?$")
"""What stands between things and the people who have them: "45 pregnancies in 39 women"."""
_INTO = Expression(r"\b(?:divided|split|into|grouped|classified|randomi[sz]ed|assigned|allocated|compris\w+)\b", re.I)

_SEVERAL = Expression(
    r"\b(?:more than one|overlap(?!ping (?:data|samples|cohorts|populations|reports))\w*|"
    r"(?:several|multiple) (?:had|reasons|causes|sites))\b",
    re.I,
)

CODES = ("FLOW", "GROUPS")


def partitioned(reading: Reading) -> Iterator[Finding]:
    """Add up the parts that a sentence divides a number into, told before them, after them, or in the last sentence.

    Found: the sum is not the number, and one misprint of it or of a part mends it, where the words say that parts
    exclude each other and leave none out. Left alone: sums or rests that the neighbouring sentences print.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    read = [parted(line.words).counts for line in every]
    for index, line in enumerate(every):
        counts = read[index]
        beside = range(max(0, index - 2), min(len(every), index + 2))
        around = [p for at in beside for p in read[at] if not _measure(every[at].words, p)]
        near = {p.value for p in around} | {p.of.whole for p in around if p.of is not None}
        told = [(w, counts[a : b + 1]) for a, b in _runs(counts) for w in _wholes(every, read, index, a, b)]
        told = [(w._replace(head=re.sub(r" {2,}", " ", w.head)), run) for w, run in told]
        told.sort(key=lambda x: x[0].line is not line)
        for whole, run in told:
            if _of_another(whole, run, counts, line.words):
                continue
            if _with_those_before(whole, run, read[index - 1] if index else (), line.words):
                continue
            if misses(whole, run, near, run[-1].after + ("" if run[-1] is counts[-1] else "⟨")):
                yield _finding(reading, line, whole, run)
                break


def _of_another(whole: Whole, run: tuple[Part, ...], counts: tuple[Part, ...], words: str) -> bool:
    """Say whether a run is not all of a list, has its own total first, or is told of another number than the whole."""
    value, made = whole.part.value, sum(p.value for p in run)
    own = made
    if not value:
        return True
    place = counts.index(whole.part) if whole.part in counts else 0
    if place and counts[place - 1].value == value + own:
        return True  # "47 dogs (23 intact males, 15 neutered males, 9 females)"
    for part in counts[counts.index(run[-1]) + 1 :][:3]:
        made += part.value
        if made == value:
            return True
    if len(run) > 2 and run[0].value == sum(p.value for p in run[1:]) and _INTO.search(run[1].before):
        return True
    if _SEVERAL.search(words):
        return True
    if _BASE.search(run[0].before):
        return True  # "among 95 who tested negative, 72 were well"
    if own < value and _of_each(run, words):
        return True
    ends = [p.number.end for p in run]
    shares = [float(m[1]) for e in ends if (m := _SHARE.match(words, e) or _INSIDE.match(words, e))]
    if len(shares) == len(run) and abs(sum(shares) - 100) > 15 and abs(sum(shares) - 100 * own / value) > 15:
        return True  # each of another number
    if len(shares) == len(run) and abs(sum(shares) - 100) > 3 and abs(sum(shares) - 100 * own / value) < 3:
        return True  # by their own shares they are not all of it
    later = counts[counts.index(run[-1]) + 1 :][:1]
    if later and joined(later[0]) and own > value and _verb(run[-1]) == _verb(later[0]) != "":
        return True  # "248 had A, 78 had B and 53 had C": the list goes on
    if re.search(r"\b(?:while|whereas)\b", run[0].before):
        return True  # of another sample
    return any(p.of is not None and p.of.whole != value for p in run)


def _measure(words: str, part: Part) -> bool:
    """Say whether a number is bare in a bracket, or has a unit: a limit, a quartile or a time, no rest of people."""
    start, end = part.number.start, part.number.end
    bare = re.search(r"[(\[;,-]\s?$", words[:start]) and re.match(r"\s?[;,)\]-]", words[end:])
    return bool(
        bare or re.match(r"\s?(?:days?|weeks?|months?|years?|hours?|h|min(?:utes)?|mm|mg|mL|points?)\b", words[end:])
    )


def _verb(part: Part) -> str:
    """Give the verb right behind a count, if one stands there."""
    found = re.match(r" ?(had|were|was|received|underwent|showed|reported)\b", part.after)
    return found[1] if found else ""


def _with_those_before(whole: Whole, run: tuple[Part, ...], before: tuple[Part, ...], words: str) -> bool:
    """Say whether some told in the sentence before make up the number: "A further 14 were stable, giving 33"."""
    earlier = [p.value for p in before[-4:]]
    more = re.search(r"(?:^|[,;] )\W*(?:a |and )?(?:further|another|additional\w*)\b", words, re.I) is not None
    made = [sum(some) for k in (1, 2) for some in combinations([p.value for p in run[:5]], k)]
    return more and any(
        sum(some) + own == whole.part.value for k in (1, 2) for some in combinations(earlier, k) for own in made
    )


def _of_each(run: tuple[Part, ...], words: str) -> bool:
    """Say whether two parts have shares of numbers of their own: "418 girls and 352 boys (19.5% and 17.3%)"."""
    told = {s.events.start: s.percent for s in proportions(marked(words)) if s.events and s.percent}
    found = [float(p.printed) for part in run if (p := told.get(part.number.start)) is not None]
    return len(run) == len(found) == 2 and abs(sum(found) - 100) > 3


def _runs(counts: tuple[Part, ...]) -> Iterator[tuple[int, int]]:
    """Give first and last place of the lists: the longest from each start, that without its last, the first two."""
    first = 0
    while first < len(counts) - 1:
        last = first
        while last + 1 < len(counts) and joined(counts[last + 1]):
            last += 1
        for start in range(first, last):
            yield start, last
            if last - start > 1 and (start == first or _pair(counts[start : start + 3])):
                yield start, last - 1 if start == first else start + 1
        first = last + 1


def _pair(three: tuple[Part, ...]) -> bool:
    """Say whether two counts go to groups and the third does not: "155 to A and 135 to B, seven withdrew"."""
    heads = [(re.findall(r"^ ?([a-z]+)\b", p.after) or [""])[0] for p in three]
    return heads[0] == heads[1] != heads[2] and heads[0] in ("to", "on", "in", "with", "given", "received", "receiving")


def _wholes(every: list[Line], read: list[tuple[Part, ...]], index: int, first: int, last: int) -> Iterator[Whole]:
    """Give the numbers that a list may divide: the one before it, the one after it, those of the sentence before."""
    counts, line = read[index], every[index]
    if first and not _member(counts[first - 1], counts[first]):
        yield Whole(counts[first - 1], line, counts[first - 1].before[-100:] + " ⟨⟩ " + counts[first].before)
    if first > 1 and _WITHIN.search(counts[first - 1].before) and not _member(counts[first - 2], counts[first]):
        yield Whole(counts[first - 2], line, counts[first - 2].before[-100:] + " ⟨⟩ " + counts[first].before)
    if last + 1 < len(counts):
        yield Whole(counts[last + 1], line, "")
    base = counts[last].of
    sexes = sum(bool(SEX.search(p.before)) for p in counts[first : last + 1]) == 2
    if base is not None and (last - first > 1 or sexes) and all(p.of is None for p in counts[first:last]):
        yield Whole(Part(base, "", ""), line, f"{counts[first].before[-60:]} of ⟨⟩ : ")
    if last + 1 < len(counts) and AMONG.search(counts[last].after):
        yield Whole(counts[last + 1], line, "of ⟨⟩ : ")
    if not first and index and every[index - 1].section == line.section:
        for part in read[index - 1][:2]:
            yield Whole(part, every[index - 1], f"{part.before[-40:]} ⟨⟩ {part.after} . {counts[first].before}", True)
        if REASONS_WERE.search(counts[first].before):
            yield from _left(every[index - 1], read[index - 1], counts[first])
    if not first and last > 1 and (subject := _SUBJECT.match(counts[first].before)) is not None:
        yield from _of_noun(every, read, index, subject[1].lower())


def _left(line: Line, counts: tuple[Part, ...], first: Part) -> Iterator[Whole]:
    """Give those of the sentence before who did not stay: "of 913 screened, 309 were randomised"."""
    if len(counts) > 1 and counts[0].value > counts[1].value:
        number = counts[0].number
        gone = Printed.parse(str(counts[0].value - counts[1].value))
        yield Whole(
            Part(Number("c", gone, number.start, number.end), "", ""), line, f"⟨⟩ excluded . {first.before}", True
        )


def _of_noun(every: list[Line], read: list[tuple[Part, ...]], index: int, noun: str) -> Iterator[Whole]:
    """Give the largest number told of the noun that is the subject of a list, in the sentences before."""
    told = [
        (p, every[at]) for at in range(max(0, index - 8), index - 1) for p in read[at]
        if re.match(rf" (?:[a-z-]+ ){{0,2}}?{noun}\b", p.after)
    ]  # fmt: skip
    if told:
        part, line = max(told, key=lambda x: x[0].value)
        yield Whole(part, line, f"⟨⟩ {noun} . {noun} were ", True)


def _member(one: Part, two: Part) -> bool:
    """Say whether a number reads as the first of the list: "biliary in 151, alcohol in 98"."""
    ends = [m[0] for x in (one, two) if (m := re.search(r"\b(?:in|to|for|by|at|from|was|were|with) $", x.before))]
    as_one = [m[0] for x in (one, two) if (m := re.match(r" (?:[a-z]+ ){0,2}?as ", x.after))]
    return any(len(same) == 2 and same[0] == same[1] for same in (ends, as_one))


def _finding(reading: Reading, line: Line, whole: Whole, run: tuple[Part, ...]) -> Finding:
    made = sum(p.value for p in run)
    shown = " + ".join(str(p.value) for p in run)
    return reading.finding(
        "GROUPS", "inconsistent",
        f"the parts, {shown} = {made}, are inconsistent with {whole.part.value}",
        "a part may not be told, or people may belong to several; otherwise a digit is misprinted",
        quotes=(spot(line, *(p.number for p in run)), spot(whole.line, whole.part.number),
                *(spot(line, p.number) for p in run)),
        computed=(("sum", str(made)),),
    )  # fmt: skip
