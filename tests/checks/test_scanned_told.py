"""Sums, shares, rates and intervals told in running text: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.facts.counts import counts, value
from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.told import (
    flow,
    group_totals,
    intervals,
    means,
    p_of_shares,
    person_time,
    recounted,
    share_bases,
    shares_of,
    shares_together,
    sums,
    wholes,
)
from evsynth.scan.document import read_document

CHECK = {
    "allocated": group_totals.group_totals, "categories": wholes.wholes, "intervals": intervals.intervals,
    "pairs": means.means, "parts": sums.sums,
    "recounted": recounted.recounted, "rates": person_time.person_time, "remaining": flow.flow,
    "shares_of": shares_of.shares_of, "share_bases": share_bases.share_bases,
    "shares_together": shares_together.shares_together, "p_of_shares": p_of_shares.p_of_shares,
}  # fmt: skip


def codes(check: str, text: str) -> list[str]:
    """Run one check on an abstract."""
    subject = reading(read_document("x", f"A trial of one drug in adults with a disease\n\nAbstract\n{text}\n"))
    return [f.code for f in CHECK[check](subject)]


FOUND = (
    ("parts", "FLOW", "Eleven patients died, seven in the drug group and six in the placebo group."),
    ("parts", "FLOW", "In all, 9 patients died, 4 with diabetes and 7 without."),
    ("parts", "FLOW", "Of 331 patients, 27 were excluded (pregnancy, 6; refusal, 17; lost to follow-up, 7)."),
    ("parts", "FLOW", "Twenty-three children were not examined: 18 had moved, 6 were ill and 3 refused."),
    ("parts", "FLOW", "In all, 212 were not randomised (111 had surgery within a week, 73 declined, 38 other)."),
    ("recounted", "FLOW", "Then 9 were withdrawn by caregivers (2 per group)."),
    ("parts", "FLOW", "Fourteen patients dropped out (8 drug, 9 placebo)."),
    ("parts", "FLOW", "Fifteen patients (7%) discontinued, 8 in the drug arm and 9 in the control arm."),
    ("parts", "FLOW", "There were 21 deaths: 12 in the drug group and 11 in the control group."),
    ("share_bases", "COUNT_PERCENT", "Ten of 90 patients (17.1%) relapsed."),
    ("parts", "GROUPS", "We studied 90 patients, 50 with diabetes and 48 without."),
    ("remaining", "FLOW", "A total of 283 children were randomised; 9 were withdrawn, leaving 279 in the analysis."),
    ("remaining", "FLOW", "In all 671 agreed. Twenty-one samples were insufficient, so that 640 were studied."),
    ("remaining", "FLOW", "We enrolled 150 adults. Twelve were lost to follow-up, leaving 142 for analysis."),
    ("shares_of", "COUNT_PERCENT", "The 119 infants had 146 stays; infection accounted for 82 (68.9%) of these."),
    (
        "shares_together", "COUNT_PERCENT",
        "Later 263 were seen (test, 134; control, 129). No caries was found in 46 (34.3%) and 31 (27.9%) children.",
    ),
    ("categories", "PARTS_EXCEED", "In all, 40 (10.0%) were underweight, 200 (50.0%) normal and 188 (47.0%) obese."),
    ("intervals", "OUT_OF_ORDER", "Specificity was 89.2% (95% CI, 90.4-97.2)."),
    ("intervals", "OUT_OF_ORDER", "Distance rose by 33.5 m (95% CI 34.1 to 58.3)."),
    ("intervals", "OUT_OF_ORDER", "The prevalence was 43.8%; 95% CI 44.4-52.2."),
    (
        "intervals", "OUT_OF_ORDER",
        "Data are median [IQR]. The score fell from 6 [4-7] to 2 [3-5].",
    ),
    ("p_of_shares", "P_OF_COUNTS", "Infections occurred in 6/86 (7.0%) and 5/178 (2.8%) patients (p=0.004)."),
    ("p_of_shares", "P_OF_COUNTS", "Pain was seen in 30 (50.0%) versus 12 (20.0%) patients (P = 0.41)."),
    (
        "pairs", "P_OF_MEANS",
        "We randomised 60 women to the drug and 58 to placebo. Weight was 70.1±9.8 and 70.9±9.1 kg (p=0.001).",
    ),
    ("allocated", "GROUPS", "We randomly assigned 120 women to the drug (n = 60) or placebo (n = 56)."),
)  # fmt: skip

LEFT_ALONE = (
    ("parts", "Thirteen patients died, seven in the drug group and six in the placebo group."),
    ("parts", "About 30 patients were excluded (refusal, 6; moved, 17; lost, 9)."),
    ("parts", "Of 331 patients, 27 were excluded, some for several reasons (pregnancy, 6; refusal, 17; lost, 7)."),
    ("parts", "Thirteen patients left: 2 for lack of effect, 1 moved and 10 for side effects (six old, four young)."),
    ("parts", "Thirteen patients left: 2 refused, 1 withdrew consent, and 10 had adverse events, 4 of them serious."),
    ("parts", "Four patients withdrew, three because of side effects (two on the drug and one on placebo)."),
    ("parts", "Of 200 patients, 50 in the drug group and 40 in the placebo group had pain."),
    ("recounted", "In this trial 60 patients were assigned to one of the four regimens (15 patients per group)."),
    ("recounted", "Eight patients were excluded (2 per group)."),
    ("parts", "Eleven patients had events, mainly infections (six colds, seven coughs)."),
    ("remaining", "A total of 283 children were randomised; 4 were withdrawn, leaving 279 in the analysis."),
    ("remaining", "We enrolled 150 adults. Twelve were lost to follow-up and three died, leaving 135 for analysis."),
    ("remaining", "We enrolled 150 adults. Twelve were lost to follow-up, leaving 69 and 69 for analysis."),
    ("shares_of", "The 119 infants had 146 readmissions; infection accounted for 82 (56.2%) of these."),
    (
        "shares_together",
        "Later 263 were seen (test, 134; control, 129). No caries was found in 46 (34.3%) and 31 (24.0%) children.",
    ),
    (
        "shares_together",
        "Later 263 were seen (test, 134; control, 129). No caries was found in 46 (34.3%) and 31 (25.0%) children.",
    ),
    ("share_bases", "Ten of 90 patients (11.1%) relapsed."),
    ("categories", "In 400 adults, 40 (10.0%) were underweight, 200 (50.0%) normal and 160 (40.0%) obese."),
    ("categories", "In 400 adults, 140 (35.0%) had pain, 200 (50.0%) fever and 188 (47.0%) cough."),
    ("intervals", "Specificity was 94.2% (95% CI, 90.4-97.2)."),
    ("intervals", "Scores were 2.1 points lower (95% CI -3.3 to -0.9)."),
    ("intervals", "Response was 10.2% versus 15.3% (95% CI 1.0-9.0)."),
    ("intervals", "We found 309 (95% CI 44.4-52.2) children."),
    ("intervals", "Earlier work found 6 [4-7] and 2 [3-5] signs."),
    ("p_of_shares", "Infections occurred in 6/86 (7.0%) and 5/178 (2.8%) patients (p=0.18)."),
    ("p_of_shares", "Pain was seen in 30 (50.0%) versus 12 (20.0%) patients (adjusted P = 0.41)."),
    ("p_of_shares", "Pain before and after treatment was seen in 30 (50.0%) and 12 (20.0%) patients (P = 0.41)."),
    (
        "pairs",
        "We randomised 60 women to the drug and 58 to placebo. Weight was 70.1±9.8 and 70.9±9.1 kg (p=0.65).",
    ),
    (
        "rates",
        "Catheter-days were 18 460 with the drug and 18 112 without. There were 11 and 27 episodes, or 0.60 versus "
        "1.49 per 1000 catheter-days.",
    ),
    (
        "rates",
        "In 1021.4 (drug, 1094 children) and 998.7 (placebo, 1070 children) person-years 173 and 246 episodes "
        "were seen, 169.4 and 246.3 per 1000 person-years.",
    ),
    ("allocated", "We randomly assigned 120 women to the drug (n = 60) or placebo (n = 60)."),
    ("allocated", "We randomly assigned 120 women, of whom 4 withdrew, to the drug (n = 60) or placebo (n = 56)."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "code", "text"), FOUND)
def test_a_contradiction_is_found(check: str, code: str, text: str) -> None:
    assert codes(check, text) == [code]


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE)
def test_what_fits_or_may_fit_is_left_alone(check: str, text: str) -> None:
    assert codes(check, text) == []


def test_numbers_in_words_are_read() -> None:
    told = "Twenty-three of 1,044 patients aged 60 in 2019 had six visits; one hundred and six did not."
    assert [c.value for c in counts(told)] == [23, 1044, 106]
    assert value("forty two") == 42


def test_every_check_is_registered() -> None:
    assert set(CHECK.values()) <= {check.run for check in CHECKS}
