"""A total against a number of people (practices, cages) and the mean of each: "1134 visits for 189 mothers (6.0 each)".

Also time at risk: "86 patients were followed for a mean of 2.5 years, giving 215 patient-years".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

ROOM, TIME_ROOM, FAR = 0.01, 0.08, 3.0
"""Share by which a mean may be off; that of time at risk; how many times off it is of something else."""

_BEFORE = Expression(
    r"(?:\b(?:means?|averages?|averaged|averaging)(?: number)?(?: of| was|,|:)?(?: about)?|\bor|"
    r"\bi\.e\.,?)\s?(?:of )?$",
    re.I,
)
_AFTER = Expression(
    r"^\s?(?:[a-z-]+\s){0,2}?(?:each\b|apiece|on average|per (?!day|week|month|year|hour|night|minute|kg|cent|\d)[a-z]|"
    r"an? (?:patient|person|head|child|family|practice|participant)\b|for every)", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:(?:in|per) each (?:group|arm)|medians?|adjusted|weighted|estimated|annual\w*|score[sd]?|standardi[sz]ed|"
    r"rates?)\b",
    re.I,
)
_TOTAL = Expression(
    r"(?:\b(?:total(?:l?ing)?|in all|altogether|giving|gave|yielding|amounting to|amounted to|sum|hence|accumulat\w+|"
    r"contribut\w+|provid\w+|making|represent\w+|i\.e\.|combined|=)[^;.\d]{0,25})$", re.I,
)  # fmt: skip
_TOTAL_AFTER = Expression(r"^[^;.\d]{0,25}?\b(?:in all|altogether|in total|overall|together|all told)\b", re.I)
_PERSON_TIME = Expression(r"^[- ]?(?:[a-z]+)[- ](?P<u>year|month|week|day)s?\b", re.I)
_FOLLOWED = Expression(r"\b(?:mean|average)\b[^.;\d]{0,60}$", re.I)
_AND = Expression(r"(?:\s[a-z]+)?\s(?:and|versus|vs\.?|v)\s[€$£]?")
_ENDED = Expression(r"(?:;|(?<!i\.e)(?<!e\.g)\.)\s")
_YEARS = {"year": 1.0, "month": 1 / 12, "week": 1 / 52.18, "day": 1 / 365.25}
_VERB = r"[^.;:]{0,60}"


def totals_of_means(reading: Reading) -> Iterator[Finding]:
    """Check totals against the number of those who make them and the mean of each."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for place, line in enumerate(every):
        words = line.words
        yield from _of_each(reading, every[max(0, place - 2) : place + 1], line)
        if not re.search(r"\b(?:mean|averag\w+|each|apiece|per)\b", words, re.I) or _NOT.search(words):
            continue
        numbers = [t for t in told_numbers(words) if t.part not in ("name", "bound")]
        yield from _times(reading, line, numbers)
        for at, t in enumerate(numbers):
            if t.part not in ("value", "count") or not (
                _AFTER.match(t.after) or (_BEFORE.search(t.before) and re.search(r"\b(?:[Ee]ach|[Pp]er|apiece|"
                    r"[Ee]very|altogether|in all|in "
                    r"total|a total of)\b", words))
            ) or t.unit in ("years", "points", "%") or t.after.strip() == "per":  # fmt: skip
                continue
            yield from _judged(reading, line, numbers, at)


def _judged(reading: Reading, line: Line, numbers: list[Told], at: int) -> Iterator[Finding]:
    mean = numbers[at]
    counts = [
        t
        for t in numbers
        if t is not mean
        and t.part in ("count", "value", "n")
        and t.whole
        and t.printed.value > 1
        and t.unit in ("", mean.unit)
    ]
    later = numbers[at + 1] if at + 1 < len(numbers) else None
    if later is not None and later.printed.decimals == mean.printed.decimals and _AND.fullmatch(
        line.words[mean.end : later.start]
    ):  # fmt: skip
        return  # the means of two groups
    own = span(mean.printed)
    slack = ROOM * own.middle
    own = Span(own.low - slack, own.high + slack)
    if any(own.low <= float(a.printed) / float(b.printed) <= own.high for a, b in permutations(counts, 2)):
        return
    before = [t for t in counts if t.start < mean.start]
    behind = [t for t in counts if t.start > mean.start]
    pair: tuple[Told, Told] | None = None
    if len(before) == 2 and numbers[at - 1] in before and numbers[at - 2] in before:
        pair = before[0], before[1]
    elif len(before) >= 1 and numbers[at - 1] is before[-1] and behind and numbers[at + 1] is behind[0] and (
        _TOTAL.search(behind[0].before) or _TOTAL_AFTER.match(behind[0].after)
    ):  # fmt: skip
        pair = before[-1], behind[0]
    if pair is None or _ENDED.search(line.words[min(p.start for p in pair) : mean.start]):
        return
    few, many = sorted(pair, key=lambda t: t.printed.value)
    made = float(many.printed) / float(few.printed)
    if not 1 / FAR <= made / own.middle <= FAR or few.printed.value < 2:
        return
    yield _finding(reading, line, mean, few, many, f"{many.printed} in {few.printed} make {made:.3g} each")


