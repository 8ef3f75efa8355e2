"""Parts of those told, shares of a told base, events of nobody, and follow-up: by any author's words."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.calendar import follow_up
from evsynth.checks.scanned.judging import judge, reading
from evsynth.checks.scanned.statements import none_of_them
from evsynth.checks.scanned.told import bases_by_name, p_of_shares, shares_uncounted, sums
from evsynth.scan.document import read_document

CHECK = {
    "bases": bases_by_name.bases_by_name,
    "follow_up": follow_up.follow_up,
    "none": none_of_them.none_of_them,
    "p": p_of_shares.p_of_shares,
    "sums": sums.sums,
    "uncounted": shares_uncounted.shares_uncounted,
}
TABLE = (
    "Table 4. Adverse events, number of patients\n\n| Event | Drug (n = 20) | Placebo (n = 20) |\n|---|---|---|\n"
    "| Tremor | 5 | 1 |\n| Creatinine increase | 3 | 0 |\n| Hypertension | 2 | 1 |\n| Nausea | 0 | 0 |\n"
)


def codes(check: str, text: str) -> list[str]:
    """Run one check on an abstract, or on results with the table of events."""
    if check == "none":
        source = f"A trial of one drug\n\nAbstract\nResults: See text.\n\nResults\n{text}\n\n{TABLE}\n"
    else:
        source = f"A trial of one drug in adults with a disease\n\nAbstract\n{text}\n"
    return [f.code for f in CHECK[check](reading(read_document("x", source)))]


ENTRY = "Patients entered between 1 February 2019 and 31 May 2023; the last date of follow-up was 30 November 2023. "
ENTERED = "We enrolled adults from March 2015 to June 2018. "

FOUND = (
    ("sums", "Thirty-seven were not included: 17 were never treated, 11 had another disease, 7 refused and 5 "
     "had moved."),
    ("sums", "Of 90 seen, 24 could not be included: 12 lacked a CT scan, 6 declined, and 9 lived too far away."),
    ("sums", "Of the 78 deaths, 45 were due to ILD, 17 to infection, 8 to cancer and 4 to other causes."),
    ("sums", "Of the 78 deaths, 45 (57.7%) were due to ILD, 17 (21.8%) to infection and 12 (15.4%) to other causes."),
    ("sums", "Among the 31 patients who died, 14 died of sepsis, nine of heart failure and six of other causes."),
    ("sums", "Of the 52 relapses, 30 were renal, 12 were pulmonary, and 7 had no known cause."),
    ("sums", "Of the 60 deaths in hospital, 33 were from stroke, 20 from pneumonia and 9 from unknown causes."),
    ("sums", "Of the 78 deaths, 45 were due to ILD, 20 to infection and 9 to other lung diseases."),
    ("sums", "Of these 40 withdrawals, 22 were for nausea, 9 for rash and 6 for other reasons."),
    ("sums", "Of the 44 deaths, 25 were due to cancer, 14 to infection and 8 to bleeding."),
    ("uncounted", "Of the 191 without treatment, 24.4% began a drug later."),
    ("uncounted", "Among the 46 children with a relapse, 31.1% had fever."),
    ("uncounted", "Of these 83 patients, 12.7% were readmitted within a year."),
    ("uncounted", "Fever was noted in 31.1% of the 46 children with a relapse."),
    ("uncounted", "In the 58 controls, 14.9% withdrew."),
    ("uncounted", "Of 137 women invited, 41.2% took part."),
    ("uncounted", "Relapse followed in the drug arm (n = 64): in the drug arm (n = 64), 21.2% relapsed."),
    ("uncounted", "Of the 72 men, 33.7% also had diabetes."),
    ("uncounted", "Of the 17 patients operated on, 32% died."),
    ("none", "Neither renal crisis nor a rise in creatinine occurred in any patient."),
    ("none", "Neither hypertension nor nausea was seen in either group."),
    ("none", "No nausea or hypertension was recorded."),
    ("none", "A rise in creatinine was not observed in any patient."),
    ("none", "No increase in creatinine was seen in any participant."),
    ("none", "Nobody had nausea or tremor."),
    ("none", "Creatinine did not rise in any patient."),
    ("none", "In none of the patients did creatinine increase."),
    ("none", "Neither group had hypertension."),
    ("none", "None of the patients developed a raised creatinine or nausea."),
    ("follow_up", ENTRY + "Median follow-up for mortality was 24.9 months (IQR 13.4 to 39.1), and the longest "
     "67.9 months."),
    ("follow_up", ENTRY + "Patients were followed for a median of 24.9 months (range 0.4 to 69.2)."),
    ("follow_up", ENTRY + "The longest follow-up was 6.1 years."),
    ("follow_up", ENTRY + "Follow-up lasted a mean of 27 (SD 11) months, the longest 71 months."),
    ("follow_up", ENTERED + "The final date of follow-up was 31 December 2019. The median follow-up was 60 months."),
    ("follow_up", ENTERED + "The last day of observation was 31 December 2019. Median follow-up was 5.6 years."),
    ("p", "It was the initial drug in 18 of the 41 patients with relapse (43.9%) and 9 of the 47 without "
     "(19.1%; P = 0.312)."),
    ("p", "The final diagnosis was cancer in 18 of 41 smokers (43.9%) and 9 of 47 others (19.1%; P = 0.312)."),
    ("p", "At baseline, 18/41 (43.9%) relapsers and 9/47 (19.1%) others had fever (p = 0.31)."),
    ("p", "Initial therapy failed in 30 of 60 given A (50.0%) v 40 of 90 given B (44.4%; P = 0.004)."),
    ("bases", "Of 160 patients, 62 had ILD and 98 did not. FVC was abnormal in 28 of those with ILD (54.2%)."),
)  # fmt: skip

LEFT = (
    ("sums", "Thirty-seven were not included: 17 were never treated, 11 had another disease, 4 refused and 5 "
     "had moved."),
    ("sums", "Of the 78 deaths, 49 were due to ILD, 17 to infection, 8 to cancer and 4 to other causes."),
    ("sums", "Of the 78 deaths, 45 were due to ILD, 17 to infection and 8 to cancer."),
    ("sums", "Of the 78 patients, 45 had fever, 30 had rash and 14 had other symptoms."),
    ("sums", "Of the 78 deaths, 45 were due to ILD, including 17 due to infection, 8 to cancer and 4 to other causes."),
    ("sums", "Of the 78 patients with infection, 45 had pneumonia, 17 had sepsis and 9 had other fungal infections."),
    ("sums", "Of the 78 deaths, 45 were due to ILD, 17 to infection and 12 to other causes; in 4 it was not recorded."),
    ("sums", "Of the 78 who died, 40 were men, 25 smoked and 10 had another condition."),
    ("sums", "Pus of 41 women grew 52 isolates from 36 of them: S aureus 19, E coli 13, Klebsiella spp. 11 and "
     "others 9."),
    ("uncounted", "Of the 191 without treatment, 24.1% began a drug later."),
    ("uncounted", "Of the 191 without treatment, about 24.4% began a drug later."),
    ("uncounted", "Of the 191 without treatment, 188 had data, and 24.5% began a drug later."),
    ("uncounted", "Of the 191 untreated, 24.4% (95% CI 18.6 to 31.0) were estimated to have begun a drug at two "
     "years."),
    ("uncounted", "In the 58 controls, 14.9% survival was seen."),
    ("uncounted", "FVC fell by 14.9% in the 58 controls."),
    ("uncounted", "In the 58 controls, FVC was 74.9% of predicted."),
    ("uncounted", "Of the 17 patients operated on, 30% died."),
    ("uncounted", "Of the 46 children, 45 gave blood, and 31.1% of the 46 children were found to be anaemic."),
    ("uncounted", "Of 4,312 women invited, 41.2% took part."),
    ("uncounted", "Of the 191 samples, 24.0% were positive."),
    ("none", "Neither renal crisis nor nausea occurred in any patient."),
    ("none", "Neither severe hypertension nor nausea occurred in any patient."),
    ("none", "No significant rise in creatinine was seen in any patient."),
    ("none", "No increase in creatinine was seen in the placebo group."),
    ("none", "Neither hypertension nor tremor was more frequent in either group."),
    ("none", "Creatinine did not rise significantly in either group."),
    ("none", "Neither nausea nor hypertension occurred in any patient within 4 weeks."),
    ("none", "No patient had nausea or died."),
    ("none", "Mean creatinine did not rise in either group."),
    ("follow_up", ENTRY + "Median follow-up was 24.9 months (IQR 13.4 to 39.1), and the longest 57.9 months."),
    ("follow_up", ENTRY + "Median follow-up was 24.9 months, and the longest disease duration 167.9 months."),
    ("follow_up", ENTRY + "Patients were followed up for 12 months; the longest treatment before was 67.9 months."),
    ("follow_up", ENTERED + "The final date of follow-up was 31 December 2019. The median follow-up was 38 months."),
    ("p", "It was the initial drug in 18 of the 41 patients with relapse (43.9%) and 9 of the 47 without "
     "(19.1%; P = 0.012)."),
    ("p", "Fever was present in 18 of 41 (43.9%) initially and 9 of 41 (22.0%) finally (P = 0.312)."),
    ("p", "At baseline 18 of 44 (40.9%) and at the final visit 9 of 41 (22.0%) smoked (McNemar P = 0.012)."),
    ("bases", "Of 60 patients, 41 had RA and 19 had gout. There were 41 with RA (68.3%; 30 women)."),
    ("bases", "Forty-one had RA. Erosions were looked for in 41 with RA (68.5%)."),
    ("bases", "Sixty-four had SBP at entry. In all, 64 patients with SBP (40.6%) and 94 patients without SBP "
     "were compared."),
    ("bases", "We compared 64 patients with SBP (40.7%) with 94 others; 64 patients had SBP on admission."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "text"), FOUND)
def test_a_contradiction_is_found(check: str, text: str) -> None:
    assert len(codes(check, text)) == 1


@pytest.mark.parametrize(("check", "text"), LEFT)
def test_what_fits_or_may_fit_is_left_alone(check: str, text: str) -> None:
    assert codes(check, text) == []


def test_the_other_group_is_not_what_a_share_is_of() -> None:
    text = (
        "A cohort of two groups\n\nAbstract\nOf 318 patients, 127 were treated and 191 untreated. Of the 191 "
        "untreated, "
        "24.4% began a drug later.\n"
    )
    (found,) = [f for f in judge(read_document("x", text)) if f.code == "PERCENT_IMPOSSIBLE"]
    assert "46 give 24.1% and 47 give 24.6%" in found.message
    assert [q.text for q in found.quotes] == ["191 untreated, 24.4%", "24.4%"]
