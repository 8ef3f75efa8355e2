"""Sizes in legends, changes with limits, primary outcomes and P of correlations: found and left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.numbers import p_of_correlation, scales, scores_told
from evsynth.checks.scanned.places import exchanged, legend_sizes, other_group
from evsynth.checks.scanned.statements import endpoint_named, endpoint_time
from evsynth.checks.scanned.tabled import comparisons, person_years
from evsynth.scan.document import read_document

CHECK = {
    "comparisons": comparisons.comparisons, "endpoint_named": endpoint_named.endpoint_named,
    "endpoint_time": endpoint_time.endpoint_time, "exchanged": exchanged.exchanged,
    "legend_sizes": legend_sizes.legend_sizes, "other_group": other_group.other_group,
    "person_years": person_years.person_years, "p_of_correlation": p_of_correlation.p_of_correlation,
    "scales": scales.scales, "scores_told": scores_told.scores_told,
}  # fmt: skip

GROUPS = (
    "Table 1. Patients\n\tTacrolimus (n = 46)\tAzathioprine (n = 38)\tP\nAge, mean (SD)\t60.2 (8.3)\t62.4 (8.6)\t0.24\n"
)
PAIRS = (
    "Table 1. Paired values of the 60 patients\nVariable\tPairs\tBefore\tAfter\tP\n"
    "FVC, %\t60\t61.4 [56.8-69.6]\t66.0 [58.9-76.9]\t<0.001\nDLCO, %\t48\t44.2 [40.0-49.8]\t49.9 [41.3-56.8]\t0.01\n"
    "KL-6, U/mL\t60\t947 [652-1325]\t667 [425-917]\t<0.001\n"
)
CHANGES = "Table 2. Values\nVariable\tBefore\tAfter\tChange (95% CI)\tZ\tP\n"
BLOCKS = (
    "Table 2. Values, mean (SD)\n\tMMF, start\tMMF, 12 months\tChange\tAZA, start\tAZA, 12 months\tChange\tP\n"
    "FVC, %\t64.4 (12.6)\t65.7 (13.1)\t1.3 (6.0)\t70.2 (11.8)\t67.9 (12.7)\t-2.3 (5.5)\t0.009\n"
    "Prednisone, mg\t19.4 (7.4)\t7.3 (3.9)\t-12.1 (4.7)\t19.6 (6.9)\t10.8 (5.4)\t-8.9 (4.9)\t0.004\n"
)
RATES = "Table 3. Incidence\nGroup\tEvents\tPerson-years\tRate per 100 person-years (95% CI)\n"
TURNED = "Table 3. Incidence\n\tCiclosporin\tPlacebo\n"
TWO = (
    "Table 2. Outcomes\n\tCiclosporin (n = 64)\tPlacebo (n = 62)\tP\nRelapse, n (%)\t9 (14.1)\t21 (33.9)\t0.009\n"
    "Creatinine, mg/dL, mean (SD)\t1.21 (0.20)\t0.98 (0.18)\t0.001\n"
)
FVC = "The primary end-point was the change in FVC at week 48. Secondary outcomes were the skin score (mRSS) and TLCO."


def paper(
    methods: str = "", results: str = "", table: str = "", abstract: str = "", legend: str = "", discussion: str = ""
) -> str:
    """Give a paper with these pieces under its headings."""
    return (
        "A study of one drug in adults with a disease of the lung\n\n"
        f"Abstract\n\n{abstract or 'We studied one drug.'}\n\nIntroduction\n\nLittle is known.\n\n"
        f"Methods\n\n{methods or 'We did a study.'}\n\nResults\n\n{results or 'Results follow.'}\n\n{table}\n\n"
        f"Figure legends\n\n{legend or 'Figure 1. Flow.'}\n\nDiscussion\n\n{discussion or 'More is needed.'}\n"
    )


def changes(*rows: str) -> str:
    """Give a paper with a table of changes, its rows written with bars."""
    return paper(table=CHANGES + "\n".join(r.replace("|", "\t") for r in rows) + "\n")


def r_in(results: str, people: int = 41) -> str:
    """Give a paper of some patients with a correlation."""
    return paper(f"We studied {people} patients.", f"In all, {people} patients were analysed. {results}",
                 abstract=f"We included {people} patients.")  # fmt: skip


FOUND: tuple[tuple[str, str, str], ...] = (
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=GROUPS,
        legend="Figure 1. Survival in 38 patients treated with tacrolimus and 46 treated with azathioprine.")),
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=GROUPS, legend="Figure 1. Survival with tacrolimus (n = 38) and azathioprine (n = 46).")),
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=GROUPS, legend="Figure 1. Solid line, azathioprine, n = 46; broken line, tacrolimus, n = 38.")),
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=GROUPS, legend="Fig. 1 Course of 46 patients on azathioprine and of 38 patients on tacrolimus")),
    ("legend_sizes", "TOTAL_DIFFERS", paper(
        results="DLCO could be measured twice in 48 patients.", table=PAIRS,
        legend="Figure 1. Courses of FVC (n = 48) and DLCO (n = 48).")),
    ("legend_sizes", "TOTAL_DIFFERS", paper(
        results="DLCO was available in 48 patients.", table=PAIRS, legend="Figure 1. Change in FVC in 48 patients.")),
    ("legend_sizes", "TOTAL_DIFFERS", paper(
        results="DLCO rested on 48 patients.", table=PAIRS, legend="Figure 1. FVC against KL-6 (n = 48).")),
    ("comparisons", "DIFFERENCE_P", changes("DLCO|44.2|49.9|4.0 (-0.4 to 7.1)|-2.20|0.028")),
    ("comparisons", "DIFFERENCE_P", changes("FVC|61|66|5.0 (-1.1 to 9.9)|-3.1|<0.001")),
    ("comparisons", "DIFFERENCE_P", changes("FVC|61|66|5.0 (1.6 to 9.9)|-3.1|0.41")),
    ("comparisons", "DIFFERENCE_P", changes("Weight|81|79|-2.0 (-3.3 to -0.7)|-0.8|0.35")),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        table=BLOCKS, results="Prednisone fell by 8.9 mg with MMF and by 12.1 mg with AZA.")),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        table=BLOCKS, results="The daily prednisone at 12 months was 10.8 mg on MMF and 7.3 mg on AZA.")),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        table=BLOCKS, abstract="FVC at 12 months was 67.9% with MMF and 65.7% with AZA.")),
    ("endpoint_named", "ENDPOINT_DIFFERS", paper(
        FVC, abstract="The primary end-point was the change in the modified skin score (mRSS) at week 48.")),
    ("endpoint_named", "ENDPOINT_DIFFERS", paper(FVC, abstract="The primary outcome was TLCO at week 48.")),
    ("endpoint_named", "ENDPOINT_DIFFERS", paper(
        "The primary outcome was death within 90 days. Secondary outcomes were length of hospital stay and delirium.",
        abstract="The main outcome was length of hospital stay.")),
    ("endpoint_time", "ENDPOINT_TIME", paper(
        "The primary endpoint was sustained steroid-free remission at week 26.",
        "The primary endpoint, sustained steroid-free remission at week 52, was met by 25 patients.")),
    ("endpoint_time", "ENDPOINT_TIME",
     "A trial\n\nAbstract\n\nThe primary outcome was complete renal response at 24 weeks. Ninety patients took part. "
     "The primary outcome of complete renal response at 52 weeks was reached by 40.\n"),
    ("person_years", "RATE", paper(
        table=RATES + "A\t18\t240.5\t7.5 (4.4-11.8)\nB\t31\t236.0\t11.3 (8.9-18.6)\n")),
    ("person_years", "RATE", paper(
        table=TURNED + "Events\t18\t31\nPatient-years\t240.5\t236.0\nEvents per 100 patient-years\t5.7\t13.1\n")),
    ("person_years", "RATE", paper(
        table=TURNED + "Deaths\t12\t20\nPYs\t812\t790\nRate per 1000 PYs\t14.8\t52.3\n")),
    ("other_group", "COLUMNS_EXCHANGED", paper(
        table=TWO, abstract="Relapse occurred in 33.9% of the patients given ciclosporin.")),
    ("other_group", "COLUMNS_EXCHANGED", paper(
        table=TWO, discussion="In our trial only 14.1% of the placebo group had a relapse.")),
    ("other_group", "COLUMNS_EXCHANGED", paper(
        table=TWO, results="With placebo the mean creatinine was 1.21 mg/dL.")),
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=TWO, results="Of 126 patients, 62 were given ciclosporin and 64 placebo.")),
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=TWO, abstract="We randomised 64 patients to placebo and 62 to ciclosporin.")),
    ("legend_sizes", "COLUMNS_EXCHANGED", paper(
        table=TWO, methods="Patients were allocated to ciclosporin (n = 62) or placebo (n = 64).")),
    ("p_of_correlation", "P_OF_CORRELATION", r_in("KL-6 went with ferritin (rho = 0.10, n = 38, P < 0.001).")),
    ("p_of_correlation", "P_OF_CORRELATION", r_in("KL-6 went with DLCO (rho = 0.18, P = 0.001; n = 38).")),
    ("p_of_correlation", "P_OF_CORRELATION", r_in("KL-6 went with ferritin (r = 0.15, P < 0.001).")),
    ("scores_told", "OUTSIDE_INSTRUMENT", paper(
        "Disability was measured by the Health Assessment Questionnaire (HAQ; range 0-3).",
        "The mean HAQ was 4.2 (SD 0.6) at entry.")),
    ("scores_told", "OUTSIDE_INSTRUMENT", paper(
        "Fatigue was measured with the FSS, range 1 to 7.", "The mean FSS was 8.4 (SD 1.1).")),
    ("scales", "OUTSIDE_INSTRUMENT", paper(
        "The CRP-PMR-AS and the HAQ (range 0-3) were recorded.",
        table=GROUPS + "HAQ, mean (SD)\t4.2 (0.6)\t1.1 (0.5)\t0.3\n")),
)  # fmt: skip

LEFT_ALONE: tuple[tuple[str, str], ...] = (
    ("legend_sizes", paper(
        table=GROUPS,
        legend="Figure 1. Survival in 46 patients treated with tacrolimus and 38 treated with azathioprine.")),
    ("legend_sizes", paper(table=GROUPS, legend="Figure 1. Azathioprine (n = 38) and tacrolimus (n = 46).")),
    ("legend_sizes", paper(
        table=GROUPS,
        legend="Figure 1. Tacrolimus (n = 40) and azathioprine (n = 35) at 12 months.")),
    ("legend_sizes", paper(
        table=GROUPS,
        legend="Figure 1. 84 patients. At risk: tacrolimus 46, 38, 20; azathioprine 38, 30.")),
    ("legend_sizes", paper(
        results="DLCO was available in 48 patients.", table=PAIRS, legend="Figure 1. FVC (n = 60) and DLCO (n = 48).")),
    ("legend_sizes", paper(
        results="DLCO was available in 48 patients.", table=PAIRS,
        legend="Figure 1. Change in FVC against DLCO in the 48 patients with both measurements.")),
    ("legend_sizes", paper(
        results="Forty-eight men took part; 48 patients were smokers.", table=PAIRS,
        legend="Figure 1. FVC of 48 patients.")),
    ("legend_sizes", paper(
        results="DLCO was available in 48 patients.", table=PAIRS,
        legend="Figure 1. FVC in the 22 patients who responded.")),
    ("comparisons", changes("DLCO|44.2|49.9|4.0 (0.4 to 7.1)|-2.20|0.028")),
    ("comparisons", changes("FVC|61|66|5.0 (-0.1 to 9.9)|-1.9|0.049")),
    ("comparisons", changes("FVC|61|66|5.0 (-1.6 to 9.9)|-1.1|0.21")),
    ("comparisons", paper(
        table="Table 2. Change\nVariable\tDrug, change (95% CI)\tPlacebo, change (95% CI)\tP\n"
              "FVC\t1.0 (-0.4 to 2.4)\t-2.0 (-3.1 to -0.9)\t0.004\n")),
    ("exchanged", paper(table=BLOCKS, results="Prednisone fell by 12.1 mg with MMF and by 8.9 mg with AZA.")),
    ("exchanged", paper(table=BLOCKS, results="Prednisone was 19.4 mg on MMF and 19.6 mg on AZA.")),
    ("exchanged", paper(
        table=BLOCKS, results="Prednisone fell from 19.4 to 7.3 mg with MMF and from 19.6 to 10.8 mg with AZA.")),
    ("endpoint_named", paper(FVC, abstract="The primary end-point was forced vital capacity (FVC) at week 48.")),
    ("endpoint_named", paper(FVC, abstract="The primary end-point was lung function at week 48.")),
    ("endpoint_named", paper(FVC, abstract="The primary outcome was met. The skin score (mRSS) was secondary.")),
    ("endpoint_named", paper(
        "The primary outcome was mortality at 90 days. Secondary outcomes were survival to discharge and stay.",
        abstract="The primary outcome was survival at 90 days.")),
    ("endpoint_time", paper(
        "The primary endpoint was sustained steroid-free remission at week 52.",
        "The primary endpoint, sustained steroid-free remission at one year, was met by 25 patients.")),
    ("endpoint_time",
     "A trial\n\nAbstract\n\nThe primary outcome was complete renal response at 24 weeks. Ninety patients took part. "
     "At 52 weeks 40 had a renal response. The primary outcome was reached by 30.\n"),
    ("person_years", paper(
        table=RATES + "A\t18\t240.5\t7.5 (4.4-11.8)\nB\t31\t236.0\t13.1 (8.9-18.6)\n")),
    ("person_years", paper(
        table=RATES.replace("Rate per", "Adjusted rate per") + "A\t18\t240.5\t7.5\nB\t31\t236.0\t11.3\n")),
    ("person_years", paper(
        table=TURNED + "Events\t18\t31\nPatients with events\t11\t20\nEvents per 100 patient-years\t5.7\t13.1\n")),
    ("person_years", paper(
        table=RATES + "A\t18\t240.5\t4.5 (2.4-7.8)\nB\t31\t236.0\t9.3 (5.9-12.6)\n")),
    ("other_group", paper(table=TWO, abstract="Relapse occurred in 33.9% of the patients given placebo.")),
    ("other_group", paper(table=TWO, abstract="Relapse was rarer with ciclosporin than the 33.9% of placebo.")),
    ("other_group", paper(table=TWO, abstract="Relapse fell by 33.9% with ciclosporin.")),
    ("other_group", paper(
        table=TWO, discussion="In the trial of Smith et al., relapse occurred in 33.9% with ciclosporin.")),
    ("legend_sizes", paper(table=TWO, results="Of 126 patients, 64 were given ciclosporin and 62 placebo.")),
    ("legend_sizes", paper(
        table=TWO, results="At 1 year 62 of those who received ciclosporin and 60 on placebo were seen.")),
    ("legend_sizes", paper(table=TWO, methods="We assumed 64 events; ciclosporin was given to 64 patients.")),
    ("p_of_correlation", r_in("KL-6 went with FVC (rho = -0.26, P = 0.10) and DLCO (rho = -0.18, P = 0.27; n = 38).")),
    ("p_of_correlation", r_in(
        "Change in KL-6 went with change in FVC (rho = -0.50, P < 0.001; Figure 1) but not in DLCO (rho = 0.03, "
        "P = 0.85; n = 38).")),
    ("p_of_correlation", r_in(
        "KL-6 went with ferritin (r = 0.43, P = 0.005) in 41 and with CK (r = 0.19, P = 0.25) in 38.")),
    ("scores_told", paper(
        "The CRP-PMR-AS was recorded at each visit, together with the Health Assessment Questionnaire (range 0-3).",
        "The mean CRP-PMR-AS was 12.3 (SD 4.1).")),
    ("scores_told", paper(
        "Disease activity (CRP-PMR-AS) and disability (range 0-3) were scored.", "The CRP-PMR-AS was 12.3 (SD 4.1).")),
    ("scores_told", paper(
        "Outcomes were HAQ, CRP-PMR-AS (range 0 to 3 for the HAQ).", "The CRP-PMR-AS was 12.3 (SD 4.1).")),
    ("scales", paper(
        "Other outcomes were the CRP-PMR-AS and disability by questionnaire (range 0-3).",
        table=GROUPS + "CRP-PMR-AS, mean (SD)\t12.3 (4.1)\t11.8 (4.0)\t0.3\n")),
)  # fmt: skip


def codes(check: str, text: str) -> list[str]:
    """Run one check on a paper."""
    return [f.code for f in CHECK[check](reading(read_document("x", text)))]


@pytest.mark.parametrize(("check", "code", "text"), FOUND, ids=[f"{i}-{c}" for i, (c, _, _) in enumerate(FOUND)])
def test_found(check: str, code: str, text: str) -> None:
    """Each contradiction gives its code."""
    assert code in codes(check, text)


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE, ids=[f"{i}-{c}" for i, (c, _) in enumerate(LEFT_ALONE)])
def test_left_alone(check: str, text: str) -> None:
    """None of the innocent texts gives a finding."""
    assert codes(check, text) == []


@pytest.mark.parametrize("name", sorted(CHECK))
def test_registered(name: str) -> None:
    """Every check tested here is one that a document is judged by."""
    assert CHECK[name] in [check.run for check in CHECKS]
