"""Numbers at risk below a survival curve: they can only fall, and start with no more than the group has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.identity import group_key, group_sizes
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("AT_RISK",)

_RISK = Expression(
    r"\b(?:at[- ]risk|still (?:under|in) (?:observation|follow-?up)|remaining under observation)\b", re.I
)
_ITEM = r"(?:[1-9]\d?(?:,\d{3})+(?=,? |[;)/.]|$)|\d{1,6})"
_RUN = Expression(
    rf"(?P<name>[A-Za-z][^.;:\d\n]{{0,60}}?)?[\s:=,(]*(?<![\w.,/-])(?P<run>{_ITEM}(?:(?:,\s?| and |, and |/|; ?| - |"
    rf"\s?→\s?){_ITEM}){{2,}})"
    r"(?![\d%/]|\.\d|\s*(?:months?|years?|weeks?|days?|hours?|mo\b|yr))"
)
_INT = Expression(_ITEM)
_TIMES = Expression(r"\b(?:months?|years?|weeks?|days?|at|hours?|baseline|time)\b[\s:(,]*$", re.I)
_MONTH = Expression(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)[\s,]*$"
)
_LATE = Expression(r"delayed entry|left[- ]truncat|age as (?:the )?time ?scale|staggered entry|risk set", re.I)


def at_risk(reading: Reading) -> Iterator[Finding]:
    """Find numbers at risk that rise, in legends, notes and sentences, and in rows of tables that are called so.

    Left alone: times themselves, runs of fewer than three numbers, papers with delayed entry.
    """
    document = reading.document
    if _LATE.search(document.plain):
        return
    for match in _RISK.finditer(document.prose):
        start = max(document.prose.rfind("\n", 0, match.start()) + 1, match.start() - 200)
        end = document.prose.find("\n", match.end())
        end = min(len(document.prose) if end < 0 else end, match.end() + 500)
        yield from _told(reading, start, end, match.start())
    yield from _rows(reading)


def _told(reading: Reading, start: int, end: int, near: int) -> Iterator[Finding]:
    words = reading.document.prose[start:end]
    for match in _RUN.finditer(words, max(0, near - start - 30)):
        numbers = [int(x.replace(",", "")) for x in _INT.findall(match["run"])]
        before = words[: match.start("run")]
        after = words[match.end() : match.end() + 20]
        if re.search(r"(?:person|patient|participant)[- ](?:time|years?|days?|months?)\b[^.;]*$", before, re.I):
            continue  # time at risk
        if _TIMES.search(before) or re.match(r"\s*(?:-?(?:month|year|week|day|h\b))", after):
            continue
        if numbers == sorted(numbers) and numbers[0] in (0, 1, 3, 6, 12) and len(set(numbers)) == len(numbers):
            continue  # a list of times
        if all(1900 <= n <= 2100 for n in numbers) or _MONTH.search(before):
            continue  # years, or a date
        name = (match["name"] or "").strip(" ,:(")
        yield from _judged(reading, name, numbers, start + match.start("run"), start + match.end("run"))


def _rows(reading: Reading) -> Iterator[Finding]:
    for table in reading.document.tables:
        caption = table.caption.text if table.caption is not None else _above(reading, table)
        whole = bool(_RISK.search(caption))
        under = False
        for row in table.rows:
            if row.bare:
                under = bool(_RISK.search(row.label.text))
                continue
            own = bool(_RISK.search(row.label.text))
            if not (whole or under or own):
                continue
            cells = [content(reading, c) for c in row.cells[1:] if c.text]
            if len(cells) < 3 or any(c.shape != "#" or c.numbers[0].printed.decimals for c in cells):
                continue
            heads = [c.heads[-1].text if c.heads else "" for c in table.columns[1:]]
            if sum(bool(re.search(r"\d|baseline", h, re.I)) for h in heads) < len(heads) - 1:
                continue
            numbers = [int(c.numbers[0].value) for c in cells]
            yield from _judged(
                reading, row.label.text, numbers, cells[0].numbers[0].start, cells[-1].numbers[0].end
            )  # fmt: skip


def _told_size(reading: Reading, name: str, at: int) -> tuple[str, tuple[int, int]] | None:
    """Give the size of a group that the words right above its numbers print: "legend: R-Benda, n = 135"."""
    first = max(0, at - 700)
    sized = rf"(?<![\w-]){re.escape(name.strip())}\s?[,:(\[]{{1,2}}\s?[nN]\s?=\s?(\d[\d,]*)(?![\d.])"
    found = list(re.finditer(sized, reading.document.plain[first:at]))
    if len({m[1] for m in found}) != 1:
        return None
    return found[0][1], (first + found[0].start(), first + found[0].end())


def _above(reading: Reading, table: Table) -> str:
    """Give the two lines above a table that has no caption of its own: the legend of a figure."""
    before = reading.document.plain[max(0, table.start - 300) : table.start].rstrip()
    return " ".join(before.split("\n")[-2:])


def _judged(reading: Reading, name: str, numbers: list[int], start: int, end: int) -> Iterator[Finding]:
    rise = next(((a, b) for a, b in pairwise(numbers) if b > a), None)
    if rise is not None:
        yield reading.finding(
            "AT_RISK", "error",
            f"{name or 'numbers'}: {rise[1]} at risk after {rise[0]} is impossible; patients leave the risk set and "
            f"do not come back", "a digit may be misprinted", quotes=((start, end),),
        )  # fmt: skip
        return
    told = _told_size(reading, name, start) if name else None
    if told is not None and numbers[0] > int(told[0].replace(",", "")):
        yield reading.finding(
            "AT_RISK", "error", f"{name}: {numbers[0]} at risk is more than the legend gives it, {told[0]}",
            "a digit may be misprinted", quotes=((start, end), told[1]),
        )  # fmt: skip
        return
    sizes = group_sizes(reading)
    found = sizes.get(group_key(name)) if name else None
    if found is not None and found.figure is not None and numbers[0] > found.patients:
        yield reading.finding(
            "AT_RISK", "error", f"{name}: {numbers[0]} at risk is more than the group has, {found.patients}",
            "a digit may be misprinted", quotes=((start, end), (found.figure.start, found.figure.end)),
        )  # fmt: skip
