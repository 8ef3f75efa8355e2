"""What a paper leaves unsaid or says twice differently about its design and its reporting: found, and left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import EVENTS, cases, paper

from evsynth.checks.scanned.design import called_equal, correction, design_named
from evsynth.checks.scanned.reporting import consent, events_uncounted, follow_up_unstated, misnamed
from evsynth.scan.document import read_document

SMALL = "Infections affected 8 of 12 patients (66.7%) with the drug and 10 of 22 (45.5%) with the control."
LAST = "The score was compared between baseline and the last follow-up visit."
TERMS = "Lung function was measured as {}."
BONFERRONI = "The Bonferroni correction was used to reduce the likelihood of false positives."
ETHICS = "## Ethics statement\n\n{}\n"
GAVE = "The patients/participants provided their written informed consent to participate in this study."
WAIVED = "The requirement for informed consent was waived."

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    called_equal.called_equal: (
        [
            {"results": f"The rate of adverse events was comparable between the groups. {SMALL}"},
            {"results": "Relapse was similar in both arms (5/14, 36%, versus 3/12, 25%)."},
            {"results": "Cure was as frequent with the tablet (9 of 15, 60%) as with the infusion (11 of 16, 69%)."},
            {"results": "Response rates were similar: 7/20 (35%) and 9/21 (43%)."},
            {"abstract": "Results: Both drugs were equally safe; serious events struck 3/11 (27%) and 2/10 (20%)."},
            {"results": "Bleeding was no more frequent after the new operation (4/18, 22%, versus 3/17, 18%)."},
            {"conclusion": "Survival was equivalent, with 12 of 19 (63%) and 10 of 17 (59%) alive."},
            {"results": "Similar proportions worsened, 6/24 (25%) with and 5/23 (22%) without the drug."},
        ],
        [
            {"results": "The rate of adverse events did not differ significantly. " + SMALL},
            {"results": "Relapse was similar in both arms (205/1014, 20%, versus 203/1012, 20%)."},
            {"results": "Relapse was similar (5/14 versus 3/12; difference 11 points, 95% CI -25 to 43)."},
            {"results": "At baseline, smoking was similar in both arms (5/14, 36%, versus 3/12, 25%)."},
            {"results": "Relapse was not similar in both arms (5/14, 36%, versus 3/12, 25%)."},
            {"results": "Relapse was similar, but groups of 5/14 (36%) and 3/12 (25%) are too few to tell."},
            {"results": "Pressure was similar to earlier values in 5/14 (36%) and in 3/12 (25%)."},
            {"results": "Relapse was similar in all arms (5/14, 36%, 3/12, 25%, and 4/13, 31%)."},
            {"results": "Relapse was similar in both arms. Women were older. Some 5/14 and 3/12 smoked."},
            {"discussion": "Relapse was similar in other trials (5/14, 36%, versus 3/12, 25%)."},
        ],
    ),
    correction.correction: (
        [
            {"methods": BONFERRONI, "results": "The score was significantly lower with the drug (p = 0.034)."},
            {"methods": "P values were compared by Holm's procedure.",
             "results": "Walking distance was significantly greater (P = .041)."},
            {"methods": "A Bonferroni post-test was applied.", "results": "Pain improved in both arms (P=0·03)."},
            {"methods": "Multiple testing was handled as proposed by Holm.",
             "abstract": "Results: Fatigue was significantly lower (P = 0.022)."},
        ],
        [
            {"methods": BONFERRONI, "results": "The score was significantly lower with the drug (p = 0.003)."},
            {"methods": BONFERRONI, "results": "The score was not significantly lower (p = 0.34)."},
            {"methods": BONFERRONI + " Adjusted P values are given.",
             "results": "The score was significantly lower (p = 0.034)."},
            {"methods": "With the Bonferroni correction for three comparisons, P < 0.017 was required.",
             "results": "The score was significantly lower (p = 0.034)."},
            {"methods": "P < 0.05 was considered significant.", "results": "The score was lower (p = 0.034)."},
            {"methods": "Pairwise tests were Bonferroni-corrected.", "results": "The score was lower (p = 0.034)."},
        ],
    ),
    design_named.design_named: (
        [
            {"methods": "We conducted a retrospective cohort study.",
             "discussion": "This is a single-center, open-label trial, which may be biased."},
            {"methods": "This was a prospective observational study.",
             "discussion": "Our trial has several strengths."},
            {"title": "Tacrolimus in myositis: a retrospective cohort study",
             "conclusion": "The present clinical trial shows a benefit."},
            {"methods": "A registry study was conducted.", "conclusion": "This randomised study supports the drug."},
            {"methods": "This chart review was conducted in one hospital.",
             "discussion": "The current trial was small."},
        ],
        [
            {"methods": "We conducted a retrospective cohort study.", "discussion": "A randomised trial is needed."},
            {"methods": "Patients were randomly assigned to A or B. We conducted a prospective cohort study as well.",
             "discussion": "This trial was small."},
            {"methods": "We used data from the ABC trial in a cohort study.", "discussion": "The trial was large."},
            {"methods": "We conducted a cohort study that emulated this target trial."},
            {"methods": "We conducted a retrospective cohort study.",
             "discussion": "This is no randomised trial, and confounding remains."},
            {"methods": "We did a single-arm trial.", "discussion": "This trial was small."},
            {"methods": "We conducted a retrospective cohort study.",
             "discussion": "Our trial registration was delayed."},
            {"methods": "We conducted a retrospective cohort study.",
             "discussion": "Our findings agree with the randomised trials."},
        ],
    ),
    consent.consent: (
        [
            {"methods": f"{WAIVED} All participants gave written consent."},
            {"methods": "Informed consent was not required. Patients signed an informed consent form."},
            {"methods": WAIVED, "discussion": "We thank all.\n\n" + ETHICS.format(GAVE)},
            {"methods": "The board granted a waiver of informed consent.",
             "discussion": "We thank all.\n\n" + ETHICS.format("Consent was obtained from all participants.")},
        ],
        [
            {"methods": f"{WAIVED} All data were anonymous."},
            {"methods": "All participants gave written consent."},
            {"methods": f"{WAIVED} Patients gave consent for the biobank."},
            {"methods": WAIVED, "discussion": "We thank all.\n\n" + ETHICS.format(
                "Written informed consent was obtained from the individuals for the publication of images.")},
            {"methods": "Consent was waived for the retrospective part. In the other part patients gave consent."},
            {"methods": f"{WAIVED} The parents of the patients gave consent by telephone."},
        ],
    ),
    events_uncounted.events_uncounted: (
        [
            {"results": "Gastrointestinal discomfort and hypertension were documented."},
            {"results": "Tremor was also observed. The other measures were stable."},
            {"results": "Common adverse events were nausea and headache."},
            {"results": "Diarrhoea occurred during treatment; weight was stable."},
            {"results": "Hyperglycaemia was noted, though attribution to the drug was uncertain."},
        ],
        [
            {"results": "Hypertension was documented in 4 patients."},
            {"results": "Nausea and headache were observed.", "tables": EVENTS},
            {"results": "No infections were observed."},
            {"results": "Diarrhoea occurred in most patients."},
            {"results": "Nausea was observed. Nausea led to 3 withdrawals."},
            {"results": "Hypertension was recorded at baseline."},
            {"discussion": "Tremor was observed by others."},
            {"results": "Adverse events were recorded at every visit."},
        ],
    ),
    follow_up_unstated.follow_up_unstated: (
        [
            {"methods": LAST},
            {"methods": f"{LAST} Patients were included if they had been treated for at least 3 months."},
            {"methods": "Changes were taken from baseline to the most recent available follow-up."},
            {"results": "At the final visit the score had fallen to 3.1."},
            {"results": "By the latest follow-up, 4 patients had died."},
        ],
        [
            {"methods": LAST, "results": "The median follow-up was 14 months (IQR 8 to 20)."},
            {"methods": "Patients were seen every week for half a year."},
            {"methods": LAST + " Patients were followed for 12 months."},
            {"methods": "The last follow-up visit took place in September 2020."},
            {"methods": "Patients were randomly assigned to A or B. " + LAST},
            {"methods": LAST, "results": "After a mean of 2.3 years of treatment the score had fallen."},
            {"methods": LAST, "abstract": "Results: During 24 weeks of observation the score fell."},
            {"methods": LAST, "tables": "Table 1. Course.\n\n| Variable | All (n = 40) |\n|---|---|\n"
                                        "| Follow-up, months, median (IQR) | 14 (8-20) |\n"},
        ],
    ),
    misnamed.misnamed: (
        [
            {"methods": TERMS.format("functional vital capacity (FVC)")},
            {"methods": TERMS.format("diffusing capacity of the lung for carbon dioxide")},
            {"results": "The erythrocyte segmentation rate fell."},
            {"results": "Creatinine kinase was raised in 4 patients."},
            {"methods": "Groups were compared by the Wilcoxon t-test."},
            {"methods": "Survival was estimated by the Kaplan-Mayer method."},
            {"methods": "Counts were compared by Fischer's exact test."},
            {"results": "Creatine clearance was 61 ml/min."},
            {"methods": "Values are mean and standard division."},
        ],
        [
            {"methods": TERMS.format("forced vital capacity (FVC)")},
            {"methods": TERMS.format("diffusing capacity of the lung for carbon monoxide")},
            {"results": "The erythrocyte sedimentation rate fell."},
            {"results": "Creatine kinase was raised in 4 patients."},
            {"methods": "Groups were compared by the Wilcoxon signed-rank test and the t-test."},
            {"methods": "Survival was estimated by the Kaplan-Meier method."},
            {"methods": "Counts were compared by Fisher's exact test."},
            {"results": "Creatinine clearance was 61 ml/min, and serum creatine kinase 80 U/l."},
            {"methods": TERMS.format("forced expired volume in 1 second")},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_left_unsaid_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity in ("concern", "note")
    assert found[0].hint
    assert found[0].quotes


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_left_unsaid_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


@pytest.mark.parametrize("check", [correction.correction, events_uncounted.events_uncounted])
def test_an_abstract_alone_is_no_full_text(check: Any) -> None:
    from evsynth.checks.scanned.judging import reading

    text = f"Methods: {BONFERRONI} Results: The score was lower (p = 0.034). Tremor was observed."
    assert list(check(reading(read_document("abstract", f"A study\n\nAbstract\n{text}\n")))) == []
