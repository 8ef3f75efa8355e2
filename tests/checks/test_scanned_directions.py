"""Words of direction, of frequency and of shares against their numbers: each sentence told wrong, and told right.

The sentences were written apart from the checks, to see how much of wordings not thought of is found.
"""

from __future__ import annotations

import re

import pytest
from invented_papers import contradicts

from evsynth.checks.scanned.judging import judge
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

CODES = {
    "DIRECTION_CONTRADICTS", "RATIO_DIRECTION", "TIMES_CONTRADICTS", "SHARE_CONTRADICTS", "MARGIN_CONTRADICTS",
    "SIGNIFICANCE_CONTRADICTS", "COMMONEST_CONTRADICTS",
}  # fmt: skip

SENTENCES = [
    # the sentence, what makes it wrong, what makes it right (several pieces apart by a bar)
    (
        "Wound dehiscence was rarer with barbed sutures ({}) than with interrupted sutures ({}).",
        "14 of 203, 6.9% | 9 of 201, 4.5%",
        "9 of 201, 4.5% | 14 of 203, 6.9%",
    ),
    (
        "Median length of stay was 4 days in the fast-track group and 6 days in the conventional group, "
        "i.e. stay was {} with fast-track care.",
        "longer",
        "shorter",
    ),
    (
        "Of 312 patients with early mobilisation 41 (13.1%) had pneumonia, and of 308 without it 66 "
        "(21.4%). Pneumonia was thus {} common after early mobilisation.",
        "more",
        "less",
    ),
    (
        "Heart rate {} from 88 to 71 beats/min after ivabradine.",
        "rose",
        "fell",
    ),
    (
        "Adherence was 71% before the app and 58% after its withdrawal, so it {} by 13 percentage points.",
        "rose",
        "fell",
    ),
    (
        "Smokers had a {} mean forced expiratory volume (3.1 L, SD 0.6) than never smokers (2.7 L, SD "
        "0.5).",
        "lower",
        "higher",
    ),
    (
        "The incidence of delirium was 3.1 per 100 patient-days on the old ward and 1.9 on the new one. "
        "The incidence rate ratio was 0.61 (95% CI 0.41 to 0.90). Conclusion: Moving to the new ward was "
        "associated with {} delirium.",
        "more",
        "less",
    ),
    (
        "The adjusted odds ratio of stillbirth was 1.84 (95% CI 1.22 to 2.77) for women with obesity. "
        "Conclusions: Women with obesity were {} likely to have a stillbirth.",
        "less",
        "more",
    ),
    (
        "Falls occurred in 22% of residents given vitamin D and in 31% given placebo (relative risk 0.71,"
        " 95% CI 0.52 to 0.97). Conclusion: Vitamin D {} the risk of falls.",
        "increased",
        "reduced",
    ),
    (
        "Statin users had dementia {} (HR 0.74, 95% CI 0.61 to 0.90).",
        "more often",
        "less often",
    ),
    (
        "Relapse was seen in 12% on rituximab and in 34% on azathioprine. Conclusion: Relapse was almost "
        "three times as common on {}.",
        "rituximab as on azathioprine",
        "azathioprine as on rituximab",
    ),
    (
        "The hazard of amputation was {} in smokers (HR 2.10, 95% CI 1.50 to 2.94).",
        "halved",
        "doubled",
    ),
    (
        "Of 210 infants, 147 (70.0%) were exclusively breastfed at 3 months. Conclusion: {} of infants "
        "were exclusively breastfed at 3 months.",
        "Nine in ten",
        "Seven in ten",
    ),
    (
        "Glycaemic control was {} in the pump group (HbA1c 7.1% versus 8.0% with injections).",
        "worse",
        "better",
    ),
    (
        "Non-inferiority was to be declared if the upper limit of the 95% CI was below 5 percentage "
        "points. The risk difference was 2.1 percentage points (95% CI -2.9 to 7.1). Conclusion: Day-case"
        " surgery was {} inpatient surgery.",
        "non-inferior to",
        "not shown to be non-inferior to",
    ),
    (
        "Ninety-day mortality was 18% v 21% (P = 0.41). Conclusion: Early dialysis {} ninety-day "
        "mortality.",
        "significantly reduced",
        "did not reduce",
    ),
    (
        "The difference between the arms was {} (mean difference 1.2 mm, 95% CI -0.3 to 2.7).",
        "significant",
        "not significant",
    ),
    (
        "The most common complication was {}.",
        "bleeding (n = 12), followed by infection (n = 19) and thrombosis (n = 4)",
        "infection (n = 19), followed by bleeding (n = 12) and thrombosis (n = 4)",
    ),
    (
        "Surgeons operated for a {} time with the robot (182 min) than by hand (214 min).",
        "longer",
        "shorter",
    ),
    (
        "Children with the variant were 2.4 cm {}: 131.6 cm (SD 6.2) with it as against 134.0 cm (SD 6.0)"
        " without.",
        "taller",
        "shorter",
    ),
    (
        "In the sertraline group 18 of 120 patients and in the placebo group 31 of 118 patients withdrew,"
        " so that withdrawal was {} frequent with sertraline.",
        "more",
        "less",
    ),
    (
        "Serum urate averaged 412 µmol/L in cases compared with 371 µmol/L in controls; it was therefore "
        "{} in cases.",
        "lower",
        "higher",
    ),
    (
        "Readmission {} from 14.2% in 2015 to 10.9% in 2019.",
        "increased",
        "declined",
    ),
    (
        "Hospital costs were {} in the intervention arm (mean EUR 5,120) than in the control arm (mean "
        "EUR 4,310).",
        "lower",
        "higher",
    ),
    (
        "The number of attacks per month was {} by erenumab (4.1 v 7.9 with placebo).",
        "increased",
        "reduced",
    ),
    (
        "Survival at five years was 62% after resection and 44% after ablation (HR for death 0.58, 95% CI"
        " 0.40 to 0.84). Conclusion: Survival was {} after resection.",
        "shorter",
        "longer",
    ),
    (
        "Handgrip strength was {} in the vegan than in the omnivore group (31.5 ± 7.2 and 28.1 ± 6.9 kg).",
        "lower",
        "higher",
    ),
    (
        "Graft loss was less frequent in recipients of living-donor kidneys, at {} per 100 patient-years,"
        " than in those of deceased-donor kidneys, at {}.",
        "5.2 | 3.1",
        "3.1 | 5.2",
    ),
    (
        "Vitamin D levels were {} in winter (48 ± 15 nmol/L) than in summer (67 ± 18 nmol/L).",
        "higher",
        "lower",
    ),
    (
        "Mean blood loss was 410 mL (SD 130) with tranexamic acid against 560 mL (SD 170) with placebo, "
        "that is, 150 mL {} with tranexamic acid.",
        "more",
        "less",
    ),
    (
        "Exposure to air pollution was associated with {} asthma (adjusted OR 1.42, 95% CI 1.11 to 1.82).",
        "a lower risk of",
        "a higher risk of",
    ),
    (
        "The adjusted hazard ratio for stroke was 0.62 (95% CI 0.48 to 0.81). Conclusions: In patients "
        "with atrial fibrillation, ablation was linked to {} strokes than drug therapy.",
        "more",
        "fewer",
    ),
    (
        "Breakthrough infection {} from 3.4 to 5.9 per 1000 during the second winter.",
        "fell",
        "rose",
    ),
    (
        "The proportion of caesarean births was 24% in 2010 and 33% in 2020, {} of 9 percentage points.",
        "a decline",
        "an increase",
    ),
    (
        "Nearly {} of the 150 respondents (n = 98, 65.3%) wanted more training.",
        "half",
        "two thirds",
    ),
    (
        "Of 84 swabs 21 (25.0%) grew a pathogen. Conclusion: {} of the swabs grew a pathogen.",
        "Half",
        "A quarter",
    ),
    (
        "Sleep lasted {} on night shifts than on day shifts (5.4 h vs 6.9 h).",
        "longer",
        "less long",
    ),
    (
        "Anxiety scores were {} in the music group (HADS-A 5.1 vs 7.3 in controls).",
        "worse",
        "better",
    ),
    (
        "Risk of rupture was {} for aneurysms above 7 mm (HR 3.1, 95% CI 1.9 to 5.0).",
        "about halved",
        "about tripled",
    ),
    (
        "There was no significant difference in pain (2.1 versus 3.4, P {}).",
        "= 0.002",
        "= 0.21",
    ),
    (
        "Boys were referred {} often than girls: 12.4% and 7.9%.",
        "less",
        "more",
    ),
    (
        "Hospital stay was shortened by the protocol {}.",
        "(median 9 days v 7 days before it)",
        "(median 7 days v 9 days before it)",
    ),
    (
        "The intervention group had {} falls than the control group: 41 (20.5%) of 200 compared with 62 "
        "(31.2%) of 199.",
        "more",
        "fewer",
    ),
    (
        "Patients who smoked had a {} failure rate (18.2%) than those who did not (9.4%).",
        "lower",
        "higher",
    ),
    (
        "The upper bound of the 95% CI had to stay below the margin of 4%. The difference was 1.9% (95% "
        "CI -1.6% to 5.4%). Conclusion: The short course {} the long course.",
        "is non-inferior to",
        "could not be shown to be non-inferior to",
    ),
    (
        "Cases had used antibiotics {} than controls (31.0% of 420 against 22.5% of 840).",
        "less frequently",
        "more frequently",
    ),
    (
        "Dropout was twice as high in the app arm {}.",
        "(11%) as in the leaflet arm (22%)",
        "(22%) as in the leaflet arm (11%)",
    ),
    (
        "Seroprevalence in farmers was 14.8% and in office workers 6.1%. Conclusion: {} were more often "
        "seropositive.",
        "Office workers",
        "Farmers",
    ),
    (
        "Visual acuity improved by 6.2 letters with the implant and by 9.8 letters with injections, a "
        "difference in favour of {}.",
        "the implant",
        "injections",
    ),
    (
        "Metformin users had a {} incidence of colorectal cancer than non-users (rate ratio 0.77, 95% CI "
        "0.64 to 0.92).",
        "higher",
        "lower",
    ),
    (
        "Most nurses ({}) felt well prepared.",
        "112 of 301, 37.2%",
        "212 of 301, 70.4%",
    ),
    (
        "Breast milk sodium was {} in mothers with mastitis: 24 mmol/L, as against 9 mmol/L in the "
        "others.",
        "lower",
        "higher",
    ),
    (
        "Women had {} ferritin than men, 88 µg/L versus 141 µg/L.",
        "higher",
        "lower",
    ),
    (
        "The re-bleeding rate was 6.1% with banding and 14.3% with sclerotherapy. In conclusion, banding "
        "was followed by {} re-bleeding than sclerotherapy.",
        "more",
        "less",
    ),
    (
        "Serum sodium in the restricted group {} from 128 mmol/L on day 1 to 134 mmol/L on day 4.",
        "fell",
        "rose",
    ),
    (
        "Children born preterm scored {} on the reading test (mean 87, SD 14) than children born at term "
        "(mean 98, SD 13).",
        "higher",
        "lower",
    ),
    (
        "Coffee drinkers were {} likely to develop cirrhosis (hazard ratio 0.56; 95% CI 0.44 to 0.71).",
        "more",
        "less",
    ),
    (
        "The odds ratio for hip fracture was 2.3 (95% CI 1.4 to 3.8). Conclusion: Proton-pump inhibitors "
        "were associated with a {} risk of hip fracture.",
        "reduced",
        "raised",
    ),
    (
        "The median waiting time went {} from 41 to 27 days.",
        "up",
        "down",
    ),
    (
        "Barthel index at discharge was 71 (SD 18) in the training group and 63 (SD 20) in the control "
        "group, a difference in favour of {}.",
        "control",
        "training",
    ),
    (
        "Vomiting affected 44% of the ondansetron group and 61% of the metoclopramide group; it was {} "
        "common after ondansetron.",
        "more",
        "less",
    ),
    (
        "Mortality {} from 19.4% to 13.2% (a reduction of 6.2 percentage points).",
        "rose",
        "fell",
    ),
    (
        "Blood pressure control was reached by 62% in the pharmacist arm and 48% in the usual care arm, "
        "14 percentage points {} with usual care.",
        "more",
        "less",
    ),
    (
        "Only a minority of the wards ({}) kept a register.",
        "31 of 42, 73.8%",
        "11 of 42, 26.2%",
    ),
    (
        "Three quarters of the parents ({}) agreed.",
        "104 of 203, 51.2%",
        "152 of 203, 74.9%",
    ),
    (
        "Median survival was {} with the combination (14.2 months) than with monotherapy (10.9 months).",
        "shorter",
        "longer",
    ),
    (
        "Farm children had half as much hay fever {}.",
        "(9.0%) as town children (4.4%)",
        "(4.4%) as town children (9.0%)",
    ),
    (
        "Forced expiratory volume was {} in miners than in office staff (3.62 ± 0.61 versus 3.21 ± 0.58 "
        "L).",
        "lower",
        "higher",
    ),
    (
        "Antibiotics were prescribed in 37.4% of visits before and 24.9% after the campaign, i.e. "
        "prescribing {} by 12.5 percentage points.",
        "increased",
        "decreased",
    ),
    (
        "Treatment failure: 31 (15.5%) of 200 with amoxicillin and 18 (9.0%) of 200 with placebo. "
        "Amoxicillin thus had {} treatment failures.",
        "fewer",
        "more",
    ),
    (
        "The prevalence of myopia was {} in urban pupils (PR 1.64, 95% CI 1.31 to 2.05).",
        "lower",
        "higher",
    ),
    (
        "Symptoms lasted 8.1 days in the zinc group compared with 6.0 days in the placebo group, so zinc "
        "was associated with {} symptoms.",
        "shorter",
        "longer",
    ),
    (
        "No difference in infection was found ({}).",
        "12% v 25%, P = 0.003",
        "12% v 14%, P = 0.62",
    ),
    (
        "Stillbirth was {} with night-time deliveries: 5.2 v 3.9 per 1000 with day-time deliveries.",
        "rarer",
        "commoner",
    ),
    (
        "Among smokers the risk of leak was doubled ({}).",
        "OR 0.49, 95% CI 0.30 to 0.80",
        "OR 2.04, 95% CI 1.25 to 3.33",
    ),
    (
        "Teachers' absence was {} after the intervention (mean 9.4 days, SD 3.1) than before it (mean 6.8"
        " days, SD 2.9).",
        "shorter",
        "longer",
    ),
]  # fmt: skip


