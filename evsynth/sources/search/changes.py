"""What changed between two snapshots of a search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.search.harvest import Row


class Changes(NamedTuple):
    """PMIDs, each tuple by number.

    `new` and `vanished` are in one snapshot only; `changed` are in both with other bytes. `retracted` and `concern` are
    retracted, or under an expression of concern, now and were not before (new records included); they stand in `new` or
    `changed` as well.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    vanished: tuple[str, ...]
    retracted: tuple[str, ...]
    concern: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether nothing changed."""
        return not any(self)


def compare(before: Iterable[Row], after: Iterable[Row]) -> Changes:
    """Compare the records of an earlier snapshot with those of a later one."""
    old = {row.pmid: row for row in before}
    now = {row.pmid: row for row in after}
    both = old.keys() & now.keys()
    return Changes(
        new=_ordered(now.keys() - old.keys()),
        changed=_ordered(p for p in both if old[p].sha256 != now[p].sha256),
        vanished=_ordered(old.keys() - now.keys()),
        retracted=_ordered(p for p, row in now.items() if row.retracted and not (p in old and old[p].retracted)),
        concern=_ordered(p for p, row in now.items() if row.concern and not (p in old and old[p].concern)),
    )


def differing(before: Record, after: Record) -> tuple[str, ...]:
    """Name the fields in which two readings of one record differ; none where only the layout of its text does."""
    return tuple(
        name for name in Record.model_fields if name != "raw" and getattr(before, name) != getattr(after, name)
    )


def _ordered(pmids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(pmids, key=int))
