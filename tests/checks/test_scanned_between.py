"""A record, a news page or a journal club against the full text: the same quantity told with another value."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge_all
from evsynth.scan.document import read_document

FULL = """# Tezolimab in chronic urticaria

Annals of Invented Dermatology 2021;8(3):201-212
Published 4 March 2021

Authors: A. Holmqvist, B. Terzic, C. Nakamori

## Introduction

The disease is frequent and treatment is often not sufficient.

## Methods

{methods}

## Results

{results}

## Discussion

These findings may matter for practice.

## References

1. Pallister F, Grun T. On itching. J Skin 2011;3:1-9.
"""

RECORD = """PMID- 99100200
OWN - NLM
STAT- MEDLINE
DP  - 2021 Mar
TI  - Tezolimab in chronic urticaria.
PG  - 201-212
AB  - OBJECTIVE: To examine the drug. RESULTS: {told}
      CONCLUSION: Further work will follow.
FAU - Holmqvist, A
AU  - Holmqvist A
FAU - Terzic, B
AU  - Terzic B
FAU - Nakamori, C
AU  - Nakamori C
TA  - Ann Invent Dermatol
JT  - Annals of invented dermatology
VI  - 8
IP  - 3
SO  - Ann Invent Dermatol. 2021 Mar;8(3):201-212.
"""

SUMMARY = """JOURNAL CLUB OF THE SKIN DEPARTMENT

Paper: Holmqvist A, et al. Tezolimab in chronic urticaria. Ann Invent Dermatol 2021;8:201-12.

{told}

