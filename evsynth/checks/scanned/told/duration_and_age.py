"""A mean duration of disease above the mean age: "age was 44.2 years, and the duration of diabetes 49.5 years"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_N = r"\d{1,3}(?:\.\d+)?"
_MARK = r"(?:\s?[(\[](?:±\s?)?(?:SD|IQR|range|S\.D\.)[)\]])?"
_IS = (
    rf"{_MARK}(?: at (?:entry|baseline|inclusion|enrol+ment))?(?: of (?:the )?(?:patients|participants|cohort))?"
    r"(?: was| were| of|,|:)? "
)
_AGE = Expression(
    rf"\b(?P<centre>mean|median|average){_MARK} age{_IS}(?P<v>{_N})(?:\s?(?:±|"
    rf"[(\[])[^;)\]]{{0,30}}?[)\]]?)?\s?years\b",
    re.I,
)
_DURATION = Expression(
    rf"\b(?P<centre>mean|median|average){_MARK} (?:(?:disease|illness|diabetes|symptom|[a-z]{{4,15}}) duration|"
    rf"duration of (?:[a-z]+ ){{0,2}}?(?:disease|diabetes|illness|symptoms|epilepsy|[a-z]+itis|infection|pain)|"
    rf"time since (?:diagnosis|onset)){_IS}(?P<v>{_N})(?:\s?±\s?{_N})?(?=\s?(?:years\b|[(\[]))", re.I,
)  # fmt: skip
_LABEL_AGE = Expression(r"^\W*(?:(?:mean|median) )?age\b(?!.*\b(?:onset|diagnos|first|month|group|<|>|≥|≤))", re.I)
_LABEL_DURATION = Expression(
    r"^\W*(?:(?:mean|median) )?(?:(?:disease|illness|diabetes) duration|duration of (?:disease|diabetes|illness)|"
    r"time since (?:diagnosis|onset))\b(?!.*\b(?:month|week|day)s?\b)", re.I,
)  # fmt: skip
_MONTHS = Expression(r"^[^.;]{0,40}?\b(?:months|weeks|days|hours|min)\b")


def duration_and_age(reading: Reading) -> Iterator[Finding]:
    """Find a mean or median duration in years that is longer than the age told the same way, of the same people."""
    told = [(x, m) for x in lines(reading, ("abstract", "results", "body")) for m in _DURATION.finditer(x.words)]
    ages = [(x, m) for x in lines(reading, ("abstract", "results", "body")) if told for m in _AGE.finditer(x.words)]
    for line, match in told:
        if _MONTHS.match(line.words[match.end() :].split("year")[0]):
            continue
        near = [
            (x, m) for x, m in ages
            if x.section == line.section and abs(x.start - line.start) < 500
            and m["centre"].lower().replace("average", "mean") == match["centre"].lower().replace("average", "mean")
        ]  # fmt: skip
        if len(near) == 1 and float(match["v"]) > float(near[0][1]["v"]):
            other, age = near[0]
            yield _finding(
                reading, Printed.parse(match["v"]), Printed.parse(age["v"]),
                (line.start + match.start("v"), line.start + match.end("v")),
                (other.start + age.start("v"), other.start + age.end("v")),
            )  # fmt: skip
    yield from _in_tables(reading)


def _in_tables(reading: Reading) -> Iterator[Finding]:
    rows = list(table_lines(reading))
    for table in reading.document.tables:
        ages = [r for r in rows if r.table == table and _LABEL_AGE.search(r.row.label.text)]
        spans = [r for r in rows if r.table == table and _LABEL_DURATION.search(r.row.label.text)]
        if len(ages) != 1 or len(spans) != 1 or "year" not in f"{spans[0].row.unit} {spans[0].row.label.text}".lower():
            continue
        for cell in spans[0].cells:
            age = next((c for c in ages[0].cells if c.spot.column == cell.spot.column), None)
            for name in ("mean", "median"):
                one, two = cell.figure(name), age.figure(name) if age is not None else None
                if one is not None and two is not None and one.printed.value > two.printed.value:
                    yield _finding(reading, one.printed, two.printed, (one.start, one.end), (two.start, two.end))


def _finding(
    reading: Reading, duration: Printed, age: Printed, spot: tuple[int, int], other: tuple[int, int]
) -> Finding:
    return reading.finding(
        "OUT_OF_ORDER", "error", f"a mean duration of {duration} years lies above the mean age, {age} years",
        "the duration may be in months; otherwise a digit is misprinted or two numbers are exchanged",
        quotes=(spot, other),
    )  # fmt: skip
