"""The numbers of table cells, read by their glyphs first, then by row label, column heading, caption and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.scan.labels import FORMS, forms_in, statistic_of, time_in
from evsynth.scan.parts import Cell, Column, Figure, Form, Phrase, Row, Table
from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.reported import Sort
from evsynth.scan.statistics.spelling import (
    CLOSE,
    GAP,
    INTERVAL_NAME,
    NUMBER,
    OPEN,
    SIGN,
    TO,
    UNSIGNED,
    WHOLE,
    figure_at,
    figures,
)

_MARKS = r"[*†‡§#¶a-e, ]{0,4}"
_TOS = TO.replace("|,|/", "|,")
_ONE = re.compile(rf"(?P<sign>{SIGN})?{GAP}(?P<x>{NUMBER}){GAP}(?P<percent_sign>%)?{_MARKS}")
_SLASHED = re.compile(r"[A-Za-z][A-Za-z -]*(?:[/:][A-Za-z][A-Za-z -]*)+")
_PARTS = re.compile(r"[0-9]+(?: ?[/:] ?[0-9]+)+")
_OPPOSITES = re.compile(
    r"\b(?:males?|men|m|boys?|yes|never|left|positive|present|alive)\s?[/:]\s?(?:females?|women|f|girls?|no|"
    r"former|ever|right|"
    r"negative|absent|dead)\b",
    re.IGNORECASE,
)
_P_WITH_WORDS = re.compile(
    rf"(?:[Pp]{GAP})?{SIGN}?{GAP}(?P<x>0?\.[0-9]+|1\.0+|0|"
    rf"1){_MARKS}{GAP}[\(\[][^0-9]{{1,60}}[\)\]]"
)
_PLUS_MINUS = re.compile(
    rf"(?P<mean>{NUMBER}){GAP}%?{GAP}(?:±|\+/-|\+-){GAP}(?P<sd>{UNSIGNED})%?(?:{GAP}{OPEN}{GAP}(?P<minimum>"
    rf"{NUMBER}){_TOS}(?P<maximum>{NUMBER}){GAP}{CLOSE})?{_MARKS}"
)
_TWO = re.compile(
    rf"(?P<x>{NUMBER}){GAP}(?P<first_percent>%)?{GAP}(?:{OPEN}|,(?=[ ])|"
    rf";){GAP}±?{GAP}(?P<y>{NUMBER}){GAP}(?P<percent_sign>%)?{GAP}{CLOSE}?{_MARKS}"
)
_THREE = re.compile(
    rf"(?P<x>{NUMBER}){GAP}%?{GAP}(?:{OPEN}|;|,(?=[ ])){GAP}(?:{INTERVAL_NAME}{GAP}[:=,]?{GAP}|"
    rf"IQR{GAP}[:=,]?{GAP}|range{GAP}[:=,]?{GAP})?(?P<y>{NUMBER}){GAP}%?{TO}(?P<z>{NUMBER}){GAP}%?{GAP}"
    rf"{CLOSE}?{_MARKS}"
)
_SPACED = re.compile(rf"(?P<x>{NUMBER})[ ]+(?P<y>{NUMBER})(?:-|~|[ ]to[ ])(?P<z>{NUMBER}){_MARKS}")
_LIMITS = re.compile(rf"{OPEN}?{GAP}(?P<lower>{NUMBER}){GAP}%?{TO}(?P<upper>{NUMBER}){GAP}%?{GAP}{CLOSE}?{_MARKS}")
_FRACTION = re.compile(
    rf"(?P<count>{WHOLE}){GAP}(?:/|of|out of){GAP}(?P<of>{WHOLE})(?:{GAP}(?:{OPEN}|,|"
    rf"=){GAP}(?P<percent>{UNSIGNED}){GAP}%?{GAP}{CLOSE}?)?{_MARKS}"
)
_PERCENT_FIRST = re.compile(
    rf"(?P<percent>{UNSIGNED}){GAP}%?{GAP}{OPEN}{GAP}(?:n{GAP}={GAP})?(?P<count>{WHOLE}){GAP}(?:/|"
    rf"of){GAP}(?P<of>{WHOLE}){GAP}{CLOSE}{_MARKS}"
)
_BAR = re.compile(rf"(?P<count>{WHOLE}){GAP}\|?{GAP}(?P<percent>{UNSIGNED}){GAP}%{_MARKS}")
_USAGES = (
    re.compile(
        r"\b[Mm]eans?,?[ \n]*(?:values?[ \n]*)?[\(\[][ \n]*(?:±[ \n]*)?(?:[Ss]\.?[Dd]\.?|"
        r"[Ss]tandard[ \n]+[Dd]eviations?)"
    ),
    re.compile(
        r"\b[Mm]edians?,?[ \n]*(?:values?[ \n]*)?[\(\[][ \n]*(?:[Ii]\.?[Qq]\.?[Rr]|[Ii]nter-?[ \n]?quartile|"
        r"[Qq]uartiles?|Q1|25|P25|[Ff]irst)"
    ),
    re.compile(r"\b[Mm]edians?,?[ \n]*(?:values?[ \n]*)?[\(\[][ \n]*(?:[Rr]ange|[Mm]in)"),
)
_IN_BRACKETS = re.compile(
    r"(?:parenthes[ei]s|brackets)[^.]{0,60}(?:C\.?I\b|confidence)|(?:C\.?I\b|"
    r"confidence intervals?)[^.]{0,60}(?:parenthes[ei]s|brackets)",
    re.IGNORECASE,
)
_NOT_SIGNIFICANT = re.compile(r"(?:NS|N\.S\.?|ns|n\.s\.?|not significant)$")

_ESTIMATES = frozenset(
    "hazard_ratio odds_ratio risk_ratio mean_difference median_change mean_change b rho r effect_size".split()
)
_TESTS = frozenset("u w z t f chi2".split())
_FOLLOWERS = frozenset("ci se beta t z p df vif chi2 f".split())


class Usage(NamedTuple):
    """How the document says it writes brackets: `mean (SD)`, `median (IQR)`, `median [IQR]`, `median (range)`."""

    mean_sd: bool
    quartiles: bool
    ranges: bool


def usage(prose: str) -> Usage:
    """Read from the running text how brackets are written ("Data are mean (SD), median (IQR) or n (%)")."""
    return Usage(*(pattern.search(prose) is not None for pattern in _USAGES))


class _Sense(NamedTuple):
    """What the surroundings of a cell say: forms in order of nearness, statistic, printed group size."""

    forms: tuple[Form, ...]
    said: str
    statistic: str | None
    n: int | None
    interval: bool


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
            made = (_each(cell, row, sense.n) if sense.statistic is None else None) or _read(cell, sense)
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
            if made.figures and (sense.statistic in _ESTIMATES or sense.statistic in _TESTS):
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
        match = _TWO.fullmatch(table.cell(row.index, column.index).text)
        if match and column.statistic is None and column.form is None:
            pairs.append(_fits_percent(match, _sense(table, row, column, notes)))
    return bool(pairs) and sum(pairs) * 2 >= len(pairs)


def _has(lead: Candidate, made: Candidate) -> bool:
    names = {figure.statistic for figure in lead.figures}
    return not made.figures or any(figure.statistic in names for figure in made.figures)


def _same_group(table: Table, one: int, other: int) -> bool:
    a, b = table.columns[one].group, table.columns[other].group
    return a == b or b is None


def _sense(table: Table, row: Row, column: Column, notes: tuple[Form, ...]) -> _Sense:
    forms = [f for f in (row.form, column.form, table.columns[0].form) if f is not None]
    said = row.label.text if row.form else column.label if column.form else ""
    if row.parent is not None and row.form and not any(p.search(said) for f, p in FORMS if f == row.form):
        said = table.rows[row.parent].label.text
    statistic = column.statistic or (statistic_of(row.stem) if not row.parent else None)
    interval = bool(re.search(r"\bC\.?I\b|confidence interval", f"{column.label} {row.label.text}")) or any(
        _IN_BRACKETS.search(words.text) for words in (table.caption, *table.notes) if words is not None
    )
    n = int(column.n.printed.value) if column.n else int(table.n.printed.value) if table.n else None
    return _Sense((*forms, *(f for f in notes if not forms)), said, statistic, n, interval)


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


def _read(cell: Cell, sense: _Sense) -> Candidate | None:
    """Read one cell, or give None where it prints no number."""
    text = cell.text
    if sense.statistic == "p" and _NOT_SIGNIFICANT.match(text):
        return Candidate("p", (), cell.start, cell.end, "p", "NS")
    with_words = _P_WITH_WORDS.fullmatch(text) if sense.statistic == "p" else None
    if with_words is not None:
        found = tuple(f._replace(start=f.start + cell.start, end=f.end + cell.start) for f in _named(with_words, x="p"))
        return Candidate("p", found, cell.start, cell.end, "p", sense.said)
    for pattern, reader in _READERS:
        match = pattern.fullmatch(text)
        made = reader(match, sense) if match else None
        if made is not None:
            sort, found, measure, label = made
            moved = tuple(f._replace(start=f.start + cell.start, end=f.end + cell.start) for f in found)
            return Candidate(sort, moved, cell.start, cell.end, measure, label)
    return None


_Made = tuple[Sort, tuple[Figure, ...], str | None, str]


def _each(cell: Cell, row: Row, n: int | None) -> Candidate | None:
    """Read "19/30" under "Male/female", or "40/6/3" under "Smoking (never/former/current)": one count for each word.

    Under any other words with a slash the parts must add up to the size of the group; else it is a fraction.
    """
    found = [figure_at("count", cell.text, m.start(), m.end()) for m in re.finditer(r"[0-9]+", cell.text)]
    listed = _SLASHED.search(row.label.text)
    if not _PARTS.fullmatch(cell.text) or listed is None or len(re.split(r"[/:]", listed[0])) != len(found):
        return None
    total = sum(int(f.printed.value) for f in found if f is not None)
    if not (_OPPOSITES.search(listed[0]) or (n is not None and total == n)) or (n is not None and total > 2 * n):
        return None
    moved = tuple(f._replace(start=f.start + cell.start, end=f.end + cell.start) for f in found if f is not None)
    return Candidate("count", moved, cell.start, cell.end, "each", listed[0])


def _fraction(match: re.Match[str], sense: _Sense) -> _Made | None:
    found = figures(match)
    value = {figure.statistic: figure.printed.value for figure in found}
    if value["count"] > value["of"] or (sense.statistic is not None):
        return None
    return ("count percent" if match["percent"] else "fraction"), found, None, sense.said


def _plus_minus(match: re.Match[str], sense: _Sense) -> _Made:
    if sense.forms[:1] == ("mean se",):
        return "mean se", figures(match, sd="se"), None, sense.said
    return "mean sd", figures(match), None, sense.said or "±"


def _three(match: re.Match[str], sense: _Sense) -> _Made:
    form = next((f for f in sense.forms if f.startswith("median")), None)
    if sense.statistic in _ESTIMATES:
        names = {"x": str(sense.statistic), "y": "lower", "z": "upper"}
        sort: Sort = _sort_of(str(sense.statistic))
        return sort, _named(match, **names), sense.statistic, sense.said
    if "IQR" in match[0]:
        form = "median quartiles"
    if sense.interval:
        return "estimate", _named(match, x="value", y="lower", z="upper"), "value", sense.said
    if form is None or (sense.forms and sense.forms[0] == "mean sd"):
        return "centre spread", _named(match, x="centre", y="lower", z="upper"), None, sense.said
    ends = ("q1", "q3") if form == "median quartiles" else ("minimum", "maximum")
    sort = "median quartiles" if form == "median quartiles" else "median range"
    return sort, _named(match, x="median", y=ends[0], z=ends[1]), None, sense.said


def _two(match: re.Match[str], sense: _Sense) -> _Made | None:
    if match["first_percent"] and not match["percent_sign"]:
        return "count percent", _named(match, x="percent", y="count"), None, sense.said
    whole = bool(re.fullmatch(r"[0-9,]+", match["x"]))
    if match["percent_sign"] and whole:
        return "count percent", _named(match, x="count", y="percent"), None, sense.said
    if sense.statistic in _ESTIMATES or sense.statistic in _TESTS:
        spread = {"t": "df", "chi2": "df"}.get(str(sense.statistic), "p" if sense.statistic in _TESTS else "se")
        return (
            _sort_of(str(sense.statistic)),
            _named(match, x=str(sense.statistic), y=spread),
            sense.statistic,
            sense.said,
        )
    if sense.statistic is not None:
        return None
    for form in sense.forms:
        if form == "percent count" and re.fullmatch(r"[0-9,]+", match["y"]):
            return "count percent", _named(match, x="percent", y="count"), None, sense.said
        if form == "count percent" and whole:
            return "count percent", _named(match, x="count", y="percent"), None, sense.said
        if form in ("mean sd", "mean se") and (len(sense.forms) == 1 or not _fits_percent(match, sense)):
            sort: Sort = "mean sd" if form == "mean sd" else "mean se"
            return sort, _named(match, x="mean", y="sd" if form == "mean sd" else "se"), None, sense.said
    if whole and not sense.forms and _fits_percent(match, sense):
        return "count percent", _named(match, x="count", y="percent"), None, ""
    return "centre spread", _named(match, x="centre", y="spread"), None, sense.said


def _fits_percent(match: re.Match[str], sense: _Sense) -> bool:
    if sense.n is None or not re.fullmatch(r"[0-9,]+", match["x"]):
        return False
    return (
        abs(
            100 * int(match["x"].replace(",", "")) / max(1, sense.n)
            - float(match["y"].replace(",", "").replace(" ", ""))
        )
        < 1
    )


def _limits(match: re.Match[str], sense: _Sense) -> _Made:
    if sense.statistic == "ci" or sense.interval:
        return "estimate", figures(match), "interval", sense.said
    if sense.forms[:1] == ("median quartiles",):
        return "range", figures(match, lower="q1", upper="q3"), None, sense.said
    return "range", figures(match, lower="minimum", upper="maximum"), None, sense.said


def _one(match: re.Match[str], sense: _Sense) -> _Made:
    name = sense.statistic
    whole = bool(re.fullmatch(r"[0-9,]+", match["x"]))
    if name == "p":
        found = _named(match, x="p")
        return "p", found, "p", sense.said
    if name in _ESTIMATES or name in _TESTS or name in ("beta", "se", "df", "r_squared", "adjusted_r_squared"):
        return _sort_of(str(name)), _named(match, x=str(name)), name, sense.said
    if match["percent_sign"] or sense.forms[:1] == ("percent",):
        return "percent", _named(match, x="percent"), None, sense.said
    form = sense.forms[0] if sense.forms else None
    if form in ("count percent", "count") and whole:
        return "count", _named(match, x="count"), None, sense.said
    if form in ("mean sd", "mean se") and sense.said:
        return "mean", _named(match, x="mean"), None, sense.said
    if form in ("median quartiles", "median range") and sense.said:
        return "median", _named(match, x="median"), None, sense.said
    return "value", _named(match, x="value"), name, sense.said


def _percent_first(match: re.Match[str], sense: _Sense) -> _Made:
    return "count percent", figures(match), None, sense.said


def _named(match: re.Match[str], **names: str) -> tuple[Figure, ...]:
    found = [figure_at(name, match.string, match.start(group), match.end(group)) for group, name in names.items()]
    return tuple(sorted((f for f in found if f is not None), key=lambda f: f.start))


def _sort_of(statistic: str) -> Sort:
    if statistic in _TESTS or statistic == "df":
        return "test"
    if statistic in ("rho", "r"):
        return "correlation"
    if statistic in ("b", "beta", "se", "effect_size"):
        return "coefficient"
    return "r squared" if "squared" in statistic else "estimate"


_READERS = (
    (_FRACTION, _fraction),
    (_PERCENT_FIRST, _percent_first),
    (_PLUS_MINUS, _plus_minus),
    (_ONE, _one),
    (_LIMITS, _limits),
    (_THREE, _three),
    (_TWO, _two),
    (_SPACED, _three),
    (_BAR, _percent_first),
)
