"""Who of whom: shares, rests, wholes, multiples and intervals told in many words; found, and left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from evsynth.checks.scanned.facts.opposites_named import opposite
from evsynth.checks.scanned.facts.who_of_whom import called, named_counts, of_two
from evsynth.checks.scanned.judging import Reading, reading
from evsynth.checks.scanned.numbers.intervals_by_size import intervals_by_size
from evsynth.checks.scanned.numbers.more_than_whole import more_than_whole
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.statements.all_or_none import all_or_none
from evsynth.checks.scanned.statements.fraction_of_number import fraction_of_number
from evsynth.checks.scanned.statements.lower_by import lower_by
from evsynth.checks.scanned.statements.times_of_pair import times_of_pair
from evsynth.checks.scanned.told.bare_shares_called import bare_shares_called
from evsynth.checks.scanned.told.bases_called import bases_called
from evsynth.checks.scanned.told.effects_of_shares import effects_of_shares
from evsynth.checks.scanned.told.odd_share_out import odd_share_out
from evsynth.checks.scanned.told.rates_of_fractions import rates_of_fractions
from evsynth.checks.scanned.told.rates_of_parts import rates_of_parts
from evsynth.checks.scanned.told.rest_of_counted import rest_of_counted
from evsynth.checks.scanned.told.sexes_told import sexes_told
from evsynth.checks.scanned.told.shares_exhausted import shares_exhausted
from evsynth.checks.scanned.told.signed_difference import signed_difference
from evsynth.checks.scanned.told.whole_between_groups import whole_between_groups
from evsynth.checks.scanned.told.whole_of_fractions import whole_of_fractions
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

Check = Callable[[Reading], Iterator[Finding]]


def read(text: str) -> Reading:
    """Read an abstract."""
    return reading(read_document("x", f"Two treatments of a disease\n\nAbstract\n{text}\n"))


FOUND: tuple[tuple[Check, str], ...] = (
    (whole_between_groups, "Overall, 18% of the children coughed: 24% of the boys and 21% of the girls."),
    (whole_between_groups,
     "Anaemia was found in 31% of urban and 42% of rural women, and in 45% of the entire sample."),
    (whole_between_groups, "The overall cure rate was 62% (58% on drug A and 49% on drug B)."),
    (whole_between_groups,
     "Use was 80.1% in the whole cohort, lowest in the youngest (59%) and highest in the oldest (74%)."),
    (whole_between_groups, "With 150 patients per arm, sepsis developed in 10% and 20% of the two arms, 12% overall."),
    (whole_between_groups, "Falls occurred in 5% of men and 9% of women (overall 12%)."),
    (whole_between_groups,
     "Mortality was 4% in ward A (n = 100), 8% in ward B (n = 100) and 7.9% for both wards together."),
    (shares_exhausted, "Of the respondents 58% were nurses and the other 52% physicians."),
    (shares_exhausted, "Survivors made up 71%; the rest (39%) died in hospital."),
    (shares_exhausted, "Pain was absent in 61%. The remaining 29% had mild pain."),
    (shares_exhausted, "The result was rated as good (52%), fair (31%) or poor (27%)."),
    (shares_exhausted, "Seventy per cent agreed, 20% disagreed and 20% were undecided."),
    (shares_exhausted, "Sixty-two per cent were boys, 48% girls."),
    (shares_exhausted, "In all, 88% of the shunts were open and 22% were shut; each was classed as one or the other."),
    (all_or_none, "None of the 45 patients (3%) died."),
    (all_or_none, "No deaths (1.2%) occurred."),
    (all_or_none, "Every patient (94%) received the second dose."),
    (all_or_none, "All of the 52 animals (90%) survived."),
    (all_or_none, "Leakage was seen in 0 of 40 anastomoses (2.5%)."),
    (times_of_pair, "Vomiting was twice as common with morphine as with ketorolac (30% and 24%)."),
    (times_of_pair, "Three times as many women (45%) as men (30%) reported migraine."),
    (times_of_pair, "Half as many infants in the probiotic group had sepsis (22 of 200 v 25 of 198)."),
    (times_of_pair, "Workers offered leave were 0.6 times as likely to return as the others (81% v 45%)."),
    (times_of_pair, "The prevalence increased threefold, from 2.1% to 4.2%."),
    (times_of_pair, "Mortality was three times as high in the oldest (18%) as in the others (12%)."),
    (lower_by, "The risk of readmission was 40% lower with home visits (15% v 20%)."),
    (lower_by, "Mortality was reduced by half, from 12% to 9%."),
    (lower_by, "Uptake rose by 10 percentage points to 65% from 45%."),
    (lower_by, "Recurrence was 60% less frequent with the mesh (9% against 12%)."),
    (fraction_of_number, "One third of the 90 women (45) had been vaccinated."),
    (fraction_of_number, "Half of the 84 participants (n = 32) reported pain."),
    (fraction_of_number, "Of the 145 survivors, 81 were traced; two thirds of those traced (27) still coughed."),
    (fraction_of_number, "Nearly three quarters of the 120 teachers (48) had a cold."),
    (bases_called, "Of 300 admissions, 120 were planned; 30 of the planned ones (35.5%) were cancelled."),
    (bases_called, "There were 85 men and 60 women. Thirty of the men (45.2%) smoked."),
    (bases_called, "In all, 72 received A and 75 B; none was lost. Relief was felt by 45 of the former (65.2%)."),
    (bare_shares_called, "The study was done in 25 hospitals. A protocol existed in 71.3% of the hospitals."),
    (odd_share_out, "In the registry (n = 5,200), 312 patients (6%) were under 18 and 1,040 (30%) over 80."),
    (rates_of_parts, "A total of 420 of 500 consented (participation 74%)."),
    (rates_of_parts, "The drop-out rate was 12%: 15 of 150 did not return."),
    (rates_of_parts, "Of 80 who tested positive, 20 had the disease, a positive predictive value of 40%."),
    (rates_of_parts, "Twenty-four deaths in 250 admissions gave a hospital mortality of 6.9%."),
    (rates_of_parts, "Of these, 27 of 60 and 15 of the remaining 250 fell, i.e. rates of 73% and 6%."),
    (rates_of_fractions, "Stillbirth occurred at a rate of 4.6 per 1000 (92 of 2000)."),
    (rates_of_fractions, "There were 12 per 1000 births (36 of 6000 births)."),
    (rest_of_counted, "Of 212 invited practices, 154 (72.6%) took part; the remaining 68 gave no reason."),
    (rest_of_counted, "Of 120 patients 90 completed the study, i.e. 25 dropped out."),
    (sexes_told, "The sample comprised 45 men and 30 women (60% women)."),
    (sexes_told, "Of the 60 patients 40 were women (33% female)."),
    (sexes_told, "There were 30 women and 60 men, a male to female ratio of 1:2."),
    (sexes_told, "Sex was recorded for 98 cases: 51 male, 57 female."),
    (signed_difference, "Mortality was 13.2% with restrictive and 20.3% with liberal transfusion; the difference, "
                        "restrictive minus liberal, was +7.1 percentage points."),
    (whole_of_fractions, "In all, 19 of 38 dogs survived: 12 of 16 treated surgically and 9 of 22 treated medically."),
    (whole_of_fractions, "Tumours developed in 20/40, 15/40 and 30/40 rats, 60/120 in all."),
    (more_than_whole, "Uptake reached 192.4% of eligible infants in 2019."),
    (more_than_whole, "Complications were recorded in 52 of the 48 operations."),
    (intervals_by_size, "None of the 64 capsules was retained (0%, exact 95% CI 0-0.6%)."),
    (intervals_by_size, "Of 250 samples, 25 were positive (10%, 95% CI 9.1-10.6%)."),
    (intervals_by_size, "The prevalence in the 400 villagers was 20.0% (95% CI 10.1 to 29.9)."),
    (effects_of_shares, "Among cases, 40 of 100 had been exposed; among controls, 20 of 100 (crude odds ratio 1.67)."),
    (effects_of_shares, "Readmitted were 18 of 120 patients on A and 30 of 120 on B. The relative risk was 0.80."),
    (effects_of_shares, "Compared with 8.0% before, the incidence was 5.0%, a relative reduction of 62.5%."),
)  # fmt: skip
LEFT_ALONE: tuple[tuple[Check, str], ...] = (
    (whole_between_groups, "Overall, 18% of the children coughed: 24% of the boys and 11% of the girls."),
    (whole_between_groups, "Overall, 62% improved; nausea was reported by 20% of men and 15% of women."),
    (whole_between_groups, "Response was 62% in the whole population, 75% in carriers and 70% among never-smokers."),
    (whole_between_groups, "The rates of revision were 20%, with 3%, 15% and 5% requiring a new head, removal and "
                           "release, respectively, in total."),
    (whole_between_groups, "Overall survival was 60% (70% at 1 year and 65% at 2 years)."),
    (shares_exhausted, "Of the respondents 58% were nurses and the other 42% physicians."),
    (shares_exhausted, "Cough was present in 60%, fever in 45% and pain in 30%."),
    (shares_exhausted, "Response was 60% on the drug; in the other group it was 47%."),
    (shares_exhausted, "Of them, 66% of all men were employed and 76% of all women were unemployed."),
    (shares_exhausted,
     "Patients rated in the pathological range were 31% for anxiety, 42% for pain and 40% for sleep."),
    (all_or_none, "Of the 42 enrolled, all 36 patients (86%) with data were analysed."),
    (all_or_none, "All 36 patients (86%) completed the diary; 42 had been enrolled."),
    (all_or_none, "No pain (34%), mild pain (40%) and severe pain (26%) were reported."),
    (all_or_none, "Nearly all patients (94%) received it."),
    (all_or_none, "No difference (4%) was seen."),
    (times_of_pair, "Vomiting was twice as common with morphine as with ketorolac (30% and 16%)."),
    (times_of_pair, "Ten-year mortality decreased from 45.5% to 9.4% but was more than twice that of others."),
    (times_of_pair, "The dose was three times as high, and 30% v 25% responded (adjusted OR 1.2)."),
    (lower_by, "The risk was 25% lower with home visits (15% v 20%)."),
    (lower_by, "The risk was 33% higher without home visits (20% v 15%)."),
    (lower_by, "The adjusted risk was 40% lower with home visits (15% v 20%)."),
    (fraction_of_number, "One third of the 90 women (30) had been vaccinated."),
    (fraction_of_number, "The dose was cut by half in the 84 participants (n = 32)."),
    (bases_called, "Of 300 admissions, 120 were planned; 30 of the planned ones (25.0%) were cancelled."),
    (bases_called, "There were 85 men and 60 women. Thirty of the men (37.0%) with data, 81 in all, smoked."),
    (bare_shares_called, "The study was done in 25 hospitals. A protocol existed in 72.0% of the hospitals."),
    (bare_shares_called, "Of 25 hospitals, 23 answered. A protocol existed in 73.9% of the hospitals."),
    (odd_share_out, "Of 400 patients, 200 (50%) were women, and 40 (20%) of the women smoked."),
    (odd_share_out, "Of 400 patients, 200 (50%) were seen by day and 40 (20%) of 200 by night."),
    (rates_of_parts, "A total of 420 of 500 consented (participation 84%)."),
    (rates_of_parts, "The drop-out rate was 10%: 135 of 150 returned."),
    (rates_of_parts, "The prevalence of failure was 23%, while 4/73 patients had a complication."),
    (rates_of_fractions, "Stillbirth occurred at a rate of 46 per 1000 (92 of 2000)."),
    (rates_of_fractions, "The rate was 4.6 per 1000 patient-days (92 of 2000 patients)."),
    (rest_of_counted, "Of 212 practices, 154 took part; the remaining 58 gave no reason."),
    (rest_of_counted, "Of 212 practices, 154 took part and 10 were closed; the remaining 48 gave no reason."),
    (sexes_told, "The sample comprised 45 men and 30 women (40% women)."),
    (sexes_told, "There were 30 women and 60 men, a male to female ratio of 2:1."),
    (signed_difference, "Mortality was 13.2% with restrictive and 20.3% with liberal transfusion; the difference, "
                        "restrictive minus liberal, was -7.1 percentage points."),
    (whole_of_fractions, "In all, 21 of 38 dogs survived: 12 of 16 treated surgically and 9 of 22 treated medically."),
    (whole_of_fractions, "Fever occurred in 19 of 38; 12 of 16 were treated and 9 of 22 had died."),
    (more_than_whole, "Sixty eyes of 40 patients were included."),
    (more_than_whole, "Recruitment reached 120% of the planned patients."),
    (intervals_by_size, "None of 30 dogs reacted (0%; 95% CI 0-11.6%)."),
    (intervals_by_size, "Of 250 samples, 25 were positive (10%, 95% CI 6.6-14.4%)."),
    (intervals_by_size, "The prevalence was 20.0% (95% CI 10.1 to 29.9) in a cluster survey of 400 villagers."),
    (effects_of_shares, "Among cases, 40 of 100 had been exposed; among controls, 20 of 100 (crude odds ratio 2.67)."),
    (effects_of_shares,
     "Readmitted were 18 of 120 patients on A and 30 of 120 on B. The adjusted risk ratio was 0.80."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "text"), FOUND)
def test_a_contradiction_is_found(check: Check, text: str) -> None:
    assert [f for f in check(read(text)) if f.severity in ("error", "inconsistent")]


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE)
def test_what_can_be_true_is_left_alone(check: Check, text: str) -> None:
    assert not list(check(read(text)))


def test_a_phrase_names_the_count_told_before_it() -> None:
    subject = read(
        "Each clinic (n = 32) took part. Of 145 survivors, 81 (55.9%) were traced, and those traced coughed."
    )
    line = list(lines(subject, ("abstract",)))[-1]
    assert [n.number.whole for n in named_counts(subject)] == [32, 145, 81]
    assert [n.number.whole for n in called(subject, line, line.words.index("and those"), "those traced")] == [81]
    assert not called(subject, line, 0, "those traced")


def test_the_former_and_the_latter_are_the_two_counts_told_last() -> None:
    subject = read("In all, 72 patients received A and 75 patients B. The former improved.")
    line = list(lines(subject, ("abstract",)))[-1]
    found = [of_two(subject, line, len(line.words), word) for word in ("former", "latter")]
    assert [n.number.whole for n in found if n] == [72, 75]


def test_opposites_are_two_kinds_of_one_pair() -> None:
    assert opposite("in the intervention group", "in the controls")
    assert not opposite("of the women", "of the girls")
