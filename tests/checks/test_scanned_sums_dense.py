"""Sums, flow and parts of a whole in the dense sentences of abstracts: each row misses by a misprint, and then fits."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document

CODES = {"FLOW", "GROUPS", "SUBGROUPS", "COUNT_EXCEEDS", "GROUP_EXCEEDS", "COUNT_PERCENT"}


def codes(text: str) -> set[str]:
    document = read_document("paper", f"A study of an invented disease\n\nAbstract\n\n{text}\n")
    return {f.code for f in judge(document) if f.severity in ("error", "inconsistent")} & CODES


TOLD = (
    # wrong, right
    (
        "We analysed 412 knees of 338 patients ({} underwent bilateral arthroplasty), 206 with a cemented and "
        "206 with a cementless implant.",
        "64",
        "74",
    ),
    (
        "Between 2015 and 2019, 1834 patients were screened; 912 did not meet the criteria, 203 declined and 41 "
        "were missed for logistic reasons, so that {} entered the trial (339 per arm).",
        "648",
        "678",
    ),
    (
        "Of 286 women allocated (143 per group), nine were lost to follow-up, six in the pessary group and three "
        "in the control group; {} were included in the primary analysis.",
        "271",
        "277",
    ),
    (
        "The cohort comprised 1 246 infants born at 23 (n = 114), 24 (n = 262), 25 (n = 398) and 26 weeks (n = "
        "{}), of whom 71% survived to discharge.",
        "427",
        "472",
    ),
    (
        "Surgical site infection was diagnosed in 31 (7.8%), 22 (5.5%) and 17 (4.3%) patients, respectively "
        "(overall, {}; P = 0.10).",
        "80",
        "70",
    ),
    (
        "Twelve patients on ticagrelor and {} on clopidogrel stopped the drug (dyspnoea, 6 and 1; bleeding, 4 "
        "and 5; cost, 2 and 3).",
        "12",
        "9",
    ),
    (
        "There were 37 treatment failures: 14 recurrences, 11 deaths, {} losses to follow-up and 4 withdrawals.",
        "18",
        "8",
    ),
    (
        "Seventy-one fractures occurred in 58 participants (hip 21, spine {}, wrist 15, other sites 11).",
        "42",
        "24",
    ),
    (
        "Among 640 responders to the survey (response rate 58%), 402 were nurses, 171 physicians and {} other "
        "professionals.",
        "76",
        "67",
    ),
    (
        "Pneumonia developed in 45 of 210 patients given the bundle and 63 of 214 controls. In ventilated "
        "patients the numbers were 31 of 82 and 40 of 85, in the others {} of 128 and 23 of 129.",
        "41",
        "14",
    ),
    (
        "Response was complete in 18 (24%), partial in 29 (39%), absent in 21 (28%) and not evaluable in {} (9%) "
        "of the 75 patients.",
        "17",
        "7",
    ),
    (
        "A total of 96 eyes of 96 patients were randomised; at 12 months 91 eyes (45 and {}, respectively) were "
        "examined.",
        "64",
        "46",
    ),
    (
        "In all, 118 grafts were implanted in 104 recipients, {} of whom received two.",
        "24",
        "14",
    ),
    (
        "Median follow-up was 5.2 years, during which 214 of 1490 participants died (cardiovascular causes, 88; "
        "cancer, 71; infection, 29; other or unknown, {}).",
        "62",
        "26",
    ),
    (
        "Of 530 patients, 61 (11.5%) had a stroke: ischaemic in 48 and haemorrhagic in {}.",
        "31",
        "13",
    ),
    (
        "The per-protocol set comprised 88 patients given the drug and 91 given placebo (of 95 and {} randomised).",
        "89",
        "96",
    ),
    (
        "Hospital deaths numbered 27 (9.1%): sepsis 12, cardiac failure 8 and multiorgan failure {}.",
        "17",
        "7",
    ),
    (
        "Treatment was stopped early by 19 patients in the high-dose (adverse event 11, inefficacy 5, other 3), "
        "14 in the low-dose (6, 5 and {}) and 8 in the placebo group (1, 6 and 1).",
        "5",
        "3",
    ),
    (
        "Overall 1,204 specimens were collected from 640 patients; 37 haemolysed and 21 unlabelled specimens "
        "were discarded, which left {} for analysis.",
        "1,164",
        "1,146",
    ),
    (
        "RESULTS: We included 96 patients (118 eyes; both eyes in {} patients). Mean IOP fell from 24.1 to 15.9 mm Hg.",
        "12",
        "22",
    ),
    (
        "A total of 3,412 births were registered in the three hospitals (1,204, 1,173 and {}).",
        "1,305",
        "1,035",
    ),
    (
        "FINDINGS: Between May 2, 2014, and June 30, 2017, 1148 patients were screened and 702 randomly "
        "assigned, 351 to each group; 14 in the apixaban group and 17 in the warfarin group withdrew consent, "
        "leaving {} and 334 in the full analysis set.",
        "347",
        "337",
    ),
    (
        "The groups comprised 46, 44 and {} rats (134 in all), killed after 1, 2 and 4 weeks.",
        "54",
        "44",
    ),
    (
        "Two hundred and six women were recruited in the first trimester; 11 miscarried, 7 moved away and 4 had "
        "twins, so the final sample consisted of {} women.",
        "194",
        "184",
    ),
    (
        "Twelve-month survival was known for all but three patients; 41 had died and {} were alive among the 160 "
        "treated.",
        "126",
        "116",
    ),
    (
        "Adverse events led to discontinuation in 9 of 118 and 4 of 120 patients, {} in all.",
        "31",
        "13",
    ),
    (
        "We retrieved 2,846 records; after removal of 911 duplicates, {} titles and abstracts were screened, "
        "1,842 of which were excluded, and 93 full texts were read.",
        "1,953",
        "1,935",
    ),
    (
        "The intention-to-treat population consisted of 241 patients (surgery, 121; physiotherapy, {}).",
        "102",
        "120",
    ),
    (
        "Seizures recurred in 38 (25.3%) of 150 and 59 (39.3%) of 150 children; recurrence was seen in 22 of 70 "
        "with and {} of 80 without fever in the first, and in 30 of 72 and 29 of 78 in the second group.",
        "26",
        "16",
    ),
    (
        "The composite of death, stroke or myocardial infarction occurred in 61 (8.1%) and 83 (11.0%) patients; "
        "myocardial infarction was recorded in {} and 41 (5.4%).",
        "72 (9.6%)",
        "27 (3.6%)",
    ),
    (
        "Clinical cure, defined as absence of fever and of pain at day 7, was achieved in 58 of 80 and 49 of 82 "
        "patients. Fever persisted at day 7 in {} and 21 (25.6%).",
        "31 (38.8%)",
        "13 (16.3%)",
    ),
    (
        "Of the 240 nurses invited, 187 (77.9%) replied: 96 worked in wards, 52 in intensive care and {} in "
        "outpatient clinics.",
        "93",
        "39",
    ),
    (
        "Of 168 patients randomised, 154 (91.7%; 78 plate, 76 cast) were available at 12 months. In the "
        "per-protocol analysis ({} and 69 patients with 12-month data) the score was 14.0 and 19.9.",
        "83",
        "75",
    ),
    (
        "In the intervention (n = 312) and control (n = 305) wards mortality was 4.2% and 4.9%. Weight was "
        "measured at discharge in {} patients in the control group.",
        "335",
        "288",
    ),
    (
        "We studied 73 hips in 61 patients, 12 of whom had bilateral surgery. Revision was needed in seven hips "
        "(3, 2 and {}, respectively, after 1, 2 and 3 years of follow-up by group A, B and C).",
        "5",
        "2",
    ),
    (
        "Eighty-four patients (ASA I/II/III: 20/{}/15) were operated on.",
        "94",
        "49",
    ),
    (
        "Of 214 patients (acute and chronic disease in 118 and {}, respectively), 67 progressed.",
        "106",
        "96",
    ),
    (
        "Recurrence was seen in 24 (12.0%) and 39 (19.5%) of 200 patients each, {} in total.",
        "36",
        "63",
    ),
    (
        "Rescue was given to 63 infants, {} (62%) of them successfully and 24 (38%) not.",
        "49",
        "39",
    ),
    (
        "Persons with stroke were matched 1:4 by sex and age. We included 5,210 persons with stroke and {} "
        "comparators.",
        "28,840",
        "20,840",
    ),
    (
        "Extended-release (n = 257) or immediate-release (n = 255) drug was given. Of {} randomized patients, "
        "all were analysed.",
        "521",
        "512",
    ),
    (
        "Of the 512 people assessed, 97 were excluded (48 did not meet the inclusion criteria, 31 declined, and "
        "{} for other reasons) and 415 were randomized (208 to CBT and 207 to usual care).",
        "81",
        "18",
    ),
    (
        "A total of 1,402 ECGs from 1,188 individuals were read; 56 (4.0%) were uninterpretable, and the "
        "remaining {} were classified.",
        "1,364",
        "1,346",
    ),
    (
        "Main outcome measures: death. Results: Among 88 survivors, 52 were discharged home, 24 to "
        "rehabilitation and {} to another hospital.",
        "21",
        "12",
    ),
    (
        "Of 73 relapses, 41 occurred with placebo and {} with rituximab.",
        "23",
        "32",
    ),
    (
        "METHODS: 60 dogs were randomised to three groups of {}.",
        "30",
        "20",
    ),
    (
        "Sixty-two children had asthma, {} mild, 27 moderate and 11 severe.",
        "42",
        "24",
    ),
    (
        "The 214 adverse events (active 121, placebo {}) were mostly mild.",
        "39",
        "93",
    ),
    (
        "Mortality was 8.3% (17/206) with and 14.1% (29/205) without the drug (total, {}/411).",
        "64",
        "46",
    ),
    (
        "There were 19 deaths, 7 in the early-surgery group and {} in the late-surgery group.",
        "21",
        "12",
    ),
    (
        "Biopsies were taken from 96 lesions: 41 were benign, 38 malignant, and {} indeterminate.",
        "71",
        "17",
    ),
    (
        "In the two periods 1,208 and 1,166 deliveries took place, in all {}.",
        "2,734",
        "2,374",
    ),
    (
        "Data were missing for 14 patients (8 intervention, {} control), leaving 286 of 300 for analysis.",
        "16",
        "6",
    ),
    (
        "During follow-up, 38 participants in the intervention group and 51 in the control group died ({} deaths "
        "in total; HR 0.72, 95% CI 0.47 to 1.10).",
        "98",
        "89",
    ),
    (
        "Tumours were located in the right colon in 61, the left colon in 72 and the rectum in {} of the 198 patients.",
        "56",
        "65",
    ),
    (
        "One hundred and four patients were recruited between 2015 and 2018; six withdrew before surgery and "
        "four were converted to general anaesthesia and excluded, so that {} remained (47 in each group).",
        "49",
        "94",
    ),
    (
        "Thirty-one of 62 implants in the test group and 22 of 60 in the control group showed bleeding; {} of "
        "122 overall.",
        "35",
        "53",
    ),
    (
        "The final sample was 436 (218 cases, {} controls).",
        "281",
        "218",
    ),
    (
        "Participants were 55 nurses, 31 physicians, 12 pharmacists and {} social workers (n = 104).",
        "16",
        "6",
    ),
    (
        "Blood cultures were positive in 73 (34%) of 215 patients: 39 Gram-negative, {} Gram-positive, and 6 fungal.",
        "82",
        "28",
    ),
    (
        "We identified 4,318 births; 212 were excluded because of missing data (n = 97), multiple pregnancy (n = "
        "84) or congenital anomaly (n = {}).",
        "13",
        "31",
    ),
    (
        "MEASUREMENTS: 47 dogs (23 intact males, {} neutered males, 9 females).",
        "51",
        "15",
    ),
    (
        "Thirteen of 41 patients with and 8 of {} without anti-Ro52 (21 of 92 overall) progressed.",
        "15",
        "51",
    ),
    (
        "A total of 1,760 questionnaires were sent, {} were returned and 1,102 could be analysed.",
        "1,798",
        "1,198",
    ),
    (
        "Median follow-up was 48 months; 63 patients died, 41 of the tumour, 13 of other causes and {} of "
        "unknown causes.",
        "19",
        "9",
    ),
    (
        "Included were 14 randomized trials (n = 2,312) and 9 cohort studies (n = 4,118), together {} participants.",
        "6,340",
        "6,430",
    ),
    (
        "The study groups consisted of 34 patients with SLE (30 women, {} men) and 40 controls.",
        "14",
        "4",
    ),
    (
        "There were 12 conversions (6.0%): adhesions in 5, bleeding in {} and unclear anatomy in 3.",
        "14",
        "4",
    ),
    (
        "In 97 (48.5%) of the 200 legs healing was complete at 12 weeks (compression 56/100, control {}/100).",
        "14",
        "41",
    ),
    (
        "Forty patients (20 per group; {} women) completed the study.",
        "43",
        "23",
    ),
    (
        "Two hundred and eleven women consented; 14 were ineligible and {} withdrew, so 188 were randomised.",
        "19",
        "9",
    ),
    (
        "Of 1000 consecutive patients, 612 had no AF, 241 paroxysmal AF and {} persistent or permanent AF.",
        "174",
        "147",
    ),
    (
        "Fourteen studies (9 trials with 4,982 neonates and 5 cohort studies with 1,322) were included, "
        "comprising {} in total.",
        "6,214 neonates",
        "6,304 neonates",
    ),
    (
        "In all, 128 were analysed (112 women; mean age 55.7 years; {} diffuse and 91 limited SSc).",
        "47",
        "37",
    ),
    (
        "We studied eight intensive care units. The final sample was of 386 patients, 228 in Mexico ({} units) "
        "and 158 in Colombia (3 units).",
        "6",
        "5",
    ),
)
LEFT_ALONE = (
    "Among 120 patients, hypertension and diabetes were present in 80 and 51, respectively, and 24 had neither.",
    "Two hundred patients (110 men) were studied: 60 smoked, 45 drank alcohol and 30 did both.",
    "Of 58 patients with events (fever 31, rash 24, nausea 20), nine stopped the drug.",
    "We operated on 80 eyes of 70 patients; bilateral cataract was present in 25 patients.",
    "ACR20 was reached by 29/73, 45/72 and 51/73 biologic-naive patients and by 9/31, 17/33 and 17/30 others. "
    "ACR50 was reached by 14/104, 33/105 and 39/103.",
    "Success (no pain and no re-operation) was achieved in 31 of 40 and 22 of 40 patients. Pain was present at "
    "baseline in 38 and 37 patients.",
    "The primary composite of death or stroke occurred in 40 (8.0%) and 52 (10.4%) patients. Any bleeding "
    "occurred in 61 (12.2%) and 40 (8.0%).",
    "Safety was assessed in 416 and 205 patients; 418 and 205 were randomised.",
    "Seven patients on 80 mg (weeks 3, 4 and 8, respectively) stopped.",
    "In the drug (n = 57) and placebo (n = 60) groups the score fell. Of the 66 patients given the drug after "
    "cross-over, four had nausea.",
    "Genotyping (AA/AG/GG: 24/61/27) failed in eight of 120 samples.",
    "Intubation was needed in 9 infants with CPAP and 17 with nasal cannula (26 in total), of whom 5 had pneumothorax.",
    "Among the 88 respondents, 41 used paper, 30 an app, and 29 both.",
    "Of 60 patients, 21 improved at 3 months and 35 at 6 months.",
    "We enrolled 120 patients: 60 in 2018 and 45 in 2019; the remainder were enrolled in 2020.",
    "Of 74 patients screened in group A and 80 in group B, 61 and 65 were randomised.",
    "Two steps were planned in 19 patients. Thirteen had 9 visits and 8 had 5; time was longer (13 vs 8 min), "
    "requiring atropine in 11 of these 26 patients.",
    "Four complete and 15 partial responses were seen in 47 patients. A further 14 patients had stable disease "
    "and 14 progressed, giving disease control in 33 of 47 (70.2%).",
    "Current use was reported by 779 of 4213 students (18.5%). Current use was reported by 418 girls and 352 "
    "boys (19.5% versus 17.3%).",
    "In total, 3206 staff responded: 616 doctors (19%), 2371 nurses (74%), 129 respiratory therapists (4%), 51 "
    "physiotherapists (2%) and 39 dieticians (1%).",
    "Among 604 respondents 471 were women and 132 men.",
)


@pytest.mark.parametrize(("text", "wrong", "right"), TOLD)
def test_what_a_misprint_mends_is_found_and_what_fits_is_left_alone(text: str, wrong: str, right: str) -> None:
    assert codes(text.format(wrong))
    assert not codes(text.format(right))


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_parts_that_need_not_make_a_whole_are_left_alone(text: str) -> None:
    assert not codes(text)
