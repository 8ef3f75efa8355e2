"""Percentages of "them", and percentages whose digits were cut: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.reading import reading
from evsynth.checks.scanned.told import shares_of_them, shares_uncounted
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(text: str) -> list[Finding]:
    one = reading(read_document("x", f"A trial of one drug in adults with a disease\n\nAbstract\n{text}\n"))
    return [*shares_of_them.shares_of_them(one), *shares_uncounted.shares_uncounted(one)]


FOUND = (
    ("We enrolled 46 patients. Of these, 47.1% had fever.", "inconsistent"),
    ("There were 58 women in the study. Of them, 14.9% smoked.", "inconsistent"),
    ("In all 64 children were seen. Of these children, 21.2% wheezed.", "inconsistent"),
    ("We studied 72 men. A stroke was recorded in 33.7% of them.", "inconsistent"),
    ("We enrolled 53 adults. Pain was reported by 31.1% of the patients.", "inconsistent"),
    ("The study had 37 nurses, and 25.4% of them worked at night.", "inconsistent"),
    ("We enrolled 34 patients. Of these, 32.2% had fever.", "inconsistent"),
    ("We enrolled 17 patients. Of these, 76.4% had fever.", "note"),
    ("We enrolled 34 patients. Fever was seen in 32.3% of them.", "note"),
    ("We enrolled 34 patients. A scan was unavailable in 32.3% of the patients.", "note"),
    ("Of the 17 patients operated on, 76.4% died.", "note"),
    ("Among the 34 children with a relapse, 32.3% had fever.", "note"),
    ("Fever was noted in 76.4% of the 17 children with a relapse.", "note"),
)
LEFT_ALONE = (
    "A fall was the cause in only 7 patients (17.5% of the patients with a known cause).",
    "We enrolled 46 patients. Of these, 31.1% had fever.",  # 14 of 45
    "We enrolled 46 patients. Of these, 30.4% had fever.",
    "We enrolled 34 patients. Of these, 32.4% had fever.",
    "We enrolled 46 patients. Of these, about 31.1% had fever.",
    "We enrolled 46 patients. Survival was seen in 31.1% of them at a year.",
    "We enrolled 46 patients, of whom 45 had a scan. Fever was seen in 31.1% of them.",
    "We enrolled 46 patients, and some declined. Of these, 31.1% had fever.",
    "We enrolled 46 patients. The score fell in 31.1% of them.",
    "We enrolled 46 patients and 50 controls. Of these, 31.1% had fever.",
    "We enrolled 1460 patients. Of these, 31.1% had fever.",
    "We enrolled 46 patients. Of these, 14 (31.1%) had fever.",
    "We enrolled 46 patients. Of these, 31% had fever. Of the 45 with a scan, none had a stroke.",
    "We enrolled 46 patients. Mean oxygen saturation was 31.1% of the normal.",
    "Of the 17 patients operated on, 76.5% died.",
    "We enrolled 46 patients. Of these, 31.1% (95% CI 20.2 to 44.1) had fever.",
)


@pytest.mark.parametrize(("text", "severity"), FOUND)
def test_found(text: str, severity: str) -> None:
    (one,) = found(text)
    assert (one.code, one.severity) == ("PERCENT_IMPOSSIBLE", severity)
    assert ("cut, not rounded" in one.message) == (severity == "note")


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert [f.message for f in found(text)] == []
