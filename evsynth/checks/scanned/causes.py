"""One cause gives one finding: of findings that quote the same numbers, the one nearest to the cause stays."""

from __future__ import annotations

from collections.abc import Iterable

from evsynth.model.finding import SEVERITIES, Finding, Quoted, order

RANK = (
    "ROWS_SHIFTED", "COLUMNS_EXCHANGED", "NUMBER_IMPOSSIBLE", "COUNT_EXCEEDS", "COUNT_PERCENT",
    "PERCENT_IMPOSSIBLE", "OUT_OF_ORDER", "OUTSIDE_INSTRUMENT", "SD_IMPOSSIBLE", "LABEL_CONTRADICTS",
    "REGRESSION_SIGNS", "REGRESSION_INTERVAL", "RATIO_INTERVAL", "PROPORTION_INTERVAL",
    "DIFFERENCE_TOLD", "RELATIVE_CHANGE", "DIFFERENCE_INTERVAL",
    "REPEATED_ROW", "REPEATED_TRIPLET", "COMPONENTS", "WHOLE_OF_PARTS",
    "AT_RISK", "EVENTS_FEWER", "RATIO_OF_COUNTS",
    "GRIM", "GRIMMER", "PARTS_EXCEED", "PARTS_FALL_SHORT", "SUBGROUPS", "GROUP_EXCEEDS", "FLOW", "DATES",
    "ALLOCATION_RATIO",
    "TIMES_DIFFER", "TOTAL_DIFFERS", "REGRESSION_BETA", "P_OF_REGRESSION", "REGRESSION_T", "R_SQUARED", "EFFECT_SIZE_R",
    "EFFECT_SIZE", "DEGREES_OF_FREEDOM",
    "RATIO_P", "DIFFERENCE_P", "P_OF_CORRELATION", "P_OF_RANKS", "P_OF_STATISTIC", "MEDIAN_AND_RATE",
    "SURVIVAL_CONTRADICTS",
    "RATE", "OBSERVED_EXPECTED", "DIFFERENCE_OF_SHARES",
    "RATIO_OF_SHARES", "NEEDED_TO_TREAT", "ACCURACY", "P_OF_COUNTS", "P_OF_PAIRS", "P_OF_MEANS",
    "STANDARDISED_DIFFERENCE", "RATE_INTERVAL", "CONVERTED_UNITS", "FOLD_CHANGE", "DOSE_BY_WEIGHT", "CLEARANCE",
    "DERIVED_VALUE",
    "AGREEMENT",
    "LOG_RANK_CONTRADICTS", "INTERVAL_OF_MEANS", "INTERVAL_OF_SHARES", "STANDARD_ERROR", "HETEROGENEITY",
    "PRINTED_DIFFERENTLY", "GROUPS", "REPEATED_P",
)  # fmt: skip
"""Codes of arithmetic and of places, from cause to consequence; what a code is not in stands after them."""

BETWEEN = ("RETOLD_DIFFERENTLY", "NUMBER_RETOLD", "GROUPS_RETOLD", "DIRECTION_RETOLD", "RELATIVE_FOR_ABSOLUTE")
"""Codes of two documents: they join a finding about the same numbers in one, and bring the quotes of the other."""

INDEPENDENT = frozenset({
    "MARGIN_CONTRADICTS", "REGARDLESS_CONTRADICTS", "DECISION_CONTRADICTS", "SUPERLATIVE_CONTRADICTS",
    "DOSE_ABOVE_LIMIT", "ALL_OF_THEM_CONTRADICTS", "NOT_ANALYSED_YET_CONCLUDED", "BELOW_LOWEST_GRADE",
    "ELIGIBILITY_CONTRADICTS", "SIGN_EXCEEDS_DIAGNOSIS", "JOURNAL_DIFFERS", "VISITS_DIFFER",
})  # fmt: skip
"""Codes that are about something else than the numbers they quote: never joined to a finding about those numbers."""

STATEMENTS = frozenset({
    "SIGNIFICANCE_CONTRADICTS", "COMPARABLE_CONTRADICTS", "ALL_CONTRADICTS", "DIRECTION_CONTRADICTS", "RATIO_DIRECTION",
    "LEGEND_CONTRADICTS", "TIMES_CONTRADICTS",
})  # fmt: skip
"""Codes whose first quote is a sentence and whose others are the numbers it summarises."""

SUMS = frozenset({"FLOW", "GROUPS", "SUBGROUPS", "PARTS_EXCEED", "PARTS_FALL_SHORT", "TOTAL_DIFFERS", "COMPONENTS"})
"""Codes of parts that do not make a whole: that says nothing about which of two groups has more."""

_ORDER = {code: rank for rank, code in enumerate((*RANK, *BETWEEN))}


def one_cause(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Join findings that share a quoted piece: the first by rank stays and takes the quotes of the others.

    Concerns about the design and notes are never joined: they are about what was done, not about a number. A statement
    about several numbers joins a finding about one of them only where no other number is left.
    """
    kept: list[Finding] = []
    for finding in sorted(
        findings, key=lambda f: (_ORDER.get(f.code, len(RANK)), SEVERITIES.index(f.severity), order(f))
    ):
        host = next((k for k in kept if _joins(k, finding)), None)
        if host is None:
            kept.append(finding)
        elif finding.code in _ORDER or (finding.code in STATEMENTS and host.code in STATEMENTS):
            more = tuple(q for q in finding.quotes if not any(overlap(q, p) for p in host.quotes))
            kept[kept.index(host)] = host._replace(
                quotes=(*host.quotes, *more),
                message=host.message if finding.message in host.message else f"{host.message}; hence also "
                                                                             f"{finding.message}",
                computed=tuple(dict.fromkeys((*host.computed, *finding.computed))),
            )  # fmt: skip
    return tuple(sorted(kept, key=order))


def _joins(kept: Finding, finding: Finding) -> bool:
    if any(f.severity in ("concern", "note") for f in (kept, finding)):
        return False
    if finding.code in STATEMENTS and kept.code in STATEMENTS:
        return overlap(kept.quotes[0], finding.quotes[0])
    if finding.code in INDEPENDENT or kept.code not in _ORDER:
        return False
    if finding.code in STATEMENTS and kept.code in SUMS:
        return False
    if finding.code in STATEMENTS and len(finding.quotes) > 2:
        numbers = finding.quotes[1:]
        return all(any(overlap(a, b) for a in kept.quotes) for b in numbers)
    return any(overlap(a, b) for a in kept.quotes for b in finding.quotes)


def overlap(one: Quoted, two: Quoted) -> bool:
    """Say whether two quotes share a character of one source."""
    if one.source != two.source or None in (one.start, one.end, two.start, two.end):
        return False
    return (one.start or 0) < (two.end or 0) and (two.start or 0) < (one.end or 0)
