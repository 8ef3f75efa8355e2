"""Numbers of two groups in two places of a paper: exchanged, or one of them another."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.places.groups_told_again import groups_told_again
from evsynth.checks.scanned.reading import reading
from evsynth.scan.document import read_document

PAPER = "Sheets in use\n\nABSTRACT\n{a}\n\nRESULTS\n{b}\n\nDISCUSSION\n{c}\n"


def found(a: str, b: str, c: str = "More work is needed.") -> list[str]:
    """Give the codes of what is found in a paper of three parts."""
    return [f.code for f in groups_told_again(reading(read_document("x", PAPER.format(a=a, b=b, c=c))))]


EXCHANGED = [
    ("Leakage was common.",
     "Leakage was seen in 9 of 120 stapled (7.5%) and in 21 of 118 hand-sewn anastomoses (17.8%).",
     "Leakage followed 18% of stapled and 8% of hand-sewn anastomoses."),
    ("Sealants were placed in 140 molars with resin and 138 molars with glass ionomer (278 in all).",
     "Sealants were lost from 31 molars in the resin arm and from 57 in the glass-ionomer arm.",
     "One year on, sealants had been lost from 41% of resin and 22% of glass-ionomer molars."),
    ("Delirium developed in 17.1% of patients sedated with dexmedetomidine and in 32.0% of those given propofol.",
     "Of 208 patients, 105 received dexmedetomidine and 103 propofol. Delirium was seen in 33 of the "
     "dexmedetomidine group as against 18 patients of the propofol group.", "It is common."),
    ("Of the 192 patients, 97 had talks and 95 had sertraline.",
     "Remission was reached by 44 patients with talks (45.4%) and 30 with sertraline (31.6%).",
     "Of those on sertraline 45% reached remission, against 32% after talks."),
    ("Lameness persisted in 31% of mares and 12% of geldings.",
     "At the last visit lameness persisted in 6/52 mares (11.5%) and in 15/49 geldings (30.6%).", "No more."),
    ("Mean stay was 6.4 days with early and 9.1 days with late tracheostomy.",
     "We studied 90 patients. Length of stay averaged 9.1 days after early and 6.4 days after late tracheostomy.",
     "No more."),
]  # fmt: skip
DIFFERENT = [
    ("Treatment failed in 21 of 148 (14.2%) given high flow and in 28 of 145 (19.3%) given low flow.",
     "Treatment failure was declared in 21 infants in the high flow arm and 38 in the low flow arm.", "No more."),
    ("Pregnancy was confirmed in 41.3% of ewes on the short and 52.7% of ewes on the long protocol.",
     "Ewes on the short protocol were pregnant in 41.3%, those on the long protocol in 57.2%; pregnancy was "
     "confirmed by scan.", "No more."),
    ("Yields were high.", "Mean yield of grain was 5.42 t/ha with mulch and 4.87 t/ha without mulch.",
     "Grain yield was 5.42 t/ha with mulch and 4.37 t/ha without mulch."),
    ("Delivery was by caesarean in 118 women with and 96 women without an epidural.",
     "Caesarean delivery was recorded in 118 women with an epidural and 69 without.", "No more."),
    ("Mortality was 17.5 per 100 person-years with the pattern and 9.6 per 100 person-years without it.",
     "Mortality was 17.5 per 100 person-years with the pattern and 5.2 per 100 person-years without.", "No more."),
    ("Revision was done in 4.6% of cemented and 7.9% of uncemented stems.",
     "Ten years on, 4.6% of cemented stems and 9.7% of uncemented stems had undergone revision.", "No more."),
]  # fmt: skip
LEFT = [
    ("Leakage was common.", "Leakage was seen in 9 of 120 stapled (7.5%) and in 21 of 118 sewn joints (17.8%).",
     "Leakage followed 8% of stapled and 18% of sewn joints."),
    ("Delirium developed in 17.1% of patients given alpha and in 32.0% of those given beta.",
     "Of 208 patients, 105 received alpha and 103 beta. Delirium was seen in 18 of the alpha group as against 33 "
     "patients of the beta group.", "It is common."),
    ("Leakage was common.", "Leakage was seen in 9 of 120 stapled (7.5%) and in 21 of 118 sewn joints (17.8%).",
     "Others found leakage in 18% of stapled and 8% of sewn joints [4]."),
    ("Failure was seen in 21 of 148 given high flow and in 28 of 145 given low flow at 3 days.",
     "At 7 days failure was seen in 21 infants in the high flow arm and 38 in the low flow arm.", "No more."),
    ("Pain was worse in 41.3% of ewes on the short and 52.7% of ewes on the long protocol.",
     "Colic was seen in 41.3% of ewes on the short and 57.2% of ewes on the long protocol.", "No more."),
    ("Mean stay was 6.4 days with early and 9.1 days with late tracheostomy.",
     "Ventilation lasted 9.1 days after early and 6.4 days after late tracheostomy.", "No more."),
    ("We saw 212 patients, of whom 98 had the disease.",
     "Of the 212 patients in the study, 98 had the disease and 114 had none.", "No more."),
    ("Revision was done in 4.6% of cemented and 7.9% of uncemented stems.",
     "Revision for infection was done in 4.6% of cemented and 1.9% of uncemented stems.", "No more."),
    ("Revision was done in 46 cemented stems (4.6%) and 79 uncemented stems (7.9%).",
     "After adjusted analysis revision was done in 4.6% of cemented and 6.1% of uncemented stems.", "No more."),
    ("Scores were 31.2 points with tape and 40.1 points with splint at baseline.",
     "Scores were 31.2 points with tape and 35.5 points with splint after one week.", "No more."),
    ("Deaths were 12 and 15 in boys and girls.", "Among boys 15 died and among girls 12 were lost.", "No more."),
    ("Revision was done in 46 women and 79 men.", "Revision was done in 46 women younger than 60 and 12 men.",
     "No more."),
]  # fmt: skip


@pytest.mark.parametrize("text", EXCHANGED)
def test_values_of_two_groups_exchanged(text: tuple[str, str, str]) -> None:
    assert found(*text) == ["COLUMNS_EXCHANGED"]


@pytest.mark.parametrize("text", DIFFERENT)
def test_one_value_of_two_groups_differs(text: tuple[str, str, str]) -> None:
    assert found(*text) == ["PRINTED_DIFFERENTLY"]


@pytest.mark.parametrize("text", LEFT)
def test_values_of_two_groups_left_alone(text: tuple[str, str, str]) -> None:
    assert not found(*text)
