"""Numbers that stand in the wrong row or column: a shifted row, exchanged columns, a count under another arm."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.agreement import differing
from evsynth.checks.registry import Case
from evsynth.model.finding import Alternative, Finding
from evsynth.model.observation import Observation
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.result import meets

CODES = ("ROWS_SHIFTED", "COLUMNS_EXCHANGED")

_NUMBERS = ("count", "percent", "mean", "sd", "median", "q1", "q3", "centre", "spread")


class Misplaced(NamedTuple):
    """A print of one quantity that is another quantity's print, and the print it contradicts."""

    here: Observation
    belongs: Observation
    otherwise: Observation


def exchanged(case: Case) -> Iterator[Finding]:
    """Find numbers that contradict their own place and fit another."""
    tables: dict[tuple[str, str], list[Misplaced]] = defaultdict(list)
    for one in one_side(tuple(misplaced(case.extraction.observations))):
        tables[one.here.cohort or "", _table(one.here)].append(one)
    for (_, table), found in tables.items():
        yield _shifted(case, table, found)
    yield from _columns(case)


def misplaced(observations: tuple[Observation, ...]) -> Iterator[Misplaced]:
    """Give the prints that differ from another print of their quantity and equal that of another row or column.

    Only several numbers together count, not all the same and not all small: single numbers agree by chance.
    """
    prints: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in observations:
        if (key := _numbers(o)) is not None:
            prints[key].append(o)
    seen = set()
    for pairs in differing(observations):
        for pair in pairs:
            for here, otherwise in (pair, pair[::-1]):
                key = _numbers(here)
                others = [q for q in prints.get(key or (), ()) if _cell(q) != _cell(here) and q.cohort == here.cohort]
                same_row = [q for q in others if q.about.at == here.about.at and q.about.arm == here.about.arm]
                same_variable = [q for q in others if q.about.at == here.about.at and q.variable == here.variable]
                near = sorted(same_row + same_variable, key=lambda q: _table(q) != _table(here))
                belongs = next(iter(near), None)
                if belongs is not None and here.id not in seen and not _own_place(belongs, here, pairs):
                    seen.add(here.id)
                    yield Misplaced(here, belongs, otherwise)


def one_side(found: tuple[Misplaced, ...]) -> Iterator[Misplaced]:
    """Where two prints name each other, keep the one in the table that has more misplaced rows (or comes later)."""
    rows = Counter(_table(m.here) for m in found)
    by_id = {m.here.id: m for m in found}
    for m in found:
        back = by_id.get(m.belongs.id)
        if back is not None and back.belongs.id == m.here.id:
            mine, other = (rows[_table(x.here)] for x in (m, back))
            if (mine, str(m.here.path)) < (other, str(back.here.path)):
                continue
        yield m


def _own_place(belongs: Observation, here: Observation, pairs: list[tuple[Observation, Observation]]) -> bool:
    """Say whether `here` is confirmed by a third print of its own quantity, so that the other place is the odd one."""
    own = {o.id: o for pair in pairs for o in pair}
    return sum(_numbers(o) == _numbers(here) for o in own.values()) > 1 and belongs.id not in own


def _numbers(o: Observation) -> tuple[str, ...] | None:
    texts = tuple(f"{name} {o.statistics[name].text}" for name in _NUMBERS if name in o.statistics)
    digits = {o.statistics[name].text for name in _NUMBERS if name in o.statistics}
    long = sum(len(t.replace(".", "").strip("0-−")) for t in digits)
    if o.unquoted is not None or o.about.arm is None or len(digits) < 2 or long < 5:
        return None
    return texts


def _table(o: Observation) -> str:
    return o.where.partition(",")[0]


def _cell(o: Observation) -> tuple[str | None, ...]:
    return (o.cohort, o.about.arm, o.variable, o.about.at)


