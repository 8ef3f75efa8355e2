"""Reads and writes the screening of a review: corpora/screening/screening.yaml, and one log of decisions per person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.found import Found
from evsynth.model.screening import Screening
from evsynth.review.by_hand import found_nothing
from evsynth.review.duplicates import not_compared, open_groups
from evsynth.review.files import read_text
from evsynth.review.folder import open_folder
from evsynth.review.logs import add_lines, read_logs
from evsynth.review.records import all_records
from evsynth.sources.duplicates.groups import Groups
from evsynth.sources.screening.decisions import COLUMNS, Decision, read_decisions, wrong_reason
from evsynth.sources.screening.flow import Flow, derive
from evsynth.sources.screening.standing import Standing, standings
from evsynth.text.read import read

SETTINGS = "corpora/screening/screening.yaml"
FOLDER = "corpora/screening/decisions"


class Desk(NamedTuple):
    """All that screening needs: settings, criteria, records by id, reports, and every line of the logs.

    `notes` are findings: records that could not be read, decisions about records that no search holds any more.
    """

    root: Path
    settings: Screening
    criteria: tuple[str, ...]
    found: dict[str, Found]
    groups: Groups
    decisions: tuple[Decision, ...]
    notes: tuple[Finding, ...]

    @property
    def reasons(self) -> dict[str, str]:
        """The labels of the reasons, in order of precedence."""
        return {reason.reason: reason.label for reason in self.settings.reasons}

    def standings(self) -> tuple[Standing, ...]:
        """Say where each report stands."""
        return standings(self.groups.reports, self.decisions, self.settings.reviewers)


def open_settings(root: Path) -> Screening:
    """Read screening.yaml. Raises Problems NO_SCREENING if it is not there."""
    if not (root / SETTINGS).is_file():
        message = f"there is no {SETTINGS}"
        hint = "start with `evsynth screen new`"
        raise Problems((Finding("NO_SCREENING", "error", "", Place(SETTINGS), message, hint),))
    settings, tree = read(Screening, read_text(root / SETTINGS, SETTINGS), SETTINGS)
    names = [reason.reason for reason in settings.reasons]
    for index, name in enumerate(names):
        if name in names[:index]:
            place = tree.place(("reasons", index, "reason"))
            message = f"the reason {name!r} is there twice"
            raise Problems((Finding("NAME_TWICE", "error", name, place, message, "rename one of them"),))
    return settings


def open_desk(root: Path) -> Desk:
    """Read everything. Raises Problems for settings, logs, links or records that cannot be read."""
    settings = open_settings(root)
    everything = all_records(root)
    found = {one.id: one for one in everything.found}
    groups = open_groups(root, everything.found)
    reasons = tuple(reason.reason for reason in settings.reasons)
    logs = read_logs(root, FOLDER, COLUMNS)
    read_all = [decision for by, entries in logs.items() for decision in read_decisions(entries, by, reasons)]
    criteria = settings.criteria or open_folder(root).review.eligibility
    lost = sorted({d.record for d in read_all} - found.keys())
    notes = []
    if lost:
        told = f"{len(lost)} records that no search holds any more have decisions: {', '.join(lost[:3])}"
        hint = "bring the snapshot or the imported file back; the decisions are kept"
        message = told + (" …" if len(lost) > 3 else "")
        notes = [Finding("RECORD_GONE", "concern", lost[0], Place(FOLDER), message, hint)]
    notes += not_compared(root, everything.found)
    return Desk(root, settings, criteria, found, groups, tuple(read_all), (*everything.notes, *notes))


def decide(desk: Desk, decision: Decision) -> Desk:
    """Add a decision to its person's log. Raises Problems for an unknown record or reason, WRITE, BUSY or LOG."""
    return decide_all(desk, [decision])


def decide_all(desk: Desk, decisions: Sequence[Decision]) -> Desk:
    """Add decisions of one person to that person's log, all or none. Raises Problems as `decide` does.

    Where the clock was put back since the last decision, the time of that decision is entered: a later line counts.
    """
    made: list[Decision] = []
    latest = {by: max(d.at for d in desk.decisions if d.by == by) for by in {d.by for d in desk.decisions}}
    for decision in decisions:
        place = Place(f"{FOLDER}/{decision.by}.csv")
        if decision.record not in desk.found:
            message, hint = f"{decision.record!r} is not a record of this review", "see `evsynth screen list`"
            raise Problems((Finding("UNKNOWN_NAME", "error", decision.record, place, message, hint),))
        if why := wrong_reason(decision.stage, decision.answer, decision.reason, tuple(desk.reasons)):
            hint = f"reasons: {', '.join(desk.reasons)}"
            raise Problems((Finding("VALUE", "error", decision.record, place, why, hint),))
        made.append(decision._replace(at=max(decision.at, latest.get(decision.by, ""))))
    for by in dict.fromkeys(d.by for d in made):
        cells = [(d.at, d.stage, d.record, d.answer, d.reason, d.note) for d in made if d.by == by]
        add_lines(desk.root, FOLDER, by, COLUMNS, cells)
    return desk._replace(decisions=(*desk.decisions, *made))


def open_flow(desk: Desk) -> Flow:
    """Derive the flow of records; studies are those of extractions/, with the PMIDs and DOIs of all their reports."""
    folder = open_folder(desk.root)
    studies: dict[str, set[str]] = {}
    for name, extraction in folder.studies.items():
        study = extraction.study
        studies[name] = {value.lower() for value in (study.pmid, study.doi) if value}
    for source in folder.sources.values():
        if source.about.study in studies:
            studies[source.about.study] |= {v.lower() for v in (source.about.pmid, source.about.doi) if v}
    named = {name: frozenset(values) for name, values in studies.items()}
    found = tuple(desk.found.values())
    nothing = found_nothing(desk.root, {one.source for one in found})
    return derive(found, desk.standings(), desk.reasons, named, nothing)
