"""Dates of a record that stand in an order in which they cannot have happened."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding

CODES = ("RECORD_DATES",)

_EVENT = re.compile(r"(?P<day>\d{4}/\d{2}/\d{2})\b[^\[]*\[(?P<name>[a-z-]+)\]")
_STEPS = ("revised", "accepted", "pubmed")
_AFTER_RECEIVED = ("accepted", "entrez", "pubmed", "medline", "pmc-release")


def record_dates(reading: Reading) -> Iterator[Finding]:
    """Find a step of publication that the record dates before the manuscript was received, or out of order.

    A note: 1 January often stands where only the year was known. Left alone: equal days, records without
    a history, and a release on 1 January, the date of the collection of a year.
    """
    days: dict[str, tuple[str, Spot]] = {}
    for field in reading.document.fields:
        match = _EVENT.match(reading.document.plain[field.start : field.end]) if field.tag == "PHST" else None
        if match is not None:
            days.setdefault(match["name"], (match["day"], (field.start, field.end)))
    pairs = [("received", later) for later in _AFTER_RECEIVED] + list(itertools.pairwise(_STEPS))
    for earlier, later in pairs:
        if earlier in days and later in days and days[later][0] < days[earlier][0]:
            if later == "pmc-release" and days[later][0].endswith("/01/01"):
                continue  # where an annual collection is dated, not the article
            first = days[later][0].endswith("/01/01")
            yield reading.finding(
                "RECORD_DATES", "note",
                f"{later} on {days[later][0]} is inconsistent with {earlier} on {days[earlier][0]}",
                "1 January stands in records of which only the year is known" if first else
                "a manuscript may have been sent in anew; otherwise one of the dates is mistyped",
                quotes=(days[later][1], days[earlier][1]),
            )  # fmt: skip
