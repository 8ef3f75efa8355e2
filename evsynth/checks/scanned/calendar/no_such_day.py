"""Days that no calendar has: 31 June, 30 February, 29 February of a common year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.moments import DAY_OF_MONTH, days_in
from evsynth.checks.scanned.prose import OWN, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_LED = Expression(r"\b(?:on|until|till|to|from|and|by|since|before|after|between|through|of|the|is|was)\s*$", re.I)


def no_such_day(reading: Reading) -> Iterator[Finding]:
    """Find the day and the month together, with a year beside them, or led in as a date is ("until 31 June")."""
    for line in lines(reading, (*OWN, "back matter", "conclusion")):
        for match in DAY_OF_MONTH.finditer(line.words):
            day, month = match["d1"] or match["d2"], match["m1"] or match["m2"]
            year = match["y1"] or match["y2"]
            led = match["d1"] is not None and _LED.search(line.words[: match.start()])
            if not (year or led) or int(re.sub(r"\D", "", day)) <= days_in(int(year) if year else 2000, month):
                continue
            yield reading.finding(
                "DATES", "error", f"'{' '.join(match[0].split())}' is no day of the calendar",
                "the day or the month is misprinted", quotes=(line.piece(match),),
            )  # fmt: skip
