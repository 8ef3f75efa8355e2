"""What people say about pairs of records: the same report, or different ones; taken back by a further line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.sources.moments import wrong_moment
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
    """What stands of all answers, with everyone who gave it: the same, different, and pairs people disagree on."""

    same: dict[Pair, tuple[Said, ...]]
    different: dict[Pair, tuple[Said, ...]]
    disputed: dict[Pair, tuple[Said, ...]]

    def said(self, pair: Pair) -> tuple[Said, ...]:
        """Return what people say about a pair and have not taken back."""
        return (*self.same.get(pair, ()), *self.different.get(pair, ()), *self.disputed.get(pair, ()))


def read_said(entries: Iterable[Entry], by: str) -> tuple[Said, ...]:
    """Read the answers of one person. Raises Problems LOG for no answer or time, or a record paired with itself."""
    found: list[Said] = []
    problems: list[Finding] = []
    for place, cells in entries:
        answer = next((a for a in ANSWERS if a == cells["answer"]), None)
        one, other = sorted((cells["one"], cells["other"]))
        if answer is None or one == other:
            message = f"{cells['answer']!r} is not one of {', '.join(ANSWERS)}" if answer is None else f"{one!r} twice"
            problems.append(_problem(place, by, message))
        elif why := wrong_moment(cells["at"]):
            problems.append(_problem(place, by, why))
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
        valid = tuple(one for _, one in sorted(people.items()) if one.answer != "undo")
        answers = {one.answer for one in valid}
        if len(answers) > 1:
            settled.disputed[pair] = valid
        elif "same" in answers:
            settled.same[pair] = valid
        elif "different" in answers:
            settled.different[pair] = valid
    return settled


def _problem(place: Place, by: str, message: str) -> Finding:
    return Finding("LOG", "error", by, place, message, "correct the line")
