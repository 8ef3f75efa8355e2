"""Weeks and days of gestation: "38+9 weeks" cannot be, for seven days make a week."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("NUMBER_IMPOSSIBLE",)

_ROLES: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body", "discussion", "figure legend")
_WEEKS = r"(?:weeks?|wks?|w)\b"
_SHAPES = (
    Expression(
        rf"(?<![\d.,+/])(?P<w>[1-4]\d)\s?\+\s?(?P<d>\d{{1,2}})(?![\d.,]*\d)(?=\s?(?:{_WEEKS}|[-,;)]|to\b|and\b|"
        rf"or\b|\.|"
        r"$|days|d\b|\())"
    ),
    Expression(r"(?<![\d.,+/])(?P<w>[1-4]\d)\s(?P<d>\d{1,2})/7(?=\s?(?:weeks?|wks?|w\b|[-,;)]|to\b|and\b))"),
    Expression(rf"(?<![\d.,+/-])(?P<w>[1-4]\d)\s?{_WEEKS}\s?(?:and|,|\+|plus|&)?\s?(?P<d>\d{{1,2}})\s?(?:days?|d)\b"),
)
_GESTATION = Expression(
    r"gestation|\bweeks?\b[^.;]{0,40}\b(?:pregnan|amenorrh|deliver|birth)|\bpregnan|\bGA\b|deliver|\bborn\b|"
    r"amenorrh|menstrual age|preterm|labou?r|f(?:o)?etus|ultrasound|antenatal|\bbirth",
    re.I,
)


def weeks_and_days(reading: Reading) -> Iterator[Finding]:
    """Find days beyond completed weeks of gestation that make a week or more. Left alone: sums that are not of time."""
    for line in lines(reading, _ROLES):
        if "+" not in line.words and "/7" not in line.words and "day" not in line.words and " d" not in line.words:
            continue
        if not _GESTATION.search(line.words):
            continue
        for index, pattern in enumerate(_SHAPES):
            for match in pattern.finditer(line.words):
                weeks, days = int(match["w"]), int(match["d"])
                if days < 7 or not 10 <= weeks <= 45 or (index == 2 and days > 13):
                    continue
                yield reading.finding(
                    "NUMBER_IMPOSSIBLE", "error",
                    f"{' '.join(match[0].split())}: {days} days beyond completed weeks cannot be, seven make a week",
                    "a digit may be misprinted", quotes=(line.piece(match),),
                )  # fmt: skip
