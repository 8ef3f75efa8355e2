"""A per cent lower or higher told of a ratio: "the hazard was 32% lower (HR 0.68)", "a relative reduction of 32%".

A ratio of 0.68 is 32 % less, or 47 % more the other way. Told right beside its ratio the percentage must be of it;
told elsewhere it is found only where it is the complement of a ratio (68 % for 0.68) and no ratio or pair of shares of
the paper gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import comparisons, share_span
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.relative_changes import ABOUT, BESIDE, RATIO, RISK, ROOM, Change, changes, ratios_told
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion")

_ANOTHER = Expression(r"after (?:\w+ )?adjust|attenuat|weaken|, (?:and|but|which)\b|whereas|persist|remain", re.I)
_RESTATED = Expression(
    r"(?:i\.e\.,?|that is,?|correspond\w+ to|equivalent to|represent\w+|meaning|which means|indicating|or|"
    r"translat\w+ "
    r"(?:in)?to|equal to|amount\w+ to) (?:an? )?(?:\w+ ){0,3}$|"
    r", an? (?:relative |further )?(?:reduction|decrease|fall|increase|rise|drop)\b[^.;,()\d]{0,40}$", re.I,
)  # fmt: skip
_PER = Expression(r"[^;)\]]{0,12}?\b(?:per|each|for every)\b", re.I)
_EACH = Expression(
    r"\b(?:each|every|per)\s(?:[\w-]+\s){0,3}?(?:increase|increment|decrease|point|unit|year|decade|SD|step|"
    r"additional)\b",
    re.I,
)
_EACH = Expression(r"\b(?:each|per|every)\b|-(?:unit|point|year) ", re.I)
_ELSEWHERE = Expression(
    r"previous|earlier|other (?:trial|stud)|literature|reported by|et al|meta-?analys|assum|expect|power|sample size|"
    r"detect|hypothes|\btrials?\b[^.]{0,40}\bin which\b|"
    r"\[\d|(?-i:\bIn [A-Z][A-Z-]{2,}\d?\b)|per (?:year|month|unit|decade|point|SD)", re.I,
)  # fmt: skip


def reductions_of_ratios(reading: Reading) -> Iterator[Finding]:
    """Compare relative changes with the ratio told beside them, or with the complement of a ratio told elsewhere."""
    every = [x for x in lines(reading, _ROLES) if "%" in x.words or "cent" in x.words]
    told = [(line, change) for line in every for change in changes(line)]
    if not told:
        return
    known = ratios_told(reading)
    for line, change in told:
        beside = _beside(line, change)
        if beside is not None:
            yield from _judged(reading, line, change, beside, known)
        elif not is_review(reading) and not _ELSEWHERE.search(line.words):
            yield from _complement(reading, line, change, known)


def _beside(line: Line, change: Change) -> tuple[Printed, Spot] | None:
    """Give the ratio that follows the percentage in brackets or after a comma, or that it restates."""
    words = line.words.replace("\n", " ")
    start, end = change.number.start, change.number.end
    lead = BESIDE.match(words[end:])
    if lead is not None and not _ANOTHER.search(lead[0]) and (found := RATIO.match(words, end + lead.end())):
        return Printed.parse(found["v"]), (line.start + found.start(), line.start + found.end())
    earlier = list(RATIO.finditer(words, max(0, start - 130), start))
    if (
        earlier
        and _RESTATED.search(words[:start])
        and not re.search(r"[;.]\s", re.sub(r"^[^()]*\)|\bi\.e\.", "", words[earlier[-1].end() : start]))
    ):
        m = earlier[-1]
        return Printed.parse(m["v"]), (line.start + m.start(), line.start + m.end())
    return None


def _fits(change: Change, ratio: Printed, room: float, *, inverse: bool = True) -> bool:
    own, r = span(change.number.printed), span(ratio)
    if r.low <= 0:
        return True
    made = [Span(100 * (1 - r.high), 100 * (1 - r.low)) if change.less else Span(100 * (r.low - 1), 100 * (r.high - 1))]
    if inverse and change.less:
        made.append(Span(100 * (1 - 1 / r.low), 100 * (1 - 1 / r.high)))
    elif inverse:
        made.append(Span(100 * (1 / r.high - 1), 100 * (1 / r.low - 1)))
    return any(own.low - room <= m.high and m.low <= own.high + room for m in made)


def _judged(
    reading: Reading, line: Line, change: Change, ratio: tuple[Printed, Spot], known: list[tuple[Printed, Spot]]
) -> Iterator[Finding]:
    value, at = ratio
    if _PER.match(line.words, at[1] - line.start):
        return  # "30% more per decade (1.03 per year)"
    if 0.97 <= float(value) <= 1.03 and _EACH.search(line.words):
        return  # "each point (1.004), which translates to 13.6% more for the average person"
    if not 0.05 <= float(value) <= 2.2 or not value.decimals:
        return
    if (float(value) > 1) is change.less:
        yield from _turned(reading, change, ratio)
        return
    direct = [r for r, _ in known if (float(r) > 1) is not change.less]
    if any(_fits(change, r, change.room, inverse=False) for r in (value, *direct)) or _shared(reading, line, change):
        return
    made = 100 * abs(float(value) - 1)
    if _EACH.search(line.words[: at[0] - line.start]) and float(change.number.printed) > 2 * made:
        return  # a ratio for one unit, and the change for many of them
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"{change.number.printed}% {'less' if change.less else 'more'} is inconsistent with a ratio of {value}, "
        f"which "
        f"is {made:.3g}% {'less' if change.less else 'more'}",
        "the percentage may be of crude numbers that are not told; otherwise one of both is misprinted",
        quotes=(change.spot, at), computed=(("per cent", f"{made:.4g}"),),
    )  # fmt: skip


def _turned(reading: Reading, change: Change, ratio: tuple[Printed, Spot]) -> Iterator[Finding]:
    """Find "29% lower (HR 1.29)": the percentage of the ratio, in the other direction, is not that of its inverse."""
    value, at = ratio
    r, own = span(value), span(change.number.printed)
    apart = Span(100 * (r.low - 1), 100 * (r.high - 1)).absolute()
    geometric = "eometric" in reading.document.prose[at[0] : at[1]]  # of any other ratio below 1 survival may be told
    if (float(value) < 1 and not geometric) or not own.meets(apart) or _fits(change, value, 0.4):
        return
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"{change.number.printed}% {'less' if change.less else 'more'} is inconsistent with a ratio of {value}, "
        f"which "
        f"is {apart.middle:.3g}% {'more' if float(value) > 1 else 'less'}", "the groups may have been exchanged "
                                                                            "in the words", quotes=(change.spot, at),
        computed=(("per cent", f"{apart.middle:.4g}"),),
    )  # fmt: skip


def _complement(reading: Reading, line: Line, change: Change, known: list[tuple[Printed, Spot]]) -> Iterator[Finding]:
    own = span(change.number.printed)
    if (
        not change.less
        or not re.search(rf"relative|hazard|\brisk|\bodds|{RISK}", line.words, re.I)
        or 44 < own.middle < 56
    ):
        return
    if any(_fits(change, r, ABOUT if change.number.printed.value % 5 == 0 else ROOM) for r, _ in known):
        return
    same = [
        (r, at) for r, at in known
        if float(r) < 1 and r.decimals >= 2 and own.meets(Span(100 * span(r).low, 100 * span(r).high))
    ]  # fmt: skip
    if not same or _shared(reading, line, change):
        return
    r, at = same[0]
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"{change.number.printed}% less is inconsistent with the ratio told, {r}, which is "
        f"{100 * (1 - float(r)):.3g}% "
        "less", "the ratio itself may have been taken for the reduction", quotes=(change.spot, at),
        computed=(("per cent", f"{100 * (1 - float(r)):.4g}"),),
    )  # fmt: skip


def _shared(reading: Reading, line: Line, change: Change) -> bool:
    """Say whether two shares of the paper differ by the percentage, in points or as a relative change."""
    own = span(change.number.printed)
    room = Span(own.low - ROOM, own.high + ROOM)
    told = [
        float(n.printed) for n in marked(line.words).numbers if n.kind == "p" and n != change.number and n.printed.value
    ]
    if any(room.low <= 100 * abs(a - b) / b <= room.high for a in told for b in told):
        return True
    for pair in comparisons(reading):
        if len(pair.shares) == 2:
            a, b = share_span(pair.one), share_span(pair.two)
            tried = [Span(a.low - b.high, a.high - b.low).absolute()]
            for x, y in ((a, b), (b, a)):
                if y.low > 0:
                    tried.append(Span(100 * (x.low / y.high - 1), 100 * (x.high / y.low - 1)).absolute())
            if any(room.meets(t) for t in tried):
                return True
    return False
