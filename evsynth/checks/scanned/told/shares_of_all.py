"""The share of all beside those of the groups it is made of: "16 patients (14.3%): 14 (22.6%) on A, 5 (7.0%) on B".

The shares of the groups fit the sizes of the groups, told anywhere or beside them; hence those of all are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.denominators import CHANGE, fits
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import last_digit
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_OF_ALL = Expression(
    r"\b(?:overall|in total|in all|altogether|all (?:patients|participants|women|men|children)|combined|pooled|taken "
    r"together|(?:whole|entire|total|full) (?:cohort|group|sample|population|series)|both groups together)\b", re.I,
)  # fmt: skip
_LINK = Expression(r"\b(?:and|v|vs|versus|against|compared (?:with|to)|while|whereas|but)\b|[,/;]", re.I)
_PART = Expression(r"\bof (?:whom|which|these|them|those)\b|\bincluding\b|\bamong (?:them|these)\b", re.I)
LEAST, MOST = 20, 6
"""Fewer people than this in all, or more shares in a sentence, agree too often by chance."""


def shares_of_all(reading: Reading) -> Iterator[Finding]:
    """Compare the share of all with the shares of two to four groups told in the same sentence, all with counts.

    Left alone: groups whose shares do not fit their sizes; a share that is one of a group; a share of all with another
    count and percentage.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if line.words.count("%") + line.words.count("cent") < 3:
            continue
        sentence = marked(line.words)
        told = [s for s in proportions(sentence) if s.percent is not None and not s.percent.printed.bound]
        for size in (4, 3, 2) if 3 <= len(told) <= MOST else ():
            found = [
                f
                for i in range(len(told) - size + 1)
                for f in _parts(reading, line, sentence, told, told[i : i + size])
            ]
            if found:
                yield found[0]
                break


def _parts(
    reading: Reading, line: Line, sentence: Marked, told: list[Proportion], parts: list[Proportion]
) -> Iterator[Finding]:
    gaps = [sentence.text[a.end : b.start] for a, b in pairwise(parts)]
    if any(s.events is None for s in parts) or any(not _LINK.search(g) or "." in g or _PART.search(g) for g in gaps):
        return
    beside = [
        s for s in told if s not in parts and s.of is None and (s.start < parts[0].start or s.start > parts[-1].end)
    ]
    near = [s for s in beside if s in (_before(told, parts), _after(told, parts))]
    near = [
        s
        for s in near
        if not re.search(r"[.;]", sentence.text[min(s.end, parts[-1].end) : max(s.start, parts[0].start)])
    ]
    for sizes in _sizes(reading, parts):
        of, count = sum(sizes), sum(s.events.whole for s in parts if s.events is not None)
        if of < LEAST or min(sizes) < 5:
            continue
        for whole in near:
            if _of_one_group(reading, whole, of):
                continue
            said = _judged(sentence, whole, parts, count, of)
            if said:
                quotes = (spot(line, *whole.numbers), *(spot(line, *s.numbers) for s in parts))
                yield reading.finding(
                    "GROUPS", "inconsistent", said,
                    "the share of all may be of other people; otherwise a digit is misprinted", quotes=quotes,
                    computed=(("share of all", f"{100 * count / of:.4g} %"),),
                )  # fmt: skip
                return


def _of_one_group(reading: Reading, whole: Proportion, of: int) -> bool:
    """Say whether a share, count and percentage, is that of one of the groups: "54 (45.8%) v 25 (21.6%)" of 118."""
    return any(n != of and fits(whole, n) for told in sizes_told(reading) if told.groups for n in told.sizes)


def _before(told: list[Proportion], parts: list[Proportion]) -> Proportion | None:
    at = told.index(parts[0])
    return told[at - 1] if at else None


def _after(told: list[Proportion], parts: list[Proportion]) -> Proportion | None:
    at = told.index(parts[-1])
    return told[at + 1] if at + 1 < len(told) else None


def _sizes(reading: Reading, parts: list[Proportion]) -> Iterator[tuple[int, ...]]:
    """Give the sizes that all shares of the groups are of."""
    if all(s.of is not None for s in parts):
        own = tuple(s.of.whole for s in parts if s.of is not None)
        if len(set(own)) > 1 and all(fits(s, n) for s, n in zip(parts, own, strict=True)):
            yield own
        return
    for told in sizes_told(reading):
        if told.groups and len(told.sizes) == len(parts):
            for order in dict.fromkeys((told.sizes, told.sizes[::-1])):
                if all(s.of is None and fits(s, n) for s, n in zip(parts, order, strict=True)):
                    yield order


def _judged(sentence: Marked, whole: Proportion, parts: list[Proportion], count: int, of: int) -> str:
    """Say what is wrong with a share of all, if anything; empty where it may be of something else."""
    if whole.percent is None or CHANGE.search(sentence.text[max(0, whole.start - 40) : whole.end + 20]):
        return ""
    sum_ = " + ".join(str(s.events.whole) for s in parts if s.events is not None)
    percent = whole.percent.printed
    right = f"{sum_} = {count} of {of} are {100 * count / of:.{max(1, percent.decimals)}f}%"
    agrees = prints(count, of, percent)
    named = _OF_ALL.search(sentence.text[max(0, whole.start - 50) : whole.start]) or _OF_ALL.match(
        sentence.text[whole.end :].lstrip(" )")
    )
    if whole.events is None:
        limits = [span(s.percent.printed) for s in parts if s.percent is not None]
        outside = span(percent).high < min(x.low for x in limits) or span(percent).low > max(x.high for x in limits)
        return f"{percent}% of all is inconsistent with its groups: {right}" if named and outside else ""
    if whole.events.whole != count and agrees and percent.decimals and count > 4:
        return f"{whole.events.printed} ({percent}%) of all is inconsistent with its groups: {right}"
    if whole.events.whole == count and not agrees and not last_digit(percent, count, of):
        return f"{whole.events.printed} ({percent}%) of all is inconsistent with its groups: {right}"
    if named and whole.events.whole != count and prints(whole.events.whole, of, percent) and percent.decimals:
        return f"{whole.events.printed} ({percent}%) of all is inconsistent with its groups: {right}"
    return ""
