"""Shares, rates, effects and accuracies told in running text, in many wordings: found, and left alone."""

from __future__ import annotations

from functools import lru_cache

import pytest

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.judging import CHECKS, Reading, reading
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.told import (
    accuracy_told,
    bases_by_name,
    effects_of_shares,
    group_totals,
    needed_to_treat,
    observed_expected,
    p_of_shares,
    person_time,
    rate_ratios,
    share_bases,
    shares_together,
    survival,
)
from evsynth.scan.document import read_document

CHECK = {
    "bases": share_bases.share_bases, "together": shares_together.shares_together,
    "groups": group_totals.group_totals, "effects": effects_of_shares.effects_of_shares,
    "nnt": needed_to_treat.needed_to_treat, "p": p_of_shares.p_of_shares, "rate": person_time.person_time,
    "expected": observed_expected.observed_expected, "irr": rate_ratios.rate_ratios,
    "survival": survival.survival, "accuracy": accuracy_told.accuracy_told,
    "names": bases_by_name.bases_by_name,
}  # fmt: skip
NEW = (
    accuracy_told, bases_by_name, effects_of_shares, group_totals, needed_to_treat, observed_expected, p_of_shares,
    person_time, rate_ratios, share_bases, shares_together, survival,
)  # fmt: skip


@lru_cache(maxsize=512)
def subject(text: str) -> Reading:
    """Read an abstract."""
    return reading(read_document("x", f"Two treatments of a disease in adults\n\nAbstract\n{text}\n"))


def codes(check: str, text: str) -> list[str]:
    """Run one check on an abstract."""
    return [f.code for f in CHECK[check](subject(text))]


