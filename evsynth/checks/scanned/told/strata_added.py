"""Strata told by group, "29/73, 45/72 and 51/73; 9/31, 27/33 and 17/30", against the groups "38/104, 62/105, 68/103".

Where the denominators of the strata add up to the sizes of the groups, the counts must add up to those of the groups;
where the counts of one group's strata add up to a share told of it, the denominators must add up as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SUBGROUPS",)

_ANY = Expression(r"\b(?:of|/)\s?(?:the )?\d|\d\s?/\s?\d|\d of \d", re.I)
_REPEATED = Expression(r"\b(?:symptoms?|more than one|several|overlap\w*|multiple)\b", re.I)
_TOTAL = Expression(r"\b(?:overall|in total|in all|total|altogether|together|combined)\b", re.I)
LEAST = 12
"""Least count of a whole that strata are added up to."""


class Share(NamedTuple):
    """A count of a number of people, and the sentence that tells it."""

    line: Line
    events: Number
    of: Number


def strata_added(reading: Reading) -> Iterator[Finding]:
    """Add up the fractions of strata by group, and those of one group.

    Found: sums by group of which others are those told of the groups; denominators that miss where the counts make a
    number told with its share. Left alone: wholes that are told nowhere.
    """
    every = [
        (x, fractions(x)) for x in lines(reading, ("abstract", "results", "body")) if _ANY.search(x.words)
    ]  # fmt: skip
    if not every:
        return
    told = [s for _, own in every for s in own]
    for line, own in every:
        found = _by_group(reading, own, every) if len(own) > 3 else None
        found = found or _in_total(reading, line, own)
        if found is None and len(own) > 2 and not _REPEATED.search(line.words):
            found = _of_one(reading, own, told)
        if found is not None:
            yield found


def fractions(line: Line) -> list[Share]:
    """Give the fractions of a sentence in order."""
    found: list[Proportion] = [s for s in proportions(marked(line.words)) if s.events is not None and s.of is not None]
    return [Share(line, s.events, s.of) for s in found if s.events and s.of and s.events.whole <= s.of.whole]


def _in_total(reading: Reading, line: Line, own: list[Share]) -> Finding | None:
    """Judge two to five fractions and one of them all in the same sentence: "in total 887 of 1907"."""
    for count in (2, 3, 4, 5):
        for at in range(len(own) - count):
            run, whole = own[at : at + count], own[at + count]
            made = sum(s.events.whole for s in run)
            size = sum(s.of.whole for s in run)
            if (size == whole.of.whole) == (made == whole.events.whole):
                continue
            if size != whole.of.whole and not mended_by_swap([s.of.whole for s in run], whole.of.whole):
                continue
            said = _TOTAL.search(line.words[run[-1].of.end : whole.events.start + 1] + line.words[whole.of.end :][:25])
            if said and size != whole.of.whole and made >= LEAST:
                return _sized(reading, run, size, (line, whole.events), (line, whole.of))
            if said and max(s.events.whole for s in run) < whole.events.whole:
                return _finding(reading, run, whole, made, "of whom they are all")
    return None


def _by_group(reading: Reading, own: list[Share], every: list[tuple[Line, list[Share]]]) -> Finding | None:
    """Judge strata of two to four groups, told stratum by stratum or group by group, the groups elsewhere or first."""
    for groups in (2, 3, 4):
        elsewhere = [
            other[at : at + groups] for line, other in every if line is not own[0].line
            for at in range(len(other) - groups + 1)
        ]  # fmt: skip
        for strata, runs in ((own, elsewhere), (own[groups:], [own[:groups]])):
            if len(strata) % groups == 0 and len(strata) // groups in (2, 3):
                found = _columns(reading, strata, groups, runs)
                if found is not None:
                    return found
    return None


def _columns(reading: Reading, own: list[Share], groups: int, told: list[list[Share]]) -> Finding | None:
    rows = len(own) // groups
    for cut in ([own[g::groups] for g in range(groups)], [own[g * rows : (g + 1) * rows] for g in range(groups)]):
        sizes = tuple(sum(s.of.whole for s in column) for column in cut)
        made = tuple(sum(s.events.whole for s in column) for column in cut)
        runs = [run for run in told if tuple(s.of.whole for s in run) == sizes]
        if not runs or min(sizes) < LEAST or any(tuple(s.events.whole for s in run) == made for run in runs):
            continue
        for run in runs:
            wrong = [g for g in range(groups) if run[g].events.whole != made[g]]
            if len(wrong) == 1 and max(m for g, m in enumerate(made) if g != wrong[0]) >= 5:
                return _finding(reading, cut[wrong[0]], run[wrong[0]], made[wrong[0]], "while the other groups fit")
    return None


def _of_one(reading: Reading, own: list[Share], told: list[Share]) -> Finding | None:
    """Judge three strata or more of one group by their denominators: "198 of 247, 57 of 84 and 16 of 41"."""
    made, sizes = sum(s.events.whole for s in own), sum(s.of.whole for s in own)
    line = own[0].line
    first, end = own[0].events.start, own[-1].of.end
    counted = [n for n in marked(line.words).numbers if n.kind == "c" and first <= n.start < end]
    if made < LEAST or len(counted) != 2 * len(own) or sizes in numbers_told(reading):
        return None
    wholes = [(x.line, x.events, x.line, x.of) for x in told if x.events.whole == made] or list(_counted(reading, made))
    if not wholes:
        return None
    where, count, place, whole = min(wholes, key=lambda x: abs(x[3].whole - sizes))
    parts, of = [s.of.whole for s in own], whole.whole
    over = abs(of - sizes)
    slip = mended_by_swap(parts, of) or mended_by_digit(parts, of)
    if max(parts) >= of or over > 0.1 * of or not (slip or over <= 0.04 * of):
        return None
    return _sized(reading, own, sizes, (where, count), (place, whole))


def _sized(
    reading: Reading, own: list[Share], made: int, count: tuple[Line, Number], whole: tuple[Line, Number]
) -> Finding:
    shown = " + ".join(str(s.of.whole) for s in own)
    return reading.finding(
        "SUBGROUPS", "inconsistent",
        f"the strata, {shown} = {made}, are inconsistent with {whole[1].whole}, though their counts make the "
        f"{count[1].whole} told of it",
        "people may be in none of the strata, or in two; otherwise a digit is misprinted",
        quotes=(spot(own[0].line, own[0].events, own[-1].of), spot(*count), spot(*whole)),
        computed=(("sum", str(made)),),
    )  # fmt: skip


def _counted(reading: Reading, count: int) -> Iterator[tuple[Line, Number, Line, Number]]:
    """Give a count told with a percentage alone, and the numbers told before it that give the percentage."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for at, line in enumerate(every):
        shares = proportions(marked(line.words)) if str(count) in line.words else ()
        for share in shares:
            if share.events is None or share.percent is None or share.of is not None or share.events.whole != count:
                continue
            if not share.percent.printed.decimals:
                continue
            for near in every[max(0, at - 2) : at + 1]:
                for number in marked(near.words).numbers:
                    if number.kind == "c" and prints(count, number.whole, share.percent.printed):
                        yield line, share.events, near, number


def _finding(reading: Reading, column: list[Share], whole: Share, made: int, why: str) -> Finding:
    shown = " + ".join(str(s.events.whole) for s in column)
    line = column[0].line
    return reading.finding(
        "SUBGROUPS", "inconsistent",
        f"the strata, {shown} = {made}, are inconsistent with {whole.events.printed} of {whole.of.printed} told of the "
        f"group, {why}",
        "they may count different things; otherwise a digit is misprinted",
        quotes=(spot(line, column[0].events, column[-1].of), spot(whole.line, whole.events),
                *(spot(line, s.events) for s in column)),
        computed=(("sum", str(made)),),
    )  # fmt: skip
