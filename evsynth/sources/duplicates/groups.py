"""Groups of records that describe one report, from links and from what people said; what was kept apart, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evsynth.model.found import Found
from evsynth.sources.duplicates.decisions import Pair, Settled
from evsynth.sources.duplicates.links import Link, one_origin


class Refused(NamedTuple):
    """A link that was not followed, and why."""

    link: Pair
    reason: str


class Groups(NamedTuple):
    """Every record once: reports as tuples of ids in order, the group of each id, and links that were not followed."""

    reports: tuple[tuple[str, ...], ...]
    of: dict[str, tuple[str, ...]]
    refused: tuple[Refused, ...]


def group(found: Sequence[Found], links: Sequence[Link], settled: Settled) -> Groups:
    """Join records: first what people called the same, then the links, the surest first.

    A link is not followed where it would join records that somebody called different, two that the rules keep apart,
    or two records of one source (`one_origin`) that nothing says are one. Every record stays, in exactly one group.
    Links to records that are not there have no effect.
    """
    by_id = {one.id: one for one in found}
    members: dict[str, list[str]] = {one.id: [one.id] for one in found}
    one_source = {k.pair for k in links if k.answer == "same"} | settled.same.keys()
    apart = {
        k.pair: "the rules keep {} and {} apart" for k in links if k.answer == "apart" and k.pair not in settled.same
    }
    apart |= dict.fromkeys((*settled.different, *settled.disputed), "somebody says that {} and {} are different")
    refused: list[Refused] = []
    for pair in [*settled.same, *(k.pair for k in sorted(links, key=_surest) if k.answer == "same")]:
        one, other = (members.get(id_) for id_ in pair)
        if one is None or other is None or one is other:
            continue
        if why := _why_not(one, other, by_id, one_source, apart):
            refused.append(Refused(pair, why))
            continue
        one.extend(other)
        for id_ in other:
            members[id_] = one
    reports = sorted({tuple(sorted(ids)) for ids in members.values()})
    return Groups(tuple(reports), {id_: report for report in reports for id_ in report}, tuple(refused))


def _surest(link: Link) -> tuple[float, Pair]:
    return -link.score, link.pair


def _why_not(
    one: list[str], other: list[str], by_id: dict[str, Found], linked: set[Pair], apart: dict[Pair, str]
) -> str:
    for a in one:
        for b in other:
            pair = (a, b) if a < b else (b, a)
            if pair in apart:
                return apart[pair].format(*pair)
            if pair not in linked and one_origin(by_id[a], by_id[b]):
                return f"it would join {pair[0]} and {pair[1]}, two records of one source"
    return ""
