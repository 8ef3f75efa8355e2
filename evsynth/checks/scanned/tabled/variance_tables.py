"""Tables of an analysis of variance: MS = SS / df, F = MS / MS of the residuals, and the sums of SS and df."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import truediv

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number
from evsynth.checks.scanned.tabled.records import Record, records
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, exactly, over, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC",)

_REST = Expression(r"\b(?:error|residuals?|within)\b", re.I)
_TOTAL = Expression(r"^(?:corrected )?total\b", re.I)
NEAR = 0.03
"""Share by which F and MS may be off beyond their rounding."""


def variance_tables(reading: Reading) -> Iterator[Finding]:
    """Recompute mean squares and F, and the totals of sums of squares and degrees of freedom."""
    found: dict[int, list[Record]] = {}
    for record in records(reading):
        if "ss" in record.values and "df" in record.values:
            found.setdefault(record.table.index, []).append(record)
    for rows in found.values():
        rest = [r for r in rows if _REST.search(r.label) and r.one("ms") is not None]
        for r in rows:
            ss, df, ms, f = (r.one(name) for name in ("ss", "df", "ms", "f"))
            if ss is not None and df is not None and ms is not None and df.value > 0:
                gives = over(truediv, span(ss.printed), exactly(df.value))
                yield from _judged(reading, r, ms, gives, "MS = SS / df", (ss, df, ms))
            error = rest[0].one("ms") if len(rest) == 1 else None
            if f is not None and ms is not None and error is not None and span(error.printed).low > 0:
                gives = over(truediv, span(ms.printed), span(error.printed))
                yield from _judged(reading, r, f, gives, "F = MS / MS of the residuals", (ms, f), error)
        yield from _totals(reading, rows)


def _judged(
    reading: Reading, r: Record, told: Number, gives: Span, law: str, used: tuple[Number, ...], *more: Number
) -> Iterator[Finding]:
    slack = NEAR * abs(gives.high)
    printed = span(told.printed)
    if printed.low - slack <= gives.high and gives.low <= printed.high + slack:
        return
    yield reading.finding(
        "P_OF_STATISTIC", "inconsistent", f"{r.label}: {told.printed} is inconsistent with {law}, {gives.middle:.4g}",
        "another error term may be meant; otherwise one of the numbers is misprinted",
        quotes=(r.spot(*used), *((n.start, n.end) for n in more)), computed=(("value", f"{gives.middle:.4g}"),),
    )  # fmt: skip


def _totals(reading: Reading, rows: list[Record]) -> Iterator[Finding]:
    total = rows[-1]
    if not _TOTAL.match(total.label) or len(rows) < 3:
        return
    for role in ("ss", "df"):
        parts, whole = [r.one(role) for r in rows[:-1]], total.one(role)
        kept = [n for n in parts if n is not None]
        if whole is None or len(kept) != len(parts):
            continue
        spans = [span(n.printed) for n in kept]
        made = Span(sum(s.low for s in spans), sum(s.high for s in spans)) if role == "ss" else None
        exact = sum(n.value for n in kept)
        off = not made.meets(span(whole.printed)) if made is not None else exact != whole.value
        if off and abs(exact - whole.value) > 0.01 * whole.value:
            yield reading.finding(
                "P_OF_STATISTIC", "inconsistent",
                f"{total.label}: {role.upper()} {whole.printed} is inconsistent with the rows above, which "
                f"make {exact:g}",
                "a row may be left out; otherwise one of the numbers is misprinted",
                quotes=((whole.start, whole.end), *((n.start, n.end) for n in kept)),
            )  # fmt: skip


__all__ = ["CODES", "variance_tables"]
