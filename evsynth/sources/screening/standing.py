"""Where each report stands: what was decided at each stage, by whom, and what is still open or in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from evsynth.model.screening import Stage
from evsynth.sources.screening.decisions import CONSENSUS, Decision, last

Fate = Literal[
    "abstract open", "abstract conflict", "excluded", "retrieval open", "not obtained",
    "full text open", "full text conflict", "full text excluded", "included",
]  # fmt: skip
"""Every report has exactly one of these; the flow of records only counts them."""


class Outcome(NamedTuple):
    """What a stage says about a report: `on`, `out` (with its reason), `conflict` (with why) or `open`."""

    state: Literal["on", "out", "conflict", "open"]
    decisions: tuple[Decision, ...] = ()
    reason: str = ""


class Standing(NamedTuple):
    """A report (the ids of its records), its fate, the reason if its full text is excluded, and what was decided."""

    report: tuple[str, ...]
    fate: Fate
    reason: str
    abstract: Outcome
    full_text: Outcome

    @property
    def id(self) -> str:
        """The first of its records' ids, which stands for the report."""
        return self.report[0]


Last = Mapping[tuple[Stage, str], Mapping[str, Decision]]


def standings(
    reports: Sequence[tuple[str, ...]], decisions: Iterable[Decision], reviewers: int
) -> tuple[Standing, ...]:
    """Return where each report stands. A decision about one of its records is a decision about the report."""
    known = last(decisions)
    return tuple(_standing(report, known, reviewers) for report in reports)


def _standing(report: tuple[str, ...], known: Last, reviewers: int) -> Standing:
    abstract = outcome(report, "abstract", known, reviewers)
    full = outcome(report, "full-text", known, reviewers)
    fate: Fate
    if abstract.state == "open":
        fate = "abstract open"
    elif abstract.state == "conflict":
        fate = "abstract conflict"
    elif abstract.state == "out":
        fate = "excluded"
    elif full.state == "open" and not full.decisions:
        fate = _retrieval(report, known)
    else:
        fate = _AT_FULL_TEXT[full.state]
    return Standing(report, fate, full.reason if fate == "full text excluded" else "", abstract, full)


_AT_FULL_TEXT: dict[str, Fate] = {
    "open": "full text open", "conflict": "full text conflict", "out": "full text excluded", "on": "included",
}  # fmt: skip


def outcome(report: tuple[str, ...], stage: Stage, known: Last, reviewers: int) -> Outcome:
    """Return what a stage says: consensus first; otherwise enough people who all say the same."""
    each = [decision for id_ in report for decision in known.get((stage, id_), {}).values()]
    together = sorted((d for d in each if d.by == CONSENSUS), key=lambda d: d.at)
    each = sorted(each, key=lambda d: (d.by, d.at, d.record))
    counted = together[-1:] or each
    undecided = stage == "full-text" and any(d.answer == "maybe" for d in counted)
    answers = {"out" if d.answer in ("exclude", "not obtained") else "on" for d in counted}
    if not counted:
        return Outcome("open")
    if len(answers) > 1:
        people = {d.by for d in counted}
        why = "they decided differently" if len(people) > 1 else "decided twice before the records were linked"
        return Outcome("conflict", tuple(each), why)
    if undecided or (not together and len({d.by for d in counted}) < reviewers):
        return Outcome("open", tuple(each))
    if answers == {"on"}:
        return Outcome("on", tuple(each))
    reasons = {d.reason for d in counted}
    if stage == "full-text" and len(reasons) > 1:
        return Outcome("conflict", tuple(each), f"the reasons differ: {', '.join(sorted(reasons))}")
    return Outcome("out", tuple(each), next(iter(reasons)))


def _retrieval(report: tuple[str, ...], known: Last) -> Fate:
    """Return whether the text of a report is sought, not to be had, or waiting to be read; the last word counts."""
    said = [d for id_ in report for d in known.get(("retrieval", id_), {}).values()]
    if not said:
        return "retrieval open"
    newest = max(said, key=lambda d: (d.by == CONSENSUS, d.at))
    return "not obtained" if newest.answer == "not obtained" else "full text open"
