"""Records of tables whose numbers are not in order: a median beyond its quartiles, a quartile beyond the range."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number
from evsynth.checks.scanned.tabled.records import Record, records
from evsynth.model.finding import Finding

CODES = ("OUT_OF_ORDER",)

_INSIDE = (("median", "quartiles"), ("median", "range"), ("mean", "range"), ("bias", "agreement"))
_NAMES = {"quartiles": "quartiles", "range": "range", "limits": "interval", "agreement": "limits of agreement"}


def records_in_order(reading: Reading) -> Iterator[Finding]:
    """Find centres outside their limits and quartiles outside the range."""
    for record in records(reading):
        found = _first(record)
        if found is not None:
            words, numbers = found
            name = ", ".join(w for w in (record.label, record.group) if w) or "row"
            yield reading.finding(
                "OUT_OF_ORDER", "error", f"{name}: {words}",
                "a digit may be misprinted, or a number belongs to another row",
                quotes=(record.spot(*numbers),),
            )  # fmt: skip


def _first(record: Record) -> tuple[str, tuple[Number, ...]] | None:
    pairs = {role: record.pair(role) for role in _NAMES}
    for role, ends in pairs.items():
        if ends is not None and _plain(*ends) and ends[0].value > ends[1].value and role != "limits":
            return f"the {_NAMES[role]} {ends[0].printed} to {ends[1].printed} are not in order", ends
    checked = [(record.one(centre), centre, role) for centre, role in _INSIDE]
    checked.append((record.centre(), "estimate", "limits"))
    for value, centre, role in checked:
        ends = pairs[role]
        if value is None or ends is None or not _plain(value, *ends) or ends[0].value > ends[1].value:
            continue
        if not ends[0].value <= value.value <= ends[1].value and not _rounded(value, ends):
            mirrored = ends[0].value <= -value.value <= ends[1].value or value.value < 0 < ends[0].value
            if not mirrored:
                said = (
                    f"{centre} {value.printed} lies outside its {_NAMES[role]}, {ends[0].printed} to {ends[1].printed}"
                )
                return said, (value, *ends)
    inner, outer = pairs["quartiles"], pairs["range"]
    if inner is not None and outer is not None and _plain(*inner, *outer):
        for quartile, end, sign in ((inner[0], outer[0], 1), (inner[1], outer[1], -1)):
            if sign * (quartile.value - end.value) < 0 and not _same(quartile, end):
                return f"the quartile {quartile.printed} lies beyond the end of the range, {end.printed}", (
                    quartile,
                    end,
                )
    return None


def _plain(*numbers: Number) -> bool:
    return not any(n.printed.bound for n in numbers)


def _same(one: Number, other: Number) -> bool:
    return one.printed.agrees(other.printed)


def _rounded(value: Number, ends: tuple[Number, Number]) -> bool:
    return any(_same(value, end) for end in ends)


__all__ = ["CODES", "records_in_order"]
