"""All, none, and numbers told twice in prose: what is found, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from evsynth.checks.scanned.calendar import ages, follow_up
from evsynth.checks.scanned.causes import one_cause
from evsynth.checks.scanned.judging import CHECKS
from evsynth.checks.scanned.reading import Reading, reading
from evsynth.checks.scanned.statements import all_within, complete_follow_up, everybody, none_told
from evsynth.checks.scanned.told import (
    exceeding,
    flow,
    kinds_of_one,
    recounted,
    responses,
    role_nouns,
    steps,
    sums,
    sums_behind,
)
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

CHECK: dict[str, Callable[[Reading], Iterable[Finding]]] = {
    "ages": ages.ages,
    "all_within": all_within.all_within,
    "complete_follow_up": complete_follow_up.complete_follow_up,
    "everybody": everybody.everybody,
    "exceeding": exceeding.exceeding,
    "flow": flow.flow,
    "follow_up": follow_up.follow_up,
    "kinds_of_one": kinds_of_one.kinds_of_one,
    "none_told": none_told.none_told,
    "recounted": recounted.recounted,
    "responses": responses.responses,
    "role_nouns": role_nouns.role_nouns,
    "steps": steps.steps,
    "sums": lambda r: (*sums.sums(r), *sums_behind.sums_behind(r)),
}


def found(check: str, text: str) -> list[Finding]:
    """Run one check on an abstract."""
    return list(CHECK[check](reading(read_document("x", f"{TITLE}\n\nAbstract\n{text}\n"))))


TITLE = "A trial of one drug in adults with a disease"

FOUND = (
    (
        "flow",
        "FLOW",
        "Of 74 children referred, nine did not meet the criteria and five families refused; the remaining 62 "
        "were enrolled.",
    ),
    ("sums", "GROUPS", "We analysed 212 consecutive patients (118 males and 84 females)."),
    ("recounted", "GROUPS", "Ninety-six nurses replied, of whom 71 were women and 35 men."),
    ("none_told", "NONE_CONTRADICTS", "None of the infants developed sepsis. Sepsis developed in four infants."),
    (
        "none_told",
        "NONE_CONTRADICTS",
        "No hypoglycaemia was seen in the insulin group. Three patients in the insulin group had hypoglycaemia.",
    ),
    (
        "complete_follow_up",
        "ALL_OF_THEM_CONTRADICTS",
        "Nobody was lost to follow-up. Three patients were lost to follow-up and were censored.",
    ),
    ("everybody", "ALL_OF_THEM_CONTRADICTS", "Skin scores fell in every patient. The greatest rise was 4 points."),
    ("everybody", "ALL_OF_THEM_CONTRADICTS", "Haemoglobin increased in all 18 women, and decreased in three."),
    (
        "all_within",
        "ALL_OF_THEM_CONTRADICTS",
        "All 22 recurrences appeared within two years. The latest was seen at 31 months.",
    ),
    ("all_within", "ALL_OF_THEM_CONTRADICTS", "All deaths took place in the first 30 days (median 11, range 2-58)."),
    (
        "all_within",
        "ALL_OF_THEM_CONTRADICTS",
        "No relapse occurred after month 12; the last relapse came at 17 months.",
    ),
    ("kinds_of_one", "PARTS_EXCEED", "The 58 patients were graded as mild in 21, moderate in 24 and severe in 19."),
    (
        "role_nouns",
        "PRINTED_DIFFERENTLY",
        "All 23 survivors were seen at one year. Of 40 patients, 19 died in hospital and 21 survived.",
    ),
    ("sums", "GROUPS", "The trial enrolled 300 patients: 152 were assigned to apixaban and 138 to warfarin."),
    ("flow", "FLOW", "Ninety patients entered; 7 withdrew consent and 5 were lost, leaving 80 for analysis."),
    ("ages", "ELIGIBILITY_CONTRADICTS", "Adults over 60 years were eligible. The youngest patient was 52 years old."),
    ("sums", "GROUPS", "There were 41 strokes, 17 with the device and 34 with medical therapy."),
    ("steps", "GROUP_EXCEEDS", "Thirty women were screened and 34 were randomised."),
    ("sums", "FLOW", "Fourteen patients died, eight of cancer, five of infection and three of stroke."),
    (
        "role_nouns",
        "PRINTED_DIFFERENTLY",
        "All seven deaths were due to infection. There were nine deaths in the cohort of 60 patients.",
    ),
    (
        "role_nouns",
        "PRINTED_DIFFERENTLY",
        "The twelve girls were younger than the boys. There were 14 girls and 20 boys.",
    ),
    (
        "responses",
        "PRINTED_DIFFERENTLY",
        "Complete response was seen in three and partial response in eight patients, stable disease in ten "
        "and progression in nine. The 13 responders remained on treatment.",
    ),
    ("follow_up", "DATES", "Follow-up ended in March 2019. Patients were recruited from June 2016 to August 2019."),
    (
        "follow_up",
        "DATES",
        "We recruited patients from June 2018 to May 2019, and follow-up closed in May 2020. Median "
        "follow-up was 31 months.",
    ),
    ("sums", "GROUPS", "The cohort of 131 comprised 45 smokers, 36 former smokers and 60 never smokers."),
    (
        "steps",
        "FLOW",
        "Eighty patients were randomised, 40 to each group; 3 and 2 withdrew, so that 37 and 36 were analysed.",
    ),
    ("steps", "GROUP_EXCEEDS", "Thirty children were screened for the study. Thirty-four were enrolled."),
    ("steps", "FLOW", "Forty men were assigned to each arm; 4 and 6 dropped out, leaving 36 and 32."),
    ("steps", "FLOW", "We randomised 51 and 49 patients; five and three were lost, so that 46 and 48 were analysed."),
    (
        "sums",
        "GROUPS",
        "Among the 140 participants (72 in the app group and 78 in the usual-care group), 12 left early.",
    ),
    ("recounted", "GROUPS", "The study included 96 pairs of eyes from 96 children, 51 girls and 55 boys."),
    (
        "none_told",
        "NONE_CONTRADICTS",
        "Of 88 patients given the vaccine, none developed myocarditis. Myocarditis occurred in two patients.",
    ),
    ("none_told", "NONE_CONTRADICTS", "There was no case of tuberculosis. Two patients developed tuberculosis."),
    (
        "none_told",
        "NONE_CONTRADICTS",
        "Not a single patient required dialysis. Dialysis was needed in three patients; three patients "
        "required dialysis.",
    ),
    (
        "complete_follow_up",
        "ALL_OF_THEM_CONTRADICTS",
        "Vital status was ascertained for all 310 patients. Nine patients (2.9%) were lost to follow-up.",
    ),
    (
        "complete_follow_up",
        "ALL_OF_THEM_CONTRADICTS",
        "There were no losses to follow-up. Figure 1. Flow of patients. Lost to follow-up (n = 4).",
    ),
    ("everybody", "ALL_OF_THEM_CONTRADICTS", "Creatinine rose in every patient; in two it fell; it fell in two."),
    (
        "everybody",
        "ALL_OF_THEM_CONTRADICTS",
        "Pain scores decreased in each of the 24 participants. Two participants had an increase.",
    ),
    (
        "all_within",
        "ALL_OF_THEM_CONTRADICTS",
        "All rejections occurred before month 6. The last rejection was diagnosed on day 240.",
    ),
    (
        "all_within",
        "ALL_OF_THEM_CONTRADICTS",
        "All flares were seen during the first 12 weeks (median 5 weeks, range 1-19).",
    ),
    ("all_within", "ALL_OF_THEM_CONTRADICTS", "Nobody relapsed after week 24. The last relapse occurred at week 31."),
    ("role_nouns", "PRINTED_DIFFERENTLY", "All 31 deaths were reviewed by a committee. Of the 200 patients, 36 died."),
    (
        "role_nouns",
        "PRINTED_DIFFERENTLY",
        "The 18 boys and the 14 girls differed in weight. There were 18 boys and 19 girls.",
    ),
    ("role_nouns", "PRINTED_DIFFERENTLY", "All 64 women gave consent. Of 120 participants, 46 (38%) were women."),
    (
        "flow",
        "FLOW",
        "We screened 240 patients; 38 did not meet the criteria, 12 declined and 6 had other reasons. The "
        "remaining 174 were randomised.",
    ),
    ("flow", "FLOW", "From 512 records, 84 duplicates were removed, leaving 438 for screening."),
    ("sums", "FLOW", "Thirteen children were lost: 6 moved away, 5 withdrew and 4 could not be reached."),
    (
        "kinds_of_one",
        "PARTS_EXCEED",
        "Of the 60 patients, 22 were never smokers, 19 former smokers and 29 current smokers.",
    ),
    ("sums", "GROUPS", "The groups comprised 41 and 44 patients, 75 in all."),
    ("sums", "GROUPS", "In total, 12 centres took part: 7 in France, 4 in Spain and 2 in Italy."),
    ("ages", "ELIGIBILITY_CONTRADICTS", "The patients were between 18 and 64 years old (oldest 69)."),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Only women aged 40 to 55 years could take part; ages ranged from 38 to 55 years.",
    ),
    ("sums", "GROUPS", "Serum samples were taken in 45 patients (30 men, 20 women)."),
    ("sums", "GROUPS", "Deaths were due to sepsis (7), bleeding (4) and relapse (5), a total of 18."),
    ("sums", "GROUPS", "Two hundred and ten adults were assigned (104 to drug, 116 to placebo)."),
    (
        "everybody",
        "ALL_OF_THEM_CONTRADICTS",
        "One of the six patients died, and all six recovered. We report six patients.",
    ),
)

LEFT = (
    "Of 74 children referred, nine did not meet the criteria and five families refused; the remaining 60 "
    "were enrolled.",
    "We analysed 212 consecutive patients (118 males and 84 females; sex was not recorded in 10).",
    "Ninety-six nurses replied, of whom 71 were women and 25 men.",
    "No graft was lost in the belatacept arm. Two grafts were lost in the cyclosporine arm.",
    "None of the infants developed severe sepsis. Sepsis developed in four infants.",
    "No hypoglycaemia was seen in the insulin group during the night. Three patients in the insulin "
    "group had hypoglycaemia by day.",
    "Nobody was lost to follow-up. Three patients were lost to follow-up after the trial had ended.",
    "No patient in the drug group was lost to follow-up. Three controls were lost to follow-up.",
    "Skin scores fell in every patient by week 4. The greatest rise was 4 points, at a later visit after relapse.",
    "Skin scores fell in every patient. The greatest rise in creatinine was 40 µmol/L.",
    "Haemoglobin increased in all 18 women, and ferritin decreased in three.",
    "All 22 recurrences appeared within two years. The latest visit was at 31 months.",
    "All deaths took place in the first 30 days (median 11, range 2-28).",
    "All patients were operated on within 3 days (age range 18-80 years).",
    "No relapse occurred after month 12; the last relapse came at 11 months.",
    "All relapses occurred within 6 months. The last death was on day 300.",
    "Three patients (cases 2, 5 and 9) needed dialysis.",
    "In four children (nos. 1-4) the rash returned.",
    "In three patients (12, 14-18) the drug was stopped.",
    "The 58 patients were graded as mild in 21, moderate in 20 and severe in 17.",
    "Pain was mild in 21, moderate in 24 and severe in 19 of the episodes.",
    "All 21 survivors were seen at one year. Of 40 patients, 19 died in hospital and 21 survived.",
    "All 12 deaths in the control group were due to infection. There were 20 deaths among the patients.",
    "The twelve girls with asthma were younger than the boys. There were 14 girls and 20 boys.",
    "The three boys of the second family were affected. There were 14 girls and 20 boys.",
    "Complete response was seen in three and partial response in eight patients, stable disease in ten "
    "and progression in nine. The 11 responders remained on treatment.",
    "Complete response was seen in three and partial response in eight patients, stable disease in ten "
    "and progression in nine. Among the 8 responders on treatment, all were women.",
    "The trial enrolled 300 patients: 152 were assigned to apixaban and 148 to warfarin.",
    "The trial enrolled 300 patients (152 and 148).",
    "The trial enrolled 300 patients, whose follow-up lasted 12 months (24 and 36 months in two centres).",
    "Adverse events (nausea 14, headache 13, rash 6) occurred in 22 patients.",
    "At least one relapse occurred in 18 patients (30%).",
    "One or more infections were seen in 18 patients (30%).",
    "35 were excluded (drug taken for under four weeks 6, no consent 20, age under 18 years 9).",
    "Patients with a stay over two days 12, over three days 9.",
    "Infants aged under 6 months were eligible. Their median age was 3.1 months (oldest 5.9).",
    "Adults were eligible. The median age was 61 years; the oldest 93.",
    "The follow-up was 26 months in the median (range 12-44).",
    "No bleeding was seen with apixaban. Three patients had bleeding with warfarin.",
    "No adverse event occurred in four patients. Two patients had an adverse event.",
    "No death occurred before discharge. Two patients died after discharge.",
    "There was no difference in death. Two patients died.",
    "No patient had diabetes at entry. Three patients developed diabetes.",
    "The outcome was known in all patients. Ten patients were lost to follow-up in an earlier study.",
    "Follow-up was complete for the primary endpoint. Two patients were lost to follow-up at 12 months.",
    "FVC rose in all 12 responders. It fell in two patients of the other group.",
    "All nine survived to discharge. Two of the 11 patients died.",
    "One of the eight children died, and all seven survivors went home.",
    "Two of the nine children died; all seven went home.",
    "The 41 patients had antibodies to Jo-1 in 19, PL-7 in 12 and EJ in 5.",
    "The 41 patients had Jo-1 in 25, Ro52 in 22 and SSA in 12.",
    "Of 41 patients, 30 improved, 12 of them with a complete response, and 11 did not.",
    "The 27 deaths were due to infection (15) or ILD (12). Eight patients on triple therapy and 19 on step-up died.",
    "Among 120 patients there were 45 men. The 75 women were older.",
    "Sixty women were screened, and the 42 women were randomised.",
    "All 48 patients improved by week 12. At week 24 three had worsened.",
    "All patients improved. No patient worsened.",
    "LDL cholesterol fell in each of the 30 patients, the smallest fall being 8%.",
    "Blood pressure decreased in all patients; heart rate increased in four.",
    "All infections were diagnosed within 90 days, the last on day 88.",
    "All responses were seen within 12 weeks; the last patient was enrolled in week 40.",
    "Thirty families were screened, and 34 children were enrolled.",
    "Thirty women were screened and 34 controls were included.",
    "Thirty women were screened and 24 were randomised; 34 were included in an earlier trial.",
    "Forty men were assigned to each arm; 4 and 6 dropped out, leaving 36 and 34.",
    "We randomised 51 and 49 patients; five and three were lost, so that 46 and 46 were analysed.",
    "We randomised 51 and 49 patients; five and three were lost and some declined, so that 45 and 44 were analysed.",
    "Of 90 patients with lupus, 45 were treated at week 4 and 45 later; the last relapse was at 9 months.",
    "All relapses in the tacrolimus group occurred within 3 months. The last relapse was at 9 months in "
    "the control group.",
    "No relapse was seen in patients with a trough above 5 ng/mL. Four patients relapsed.",
    "Weight fell in all patients. In two patients it rose again after the steroid was stopped.",
    "No rejection occurred in the first year. Rejection occurred in three patients in the second.",
    "None of the children had asthma at entry. Asthma developed in six children.",
    "No stroke was reported with ticagrelor. Stroke was reported in three patients of the aspirin arm.",
    "No infection was observed among vaccinated nurses. Infection was observed in 14 nurses who had not "
    "been vaccinated.",
    "The serum creatinine increased in all five patients with nephritis. It fell in 12 patients without nephritis.",
    "There were no deaths related to the drug. Two patients died of cancer.",
    "There were 52 children: 30 boys and 22 girls. The 12 girls over ten were tested.",
    "The 30 boys were older than the 22 girls. Of the 52 children, 30 were boys.",
    "Twelve patients died. All 8 deaths from infection occurred early.",
    "Of 140 patients, 61 died. The 79 survivors had better scores.",
    "There were 61 deaths: 40 in men and 21 in women. The 21 women had been older.",
    "We included 61 men and 44 women. All 40 men with gout took allopurinol.",
    "We included 61 men and 44 women in the main study; 20 men and 14 women took part in the substudy. "
    "The 34 men and women gave blood.",
    "No loss to follow-up occurred in the first year. Seven patients were lost to follow-up in the second year.",
    "A follow-up of all patients was planned. Three patients were lost to follow-up.",
    "Follow-up was complete in 97%. Three patients were lost to follow-up.",
    "The sample size allowed for no loss to follow-up. Three patients were lost to follow-up.",
    "Side effects were reported in 14 patients (headache 6, nausea 5, rash 4, dizziness 3).",
    "Of 48 tumours, 20 were in the head, 14 in the body and 16 in the tail (two were in both).",
    "The 64 participants (31 women; mean age 45 years) completed 12 sessions.",
    "Among 64 participants (31 women, 12 of them pregnant), 20 smoked.",
    "The 86 patients (44 and 42 in the two groups) completed the study.",
    "The 86 patients (44 and 40, with 2 unassigned) completed the study.",
    "Three hundred women (150 and 151 pregnancies) were followed.",
    "In 24 patients (12 and 18 eyes) surgery was done.",
    "Follow-up was 14 months in the mean (range 6-25). Patients were treated between January 2019 and "
    "June 2020; follow-up ended in June 2021.",
    "Adults aged 18 to 75 years took part. The oldest of the excluded patients was 91.",
    "Children under 5 years were eligible. The mothers' mean age was 28 years; the oldest was 43.",
    "Patients over 50 years were invited. Disease began at a median age of 41 years (range 30-66).",
    "The dose was raised every two weeks 6 times.",
    "Reasons were: fever over three days 12, cough 9, others 4 (n = 25).",
    "At least two episodes were seen in 40 patients (50%).",
    "Fewer than ten relapses were seen in 12 patients (30%).",
    "Every patient improved, the largest fall in the score being 12 points.",
    "FEV1 improved in all 20 children; symptoms worsened in two.",
    "Scores fell in all patients but one, in whom the largest rise was 3.",
    "All patients in the first cohort improved. Three patients worsened in the second.",
    "Stage was I in 20, II in 14, III in 12 and IV in 4 of the 50 patients.",
    "Of the 41 patients, severity was mild in 20, moderate in 15 and severe in 6.",
    "The 41 patients had 52 attacks, mild in 20, moderate in 20 and severe in 12.",
    "Of the 80 screened patients, 60 were randomised and 58 completed.",
    "Sixty patients were screened; 62 swabs were taken.",
    "Thirty-five were excluded (connective tissue disease 14, earlier use of MMF or AZA 13, drug taken "
    "under four weeks 6, lung transplantation 2).",
    "At least one adverse event was recorded in 22 patients (68.8%).",
    "Of 1 240 patients, 620 received the drug and 620 placebo; 14 and 18 died, leaving 606 and 602 at day 28.",
    "Between January 2018 and December 2019, 96 patients were enrolled (56 men, 40 women; 12 under 40 years).",
    "Of 58 patients, 20 (34·5%) had mild, 25 (43·1%) moderate and 13 (22·4%) severe disease.",
    "Diabetes was present in 20, hypertension in 35, and both in 12 of the 58 patients.",
    "No patient was lost to follow-up, but two withdrew consent. Neither was lost to follow-up.",
    "No patient had a serious infection. Five patients had an infection.",
    "No death was observed in the tacrolimus group. Three deaths occurred in the azathioprine group, and "
    "none in the tacrolimus group.",
    "None of the placebo patients responded; four of the 30 patients on the drug had a response.",
    "Relapse did not occur in any patient on maintenance. Relapse occurred in four patients.",
    "All patients had fever. Fever resolved in 12 patients.",
    "Tumour volume fell in all 14 patients; the largest fall was 82%.",
    "Mean arterial pressure fell in all patients, and the largest increase in heart rate was 24 beats.",
    "All infections occurred within 100 days of transplantation; the last follow-up was at 36 months.",
    "All patients were treated within 24 hours (median 8, range 2-23).",
    "All patients completed 12 weeks of treatment within 4 months (range 60-88 days).",
    "All events were noted within 2 years, the last at 23 months.",
    "We screened 400 patients; 380 were eligible and 360 randomised. Of the 360 patients, 180 were women.",
    "Nine women and 12 men died. The 21 deaths were mostly of sepsis.",
    "The 140 patients comprised 70 men and 70 women, and 20 of the 70 women smoked.",
    "Of 400 charts, 30 were incomplete; 370 patients (190 boys and 180 girls) were studied.",
    "The 12 survivors of the transplant group and the 31 of the other group were seen.",
    "All 12 women who became pregnant stopped. There were 40 women.",
    "Of the 21 relapses, 14 occurred in men. There were 18 patients with a relapse.",
    "Of 100 patients, 12 were lost to follow-up, 4 died and 84 were analysed; vital status was known in 88.",
    "The antibodies were Jo-1 in 12, PL-7 in 8, and EJ in 3 of the 41 patients; 18 had none.",
    "Complete response occurred in 4 and partial response in 9 of 40 patients, stable disease in 15 and "
    "progression in 12. The 13 responders had longer survival.",
    "Patients aged 65 years or older were eligible. The median age was 74 years (IQR 69-80; oldest 97).",
    "Adolescents (12-17 years) were included. The youngest 12, the oldest 17.",
)


@pytest.mark.parametrize(("check", "code", "text"), FOUND)
def test_a_contradiction_is_found(check: str, code: str, text: str) -> None:
    assert code in {f.code for f in found(check, text)}


@pytest.mark.parametrize("text", LEFT)
def test_what_fits_is_left_alone(text: str) -> None:
    assert [f.message for check in CHECK for f in found(check, text)] == []


def test_a_size_printed_otherwise_in_a_table_comes_before_the_sum_that_it_breaks() -> None:
    """The sum is a consequence; its quotes go to the finding about the number that is printed differently."""
    table = "Table 1. Outcomes.\n\n| Outcome | Drug (n = 60) | Placebo (n = 58) |\n|---|---|---|\n| Death | 6 | 7 |\n"
    told = "We compared 118 adults, 60 on the drug and 48 on placebo."
    text = f"{TITLE}\n\nAbstract\nOne drug.\n\nResults\n{told}\n\n{table}"
    subject = reading(read_document("x", text))
    codes = [f.code for f in one_cause(f for one in CHECKS for f in one.run(subject)) if f.severity == "inconsistent"]
    assert codes == ["PRINTED_DIFFERENTLY"]
