"""The PRISMA 2020 flow of records, derived from origins, links and decisions. No number of it can be typed.

Page MJ and others 2021, https://doi.org/10.1136/bmj.n71.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evsynth.model.found import Found, Way
from evsynth.sources.screening.standing import Standing


class Excluded(NamedTuple):
    """Full texts excluded for one reason."""

    reason: str
    label: str
    reports: int


class Column(NamedTuple):
    """One way of finding records: through databases and registers, or another way.

    `open` and `conflicts` count what is not decided yet at each stage: the flow is final when all of them are 0.
    """

    way: Way
    sources: tuple[tuple[str, int], ...]
    duplicates: int
    screened: int
    excluded: int
    sought: int
    not_obtained: int
    assessed: int
    excluded_for: tuple[Excluded, ...]
    included: int
    abstract_open: int
    abstract_conflicts: int
    retrieval_open: int
    full_text_open: int
    full_text_conflicts: int

    @property
    def identified(self) -> int:
        return sum(count for _, count in self.sources)

    @property
    def waiting(self) -> int:
        """How many reports are not decided."""
        opened = self.abstract_open + self.retrieval_open + self.full_text_open
        return opened + self.abstract_conflicts + self.full_text_conflicts


class Flow(NamedTuple):
    """Both columns, and what they lead to: reports included, and studies that they report.

    `without_study` are included reports that no study of the review names yet; `without_record` are studies of the
    review that no included report belongs to.
    """

    columns: tuple[Column, ...]
    reports: int
    studies: int
    without_study: tuple[str, ...]
    without_record: tuple[str, ...]

    @property
    def final(self) -> bool:
        """Whether nothing is waiting for a decision."""
        return not any(column.waiting for column in self.columns)


def derive(
    found: Sequence[Found],
    standings: Sequence[Standing],
    reasons: Mapping[str, str],
    studies: Mapping[str, frozenset[str]],
    nothing: Mapping[str, Way] | None = None,
) -> Flow:
    """Count the flow. `reasons` are the labels by reason, in order; `studies` the PMIDs and DOIs by study.

    `nothing` are the sources that were searched and held nothing: they stand in the flow with 0. A report that a
    database and another way found counts as found by the database; its other records are duplicates.
    """
    by_id = {one.id: one for one in found}
    columns = []
    for way in ("database", "other"):
        sources = Counter(one.source for one in found if one.way == way)
        for name in (name for name, own_way in (nothing or {}).items() if own_way == way):
            sources.setdefault(name, 0)
        own = [s for s in standings if _way(s, by_id) == way]
        if sources or way == "database":
            columns.append(_column("database" if way == "database" else "other", sources, own, reasons))
    included = {s.id: _identifiers(s, by_id) for s in standings if s.fate == "included"}
    named = {study for study, ids in studies.items() if any(ids & own for own in included.values())}
    orphans = tuple(sorted(id_ for id_, own in included.items() if not any(own & ids for ids in studies.values())))
    return Flow(tuple(columns), len(included), len(named), orphans, tuple(sorted(studies.keys() - named)))


def unreconciled(flow: Flow) -> list[str]:
    """Return each sum of the flow that does not hold, in words. Empty for every flow that was derived."""
    wrong = []
    for c in flow.columns:
        undecided = c.abstract_open + c.abstract_conflicts
        texts = c.full_text_open + c.full_text_conflicts
        sums = (
            ("records identified", c.identified, c.duplicates + c.screened + undecided),
            ("records screened", c.screened, c.excluded + c.sought),
            ("reports sought", c.sought, c.not_obtained + c.retrieval_open + c.assessed + texts),
            ("reports assessed", c.assessed, sum(e.reports for e in c.excluded_for) + c.included),
        )
        wrong += [
            f"{c.way}: {what} {left}, but its parts add up to {right}" for what, left, right in sums if left != right
        ]
    if sum(c.included for c in flow.columns) != flow.reports:
        wrong.append("the reports included are not those of the columns")
    return wrong


def flow_table(flow: Flow) -> str:
    """Write the flow as CSV: way, box, detail, n."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("way", "box", "detail", "n"))
    for c in flow.columns:
        table.writerows((c.way, "records identified", source, count) for source, count in c.sources)
        table.writerow((c.way, "duplicate records removed", "", c.duplicates))
        table.writerow((c.way, "records screened", "", c.screened))
        table.writerow((c.way, "records excluded", "", c.excluded))
        table.writerow((c.way, "reports sought for retrieval", "", c.sought))
        table.writerow((c.way, "reports not retrieved", "", c.not_obtained))
        table.writerow((c.way, "reports assessed for eligibility", "", c.assessed))
        table.writerows((c.way, "reports excluded", e.label, e.reports) for e in c.excluded_for)
        table.writerow((c.way, "reports included", "", c.included))
        table.writerows((c.way, "not decided", what, count) for what, count in waiting(c) if count)
    table.writerow(("all", "reports of included studies", "", flow.reports))
    table.writerow(("all", "studies included", "", flow.studies))
    return out.getvalue()


def waiting(column: Column) -> tuple[tuple[str, int], ...]:
    """Return in words what is not decided, and how many reports."""
    return (
        ("title and abstract not screened", column.abstract_open),
        ("title and abstract in conflict", column.abstract_conflicts),
        ("full text not sought yet", column.retrieval_open),
        ("full text not assessed", column.full_text_open),
        ("full text in conflict", column.full_text_conflicts),
    )


def _column(way: Way, sources: Counter[str], own: Sequence[Standing], reasons: Mapping[str, str]) -> Column:
    fates = Counter(s.fate for s in own)
    why = Counter(s.reason for s in own if s.fate == "full text excluded")
    excluded_for = tuple(Excluded(r, label, why[r]) for r, label in reasons.items() if why[r])
    screened = len(own) - fates["abstract open"] - fates["abstract conflict"]
    return Column(
        way,
        tuple(sorted(sources.items())),
        sources.total() - len(own),
        screened,
        fates["excluded"],
        screened - fates["excluded"],
        fates["not obtained"],
        fates["full text excluded"] + fates["included"],
        excluded_for,
        fates["included"],
        fates["abstract open"],
        fates["abstract conflict"],
        fates["retrieval open"],
        fates["full text open"],
        fates["full text conflict"],
    )


def _way(standing: Standing, by_id: Mapping[str, Found]) -> Way:
    return "database" if any(by_id[id_].way == "database" for id_ in standing.report) else "other"


def _identifiers(standing: Standing, by_id: Mapping[str, Found]) -> frozenset[str]:
    records = [by_id[id_].record for id_ in standing.report]
    return frozenset(v.lower() for r in records for v in (r.pmid, *r.dois) if v)
