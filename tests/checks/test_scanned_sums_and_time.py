"""Sums, flow, wholes, dates, durations and ages told in running text: what is found, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from evsynth.checks.scanned.calendar import ages, follow_up, lasted, sequence
from evsynth.checks.scanned.calendar.durations import durations, ordinal
from evsynth.checks.scanned.facts.lists import entries, tallies
from evsynth.checks.scanned.reading import Reading, reading
from evsynth.checks.scanned.told import (
    exceeding,
    flow,
    quartiles,
    recounted,
    responses,
    schedules,
    sums,
    sums_behind,
    wholes,
)
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

CHECK: dict[str, Callable[[Reading], Iterable[Finding]]] = {
    "ages": ages.ages,
    "exceeding": exceeding.exceeding,
    "flow": flow.flow,
    "follow_up": follow_up.follow_up,
    "lasted": lasted.lasted,
    "quartiles": quartiles.quartiles,
    "recounted": recounted.recounted,
    "responses": responses.responses,
    "schedules": schedules.schedules,
    "sequence": sequence.sequence,
    "sums": lambda r: (*sums.sums(r), *sums_behind.sums_behind(r)),
    "wholes": wholes.wholes,
}


def found(check: str, text: str) -> list[Finding]:
    """Run one check on an abstract."""
    subject = reading(read_document("x", f"A trial of one drug in adults with a disease\n\nAbstract\n{text}\n"))
    return list(CHECK[check](subject))


FOUND = (
    (
        "sums",
        "FLOW",
        "Of 214 patients, 21 stopped for lack of efficacy (12), adverse events (6), loss to follow-up "
        "(4) or pregnancy (2).",
    ),
    (
        "sums",
        "GROUPS",
        "At six centers in the Netherlands (three), Belgium (two), and the United Kingdom (two), we assigned adults.",
    ),
    ("sums", "GROUPS", "The five dose levels enrolled 3, 4, 6, 12 and 6 patients, a total of 33."),
    (
        "sums",
        "GROUPS",
        "Twenty-three trials with 4871 participants were included: fourteen from Asia, six from Africa "
        "and four from Latin America.",
    ),
    (
        "sums",
        "FLOW",
        "The other 14 had left the trial: seven for lack of time, six because knee replacement was "
        "scheduled and three because of unrelated illness.",
    ),
    (
        "sums",
        "FLOW",
        "In the rehabilitation group 17 had no 90-day visit (9 died, 5 withdrew, 6 could not be traced),"
        " and in the usual-care group 23 had none (12 died, 7 withdrew, 4 could not be traced).",
    ),
    ("sums", "GROUPS", "There were 21 relapses, 5 in the CNI group and 14 in the conventional group."),
    (
        "sums",
        "GROUPS",
        "Three patients (4.1%) died in the first group and ten (8.5%) in the second, p=0.38, making an "
        "overall mortality of 6.8% (15 deaths).",
    ),
    (
        "sums",
        "GROUPS",
        "In 2022, patients failed to attend 3590 in-person (16.0%), 1929 video (10.0%), and 377 "
        "telephone appointments (12.0%), which gives 5986 missed appointments.",
    ),
    ("sums", "FLOW", "Fifteen were not enrolled (BP outside the limits in 9, refusal in 4, atrial fibrillation in 4)."),
    (
        "sums",
        "FLOW",
        "Eight of the 73 (11%) were converted, five for a posterior ulcer and four for haemodynamic instability.",
    ),
    (
        "sums",
        "FLOW",
        "Sixty-four of these did not qualify (wrong population 29, no eligible comparator 18, outcome "
        "not measured 13, repeat publication 6).",
    ),
    ("sums", "GROUPS", "Staff from 12 hospitals (five in France, four in Italy and two in Spain) took part."),
    ("sums", "GROUPS", "A total of 1 204 women were invited: 812 from Lyon, 243 from Nantes and 159 from Brest."),
    ("sums", "FLOW", "We lost 31 participants: 12 moved, 9 died, 13 withdrew consent."),
    ("sums", "GROUPS", "Fractures numbered 14 with the drug and 23 with placebo, 39 in all."),
    ("sums", "FLOW", "Nine grafts were lost - four in the perfusion group and six in the control group."),
    (
        "sums",
        "FLOW",
        "Reasons for exclusion of the 88 patients were refusal (n = 40), age (n = 28), and language (n = 30).",
    ),
    (
        "sums",
        "GROUPS",
        "Registers held 32 418 adults with topical treatment (mild, n = 26 905) or systemic therapy "
        "(severe, n = 6513).",
    ),
    (
        "sums",
        "FLOW",
        "Nineteen of the 84 fractures failed to unite: 11 in smokers, 6 in non-smokers and 4 in patients"
        " of unknown status.",
    ),
    ("sums", "GROUPS", "Deaths numbered 34: 21 cardiac, 9 cancer, 6 other."),
    ("sums", "GROUPS", "Sixty-two patients were included, 30 in group A and 34 in group B."),
    ("sums", "GROUPS", "Fifty patients, 31 men and 17 women, were included."),
    ("recounted", "GROUPS", "Of 1,500 invited, 1,020 responded (68%); 620 were women and 420 men."),
    (
        "recounted",
        "GROUPS",
        "Outcomes were cure in 548, completion in 223, death in 117, loss in 79 and failure in 42; hence"
        " treatment was successful in 771 and unfavourable in 220.",
    ),
    ("recounted", "FLOW", "Then 9 were withdrawn by caregivers (2 per group)."),
    (
        "wholes",
        "PARTS_FALL_SHORT",
        "Among 1128 patients, the algorithm assigned 612 patients (54.3%) to rule-out, 323 (29.4%) to "
        "observe, and 184 (16.3%) to rule-in.",
    ),
    (
        "wholes",
        "PARTS_EXCEED",
        "The 44 patients were asked: 27 patients (61%) favoured cool dialysate, 13 (23%) favoured "
        "standard, and 7 (16%) had no preference.",
    ),
    (
        "wholes",
        "PARTS_EXCEED",
        "Of 514 doctors, 271 (52.7%) were women, 402 (78.2%) worked in towns and 132 (25.7%) in the countryside.",
    ),
    ("wholes", "PARTS_EXCEED", "In 400 adults, 40 (10.0%) were underweight, 200 (50.0%) normal and 188 (47.0%) obese."),
    (
        "wholes",
        "PARTS_EXCEED",
        "We studied 46 patients. Concomitant mycophenolate was continued in 27 (59%) patients, "
        "azathioprine in six (13%); the other 15 (33%) received prednisone alone.",
    ),
    (
        "wholes",
        "PARTS_EXCEED",
        "Of 250 eyes, 80 (32.0%) were better, 120 (48.0%) showed no difference and 60 (20.0%) were worse.",
    ),
    (
        "wholes",
        "PARTS_EXCEED",
        "The 318 attacks were mild in 187 (58.8%), moderately severe in 92 (28.9%) and severe in 49 (12.3%).",
    ),
    (
        "flow",
        "FLOW",
        "The searches returned 1946 records, of which 388 were duplicates. Titles and abstracts of the "
        "remaining 1588 were screened and 1471 discarded, leaving 87 reports to be read in full.",
    ),
    (
        "flow",
        "FLOW",
        "Of 84 patients, 25 were excluded: 11 had no spirometry at 12 months, 8 had received rituximab "
        "and 4 had died. The remaining 49 patients were analysed.",
    ),
    (
        "flow",
        "FLOW",
        "We screened 1,146 patients. Of these, 702 were not enrolled: 468 did not meet the criteria, 187"
        " declined and 47 were discharged before they could be asked. The remaining 454 were randomised.",
    ),
    ("flow", "FLOW", "A total of 283 children were randomised; 9 were withdrawn, leaving 279 in the analysis."),
    ("flow", "FLOW", "In all 671 agreed. Twenty-one samples were insufficient, so that 640 were studied."),
    ("flow", "FLOW", "We enrolled 150 adults. Twelve were lost to follow-up, leaving 142 for analysis."),
    (
        "flow",
        "FLOW",
        "On 1 October 2022 the units had 884 people on their lists. Seventy-one had been dialysed for "
        "under three months or were under 18, and 35 could not be interviewed, which left 798 eligible.",
    ),
    ("flow", "FLOW", "We identified 545 women. Seventeen had chorioamnionitis and were excluded; 518 were analysed."),
    (
        "flow",
        "FLOW",
        "Of 203 patients, 112 had never been prescribed MMF, 21 had another connective tissue disease "
        "and 18 had no baseline HRCT, which left 62 patients.",
    ),
    ("flow", "FLOW", "Of 1018 patients registered, 27 were transferred out and had no outcome, which left 981."),
    (
        "flow",
        "FLOW",
        "Two hundred and six adults were invited. Forty-one declined and eight could not be reached; the"
        " final sample comprised 167 adults.",
    ),
    ("flow", "FLOW", "We enrolled 96 women, but 11 left before delivery, so 75 were analysed."),
    ("flow", "FLOW", "A total of 418 articles were retrieved. After removing 96 duplicates, 312 were screened."),
    ("exceeding", "GROUP_EXCEEDS", "Prophylaxis was given with ganciclovir in 29 of the 24 triple-therapy patients."),
    ("exceeding", "GROUP_EXCEEDS", "Pneumonia was seen in twelve of nine patients with placebo."),
    (
        "exceeding",
        "GROUP_EXCEEDS",
        "Thus 528 sessions were scheduled under each condition. In all, 517 cool and 541 standard "
        "sessions were delivered.",
    ),
    (
        "exceeding",
        "GROUP_EXCEEDS",
        "Three women were readmitted and five had re-operation; all five were among those readmitted.",
    ),
    ("exceeding", "EVENTS_FEWER", "There were 9 serious infections in 11 patients (24%)."),
    ("exceeding", "EVENTS_FEWER", "Falls: 12 falls occurred in 15 residents (18.2%)."),
    (
        "responses",
        "PARTS_EXCEED",
        "The ORR was 38.2% (21 of 55; 95% CI, 25.4% to 52.3%), including four complete and 17 partial "
        "responses. Twenty-five patients had stable disease, 10 had progressive disease, and four died "
        "or stopped treatment before the first scan, for a disease control rate of 74.5%.",
    ),
    (
        "responses",
        "PARTS_FALL_SHORT",
        "The five dose levels enrolled 3, 4, 6, 12 and 6 patients, a total of 31. Best response was "
        "partial in seven (23%), stable disease in eleven and progression in nine; two could not be "
        "evaluated. The disease control rate, partial responses and stable disease combined, was 65% (20"
        " patients).",
    ),
    (
        "responses",
        "PARTS_EXCEED",
        "Of 40 patients, 2 (5%) had a complete response, 10 (25%) a partial response, 18 (45%) stable "
        "disease and 14 (35%) progressive disease.",
    ),
    (
        "quartiles",
        "OUT_OF_ORDER",
        "Hospital stay had a median of 6 days (quartiles 5 and 9) following laparoscopy and 9 days "
        "(quartiles 10 and 14) following laparotomy.",
    ),
    ("quartiles", "NUMBER_IMPOSSIBLE", "Median attendance was 29 of 36 sessions (interquartile range 22-41)."),
    ("quartiles", "OUT_OF_ORDER", "The median delay was 12 days (IQR, 14 to 21)."),
    ("quartiles", "OUT_OF_ORDER", "Median age was 61 years (range, 63-84)."),
    ("quartiles", "OUT_OF_ORDER", "The score was 7 [IQR 8; 11] at entry."),
    ("quartiles", "OUT_OF_ORDER", "Mean duration was 45 min (range 50 to 120 min)."),
    ("quartiles", "NUMBER_IMPOSSIBLE", "Patients took a median of 11 of 12 doses (range 4 to 14)."),
    ("lasted", "DATES", "Recruitment began in June 2016 and was completed in November 2018 after 20 months."),
    (
        "lasted",
        "DATES",
        "We contrasted the 12 months beforehand (1 September 2017 to 31 August 2018) with the 12 months "
        "from 1 October 2018 until 30 June 2019.",
    ),
    ("lasted", "DATES", "The study ran for 18 months, from January 2015 to December 2017."),
    ("lasted", "DATES", "Patients were recruited between March 2012 and August 2013 (30 months)."),
    ("lasted", "DATES", "Over a three-year period (January 2010 to December 2015), all adults were enrolled."),
    ("lasted", "DATES", "Enrolment started on 4 May 2014 and ended on 3 May 2016, i.e. three years."),
    ("lasted", "DATES", "The survey lasted six weeks, from 1 March 2020 to 30 June 2020."),
    ("lasted", "DATES", "We reviewed the charts of a 10-year period, from 2001 to 2016."),
    (
        "lasted",
        "DATES",
        "Each participant was in the study for 18 weeks: two treatment periods of 6 weeks and a washout of 3 weeks.",
    ),
    (
        "lasted",
        "DATES",
        "The trial took 20 weeks, consisting of a run-in of 2 weeks, a treatment phase of 12 weeks and a"
        " follow-up of 4 weeks.",
    ),
    (
        "follow_up",
        "DATES",
        "Patients were enrolled from March 2016 through September 2019 and each was followed up for 52 "
        "weeks; the date of final follow-up was October 9, 2019.",
    ),
    (
        "follow_up",
        "DATES",
        "All patients transplanted between 1 January 1995 and 31 December 2014 were identified. "
        "Follow-up ended on 31 December 2016. There were 88 214 person-years at risk (mean 9.0 years, "
        "range 0.1-24.6).",
    ),
    (
        "follow_up",
        "DATES",
        "Adults who received a first cycle between March 1, 2014, and Feb 28, 2019 were included. "
        "Follow-up ended on Feb 29, 2020. Median follow-up after rituximab was 25.4 months (IQR "
        "17.9-32.3; range 12.0-83.8).",
    ),
    (
        "follow_up",
        "DATES",
        "Children treated between January 2015 and December 2020 were followed until September 2021. "
        "Median follow-up was 2.3 years (range 1.0-9.4 years).",
    ),
    (
        "follow_up",
        "DATES",
        "In all 444 adults were enrolled. The last participant was randomised on 30 November 2021 and "
        "follow-up of 90 days for all ended on 31 December 2021.",
    ),
    (
        "follow_up",
        "DATES",
        "Enrolment ran from March 2018 to January 2020 and the last 12-week visit took place in February"
        " 2020. Patients were followed for 12 weeks.",
    ),
    ("follow_up", "DATES", "Patients were enrolled from May 2012 to June 2015; follow-up was closed in March 2015."),
    (
        "follow_up",
        "DATES",
        "Women were recruited from 2010 to 2012 and followed until the end of 2014. Median follow-up was 6.2 years.",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "We enrolled children aged 3 to 15 years with suspected appendicitis. Among 412 children (median"
        " age 9 years, interquartile range 6 to 12, range 2 to 15), 138 had appendicitis.",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Participants were 84 316 people aged 40 or over with a first diagnosis of COPD (46.5% (39 207) "
        "women; median age 68, range 34 to 98).",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Adults aged 40 years or older were eligible. The youngest participant was 36 years old and the eldest 88.",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Women aged below 18 years were excluded. Mean age was 27.2 ± 5.1 years (range 16 to 43).",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Adults (18 years or older) with asthma took part. Ages ranged from 16 to 79 years.",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Eligible patients were at least 18 years old. The 46 patients had systemic sclerosis; their "
        "ages ranged from 16 to 79 years.",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "We included women aged 50-65 years. Mean age was 58.2 years (SD 4.1; range, 47-66).",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Men over 60 years of age were invited. They were between 54 and 88 years old.",
    ),
    (
        "ages",
        "ELIGIBILITY_CONTRADICTS",
        "Patients older than 75 years were excluded. The median age was 61 years (range, 22-83 years).",
    ),
    ("schedules", "TIMES_DIFFER", "The total daily dose was 400 mg (150 mg twice daily)."),
    ("schedules", "TIMES_DIFFER", "They trained three times a week for 12 weeks, a total of 32 sessions."),
    ("schedules", "TIMES_DIFFER", "Patients had 48 sessions (twice weekly for 20 weeks)."),
    ("schedules", "TIMES_DIFFER", "Patients took 50 mg three times daily, a total daily dose of 200 mg."),
    ("schedules", "TIMES_DIFFER", "Two sessions per week over 8 weeks (20 sessions) were offered."),
    ("sequence", "DATES", "Trial registered 15 March 2016; recruitment June 2019 to May 2018."),
    (
        "sequence",
        "DATES",
        "Patients were enrolled from 15 January 2018 to 28 February 2020, with an interruption from 16 "
        "March to 11 May 2020.",
    ),
)

LEFT_ALONE = (
    (
        "sums",
        "Of 214 patients, 24 stopped for lack of efficacy (12), adverse events (6), loss to follow-up "
        "(4) or pregnancy (2).",
    ),
    (
        "sums",
        "At seven centers in the Netherlands (three), Belgium (two), and the United Kingdom (two), we assigned adults.",
    ),
    (
        "sums",
        "Twenty patients had adverse events, 14 in the drug group and 9 in the placebo group before "
        "crossover; several had both.",
    ),
    ("sums", "Of 60 patients, 12 in the drug group and 9 in the placebo group died."),
    ("sums", "Among 90 women, 30 had fever, 20 had cough and 12 had rash."),
    ("sums", "The 31 patients were excluded for missing data (12), including 8 without weight, and refusal (19)."),
    ("sums", "Fourteen patients (8 women, 3 smokers, 5 with diabetes) died."),
    ("sums", "We assessed 120 patients (mean age 60 years) in 3 hospitals: 40 men and 80 women."),
    ("sums", "Complications were seen in 15 patients: wound infection in 9, pneumonia in 6 and bleeding in 5."),
    (
        "sums",
        "Three patients (4.1%) died in the first group and ten (8.5%) in the second, p=0.38, making an "
        "overall mortality of 6.8% (13 deaths).",
    ),
    (
        "sums",
        "Registers held 32 418 adults with topical treatment (mild, n = 26 905) or systemic therapy "
        "(severe, n = 5513).",
    ),
    ("recounted", "Of 1,500 invited, 1,020 responded (68%); 620 were women and 400 men."),
    (
        "recounted",
        "Outcomes were cure in 548, completion in 223, death in 117, loss in 79 and failure in 42; hence"
        " treatment was successful in 771 and unfavourable in 238.",
    ),
    ("recounted", "Eight patients were excluded (2 per group)."),
    (
        "wholes",
        "Among 1128 patients, the algorithm assigned 612 patients (54.3%) to rule-out, 332 (29.4%) to "
        "observe, and 184 (16.3%) to rule-in.",
    ),
    (
        "wholes",
        "Of 121 OCS users, 50 (41.3 %) had come off OCS, 41 (33.9 %) had lowered the dose and 30 (24.8 "
        "%) had not changed it.",
    ),
    ("wholes", "In 400 adults, 140 (35.0%) had pain, 200 (50.0%) fever and 188 (47.0%) cough."),
    ("wholes", "Of 90 patients, relapse was seen in 12 (40%) with A, 9 (30%) with B and 8 (27%) with placebo."),
    ("flow", "We enrolled 96 women, but 11 left before delivery, so 85 were analysed."),
    ("flow", "A total of 418 articles were retrieved. After removing 96 duplicates, 322 were screened."),
    (
        "flow",
        "The searches returned 1946 records, of which 388 were duplicates. Titles and abstracts of the "
        "remaining 1558 were screened and 1471 discarded, leaving 87 reports to be read in full.",
    ),
    (
        "flow",
        "We screened 1,146 patients. Of these, 702 were not enrolled: 468 did not meet the criteria, 187"
        " declined and 47 were discharged before they could be asked. The remaining 444 were randomised.",
    ),
    (
        "flow",
        "We screened 41 people. Fifteen were not enrolled (BP outside the limits in 9, refusal in 4, "
        "atrial fibrillation in 2). Twenty-six were randomised, 13 to each sequence.",
    ),
    (
        "flow",
        "Of 259 patients, 41 had low-confidence disease, 22 had active cancer and 12 were lost before "
        "the index visit, leaving 184.",
    ),
    (
        "flow",
        "In 158 patients MI was found. Of those assigned to rule-in, 139 had MI. The remaining 18 MIs "
        "fell in the observe zone.",
    ),
    (
        "flow",
        "Of 1,246 records, 1,012 remained after removal of 234 duplicates; 58 full texts were read and "
        "51 excluded. Seven trials were included.",
    ),
    ("flow", "We enrolled 150 adults. Twelve were lost to follow-up and three died, leaving 135 for analysis."),
    ("flow", "Of 60 patients, 12 had fever and 9 had no cough. The remaining 40 patients had pain."),
    (
        "flow",
        "Twelve patients died and nine were lost. In all, 118 women were randomised and 90 were assessed at one year.",
    ),
    ("exceeding", "Prophylaxis was given with ganciclovir in 19 of the 24 triple-therapy patients."),
    (
        "exceeding",
        "Thus 528 sessions were scheduled under each condition. In all, 517 cool and 521 standard "
        "sessions were delivered.",
    ),
    ("exceeding", "There were 14 serious infections in 11 patients (24%)."),
    ("exceeding", "There were 9 serious infections in 110 patients (8.2%)."),
    ("exceeding", "We sent 310 questionnaires; 240 questionnaires were returned."),
    (
        "responses",
        "The ORR was 38.2% (21 of 55; 95% CI, 25.4% to 52.3%), including four complete and 17 partial "
        "responses. Twenty patients had stable disease, 10 had progressive disease, and four died or "
        "stopped treatment before the first scan, for a disease control rate of 74.5%.",
    ),
    (
        "responses",
        "The five dose levels enrolled 3, 4, 6, 12 and 6 patients, a total of 31. Best response was "
        "partial in seven (23%), stable disease in thirteen and progression in nine; two could not be "
        "evaluated. The disease control rate, partial responses and stable disease combined, was 65% (20"
        " patients).",
    ),
    (
        "responses",
        "Of 40 patients, 2 (5%) had a complete response, 10 (25%) a partial response, 18 (45%) stable "
        "disease and 10 (25%) progressive disease.",
    ),
    (
        "quartiles",
        "Hospital stay had a median of 6 days (quartiles 5 and 9) following laparoscopy and 9 days "
        "(quartiles 8 and 14) following laparotomy.",
    ),
    ("quartiles", "Median attendance was 29 of 36 sessions (interquartile range 22-31)."),
    ("quartiles", "The median delay was 2 years (range, 6 to 84 months)."),
    ("quartiles", "The change was 2.1 points (IQR -4.0 to -1.0)."),
    ("quartiles", "We graded pain on a scale of 5 points (range 0 to 4)."),
    ("lasted", "Recruitment began in June 2016 and was completed in November 2018 after 29 months."),
    ("lasted", "Patients were recruited between March 2012 and August 2013 (18 months)."),
    ("lasted", "Over a five-year period (2010 to 2014), all adults were enrolled."),
    ("lasted", "Over a four-year period (2010 to 2014), all adults were enrolled."),
    ("lasted", "Patients treated from January 2010 to December 2015 were followed for 12 months."),
    ("lasted", "Between January 2010 and December 2015, 12 months after surgery, we measured bone density."),
    ("lasted", "Patients were followed for at least two years between 2001 and 2016."),
    (
        "lasted",
        "Each participant was in the study for 15 weeks: two treatment periods of 6 weeks and a washout of 3 weeks.",
    ),
    ("lasted", "Children aged 6 months were vaccinated from January 2010 to December 2015."),
    ("lasted", "Patients who had used the drug for 3 months between January 2010 and December 2015 were identified."),
    (
        "follow_up",
        "Patients were enrolled from March 2016 through September 2019 and each was followed up for 52 "
        "weeks; the date of final follow-up was October 9, 2020.",
    ),
    (
        "follow_up",
        "Enrolment ran from March 2018 to January 2020 and the last 12-week visit took place in April "
        "2020. Patients were followed for 12 weeks.",
    ),
    (
        "follow_up",
        "Children treated between January 2015 and December 2020 were followed until September 2021. "
        "Median follow-up was 2.3 years (range 1.0-6.4 years).",
    ),
    (
        "follow_up",
        "Patients were enrolled from May 2012 to June 2015 and followed for a median of 24 months; "
        "follow-up was closed in August 2015.",
    ),
    (
        "follow_up",
        "Adults diagnosed between 2001 and 2010 were followed until December 2015. Median age was 62 "
        "years (range 18 to 91) and median follow-up 7 years.",
    ),
    (
        "ages",
        "We enrolled children aged 3 to 15 years with suspected appendicitis. Among 412 children (median"
        " age 9 years, interquartile range 6 to 12, range 3 to 15), 138 had appendicitis.",
    ),
    (
        "ages",
        "Adults aged 40 years or older were eligible. The youngest participant was 41 years old and the eldest 88.",
    ),
    (
        "ages",
        "Adults aged 40 years or older were eligible. Median age at diagnosis of asthma was 22 years (range 3 to 61).",
    ),
    ("ages", "We included women aged 50-65 years. Mean age of their husbands was 58.2 years (range, 47-76)."),
    ("ages", "Children aged 3 to 15 years took part. Mothers were 22 to 44 years old."),
    ("ages", "Patients older than 75 years were excluded. The median age was 61 years (range, 22-75 years)."),
    ("ages", "Adults aged 18 years or older were eligible. Follow-up ranged from 2 to 9 years."),
    ("schedules", "The total daily dose was 300 mg (150 mg twice daily)."),
    ("schedules", "They trained three times a week for 12 weeks, a total of 36 sessions."),
    ("schedules", "Patients took 50 mg three times daily, a total daily dose of 150 mg."),
    ("schedules", "Patients had 40 sessions (twice weekly for 20 weeks)."),
    ("schedules", "The daily dose was 400 mg (up to 150 mg twice daily)."),
    ("sums", "Among 60 patients (32 with fever and 34 with cough), 12 died."),
    ("sums", "Abscesses were found in 40 patients, 25 in the liver and 18 in the spleen."),
    ("sums", "We saw 30 patients with pain (16 with fever, 12 with cough)."),
    ("sums", "Twelve women had complications: four had bleeding, six infection and five pain."),
    ("sums", "At 6 months, 40 patients were seen, 20 on aspirin and 18 on statins."),
    ("sums", "The 58 women received 50, 100 or 200 micrograms, followed by 300 micrograms."),
    ("sums", "Both groups, 40 and 42 patients, had 12 visits, 5 in winter and 6 in summer."),
    ("sums", "Of 19 studies, 10 were on headache, 3 on pain, 3 on neuropathy and 3 on both."),
    (
        "recounted",
        "The 1,020 who responded were compared with 480 others; 320 were women and 400 men in the first group.",
    ),
    ("recounted", "Twenty trials enrolled 4000 women and 3200 men."),
    (
        "sequence",
        "Patients were enrolled from 15 January 2018 to 28 August 2020, with an interruption from 16 "
        "March to 11 May 2020.",
    ),
    ("sums", "Twenty patients were excluded: 12 refused, 9 moved and 4 were ill; several had more than one reason."),
    ("sums", "Eleven patients had events, mainly infections (six colds, seven coughs)."),
    ("sums", "About 30 patients were excluded (refusal, 6; moved, 17; lost, 9)."),
    (
        "sums",
        "Responses were abnormal in 15 patients with aura, in 11 patients with pain and in 10 patients with nausea.",
    ),
    ("flow", "Twelve samples were lost, and several patients gave two, leaving 142 for the analysis of 150."),
    ("wholes", "Relapse was seen in 30 (60%) of the drug group and 20 (40%) of the placebo group."),
    ("exceeding", "We treated 54 eyes of 27 patients."),
    ("exceeding", "Grade 3 or 4 events occurred in 5 patients (8.8%)."),
    ("quartiles", "Age was 14.1 years (standard deviation, 1.64; range, 11 to 18)."),
    (
        "responses",
        "Responses were complete in 4 and partial in 17 patients of the drug group, and stable disease "
        "was seen in 20 versus 25.",
    ),
)


@pytest.mark.parametrize(("check", "code", "text"), FOUND)
def test_a_contradiction_is_found(check: str, code: str, text: str) -> None:
    assert code in [f.code for f in found(check, text)]


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE)
def test_what_fits_or_may_fit_is_left_alone(check: str, text: str) -> None:
    assert found(check, text) == []


def test_the_sum_is_told_and_its_numbers_are_quoted() -> None:
    told = "Of 214 patients, 21 stopped for lack of efficacy (12), adverse events (6), loss (4) or pregnancy (2)."
    finding = found("sums", told)[0]
    assert finding.message == "the parts, 12 + 6 + 4 + 2 = 24, are inconsistent with 21"
    assert {q.text for q in finding.quotes} >= {"21", "12", "6", "4", "2"}


def test_counts_are_read_with_their_percentages_and_bases() -> None:
    words = "Of 84 316 people, 46.5% (39 207) were women; 12 of 60 (20%) smoked for 5 years, and n = 7 (of these) died."
    told = entries(words)
    assert [(e.value, str(e.percent) if e.percent else None) for e in told] == [
        (84316, None), (39207, "46.5"), (12, "20"), (7, None),
    ]  # fmt: skip
    assert told[0].of
    assert told[2].base
    assert told[3].sized


def test_a_part_of_a_part_is_no_member_of_a_list() -> None:
    words = "2 refused, 1 withdrew consent, and 10 had adverse events, 4 of them serious."
    assert [t.sum for t in tallies(words, entries(words))] == [13]


def test_days_and_lengths_of_time() -> None:
    assert ordinal(20200301) - ordinal(20200228) == 2
    assert ordinal(20190301) - ordinal(20190228) == 1
    assert ordinal(20200101) - ordinal(20191231) == 1
    assert [round(d.days) for d in durations("twelve weeks, 1.5 years and a 30-day window")] == [84, 548, 30]


INNOCENT = (
    "Of 412 patients, 88 (21.4%) had diabetes, 124 (30.1%) hypertension and 200 (48.5%) neither.",
    ("Sixteen patients withdrew: 7 because of nausea, 5 for other reasons and 4 were lost; 2 of them returned later."),
    "In total 1,204 adverse events were reported in 301 patients (drug, 160; placebo, 141).",
    ("Of 90 patients randomised, 84 completed the study; 43 in the drug group and 41 in the placebo group."),
    (
        "We recruited from January 2012 to June 2014 and followed all patients for two years; the last "
        "visit was in July 2016."
    ),
    "Patients were admitted between 2008 and 2015; 36 months later 60% were alive.",
    (
        "The mean age was 54 years (range 18-79) in men and 57 years (range 21-83) in women; adults aged"
        " 18 years or older were included."
    ),
    ("There were 12 relapses in the 8 patients of the drug group and 5 in 4 patients of the placebo group."),
    "Each arm comprised 40 patients; 3, 5 and 4 withdrew at weeks 4, 8 and 12, a total of 12.",
    "The cohort of 512 (268 men) was followed for a median of 4.2 years (IQR 2.9-6.1).",
    "A total of 320 samples from 80 patients were analysed, 4 per patient.",
    (
        "Of the 56 trials found, 12 were not randomised, 9 were duplicates and 4 had no control, so that"
        " 31 were included; 3 more were found by hand."
    ),
    "Median survival was 14 months (95% CI 16.0 to 22.0 in the training set).",
    "Twenty-one patients had complications (Clavien I in 8, II in 9 and III in 7).",
    ("The trial began in May 2015 and, after an interruption from March to June 2020, ended in December 2020."),
    ("Of 300 women, 150 (50%) received iron, 150 (50%) placebo; 290 returned, 146 and 144, respectively."),
    (
        "Between 1 July 2015 and 30 June 2017 (24 months), 1,020 children aged 6 to 59 months were seen;"
        " 540 boys and 480 girls."
    ),
    "Infants younger than 12 months were eligible; their mothers were 17 to 44 years old.",
    "We sent 500 letters and 412 letters were returned, 40 of them blank, leaving 372.",
    "Thirty eyes (15 right, 15 left) of 22 patients (12 women, 10 men) were treated.",
    "Of 64 deaths, 40 were cardiac (18 sudden, 22 heart failure), 14 cancers and 10 other.",
    "Of 118 patients assessed, 98 were randomised (49 each); 91 completed (46 and 45).",
    "Treatment response was complete in 12, partial in 20 and absent in 8 of 40 children.",
    "Among 200 nurses, 120 (60%) had pain, 80 (40%) had back pain and 30 (15%) neck pain.",
    "Patients with 3 or more of 5 criteria were included; 4 of 3 600 records could not be read.",
    "Patients received 2 doses per week for 6 weeks (12 doses) and a booster (13 doses in all).",
)


@pytest.mark.parametrize("text", INNOCENT)
def test_no_check_finds_anything_in_what_fits(text: str) -> None:
    assert [f.message for check in CHECK for f in found(check, text)] == []
