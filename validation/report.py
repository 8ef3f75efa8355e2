"""The table of worst errors: what agrees, what differs and why, what was refused, what was not compared."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from validation.comparison import Compared
from validation.refusals import why_refused
from validation.runner import Run
from validation.tolerances import TARGET, Stated, tolerance
from validation.topics import ELSEWHERE

SMALLEST = 1e-16
"""Below it numbers are the same to the last bit."""


class Line(NamedTuple):
    """The worst of all comparisons of one quantity under one method."""

    method: str
    quantity: str
    cases: int
    numbers: int
    worst: float
    where: str
    stated: Stated

    @property
    def agrees(self) -> bool:
        """Say whether the worst error is within what is stated."""
        return self.worst <= self.stated.value


def lines(compared: Iterable[Compared]) -> list[Line]:
    """Return one line per method and quantity, in the order of names."""
    groups: dict[tuple[str, str], list[Compared]] = defaultdict(list)
    for one in compared:
        groups[one.method, one.quantity].append(one)
    found = []
    for (method, quantity), rows in sorted(groups.items()):
        worst = max(rows, key=lambda row: (row.error, row.case))
        stated = tolerance(method, quantity)
        found.append(
            Line(method, quantity, len({row.case for row in rows}), len(rows), worst.error, worst.case, stated)
        )
    return found


def power(error: float) -> str:
    """Return a bound on an error: a power of ten where both sides round, one digit where the difference is more.

    >>> [power(error) for error in (0.0, 3e-13, 1.1e-12, 0.0213, 5.0, 7.2e6, float("inf"))]
    ['0', '1e-12', '1e-11', '0.03', '5', '8e+06', 'inf']
    """
    if error <= SMALLEST:
        return "0"
    if math.isinf(error):
        return "inf"
    exponent = _exponent(error)
    if error <= TARGET:
        return f"1e{exponent:d}"
    unit = 10.0 ** (exponent - 1)
    return f"{math.ceil(error / unit * (1 - 1e-9)) * unit:.1g}"


def _exponent(error: float) -> int:
    return math.ceil(math.log10(max(SMALLEST, min(error, 1e300))))


def markdown(run: Run) -> str:
    """Return docs/validation.md."""
    found = lines(run.compared)
    parts = [HEAD, "## Agrees\n", *_table(line for line in found if line.worst <= TARGET or not line.stated.because)]
    parts += ["\n## Differs, and why\n", DIFFERS, *_differences(line for line in found if line.worst > TARGET)]
    parts += ["\n## Refused\n", REFUSED, *_refused(run), "\n## Compared elsewhere, or not at all\n", *_elsewhere(run)]
    return "\n".join(parts) + "\n"


def _table(rows: Iterable[Line]) -> Iterator[str]:
    yield "| method | quantity | cases | numbers | worst | allowed | |\n|---|---|---|---|---|---|---|"
    for row in rows:
        verdict = "agrees" if row.agrees else "**beyond**"
        cells = [row.method, row.quantity, str(row.cases), str(row.numbers), power(row.worst), _allowed(row.stated)]
        yield "| " + " | ".join([*cells, verdict]) + " |"


def _differences(rows: Iterable[Line]) -> Iterator[str]:
    yield "| method | quantities, the worst first | cases | worst | allowed | | why |\n|---|---|---|---|---|---|---|"
    groups: dict[tuple[str, float, str], list[Line]] = defaultdict(list)
    for row in rows:
        groups[row.method, row.stated.value, row.stated.because].append(row)
    for (method, _, because), group in groups.items():
        if not because:
            continue  # beyond the target: in the first table
        worst = sorted(group, key=lambda row: (-row.worst, row.quantity))
        names = "; ".join(row.quantity for row in sorted(worst, key=lambda row: (-_exponent(row.worst), row.quantity)))
        verdict = "differs" if all(row.agrees for row in group) else "**beyond**"
        cells = [method, names, str(max(row.cases for row in group)), power(worst[0].worst), _allowed(group[0].stated)]
        yield "| " + " | ".join([*cells, verdict, because]) + " |"


def _allowed(stated: Stated) -> str:
    return "any" if math.isinf(stated.value) else f"{stated.value:g}"


def _refused(run: Run) -> Iterator[str]:
    counts: dict[str, int] = defaultdict(int)
    for case, reason in run.refused:
        counts[why_refused(reason) or f"**not expected**: {case.id}: {reason}"] += 1
    yield "| cases | why |\n|---|---|"
    yield from (f"| {count} | {why} |" for why, count in sorted(counts.items()))
    here = len(run.accepted_here_only)
    yield f"\nRefused by both: {len(run.refused_by_both)}. Answered here where the reference failed: {here}."


def _elsewhere(run: Run) -> Iterator[str]:
    if not run.not_compared:
        yield "Nothing: every function of the references is compared here."
        return
    yield "| function | cases | where, or why not |\n|---|---|---|"
    for name, count in sorted(run.not_compared.items()):
        yield f"| {name} | {count} | {ELSEWHERE.get(name, '**unknown function**')} |"


def beyond(run: Run) -> list[str]:
    """Return what fails: errors beyond what is stated, refusals that were not expected, unknown functions."""
    problems = [
        f"{line.method}: {line.quantity}: {line.worst:.1e} in {line.where} is more than {line.stated.value:g}"
        for line in lines(run.compared)
        if not line.agrees
    ]
    problems += [f"{case.id}: refused: {why}" for case, why in run.refused if why_refused(why) is None]
    return problems + [f"{name}: no topic compares it" for name in run.not_compared if name not in ELSEWHERE]


HEAD = """# Validation

Written by `make validation`; do not edit. The engine is run over the pinned reference results in `tests/references/`,
and every number is compared. Each file says what made it: metafor 5.1.12 and 3.8.1, meta 8.4.0, netmeta 3.3.1,
bayesmeta 3.4, clubSandwich 0.6.0, robumeta 2.1, estmeansd 1.0.1, metamedian 1.2.2, puniform 0.2.7, weightr 2.0.2,
mixmeta 1.2.0. "Second reference" is meta.

The error is `|ours - theirs| / max(|theirs|, unit)`: relative, except where a number is small beside its unit. The
unit of means, bounds and effects is their standard error, of tau2 the smallest sampling variance, of I2 100 %, of
correlations and test statistics 1. Where both sides only round, the worst error is printed as the next power of ten;
where they differ, to one digit, rounded up. The target is 1e-10, and 1e-7 for tail probabilities, which multiply the
error of their statistic. `cases` are fits of the reference, `numbers` what was compared in them.

`python -m validation --references DIR` compares with other files of the same layout and writes nothing.
"""
DIFFERS = """More than 1e-10 apart. Most of these references are not converged as tightly as what they are compared
with. `any`: the reference fails or answers another question, so that no bound makes sense.
"""
REFUSED = """The reference has a number and evsynth refuses, by name of study and value.
"""
