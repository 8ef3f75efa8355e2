"""Quartiles of a group whose size makes them observed values, printed as if they lay between two of them.

With the weighted average at (n + 1) p (type 6 of Hyndman & Fan 1996, doi 10.2307/2684934; the rule of SPSS and
GraphPad Prism) the quartiles of n = 7, 11, 15 ... are observed values.
"""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.identity import size, table_lines
from evsynth.checks.scanned.prose import says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("QUARTILES_OF_FEWER",)

_PROGRAM = Expression(r"\b(?:SPSS|GraphPad|Prism)\b")
_NAMES = ("median", "q1", "q3")


def quartiles_of_fewer(reading: Reading) -> Iterator[Finding]:
    """Find quartiles that end in quarters or eighths where the others of the row and group are whole numbers.

    A concern, for groups of n = 4 k - 1 whose paper names SPSS or Prism, and whose every other median and quartile in
    the row, at another time, is a whole number: the odd pair is then of fewer patients. Left alone: measurements with
    decimals of their own.
    """
    if not says(reading, _PROGRAM, ("methods", "abstract", "body")):
        return
    for line in table_lines(reading):
        for cell in line.cells:
            group = size(reading, cell)
            if group is None or group.patients % 4 != 3 or group.patients > 60:
                continue
            between = [f for f in _quartiles(cell) if _between(f.printed)]
            others = [
                f for c in line.cells if c is not cell and (s := size(reading, c)) and s.patients == group.patients
                for f in _figures(c)
            ]  # fmt: skip
            if between and others and all(f.printed.value % 1 == 0 for f in others):
                yield reading.finding(
                    "QUARTILES_OF_FEWER", "concern",
                    f"{line.name}: {' and '.join(str(f.printed) for f in between)} lie between two observed values; "
                    f"the quartiles of {group.patients} patients are observed ones, and those at another time are "
                    "whole numbers",
                    "the values may have been measured more finely then, or by another rule for quartiles; else "
                    "fewer patients were analysed",
                    quotes=((cell.start, cell.end), *((f.start, f.end) for f in others[:1])),
                    computed=(("patients", str(group.patients)), ("place of the first quartile",
                                                                  str((group.patients + 1) // 4))),
                )  # fmt: skip
                return


def _figures(cell: Reported) -> list[Figure]:
    return [f for name in _NAMES if (f := cell.figure(name)) is not None]


def _quartiles(cell: Reported) -> list[Figure]:
    return [f for name in _NAMES[1:] if (f := cell.figure(name)) is not None]


def _between(printed: Printed) -> bool:
    """Say whether a number reads like a quarter or an eighth: .25, .75, .125 (.13 or .12), .375, .625, .875."""
    return printed.decimals >= 2 and str(printed.value % 1)[2:4] in {"25", "75", "12", "13", "37", "38", "62", "63",
                                                                     "87", "88"}  # fmt: skip
