"""A count as a share of another beside it: "210 deaths, i.e. 60% of the 300", "a prevalence of 2.4% (210 of 5000)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_AND = (
    r"(?:,| \(|;| -)? ?(?:i\.e\.,?|that is,?|or|representing|corresponding to|equivalent to|equal to|which is|"
    r"about|accounting for|=|namely|a total of)? ?"
)
_OF = Expression(
    rf"⟨c(?P<k>\d+)⟩(?P<what>(?: [a-z-]+){{0,4}}?){_AND}⟨p(?P<p>\d+)⟩ of (?:the |all |all the |its |"
    rf"our |a |these |planned |expected |required |total ){{0,3}}⟨c(?P<n>\d+)⟩"
)
_NAMED = Expression(
    r"\b[Oo]f (?:the |these |all )?⟨c(?P<n>\d+)⟩ "
    r"[^⟨;.]{3,70}?(?:⟨[ymx]\d+⟩[^⟨;.]{0,40}?)?⟨c(?P<k>\d+)⟩[^⟨;.()]{0,45}[,(;:]? ?(?:giving |yielding |i\.e\.,? |"
    r"corresponding to |for |resulting in |making )?"
    r"(?:an? |the )?(?:overall |point |crude |estimated |observed |cumulative |period |lifetime |annual |detection "
    r"|response |success |failure |complication |case |attack |mortality |infection )*"
    r"(?:prevalence|incidence|rate|proportion|frequency|fatality|mortality|share|risk|yield|uptake|seroprevalence|"
    r"coverage)(?: rate| ratio)? (?:of |was |= ?)?⟨p(?P<p>\d+)⟩"
)
_ELSEWHERE = Expression(r"\b(?:in|of|for|with|by|to|from|at|on)$")
"""Words behind the count that lead to the percentage: "chromosome 12 associated with sex in 69.4%"."""
_BASE = Expression(r"⟨p\d+⟩ of (?:the |all )?$")
"""Before a count that is what an earlier percentage is of: "31.0% of 420 against 22.5% of 840"."""
_COHORT = Expression(r" (?:birth )?cohorts?\b")
_LOOSE = Expression(
    r"\b(?:adjusted|weighted|standardi[sz]ed|remaining|others?|respectively|person-years?|"
    r"estimat\w+|at least|more than|less than)\b",
    re.I,
)


def share_of_planned(reading: Reading) -> Iterator[Finding]:
    """Check a percentage told of two counts of its sentence, in apposition or by the name of a rate.

    Left alone: a percentage that another pair of counts of the sentence, or of the one before, gives.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        sentence = marked(line.words)
        if sum(n.kind == "c" for n in sentence.numbers) < 2 or _LOOSE.search(line.words):
            continue
        before = marked(every[index - 1].words).numbers if index and every[index - 1].section == line.section else ()
        for match in (*_OF.finditer(sentence.text), *_NAMED.finditer(sentence.text)):
            count, of, share = (sentence.numbers[int(match[k])] for k in "knp")
            counts = {n.whole for n in (*sentence.numbers, *before) if n.kind == "c"}
            if (
                count.whole > of.whole
                or _BASE.search(sentence.text[: match.start("k") - 2])
                or _ELSEWHERE.search(match.groupdict().get("what") or "")
                or (1900 < of.whole < 2100 and _COHORT.match(sentence.text, match.end()))
                or of.whole < 8
                or any(_shows(a, b, share) for a in counts for b in counts if a <= b)
            ):
                continue
            yield _finding(reading, line, count, of, share)
            break


def _shows(count: int, of: int, share: Number) -> bool:
    return (
        prints(count, of, share.printed) or abs(100 * count / of - float(share.printed)) < 10.0**-share.printed.decimals
        if of
        else False
    )


def _finding(reading: Reading, line: Line, count: Number, of: Number, share: Number) -> Finding:
    made = 100 * count.whole / of.whole
    return reading.finding(
        "COUNT_PERCENT", "inconsistent", f"{share.printed}% is inconsistent with {count.printed} of {of.printed}, "
                                         f"which are {made:.3g}%",
        "the percentage may be of another number; otherwise a digit is misprinted",
        quotes=(spot(line, share), spot(line, count), spot(line, of)), computed=(("percent", f"{made:.4g}"),),
    )  # fmt: skip
