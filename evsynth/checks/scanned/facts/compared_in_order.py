"""Comparisons whose groups stand elsewhere: pairs in the order of the groups told before, and rows of two groups.

"Retears were found in nine of 50 with motion and seven of 49 with the sling. Stiffness was recorded in 4 (7.7%) and 12
(23.1%)": the second pair has the order of the first. Made for checks of who had more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from evsynth.checks.scanned.facts.accuracy_read import rates_of_test
from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.compared import Compared, Side, compared
from evsynth.checks.scanned.facts.concluding import before_conclusion, group_stems, stems
from evsynth.checks.scanned.facts.groups_named import groups_named
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.told_values import alike, told_values
from evsynth.checks.scanned.identity import own_groups, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_JOINED = Expression(
    r"\s?(?:[)\]%]\s?)?,?\s?(?:and|v|vs\.?|versus|against|compared with|as against|as opposed to)\s\(?$"
)
_VERSUS = Expression(r"\b(?:v|vs|versus)\b")
_SKIP = Expression(
    r"\b(?:difference|change[ds]?|differ\w*|rose|fell|increased|decreased|declined|improved|from|range|"
    r"between|baseline|"
    r"before|at entry|ratio|adjusted|respectively|both|of whom|of these|those|this|particularly|especially|"
    r"subgroup|among|not|no|neither|without|men|women)\b", re.I,
)  # fmt: skip
_CHANGE = Expression(r"\b(?:change|baseline|difference|characteristic|ratio)\w*", re.I)
_CENTRES = ("median", "mean", "percent", "centre", "value")
_BREAK = Expression(r"[;:,]\s|\.\s|\bwhile\b|\bwhereas\b|\bbut\b")


def in_order(reading: Reading) -> Iterator[Compared]:
    """Give pairs of values without groups, with the two groups that every explicit pair of the section before names.

    All explicit comparisons of the section must have the same two groups in one order; so must the two groups that
    the paper introduces with their sizes, if any.
    """
    explicit = [f for f in compared(reading) if len(f.sides) == 2]
    orders: dict[int, list[tuple[int, frozenset[str], frozenset[str]]]] = {}
    for fact in explicit:
        for one, two in fact.pairs():
            orders.setdefault(fact.line.section, []).append((fact.line.start, one.stems, two.stems))
    introduced = _introduced(reading)
    told = {f.line.start for f in explicit if any(f.pairs())}
    for line in before_conclusion(reading) if orders or introduced else ():
        known = orders.get(line.section, []) + introduced
        if not known or line.start in told or not re.search(r"\d", line.words):
            continue
        firsts = frozenset.intersection(*(a for _, a, _ in known))
        seconds = frozenset.intersection(*(b for _, _, b in known))
        if not firsts or not seconds or min(at for at, _, _ in known) > line.start:
            continue
        values = told_values(line)
        pairs = [
            (a, b) for a, b in pairwise(values.values)
            if _JOINED.search(between := values.words[a.end : b.start])
            and ((alike(a, b) and not a.counted) or (a.counted and b.unit and _VERSUS.search(between)))
        ]  # fmt: skip
        for a, b in pairs:
            before = values.words[: a.start]
            cut = max((m.end() for m in _BREAK.finditer(before)), default=0)
            words = before[cut:]
            around = words + values.words[b.end : b.end + 40]
            if _SKIP.search(words) or group_stems(around) & (firsts | seconds) or not stems(words):
                continue
            if any(alike(a, v) for v in values.values if v not in (a, b) and abs(v.start - b.end) < 12):
                continue
            sides = tuple(
                Side(s, v.number, (line.start + v.start, line.start + v.end)) for s, v in ((firsts, a), (seconds, b))
            )
            unit = a.unit or b.unit
            yield Compared(line, stems(words), (sides[0], sides[1]), f" {unit}".rstrip().replace(" %", "%"))


def _introduced(reading: Reading) -> list[tuple[int, frozenset[str], frozenset[str]]]:
    """Give the one order of two groups told with their sizes, "A (n = 62) or B (n = 61)", and where it is told."""
    named = groups_named(reading)
    if len(named) != 2:
        return []
    one, two = (group_stems(" ".join(g.name)) for g in named)
    return [(named[0].line.start, one - two, two - one)] if one - two and two - one else []


_MULTIPLE = Expression(
    r"\b(?P<n>\d+(?:[.·]\d+)?|twice|(?P<w>two|three|four|five|six|ten))(?:(?<=twice)| times) as "
    r"(?:high|often|likely|common|frequent|frequently|great|large|long|many|much)(?P<of> [^.;,()]{2,40}?)? "
    r"(?:in |with |for |by |among |after |on )?(?:the )?(?P<one>[^.;,()]{2,50}?) as (?:in |with |for |by |among |after "
    r"|on )?(?:the )?(?P<two>[^.;,()]{2,50}?)(?=[.;,()]|$)", re.I,
)  # fmt: skip
_COUNTS = {"twice": 2.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0}


def multiples(reading: Reading) -> Iterator[Compared]:
    """Give "1.9 times as high in person as by video" as a comparison of 1.9 with 1."""
    for line in before_conclusion(reading):
        if " as " not in line.words:
            continue
        for match in _MULTIPLE.finditer(line.words):
            said = match["w"] or match["n"]
            number = _COUNTS.get(said.lower()) or float(said.replace("·", "."))
            at = line.piece(match)
            one, two = (group_stems(match[x]) for x in ("one", "two"))
            if number > 1 and one - two and two - one:
                cut = max((m.end() for m in _BREAK.finditer(line.words, 0, match.start())), default=0)
                about = stems(f"{line.words[cut : match.start()]} {match['of'] or ''}")
                yield Compared(line, about, (Side(one - two, number, at), Side(two - one, 1.0, at)), " times")


_RATE = {"sensitivity": "sensitivity", "specificity": "specificity", "PPV": "positive", "NPV": "negative"}
MOST_TESTS = 6


def rates_apart(reading: Reading) -> Iterator[Compared]:
    """Give the rates of two diagnostic tests that are told of each in a sentence of its own, by the words of both."""
    told: dict[str, list[tuple[Line, Side]]] = {}
    for line in before_conclusion(reading):
        for part in clauses(line):
            for name, number in rates_of_test(part).items():
                if name in _RATE and number.kind == "p":
                    side = Side(group_stems(part.words), float(number.printed.value), spot(part, number))
                    told.setdefault(name, []).append((part, side))
    for name, sides in told.items():
        if len(sides) <= MOST_TESTS:
            for (_, a), (line, b) in combinations(sides, 2):
                yield Compared(line, stems(_RATE[name]), (a, b))


def tabled(reading: Reading) -> Iterator[Compared]:
    """Give the rows of tables of outcomes that have two groups: the words of the label, and each centre."""
    first = next(iter(lines(reading, ("title", "abstract", "methods", "results", "body", "discussion"))), None)
    if first is None:
        return
    for row in table_lines(reading):
        caption = row.table.caption.text if row.table.caption else ""
        if _CHANGE.search(f"{caption} {row.row.label.text}"):
            continue
        cells = [c for c in own_groups(reading, row) if c.group is not None]
        if len(cells) != 2:
            continue
        figures = [next((f for name in _CENTRES if (f := c.figure(name)) is not None), None) for c in cells]
        one, two = figures
        if one is None or two is None or one.statistic != two.statistic or one.printed.value == two.printed.value:
            continue
        sides = tuple(
            Side(group_stems(c.group.text), float(f.printed.value), (f.start, f.end))  # type: ignore[union-attr]
            for c, f in zip(cells, (one, two), strict=True)
        )
        unit = "%" if one.statistic == "percent" else ""
        yield Compared(first._replace(start=row.row.label.start), stems(row.row.label.text), (sides[0], sides[1]), unit)
