"""Counts that a sentence lists, and the total that stands before or after them. Shared by the checks of sums.

A list is read by what joins its counts, not by its words: "12 refused, 5 died and 3 moved", "refusal (12), death (5) or
moving (3)", "(refusal, 12; death, 5)", "boys 12, girls 9". Numbers in other brackets (P values, intervals), bases ("of
60") and parts of parts ("four of them serious") are not its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import BRACKET
from evsynth.checks.scanned.facts.counts import NUMBER, as_letters, value
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

_PERCENT = r"\d+(?:\.\d+)?\s?(?:%|per ?cent\b)"
_ENTRY = Expression(
    rf"(?P<share>{_PERCENT})\s?[(\[]\s?(?:n\s?=\s?)?(?P<k1>{NUMBER})\s?[)\]]"
    rf"|[(\[]\s?(?:(?:[A-Za-z][A-Za-z -]{{0,25}}[,:;]\s?)?n\s?=\s?(?P<k2>\d{{1,3}}(?:[ ,]\d{{3}})+|\d+)|"
    rf"(?P<k3>{NUMBER}))(?:\s?[,;/]\s?(?P<p2>{_PERCENT})|"
    rf"\s?[(\[]\s?(?P<p3>{_PERCENT})\s?[)\]])?\s?[)\]]"
    rf"|\b(?<![(\[])n\s?=\s?(?P<k5>\d{{1,3}}(?:[ ,]\d{{3}})+|\d+)(?![\d%.]\d|\s?%)"
    rf"|(?P<k4>{NUMBER})(?P<base>\s(?:out )?of\s(?:the\s|these\s|all\s|our\s)?(?:\d[\d,]*|{NUMBER}))?"
    rf"(?:(?P<noun>(?:\s[A-Za-z][A-Za-z-]*){{0,4}})\s?[(\[]\s?(?P<p4>{_PERCENT})\s?[)\];,:]|,\s(?P<p5>{_PERCENT}))?",
    re.I,
)
_MEASURE = Expression(
    r"\s?-?\s?(?:(?:consecutive|full|calendar|more|or more|to \w+)\s)?(?:years?|yrs?|months?|weeks?|days?|nights|"
    r"hours?|h\b|"
    r"mcg|micrograms?|milligrams?|min(?:utes?)?\b|s\b|mg|g\b|kg|m?mol|ml|mm\b|cm\b|m\b|points?|IU|U\b|µ|times?\b|"
    r"fold|°|or (?:more|less|fewer|older|"
    r"younger)|and (?:over|older|above)|-?(?:item|point|year|month|week|day)|%|per\s?cent|mmHg|kPa|Hz|°C|k?cal\b|"
    r"degrees?|trimester|decimal|decades?|to \d|micromol)",
    re.I,
)
_NOT_COUNTED = Expression(
    r"(?i:[<>≥≤=±~]|\bstages?|\bgrades?|\bclass|\baged?|\bthan|\bwithin|\bleast|\bmost|\bbelow|\babove|\bover|\bunder|"
    r"\btables?|\bfig(?:ure|\.)?s?|\bstep|\bversion|\btypes?|\bday|\bdays|\bweek|\bweeks|\bmonth|\bmonths|\byear|"
    r"\byears|"
    r"\bphase|\blevels?|\bgroups?|\barms?|\babout|\bapproximately|\bnearly|\balmost|\baround|\broughly|\bscores?|"
    r"\bratio|"
    r"\bup to|\bperiods?|\bcohorts?|\bcases?|\bpatients?|\bchapter|\bsection|\bcoronavirus|\bcovid|\bhazard|\bline|"
    r"\bbetween|\bvisits?|\bcycles?|\bdose|\bscale|\brange[ds]?|\bP|\bmodels?|\bgenotypes?|\bquintiles?|"
    r"\bquartiles?)\s*(?:was\s+|were\s+)?$",
)
_GROUP = Expression(r"\b(?:group|arm|cohort)s?\s*$", re.I)
_SIZE = Expression(r"(?:[2-9]\d|[1-9]\d{2,4})(?:;|\.?$)")
"""The size of a group after its name: "the control group 447; 1259 in all"."""
_LENGTH = Expression(rf"(?:{NUMBER}|\d)[\s-](?:years?|months?|weeks?|days?|visits?|cycles?)\s$", re.I)
"""A length of time that ends a label: the number after it counts those it is true of ("taken under four weeks 6")."""
_CODE = Expression(r"\b[A-Za-z]+-?\d+[A-Za-z+]*\b(?!-\d)")
"""A name with a number in it: PL-12, CD4, HLA-B27."""
_VERB = Expression(
    r"\s(?:patients\s)?(?:\([^()]*\)\s)?(?:had|were|was|did|died|could|left|withdrew|dropped|completed|discontinued|"
    r"stopped)\b"
)
_BASE = Expression(
    r"(?<!total )(?<!sample )(?<!cohort )\b(?:of|among|amongst|out of|from)\s(?:the\s|these\s|all\s|our\s|"
    r"those\s)*(?:other\s|remaining\s)?$",
    re.I,
)
_MONTH = Expression(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s*$|"
    r"\b(?:in|since|from|to|and|until|by|through|between|during|before|after|early|late|mid|of|since|year)\s*$", re.I,
)  # fmt: skip
_SUBSET = Expression(
    r"\b(?:of (?:whom|which|them|these|those)|including|among (?:them|whom|these)|both of|all of)\b|\bof the\s*$", re.I
)
_TAIL_SUBSET = Expression(r"\s*(?:[a-z]+\s)?(?:of (?:them|whom|which|these|those)\b|among them\b)", re.I)
_JOIN = Expression(
    r"[,;/]|\b(?:and|or|vs\.?|versus|v|while|whereas|but|plus|against|compared (?:with|to)|as well as|followed by|"
    r"then)\b",
    re.I,
)
_AMOUNT = Expression(
    r"(?:[<>≥≤]\s?)?(?<![\w.,-])\d+(?:[.,]\d+)?(?:\s?(?:-|to)\s?\d+(?:[.,]\d+)?)?\s?-?\s?"
    r"(?:years?|months?|weeks?|days?|hours?|h\b|minutes?|min\b|[mnµp]?g\b|kg\b|[nmµ]?mol\b|ml\b|mm\b|cm\b|mmHg|IU\b|"
    r"U/)|"
    r"\b(?:grade|stage|day|week|month|year|phase|type|class)s?\s\d+(?!\w)|\b[Pp]\s?[=<>]\s?0?\.\d+",
    re.I,
)
_SHORT = Expression(r"\b(?:spp|sp|subsp|var|vs|St|Dr|approx|resp|no)\.(?=\s)", re.I)
_OTHERS = Expression(r"\d")
FAR = 110
"""The longest text between two counts of one list, in characters."""


class Entry(NamedTuple):
    """A count told in a sentence; `first` and `last` enclose it with its percentage and base, in the words."""

    value: int
    start: int
    end: int
    first: int
    last: int
    percent: Printed | None = None
    bracketed: bool = False
    base: bool = False
    of: bool = False
    """Whether the number is a base itself: "of 60 patients"."""
    sized: bool = False
    """Whether it is printed as a size: "(n = 12)"."""

    def spot(self, offset: int) -> tuple[int, int]:
        """The offsets of the number in the document whose sentence starts at `offset`."""
        return offset + self.start, offset + self.end


class Tally(NamedTuple):
    """Counts that follow one another: the text before each (the head first) and after the last."""

    parts: tuple[Entry, ...]
    gaps: tuple[str, ...]
    tail: str

    @property
    def sum(self) -> int:
        """What the counts add up to."""
        return sum(part.value for part in self.parts)

    @property
    def shown(self) -> str:
        """The counts as a sum."""
        return " + ".join(str(part.value) for part in self.parts)


@lru_cache(maxsize=8192)
def entries(words: str) -> tuple[Entry, ...]:
    """Give the counts of a sentence in order, each with the percentage printed with it."""
    found: list[Entry] = []
    at = 0
    while (match := _ENTRY.search(words, at)) is not None:
        name = next(n for n in ("k1", "k2", "k3", "k4", "k5") if match[n])
        start, end = match.span(name)
        at = max(end, match.end())
        if name == "k4" and not (match["p4"] or match["p5"]):
            at = match.end("base") if match["base"] else end
        last = at
        if name == "k4" and match["noun"] and re.search(r"\b(?:and|or|versus|vs|against|while)\b", match["noun"]):
            last = at = match.end("base") if match["base"] else end
            share = None
        else:
            share = next((match[n] for n in ("share", "p2", "p3", "p4", "p5") if match[n]), None)
        if name in ("k3", "k4") and _measured(words, start, end, name):
            at = end
            continue
        text = re.sub(r"\s?(?:%|per ?cent)", "", share, flags=re.I) if share else None
        found.append(
            Entry(
                value(words[start:end]), start, end, match.start(), last, Printed.parse(text) if text else None,
                name in ("k2", "k3"), bool(match["base"]),
                _BASE.search(words[max(0, start - 40) : start]) is not None, name in ("k2", "k5"),
            )
        )  # fmt: skip
    return tuple(found)


def _measured(words: str, start: int, end: int, name: str) -> bool:
    """Say whether a number is a measurement, an age, a grade, a year or a label rather than a count."""
    if _MEASURE.match(words[end : end + 30]):
        return True
    before = words[max(0, start - 24) : start]
    if (
        name == "k4"
        and _NOT_COUNTED.search(before)
        and not (_GROUP.search(before) and (_VERB.match(words[end : end + 20]) or _SIZE.match(words[start:])))
        and not _LENGTH.search(words[max(0, start - 40) : start])
    ):
        return True
    text = words[start:end]
    return bool(re.fullmatch(r"(?:19|20)\d\d", text)) and (
        name == "k3" or bool(_MONTH.search(words[max(0, start - 14) : start])) or words[end : end + 1] == "-"
    )


def between(words: str, one: Entry, two: Entry) -> str:
    """Give the text between two counts, what stands in other brackets blanked."""
    gap = BRACKET.sub(lambda m: " " * len(m[0]), words[one.last : two.first])
    return _CODE.sub(as_letters, _AMOUNT.sub(lambda m: " " * len(m[0]), gap))


def tallies(words: str, told: tuple[Entry, ...], low: int = 0, high: int | None = None) -> Iterator[Tally]:
    """Give the lists of two or more counts that lie between two places of the words, each as long as it goes."""
    high = len(words) if high is None else high
    inside = [e for e in told if low <= e.first and e.last <= high]
    run: list[Entry] = []
    gaps: list[str] = []
    begin = low
    for entry in inside:
        if entry.of:
            continue
        if _TAIL_SUBSET.match(words[entry.last :]):
            continue
        if run and _SUBSET.search(words[run[-1].last : entry.first].rpartition(": ")[2]):
            continue
        gap = between(words, run[-1], entry) if run else words[begin : entry.first]
        if run and not joined(gap):
            yield from _closed(words, run, gaps, high)
            run, gaps, gap = [], [], words[run[-1].last : entry.first]
        run.append(entry)
        gaps.append(gap)
    yield from _closed(words, run, gaps, high)


def joined(gap: str) -> bool:
    """Say whether a text joins two counts of one list."""
    gap = _SHORT.sub("   ", gap)
    return (
        len(gap) <= FAR
        and _JOIN.search(gap) is not None
        and _OTHERS.search(gap) is None
        and not re.search(r"[.:?]\s|\)\s*[.:]|[()\[\]]", gap)
    )


def _closed(words: str, run: list[Entry], gaps: list[str], high: int) -> Iterator[Tally]:
    if len(run) > 1:
        yield Tally(tuple(run), tuple(gaps), words[run[-1].last : high])


def enclosed(words: str, start: int) -> int:
    """Give where the bracket opened just before `start` closes; the end of the words where it does not."""
    depth = 1
    for index in range(start, len(words)):
        depth += (words[index] in "([") - (words[index] in ")]")
        if depth == 0:
            return index
    return len(words)
