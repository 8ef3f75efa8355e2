"""What two checks say of a row and a sentence: the number of the text, and that of the table."""

from __future__ import annotations

from evsynth.checks.scanned.identity import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure


def told_otherwise(reading: Reading, said: tuple[Printed, Spot], printed: Figure, row: Line, same: str) -> Finding:
    """Make the finding that a sentence tells a number of a row otherwise; `same` says what of both is alike."""
    where = f"table {row.table.number}" if row.table.number else "the table"
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{row.name}: {said[0]} in the text is inconsistent with {printed.printed} in {where}; {same}",
        "the sentence may be about other patients; otherwise one of both is misprinted",
        quotes=(said[1], (printed.start, printed.end)),
    )  # fmt: skip
