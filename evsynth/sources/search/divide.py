"""Divide a search into parts that PubMed hands out whole, by ranges of days, and prove that nothing is lost by it."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.model.search import Search
from evsynth.sources.search.answers import Found, found
from evsynth.sources.search.asking import Ask
from evsynth.sources.search.eutilities import MOST, esearch
from evsynth.sources.search.faults import NotWhole, PubMedError
from evsynth.sources.search.term import FIELDS, Days, always, term

ROUNDS = 3
"""So often is a search divided anew when PubMed's counts change meanwhile."""


class Part(NamedTuple):
    """A part of a search: the days that it is restricted to (none: the whole search) and what was found."""

    within: tuple[Days, ...]
    found: Found


class Divided(NamedTuple):
    """A search with its parts. Their counts add up to its own, and no record is in two of them.

    `names` are those of the answers that it rests on.
    """

    whole: Found
    parts: tuple[Part, ...]
    names: tuple[str, ...]


def divide(search: Search, ask: Ask, address: str, most: int = MOST) -> Divided:
    """Search, and divide by date as long as a part has more than `most` records.

    Raises `PubMedError` if one day alone has more, or if the counts keep changing while they are read.
    """
    for left in range(ROUNDS - 1, -1, -1):
        names: list[str] = []
        try:
            return _round(search, ask, address, most, names)
        except _Changed as changed:
            ask.forget(names)
            if not left:
                raise PubMedError(f"{changed} This happened {ROUNDS} times. Run it again later.") from None
    raise AssertionError("the last round ends in parts or an error")


class _Changed(Exception):
    """The parts do not make the whole."""


def _round(search: Search, ask: Ask, address: str, most: int, names: list[str]) -> Divided:
    def look(within: tuple[Days, ...]) -> Part:
        name = "-".join(["search", *(f"{d.field}-{_plain(d.first)}-{_plain(d.last)}" for d in within)])
        names.append(name)
        request = esearch(address, term(search, within), most)
        try:
            return Part(within, ask(name, request, lambda response: found(response, most)))
        except NotWhole:
            ask.forget(names)
            raise

    def parts(part: Part) -> list[Part]:
        if part.found.total <= most:
            return [part] if part.found.total or not part.within else []
        halves = _halves(part.within)
        if halves is None:
            days = " and ".join(map(str, part.within))
            raise PubMedError(
                f"{part.found.total} records fall on {days}, and PubMed hands out {most}. Narrow the query."
            )
        looked = [look(half) for half in halves]
        if sum(half.found.total for half in looked) != part.found.total:
            counts = " + ".join(str(half.found.total) for half in looked)
            raise _Changed(f"PubMed counts {part.found.total} records, and {counts} in its parts.")
        return [p for half in looked for p in parts(half)]

    whole = look(())
    divided = parts(whole)
    listed = [pmid for part in divided for pmid in part.found.ids]
    if len(listed) != whole.found.total or len(set(listed)) != len(listed):
        counts = f"PubMed counts {whole.found.total} records, and its parts list {len(listed)}"
        raise _Changed(f"{counts}, {len(set(listed))} of them different.")
    return Divided(whole.found, tuple(divided), tuple(names))


def _halves(within: tuple[Days, ...]) -> tuple[tuple[Days, ...], ...] | None:
    """Halve the last range; a single day is taken with the whole range of the next date field and halved by that."""
    last = within[-1] if within else always(FIELDS[0])
    before = within[:-1]
    halves = last.halves()
    if halves is None:
        following = FIELDS.index(last.field) + 1
        if following == len(FIELDS):
            return None
        before, halves = within, always(FIELDS[following]).halves()
    assert halves is not None, "the whole range of a field can be halved"
    return tuple((*before, half) for half in halves)


def _plain(day: object) -> str:
    return str(day).replace("/", "")
