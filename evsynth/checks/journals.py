"""The journal that a report of the study names is the journal of the study."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding, Quoted
from evsynth.text.journals import same_journal
from evsynth.text.quotes import find

CODES = ("REPORT_JOURNAL",)


def journals(case: Case) -> Iterator[Finding]:
    """Find reports (a news summary, an abstract page) that name another journal than the record of the study."""
    study = case.extraction.study
    for index, report in enumerate(study.reports):
        if report.journal is None or study.journal is None or same_journal(report.journal, study.journal):
            continue
        finding = case.finding(
            "REPORT_JOURNAL", "inconsistent", ("reports", index, "journal"),
            f"{report.source} names '{report.journal}' as the journal of the study, which stands in '{study.journal}'",
            "the document may mean an earlier report of the same cohort, such as a meeting abstract",
        )  # fmt: skip
        yield finding._replace(quotes=(_quoted(case, report.source, report.journal),))


def _quoted(case: Case, source: str, journal: str) -> Quoted:
    held = case.normal.get(source)
    found = find(journal, held) if held is not None else None
    if held is None or found is None or found.times == 0:
        return Quoted(source, None, None, journal)
    start, end = held.span(found.start, found.start + len(journal))
    return Quoted(source, start, end, journal)
