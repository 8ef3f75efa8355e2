"""Categories that exclude each other add up to their group; a part never exceeds it; groups add up to all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import (
    Line,
    children,
    group_key,
    group_sizes,
    is_whole,
    key,
    missing_said,
    size,
    spot,
    table_lines,
    whole_number,
)
from evsynth.checks.scanned.numbers.percentages import misfits
from evsynth.checks.scanned.numbers.totals import sizes_said, study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT", "SUBGROUPS", "GROUP_EXCEEDS")

_EXCLUSIVE = Expression(
    r"\b(?:sex|gender|stage|grade|class|pattern|type|subtype|histolog\w*|differentiation|race|ethnicity|ethnic origin|"
    r"smoking (?:status|history|habit)|severity|category|status|marital|education|classification|ECOG|ASA|NYHA|"
    r"quartile|tertile|age group|blood group|insurance|residence|mode of delivery|parity)\b", re.I,
)  # fmt: skip
_DISJOINT = Expression(r"\b(?:all (?:three|four)|none|neither|only|alone|both)\b", re.I)
"""Words of a category that leave no room for another."""

_SEVERAL = Expression(
    r"more than one|multiple|several|may (?:be|have)|could have|can have|not mutually|overlap|at least one|any of|"
    r"comorbid|co-morbid|medical history|history of|symptom|medication|drug|treatment|therap|adverse|complication|"
    r"antibod|"
    r"serolog|sign|manifestation|feature|risk factor|finding|event|reason|involvement|organ|infection|toxicit|immun|"
    r"concomitant|previous|prior|associated", re.I,
)  # fmt: skip


def partitions(reading: Reading) -> Iterator[Finding]:
    """Check sums in tables, then groups and parts named in sentences."""
    lines, bad = table_lines(reading), misfits(reading)
    for table in reading.document.tables:
        own = [x for x in lines if x.table == table]
        yield from _categories(reading, own, bad)
        yield from _sexes(reading, own, bad)
        yield from _all_row(reading, own)
    yield from _fractions(reading)


def _categories(reading: Reading, lines: list[Line], bad: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    for parent in lines:
        below = children(tuple(lines), parent)
        if len(below) < 2 or any(c.sort != "p" for c in parent.cells):
            continue
        if _SEVERAL.search(parent.row.label.text) or _several(parent):
            continue
        if any(x.row.bare or x.marked or any(y.row.parent == x.row.index for y in lines) for x in below):
            continue
        if any((x.table.index, x.row.index) in bad for x in below):
            continue
        yield from _sum(reading, parent, below)


def _several(line: Line) -> bool:
    words = [p.text for p in (line.table.caption, *line.table.notes) if p is not None]
    return any(re.search(r"more than one|multiple|not mutually|several|overlap", w, re.I) for w in words)


def _sum(reading: Reading, parent: Line, below: list[Line]) -> Iterator[Finding]:
    columns = sorted({c.spot.column for x in below for c in x.cells if c.sort != "p" and c.spot.column is not None})
    sums: dict[int, tuple[int, int, list[Figure]]] = {}
    for column in columns:
        cells = [next((c for c in x.cells if c.spot.column == column), None) for x in below]
        if any(c is None or (c.sort not in ("count percent", "count", "fraction") and not _zero(c)) for c in cells):
            return
        known = [c for c in cells if c is not None]
        counts = [
            f for c in known if (f := c.figure("count") or c.figure("value")) and whole_number(f.printed) is not None
        ]
        total = _total(reading, known)
        if len(counts) != len(below) or total is None:
            return
        sums[column] = (sum(int(f.printed.value) for f in counts), total, counts)
    exact = [c for c, (found, total, _) in sums.items() if found == total]
    over = [c for c, (found, total, _) in sums.items() if found > total]
    short = [c for c, (found, total, _) in sums.items() if found < total]
    labels = " / ".join(x.row.label.text for x in below)
    named = bool(_EXCLUSIVE.search(parent.row.label.text) or _DISJOINT.search(labels))
    for column in over:
        found, total, counts = sums[column]
        if named or exact:
            yield _finding(reading, "PARTS_EXCEED", "error", parent, found, total, counts)
    if exact and not over and len(short) == 1 and len(sums) > 1 and not _lacking(reading, parent):
        found, total, counts = sums[short[0]]
        yield _finding(reading, "PARTS_FALL_SHORT", "inconsistent", parent, found, total, counts)


def _zero(cell: Reported) -> bool:
    figure = cell.figure("value")
    return cell.sort == "value" and figure is not None and figure.printed.text == "0"


def _lacking(reading: Reading, parent: Line) -> bool:
    return missing_said(reading, parent.table) or parent.marked


def _total(reading: Reading, cells: list[Reported]) -> int | None:
    ofs = {int(of.printed.value) for c in cells if (of := c.figure("of")) is not None}
    if ofs:
        return ofs.pop() if len(ofs) == 1 else None
    found = size(reading, cells[0])
    return found.patients if found is not None else None


def _finding(
    reading: Reading, code: str, severity: str, parent: Line, found: int, total: int, counts: list[Figure]
) -> Finding:
    said = " + ".join(f.printed.text for f in counts)
    return reading.finding(
        code, "error" if severity == "error" else "inconsistent",
        f"{parent.name}: {said} = {found} is inconsistent with {total} patients",
        "patients may be counted in several categories" if found > total else "patients may be missing from the "
                                                                              "categories",
        quotes=tuple((f.start, f.end) for f in counts), computed=(("sum", str(found)),),
    )  # fmt: skip


def _sexes(reading: Reading, lines: list[Line], bad: frozenset[tuple[int, int]]) -> Iterator[Finding]:
    """Compare rows for men and women, of one table, with the size of each group."""
    men = [x for x in lines if "male" in key(x.name) and len(key(x.name)) <= 2]
    women = [x for x in lines if "female" in key(x.name) and len(key(x.name)) <= 2]
    if len(men) != 1 or len(women) != 1 or men[0].row.index == women[0].row.index:
        return  # one row for both: "Women/men"
    if men[0].row.parent != women[0].row.parent or men[0].row.parent is not None:
        return
    if any((x.table.index, x.row.index) in bad for x in (men[0], women[0])):
        return
    for cell in men[0].cells:
        other = next((c for c in women[0].cells if c.spot.column == cell.spot.column), None)
        one, two = cell.figure("count"), other.figure("count") if other is not None else None
        found = size(reading, cell)
        if one is None or two is None or found is None or cell.figure("of") is not None:
            continue
        total = int(one.printed.value) + int(two.printed.value)
        if total > found.patients:
            yield _finding(reading, "PARTS_EXCEED", "error", men[0], total, found.patients, [one, two])


def _all_row(reading: Reading, lines: list[Line]) -> Iterator[Finding]:
    """Compare the counts of an "All patients" row with those of the strata below it, which add up to their groups."""
    sizes = {f.patients for f in group_sizes(reading).values()}
    for line in lines:
        if not re.match(r"(?:all|overall|total|entire|whole)\b", line.row.label.text.strip(), re.I):
            continue
        strata = _strata([x for x in lines if x.row.index != line.row.index])
        if strata is None or line.marked or any(x.marked for x in strata):
            continue
        wrong = []
        for cell in line.cells:
            whole = cell.figure("count") or cell.figure("of")
            parts = [
                f for x in strata for c in x.cells if c.spot.column == cell.spot.column
                and (f := c.figure(whole.statistic if whole is not None else "count")) is not None
            ]  # fmt: skip
            if whole is None or len(parts) != len(strata):
                continue
            found = sum(int(f.printed.value) for f in parts)
            if found != int(whole.printed.value) and found in sizes:
                wrong.append((whole, found, parts))
        if wrong:
            said = "; ".join(f"{w.printed} against {' + '.join(f.printed.text for f in p)} = {n}" for w, n, p in wrong)
            yield reading.finding(
                "SUBGROUPS", "inconsistent", f"{line.name}: {said}, the size of the group in its own table",
                "patients may have been left out of one analysis", quotes=tuple((w.start, w.end) for w, _, _ in wrong),
                computed=tuple(("sum of the subgroups", str(n)) for _, n, _ in wrong),
            )  # fmt: skip


def _strata(lines: list[Line]) -> list[Line] | None:
    """Give rows that name the strata of one thing: Stage I, Stage II, Stage III."""
    first: dict[str, list[Line]] = {}
    for line in lines:
        words = line.row.label.text.split()
        if len(words) >= 2 and re.fullmatch(r"(?:[IVX]+[A-C]?|[0-9]+|[A-E])", words[-1]):
            first.setdefault(" ".join(words[:-1]).lower(), []).append(line)
    found = [v for v in first.values() if len(v) > 1]
    return found[0] if len(found) == 1 and len(found[0]) == len(lines) else None


def _largest(reading: Reading) -> dict[str, Figure]:
    """Give the largest size that a head prints for each group."""
    found: dict[str, Figure] = {}
    for table in reading.document.tables:
        for column in table.columns[1:]:
            if column.n is None or column.group is None or is_whole(column):
                continue
            key_ = group_key(column.group.text)
            if key_ not in found or column.n.printed.value > found[key_].printed.value:
                found[key_] = column.n
    return found


def _alone(reading: Reading, figure: Figure) -> bool:
    """Say whether a number of patients is printed nowhere else, as those screened would be."""
    found = re.findall(rf"(?<![\d.,]){figure.printed.text}(?![\d]|[.,]\d)", reading.document.plain)
    after = reading.document.prose[figure.end : figure.end + 30]
    return len(found) == 1 and bool(re.match(r"\s(?:\w+\s)?(?:patients|participants|children|women|men)\b", after))


def _fractions(reading: Reading) -> Iterator[Finding]:
    """Compare denominators that a sentence gives for a named group with the size of that group."""
    largest = _largest(reading)
    total = study_size(reading)
    for r in reading.reported:
        of, count = r.figure("of"), r.figure("count")
        if of is None or r.spot.table is not None or r.spot.role not in ("results", "abstract", "body"):
            continue
        if r.group is None and total is not None and int(of.printed.value) > total and _alone(reading, of):
            yield reading.finding(
                "GROUP_EXCEEDS", "error", f"{of.printed} patients are more than the study has, {total}",
                "events, eyes or samples may be counted; otherwise a digit is misprinted",
                quotes=((spot(count, of) if count is not None else (of.start, of.end)),),
            )  # fmt: skip
        if of is None or r.group is None or r.spot.table is not None or r.spot.role in ("discussion", "background"):
            continue
        found = largest.get(group_key(r.group.text))
        if found is None or int(of.printed.value) <= int(found.printed.value):
            continue
        if int(of.printed.value) + int(found.printed.value) in sizes_said(reading):
            continue  # the others of the study
        yield reading.finding(
            "GROUP_EXCEEDS", "error",
            f"{of.printed} patients in {r.group.text} are more than the group has, {found.printed}",
            "events, eyes or samples may be counted; otherwise a digit is misprinted",
            quotes=((spot(count, of) if count is not None else (of.start, of.end)),
                    (found.start, found.end)),
        )  # fmt: skip


__all__ = ["CODES", "partitions"]
