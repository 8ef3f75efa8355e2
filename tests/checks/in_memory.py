"""Invented studies that are checked without files: values as short dictionaries, findings about the paper.

Names are checked too, so that a misspelt row cannot pass for one that is left alone.
"""

from __future__ import annotations

import json
from typing import Any

from test_reported_check import COHORTS, INSTRUMENTS, REST

from evsynth.checks.checking import CHECKS
from evsynth.checks.registry import case, check
from evsynth.model.finding import Finding
from evsynth.model.review import Review
from evsynth.model.source import Sidecar, Source
from evsynth.model.values import STATISTICS
from evsynth.text.extraction import read_study
from evsynth.text.read import read

Value = dict[str, Any]
Values = tuple[Value, ...]

RUN = tuple(one for one in CHECKS if one.judges == "paper" or "UNKNOWN_NAME" in one.codes)

TIMEPOINTS = """
  - {at: baseline, label: Baseline, lowest_months: 0, highest_months: 0}
  - {at: month-6, label: Month 6, lowest_months: 6, highest_months: 6}"""

HEAD = {
    "study": "alpha-2020", "label": "Alpha 2020", "title": "An invented drug", "authors": "[Alpha A]", "year": "2020",
    "timepoints": TIMEPOINTS, **REST,
}  # fmt: skip

REVIEW_TEXT = f"""\
review: invented
title: An invented drug in an invented lung disease
licence: CC BY 4.0
question: {{population: Adults, intervention: Drug, comparator: Usual care, outcomes: All, designs: All}}
eligibility: [Anybody]
instruments:
  - {{instrument: breath-20, name: Breath score, version: "1", lowest: 0, highest: 20, worse: higher, integer: true,
     source: Manual}}
{INSTRUMENTS}"""

SOURCES = {
    name: Source(
        Sidecar.model_construct(source=name, licence="CC0", sha256="", file=None),
        None,
        None,  # known, and not held
    )
    for name in ("paper", "report-0", "report-1")
}

REVIEW = read(Review, REVIEW_TEXT, "review.yaml")[0]


def passages(values: Values) -> list[dict[str, Any]]:
    """Write values as passages: those of one `row` in one, printed at `place`, as `printed` or by their numbers."""
    rows: dict[str, list[Value]] = {}
    places: dict[str, str] = {}
    for index, given in enumerate(values):
        value = dict(given)
        row = value.pop("row", f"row {index}")
        places[row] = value.pop("place", f"Table 1, {row}")
        numbers = " ".join(str(value[key]) for key in value if key in STATISTICS)
        rows.setdefault(row, []).append({"printed": value.pop("printed", numbers), **value})
    return [
        {"source": "paper", "where": places[row], "quote": " ".join(v["printed"] for v in members), "values": members}
        for row, members in rows.items()
    ]


def checked(values: Values, **given: str) -> tuple[Finding, ...]:
    """Check a study with these values; `given` replaces other parts of the file, COHORTS take USUAL, TEST and so on."""
    words = {"USUAL": "40", "EXHAUSTIVE": "true", "TEST": "unknown"}
    words |= {k: given.pop(k) for k in tuple(given) if k in words}
    cohorts = given.pop("cohorts", COHORTS)
    for name, word in words.items():
        cohorts = cohorts.replace(name, word)
    parts = {**HEAD, "cohorts": cohorts, "passages": json.dumps(passages(values)), **given}
    text = "".join(f"{key}: {value}\n" for key, value in parts.items())
    return check(case(read_study(text, "alpha-2020.yaml"), REVIEW, SOURCES), RUN)


def told(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Give codes and messages, for the message of a failed test."""
    return [(f.code, f.message) for f in found]


Row = tuple[dict[str, Any], ...]
"""Values, or first a dictionary under `given` with other parts of the study file."""


def row(values: Row) -> tuple[Finding, ...]:
    """Check one row of a table."""
    given: dict[str, str] = values[0]["given"] if values and "given" in values[0] else {}
    return checked(tuple(v for v in values if "given" not in v), **given)


def rows(table: dict[str, list[Row]]) -> list[tuple[str, Row]]:
    """Give the rows of a table with the code each stands under."""
    return [(code, one) for code, listed in table.items() for one in listed]
