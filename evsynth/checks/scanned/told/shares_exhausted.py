"""Percentages that by their words make up all: "63% were women; the remaining 47% were men", "good 52%, fair 31%, ...".

The rest of all is 100% less what was told before it; classes of which each patient has one make 100%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.opposites_named import opposite
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT")

_REST = Expression(
    r"\b(?:[Tt]he|[Aa]ll) (?:others|rest|remainder|(?:remaining|other)(?: (?!group|arm|trial|stud|hand|half|side|"
    r"cent|site|"
    r"hospital|cohort|countr|two\b|three\b|eye|sample|set\b|outcome|categor|item)[a-z]+)?)"
    r"(?: of (?:the )?[a-z]+| being| was| were|,)* ?\(?⟨p(?P<p>\d+)⟩(?! of (?:these|those|them|whom|which))"
)
_CLASSED = Expression(
    r"\b(?:(?:classified|classed|graded|rated|categori[sz]ed|judged|staged|divided|distributed|grouped|split|broken "
    r"down) (?:as|into|to|by)|assigned to|(?:one|⟨c\d+⟩) of (?:the |⟨c\d+⟩ )|either|only one|exclusive\w*)\b", re.I,
)  # fmt: skip
_SCALES = tuple(
    Expression(rf"\b(?:{x})\b", re.I)
    for x in (
        r"mild\w*|moderate\w*|severe\w*", r"good|fair|poor|excellent|bad|very good|unsatisfactory|satisfactory",
        r"low|intermediate|medium|high", r"agreed?|disagreed?|undecided|neutral|unsure|no opinion|indifferent",
        r"improved|unchanged|worse(?:ned)?|deteriorated|the same|stable", r"never|former|ex|current|past",
        r"underweight|normal|overweight|obese|obesity", r"single|married|divorced|widowed|cohabiting",
        r"(?:stages? |grades? |class |type |ASA )?(?:I|II|III|IV|V)", r"(?:stages? |grades? |class )(?:0|1|2|3|4|5|"
                                                                      r"⟨\w\d+⟩)",
        r"always|often|sometimes|rarely|seldom", r"yes|no|don't know|do not know|unknown",
        r"complete|partial|none|incomplete|no response", r"primary|secondary|tertiary|university",
        r"positive|negative|indeterminate|equivocal", r"better|no difference|worse", r"absent|present|doubtful",
        r"spontaneous|instrumental|c(?:a?)esarean|forceps|vaginal|vacuum", r"alive|dead|died|lost to follow-up",
        r"adequate|borderline|inadequate|insufficient", r"benign|borderline|malignant", r"left|right|bilateral|both",
        r"morning|afternoon|evening|night", r"small|medium|large", r"(?-i:[ACGT]/?[ACGT])",
    )
)  # fmt: skip
_LOOSE = Expression(
    r"more than one|several|both sides|multiple|or (?:more|higher|worse|older|better)|at least|respectively|groups?\b|"
    r"arms?\b|versus|\bvs\b|compared|from ⟨p|to ⟨p|includ|whom|which|placebo|controls?\b|baseline|overlap|also|"
    r"increase|decrease|reduc|sensitiv|specific|surviv|odds|hazard|range|average|mean\b|median|than",
    re.I,
)
_CHANGED = Expression(
    r"reduc|increas|decreas|improv\w+ (?:of|by)|survival|sensitiv|specific|predict|explain|varian|power|of (?:these|"
    r"those|whom|which|them)\b|\b(?:vs|versus|than|group|arm|placebo|controls?)\b|compared|confiden",
    re.I,
)
_EVERY = Expression(r"\b(?:as|into|in) (?:either )?(?:⟨c\d+⟩|one) or the other\b|\beither\b[^.;]{0,30}\bor\b", re.I)
_LIMIT = Expression(r"(?:[<>≤≥≦≧~-]|\b(?:than|least|most|over|under|above|below|to|from|by)) ?$")
_WERE = Expression(r" (?:of (?:the |our |all )*(?P<who>[a-z-]+(?: [a-z-]+)??) )?(?:was|were|are) (?P<what>[a-z-]+)")
ROOM = 0.6
"""Percentage points a sum may be off beyond the rounding of its parts."""


def shares_exhausted(reading: Reading) -> Iterator[Finding]:
    """Add up percentages that are all of one whole by their words.

    Left alone: shares of groups, answers of which a person can give several, a rest of only a part of the patients.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        percents = _percents(sentence)
        if len(percents) < 1 or _RISK.search(line.words) or _whole_first(percents):
            continue
        found = list(_rest(reading, every, index, sentence, percents))
        if not found and len(percents) > 1:
            found = [*_classes(reading, line, sentence, percents), *_two_kinds(reading, line, sentence, percents)]
        yield from found[:1]


_RISK = Expression(r"\b(?:risk|either)\b", re.I)
"""Shares of each of several classes that had an event, or found by several means."""


def _whole_first(percents: list[tuple[int, Number]]) -> bool:
    """Say whether the first share is that of all, and the others are its parts."""
    values = [float(n.printed) for _, n in percents]
    return len(values) > 2 and abs(values[0] - sum(values[1:])) <= ROOM


def _percents(sentence: Marked) -> list[tuple[int, Number]]:
    limits = intervals_of(sentence)
    return [(i, n) for i, n in enumerate(sentence.numbers) if n.kind == "p" and i not in limits]


