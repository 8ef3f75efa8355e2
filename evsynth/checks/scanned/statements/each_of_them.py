"""'It fell in each ward except neurology, where it rose: A 10% to 6%, neurology 6% to 3%': list against head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.compared import DOWN, UP
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_OF_THEM_CONTRADICTS",)

_LESS = rf"{DOWN}|less (?:common|frequent|often)|lower|rarer|fewer|smaller|shorter"
_MORE = rf"{UP}|more (?:common|frequent|often)|higher|commoner|larger|longer|greater"
_HEAD = Expression(
    rf"\b(?:(?P<down>{_LESS})|(?P<up>{_MORE}))\b[^.;:\d]{{0,40}}?\bin (?:each|every|all)\b(?P<of>[^.;:\d]{{0,60}}?)"
    rf"(?:,?\s(?:except|apart from|but|other than|with the exception of)(?: in| for)? (?:the )?(?P<but>[A-Za-z][\w "
    rf"-]{{2,40}}?)"
    rf"(?:,? (?:where|in which) [^.;:]{{0,40}}?)?)?\s?(?::|\()", re.I,
)  # fmt: skip
_ITEM = Expression(
    r"(?P<name>[A-Za-z][^\d;:,()]{2,50}?),?\s(?:from\s)?(?:\d+/\d+\s?\(\s?)?(?P<a>\d+(?:\.\d+)?)(?P<ua>\s?%)?\s?\)?\s?(?:to|vs\.?|versus|and|→)"
    r"\s(?:\d+/\d+\s?\(\s?)?(?P<b>\d+(?:\.\d+)?)(?P<ub>\s?%)?"
)


class _Item(NamedTuple):
    name: str
    one: float
    two: float
    spot: Spot


def each_of_them(reading: Reading) -> Iterator[Finding]:
    """Compare "fell in all but A" with each pair of values of the list behind it, the excepted one the other way.

    Needs three items or more, each with two values that print "to" or "versus" alike. Left alone: equal values.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\bin (?:each|every|all)\b", line.words):
            continue
        for match in _HEAD.finditer(line.words):
            items = list(_items(line, match.end()))
            if len(items) < 3:
                continue
            excepted = key(match["but"] or "")
            if excepted and sum(bool(key(i.name) & excepted) for i in items) != 1:
                continue
            wrong = [
                i for i in items
                if i.one != i.two and (i.two > i.one) == ((match["up"] is None) != bool(excepted & key(i.name)))
            ]  # fmt: skip
            if wrong and len(wrong) < len(items) - 1:
                shown = "; ".join(f"{i.name.strip()} {i.one:g} to {i.two:g}" for i in wrong)
                yield reading.finding(
                    "ALL_OF_THEM_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split()).rstrip(' :(')}' is inconsistent with {shown}",
                    "the name, or the numbers, of one item may be exchanged",
                    quotes=(line.piece(match), *(i.spot for i in wrong)),
                )  # fmt: skip


def _items(line: Line, start: int) -> Iterator[_Item]:
    for m in _ITEM.finditer(line.words, start):
        if bool(m["ua"]) == bool(m["ub"]) or m["ub"]:
            name = re.sub(r"^\W*(?:and|while)\s", "", m["name"])
            yield _Item(name, float(m["a"]), float(m["b"]), line.piece(m))
