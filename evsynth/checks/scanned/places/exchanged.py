"""A sentence that gives each group the number that a table gives the other group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.places.two_columns import Pair, Side, sides, sides_of_blocks
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Alternative, Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED",)

ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
NUMBER = Expression(r"(?<![\w.,/])-?\d{1,3}(?:,\d{3})+(?![\d])|(?<![\w.,])-?(?:\d+(?:\.\d+)?|\.\d+)(?![\d\w])")
ODD = Expression(
    r"\b(?:subgroup|adjusted|weighted|per[- ]protocol|sensitivity analys\w+|imputed|of these|of whom|among those|"
    r"responders?|"
    r"matched|bootstrapp\w+|predicted|instead of|expected|assum\w+|planned|power|sample size|et al|meta-analysis|"
    r"other (?:stud|trial)\w*|previous(?:ly)?|cohort of|reported by|in the (?:trial|study) of)\b", re.I,
)  # fmt: skip
_ALIVE = Expression(r"\b(?:surviv\w+|alive|free|without|remained|intact|maintained|did not|retained|no)\b", re.I)
_DEAD = Expression(
    r"\b(?:death|died|mortality|dead|relaps\w+|recurren\w+|fail\w+|loss|lost|progress\w+|event\w*)\b", re.I
)
_GENERAL = frozenset(
    "change baseline follow up week month primary secondary outcome all other any yes no patient number in within "
    "after "
    "total at end of the group event rate day hour more least less than one two".split()
)
_PLAIN = Expression(r"\s*(?:%|[a-z]{1,6})?\s*(?:and|versus|vs\.?|v)\s+")
NEAR = 300
"""Characters within which a sentence that names no group keeps the order of one that does."""
DIGITS = 4
"""Least number of significant digits of the two numbers together, so that they are not those by chance."""


class Told(NamedTuple):
    """Which of two numbers a sentence gives to the first and to the second group, and where they stand."""

    numbers: tuple[str, str]
    spots: tuple[tuple[int, int], tuple[int, int]]


def exchanged(reading: Reading) -> Iterator[Finding]:
    """Compare sentences that name two groups and print both numbers of a row with the order of the row.

    The label must share a word with the sentence, the numbers must differ and have four digits together. Left alone:
    numbers that another row gives to the same groups, subgroups, adjusted results, other studies.
    """
    rows = [s for s in (*sides(reading), *sides_of_blocks(reading)) if any(_usable(p) for p in s.pairs)]
    if not rows:
        return
    before: Line | None = None
    habits: list[int] = []
    for line in lines(reading, ROLES):
        numbers = _numbers(line)
        if len(numbers) >= 2 and not ODD.search(line.words):
            steady = len(habits) > 2 and set(habits) == {0} and line.role != "discussion"
            yield from _sentence(reading, line, before, numbers, rows, steady)
        if (first := next((h for s in rows if (h := _habit(line.words, s.patterns)) is not None), None)) is not None:
            habits.append(first)
        if any(s.patterns[0].search(line.words) and s.patterns[1].search(line.words) for s in rows):
            before = line


def _numbers(line: Line) -> dict[float, list[re.Match[str]]]:
    found: dict[float, list[re.Match[str]]] = {}
    for match in NUMBER.finditer(line.words):
        found.setdefault(abs(float(match[0].replace(",", ""))), []).append(match)
    return found


def _sentence(
    reading: Reading,
    line: Line,
    before: Line | None,
    numbers: dict[float, list[re.Match[str]]],
    rows: list[Side],
    steady: bool,
) -> Iterator[Finding]:
    wrong: list[tuple[Side, Pair, Told]] = []
    right: set[frozenset[float]] = set()
    words = key(line.words)
    for side in rows:
        for pair in side.pairs:
            if not _usable(pair):
                continue
            for turned in (False, True):
                if turned and not _turned(side, pair, line):
                    continue
                a, b = (_value(n.value, turned, n.printed.decimals) for n in (pair.one, pair.two))
                if len(numbers.get(a, ())) != 1 or len(numbers.get(b, ())) != 1:
                    continue
                if not all(
                    _same_digits(numbers[v][0][0], n.printed.decimals) for v, n in ((a, pair.one), (b, pair.two))
                ):
                    continue
                given = _given(line, before, side, numbers[a][0], numbers[b][0], steady)
                if given is None:
                    continue
                if given:
                    right.add(frozenset((a, b)))  # some row has these numbers in this order
                    continue
                linked = _linked(side, words) or (turned and _ALIVE.search(line.words) and _DEAD.search(side.name))
                if not linked and (turned or not _all_pairs(line, before, side, numbers, steady)):
                    continue
                spots = tuple(line.piece(numbers[v][0]) for v in (a, b))
                wrong.append((side, pair, Told((numbers[a][0][0], numbers[b][0][0]), (spots[0], spots[1]))))
    wrong = [w for w in wrong if frozenset(abs(float(n.replace(",", ""))) for n in w[2].numbers) not in right]
    if wrong and len({(s.table.index, s.row.index) for s, _, _ in wrong}) <= 2:
        side, pair, told = wrong[0]
        where = f"table {side.table.number}" if side.table.number else "the table"
        yield reading.finding(
            "COLUMNS_EXCHANGED", "inconsistent",
            f"{side.name}: the sentence gives {told.numbers[0]} to {side.names[1]} and {told.numbers[1]} to "
            f"{side.names[0]}, "
            f"inconsistent with {where}, where it is the other way round",
            "the groups may be named in another order in one of the two places",
            quotes=(*sorted(told.spots), (pair.one.start, pair.one.end), (pair.two.start, pair.two.end)),
            alternatives=(Alternative("the numbers of the two groups "
                                      "exchanged", "the numbers are those of the sentence"),),
        )  # fmt: skip


def _all_pairs(
    line: Line, before: Line | None, side: Side, numbers: dict[float, list[re.Match[str]]], steady: bool
) -> bool:
    """Say whether counts and percentages of a row, eight digits and more, are all exchanged: then no name is needed."""
    texts = [n.printed.text for p in side.pairs for n in (p.one, p.two)]
    if len(side.pairs) < 2 or sum(len(re.sub(r"\D", "", t).lstrip("0")) for t in texts) < 2 * DIGITS:
        return False
    for pair in side.pairs:
        a, b = abs(pair.one.value), abs(pair.two.value)
        if len(numbers.get(a, ())) != 1 or len(numbers.get(b, ())) != 1:
            return False
        if _given(line, before, side, numbers[a][0], numbers[b][0], steady) is not False:
            return False
    return True


def _usable(pair: Pair) -> bool:
    digits = pair.one.printed.significant_digits + pair.two.printed.significant_digits
    return digits >= DIGITS and abs(pair.one.value) != abs(pair.two.value)


def _same_digits(text: str, decimals: int) -> bool:
    return len(text.partition(".")[2]) == decimals


def _turned(side: Side, pair: Pair, line: Line) -> bool:
    """Say whether the sentence can be about the others, 100% less those of the row: survival for death."""
    return pair.kind == "percent" and bool(_ALIVE.search(line.words)) and bool(_DEAD.search(side.name))


def _value(value: float, turned: bool, decimals: int) -> float:
    return round(100 - value, decimals) if turned else abs(value)


def _linked(side: Side, words: frozenset[str]) -> bool:
    own = {w for w in side.words if w not in _GENERAL and not w.isdigit()}
    return bool(own & words)


def _given(
    line: Line, before: Line | None, side: Side, one: re.Match[str], two: re.Match[str], steady: bool
) -> bool | None:
    """Say whether the first number goes with the first group (True) or the second (False); None where it is not clear.

    A sentence that names no group keeps the order of the sentence before ("respectively"), or the order that all
    sentences have (`steady`).
    """
    lead, last = sorted((one, two), key=lambda m: m.start())
    places = sorted((m.start(), m.end(), g) for g, p in enumerate(side.patterns) for m in p.finditer(line.words))
    first_is_one = lead is one
    order = _order(line, places, lead, last)
    if order is None and not places and before is not None and re.search(r"\brespectively\b", line.words[last.end() :]):
        order = _habit(before.words, side.patterns)
    near = before is not None and line.start - before.end < NEAR and before.section == line.section
    if (
        order is None
        and not places
        and near
        and before is not None
        and _PLAIN.fullmatch(line.words[lead.end() : last.start()])
    ):
        order = _habit(before.words, side.patterns)
    if order is None and not places and steady and _PLAIN.fullmatch(line.words[lead.end() : last.start()]):
        order = 0
    if order is None:
        return None
    return (order == 0) == first_is_one


@lru_cache(maxsize=4096)
def _habit(before: str, patterns: tuple[Expression, Expression]) -> int | None:
    """Give the group that the sentence before names first, where it names each once."""
    places = [(m.start(), g) for g, p in enumerate(patterns) for m in p.finditer(before)]
    return min(places)[1] if len({g for _, g in places}) == 2 else None


def _order(line: Line, places: list[tuple[int, int, int]], lead: re.Match[str], last: re.Match[str]) -> int | None:
    """Give the group of the number that stands first, by the groups named around the two numbers."""
    start = max(line.words.rfind(";", 0, lead.start()), line.words.rfind(". ", 0, lead.start())) + 1
    stop = line.words.find(";", last.end())
    end = len(line.words) if stop < 0 else stop
    before = [p for p in places if start <= p[0] < lead.start()]
    between = [p for p in places if lead.end() <= p[0] < last.start()]
    after = [p for p in places if last.end() <= p[0] < min(end, last.end() + 90)]
    middle = line.words[lead.end() : last.start()]
    if "." in re.sub(r"\d\.\d|vs\.|v\.", "", middle) and ". " in middle:
        return None
    firsts = [p[2] for p in before]
    if len(between) == 1:
        g = between[0][2]
        if not before and len(after) >= 1 and after[0][2] != g:
            return g  # n g n g
        if before and firsts[-1] != g and not after:
            return firsts[-1] if len(set(firsts)) == 1 or len(before) == 1 else None  # g n g n
        if before and not after and firsts[-1] == g:
            return None
        if not before and not after:
            link = line.words[lead.end() : between[0][0]]
            return g if re.search(r"\b(?:in|with|for|on|among|under|after|of)\b[^,;]{0,30}$", link) else None  # n g n
        return None
    if len(between) == 2 and {p[2] for p in between} == {0, 1}:
        if not before and not after:
            return between[0][2]  # n g g n
        return None
    if not between and len(before) == 1 and len(after) == 1 and before[0][2] != after[0][2]:
        return before[0][2]  # g n n g
    if not between and re.search(r"\brespectively\b", line.words[last.end() :]) is not None:
        if len(before) >= 2 and set(firsts[-2:]) == {0, 1} and not after:
            return firsts[-2]
        if not before and len(after) == 2 and {p[2] for p in after} == {0, 1}:
            return after[0][2]
        return None
    joined = re.fullmatch(
        r"[^.;\d]{0,4}(?:\([^()]*\)|\[[^\[\]]*\])?\s*(?:%|[a-zA-Z/µ]{1,9})?\s*(?:,?\s*(?:and|versus|vs\.?|v\.?|"
        r"compared with|against|to)\s+)(?:in |by |a mean of )?",
        middle,
    )
    if not between and joined:
        if len(before) == 2 and set(firsts) == {0, 1} and not after:
            return firsts[0]
        if not before and len(after) == 2 and {p[2] for p in after} == {0, 1}:
            return after[0][2]
    return None


def given_to(line: Line, side: Side, one: re.Match[str], two: re.Match[str]) -> bool | None:
    """Say whether a sentence gives two numbers to the two groups in the order of the row; None if unclear."""
    return _given(line, None, side, one, two, steady=False)


__all__ = ["CODES", "NUMBER", "ODD", "ROLES", "exchanged", "given_to"]