FOUND = (
    # count, percentage and denominator
    ("bases", "COUNT_PERCENT", "Relapse was seen in 12/50 (27%) of the patients."),
    ("bases", "COUNT_PERCENT", "Relapse was seen in 27% (12/50)."),
    ("bases", "COUNT_PERCENT", "Twelve of the 50 women (27%) relapsed."),
    ("bases", "COUNT_PERCENT", "Relapse occurred in 12 out of 50 participants [27·0%; 95% CI 13–38]."),
    ("bases", "COUNT_PERCENT", "A relapse was noted by 27 per cent (12 of 50) of those who answered."),
    ("bases", "COUNT_PERCENT", "Overall 412 (43.1%) of 1 023 respondents agreed."),
    ("bases", "COUNT_PERCENT", "Of the 43 patients with a flare, 36 (93.7%) improved."),
    ("bases", "COUNT_PERCENT", "Among these 212 infants, 48 (32.6%) were born preterm. We enrolled 212 infants."),
    ("bases", "COUNT_PERCENT", "The response rate was 58.4% (n = 31 of 60)."),
    ("together", "COUNT_PERCENT", "Of 120 adults, 61 (50.8%) got worse, 34 (25.3%) were unchanged and 25 (20.8%) "
                                  "improved."),
    (
        "bases", "COUNT_PERCENT",
        "We invited 1000 people, of whom 778 were eligible. In all, 688 took part (84.8% of those eligible).",
    ),
    (
        "bases", "COUNT_PERCENT",
        "We enrolled 688 patients. Itch was reported by 217 (35.1%). The 688 patients were seen in 9 units.",
    ),
    (
        "together", "COUNT_PERCENT",
        "Ninety patients received the drug (n = 46) or placebo (n = 44). Nausea was seen in 11 (23.9%) and 9 (37.5%).",
    ),
    (
        "together", "COUNT_PERCENT",
        "In all, 517 cool and 541 standard sessions were given. Cramps complicated 62 (12.0%) and 94 (18.0%) of them, "
        "respectively.",
    ),
    ("bases", "COUNT_PERCENT", "We screened 1000 women. HPV was found in 210 (21.0%), of whom 84 (30.0%) had type 16."),
    ("together", "COUNT_PERCENT", "Leaks: 4.2% (n=6) in group A (n=142) and 9.6% (n=9) in group B (n=138)."),
    # groups and their sum
    ("groups", "GROUPS", "Ninety patients were randomly divided into a test group (45 cases) and a control group (47 "
                         "cases)."),
    ("groups", "GROUPS", "A total of 120 women were randomised to the drug (n = 60) or to placebo (n = 58)."),
    ("groups", "GROUPS", "Patients (n=120) were divided into group A (n=52), group B (n=28) and group C (n=44)."),
    ("groups", "GROUPS", "We assigned 184 adults, 94 to each arm, to training or advice."),
    ("groups", "GROUPS", "In this trial 170 patients, 80 per group, underwent randomization."),
    (
        "groups", "GROUPS",
        "By linkage, 32 418 adults with a prescription of a cream (mild, n = 26 905) or a tablet (severe, n = 6513) "
        "were "
        "followed.",
    ),
    # effects
    ("effects", "DIFFERENCE_OF_SHARES", "Cure was seen in 92.4% and 95.2%, a difference of -0.1 percentage points."),
    (
        "effects", "DIFFERENCE_OF_SHARES",
        "Pain recurred in 24 of 100 (24%) with the drug and in 36 of 100 (36%) with placebo (absolute difference, 21 "
        "percentage points; 95% CI, 8 to 33).",
    ),
    ("effects", "DIFFERENCE_OF_SHARES", "Prescribing fell from 23.0% to 12.0%, i.e. by 21.0 percentage points."),
    (
        "effects", "DIFFERENCE_OF_SHARES",
        "Death: 12/80 v 20/80 (risk difference −16.0%, 95% CI −22 to 2).",
    ),
    (
        "effects", "DIFFERENCE_OF_SHARES",
        "Fever was noted in 45 patients (30.0%) given the vaccine versus 30 patients (20.0%) given placebo; the "
        "absolute risk "
        "increase was 15.0 points.",
    ),
    ("effects", "RATIO_OF_SHARES", "Stroke occurred in 8/200 (4.0%) and 16/200 (8.0%); relative risk 0.72."),
    ("effects", "RATIO_OF_SHARES", "Stroke: 4·0% (8 of 200) vs 8·0% (16 of 200), RR 0·85 [95% CI 0·4–1·1]."),
    (
        "effects", "RATIO_OF_SHARES",
        "Tanning was reported by 97 cases (24.1%) and 141 controls (17.4%), a crude odds ratio of 0.66 (95% CI "
        "0.49–0.88).",
    ),
    ("effects", "RATIO_OF_SHARES", "Bleeding was commoner (30/100 vs 10/100; odds ratio, 2.10; 95% CI, 1.4 to 8.4)."),
    ("effects", "RATIO_OF_SHARES", "Infection fell from 20.0% to 15.0%, a relative reduction of 45%."),
    (
        "effects", "RATIO_OF_SHARES",
        "Infection developed in 20 of 100 treated and 40 of 100 untreated patients, for a relative risk of 0.72.",
    ),
    # P of shares
    ("p", "P_OF_COUNTS", "We enrolled 191, 73 open and 118 closed. Leaks followed 15 (20.5%) and 44 (37.3%); p=0.15."),
    ("p", "P_OF_COUNTS", "Cure was reached by 43/127 (33.9%) v 26/125 (20.8%); P=.22."),
    ("p", "P_OF_COUNTS", "Cure: 33·9% (43 of 127) versus 20·8% (26 of 125); difference 13·1 points (2·2–23·9), p=0·22"),
    (
        "p", "P_OF_COUNTS",
        "Patients were given A (n = 127) or B (n = 125). Flare occurred in 43 patients (33.9%) taking A and 26 "
        "(20.8%) taking "
        "B (absolute difference, 13.1 percentage points [95% CI, 2.2 to 23.9]; P = .22).",
    ),
    ("p", "P_OF_COUNTS", "Response was seen in 17/49 (34.7%), 27/50 (54.0%) and 14/48 (29.2%) patients (p=0.73)."),
    ("p", "P_OF_COUNTS", "Deaths numbered 4 and 16, corresponding to 4.0% and 16.0% of 100 each (P = 0.51)."),
    ("p", "P_OF_COUNTS", "Four of 16 died with the drug and 14 of 21 without it (P = 0.62)."),
    # numbers needed to treat
    ("nnt", "NEEDED_TO_TREAT", "Death fell from 22% to 9%, so that one death was averted for every 13 patients "
                               "treated."),
    ("nnt", "NEEDED_TO_TREAT", "The absolute risk reduction was 10.2 percentage points (number needed to treat 7)."),
    ("nnt", "NEEDED_TO_TREAT", "Relapse occurred in 8/40 (20%) and 16/40 (40%). The NNT was 9."),
    ("nnt", "NEEDED_TO_TREAT", "Relapse occurred in 20% and 40%; number needed to treat (NNT) = 12 (95% CI 6 to 30)."),
    (
        "nnt", "NEEDED_TO_TREAT",
        "Pain eased in 51/86 (59%) and 33/84 (39%), so 12 people needed to train for one more to respond.",
    ),
    (
        "nnt", "NEEDED_TO_TREAT",
        "Bleeding was seen in 6.0% with the drug and 2.0% with placebo. For every 50 patients treated, one extra "
        "bleed "
        "would be caused.",
    ),
    ("nnt", "NEEDED_TO_TREAT", "Readmission: 21.5% v 31.7%. Twenty patients would have to be treated to prevent one."),
    # rates
    ("rate", "RATE", "There were 118 falls in 2360 person-years (6.5 per 100 person-years)."),
    ("rate", "RATE", "The incidence was 6.5 per 100 patient-years (118 events in 2360 patient-years)."),
    ("rate", "RATE", "Pneumonia was recorded 6418 times in 117 204 person years among users (37.5 per 1000 person "
                     "years)."),
    ("rate", "RATE", "We observed 27 infections over 18 112 catheter-days, a rate of 1.94 per 1000 catheter-days."),
    ("rate", "RATE", "During 1,250 person-years of follow-up, 50 deaths occurred (40 deaths per 100 person-years)."),
    ("expected", "OBSERVED_EXPECTED", "Among women 611 cancers were seen (252.5 expected; SIR 2.71, 2.50–2.93)."),
    ("expected", "OBSERVED_EXPECTED", "There were 88 deaths against 44.0 expected (SMR 1.40, 95% CI 1.1-1.7)."),
    ("expected", "OBSERVED_EXPECTED", "In total 96 cases were observed versus 15.1 expected, giving an SIR of 5.36."),
    # survival
    (
        "survival", "MEDIAN_AND_RATE",
        "Median overall survival was 17.9 months (95% CI, 13.2 to 22.4); the 12-month overall survival rate was 36%.",
    ),
    ("survival", "MEDIAN_AND_RATE", "Median PFS was 6.8 months. At 12 months, PFS was 61%."),
    ("survival", "SURVIVAL_CONTRADICTS", "The 1-, 3- and 5-year survival rates were 90%, 72% and 78%."),
    ("survival", "SURVIVAL_CONTRADICTS", "Overall survival at 1, 3, and 5 years was 88.1%, 91.4%, and 60.2%."),
    # accuracy of tests
    (
        "accuracy", "ACCURACY",
        "Sensitivity was 90.0%, specificity 80.0%, positive predictive value 60.0% and negative predictive value "
        "70.0%.",
    ),
    ("accuracy", "ACCURACY", "The test had a sensitivity of 87.7% and a specificity of 90.1%. Disease was missed 27 "
                             "times "
                             "among 138 children with it and 274 without."),
    ("accuracy", "ACCURACY", "Sensitivity was 80% and specificity 90%, with a positive likelihood ratio of 4.1."),
    ("accuracy", "ACCURACY", "It had 71.0% sensitivity, 82.0% specificity and an accuracy of 91.0%."),
)  # fmt: skip

