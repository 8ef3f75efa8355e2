"""A rate told of a count and its number: "420 of 500 consented (participation 74%)", "of 80, 20 had it, a PPV of 40%".

The rate is the share or what is left of it, "dropout 12%: 15 of 150 did not return".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.facts.effects_told import effects, intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import last_digit
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_NAME = (
    r"(?:rates?|proportions?|prevalence|shares?|percentages?|risks?|mortality|participation|attrition|drop-?out|uptake|"
    r"adherence|retention|coverage|turnout|completion|compliance|response|success|failure|recovery|positivity|yield|"
    r"incidence|fatality|sensitivity|specificity|accuracy|predictive values?|PPVs?|NPVs?|loss(?: to follow-up)?|"
    r"detection|"
    r"return|acceptance|concordance)"
)
_LINK = (
    r"(?:,|;|\(|:| -|,? (?:and )?(?:corresponding to|giving|yielding|i\.e\.,?|that is,?|hence|for|equivalent to|"
    r"translating "
    r"(?:in)?to|representing|resulting in|with|which (?:is|gives|gave|means|corresponds to)|gave|gives|makes|made|"
    r"means|correspond(?:s|ed)? to|amount(?:s|ed|ing) to|"
    r"(?:for|in) an?))"
)
_BEHIND = Expression(
    rf"{_LINK} ?(?:i\.e\.,? |that is,? |giving |corresponding to |with )?(?:an? |the )?(?:overall |crude |[a-z-]+ "
    rf")?(?:[a-z-]+ ){{0,3}}?{_NAME}"
    r"(?: (?:of|was|were|being)|,|:| =)* ?\(?⟨p(?P<p>\d+)⟩(?: and ⟨p(?P<q>\d+)⟩)?"
)
_AHEAD = Expression(
    rf"\b{_NAME}(?: [a-z-]+){{0,3}}? (?:was|were|of|reached|amounted to)(?: only| an?)? ⟨p(?P<p>\d+)⟩ ?(?::|;|,|"
    rf"correspond(?:s|ed|ing) to|meant|means|represent(?:s|ed)) "
    r"(?:that is,? |i\.e\.,? |as )?(?:only )?⟨c(?P<k>\d+)⟩(?: [a-z]+)? (?:of|out of|in|among) (?:the |these |all |"
    r"our )?⟨c(?P<n>\d+)⟩",
    re.I,
)
_MADE_UP = Expression(
    r"⟨c(?P<k>\d+)⟩\)? (?:[a-z]+ )?(?:made up|constituted|represented|accounted for|formed|comprised|were) (?:only |"
    r"about )?"
    r"⟨p(?P<p>\d+)⟩ of (?:the |all |our |these )*⟨c(?P<n>\d+)⟩"
)
_SCOPE = Expression(
    r"(?:^|[.;:] )(?:[Oo]f|[Aa]mong|[Oo]ut of|[Ii]n) (?:the |these |those |our |all |a total of )*⟨c(?P<n>\d+)⟩"
    r"(?: (?!and\b|or\b)[A-Za-z][\w'-]*){0,8},? (?:only )?⟨c(?P<k>\d+)⟩"
)
_FRACTION = Expression(
    r"⟨c(?P<k>\d+)⟩(?: [a-z]+)? ?(?:/|(?:out )?of (?:the |these |those |all |our |remaining )*)⟨c(?P<n>\d+)⟩"
    r"|⟨c(?P<d>\d+)⟩ (?:[a-z]+ )?(?:deaths|cases|failures|losses|infections|events|complications|relapses|"
    r"recurrences) (?:in|among) "
    r"(?:the |these |all |our )*⟨c(?P<m>\d+)⟩"
)
_PLAIN = Expression(r"⟨c\d+⟩")
_OTHER = Expression(
    r"adjust|weight|kaplan|cumulative|surviv|pooled|impute|model|predicted|bayes|estimat|previous|earlier|year-|"
    r"per year|"
    r"expected|assum|than|compared|versus|\bvs\b|\bv\b|reduc|increas|decreas|relative|patient-years|respectively", re.I,
)  # fmt: skip


class Share(NamedTuple):
    """A count and the number that it is of."""

    part: Number
    of: Number


def rates_of_parts(reading: Reading) -> Iterator[Finding]:
    """Compare a named rate with the only shares of its sentence, or with what they leave.

    Left alone: as many rates as shares are needed; comparisons, models and rates that another printed number gives.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        for match in (m for pattern in (_BEHIND, _AHEAD, _MADE_UP) for m in pattern.finditer(sentence.text)):
            if not _OTHER.search(sentence.text):
                yield from _judged(reading, line, sentence, match)


def _judged(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
    parts = match.groupdict()
    percents = [sentence.numbers[int(parts[x])] for x in "pq" if parts.get(x)]
    told = [n for i, n in enumerate(sentence.numbers) if n.kind == "p" and i not in intervals_of(sentence)]
    if told != percents or effects(sentence) or any(n.printed.bound for n in percents):
        return
    if "k" not in parts and any(s.percent in percents and s.of is not None for s in proportions(sentence)):
        return  # told beside its own count
    shares = _shares(sentence) or (
        [Share(sentence.numbers[int(parts["k"])], sentence.numbers[int(parts["n"])])] if parts.get("k") else []
    )
    if len(shares) != len(percents):
        return
    if "k" not in parts and any(s.of.start > min(n.start for n in percents) for s in shares):
        return
    for percent in percents:
        if any(_gives(s, percent) for s in shares):
            continue
        counts = {k for s in shares for k in (s.part.whole, s.of.whole - s.part.whole)}
        numbers = {n for n in printed_numbers(reading) if n >= min(counts)}
        if any(prints(k, n, percent.printed) for k in counts for n in numbers):
            continue
        share = shares[percents.index(percent)]
        yield reading.finding(
            "COUNT_PERCENT", "inconsistent",
            f"{percent.printed}% is inconsistent with {share.part.printed} of {share.of.printed}, which is "
            f"{100 * share.part.whole / share.of.whole:.1f}%, or leaves "
            f"{100 - 100 * share.part.whole / share.of.whole:.1f}%",
            "the rate may be of another number", quotes=(spot(line, percent), spot(line, share.part, share.of)),
            computed=(("percent", f"{100 * share.part.whole / share.of.whole:.4f}"),),
        )  # fmt: skip
        return


def _shares(sentence: Marked) -> list[Share]:
    """Give the shares of a sentence where all its counts belong to them: fractions, or one part of one number."""
    numbers = sentence.numbers
    found = [
        Share(numbers[int(m["k"] or m["d"])], numbers[int(m["n"] or m["m"])]) for m in _FRACTION.finditer(sentence.text)
    ]
    if not found and (scope := _SCOPE.search(sentence.text)) is not None:
        found = [Share(numbers[int(scope["k"])], numbers[int(scope["n"])])]
        if len(_PLAIN.findall(sentence.text)) != 2:
            return []
    found = [s for s in found if 0 < s.part.whole < s.of.whole and s.of.whole >= 5]
    if len(found) == 2 and found[0].part.whole == found[1].of.whole:
        return []
    if len(found) == 3 and found[0].part.whole == found[1].of.whole:
        found = found[1:]  # "positive in 60 of 310; 27 of these 60 and 15 of the other 250"
    return found


def _gives(share: Share, percent: Number) -> bool:
    k, n = share.part.whole, share.of.whole
    return any(prints(x, n, percent.printed) or bool(last_digit(percent.printed, x, n)) for x in (k, n - k))
