"""The P value of a row of means by Student's and Welch's t from mean, standard deviation and size of two groups."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from evsynth.checks.scanned.facts.sizes_at_hand import sizes_at_hand
from evsynth.checks.scanned.identity import Line, own_groups, size, spot, table_lines
from evsynth.checks.scanned.numbers.methods_said import another_p, tests
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.numbers.p_of_counts import least as least_p
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.means import Group, t_test
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_MEANS",)

_NAMED = Expression(r"s\.?\s?d\b|standard dev", re.I)

NEAR, RANKS, ADJUSTED = 0.06, 0.9, 1.8
"""Least distance in Z from the t tests: as rounding and variants leave it, where the paper also uses rank tests, and
where it also adjusts or models."""


def p_of_means(reading: Reading) -> Iterator[Finding]:
    """Recompute the P of rows that print mean and standard deviation of two groups.

    Left alone: rows whose P is that of the fewer patients of whom the text says that values were at hand.
    """
    said = tests(reading)
    if said.paired:
        return
    lines = table_lines(reading)
    medians = {x.table.index for x in lines if any(c.sort.startswith("median") for c in x.cells)}
    found: dict[int, list[Finding]] = {}
    decided: Counter[int] = Counter()
    for line in lines:
        # A table that prints medians for some rows prints means for those it compared by t.
        ranks = said.ranks and line.table.index not in medians
        least = ADJUSTED if said.adjusted or said.multiple else RANKS if ranks else NEAR
        if (
            line.p is not None
            and not line.marked
            and not another_p(line.table, line.p.spot.column, f"{line.label} {line.p.text}")
        ):
            found.setdefault(line.table.index, []).extend(_row(reading, line, least))
            p = line.p.figure("p")
            means = any(c.sort in ("mean sd", "mean se") for c in line.cells)
            decided[line.table.index] += means and p is not None and not p.printed.bound
    for table, findings in found.items():
        if len(findings) < 2 or len(findings) * 2 <= decided[table]:
            yield from findings  # otherwise the P values are of another test than that of two groups


def _row(reading: Reading, line: Line, least: float) -> Iterator[Finding]:
    cells, p = own_groups(reading, line), line.p.figure("p") if line.p is not None else None
    if p is None or len(cells) != 2 or any(c.sort not in ("mean sd", "mean se") for c in cells):
        return
    groups, figures, quoted, errors = [], [], [], []
    for cell in cells:
        mean, sd, found = cell.figure("mean"), cell.figure("sd") or cell.figure("se"), size(reading, cell)
        if mean is None or sd is None or found is None or found.patients < 2:
            return
        spread = span(sd.printed)
        errors.append(Span(spread.low * math.sqrt(found.patients), spread.high * math.sqrt(found.patients)))
        groups.append(Group(span(mean.printed), errors[-1] if cell.sort == "mean se" else spread, found.patients))
        figures += [mean, sd]
        quoted.append(f"{mean.printed} ± {sd.printed} (n = {found.patients})")
    if sum(g.sd.middle for g in groups) == 0:
        return
    tried = {}
    for name, equal in (("Student's t", True), ("Welch's t", False)):
        made = t_test(groups[0], groups[1], equal_variances=equal)
        if meets(p.printed, made.p_span) or (least_p(p.printed) and made.p < float(p.printed)):
            return
        tried[name] = made
    values = {
        f"{n}{k}": v for n, m in tried.items() for k, v in (("", m.p), (" low", m.p_span.low), (" high", m.p_span.high))
    }
    if distance(p.printed, values) < least:
        return
    if any(meets(p.printed, t_test(*fewer, equal_variances=True).p_span) for fewer in _at_hand(reading, groups)):
        return
    as_errors = [g._replace(sd=e) for g, e in zip(groups, errors, strict=True)]
    if not _NAMED.search(cells[0].label) and meets(
        p.printed, t_test(as_errors[0], as_errors[1], equal_variances=True).p_span
    ):
        return  # nothing says that the spread is a standard deviation
    given = "; ".join(f"{name} gives {m.p:.3g}" for name, m in tried.items())
    yield reading.finding(
        "P_OF_MEANS", "inconsistent",
        f"{line.name}: P {p.printed} is inconsistent with {' and '.join(quoted)}: {given}",
        "another test, an adjustment, or missing values may explain it; otherwise P, a mean or an SD is misprinted",
        quotes=(spot(*figures), (p.start, p.end)),
        computed=tuple((name, f"{m.p:.4g}") for name, m in tried.items()),
    )  # fmt: skip


def _at_hand(reading: Reading, groups: list[Group]) -> Iterator[tuple[Group, Group]]:
    """Give the two groups with the numbers of patients of whom values were at hand, where a sentence tells these."""
    one, two = groups
    for a, b in sizes_at_hand(reading):
        for m, n in ((a, b), (b, a)):
            known = m <= one.patients and n <= two.patients and 2 * (m + n) >= one.patients + two.patients
            if known and min(m, n) >= 2:
                yield one._replace(patients=m), two._replace(patients=n)
