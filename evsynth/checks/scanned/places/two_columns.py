"""Two groups that tables print side by side: the pairs of numbers of each row, and where sentences name the groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.identity import is_whole, key
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, Number, body, content, is_difference, is_limits, is_p, is_ratio
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

_VISIT = Expression(
    r"^(?:before|after|pre|post|t\d|start|end|entry|inclusion|initiation|baseline|initial|final|follow|last|first|"
    r"week|month|"
    r"day|year|visit|admission|discharge)|\b(?:before|after) \w+|^\d+\s*-?(?:months?|weeks?|days?|years?|h)\b|^(?:19|"
    r"20)\d\d", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"^(?:n|no\.?|%|value|variable|total|events?|patients|u|t|z|f|χ2?|statistics?|test|missing|reference|unit|effect|"
    r"change|"
    r"beta|se|sd|ci|coefficient|estimate|df)\b[^a-z]*$", re.I,
)  # fmt: skip
_GENERIC = frozenset(
    "group patient arm treatment treated therapy therapie the of with and in on mg g ml day week month year daily n no "
    "cohort all only dose standard participant received receiving given plus or care".split()
)
_CONTROL = Expression(r"\b(?:controls?|placebo|sham|usual|standard|conventional|comparator|comparison|routine)\b", re.I)
_LIMITED = Expression(r"\b\d\d\s?%\s?CI\b|confidence interval", re.I)
_NEVER = Expression(r"(?!)")
_SIZE = Expression(r"[(\[,;]?\s*\b[nN]\s*=\s*[\d, ]+[)\]]?")


class Pair(NamedTuple):
    """One number of a row in two groups, what kind it is, and the cells they come from."""

    kind: str
    one: Number
    two: Number


class Side(NamedTuple):
    """One row of two groups: its table, the words of its label, the groups by their own words, and its pairs."""

    table: Table
    row: Row
    words: frozenset[str]
    names: tuple[str, str]
    patterns: tuple[Expression, Expression]
    pairs: tuple[Pair, ...]
    cells: tuple[Content, Content]

    @property
    def name(self) -> str:
        """The label as it is called in a message."""
        return self.row.stem or self.row.label.text or "row"


def group_columns(table: Table) -> list[Column]:
    """Give the columns that are groups of people, not all together, times, tests or comparisons."""
    found = []
    for column in table.columns[1:]:
        head = _SIZE.sub("", column.group.text if column.group is not None else column.label).strip()
        if column.statistic or is_whole(column) or is_p(column) or is_limits(column):
            continue
        if not head or is_difference(column) or is_ratio(column) or _VISIT.search(head) or _LIMITED.search(head):
            continue
        if _OTHER.match(head) and not (column.group is not None and head.lower() == "test"):
            continue
        found.append(column)
    return found


def blocks(table: Table) -> list[tuple[Column, Column, str, str]]:
    """Give pairs of columns of a table that prints the same heads twice: "A, start | A, end | B, start | B, end"."""
    split: list[tuple[str, str]] = []
    for column in table.columns[1:]:
        if len(column.heads) > 1:
            group, rest = column.heads[0].text, " ".join(h.text for h in column.heads[1:])
        else:
            group, _, rest = column.label.partition(",")
            if not rest:
                group, rest = (split[-1][0] if split else ""), column.label
        split.append((_SIZE.sub("", group).strip(), rest.strip().casefold()))
    names = list(dict.fromkeys(g for g, _ in split))
    if len(names) < 2:
        return []
    one, two = ([i for i, (g, _) in enumerate(split) if g == name] for name in names[:2])
    half = len(one)
    if half < 2 or one != list(range(half)) or two[:half] != list(range(half, 2 * half)):
        return []
    if [split[i][1] for i in one] != [split[i][1] for i in two[:half]]:
        return []
    columns = table.columns[1:]
    return [(columns[i], columns[j], names[0], names[1]) for i, j in zip(one, two[:half], strict=True)]


def sides_of_blocks(reading: Reading) -> Iterator[Side]:
    """Give the rows of tables that print two groups at several times, for each time."""
    for table in reading.document.tables:
        for one, two, first, second in blocks(table):
            patterns = named(first, second, True)
            if patterns is None or is_p(one) or is_limits(one):
                continue
            for row in body(table):
                a, b = (content(reading, table.cell(row.index, c.index)) for c in (one, two))
                if a.shape and a.shape == b.shape and (pairs := tuple(_pairs(a, b, row))):
                    words = key(row.stem or row.label.text)
                    yield Side(table, row, words, (first, second), patterns, pairs, (a, b))


def sides(reading: Reading, *, unnamed: bool = False) -> Iterator[Side]:
    """Give the rows of all tables with two to four groups, for each two of them whose names can be told apart.

    With `unnamed` also the rows of groups whose names no sentence can use ("score ≥4"); their patterns match nothing.
    """
    for table in reading.document.tables:
        columns = group_columns(table)
        if not 2 <= len(columns) <= 4 or len({c.label for c in columns}) != len(columns):
            continue
        for one, two in combinations(columns, 2):
            names = tuple(_SIZE.sub("", c.group.text if c.group is not None else c.label).strip() for c in (one, two))
            patterns = named(names[0], names[1], len(columns) == 2)
            if patterns is None and not unnamed:
                continue
            patterns = patterns or (_NEVER, _NEVER)
            for row in body(table):
                a, b = (content(reading, table.cell(row.index, c.index)) for c in (one, two))
                if a.shape and a.shape == b.shape and (pairs := tuple(_pairs(a, b, row))):
                    parent = table.rows[row.parent].label.text if row.parent is not None and row.level else ""
                    words = key(f"{row.stem or row.label.text} {parent}")
                    yield Side(table, row, words, (names[0], names[1]), patterns, pairs, (a, b))


def named(one: str, two: str, only: bool) -> tuple[Expression, Expression] | None:
    """Give patterns for the names of two groups by the words that only one of them has; None where none are left.

    Where the two are the only groups and one is a control, "control" and "intervention" name them too.
    """
    if (against := _negated(one, two)) is not None:
        return against
    a, b = _own(one, two), _own(two, one)
    if not a or not b:
        return None
    patterns = []
    for words, mine, other in ((a, one, two), (b, two, one)):
        alternatives = [re.escape(w).replace(r"\-", r"[\s-]?") for w in words[:2]]
        joined = r"[\s-]+".join(alternatives) if len(alternatives) > 1 else alternatives[0]
        if words[0].isupper() and len(words[0]) < 4:
            alternatives[0] = f"(?-i:{alternatives[0]})"  # "IS" is a group, "is" is not
            joined = r"[\s-]+".join(alternatives)
        first = alternatives[0]
        options = [joined, first] if len(words[0]) > 3 or words[0].isupper() else [joined]
        if only and _CONTROL.search(mine) and not _CONTROL.search(other):
            options += [r"controls?", r"usual[\s-]care" if "sual" in mine else r"comparators?"]
        elif only and _CONTROL.search(other) and not _CONTROL.search(mine):
            options += [r"intervention", r"active (?:treatment|arm|group|drug)", r"experimental"]
        patterns.append(
            Expression(
                rf"(?<![\w-])(?:{'|'.join(dict.fromkeys(options))})(?:s|ed|ally|ly)?(?![\w]|-(?!treat|group|arm|"
                rf"assign|therap))",
                re.I,
            )
        )
    if patterns[0].search(two) or patterns[1].search(one):
        return None
    return patterns[0], patterns[1]


def _negated(one: str, two: str) -> tuple[Expression, Expression] | None:
    """Give patterns for "delirium" and "no delirium", "survivors" and "non-survivors", in either order."""
    for plain, other, first in ((one, two, True), (two, one, False)):
        match = re.fullmatch(r"(?:no|non|without|not)[ -]?(?P<word>[A-Za-z][\w -]{2,})", other.strip(), re.I)
        if match is None or match["word"].strip().lower().rstrip("s") != plain.strip().lower().rstrip("s"):
            continue
        word = re.escape(plain.strip().rstrip("s")).replace(r"\ ", r"\s+")
        yes = Expression(rf"(?<!\bno )(?<!\bnon-)(?<!\bnon)(?<!\bwithout )(?<![\w-]){word}s?(?![\w-])", re.I)
        no = Expression(rf"(?<![\w-])(?:(?:no|non|without)[ -]?{word}s?|without(?! \w))(?![\w-])", re.I)
        return (yes, no) if first else (no, yes)
    return None


def _own(one: str, two: str) -> list[str]:
    other = {w.lower() for w in re.findall(r"[A-Za-z][\w-]*", two)}
    words = [w for w in re.findall(r"[A-Za-z][\w-]*", one) if w.lower() not in other]
    kept = [w for w in words if w.lower() not in _GENERIC and w.lower().rstrip("s") not in _GENERIC and len(w) > 1]
    if re.search(r"\b(?:no|non|without|never|not)\b", f"{one} {two}", re.I) or re.search(r"[<>≥≤=]", one + two):
        return []
    return kept


def _pairs(a: Content, b: Content, row: Row) -> Iterator[Pair]:
    x, y = a.numbers, b.numbers
    if any(n.printed.bound for n in (*x[:1], *y[:1])) or not x:
        return
    whole = all(n.printed.decimals == 0 for n in (x[0], y[0]))
    if a.shape in ("#/#(#)", "#/#(#%)", "#of#(#%)", "#/#[#]"):
        yield Pair("count", x[0], y[0])
        yield Pair("percent", x[2], y[2])
    elif a.shape in ("#(#%)", "#[#%]") or (a.shape in ("#(#)", "#[#]") and whole and _share(row)):
        yield Pair("count", x[0], y[0])
        yield Pair("percent", x[1], y[1])
    elif a.shape in ("#%", "#%(#)", "#(#/#)", "#%(#/#)"):
        yield Pair("percent", x[0], y[0])
    elif a.shape[:1] == "#" and not a.shape.startswith(("#-", "#to", "#,", "#;")):
        yield Pair("centre", x[0], y[0])


def _share(row: Row) -> bool:
    """Say whether nothing in a label speaks for a mean or median before the brackets."""
    return not re.search(r"\b(?:mean|median|SD|IQR|±|score|years|yr|days|kg|mm|cm|age)\b", row.label.text, re.I)


__all__ = ["Pair", "Side", "blocks", "group_columns", "named", "sides", "sides_of_blocks"]