Our reading. A useful piece of work with limits.
"""

CONTRADICTED = [
    # what the full text says, what the other document says
    ("Between May 2016 and March 2019, 348 patients underwent randomization: 175 were assigned to tezolimab and "
    "173 to "
     "placebo.", "A total of 384 patients were randomized."),
    ("We enrolled 421 children with croup at nine emergency "
    "departments.", "The investigators enrolled 412 children."),
    ("The trial was carried out at 23 hospitals in Spain.", "The study was conducted at 32 hospitals in Spain."),
    ("Treatment failure occurred in 32 of 174 patients (18.4%) receiving tezolimab and in 45 of 172 (26.2%) "
    "receiving "
     "placebo.", "Treatment failure occurred in 14.8% with tezolimab and 26.2% with placebo."),
    ("The hazard ratio for death with tezolimab was 0.67 (95% CI, 0.51 to 0.88; P = 0.004).",
     "Mortality was lower with tezolimab (HR 0.76, 95% CI 0.51-0.88)."),
    ("The hazard ratio for death with tezolimab was 0.67 (95% CI, 0.51 to 0.88; P = 0.004).",
     "Mortality was lower with tezolimab (HR 0.67, 95% CI 0.51-0.98)."),
    ("Hospital stay was shorter in the early group (6.1 v 7.9 days, P=0.03).",
     "The early group left hospital sooner (6.1 v 7.9 days, P=0.003)."),
    ("Fracture rates did not differ between the arms (odds ratio 1.12, 0.84 to 1.49; P = 0.44).",
     "For fractures the odds ratio was 1.12 (0.84 to 1.49; P = 0.044)."),
    ("Patients received methotrexate 15 mg once weekly by mouth.", "Everyone took methotrexate 25 mg once a week."),
    ("Tezolimab 200 mg was given subcutaneously every two weeks.",
     "The antibody tezolimab, 200 mg, was injected every four weeks."),
    ("Participants were treated with tezolimab or placebo for 16 weeks.",
     "Patients took tezolimab or placebo for 26 weeks."),
    ("Median follow-up was 31.5 months (IQR 24.0-40.2).", "Patients were followed for a median of 35.1 months."),
    ("The mean age was 63.4 years (SD 9.1) and 62% were women.", "The average age of the participants was 36 years."),
    ("Systolic blood pressure fell by 9.6 mm Hg (95% CI 7.1 to 12.1) in the intervention group.",
     "Systolic pressure dropped by 6.9 mm Hg in those who had the intervention."),
    ("Serum ferritin rose from 51 to 79 µg/L during treatment.", "Serum ferritin fell from 79 to 51 µg/L."),
    ("Pain scores decreased by 2.4 points with exercise.", "With exercise, pain scores increased by 2.4 points."),
    ("Relapse at one year was 12.1% in the tezolimab group and 19.8% in the placebo group.",
     "One year after the start 19.8% on tezolimab and 12.1% on placebo had relapsed."),
    ("Weight changed by a mean of -6.3 kg with semarin and -2.1 kg with diet alone.",
     "Mean weight change was -2.1 kg with semarin and -6.3 kg with diet alone."),
    ("Stroke occurred in 8.0% of the early group and 12.0% of the late group, an absolute difference of 4.0 "
    "percentage "
     "points (relative risk 0.67).", "Early treatment gave a relative reduction of stroke of 4%."),
    ("This was a randomised, double-blind, placebo-controlled trial.",
     "In this open-label randomised trial the drug was compared with placebo."),
    ("In this retrospective cohort study we reviewed the charts of all adults treated between 2009 and 2015.",
     "This randomised trial looked at adults treated between 2009 and 2015."),
    ("We did a prospective cohort study.", "A retrospective cohort study of patients with urticaria."),
    ("This single-centre study was done at one university hospital.", "This was a multicentre study."),
    ("Patients were assigned to tezolimab or azathioprine.", "Patients were assigned to tezolimab or mycophenolate."),
    ("During the study 14 patients died.", "There were 41 deaths during the study."),
    ("The test had a sensitivity of 87% (95% CI 80 to 92) and a specificity of 71%.",
     "Sensitivity of the test was 78% and specificity 71%."),
    ("Patients were followed for 2 years after surgery.", "Follow-up lasted 36 months after surgery."),
    ("The primary endpoint was the change in the itch score at week 12.",
     "The primary endpoint, the change in the itch score, was read at week 24."),
    ("Patients treated between January 2012 and June 2018 were studied.",
     "The study took in patients treated between January 2014 and June 2018."),
    ("We screened 1,204 adults, of whom 348 were eligible.", "Of 1402 adults screened, 348 were eligible."),
    ("The number needed to treat was 12.", "The number needed to treat was 21 patients."),
    ("Eligible patients were aged 50 years or older.", "Eligible were people aged 60 years or over."),
    ("Median survival was 14.2 months with tezolimab and 10.3 months with placebo.",
     "Median survival was 12.4 months with tezolimab and 10.3 months with placebo."),
    ("The drug was infused intravenously at 8 mg/kg every four weeks.",
     "Patients had 6 mg/kg of the drug every 4 weeks by infusion."),
    ("Serious adverse events were reported in 19 patients (11.0%) on tezolimab.",
     "Nineteen patients (1.1%) on tezolimab had serious adverse events."),
    ("Walking distance improved by 38 m in the training group.", "The training group walked 83 m further."),
]  # fmt: skip

INNOCENT = [
    ("Median follow-up was 12.7 months.", "Patients were followed for a median of 13 months."),
    ("Remission was reached by 78.7% of patients on "
    "tezolimab.", "Nearly 80% of patients on tezolimab had remission."),
    ("Relapse occurred in 34.1% of patients.", "About a third of patients relapsed."),
    ("Stroke occurred in 24.6% of the early group and 40.8% of the late group.",
     "Strokes were fewer by 16 percentage points, or 40% in relative terms."),
    ("Follow-up was 24 months in all patients.", "All were followed for two years."),
    ("Treatment was given for 26 weeks.", "The drug was taken for six months."),
    ("Patients took metformin 1.5 g daily.", "Metformin was given at 1500 mg a day."),
    ("Response was 61.2% in the intention-to-treat and 68.4% in the per-protocol population.",
     "The response was 68.4% among those who kept to the protocol."),
    ("Response was seen in 61.2% of patients.", "In women, response was seen in 57%."),
    ("At 12 months 42% of patients were free of relapse.", "At 6 months 61% of patients were free of relapse."),
    ("A total of 348 patients were randomised.", "Of 512 patients assessed, 348 were randomised."),
    ("We randomly assigned 175 patients to tezolimab and 173 to "
    "placebo.", "A total of 348 patients were randomised."),
    ("Overall survival at three years was 88%.", "Three-year mortality was 12%."),
    ("Treatment failure occurred in 45 of 172 patients on placebo.", "With placebo 26% of patients had failure."),
    ("Failure occurred in 18.4% on tezolimab and 26.2% on placebo.",
     "Failure was less frequent with tezolimab, by about 8 percentage points."),
    ("Response was 61.2% with tezolimab.", "An earlier trial of 96 patients found a response of 44% with tezolimab."),
    ("Pain was less in the early group (P = 0.03).", "Pain was less in the early group (P < 0.05)."),
    ("The hazard ratio for death was 0.67 (95% CI 0.51 to 0.88).", "The risk of death was reduced by 33%."),
    ("Tezolimab was given at 20 mg twice daily.", "Patients took tezolimab 40 mg a day."),
    ("Immunoglobulin was given at 0.5 g/kg per week.", "Immunoglobulin was given at 2 g/kg every four weeks."),
    ("Tezolimab was given at 5 mg/kg per week; mean body weight was 70 kg.", "Patients had about 350 mg each week."),
    ("Tezolimab was started at 10 mg once daily and raised to 20 mg once daily after two weeks.",
     "Patients took tezolimab 20 mg once daily, after two weeks on 10 mg."),
    ("This was a double-blind trial with an open-label extension of one year.",
     "After the double-blind phase patients entered an open-label extension."),
    ("In this open-label trial assessors were masked.", "An open-label, assessor-blinded trial."),
    ("We did a cohort study of adults.", "This cohort study shows that randomised trials are needed."),
    ("We did a cohort study nested in a randomised trial.", "A cohort study of adults."),
    ("The median age was 61 years.", "The mean age was 63 years."),
    ("A total of 348 patients were randomised and 340 received at least one "
    "dose.", "The analysis took in 340 people."),
    ("Serious adverse events occurred in 38 patients.", "There were 41 serious adverse events."),
    ("The adjusted hazard ratio for death was 1.56 (95% CI 1.18 to 2.08).",
     "The unadjusted hazard ratio for death was 1.72 (95% CI 1.31 to 2.25)."),
    ("The mean age was 54.0 years.", "Ages ranged from 29 to 77 years."),
    ("A total of 348 patients were randomised.", "More than 300 patients were randomised."),
    ("FVC changed by -43.0 mL with tezolimab.", "Patients on tezolimab lost 43 mL of FVC."),
    ("Forty-four adults were enrolled.", "44 adults were enrolled."),
    ("Twenty-nine of 44 patients (65.9%) were women.", "Two thirds of the patients were women."),
    ("The rate of stroke was 4.1 per 100 person-years.", "Stroke occurred in 9.8% of patients."),
    ("Patients were treated for 12 weeks and followed for four weeks after the end of treatment.",
     "The whole trial lasted 16 weeks."),
    ("The first patient was enrolled on 3 March 2020 and the last on 18 October 2022.",
     "Patients were enrolled from March 2020 to October 2022."),
    ("Relapse was 12.1% in the tezolimab group and 19.8% in the placebo group.",
     "Relapse was 19.8% on placebo and 12.1% on tezolimab."),
    ("Creatine kinase fell from 666 to 363 U/L.", "Creatine kinase was 363 U/L after treatment and 666 U/L before."),
    ("DLCO rose by 3.4 points.", "The questionnaire score rose by 6.1 points."),
    ("Tezolimab 200 mg every two weeks or placebo was given.", "Patients could take prednisone up to 10 mg a day."),
    ("The itch score fell by 9.6 points in the tezolimab group and 4.1 points in the placebo group.",
     "The itch score fell by 5.5 points more with tezolimab than with placebo."),
    ("In this preplanned interim analysis 201 of 348 patients were included.",
     "The preliminary report at the congress was on 180 patients."),
    ("Diarrhoea occurred in 37.2% on tezolimab and 16.9% on "
    "placebo.", "Diarrhoea was twice as frequent (37% v 17%)."),
    ("The trial was done at 23 hospitals in Spain.", "Similar results were seen at 11 hospitals in Norway [3]."),
    ("Mean follow-up was 5.2 years.", "Mortality at 10 years is about 20% in this disease."),
    ("The hazard ratio was 0.67 (95% CI 0.51 to 0.88).", "Put the other way round, the hazard ratio was 1.49."),
    ("Patients were aged 18 years or older.", "The mean age was 54 years."),
    ("Of 231 patients screened, 75 did not proceed.", "156 of 231 patients screened were randomised."),
]  # fmt: skip


MORE_CONTRADICTED = [
    ("At 14 emergency departments in Denmark we recruited 1,086 adults with renal colic.",
     "This Danish trial recruited 1,068 adults with kidney stones."),
    ("The primary outcome was met in 112 of 287 participants (39.0%) assigned to rivastin and 81 of 290 "
     "(27.9%) assigned to placebo (risk ratio 1.40, 95% CI 1.10 to 1.77; P=0.005).",
     "The endpoint was reached by 39.0% and 27.9% (RR 1.40, 95% CI 1.10-1.77, P = 0.05)."),
    ("Mean forced vital capacity declined by 88 mL in the nintorast group and by 151 mL in controls.",
     "With nintorast FVC fell by 115 mL, with control by 151 mL."),
    ("Participants received colchazine 0.5 mg twice daily for 12 weeks.",
     "Colchazine (0.5 mg once a day) was given over 12 weeks."),
    ("The trial was stopped after a median of 3.4 years.",
     "After a median follow-up of 4.3 years the trial was stopped."),
    ("Hospitalisation for heart failure was less frequent with empaflozin than with placebo (8.6% vs 11.8%).",
     "Heart failure admissions: 11.8% on empaflozin, 8.6% on placebo."),
    ("The mean (SD) age was 71.3 (8.2) years, and 41% were female.",
     "Patients had a mean age of 73.1 years."),
    ("Major bleeding occurred in 23 patients (2.4%) in the short arm and 31 (3.3%) in the long arm.",
     "Major bleeding: 2.4% with short and 5.3% with long treatment."),
    ("Seven participants died in the surgery arm and twelve in the conservative arm.",
     "Deaths were 12 after surgery and 7 with conservative care."),
    ("Depression scores (PHQ-9) decreased from 16.2 to 9.4 in the app group.",
     "PHQ-9 in app users went from 16.2 to 4.9."),
    ("The difference in means was -4.7 points (95% CI -7.9 to -1.5).",
     "On average the score was 7.4 points lower (95% CI 1.5 to 7.9)."),
    ("We analysed data from 6 randomised hospitals; the study had a stepped-wedge design with an open-label "
     "intervention.",
     "A double-blind study in six hospitals."),
    ("This was a retrospective review of consecutive patients.",
     "The authors followed patients prospectively."),
    ("Of 52 eyes, 39 had a closed macular hole (75.0%).",
     "The hole was closed in 36 of 52 eyes."),
    ("Serum urate increased by 0.8 mg/dL on the diuretic.",
     "On the diuretic serum urate decreased by 0.8 mg/dL."),
    ("The trial took place at 61 sites in 8 countries.",
     "The trial ran in 61 centres in 18 countries."),
    ("Patients were randomly allocated to dabigatran or warfarin.",
     "Compared with apixaban, dabigatran led to fewer strokes in this trial. Patients were allocated to "
     "dabigatran or apixaban."),
    ("Iron was given as intravenous ferric sucrose; the comparator was placebo. Vancomycin was given "
     "intravenously.",
     "Vancomycin was given orally."),
    ("Mortality at 28 days was 22.9% in the dexamethasone group and 25.7% in the usual care group, an absolute"
     " difference of 2.8 percentage points.",
     "Dexamethasone lowered 28-day mortality by 2.8% in relative terms."),
    ("Women aged 45 to 60 years were eligible.",
     "The study admitted women aged 40 to 60 years."),
    ("Enrolment ran from 4 February 2015 to 30 June 2019.",
     "Patients were enrolled between February 2013 and June 2019."),
    ("Relapse-free survival at 5 years was 71% with chemotherapy and 64% without.",
     "Five-year relapse-free survival was 71% with chemotherapy and 46% without."),
    ("The correlation between the two methods was strong (r = 0.86, p<0.001).",
     "The methods correlated (r = 0.68, p<0.001)."),
    ("The hazard ratio for progression was 0.58 (95% CI 0.44 to 0.77).",
     "Progression was delayed (hazard ratio 0.85, 95% CI 0.44 to 0.77)."),
    ("The primary end point was survival at 90 days.",
     "Primary endpoint: survival at 60 days."),
    ("Nausea was reported by 31% of those on the drug and 12% of those on placebo.",
     "Nausea was the main side effect (13% against 12%)."),
    ("A total of 9,361 persons with hypertension took part.",
     "The study of 9,631 people with high blood pressure took part."),
    ("Length of stay was reduced by 1.9 days (95% CI 0.6 to 3.2).",
     "Patients went home 9.1 days earlier; length of stay was shorter."),
    ("Complete response was achieved in 43 of 96 patients (44.8%; 95% CI, 34.6-55.3).",
     "The complete response rate was 48.4% (95% CI 34.6-55.3%)."),
    ("Median progression-free survival was 11.2 months with obitinib and 5.6 months with chemotherapy (HR "
     "0.46; 95% CI 0.35-0.61; P<.001).",
     "PFS: 11.2 months with obitinib vs 6.5 months with chemotherapy."),
    ("The 30-day mortality was 6.1% after open and 1.7% after endovascular repair.",
     "Thirty-day mortality: open 1.7%, endovascular 6.1%."),
    ("Infants received 400 IU of vitamin D per day until 12 months of age.",
     "Infants were given vitamin D, 800 IU daily, throughout their first year."),
    ("We conducted an individually randomised, open-label trial in 22 general practices.",
     "In this double-blind trial in 22 general practices infections were fewer."),
    ("Body weight decreased by 14.9% with semaglutide and 2.4% with placebo.",
     "Participants lost 19.4% of their body weight on semaglutide, 2.4% on placebo."),
    ("Adherence was 83% in the text-message arm.",
     "38% of the text-message arm were adherent."),
    ("The annualised relapse rate was 0.16 with the new drug and 0.39 with interferon.",
     "The annualised relapse rate was 0.61 with the new drug and 0.39 with interferon."),
    ("Ferritin at entry was 18 µg/L on average; haemoglobin rose by 1.9 g/dL after infusion.",
     "After infusion haemoglobin fell by 1.9 g/dL."),
    ("This single-blind randomised trial compared splint with surgery; follow-up was 18 months.",
     "After a follow-up of 8 months splint and surgery were alike."),
    ("Perioperative myocardial infarction occurred in 51 patients.",
     "Fifteen patients had a perioperative myocardial infarction."),
    ("The intraclass correlation coefficient was 0.92.",
     "Agreement was good (intraclass correlation coefficient 0.29)."),
    ("Participants had a median CD4 count of 312 cells/µL (IQR 190-455).",
     "The median CD4 count was 213 cells/µL."),
    ("Tumour size fell from 6.2 cm to 3.9 cm.",
     "Tumours grew from 3.9 cm to 6.2 cm."),
    ("A total of 118 of 402 eligible nurses responded (29.4%).",
     "The response rate among nurses was 24.9%."),
    ("Recurrence was lower with mesh (3.3%) than with suture (12.5%).",
     "Recurrence was 12.5% with mesh and 3.3% with suture."),
    ("The mean difference in pain on the 100-mm scale was -13.2 mm (95% CI -18.4 to -8.0; p<0.0001).",
     "Pain on the 100-mm scale was 31.2 mm less (95% CI 8.0 to 18.4)."),
    ("Patients were allocated to etanercept 50 mg weekly or placebo.",
     "Patients were allocated to infliximab or placebo."),
    ("Operating time averaged 94 minutes in the robotic group and 71 minutes in the laparoscopic group.",
     "Operations took 71 minutes with the robot (robotic group) and 94 minutes in the laparoscopic group."),
    ("Treatment discontinuation due to adverse events was 4.8% and 1.9%.",
     "Discontinuation due to adverse events was 8.4% and 1.9%."),
    ("After 10 weeks of training VO2max improved by 3.1 mL/kg/min.",
     "VO2max improved by 1.3 mL/kg/min after 10 weeks of training."),
    ("The interim analysis was not done. Follow-up was complete for 96.4%.",
     "Follow-up was complete for 94.6% of the patients."),
    ("A cluster-randomised trial in 40 villages in Malawi.",
     "A cluster-randomised trial in 14 villages in Malawi."),
    ("The rate of caesarean delivery was 22% in the induction group and 26% in the expectant group (relative "
     "risk 0.84; 95% CI 0.76 to 0.93).",
     "Caesarean delivery was less frequent after induction (relative risk 0.84; 95% CI 0.67 to 0.93)."),
    ("Prednisolone 40 mg daily was given for five days.",
     "Prednisolone 40 mg daily was given for 15 days."),
    ("Vaccine efficacy was 76.4% against severe disease.",
     "Efficacy of the vaccine against severe disease was 67.4%."),
    ("The odds of readmission did not differ (OR 0.97, 95% CI 0.81 to 1.16; p=0.73).",
     "Readmission was less likely (OR 0.97, 95% CI 0.81 to 1.16; p=0.03)."),
    ("Symptoms lasted a mean of 8.7 days in the zinc group and 11.3 days in the placebo group.",
     "With zinc symptoms lasted 7.8 days, with placebo 11.3 days."),
]  # fmt: skip

MORE_INNOCENT = [
    ("At 14 emergency departments in Denmark we recruited 1,086 adults with renal colic.",
     "Just over a thousand adults in 14 Danish hospitals took part."),
    ("The primary outcome was met in 112 of 287 participants (39.0%) assigned to rivastin and 81 of 290 "
     "(27.9%) assigned to placebo (risk ratio 1.40, 95% CI 1.10 to 1.77; P=0.005).",
     "The drug helped four in ten, placebo fewer than three in ten, so that nine people (1/0.111) need "
     "treatment. P < .01."),
    ("FVC declined by 88 mL in the nintorast group and by 151 mL in controls.",
     "The difference in FVC was 63 mL."),
    ("Participants received colchazine 0.5 mg twice daily for 12 weeks.",
     "Colchazine, 1 mg a day, was given for three months."),
    ("The trial was stopped after a median of 3.4 years.",
     "The median follow-up was 41 months."),
    ("Hospitalisation was less frequent with empaflozin than with placebo (8.6% vs 11.8%).",
     "Placebo patients were admitted more often (11.8%) than those on empaflozin (8.6%)."),
    ("The mean (SD) age was 71.3 (8.2) years; the median age of women was 74 years.",
     "Women had a median age of 74 years."),
    ("Major bleeding occurred in 23 patients (2.4%) in the short arm and 31 (3.3%) in the long arm.",
     "There were 54 major bleeds in all."),
    ("Of 52 eyes, 39 had a closed macular hole (75.0%).",
     "In a quarter of the eyes the hole stayed open (13 of 52)."),
    ("Depression scores decreased from 16.2 to 9.4 in the app group.",
     "Scores fell by 6.8 points among app users."),
    ("The difference in means was -4.7 points (95% CI -7.9 to -1.5).",
     "The score was lower by 4.7 points (1.5 to 7.9)."),
    ("The trial was double-blind.",
     "Patients and doctors did not know who took what."),
    ("We reviewed a prospectively collected database retrospectively.",
     "This was a prospective registry."),
    ("The effect at 6 months was 12 points.",
     "The effect at 12 months was 7 points."),
    ("The sensitivity of the assay was 91.3% and the specificity 84.6%.",
     "Sensitivity 91%, specificity 85%."),
    ("Serum urate increased by 0.8 mg/dL on the diuretic and fell by 0.8 mg/dL on losartan.",
     "Serum urate fell by 0.8 mg/dL on losartan."),
    ("Mortality was 22.9% and 25.7%.",
     "Mortality was 2.8 percentage points lower, a relative reduction of 11%."),
    ("Women aged 45 to 60 years were eligible; mean age was 52 years.",
     "The women were 52 years old on average."),
    ("Enrolment ran from 4 February 2015 to 30 June 2019.",
     "Enrolment took a little over four years."),
    ("Relapse-free survival at 5 years was 71% with chemotherapy and 64% without.",
     "At five years 29% had relapsed with chemotherapy, 36% without."),
    ("The hazard ratio for progression was 0.58 (95% CI 0.44 to 0.77).",
     "Progression was 42% less likely (HR 0.58)."),
    ("The primary end point was survival at 90 days. Survival at 28 days was secondary.",
     "A secondary endpoint was survival at 28 days."),
    ("Nausea was reported by 31% of those on the drug and 12% of those on placebo.",
     "Vomiting was uncommon. About a third had nausea."),
    ("A total of 9,361 persons with hypertension took part.",
     "More than 9,000 people with hypertension took part."),
    ("Length of stay was reduced by 1.9 days (95% CI 0.6 to 3.2).",
     "Patients went home two days earlier."),
    ("Patients were randomly allocated to dabigatran or warfarin.",
     "Dabigatran was compared with warfarin; rivaroxaban was not studied."),
    ("The dose was 5 mg/kg at weeks 0, 2 and 6 and every 8 weeks thereafter.",
     "Infliximab was infused at 5 mg/kg every eight weeks after loading."),
    ("We included 214 patients; 198 completed the study.",
     "Data of 198 completers were analysed; 16 dropped out."),
    ("Serious adverse events occurred in 12.8% and 15.6% of patients.",
     "Serious adverse events were seen in 10 and 12 patients."),
    ("The median time to recovery was 10 days (IQR 7 to 15) versus 15 days (IQR 9 to 22).",
     "Recovery took 10 days rather than 15."),
    ("Data were analysed for 3,041 knees in 2,118 patients.",
     "The registry had data on 2,118 patients."),
    ("Between 2008 and 2016, 2,457 consecutive patients underwent coronary bypass at three Finnish hospitals.",
     "Some 2,500 bypass patients of three hospitals were studied."),
    ("Complete response was achieved in 43 of 96 patients (44.8%; 95% CI, 34.6-55.3).",
     "Fewer than half (45%) had a complete response; 53 did not."),
    ("Median progression-free survival was 11.2 months with obitinib and 5.6 months with chemotherapy (HR "
     "0.46; 95% CI 0.35-0.61; P<.001).",
     "Progression-free survival doubled (from 5.6 to 11.2 months), a 54% lower risk."),
    ("The 30-day mortality was 6.1% after open and 1.7% after endovascular repair.",
     "Endovascular repair had a 30-day mortality of 1.7% and open repair 6.1%."),
    ("Infants received 400 IU of vitamin D per day until 12 months of age.",
     "Infants were given vitamin D (10 µg) every day for a year."),
    ("We conducted an open-label trial in 22 general practices.",
     "Doctors were not blinded in this trial."),
    ("Body weight decreased by 14.9% with semaglutide and 2.4% with placebo.",
     "Semaglutide users lost 12.5 percentage points more weight than the placebo group."),
    ("The annualised relapse rate was 0.16 with the new drug and 0.39 with interferon.",
     "The relapse rate was 59% lower with the new drug."),
    ("Haemoglobin rose by 1.9 g/dL after infusion.",
     "Haemoglobin went up by almost 2 g/dL."),
    ("Follow-up was 18 months.",
     "Follow-up was one and a half years."),
    ("Perioperative myocardial infarction occurred in 51 patients and stroke in 15.",
     "Fifteen patients had a stroke."),
    ("1,510 women were randomised at 34 centres; 1,432 were analysed.",
     "1,432 women were analysed; 78 were lost."),
    ("Participants had a median CD4 count of 312 cells/µL (IQR 190-455).",
     "Half of the participants had a CD4 count between 190 and 455 cells/µL."),
    ("Tumour size fell from 6.2 cm to 3.9 cm.",
     "Tumours shrank by 2.3 cm or 37%."),
    ("A total of 118 of 402 eligible nurses responded (29.4%).",
     "Seven in ten nurses (71%) did not respond."),
    ("Recurrence was lower with mesh (3.3%) than with suture (12.5%).",
     "Suture led to recurrence in one in eight (12.5%), mesh in 3.3%."),
    ("The mean difference in pain was -13.2 mm (95% CI -18.4 to -8.0; p<0.0001).",
     "Pain was lower by 13 mm (8 to 18)."),
    ("Patients were allocated to etanercept 50 mg weekly or placebo. Methotrexate was continued.",
     "Methotrexate could be continued; infliximab users were excluded."),
    ("Operating time averaged 94 minutes in the robotic group and 71 minutes in the laparoscopic group.",
     "Robotic operations took 23 minutes longer."),
    ("Treatment discontinuation due to adverse events was 4.8% and 1.9%.",
     "Serious adverse events were seen in 7.1% and 6.9%."),
    ("After 10 weeks of training VO2max improved by 3.1 mL/kg/min.",
     "At one year VO2max was still 1.4 mL/kg/min above the start."),
    ("Follow-up was complete for 96.4%.",
     "3.6% were lost to follow-up."),
    ("A cluster-randomised trial in 40 villages in Malawi.",
     "20 villages had the intervention and 20 were controls."),
    ("The rate of caesarean delivery was 22% in the induction group and 26% in the expectant group (relative "
     "risk 0.84; 95% CI 0.76 to 0.93).",
     "Induction prevented one caesarean in 25 women; risk was reduced by 16%."),
    ("Prednisolone 40 mg daily was given for five days, then 20 mg for ten days.",
     "Prednisolone was given for 15 days."),
    ("Vaccine efficacy was 76.4% against severe disease and 61.2% against any disease.",
     "Efficacy was 61% against any disease. In those over 65 it was 54%."),
    ("Symptoms lasted a mean of 8.7 days in the zinc group and 11.3 days in the placebo group.",
     "Zinc shortened symptoms by 2.6 days."),
    ("The hazard ratio was 0.80 (95% CI 0.64 to 1.00; p=0.049).",
     "The hazard ratio was 0.8 (p=0.05)."),
    ("The mean age was 44.6 years in the drug group and 45.1 years in the placebo group.",
     "The mean age was 45 years."),
    ("In the full analysis set the response was 52%; in the per-protocol set it was 58%.",
     "Six in ten of those treated as planned responded."),
    ("Patients on 10 mg and 20 mg responded in 31% and 44%.",
     "The higher dose of 20 mg gave a response of 44%."),
]  # fmt: skip

PUBLISHED = [
    # a piece of the record or summary, what it is replaced by, the code
    ("DP  - 2021 Mar", "DP  - 2019 Mar", "CITATION_DIFFERS"),
    ("PG  - 201-212", "PG  - 210-221", "CITATION_DIFFERS"),
    ("VI  - 8", "VI  - 9", "CITATION_DIFFERS"),
    ("JT  - Annals of invented dermatology", "JT  - Annals of invented dermatology", ""),
    ("DP  - 2021 Mar", "DP  - 2021 Spring", ""),
    ("2021;8:201-12", "2021;8:210-21", "CITATION_DIFFERS"),
    ("2021;8:201-12", "2017;8:201-12", "CITATION_DIFFERS"),
    ("2021;8:201-12", "2021;8(3):201-212", ""),
    ("Holmqvist A", "Terzic B", ""),
    ("Holmqvist A", "Lindgren P", "CITATION_DIFFERS"),
    ("Ann Invent Dermatol 2021", "J Unheard Allergy 2021", "JOURNAL_DIFFERS"),
    ("Ann Invent Dermatol 2021", "Annals of Invented Dermatology 2021", ""),
]


def _judged(full: str, told: str, shape: str) -> list[str]:
    one = read_document("full", FULL.format(methods="The study followed a protocol.", results=full))
    two = read_document("other", shape.format(told=told))
    found = judge_all((one, two))
    return [f.code for f in found if {q.source for q in f.quotes} == {"full", "other"}]


@pytest.mark.parametrize("shape", [RECORD, SUMMARY], ids=["record", "summary"])
@pytest.mark.parametrize(("full", "told"), CONTRADICTED)
def test_contradicted(full: str, told: str, shape: str) -> None:
    assert _judged(full, told, shape)


@pytest.mark.parametrize("shape", [RECORD, SUMMARY], ids=["record", "summary"])
@pytest.mark.parametrize(("full", "told"), INNOCENT)
def test_innocent(full: str, told: str, shape: str) -> None:
    assert not _judged(full, told, shape)


@pytest.mark.parametrize(("full", "told"), MORE_CONTRADICTED)
def test_more_contradicted(full: str, told: str) -> None:
    assert _judged(full, told, SUMMARY)


@pytest.mark.parametrize(("full", "told"), MORE_INNOCENT)
def test_more_innocent(full: str, told: str) -> None:
    assert not _judged(full, told, RECORD)
    assert not _judged(full, told, SUMMARY)


@pytest.mark.parametrize(("piece", "instead", "code"), PUBLISHED)
def test_published(piece: str, instead: str, code: str) -> None:
    full = FULL.format(methods="The study followed a protocol.", results="The drug worked.")
    texts = {name: text.format(told="The drug worked.") for name, text in (("record", RECORD), ("summary", SUMMARY))}
    changed = "record" if piece in texts["record"] and " - " in piece else "summary"
    texts[changed] = texts[changed].replace(piece, instead)
    documents = (read_document("full", full), *(read_document(k, v) for k, v in texts.items()))
    found = {f.code for f in judge_all(documents) if f.code in ("CITATION_DIFFERS", "JOURNAL_DIFFERS")}
    assert found == ({code} if code else set())


def test_a_row_is_read_with_the_columns_of_its_own_document() -> None:
    table = "| Outcome | Tezolimab | Placebo |\n|---|---|---|\n| Relapse, n (%) | 17 (24.6) | 29 (40.8) |\n"
    full = FULL.format(methods="The study followed a protocol.", results=f"**Table 1: Outcomes**\n\n{table}")
    summary = SUMMARY.format(told="Relapse was seen in 17 versus 28 patients on tezolimab and placebo.")
    found = judge_all((read_document("full", full), read_document("summary", summary)))
    assert "PRINTED_DIFFERENTLY" in {f.code for f in found}
