"""The mean of a group is that of its parts by their patients, and its median lies between theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.study import Cohort, Partition
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.spans import Span, span

CODES = ("WHOLE_OF_PARTS",)


def wholes(case: Case) -> Iterator[Finding]:
    """Compare groups with the exclusive parts that make them up, for values about all of their patients."""
    facts = Facts(case.extraction.study, case.extraction.observations)
    for cohort in case.extraction.study.cohorts:
        for partition in cohort.partitions:
            if partition.exclusive and partition.exhaustive:
                for statistic in ("mean", "median"):
                    yield from _compare(case, facts, cohort, partition, statistic)


def _compare(case: Case, facts: Facts, cohort: Cohort, partition: Partition, statistic: str) -> Iterator[Finding]:
    groups = (partition.of, *partition.parts)
    cells: dict[tuple[str, str], dict[str, Observation]] = defaultdict(dict)
    for o in facts.observations:
        number = o.statistics.get(statistic)
        plain = o.about.population is None and o.about.patients is None and o.about.adjustment is None
        fits = o.cohort == cohort.cohort and o.about.arm in groups and "analysed" not in o.statistics
        if number is not None and not number.bound and fits and plain and o.unquoted is None:
            cells[o.variable, f"{o.about.at} {o.about.unit}"].setdefault(o.about.arm or "", o)
    for (variable, _), found in cells.items():
        if len(found) < len(groups):
            continue
        whole, parts = found[partition.of], [found[part] for part in partition.parts]
        spans, sizes = [span(o.statistics[statistic]) for o in parts], [facts.patients(o) for o in parts]
        known = [n for n in sizes if n]
        if len(known) < len(parts):
            continue
        allowed = _mean(spans, known) if statistic == "mean" else _between(spans)
        if span(whole.statistics[statistic]).meets(allowed):
            continue
        listed = " and ".join(f"{o.statistics[statistic]} in {o.about.arm}" for o in parts)
        yield case.finding(
            "WHOLE_OF_PARTS", "inconsistent", (*whole.path, statistic),
            f"{variable}: the {statistic} {whole.statistics[statistic]} of {partition.of} is inconsistent with its "
            f"parts ({listed}), which allow {allowed.low:.4g} to {allowed.high:.4g}",
            "patients with missing values may differ between the rows", about=(whole, *parts),
            computed=((statistic, f"{allowed.low:.6g} to {allowed.high:.6g}"),),
        )  # fmt: skip


def _mean(spans: list[Span], sizes: list[int]) -> Span:
    total = sum(sizes)
    slack = 1e-9
    low = sum(s.low * n for s, n in zip(spans, sizes, strict=True)) / total
    high = sum(s.high * n for s, n in zip(spans, sizes, strict=True)) / total
    return Span(low - slack * abs(low), high + slack * abs(high))


def _between(spans: list[Span]) -> Span:
    return Span(min(s.low for s in spans), max(s.high for s in spans))
