"""Cells that a spreadsheet would take for a formula: an apostrophe before them says that they are text."""

from __future__ import annotations

import re

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""So begins what a spreadsheet computes."""

_BEGINS = re.compile(f"'*[{re.escape(''.join(SIGNS))}]")


def guarded(cell: str) -> str:
    """Return a cell that is text to every spreadsheet; `unguarded` gives back what it was.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{cell}" if _BEGINS.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given; a cell that was never guarded stays, such as one of an older log."""
    return cell[1:] if cell.startswith("'") and _BEGINS.match(cell) else cell
