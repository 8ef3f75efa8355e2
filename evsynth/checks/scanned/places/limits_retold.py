"""The limits of one interval printed in two places, in one of them with a sign lost: "0.6 to 11.2" and "-0.6 to 11.2".

The digits say that it is one interval, and the signs whether it holds zero: they cannot do both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import body, content
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

LEAST = 3
"""Least number of significant digits of both limits together, where the estimate is the same too; else one more."""

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
_LIMITED = Expression(r"[A-Z]{0,3}#%?[(\[;,]?(?:9[05]%CI[:,]?)?(?:#to#|#-#|#,#|#;#)%?[)\]]?[*†‡]?")
_PAIR = Expression(r"[(\[]?(?:#to#|#-#|#,#|#;#)[)\]]?")
_SPREAD = Expression(r"\b(?:IQR|quartiles?|ranges?|interquartile|min)\b", re.I)


class _Printed(NamedTuple):
    """An interval as it stands in one place: its estimate, if any, and limits."""

    value: Decimal | None
    low: Decimal
    high: Decimal
    spot: Spot
    table: int | None

    @property
    def holds_zero(self) -> bool:
        """Whether the limits lie on two sides of zero."""
        return self.low * self.high < 0


def limits_retold(reading: Reading) -> Iterator[Finding]:
    """Compare intervals with the same digits in text and tables; one holds zero, and the other does not.

    Left alone: intervals printed both ways more than once, rows of one table, limits of few digits, ranges of data.
    """
    found: dict[tuple[Decimal, ...], list[_Printed]] = defaultdict(list)
    for one in _printed(reading):
        if one.low and one.high:
            found[tuple(sorted((abs(one.low), abs(one.high))))].append(one)
    for places in found.values():
        without, with_zero = ([p for p in places if p.holds_zero is way] for way in (False, True))
        if not without or not with_zero or min(len(without), len(with_zero)) > 1:
            continue
        one, two = without[0], with_zero[0]
        if (one.table is not None and one.table == two.table) or not _one(one, two):
            continue
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{_text(reading, one)} is inconsistent with {_text(reading, two)} in another place: the same digits, but "
            f"only the second holds zero", "a sign has been lost in one of both",
            quotes=tuple(sorted((one.spot, two.spot))),
        )  # fmt: skip


def _one(one: _Printed, two: _Printed) -> bool:
    """Say whether two intervals are one, by their digits and their estimates."""
    same = one.value is not None and two.value is not None and abs(one.value) == abs(two.value)
    if one.value is not None and two.value is not None and not same:
        return False
    return sum(len(re.sub(r"\D", "", str(abs(x))).strip("0")) for x in (one.low, one.high)) >= LEAST + (not same)


def _text(reading: Reading, one: _Printed) -> str:
    return " ".join(reading.document.text[slice(*one.spot)].split())


def _printed(reading: Reading) -> Iterator[_Printed]:
    for line in lines(reading, _ROLES):
        if "-" in line.words or "CI" in line.words or " to " in line.words:
            for e in effects(line):
                yield _Printed(e.value.value if e.value else None, e.low.value, e.high.value, e.spot, None)
    for table in reading.document.tables:
        for row in body(table):
            said = f"{row.label.text} {table.caption.text if table.caption else ''}"
            for cell in row.cells[1:]:
                held = content(reading, cell) if "-" in cell.text or "−" in cell.text or "–" in cell.text else None
                if held is None or _SPREAD.search(said):
                    continue
                values: list[Printed] = [n.printed for n in held.numbers]
                spot = (cell.start, cell.end)
                if len(values) == 3 and _LIMITED.fullmatch(held.shape):
                    yield _Printed(values[0].value, values[1].value, values[2].value, spot, table.index)
                elif len(values) == 2 and _PAIR.fullmatch(held.shape):
                    yield _Printed(None, values[0].value, values[1].value, spot, table.index)


__all__ = ["CODES", "limits_retold"]
