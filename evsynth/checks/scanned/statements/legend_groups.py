"""Legends of figures: a group that the study does not have, and a number of patients with two digits exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import is_whole
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Figure
from evsynth.text.expressions import Expression

CODES = ("LEGEND_CONTRADICTS", "TOTAL_DIFFERS", "GROUP_EXCEEDS")

_NAMED = Expression(
    r"\b(?P<name>[A-Za-z][\w-]{3,30})\s+(?:group|arm|patients|recipients|"
    r"cohort)?\s*[(\[,]\s*[nN]\s*=\s*(?P<n>\d[\d,]*)\s*[)\],;]"
)
_SIZE = Expression(r"\b[nN]\s*=\s*(?P<n>\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d/%]|[.,]\d)")
_PEOPLE = (
    r"(?:\w+\s){0,2}?(?:patients|participants|people|children|women|men|adults|subjects|persons|individuals|cases|"
    r"infants|"
    r"volunteers|residents|students)\b"
)
_THINGS = Expression(r"\b(?:eyes|samples|biopsies|lesions|cells|cycles|procedures|episodes|events|visits)\b", re.I)
_GENERIC = Expression(
    r"^(?:control|controls|placebo|treatment|treated|intervention|group|arm|other|others|both|combined|total|overall|"
    r"patients|"
    r"cases|cohort|positive|negative|high|low|usual|standard|without|with|respectively|available|data|survivors|"
    r"nonsurvivors|"
    r"responders|nonresponders|men|women|male|female|boys|girls|active|study|population|analysis|months?|weeks?|"
    r"years?)$", re.I,
)  # fmt: skip


def legend_groups(reading: Reading) -> Iterator[Finding]:
    """Check the sizes that legends print.

    A group: two sizes, those of the tables, one under the name of its group and one under a word that stands nowhere
    else. A size: printed nowhere else, and an exchange of digits away from a number of people in the text.
    """
    document = reading.document
    columns = _columns(reading)
    for legend in document.legends:
        text = document.prose[legend.start : legend.end]
        yield from _names(reading, legend.start, text, columns)
        yield from _larger(reading, legend.start, text, columns)
        for match in _SIZE.finditer(text):
            yield from _transposed(reading, legend.start + match.start("n"), match["n"])


def _columns(reading: Reading) -> list[tuple[Column, Figure]]:
    for table in reading.document.tables:
        found = [
            (c, c.n)
            for c in table.columns[1:]
            if c.n is not None and c.group is not None and not is_whole(c) and not c.statistic
        ]
        if len(found) == 2 and found[0][1].start != found[1][1].start:
            return found
    return []


def _names(reading: Reading, start: int, text: str, columns: list[tuple[Column, Figure]]) -> Iterator[Finding]:
    named = list(_NAMED.finditer(text))
    if len(named) != 2 or len(columns) != 2:
        return
    sizes = [int(m["n"].replace(",", "")) for m in named]
    heads = [int(f.printed.value) for _, f in columns]
    if sorted(sizes) != sorted(heads) or heads[0] == heads[1]:
        return
    order = columns if sizes == heads else columns[::-1]
    right = [_is(m["name"], c) for m, (c, _) in zip(named, order, strict=True)]
    if sum(right) != 1:
        return
    wrong, (column, figure) = named[right.index(False)], order[right.index(False)]
    word = wrong["name"]
    if (
        _GENERIC.match(word)
        or column.group is None
        or len(re.findall(rf"\b{re.escape(word)}", reading.document.plain, re.I)) > 1
    ):
        return
    yield reading.finding(
        "LEGEND_CONTRADICTS", "inconsistent",
        f"'{word}' in the legend is no group of the study; {wrong['n']} patients are those of {column.group.text}",
        "the group may have another name; otherwise the legend is that of another study",
        quotes=((start + wrong.start(), start + wrong.end()), (figure.start, figure.end)),
    )  # fmt: skip


def _larger(reading: Reading, start: int, text: str, columns: list[tuple[Column, Figure]]) -> Iterator[Finding]:
    """Find a group of a legend that is larger than any table, or the text, says that it is."""
    for match in _NAMED.finditer(text):
        own = [f for c, f in columns if _is(match["name"], c)]
        size = int(match["n"].replace(",", ""))
        if len(own) != 1 or size <= int(own[0].printed.value) or _THINGS.search(text):
            continue
        if len(re.findall(rf"(?<![\d.,]){match['n']}(?![\d]|[.,]\d)", reading.document.plain)) > 1:
            continue
        yield reading.finding(
            "GROUP_EXCEEDS", "error",
            f"n = {match['n']} in the legend is more than the group has, {own[0].printed}",
            "samples or eyes may be counted; otherwise digits were exchanged",
            quotes=((start + match.start("n"), start + match.end("n")), (own[0].start, own[0].end)),
        )  # fmt: skip


def _is(word: str, column: Column) -> bool:
    return column.group is not None and bool(re.search(rf"\b{re.escape(word[:6])}", column.group.text, re.I))


def _transposed(reading: Reading, start: int, text: str) -> Iterator[Finding]:
    plain, digits = reading.document.plain, text.replace(",", "")
    if len(digits) < 3 or len(re.findall(rf"(?<![\d.,]){re.escape(text)}(?![\d]|[.,]\d)", plain)) > 1:
        return
    for i in range(len(digits) - 1):
        other = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        if other == digits or other.startswith("0"):
            continue
        shown = rf"(?:{other}|{int(other):,})"
        found = re.search(rf"(?<![\d.,]){shown}(?=\s{_PEOPLE})|\b[nN]\s*=\s*(?P<n>{shown})(?![\d]|[.,]\d)", plain)
        if found is None:
            continue
        place = (found.start("n"), found.end("n")) if found["n"] else (found.start(), found.end())
        yield reading.finding(
            "TOTAL_DIFFERS", "inconsistent",
            f"n = {text} in the legend is printed nowhere else; {found['n'] or found[0]} people are told of in the "
            f"text",
            "two digits may have been exchanged", quotes=((start, start + len(text)), place),
        )  # fmt: skip
        return