def _shifted(case: Case, table: str, found: list[Misplaced]) -> Finding:
    said = "; ".join(
        f"{m.here.variable} in {m.here.group} prints {m.here.printed}, which is {m.belongs.variable} in "
        f"{m.belongs.group} ({m.belongs.where}), while {m.otherwise.where} prints {m.otherwise.printed}"
        for m in found
    )
    with_them = [pair for m in found for pair in _also(case, m)]
    said += "".join(f"; {o.variable} in {o.group} then prints {o.printed}, as {p.variable} does" for o, p in with_them)
    about = [o for m in found for o in m] + [o for pair in with_them for o in pair]
    reads = tuple(
        (m.here.name(name), m.otherwise.statistics[name].text)
        for m in found
        for name in m.here.statistics
        if name in m.otherwise.statistics and name in _NUMBERS
    )
    return case.finding(
        "ROWS_SHIFTED", "inconsistent", (*found[0].here.path, "printed"), f"{table}: {said}",
        "rows or columns may have moved when the table was set; the print of the other place is used",
        about=about, alternatives=(Alternative("the prints of the other places", "as printed elsewhere", reads),),
    )  # fmt: skip


def _also(case: Case, found: Misplaced) -> Iterator[tuple[Observation, Observation]]:
    """Give the cells of the misplaced row at other times that print what the row it comes from prints there as well."""
    here, belongs = found.here, found.belongs
    beside = [o for o in case.extraction.observations if _table(o) == _table(here) and o.about.arm == here.about.arm]
    for o in beside:
        if o.variable != here.variable or o.about.at == here.about.at or _numbers(o) is None:
            continue
        for other in beside:
            if other.variable == belongs.variable and other.about.at == o.about.at and _numbers(other) == _numbers(o):
                yield o, other


def _columns(case: Case) -> Iterator[Finding]:
    """Find rows of counts with percentages that fit the size of the other group and not their own."""
    facts = Facts(case.extraction.study, case.extraction.observations)
    rows: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for o in case.extraction.observations:
        plain = o.about.population is None and o.about.denominator is None and o.about.adjustment is None
        if {"count", "percent"} <= o.statistics.keys() and "of" not in o.statistics and o.about.arm and plain:
            rows[o.path[1], o.cohort, o.variable, o.about.at].append(o)
    for members in rows.values():
        for one, two in combinations(members, 2):
            sizes = facts.patients(one), facts.patients(two)
            if sizes[0] and sizes[1] and sizes[0] != sizes[1] and one.about.arm != two.about.arm:
                yield from _row(case, (one, two), (sizes[0], sizes[1]))


def _row(case: Case, cells: tuple[Observation, Observation], sizes: tuple[int, int]) -> Iterator[Finding]:
    own = [_fits(o, n) for o, n in zip(cells, sizes, strict=True)]
    other = [_fits(o, n) for o, n in zip(cells, sizes[::-1], strict=True)]
    moved = [i for i in (0, 1) if other[i] and not own[i]]
    if not moved or any(own):
        return
    one, two = cells
    said = " and ".join(f"{cells[i].printed} in {cells[i].group} is {_share(cells[i], sizes[1 - i])}" for i in moved)
    rest = "" if len(moved) == 2 else f"; {cells[1 - moved[0]].printed} in {cells[1 - moved[0]].group} fits neither"
    reads = tuple(
        (a.name(name), b.statistics[name].text) for a, b in ((one, two), (two, one)) for name in ("count", "percent")
    )
    alternatives = (Alternative("the two columns exchanged", "each percentage is that of the other group", reads),)
    yield case.finding(
        "COLUMNS_EXCHANGED", "inconsistent", (*one.path, "percent"),
        f"{one.variable}: {said}, the size of the other group{rest}",
        "the two columns of the row may have been exchanged when the table was set",
        about=cells, alternatives=alternatives if len(moved) == 2 else (),
    )  # fmt: skip


def _share(o: Observation, size: int) -> str:
    return f"{o.statistics['percent']}% of {size}"


def _fits(o: Observation, size: int) -> bool:
    count, percent = o.statistics["count"], o.statistics["percent"]
    if count.bound or percent.bound or count.value > size:
        return False
    return meets(percent, percent_span(int(count.value), size))
