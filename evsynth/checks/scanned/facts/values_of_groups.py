"""Pairs of values of two groups as the rows of tables print them, and the pairs of counts that are sizes of groups.

Made for checks that hold what two places of a paper tell of the same two groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from evsynth.checks.scanned.facts.concluding import group_stems
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.values_by_group import Pair, Value, names_apart, pairs_by_group
from evsynth.checks.scanned.places.two_columns import sides
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number


@lru_cache(maxsize=16)
def pairs_of_rows(reading: Reading) -> tuple[Pair, ...]:
    """Give the pairs that tables print for two of their groups, with the stems of the heads and of the label."""
    found = []
    for side in sides(reading, unnamed=True):
        names = names_apart(*side.names)
        if names is None:
            continue
        parent = side.table.rows[side.row.parent].label.text if side.row.parent is not None else ""
        label = f"{parent} {side.row.label.text}"
        for kind, one, two in side.pairs:
            values = tuple(_printed(n) for n in (one, two))
            found.append(Pair(
                kind, "", (values[0], values[1]), names, group_stems(label), side.row.label.text, ()
            ))  # fmt: skip
    return tuple(found)


def _printed(number: Number) -> Value:
    half = 0.5 * 10.0**-number.printed.decimals
    value = abs(float(number.printed.value))
    return Value(value, half, number.printed.text.strip("-−+").replace(",", ""), (number.start, number.end))


def groups_sized(reading: Reading) -> Iterator[tuple[Pair, tuple[int, int]]]:
    """Give the pairs of counts that are the sizes of two groups, with the sizes."""
    sizes = {s.sizes for s in sizes_told(reading) if len(s.sizes) == 2}
    for pair in pairs_by_group(reading):
        both = int(pair.values[0].value), int(pair.values[1].value)
        if pair.sort == "count" and both in sizes:
            yield pair, both


__all__ = ["groups_sized", "pairs_of_rows"]
