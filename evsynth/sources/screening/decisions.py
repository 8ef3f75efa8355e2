"""Decisions: one line per record, person and stage; a later line replaces an earlier one, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.screening import STAGES, Stage
from evsynth.sources.moments import wrong_moment
from evsynth.text.log import Entry

COLUMNS = ("at", "stage", "record", "decision", "reason", "note")

Answer = Literal["include", "maybe", "exclude", "obtained", "not obtained", "undo"]
ANSWERS: dict[Stage, tuple[Answer, ...]] = {
    "abstract": ("include", "maybe", "exclude", "undo"),
    "retrieval": ("obtained", "not obtained", "undo"),
    "full-text": ("include", "maybe", "exclude", "undo"),
}
CONSENSUS = "consensus"
"""The log of decisions taken together; they stand above those of the persons."""


class Decision(NamedTuple):
    """What one person decided about one record at one stage."""

    at: str
    stage: Stage
    record: str
    answer: Answer
    reason: str
    note: str
    by: str


def read_decisions(entries: Iterable[Entry], by: str, reasons: tuple[str, ...]) -> tuple[Decision, ...]:
    """Read one person's log. Raises Problems LOG for a time, stage, decision or reason that is wrong or missing."""
    found: list[Decision] = []
    problems: list[Finding] = []
    for place, cells in entries:
        stage = next((s for s in STAGES if s == cells["stage"]), None)
        answer = next((a for a in ANSWERS.get(stage, ()) if a == cells["decision"]), None) if stage else None
        if stage is None or answer is None:
            wrong = f"the decision {cells['decision']!r} of" if stage else ""
            message = f"{wrong} the stage {cells['stage']!r} does not exist".strip()
            hint = f"decisions: {', '.join(ANSWERS[stage])}" if stage else f"stages: {', '.join(STAGES)}"
            problems.append(_problem(place, by, message, hint))
        elif why := wrong_reason(stage, answer, cells["reason"], reasons):
            problems.append(_problem(place, by, why, f"reasons: {', '.join(reasons)}"))
        elif why := wrong_moment(cells["at"]):
            problems.append(_problem(place, by, why, "correct the time (UTC): the latest decision counts"))
        else:
            found.append(Decision(cells["at"], stage, cells["record"], answer, cells["reason"], cells["note"], by))
    if problems:
        raise Problems(tuple(problems))
    return tuple(found)


def wrong_reason(stage: Stage, answer: Answer, reason: str, reasons: tuple[str, ...]) -> str:
    """Return what is wrong with a reason, or `""`: an excluded full text has exactly one of those listed."""
    if stage == "full-text" and answer == "exclude" and not reason:
        return "an excluded full text needs a reason"
    if reason and answer != "exclude":
        return f"{answer!r} has no reason"
    if reason and reason not in reasons:
        return f"{reason!r} is not a reason of screening.yaml"
    return ""


def last(decisions: Iterable[Decision]) -> dict[tuple[Stage, str], dict[str, Decision]]:
    """Return what stands: for each stage and record the last decision of each person, without those taken back."""
    found: dict[tuple[Stage, str], dict[str, Decision]] = {}
    for one in sorted(decisions, key=lambda d: d.at):
        found.setdefault((one.stage, one.record), {})[one.by] = one
    kept = {key: {by: d for by, d in people.items() if d.answer != "undo"} for key, people in found.items()}
    return {key: people for key, people in kept.items() if people}


def _problem(place: Place, by: str, message: str, hint: str) -> Finding:
    return Finding("LOG", "error", by, place, message, hint)