def _found(text: str) -> list[Finding]:
    start = "" if "Results:" in text else "Results: "
    told = re.sub(r" (Conclusions?:)", r"\n\1", text)
    document = read_document("a", f"A study of something in patients\n\nAbstract\n{start}{told}\n")
    return [f for f in judge(document) if contradicts(f)]


@pytest.mark.parametrize(("sentence", "wrong", "right"), SENTENCES)
def test_told_wrong_is_found(sentence: str, wrong: str, right: str) -> None:
    assert {f.code for f in _found(sentence.format(*wrong.split(" | ")))} & CODES


@pytest.mark.parametrize(("sentence", "wrong", "right"), SENTENCES)
def test_told_right_is_left_alone(sentence: str, wrong: str, right: str) -> None:
    assert _found(sentence.format(*right.split(" | "))) == []


INNOCENT = [
    "The drug was used to treat more attacks with only one tablet (78%) than placebo (58%). "
    "Conclusion: A lower number of drug tablets were needed to treat attacks compared with placebo.",
    "Pain scores in 67.3% of those on the drug and 54.2% of those on the rival fell. Relief was in favour of the drug.",
    "Growth failed in 4% of users (95% CI 1 to 6). Conclusion: Smokers had most of the same failures as users.",
    "Patients with more than 12 events (14.2%) were younger than those with fewer (8.1%).",
    "Pain relief was more frequent with rizatriptan 10 mg than with sumatriptan 100 mg.",
    "Sleepiness was lower during the drug trial (3.05; 2.77 to 3.33) than during the placebo trial (3.45;"
    " 3.18 to 3.71).",
    "Mortality was not higher with the drug (12%) than with placebo (14%).",
    "There were more deaths in the large group (44 of 900) than in the small group (12 of 100).",
    "The reduction in weight was larger with the diet (-4.1 kg) than with exercise (-2.2 kg).",
    "The drug reduced mortality by 5 percentage points (10% versus 15% with placebo).",
    "Compared with placebo (14%), infection was less frequent on the drug (9%).",
    "Warfarin users bled more often (HR 1.43, 95% CI 1.20 to 1.70). Conclusion: Apixaban was associated "
    "with less bleeding.",
    "Lower albumin was associated with death (OR 1.84, 95% CI 1.22 to 2.77).",
    "The hazard ratio for death was 0.62 (95% CI 0.48 to 0.81). Conclusion: Ablation was associated with "
    "higher survival.",
    "Operating time was shorter with the stapler (61 min) than by hand (74 min), and recovery faster (3.1 v 4.2 days).",
    "Compared with walking, commuters were more likely to have cycled (12.4% walked vs. 21.9% cycled, p = 0.01).",
    "Compared with the open group, the keyhole group had a lower operating time (96.2 min vs 71.3 min, P < 0.001).",
    "The new-valve group had a longer crossing (old valve 23.2 min versus new valve 41.3 min, P = 0.02).",
    "Pain was commoner in those on the drug (31% vs 18%). Fever was increased in the placebo group (2% vs 9%).",
    "Fewer old patients were operated on (71% vs 48%) or irradiated (55% vs 22%). They had more falls (8% vs 35%).",
    "Older adults had worse survival than younger adults (24.1 months vs. 31.8 months, p < 0.01).",
    "Tumours were found when they involved the lower segment of the womb (57.9% vs. 21.5%, p < 0.001).",
    "Values were smaller with 3D analysis than 2D analysis.",
    "Loss was more effectively found by the 10-2 test than at the central 12 locations of the 24-2 test.",
    "Signals were lower 5-7 days after onset than 2-4 days after onset.",
    "Acuity decreased from 0.80 ± 0.2 to 0.92 ± 0.3 logMAR.",
    "Sustained decreases in flow were observed from 2 to 24 h.",
    "The water content decreased from 90 to 120 days after flowering.",
    "The number of new tubes decreased from 2011 to 2019.",
    "Carriers were more likely to present early (48 [70.4%] vs 871 [53.0%], P = 0.004).",
    "Carriers had a higher risk of death than others (median 15.6 months versus 24.5 months, P = 0.01).",
    "Haematuria was found in 21 patients (41.2%), the most common cause was stones, found in 18 (35.3%), "
    "then clots in 3 (5.9%).",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_turned_round_is_left_alone(text: str) -> None:
    assert _found(text) == []
