"""Which other document of a study a document is held against: the full text, or where there is none the longest."""

from __future__ import annotations

from evsynth.checks.scanned.reading import Reading


def counterpart(reading: Reading) -> Reading | None:
    """Give the full text, or the longest of the documents where none is one; None for that document itself.

    So each difference is told once, in the record or the summary.
    """
    every = (reading, *reading.related)
    full = [x for x in every if x.document.kind == "full text"] or list(every)
    best = max(full, key=lambda x: (len(x.document.plain), x.document.id))
    return None if best is reading or best.document.id == reading.document.id else best
