"""Lists that are all of a number by their form: closed by a bracket or opened by a colon, or two opposites after it."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.divided_words import LOOSE, REASONS, SEVERAL, TWO_WAYS, UNITS
from evsynth.checks.scanned.facts.parted import Part
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap, teen
from evsynth.checks.scanned.prose import Line


class Whole(NamedTuple):
    part: Part
    line: Line
    head: str
    before: bool = False
    """Whether it stands in the sentence before."""


def closed(whole: Whole, run: tuple[Part, ...], tail: str) -> bool:
    """Say whether a colon or bracket lists the reasons for which so many left, one each, and the list misses them."""
    total, over = whole.part.value, sum(p.value for p in run) - whole.part.value
    opened = re.search(r"⟨⟩(?:[^⟨:.;]|⟨[^c⟩]\d+⟩){0,90}:[^⟨:.;]{0,60}$", whole.head)
    if opened is None or whole.before or max(p.value for p in run) >= total:
        return False
    ended = re.match(r"[^⟨;:]*(?: \. |\.?$|;|\. )", tail) is not None
    words = " | ".join([*(p.before for p in run[1:]), re.split(r" \. |;", tail)[0]])
    gone = REASONS.search(whole.head) or (len(run) == 2 and whole.part.after.count(":"))
    units = UNITS.search(whole.head) and abs(over) <= max(2, 0.1 * total)
    if (
        not ended
        or not (gone or (units and re.search(r"\band\b", run[-1].before)))
        or SEVERAL.search(words)
        or "=" in run[0].before
    ):
        return False
    parts = [p.before for p in run]
    if len(run) == 2:
        ends = [re.findall(r"\b(in|to|at|by|with|on|from|for|of|were|had) ?$", x) for x in parts]
        return bool(ends[0]) and ends[0] == ends[1] and total > 5 and abs(over) <= max(2, 0.15 * total)
    fewest = min(p.value for p in run)
    slip = mended_by_digit([*(p.value for p in run)], total) or mended_by_swap([p.value for p in run], total)
    return -min(9, 0.35 * total) <= over <= 0.5 * total and (over > 0 or slip or fewest - over < 10)


def teens(whole: Whole, run: tuple[Part, ...]) -> bool:
    """Say whether one of two groups has more than all, by thirteen for three: "twelve died, fifteen in B"."""
    values = [p.value for p in run]
    if len(run) != 2 or not whole.head or whole.before or max(values) < whole.part.value or whole.part.value < 5:
        return False
    alike = [(re.findall(r"^ ?([a-z]+)\b", p.after) or [""])[0] for p in run]
    opened = re.search(r"⟨⟩ [^⟨.;:]{0,50}[,:;] ?$", whole.head) is not None
    return opened and alike[0] == alike[1] != "" and teen(max(values), whole.part.value - min(values))


def two_ways(whole: Whole, run: tuple[Part, ...], tail: str) -> bool:
    """Say whether a number is divided by opposites right after it: "nine genes differed, six higher and two lower"."""
    total, values = whole.part.value, [p.value for p in run]
    if len(run) != 2 or whole.before or not whole.head or max(values) >= total or total < 4:
        return False
    opened = re.search(r"⟨⟩ [^⟨.;]{0,60}[,:;] ?$", whole.head)
    labels = [run[1].before, re.split(r"[.;:,]| \. ", tail)[0]]
    if opened is None or any(len(x.split()) > 7 for x in labels) or LOOSE.search(" ".join(labels)):
        return False
    if not re.match(r"^(?: [a-z-]+){1,4}(?:,? and| but|,) $", labels[0]) or abs(sum(values) - total) > 0.35 * total:
        return False
    for pattern in TWO_WAYS:
        found = [pattern.search(x) for x in labels]
        if all(found) and {m.lastgroup for m in found if m} == {"a", "b"}:
            return True
    return False
