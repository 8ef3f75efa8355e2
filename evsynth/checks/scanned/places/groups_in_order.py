"""Values of groups listed in a sentence, "36.5%, 59.0% and 68.0%", against the row with all but one, or in disorder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.told_otherwise import told_otherwise
from evsynth.checks.scanned.identity import Line, key, own_groups, table_lines
from evsynth.checks.scanned.prose import Line as Sentence
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure, Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

DIGITS = 4
"""Least number of significant digits of the numbers that are the same."""

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
_NUMBER = r"(?<![\w.,·/-])-?\d+(?:\.\d+)?(?![\d/]|[.,]\d)"
_UNIT = r"(?:\s?%|\s?(?:[a-zA-Zµ]{1,6}/[a-zA-Z]{1,5}|mg|kg|mm|cm|points?|years|days|h|min|mL|g)\b)?"
_ASIDE = r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?"
_NAME = r"(?:\s(?:in|on|with|for|after|of|at|among|under|patients|participants)\b[^,;.()\[\]]{2,40}?)?"
_ITEM = rf"{_NUMBER}{_UNIT}{_ASIDE}{_NAME}"
_JOIN = r"(?:,\s(?:and\s)?|\sand\s|\s(?:vs?\.?|versus)\s|;\s)"
_LIST = Expression(rf"{_ITEM}(?:{_JOIN}{_ITEM}){{2,5}}")
_ONE = Expression(rf"(?P<n>{_NUMBER})(?P<unit>{_UNIT})(?P<aside>{_ASIDE})")
_PERCENT = Expression(r"(?P<p>\d+(?:\.\d+)?)\s?%")
_MAIN = ("percent", "mean", "median", "count", "centre", "value")
_OTHER = Expression(
    r"\b(?:per[- ]protocol|sensitivity anal|imput\w+|subgroups?|adjusted|weighted|et al|respectively of|previous\w*|"
    r"other stud\w+|matched|among|in (?:the )?(?:\d+ )?(?:women|men|girls|boys|those|older|younger|"
    r"(?:patients|participants) (?:with|without|who|aged)))\b", re.I,
)  # fmt: skip


class _Told(NamedTuple):
    """The values of a list, those of its percentages in brackets, and where each stands."""

    values: list[tuple[Printed, Spot]]
    percent: bool


def groups_in_order(reading: Reading) -> Iterator[Finding]:
    """Compare lists of as many values as a row has groups with the rows whose words the sentence uses.

    All but one must print the same, with four digits in common. Left alone: subgroups and other analyses, lists that
    another row prints in full.
    """
    rows = [x for x in table_lines(reading) if len(x.cells) > 1]
    if not rows:
        return
    done: set[int] = set()
    for line in lines(reading, _ROLES):
        if sum(c.isdigit() for c in line.words) < DIGITS or _OTHER.search(line.words):
            continue
        words = key(line.words)
        near = [x for x in rows if key(x.name) & words]
        if not near:
            continue
        for told in _lists(line):
            yield from _in_other_order(reading, line, told, near, rows)
            for said, printed, x in _compared(reading, told, near, rows):
                if said[1][0] not in done:
                    done.add(said[1][0])
                    yield told_otherwise(reading, said, printed, x, "the other values are the same")


def _lists(line: Sentence) -> Iterator[_Told]:
    for match in _LIST.finditer(line.words):
        items = list(_ONE.finditer(match[0]))
        start = line.start + match.start()
        mains = [
            (Printed.parse(m["n"]), (start + m.start("n"), start + m.end("n")))
            for m in items
            if not _in_name(match[0], m)
        ]
        percent = any("%" in m["unit"] for m in items)
        yield _Told(mains, percent)
        inside = [(m, p) for m in items if (p := _PERCENT.search(m["aside"] or ""))]
        if len(inside) > 2:
            places = [(p["p"], start + m.start("aside") + p.start("p")) for m, p in inside]
            yield _Told([(Printed.parse(text), (at, at + len(text))) for text, at in places], True)


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Say whether a number is of the name of a group: "on 80 mg"."""
    return bool(re.search(r"\b(?:on|with|of|in|for|at|after|week|day|month)\s$", text[: match.start()]))


def _compared(
    reading: Reading, told: _Told, near: list[Line], rows: list[Line]
) -> Iterator[tuple[tuple[Printed, Spot], Figure, Line]]:
    found = []
    for x in rows:
        for figures in _vectors(reading, x, told.percent):
            if len(figures) != len(told.values):
                continue
            fit = [v.agrees(f.printed) for (v, _), f in zip(told.values, figures, strict=True)]
            if all(fit):
                return
            same = [
                v
                for (v, _), f in zip(told.values, figures, strict=True)
                if v.agrees(f.printed) and v.significant_digits > 1
            ]
            if (
                x in near
                and fit.count(False) == 1
                and len(same) > 1
                and sum(v.significant_digits for v in same) >= DIGITS
            ):
                at = fit.index(False)
                found.append((told.values[at], figures[at], x))
    if len(found) == 1:
        yield found[0]


def _in_other_order(
    reading: Reading, line: Sentence, told: _Told, near: list[Line], rows: list[Line]
) -> Iterator[Finding]:
    """Find a list with the values of a row in another order, where sentence or section names the groups as the head."""
    values = [v for v, _ in told.values]
    if (
        len(values) < 3
        or len({v.value for v in values}) < len(values)
        or sum(v.significant_digits for v in values) < 2 * DIGITS
    ):
        return
    found = []
    for x in rows:
        for figures in _vectors(reading, x, told.percent):
            if len(figures) != len(values):
                continue
            if all(v.agrees(f.printed) for v, f in zip(values, figures, strict=True)):
                return
            if x in near and sorted(v.value for v in values) == sorted(f.printed.value for f in figures):
                found.append((x, figures))
    if len(found) != 1 or not _named_in_order(reading, line, found[0][0]):
        return
    x, figures = found[0]
    yield reading.finding(
        "COLUMNS_EXCHANGED", "inconsistent",
        f"{x.name}: the order of {', '.join(map(str, values))} is inconsistent with the table, "
        f"{', '.join(str(f.printed) for f in figures)}, whose groups the text names in the order of the table",
        "two groups may have been exchanged in one of the two places",
        quotes=((told.values[0][1][0], told.values[-1][1][1]), *((f.start, f.end) for f in figures)),
    )  # fmt: skip


def _named_in_order(reading: Reading, line: Sentence, x: Line) -> bool:
    """Say whether the sentence, or else its section before it, names all groups first in the order of the columns."""
    groups = [c.group.text for c in own_groups(reading, x) if c.group is not None]
    section = reading.document.sections[line.section]
    told = re.split(r"(?<=[a-z)%])\.\s", reading.document.prose[section.start : line.start])
    for words in (line.words, *told[::-1]):
        places = [re.search(rf"(?<![\w-]){re.escape(g)}(?![\w-])", words) for g in groups]
        if all(places):
            starts = [m.start() for m in places if m is not None]
            return starts == sorted(starts)
        if any(places) and words is line.words:
            return False
    return False


def _vectors(reading: Reading, x: Line, percent: bool) -> Iterator[list[Figure]]:
    cells = own_groups(reading, x)
    for statistic in _MAIN:
        if (statistic == "percent") is not percent and not (percent and statistic in ("median", "mean", "centre")):
            continue
        figures = [f for c in cells if (f := c.figure(statistic)) is not None]
        if len(figures) == len(cells) > 2:
            yield figures


__all__ = ["CODES", "groups_in_order"]
