"""Standard deviations that the range of the same values does not allow, in tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.measured import measured
from evsynth.checks.scanned.facts.summaries import summaries
from evsynth.checks.scanned.facts.told_measures import told_measures
from evsynth.checks.scanned.identity import size, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("SD_IMPOSSIBLE", "OUT_OF_ORDER")

_CHANGE = Expression(r"\b(?:chang\w*|differ\w*|delta|SEM?|error|CI|quartiles?|IQR|possible|per)\b|[Δ∆]", re.I)
_MEDIAN = Expression(r"\bmedian\b(?!.*\bmean\b)", re.I | re.S)
"""A median, printed with a standard deviation: it is no mean."""
_MEAN_BEHIND = Expression(
    r"\s?(?:[A-Za-zµ°][A-Za-zµ/²]{0,11}(?:\s[a-z]{3,9})?)?[\s,;:(\[-]{1,3}(?:and |with |the |an? |on |their |its |"
    r"it |they )*"
    r"(?:means?|average[ds]?|averaging)\b(?: (?:was|of|being|is|value))*[\s,:=]*(?:\(SD\)[\s,:=]*)?", re.I
)  # fmt: skip
"""Between a range and the mean told behind it: "from 4 to 9 days (mean "."""
_PEOPLE = Expression(r"patients|participants|people|women|men|children|subjects|cases|studies|centres|centers|visits")
FEWEST = 5
"""Patients that a group is taken to have where no number is told: fewer would allow a slightly larger SD."""


_ENDS = Expression(
    r"(?:\b(?:r[au]n|went|varied|varying|extended|lasted|lay|fell|were|was|aged|at birth|at entry),?\s"
    r"(?:from |between )?|\b(?:between|from)\s)"
    r"(?P<a>\d{1,4}(?:\.\d+)?)\s?(?:-|to|and)\s?(?P<b>\d{1,4}(?:\.\d+)?)(?![\d%]|\.\d)"
)
"""The ends of a range without the word: "ran from 20 to 30 years"."""


class _Told(NamedTuple):
    mean: Printed
    sd: Printed
    least: Printed
    most: Printed
    patients: int
    name: str
    spot: Spot


def spread_and_range(reading: Reading) -> Iterator[Finding]:
    """Hold each SD against the largest that mean and range allow (Bhatia & Davis 2000).

    Read are rows with one mean and SD and one range, and sentences that print both in one bracket. Left alone:
    changes, standard errors, ranges of a scale. A mean outside the range is found too.
    """
    for told in (*_in_tables(reading), *_in_text(reading)):
        low, high = span(told.least).low, span(told.most).high
        means = [m for m in (*span(told.mean), float(told.mean)) if low <= m <= high]
        if not means and high > low and (span(told.mean).high < low or span(told.mean).low > high):
            yield reading.finding(
                "OUT_OF_ORDER", "error",
                f"{told.name}a mean of {told.mean} lies outside {told.least} to {told.most}, told as the range of the "
                f"same "
                f"values",
                "the range may be that of other patients; otherwise a digit is misprinted", quotes=(told.spot,),
            )  # fmt: skip
        if not means or high <= low:
            continue
        most = max(largest_sd(m, low, high, told.patients, told.patients - 1) for m in means)
        if span(told.sd).low > most + 1e-9:
            yield reading.finding(
                "SD_IMPOSSIBLE", "error",
                f"{told.name}SD {told.sd} is inconsistent with a mean of {told.mean} and values from {told.least} to "
                f"{told.most}; at most {most:.3g} is possible",
                "the range may be that of other patients; otherwise a digit is misprinted",
                quotes=(told.spot,), computed=(("largest SD", f"{most:.4g}"),),
            )  # fmt: skip


def _in_tables(reading: Reading) -> Iterator[_Told]:
    for row in table_lines(reading):
        means = [c for c in row.cells if c.sort == "mean sd"]
        ends = [c for c in row.cells if c.sort == "range"]
        if len(means) != 1 or len(ends) != 1 or _CHANGE.search(row.label):
            continue
        heads = " ".join(row.table.columns[c.spot.column].label for c in (*means, *ends) if c.spot.column is not None)
        mean, sd, least, most = (
            means[0].figure("mean"), means[0].figure("sd"), ends[0].figure("minimum"), ends[0].figure("maximum")
        )  # fmt: skip
        if mean is None or sd is None or least is None or most is None or _CHANGE.search(heads):
            continue
        found = size(reading, means[0])
        patients = found.patients if found is not None and found.patients > 1 else FEWEST
        yield _Told(
            mean.printed, sd.printed, least.printed, most.printed, patients, f"{row.name}: ", (mean.start, most.end)
        )


def _in_text(reading: Reading) -> Iterator[_Told]:
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\brang|\bbetween\b|\bfrom\b|\d (?:to|-) \d|\d-\d", line.words):
            continue
        for one in measured(line).values:
            if one.spread is None or one.spread_kind == "se":
                continue
            after = line.words[one.start + len(one.value.text) : one.end + 60]
            found = next((s for s in summaries(after) if s.range is not None), None)
            if found is None or found.range is None or not re.fullmatch(
                r"[\s,;)(]*(?:[a-z]{1,6}[\s,;)(]*)?", after[one.end - one.start - len(one.value.text) : found.start]
            ):  # fmt: skip
                continue
            if len({u[:1] for u in found.units if u[:1].isalpha()}) > 1:
                continue
            before = line.words[max(0, one.start - 80) : one.start]
            if _CHANGE.search(before) or _MEDIAN.search(before):
                continue
            yield _Told(
                one.value, one.spread, found.range[0].printed, found.range[1].printed, FEWEST, "",
                (line.start + one.start, line.start + one.start + len(one.value.text) + found.end),
            )  # fmt: skip
        yield from _range_first(line)


def _range_first(line: Line) -> Iterator[_Told]:
    """Give ranges with the mean and SD told behind them: "ranged from 4 to 9 days (mean 6.1, SD 7.3)"."""
    if "SD" not in line.words and "±" not in line.words and "standard dev" not in line.words:
        return
    measures = [
        (m.value.printed, m.sd.printed, m.value.start, m.sd.stop, m.value.unit)
        for m in told_measures(line.words)
        if m.sd
    ]
    measures += [
        (v.value, v.spread, v.start, v.end, v.unit) for v in measured(line).values if v.spread and not v.spread_kind
    ]
    ranges = [s.range for s in summaries(line.words) if s.range is not None and s.quartiles is None]
    ends = [(Printed.parse(x["a"]), Printed.parse(x["b"]), *x.span()) for x in _ENDS.finditer(line.words)]
    ends += [(a.printed, b.printed, a.start, b.end) for a, b in ranges]
    for least, most, start, end in ends:
        for mean, sd, at, stop, of in measures:
            if not _MEAN_BEHIND.fullmatch(line.words[end:at]):
                continue
            unit = re.match(r"\s?([A-Za-zµ°]+)", line.words[end:])
            if _CHANGE.search(line.words[max(0, start - 60) : at]) or (
                unit and (_PEOPLE.fullmatch(unit[1]) or (of and unit[1][0].lower() != of[0].lower()))
            ):
                continue
            inside = span(least).low <= float(mean) <= span(most).high
            if not inside and not re.search(r"\brang", line.words[max(0, start - 40) : start + 1]):
                continue
            yield _Told(mean, sd, least, most, FEWEST, "", (line.start + start, line.start + stop))
