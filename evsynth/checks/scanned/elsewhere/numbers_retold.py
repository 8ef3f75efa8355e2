"""A number of a record or of a summary that the full text tells with another value."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.elsewhere.aligned import aligned, of_others
from evsynth.checks.scanned.elsewhere.counterpart import counterpart
from evsynth.checks.scanned.elsewhere.supported import supported, told
from evsynth.checks.scanned.facts.quantities import Quantity
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding

CODES = ("NUMBER_RETOLD",)


def numbers_retold(reading: Reading) -> Iterator[Finding]:
    """Look for each number of a document in the full text, and where it stands nowhere, for the number in its place.

    A number is the same after rounding, in another unit (weeks and months, grams and milligrams, one dose or that of
    the day), or where it follows from other numbers. Left alone: numbers on other studies, other subgroups, times,
    statistics and populations, bounds, small counts, and numbers that no sentence of the full text is about.
    """
    other = counterpart(reading)
    if other is None:
        return
    for line, found in told(reading):
        if line.role in ("field", "front matter", "background") or of_others(line.words):
            continue
        wrong = []
        for one in found:
            if one.limit or supported(one, found, other):
                continue
            two = aligned(one, found, reading, other)
            if two is not None:
                wrong.append((one, two))
        if wrong:
            yield reading.finding(
                "NUMBER_RETOLD", "inconsistent",
                "; ".join(f"'{_shown(a)}' is told here, and '{_shown(b)}' in {other.document.id}" for a, b in wrong),
                "the two may be of different times, groups or analyses, or one of them a provisional figure",
                quotes=tuple(a.spot for a, _ in wrong), others=tuple(other.quoted(*b.spot) for _, b in wrong),
            )  # fmt: skip


def _shown(one: Quantity) -> str:
    """Give a number with the words behind it: its unit, its schedule, what it counts."""
    words = " ".join(one.line.words[one.number.start : one.number.end + 24].split())
    return words.rpartition(" ")[0] if len(words) > len(one.text) + 12 else words
