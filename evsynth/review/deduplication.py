"""Says how duplicates were found in the review, as PRISMA-S item 16 asks, from what is really there."""

from __future__ import annotations

from pathlib import Path

from evsynth import __version__
from evsynth.review.duplicates import LINKS, not_compared, open_groups, open_settled
from evsynth.review.records import all_records


def deduplication(root: Path) -> str:
    """Return a sentence; empty where nobody has looked for duplicates, or other records have come since."""
    if not (root / LINKS).is_file():
        return ""
    found = all_records(root).found
    if not found or not_compared(root, found):
        return ""
    groups = open_groups(root, found)
    settled = open_settled(root)
    people = len(settled.same) + len(settled.different)
    surplus = len(found) - len(groups.reports)
    return (
        f"the rules of evsynth {__version__} compared {len(found)} records and linked {surplus} as duplicates; "
        f"people decided on {people} pairs; no record is deleted"
    )
