"""An age against a date of birth and the date it is told for: "born in 1974 ... in June 2019, at the age of 45"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?:(?:on|in|since|during|early in|late in) )?(?:\d{1,2} )?(?:(?P<mNAME>(?:Jan|Feb|Mar|Apr|"
    r"May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.? )?(?:\d{1,2}, )?(?P<yNAME>(?:18|19|20)\d\d)"
)
_BORN = Expression(rf"\b(?:born|birth)\b[^.;\d]{{0,25}}?{_DATE.replace('NAME', '0')}", re.I)
_AGED = Expression(
    rf"{_DATE.replace('NAME', '1')}(?:[^.;\d]{{0,40}}?)\b(?:at (?:the )?age(?: of)?|aged|when (?:he|"
    rf"she) was|at)\s(?P<age>\d{{1,3}})(?!\d|\s?(?:months?|weeks?|days?|%))"
    rf"|\b(?:at the age of|aged|at age)\s(?P<age2>\d{{1,3}})(?: years)?,? (?:in|on) "
    rf"{_DATE.replace('NAME', '2').replace('(?:(?:on|in|since|during|early in|late in) )?', '')}", re.I,
)  # fmt: skip


def ages_from_dates(reading: Reading) -> Iterator[Finding]:
    """Check every age that a sentence tells with a date, where it tells one date of birth."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\b(?:born|birth)\b", line.words):
            continue
        births = list(_BORN.finditer(line.words))
        if len(births) != 1 or "between" in births[0][0]:
            continue
        birth = births[0]
        for m in _AGED.finditer(line.words, birth.end()):
            k, age = ("1", m["age"]) if m["age"] else ("2", m["age2"])
            name = "age" if k == "1" else "age2"
            least, most = _between(birth["y0"], birth["m0"], m[f"y{k}"], m[f"m{k}"])
            if least <= int(age) <= most:
                continue
            yield reading.finding(
                "DATES", "inconsistent",
                f"an age of {age} is inconsistent with a birth in {birth['y0']} and the date "
                f"{m[f'y{k}']}, which make {most}",
                "one of the dates, or the age, is misprinted",
                quotes=((line.start + m.start(name), line.start + m.end(name)),
                        line.piece(birth), (line.start + m.start(f"y{k}"), line.start + m.end(f"y{k}"))),
            )  # fmt: skip


def _between(year: str, month: str | None, then: str, when: str | None) -> tuple[int, int]:
    """Give the least and the greatest age in full years."""
    gap = int(then) - int(year)
    if month is None or when is None:
        return gap - 1, gap
    one, two = (_MONTHS.index(m[:3].lower()) for m in (month, when))
    return (gap - 1, gap) if one == two else (gap, gap) if two > one else (gap - 1, gap - 1)
