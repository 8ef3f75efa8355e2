"""Ledgers, columns, rungs, lists and bases told in ordinary prose: each row misses with one number, and then fits."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document

CODES = {
    "FLOW", "GROUPS", "SUBGROUPS", "COUNT_EXCEEDS", "GROUP_EXCEEDS", "COUNT_PERCENT", "RATE", "DATES",
    "ALLOCATION_RATIO", "PROPORTION_INTERVAL",
}  # fmt: skip


def codes(text: str) -> set[str]:
    document = read_document("paper", f"A study of an invented disease\n\nAbstract\n\nResults: {text}\n")
    return {f.code for f in judge(document) if f.severity in ("error", "inconsistent")} & CODES


LEDGERS = (
    # wrong, right
    ("Ninety-one flocks were visited. Nine owners declined, six flocks were too small and excluded and two had "
     "moved, which "
     "left {}.", "76", "74"),
    ("The school sent 214 consent forms home. Nineteen were not signed, eight parents refused and five pupils "
     "moved away, "
     "leaving {} for the survey.", "192", "182"),
    ("Of 640 cows entered, 22 were culled for mastitis and removed, 13 died and 9 were lost; the remaining {} "
     "were followed to "
     "calving.", "569", "596"),
    ("The cohort numbered 530 nurses. Twelve withdrew, seven emigrated and 31 did not reply, which left "
     "{}.", "408", "480"),
    ("A total of 75 volunteers were screened, of whom 11 were ineligible and 4 withdrew consent; hence {} were dosed.",
     "64", "60"),
    ("Twenty-four runners were enrolled. One left because of a sprain and one because of fever, both in period "
     "1; {} completed "
     "the trial. Cramps were told by 8 of 22 in period 2.", "20", "22"),
    ("The home arm comprised 186 stroke survivors. Eleven withdrew consent, a further six could not be traced, and the "
     "remaining {} were assessed by a masked therapist.", "196", "169"),
    ("Forty-eight dogs entered the study. Three were lost to follow-up and two died of other causes, so that {} "
     "completed the "
     "8-week diet.", "forty-five", "forty-three"),
    ("After 312 duplicates had been removed, 1,174 titles were screened and 1,089 discarded; {} full texts were "
     "retrieved, of "
     "which 61 were excluded, leaving 24 studies.", "95", "85"),
    ("We invited 402 farmers. Fifty-eight declined and 21 could not be reached, leaving {} for "
     "interview.", "332", "323"),
    ("At month 6, response was complete in 21 and partial in 17 of the 62 patients; the remaining {} did not respond.",
     "42", "24"),
    ("The series held 118 foals: 14 were excluded for sepsis, 5 were transferred elsewhere, and {} "
     "remained.", "90", "99"),
)  # fmt: skip
LISTS = (
    ("Stay: 6 days [5; 8] vs. 7 days [6; 10]. Of the 85 cows with a fever, 53 had grade I, {} grade II and 3 died.",
     "24", "29"),
    ("The fever took 5 days. Of the 85 cows with it, 53 had grade I, {} grade II and 3 died.", "24", "29"),
    ("Treatment had been stopped by {} patients at the end of follow-up: 14 for lack of effect, 9 for adverse "
     "events, 5 "
     "because of a move, and 3 for cost.", "41", "31"),
    ("Sixty-one articles were rejected after full-text reading because of wrong population (22), no comparator "
     "(17), abstract "
     "only ({}), or overlapping cohorts (9); one reason was recorded for each.", "31", "13"),
    ("Surgery was cancelled in {} cases on account of fever (11), no bed (14), patient's refusal (7) and theatre "
     "overrun (5).",
     "47", "37"),
    ("Seventeen pigs were removed from the trial because of lameness ({}), weight loss (5), or tail biting "
     "(3).", "6", "9"),
    ("Follow-up ended early in {} patients: 21 for lack of benefit, 13 for adverse events, 5 because of a move, "
     "and 3 for "
     "unknown reasons.", "52", "42"),
    ("Serious adverse events befell 51 of 205 recipients; {} of these 51 discontinued the drug on that "
     "account.", "59", "19"),
)  # fmt: skip
COLUMNS = (
    ("Outpatient care cost €1,412 with the clinic and €688 in the comparator; inpatient care cost €2,583 and "
     "€4,210; and drugs "
     "cost €935 and €902. The total cost came to {} and €5,800.", "€4,390", "€4,930"),
    ("Counting repeat admissions there were 71 and 109. Bed-days amounted to 568 and 981, a mean stay of 8.0 and "
     "{} days per "
     "admission.", "10.9", "9.0"),
    ("The two breeds had 35 and 42 litters. Piglets born alive totalled 413 and 483, on average 11.8 and {} per "
     "litter.",
     "15.1", "11.5"),
    ("Drug costs were $310 and $295, staff costs $1,240 and $1,180 and overheads $150 and $145; total costs were "
     "therefore "
     "$1,700 and {} per patient.", "$1,602", "$1,620"),
    ("Energy from breakfast was 420 v 390 kcal, from lunch 640 v 655 kcal and from dinner 710 v 700 kcal, in "
     "total 1770 v {} "
     "kcal a day.", "1754", "1745"),
    ("Methane from feed was 12.4 g with seaweed and 18.9 g without, from manure 3.1 g and 3.6 g; total methane "
     "15.5 g and {} "
     "g.", "25.2", "22.5"),
    ("Ward care cost £2,140 in the early arm against £2,980 in the late arm, intensive care £890 against £1,310, "
     "and imaging "
     "£210 against £205. Overall costs were {} and £4,495.", "£3,420", "£3,240"),
    ("Table 1. Participant flow\n\tStepped care\tUsual care\nRandomised\t164\t161\nWithdrew consent\t7\t5\nLost "
     "to follow-up\t13"
     "\t16\nDied\t2\t1\nAnalysed at 12 months\t{}\t139\n", "162", "142"),
)  # fmt: skip
RUNGS = (
    ("{} participants had toxicity, graded by its worst episode as 1 in 13, 2 in 9, 3 in 8 and 4 in 2.", "Twenty-nine",
     "Thirty-two"),
    ("Modified Rankin scores in the thrombectomy group (n = 103) were: 0, 12 patients; 1, 19; 2, 22; 3, 18; 4, "
     "14; 5, 5; and "
     "6, {}.", "31", "13"),
    ("Complications (Clavien-Dindo) developed in {} patients: grade I in 17, II in 21, IIIa in 6, IIIb in 4, IV "
     "in 3 and V in "
     "1.", "62", "52"),
    ("Fractures were seen on radiographs of {} patients: one in 92 patients, two in 20, and three in 2.", "104", "114"),
)  # fmt: skip
BASES = (
    ("Milking was stopped in {} of 63 cows (33.3%), at a median of 7 weeks (IQR, 4 to 13).", "12", "21"),
    ("Patients were randomised to mesh (n=118) or suture (n=121). In the per-protocol set recurrence was seen in "
     "{} versus "
     "20/115 (17.4%).", "9/131 (6.9%)", "9/113 (8.0%)"),
    ("302 women were allocated to balloon (n = 150) or gel (n = 152). Caesarean section was needed by 31 of 150 "
     "(20.7%) and {}, "
     "respectively.", "41 of 169 (24.3%)", "41 of 149 (27.5%)"),
    ("After randomisation of 412 adults, 205 to coaching and 207 to leaflets, quit rates at 6 months were 61/205 "
     "(29.8%) and "
     "{}.", "38/227 (16.7%)", "38/207 (18.4%)"),
    ("A total of 143 women were assigned to misoprostol and 139 to balloon. Delivery within 12 h was achieved by "
     "{} of them, "
     "respectively (39.9% and 27.3%).", "38 and 57", "57 and 38"),
    ("Predictive value was {} [66.3; 82.7], i.e. 88/117.", "95.2%", "75.2%"),
    ("Uptake was {} (95% CI 47.2 to 60.0), that is, 126 of 235.", "63.6%", "53.6%"),
    ("Among the 437 twelve-year-olds examined by the two calibrated dentists (mean DMFT 1.9), 118 were free of "
     "caries into "
     "dentine, that is {}.", "34.0 per cent", "27.0 per cent"),
    ("Of 96 foals (median age 3 days), 33 had a positive blood culture on admission, i.e. {}.", "43.4%", "34.4%"),
    ("ESBL was found in 37 of 212 residents (17.5%, CI95 = {}, 23.1).", "18.9", "12.9"),
    ("Eligible patients were randomised 2:1 to drug (n={}.", "206) or placebo (n=410)", "410) or placebo (n=206)"),
    ("Losses of at least 5%, 10% and 15% of weight were attained by 83.5%, {} and 47.9% of the "
     "dogs.", "86.1%", "68.1%"),
    ("Five-year death-censored graft survival was {} and overall graft survival 84.6%.", "81.3%", "88.3%"),
    ("During 1204 patient-years, 57 deaths occurred (drug 23/301, control {}/297; median follow-up 2.0 "
     "years).", "43", "34"),
    ("Thirty-one infections were seen (soap 12/140, gel {}/138).", "91", "19"),
    ("Of 1204 diagnosed, 1011 were linked to care; 938 started on treatment, of whom {} were "
     "suppressed.", "964", "694"),
)  # fmt: skip
LEFT_ALONE = (
    "Thus 190 goats were randomised, 96 to grass and 94 to hay. Seven were sold before the end, leaving 92 and 91.",
    "Of 200 women invited, 30 declined; 20 of these changed their mind, leaving 190.",
    "We screened 500 and excluded 120, and 60 were randomly selected from the remaining 380 for interview.",
    "Of 88 athletes, three tore a ligament and two were lost, so that about 80 ran the final test.",
    "Of 300 patients, 20 died and 12 were lost; 250 completed the questionnaire.",
    "Forty patients were enrolled. Five withdrew and were replaced, leaving 40 for analysis.",
    "Of 60 patients, 6 were excluded, leaving 102 eyes.",
    "Ninety were approached; nine declined, of whom four were ineligible, leaving 81.",
    "Of 150 records, 40 were removed: 25 duplicates and 15 abstracts, leaving 110.",
    "Treatment was stopped by 41 patients: mainly for lack of effect (14), adverse events (9), and cost (3).",
    "Death was due to cancer in most of 89 patients (39; 43.8%), followed by infection (20; 22.5%) and stroke "
    "(13; 14.6%).",
    "Toxicity occurred in 29 patients; grade 1 events in 13, grade 2 in 9, grade 3 in 8 and grade 4 in 2.",
    "Pain was scored in 60 patients as 1 in 13, 2 in 9, 3 in 8 and not recorded in the others.",
    "At weeks 1, 2 and 3, 12, 14 and 18 patients of 60 were seen.",
    "Rates were 4.0 and 6.0 per fall. There were 12 and 19 falls over 192 and 366 days, a mean of 16.0 and 19.3 "
    "days per fall.",
    "Median cost was €1,412 and €688 for care and €935 and €902 for drugs; the total was €2,100 and €1,400.",
    "Deaths were 12 and 15, strokes 8 and 9; in total 18 and 24 patients had an event.",
    "Patients were assigned to mesh (n=118) or suture (n=121). Infection was seen in 9 of 131 eyes and 20 of 140 eyes.",
    "Children were assigned to A (n = 88) or B (n = 90). Of those screened, 14 of 198 (7%) and 25 of 289 (9%) "
    "had anaemia.",
    "Patients were randomised 2:1 to drug or placebo; placebo was given to 206 and the drug to 410.",
    "Of 1204 people in 12 towns, of whom 694 were women, 30 fell ill.",
    "Uptake was 53.6% (95% CI 47.2 to 60.0), that is, 126 of 235.",
    "Among the 437 children seen by two dentists, 118 of the 347 with data (34.0%) had caries.",
    "Table 1. Flow\n\tA\tB\nRandomised\t164\t161\nWithdrew\t7\t5\nLost\t13\t16\nAnalysed\t150\t150\n",
)  # fmt: skip
REVIEW = (
    "A review of trials of an invented drug\n\nAbstract\n\nResults: The six trials, published from 2006 to {}, "
    "enrolled 1650 "
    "patients.\n\nTrial\tDrug\tControl\nAronsen 2006\t14/88\t21/90\nBellini 2009\t9/61\t16/59\nChoi "
    "2011\t22/140\t27/138\n"
    "Dufresne 2013\t31/205\t52/208\nEze 2016\t6/47\t11/48\nFarrow 2018\t40/262\t49/259\n"
)
STRATA = (
    "A trial of an invented drug\n\nResults\n\nTable 3: Primary endpoint in subgroups\nSubgroup\tDrug, "
    "events/N\tPlacebo, "
    "events/N\nAge <70 years\t42/154\t55/171\nAge ≥70 "
    "years\t37/168\t52/149\nWomen\t19/{}\t35/128\nMen\t60/211\t72/192\n"
    "Diabetes\t25/112\t53/136\nNo diabetes\t54/210\t54/184\nLow\t37/152\t60/157\nHigh\t42/170\t47/163\n"
)


@pytest.mark.parametrize(("text", "wrong", "right"), LEDGERS + LISTS + COLUMNS + RUNGS + BASES)
def test_what_misses_is_found_and_what_fits_is_left_alone(text: str, wrong: str, right: str) -> None:
    assert codes(text.format(wrong))
    assert not codes(text.format(right))


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_has_an_innocent_reading_is_left_alone(text: str) -> None:
    assert not codes(text)


@pytest.mark.parametrize(
    ("text", "code", "wrong", "right"), [(REVIEW, "DATES", "2016", "2018"), (STRATA, "SUBGROUPS", "131", "111")]
)
def test_tables_against_what_is_told(text: str, code: str, wrong: str, right: str) -> None:
    def found(number: str) -> set[str]:
        return {
            f.code
            for f in judge(read_document("paper", text.format(number)))
            if f.severity in ("error", "inconsistent")
        }

    assert code in found(wrong)
    assert code not in found(right)
