"""One cause gives one finding: findings about one value are joined, and the one nearest to the cause leads.

A count under the wrong arm breaks its percentage, the percentage of the other arm, and the P value of the row; a row
printed one line too high differs from its other print and repeats its neighbour. Each is one mistake of the paper.
"""

from __future__ import annotations

from collections.abc import Iterable

from evsynth.model.finding import SEVERITIES, Alternative, Finding, order

LEADS = (
    "ROWS_SHIFTED", "COLUMNS_EXCHANGED", "COUNT_EXCEEDS", "NUMBER_IMPOSSIBLE", "OUTSIDE_INSTRUMENT", "OUT_OF_ORDER",
    "COUNT_PERCENT", "PERCENT_IMPOSSIBLE", "SD_IMPOSSIBLE", "GRIM", "DEBIT", "GRIMMER", "SUMMARY_IMPOSSIBLE",
    "PRINTED_DIFFERENTLY", "REPEATED_TRIPLET", "RATIO_INTERVAL", "RATIO_P", "RATIO_OF_COUNTS",
    "REGRESSION_INTERVAL", "REGRESSION_T", "REGRESSION_BETA", "P_OF_COUNTS", "P_OF_MEANS", "P_OF_RANKS",
    "P_OF_CORRELATION", "P_OF_CHANGE", "P_OF_REGRESSION", "P_OF_STATISTIC", "P_OF_PERCENTAGES",
    "CHANGE_OF_VISITS", "COMPONENTS", "GRADES", "PARTS_EXCEED", "PARTS_FALL_SHORT", "SUBGROUPS",
    "WHOLE_OF_PARTS",
)  # fmt: skip
"""Codes that can be joined, from cause to consequence; a finding with another code stands alone."""

IMPLIED: dict[str, tuple[str, ...]] = {
    "ROWS_SHIFTED": ("PRINTED_DIFFERENTLY", "REPEATED_TRIPLET"),
    "COLUMNS_EXCHANGED": ("COUNT_PERCENT", "PERCENT_IMPOSSIBLE"),
    "COUNT_EXCEEDS": ("NUMBER_IMPOSSIBLE",),
    "NUMBER_IMPOSSIBLE": ("COUNT_PERCENT", "PERCENT_IMPOSSIBLE", "OUT_OF_ORDER"),
    "OUTSIDE_INSTRUMENT": ("OUT_OF_ORDER", "SUMMARY_IMPOSSIBLE"),
    "OUT_OF_ORDER": ("SUMMARY_IMPOSSIBLE", "RATIO_INTERVAL", "RATIO_P", "REGRESSION_INTERVAL"),
    "PRINTED_DIFFERENTLY": ("REGRESSION_BETA",),
    "DEBIT": ("GRIMMER",),
}
"""Consequences that a leading finding says by itself; the others are told with it."""

_RANK = {code: rank for rank, code in enumerate(LEADS)}


def one_cause(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Join findings that share a value: all quotes and computed numbers stay, and the alternatives of what is told."""
    every = tuple(findings)
    alone = [f for f in every if f.code not in _RANK or not f.values]
    groups: list[list[Finding]] = []
    for finding in (f for f in every if f.code in _RANK and f.values):
        touched = [g for g in groups if any(set(f.values) & set(finding.values) for f in g)]
        groups = [g for g in groups if g not in touched]
        groups.append([*(f for g in touched for f in g), finding])
    return (*alone, *(_joined(group) for group in groups))


def _joined(group: list[Finding]) -> Finding:
    lead, *others = sorted(group, key=lambda f: (_RANK[f.code], SEVERITIES.index(f.severity), order(f)))
    if not others:
        return lead
    told = [f for f in others if f.code not in IMPLIED.get(lead.code, ())]
    alternatives: dict[tuple[tuple[str, str], ...] | str, Alternative] = {}
    for alternative in (a for f in (lead, *told) for a in f.alternatives):
        alternatives.setdefault(alternative.reads or alternative.value, alternative)
    return lead._replace(
        message="; hence also ".join((lead.message, *(f.message for f in told))),
        severity=min((f.severity for f in (lead, *told)), key=SEVERITIES.index),
        hint="; ".join(dict.fromkeys(f.hint for f in (lead, *told) if f.hint)),
        quotes=tuple(dict.fromkeys(q for f in (lead, *others) for q in f.quotes)),
        computed=tuple(dict.fromkeys(c for f in (lead, *others) for c in f.computed)),
        alternatives=tuple(alternatives.values()),
        values=tuple(dict.fromkeys(v for f in (lead, *others) for v in f.values)),
    )
