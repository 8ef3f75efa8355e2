"""Numbers of patients in legends of figures: given to the other group, or those of another variable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import is_whole
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.places.two_columns import group_columns, named
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Content, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED", "TOTAL_DIFFERS")

_PEOPLE = (
    r"(?:patients|participants|people|children|women|men|adults|subjects|cases|infants|treated|given|controls|"
    r"on\b|with\b)"
)
_SIZE = Expression(
    rf"\b[nN]\s*=\s*(?P<n>\d[\d,]*)(?![\d/%]|\.\d)|(?<![\d.,=])\b(?P<m>\d{{1,6}})(?=\s+(?:\w+\s+)?{_PEOPLE})"
)
_GIVEN = Expression(
    r"\b(?:randomi[sz]ed|assigned|allocated|received|were (?:given|treated|on)|took|started|had been)\b", re.I
)
_BARE = Expression(
    r"(?<![\d.,=/-])\b(?P<m>\d{1,6})\b(?P<n>(?!x)x)?(?![\d/%]|[.,]\d|\s*(?:%|years|months|weeks|days|mg))"
)
_ITEM = Expression(r"(?P<name>[A-Za-z%][\w%/ -]{1,40}?)\s*[(\[]\s*[nN]\s*=\s*(?P<n>\d+)\s*[)\],;]")
_WHOLE = Expression(
    r"\b(?:in|of|for|from|among)\s+(?:the\s+|all\s+)?(?P<n>\d+)\s+(?:\w+\s+)?(?:patients|participants|subjects|pairs)\b|\b[nN]\s*=\s*(?P<m>\d+)"
)
_SHORT = Expression(r"(?<![\w-])(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]{1,11}(?![\w-])")
_PART = Expression(
    r"\b(?:subgroup|subset|both (?:measure|test|visit)\w*|complete (?:data|case)\w*|responders|matched|who)\b", re.I
)


class Head(NamedTuple):
    """Two groups of a table: their sizes, and patterns for their names."""

    figures: tuple[Figure, Figure]
    patterns: tuple[Expression, Expression]
    names: tuple[str, str]


def legend_sizes(reading: Reading) -> Iterator[Finding]:
    """Check which size a legend gives to which group, and whether a size is that of the variable the legend names.

    Variables: the size is, wherever else it stands, that of one variable, which the legend does not name; the one it
    names has that of all patients. Left alone: legends of subsets, sizes printed elsewhere without a variable.
    """
    document = reading.document
    head = _head(reading)
    total = study_size(reading)
    if head is not None:
        for line in lines(reading, ("abstract", "methods", "results", "body")):
            if _GIVEN.search(line.words):
                yield from _exchanged(reading, line.start, line.words, head)
    for legend in document.legends:
        text = document.prose[legend.start : legend.end]
        if head is not None:
            yield from _exchanged(reading, legend.start, text, head)
        yield from _variables(reading, legend.start, legend.end, text, total)


def _head(reading: Reading) -> Head | None:
    for table in reading.document.tables:
        columns = [c for c in group_columns(table) if c.n is not None and c.group is not None and not is_whole(c)]
        if len(columns) != 2:
            continue
        (one, two), (a, b) = columns, (columns[0].n, columns[1].n)
        if a is None or b is None or one.group is None or two.group is None or a.printed.value == b.printed.value:
            continue
        patterns = named(one.group.text, two.group.text, True)
        if patterns is not None:
            return Head((a, b), patterns, (one.group.text, two.group.text))
    return None


def _exchanged(reading: Reading, start: int, text: str, head: Head) -> Iterator[Finding]:
    sizes = [int(f.printed.value) for f in head.figures]
    for sentence in re.finditer(r"(?:[^.]|\.(?=\d))+", text):
        words, shift = sentence[0], sentence.start()
        marks: list[tuple[int, int, str, int]] = []
        for match in (_BARE if _GIVEN.search(words) else _SIZE).finditer(words):
            value = int((match["n"] or match["m"]).replace(",", ""))
            if value == sum(sizes):
                continue
            place = match.span("n" if match["n"] else "m")
            marks.append((*place, "n", sizes.index(value) if value in sizes else -1))
        for index, pattern in enumerate(head.patterns):
            marks += [(m.start(), m.end(), "g", index) for m in pattern.finditer(words)]
        marks.sort()
        kinds = "".join(m[2] for m in marks)
        if kinds == "gngn":
            given = [(marks[0], marks[1]), (marks[2], marks[3])]
        elif kinds == "ngng":
            given = [(marks[1], marks[0]), (marks[3], marks[2])]
        else:
            continue
        groups, numbers = [g[3] for g, _ in given], [n[3] for _, n in given]
        if any(re.search(r"[;]", words[a[1] : b[0]]) for a, b in (sorted(pair) for pair in given)):
            continue
        if sorted(groups) != [0, 1] or groups == numbers or sorted(numbers) != [0, 1]:
            continue
        spots = [(start + shift + n[0], start + shift + n[1]) for _, n in given]
        told = " and ".join(f"{words[n[0] : n[1]]} to {head.names[g[3]]}" for g, n in given)
        yield reading.finding(
            "COLUMNS_EXCHANGED", "inconsistent",
            f"the text gives {told}, inconsistent with the heads of the tables, where it is the other way round",
            "the groups may be named in another order in one of the two places",
            quotes=(*spots, *((f.start, f.end) for f in head.figures)),
        )  # fmt: skip


def _variables(reading: Reading, start: int, end: int, text: str, total: int | None) -> Iterator[Finding]:
    items = [(m["name"].rsplit(" and ", 1)[-1], m.span("n")) for m in _ITEM.finditer(text)]
    if not items:
        found = list(_WHOLE.finditer(text))
        if len(found) != 1:
            return
        items = [(text, found[0].span("n" if found[0]["n"] else "m"))]
    measured = _measured(reading)
    for name, (low, high) in items:
        n = int(text[low:high])
        own = {s for s in _SHORT.findall(name) if s in measured}
        if not own or n < 5 or any(n >= (measured[s] or total or 0) for s in own):
            continue
        if _PART.search(text[text.rfind(". ", 0, low) + 1 : text.find(".", high) if "." in text[high:] else len(text)]):
            continue
        other = _always(reading, n, (start, end), measured)
        if other is None or other[0] in _SHORT.findall(name):
            continue
        yield reading.finding(
            "TOTAL_DIFFERS", "inconsistent",
            f"n = {n} in the legend is the number for {other[0]} wherever else it stands, inconsistent with "
            f"{', '.join(sorted(own))}, which {max(measured[s] or total or 0 for s in own)} patients have",
            "the figure may show only the patients who have both; otherwise the number is that of another figure",
            quotes=((start + low, start + high), other[1]),
        )  # fmt: skip


def _measured(reading: Reading) -> dict[str, int | None]:
    """Give the abbreviations that rows of measurements start with, and how many patients the row prints, if any."""
    found: dict[str, int | None] = {}
    for table in reading.document.tables:
        counted = [
            c
            for c in table.columns[1:]
            if c.heads and re.fullmatch(r"(?:n|no\.?|pairs|patients)", c.heads[-1].text.strip(), re.I)
        ]
        for row in body(table):
            match = _SHORT.match(row.label.text.lstrip("%Δ "))
            cells = [content(reading, c) for c in row.cells[1:]]
            if match is None or not any(_summary(c) for c in cells):
                continue
            own = re.search(r"\b[nN]\s*=\s*(\d+)", row.label.text)
            n = int(own[1]) if own else None
            if n is None and counted:
                cell = content(reading, table.cell(row.index, counted[0].index))
                n = int(cell.numbers[0].value) if cell.shape == "#" else None
            if match[0] not in found or found[match[0]] is None:
                found[match[0]] = n
    return found


def _summary(cell: Content) -> bool:
    """Say whether a cell prints a mean or median with its spread."""
    if cell.shape.startswith(("#±#", "#[#-#", "#[#,#", "#[#to#", "#(#-#", "#(#to#", "#(#,#")):
        return True
    return cell.shape == "#(#)" and cell.numbers[0].printed.decimals > 0


def _always(reading: Reading, n: int, legend: Spot, measured: dict[str, int | None]) -> tuple[str, Spot] | None:
    """Give the one variable that each sentence and row with this number names, and the first such place."""
    document = reading.document
    shared: set[str] | None = None
    first: Spot | None = None
    for match in re.finditer(
        rf"(?<![\d.,/<>=±-]){n}(?![\d/%]|[.,]\d|\s?%|\s*(?:±|\())|(?<=[nN] = ){n}(?!\d)", document.prose
    ):
        if legend[0] <= match.start() < legend[1] or document.role_at(match.start()) == "references":
            continue
        sentence = document.sentence_at(match.start())
        begin = document.prose.rfind("\n", 0, match.start()) + 1
        stop = document.prose.find("\n", match.end())
        begin, stop = (sentence.start, sentence.end) if sentence else (begin, stop if stop > 0 else len(document.prose))
        here = {s for s in _SHORT.findall(document.prose[begin:stop]) if s in measured}
        shared = here if shared is None else shared & here
        first = first or (match.start(), match.end())
    if shared is None or first is None or len(shared) != 1:
        return None
    return shared.pop(), first


__all__ = ["CODES", "legend_sizes"]
