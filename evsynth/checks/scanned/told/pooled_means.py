"""A mean of all against the means of its groups: between the least and the greatest, and as their sizes weigh them.

"38.2 weeks overall: 37.6 in the bed-rest group (n = 40) and 38.4 in the control group (n = 120)". A mean is that of all
where the words say so, or where its size is the sum of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.told_measures import Measure, told_measures
from evsynth.checks.scanned.facts.told_numbers import told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("WHOLE_OF_PARTS",)

ROOM = 0.01
"""Share of the distance between the groups by which a weighted mean may be off: a few missing values."""

_ALL = Expression(
    r"\b(?:overall|altogether|combined|pooled|entire|whole|grand mean|all (?:the )?(?:\d[\d, ]*|together|[a-z]+) ?"
    r"(?:[a-z]+)?|taken together|across (?:all|both|the)|(?:both|the two|the three|all) (?:groups|arms|"
    r"sexes|cohorts|sites|"
    r"[a-z]+) (?:together|combined)|total (?:group|sample|cohort|population|study))\b", re.I,
)  # fmt: skip
_MEAN = Expression(r"\b(?:means?|average[ds]?|averaging|medians?)\b", re.I)
_MEDIAN = Expression(r"\bmedians?\b", re.I)
_GEOMETRIC = Expression(r"\bgeometric\b", re.I)
_OTHER = Expression(
    r"\b(?:adjusted|weighted|differ\w*|chang\w*|from|before|after|baseline|follow-up|ratio|survival|"
    r"increase\w*|decrease\w*|reduc\w*|fell|rose|improv\w*|scores? (?:on|for) the|subscale|items?|"
    r"domain|dimension)\b", re.I,
)  # fmt: skip
_TURN = Expression(r"\brespectively\b|\b\d+(?:\.\d+)?(?: [A-Za-zµ/]+)? (?:and|versus|vs\.?|v) \d", re.I)
_PEOPLE = Expression(
    r"\s(?:[a-z-]+\s)?(?:patients|participants|people|children|women|men|subjects|adults|cases|controls|infants|girls|"
    r"boys|volunteers|pupils|students|mothers|eyes|knees|dogs|animals)\b", re.I,
)  # fmt: skip
_NAMED_ALL = Expression(
    r"[;,.)]\s(?:in |for |and )?(?:all|the whole|overall|the entire|everyone|"
    r"both)\b[^;:.,()]{0,40}:\s[^;:.,()\d]{0,40}$",
    re.I,
)
"""Before a value: "; all 990 schoolchildren: geometric mean "."""
_CLAUSE = Expression(r"[;:,.(]\s")


def pooled_means(reading: Reading) -> Iterator[Finding]:
    """Check the mean of all that a sentence tells with the means of two to six groups."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if not _MEAN.search(line.words) or _OTHER.search(line.words):
            continue
        found = _sized(line.words, told_measures(line.words))
        if not 3 <= len(found) <= 7:
            continue
        whole = [m for m in found if _of_all(line.words, m, found)]
        if len(whole) != 1:
            continue
        groups = [m for m in found if m is not whole[0]]
        if all(_alike(whole[0], g) for g in groups):
            yield from _judged(reading, line, whole[0], groups)


def _sized(words: str, found: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Give the measures with the sizes told before them in the same order: "the 150 men ... the 50 women (64 and "
    "70)"."""
    if not _TURN.search(words) or any(m.n is not None for m in found):
        return found
    counts = [t for t in told_numbers(words) if t.whole and not t.unit and _PEOPLE.match(words[t.end :])]
    before = [t for t in counts if found and t.start < found[0].value.start]
    if len(before) != 2 or len(found) != 3:
        return found
    return tuple(m._replace(n=t) if t else m for m, t in zip(found, (*before, None), strict=True))


def _of_all(words: str, one: Measure, every: tuple[Measure, ...]) -> bool:
    others = [m.size for m in every if m is not one]
    if one.size and all(others) and one.size == sum(n for n in others if n):
        return True
    before = _CLAUSE.split(words[: one.value.start])[-1]
    last = max((m.value.end for m in every if m.value.end <= one.value.start), default=0)
    before = before[-(one.value.start - last) :] if last else before
    if _NAMED_ALL.search(words[last : one.value.start]):
        return True
    after = _CLAUSE.split(words[one.end :].lstrip(")]") + " ")[0]
    after = re.split(r"\d|\band\b", after)[0]
    return bool(
        _ALL.search(before)
        or re.match(
            r"\s?(?:[a-z]+\s){0,3}?(?:overall|altogether|in all|combined|(?:for|in) all|in the (?:whole|entire)|"
            r"for the (?:whole|entire))\b",
            after,
        )
    )


def _alike(one: Measure, two: Measure) -> bool:
    units = {x.value.unit for x in (one, two)} - {"", "points"}
    return (
        len(units) <= 1 and "%" not in units and abs(one.value.printed.decimals - two.value.printed.decimals) <= 2
        and two.value.printed.value > 0 and one.value.printed.value > 0
    )  # fmt: skip


def _judged(reading: Reading, line: Line, whole: Measure, groups: list[Measure]) -> Iterator[Finding]:
    values = [span(g.value.printed) for g in groups]
    own = span(whole.value.printed)
    low, high = min(v.low for v in values), max(v.high for v in values)
    made = Span(low, high)
    sizes = [g.size for g in groups]
    weighted = (
        not _MEDIAN.search(line.words)
        and not _GEOMETRIC.search(line.words)
        and all(sizes)
        and (not whole.size or whole.size == sum(n for n in sizes if n))
    )
    if weighted:
        total = sum(n for n in sizes if n)
        parts = [(v, (n or 0) / total) for v, n in zip(values, sizes, strict=True)]
        slack = ROOM * (high - low)
        made = Span(sum(v.low * w for v, w in parts) - slack, sum(v.high * w for v, w in parts) + slack)
    if own.meets(made) or own.middle > 3 * high or own.middle < low / 3:
        return
    gives = f"make {made.middle:.3g} of all" if weighted else f"lie between {low:.3g} and {high:.3g}"
    start = line.start
    yield reading.finding(
        "WHOLE_OF_PARTS", "inconsistent",
        f"a mean of {whole.value.printed} of all is inconsistent with the means of the groups, "
        f"{' and '.join(g.value.printed.text for g in groups)}, which {gives}",
        "a group may be missing from the list, or the mean be of other patients; otherwise a number is misprinted",
        quotes=((start + whole.value.start, start + whole.value.end),
                *((start + g.value.start, start + g.value.end) for g in groups)),
        computed=(("mean of all", f"{made.middle:.4g}"),),
    )  # fmt: skip
