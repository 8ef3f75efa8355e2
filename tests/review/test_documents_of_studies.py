"""Documents of a study are judged beside its extraction: where their findings stand, and which are left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evsynth.cli.main import main
from evsynth.review.documents import examine

TEXT = """# A drug in a disease

## Abstract

We studied one drug in 80 adults.

## Methods

Patients were enrolled from March 2019 to January 2018.

## Results

Table 1. Baseline.

| Characteristic | Drug (n = 40) | Usual care (n = 40) | P |
|---|---|---|---|
| Improved, n (%) | 21 (52.5) | 20 (50.0) | 0.0002 |
| Female, n (%) | 31 (71.5) | 20 (50.0) | 0.80 |
"""

IMPROVED = """
passages:
  - source: paper
    where: Table 1
    quote: 21 (52.5)
    values: [{id: improved-drug, printed: 21 (52.5), arm: drug, variable: improved, count: 21, percent: 52.5}]
"""

FEMALE = """
passages:
  - source: paper
    where: Table 1
    quote: 31 (71.5)
    values: [{printed: 31 (71.5), arm: drug, variable: female, count: 31, percent: 71.5}]
"""

SETTLED = (
    IMPROVED
    + """
resolutions:
  - about: [improved-drug]
    relation: unusable
    rule: Nothing else can be done.
    because: The P belongs to another row.
    by: A reviewer
    date: 2024-01-01
"""
)


def test_findings_stand_at_the_source_or_at_the_value(invented: Any) -> None:
    invented.study(IMPROVED, source=TEXT)
    found = {f.code: f for f in examine(invented.folder()).documents}
    assert found["DATES"].place.file == "corpora/sources/paper.txt"
    assert found["DATES"].place.line == 9
    assert found["COUNT_PERCENT"].place.file == "corpora/sources/paper.txt"
    assert found["P_OF_COUNTS"].place.file == "extractions/studies/alpha-2020.yaml"
    assert found["P_OF_COUNTS"].path[:2] == ("passages", 0)
    assert {f.subject for f in found.values()} == {"alpha-2020"}


def test_what_the_extraction_says_is_not_said_again(invented: Any) -> None:
    invented.study(FEMALE, source=TEXT)
    both = examine(invented.folder())
    assert [f.code for f in both.extractions] == ["COUNT_PERCENT"]
    assert "COUNT_PERCENT" not in [f.code for f in both.documents]


def test_a_resolution_settles_what_is_found_in_the_document(invented: Any) -> None:
    invented.study(SETTLED, source=TEXT)
    found = {f.code: f for f in examine(invented.folder()).documents}
    assert found["P_OF_COUNTS"].hint == "settled under `resolutions`: The P belongs to another row."


def test_check_prints_both_and_a_paper_does_not_fail_it(here: Any, capsys: pytest.CaptureFixture[str]) -> None:
    here.study(IMPROVED, source=TEXT)
    with pytest.raises(SystemExit) as ended:
        main(["check", "--json"])
    assert not ended.value.code
    found = {f["code"]: f for f in json.loads(capsys.readouterr().out)}
    assert found["DATES"]["severity"] == "error"
    quote = found["DATES"]["quotes"][0]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"]
