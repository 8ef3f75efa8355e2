"""What people say about pairs of records: the same report, or different ones; taken back by a further line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.text.log import Entry

COLUMNS = ("at", "one", "other", "answer", "because")
Answer = Literal["same", "different", "undo"]
ANSWERS: tuple[Answer, ...] = ("same", "different", "undo")

Pair = tuple[str, str]


class Said(NamedTuple):
    """One answer of one person about one pair; the ids stand in order."""

    at: str
    one: str
    other: str
    answer: Answer
    because: str
    by: str

    @property
    def pair(self) -> Pair:
        return self.one, self.other


class Settled(NamedTuple):
    """What stands of all answers: pairs that are the same, pairs that are different, and pairs people disagree on."""

    same: dict[Pair, Said]
    different: dict[Pair, Said]
    disputed: dict[Pair, tuple[Said, ...]]


def read_said(entries: Iterable[Entry], by: str) -> tuple[Said, ...]:
    """Read the answers of one person. Raises Problems LOG for no answer, or a record paired with itself."""
    found: list[Said] = []
    problems: list[Finding] = []
    for place, cells in entries:
        answer = next((a for a in ANSWERS if a == cells["answer"]), None)
        one, other = sorted((cells["one"], cells["other"]))
        if answer is None or one == other:
            message = f"{cells['answer']!r} is not one of {', '.join(ANSWERS)}" if answer is None else f"{one!r} twice"
            problems.append(_problem(place, by, message))
        else:
            found.append(Said(cells["at"], one, other, answer, cells["because"], by))
    if problems:
        raise Problems(tuple(problems))
    return tuple(found)


def settle(said: Iterable[Said]) -> Settled:
    """Take the last answer of each person about each pair; where people disagree, the pair stays apart."""
    last: dict[Pair, dict[str, Said]] = {}
    for one in sorted(said, key=lambda s: s.at):
        last.setdefault(one.pair, {})[one.by] = one
    settled = Settled({}, {}, {})
    for pair, people in sorted(last.items()):
        valid = [one for one in people.values() if one.answer != "undo"]
        answers = {one.answer for one in valid}
        if len(answers) > 1:
            settled.disputed[pair] = tuple(valid)
        elif "same" in answers:
            settled.same[pair] = valid[-1]
        elif "different" in answers:
            settled.different[pair] = valid[-1]
    return settled


def _problem(place: Place, by: str, message: str) -> Finding:
    return Finding("LOG", "error", by, place, message, "correct the line")
