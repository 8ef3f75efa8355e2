"""P of a comparison of groups from what is printed of each group: counts, means with SD, or grades of a scale."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, product
from typing import NamedTuple

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.model.study import Contrast
from evsynth.reanalyse.counting import Split, counts_that_print, denominators_that_print, percent_span, splits
from evsynth.reanalyse.facts import Facts, Number
from evsynth.reanalyse.means import Group, t_test
from evsynth.reanalyse.result import NOTHING, Attempt, meets
from evsynth.reanalyse.rows.named_tests import Family
from evsynth.reanalyse.rows.printed_statistics import grade_tests
from evsynth.reanalyse.spans import Span, exactly, span
from evsynth.reanalyse.tables import FISHER, LIKELIHOOD, N_MINUS_1, PEARSON, YATES, smallest_expected, table_tests

_FAMILY: dict[str, frozenset[Family]] = {
    PEARSON: frozenset(("chi-square",)),
    YATES: frozenset(("chi-square",)),
    FISHER: frozenset(("fisher",)),
    LIKELIHOOD: frozenset(),
    N_MINUS_1: frozenset(),
}


SPLITS = 50_000
"""Most pairs of group sizes and tests that are searched."""


class Cell(NamedTuple):
    """Patients with a feature in a group."""

    patients: int
    of: int
    percent: Printed | None
    names: tuple[str, ...]


def from_groups(o: Observation, facts: Facts, named: frozenset[Family]) -> Iterator[Attempt]:
    """Give every route to P from what is printed of the groups compared."""
    contrast = facts.contrast(o)
    if contrast is None or contrast.kind != "between arms" or len(contrast.arms) < 2:
        return
    if contrast.adjustment or o.about.adjustment:
        return
    if named & {"log-rank", "cox"} and not named & {"chi-square", "fisher", "t", "mann-whitney"}:
        return
    variables = o.about.variables or ((o.about.variable,) if o.about.variable else ())
    if len(variables) == 1:
        yield from _one_variable(o, facts, contrast, variables[0], named)
    elif variables:
        yield from _levels(o, facts, contrast, variables, named)


def _one_variable(
    o: Observation, facts: Facts, contrast: Contrast, variable: str, named: frozenset[Family]
) -> Iterator[Attempt]:
    cells = [_cell(o, facts, arm, variable) for arm in contrast.arms]
    if all(cells):
        present = [c for c in cells if c is not None]
        table = [tuple(c.patients for c in present), tuple(c.of - c.patients for c in present)]
        yield from _tests(table, tuple(chain.from_iterable(c.names for c in present)), named)
        if len(present) == 2:
            yield from _explanations(o, present)
        return
    yield from _hidden(o, facts, contrast, variable)
    if len(contrast.arms) != 2 or o.about.variable is None:
        return
    yield from _means(o, facts, contrast, variable, named)
    grades = [facts.grades(o, arm) for arm in contrast.arms]
    if grades[0] and grades[1] and not (named and "mann-whitney" not in named):
        yield from grade_tests(grades[0], grades[1])


def _levels(
    o: Observation, facts: Facts, contrast: Contrast, variables: tuple[str, ...], named: frozenset[Family]
) -> Iterator[Attempt]:
    together = any(set(variables) <= set(c.variables) and c.exclusive for c in facts.study.categories)
    if not together:
        return
    rows: list[tuple[int, ...]] = []
    names: list[str] = []
    for variable in variables:
        cells = [facts.in_arm(o, arm, variable, ("count",)) for arm in contrast.arms]
        if not all(cells):
            return
        rows.append(tuple(int(c.statistics["count"].value) for c in cells if c))
        names.extend(c.name("count") for c in cells if c)
    yield from _tests(rows, tuple(names), named)


def _tests(table: list[tuple[int, ...]], names: tuple[str, ...], named: frozenset[Family]) -> Iterator[Attempt]:
    found = table_tests(table)
    if not found and all(sum(column) for column in zip(*table, strict=True)):
        note = "all groups alike: nobody, or everybody, has the feature, and every test gives 1"
        yield Attempt(f"{FISHER}, all alike", 1.0, exactly(1.0), note=note, inputs=names, kind="counts")
        return
    if not found:
        yield Attempt("table of counts", missing="patients with and without the feature", inputs=names)
        return
    least = smallest_expected(table)
    for test, p in found.items():
        binding = bool(_FAMILY[test] & named) if named & {"chi-square", "fisher"} else True
        shape = f"{len(table)} × {len(table[0])} table"
        note = f"smallest expected count {least:.3g}"
        yield Attempt(f"{test}, {shape}", p, exactly(p), binding=binding, note=note, inputs=names, kind="counts")
    if FISHER not in found and (not named & {"chi-square", "fisher"} or "fisher" in named):
        yield Attempt(FISHER, missing="an exact test of a table as large as this", inputs=names, kind="counts")


def _cell(o: Observation, facts: Facts, arm: str, variable: str) -> Cell | None:
    value = facts.in_arm(o, arm, variable, ("count",))
    if value is None:
        return None
    printed, count = value.statistics.get("of"), value.statistics["count"]
    of = int(printed.value) if printed is not None and not printed.bound else facts.patients(value)
    if of is None or of < count.value or count.bound:
        return None
    names = tuple(value.name(s) for s in ("count", "of") if s in value.statistics)
    return Cell(int(count.value), of, value.statistics.get("percent"), names)


def _explanations(o: Observation, cells: list[Cell]) -> Iterator[Attempt]:
    """Give tests of other counts that the row admits; shown only, and only where they give the P.

    Where a percentage contradicts its count, the counts and denominators that would print it are tried, also with the
    two columns exchanged; where none does, up to three patients missing from either group.
    """
    p = o.statistics.get("p")
    if p is None or p.bound:
        return
    fits = all(c.percent is None or meets(c.percent, percent_span(c.patients, c.of)) for c in cells)
    if fits:
        fewer = [[(c.patients, c.of - k) for k in range(4) if c.patients <= c.of - k > 0] for c in cells]
        missing = sorted(product(*fewer), key=lambda pair: -pair[0][1] - pair[1][1])
        tried = [("", pair) for pair in missing]
    else:
        swapped = [Cell(b.patients, a.of, b.percent, a.names) for a, b in (cells, cells[::-1])]
        tried = [
            (what, pair)
            for what, row in (("", cells), ("the two columns exchanged: ", swapped))
            for pair in product(*(_readings(c) for c in row))
        ]
    for what, ((a, n1), (b, n2)) in tried:
        if not what and (a, n1, b, n2) == (cells[0].patients, cells[0].of, cells[1].patients, cells[1].of):
            continue
        for test, value in table_tests([(a, b), (n1 - a, n2 - b)]).items():
            if test in (PEARSON, YATES, FISHER) and meets(p, exactly(value)):
                route = f"{what}{a} of {n1} and {b} of {n2}, {test}"
                reads = (*_reads(cells[0], a, n1), *_reads(cells[1], b, n2))
                yield Attempt(route, value, exactly(value), binding=False, note="explains", reads=reads)


def _reads(cell: Cell, patients: int, of: int) -> Iterator[tuple[str, str]]:
    """Say which numbers of a cell read differently: its count, its percentage, its denominator."""
    value = cell.names[0].removesuffix(".count")
    if patients != cell.patients:
        yield f"{value}.count", str(patients)
    if of != cell.of:
        yield f"{value}.of", str(of)
    share = percent_span(patients, of)
    if cell.percent is not None and not meets(cell.percent, share):
        yield f"{value}.percent", f"{share.middle:.{cell.percent.decimals}f}"


def _readings(cell: Cell) -> list[tuple[int, int]]:
    found = [(cell.patients, cell.of)] if cell.patients <= cell.of else []
    if cell.percent is not None and not meets(cell.percent, percent_span(cell.patients, cell.of)):
        nearest = round(float(cell.percent) * cell.of / 100)
        found += [(k, cell.of) for k in counts_that_print(cell.percent, cell.of) or (nearest,) if k <= cell.of]
        found += [(cell.patients, n) for n in denominators_that_print(cell.percent, cell.patients, cell.of)]
    return found


def _hidden(o: Observation, facts: Facts, contrast: Contrast, variable: str) -> Iterator[Attempt]:
    """Search the sizes of two groups whose percentages are printed without them."""
    arms = [facts.in_arm(o, arm, variable, ("percent",)) for arm in contrast.arms]
    p = o.statistics.get("p")
    if len(arms) != 2 or arms[0] is None or arms[1] is None or p is None:
        return
    if any("count" in a.statistics for a in arms if a):
        return
    cohort = facts.cohort(o)
    most = cohort.patients if cohort else None
    names = tuple(a.name("percent") for a in arms if a)
    if most is None or most > 400:
        yield Attempt("percentages of two groups", missing="the patients of both groups", inputs=names)
        return
    one, two = arms[0].statistics["percent"], arms[1].statistics["percent"]
    route = f"all sizes of two groups within {most} patients, usual tests"
    whole = _whole(o, facts, contrast, variable)
    every = splits(one, two, most)
    possible = tuple(islice((s for s in every if whole is None or _within(s, *whole)), SPLITS))
    if whole is not None:
        route = f"all sizes of two groups within {most} patients ({whole[0]} of {whole[1]} in all), usual tests"
    if not possible:
        yield Attempt(route, span=NOTHING, note="no sizes print both percentages", inputs=names, kind="percentages")
        return
    found = [s for s in possible if meets(p, exactly(s.p))]
    if not found:
        nearest = min(possible, key=lambda s: abs(s.p - float(p)))
        pairs = len({s[:4] for s in possible})
        note = (
            f"none of the {pairs} pairs of groups that print both percentages gives the printed P; the nearest is "
            f"{_example(nearest)}"
        )
        yield Attempt(route, nearest.p, exactly(nearest.p), note=note, inputs=names, kind="percentages")
        return
    first = max(found, key=lambda s: s.patients_1 + s.patients_2)
    values = Span(min(s.p for s in found), max(s.p for s in found))
    note = f"the sizes are not printed; {len(found)} fit, for example {_example(first)}"
    yield Attempt(route, None, values, note=note, inputs=names)


def _whole(o: Observation, facts: Facts, contrast: Contrast, variable: str) -> tuple[int, int] | None:
    """Give the events and patients of the group of which both arms are parts, where both are printed."""
    cohort = facts.cohort(o)
    within = {arm.within for arm in cohort.arms if arm.arm in contrast.arms} if cohort else set()
    name = within.pop() if len(within) == 1 else None
    found = facts.in_arm(o, name, variable, ("count", "of")) if name else None
    return (int(float(found.statistics["count"])), int(float(found.statistics["of"]))) if found else None


def _within(split: Split, events: int, patients: int) -> bool:
    """Say whether those who are in neither of two groups can have the events that the two leave of the whole."""
    left = patients - split.patients_1 - split.patients_2
    return 0 <= events - split.events_1 - split.events_2 <= left


def _example(split: Split) -> str:
    counts = f"{split.events_1}/{split.patients_1} and {split.events_2}/{split.patients_2}"
    return f"{counts}, {split.test}, P {split.p:.3g}"


def _means(
    o: Observation, facts: Facts, contrast: Contrast, variable: str, named: frozenset[Family]
) -> Iterator[Attempt]:
    centres = ("mean", "sd"), ("centre", "spread")
    for centre, spread in centres:
        found = [facts.in_arm(o, arm, variable, (centre, spread)) for arm in contrast.arms]
        if found[0] is None or found[1] is None:
            continue
        sizes = [facts.patients(a) for a in found if a]
        numbers = [
            (Number(a.statistics[centre], a, centre), Number(a.statistics[spread], a, spread)) for a in found if a
        ]
        names = tuple(chain.from_iterable((m.name, s.name) for m, s in numbers))
        if sizes[0] is None or sizes[1] is None or min(s for s in sizes if s) < 2:
            yield Attempt("means and SD", missing="the patients of both groups", inputs=names)
            return
        groups = [Group(span(m.printed), span(s.printed), n) for (m, s), n in zip(numbers, sizes, strict=True) if n]
        for equal, test in ((True, "Student's t"), (False, "Welch's t")):
            result = t_test(groups[0], groups[1], equal_variances=equal)
            binding = centre == "mean" and (not named or bool(named & {"t", "welch"}))
            note = "" if centre == "mean" else "if the unlabelled numbers are mean and SD"
            route = f"{test} from mean, SD and n"
            yield Attempt(route, result.p, result.p_span, binding=binding, note=note, inputs=names, kind="means")
        if centre == "centre":
            yield Attempt("means and SD", missing="what the two unlabelled numbers are", inputs=names)
        if not named or "mann-whitney" in named:
            reason = "Mann-Whitney is among the tests named" if named else "the test is not named; it may be rank-based"
            yield Attempt("Mann-Whitney", missing=f"U, or the patients' values ({reason})", inputs=names)
        return
