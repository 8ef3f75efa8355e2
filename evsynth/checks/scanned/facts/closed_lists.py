"""Lists that are all of a number by their form: closed by a bracket or opened by a colon, or two opposites after it."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.divided_words import LOOSE, REASONS, SEVERAL, TWO_WAYS, UNITS
from evsynth.checks.scanned.facts.parted import Part
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap, one_digit, swapped, teen
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_BECAUSE = Expression(
    r"⟨⟩(?:[^⟨:.;]|⟨[^c⟩]\d+⟩){0,80}\b(?:because of|owing to|due to|on account of|on grounds of|for reasons of)\b"
    r"[^⟨:.;]{0,45}$"
)
"""What opens a list of reasons, each with its number behind it, without a colon."""

_HARM = Expression(
    r"\b(?:for|because of|due to|to|owing to|of|with) (?:an |any |other |serious |drug-related "
    r")?adverse events?\b"
)
"""A reason to leave, of which a person has one."""


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
    named = _BECAUSE.search(whole.head) is not None and all(re.search(r"[a-z] $", p.before) for p in run)
    if not named and opened is None:
        return False
    if named and any(re.search(r"\b(?:followed by|then|next)\b", p.before) for p in run):
        return False
    if whole.before or max(p.value for p in run) >= total:
        return False
    ended = re.match(r"[^⟨;:]*(?: \. |\.?$|;|\. )", tail) is not None
    words = _HARM.sub("", " | ".join([*(p.before for p in run[1:]), re.split(r" \. |;", tail)[0]]))
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
    near = 9.0
    if len(run) > 2 and one_digit(total, total + over) and re.search(r"\band\b", run[-1].before):
        near = 0.35 * total
    return -min(near, 0.35 * total) <= over <= 0.5 * total and (over > 0 or slip or fewest - over < 10)


def teens(whole: Whole, run: tuple[Part, ...]) -> bool:
    """Say whether one part is more than all, by thirteen for three or exchanged digits: "19 died, 21 of them in B"."""
    values, total = [p.value for p in run], whole.part.value
    most, over = max(values), sum(values) - total
    if not whole.head or whole.before or most < total or total < 5 or most - over < 1:
        return False
    opened = re.search(
        r"⟨⟩ (?:[^⟨.;:,]|⟨[^c⟩]\d+⟩){0,70}(?:[,:;] ?|: [^⟨.;:]{2,40} in )$", whole.head
    ) is not None and not re.search(r"⟨⟩ of\b", whole.head)  # fmt: skip
    listed = ":" in whole.head and re.search(r"\band\b", run[-1].before) is not None
    alike = [(re.findall(r"^ ?([a-z]+)\b", p.after) or [""])[0] for p in run]
    if len(run) == 2 and not (re.search(r": ?$", whole.head) or alike[0] == alike[1] != ""):
        return False
    between = " ".join(p.before for p in run[1:])
    if LOOSE.search(between) or re.search(r"\b(?:vs|versus|v|to|compared)\b", between) or len(run) > 6:
        return False
    return opened and (swapped(most, most - over) or ((len(run) == 2 or listed) and teen(most, most - over)))


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
