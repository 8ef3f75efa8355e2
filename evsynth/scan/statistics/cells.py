"""The numbers of table cells, read by their glyphs first, then by row label, column heading, caption and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.scan.labels import FORMS, forms_in, statistic_of, time_in
from evsynth.scan.parts import Column, Form, Phrase, Row, Table
from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.cell_spellings import ESTIMATES, TESTS, TWO, Sense, each, fits_percent, read
from evsynth.scan.statistics.reported import Sort
from evsynth.text.expressions import Expression

_USAGES = (
    Expression(
        r"\b[Mm]eans?,?[ \n]*(?:values?[ \n]*)?[\(\[][ \n]*(?:±[ \n]*)?(?:[Ss]\.?[Dd]\.?|"
        r"[Ss]tandard[ \n]+[Dd]eviations?)"
    ),
    Expression(
        r"\b[Mm]edians?,?[ \n]*(?:values?[ \n]*)?[\(\[][ \n]*(?:[Ii]\.?[Qq]\.?[Rr]|[Ii]nter-?[ \n]?quartile|"
        r"[Qq]uartiles?|Q1|25|P25|[Ff]irst)"
    ),
    Expression(r"\b[Mm]edians?,?[ \n]*(?:values?[ \n]*)?[\(\[][ \n]*(?:[Rr]ange|[Mm]in)"),
)
_IN_BRACKETS = Expression(
    r"(?:parenthes[ei]s|brackets)[^.]{0,60}(?:C\.?I\b|confidence)|(?:C\.?I\b|"
    r"confidence intervals?)[^.]{0,60}(?:parenthes[ei]s|brackets)",
    re.IGNORECASE,
)
_ESTIMATE = Expression(r"(?:point )?estimates?", re.IGNORECASE)
_REGRESSION = Expression(
    r"regress|coefficient|\bmodel|predict|linear|adjusted|covariate|\bβ|\bbeta\b|\bB\b|\bSE\b|standard error",
    re.IGNORECASE,
)
_FOLLOWERS = frozenset("ci se beta t z p df vif chi2 f".split())


class Usage(NamedTuple):
    """How the document says it writes brackets: `mean (SD)`, `median (IQR)`, `median [IQR]`, `median (range)`."""

    mean_sd: bool
    quartiles: bool
    ranges: bool


def usage(prose: str) -> Usage:
    """Read from the running text how brackets are written ("Data are mean (SD), median (IQR) or n (%)")."""
    return Usage(*(pattern.search(prose) is not None for pattern in _USAGES))


def cells(table: Table, number: int, said: Usage) -> Iterator[Candidate]:
    """Read every body cell; an estimate takes interval, standard error, test and P of the columns after it."""
    for column in table.columns:
        if column.n is not None and not any(column.n == c.n for c in table.columns[: column.index]):
            size = column.n
            yield Candidate(
                "group size",
                (size,),
                size.start,
                size.end,
                None,
                "n",
                None,
                column.group,
                None,
                number,
                -1,
                column.index,
            )
    notes = tuple(f for p in (table.caption, *table.notes) if p is not None for f in forms_in(p.text))
    for row in table.rows:
        lead: Candidate | None = None
        share = _prints_shares(table, row, notes)
        for column in table.columns[1:]:
            cell = table.cell(row.index, column.index)
            if not cell.text:
                continue
            sense = _sense(table, row, column, notes)
            if share and column.form is None and column.statistic is None:
                sense = sense._replace(forms=("count percent",))
            made = (each(cell, row, sense.n) if sense.statistic is None else None) or read(cell, sense)
            if made is None:
                continue
            if made.sort == "centre spread" and not sense.forms:
                made = _as_said(made, said)
            made = _placed(made, table, number, row, column)
            follows = (
                lead is not None and sense.statistic in _FOLLOWERS and _same_group(table, lead.column, column.index)
            )
            if lead is not None and follows and not _has(lead, made):
                lead = lead._replace(figures=(*lead.figures, *made.figures), end=made.end)
                continue
            if lead is not None:
                yield lead
                lead = None
            if made.figures and (sense.statistic in ESTIMATES or sense.statistic in TESTS):
                lead = made
            else:
                yield made
        if lead is not None:
            yield lead


def _as_said(made: Candidate, said: Usage) -> Candidate:
    """Give an unlabelled centre with its spread the form that the document says it uses for such brackets."""
    names: dict[str, str] = {}
    sort: Sort = made.sort
    if len(made.figures) == 2 and said.mean_sd:
        sort, names = "mean sd", {"centre": "mean", "spread": "sd"}
    elif len(made.figures) == 3 and said.quartiles and not said.ranges:
        sort, names = "median quartiles", {"centre": "median", "lower": "q1", "upper": "q3"}
    elif len(made.figures) == 3 and said.ranges and not said.quartiles:
        sort, names = "median range", {"centre": "median", "lower": "minimum", "upper": "maximum"}
    if not names:
        return made
    figures_named = tuple(f._replace(statistic=names.get(f.statistic, f.statistic)) for f in made.figures)
    return made._replace(sort=sort, figures=figures_named, label="as the methods say")


def _prints_shares(table: Table, row: Row, notes: tuple[Form, ...]) -> bool:
    """Say whether a row without a stated form prints counts with percentages: in half its cells or more they fit."""
    if row.form is not None or "centre spread" in notes:
        return False
    pairs = []
    for column in table.columns[1:]:
        match = TWO.fullmatch(table.cell(row.index, column.index).text)
        if match and column.statistic is None and column.form is None:
            pairs.append(fits_percent(match, _sense(table, row, column, notes)))
    return bool(pairs) and sum(pairs) * 2 >= len(pairs)


def _has(lead: Candidate, made: Candidate) -> bool:
    names = {figure.statistic for figure in lead.figures}
    return not made.figures or any(figure.statistic in names for figure in made.figures)


def _same_group(table: Table, one: int, other: int) -> bool:
    a, b = table.columns[one].group, table.columns[other].group
    return a == b or b is None


def _sense(table: Table, row: Row, column: Column, notes: tuple[Form, ...]) -> Sense:
    forms = [f for f in (row.form, column.form, table.columns[0].form) if f is not None]
    said = row.label.text if row.form else column.label if column.form else ""
    if row.parent is not None and row.form and not any(p.search(said) for f, p in FORMS if f == row.form):
        said = table.rows[row.parent].label.text
    statistic = column.statistic or (statistic_of(row.stem) if not row.parent else None)
    if statistic == "b" and column.heads and _ESTIMATE.fullmatch(column.heads[-1].text) and not _regression(table):
        statistic = None
    interval = bool(re.search(r"\bC\.?I\b|confidence interval", f"{column.label} {row.label.text}")) or any(
        _IN_BRACKETS.search(words.text) for words in (table.caption, *table.notes) if words is not None
    )
    n = int(column.n.printed.value) if column.n else int(table.n.printed.value) if table.n else None
    return Sense((*forms, *(f for f in notes if not forms)), said, statistic, n, interval)


def _regression(table: Table) -> bool:
    """Say whether the words round a table are about a regression: else its "Estimate" is that of the row."""
    said = [p.text for p in (table.caption, *table.notes) if p is not None] + [c.label for c in table.columns]
    return any(_REGRESSION.search(words) for words in said)


def _placed(made: Candidate, table: Table, number: int, row: Row, column: Column) -> Candidate:
    label = row.label
    at: Phrase | None = column.at
    if at is None:
        for words in (label, table.rows[row.parent].label if row.parent is not None else None):
            span = time_in(words.text) if words is not None else None
            if span and words is not None and at is None:
                at = Phrase(words.text[span[0] : span[1]], words.start, words.end)
    variable = Phrase(row.stem, label.start, label.end)
    return made._replace(variable=variable, group=column.group, at=at, table=number, row=row.index, column=column.index)