def _times(reading: Reading, line: Line, numbers: list[Told]) -> Iterator[Finding]:
    """Check "followed for a mean of 2.5 years, giving 215 patient-years"."""
    totals = [
        (t, found) for t in numbers if (found := _PERSON_TIME.match(t.after)) and not re.search(r"\bper\s$", t.before)
    ]
    means = [t for t in numbers if t.unit.rstrip("s") in _YEARS and _FOLLOWED.search(t.before)]
    sizes = [
        t
        for t in numbers
        if t.whole and not t.unit and t not in [x for x, _ in totals] and t.part in ("count", "value", "n")
    ]
    if (
        len(totals) != 1
        or len(means) != 1
        or len(sizes) != 1
        or not re.search(r"follow|observ|exposure|surveil|treat", line.words)
    ):
        return
    (total, match), mean, size = totals[0], means[0], sizes[0]
    m, t = span(mean.printed), span(total.printed)
    unit = _YEARS[mean.unit.rstrip("s")] / _YEARS[match["u"].lower()]
    made = Span(
        m.low * unit * float(size.printed) * (1 - TIME_ROOM), m.high * unit * float(size.printed) * (1 + TIME_ROOM)
    )
    if made.meets(t) or not 1 / FAR <= made.middle / t.middle <= FAR:
        return
    yield _finding(
        reading,
        line,
        total,
        size,
        mean,
        f"{size.printed} followed for {mean.printed} {mean.unit} make {made.middle:.4g}",
    )


_EACH = Expression(
    r"⟨t(?P<t>\d+)⟩ (?:[a-z-]+[- ](?P<u>year|month|week|day)s?)\b[^⟨.;]{0,40}\((?:mean|average|on average|a mean "
    r"of)[,:]? (?:of )?"
    r"⟨[md](?P<m>\d+)⟩(?: ?(?P<v>year|month|week|day)s?)? (?:per|for each|each)\b", re.I,
)  # fmt: skip


def _of_each(reading: Reading, near: list[Line], line: Line) -> Iterator[Finding]:
    """Check "6315 person-years (mean 5.8 years per woman)" against the women told, in it or in the sentences before."""
    sentence = marked(line.words)
    match = _EACH.search(sentence.text) if "ear" in line.words or "day" in line.words else None
    if match is None or (match["v"] or match["u"]).lower() != match["u"].lower():
        return
    total, mean = sentence.numbers[int(match["t"])], sentence.numbers[int(match["m"])]
    counts = [(x, n) for x in near if x.section == line.section for n in marked(x.words).numbers if n.kind == "c"]
    own, made = span(mean.printed), float(total.printed)
    people = {n.whole for _, n in counts} | printed_numbers(reading)
    fits = [n for n in people if n and own.low * 0.98 <= made / n <= own.high * 1.02]
    if fits or not counts:
        return
    where, size = max(counts, key=lambda c: c[1].whole)
    each = made / size.whole
    if not 1 / FAR <= each / own.middle <= FAR:
        return
    yield reading.finding(
        "RATE", "inconsistent",
        f"a mean of {mean.printed} each is inconsistent with {total.printed} for {size.printed}, which make {each:.3g}",
        "the mean may be of others than those told; otherwise one of the numbers is misprinted",
        quotes=(spot(line, total, mean), spot(where, size)), computed=(("mean", f"{each:.4g}"),),
    )  # fmt: skip


def _finding(reading: Reading, line: Line, one: Told, few: Told, many: Told, says: str) -> Finding:
    start = line.start
    return reading.finding(
        "RATE", "inconsistent", f"{one.printed} is inconsistent with the numbers beside it: {says}",
        "one of the numbers may be of others than those named; otherwise it is misprinted",
        quotes=tuple((start + t.start, start + t.end) for t in (one, few, many)),
    )  # fmt: skip
