"""Kinds of which a patient has one (antisynthetase antibodies, blood groups, grades): together no more than all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.facts.exclusive import LOOSE
from evsynth.checks.scanned.facts.lists import Entry, Tally, entries, tallies
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED",)

_KINDS = tuple(
    Expression(rf"\b(?:{kinds})(?![\w-])", re.I)
    for kinds in (
        r"(?:anti-?\s?)?(?:Jo-?x*1?x*|PL-?x+|PL-?7|PL-?12|EJ|OJ|KS|Zo)",
        r"blood group (?:A|B|AB|O)|(?:group|type) (?:A|B|AB|O)", r"NYHA (?:class )?(?:I{1,3}|IV)|class (?:I{1,3}|IV)",
        r"stages? (?:I{1,3}[ABC]?|IV[AB]?|V)", r"mild|moderate|severe|very severe|critical",
        r"never|former|ex|current|past", r"right|left|bilateral|both sides", r"underweight|normal weight|"
        r"overweight|obese",
        r"married|single|widowed|divorced",
    )
)  # fmt: skip
_PEOPLE = Expression(
    rf"(?P<n>{NUMBER})\s(?:[a-z-]+\s){{0,2}}?(?:patients|participants|children|infants|adults|subjects|people|"
    rf"women|men|"
    r"cases|recipients|volunteers)\b(?!\s(?:in|with|who|on|of|from|given)\b)", re.I,
)  # fmt: skip
_GROUPS = Expression(
    r"\b(?:groups?|arms?|respectively|versus|vs|compared|controls?|placebo|pain|events?|episodes|eyes|joints|lesions|"
    r"reactions?|adverse|before|after|at (?:week|month|day|year|baseline)|both antibod\w+|coexist\w*|"
    r"double)\b(?!\s[ABO]\b)",
    re.I,
)


def kinds_of_one(reading: Reading) -> Iterator[Finding]:
    """Add up three or more kinds told one after the other and compare them with the patients told just before.

    Found: more than all. Left alone: fewer (the others may have none), two groups or times, events and eyes, and lists
    whose sentence tells its own total, which the checks of sums compare.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        for tally in tallies(line.words, entries(line.words)):
            if len(tally.parts) < 3 or not _one_kind(tally) or _GROUPS.search(line.words) or LOOSE.search(line.words):
                continue
            whole = _whole(every, index, tally)
            if whole is None or not whole[1].value < tally.sum <= 1.3 * whole[1].value:
                continue
            at, total = whole
            yield reading.finding(
                "PARTS_EXCEED", "inconsistent",
                f"the parts, {tally.shown} = {tally.sum}, are more than {total.value} patients",
                "a patient may belong to several parts",
                quotes=(*(p.spot(line.start) for p in tally.parts), total.spot(at.start)),
                computed=(("sum", str(tally.sum)),),
            )  # fmt: skip
            return


def _one_kind(tally: Tally) -> bool:
    after = (*tally.gaps[1:], re.split(r"[.;,]", tally.tail)[0])
    return any(
        all(len(pattern.findall(x)) == 1 for x in labels) for labels in (tally.gaps, after) for pattern in _KINDS
    )


def _whole(every: list[Line], index: int, tally: Tally) -> tuple[Line, Entry] | None:
    """Give the number of patients told last, in the sentence before the list or one of the two before it."""
    for at in range(index, max(-1, index - 3), -1):
        line = every[at]
        if line.section != every[index].section:
            return None
        end = tally.parts[0].first if at == index else len(line.words)
        found = list(_PEOPLE.finditer(line.words, 0, end))
        if found:
            return line, _entry(found[0]) if at != index else _entry(found[-1])
    return None


def _entry(match: re.Match[str]) -> Entry:
    start, end = match.span("n")
    return Entry(value(match["n"]), start, end, start, end)
