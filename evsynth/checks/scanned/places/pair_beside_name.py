"""Two values right behind the name of a row, "anti-Ro52 positive (70.7% vs. 57.0%)", and the P of such a pair.

One value is that of the row and the other not; or both are, and the P beside them is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, column_of, is_whole, key, names, own_groups, table_lines
from evsynth.checks.scanned.prose import Line as Sentence
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure, Role
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

DIGITS = 5
"""Least number of significant digits of two values that are a row's, whatever the row is called."""

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
_NUMBER = r"(?<![\w.,·/-])-?\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d/]|[.,]\d)"
_AFTER = r"(?:\s?%|\s[a-zA-Zµ/%°]{1,9})?(?:\s?±\s?\d+(?:\.\d+)?|\s?[(\[][^()\[\]]{1,40}[)\]])?(?:\s[a-zA-Zµ/%°]{1,9})?"
_PAIR = Expression(
    rf"(?:[(\[](?:(?:mean|median|means|medians)\s)?|\b(?:was|were|averaged|in|of)\s)(?P<a>{_NUMBER})(?P<ua>{_AFTER})"
    rf"\s?,?\s(?:vs?\.?|versus|compared with|against)\s(?P<b>{_NUMBER})(?P<ub>{_AFTER})"
    r"(?P<rest>[^()\[\].]{0,25}?[,;(\[]\s?(?:[A-Za-z0-9 ,.'-]{2,40}[,;:]\s)?[Pp]\s?(?P<p>[=<>]\s?0?\.\d+))?"
)
_MAIN = ("percent", "mean", "median", "count", "centre", "value")
_OTHER = Expression(
    r"\b(?:per[- ]protocol|sensitivity anal|imput\w+|subgroups?|adjusted|weighted|et al|previous\w*|other stud\w+|"
    r"matched|among|of (?:these|those|whom)|change[sd]?|interaction|trend)\b", re.I,
)  # fmt: skip


class _Told(NamedTuple):
    """Two values of a sentence, where they stand, whether they are percentages, the words before them, and their P."""

    values: tuple[Printed, Printed]
    spots: tuple[Spot, Spot]
    percent: bool
    lead: str
    p: Printed | None
    p_spot: Spot


def pair_beside_name(reading: Reading) -> Iterator[Finding]:
    """Compare pairs of values with rows of two groups.

    Left alone: pairs that some row prints in full, subgroups and other analyses, names that two rows share.
    """
    rows = [(x, own_groups(reading, x)) for x in table_lines(reading) if len(x.cells) > 1]
    two = [(x, figures) for x, cells in rows if len(cells) == 2 for figures in _vectors(cells)]
    if not two:
        return
    with_all = [(x, _of_all(reading, x, cells)) for x, cells in rows if len(cells) == 2]
    for line in lines(reading, _ROLES):
        if not re.search(r"\d.*\b(?:vs?\b|versus|against|compared)", line.words, re.S):
            continue
        for told in _pairs(line):
            if not _OTHER.search(told.lead[-60:]):
                yield from _judged(reading, told, two)
                yield from _whole_for_group(reading, told, [(x, all_) for x, all_ in with_all if all_ is not None])


def _of_all(reading: Reading, x: Line, cells: tuple[Reported, ...]) -> tuple[Figure, Figure, Figure] | None:
    """Give the percentages of a row for the two groups and for all patients."""
    whole = [c for c in x.cells if is_whole(column_of(reading, c))]
    three = [c.figure("percent") for c in (*cells, *whole)]
    if len(whole) != 1 or any(f is None for f in three):
        return None
    one, two, every = (f for f in three if f is not None)
    return one, two, every


