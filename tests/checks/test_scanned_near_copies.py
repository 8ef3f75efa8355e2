"""Numbers with two digits exchanged beside the same numbers in another place: found, and left alone."""

from __future__ import annotations

import pytest
from invented_papers import paper

from evsynth.checks.scanned.places.near_copies import near_copies

WALK = "Walking distance rose by {} m (2.1 to 9.4) with the drug."
ROW = "Table 2. Changes.\n\n| Outcome | Drug (n = 60) | Placebo (n = 58) |\n|---|---|---|\n| Walk | {} | 1.1 |\n"

FOUND = [
    # abstract, results, tables, discussion, what is quoted
    ({"abstract": WALK.format("8.4"), "results": WALK.format("4.8")}, ["8.4", "4.8"]),
    ({"abstract": "The gain was 8.4 (2.1-9.4).", "results": WALK.format("4.8")}, ["8.4", "4.8"]),
    ({"results": WALK.format("4.8"), "discussion": "The gain of 8.4 m (2.1 to 9.4) is large."}, ["4.8", "8.4"]),
    ({"abstract": WALK.format("8.4"), "tables": ROW.format("4.8 (2.1, 9.4)")}, ["8.4", "4.8"]),
    ({"results": "The ratio was 1.62 (1.29-2.03).",
      "discussion": "The ratio of 1.26 (1.29 to 2.03) is high."}, ["1.62", "1.26"]),
    ({"results": "Of these, 612 had it and 2244 had not.", "discussion": "We saw 621 with and 2244 without it."},
     ["612", "621"]),
    ({"abstract": "Results: 2,315 and 1,904 births.", "results": "There were 2,351 births there and 1,904 here."},
     ["2,315", "2,351"]),
    ({"results": "The median was 23·4 (3·8 to 43·0).", "discussion": "The median, 32·4 (3·8 to 43·0), is high."},
     ["23·4", "32·4"]),
]  # fmt: skip
LEFT = [
    {"abstract": WALK.format("4.8"), "results": WALK.format("4.8")},
    {"abstract": WALK.format("4.9"), "results": WALK.format("4.8")},  # a replaced digit is no evidence
    {"abstract": WALK.format("8.4"), "results": WALK.format("4.8").replace("9.4", "9.5")},
    {"abstract": "The gain was 8.4 (2 to 9).", "results": "The loss was 4.8 (2 to 9)."},  # too few digits are shared
    {"abstract": WALK.format("8.4"), "discussion": "A previous trial found 4.8 m (2.1 to 9.4)."},
    {"abstract": WALK.format("8.4"), "discussion": "Smith et al. found 4.8 m (2.1 to 9.4)."},
    {"tables": ROW.format("8.4 (2.1, 9.4)") + "| Steps | 4.8 (2.1, 9.4) | 1.3 (0.3) |\n"},  # rows of one table
    {"results": "Of these, 612 had it and 2244 had not. Of all 612, 40 died.",
     "discussion": "Among 621 men and 2244 women, 40 died, and 621 men were old."},  # both stand twice
    {"results": "Of 311 patients, 131, 126 and 54 entered.", "discussion": "The 131 and 126 patients did well."},
    {"results": "The hospitals gave 351, 318, 297 and 277 of the 1243 patients.",
     "discussion": "In the 772 of 1243 patients that were matched it was rare."},  # 277 belongs to a sum
    {"results": "Enrolment lasted from 2012 to 2021 in 145 places.", "discussion": "These 145 were chosen in 2012."},
    {"results": "The rate was 84.0% (95% CI 80.1 to 87.2).", "discussion": "It was 84.0% (95% CI 80.1 to 87.2)."},
]  # fmt: skip


@pytest.mark.parametrize(("parts", "quoted"), FOUND)
def test_exchanged_digits_are_found(parts: dict[str, str], quoted: list[str]) -> None:
    (finding,) = near_copies(paper(**parts))
    assert [q.text for q in finding.quotes] == quoted
    assert finding.severity == "inconsistent"
    assert finding.hint


@pytest.mark.parametrize("parts", LEFT)
def test_left_alone(parts: dict[str, str]) -> None:
    assert [f.message for f in near_copies(paper(**parts))] == []
