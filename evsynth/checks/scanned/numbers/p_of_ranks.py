"""The P value beside a Mann-Whitney U: ties make it smaller than without ties, but hardly by any amount."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, own_groups, size, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.ranks import mann_whitney, tie_share
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.statistics import Reported

CODES = ("P_OF_RANKS", "NUMBER_IMPOSSIBLE")

TIES, SPREAD_TIES = 0.9, 0.4
"""Largest loss of variance by ties that is believed: in general, and where the quartiles of both groups are three
different numbers. No value is then that of half of the patients, so that ties take a quarter at most."""


def p_of_ranks(reading: Reading) -> Iterator[Finding]:
    """Compare U and P of rows whose two groups have printed sizes."""
    for line in table_lines(reading):
        yield from _row(reading, line)


def _row(reading: Reading, line: Line) -> Iterator[Finding]:
    test = next((c for c in line.cells if c.figure("u") is not None), None)
    if test is None or line.marked:
        return
    u, p = test.figure("u"), test.figure("p") or (line.p.figure("p") if line.p else None)
    cells = own_groups(reading, line)
    sizes = [found.patients for c in cells if (found := size(reading, c)) is not None]
    if u is None or p is None or u.printed.bound or len(sizes) != 2 or len(cells) != 2 or min(sizes) < 2:
        return
    n1, n2 = sizes
    try:
        made = mann_whitney(span(u.printed), n1, n2)
    except ValueError:
        if float(u.printed.value) > n1 * n2:
            yield reading.finding(
                "NUMBER_IMPOSSIBLE", "error", f"{line.name}: U {u.printed} is more than {n1} × {n2} = {n1 * n2}",
                "W (the rank sum) may be printed under U", quotes=((u.start, u.end),),
            )  # fmt: skip
        return
    within = Span(0.0, made.bound)
    ties = tie_share(float(p.printed.value), float(u.printed.value), n1, n2) if 0 < float(p.printed.value) < 1 else 0.0
    most = SPREAD_TIES if all(_spread(c) for c in cells) else TIES
    exact = not p.printed.bound and made.normal - float(p.printed.value) < 0.02
    fits = meets(p.printed, Span(made.normal, made.normal)) or exact
    if meets(p.printed, within) and (fits or ties < most or (p.printed.bound and most == TIES)):
        return
    yield reading.finding(
        "P_OF_RANKS", "inconsistent",
        f"{line.name}: P {p.printed} is inconsistent with U {u.printed} of {n1} and {n2} patients, which gives "
        f"{made.normal:.3g} (with continuity correction {made.corrected:.3g}); ties make P smaller"
        + (", but not by so much" if meets(p.printed, within) else ", never larger"),
        "missing values, or a one-sided test, may explain it; otherwise U or P is misprinted",
        quotes=((u.start, u.end), (p.start, p.end)),
        computed=(("Mann-Whitney U, normal", f"{made.normal:.4g}"), ("most, with any ties", f"{made.bound:.4g}")),
    )  # fmt: skip


def _spread(cell: Reported) -> bool:
    """Say whether the quartiles of a group are printed and are three different numbers."""
    quartiles = [f.printed.value for name in ("q1", "median", "q3") if (f := cell.figure(name)) is not None]
    return len(quartiles) == 3 and quartiles[0] < quartiles[1] < quartiles[2]
