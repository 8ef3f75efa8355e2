"""Counts with their percentages: of the group they stand under, of a printed denominator, of anything at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import (
    Line,
    group_key,
    missing_said,
    size,
    spot,
    table_lines,
    whole_number,
)
from evsynth.checks.scanned.prose import OWN
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Alternative, Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, last_digit, percent_span
from evsynth.reanalyse.result import meets
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT", "COUNT_EXCEEDS", "NUMBER_IMPOSSIBLE", "COLUMNS_EXCHANGED")

_K_OF_N = Expression(
    r"(?<![\d.,])(\d+) (?:out )?of (?:the )?(\d+) (?:patients|participants|children|women|men|subjects|cases|"
    r"infants|eyes)\b"
)
_K_N = Expression(r"\s*(\d+)\s*/\s*(\d+)\s*[(\[]\s*[\d.]+\s*%?\s*[)\]]\s*")

SHARED = 3
"""Cells of one column that must share another denominator before it is taken for that of the column."""


class Share(NamedTuple):
    """A count with its percentage, and the group size it stands under (None where not printed)."""

    line: Line
    cell: Reported
    events: Figure
    percent: Figure
    of: int
    sized: Figure | None

    @property
    def fits(self) -> bool:
        """Whether count of group size prints as the percentage."""
        return prints(self.events.printed, self.percent.printed, self.of)

    @property
    def quote(self) -> tuple[int, int]:
        """The offsets of count and percentage."""
        return spot(self.events, self.percent)


def prints(count: Printed, percent: Printed, of: int) -> bool:
    """Say whether a count of a denominator prints as the percentage; a bound is never contradicted here."""
    number = whole_number(count)
    if number is None or percent.bound:
        return True
    return of > 0 and number <= of and meets(percent, percent_span(number, of))


def percentages(reading: Reading) -> Iterator[Finding]:
    """Check every printed percentage that has a count, in tables against the size of the column."""
    yield from _fractions(reading)
    by_table: dict[int, list[Share]] = {}
    for share in shares(reading):
        by_table.setdefault(share.line.table.index, []).append(share)
    for found in by_table.values():
        yield from _table(reading, found)


def shares(reading: Reading) -> Iterator[Share]:
    """Give the counts with percentages of tables whose group has a known size and that print no denominator."""
    for line in table_lines(reading):
        for cell in line.cells:
            count, percent = cell.figure("count"), cell.figure("percent")
            if cell.sort != "count percent" or count is None or percent is None or cell.figure("of") is not None:
                continue
            found = size(reading, cell)
            if found is not None and whole_number(count.printed) is not None:
                yield Share(line, cell, count, percent, found.patients, found.figure)


def _fractions(reading: Reading) -> Iterator[Finding]:
    for r in reading.reported:
        count, of, percent = r.figure("count"), r.figure("of"), r.figure("percent")
        if count is None or of is None or (r.spot.table is None and r.spot.role in OWN):
            continue  # sentences are judged by the shares told in them
        number, total = whole_number(count.printed), whole_number(of.printed)
        if number is None or total is None or not 0 < total <= 100_000 or not _printed_so(reading, r):
            continue
        what = r.variable.text if r.variable is not None else "count"
        if number <= total and percent is not None and not prints(count.printed, percent.printed, total):
            yield _contradiction(reading, what, (count, percent, of), total, (spot(count, of, percent),), ())
    yield from _more_than_all(reading)


def _more_than_all(reading: Reading) -> Iterator[Finding]:
    """Find "17 of 12 patients" in sentences, and 17/12 (60%) in cells."""
    document = reading.document
    for match in _K_OF_N.finditer(document.prose):
        if int(match[1]) > int(match[2]) and document.role_at(match.start()) in ("abstract", "results", "body"):
            yield _exceeds(reading, match[1], match[2], match.start(1), match.end(2))
    for line in table_lines(reading):
        for cell in line.row.cells[1:]:
            found = _K_N.fullmatch(document.plain[cell.start : cell.end])
            if found and int(found[1]) > int(found[2]):
                yield _exceeds(reading, found[1], found[2], cell.start + found.start(1), cell.start + found.end(2))


def _exceeds(reading: Reading, count: str, of: str, start: int, end: int) -> Finding:
    return reading.finding(
        "COUNT_EXCEEDS", "error", f"{count} of {of} is more than all",
        "the two numbers may have been exchanged", quotes=((start, end),),
    )  # fmt: skip


def _printed_so(reading: Reading, r: Reported) -> bool:
    """Say whether count, denominator and percentage stand in this order, and the percentage is no range."""
    figures = [f for name in ("count", "of", "percent") if (f := r.figure(name)) is not None]
    after = reading.document.plain[figures[-1].end : figures[-1].end + 12]
    if r.spot.table is not None:
        return True
    digits = all(f.printed.text.replace(",", "").replace(".", "").isdigit() for f in figures[:2])
    written = all(reading.document.plain[f.start : f.end].replace(",", "").isdigit() for f in figures[:2])
    return (
        digits
        and written
        and figures == sorted(figures, key=lambda f: f.start)
        and not re.match(r"\s*%?\s*(?:to|-)\s*\d", after)
    )


def _table(reading: Reading, found: list[Share]) -> Iterator[Finding]:
    bad = [s for s in found if not s.fits and s.events.printed.value <= s.of and s.percent.printed.value <= 100]
    for s in found:
        if s.percent.printed.value > 100 and not s.fits:
            yield reading.finding(
                "NUMBER_IMPOSSIBLE", "error", f"{s.line.name}: {s.percent.printed}% is more than 100%",
                f"a digit may have been added; {s.events.printed} of {s.of} is more than all"
                if s.events.printed.value > s.of else "a digit may have been added",
                quotes=(s.quote,),
            )  # fmt: skip
        elif s.events.printed.value > s.of and not _in_events(s):
            yield reading.finding(
                "COUNT_EXCEEDS", "error",
                f"{s.line.name}: {s.events.printed} is inconsistent with a group of {s.of}",
                "events may be counted rather than patients; otherwise a digit is misprinted", quotes=(s.quote,),
            )  # fmt: skip
    if len(bad) >= SHARED and len(bad) * 2 > len(found):
        yield from _other_size(reading, bad)
        return  # the column head does not give the denominator, or the numbers are no counts of it
    rows: dict[int, list[Share]] = {}
    for s in found:
        rows.setdefault(s.line.row.index, []).append(s)
    others = _shared(bad)
    for key, (total, members) in others.items():
        places = tuple(s.quote for s in members)
        yield reading.finding(
            "COUNT_PERCENT", "note",
            f"{len(members)} percentages of one column are of {total}, not of the {members[0].of} in its head",
            "patients with missing data may be left out", quotes=places,
            computed=(("denominator", str(total)),),
        )  # fmt: skip
        bad = [s for s in bad if s not in members or s.cell.spot.column != key]
    done: set[int] = set()
    for s in bad:
        row = rows[s.line.row.index]
        if s.line.row.index in done:
            continue
        if (exchanged := _exchanged(reading, row)) is not None:
            done.add(s.line.row.index)
            yield exchanged
        elif not _innocent(reading, s, row, found) and not _of_siblings(s, found) and not _of_row(row, found):
            where = (s.quote,)
            yield _contradiction(reading, s.line.name, (s.events, s.percent), s.of, where, _group(s))


def _other_size(reading: Reading, bad: list[Share]) -> Iterator[Finding]:
    """Find a column whose percentages are all of the size that another table prints for the same group."""
    for column in sorted({s.cell.spot.column or 0 for s in bad}):
        members = [s for s in bad if s.cell.spot.column == column]
        group, sized = members[0].cell.group, members[0].sized
        if group is None or sized is None or len(members) < SHARED:
            continue
        for table in reading.document.tables:
            for other in table.columns[1:]:
                same = (
                    other.n is not None
                    and other.group is not None
                    and group_key(other.group.text) == group_key(group.text)
                )
                if not same or other.n is None or int(other.n.printed.value) == members[0].of:
                    continue
                if all(prints(s.events.printed, s.percent.printed, int(other.n.printed.value)) for s in members):
                    yield reading.finding(
                        "COUNT_PERCENT", "inconsistent",
                        f"{group.text}: n = {sized.printed} is inconsistent with the percentages below it, which "
                        f"are of "
                        f"{other.n.printed}, the size of the group in another table",
                        "patients may have been lost, and the percentages kept; otherwise the size is misprinted",
                        quotes=((sized.start, sized.end), (other.n.start, other.n.end)),
                    )  # fmt: skip
                    return


def _in_events(s: Share) -> bool:
    """Say whether a row counts things of which a patient can have several."""
    words = f"{s.line.label} {s.line.table.caption.text if s.line.table.caption else ''}".lower()
    return any(
        word in words for word in ("events", "episodes", "samples", "eyes", "lesions", "nodes", "biops", "number of")
    )


def _group(s: Share) -> tuple[str, ...]:
    return (s.cell.group.text,) if s.cell.group is not None else ()


def _shared(bad: list[Share]) -> dict[int, tuple[int, list[Share]]]:
    """Give, by column, a denominator that explains several of its percentages."""
    found = {}
    columns = {s.cell.spot.column for s in bad if s.cell.spot.column is not None}
    for column in columns:
        members = [s for s in bad if s.cell.spot.column == column]
        counted: Counter[int] = Counter()
        for s in members:
            counted.update(_hidden(s))
        best = counted.most_common(1)
        if best and best[0][1] >= SHARED:
            total = best[0][0]
            found[column] = (total, [s for s in members if total in _hidden(s)])
    return found


def _hidden(s: Share) -> tuple[int, ...]:
    number = whole_number(s.events.printed)
    return denominators_that_print(s.percent.printed, number, s.of - 1) if number else ()


def _exchanged(reading: Reading, row: list[Share]) -> Finding | None:
    if len(row) != 2 or row[0].of == row[1].of or any(s.fits for s in row):
        return None
    one, two = row
    crossed = [prints(a.events.printed, a.percent.printed, b.of) for a, b in ((one, two), (two, one))]
    if not any(crossed):
        return None
    said = " and ".join(
        f"{a.events.printed} ({a.percent.printed}) under {a.of} patients is {a.percent.printed}% of {b.of}"
        for (a, b), fit in zip(((one, two), (two, one)), crossed, strict=True)
        if fit
    )
    return reading.finding(
        "COLUMNS_EXCHANGED", "inconsistent", f"{one.line.name}: {said}, the size of the other group, and "
                                             f"inconsistent with its own",
        "the two columns of the row may have been exchanged when the table was set",
        quotes=(spot(one.events, two.percent),),
        alternatives=(Alternative("the two columns exchanged", "each percentage is that of the other group"),),
    )  # fmt: skip


def _innocent(reading: Reading, s: Share, row: list[Share], found: list[Share]) -> bool:
    """Say whether something printed explains another denominator: a footnote, a parent row, the row or table total."""
    hidden = _hidden(s)
    if not hidden:
        return False
    if s.line.marked or (missing_said(reading, s.line.table) and max(hidden) * 2 >= s.of):
        return True
    if s.line.row.parent is not None or s.line.row.level > 0:
        above = [x for x in found if x.cell.spot.column == s.cell.spot.column and x.line.row.index < s.line.row.index]
        if any(whole_number(x.events.printed) in hidden for x in above):
            return True
        if any(set(counts_that_print(x.percent.printed, x.of)) & set(hidden) for x in above if not x.fits):
            return True  # of the row above, whose count is misprinted
    totals = {sum(int(x.events.printed.value) for x in row), sum(x.of for x in row)}
    return len(row) > 1 and any(all(prints(x.events.printed, x.percent.printed, t) for x in row) for t in totals)


def _of_siblings(s: Share, found: list[Share]) -> bool:
    """Say whether a row and its neighbours, all with known values, are percentages of their own sum."""
    own = sorted((x for x in found if x.cell.spot.column == s.cell.spot.column), key=lambda x: x.line.row.index)
    at = own.index(s)
    for start in range(max(0, at - 7), at + 1):
        for end in range(max(at + 1, start + 2), min(len(own), start + 8) + 1):
            run = own[start:end]
            total = sum(int(x.events.printed.value) for x in run)
            near = run[-1].line.row.index - run[0].line.row.index < len(run) + 1
            if near and total < s.of and all(prints(x.events.printed, x.percent.printed, total) for x in run):
                return True
    return False


def _of_row(row: list[Share], found: list[Share]) -> bool:
    """Say whether all percentages of a row are of the patients that one other row of the table counts."""
    others: dict[int, dict[int | None, int]] = {}
    for s in found:
        others.setdefault(s.line.row.index, {})[s.cell.spot.column] = int(s.events.printed.value)
    return len(row) > 1 and any(
        all(0 < s.events.printed.value <= (of := other.get(s.cell.spot.column, 0)) and
            prints(s.events.printed, s.percent.printed, of) for s in row)
        for index, other in others.items() if index != row[0].line.row.index
    )  # fmt: skip


def _contradiction(
    reading: Reading, what: str, figures: tuple[Figure, ...], total: int,
    quotes: tuple[tuple[int, int], ...], group: tuple[str, ...],
) -> Finding:  # fmt: skip
    count, percent = figures[0].printed, figures[1].printed
    real = 100 * float(count.value) / total
    number = int(count.value)
    hidden = [n for n in denominators_that_print(percent, number, total) if n != total] if number else []
    fit = counts_that_print(percent, total)
    innocent = f"a denominator of {', '.join(map(str, hidden[:4]))} (missing data) gives it; " if hidden else ""
    in_group = f" in {group[0]}" if group else ""
    cut = last_digit(percent, number, total)
    return reading.finding(
        "COUNT_PERCENT", "note" if cut else "inconsistent",
        f"{what}{in_group}: {percent}% is inconsistent with {count} of {total}, which is {real:.{percent.decimals}f}%"
        + (f"; {cut}" if cut else ""),
        f"{innocent}counts that print as {percent}% of {total}: {', '.join(map(str, fit)) or 'no whole number'}",
        quotes=quotes, computed=(("percent", f"{real:.4f}"),),
        alternatives=tuple(
            [Alternative(str(n), f"count that prints as {percent}% of {total}") for n in fit]
            + [Alternative(f"{number} of {n}", f"denominator that prints as {percent}%") for n in hidden[:4]]
        ),
    )  # fmt: skip


def misfits(reading: Reading) -> frozenset[tuple[int, int]]:
    """Give table and row of counts that do not fit their percentages, for checks that build on counts."""
    bad = {(s.line.table.index, s.line.row.index) for s in shares(reading) if not s.fits}
    for line in table_lines(reading):
        for cell in line.cells:
            count, percent, of = (cell.figure(name) for name in ("count", "percent", "of"))
            if count and percent and of and not prints(count.printed, percent.printed, int(of.printed.value)):
                bad.add((line.table.index, line.row.index))
    return frozenset(bad)


__all__ = ["CODES", "Share", "misfits", "percentages", "prints", "shares"]