LEFT_ALONE = (
    ("bases", "Relapse was seen in 12/50 (24%) of the patients, and 3 of them (25%) died."),
    ("bases", "Twelve of the 50 women (24%; 95% CI 13% to 38%) relapsed."),
    ("bases", "Of 120 adults, 61 (50.8%) got worse, 34 (28.3%) were unchanged and 25 (20.8%) improved."),
    ("bases", "Of 280 patients, 159 (42% of those on a high dose; 57% on a low dose) withdrew."),
    ("bases", "Of the 43 patients with a flare, 2 were lost; of the rest, 36 (87.8%) improved."),
    ("bases", "Five mL of 0.5% bupivacaine with adrenaline (1/200000) was given to 40 patients."),
    ("bases", "We gave 20 of the 10 mg tablets to patients."),
    ("bases", "We enrolled 688 patients. Itch was reported by 217 (31.5%) and pain by 120 (18.0%), missing in 21."),
    ("bases", "Ninety received the drug (n = 46) or placebo (n = 44). Nausea was seen in 11 (23.9%) and 9 (20.5%)."),
    ("bases", "Fever was noted in 12 (24%), rash in 10 (20%) and pain in 31 (62%)."),
    ("bases", "Survival at 5 years was estimated as 61.3% (40/62 alive)."),
    ("bases", "Blood pressure was 120/80 (2%) higher."),
    ("bases", "Efficacy was 50%: 14 of 1000 vaccinated and 28 of 1000 unvaccinated children fell ill."),
    ("bases", "We screened 1000 women. HPV was found in 210 (21.0%), of whom 84 (40.0%) had type 16."),
    # a number that is a name or a level, not a count of what the bracket holds
    ("bases", "The number of leads was two (n = 30, 25.0%), three (n = 42, 35.0%) or four (n = 48, 40.0%) in 120 men."),
    ("bases", "In Study 1 (N = 240, 55% women) and Study 2 (N = 180, 61% women), participants rated photographs."),
    ("bases", "Most trials were of evidence level 4 (n = 6, 75.0%); two (25.0%) were randomised."),
    # the percentage in the bracket is another property of those counted
    ("bases", "Of 160 patients operated on, 24 (75% male, median age 60 years) met the criteria."),
    ("bases", "Of 610 participants (91% female, median age 31 years), 122 (20%) had syphilis."),
    # a bound or a rough share
    ("bases", "More than 60% of the ulcers (13/21) were large."),
    ("bases", "Nearly 40% of the men (15/39) and about 70% of the women (28/41) agreed."),
    # the denominator stands behind a bracket
    ("bases", "A total of 540 (280 nurses, 200 doctors and 60 students) of 720 people (75.0%) filled in the form."),
    # a share of all patients, told of those of a part
    ("bases", "We studied 50 patients in intensive care. All were sampled on day one. Cultures were taken. "
              "Growth was rare. Among 14 patients without antibiotics, two patients (4%) had bacteria."),
    ("groups", "Sixty adults were randomised to receive the drug (N = 29) or placebo (N = 30; N = 1 was lost)."),
    ("irr", "Bleeding was more frequent with counts <150 × 109/L (11 studies, RR 1.58, 95% CI 1.28 to 1.95)."),
    ("irr", "Risk rose with platelets below 100 per nL in 9 cohorts (7 studies, RR 1.61, 95% CI 1.14 to 2.28)."),
    ("together", "Late leaks (n = 14; 33%) were most frequent in the arm (n = 10; 71%), after a fall (n = 11; 79%) and "
                 "in the young (n = 4; 29%)."),
    ("together", "Leaks: 4.2% (n=6) in group A (n=142) and 6.5% (n=9) in group B (n=138)."),
    ("groups", "Ninety patients were randomly divided into a test group (45 cases) and a control group (45 cases)."),
    ("groups", "A total of 120 women were randomised to the drug (n = 60) or to placebo (n = 60)."),
    ("groups", "We planned 184 adults, 94 to each arm."),
    ("groups", "Of 120 women, those who completed the drug (n = 55) or placebo (n = 58) were compared."),
    ("groups", "We assigned 180 adults, 60 to each group, to three treatments."),
    ("groups", "Biopsies of 120 patients from the lesion (n=40) and the margin (n=90) were compared."),
    ("effects", "Cure was seen in 92.4% and 92.5%, a difference of -0.1 percentage points."),
    ("effects", "Pain recurred in 24 of 100 (24%) and in 36 of 100 (36%) (difference, -12 points; 95% CI, -24 to 1)."),
    ("effects", "Prescribing fell from 23.0% to 12.0%, a relative reduction of 48%."),
    ("effects", "Stroke occurred in 8/200 (4.0%) and 16/200 (8.0%); adjusted relative risk 0.72."),
    ("effects", "Stroke occurred in 8/200 (4.0%) and 16/200 (8.0%); relative risk 0.50. Age gave a relative risk of "
                "1.3."),
    ("effects", "Stroke occurred in 8/200 (4.0%) and 16/200 (8.0%); hazard ratio 0.45."),
    ("effects", "Tanning was reported by 97 cases (24.1%) and 141 controls (17.4%), a crude odds ratio of 1.51."),
    ("effects", "Bleeding was commoner (30/100 vs 10/100; odds ratio, 3.86; 95% CI, 1.8 to 8.4)."),
    ("effects", "Response was seen in 34.7%, 54.0% and 29.2% (difference between the first two 19.3 points)."),
    ("effects", "We searched MEDLINE. Death occurred in 10% and 20% (risk ratio 0.61)."),
    ("effects", "Twelve-month survival was 80% and 70% (difference 11.5 points)."),
    ("p", "We enrolled 191, 73 open and 118 closed. Leaks followed 15 (20.5%) and 44 (37.3%); p=0.015."),
    ("p", "Cure was reached by 43/127 (33.9%) v 26/125 (20.8%); P=.03 (Yates)."),
    ("p", "Cure was reached by 43/127 (33.9%) v 26/125 (20.8%); adjusted P=.22."),
    ("p", "Cure was reached by 43/127 (33.9%) v 26/125 (20.8%); P for interaction = .22."),
    ("p", "In this crossover trial relief was had by 20/40 (50%) and 12/40 (30%) (P = 0.21, McNemar)."),
    ("p", "Response was seen in 17/49 (34.7%), 27/50 (54.0%) and 14/48 (29.2%) patients (p=0.030)."),
    ("p", "Deaths occurred in 4 (4.0%) and 16 (16.0%) patients (log-rank P = 0.51)."),
    ("p", "Pain was improved by 54% versus 19% (P = 0.41)."),
    ("nnt", "Death fell from 22% to 9%, so that one death was averted for every 8 patients treated."),
    ("nnt", "The absolute risk reduction was 10.2 percentage points (number needed to treat 10)."),
    ("nnt", "Relapse occurred in 8/40 (20%) and 16/40 (40%). The NNT was 5 (95% CI 3 to 30)."),
    ("nnt", "Pain eased in 51/86 (59%) and 33/84 (39%), so five people needed to train for one more to respond."),
    ("nnt", "Relapse was seen in 20% and 40%. In an earlier trial the number needed to treat was 12."),
    ("nnt", "The number needed to treat was 12."),
    ("nnt", "Relapse was seen in 8/40 (20%) and 16/40 (40%), one in each centre for every 20 beds."),
    ("rate", "There were 118 falls in 2360 person-years (5.0 per 100 person-years)."),
    ("rate", "There were 118 falls in 2360 person-years (0.05 per person-year)."),
    ("rate", "There were 118 falls in 2360 person-years (age-standardised rate 6.5 per 100 person-years)."),
    ("rate", "There were 118 falls in 2360 person-months (60 per 100 person-years)."),
    ("rate", "We observed 11 and 27 infections over 18 460 and 18 112 catheter-days (0.60 and 1.49 per 1000)."),
    ("expected", "Among women 611 cancers were seen (252.5 expected; SIR 2.42, 2.23–2.62)."),
    ("expected", "We expected 40 events per 1000 person-years and a ratio of 0.75."),
    (
        "survival",
        "Median overall survival was 17.9 months (95% CI, 13.2 to 22.4); the 12-month overall survival rate was 66%.",
    ),
    ("survival", "Median PFS was 6.8 months and median overall survival 17.9 months. At 12 months, PFS was 31%."),
    ("survival", "Median overall survival was 17.9 months in group A and 9 months in group B; the 12-month rate was "
                 "36%."),
    ("survival", "The 1-, 3- and 5-year survival rates were 90%, 78% and 72%."),
    ("survival", "The 1-, 3- and 5-year cumulative incidences of relapse were 10%, 18% and 22%."),
    ("survival", "The 5-year survival rates of stages I, II and III were 60%, 72% and 30%."),
    ("survival", "The number of patients at risk was: drug 34, 30, 22; placebo 25, 20, 11."),
    ("accuracy", "Sensitivity was 90.0%, specificity 80.0%, positive predictive value 60.0% and negative 96.0%."),
    ("accuracy", "Sensitivity was 69.2%, specificity 82.8%, PPV 36.0% and NPV 95.1%."),
    ("accuracy", "Sensitivity was 90% and 70%, and specificity 80% and 95%, respectively; PPV was 60% and NPV 70%."),
    ("accuracy", "Sensitivity was 80% and specificity 90%, with a positive likelihood ratio of 8.1."),
    ("accuracy", "It had 71.0% sensitivity, 82.0% specificity and an accuracy of 78.0%."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "code", "text"), FOUND)
