"""Sample sizes against each other: the number per group times the groups, and the number enrolled to allow for losses.

"86 per group, or 172 in both"; "120 were needed; with 20% drop-out, 150": the needed over one less the loss, or the
needed and the loss added, is what is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import value
from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.facts.slips import slip_between
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_ABOUT = Expression(
    r"\b(?:power|sample size|required|needed|drop-?\s?outs?|attrition|losses|loss to follow|lost "
    r"to follow|planned|aimed|necessary)\b",
    re.I,
)
_N = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})"
_PEOPLE = (
    r"(?:\s(?:patients|participants|subjects|women|men|children|people|adults|individuals|infants|cases|eyes|"
    r"animals|persons|teeth|knees|students|nurses|[a-z]+s))?"
)
_EACH = Expression(
    rf"(?<![\w.,/-]){_N}{_PEOPLE}(?:\s[a-z]+){{0,2}}?\s?(?:per|/|in each|for each|each|in every|in either)\s?(?:of "
    rf"the \w+ )?(?:treatment |study )?(?:group|arm)s?\b|"
    rf"\b(?:each|per)\s(?:group|arm)\s(?:of|required|needed|should include|had to "
    rf"include)\s{_N.replace('<n>', '<m>')}(?![\w%])",
    re.I,
)
_ALL = Expression(
    rf"(?<![\w.,/-]){_N}{_PEOPLE}\s?,?\s?(?:in (?:total|all)|altogether|overall|total|in (?:both|the (?:two|three|"
    rf"four)) (?:groups|arms)(?: together| combined)?)\b|"
    rf"\b(?:total(?: sample(?: size)?)?(?: of| was| =|:)?|altogether|overall,?|in (?:total|all),?|sample size "
    rf"of)\s{_N.replace('<n>', '<m>')}(?![\w%]|\.\d)",
    re.I,
)
_GROUPS = Expression(r"\b(?P<k>two|three|four|five|six|[2-6])[\s-](?:[a-z-]+\s){0,2}?(?:groups|arms|arm)\b", re.I)
_LOSS = Expression(
    r"(?<![\d.])(?P<p>\d{1,2}(?:\.\d+)?)\s?%\s(?:[a-z-]+\s){0,3}?(?:drop-?\s?outs?|attrition|loss(?:es)?|"
    r"withdrawals?|non-?response|missing|lost|ineligib\w+|dropping)|"
    r"\b(?:drop-?\s?outs?|attrition|loss(?:es)?|withdrawals?|lost)\b[^.;%\d]{0,40}?(?P<q>\d{1,2}(?:\.\d+)?)\s?%",
    re.I,
)
_NEEDED = Expression(rf"(?<![\w.,/-]){_N}{_PEOPLE}\s?(?:per (?:group|arm) |in each (?:group|arm) |each )?(?:was|"
                     rf"were|would be|are|is)?\s?(?:required|needed|necessary)\b|"
                     rf"\b(?:required|needed|sample(?: size)? of|"
                     rf"necessary)\b[^.;\d%]{{0,25}}?{_N.replace('<n>', '<m>')}(?![\w%]|\.\d)", re.I)  # fmt: skip
_ENROL = Expression(
    r"\b(?:enrol\w*|recruit\w*|randomi[sz]e\w*|include|aimed|planned|target|raised|increased to|inflated|set at|"
    r"invite|intended|sample(?: size)?|allow\w*|"
    rf"decided)\b[^.;\d%]{{0,40}}?{_N}(?![\w%]|\.\d|\s?(?:months?|years?|weeks?|days?|mm|mg|%|points?))",
    re.I,
)


def sizes_planned(reading: Reading) -> Iterator[Finding]:
    """Check the total of groups of one size, and the number enrolled to allow for losses.

    Left alone: totals with an allowance, several numbers per group, and allocation that is not equal.
    """
    for _, near in passages(reading, _ABOUT, 1, 1):
        if re.search(r"\b(?:[23]:1|1:[23]|2 : 1|clusters?|events)\b", near.words):
            continue
        found = next(iter((*_together(reading, near), *_allowed(reading, near))), None)
        if found is not None:
            yield found
            return


def _read(match: re.Match[str]) -> tuple[int, tuple[int, int]]:
    name = "n" if match["n"] else "m"
    return int(match[name].replace(",", "")), match.span(name)


def _together(reading: Reading, near: Passage) -> Iterator[Finding]:
    each = [_read(m) for m in _EACH.finditer(near.words)]
    every = [_read(m) for m in _ALL.finditer(near.words) if m.start() >= 0]
    every = [e for e in every if all(e[1] != x[1] for x in each)]
    if not each or len(every) != 1:
        return
    total, at = every[0]
    groups = {value(m["k"]) for m in _GROUPS.finditer(near.words)} or {2}
    losses = [float(m["p"] or m["q"]) / 100 for m in _LOSS.finditer(near.words)]
    known = [n * k for n, _ in each for k in (2, 3, 4, 5, 6)]
    made = {*known, *(x * f for n in known for p in losses for x in (n,) for f in (1 + p, 1 / (1 - p)))}
    if any(abs(total - m) <= max(2, (0.02 if losses else 0.004) * m) for m in made) or total <= max(n for n, _ in each):
        return
    one = each[0]
    expected = one[0] * min(groups)
    if not 0.5 <= total / expected <= 2 or (len(each) > 1 and not slip_between(str(total), str(expected))):
        return
    slip = slip_between(str(total), str(expected))
    raised = expected < total <= 1.05 * expected or (expected < total <= 1.3 * expected and slip < 2)
    if raised or (losses and not slip):
        return
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent", f"a total of {total} is inconsistent with {one[0]} per group, which make "
                                         f"{expected}",
        "an allowance for losses may not be told; otherwise a digit is misprinted",
        quotes=(near.spot(*at), near.spot(*one[1])), computed=(("total", str(expected)),),
    )  # fmt: skip


def _allowed(reading: Reading, near: Passage) -> Iterator[Finding]:
    losses = [(float(m["p"] or m["q"]) / 100, m.span()) for m in _LOSS.finditer(near.words)]
    needed = [_read(m) for m in _NEEDED.finditer(near.words)]
    if len(losses) != 1 or not needed or not 0.02 <= losses[0][0] <= 0.5:
        return
    enrol = [
        (int(m["n"].replace(",", "")), m.span("n"))
        for m in _ENROL.finditer(near.words, losses[0][1][0] - 60 if losses[0][1][0] > 60 else 0)
    ]
    enrol = [e for e in enrol if e[0] > 10 and all(e[1] != n[1] for n in needed) and e[1][0] > needed[0][1][0]]
    if len({e[0] for e in enrol}) != 1:
        return
    number, at = enrol[0]
    numbers = [
        int(m[0].replace(",", ""))
        for m in re.finditer(
            r"(?<![\w.,/-])\d{1,3}(?:,\d{3})*(?![\w%]|\.\d|"
            r"\s?%)",
            near.words,
        )
    ]
    loss = losses[0][0]
    made = [n * k * f for n in numbers for k in (1, 2, 3, 4, 0.5) for f in (1 + loss, 1 / (1 - loss))]
    if any(abs(number - m) <= max(2.5, 0.035 * m) for m in made) or number <= needed[0][0]:
        return
    base, where = needed[0]
    low, high = sorted((base * (1 + loss), base / (1 - loss)))
    if number > 2 * high or not (number < low * 0.96 or number > high * 1.04):
        return
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"{number} are inconsistent with {base} needed and {100 * loss:g}% losses, which make {low:.0f} to {high:.0f}",
        "the number may be rounded up, or allow for more; otherwise a digit is misprinted",
        quotes=(near.spot(*at), near.spot(*where)), computed=(("to enrol", f"{low:.0f} to {high:.0f}"),),
    )  # fmt: skip
