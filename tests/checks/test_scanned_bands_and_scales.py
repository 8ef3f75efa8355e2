"""Bands of a measure, limits of entry, scales that start above 1, coefficients, primary endpoints of abstracts."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.design import endpoints
from evsynth.checks.scanned.judging import judge, reading
from evsynth.checks.scanned.numbers import scales
from evsynth.checks.scanned.statements import least_of_entry
from evsynth.checks.scanned.tabled import sums_of_bands
from evsynth.checks.scanned.tabled.bands import Band, band
from evsynth.scan.document import read_document

CHECK = {
    "bands": sums_of_bands.sums_of_bands, "endpoints": endpoints.endpoints, "entry": least_of_entry.least_of_entry,
    "scales": scales.scales,
}  # fmt: skip


def paper(methods: str = "", table: str = "", abstract: str = "", results: str = "") -> str:
    """Give a paper with these pieces under its headings."""
    return (
        "A study of one drug in adults with a disease of the lung\n\n"
        f"Abstract\n\n{abstract or 'We studied one drug.'}\n\nIntroduction\n\nLittle is known.\n\n"
        f"Methods\n\n{methods or 'We did a study.'}\n\nResults\n\n{results or 'Results follow.'}\n\n{table}\n\n"
        "Discussion\n\nMore is needed.\n"
    )


def by_band(*rows: str, caption: str = "First exacerbation by FVC", head: str = "FVC, %|Patients|AE|Rate") -> str:
    """Give a paper with a table of bands, written with bars."""
    return paper(table=f"Table 3. {caption}\n" + "\n".join(r.replace("|", "\t") for r in (head, *rows)) + "\n")


def entry(methods: str, *rows: str, head: str = "|Drug (n = 60)|Placebo (n = 58)", caption: str = "Baseline") -> str:
    """Give a paper with a criterion and a table."""
    return paper(methods, f"Table 1. {caption}\n" + "\n".join(r.replace("|", "\t") for r in (head, *rows)) + "\n")


LCQ = "LCQ total, median (quartiles)|13.6 (12.1 to 15.8)|14.6 (12.6 to 27.1)"
FVC = "FVC, % predicted, mean (SD)|72.1 (14.1)|71.1 (16.2)"
AGES = ("Women|30 (50)|30 (51)", "FVC, % predicted||", "  <65|21 (35)|20 (34)", "  65 to <80|20 (33)|20 (34)",
        "  ≥80|19 (32)|18 (31)")  # fmt: skip
K_BILD = "The K-BILD (0-100) was used."
PRIMARY = "Methods: Forty patients were randomised. The primary endpoint was the change in FVC at week 24. Results: {}"

FOUND: tuple[tuple[str, str, str], ...] = (
    ("bands", "SUBGROUPS", by_band("<65|116|25|13.0", "65 to <80|121|21|8.7", "≥80|91|6|3.0", "All|318|52|8.2")),
    ("bands", "SUBGROUPS", by_band("All patients|318|57|8.2", "<65|106|25|13.0", "65–79|121|21|8.7", "≥80|91|6|3.0")),
    ("bands", "SUBGROUPS", by_band("Under 65|106|25|13.0", "65 or more|212|72|8.7", "Total|318|79|8.2")),
    ("bands", "SUBGROUPS", by_band(
        "<50 years|41 (34.2)|9", "50-69 years|60 (50.0)|14", "70 years or older|29 (24.2)|8", "Overall|120 (100)|31",
        head="Age|n (%)|Deaths", caption="Deaths by age")),
    ("bands", "SUBGROUPS", by_band(
        "≥80|91|6", "65 to <80|121|21", "<65|106|35", "All|318|52", head="FVC|No. of patients|Events")),
    ("bands", "SUBGROUPS", by_band(
        "Age <60|12/40|19/42", "Age ≥60|20/60|31/57", "All patients|32/110|50/99", head="Subgroup|Drug|Placebo",
        caption="Events/patients")),
    ("bands", "SUBGROUPS", by_band("<10|30", "10 to 20|40", "over 20|50", "Total|110", head="GAP|Patients")),
    ("bands", "SUBGROUPS", by_band(
        "BMI <25|60|11", "BMI 25-29.9|44|7", "BMI 30 or higher|16|4", "All|120|27", head="|Patients|Deaths")),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry("FVC of at least 80% of predicted was required.", *AGES)),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry("Patients with fibrosis and an FVC ≥80% predicted were eligible.", FVC)),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry("Inclusion criteria: FVC 80% or more, and informed consent.", FVC)),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry(
        "Patients with a BMI below 30 kg/m2 were included.", "BMI, kg/m2, mean (SD)|33.1 (4.0)|27.2 (3.8)")),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry(
        "Patients were eligible when ferritin was above 500 ng/mL.",
        "Ferritin, ng/mL, median (IQR)|312 (200-600)|900 (510-990)")),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry(
        "Adults with an FVC of at least 80% of predicted were enrolled.", "<65|116|25", "65 to <80|121|21", "≥80|91|6",
        head="FVC, % predicted|Patients|AE", caption="First AE by FVC at enrolment")),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry("FVC not less than 80% predicted was required for inclusion.", FVC)),
    ("entry", "ELIGIBILITY_CONTRADICTS", entry("DLCO above 60% was an inclusion criterion.",
                                               "DLCO, %, median (IQR)|58.4 (41-66)|66.0 (61-70)")),
    ("scales", "OUTSIDE_INSTRUMENT", entry("The LCQ total runs from 3 to 21, with higher scores being better.", LCQ)),
    ("scales", "OUTSIDE_INSTRUMENT", entry("LCQ total scores can vary from 3 (worst) to 21 (best).", LCQ)),
    ("scales", "OUTSIDE_INSTRUMENT", entry("Cough was assessed by the LCQ (score range 3-21).",
                                           LCQ.replace(" total", ""))),
    ("scales", "OUTSIDE_INSTRUMENT", entry(
        "The asthma control test (ACT, range 5 to 25) was filled in.", "ACT, mean (SD)|27.2 (1.0)|19.0 (3.0)")),
    ("scales", "OUTSIDE_INSTRUMENT", entry(
        "The possible scores of the STAI extend from 20 to 80.", "STAI, mean (SD)|14.2 (3.0)|40.1 (9.0)")),
    ("scales", "OUTSIDE_INSTRUMENT", entry(K_BILD, "K-BILD, mean (SD)|118.1 (12.0)|60.2 (11.1)")),
    ("scales", "OUTSIDE_INSTRUMENT", entry(K_BILD, "K-BILD, mean ± SD|-16.2 ± 4.0|60.2 ± 11.1", "Age|50|51")),
    ("scales", "OUTSIDE_INSTRUMENT", entry(
        K_BILD, "K-BILD|60.1 ± 12.0|118.2 ± 9.1|0.41", head="|Drug, mean ± SD|Placebo, mean ± SD|r with FVC")),
    ("endpoints", "PRIMARY_ENDPOINT_MISSING", paper(
        abstract=PRIMARY.format("All 40 patients had FVC measured at week 24. Dyspnoea fell (P = .002)."),
        results="FVC rose by 64 mL.")),
    ("endpoints", "PRIMARY_ENDPOINT_MISSING", paper(
        abstract=PRIMARY.format("FVC was measured in all 40 patients at week 24. Dyspnoea fell (P = .002)."),
        results="FVC rose by 64 mL.")),
    ("endpoints", "PRIMARY_ENDPOINT_MISSING", paper(
        abstract=PRIMARY.format("FVC was available for 38 patients. Dyspnoea fell by 2 points."),
        results="FVC rose by 64 mL.")),
    ("endpoints", "PRIMARY_ENDPOINT_MISSING", paper(
        abstract=PRIMARY.format("Dyspnoea fell by 2 points, and tremor was seen in 5 patients."),
        results="FVC rose by 64 mL.")),
)  # fmt: skip

LEFT_ALONE: tuple[tuple[str, str], ...] = (
    ("bands", by_band("<65|106|25|13.0", "65 to <80|121|21|8.7", "≥80|91|6|3.0", "All|318|52|8.2")),
    ("bands", by_band("<65|100|25|13.0", "65 to <80|121|20|8.7", "≥80|91|6|3.0", "All|318|52|8.2")),  # all short
    ("bands", by_band("<65|106", "≥65|121", "All|230", head="FVC|Patients")),  # values may be missing
    ("bands", by_band("<65|24|9", "≥65|31|7", "All|28|16", head="FVC|Median follow-up|Deaths")),
    ("bands", by_band("<65|24|9", "≥65|31|7", "All|33|16", head="FVC|Mean age|Deaths")),
    ("bands", by_band("65 to <80|121|21|8.7", "≥80|91|6|3.0", "All|318|52|8.2")),  # no whole
    ("bands", by_band("<65|116|25", "≥65|121|21", "All|230|46", head="Attained age|Patients|AE",
                      caption="A patient may be in more than one row")),
    ("bands", by_band("<65|116|25", "≥65|121|21", "All-cause death|230|46", head="FVC|Patients|AE")),
    ("bands", by_band("FVC <65|116|25", "DLCO <40|121|21", "FVC ≥65|91|6", "All|318|52", head="|Patients|AE")),
    ("entry", entry("FVC of at least 30% of predicted was required.", *AGES, FVC)),
    ("entry", entry("FVC of at least 80% of predicted or DLCO of at least 60% was required.", *AGES, FVC)),
    ("entry", entry("Patients with an FVC of at least 80% were excluded.", *AGES, FVC)),
    ("entry", entry("A response was an FVC of at least 80% of predicted.", *AGES, FVC)),
    ("entry", entry("FVC of at least 80% of predicted was required.", FVC, caption="Values at week 24")),
    ("entry", entry("FVC of at least 2.0 L was required.", FVC)),
    ("entry", entry("An FVC decline of at least 10% was required.", "FVC decline, %, mean (SD)|8.1 (2)|11 (3)")),
    ("entry", entry("FVC of at least 80% of predicted was required.", FVC, head="|Healthy controls|Not included")),
    ("entry", entry("Patients were included with FVC above 50%. In the second centre, inclusion required FVC above "
                    "80%.", FVC)),
    ("entry", entry("Inclusion required creatinine below 2 mg/dL.", "Creatinine, mean (SD)|82 (14)|50 (16)")),
    ("entry", entry("Haemoglobin of at least 100 g/L was required.", "Haemoglobin, g/dL, mean (SD)|12.9 (1)|12.8 (1)")),
    ("entry", entry("Patients were included with platelets above 100 x 10^9/L.", "Platelets, mean (SD)|12 (3)|21 (4)")),
    ("scales", entry("The LCQ total runs from 3 to 21.", LCQ.replace("27.1", "17.1"))),
    ("scales", entry("LCQ scores ranged from 5 to 19 in earlier studies.", LCQ)),
    ("scales", entry("A total LCQ score ranging from 5 to 9 indicates moderate cough.", LCQ)),
    ("scales", entry("Patients with total LCQ scores from 5 to 15 were eligible.", LCQ)),
    ("scales", entry("Each of the three domains of the LCQ runs from 1 to 7.", LCQ)),
    ("scales", entry(K_BILD, "K-BILD|-0.16 ± 0.05|0.2", "Age|0.31 ± 0.10|0.01", head="|r ± SE|P")),
    ("scales", entry(K_BILD, "K-BILD|-0.16 ± 0.02|0.2", "Age|1.3 ± 0.1|0.2", head="|B ± SE|P", caption="FVC")),
    ("scales", entry(K_BILD, "K-BILD|-0.16 ± 0.02|0.2", "Age|1.3 ± 0.1|0.2", head="|FVC ± SE|P",
                     caption="Regression on mean FVC")),
    ("scales", entry(K_BILD, "K-BILD|-0.16 ± 0.02|0.2 ± 0.1", "Age|0.3 ± 0.1|0.2 ± 0.1", head="|Cough|FVC",
                     caption="Relations with FVC")),
    ("scales", entry(K_BILD, "K-BILD|-1.6 ± 0.9|0.2", "Age|2.3 ± 0.1|0.2", head="|z ± SE|P", caption="FVC")),
    ("scales", entry(K_BILD, "K-BILD|-1.16 (0.4)|0.2", "Age|1.31 (0.1)|0.01", head="|Effect size (SE)|P")),
    ("scales", entry(K_BILD, "K-BILD|-4.6 ± 1.2|0.2", "Age|1.3 ± 0.1|0.01", head="|Change ± SD|P")),
    ("endpoints", paper(
        abstract=PRIMARY.format("FVC rose by 64 mL in all 40 patients. Dyspnoea fell."), results="FVC rose.")),
    ("endpoints", paper(
        abstract=PRIMARY.format("All 40 patients had FVC measured. FVC did not differ."), results="FVC rose.")),
    ("endpoints", paper(abstract=PRIMARY.format("The primary endpoint was met."), results="FVC rose.")),
    ("endpoints", paper(
        abstract=PRIMARY.format("FVC was assessed in 40 patients and rose by 5%."), results="FVC rose.")),
)  # fmt: skip


@pytest.mark.parametrize(("check", "code", "text"), FOUND)
def test_found(check: str, code: str, text: str) -> None:
    found = list(CHECK[check](reading(read_document("a", text))))
    assert [f.code for f in found] == [code]
    assert found[0].hint


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE)
def test_left_alone(check: str, text: str) -> None:
    assert [f.message for f in CHECK[check](reading(read_document("a", text)))] == []


@pytest.mark.parametrize(
    ("label", "low", "high"),
    [("<65", None, 65), ("65 to <80", 65, 80), ("≥80", 80, None), ("80 years or older", 80, None), ("65–79", 65, 79),
     ("Age 70+", 70, None), ("FVC ≤ 50% predicted", None, 50), ("under 18 years", None, 18)],
)  # fmt: skip
def test_labels_are_read_as_bands(label: str, low: float | None, high: float | None) -> None:
    inf = float("inf")
    assert band(label) == Band(-inf if low is None else low, inf if high is None else high)


@pytest.mark.parametrize(
    "label", ["All", "Stage 2", "KL-6", "Grade 3 or bleeding", "HAQ 0-3 points in 5", "IL-6, pg/mL"]
)
def test_other_labels_are_no_bands(label: str) -> None:
    assert band(label) is None


def test_a_group_of_one_patient_has_no_largest_sd() -> None:
    text = (
        "Methods\n\nFatigue score was rated from 0 to 10.\n\nResults\n\nTable 1. Scores\n\nScore\tDrug (n = 1)\n"
        "Fatigue score (0-10), mean (SD)\t5.0 (1.0)\n"
    )
    assert not [f for f in judge(read_document("x", text)) if f.code == "CHECK_FAILED"]