def test_a_contradiction_is_found_however_it_is_worded(check: str, code: str, text: str) -> None:
    assert code in codes(check, text)


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE)
def test_what_can_be_true_is_left_alone(check: str, text: str) -> None:
    assert codes(check, text) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Relief was seen in 13 of 17 patients (76.4%).", "note"),
        ("Relief was seen in 33/305 (10.9%).", "note"),
        ("Relief was seen in 34 (66%) of 51 patients.", "note"),
        ("Relief was seen in 13 of 17 patients (76.3%).", "inconsistent"),
        ("Relief was seen in 33/305 (11.0%).", "inconsistent"),
        ("Relief was seen in 34 (65%) of 51 patients.", "inconsistent"),
        ("Relief was seen in 13 of 17 patients (76.5%).", ""),
    ],
)
def test_digits_that_were_cut_or_raised_are_a_note(text: str, severity: str) -> None:
    found = list(CHECK["bases"](subject(text)))
    assert [f.severity for f in found] == [severity] * bool(severity)
    assert all(("it fits if" in f.message) == (severity == "note") for f in found)


@pytest.mark.parametrize("text", [text for _, text in LEFT_ALONE])
def test_none_of_these_checks_speaks_of_what_another_leaves_alone(text: str) -> None:
    assert [f.message for check in CHECK.values() for f in check(subject(text))] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12/50 (24%)", [("12", "24", "50")]),
        ("24% (12 of the 50)", [("12", "24", "50")]),
        ("twelve of the 50 men (24 per cent)", [("12", "24", "50")]),
        ("12 men, or 24%, and 3 women, or 6%,", [("12", "24", ""), ("3", "6", "")]),
        ("12 and 9 patients, respectively (24% v 18%)", [("12", "24", ""), ("9", "18", "")]),
        ("41 and 46, corresponding to 3.5% and 3.8%", [("41", "3.5", ""), ("46", "3.8", "")]),
        ("46·5% (39 207) women", [("39,207", "46.5", "")]),
        ("(n = 12, 24%)", [("12", "24", "")]),
    ],
)
def test_shares_are_read_in_any_order(text: str, told: list[tuple[str, str, str]]) -> None:
    line = _last(f"It was seen in {text} among them.")
    read = [tuple(str(n.printed) if n else "" for n in (s.events, s.percent, s.of)) for s in proportions(marked(line))]
    assert read == told


def _last(text: str) -> str:
    return [x.words for x in lines(subject(text))][-1]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Patients received A (n = 127) or B (n = 125).", (127, 125)),
        ("Of 506 men, 251 received the short and 255 the long course.", (251, 255)),
        ("In all, 184 adults were allocated, 92 to each arm.", (92, 92)),
        ("There were 191 operations, 73 begun with a scope and 118 without.", (73, 118)),
    ],
)
def test_sizes_of_groups_are_read(text: str, sizes: tuple[int, ...]) -> None:
    assert sizes in [s.sizes for s in sizes_told(subject(text))]


def test_every_check_is_registered_with_its_codes() -> None:
    registered = {check.run: check.codes for check in CHECKS}
    for module in NEW:
        assert registered[getattr(module, module.__name__.rpartition(".")[2])] == module.CODES
