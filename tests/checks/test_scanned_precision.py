"""Sentences of abstracts that look contradictory to a hasty reader and are not, each with a twin that is.

The whole judge reads them, not one check: what one check leaves alone no other may find under the same code.
"""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document


def codes(text: str) -> set[str]:
    """Give the codes of the findings of an abstract that are more than a note or a concern."""
    document = read_document("x", f"A study of one drug and another\n\nAbstract\n{text}\n")
    return {f.code for f in judge(document) if f.severity in ("error", "inconsistent")}


def doubts(text: str) -> set[str]:
    """Give the codes of the concerns of an abstract."""
    document = read_document("x", f"A study of one drug and another\n\nAbstract\n{text}\n")
    return {f.code for f in judge(document) if f.severity == "concern"}


LEFT = (
    ("DIFFERENCE_TOLD", "RESULTS: Carriage was 0.71% in the first years and increased to 5.4% by 14--17 years."),
    ("RELATIVE_CHANGE", "RESULTS: Flow fell (40%-70% for the vein, 50%-70% for the artery), and so did uptake (20%-40% "
     "reduction for the vein, 40%-50% for the artery)."),
    ("RELATIVE_CHANGE", "RESULTS: Fewer looked when distracted (70%), a 10% reduction compared to the two other "
                        "conditions "
     "(80% and 78% respectively)."),
    ("GROUPS", "METHODS: Ninety people were assigned to two groups of 35, and 20 served as controls."),
    # fractions of their own groups, doses, other samples, things instead of people
    ("GROUPS", "RESULTS: Survival was 25/47 (53%), in the early stages 13/19 (68%) and in the late stages 12/28 "
               "(43%)."),
    ("GROUPS", "RESULTS: Of 21 diabetics who received 15 micrograms of it, 7 had a weak response, while others "
               "had none."),
    ("GROUPS", "RESULTS: For blood, 32 carriers and 57 controls were studied, while for plasma, the groups were 27 "
     "carriers and 35 controls."),
    ("GROUPS", "RESULTS: Of 364 patients, 225 had a single mitral, 72 a single aortic, and 67 a double valve "
               "replacement, "
     "for a total of 431 xenografts."),
    ("GROUPS", "RESULTS: In all, 193 people were seen. Approximately 60% (n = 114) were women, 40% (n = 78) had had a "
     "test, 23% (n = 44) had told it, and 31% (n = 61) had a partner."),
    ("PARTS_FALL_SHORT", "RESULTS: In total, 3206 members of staff answered: 616 doctors (19%), 2371 nurses (74%), 129 "
     "therapists (4%), 51 technicians (2%)."),
    ("COUNT_PERCENT", "RESULTS: Relief was better across 6 attacks with stratified care (n = 279) than with "
                      "step care (n = "
     "271): across 6 attacks in the stratified care group (52.7%) and in the step care group (40.6%)."),
    ("COUNT_PERCENT", "RESULTS: Approximately 1 out of 7 women (14.7%) had been blamed, and two in 5 (40.5%) "
                      "wished to wait."),
    ("COUNT_PERCENT", "METHODS: Four patients from a larger group of 18 patients receiving isotonic (3%) amino "
                      "acids took "
     "part."),
    ("RATE", "METHODS: We searched for 9/10 or 10/10 matched donors first."),
    ("AT_RISK", "METHODS: As of December 1, 2020, 656 (79%) patients at risk were in hospital."),
    ("GROUP_EXCEEDS", "METHODS: The form was given to 29 male and 34 female patients between the ages of 18 and 66."),
    ("NONE_CONTRADICTS", "RESULTS: No deaths were reported during either induction study. Two patients died during the "
     "maintenance study."),
    ("RELATIVE_CHANGE", "RESULTS: Complaints were change in libido (67.5 %, n = 932), disruptions (65.9 %, n = "
                        "910), and "
     "inefficiency (38.2 %, n = 527)."),
    ("DATES", "METHODS: Women were followed for one year between July 2012 and July 2014."),
    ("ELIGIBILITY_CONTRADICTS", "Haemorrhages were seen more frequently in the age range from 41 to 60 years, "
                                "and clots more "
     "frequently in men aged 51-70 years."),
    ("OUT_OF_ORDER", "RESULTS: Median survival was 14.7 months for a ratio <3.65 [95% confidence interval (CI) "
                     "9.9-18.1] "
     "versus 6.0 months for a ratio ≥3.65 (95% CI 3.9-9.4)."),
    ("OUT_OF_ORDER", "RESULTS: There was a 24.5% (-41.8 to -2.0) decrease in late disease."),
    ("OUT_OF_ORDER", "RESULTS: Levels did not change during 5 min breathing of high (8-9%) and low (3-5%) mixtures."),
    ("RATE_INTERVAL", "RESULTS: The age-standardized death rate (ASDR) declined from 2.79 (95 % CI 2.68-3.14) "
                      "in 1990 to 2.23 "
     "(95 % CI 1.99-2.38) per 100,000 persons in 2017."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Sodium was reduced in the groups with doses from 125 up to 500 mg/kg."),
    ("DIRECTION_CONTRADICTS", "RESULTS: There was a greater secretion after UNPX (0.77 +/- 0.03 S vs. 0.93 +/- "
                              "0.04 UNPX)."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Mortality was higher in patients treated in other centres (2.2% vs. "
                              "26.3%; p = 0.007)."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: Ejection fraction improved significantly in group 2 (P = .04). "
                                 "Systolic function "
     "in patients from group 1 showed no significant changes (P = .98). CONCLUSIONS: Surgery is followed by a "
     "significant "
     "improvement of systolic function."),
    # means of groups, numbers of equations and days of visits are no parts
    ("GROUPS", "RESULTS: Low-volume (n=210, 35%), medium-volume (n=180, 30%) and high-volume (n=210, 35%) units took "
     "part. Age did not differ (mean, 71±14 versus 70±12 versus 72±13; P=0.4)."),
    ("GROUPS", "RESULTS: By the equation index = 41 C - 12, 15 patients (30%) had mild, 9 (18%) moderate and 3 (6%) "
     "severe disease."),
    ("GROUPS", "RESULTS: There were 410 patients in the second group. At the 30, 120, 240, and 360-day visits "
               "the rates "
     "did not differ."),
    ("GROUPS", "RESULTS: There were 340 patients in the first group. At the 30, 90 and 210 days of follow-up the rates "
     "did not differ."),
    # parts whose own shares say that they are not all, lists that go on, sums that are another number told
    ("GROUPS", "RESULTS: We found 150 papers, of which 120 (80%) were trials and 3 (2%) reviews."),
    ("GROUPS", "RESULTS: In all, 402 patients had an infection. Three hundred and five patients had a urinary "
               "infection, "
     "110 had pneumonia, and 60 had a bloodstream infection."),
    ("GROUPS", "RESULTS: Of the 205 patients, 110 came back. A total of 260 knees were operated on. One hundred "
               "and fifty "
     "of the patients had one knee done and 55 had both."),
    ("GROUPS", "RESULTS: Seven guidelines were found. Except for one guideline that was recommended "
               "(standardized score "
     "for four domains was above 50%), the remaining six guidelines were weakly recommended."),
    # the last digit cut
    ("COUNT_PERCENT", "METHODS: Thirty-six children were included. RESULTS: Twenty-eight patients (77.8%) had "
                      "the early "
     "form. Six patients (16.6%) were on dialysis at the last visit."),
    ("COUNT_PERCENT", "METHODS: Eighteen patients were treated with the device. RESULTS: Stents were placed in "
                      "5 patients "
     "(27.7%) and the vessel was opened in 17 patients (94.4%)."),
    ("COUNT_PERCENT", "RESULTS: Of 50 resections, 22 were delayed and 28 were not. Twenty patients in the "
                      "delayed group "
     "completed the two steps compared to 17 in the other group (90.9% vs. 60.7%, P=0.02)."),
    # not a difference
    ("DIFFERENCE_TOLD", "RESULTS: The loading dose reduced the time to reach 120 microgram/ml (14.2 +/- 4.1 "
                        "hours versus "
     "29.8 +/- 7.7 hours, P < 0.001)."),
    ("DIFFERENCE_TOLD", "RESULTS: There was no difference in stay between the 2 groups (6.12 ± 2.30 days [one] "
                        "vs 5.74 ± "
     "2.25 days [two]; mean difference -0.38 [95% CI -1.05 to 0.29], P = .27)."),
    ("DIFFERENCE_TOLD", "RESULTS: Serotypes A decreased from 16.2 to 4.1%, serotypes B: 19.8 to 4.5%, and C: 51.0 to "
     "22.4%."),
    # ratios
    ("DIFFERENCE_P", "RESULTS: Of those given the drug 45 (46%) improved and of the others 28 (29%), resulting in an "
     "adjusted odds ratio of 1.96 for improvement (95% CI, 1.07-3.58; P = .03)."),
    ("RATIO_P", "RESULTS: Mortality did not differ (random-effects relative risk [RR], 1.14; 95% CI, 0.98-1.33; "
                "p=0.811; "
     "I2=0%)."),
    ("DIFFERENCE_INTERVAL", "RESULTS: There was no difference between the doses, except for deterioration (0.63 "
     "[0.14-2.72])."),
    ("RATIO_DIRECTION", "RESULTS: Embolism was less frequent with the balloon (6/80, 7.5% vs. 20/70, 28.6%; OR, "
                        "4.9; 95% "
     "CI, 1.8-13.1; P < 0.001)."),
    ("RATIO_OF_SHARES", "RESULTS: Overall, 5,200 (9.1%) of 57,143 reported distress and, while 78.5% received a "
                        "drug, the "
     "unmarried (OR=0.67: 95%CI=0.61-0.73), the unemployed (OR=0.65: 95%CI=0.53-0.81) and the old (OR=0.88: "
     "95%CI=0.79-0.98) were less likely to receive it."),
    ("RELATIVE_CHANGE", "RESULTS: Each percentage point increase in spending was associated with drinking, RR = 1.005 "
     "(95% CI 1.002 to 1.008), which translates to a 14.2% increase in risk for the average person."),
    # dates and ages
    ("DATES", "METHODS: All reviews published in November to September 2017 were retrieved."),
    ("DATES", "RESULTS: More dogs had a second injection within 12 months between 2014 and 2017."),
    ("ELIGIBILITY_CONTRADICTS", "METHODS: To study how pupils see senior teachers (aged >55), we interviewed 30 pupils "
     "(mean age 17 ±1 years)."),
    # correlations
    ("P_OF_CORRELATION", "METHODS: Twenty-three women took part in each group. RESULTS: In both groups together "
                         "(n = 46), "
     "fat was correlated with HDL (r = 0.35, p < 0.05)."),
    ("P_OF_CORRELATION", "METHODS: We examined 38 patients. RESULTS: The new method agreed better (r = 0.4 vs. "
                         "r = 0.2, "
     "P < .01)."),
    ("P_OF_CORRELATION", "RESULTS: Five patients (19.2%) relapsed. Those with a relapse had a low count (5 "
                         "patients, r = "
     ".55, p < .001)."),
    # significance
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: The new reading showed a significant correlation (R2 /P: 0.531/0.017) with "
     "histology."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: Similarly, neither the response rates nor the remission rates significantly "
     "differed among the groups (χ2=2.59, p=0.28; χ2=1.66, p=0.44)."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: There may be an independent association with smoking (OR 2.59, 95% "
                                 "CI 0.89 to "
     "7.55, P = 0.08)."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: The rich were more likely to be watched in the North (OR 1.47, 95%CI "
     "1.39-1.55) but not in the South (OR 0.85, 95%CI 0.73-0.98)."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: Although pain did not change over time, use of drugs fell from 46 to "
                                 "28% (p < "
     "0.005) and sleep improved (p < 0.05). CONCLUSIONS: Pain did not improve over time."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: Fewer tablets were used after knees than shoulders (P < .001). "
                                 "CONCLUSIONS: We "
     "recommend prescribing no more than 20 tablets after knees."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: Time to endoscopy was insignificantly longer in the second year. "
                                 "Dual treatment "
     "improved (p = 0.02). CONCLUSIONS: The programme had no effect on time to endoscopy."),
    # directions
    ("DIRECTION_CONTRADICTS", "RESULTS: Workers aged 19-21 (129.0 and 409.3) had higher claim rates than "
                              "workers aged 14-18 "
     "(80.6 and 297.0)."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Near-remission was more frequent than remission (25.6% and 26.9% at the "
                              "two time "
     "points)."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Levels lower or higher than the median were found in 47.2 and 52.8% of "
                              "patients."),
    ("DIRECTION_CONTRADICTS", "RESULTS: It was the commonest form in the paediatric group but less common in the adult "
     "group (30.5 vs. 0%, p = 0.01)."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Tumour weights were reduced ranging from 35 to 65%."),
    # numbers of something else
    ("AT_RISK", "BACKGROUND: Patients at risk are treated early. The definition was amended in 2006, 2010, and 2015."),
    ("REGRESSION_T", "RESULTS: Both markers were associated with decline (B = 0.125, 95% CI 0.020 to 0.230, and "
                     "B = 0.272, "
     "95% CI 0.170 to 0.374, with p = 0.019 and < 0.001 respectively)."),
    ("REGRESSION_INTERVAL", "RESULTS: The indirect effect through distress (b = 0.13, 95% CI 0.060 to 0.226) was "
     "significant."),
    ("STANDARD_ERROR", "RESULTS: The indirect effect (b = 0.13, SE = 0.043, 95% CI 0.046 to 0.214) was "
                       "significant (R2 = "
     ".41, F[3, 195] = 45.2, p < .001)."),
    ("R_SQUARED", "RESULTS: Both models were significant (R2 = .21-.34; F[2, 197] = 51.1-52.8, p < .001)."),
    ("OUT_OF_ORDER", "RESULTS: The receiver operating curve showed an AUC of 0.7 (59; 80.8%)."),
    ("OUT_OF_ORDER", "RESULTS: Other serotypes increased in the first 3 years of the study (17.1-22.9%), then "
                     "fell to 4.6%."),
    ("OUT_OF_ORDER", "RESULTS: The area of hybrid maize increased by 49% (9,811-14,619 ha)."),
    ("OUT_OF_ORDER", "RESULTS: The spores measured 16.5 to 30.5 × 5 to 8.5 μm (mean = 23.2 × 6.3 μm, n = 50)."),
    ("P_OF_MEANS", "METHODS: We examined 17 (12 men/5 women) patients and 17 age- and sex-matched controls. RESULTS: "
     "Patients had a lower score (1.31 ± 0.11 vs. 1.43 ± 0.07, p = 0.0006)."),
)  # fmt: skip

FOUND = (
    ("GROUPS", "RESULTS: Of the 205 patients, 140 were men and 55 were women."),
    ("COUNT_PERCENT", "METHODS: Thirty-six children were included. RESULTS: Six patients (19.6%) of the 36 were on "
     "dialysis."),
    ("DIFFERENCE_TOLD", "RESULTS: Stay was 6.12 ± 2.30 days with one and 5.74 ± 2.25 days with two, a "
                        "difference of 1.38 "
     "days."),
    ("DIFFERENCE_P", "RESULTS: The mean difference was 12.4 mL (95% CI, 0.9-23.9 mL; P = .0003)."),
    ("RATIO_P", "RESULTS: Mortality did not differ (relative risk [RR], 1.14; 95% CI, 0.98-1.33; p=0.811)."),
    ("RATIO_DIRECTION", "RESULTS: Embolism was less frequent with the balloon (OR, 4.9; 95% CI, 1.8-13.1; P < 0.001)."),
    ("DATES", "METHODS: All patients seen from December 2016 to October 2016 were enrolled."),
    ("P_OF_CORRELATION", "METHODS: We examined 38 patients. RESULTS: Age was correlated with height (r = 0.2, P "
                         "< .01)."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: The response rates significantly differed among the groups (χ2=2.59, "
                                 "p=0.28)."),
    ("SIGNIFICANCE_CONTRADICTS", "RESULTS: Pain fell more with the drug (p < 0.005). CONCLUSIONS: The drug did "
                                 "not reduce "
     "pain."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Claims were higher in young workers than in old workers (80.6% vs 97.0%)."),
    ("AT_RISK", "RESULTS: The numbers at risk were 206, 210, and 150."),
    ("REGRESSION_INTERVAL", "RESULTS: Age was associated with decline (b = 0.13, 95% CI 0.110 to 0.226)."),
    ("OUT_OF_ORDER", "RESULTS: The receiver operating curve showed an AUC of 0.7 (95% CI 0.79 to 0.88)."),
)  # fmt: skip


DOUBTLESS = (
    ("P_OF_PERCENTAGES", "RESULTS: A total of 97 patients and 130 controls were recruited. Antibodies were "
                         "found more often in "
     "patients (25.77% vs 11.54%, p = .005)."),
    ("SUPERIOR_WITHOUT_COMPARISON", "The drug was more effective than aspirin in one study. It is contraindicated in "
     "uncontrolled hypertension. CONCLUSIONS: The drug is more effective than aspirin."),
    ("REGISTERED_LATE", "METHODS: In this study all patients were retrospectively registered."),
    ("RATIO_DIRECTION", "RESULTS: Those with a low calcium intake had a higher risk of fracture (OR 1.77, 95% "
                        "CI 1.02-3.07) "
     "and falls (OR 1.51, 95% CI 1.04-2.18). CONCLUSIONS: Calcium intake is associated with a lower risk of fracture."),
    ("DIRECTION_CONTRADICTS", "RESULTS: Of men 51% and of women 54% came late. CONCLUSIONS: A positive screen "
                              "was associated "
     "with a greater prevalence of coming late among men."),
    ("CAUSAL_WORDS", "BACKGROUND: Previous uncontrolled studies were promising. METHODS: In a double-blind "
                     "design the drug or "
     "saline was given. CONCLUSIONS: These findings show that lidocaine is effective."),
)  # fmt: skip
DOUBTED = (
    ("DIRECTION_CONTRADICTS", "RESULTS: Mortality was higher in patients treated in other centres (2.2% vs. "
                              "26.3%; p = 0.007)."),
    ("P_OF_PERCENTAGES", "METHODS: Sixty patients were enrolled and analysed. RESULTS: Relapse was more common with "
     "the drug than with placebo (45.0% vs 40.0%; P = 0.005)."),
    ("SUPERIOR_WITHOUT_COMPARISON", "METHODS: We gave the drug in an uncontrolled study. RESULTS: Pain "
                                    "fell.\nCONCLUSIONS: "
     "The drug is more effective than aspirin."),
    ("REGISTERED_LATE", "TRIAL REGISTRATION: NCT01234567, retrospectively registered."),
    ("CAUSAL_WORDS", "METHODS: In this uncontrolled study the drug was given. CONCLUSIONS: These findings show "
                     "that lidocaine "
     "is effective."),
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), LEFT, ids=[f"{i}-{c}" for i, (c, _) in enumerate(LEFT)])
def test_what_is_true_of_the_print_is_left_alone(code: str, text: str) -> None:
    assert code not in codes(text)


@pytest.mark.parametrize(("code", "text"), FOUND, ids=[f"{i}-{c}" for i, (c, _) in enumerate(FOUND)])
def test_the_twin_that_contradicts_itself_is_found(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(("code", "text"), DOUBTLESS)
def test_no_concern_where_the_words_are_of_something_else(code: str, text: str) -> None:
    assert code not in doubts(text)


@pytest.mark.parametrize(("code", "text"), DOUBTED)
def test_the_twin_concern_is_raised(code: str, text: str) -> None:
    assert code in doubts(text)
