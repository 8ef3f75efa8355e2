"""How the cells of tables are spelled: each reader takes one spelling, and says what its numbers are."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.scan.parts import Cell, Figure, Form, Row
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
    P,
    figure_at,
    figures,
)
from evsynth.text.expressions import Expression

_MARKS = r"[*†‡§#¶a-e, ]{0,4}"
_TOS = TO.replace("|,|/", "|,")
_ONE = Expression(rf"(?P<sign>{SIGN})?{GAP}(?P<x>{NUMBER}){GAP}(?P<percent_sign>%)?{_MARKS}")
_SLASHED = Expression(r"[A-Za-z][A-Za-z -]*(?:[/:][A-Za-z][A-Za-z -]*)+")
_PARTS = Expression(r"[0-9]+(?: ?[/:] ?[0-9]+)+")
_OPPOSITES = Expression(
    r"\b(?:males?|men|m|boys?|yes|never|left|positive|present|alive)\s?[/:]\s?(?:females?|women|f|girls?|no|"
    r"former|ever|right|negative|absent|dead)\b|"
    r"\b(?:females?|women|f|girls?|no|right|negative|absent|dead)\s?[/:]\s?(?:males?|men|m|boys?|yes|left|positive|"
    r"present|alive)\b",
    re.IGNORECASE,
)
_P_WITH_WORDS = Expression(
    rf"(?:[Pp]{GAP})?{SIGN}?{GAP}(?P<x>0?\.[0-9]+|1\.0+|0|"
    rf"1){_MARKS}{GAP}[\(\[][^0-9]{{1,60}}[\)\]]"
)
_PLUS_MINUS = Expression(
    rf"(?P<mean>{NUMBER}){GAP}%?{GAP}(?:±|\+/-|\+-){GAP}(?P<sd>{UNSIGNED})%?(?:{GAP}{OPEN}{GAP}(?P<minimum>"
    rf"{NUMBER}){_TOS}(?P<maximum>{NUMBER}){GAP}{CLOSE})?{_MARKS}"
)
TWO = Expression(
    rf"(?P<x>{NUMBER}){GAP}(?P<first_percent>%)?{GAP}(?:{OPEN}|,(?=[ ])|"
    rf";){GAP}±?{GAP}(?P<y>{NUMBER}){GAP}(?P<percent_sign>%)?{GAP}{CLOSE}?{_MARKS}"
)
_THREE = Expression(
    rf"(?P<x>{NUMBER}){GAP}%?{GAP}(?:{OPEN}|;|,(?=[ ])){GAP}(?:{INTERVAL_NAME}{GAP}[:=,]?{GAP}|"
    rf"IQR{GAP}[:=,]?{GAP}|range{GAP}[:=,]?{GAP})?(?P<y>{NUMBER}){GAP}%?{TO}(?P<z>{NUMBER}){GAP}%?{GAP}"
    rf"{CLOSE}?{_MARKS}"
)
_SPACED = Expression(rf"(?P<x>{NUMBER})[ ]+(?P<y>{NUMBER})(?:-|~|[ ]to[ ])(?P<z>{NUMBER}){_MARKS}")
_LIMITS = Expression(rf"{OPEN}?{GAP}(?P<lower>{NUMBER}){GAP}%?{TO}(?P<upper>{NUMBER}){GAP}%?{GAP}{CLOSE}?{_MARKS}")
_FRACTION = Expression(
    rf"(?P<count>{WHOLE}){GAP}(?:/|of|out of){GAP}(?P<of>{WHOLE})(?:{GAP}(?:{OPEN}|,|"
    rf"=){GAP}(?P<percent>{UNSIGNED}){GAP}%?{GAP}{CLOSE}?)?{_MARKS}"
)
_PERCENT_FIRST = Expression(
    rf"(?P<percent>{UNSIGNED}){GAP}%?{GAP}{OPEN}{GAP}(?:n{GAP}={GAP})?(?P<count>{WHOLE}){GAP}(?:/|"
    rf"of){GAP}(?P<of>{WHOLE}){GAP}{CLOSE}{_MARKS}"
)
_BAR = Expression(rf"{OPEN}?(?P<count>{WHOLE}){CLOSE}?{GAP}\|?{GAP}(?P<percent>{UNSIGNED}){GAP}%{_MARKS}")
_COMMA_PERCENT = Expression(rf"(?P<count>{WHOLE}){GAP}[,;]{GAP}(?P<percent>{UNSIGNED}){GAP}%{_MARKS}")
_COUNT_INTERVAL = Expression(
    rf"(?P<count>{WHOLE}){GAP}{OPEN}{GAP}(?P<percent>{UNSIGNED}){GAP}%?{GAP}[;,][ ]{GAP}"
    rf"(?:{INTERVAL_NAME}{GAP}[:=,]?{GAP})?(?P<lower>{UNSIGNED}){GAP}(?:-|to){GAP}(?P<upper>{UNSIGNED}){GAP}%?{GAP}"
    rf"{CLOSE}{_MARKS}"
)
_PERCENT_INTERVAL = Expression(
    rf"(?P<percent>{UNSIGNED}){GAP}%{GAP}{OPEN}{GAP}(?:{INTERVAL_NAME}{GAP}[:=,]?{GAP})?(?P<lower>{UNSIGNED}){GAP}%?{_TOS}"
    rf"(?P<upper>{UNSIGNED}){GAP}%?{GAP}{CLOSE}{_MARKS}"
)
_NAMED_SPREAD = Expression(
    rf"(?P<mean>{NUMBER}){GAP}(?:{OPEN}|[,;]){GAP}(?:(?P<sd_name>S\.?D\.?)|(?P<se_name>S\.?E\.?(?:M\.?)?)){GAP}"
    rf"[=:]?{GAP}(?P<sd>{UNSIGNED}){GAP}{CLOSE}?{_MARKS}"
)
_GLUED = Expression(rf"(?P<x>{NUMBER}){GAP}{OPEN}(?P<y>[0-9]{{1,3}}),(?P<z>[0-9]{{3}}){CLOSE}{_MARKS}")
"""An interval of whole numbers without a space: "110 (100,120)"."""
_WITH_P = Expression(
    rf"(?P<x>{NUMBER}){GAP}{OPEN}{GAP}(?:{INTERVAL_NAME}{GAP}[:=,]?{GAP})?(?P<y>{NUMBER}){TO}(?P<z>{NUMBER}){GAP}"
    rf"(?:[;,]{GAP}{P}{GAP}{CLOSE}|"
    rf"{CLOSE}{GAP}[;,]?{GAP}(?:{P.replace('?P<p>', '?P<p_>')}|(?P<p__>0?\.[0-9]+))){_MARKS}"
)
_P_ALONE = Expression(rf"{P}{_MARKS}")
_POWER = Expression(rf"{SIGN}?{GAP}(?P<x>{UNSIGNED}(?:{GAP}[x×*]{GAP}10{GAP}\^?-[0-9]+|[eE]-[0-9]{{1,3}})){_MARKS}")
_BRACKETED = Expression(rf"[\(\[]{GAP}(?P<x>[0-9]{{1,3}}(?:,[0-9]{{3}})+){GAP}[\)\]]{_MARKS}")
_TAIL_SIZE = Expression(r"[,;]?[ \n]*[\(\[]?[nN][ ]?=[ ]?(?P<n>[0-9]+)[\)\]]?$")
_TAIL_UNIT = Expression(
    r"(?<=[\)\]0-9])[ ]?(?:[kmµnp]?[gmlLs](?:/[a-zA-Zµ0-9²]{1,6})*|%|years?|months?|weeks?|days?|points?|mmHg|I?U/L)$"
)
_NOT_SIGNIFICANT = Expression(r"(?:NS|N\.S\.?|ns|n\.s\.?|not significant)$")

ESTIMATES = frozenset(
    "hazard_ratio odds_ratio risk_ratio mean_difference median_change mean_change b rho r effect_size".split()
)
TESTS = frozenset("u w z t f chi2".split())


class Sense(NamedTuple):
    """What the surroundings of a cell say: forms in order of nearness, statistic, printed group size."""

    forms: tuple[Form, ...]
    said: str
    statistic: str | None
    n: int | None
    interval: bool


def read(cell: Cell, sense: Sense) -> Candidate | None:
    """Read one cell, or give None where it prints no number."""
    text = cell.text
    if sense.statistic == "p" and _NOT_SIGNIFICANT.match(text):
        return Candidate("p", (), cell.start, cell.end, "p", "NS")
    with_words = _P_WITH_WORDS.fullmatch(text) if sense.statistic == "p" else None
    if with_words is not None:
        found = tuple(f._replace(start=f.start + cell.start, end=f.end + cell.start) for f in _named(with_words, x="p"))
        return Candidate("p", found, cell.start, cell.end, "p", sense.said)
    tail = _TAIL_SIZE.search(text)
    if tail is not None and len(re.findall(r"[0-9]+(?:\.[0-9]+)?", text[: tail.start()])) > 1:
        made = _as_spelled(cell, text[: tail.start()], sense)
        size = figure_at("analysed", text, tail.start("n"), tail.end("n"))
        if made is not None and size is not None:
            moved = size._replace(start=cell.start + size.start, end=cell.start + size.end)
            return made._replace(figures=(*made.figures, moved))
    made = _as_spelled(cell, text, sense)
    unit = _TAIL_UNIT.search(text) if made is None else None
    return made if unit is None else _as_spelled(cell, text[: unit.start()], sense)


def _as_spelled(cell: Cell, text: str, sense: Sense) -> Candidate | None:
    for pattern, reader in _READERS:
        match = pattern.fullmatch(text)
        made = reader(match, sense) if match else None
        if made is not None:
            sort, found, measure, label = made
            moved = tuple(f._replace(start=f.start + cell.start, end=f.end + cell.start) for f in found)
            return Candidate(sort, moved, cell.start, cell.end, measure, label)
    return None


_Made = tuple[Sort, tuple[Figure, ...], str | None, str]


def each(cell: Cell, row: Row, n: int | None) -> Candidate | None:
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


def _fraction(match: re.Match[str], sense: Sense) -> _Made | None:
    found = figures(match)
    value = {figure.statistic: figure.printed.value for figure in found}
    if value["count"] > value["of"] or (sense.statistic is not None):
        return None
    return ("count percent" if match["percent"] else "fraction"), found, None, sense.said


def _plus_minus(match: re.Match[str], sense: Sense) -> _Made:
    if sense.forms[:1] == ("mean se",):
        return "mean se", figures(match, sd="se"), None, sense.said
    return "mean sd", figures(match), None, sense.said or "±"


def _named_spread(match: re.Match[str], sense: Sense) -> _Made:
    if match["se_name"]:
        return "mean se", figures(match, sd="se"), None, "SE"
    return "mean sd", figures(match), None, "SD"


def _count_interval(match: re.Match[str], sense: Sense) -> _Made | None:
    if "%" not in match[0] and sense.forms[:1] != ("count percent",):
        return None
    return "count percent", figures(match), None, sense.said


def _percent_interval(match: re.Match[str], sense: Sense) -> _Made:
    return "percent", figures(match), "percent", "with interval"


def _glued(match: re.Match[str], sense: Sense) -> _Made | None:
    ordered = float(match["y"]) <= float(match["x"].replace(",", "").replace(" ", "")) <= float(match["z"])
    return _three(match, sense) if ordered else None


def _with_p(match: re.Match[str], sense: Sense) -> _Made:
    sort, found, measure, label = _three(match, sense)
    p = next(name for name in ("p", "p_", "p__") if match[name])
    last = figure_at("p", match.string, match.start(p), match.end(p))
    return sort, (*found, last) if last is not None else found, measure, label


def _p_alone(match: re.Match[str], sense: Sense) -> _Made:
    return "p", figures(match), "p", sense.said


def _power(match: re.Match[str], sense: Sense) -> _Made:
    if sense.statistic == "p":
        return "p", _named(match, x="p"), "p", sense.said
    return "value", _named(match, x="value"), None, sense.said


def _bracketed(match: re.Match[str], sense: Sense) -> _Made:
    return "value", _named(match, x="value"), None, sense.said


def _three(match: re.Match[str], sense: Sense) -> _Made:
    form = next((f for f in sense.forms if f.startswith("median")), None)
    if sense.statistic in ESTIMATES:
        names = {"x": str(sense.statistic), "y": "lower", "z": "upper"}
        sort: Sort = _sort_of(str(sense.statistic))
        return sort, _named(match, **names), sense.statistic, sense.said
    if "IQR" in match[0]:
        form = "median quartiles"
    if sense.interval or re.search(r"C\.?I|CrI", match[0]):
        return "estimate", _named(match, x="value", y="lower", z="upper"), "value", sense.said
    if form is None or (sense.forms and sense.forms[0] == "mean sd"):
        return "centre spread", _named(match, x="centre", y="lower", z="upper"), None, sense.said
    ends = ("q1", "q3") if form == "median quartiles" else ("minimum", "maximum")
    sort = "median quartiles" if form == "median quartiles" else "median range"
    return sort, _named(match, x="median", y=ends[0], z=ends[1]), None, sense.said


def _two(match: re.Match[str], sense: Sense) -> _Made | None:
    if match["first_percent"] and not match["percent_sign"]:
        return "count percent", _named(match, x="percent", y="count"), None, sense.said
    whole = bool(re.fullmatch(r"[0-9,]+", match["x"]))
    if match["percent_sign"] and whole:
        return "count percent", _named(match, x="count", y="percent"), None, sense.said
    if sense.statistic in ESTIMATES or sense.statistic in TESTS:
        spread = {"t": "df", "chi2": "df"}.get(str(sense.statistic), "p" if sense.statistic in TESTS else "se")
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
        if form in ("mean sd", "mean se") and (len(sense.forms) == 1 or not fits_percent(match, sense)):
            sort: Sort = "mean sd" if form == "mean sd" else "mean se"
            return sort, _named(match, x="mean", y="sd" if form == "mean sd" else "se"), None, sense.said
    if whole and not sense.forms and fits_percent(match, sense):
        return "count percent", _named(match, x="count", y="percent"), None, ""
    return "centre spread", _named(match, x="centre", y="spread"), None, sense.said


def fits_percent(match: re.Match[str], sense: Sense) -> bool:
    if sense.n is None or not re.fullmatch(r"[0-9,]+", match["x"]):
        return False
    return (
        abs(
            100 * int(match["x"].replace(",", "")) / max(1, sense.n)
            - float(match["y"].replace(",", "").replace(" ", ""))
        )
        < 1
    )


def _limits(match: re.Match[str], sense: Sense) -> _Made | None:
    if sense.statistic == "ci" or sense.interval:
        return "estimate", figures(match), "interval", sense.said
    ends = figures(match)
    falling = len(ends) == 2 and ends[0].printed.value > ends[1].printed.value
    if falling and "/" in match[0]:
        return None  # two numbers beside each other: "52/50" under "n of one, n of the other"
    if falling and re.search(r"[0-9][ \n]*[,;]", match[0]):
        if sense.forms[:1] == ("mean sd",):
            return "mean sd", figures(match, lower="mean", upper="sd"), None, sense.said
        return "centre spread", figures(match, lower="centre", upper="spread"), None, sense.said
    if sense.forms[:1] == ("median quartiles",):
        return "range", figures(match, lower="q1", upper="q3"), None, sense.said
    return "range", figures(match, lower="minimum", upper="maximum"), None, sense.said


def _one(match: re.Match[str], sense: Sense) -> _Made:
    name = sense.statistic
    whole = bool(re.fullmatch(r"[0-9,]+", match["x"]))
    if name == "p":
        found = _named(match, x="p")
        return "p", found, "p", sense.said
    if name in ESTIMATES or name in TESTS or name in ("beta", "se", "df", "r_squared", "adjusted_r_squared"):
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


def _percent_first(match: re.Match[str], sense: Sense) -> _Made:
    return "count percent", figures(match), None, sense.said


def _named(match: re.Match[str], **names: str) -> tuple[Figure, ...]:
    found = [figure_at(name, match.string, match.start(group), match.end(group)) for group, name in names.items()]
    return tuple(sorted((f for f in found if f is not None), key=lambda f: f.start))


def _sort_of(statistic: str) -> Sort:
    if statistic in TESTS or statistic == "df":
        return "test"
    if statistic in ("rho", "r"):
        return "correlation"
    if statistic in ("b", "beta", "se", "effect_size"):
        return "coefficient"
    return "r squared" if "squared" in statistic else "estimate"


_READERS = (
    (_COMMA_PERCENT, _percent_first),
    (_COUNT_INTERVAL, _count_interval),
    (_PERCENT_INTERVAL, _percent_interval),
    (_NAMED_SPREAD, _named_spread),
    (_GLUED, _glued),
    (_WITH_P, _with_p),
    (_P_ALONE, _p_alone),
    (_POWER, _power),
    (_BRACKETED, _bracketed),
    (_FRACTION, _fraction),
    (_PERCENT_FIRST, _percent_first),
    (_PLUS_MINUS, _plus_minus),
    (_ONE, _one),
    (_LIMITS, _limits),
    (_THREE, _three),
    (TWO, _two),
    (_SPACED, _three),
    (_BAR, _percent_first),
)
