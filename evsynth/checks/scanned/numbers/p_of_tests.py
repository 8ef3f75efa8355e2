"""The P value beside a printed t, Z, F or chi-square: two-sided, or one-sided, with the degrees of freedom printed."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.identity import spot, whole_number
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import chi_square_tail, normal_two_sided, t_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.statistics import Reported

CODES = ("P_OF_STATISTIC",)

NEAR = 0.15
"""Exact and corrected variants of a test lie this near, in Z."""


def p_of_tests(reading: Reading) -> Iterator[Finding]:
    """Recompute the P of every test statistic that prints all it needs; coefficients of regressions are left alone."""
    for r in reading.reported:
        p = r.figure("p")
        if r.sort != "test" or p is None or r.figure("b") is not None or r.spot.table is None:
            continue  # those of running text are read by told.test_statistics
        found = _values(r)
        if found is None:
            continue
        name, values = found
        half = values if r.figure("f") else Span(values.low / 2, values.high / 2)
        ends = {"low": values.low, "high": values.high}
        if meets(p.printed, values) or meets(p.printed, half) or distance(p.printed, ends) < NEAR:
            continue
        figures = [f for f in r.figures if f.statistic in ("t", "z", "chi2", "f", "df", "df2", "p")]
        yield reading.finding(
            "P_OF_STATISTIC", "inconsistent",
            f"P {p.printed} is inconsistent with {name}, which gives {values.low:.3g} to {values.high:.3g}",
            "another test, or a correction for many tests, may explain it; otherwise one of both is misprinted",
            quotes=(spot(*figures),), computed=((name, f"{values.low:.4g} to {values.high:.4g}"),),
        )  # fmt: skip


def _values(r: Reported) -> tuple[str, Span] | None:
    df = r.figure("df")
    number = whole_number(df.printed) if df is not None else None
    f, df2 = r.figure("f"), r.figure("df2")
    if f is not None and df2 is not None and number is not None and number > 0 and not f.printed.bound:
        from scipy.special import fdtrc

        size, rest = span(f.printed), float(df2.printed)
        low, high = (float(fdtrc(number, rest, max(0.0, x))) for x in (size.high, size.low))
        return f"F {f.printed} on {number} and {df2.printed} df", Span(low, high)
    for statistic in ("t", "z", "chi2"):
        figure = r.figure(statistic)
        if figure is None or figure.printed.bound:
            continue
        size = span(figure.printed).absolute()
        if statistic == "z":
            return f"Z {figure.printed}", Span(normal_two_sided(size.high), normal_two_sided(size.low))
        if df is None or float(df.printed) <= 0:
            return None
        if statistic == "t":
            degrees = float(df.printed)
            return f"t {figure.printed} on {df.printed} df", Span(*(t_two_sided(x, degrees) for x in size[::-1]))
        if number is not None:
            return f"chi-square {figure.printed} on {df.printed} df", Span(
                *(chi_square_tail(x, number) for x in size[::-1])
            )
    return None