def _whole_for_group(
    reading: Reading, told: _Told, rows: list[tuple[Line, tuple[Figure, Figure, Figure]]]
) -> Iterator[Finding]:
    """Find a pair of which one value is that of a group, and the other not that of the other group but that of all."""
    words = key(told.lead)
    for x, (one, two, every) in rows:
        if not told.percent or len(key(x.name) & words) < 2:
            continue
        for at, (mine, other) in enumerate(((one, two), (two, one))):
            for first, second in (told.values, told.values[::-1]):
                if (
                    first.agrees(mine.printed) and second.agrees(every.printed)
                    and not second.agrees(other.printed) and not every.printed.agrees(mine.printed)
                    and not any(v.agrees(other.printed) for v in told.values)
                ):  # fmt: skip
                    spot = told.spots[0 if second is told.values[0] else 1]
                    group = "second" if at == 0 else "first"
                    yield reading.finding(
                        "PRINTED_DIFFERENTLY", "inconsistent",
                        f"{x.name}: {second}% is that of all patients, {every.printed}, inconsistent with "
                        f"{other.printed} of the {group} group", "the column of all may have been taken for a group",
                        quotes=(spot, (other.start, other.end), (every.start, every.end)),
                    )  # fmt: skip
                    return


def _vectors(cells: tuple[Reported, ...]) -> Iterator[tuple[Figure, Figure]]:
    for statistic in _MAIN:
        figures = [f for c in cells if (f := c.figure(statistic)) is not None]
        if len(figures) == 2:
            yield figures[0], figures[1]


def _pairs(line: Sentence) -> Iterator[_Told]:
    for match in _PAIR.finditer(line.words):
        values = Printed.parse(match["a"]), Printed.parse(match["b"])
        spots = tuple((line.start + match.start(k), line.start + match.end(k)) for k in "ab")
        p = Printed.parse(re.sub(r"[\s=]", "", match["p"])) if match["p"] else None
        p_spot = (line.start + match.start("p"), line.start + match.end("p")) if p is not None else (0, 0)
        percent = "%" in (match["ub"] or "") or "%" in (match["ua"] or "")
        lead = re.split(r"[;()\[\]]|,\s(?!and\b)|\.\s", line.words[: match.start()])[-1]
        yield _Told(values, (spots[0], spots[1]), percent, lead, p, p_spot)


def _judged(reading: Reading, told: _Told, two: list[tuple[Line, tuple[Figure, Figure]]]) -> Iterator[Finding]:
    full, near = [], []
    for x, figures in two:
        if told.percent and figures[0].statistic == "count":
            continue
        fit = [v.agrees(f.printed) for v, f in zip(told.values, figures, strict=True)]
        back = [v.agrees(f.printed) for v, f in zip(told.values, figures[::-1], strict=True)]
        if all(fit) or all(back):
            full.append((x, figures))
        elif fit.count(True) == 1 and _named(x, told.lead):
            near.append((x, figures, fit.index(False)))
    if full:
        digits = sum(len(re.sub(r"\D", "", v.text).lstrip("0")) for v in told.values)
        if len(full) == 1 and digits >= DIGITS:
            yield from _other_p(reading, told, full[0][0])
        return
    if len(near) != 1:
        return
    x, figures, at = near[0]
    kept = told.values[1 - at]
    if len(re.sub(r"\D", "", kept.text).lstrip("0")) < 2 or kept.decimals != figures[1 - at].printed.decimals:
        return
    if told.values[at].decimals != figures[at].printed.decimals:
        return
    yield _finding(reading, x, str(told.values[at]), told.spots[at], figures[at])


def _named(x: Line, lead: str) -> bool:
    """Say whether the words before a pair end with the name of a row, but for two words."""
    words = lead.split()
    return any(names(x.name, " ".join(words[-n:])) for n in range(1, len(x.name.split()) + 4))


def _other_p(reading: Reading, told: _Told, x: Line) -> Iterator[Finding]:
    printed = x.p.figure("p") if x.p is not None else None
    if told.p is None or printed is None or told.p.bound or printed.printed.bound or told.p.agrees(printed.printed):
        return
    yield _finding(reading, x, f"P {told.p}", told.p_spot, printed)


def _finding(reading: Reading, x: Line, said: str, spot: Spot, printed: Figure) -> Finding:
    where = f"table {x.table.number}" if x.table.number else "the table"
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{x.name}: {said} in the text is inconsistent with {printed.printed} in {where}, where the rest is the same",
        "the sentence may be about other patients, or another test; otherwise one of both is misprinted",
        quotes=(spot, (printed.start, printed.end)),
    )  # fmt: skip


__all__ = ["CODES", "pair_beside_name"]
