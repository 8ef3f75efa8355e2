"""Percentages of "them", of the number told just before: "we enrolled 34 patients. Of these, 32.5% were women".

No whole number of them gives the percentage, nor of any number of the paper that the share may be of instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, printed_numbers
from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.shares_uncounted import cut_short, impossible, share_of_whole
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import counts_that_print
from evsynth.text.expressions import Expression

CODES = ("PERCENT_IMPOSSIBLE",)

_PEOPLE = (
    r"(?:patients|participants|people|persons|subjects|children|infants|adults|women|men|girls|boys|cases|individuals|"
    r"students|nurses|volunteers|respondents|eyes|animals|mice|rats)"
)
_THEM = r"(?:these|them|those|whom|which)"
_SHARES = (
    Expression(rf"(?:^|[.:;,(] ?)(?:Of|Among|of|among) {_THEM}(?: {_PEOPLE})?,? (?:only )?⟨p(?P<p>\d+)⟩(?= [a-z])"),
    Expression(rf"⟨p(?P<p>\d+)⟩ of (?:{_THEM}\b(?: {_PEOPLE})?|(?:the|our) {_PEOPLE}|the sample|the cohort)"),
    Expression(r"⟨p(?P<p>\d+)⟩ of (?:the|these|our) (?:baseline )?(?:data|values|records|questionnaires|samples)\b"),
)  # fmt: skip
_COUNTED = Expression(
    rf"⟨c(?P<c>\d+)⟩(?: (?!and\b|or\b|of\b)[A-Za-z][\w-]*){{0,4}}? {_PEOPLE}\b|{_PEOPLE} \(?[nN] ?= ?⟨c(?P<n>\d+)⟩"
)
_NO_SHARE = Expression(
    r"surviv|kaplan|cumulative|estimat|incidence|weighted|adjust|imput|expected|mean\b|median|average|variance|"
    r"about|approximately|nearly|almost|around|roughly|over ⟨p|(?:more|less|fewer) than ⟨p|at least ⟨p|some ⟨p|et al|"
    r"\b(?:rates?|coverage|agreement|person|visits?|tests?|samples?|doses?|weeks?|days?|time|bilateral\w*)\b", re.I,
)  # fmt: skip
_OTHERS = Expression(
    r"\b(?:exclud\w+|declined|refused|lost|withdrew|respon\w+|complet\w+|missing|available|evaluable|answered|"
    r"screened|invited|eligible|centres?|centers?|hospitals?|schools?)\b", re.I,
)  # fmt: skip
"""Words of a number of people that part of them may have left before the share was taken."""

_PART = Expression(
    r"[(\[]\s*$|\b(?:represent|account|correspond|amount|equal|constitut|compris|i\.e)\w*[^;.⟨]{0,20}$", re.I
)
"""Before a share whose part is told, not the number it is of: "7 patients (17.5% of those with a cause)"."""


def shares_of_them(reading: Reading) -> Iterator[Finding]:
    """Check percentages of "them" against the one number of people told in the sentence before, or earlier in its own.

    A note where a count gives it with the digits cut. Left alone: estimates and rates, percentages that are about,
    multiples of five, people some of whom left or have no data, and shares of any other number told, from half of the
    people, or from nine tenths whether told or not.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"(?:%|cent) of |\b(?:[Oo]f|[Aa]mong) (?:these|them|those|whom|which)\b", line.words):
            continue
        sentence = marked(line.words)
        if CHANGE.search(line.words) or _NO_SHARE.search(sentence.text):
            continue
        counted = {s.percent for s in proportions(sentence) if s.events is not None}
        limits = intervals_of(sentence)
        match = next((m for pattern in _SHARES for m in pattern.finditer(sentence.text)), None)
        if match is None or int(match["p"]) in limits or sentence.numbers[int(match["p"])] in counted:
            continue
        told = _told(every, index, sentence, match)
        if told is not None:
            yield from _judged(reading, line, sentence.numbers[int(match["p"])], *told)


def _told(every: list[Line], index: int, sentence: Marked, match: re.Match[str]) -> tuple[Line, Number] | None:
    """Give the one number of people told before the share: in its sentence, or where it tells none, in the last."""
    own = sentence.text[: match.start()]
    if _PART.search(own):
        return None
    places = [(every[index], sentence, own)]
    if index and every[index - 1].section == every[index].section:
        before = marked(every[index - 1].words)
        places.append((every[index - 1], before, before.text))
    for line, read, text in places:
        found = [read.numbers[int(m["c"] or m["n"])] for m in _COUNTED.finditer(text)]
        if found:
            alone = len(found) == 1 and not _OTHERS.search(text) and sum(n.kind == "c" for n in read.numbers) == 1
            return (line, found[0]) if alone else None
        if re.search(r"⟨[cp]", text):
            return None
    return None


def _judged(reading: Reading, line: Line, percent: Number, where: Line, of: Number) -> Iterator[Finding]:
    cut = cut_short(percent.printed, of.whole)
    if not cut and not impossible(percent.printed, of.whole):
        return
    others = {n for n in printed_numbers(reading) if of.whole / 2 <= n < of.whole}
    if any(counts_that_print(percent.printed, n) for n in others):
        return
    if not cut and any(counts_that_print(percent.printed, n) for n in range(math.ceil(0.9 * of.whole), of.whole)):
        return
    yield share_of_whole(reading, line, percent, of, (spot(line, percent), spot(where, of)), cut)