def _rest(
    reading: Reading, every: list[Line], index: int, sentence: Marked, percents: list[tuple[int, Number]]
) -> Iterator[Finding]:
    """Check "71% survived; the rest (39%) died"."""
    line, text = every[index], sentence.text
    for match in _REST.finditer(text):
        rest = sentence.numbers[int(match["p"])]
        told = [(line, n) for _, n in percents if n.start < rest.start]
        lead = text[: match.start()]
        counted = len(re.findall(r"⟨c\d+⟩", lead)) - sum(1 for _ in re.finditer(r"\(?⟨c\d+⟩ ?[,;)]", lead))
        if not told and index and every[index - 1].section == line.section and counted == 0:
            before = marked(every[index - 1].words)
            told = [(every[index - 1], n) for _, n in _percents(before)]
            lead = before.text
            if len(told) != 1:
                return
        if not told or len(told) > 5 or _CHANGED.search(lead) or rest.printed.bound:
            continue
        sums = [
            sum(float(n.printed) for _, n in some) for k in range(1, len(told) + 1) for some in combinations(told, k)
        ]
        room = ROOM + sum(0.5 * 10.0**-n.printed.decimals for n in (rest, *(n for _, n in told)))
        if any(abs(s + float(rest.printed) - 100) <= room for s in sums) or any(n.printed.bound for _, n in told):
            continue
        if len(told) > 1 and max(sums) + float(rest.printed) < 100:
            continue  # the rest may be of more classes than are told
        if len(told) == 1 and counted > 1 and float(told[0][1].printed) + float(rest.printed) < 100:
            continue  # those counted without a percentage are no rest
        yield _finding(reading, [*told, (line, rest)])
        return


def _classes(reading: Reading, line: Line, sentence: Marked, percents: list[tuple[int, Number]]) -> Iterator[Finding]:
    """Check three or more classes told in one list: "good (52%), fair (31%) or poor (27%)"."""
    text = sentence.text
    places = [text.index(f"⟨p{i}⟩") for i, _ in percents]
    if any(_LIMIT.search(text[:at]) for at in places):
        return
    for size in range(min(6, len(percents)), 2, -1):
        for at in range(len(percents) - size + 1):
            run, spots = percents[at : at + size], places[at : at + size]
            gaps = [text[a + 3 : b] for a, b in pairwise(spots)]
            begin = max(text.rfind(mark, 0, spots[0]) for mark in (". ", ";", ":")) + 1
            whole = text[begin : spots[-1] + 40]
            if any(len(g) > 45 or re.search(r"[.;]", g) for g in gaps) or not re.search(r"\b(?:and|or)\b", gaps[-1]):
                continue
            if _LOOSE.search(whole) or any(n.printed.bound for _, n in run):
                continue
            total = sum(float(n.printed) for _, n in run)
            room = ROOM + 0.5 * sum(10.0**-n.printed.decimals for _, n in run)
            if not 100 + room < total < 160:
                return  # the longest list is judged
            labels = [text[max(begin, spots[0] - 30) : spots[0]], *gaps, text[spots[-1] : spots[-1] + 30]]
            if _named(labels, size) or (_CLASSED.search(text[: spots[0]]) and _same(labels, size)):
                yield _finding(reading, [(line, n) for _, n in run])
                return


def _named(labels: list[str], size: int) -> bool:
    """Say whether nearly all labels, told before or behind the numbers, are degrees of one scale, each another one."""
    for part in (labels[:-1], labels[1:]):
        for scale in _SCALES:
            found = [{m.lower() for m in scale.findall(x)} for x in part]
            if sum(bool(f) for f in found) >= size - (size > 3) and len(set().union(*found)) >= size - (size > 3):
                return True
    return False


def _same(labels: list[str], size: int) -> bool:
    """Say whether the labels are told alike: all with brackets, or all with one preposition."""
    return (
        len({(re.findall(r"\b(in|as|for|by|to|at) (?:⟨p\d+⟩)?$", x) or [""])[0] for x in labels[1:-1]}) == 1
        and size < 6
    )


def _two_kinds(reading: Reading, line: Line, sentence: Marked, percents: list[tuple[int, Number]]) -> Iterator[Finding]:
    """Check "88% were patent and 17% were occluded", where each is said to be one or the other."""
    text = sentence.text
    if len(percents) != 2:
        return
    (i, one), (j, two) = percents
    first, second = text.index(f"⟨p{i}⟩"), text.index(f"⟨p{j}⟩")
    total = float(one.printed) + float(two.printed)
    labels = text[first + len(f"⟨p{i}⟩") : second], re.split(r"[.;,]", text[second + len(f"⟨p{j}⟩") :])[0]
    if total <= 100 + ROOM + 1.0 or total > 160 or _CHANGED.search(text) or len(labels[0]) > 60:
        return
    said = [_WERE.match(x) for x in labels]
    first_said, second_said = said
    bare = re.match(r",? (?:and )?(?P<what>[a-z-]+)(?:$|[ .])", labels[1])
    if first_said is not None and second_said is None and bare is not None and len(labels[0].split()) < 5:
        second_said = _WERE.match(f" were {bare['what']}")
    kinds = (
        first_said is not None and second_said is not None
        and second_said["who"] in (None, first_said["who"])
        and opposite(first_said["what"], second_said["what"])
    )  # fmt: skip
    if kinds or _EVERY.search(text):
        yield _finding(reading, [(line, one), (line, two)])


def _finding(reading: Reading, told: list[tuple[Line, Number]]) -> Finding:
    total = sum(float(n.printed) for _, n in told)
    shown = " + ".join(f"{n.printed}%" for _, n in told)
    return reading.finding(
        "PARTS_EXCEED" if total > 100 else "PARTS_FALL_SHORT", "inconsistent",
        f"{shown} = {total:g}% is inconsistent with 100%, which they make by what they are called",
        "a part may not be told, or the rest may be of a part of the patients; otherwise a digit is misprinted",
        quotes=tuple(spot(x, n) for x, n in told), computed=(("sum", f"{total:g}"),),
    )  # fmt: skip
