"""A row told in a sentence with the numbers of its groups exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, group_key, names, own_groups, table_lines
from evsynth.checks.scanned.prose import Line as Said
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Alternative, Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED",)

_MAIN = ("count", "mean", "median", "centre", "value")
_NOT = Expression(
    r"\b(?:among|subgroup|adjusted|weighted|per protocol|sensitivity analys|imputed|of these|of whom|without|no|"
    r"change|difference|increase\w*|decrease\w*)\b", re.I,
)  # fmt: skip


class Token(NamedTuple):
    """A group or a number of the row in a sentence."""

    at: int
    end: int
    group: int | None
    number: int | None


def crossed(reading: Reading) -> Iterator[Finding]:
    """Compare which number a sentence gives to which group, where it names all groups and all numbers of a row."""
    rows = []
    for line in table_lines(reading):
        cells = own_groups(reading, line)
        if len(cells) > 1 and not line.marked:
            rows.append((line, [group_key(c.group.text) for c in cells if c.group is not None], cells))
    for said in lines(reading, ("abstract", "results", "body", "conclusion")):
        if not re.search(r"\d", said.words) or _NOT.search(said.words):
            continue
        found = []
        for line, groups, cells in rows:
            if not names(line.name, said.words) or len(groups) != len(cells):
                continue
            for statistics in (_MAIN, ("percent",)):
                figures = [f for c in cells if (f := _first(c, statistics)) is not None]
                if len(figures) == len(cells):
                    found.append((line, figures, _given(said, groups, figures)))
        told = [x for x in found if x[2] is not None]
        if any(given == list(range(len(given))) for _, _, given in told if given):
            continue
        rows_ = {line.row.index for line, _, _ in told}
        if len(rows_) == 1 and told[0][2]:
            yield _finding(reading, said, *told[0][:2])


def _first(cell: Reported, statistics: tuple[str, ...]) -> Figure | None:
    return next((f for name in statistics if (f := cell.figure(name)) is not None), None)


def _given(said: Said, groups: list[str], figures: list[Figure]) -> list[int] | None:
    """Give, for each group of the row, the column whose number the sentence gives it; None where that is not clear."""
    texts = [f.printed.text for f in figures]
    if len(set(texts)) != len(texts) or len(set(groups)) != len(groups) or any(f.printed.bound for f in figures):
        return None
    if sum(len(re.sub(r"\D", "", t).lstrip("0")) for t in texts) <= len(texts):
        return None
    tokens: list[Token] = []
    for index, group in enumerate(groups):
        others = [g for g in groups if g != group]
        if not group or any(f" {group} " in f" {other} " for other in others):
            return None
        words = r"[\s-]+".join(re.escape(w) for w in group.split())
        places = list(re.finditer(rf"(?<!\w){words}(?!\w)", said.words, re.I))
        if len(places) != 1:
            return None
        tokens.append(Token(places[0].start(), places[0].end(), index, None))
    for index, text in enumerate(texts):
        places = list(re.finditer(rf"(?<![\w.,·/-]){re.escape(text)}(?![\d/]|[.,·]\d)", said.words))
        if len(places) != 1:
            return None
        tokens.append(Token(places[0].start(), places[0].end(), None, index))
    tokens.sort()
    kinds = "".join("g" if t.group is not None else "n" for t in tokens)
    count = len(groups)
    if kinds == "gn" * count:
        pairs = list(zip(tokens[::2], tokens[1::2], strict=True))
    elif kinds == "ng" * count:
        pairs = [(g, n) for n, g in zip(tokens[::2], tokens[1::2], strict=True)]
    elif kinds == "g" * count + "n" * count and "respectively" in said.words:
        pairs = list(zip(tokens[:count], tokens[count:], strict=True))
    elif kinds == "n" * count + "g" * count and "respectively" in said.words:
        pairs = list(zip(tokens[count:], tokens[:count], strict=True))
    else:
        return None
    if kinds[:2] in ("gn", "ng") and len(kinds) == 2 * count and "respectively" not in said.words:
        gaps = [said.words[min(g.end, n.end) : max(g.at, n.at)] for g, n in pairs]
        if any(len(gap) > 70 or re.search(r"[;.]", gap) for gap in gaps):
            return None
    given = [-1] * count
    for g, n in pairs:
        given[g.group or 0] = n.number or 0
    return given


def _finding(reading: Reading, said: Said, line: Line, figures: list[Figure]) -> Finding:
    spots = []
    for figure in figures:
        match = re.search(rf"(?<![\w.,·/-]){re.escape(figure.printed.text)}(?![\d/]|[.,·]\d)", said.words)
        if match is not None:
            spots.append((said.start + match.start(), said.start + match.end()))
    where = f"table {line.table.number}" if line.table.number else "the table"
    return reading.finding(
        "COLUMNS_EXCHANGED", "inconsistent",
        f"{line.name}: the sentence gives {', '.join(f.printed.text for f in figures)} to other groups "
        f"than {where} does",
        "the groups may be named in another order in one of the two places",
        quotes=(*sorted(spots), *((f.start, f.end) for f in figures)),
        alternatives=(Alternative("the columns of the row exchanged", "the numbers are those of the sentence"),),
    )  # fmt: skip
